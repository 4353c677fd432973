/* lmm_blocks_deviance.h: the deviance of the model of lmm_blocks.h and its
   derivatives, in what is searched for.

   The model is linear in the natural parameters: the elements of G, then
   `within`.  The search is in L and d, G = L L' and within = d^2, with L lower
   trapezoidal: this keeps the border (a correlation of 1, a variance of 0)
   within reach as a point where the slope vanishes, as with SAS's type=FA0. */
#ifndef RX_LMM_BLOCKS_DEVIANCE_H
#define RX_LMM_BLOCKS_DEVIANCE_H

#include "stats/lmm_blocks.h"

/* In place of a natural parameter that a model does not have. */
#define RX_BLOCKS_ABSENT ((size_t)-1)

/* One of what is searched for: an element of L, or a d. */
struct rx_blocks_parameter
{
  bool is_within;
  size_t row, column; /* of L; or the kind in row */
};

/* A point and the deviance there. */
struct rx_blocks_search
{
  const struct rx_blocks_data *data;
  const struct rx_estimable *estimable;
  size_t rank, kinds, dims, naturals, n;
  size_t *within_at; /* [kinds] natural parameter, or RX_BLOCKS_ABSENT */
  struct rx_blocks_parameter *parameter; /* [n] */
  double *left;    /* response less what beta explains, in units
                      of the fit */
  double *value;   /* [n] of the parameters */
  double *natural; /* [naturals] */
  /* at `value` */
  double deviance;
  double *beta, *inverse;     /* of the residual response */
  double *slope;              /* [naturals] */
  double *second, *expected;  /* [naturals^2] */
  double *u;                  /* [naturals][rank^2] */
  double *gradient, *hessian; /* in the parameters */
  double *work;               /* see work_size */
  size_t largest;             /* rows of the largest group */
  double *trial, *step, *vectors, *values;
};

/* Of a struct that has data, estimable, rank, kinds and dims: lays out the
   parameters and finds room; false without memory.  together[kinds * kinds]:
   does a group have rows of both kinds, or two of the one? */
bool rx_blocks_search_alloc (struct rx_blocks_search *s,
                             const bool *together) RX_MUST_USE;
void rx_blocks_search_free (struct rx_blocks_search *s);

/* Natural parameter of the element (a, b) of G. */
size_t rx_blocks_element (size_t a, size_t b);

/* The natural parameters at values of those searched for, and the slope of all
   of them in the parameter i. */
void rx_blocks_natural (const struct rx_blocks_search *s, const double *value,
                        double *natural);
void rx_blocks_natural_slope (const struct rx_blocks_search *s, size_t i,
                              double *out);

/* Everything at `value`; false where V is not positive definite. */
bool rx_blocks_evaluate (struct rx_blocks_search *s);

/* The deviance alone at `value`, which is left there. */
bool rx_blocks_look (struct rx_blocks_search *s, double *deviance);

/* What Kenward & Roger add to C, the covariance of beta, at the point:
   2 C {sum W_kl (T_kl - U_k C U_l)} C, w[naturals^2] the covariance of the
   natural parameters, T_kl = X' V^-1 G_k V^-1 G_l V^-1 X; false where V is not
   positive definite. */
bool rx_blocks_kr_addition (struct rx_blocks_search *s, const double *w,
                            double *addition);

#endif /* RX_LMM_BLOCKS_DEVIANCE_H */
