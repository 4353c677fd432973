/* crossover_covariates.h: baselines and covariates of a crossover trial, by
   subject and period. */
#ifndef RX_CROSSOVER_COVARIATES_H
#define RX_CROSSOVER_COVARIATES_H

#include "designs/crossover.h"

/* Reads the covariates of the spec, the exposure, which must be above zero,
   and the baseline of every endpoint that has one.  row_at[subject * n_periods
   + period] is the row of the table, or RX_NO_ROW.  A column of numbers is a
   number, one of names a factor, one of both an error unless the spec says
   that it is a factor; a baseline must be a number, above zero where
   logarithms are analysed, which are taken of it too.  RX_EDATA, naming file,
   line and column. */
enum rx_status rx_crossover_read_covariates (
    struct rx_crossover *design, const struct rx_table *table,
    const struct rx_crossover_spec *spec, const size_t *row_at,
    struct rx_error *err) RX_MUST_USE;

void rx_covariate_free (struct rx_covariate *covariate);

#endif /* RX_CROSSOVER_COVARIATES_H */
