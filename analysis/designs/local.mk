librecross_a_SOURCES += \
	%D%/before_after.c %D%/before_after.h \
	%D%/crossover.c %D%/crossover.h \
	%D%/crossover_build.c \
	%D%/register_codes.c %D%/register_codes.h \
	%D%/register_cohort.c %D%/register_cohort.h \
	%D%/register_rules.c %D%/register_rules.h \
	%D%/register_windows.c %D%/register_windows.h \
	%D%/register_words.c %D%/register_words.h
