# The Makefile of an installed listing. What an operator sets is in
# @sysconfdir@/session-communities/local.mk.

bin  := @bindir@
-include @sysconfdir@/session-communities/local.mk
DATA   ?= /var/lib/session-communities/data
OUTPUT ?= /var/lib/session-communities/www

help:  ## list what can be asked for
	@sed -n 's/^\([a-z-]*\):.*  ## /\1\t/p' $(MAKEFILE_LIST) | sort | \
	  while IFS="$$(printf '\t')" read -r target what; do printf '  session-communities %-10s %s\n' "$$target" "$$what"; done

include pipeline.mk
