# Builds the tools. The path of the data is in pipeline.mk; `make help` lists the targets.

ifeq ($(wildcard pipeline.mk),)
$(error this is not the folder of the project; type: make -C $(abspath $(dir $(lastword $(MAKEFILE_LIST)))) $(MAKECMDGOALS))
endif

# On all cores, unless you say otherwise (make -j1).
ifeq ($(MAKELEVEL),0)
cores := $(shell nproc)
MAKEFLAGS += -j$(cores)
endif
# No built-in rules: make would try dozens of them on each header, which takes 50 of 60 ms.
MAKEFLAGS += --no-builtin-rules

scripts := tools/summarise tools/spread $(wildcard tools/operator/*)
tools   := fetch-sources extract-joins probe-servers dedupe render

# release, asan (address and undefined-behaviour sanitizers), or fuzz (those and clang's fuzzer)
FLAVOUR ?= release
B       := $(if $(filter release,$(FLAVOUR)),build,build/$(FLAVOUR))
bin     := $(B)/bin

ifeq ($(FLAVOUR),fuzz)
CXX      := clang++
endif
CXX      ?= g++
# DEBUG=1 adds debug information; compiling takes a third longer with it.
CXXFLAGS ?= -O2 $(if $(DEBUG),-g)
warnings := -Wall -Wextra -Wpedantic -Wshadow
hardened := -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fPIE
hard-link := -pie -Wl,-z,relro,-z,now
sanitize := -Og -g1 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
# RapidJSON 1.1 adds an offset to a null pointer.
fuzzing  := $(sanitize) -fsanitize=fuzzer-no-link -fno-sanitize=pointer-overflow
flavoured = $(if $(filter asan,$(FLAVOUR)),$(sanitize),$(if $(filter fuzz,$(FLAVOUR)),$(fuzzing),$(1)))
compile   = $(CXX) -std=c++20 $(warnings) -Itools/lib $(CPPFLAGS) $(CXXFLAGS) \
            $(call flavoured,$(hardened)) -MMD -MP
# The standard library's headers are compiled once, which saves a third of the work; PRECOMPILED= switches this off.
PRECOMPILED ?= yes
standard  := $(if $(PRECOMPILED),$(B)/obj/standard.hpp)
link      = $(CXX) $(CXXFLAGS) $(call flavoured,$(hard-link)) \
            -Wl,--as-needed $(LDFLAGS)
libraries := -lcurl -ltidy -lpugixml -lsodium -lcrypto -lidn2 -lpsl -lutf8proc -lqrencode -lpng -lcld2 -lz -lbrotlienc -lpthread

# After a `sudo make`, some files belong to root. Reported where a command failed.
not-ours = { other=$$(find build ! -writable -print -quit); [ -z "$$other" ] || echo "you can't change $$other; type: sudo chown -R $$(id -un): build" >&2; exit 1; }

# One short line for each file; V=1 shows the commands instead, make -s shows nothing.
is-silent := $(findstring s,$(firstword -$(MAKEFLAGS)))
quiet     := $(if $(V),,@)
count      = $(eval made += x)$(words $(made))
say        = $(if $(V)$(is-silent),,@printf '%s\n' '$(1)')

# The objects of a folder and of the folders in it.
objects   = $(patsubst %.cpp,$(B)/obj/%.o,$(sort $(wildcard $(1)/*.cpp $(1)/*/*.cpp)))
shared   := $(call objects,tools/lib/*)
units    := $(patsubst test/unit/%.cpp,$(B)/test/%,$(wildcard test/unit/*.cpp test/unit/*/*.cpp))

all: $(tools:%=$(bin)/%)  ## use: build the tools
	$(if $(made),$(if $(filter-out all,$(MAKECMDGOALS))$(is-silent),,@echo "next, type: make demo, which runs the whole chain on this machine"))

$(foreach tool,$(tools),$(eval $(bin)/$(tool): $(call objects,tools/$(tool))))
$(tools:%=$(bin)/%): $(B)/shared.a
	@mkdir -p $(@D)
	$(call say,$@)
	$(quiet)$(link) $(filter %.o,$^) $(B)/shared.a $(libraries) -o $@ || $(not-ours)

$(B)/shared.a: $(shared)
	$(quiet)rm -f $@ && $(AR) rcs $@ $^ || $(not-ours)

