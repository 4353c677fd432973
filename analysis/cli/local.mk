# One line per command; the line registers it.
COMMANDS = \
	%D%/cmd_crossover.c \
	%D%/cmd_before_after.c \
	%D%/cmd_meta.c \
	%D%/cmd_summary.c \
	%D%/cmd_ddd.c \
	%D%/cmd_run.c \
	%D%/cmd_verify.c \
	%D%/cmd_plot.c \
	%D%/cmd_power.c \
	%D%/cmd_design.c \
	%D%/cmd_simulate.c \
	%D%/cmd_list.c

recross_SOURCES += $(COMMANDS) \
	%D%/before_after_words.c %D%/before_after_words.h \
	%D%/command.h \
	%D%/commands.c \
	%D%/common.c %D%/common.h \
	%D%/help.c \
	%D%/main.c \
	%D%/option.c %D%/option.h \
	%D%/power_words.c %D%/power_words.h \
	%D%/settings.h \
	%D%/stopwatch.c %D%/stopwatch.h

nodist_recross_SOURCES = %D%/commands.inc
BUILT_SOURCES += %D%/commands.inc
CLEANFILES += %D%/commands.inc
%D%/commands.inc: $(srcdir)/%D%/local.mk
	$(call rx_registry,RX_COMMAND,$(COMMANDS))
%D%/commands.$(OBJEXT): %D%/commands.inc
