/* power_design.c: the table of designs.

   Of the additive model with fixed subjects, periods and treatments (no
   carryover):

     df   = observations - subjects - (periods - 1) - (treatments - 1)
     SE^2 = unit sd^2 sum of 1 / n_i over the sequences

   for the difference of two treatments, sd the residual (within-subject)
   standard deviation of one measurement, and unit sum 1 / n_i what gives
   every sequence the same weight.  With N subjects in k balanced sequences
   SE^2 = unit k^2 sd^2 / N.  In the parallel design sd is the total one. These
   are the design constants of the R package PowerTOST (known.designs ()).

   Balaam's 2x4x2 has the variance adjusted for first-order carryover, 8 / N;
   the additive model would have 4 / N.  In 2x2x2r TT and RR are one period
   measured twice.

   By hand: 2x2 has 2 N observations, so df = 2 N - N - 1 - 1 = N - 2; each
   sequence tells the difference with variance 2 sd^2 / n_i, and their mean has
   (2 sd^2 / 4) (1 / n_1 + 1 / n_2): unit 1/2. */
#include "designs/power_design.h"

#include <string.h>

/* clang-format off */
const struct rx_power_design rx_power_designs[] = {
  { "2x2",      "AB/BA crossover",
    "TR, RT",                        true,  { 2, 1, 2, 1. / 2 } },
  { "2x2x2",    "the same as 2x2",
    "TR, RT",                        true,  { 2, 1, 2, 1. / 2 } },
  { "3x3",      "Latin square of 3 treatments",
    "ABC, BCA, CAB",                 true,  { 3, 2, 4, 2. / 9 } },
  { "3x6x3",    "Williams design of 3 treatments",
    "ABC, BCA, CAB, ACB, BAC, CBA",  true,  { 6, 2, 4, 1. / 18 } },
  { "4x4",      "Williams design of 4 treatments",
    "ABDC, BCAD, CDBA, DACB",        true,  { 4, 3, 6, 1. / 8 } },
  { "2x2x3",    "replicate crossover, 3 periods",
    "TRT, RTR",                      true,  { 2, 2, 3, 3. / 8 } },
  { "2x2x4",    "replicate crossover, 4 periods",
    "TRTR, RTRT",                    true,  { 2, 3, 4, 1. / 4 } },
  { "2x4x4",    "replicate crossover, 4 sequences",
    "TRTR, RTRT, TRRT, RTTR",        true,  { 4, 3, 4, 1. / 16 } },
  { "2x3x3",    "partial replicate crossover",
    "TRR, RTR, RRT",                 true,  { 3, 2, 3, 1. / 6 } },
  { "2x4x2",    "Balaam's design",
    "TR, RT, TT, RR",                true,  { 4, 1, 2, 1. / 2 } },
  { "2x2x2r",   "AB/BA crossover, periods measured twice",
    "TTRR, RRTT",                    true,  { 2, 3, 2, 1. / 4 } },
  { "paired",   "two measurements of each subject",
    "one group",                     true,  { 1, 1, 1, 2 } },
  { "parallel", "two parallel groups",
    "T, R",                          false, { 2, 1, 2, 1 } },
};
/* clang-format on */
const size_t rx_n_power_designs
    = sizeof rx_power_designs / sizeof rx_power_designs[0];

const struct rx_power_design *
rx_power_design_find (const char *name)
{
  for (size_t i = 0; i < rx_n_power_designs; i++)
    if (strcmp (rx_power_designs[i].name, name) == 0)
      return &rx_power_designs[i];
  return NULL;
}

void
rx_power_design_split (const struct rx_power_design *design, size_t total,
                       size_t *subjects)
{
  size_t groups = design->layout.groups;
  for (size_t i = 0; i < groups; i++)
    subjects[i] = total / groups + (i < total % groups);
}
