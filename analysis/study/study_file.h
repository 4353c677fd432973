/* study_file.h: a study file, parsed and checked, as a plain struct.

   A study file says what recross does with which data:

       recross: 1
       study: senn-asthma
       data:
         - {name: trial, file: senn_asthma.csv}
       analyses:
         - {name: pef, type: crossover, data: trial, ...}
       figures:
         - {name: profiles, template: crossover-profiles, from: pef}
       tables:
         - {name: table1, from: pef, format: markdown}
       report: {title: "...", file: senn-asthma.report.md}

   Everything that can be known without opening a data file is checked here,
   and every complaint has file, line and character.  The caller makes the
   struct (= {0}); it owns whatever its members point to, so that the specs of
   the designs may borrow from it. */
#ifndef RX_STUDY_FILE_H
#define RX_STUDY_FILE_H

#include "base/memory.h"
#include "data/csv.h"
#include "data/register_audit.h"
#include "data/yaml.h"
#include "methods/analysis.h"
#include "methods/selection.h"
#include "report/figure.h"
#include "report/writer.h"

enum
{
  RX_STUDY_VERSION = 1,     /* `recross: 1`, the format this program reads */
  RX_STUDY_SEED = 20260101, /* when a study file says none */
  RX_STUDY_NAME_MOST = 100  /* bytes of a name: figures and tables make file
                               names of theirs */
};

#define RX_STUDY_LEVEL 0.95 /* of intervals, when nothing is said */

struct rx_study_data
{
  const char *name;
  const char *file, *path;          /* as written; as opened */
  const char *schema, *schema_path; /* NULL: the data have no schema */
  struct rx_csv_format format;
  bool is_register; /* else a table */
  struct rx_register_columns columns;
  /* of a register: other data read beside it, NULL where there are none */
  const struct rx_study_data *codes, *persons;
  struct rx_code_columns code_columns;
  struct rx_person_columns person_columns;
  const struct rx_date_format *person_dates;
};

struct rx_study_type; /* study_type.h */

struct rx_study_analysis
{
  const char *name;
  const struct rx_study_type *type;
  const struct rx_study_data *data;
  const struct rx_study_data *second; /* another table, of the types that read
                                         two; NULL */
  struct rx_analysis_plan plan; /* methods NULL: all that fit the design */
  const void *spec;             /* what the type's parser made */
  struct rx_where at, methods_at;
};

struct rx_study_figure
{
  const char *name;
  const struct rx_figure *figure;
  const struct rx_study_analysis *from; /* NULL: all analyses */
  struct rx_selection only;             /* which of its rows */
  struct rx_texts formats;
  long width; /* mm; 0: as usual */
};

struct rx_study_wide;

struct rx_study_table
{
  const char *name;
  const struct rx_study_analysis *from; /* NULL: all analyses */
  struct rx_selection only;             /* which of its rows */
  bool by_group; /* the groups side by side */
  long digits; /* of a standard error and what belongs to it; 0: as usual */
  const struct rx_writer **writers;
  size_t n_writers;
  const struct rx_study_wide *wide; /* study_wide.h; NULL: a line per row */
};

/* A report in words, from a template. */
struct rx_study_words
{
  const char *title;       /* the study's name when nothing is said */
  const char *file, *path; /* as written; as opened.  NULL: no report */
};

struct rx_study
{
  const char *file;   /* the study file */
  const char *folder; /* its folder, with a slash at the end, or "" */
  const char *name;
  long seed;
  double level;
  struct rx_study_data *data;
  struct rx_study_analysis *analyses;
  struct rx_study_figure *figures;
  struct rx_study_table *tables;
  size_t n_data, n_analyses, n_figures, n_tables;
  struct rx_study_words report;

  struct rx_yaml yaml; /* its texts and its digest */
  struct rx_strings strings;
  void **owned; /* arrays that the members point into */
  size_t n_owned, room_owned;
};

/* Reads and checks a study file.  RX_EIO when it cannot be read, RX_EDATA as
   "study.yaml:7:5: key: what was found, what was expected".  Free the study
   in either case. */
enum rx_status rx_study_read (struct rx_study *study, const char *path,
                              struct rx_error *err) RX_MUST_USE;

/* The same from memory; file names it, and its folder is where the data
   are. */
enum rx_status rx_study_parse (struct rx_study *study, const char *file,
                               const char *bytes, size_t length,
                               struct rx_error *err) RX_MUST_USE;

void rx_study_free (struct rx_study *study);

#endif /* RX_STUDY_FILE_H */
