/* rsabe_nti.c: the FDA's bioequivalence of drugs with a narrow therapeutic
   index.

   Three things are asked for: the upper 95 % bound of (mu_T - mu_R)^2 -
   theta^2 s_R^2, theta = log (1 / 0.9) / 0.10, is 0 at most; average
   bioequivalence, 80 to 125 %, by the model of abe-model-c; the upper limit of
   the 90 % interval of sigma_T / sigma_R is 2.5 at most.  FDA, Draft Guidance
   on Warfarin Sodium, 2012; Yu et al., Clin Pharmacol Ther 2015;97:286-291.

   To check: s_R = 0.124392769, s_T = 0.055720909 on 16 and 16 degrees of
   freedom have the ratio's limits 0.29324 and 0.68427 (forum.bebac.at
   17739). */
#include "methods/scaled_rows.h"

#include <math.h>

static enum rx_status
run_crossover (const struct rx_method *self, const struct rx_crossover *design,
               const struct rx_endpoint *endpoint,
               const struct rx_method_options *options, struct rx_rows *rows,
               struct rx_error *err)
{
  const struct rx_scaled_rule rule = { .method = self->name,
                                       .theta = -log (0.9) / 0.10,
                                       .scale_from = 0,
                                       .sd_ratio_most = 2.5,
                                       .both = true };
  return rx_scaled_rows (&rule, design, endpoint, options, rows, err);
}

const struct rx_method rx_method_rsabe_nti = {
  .name = "rsabe-nti",
  .title = "Bioequivalence of a narrow therapeutic index, the FDA's criteria",
  .source = "FDA 2012, Draft Guidance on Warfarin Sodium",
  .words = "Bioequivalence of a drug with a narrow therapeutic index is "
           "assessed by the FDA's three criteria: the upper 95% bound of the "
           "linearised criterion scaled to the reference (sigma 0.10, limit "
           "1/0.9) must not exceed 0, average bioequivalence by the FDA's "
           "mixed model must be shown, and the upper limit of the 90% "
           "interval of the ratio of the standard deviations within subjects "
           "must not exceed 2.5.",
  .log_only = true,
  .on_request = true,
  .crossover = run_crossover,
};
