/* normal_draw.h: normal random numbers of a counted stream. */
#ifndef RX_NORMAL_DRAW_H
#define RX_NORMAL_DRAW_H

#include "base/random.h"

/* Uniform between 0 and 1, both excluded: (k + 1/2) / 2^53. */
double rx_uniform_draw (struct rx_random *random);

/* Mean 0, variance 1, by inversion: one draw of 64 bits each. */
double rx_normal_draw (struct rx_random *random);

#endif /* RX_NORMAL_DRAW_H */
