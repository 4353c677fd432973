/* tango.c: the score interval of a change in paired proportions.

   Test minus reference of a binary crossover endpoint, or users after minus
   before: the changes that the score test does not reject.  At no change that
   test is McNemar's without correction, whose statistic and p the row has.
   Tango, Stat Med 1998;17:891-908. */
#include "methods/mcnemar_row.h"

static struct rx_row
test (const struct rx_mcnemar *pairs, double level, struct rx_note *note)
{
  struct rx_row row
      = rx_change_row (pairs, rx_tango (pairs, level), level, note);
  row.df_num = 1;
  row.statistic = pairs->chi_squared;
  row.p_value = pairs->p_chi_squared;
  return row;
}

const struct rx_method rx_method_tango = {
  .name = "tango",
  .title = "Tango's score interval of a paired difference of proportions",
  .source = "Tango 1998, Stat Med 17:891-908",
  .words = "Differences of paired proportions have Tango's score interval.",
  .measures = RX_USERS,
  .binary_only = true,
  .on_request = true,
  .discordant = test,
};
