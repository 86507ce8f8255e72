# The path of the data: which file is made from which. The numbers are the same
# here, in data/ and in the stories of test/story/.
#
#   sources -> 1-pages -> 2-joins -> 3-servers -> 4-probes -> 5-communities -> site
#
# Fetching and probing run only if data/.asked is newer than their output; `make site`
# ignores it. An edit or a rebuilt program must not start a crawl, so sources and programs
# are order-only prerequisites (behind the bar `|`).

SOURCES       ?= tools/fetch-sources/sources.ndjson
KNOWN_SERVERS ?= tools/probe-servers/known-servers.ndjson
POLICY        ?= $(firstword $(wildcard $(SITES)/policy.ndjson) sites/policy.ndjson)
LANGUAGES     ?= languages
SITES         ?= sites
DATA          ?= data
# The lines that hide, mark and add-source write; they are used together with POLICY and SOURCES.
OWN           ?= $(patsubst ./%,%,$(dir $(DATA:%/=%))own)
policies       = $(POLICY) $(filter-out $(POLICY),$(wildcard $(OWN)/policy.ndjson))
sources        = $(SOURCES) $(filter-out $(SOURCES),$(wildcard $(OWN)/sources.ndjson))
# Files that SITES does not have come from the folder of the project.
sites          = $(patsubst %,--sites %,$(SITES) $(filter-out $(SITES:%/=%),sites))
OUTPUT        ?= output
nowhere       := http://localhost:8000
SITE_URL      ?= $(nowhere)
# The contact of the operator (mailto: or https:), for the site and the User-Agent. Without it, the
# User-Agent has the URL of the site's own page.
CONTACT       ?=
# The licence of the data, an SPDX identifier (https://spdx.org/licenses).
LICENCE       ?= CC0-1.0
contact        = $(or $(CONTACT),$(patsubst %/,%,$(filter-out $(nowhere),$(SITE_URL)))$(if $(filter-out $(nowhere),$(SITE_URL)),/about.html))
agent          = $(if $(contact),--contact $(call as-word,$(contact)))
PORT          ?= 8000
# After so many hours without a success, `status` calls the listing stale.
STALE_HOURS   ?= 3
# A command to run after each publish: AFTER_RUN STATUS SUMMARY MESSAGES.
AFTER_RUN     ?=
me            ?= make
# In a checkout, the demo is the quick way to a site.
or-demo        = $(if $(filter make,$(me)),; make demo makes one with a few servers on this machine)
# The name of this folder may hold any character.
www           := $(call as-word,$(OUTPUT))

