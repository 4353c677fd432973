# One line per method, in the order in which results are reported; the line
# registers it.
METHODS = \
	%D%/disposition.c \
	%D%/describe.c \
	%D%/profiles.c \
	%D%/paired_t.c \
	%D%/hills_armitage.c \
	%D%/hills_armitage_welch.c \
	%D%/wilcoxon_signed_rank.c \
	%D%/wilcoxon_signed_rank_exact.c \
	%D%/koch_normal.c \
	%D%/koch_exact.c \
	%D%/mcnemar.c \
	%D%/mcnemar_exact.c \
	%D%/mcnemar_midp.c \
	%D%/rate_ratio_robust.c \
	%D%/relative_change.c \
	%D%/difference_in_differences.c

librecross_a_SOURCES += $(METHODS) \
	%D%/abba_rank.c %D%/abba_rank.h \
	%D%/abba_t.c %D%/abba_t.h \
	%D%/analysis.c %D%/analysis.h \
	%D%/fill.c %D%/fill.h \
	%D%/mcnemar_row.c %D%/mcnemar_row.h \
	%D%/method.h \
	%D%/methods.c \
	%D%/result.c %D%/result.h \
	%D%/signed_rank_row.c %D%/signed_rank_row.h

nodist_librecross_a_SOURCES += %D%/registry.inc
BUILT_SOURCES += %D%/registry.inc
CLEANFILES += %D%/registry.inc
%D%/registry.inc: $(srcdir)/%D%/local.mk
	$(call rx_registry,RX_METHOD,$(METHODS))
%D%/methods.$(OBJEXT): %D%/registry.inc
