/* gee_gaussian.c: differences of means in a crossover trial, with period and
   treatment in the model, an exchangeable working correlation of the
   responses of a subject and robust errors.

   Liang & Zeger, Biometrika 1986;73:13-22; see stats/gee.c for the equations
   and a value to check by hand. */
#include "methods/gee_rows.h"

const struct rx_method rx_method_gee_gaussian = {
  .name = "gee-gaussian",
  .title = "Differences of means by estimating equations",
  .source = "Liang & Zeger 1986, Biometrika 73:13-22",
  .words = "Means are also compared by generalised estimating equations "
           "(identity link, exchangeable working correlation, robust errors).",
  .on_request = true,
  .kind = &(const struct rx_gee_kind){ &rx_gee_gaussian, "" },
  .crossover = rx_gee_run,
};
