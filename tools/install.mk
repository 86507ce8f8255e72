# Installs the programs and their files, by the GNU conventions. The layout is that of this tree, so
# that pipeline.mk is the same file here and there.

PREFIX        ?= /usr/local
DESTDIR       ?=
bindir        ?= $(PREFIX)/bin
datadir       ?= $(PREFIX)/share
mandir        ?= $(datadir)/man
sysconfdir    ?= $(if $(filter /usr,$(PREFIX)),/etc,$(PREFIX)/etc)
systemunitdir ?= $(PREFIX)/lib/systemd/system
sysusersdir   ?= $(PREFIX)/lib/sysusers.d
completiondir ?= $(datadir)/bash-completion/completions
docdir        ?= $(datadir)/doc/session-communities
pkgdatadir     = $(datadir)/session-communities

version        = $$($(bin)/dedupe --version | cut -d' ' -f2)

# $(call fill-in,FILE,TARGET,MODE): installs a file with its @names@ filled in.
fill-in = sed -e 's|@bindir@|$(bindir)|g' -e 's|@pkgdatadir@|$(pkgdatadir)|g' -e 's|@sysconfdir@|$(sysconfdir)|g' \
            -e "s/@version@/$(version)/g" $(1) > $(B)/filled && install -D -m $(3) $(B)/filled '$(DESTDIR)$(2)' && rm $(B)/filled

install: all  ## use: install programs, manuals, data, unit and timer (PREFIX, DESTDIR)
	install -d '$(DESTDIR)$(bindir)' '$(DESTDIR)$(mandir)/man1' '$(DESTDIR)$(mandir)/man7' '$(DESTDIR)$(pkgdatadir)'
	install -m 755 $(tools:%=$(bin)/%) '$(DESTDIR)$(bindir)'
	install -m 644 $(foreach tool,$(tools),tools/$(tool)/$(tool).1) '$(DESTDIR)$(mandir)/man1'
	install -m 644 tools/session-communities.7 '$(DESTDIR)$(mandir)/man7'
	$(call fill-in,tools/session-communities.in,$(bindir)/session-communities,755)
	$(call fill-in,tools/installed.mk,$(pkgdatadir)/Makefile,644)
	install -m 644 pipeline.mk '$(DESTDIR)$(pkgdatadir)'
	for file in $$(find sites languages -type f) tools/settings.mk tools/fetch-sources/sources.ndjson tools/probe-servers/known-servers.ndjson; do \
	  install -D -m 644 $$file '$(DESTDIR)$(pkgdatadir)'/$$file; done
	for script in $(scripts); do install -D -m 755 $$script '$(DESTDIR)$(pkgdatadir)'/$$script; done
	[ -e '$(DESTDIR)$(sysconfdir)/session-communities/local.mk' ] || \
	  install -D -m 644 tools/local.mk.example '$(DESTDIR)$(sysconfdir)/session-communities/local.mk'
	$(call fill-in,tools/systemd/session-communities.service,$(systemunitdir)/session-communities.service,644)
	install -m 644 tools/systemd/session-communities.timer tools/systemd/session-communities-failed@.service '$(DESTDIR)$(systemunitdir)'
	install -D -m 644 tools/systemd/session-communities.sysusers '$(DESTDIR)$(sysusersdir)/session-communities.conf'
	install -D -m 644 tools/nginx/session-communities.conf '$(DESTDIR)$(docdir)/nginx.conf'
	install -m 644 README.md LICENSE CHANGELOG.md tools/OPERATING.md tools/COOKBOOK.md tools/PAGES.md '$(DESTDIR)$(docdir)'
	install -D -m 644 tools/bash-completion '$(DESTDIR)$(completiondir)/session-communities'
	for tool in $(tools); do ln -sf session-communities '$(DESTDIR)$(completiondir)'/$$tool; done

uninstall:  ## use: remove everything that install wrote, except the configuration and the data
	rm -f $(foreach tool,$(tools),'$(DESTDIR)$(bindir)/$(tool)' '$(DESTDIR)$(mandir)/man1/$(tool).1' '$(DESTDIR)$(completiondir)/$(tool)') \
	  '$(DESTDIR)$(bindir)/session-communities' '$(DESTDIR)$(mandir)/man7/session-communities.7' \
	  '$(DESTDIR)$(completiondir)/session-communities' '$(DESTDIR)$(sysusersdir)/session-communities.conf' \
	  $(foreach unit,session-communities.service session-communities.timer session-communities-failed@.service,'$(DESTDIR)$(systemunitdir)/$(unit)')
	rm -rf '$(DESTDIR)$(pkgdatadir)' '$(DESTDIR)$(docdir)'

deb: all  ## use: build a Debian package in build/
	+tools/make-deb $(B) "$(version)$$(git log -1 --format=+%cd --date=format:%Y%m%d%H%M 2>/dev/null)"

test-package:  ## test: install the package into a fresh root, run it as OPERATING.md says, remove it; RELEASE=trixie for another Debian (root only)
	+test/package $(RELEASE)

phony += test-package install uninstall deb
.PHONY: $(phony)
