/* reml_hksj.c: `reml` with the variance of Hartung, Knapp, Sidik and Jonkman:
   SE^2 = q / sum w, q = sum w (y - mean)^2 / (k - 1), t with k - 1 df.
   Hartung & Knapp 2001, Stat Med 20:3875-3889; Sidik & Jonkman 2002, Stat Med
   21:3153-3159.  q is not truncated at 1 unless --hksj-truncate says so. */
#include "methods/pooled.h"

const struct rx_method rx_method_reml_hksj = {
  .name = "reml-hksj",
  .title = "Random effects, REML, HKSJ",
  .source = "Viechtbauer 2005, J Educ Behav Stat 30:261-293; Hartung & "
            "Knapp 2001, Stat Med 20:3875-3889",
  .words = "Studies are pooled by a random-effects model, the variance "
           "between studies by restricted maximum likelihood, with the "
           "standard error and t distribution of Hartung, Knapp, Sidik "
           "and Jonkman.",
  .kind = &(const struct rx_pooled_kind){ rx_tau2_reml, true },
  .meta = rx_pooled_run,
};
