librecross_a_SOURCES += \
	%D%/amounts.c %D%/amounts.h \
	%D%/csv.c %D%/csv.h \
	%D%/intern.c %D%/intern.h \
	%D%/register.c %D%/register.h \
	%D%/register_layout.c %D%/register_layout.h \
	%D%/register_rows.c %D%/register_rows.h \
	%D%/schema.c %D%/schema.h \
	%D%/schema_check.c \
	%D%/schema_column.h \
	%D%/source.c %D%/source.h \
	%D%/spelling.c %D%/spelling.h \
	%D%/table.c %D%/table.h \
	%D%/yaml.c %D%/yaml.h
