/* gee_poisson.c: ratios of mean counts in a crossover trial, on the log scale,
   with period and treatment in the model, an exchangeable working correlation
   of the counts of a subject and robust errors.

   Liang & Zeger, Biometrika 1986;73:13-22; see stats/gee.c for the equations
   and a value to check by hand. */
#include "methods/gee_rows.h"

const struct rx_method rx_method_gee_poisson = {
  .name = "gee-poisson",
  .title = "Ratios of mean counts by estimating equations",
  .source = "Liang & Zeger 1986, Biometrika 73:13-22",
  .words = "Mean counts are compared by generalised estimating equations (log "
           "link, exchangeable working correlation, robust errors).",
  .counts_only = true,
  .on_request = true,
  .kind = &(const struct rx_gee_kind){ &rx_gee_poisson, "log" },
  .crossover = rx_gee_run,
};
