/* fieller.h: the ratio of two correlated means. */
#ifndef RX_FIELLER_H
#define RX_FIELLER_H

/* Estimates of two means with their variances and covariance, which the data
   estimate on df degrees of freedom, all of them together: the variance of
   above - theta below has df for every theta. */
struct rx_two_means
{
  double above, below;
  double var_above, var_below, covariance;
  double df;
};

/* t of above - theta below. */
double rx_fieller_t (const struct rx_two_means *means, double theta);

/* The ratios whose t lies between -/+ t (1 - alpha).  NaN where they are no
   interval: `below` does not differ from 0. */
struct rx_ratio_interval
{
  double low, high;
};
struct rx_ratio_interval rx_fieller (const struct rx_two_means *means,
                                     double alpha);

#endif /* RX_FIELLER_H */
