/* claim_verdicts.c: run, sort by claim, put into words. */
#include "methods/claim_verdicts.h"

#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum
{
  FIGURE_SIZE = 40,
  DIGITS = 7, /* of numbers in a sentence; the rows have them all */
  MONTHS = 12
};

/* ---- running ---------------------------------------------------------- */

static size_t
most_findings (const struct rx_claims *claims)
{
  size_t n = 0;
  for (size_t i = 0; i < claims->n_checks; i++)
    n += 1 + claims->check[i].n_uses;
  return n;
}

/* The number used as the one that is judged.  One that was computed for the
   claim was not computed for it. */
static struct rx_check_found
turn_round (const struct rx_claim_check *check, size_t use,
            const struct rx_check_found *found)
{
  struct rx_check_found other = *found;
  if (check->kind->mutual == RX_CHECK_SWAPS)
    check->kind->run (&check->use[use].said, &check->said, 1, &check->options,
                      &other);
  else
    {
      other.value = other.low = other.high = NAN;
      if (other.verdict == RX_REPRODUCED)
        other.verdict = RX_CONSISTENT;
    }
  return other;
}

static void
run_check (struct rx_claim_verdicts *v, const struct rx_claims *claims,
           size_t at)
{
  const struct rx_claim_check *check = &claims->check[at];
  struct rx_said used[RX_CHECK_USES_MOST];
  struct rx_check_found found = { .words = "" };
  for (size_t i = 0; i < check->n_uses; i++)
    used[i] = check->use[i].said;
  check->kind->run (&check->said, used, check->n_uses, &check->options,
                    &found);
  v->finding[v->n_findings++] = (struct rx_claim_finding){
    .check = at, .claim = check->claim, .said = check->said, .found = found
  };
  if (check->kind->mutual == RX_CHECK_ONE_WAY)
    return;
  for (size_t i = 0; i < check->n_uses; i++)
    if (check->use[i].claim != SIZE_MAX && check->use[i].claim != check->claim)
      v->finding[v->n_findings++]
          = (struct rx_claim_finding){ .check = at,
                                       .claim = check->use[i].claim,
                                       .is_used = true,
                                       .said = check->use[i].said,
                                       .found
                                       = turn_round (check, i, &found) };
}

/* ---- the order: by claim, the gravest first, the estimate before other
   figures, a number before none; then as the checks are listed ----------- */

static int
compare (const struct rx_claim_finding *a, const struct rx_claim_finding *b)
{
  if (a->claim != b->claim)
    return a->claim < b->claim ? -1 : 1;
  if (a->found.verdict != b->found.verdict)
    return a->found.verdict > b->found.verdict ? -1 : 1;
  if ((a->said.part == RX_SAID_ESTIMATE) != (b->said.part == RX_SAID_ESTIMATE))
    return a->said.part == RX_SAID_ESTIMATE ? -1 : 1;
  if (isnan (a->found.value) != isnan (b->found.value))
    return isnan (b->found.value) ? -1 : 1;
  if (isnan (a->found.low) != isnan (b->found.low))
    return isnan (b->found.low) ? -1 : 1;
  return a < b ? -1 : 1; /* both are of one array */
}

static int
compare_pointers (const void *a, const void *b)
{
  return compare (*(const struct rx_claim_finding *const *)a,
                  *(const struct rx_claim_finding *const *)b);
}

static enum rx_status
sort_findings (struct rx_claim_verdicts *v, struct rx_error *err)
{
  const struct rx_claim_finding **sorted
      = rx_array (v->n_findings, sizeof *sorted);
  v->order = rx_array (v->n_findings, sizeof *v->order);
  if (sorted == NULL || v->order == NULL)
    {
      free (sorted);
      return rx_fail_memory (err);
    }
  for (size_t i = 0; i < v->n_findings; i++)
    sorted[i] = &v->finding[i];
  qsort (sorted, v->n_findings, sizeof *sorted, compare_pointers);
  for (size_t i = 0; i < v->n_findings; i++)
    v->order[i] = (size_t)(sorted[i] - v->finding);
  free (sorted);
  return RX_OK;
}

/* ---- words ------------------------------------------------------------ */

/* A number, or the month in which a decimal year lies; the end of a month is
   that month. */
static const char *
print (char out[FIGURE_SIZE], double x, bool is_date, bool is_end)
{
  double year = floor (x), month = floor ((x - year) * MONTHS + 1e-6);
  snprintf (out, FIGURE_SIZE, "%.*g", DIGITS, x);
  if (!is_date)
    return out;
  if (is_end && month == 0)
    {
      year--;
      month = MONTHS;
    }
  else if (!is_end)
    month++;
  snprintf (out, FIGURE_SIZE, "%.0f-%02.0f", year, month);
  return out;
}

static void
add_range (struct rx_text *out, const struct rx_claim_finding *finding)
{
  const struct rx_check_found *found = &finding->found;
  char low[FIGURE_SIZE], high[FIGURE_SIZE];
  bool date = finding->said.is_date;
  print (low, found->low, date, false);
  print (high, found->high, date, true);
  if (isnan (found->low) || (isinf (found->low) && isinf (found->high)))
    return;
  if (isinf (found->high))
    rx_text_addf (out, date ? "%s or later" : "%s or more", low);
  else if (isinf (found->low))
    rx_text_addf (out, date ? "%s or earlier" : "%s or less", high);
  else if (strcmp (low, high) == 0)
    rx_text_addz (out, low);
  else
    rx_text_addf (out, "%s to %s", low, high);
}

/* "p 0.0201", "974 or more"; nothing where nothing was computed. */
static void
add_computed (struct rx_text *out, const struct rx_claim_finding *finding)
{
  char value[FIGURE_SIZE];
  struct rx_text figure = { 0 };
  if (finding->said.part != RX_SAID_ESTIMATE)
    rx_text_addf (&figure, "%s ", rx_said_part_names[finding->said.part]);
  size_t before = figure.length;
  if (!isnan (finding->found.value))
    rx_text_addz (&figure, print (value, finding->found.value, false, false));
  else
    add_range (&figure, finding);
  if (figure.length > before)
    rx_text_addz (out, rx_text_string (&figure));
  out->failed = out->failed || figure.failed;
  rx_text_free (&figure);
}

static void
add_uses (struct rx_text *out, const struct rx_claims *claims,
          const struct rx_claim_finding *finding)
{
  const struct rx_claim_check *check = &claims->check[finding->check];
  rx_text_addf (out, "%s, %s", check->id, check->kind->name);
  if (check->n_uses == 0)
    return;
  rx_text_addz (out, " (");
  if (finding->is_used)
    rx_text_addz (out, claims->claim[check->claim].id);
  for (size_t i = 0; i < check->n_uses && !finding->is_used; i++)
    rx_text_addf (out, "%s%s", i > 0 ? "; " : "", check->use[i].words);
  rx_text_addc (out, ')');
}

static void
add_finding (struct rx_text *out, const struct rx_claims *claims,
             const struct rx_claim_finding *finding)
{
  const struct rx_check_found *found = &finding->found;
  struct rx_text range = { 0 };
  char value[FIGURE_SIZE];
  add_uses (out, claims, finding);
  rx_text_addf (out, ": %s", rx_verdict_names[found->verdict]);
  if (finding->said.part != RX_SAID_ESTIMATE)
    rx_text_addf (out, ", %s", rx_said_part_names[finding->said.part]);
  if (!isnan (found->value))
    rx_text_addf (out, ", %s", print (value, found->value, false, false));
  add_range (&range, finding);
  if (range.length > 0 && !(found->low == found->high))
    rx_text_addf (out, ", allowed %s", rx_text_string (&range));
  if (found->words[0] != '\0')
    rx_text_addf (out, ", %s", found->words);
  rx_text_addf (out, ". %s", claims->check[finding->check].reason);
  out->failed = out->failed || range.failed;
  rx_text_free (&range);
}

static enum rx_status
keep (struct rx_claim_verdicts *v, struct rx_text *text, const char **out,
      struct rx_error *err)
{
  *out = text->failed ? NULL
                      : rx_strings_addz (&v->strings, rx_text_string (text));
  rx_text_free (text);
  return *out == NULL ? rx_fail_memory (err) : RX_OK;
}

