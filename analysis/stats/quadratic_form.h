/* quadratic_form.h: the distribution of a weighted sum of chi-squared
 * variables. */
#ifndef RX_QUADRATIC_FORM_H
#define RX_QUADRATIC_FORM_H

#include <stddef.h>

/* P (sum_j weight_j z_j^2 < 0) for independent standard normal z, m >= 1
   weights. */
double rx_quadratic_form_below (const double *weight, size_t m);

#endif /* RX_QUADRATIC_FORM_H */
