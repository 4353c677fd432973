# One line per method, in the order in which results are reported; the line
# registers it.
METHODS = \
	%D%/disposition.c \
	%D%/describe.c \
	%D%/profiles.c \
	%D%/paired_t.c \
	%D%/hills_armitage.c \
	%D%/hills_armitage_welch.c \
	%D%/hills_armitage_weighted.c \
	%D%/cluster_icc.c \
	%D%/two_stage.c \
	%D%/ols_fixed.c \
	%D%/anova_type3.c \
	%D%/lmm_kr.c \
	%D%/lmm_satterthwaite.c \
	%D%/lmm_containment.c \
	%D%/lmm_variance.c \
	%D%/lmm_residuals.c \
	%D%/lmm_replicate.c \
	%D%/lmm_replicate_kr.c \
	%D%/n_of_1_patients.c \
	%D%/n_of_1_fixed.c \
	%D%/n_of_1_random.c \
	%D%/wilcoxon_signed_rank.c \
	%D%/wilcoxon_signed_rank_exact.c \
	%D%/koch_normal.c \
	%D%/koch_exact.c \
	%D%/permutation.c \
	%D%/bootstrap_bca.c \
	%D%/effect_size.c \
	%D%/diagnostics.c \
	%D%/multiple_imputation.c \
	%D%/extreme_cases.c \
	%D%/verdict.c \
	%D%/tost.c \
	%D%/abe_anova.c \
	%D%/abe_model_c.c \
	%D%/abe_model_c_kr.c \
	%D%/abel_anova.c \
	%D%/abel_lmm_containment.c \
	%D%/abel_lmm_satterthwaite.c \
	%D%/abel_lmm_kr.c \
	%D%/rsabe.c \
	%D%/rsabe_nti.c \
	%D%/ratio_fieller.c \
	%D%/responders.c \
	%D%/mcnemar.c \
	%D%/mcnemar_exact.c \
	%D%/mcnemar_midp.c \
	%D%/mcnemar_corrected.c \
	%D%/newcombe.c \
	%D%/tango.c \
	%D%/mainland_gart.c \
	%D%/mainland_gart_exact.c \
	%D%/mainland_gart_corrected.c \
	%D%/prescott.c \
	%D%/prescott_exact.c \
	%D%/prescott_cochran_armitage.c \
	%D%/gee_gaussian.c \
	%D%/gee_binomial.c \
	%D%/gee_poisson.c \
	%D%/conditional_poisson.c \
	%D%/conditional_poisson_robust.c \
	%D%/negative_binomial.c \
	%D%/transitions.c \
	%D%/outcome_switching.c \
	%D%/rate_ratio_robust.c \
	%D%/relative_change.c \
	%D%/difference_in_differences.c \
	%D%/national_trend.c \
	%D%/regression_to_the_mean.c \
	%D%/time_varying_exposure.c \
	%D%/empirical_calibration.c \
	%D%/cohort.c \
	%D%/segmented_ols.c \
	%D%/segmented_newey_west.c \
	%D%/segmented_hc3.c \
	%D%/segmented_prais_winsten.c \
	%D%/segmented_arma.c \
	%D%/segmented_poisson.c \
	%D%/segmented_quasipoisson.c \
	%D%/durbin_watson.c \
	%D%/ljung_box.c \
	%D%/counterfactual.c \
	%D%/pssa.c \
	%D%/pssa_histogram.c \
	%D%/sccs.c \
	%D%/sccs_intervals.c \
	%D%/cma1.c \
	%D%/cma2.c \
	%D%/cma3.c \
	%D%/cma4.c \
	%D%/cma5.c \
	%D%/cma6.c \
	%D%/cma7.c \
	%D%/cma8.c \
	%D%/cma9.c \
	%D%/persistence.c \
	%D%/persistence_greenwood.c \
	%D%/treatment_episodes.c \
	%D%/episode_list.c \
	%D%/switching.c \
	%D%/wtd_exponential.c \
	%D%/wtd_lognormal.c \
	%D%/wtd_weibull.c \
	%D%/prevalence.c \
	%D%/incidence.c \
	%D%/drug_use.c \
	%D%/daily_dose.c \
	%D%/dispensing_calendar.c \
	%D%/patient_timeline.c \
	%D%/ddd_conversion.c \
	%D%/study.c \
	%D%/fe.c \
	%D%/dl.c \
	%D%/pm.c \
	%D%/reml.c \
	%D%/dl_hksj.c \
	%D%/pm_hksj.c \
	%D%/reml_hksj.c \
	%D%/ml.c \
	%D%/he.c \
	%D%/sj.c \
	%D%/hs.c \
	%D%/eb.c \
	%D%/ml_hksj.c \
	%D%/he_hksj.c \
	%D%/sj_hksj.c \
	%D%/hs_hksj.c \
	%D%/eb_hksj.c \
	%D%/mantel_haenszel.c \
	%D%/peto.c \
	%D%/clopper_pearson.c \
	%D%/wilson.c \
	%D%/meta_regression_fe.c \
	%D%/meta_regression.c \
	%D%/meta_regression_hksj.c \
	%D%/weights_fe.c \
	%D%/weights_dl.c \
	%D%/weights_reml.c \
	%D%/leave_one_out.c \
	%D%/cumulative.c \
	%D%/influence.c \
	%D%/egger.c \
	%D%/egger_mixed_effects.c \
	%D%/rank_correlation.c \
	%D%/reconstruct.c \
	%D%/degrees_of_freedom.c \
	%D%/within_correlation.c \
	%D%/printed_effect_size.c \
	%D%/statcheck.c \
	%D%/grim.c \
	%D%/percent_count.c \
	%D%/grimmer.c \
	%D%/debit.c \
	%D%/claim.c \
	%D%/claim_check.c \
	%D%/sprite.c \
	%D%/sprite_paired.c \
	%D%/contradiction.c \
	%D%/printed_proportions.c \
	%D%/mcnemar_bounds.c \
	%D%/multiplicity.c \
	%D%/fragility_index.c \
	%D%/tipping_point.c \
	%D%/terminal_digits.c \
	%D%/duplicates.c

