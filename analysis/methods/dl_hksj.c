/* dl_hksj.c: `dl` with the variance of Hartung, Knapp, Sidik and Jonkman:
   SE^2 = q / sum w, q = sum w (y - mean)^2 / (k - 1), t with k - 1 df.
   Hartung & Knapp 2001, Stat Med 20:3875-3889; Sidik & Jonkman 2002, Stat Med
   21:3153-3159.  q is not truncated at 1 unless --hksj-truncate says so. */
#include "methods/pooled.h"

const struct rx_method rx_method_dl_hksj = {
  .name = "dl-hksj",
  .title = "Random effects, DerSimonian-Laird, HKSJ",
  .source = "DerSimonian & Laird 1986, Control Clin Trials 7:177-188; "
            "Hartung & Knapp 2001, Stat Med 20:3875-3889",
  .words = "Studies are pooled by a random-effects model, the variance "
           "between studies by DerSimonian and Laird, with the standard "
           "error and t distribution of Hartung, Knapp, Sidik and "
           "Jonkman.",
  .kind = &(const struct rx_pooled_kind){ rx_tau2_dl, true },
  .meta = rx_pooled_run,
};
