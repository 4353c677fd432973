/* lmm.h: the linear mixed model with a random intercept per group (subject),
   by restricted maximum likelihood (REML), and its tests.

     y = X beta + b[group] + e,  var b = between, var e = within

   Groups may have any number of rows.  The ratio between / within is the only
   thing to search for; all else follows in closed form. */
#ifndef RX_LMM_H
#define RX_LMM_H

#include "stats/linear.h"

enum rx_lmm_state
{
  RX_LMM_FITTED,
  RX_LMM_SINGULAR, /* the likelihood is highest at between = 0 */
  RX_LMM_FLAT,     /* the columns explain all that groups differ by (one group
                      per sequence, say): between cannot be estimated, and
                      contrasts are those within groups */
  RX_LMM_EXACT,    /* nothing is left within groups: within = 0 */
  RX_LMM_TOO_FEW,  /* no degree of freedom within groups: not fitted */
  RX_LMM_UNBOUNDED /* lmm_blocks.h: too few data for its variances, the
                      likelihood has no maximum */
};

/* Rows of groups of one size: all that the likelihood needs of them. */
struct rx_lmm_class
{
  double size;    /* rows of a group */
  double groups;  /* how many */
  double *square; /* [(rank + 1)^2] sum over groups of z z', z the group means
                     of the columns kept and of the response */
};

struct rx_lmm
{
  enum rx_lmm_state state;
  struct rx_estimable estimable;
  size_t n, groups;
  size_t df_residual; /* n - rank of the columns */
  size_t df_within;   /* n - rank of the columns and the groups together */
  double unit;        /* beta is counted in it, the variances in its square */
  double *beta;       /* [rank] */
  double *inverse;    /* [rank * rank] covariance of beta / within */
  double ratio;       /* between / within */
  double within;
  double deviance; /* -2 log restricted likelihood, with all constants (as
                      lme4 has them); NaN where there is none */
  double score;    /* d deviance / d log ratio at the solution; where the
                      state is SINGULAR, d deviance / d ratio there, >= 0 */
  /* for the tests: second derivative of the deviance in the ratio, and first
     derivative of the log of the weighted squares */
  double curvature, drift;
  double *inside; /* [(rank + 1)^2] cross products within groups */
  struct rx_lmm_class *classes;
  size_t n_classes;
};

/* Fits the model.  Awkward data are a state, not an error. */
enum rx_status rx_lmm_fit (struct rx_lmm *fit,
                           const struct rx_linear_data *data,
                           struct rx_error *err) RX_MUST_USE;
void rx_lmm_free (struct rx_lmm *fit);

/* Deviance at any ratio, for tests of the fit. */
enum rx_status rx_lmm_deviance (const struct rx_lmm *fit, double ratio,
                                double *deviance,
                                struct rx_error *err) RX_MUST_USE;

/* t (q = 1) or F of the contrasts l[q * p], with the degrees of freedom
   of Kenward & Roger (expected information, or the observed one as SAS has
   it), of Satterthwaite (observed information), or by containment: df_within
   for what is compared within groups, df_residual - df_within for what is
   compared between them. */
typedef enum rx_status rx_lmm_test (const struct rx_lmm *fit, const double *l,
                                    size_t q, struct rx_linear_test *test,
                                    struct rx_error *err);
rx_lmm_test rx_lmm_kr, rx_lmm_kr_observed, rx_lmm_satterthwaite,
    rx_lmm_containment, rx_lmm_containment_between;

#endif /* RX_LMM_H */
