/* segmented_models.h: the segmented regressions that can say what a series
   would have been without its interruptions. */
#ifndef RX_SEGMENTED_MODELS_H
#define RX_SEGMENTED_MODELS_H

#include "methods/segmented.h"

struct rx_segmented_model
{
  const char *name; /* of the method */
  enum rx_status (*fit) (const struct rx_series *series,
                         struct rx_segmented_fit *fit, struct rx_note *note,
                         struct rx_error *err);
};

extern const struct rx_segmented_model rx_segmented_models[];
extern const size_t rx_n_segmented_models;

/* That of the name; else (name NULL) the one for overdispersed counts where
   there is a population, for correlated errors where there is none. */
const struct rx_segmented_model *
rx_segmented_model_of (const struct rx_series_spec *spec);

/* segmented_arma.c: errors of the orders of the series' spec. */
enum rx_status rx_segmented_fit_arma (const struct rx_series *series,
                                      struct rx_segmented_fit *fit,
                                      struct rx_note *note,
                                      struct rx_error *err) RX_MUST_USE;

#endif /* RX_SEGMENTED_MODELS_H */
