# stet: every command is built into build/ from its folder under cmd/ and one
# static library of common/, of which the linker takes what it needs.
#
#	make [all]   the commands          make check     the unit tests and bats
#	make lint    style and documents   make asan      address and undefined
#	make install PREFIX=/usr/local DESTDIR=
#
# Each command links only the libraries named for it in LIBS_name; a command
# of its own folder needs no other line here.

VERSION = 0.1.0
PREFIX = /usr/local
DESTDIR =
BUILD = build
CC = cc
CXX = c++
AR = ar
PKG_CONFIG = pkg-config
CFLAGS = -O2 -g
INSTALL = install

WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion \
	-Wstrict-prototypes -Wmissing-prototypes -Wvla -Wwrite-strings \
	-Wformat=2 -Wundef
HARDEN = -fstack-protector-strong -fPIE -D_FORTIFY_SOURCE=2
HARDEN_LINK = -pie -Wl,-z,relro,-z,now

# The library that a common/ wrapper stands for: its commands link it.
PKGS_COMMON = libgit2 libcurl gumbo libxml-2.0 json-c sqlite3 libdeflate zlib \
	libbrotlidec libzstd liblz4 libisal libidn2 libpsl libutf8proc libseccomp \
	libssl libcrypto uchardet
PKGS_COMMON += pangocairo
PKG_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(PKGS_COMMON) 2>/dev/null)

CPPFLAGS = -I. -I$(BUILD)/gen -D_GNU_SOURCE -DSTET_VERSION='"$(VERSION)"' \
	-include common/base/banned.h
ALL_CFLAGS = -std=c11 $(WARNINGS) $(HARDEN) $(PKG_CFLAGS) $(CFLAGS) \
	-MMD -MP -pthread

COMMANDS := $(sort $(patsubst cmd/%/main.c,%,$(wildcard cmd/*/main.c)))
SCRIPTS := $(sort $(patsubst cmd/%.sh,%,$(wildcard cmd/*/stet*.sh)))
BINS = $(COMMANDS:%=$(BUILD)/stet-%)
SCRIPT_BINS = $(addprefix $(BUILD)/,$(notdir $(SCRIPTS)))
MAN_PAGES := $(wildcard cmd/*/*.[17] common/*/*.[57])

