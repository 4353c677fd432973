/* ml_hksj.c: `ml` with the variance of Hartung, Knapp, Sidik and Jonkman:
   SE^2 = q / sum w, q = sum w (y - mean)^2 / (k - 1), t with k - 1 df.
   Hartung & Knapp 2001, Stat Med 20:3875-3889; Sidik & Jonkman 2002, Stat Med
   21:3153-3159.  q is not truncated at 1 unless --hksj-truncate says so. */
#include "methods/pooled.h"

const struct rx_method rx_method_ml_hksj = {
  .name = "ml-hksj",
  .title = "Random effects, maximum likelihood, HKSJ",
  .source = "Viechtbauer 2005, J Educ Behav Stat 30:261-293; Hartung & "
            "Knapp 2001, Stat Med 20:3875-3889",
  .words = "Studies are pooled by a random-effects model, the variance "
           "between studies by maximum likelihood, with the standard "
           "error and t distribution of Hartung, Knapp, Sidik and "
           "Jonkman.",
  .on_request = true,
  .kind = &(const struct rx_pooled_kind){ rx_tau2_ml, true },
  .meta = rx_pooled_run,
};