$(units): $(B)/test/%: $(B)/obj/test/unit/%.o
# Unit tests of a tool, in a folder of its name, are linked with all of it except main.
define tool-units
$(B)/obj/test/unit/$(1)/%.o: CPPFLAGS += -Itools/$(1)
$(filter $(B)/test/$(1)/%,$(units)): $(filter-out %/main.o,$(call objects,tools/$(1)))
endef
$(foreach tool,$(tools),$(eval $(call tool-units,$(tool))))
$(B)/test/fuzz/replay: $(B)/obj/test/fuzz/replay.o
$(units) $(B)/test/fuzz/replay: $(B)/shared.a
	@mkdir -p $(@D)
	$(call say,$@)
	$(quiet)$(link) $(filter %.o,$^) $(B)/shared.a $(libraries) -o $@ || $(not-ours)

$(B)/test/unreliable.so: test/unreliable.cpp | build/.packages
	@mkdir -p $(@D)
	$(CXX) -std=c++20 $(warnings) -O1 -fPIC -shared $< -o $@

# A tool's sources include its headers relative to its own folder: "model/community.hpp".
$(foreach tool,$(tools),$(eval $(B)/obj/tools/$(tool)/%.o: CPPFLAGS += -Itools/$(tool)))
$(B)/obj/%.o: %.cpp $(B)/obj/.flags $(standard:=.gch) | build/.packages
	@mkdir -p $(@D) || $(not-ours)
	$(call say,[$(count)/$(words $(compiled))] $<)
	$(quiet)$(compile) $(standard:%=-include %) -c $< -o $@ || $(not-ours)
$(B)/obj/standard.hpp.gch: tools/standard.hpp $(B)/obj/.flags | build/.packages
	@cp $< $(@:.gch=) || $(not-ours)
	$(quiet)$(compile) -x c++-header $(@:.gch=) -o $@
compiled = $(shared) $(foreach tool,$(tools),$(call objects,tools/$(tool))) \
           $(if $(filter test% bench% fuzz%,$(MAKECMDGOALS)),$(units) $(fuzzers))

build/.packages: packages.txt tools/install-packages
	tools/install-packages $<
	@mkdir -p $(@D)
	@touch $@ || $(not-ours)

# One list, so that a test target reports all missing packages at once.
build/.test-packages: packages.txt test/packages.txt tools/install-packages
	tools/install-packages $(filter %.txt,$^)
	@mkdir -p $(@D)
	@touch build/.packages $@ || $(not-ours)
ifneq ($(filter test% bench% fuzz%,$(MAKECMDGOALS)),)
build/.packages: | build/.test-packages
endif

LOCAL_MK := local.mk
# The variables of a build and of the tests, besides the operator's settings.
more-settings := CXX CXXFLAGS CPPFLAGS LDFLAGS AR FLAVOUR DEBUG V B PREFIX DESTDIR PRECOMPILED SKIP_PACKAGES RELEASE TESTS CASES SECONDS RUNS \
                 WORLDS COUNTS SHAPES ROWS PIECES SITE DEMO BIN UPDATE CI SHELL
include tools/settings.mk

