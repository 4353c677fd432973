/* printed_effect_size.c: standardised differences of printed comparisons, with
   the ranges that rounding allows.

   Terms, paired and crossover: dz = d / SD_diff, gz = J dz; with sd1 and sd2
   dav-mean-sd = d / ((sd1 + sd2) / 2), dav-rms-sd = d / sqrt ((sd1^2 +
   sd2^2) / 2), gav = J dav-mean-sd; parallel: d = difference / pooled SD, g =
   J d.  J is Hedges' correction at the degrees of freedom of the comparison;
   no row where these are not known.

   Lakens, Front Psychol 2013;4:863; J: stats/standardised.c. */
#include "methods/printed_test.h"
#include "stats/standardised.h"

#include <math.h>

struct range
{
  double value, low, high;
};

static struct range
range_of (const struct rx_rebuilt *x)
{
  return (struct range){ x->value, x->low, x->high };
}

/* x / y over the box, y > 0. */
static struct range
divide (struct range x, struct range y)
{
  return (struct range){ x.value / y.value,
                         fmin (x.low / y.low, x.low / y.high),
                         fmax (x.high / y.low, x.high / y.high) };
}

static struct range
times (struct range x, double factor)
{
  return (struct range){ x.value * factor, x.low * factor, x.high * factor };
}

static double
mean_sd (double a, double b)
{
  return (a + b) / 2;
}

static double
rms_sd (double a, double b)
{
  return sqrt ((a * a + b * b) / 2);
}

static struct range
both_sds (const struct rx_printed_result *result,
          double (*join) (double, double))
{
  const struct rx_printed *a = &result->figure[RX_SAYS_SD1];
  const struct rx_printed *b = &result->figure[RX_SAYS_SD2];
  return (struct range){ join (a->value, b->value),
                         join (fmax (a->low, 0), fmax (b->low, 0)),
                         join (a->high, b->high) };
}

struct adding
{
  const struct rx_printed_result *result;
  double df;
  struct rx_rows *rows;
  struct rx_error *err;
};

static enum rx_status
add (const struct adding *to, const char *term, struct range x)
{
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  if (isnan (x.low) || isnan (x.high))
    return RX_OK;
  row.n = rx_printed_n (to->result);
  row.df = to->df;
  row.estimate = isfinite (x.value) ? x.value : NAN;
  row.conf_low = x.low;
  row.conf_high = x.high;
  rx_note_add (&note, "implied");
  return rx_printed_row_add (to->rows, row, to->result, "printed-effect-size",
                             term, &note, to->err);
}

static enum rx_status
add_average (const struct adding *to, struct range d, double j)
{
  struct range mean = divide (d, both_sds (to->result, mean_sd));
  if (add (to, "dav-mean-sd", mean) != RX_OK
      || add (to, "dav-rms-sd", divide (d, both_sds (to->result, rms_sd)))
             != RX_OK
      || (!isnan (j) && add (to, "gav", times (mean, j)) != RX_OK))
    return to->err->status;
  return RX_OK;
}

static enum rx_status
check_result (const struct rx_printed_result *result,
              const struct rx_method_options *options, struct rx_rows *rows,
              struct rx_error *err)
{
  struct rx_printed_test test;
  struct rx_rebuilt_joint joint;
  if (rx_printed_is_ratio (result)
      || !rx_printed_test_of (result, options->level, &test) || !(test.df > 0))
    return RX_OK;
  rx_rebuild_joint (&test, &joint);
  if (!joint.possible)
    return RX_OK;
  bool known_df = isfinite (test.df) && test.df > 1;
  struct adding to = { result, known_df ? test.df : NAN, rows, err };
  double j = known_df ? rx_hedges_j (test.df) : NAN;
  bool parallel = result->design == RX_PRINTED_PARALLEL;
  const struct rx_rebuilt *dz = &joint.term[RX_REBUILT_DZ];
  const struct rx_rebuilt *d = &joint.term[RX_REBUILT_DIFFERENCE];
  if (dz->check != RX_REBUILT_UNKNOWN
      && (add (&to, parallel ? "d" : "dz", range_of (dz)) != RX_OK
          || (!isnan (j)
              && add (&to, parallel ? "g" : "gz", times (range_of (dz), j))
                     != RX_OK)))
    return err->status;
  bool arms = !parallel && rx_printed_equal (result, RX_SAYS_SD1)
              && rx_printed_equal (result, RX_SAYS_SD2);
  bool box = d->check != RX_REBUILT_UNKNOWN;
  const struct rx_printed *printed = &test.printed[RX_REBUILT_DIFFERENCE];
  if (!arms || (!box && printed->kind != RX_PRINTED_EQUAL))
    return RX_OK;
  return add_average (
      &to,
      box ? range_of (d)
          : (struct range){ printed->value, printed->low, printed->high },
      j);
}

const struct rx_method rx_method_printed_effect_size = {
  .name = "printed-effect-size",
  .title = "Standardised differences of printed comparisons",
  .source = "Lakens, Front Psychol 2013;4:863",
  .words = "Standardised differences were computed from the printed figures, "
           "with the ranges that rounding allows.",
  .printed = check_result,
  .on_request = true,
};
