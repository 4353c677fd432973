/* lmm_rows.h: the mixed model of a crossover endpoint: REML, a random subject,
   sequence, period and treatment fixed, all available data. */
#ifndef RX_LMM_ROWS_H
#define RX_LMM_ROWS_H

#include "methods/linear_model.h"
#include "stats/lmm.h"

/* An endpoint fitted. */
struct rx_lmm_endpoint
{
  struct rx_linear_model model;
  struct rx_lmm fit;
  bool is_fitted; /* some subject has two responses */
};

enum rx_status rx_lmm_endpoint_fit (struct rx_lmm_endpoint *out,
                                    const struct rx_crossover *design,
                                    const struct rx_endpoint *endpoint,
                                    const struct rx_method_options *options,
                                    struct rx_error *err) RX_MUST_USE;
void rx_lmm_endpoint_free (struct rx_lmm_endpoint *endpoint);

/* Notes on the state of a fit: that between is 0 or cannot be estimated; why
   there is no test. */
const char *rx_lmm_note (const struct rx_lmm *fit);
const char *rx_lmm_why (const struct rx_lmm *fit);

/* The rows of a method that differs from the others by its tests alone: of
   terms within subjects, and of the sequences. */
enum rx_status rx_lmm_rows (const struct rx_crossover *design,
                            const struct rx_endpoint *endpoint,
                            const struct rx_method_options *options,
                            const char *method, rx_lmm_test *test,
                            rx_lmm_test *test_sequence, struct rx_rows *rows,
                            struct rx_error *err) RX_MUST_USE;

#endif /* RX_LMM_ROWS_H */