# The flags that the objects were compiled with: if they change, all objects are compiled again.
flags := $(strip $(CXX) $(CXXFLAGS) $(CPPFLAGS))
ifneq ($(file <$(B)/obj/.flags),$(flags))
$(if $(shell mkdir -p $(B)/obj; [ -w $(B)/obj ] && { [ ! -e $(B)/obj/.flags ] || [ -w $(B)/obj/.flags ]; } || id -un),$(error you can't change $(B)/obj; type: sudo chown -R $(shell id -un): build))
$(file >$(B)/obj/.flags,$(flags))
endif
$(B)/obj/.flags: ;
include pipeline.mk
include tools/install.mk

# The headers of each object. Targets that only start another make, under the lock, do not need them.
ifneq ($(filter-out $(locking),$(or $(MAKECMDGOALS),all)),)
-include $(shared:.o=.d) $(foreach tool,$(tools),$(patsubst %.o,%.d,$(call objects,tools/$(tool))))
endif
ifneq ($(filter-out $(locking) ask published,$(or $(MAKECMDGOALS),all)),)
-include $(units:$(B)/test/%=$(B)/obj/test/unit/%.d)
endif

demo: all  ## use: run the whole chain with a few servers on this machine; needs no network
	@test/demo || $(not-ours)

# The npm packages of the browser tests, as in the lock file.
browser := test/browser/node_modules/.package-lock.json
$(browser): test/browser/package-lock.json | build/.test-packages
	npm ci --silent --prefix test/browser
	@touch $@

test: all test-programs $(browser)  ## test: build everything and run the tests; TESTS="test/dedupe.bats …" for some
	test/run $(TESTS)

screenshots: $(bin)/render $(browser)  ## change: take pictures of every kind of page, of 100 invented rooms or of SITE=…, into build/screenshots/
	test -n "$(SITE)" || test/browser/make-listing 100 | $< --sites sites --languages languages --output build/screenshots/site --now 2026-11-22T20:05:17Z
	node test/browser/screenshots.mjs $(or $(SITE),build/screenshots/site) build/screenshots

$(B)/obj/test/fuzz/%.o: CXXFLAGS := -O1 -g
# Each fuzzer is a program of its own, built with clang; replay holds all of them, for any compiler.
fuzzers  := $(patsubst test/fuzz/%.cpp,$(B)/fuzz/%,$(filter-out %/drive.cpp %/replay.cpp,$(wildcard test/fuzz/*.cpp)))
inner     = $(filter-out %/main.o,$(call objects,tools/$(1)))
decoders := $(B)/obj/tools/fetch-sources/charset.o $(B)/obj/tools/fetch-sources/links.o
$(B)/test/spellings $(B)/test/link_scanner: $(call inner,extract-joins)
$(fuzzers): $(B)/fuzz/%: $(B)/obj/test/fuzz/%.o $(B)/obj/test/fuzz/drive.o $(B)/shared.a
	@mkdir -p $(@D)
	$(link) -fsanitize=fuzzer $(filter %.o,$^) $(B)/shared.a $(libraries) -o $@
$(B)/fuzz/charset $(B)/fuzz/links: $(decoders)
$(B)/fuzz/extract: $(call inner,extract-joins)
$(B)/fuzz/tags $(B)/fuzz/csv: $(call inner,render)
$(B)/obj/test/fuzz/tags.o $(B)/obj/test/fuzz/csv.o: CPPFLAGS += -Itools/render
$(B)/test/fuzz/replay: $(fuzzers:$(B)/%=$(B)/obj/test/%.o) $(decoders) $(call inner,extract-joins) $(call inner,render)
-include $(fuzzers:$(B)/%=$(B)/obj/test/%.d) $(B)/obj/test/fuzz/drive.d $(B)/obj/test/fuzz/replay.d
-include $(wildcard $(B)/obj/test/bench/*.d $(B)/obj/test/bench/*/*.d)

fuzz:  ## test: fuzz every parser of remote bytes for SECONDS=60 each
	@command -v clang++ >/dev/null || { echo "fuzz needs Debian's packages clang and libclang-rt-14-dev" >&2; exit 1; }
	+$(MAKE) --no-print-directory FLAVOUR=fuzz fuzzers
	SECONDS_EACH=$(or $(SECONDS),60) test/fuzz/run

fuzzers: $(fuzzers)

# The tests of code that reads bytes from strangers, where sanitizers find most.
asan-tests := $(wildcard $(addprefix test/,$(addsuffix .bats,unit fuzz extract-joins dedupe fetch-sources http probe-hostile probe-proof \
              probe-servers render render-hostile)))

test-asan:  ## test: run the tests of parsers with sanitizers
	+$(MAKE) --no-print-directory FLAVOUR=asan all test-programs
	CASES=50 BIN=build/asan/bin test/run $(or $(TESTS),$(asan-tests))

test-long: all test-programs  ## test: run the tests that take hours: torture, fuzz, package and container in fresh roots
	+$(MAKE) --no-print-directory check-includes
	+$(MAKE) --no-print-directory torture
	+$(MAKE) --no-print-directory fuzz
	+$(MAKE) --no-print-directory test-package
	+$(MAKE) --no-print-directory test-package RELEASE=trixie
	test/container
	test/workflow
	test/release trixie

check-includes:  ## test: compile without precompiled headers: each file must include what it needs
	+$(MAKE) --no-print-directory B=build/includes PRECOMPILED= CXXFLAGS=-O1 all test-programs bench-programs

test-release:  ## test: run the demo and all tests, or TESTS="…", on a fresh Debian RELEASE=trixie (root only)
	test/release $(or $(RELEASE),trixie) $(TESTS)

test-container:  ## test: run the steps of the Containerfile in fresh roots, and their result (root only)
	test/container

test-workflow:  ## test: run the workflow of tools/PAGES.md twice in fresh roots, against a bare repository (root only)
	test/workflow

test-programs: $(units) $(B)/test/fuzz/replay $(B)/test/unreliable.so $(B)/bench/classify

torture: all  ## test: kill `make publish` RUNS=200 times while a reader reads the site
	WORLD_SECONDS=7500 test/with-world test/story/demo/world.ndjson build/torture/world test/torture $(RUNS)

check-languages: $(bin)/render  ## change: check languages/ and the policy, also against the listing if there is one
	@$(bin)/render --check --languages $(LANGUAGES) $(sites) $(policies:%=--policy %) $(wildcard $(DATA)/5-communities.ndjson)
	@echo "policy and languages have no mistakes"

bench-languages: $(bin)/render $(B)/bench/classify  ## measure: how often a language is detected, and how often correctly
	$(B)/bench/classify languages languages test/bench/languages.tsv test/bench/rooms-topics.tsv $(wildcard test/bench/rooms-held-out-[2-7].tsv)
	BIN=$(bin) test/bench/languages $(wildcard ../shared/captures)

# The programs that are measured, or measured beside ours.
bench-programs := $(addprefix $(B)/bench/,classify parse-every-page render-rows servers)
$(B)/bench/classify: $(B)/obj/test/bench/classify.o
$(B)/bench/parse-every-page: $(B)/obj/test/bench/parse_every_page.o
$(B)/bench/render-rows: $(B)/obj/test/bench/render/rows.o $(call inner,render)
$(B)/bench/servers: $(B)/obj/test/bench/probe/servers.o
$(B)/obj/test/bench/render/rows.o: CPPFLAGS += -Itools/render
$(bench-programs): $(B)/shared.a
	@mkdir -p $(@D)
	$(call say,$@)
	$(quiet)$(link) $(filter %.o,$^) $(B)/shared.a $(libraries) -o $@

bench-rooms: $(B)/bench/classify  ## measure: how often adult rooms are recognised, and how fast
	$< adult languages test/bench/adult.tsv
	-$< adult languages $(wildcard test/bench/rooms-held-out-[2-7].tsv)  # figures as they come
	$< topics languages test/bench/rooms-topics.tsv $(wildcard test/bench/rooms-held-out-[24567].tsv)
	$< speed languages test/bench/adult.tsv test/bench/rooms.tsv

bench-probe: $(bin)/probe-servers $(B)/bench/servers  ## measure: how fast servers are probed, in comparison with curl -Z
	test/bench/probe/run $(B)/bench/servers $(bin)/probe-servers $(COUNTS)

bench-links: $(bin)/probe-servers $(B)/bench/servers  ## measure: crawls on slow, lossy and stalling links, and among dead servers; WORLDS="256 dead" for some
	test/bench/probe/links $(B)/bench/servers $(bin)/probe-servers $(WORLDS)

bench-dedupe: $(bin)/dedupe  ## measure: how fast a million records are merged, in comparison with sort and jq
	test/bench/dedupe $(SHAPES)

bench-extract: $(bin)/extract-joins $(B)/bench/parse-every-page  ## measure: how fast links are found, in comparison with grep and ripgrep
	test/bench/extract

bench-render: $(B)/bench/render-rows  ## measure: how fast pages are made, in comparison with php; ROWS=100000
	test/bench/render/run $< $(ROWS)

bench: all $(bench-programs)  ## measure: run all benchmarks, into test/bench/RESULTS.md; PIECES="start chain" for some
	test/bench/run $(PIECES)

clean:  ## change: remove what make built, except the data of the listing (data/)
	rm -rf build

# A folder elsewhere may be that of a listing.
ifneq ($(filter distclean,$(MAKECMDGOALS)),)
$(if $(filter-out data output,$(DATA) $(OUTPUT)),$(error distclean removes data/ and output/ here, but DATA is $(DATA) and OUTPUT is $(OUTPUT): remove those yourself, or type: make distclean DATA=data OUTPUT=output))
endif
distclean: clean  ## change: also remove the data of the listing and the site, data/ and output/
	rm -rf data
	rm -rf .output.render
	find output -mindepth 1 ! -name .gitignore -delete

help:  ## use: list the targets
	@for group in use change test measure; do \
	  echo; echo "To $$group it:"; \
	  sed -n "s/^\([a-z-]*\):.*  ## $$group: /\1\t/p" $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r target what; do printf '  make %-16s %s\n' "$$target" "$$what"; done; \
	done

bench-programs: $(bench-programs)
phony += all bench-programs demo check-includes test-release test-container test-workflow screenshots test test-asan test-long test-programs torture check-languages bench-languages bench-rooms bench-probe bench-links bench-dedupe bench-extract bench-render bench fuzz fuzzers clean distclean help
.PHONY: $(phony)

# A misspelt target, or words where make expects variables.
strange := $(filter-out $(phony) $(wildcard $(MAKECMDGOALS)),$(foreach goal,$(MAKECMDGOALS),$(if $(findstring /,$(goal)),,$(goal))))
$(if $(strange),$(error no target is called '$(firstword $(strange))'$(if $(filter $(operator),$(MAKECMDGOALS)),; \
  give the words as variables: make hide WHAT=cats+0123abcd REASON=spam,$(patsubst %, (did you mean %?),$(shell tools/operator/nearest $(call as-word,$(firstword $(strange))) $(phony)))); make help lists the targets))
.SECONDARY: $(units:$(B)/test/%=$(B)/obj/test/unit/%.o)
.DELETE_ON_ERROR:
