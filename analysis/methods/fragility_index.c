/* fragility_index.c: how many persons would have to have had another outcome
   to turn a binary result.

   Parallel groups (n1, n2, count1, count2), Fisher's exact test: from the
   group with the smaller share of events one person after the other changes
   from no event to event until p >= alpha (Walsh et al, J Clin Epidemiol
   2014;67:622-628).  Where p is not below alpha at the start, the reverse
   index: persons of that group lose their event, and when it has none left
   those of the other gain one, until p < alpha (Khan et al, BMC Med Res
   Methodol 2020;20:37, with one group).

   Paired (n, only1, only2), exact McNemar test: the fewest persons of whom one
   response changes: of a change in the prevailing direction to none, or of
   none to the other direction.  Reverse: the other way round.

   Terms: fragility (or reverse-fragility): estimate the number of persons,
   p_value the p that they lead to; fragility-quotient: estimate the number
   over all persons.  Note never where nobody is left to change.

   By hand: 0 of 10 against 5 of 10: p = 0.0325; 1 of 10: p = 0.141: 1. */
#include "methods/printed_rows.h"
#include "stats/discordant.h"
#include "stats/two_by_two.h"

#include <math.h>

/* A p this near to alpha, relative to it, is alpha: 1 - 0.95 is not 0.05. */
static const double NEAR = 1e-9;

struct finding
{
  double persons, start, end; /* p at the start and at the end */
  bool is_reverse;
};

static bool
is_significant (double p, double alpha)
{
  return p < alpha * (1 - NEAR);
}

static enum rx_status
fisher (long n1, long n2, long k1, long k2, double *p, struct rx_error *err)
{
  struct rx_two_by_two_test test;
  struct rx_two_by_two table
      = { (size_t)k1, (size_t)(n1 - k1), (size_t)k2, (size_t)(n2 - k2) };
  enum rx_status status = rx_two_by_two (table, 0.95, &test, err);
  *p = test.p_exact;
  return status;
}

static enum rx_status
of_groups (const struct rx_printed_result *result, double alpha,
           struct finding *finding, struct rx_error *err)
{
  long n[2] = { result->n1, result->n2 };
  long k[2] = { result->count1, result->count2 };
  /* group 0 shall be that with the smaller share */
  if ((double)k[0] * (double)n[1] > (double)k[1] * (double)n[0])
    {
      long other = n[0];
      n[0] = n[1];
      n[1] = other;
      other = k[0];
      k[0] = k[1];
      k[1] = other;
    }
  double p;
  if (fisher (n[0], n[1], k[0], k[1], &p, err) != RX_OK)
    return err->status;
  *finding = (struct finding){ 0, p, p, !is_significant (p, alpha) };
  while (is_significant (p, alpha) != finding->is_reverse)
    {
      if (!finding->is_reverse && k[0] < n[0])
        k[0]++;
      else if (finding->is_reverse && k[0] > 0)
        k[0]--;
      else if (finding->is_reverse && k[1] < n[1])
        k[1]++;
      else
        {
          finding->persons = finding->end = NAN;
          return RX_OK;
        }
      if (fisher (n[0], n[1], k[0], k[1], &p, err) != RX_OK)
        return err->status;
      finding->persons++;
      finding->end = p;
    }
  return RX_OK;
}

static double
paired_p (long b, long c, long n)
{
  if (b + c == 0)
    return 1;
  return rx_mcnemar ((size_t)b, (size_t)c, (size_t)n, 0.95).p_exact;
}

/* Of `persons` changes i take one from those who prevail (reverse: from the
   others) and the rest make one of those without a change. */
static bool
try_persons (long more, long fewer, long n, long persons, bool is_reverse,
             double alpha, double *end)
{
  bool found = false;
  *end = is_reverse ? INFINITY : -INFINITY;
  for (long i = 0; i <= persons; i++)
    {
      long made = persons - i;
      long b = is_reverse ? more + made : more - i;
      long c = is_reverse ? fewer - i : fewer + made;
      if (b < 0 || c < 0 || made > n - more - fewer)
        continue;
      double p = paired_p (b, c, n);
      if (is_significant (p, alpha) == is_reverse)
        {
          *end = found ? (is_reverse ? fmin (*end, p) : fmax (*end, p)) : p;
          found = true;
        }
    }
  return found;
}

static void
of_pairs (const struct rx_printed_result *result, double alpha,
          struct finding *finding)
{
  long b = result->only1, c = result->only2, n = result->n;
  long more = b > c ? b : c, fewer = b > c ? c : b;
  double p = paired_p (b, c, n);
  *finding = (struct finding){ 0, p, p, !is_significant (p, alpha) };
  for (long persons = 1; persons <= n; persons++)
    if (try_persons (more, fewer, n, persons, finding->is_reverse, alpha,
                     &finding->end))
      {
        finding->persons = (double)persons;
        return;
      }
  finding->persons = finding->end = NAN;
}

static enum rx_status
add_rows (const struct rx_printed_result *result,
          const struct finding *finding, double n, struct rx_rows *rows,
          struct rx_error *err)
{
  struct rx_note note = { "" }, plain = { "" };
  struct rx_row row = rx_row_blank (), quotient = row;
  row.n = quotient.n = n;
  row.estimate = finding->persons;
  row.p_value = finding->end;
  quotient.estimate = finding->persons / n;
  rx_note_add (&note, "%s",
               result->design == RX_PRINTED_PARALLEL ? "fisher"
                                                     : "mcnemar-exact");
  if (isnan (finding->persons))
    rx_note_add (&note, "never");
  if (rx_printed_row_add (
          rows, row, result, "fragility-index",
          finding->is_reverse ? "reverse-fragility" : "fragility", &note, err)
      != RX_OK)
    return err->status;
  return rx_printed_row_add (rows, quotient, result, "fragility-index",
                             "fragility-quotient", &plain, err);
}

static enum rx_status
check_result (const struct rx_printed_result *result,
              const struct rx_method_options *options, struct rx_rows *rows,
              struct rx_error *err)
{
  struct finding finding;
  double alpha = 1 - options->level;
  if (result->design == RX_PRINTED_PARALLEL)
    {
      if (result->n1 < 1 || result->n2 < 1 || result->count1 < 0
          || result->count2 < 0)
        return RX_OK;
      if (of_groups (result, alpha, &finding, err) != RX_OK)
        return err->status;
      return add_rows (result, &finding,
                       (double)result->n1 + (double)result->n2, rows, err);
    }
  if (result->n < 1 || result->only1 < 0 || result->only2 < 0)
    return RX_OK;
  of_pairs (result, alpha, &finding);
  return add_rows (result, &finding, (double)result->n, rows, err);
}

const struct rx_method rx_method_fragility_index = {
  .name = "fragility-index",
  .title = "How many other outcomes would turn a binary result?",
  .source = "Walsh et al, J Clin Epidemiol 2014;67:622-628",
  .words = "Fragility indices were computed: the fewest persons whose other "
           "outcome would turn the significance of the result.",
  .printed = check_result,
  .on_request = true,
};
