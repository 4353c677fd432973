/* study_inputs.h: the data sets of a study, each read once.

   A data set is read, and checked against its schema before, when the first
   analysis asks for it, and let go after the last, so that a run holds no
   more registers than it needs. */
#ifndef RX_STUDY_INPUTS_H
#define RX_STUDY_INPUTS_H

#include "data/schema.h"
#include "data/table.h"
#include "study/study_file.h"

/* A finding of the audit of a register. */
struct rx_study_check
{
  const struct rx_register_check *check;
  size_t count;
};

struct rx_study_input
{
  const struct rx_study_data *data;
  size_t uses; /* analyses and tables that are still to come */
  bool is_read;
  struct rx_csv_format format; /* in force: missing codes of the schema */
  struct rx_schema *schema;    /* lends its missing codes to the data */
  struct rx_table table;
  struct rx_register reg;
  char digest[RX_DIGEST_SIZE];        /* of the data file, once read */
  char schema_digest[RX_DIGEST_SIZE]; /* "" without a schema */
  bool synthetic;
  struct rx_study_check *checks; /* of a register, kept when that is let go */
  size_t n_checks;
};

struct rx_study_inputs
{
  struct rx_study_input *input; /* in the order of the study file */
  size_t n;
};

enum rx_status rx_study_inputs_alloc (struct rx_study_inputs *inputs,
                                      const struct rx_study *study,
                                      struct rx_error *err) RX_MUST_USE;
void rx_study_inputs_free (struct rx_study_inputs *inputs);

/* Data of an analysis, read if they are not yet. */
enum rx_status rx_study_inputs_take (struct rx_study_inputs *inputs,
                                     const struct rx_study_data *data,
                                     struct rx_study_input **out,
                                     struct rx_error *err) RX_MUST_USE;
/* The analysis is done with it. */
void rx_study_inputs_drop (struct rx_study_input *input);

/* Records the study file, every file that was read, and how each was read,
   defaults included ("data.NAME.delimiter=detected"). */
enum rx_status rx_study_inputs_record (const struct rx_study_inputs *inputs,
                                       const struct rx_study *study,
                                       struct rx_provenance *prov,
                                       struct rx_error *err) RX_MUST_USE;

#endif /* RX_STUDY_INPUTS_H */
