/* pooled.h: rows of a meta-analysis, from what stats/pool.h computed. */
#ifndef RX_POOLED_H
#define RX_POOLED_H

#include "designs/evidence.h"
#include "methods/fill.h"
#include "stats/pool.h"

/* The evidence as arrays. */
struct rx_studies rx_evidence_studies (const struct rx_evidence *evidence);

/* A model: a fixed effect where tau2 is NULL. */
struct rx_pooled_kind
{
  rx_tau2 *tau2;
  bool hksj;
};

/* Rows pooled, tau2, i2, h2, q and prediction (none of a fixed effect) of the
   model that self->kind, a struct rx_pooled_kind, names. */
enum rx_status rx_pooled_run (const struct rx_method *self,
                              const struct rx_evidence *evidence,
                              const struct rx_method_options *options,
                              struct rx_rows *rows,
                              struct rx_error *err) RX_MUST_USE;

/* The row of a pooled estimate. */
struct rx_row rx_pooled_row (const struct rx_pool *pool, double level,
                             bool is_random, struct rx_note *note);

/* Completes a row of a meta-analysis and adds it. */
enum rx_status rx_pooled_add (struct rx_rows *rows, struct rx_row row,
                              const struct rx_evidence *evidence,
                              const char *method, const char *term,
                              struct rx_note *note,
                              struct rx_error *err) RX_MUST_USE;

#endif /* RX_POOLED_H */
