/* gee_rows.h: an endpoint of a crossover trial by generalised estimating
   equations. */
#ifndef RX_GEE_ROWS_H
#define RX_GEE_ROWS_H

#include "methods/linear_model.h"
#include "stats/gee.h"

/* An endpoint fitted: intercept, periods, treatments and what is adjusted
   for; subjects are the groups.  The sequence is left out. */
struct rx_gee_endpoint
{
  struct rx_linear_model model;
  struct rx_gee fit;
  size_t n; /* subjects; 0 where none has two responses: nothing is fitted */
  const char *why; /* nothing is fitted: no-subjects, no-events or what the
                      fit says; NULL where it is */
};

/* Builds the model; the caller fits, unless there is a `why`. */
enum rx_status rx_gee_endpoint_make (struct rx_gee_endpoint *out,
                                     const struct rx_crossover *design,
                                     const struct rx_endpoint *endpoint,
                                     const struct rx_gee_family *family,
                                     const struct rx_method_options *options,
                                     struct rx_error *err) RX_MUST_USE;
void rx_gee_endpoint_free (struct rx_gee_endpoint *endpoint);

/* Rows of the terms; note: what holds for all, "" for nothing. */
enum rx_status rx_gee_endpoint_rows (const struct rx_gee_endpoint *e,
                                     const struct rx_crossover *design,
                                     const struct rx_endpoint *endpoint,
                                     const struct rx_method_options *options,
                                     const char *method, const char *note,
                                     struct rx_rows *rows,
                                     struct rx_error *err) RX_MUST_USE;

/* A row that is no coefficient; NaN where nothing is fitted. */
enum rx_status rx_gee_endpoint_extra (const struct rx_gee_endpoint *e,
                                      double value, const char *method,
                                      const char *term,
                                      const struct rx_crossover *design,
                                      const struct rx_endpoint *endpoint,
                                      struct rx_rows *rows,
                                      struct rx_error *err) RX_MUST_USE;

struct rx_gee_kind
{
  const struct rx_gee_family *family;
  const char *note; /* of the scale: "log", or "" */
};

/* Exchangeable working correlation, robust errors: rows of the terms, then
   `correlation` and `dispersion`; self->kind is a struct rx_gee_kind. */
enum rx_status rx_gee_run (const struct rx_method *self,
                           const struct rx_crossover *design,
                           const struct rx_endpoint *endpoint,
                           const struct rx_method_options *options,
                           struct rx_rows *rows,
                           struct rx_error *err) RX_MUST_USE;

#endif /* RX_GEE_ROWS_H */
