# The path of the data: which file is made from which. The numbers are the same
# in data/ and in the stories of test/story/.
#
#   sources -> 1-pages -> 2-joins -> 3-servers -> 4-probes -> 5-communities -> output/
#
# Stages that ask the world stand behind the bar `|`: a rebuilt program is no
# reason to knock on strangers' doors again. `make refresh` asks again.

-include local.mk

SOURCES       ?= tools/fetch-sources/sources.ndjson
KNOWN_SERVERS ?= tools/probe-servers/known-servers.ndjson
DATA          ?= data
OUTPUT        ?= output

keep-if-same = if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

$(DATA)/1-pages.ndjson: $(SOURCES) $(DATA)/.asked | $(bin)/fetch-sources
	$(bin)/fetch-sources $(FETCH_FLAGS) < $(SOURCES) > $@.new
	mv $@.new $@

$(DATA)/2-joins.ndjson: $(DATA)/1-pages.ndjson $(bin)/extract-joins
	$(bin)/extract-joins $(EXTRACT_FLAGS) < $< > $@.new
	$(keep-if-same)