$(foreach name,DATA OWN OUTPUT SITES LANGUAGES,$(if $(strip $($(name))),,$(error $(name) is empty: it must name a folder)))
# Make separates names at spaces, and the shell reads the other characters, so only OUTPUT may have them.
open-parenthesis := (
close-parenthesis := )
odd-characters = $(strip $(foreach character,' " ` ; & | < > * ? [ ] \ $$ $(open-parenthesis) $(close-parenthesis),$(findstring $(character),$(1))))
$(foreach name,DATA OWN SITES LANGUAGES POLICY,$(if $(word 2,$($(name)))$(call odd-characters,$($(name))),$(error $(name) is '$($(name))': it must be a name without spaces, quotes and the like)))
$(foreach name,SOURCES KNOWN_SERVERS,$(if $(filter-out * ? [ ],$(call odd-characters,$($(name)))),$(error $(name) is '$($(name))': it must be names of files without quotes and the like)))
$(foreach name,DATA OWN SITES LANGUAGES,$(if $(wildcard $($(name))),$(if $(wildcard $($(name))/.),,$(error $(name) is '$($(name))', which is not a folder that $(shell id -un) can open))))
# A setting that no stage can use is reported before any request. This stops `crawl` and not `publish`, which calls AFTER_RUN.
ifneq ($(filter site crawl probe watch explain hide mark add-source,$(MAKECMDGOALS)),)
wrong-setting := $(shell SITE_URL=$(call as-word,$(SITE_URL)) CONTACT=$(call as-word,$(CONTACT)) LICENCE=$(call as-word,$(LICENCE)) tools/operator/check-settings SITE_URL CONTACT LICENCE | head -n 1)
$(if $(wrong-setting),$(error $(wrong-setting)))
$(foreach name,SOURCES KNOWN_SERVERS POLICY LANGUAGES SITES,$(foreach path,$($(name)),$(if $(wildcard $(path)),,$(error $(name) names $(path), which does not exist, or is in a folder that $(shell id -un) can't read))))
endif

render := $(bin)/render $(sites) --languages $(LANGUAGES) $(policies:%=--policy %) \
          --site-url $(call as-word,$(SITE_URL)) $(if $(CONTACT),--contact $(call as-word,$(CONTACT))) --licence $(call as-word,$(LICENCE)) --runs $(DATA)/runs.ndjson $(RENDER_FLAGS)

# $(call into,COMMAND): its output replaces the target once it is complete and on the disk.
into = $(1) > $@.new && sync $@.new && mv $@.new $@

# The counts of each stage, for the summary of the run.
counts = --summary $(DATA)/.$(basename $(@F))-summary

# This run starts from the last listing; if that is damaged, from its backup.
listing := $(DATA)/5-communities.ndjson
is-whole = { tail -n 1 $(1) | grep -q '^{"kind":"listing-end".*}$$' && ! LC_ALL=C grep -qaP '\x00' $(1); } 2> /dev/null
begin-anew = $(me) restore FILE=… with your backup, or rm $(listing)* to start anew
check-listing = $(call is-whole,$(listing)) || { [ ! -s $(listing) ] && [ ! -e $(listing).old ] && rm -f $(listing); } || \
  { $(call is-whole,$(listing).old) && cp $(listing).old $(listing).new && sync $(listing).new && touch -d '1 day ago' $(listing).new && \
    mv $(listing).new $(listing) && echo "$(listing) is damaged or missing: this run continues from the listing before it, $(listing).old" >&2; } || \
  { echo "$(listing) is damaged, and $(listing).old is not a whole listing; type: $(begin-anew)" >&2; exit 1; }

$(DATA)/1-pages.ndjson: $(DATA)/.asked | $(sources) $(bin)/fetch-sources
	@$(call into,$(bin)/fetch-sources --cache $(DATA)/cache $(counts) $(agent) $(FETCH_FLAGS) $(sources))

$(DATA)/2-joins.ndjson: $(DATA)/1-pages.ndjson $(bin)/extract-joins
	@$(call into,$(bin)/extract-joins $(counts) $(EXTRACT_FLAGS) $<)

# Uses what the last listing knows about these servers. The listing is not a prerequisite: it is no
# reason for a crawl, and it is made from this file.
$(DATA)/3-servers.ndjson: $(DATA)/2-joins.ndjson $(KNOWN_SERVERS) $(bin)/dedupe
	@$(call into,$(bin)/dedupe --by=url --previous $(or $(wildcard $(listing)),/dev/null) $(KNOWN_SERVERS:%=--known %) $(counts) $(DEDUPE_FLAGS) $<)

# One process, or spread over processes (JOBS=8) or machines (HOSTS="a b c", VANTAGE=all).
probe  = $(bin)/probe-servers --not-before $(agent) $(PROBE_FLAGS)
spread = JOBS=$(call as-word,$(JOBS)) HOSTS=$(call as-word,$(HOSTS)) VANTAGE=$(call as-word,$(VANTAGE)) tools/spread
is-spread = $(strip $(JOBS)$(HOSTS)$(VANTAGE))
crawl  = $(if $(is-spread),rm -f $(DATA)/.4-probes-summary && $(spread) $< $(probe),$(probe) $(counts) $<)
# Checks programs and values before the crawl.
check-spread = $(if $(is-spread),$(spread) --check)

# A changed list of servers alone does not start a crawl.
$(DATA)/4-probes.ndjson: $(DATA)/3-servers.ndjson $(DATA)/.asked | $(bin)/probe-servers
	@$(if $(filter $(DATA)/.asked,$?)$(if $(wildcard $@),,new),$(call into,$(crawl)),touch $@)

# The listing of the last run is an input of this one: it holds the history.
$(DATA)/5-communities.ndjson: $(DATA)/4-probes.ndjson $(KNOWN_SERVERS) $(wildcard $(policies)) $(bin)/dedupe
	@if [ -e $@ ]; then cp -p $@ $@.before && sync $@.before; fi
	@{ $(call into,$(bin)/dedupe --by=key $(counts) $(if $(wildcard $@),--previous $@) $(KNOWN_SERVERS:%=--known %) $(patsubst %,--policy %,$(wildcard $(policies))) $(GUARD_FLAGS) $<); } || { status=$$?; \
	  case $$(sed -n 's/.*"refused":"\([a-z-]*\)".*/\1/p' $(DATA)/.5-communities-summary 2> /dev/null) in \
	    too-much-lost) echo "If this loss is real, type: $(me) site GUARD_FLAGS=--force" ;; \
	    wrong-clock) echo "If the clock is right now, type: cp -p $@.old $@, or $(me) restore FILE=… with your backup; then $(me) publish" ;; \
	  esac >&2; rm -f $(DATA)/.5-communities-summary; exit $$status; }
	@if [ -e $@.before ]; then mv $@.before $@.old; fi

$(DATA)/.asked:
	@mkdir -p $(@D)
	@touch $@

# The command that made the site: if it changes, the site is rebuilt.
render-command := $(render) --output $(OUTPUT)
ifneq ($(if $(wildcard $(DATA)/.render-command/.),,$(strip $(file < $(DATA)/.render-command))),$(strip $(render-command)))
$(DATA)/.render-command: $(DATA)/.asked always
	$(file > $@,$(render-command))
endif

# With /. behind it, a folder that is called as a target here (SITES=demo) is a folder all the same.
inputs = $(foreach folder,$(filter-out --sites,$(sites)),$(folder)/. $(foreach depth,* */* */*/*,$(wildcard $(folder)/$(depth)))) \
              $(LANGUAGES)/. $(wildcard $(LANGUAGES)/*) $(wildcard $(policies))

# Names that make can't use as prerequisites, and files that can't be read.
ifneq ($(filter published,$(MAKECMDGOALS)),)
folders-of-inputs := $(filter-out --sites,$(sites)) $(LANGUAGES)
unreadable := $(shell find -L $(folders-of-inputs) -mindepth 1 -name '.*' -prune -o \( ! -readable ! -type l -o -type d ! -executable \) -print -quit 2> /dev/null)
$(if $(unreadable),$(error $(unreadable): $(shell id -un) can't read it; type: sudo chmod -R a+rX $(unreadable)))
dangling-link := $(shell find -L $(folders-of-inputs) -mindepth 1 -name '.*' -prune -o -type l -print -quit 2> /dev/null)
$(if $(dangling-link),$(error $(dangling-link): this is a link to a file that does not exist; correct or remove it))
odd-name := $(shell find -L $(folders-of-inputs) -mindepth 1 -name '.*' -prune -o -name '*[][[:space:]:;%|=$$*?\\]*' -print -quit 2> /dev/null)
$(if $(odd-name),$(error $(odd-name): rename or remove this file: its name has a space or another character that make reads as its own))
endif

# The past runs, for the status page and for monitoring. A failure here does not stop a run.
summarise = { tools/summarise $(DATA) > $(DATA)/.summary.new && mv $(DATA)/.summary.new $(DATA)/.summary; } || \
            echo "the summary of the run could not be made; the site does not need it" >&2
$(DATA)/runs.ndjson: $(DATA)/5-communities.ndjson tools/summarise
	@$(summarise)
	@touch $@

# Whether the site in OUTPUT is the last one that was made from this DATA.
is-ours := $(shell test -e $(www)/.made-by-render && ! test $(www)/.made-by-render -nt $(DATA)/.published && echo yes)

$(DATA)/.published: $(DATA)/5-communities.ndjson $(DATA)/runs.ndjson $(inputs) $(bin)/render \
                    $(DATA)/.render-command $(if $(is-ours),,always)
	@$(render) --summary $(DATA)/.6-site-summary --output $(www) $<
	@$(summarise)  # again: only now it is known what the site shows
	@touch $@
	@sed -n 's/.*"shown":\([0-9]*\),"adult":\([0-9]*\),.*"changed":\([0-9]*\),"seconds":\([0-9.]*\)}$$/\1 \2 \3 \4/p' $(DATA)/.6-site-summary | \
	  while read -r shown adult changed seconds; do echo "site of $$((shown + adult)) Communities rebuilt, $$changed $$([ "$$changed" = 1 ] && echo file || echo files) changed, $$seconds s"; done

# The command as it was typed, for what to type.
typed-words = $(or $(value typed),$@ $(MAKEOVERRIDES))

# One run at a time; a second one prints a message and waits.
locked = { [ -d $(DATA) ] || mkdir -p $(DATA); } && me=$(me) goal=$@ typed=$(call as-word,$(typed-words)) tools/operator/check-data $(DATA) $(www) $(SITES) $(LANGUAGES) $(OWN) $(bin) sites tools && exec 9> $(DATA)/.lock && \
         { flock -n 9 || { echo "another run is in progress; waiting until it ends" >&2; flock 9; }; } && $(1)

# If a run fails, the reason may be a listing that is damaged or cut short.
is-damaged   = [ -e $(listing) ] && [ -x $(bin)/dedupe ] && ! $(bin)/dedupe --by=key --force --previous $(listing) /dev/null > /dev/null 2>&1
say-damaged  = if $(is-damaged); then echo "$(listing) is damaged; type: $(if $(wildcard $(listing).old),mv $(listing).old $(listing) (the listing before it),$(begin-anew))" >&2; fi
with-listing = { $(check-listing); } && { $(1) || { status=$$?; $(say-damaged); exit $$status; }; }

operator := status explain doctor hide mark add-source backup restore
locking  := site crawl refresh publish rollback serve watch $(operator)
asked := 1-pages.ndjson 4-probes.ndjson
is-known = $(if $(filter-out $(wildcard $(asked:%=$(DATA)/%)),$(asked:%=$(DATA)/%)),,yes)
# A file that a power cut or a full disk cut short stops the site, but not the next crawl.
say-torn = for file in $(wildcard $(addprefix $(DATA)/,1-pages.ndjson 2-joins.ndjson 3-servers.ndjson 4-probes.ndjson)); do \
             [ -z "$$(tail -c 1 "$$file")" ] || echo "$$file ends in the middle of a line; type: $(me) publish, which rebuilds it" >&2; done
made-at = $$(stat -c %y $(DATA)/.published 2> /dev/null || true)
make-site = $(MAKE) --no-print-directory -o $(DATA)/.asked published
# With a command of its own make does not say, as its last word, that the file is up to date; -q counts commands.
published: $(DATA)/.published
	$(if $(findstring q,$(firstword -$(MAKEFLAGS))),,@:)
site:  ## use: make the site from the files in DATA, without any network request
	@+$(if $(is-known)$(wildcard $(DATA:%/=%).restoring),,echo "$(DATA): there is no listing yet; $(me) publish makes one$(or-demo)" >&2; exit 1; ) \
	$(call locked,$(call with-listing,before="$(made-at)" && { $(make-site) || { status=$$?; $(say-torn); (exit $$status); }; } && \
	  { [ "$(made-at)" != "$$before" ] || echo "nothing to do: the site is up to date"; }))

ask: check-flags
	@touch $(DATA)/.asked

# A mistake in an option and a missing program are reported before any request, with the name of the variable.
try-flags = $(if $(strip $($(2))),$(bin)/$(1) $($(2)) --version > /dev/null || { echo "the mistake is in $(2)" >&2; exit 2; };)
check-flags: | $(tools:%=$(bin)/%)
	@$(check-spread)
	@$(call try-flags,fetch-sources,FETCH_FLAGS)$(call try-flags,extract-joins,EXTRACT_FLAGS)$(call try-flags,dedupe,DEDUPE_FLAGS) \
	$(call try-flags,probe-servers,PROBE_FLAGS)$(call try-flags,dedupe,GUARD_FLAGS)$(call try-flags,render,RENDER_FLAGS) true

# Inside the lock: both parts of a refresh.
crawl:
	@+$(call with-listing,$(MAKE) --no-print-directory ask && $(MAKE) --no-print-directory published)

refresh:  ## use: fetch the sources, probe the servers, make the site
	@+$(call locked,$(MAKE) --no-print-directory crawl)

is-dry = $(findstring n,$(firstword -$(MAKEFLAGS)))
# AFTER_RUN runs after the lock is released.
publish:  ## use: the main job: fetch the sources, probe the servers, make the site, print a summary
	@+status=0; ($(call locked,$(if $(is-dry),,tools/operator/run) $(MAKE) --no-print-directory crawl)) || status=$$?; \
	  $(if $(is-dry),,tools/operator/after-run $$status;) exit $$status
	@cat $(DATA)/.summary
	@[ $(call as-word,$(SITE_URL)) != $(nowhere) ] || echo "SITE_URL is not set: feeds, the sitemap and data files contain $(nowhere)$(if $(CONTACT),,; CONTACT is not set: nobody can reach you)" >&2

probe:  ## use: probe the servers, spread over JOBS=8 or HOSTS="a b c"
	@$(spread) --check
	@+$(call locked,$(call with-listing,$(MAKE) --no-print-directory -W $(DATA)/2-joins.ndjson spread))

spread: $(DATA)/3-servers.ndjson $(bin)/probe-servers
	@rm -f $(DATA)/.4-probes-summary
	@$(spread) $< $(bin)/probe-servers $(agent) $(PROBE_FLAGS) > $(DATA)/4-probes.ndjson.new
	@sync $(DATA)/4-probes.ndjson.new && mv $(DATA)/4-probes.ndjson.new $(DATA)/4-probes.ndjson
	@echo "probed $$(wc -l < $(DATA)/4-probes.ndjson) servers, $$(grep -c '"outcome":"ok"' $(DATA)/4-probes.ndjson) answered; next, type: $(me) site"

rollback:  ## use: bring back the previous site
	@$(call locked,$(bin)/render --rollback $(www) && touch -c $(DATA)/.published)
	@echo "rolled back to a site with the answers up to $$(jq -r '"\(.generated_at), with \(.communities | length) Communities"' $(www)/communities.json)"

serve:  ## use: show the site on http://localhost:8000, or on another PORT=…
	@[ -e $(www)/index.html ] || { echo $(www)": there is no site yet; $(me) publish makes one$(or-demo)" >&2; exit 1; }
	@PORT=$(call as-word,$(PORT)) tools/operator/check-settings PORT >&2
	@command -v python3 > /dev/null || { echo "serve needs python3; install Debian's package python3" >&2; exit 1; }
	@python3 -c 'import socket; socket.create_server(("127.0.0.1", $(PORT))).close()' 2> /dev/null || \
	  { echo "port $(PORT) of this machine is in use or not allowed; choose another one with PORT=…" >&2; exit 1; }
	@echo "http://localhost:$(PORT)/ shows" $(www)"; Ctrl-C ends it"
	@[ -z "$$SSH_CONNECTION" ] || echo "from your own machine: ssh -L $(PORT):localhost:$(PORT) $$(id -un)@$$(echo $$SSH_CONNECTION | cut -d ' ' -f 3)"
	@python3 -m http.server --bind 127.0.0.1 --directory $(www) $(PORT)

watch:  ## change: rebuild the site each time one of its files changes
	@echo "watching; Ctrl-C ends it"
	@failed=; while sleep 1; do \
	  $(MAKE) --no-print-directory -q site > /dev/null 2>&1 && continue; \
	  now=$$(find $(filter-out --sites,$(sites)) $(LANGUAGES) $(wildcard $(policies)) $(bin) $(DATA)/*.ndjson -printf '%p %T@\n' 2> /dev/null | cksum); \
	  [ "$$now" = "$$failed" ] || $(MAKE) --no-print-directory site || failed=$$now; done  # a mistake is reported once

# Commands for operators: tools/operator. They get the settings in the environment.
reasons := $(firstword $(wildcard $(SITES)/reasons.ndjson) sites/reasons.ndjson)
$(foreach name,DATA OWN OUTPUT SITE_URL CONTACT SOURCES KNOWN_SERVERS POLICY LANGUAGES SITES LOCAL_MK STALE_HOURS AFTER_RUN bin me agent policies sites reasons, \
  $(eval $(operator) publish: export $(name) := $$($(name))))
$(foreach name,LICENCE PORT JOBS HOSTS VANTAGE FETCH_FLAGS EXTRACT_FLAGS DEDUPE_FLAGS PROBE_FLAGS GUARD_FLAGS RENDER_FLAGS, \
  $(eval doctor: export $(name) := $$($(name))))
what    = $(call as-word,$(WHAT))
status:  ## use: print the last success, since when and why runs fail, the next run, what to type
	@tools/operator/status

explain:  ## use: print why something is listed, hidden or missing: WHAT=cats+0123abcd, a link, a host
	@tools/operator/explain $(what)

doctor:  ## use: check settings, programs, files, disk, clock and name lookup, and say what to type
	@tools/operator/doctor

# Makes the site with the new line at once, if there is data.
shown-at-once = $(if $(is-known),$(call with-listing,$(make-site)),true)
hide:  ## use: hide a Community or a server at once: WHAT=cats+0123abcd REASON=spam
	@+$(call locked,tools/operator/annotate hide $(what) $(call as-word,$(REASON)) && $(shown-at-once))

mark:  ## use: mark a Community: WHAT=cats+0123abcd MARK="lang=de tags=cats nsfw=no"
	@+$(call locked,tools/operator/annotate mark $(what) $(foreach word,$(MARK),$(call as-word,$(word))) && $(shown-at-once))

add-source:  ## use: add a source, and crawl at once: WHAT=https://…
	@+$(call locked,tools/operator/add-source $(what) && status=0 && { $(MAKE) --no-print-directory crawl || status=$$?; } && \
	  tools/operator/add-source $(what) --found && exit $$status)

backup:  ## use: put the data of the listing into one archive: FILE=….tar.gz or a folder, or none for this folder
	@$(call locked,tools/operator/backup $(call as-word,$(FILE)))

restore:  ## use: bring the data back from an archive: FILE=….tar.gz
	@$(call locked,tools/operator/restore $(call as-word,$(FILE)))

always:
# An interrupted run must not delete data.
.PRECIOUS: $(DATA)/%.ndjson
phony += ask check-flags crawl published site refresh publish probe spread rollback serve watch $(operator) always
.PHONY: $(phony)
