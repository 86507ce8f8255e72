# The Makefile of an installed listing. The operator's settings are in
# @sysconfdir@/session-communities/local.mk.

bin  := @bindir@
me   := session-communities
LOCAL_MK := @sysconfdir@/session-communities/local.mk
include tools/settings.mk
DATA   ?= /var/lib/session-communities/data
OUTPUT ?= /var/lib/session-communities/www
# Paths in these files and in the environment must be absolute: they have no working directory.
# session-communities makes relative paths of the command line absolute. A make that the chain starts gets
# its paths from here; they may be relative to the project's files.
ifeq ($(MAKELEVEL),0)
$(foreach path,OUTPUT DATA OWN SOURCES KNOWN_SERVERS POLICY LANGUAGES SITES,$(if \
  $(filter-out /%,$(firstword $($(path)))),$(error $(path) is '$($(path))': it must be an absolute path, beginning with /)))
endif

# The owner could not change files that root makes there.
ifeq ($(shell id -u),0)
owner := $(filter-out root,$(shell stat -c %U $(firstword $(wildcard $(DATA) $(dir $(DATA)))) 2>/dev/null))
$(if $(and $(owner),$(filter-out help,$(MAKECMDGOALS))),\
  $(error $(DATA) is for $(owner): sudo -u $(owner) session-communities $(or $(value typed),$(MAKECMDGOALS))))
endif

help:  ## use: list the commands
	@echo "usage: session-communities COMMAND [WORD...] [VARIABLE=VALUE...]"; echo
	@sed -n 's/^\([a-z-]*\):.*  ## [a-z]*: /\1\t/p' $(MAKEFILE_LIST) | sed 's/\(WHAT\|REASON\|FILE\)=//g; s/MARK="\(.*\)"/\1/' | \
	  while IFS="$$(printf '\t')" read -r target what; do printf '  session-communities %-10s %s\n' "$$target" "$$what"; done
	@echo; echo "man session-communities describes the commands and all variables."

include pipeline.mk
