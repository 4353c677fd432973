/* mantel_haenszel.c: two-by-two tables pooled by Mantel and Haenszel.

   The measure is that of the effect: log odds ratio, log risk ratio or risk
   difference; formulas in stats/tables_pooled.c.  The row q is the sum of
   (y - pooled)^2 / v over the studies in whose table the event both happens
   and not, with the studies' own y and v.  Nothing is added to cells of the
   pooled estimate.

   By hand: one table, 1 of 2 against 1 of 3, has the odds ratio 2. */
#include "methods/table_rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct measure
{
  const char *effect;
  rx_mantel_haenszel *pool;
};

static const struct measure measures[] = {
  { "log-odds-ratio", rx_mantel_haenszel_log_odds_ratio },
  { "log-risk-ratio", rx_mantel_haenszel_log_risk_ratio },
  { "risk-difference", rx_mantel_haenszel_risk_difference },
};

static rx_mantel_haenszel *
pool_of (const char *effect)
{
  for (size_t i = 0; i < sizeof measures / sizeof measures[0]; i++)
    if (strcmp (measures[i].effect, effect) == 0)
      return measures[i].pool;
  return NULL;
}

static enum rx_status
run_meta (const struct rx_method *self, const struct rx_evidence *evidence,
          const struct rx_method_options *options, struct rx_rows *rows,
          struct rx_error *err)
{
  struct rx_two_groups *table = rx_table_rows_tables (evidence);
  if (table == NULL)
    return rx_fail_memory (err);
  rx_mantel_haenszel *pool = pool_of (evidence->endpoint);
  if (pool == NULL)
    {
      free (table);
      return rx_fail (err, RX_EINTERNAL, "mantel-haenszel: no measure for %s",
                      evidence->endpoint);
    }
  struct rx_tables_pooled pooled = pool (table, evidence->k);
  double q = 0;
  size_t tables = 0;
  for (size_t i = 0; i < evidence->k; i++)
    if (rx_table_rows_varies (table[i]))
      {
        double r = evidence->y[i] - pooled.estimate;
        q += r * r / evidence->v[i];
        tables++;
      }
  free (table);
  return rx_table_rows (evidence, options, self->name, pooled, q, tables, rows,
                        err);
}

const struct rx_method rx_method_mantel_haenszel = {
  .name = "mantel-haenszel",
  .title = "Two-by-two tables pooled by Mantel and Haenszel",
  .source = "Mantel & Haenszel 1959, J Natl Cancer Inst 22:719-748; Robins, "
            "Breslow & Greenland 1986, Biometrics 42:311-323; Greenland & "
            "Robins 1985, Biometrics 41:55-68",
  .words = "Tables are pooled by Mantel and Haenszel, without a correction "
           "of cells.",
  .evidence = RX_EVIDENCE_TABLES,
  .on_request = true,
  .meta = run_meta,
};
