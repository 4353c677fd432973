# Templates, found at run time in RECROSS_PLOTS or where they are installed.
plotsdir = $(pkgdatadir)/plots
dist_plots_DATA = \
	%D%/attrition.gp \
	%D%/before-after.gp \
	%D%/crossover-profiles.gp \
	%D%/dispensing-calendar.gp \
	%D%/effects.gp \
	%D%/forest.gp \
	%D%/funnel.gp \
	%D%/its.gp \
	%D%/patient-timeline.gp \
	%D%/persistence.gp \
	%D%/power-curve.gp \
	%D%/printed-effects.gp \
	%D%/specification-curve.gp \
	%D%/style.gp \
	%D%/symmetry.gp
