EXTRA_DIST += \
	%D%/attrition.awk \
	%D%/bench \
	%D%/build \
	%D%/check \
	%D%/check_datasets \
	%D%/fuzz \
	%D%/make_ldn_register \
	%D%/make_ldn_sibling \
	%D%/make_msqli_trial \
	%D%/make_null_register \
	%D%/make_null_visits \
	%D%/null_demonstration \
	%D%/null_demonstration.yaml \
	%D%/oracle \
	%D%/reproduce \
	%D%/setup \
	%D%/simulation_study \
	%D%/summary.awk

bench: recross$(EXEEXT)
	$(srcdir)/%D%/bench $(abs_top_builddir)/recross$(EXEEXT)
.PHONY: bench
