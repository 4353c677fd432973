/* gee_binomial.c: odds ratios of the population in a crossover trial, on the
   log scale, with period and treatment in the model, an exchangeable working
   correlation of the responses of a subject and robust errors.

   Liang & Zeger, Biometrika 1986;73:13-22; see stats/gee.c for the equations
   and a value to check by hand. */
#include "methods/gee_rows.h"

const struct rx_method rx_method_gee_binomial = {
  .name = "gee-binomial",
  .title = "Odds ratios of a population by estimating equations",
  .source = "Liang & Zeger 1986, Biometrika 73:13-22",
  .words = "Binary responses are compared by generalised estimating equations "
           "(logit link, exchangeable working correlation, robust errors).",
  .binary_only = true,
  .on_request = true,
  .kind = &(const struct rx_gee_kind){ &rx_gee_binomial, "log" },
  .crossover = rx_gee_run,
};
