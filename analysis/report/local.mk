# One line per output format and per figure; the line registers it.
WRITERS = \
	%D%/plain_text.c \
	%D%/tsv.c \
	%D%/json.c \
	%D%/markdown.c \
	%D%/latex.c \
	%D%/html.c
FIGURES = \
	%D%/fig_crossover_profiles.c \
	%D%/fig_effects.c \
	%D%/fig_its.c \
	%D%/fig_symmetry.c \
	%D%/fig_before_after.c \
	%D%/fig_attrition.c \
	%D%/fig_persistence.c \
	%D%/fig_power_curve.c \
	%D%/fig_specification_curve.c \
	%D%/fig_patient_timeline.c \
	%D%/fig_dispensing_calendar.c \
	%D%/fig_forest.c \
	%D%/fig_funnel.c \
	%D%/fig_printed_effects.c

librecross_a_SOURCES += $(WRITERS) $(FIGURES) \
	%D%/csv_field.c %D%/csv_field.h \
	%D%/figure.c %D%/figure.h \
	%D%/figure_build.c \
	%D%/figure_data.c %D%/figure_data.h \
	%D%/gnuplot.c %D%/gnuplot.h \
	%D%/grid.c %D%/grid.h \
	%D%/group_table.c %D%/group_table.h \
	%D%/grouped.c %D%/grouped.h \
	%D%/markup.c %D%/markup.h \
	%D%/meta_rows.c %D%/meta_rows.h \
	%D%/rounded.c %D%/rounded.h \
	%D%/rows_read.c \
	%D%/rows_table.c %D%/rows_table.h \
	%D%/sheet.c %D%/sheet.h \
	%D%/template.c %D%/template.h \
	%D%/tsv.h \
	%D%/wide.c %D%/wide.h \
	%D%/writer.h \
	%D%/writers.c

nodist_librecross_a_SOURCES += %D%/writers.inc %D%/figures.inc
BUILT_SOURCES += %D%/writers.inc %D%/figures.inc
CLEANFILES += %D%/writers.inc %D%/figures.inc
%D%/writers.inc: $(srcdir)/%D%/local.mk
	$(call rx_registry,RX_WRITER,$(WRITERS))
%D%/figures.inc: $(srcdir)/%D%/local.mk
	$(call rx_registry,RX_FIGURE,$(FIGURES))
%D%/writers.$(OBJEXT): %D%/writers.inc
%D%/figure.$(OBJEXT): %D%/figures.inc
