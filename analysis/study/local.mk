librecross_a_SOURCES += \
	%D%/attrition.c %D%/attrition.h \
	%D%/claims_text.c %D%/claims_text.h \
	%D%/input_audit.c %D%/input_audit.h \
	%D%/manifest.c %D%/manifest.h \
	%D%/methods_text.c %D%/methods_text.h \
	%D%/report_fill.c %D%/report_fill.h \
	%D%/report_page.c %D%/report_page.h \
	%D%/report_pieces.c %D%/report_pieces.h \
	%D%/run_folder.c %D%/run_folder.h \
	%D%/study_analysis.c \
	%D%/study_before_after.c \
	%D%/study_beside.c \
	%D%/study_claims.c \
	%D%/study_crossover.c \
	%D%/study_data.c \
	%D%/study_exposure.c \
	%D%/study_file.c %D%/study_file.h \
	%D%/study_from.c %D%/study_from.h \
	%D%/study_inputs.c %D%/study_inputs.h \
	%D%/study_its.c \
	%D%/study_keys.c %D%/study_keys.h \
	%D%/study_meta.c \
	%D%/study_outputs.c \
	%D%/study_pssa.c \
	%D%/study_register.c %D%/study_register.h \
	%D%/study_rules.c \
	%D%/study_run.c %D%/study_run.h \
	%D%/study_sccs.c \
	%D%/study_summary.c \
	%D%/study_task.c \
	%D%/study_types.c \
	%D%/study_variants.c %D%/study_variants.h \
	%D%/study_wide.c %D%/study_wide.h \
	%D%/study_parts.h \
	%D%/study_report.h \
	%D%/study_type.h \
	%D%/verify.c %D%/verify.h
