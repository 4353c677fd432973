# Unit tests (Check, one program per module), then scripts that run the
# program.
UNIT_TESTS = \
	%D%/unit/check_answers \
	%D%/unit/check_arma \
	%D%/unit/check_awkward \
	%D%/unit/check_base \
	%D%/unit/check_before_after \
	%D%/unit/check_binary \
	%D%/unit/check_claims \
	%D%/unit/check_counts \
	%D%/unit/check_coverage_guard \
	%D%/unit/check_crossover \
	%D%/unit/check_crossover_design \
	%D%/unit/check_csv \
	%D%/unit/check_design \
	%D%/unit/check_exposure \
	%D%/unit/check_family \
	%D%/unit/check_figures \
	%D%/unit/check_in_time \
	%D%/unit/check_lmm \
	%D%/unit/check_lmm_blocks \
	%D%/unit/check_mcnemar \
	%D%/unit/check_meta \
	%D%/unit/check_methods \
	%D%/unit/check_permutation \
	%D%/unit/check_power \
	%D%/unit/check_printed \
	%D%/unit/check_register \
	%D%/unit/check_register_beside \
	%D%/unit/check_register_ways \
	%D%/unit/check_rows_of_items \
	%D%/unit/check_schema \
	%D%/unit/check_selection \
	%D%/unit/check_sprite \
	%D%/unit/check_stats \
	%D%/unit/check_strata \
	%D%/unit/check_study \
	%D%/unit/check_table \
	%D%/unit/check_writers \
	%D%/unit/check_yaml

# The fuzzers' targets with a plain driver; scripts/fuzz builds the real ones.
FUZZ_REPLAYS = %D%/fuzz/replay_csv %D%/fuzz/replay_register \
	%D%/fuzz/replay_study \
	%D%/fuzz/replay_yaml

SCRIPT_TESTS = \
	%D%/check_claims \
	%D%/check_docs \
	%D%/check_install \
	%D%/check_layers \
	%D%/check_reenactments \
	%D%/check_report \
	%D%/check_simulation \
	%D%/check_study_keys \
	%D%/check_study_runs \
	%D%/check_threads \
	%D%/check_verify \
	%D%/run_corpus \
	%D%/run_ddd_oracle \
	%D%/run_design_oracle \
	%D%/run_external_meta \
	%D%/run_external_oracle \
	%D%/run_external_studies \
	%D%/run_external_summary \
	%D%/run_golden \
	%D%/run_malformed \
	%D%/run_oracle \
	%D%/run_power_oracle \
	%D%/run_simulate

if HAVE_CHECK
check_PROGRAMS += $(UNIT_TESTS)
TESTS += $(UNIT_TESTS)
else
TESTS += %D%/need_check
endif
check_PROGRAMS += $(FUZZ_REPLAYS)
TESTS += $(SCRIPT_TESTS)

AM_TESTS_ENVIRONMENT = \
	RECROSS='$(abs_top_builddir)/recross$(EXEEXT)'; export RECROSS; \
	RECROSS_PLOTS='$(abs_top_srcdir)/plots'; export RECROSS_PLOTS; \
	srcdir='$(abs_top_srcdir)'; export srcdir; \
	builddir='$(abs_top_builddir)'; export builddir; \
	LC_ALL=C.UTF-8; export LC_ALL;

# what a unit test is compiled and linked with; all of them, unless they say
# otherwise
AM_CPPFLAGS += $(CHECK_CFLAGS)
LDADD = librecross.a $(RX_LIBS) $(CHECK_LIBS)
tests_fuzz_replay_csv_SOURCES = %D%/fuzz/fuzz_csv.c %D%/fuzz/replay.c
tests_fuzz_replay_register_SOURCES = %D%/fuzz/fuzz_register.c \
	%D%/fuzz/replay.c
tests_fuzz_replay_register_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/%D%/unit
tests_fuzz_replay_study_SOURCES = %D%/fuzz/fuzz_study.c %D%/fuzz/replay.c
tests_fuzz_replay_yaml_SOURCES = %D%/fuzz/fuzz_yaml.c %D%/fuzz/replay.c

EXTRA_DIST += $(SCRIPT_TESTS) \
	%D%/compare_meta.awk \
	%D%/compare_rows.awk \
	%D%/fuzz/corpus_csv \
	%D%/fuzz/corpus_register \
	%D%/fuzz/corpus_study \
	%D%/fuzz/corpus_yaml \
	%D%/golden \
	%D%/golden.tsv \
	%D%/malformed \
	%D%/malformed.tsv \
	%D%/need_check \
	%D%/oracle \
	%D%/unit/hand_register.h \
	%D%/unit/oracle_table.h \
	%D%/unit/crossover_trial.h \
	%D%/unit/register_ways.h \
	%D%/unit/scratch.h
