/* wtd_weibull.c: the waiting-time distribution with Weibull times between
   dispensings, S (t) = exp (-(b t)^a); see stats/waiting_time.c.

   Stovring, Pottegard & Hallas, Pharmacoepidemiol Drug Saf 2016;25:1451-1459;
   in reverse 2017;26:902-908.  No worked example is public: the oracle is a
   maximisation of the same likelihood in R. */
#include "methods/waiting_rows.h"

const struct rx_method rx_method_wtd_weibull = {
  .name = "wtd-weibull",
  .title = "Waiting-time distribution, Weibull times between dispensings",
  .source = "Stovring et al. 2016, Pharmacoepidemiol Drug Saf 25:1451-1459",
  .words = "The parametric waiting-time distribution with Weibull times "
           "between dispensings was fitted by maximum likelihood to the "
           "first (in reverse, the last) dispensing of each person in the "
           "window; intervals are by the delta method, on the logit scale "
           "for the prevalence and on the log scale for the percentiles "
           "(Stovring et al. 2016).",
  .parts = RX_EXPOSURE_WAITING,
  .kind = &rx_waiting_weibull,
  .exposure = rx_waiting_run,
};
