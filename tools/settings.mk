# Reads the operator's settings in LOCAL_MK, and reports mistakes there and on the command line, because a misspelt
# setting would do nothing. An operator's own variables must have lower-case names.

# Quoted for the shell.
as-word = '$(subst ','\'',$(1))'

settings := SITE_URL CONTACT LICENCE OUTPUT DATA OWN SOURCES KNOWN_SERVERS POLICY LANGUAGES SITES \
            FETCH_FLAGS EXTRACT_FLAGS DEDUPE_FLAGS PROBE_FLAGS GUARD_FLAGS RENDER_FLAGS \
            JOBS HOSTS VANTAGE PORT STALE_HOURS AFTER_RUN WHAT REASON MARK FILE LOCAL_MK
known := $(settings) $(more-settings)

ifneq ($(wildcard $(LOCAL_MK)),)
# A line that sets nothing: make itself would say "missing separator", or read a name with its value as a rule.
slip := $(shell [ -r $(call as-word,$(LOCAL_MK)) ] || echo " $$(id -un) can't read it; sudo chmod a+r "$(call as-word,$(LOCAL_MK)); \
  awk '/^ *define / { within = 1 } /^ *endef/ { within = 0 } \
    !within && !continued && !/^(\t| *(\#|$$))/ && !/^ *(-?include|sinclude|ifn?eq|ifn?def|else|endif|endef|export|unexport|override|undefine|vpath)/ && \
      (/^ *[A-Za-z_]+[ \t]+[^ \t=:+?!\#]/ || /^ *[A-Z][A-Z0-9_-]*[ \t]*:[^=:]/ || !/[=:]/) { \
        mistake = $$0 ": a = is missing after the name"; \
        if (match($$0, /^ *[A-Z][A-Z0-9_-]*/)) { \
          name = substr($$0, 1, RLENGTH); value = substr($$0, RLENGTH + 1); gsub(/ /, "", name); sub(/^[ \t:]*/, "", value); \
          mistake = " write " name " = " value } \
        print NR ":" mistake; exit } \
    { continued = /\\$$/ }' $(call as-word,$(LOCAL_MK)) 2> /dev/null)
$(if $(slip),$(error $(LOCAL_MK):$(slip)))
before := $(.VARIABLES) before
include $(LOCAL_MK)
set-there := $(filter-out $(before),$(.VARIABLES))
endif
set-here := $(foreach name,$(.VARIABLES),$(if $(filter command,$(origin $(name))),$(name)))
others   := $(filter-out $(known) MAKE%,$(set-there) $(set-here))
# A setting in small letters, or with - for _, is also a mistake.
misspelt := $(if $(others),$(firstword $(shell printf '%s\n' $(foreach other,$(others),$(call as-word,$(other))) | \
  awk -v known=' $(settings) ' '{ name = toupper($$0); gsub("-", "_", name) } /^[A-Z][A-Z0-9_-]+$$/ || index(known, " " name " ")')))
# Where it is: the command line, or a line of LOCAL_MK, which may be in a file that it includes.
misspelt-at := $(if $(filter $(misspelt),$(set-there)),$(LOCAL_MK):$(firstword $(subst :, ,$(shell grep -n '^ *$(misspelt) *[:+?!]*=' $(call as-word,$(LOCAL_MK))))): )
$(if $(misspelt),$(error $(misspelt-at)no variable is called '$(misspelt)'$(patsubst %, (did you mean %?),$(shell tools/operator/nearest $(misspelt) $(known)))))
