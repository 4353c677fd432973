librecross_a_SOURCES += \
	%D%/allocation.c %D%/allocation.h \
	%D%/responder_threshold.c %D%/responder_threshold.h \
	%D%/sequence_set.c %D%/sequence_set.h \
	%D%/before_after.c %D%/before_after.h \
	%D%/case_series.c %D%/case_series.h \
	%D%/claim_numbers.c %D%/claim_numbers.h \
	%D%/claims.c %D%/claims.h \
	%D%/crossover_strata.c %D%/crossover_strata.h \
	%D%/crossover.c %D%/crossover.h \
	%D%/crossover_build.c %D%/crossover_builder.h \
	%D%/crossover_orient.c \
	%D%/crossover_responses.c \
	%D%/crossover_sequences.c \
	%D%/crossover_covariates.c %D%/crossover_covariates.h \
	%D%/endpoint_patterns.c %D%/endpoint_patterns.h \
	%D%/evidence.c %D%/evidence.h \
	%D%/evidence_effects.c %D%/evidence_effects.h \
	%D%/evidence_source.c %D%/evidence_source.h \
	%D%/exposure.c %D%/exposure.h \
	%D%/exposure_register.c \
	%D%/packages.c %D%/packages.h \
	%D%/national.c %D%/national.h \
	%D%/power_design.c %D%/power_design.h \
	%D%/printed_sprite.c %D%/printed_sprite.h \
	%D%/printed_table.c %D%/printed_table.h \
	%D%/cluster_cell.c %D%/cluster_cell.h \
	%D%/cycles.c %D%/cycles.h \
	%D%/day_cell.c %D%/day_cell.h \
	%D%/case_timeline.c %D%/case_timeline.h \
	%D%/register_cases.c %D%/register_cases.h \
	%D%/register_codes.c %D%/register_codes.h \
	%D%/register_cohort.c %D%/register_cohort.h \
	%D%/register_extract.c %D%/register_extract.h \
	%D%/register_rules.c %D%/register_rules.h \
	%D%/register_states.c %D%/register_states.h \
	%D%/register_traps.c %D%/register_traps.h \
	%D%/register_windows.c %D%/register_windows.h \
	%D%/register_words.c %D%/register_words.h \
	%D%/series.c %D%/series.h \
	%D%/simulated.c %D%/simulated.h \
	%D%/simulated_match.c \
	%D%/symmetry.c %D%/symmetry.h \
	%D%/time_axis.c %D%/time_axis.h
