/* percent_count.c: which counts give a printed percentage, and, where none
   does, which numbers of persons would.

   Terms: percent, percent1, percent2: estimate the count next to the
   percentage, conf_low and conf_high the counts that give it (consistent), NA
   where none does (inconsistent).  Then `n:percent` has in estimate the number
   of persons next to the printed one for which a count gives it, in conf_low
   and conf_high the nearest below and above.  Over the percentages of one
   study and one n, two or more and not all possible, `n:all` asks for the
   number of persons that fits them all.

   By hand: 89 % and 67 % of 17: 15 / 17 = 88.2 and 11 / 17 = 64.7 do not; of
   18 16 / 18 = 88.9 and 12 / 18 = 66.7. */
#include "methods/printed_rows.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum
{
  SHARES = 3,
  DECIMALS_MOST = 3 /* of a percentage: 10^5 persons are tried at most */
};

static const struct
{
  enum rx_printed_figure figure;
  const char *n_term;
} shares[SHARES] = { { RX_SAYS_PERCENT, "n:percent" },
                     { RX_SAYS_PERCENT1, "n:percent1" },
                     { RX_SAYS_PERCENT2, "n:percent2" } };

static long
persons (const struct rx_printed_result *result, int i)
{
  if (i > 0 && result->design == RX_PRINTED_PARALLEL)
    return i == 1 ? result->n1 : result->n2;
  return result->n;
}

static bool
fits (const struct rx_printed *percent, long n)
{
  int64_t low, high, nearest;
  return rx_percent_counts (percent, n, &low, &high, &nearest) && low <= high;
}

/* Does a count of n give the percentages of all rows of the study with the
   same persons?  only: the one. */
struct question
{
  const struct rx_printed_table *table;
  const struct rx_printed_result *row;
  const struct rx_printed *only;
  long n;
};

static bool
asks (const struct question *q, const struct rx_printed_result *row, int i)
{
  return strcmp (row->study, q->row->study) == 0 && persons (row, i) == q->n
         && rx_printed_has (row, shares[i].figure)
         && row->figure[shares[i].figure].kind == RX_PRINTED_EQUAL;
}

static bool
all_fit (const struct question *q, long n)
{
  bool fit = true;
  if (q->only != NULL)
    return fits (q->only, n);
  for (size_t k = 0; k < q->table->n; k++)
    for (int i = 0; i < SHARES; i++)
      if (asks (q, &q->table->result[k], i))
        fit = fit && fits (&q->table->result[k].figure[shares[i].figure], n);
  return fit;
}

/* From 10^(decimals + 2) persons on every percentage is possible. */
static long
enough (const struct question *q)
{
  int decimals = q->only != NULL ? q->only->decimals : 0;
  for (size_t k = 0; q->only == NULL && k < q->table->n; k++)
    for (int i = 0; i < SHARES; i++)
      if (asks (q, &q->table->result[k], i)
          && q->table->result[k].figure[shares[i].figure].decimals > decimals)
        decimals = q->table->result[k].figure[shares[i].figure].decimals;
  return decimals <= DECIMALS_MOST ? (long)rx_printed_power (decimals + 2) : 0;
}

static enum rx_status
add_persons (const struct question *q, const char *term, struct rx_rows *rows,
             struct rx_error *err)
{
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  long most = enough (q);
  for (long n = q->n - 1; n >= 1 && isnan (row.conf_low); n--)
    if (all_fit (q, n))
      row.conf_low = (double)n;
  for (long n = q->n + 1; n <= most && isnan (row.conf_high); n++)
    if (all_fit (q, n))
      row.conf_high = (double)n;
  double down = (double)q->n - row.conf_low;
  double up = row.conf_high - (double)q->n;
  row.n = (double)q->n;
  row.estimate = isnan (up) || down < up ? row.conf_low : row.conf_high;
  rx_note_add (&note, "would-fit");
  struct rx_printed_result named = *q->row;
  if (q->only == NULL)
    named.endpoint = "";
  return rx_printed_range_add (rows, row, &named, "percent-count", term, &note,
                               err);
}

static enum rx_status
check_percent (const struct rx_printed_table *table,
               const struct rx_printed_result *result, int i,
               struct rx_rows *rows, struct rx_error *err)
{
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  enum rx_printed_figure figure = shares[i].figure;
  const struct rx_printed *percent = &result->figure[figure];
  long n = persons (result, i);
  int64_t low = 0, high = 0, nearest = 0;
  bool decided = n > 0 && percent->kind == RX_PRINTED_EQUAL
                 && rx_percent_counts (percent, n, &low, &high, &nearest);
  row.n = n > 0 ? (double)n : NAN;
  if (decided)
    {
      row.estimate = (double)nearest;
      row.conf_low = low <= high ? (double)low : NAN;
      row.conf_high = low <= high ? (double)high : NAN;
    }
  rx_note_add (&note, "%s",
               n < 1         ? "no-n"
               : !decided    ? "not-decided"
               : low <= high ? "consistent"
                             : "inconsistent");
  if (rx_printed_row_add (rows, row, result, "percent-count",
                          rx_printed_figure_name (figure), &note, err)
      != RX_OK)
    return err->status;
  struct question q = { table, result, percent, n };
  return decided && low > high ? add_persons (&q, shares[i].n_term, rows, err)
                               : RX_OK;
}

/* Once for every study and n, at its first percentage. */
static enum rx_status
check_study (const struct rx_printed_table *table, size_t at, int i,
             struct rx_rows *rows, struct rx_error *err)
{
  const struct rx_printed_result *row = &table->result[at];
  struct question q = { table, row, NULL, persons (row, i) };
  size_t before = 0, in_all = 0;
  for (size_t k = 0; k < table->n; k++)
    for (int j = 0; j < SHARES; j++)
      {
        bool asked = asks (&q, &table->result[k], j);
        in_all += asked;
        before += asked && (k < at || (k == at && j < i));
      }
  if (before > 0 || in_all < 2 || q.n < 1 || all_fit (&q, q.n)
      || enough (&q) == 0)
    return RX_OK;
  return add_persons (&q, "n:all", rows, err);
}

static enum rx_status
run_summary (const struct rx_printed_table *table,
             const struct rx_method_options *options, struct rx_rows *rows,
             struct rx_error *err)
{
  (void)options;
  for (size_t k = 0; k < table->n; k++)
    for (int i = 0; i < SHARES; i++)
      {
        const struct rx_printed_result *result = &table->result[k];
        if (!rx_printed_has (result, shares[i].figure))
          continue;
        if (check_percent (table, result, i, rows, err) != RX_OK
            || check_study (table, k, i, rows, err) != RX_OK)
          return err->status;
      }
  return RX_OK;
}

const struct rx_method rx_method_percent_count = {
  .name = "percent-count",
  .title = "Which counts, or else which n, give a printed percentage?",
  .source = "Brown & Heathers, Soc Psychol Personal Sci 2017;8:363-369",
  .words = "Printed percentages were compared with all counts that could give "
           "them, and with other numbers of persons where none does.",
  .summary = run_summary,
};
