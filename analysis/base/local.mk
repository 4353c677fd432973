librecross_a_SOURCES += \
	%D%/date.c %D%/date.h \
	%D%/digest.c %D%/digest.h \
	%D%/inputs.c %D%/inputs.h \
	%D%/memory.c %D%/memory.h \
	%D%/names.c %D%/names.h \
	%D%/number.c %D%/number.h \
	%D%/output.c %D%/output.h \
	%D%/provenance.c %D%/provenance.h \
	%D%/random.c %D%/random.h \
	%D%/shortest.c %D%/shortest.h \
	%D%/status.c %D%/status.h \
	%D%/text.c %D%/text.h \
	%D%/threads.c %D%/threads.h
