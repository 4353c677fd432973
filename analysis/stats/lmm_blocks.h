/* lmm_blocks.h: the linear mixed model whose variances differ by kind of row
   (treatment), by restricted maximum likelihood (REML), and its tests.

     y = X beta + Z b + e,  var b = G per group (subject),
     var e = within[kind of the row]

   Z is an intercept, so that G is one variance `between`; or an indicator of
   every kind, so that G is a covariance matrix of the kinds without any
   structure, which is the model of replicate designs of the FDA.

   The covariance of a group is a dense block, linear in the elements of G and
   `within`: the natural parameters.  G stays positive semi-definite and
   `within` above or at zero; a solution on that border has a state.

   A group's variance can be parted into `within` and its own part of G only
   where a group has two rows of the kind.  Where none has (and Z is of
   kinds), that `within` is left out, and G holds the sum. */
#ifndef RX_LMM_BLOCKS_H
#define RX_LMM_BLOCKS_H

#include "stats/lmm.h"

enum rx_blocks_random
{
  RX_BLOCKS_INTERCEPT,
  RX_BLOCKS_BY_KIND
};

struct rx_blocks_data
{
  struct rx_linear_data rows;
  size_t kinds;
  const size_t *kind; /* [rows.n] below kinds */
  enum rx_blocks_random random;
};

struct rx_blocks
{
  /* FITTED; SINGULAR: on the border; FLAT, EXACT, TOO_FEW as for the model
     with one variance within, or UNBOUNDED, and nothing is fitted */
  enum rx_lmm_state state;
  struct rx_lmm start; /* that model: columns, df, whether to fit */
  size_t kinds, dims;  /* G is dims * dims */
  double unit;         /* beta is counted in it, variances in its
                          square */
  double *beta;        /* [rank] */
  double *covariance;  /* [rank * rank] of beta, inv (X' V^-1 X) */
  double *between;     /* [dims * dims] G */
  double *within;      /* [kinds]; NaN where it is left out */
  bool *together;      /* [dims * dims] some group has rows of both: two
                          rows, for the diagonal of kinds */
  double deviance;     /* -2 log restricted likelihood, all constants */
  double score;        /* the largest slope of the deviance in a free
                          parameter, in units of its standard error */
  size_t n_natural;    /* elements of G, then `within` */
  double *u;           /* [natural][rank * rank] X' V^-1 G_k V^-1 X */
  /* by the expected and by the observed information */
  struct rx_blocks_information
  {
    double *covariance; /* [natural * natural] of the natural parameters; the
                           observed one is of those not on the border */
    double *addition;   /* [rank * rank] what Kenward & Roger add to the
                           covariance of beta */
  } expected, observed;
};

/* Fits the model.  Awkward data are a state, not an error. */
enum rx_status rx_blocks_fit (struct rx_blocks *fit,
                              const struct rx_blocks_data *data,
                              struct rx_error *err) RX_MUST_USE;
void rx_blocks_free (struct rx_blocks *fit);

/* t (q = 1) or F of the contrasts l[q * p], as the tests of lmm.h: Kenward &
   Roger with the expected or the observed information, in the natural
   parameters; Satterthwaite with the observed one; by containment. */
typedef enum rx_status rx_blocks_test (const struct rx_blocks *fit,
                                       const double *l, size_t q,
                                       struct rx_linear_test *test,
                                       struct rx_error *err);
rx_blocks_test rx_blocks_kr, rx_blocks_kr_observed, rx_blocks_satterthwaite,
    rx_blocks_containment, rx_blocks_containment_between;

#endif /* RX_LMM_BLOCKS_H */
