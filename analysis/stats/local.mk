librecross_a_SOURCES += \
	%D%/adjust.c %D%/adjust.h \
	%D%/discordant.c %D%/discordant.h \
	%D%/moments.c %D%/moments.h \
	%D%/proportion.c %D%/proportion.h \
	%D%/ranks.c %D%/ranks.h \
	%D%/signed_rank.c %D%/signed_rank.h \
	%D%/student.c %D%/student.h \
	%D%/wilcoxon.c %D%/wilcoxon.h
