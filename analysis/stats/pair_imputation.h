/* pair_imputation.h: missing values of pairs drawn from a bivariate normal
   model. */
#ifndef RX_PAIR_IMPUTATION_H
#define RX_PAIR_IMPUTATION_H

#include "base/random.h"

#include <stdbool.h>
#include <stddef.h>

enum
{
  RX_PAIR_COMPLETE_LEAST = 4, /* complete pairs that the model needs */
  RX_PAIR_STEPS = 100         /* of the chain of one imputation */
};

/* Draws the missing values (NaN) of the pairs y[n][2], of which none lacks
   both, from their posterior predictive distribution under a bivariate normal
   model with the prior |Sigma|^(-3/2): data augmentation (Tanner & Wong, JASA
   1987;82:528-550; Schafer, Analysis of Incomplete Multivariate Data, 1997,
   sec. 5.4), from the moments of the complete pairs on, RX_PAIR_STEPS draws
   of the parameters and of the values in turn; values[n][2] get the last.
   Without missing values nothing is drawn.  False, with nothing drawn, where
   there are fewer complete pairs than RX_PAIR_COMPLETE_LEAST, or where they
   leave no variance of one value given the other. */
bool rx_pair_impute (const double *y, size_t n, struct rx_random *random,
                     double *values);

#endif /* RX_PAIR_IMPUTATION_H */
