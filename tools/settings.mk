# Reads what an operator sets in LOCAL_MK, and answers slips there and on the command line: a misspelt setting
# would do nothing. Names of an operator's own variables have small letters.

settings := SITE_URL CONTACT LICENCE OUTPUT DATA OWN SOURCES KNOWN_SERVERS POLICY LANGUAGES SITES \
            FETCH_FLAGS EXTRACT_FLAGS DEDUPE_FLAGS PROBE_FLAGS GUARD_FLAGS RENDER_FLAGS \
            JOBS HOSTS VANTAGE PORT STALE_HOURS AFTER_RUN WHAT REASON MARK FILE LOCAL_MK
known := $(settings) $(more-settings)

ifneq ($(wildcard $(LOCAL_MK)),)
slip := $(shell [ -r $(LOCAL_MK) ] || echo " $$(id -un) can't read it; sudo chmod a+r $(LOCAL_MK)"; \
  grep -nE '^ *[A-Z_]+[[:space:]]+[^[:space:]=:+?!\#]' $(LOCAL_MK) 2> /dev/null | head -n 1 | sed 's/$$/: a = is missing after the name/')
$(if $(slip),$(error $(LOCAL_MK):$(slip)))
before := $(.VARIABLES) before
include $(LOCAL_MK)
set-there := $(filter-out $(before),$(.VARIABLES))
endif
set-here := $(foreach name,$(.VARIABLES),$(if $(filter command,$(origin $(name))),$(name)))
others   := $(filter-out $(known) MAKE%,$(set-there) $(set-here))
misspelt := $(if $(others),$(firstword $(shell printf '%s\n' $(others) | grep -xE '[A-Z][A-Z0-9_]+')))
$(if $(misspelt),$(error no variable is called '$(misspelt)'$(patsubst %, (did you mean %?),$(shell tools/operator/nearest $(misspelt) $(known)))))