/* Of a claim that no check judges: which ones use it? */
static void
add_no_check (struct rx_text *out, const struct rx_claims *claims, size_t at)
{
  bool any = false;
  rx_text_addz (out, "No check judges it");
  for (size_t i = 0; i < claims->n_checks; i++)
    {
      const struct rx_claim_check *check = &claims->check[i];
      bool uses = false;
      for (size_t k = 0; k < check->n_uses; k++)
        uses = uses || check->use[k].claim == at;
      if (uses)
        rx_text_addf (out, "%s%s", any ? ", " : "; it is used by ", check->id);
      any = any || uses;
    }
  rx_text_addc (out, '.');
}

static enum rx_status
word_claim (struct rx_claim_verdicts *v, const struct rx_claims *claims,
            struct rx_claim_verdict *claim, struct rx_error *err)
{
  struct rx_text checks = { 0 }, computed = { 0 }, reason = { 0 };
  for (size_t i = 0; i < claim->n; i++)
    {
      const struct rx_claim_finding *finding
          = &v->finding[v->order[claim->first + i]];
      if (i == 0)
        add_computed (&computed, finding);
      rx_text_addf (&checks, "%s%s", i > 0 ? "," : "",
                    claims->check[finding->check].id);
      rx_text_addz (&reason, i > 0 ? " " : "");
      add_finding (&reason, claims, finding);
    }
  if (claim->n == 0)
    add_no_check (&reason, claims, (size_t)(claim - v->claim));
  enum rx_status status = keep (v, &checks, &claim->checks, err);
  if (keep (v, &computed, &claim->computed, err) != RX_OK
      || keep (v, &reason, &claim->reason, err) != RX_OK)
    status = err->status;
  return status;
}

/* ---- verdicts --------------------------------------------------------- */

static enum rx_status
judge_claims (struct rx_claim_verdicts *v, const struct rx_claims *claims,
              struct rx_error *err)
{
  size_t at = 0;
  for (size_t c = 0; c < claims->n; c++)
    {
      struct rx_claim_verdict *claim = &v->claim[c];
      claim->first = at;
      while (at < v->n_findings && v->finding[v->order[at]].claim == c)
        at++;
      claim->n = at - claim->first;
      if (claim->n > 0)
        claim->verdict = v->finding[v->order[claim->first]].found.verdict;
      v->count[claim->verdict]++;
      if (word_claim (v, claims, claim, err) != RX_OK)
        return err->status;
    }
  return RX_OK;
}

enum rx_status
rx_claim_verdicts_alloc (struct rx_claim_verdicts *verdicts,
                         const struct rx_claims *claims, struct rx_error *err)
{
  *verdicts = (struct rx_claim_verdicts){ 0 };
  verdicts->finding
      = rx_array (most_findings (claims), sizeof *verdicts->finding);
  verdicts->claim = rx_array (claims->n, sizeof *verdicts->claim);
  enum rx_status status = verdicts->finding == NULL || verdicts->claim == NULL
                              ? rx_fail_memory (err)
                              : RX_OK;
  for (size_t i = 0; status == RX_OK && i < claims->n_checks; i++)
    run_check (verdicts, claims, i);
  if (status == RX_OK)
    status = sort_findings (verdicts, err);
  if (status == RX_OK)
    status = judge_claims (verdicts, claims, err);
  if (status != RX_OK)
    rx_claim_verdicts_free (verdicts);
  return status;
}

void
rx_claim_verdicts_free (struct rx_claim_verdicts *verdicts)
{
  free (verdicts->finding);
  free (verdicts->order);
  free (verdicts->claim);
  rx_strings_free (&verdicts->strings);
  *verdicts = (struct rx_claim_verdicts){ 0 };
}

const struct rx_claim_finding *
rx_claim_deciding (const struct rx_claim_verdicts *verdicts, size_t claim)
{
  const struct rx_claim_verdict *v = &verdicts->claim[claim];
  return v->n > 0 ? &verdicts->finding[verdicts->order[v->first]] : NULL;
}
