/* segmented_models.c: the table of models. */
#include "methods/segmented_models.h"

#include "methods/segmented_count.h"

#include <string.h>

static enum rx_status
fit_newey_west (const struct rx_series *series, struct rx_segmented_fit *fit,
                struct rx_note *note, struct rx_error *err)
{
  return rx_segmented_fit_linear (series, rx_segmented_newey_west_covariance,
                                  fit, note, err);
}

static enum rx_status
fit_ols (const struct rx_series *series, struct rx_segmented_fit *fit,
         struct rx_note *note, struct rx_error *err)
{
  return rx_segmented_fit_linear (series, rx_segmented_ols_covariance, fit,
                                  note, err);
}

static enum rx_status
fit_hc3 (const struct rx_series *series, struct rx_segmented_fit *fit,
         struct rx_note *note, struct rx_error *err)
{
  return rx_segmented_fit_linear (series, rx_segmented_hc3_covariance, fit,
                                  note, err);
}

static enum rx_status
fit_poisson (const struct rx_series *series, struct rx_segmented_fit *fit,
             struct rx_note *note, struct rx_error *err)
{
  (void)note;
  return rx_segmented_fit_count (series, false, fit, err);
}

static enum rx_status
fit_quasipoisson (const struct rx_series *series, struct rx_segmented_fit *fit,
                  struct rx_note *note, struct rx_error *err)
{
  (void)note;
  return rx_segmented_fit_count (series, true, fit, err);
}

const struct rx_segmented_model rx_segmented_models[] = {
  { "segmented-ols", fit_ols },
  { "segmented-newey-west", fit_newey_west },
  { "segmented-hc3", fit_hc3 },
  { "segmented-arma", rx_segmented_fit_arma },
  { "segmented-poisson", fit_poisson },
  { "segmented-quasipoisson", fit_quasipoisson },
};
const size_t rx_n_segmented_models
    = sizeof rx_segmented_models / sizeof rx_segmented_models[0];

const struct rx_segmented_model *
rx_segmented_model_of (const struct rx_series_spec *spec)
{
  const char *name = spec->model != NULL        ? spec->model
                     : spec->population != NULL ? "segmented-quasipoisson"
                                                : "segmented-newey-west";
  for (size_t i = 0; i < rx_n_segmented_models; i++)
    if (strcmp (rx_segmented_models[i].name, name) == 0)
      return &rx_segmented_models[i];
  return NULL;
}