COMMON_SOURCES := $(wildcard common/*/*.c common/*/*.cc)
COMMON_OBJECTS = $(patsubst %,$(BUILD)/obj/%.o,$(basename $(COMMON_SOURCES)))
COMMAND_SOURCES := $(wildcard cmd/*/*.c cmd/*/*/*.c)
ALL_SOURCES = $(COMMON_SOURCES) $(COMMAND_SOURCES) $(wildcard tests/unit/*.c \
	tests/lib/*.c tests/fuzz/*.c)
WORD_TABLES := $(patsubst %.words,$(BUILD)/gen/%.inc,$(wildcard \
	common/*/*.words cmd/*/*.words cmd/*/*/*.words tests/unit/*.words))
# parts_of COMMAND: the objects of its folder.
parts_of = $(patsubst %.c,$(BUILD)/obj/%.o,$(filter cmd/$(1)/%,\
	$(COMMAND_SOURCES)))
UNIT_TESTS := $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/*.c))
UNIT_BINS = $(UNIT_TESTS:%=$(BUILD)/tests/%)
# Libraries that tests load before a command (tests/preload/NAME.c ->
# build/lib/NAME.so).
PRELOADS := $(patsubst tests/preload/%.c,$(BUILD)/lib/%.so,$(wildcard \
	tests/preload/*.c))
# Small programs that tests call (tests/lib/NAME.c -> build/lib/NAME), and the
# fuzz targets (tests/fuzz/NAME.c -> build/tests/fuzz-NAME, by driver.c).
TEST_TOOLS := $(patsubst tests/lib/%.c,$(BUILD)/lib/%,$(wildcard tests/lib/*.c))
FUZZ_TARGETS := $(filter-out driver,$(patsubst tests/fuzz/%.c,%,$(wildcard \
	tests/fuzz/*.c)))
FUZZ_BINS = $(FUZZ_TARGETS:%=$(BUILD)/tests/fuzz-%)
FUZZ_DRIVER = $(BUILD)/obj/tests/fuzz/driver.o

.PHONY: always all objects tests check lint asan install uninstall dist clean
.SECONDARY:

all: $(BINS) $(SCRIPT_BINS)

$(BUILD)/obj/%.o: %.c Makefile | $(WORD_TABLES)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -c -o $@ $<

# Where a library speaks C++ alone; nothing of its run-time is used.
$(BUILD)/obj/%.o: %.cc Makefile
	@mkdir -p $(@D)
	$(CXX) -I. -std=c++11 -Wall -Wextra $(HARDEN) $(CFLAGS) \
		-fno-exceptions -fno-rtti -MMD -MP -pthread -c -o $@ $<

# The names of the sources: what is linked is linked anew when one goes.
$(BUILD)/sources: always
	@mkdir -p $(@D)
	@echo $(sort $(ALL_SOURCES)) | cmp -s - $@ || \
		echo $(sort $(ALL_SOURCES)) >$@

$(BUILD)/libcommon.a: $(COMMON_OBJECTS) $(BUILD)/sources
	@rm -f $@
	$(AR) rcs $@ $(COMMON_OBJECTS)

# A command links the libraries that its objects ask for and no other:
# --as-needed drops the rest.
define COMMAND
$$(BUILD)/stet-$(1): $$(call parts_of,$(1)) $$(BUILD)/libcommon.a
	$$(CC) $$(CFLAGS) $$(HARDEN_LINK) $$(LDFLAGS) -pthread -o $$@ $$^ \
		-Wl,--as-needed $$(PKG_LIBS) -lm
endef
PKG_LIBS := $(shell $(PKG_CONFIG) --libs $(PKGS_COMMON) 2>/dev/null) -lcld2 \
	-lstemmer
$(foreach c,$(COMMANDS),$(eval $(call COMMAND,$(c))))

define SCRIPT
$$(BUILD)/$(notdir $(1)): cmd/$(1).sh common/git/guard.sh \
		common/archive/resume.sh cmd/prove/verify.sh Makefile
	@mkdir -p $$(@D)
	@sed -e 's/@VERSION@/$$(VERSION)/g' -e '/^# @GUARD@/{r common/git/guard.sh' \
		-e 'd}' -e '/^# @RESUME@/{r common/archive/resume.sh' -e 'd}' \
		-e '/^# @VERIFY@/{r cmd/prove/verify.sh' -e 'd}' $$< \
		>$$@.tmp && chmod 755 $$@.tmp && mv $$@.tmp $$@
endef
$(foreach s,$(SCRIPTS),$(eval $(call SCRIPT,$(s))))

# Test programs: of a source, the driver where it is a fuzz target, and the
# library. One that is named COMMAND or COMMAND-PART links that command's own
# objects too.
define LINK_TEST
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(HARDEN_LINK) $(LDFLAGS) -pthread -o $@ \
		$(filter %.o,$^) $(BUILD)/libcommon.a \
		-Wl,--as-needed $(PKG_LIBS) -lm
endef

$(BUILD)/tests/%: $(BUILD)/obj/tests/unit/%.o $(BUILD)/libcommon.a
	$(LINK_TEST)

$(BUILD)/tests/fuzz-%: $(BUILD)/obj/tests/fuzz/%.o $(FUZZ_DRIVER) \
		$(BUILD)/libcommon.a
	$(LINK_TEST)

$(BUILD)/lib/%.so: tests/preload/%.c Makefile
	@mkdir -p $(@D)
	$(CC) -std=gnu11 -O1 -g -fPIC -shared -Wno-frame-address -o $@ $< -ldl

$(BUILD)/lib/%: $(BUILD)/obj/tests/lib/%.o $(BUILD)/libcommon.a
	$(LINK_TEST)

define COMMAND_TEST
$(1): $$(filter-out %/main.o,$$(call parts_of,$(2)))
endef
command_of = $(filter $(COMMANDS),$(firstword $(subst -, ,$(1))))
command_test = $(if $(call command_of,$(2)),\
	$(eval $(call COMMAND_TEST,$(1)$(2),$(call command_of,$(2)))))
$(foreach t,$(UNIT_TESTS),$(call command_test,$(BUILD)/tests/,$(t)))
$(foreach t,$(FUZZ_TARGETS),$(call command_test,$(BUILD)/tests/fuzz-,$(t)))
$(foreach t,$(notdir $(TEST_TOOLS)),$(call command_test,$(BUILD)/lib/,$(t)))

# The style sheet of the pages is a part of the program that writes them.
$(BUILD)/gen/common/page/stet_css.inc: common/page/stet.css
	@mkdir -p $(@D)
	@od -An -v -tx1 $< | sed 's/ \([0-9a-f][0-9a-f]\)/0x\1,/g' >$@.tmp && \
		mv $@.tmp $@
$(BUILD)/obj/common/page/style.o: $(BUILD)/gen/common/page/stet_css.inc

# Tables of people's words are made of text files.
$(BUILD)/gen/%.inc: %.words scripts/wordtable
	@mkdir -p $(@D)
	@scripts/wordtable $< >$@.tmp && mv $@.tmp $@

# What is learnt from pages: lines "NAME<tab>NUMBER<tab>NUMBER" beside the
# module (scripts/learn-weights).
$(BUILD)/gen/%.inc: %.weights
	@mkdir -p $(@D)
	@sed 's/\t/, /g; s/.*/WEIGHT(&)/' $< >$@.tmp && mv $@.tmp $@
WEIGHTS := $(wildcard cmd/*/*/*.weights)
$(WEIGHTS:%.weights=$(BUILD)/obj/%.o): $(BUILD)/obj/%.o: $(BUILD)/gen/%.inc
$(WEIGHTS:%.weights=$(BUILD)/obj/%.o): CPPFLAGS += -I$(BUILD)/gen

# What is learnt from pages: lines "NAME<tab>NUMBER<tab>NUMBER" beside the
# module (scripts/learn-weights).
$(BUILD)/gen/%.inc: %.weights
	@mkdir -p $(@D)
	@sed 's/\t/, /g; s/.*/WEIGHT(&)/' $< >$@.tmp && mv $@.tmp $@
WEIGHTS := $(wildcard cmd/*/*/*.weights)
$(WEIGHTS:%.weights=$(BUILD)/obj/%.o): $(BUILD)/obj/%.o: $(BUILD)/gen/%.inc
$(WEIGHTS:%.weights=$(BUILD)/obj/%.o): CPPFLAGS += -I$(BUILD)/gen

# All that is compiled, without linking: what scripts/lint looks at.
objects: $(patsubst %,$(BUILD)/obj/%.o,$(basename $(ALL_SOURCES)))

# GLib's headers define alloca, which is banned elsewhere.
$(BUILD)/obj/common/page/card.o: CPPFLAGS += -DSTET_FOREIGN_ALLOCA

-include $(patsubst %,$(BUILD)/obj/%.d,$(basename $(ALL_SOURCES)))

tests: $(UNIT_BINS) $(FUZZ_BINS) $(TEST_TOOLS) $(PRELOADS)

check: all tests
	scripts/check

lint:
	scripts/lint

# The same commands in build-asan/, with the sanitizers of gcc or clang.
ASAN = build-asan
asan:
	$(MAKE) BUILD=$(ASAN) HARDEN=-fPIE \
		CFLAGS='-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer' \
		all tests

# Each fuzz target by libFuzzer (clang), SECONDS for all of them together, in
# build-fuzz/: what is found new stays there, what fails in its crashes/. An
# empty input is NULL there, and NULL + 0 does no harm.
SECONDS = 600
FUZZ_CFLAGS = -O1 -g -fno-omit-frame-pointer -fno-sanitize-recover=undefined \
	-fsanitize=address,undefined,fuzzer-no-link -fno-sanitize=pointer-overflow
fuzz:
	$(MAKE) BUILD=build-fuzz CC=clang CXX=clang++ HARDEN=-fPIE FUZZ_DRIVER= \
		CFLAGS='$(FUZZ_CFLAGS)' LDFLAGS=-fsanitize=fuzzer fuzz-targets
	tests/fuzz/run build-fuzz $(SECONDS) $(FUZZ_TARGETS)

.PHONY: fuzz fuzz-targets
fuzz-targets: $(FUZZ_BINS)

COMPLETIONS = bash:bash-completion/completions/stet \
	zsh:zsh/site-functions/_stet fish:fish/vendor_completions.d/stet.fish

UNITS = $(wildcard scripts/systemd/*)

install: all
	$(INSTALL) -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1 \
		$(DESTDIR)$(PREFIX)/share/man/man5 \
		$(DESTDIR)$(PREFIX)/share/man/man7
	$(INSTALL) -m 755 $(BINS) $(SCRIPT_BINS) $(DESTDIR)$(PREFIX)/bin
	$(INSTALL) -m 644 $(filter %.1,$(MAN_PAGES)) \
		$(DESTDIR)$(PREFIX)/share/man/man1
	$(INSTALL) -m 644 $(filter %.5,$(MAN_PAGES)) \
		$(DESTDIR)$(PREFIX)/share/man/man5
	$(INSTALL) -m 644 $(filter %.7,$(MAN_PAGES)) \
		$(DESTDIR)$(PREFIX)/share/man/man7
	for shell in $(COMPLETIONS); do \
		file=$(DESTDIR)$(PREFIX)/share/$${shell#*:}; \
		$(INSTALL) -d $$(dirname $$file) && scripts/completion \
			$${shell%%:*} $(BUILD) >$$file || exit; \
	done
	$(INSTALL) -d $(DESTDIR)$(PREFIX)/share/stet
	$(INSTALL) -m 755 scripts/import $(DESTDIR)$(PREFIX)/share/stet/import
	$(INSTALL) -d $(DESTDIR)$(PREFIX)/lib/systemd/system
	for unit in $(notdir $(UNITS)); do \
		sed 's,@PREFIX@,$(PREFIX),' scripts/systemd/$$unit \
			>$(DESTDIR)$(PREFIX)/lib/systemd/system/$$unit || exit; \
	done

uninstall:
	rm -rf $(DESTDIR)$(PREFIX)/share/stet
	rm -f $(addprefix $(DESTDIR)$(PREFIX)/lib/systemd/system/,$(notdir $(UNITS)))
	for shell in $(COMPLETIONS); do \
		rm -f $(DESTDIR)$(PREFIX)/share/$${shell#*:}; \
	done
	rm -f $(addprefix $(DESTDIR)$(PREFIX)/bin/,$(notdir $(BINS) $(SCRIPT_BINS)))
	rm -f $(addprefix $(DESTDIR)$(PREFIX)/share/man/man1/,$(notdir $(filter %.1,$(MAN_PAGES))))
	rm -f $(addprefix $(DESTDIR)$(PREFIX)/share/man/man5/,$(notdir $(filter %.5,$(MAN_PAGES))))
	rm -f $(addprefix $(DESTDIR)$(PREFIX)/share/man/man7/,$(notdir $(filter %.7,$(MAN_PAGES))))

# The newest commit as a tarball: the same bytes wherever it is made.
dist:
	@mkdir -p $(BUILD)
	git archive --format=tar --prefix=stet-$(VERSION)/ HEAD | \
		gzip -9 -n >$(BUILD)/stet-$(VERSION).tar.gz

clean:
	rm -rf build build-asan build-asan-clang build-fuzz