librecross_a_SOURCES += $(METHODS) \
	%D%/abba_rank.c %D%/abba_rank.h \
	%D%/abba_t.c %D%/abba_t.h \
	%D%/analysis.h \
	%D%/analysis_before_after.c %D%/analysis_before_after.h \
	%D%/analysis_claims.c %D%/analysis_claims.h \
	%D%/analysis_crossover.c %D%/analysis_crossover.h \
	%D%/analysis_exposure.c %D%/analysis_exposure.h \
	%D%/analysis_family.c %D%/analysis_family.h \
	%D%/analysis_in_time.c %D%/analysis_in_time.h \
	%D%/analysis_meta.c %D%/analysis_meta.h \
	%D%/analysis_strata.c %D%/analysis_strata.h \
	%D%/analysis_summary.c %D%/analysis_summary.h \
	%D%/analysis_traps.c %D%/analysis_traps.h \
	%D%/arm_rows.c %D%/arm_rows.h \
	%D%/calendar_periods.c %D%/calendar_periods.h \
	%D%/case_terms.c %D%/case_terms.h \
	%D%/claim_rows.c %D%/claim_rows.h \
	%D%/claim_verdicts.c %D%/claim_verdicts.h \
	%D%/cma_rows.c %D%/cma_rows.h \
	%D%/comparisons.c %D%/comparisons.h \
	%D%/conditional_poisson_rows.c %D%/conditional_poisson_rows.h \
	%D%/design_needs.c %D%/design_needs.h \
	%D%/design_rows.c %D%/design_rows.h \
	%D%/episode_rows.c %D%/episode_rows.h \
	%D%/equivalence_rows.c %D%/equivalence_rows.h \
	%D%/exposure_rows.c %D%/exposure_rows.h \
	%D%/fill.c %D%/fill.h \
	%D%/gee_rows.c %D%/gee_rows.h \
	%D%/joint_tests.c %D%/joint_tests.h \
	%D%/labels.c %D%/labels.h \
	%D%/linear_model.c %D%/linear_model.h \
	%D%/lmm_rows.c %D%/lmm_rows.h \
	%D%/mcnemar_row.c %D%/mcnemar_row.h \
	%D%/method.h \
	%D%/methods.c \
	%D%/n_of_1.c %D%/n_of_1.h \
	%D%/other_responses.c %D%/other_responses.h \
	%D%/pooled.c %D%/pooled.h \
	%D%/power_method.c %D%/power_method.h \
	%D%/preference.c %D%/preference.h \
	%D%/prescott_row.c %D%/prescott_row.h \
	%D%/printed_rows.c %D%/printed_rows.h \
	%D%/printed_shares.c %D%/printed_shares.h \
	%D%/printed_statistic.c %D%/printed_statistic.h \
	%D%/printed_test.c %D%/printed_test.h \
	%D%/regression_rows.c %D%/regression_rows.h \
	%D%/remarks_before_after.c %D%/remarks_before_after.h \
	%D%/remarks_crossover.c %D%/remarks_crossover.h \
	%D%/result.c %D%/result.h \
	%D%/rows_of_items.c %D%/rows_of_items.h \
	%D%/scaled_rows.c %D%/scaled_rows.h \
	%D%/segmented.c %D%/segmented.h \
	%D%/segmented_count.c %D%/segmented_count.h \
	%D%/segmented_models.c %D%/segmented_models.h \
	%D%/selection.c %D%/selection.h \
	%D%/signed_rank_row.c %D%/signed_rank_row.h \
	%D%/subgroups.c %D%/subgroups.h \
	%D%/subject_means.c %D%/subject_means.h \
	%D%/subsets.c %D%/subsets.h \
	%D%/table_rows.c %D%/table_rows.h \
	%D%/total_ratio.c %D%/total_ratio.h \
	%D%/waiting_rows.c %D%/waiting_rows.h \
	%D%/weights_rows.c %D%/weights_rows.h

nodist_librecross_a_SOURCES += %D%/registry.inc
BUILT_SOURCES += %D%/registry.inc
CLEANFILES += %D%/registry.inc
%D%/registry.inc: $(srcdir)/%D%/local.mk
	$(call rx_registry,RX_METHOD,$(METHODS))
%D%/methods.$(OBJEXT): %D%/registry.inc
