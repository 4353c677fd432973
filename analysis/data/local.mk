librecross_a_SOURCES += \
	%D%/amounts.c %D%/amounts.h \
	%D%/byte_marks.c %D%/byte_marks.h \
	%D%/code_map.c %D%/code_map.h \
	%D%/csv.c %D%/csv.h \
	%D%/intern.c %D%/intern.h \
	%D%/register.c %D%/register.h \
	%D%/register_audit.c %D%/register_audit.h \
	%D%/register_layout.c %D%/register_layout.h \
	%D%/register_lines.c %D%/register_lines.h \
	%D%/register_pass.c %D%/register_pass.h \
	%D%/register_persons.c %D%/register_persons.h \
	%D%/register_read.c \
	%D%/register_reader.h \
	%D%/register_rows.c %D%/register_rows.h \
	%D%/register_take.c %D%/register_take.h \
	%D%/schema.c %D%/schema.h \
	%D%/schema_check.c \
	%D%/schema_column.h \
	%D%/source.c %D%/source.h \
	%D%/spelling.c %D%/spelling.h \
	%D%/table.c %D%/table.h \
	%D%/yaml.c %D%/yaml.h
