EXTRA_DIST += \
	%D%/attrition.awk \
	%D%/bench \
	%D%/build \
	%D%/check \
	%D%/check_datasets \
	%D%/fuzz \
	%D%/make_ldn_register \
	%D%/make_msqli_trial \
	%D%/make_null_register \
	%D%/reproduce \
	%D%/setup \
	%D%/simulation_study \
	%D%/summary.awk \
	%D%/oracle/adjust.R \
	%D%/oracle/before_after.R \
	%D%/oracle/crossover.R \
	%D%/oracle/design.R \
	%D%/oracle/distributions.R \
	%D%/oracle/equivalence.R \
	%D%/oracle/its.R \
	%D%/oracle/ldn_register_flow.R \
	%D%/oracle/lmm.R \
	%D%/oracle/make_data.R \
	%D%/oracle/mcnemar_counts.R \
	%D%/oracle/meta.R \
	%D%/oracle/noncentral_t.py \
	%D%/oracle/oracle_common.R \
	%D%/oracle/pssa.R \
	%D%/oracle/power.R \
	%D%/oracle/reg_tiny_hand.txt \
	%D%/oracle/sccs.R

bench: recross$(EXEEXT)
	$(srcdir)/%D%/bench $(abs_top_builddir)/recross$(EXEEXT)
.PHONY: bench
