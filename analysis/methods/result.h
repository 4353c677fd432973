/* result.h: the result row, the waist of recross.

   Every analysis of every kind yields rows of this one shape; reports,
   figures, multiplicity and verification read nothing else.  Text members are
   "" where there is nothing to say, numbers NaN ("NA"). */
#ifndef RX_RESULT_H
#define RX_RESULT_H

#include "base/memory.h"
#include "base/status.h"

struct rx_row
{
  const char *study, *analysis, *endpoint; /* names from the study file */
  const char *measure;        /* users, dispensings, ddd; else "" */
  const char *group;          /* stratum or exposure group; "all" when none */
  const char *method;         /* id of the method */
  const char *term;           /* treatment, period, before, ... */
  double n;                   /* subjects behind this row */
  double estimate, std_error; /* on the analysis scale */
  double df_num, df; /* numerator df of an F or chi-squared; residual df */
  double statistic, p_value, p_adjusted; /* two-sided unless the method says */
  double conf_level, conf_low, conf_high;
  const char *note;   /* short words for machines, joined by "; " */
  const char *origin; /* not written: the analysis that this one is a variant
                         of; NULL: of none */
  bool is_effect;     /* not written: belongs to the family of p-values that
                         an adjustment takes together */
};

/* The columns of a row in their normative order: every writer and the reader
   of result files loop over this table. */
struct rx_row_column
{
  const char *name;
  bool is_number;
  size_t offset; /* of the member in struct rx_row */
};
extern const struct rx_row_column rx_row_columns[];
extern const size_t rx_row_n_columns;

const char *rx_row_text (const struct rx_row *row,
                         const struct rx_row_column *column);
double rx_row_number (const struct rx_row *row,
                      const struct rx_row_column *column);

/* A row with all texts "" (group "all") and all numbers NaN. */
struct rx_row rx_row_blank (void);

/* A sentence about a whole analysis: what was dropped, what to beware of. */
struct rx_remark
{
  const char *analysis;
  const char *origin; /* as of a row */
  bool is_warning;
  const char *text;
};

enum
{
  RX_TEXTS_KEPT = 32 /* texts given lately, by their address */
};

/* The rows of a run, in the order in which they were made.  The caller makes
   the struct (= {0}); it owns copies of all strings. */
struct rx_rows
{
  struct rx_row *row;
  size_t n, room;
  struct rx_remark *remark;
  size_t n_remarks, room_remarks;
  bool synthetic; /* made from data that are not of patients */
  struct rx_strings strings;
  struct
  {
    const char *given, *kept; /* the copy in `strings` */
  } text[RX_TEXTS_KEPT];
  /* what is written into each row added, until changed */
  const char *study, *analysis;
  const char *origin; /* NULL: the analysis is no variant of another */
  const char *note;   /* NULL; words put before the note of each row */
};

void rx_rows_free (struct rx_rows *rows);

/* Appends a copy of the row; its study and analysis are those of `rows`
   unless the row has its own. */
enum rx_status rx_rows_add (struct rx_rows *rows, const struct rx_row *row,
                            struct rx_error *err) RX_MUST_USE;

/* Appends a remark on the current analysis; the same text on the same
   analysis, or on the one that it is a variant of, is kept once. */
enum rx_status rx_rows_remark (struct rx_rows *rows, bool is_warning,
                               struct rx_error *err, const char *format,
                               ...) RX_MUST_USE RX_PRINTF (4, 5);

#endif /* RX_RESULT_H */
