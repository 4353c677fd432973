/* effect_from_summary.c: effects and variances from counts, means and SDs.

   Two by two, a of n1 against c of n2; 1/2 is added to all four cells of a
   study in which one is zero:
     log odds ratio   v = 1/a + 1/b + 1/c + 1/d
     log risk ratio   v = 1/a - 1/n1 + 1/c - 1/n2
     risk difference  v = p1 q1 / n1 + p2 q2 / n2
   Means: v = s1^2/n1 + s2^2/n2, or with the pooled SD s, s^2 (1/n1 + 1/n2);
   standardised (Hedges 1981): g = J (m1 - m2) / s, v = 1/n1 + 1/n2
   + g^2 / (2 (n1 + n2)).
   Crossover printed as two arms of the same N subjects (Cochrane Handbook 5.1,
   16.4.6; Elbourne et al. 2002, Int J Epidemiol 31:140-149):
   SDdiff^2 = s1^2 + s2^2 - 2 r s1 s2, v = SDdiff^2 / N; standardised by
   s = sqrt ((s1^2 + s2^2) / 2), v = (1/N + d^2/(2N)) 2 (1 - r).
   The same subjects twice, counts of pairs b = only 1, c = only 2 (Elbourne et
   al. 2002): log (b/c), v = 1/b + 1/c, conditional; marginal log risk ratio
   log ((a + b)/(a + c)), v = (b + c)/((a + b)(a + c)); risk difference
   (b - c)/n, v = (b + c - (b - c)^2/n) / n^2.  1/2 is added to all four cells
   of a study in which one is zero.
   One arm, x of n: p, v = pq/n; logit, v = 1/x + 1/(n - x); 1/2 added to both
   where one is zero.  asin sqrt p, v = 1/(4n).  Freeman & Tukey 1950 (Ann Math
   Stat 21:607-611): (asin sqrt (x/(n + 1)) + asin sqrt ((x + 1)/(n + 1))) / 2,
   v = 1/(4n + 2), turned back by Miller 1978 (Am Stat 32:138) with the
   harmonic mean of n.
   One group before and after (Becker 1988, Br J Math Stat Psychol 41:257-278):
   g = J (after - before) / SD before, v = 2 (1 - r) / n + g^2/(2n); by the SD
   of the change, v = 1/n + g^2/(2n).  Against a control group: the difference
   of two such, or by the pooled SD before (Morris 2008, Organ Res Methods
   11:364-386), v = 2 (1 - r) (1/n1 + 1/n2) + g^2 / (2 (n1 + n2)).

   By hand: 1 of 3 against 1 of 2 gives log odds ratio log (1/2), v = 3.5. */
#include "stats/effect_from_summary.h"

#include <gsl/gsl_sf_gamma.h>
#include <math.h>
#include <string.h>

double
rx_effect_unbiased (double m)
{
  return exp (gsl_sf_lnpoch ((m - 1) / 2, 0.5)) / sqrt (m / 2);
}

static double
square (double x)
{
  return x * x;
}

/* ---- counts ----------------------------------------------------------- */

struct cells
{
  double a, b, c, d;
  bool corrected;
};

static struct cells
correct (double a, double b, double c, double d)
{
  struct cells t = { a, b, c, d, false };
  t.corrected = !(t.a > 0 && t.b > 0 && t.c > 0 && t.d > 0);
  double half = t.corrected ? 0.5 : 0;
  t.a += half;
  t.b += half;
  t.c += half;
  t.d += half;
  return t;
}

static struct cells
cells_of (const double *x)
{
  return correct (x[0], x[1] - x[0], x[2], x[3] - x[2]);
}

static struct rx_effect
log_odds_ratio (const double *x)
{
  struct cells t = cells_of (x);
  return (struct rx_effect){ log (t.a * t.d / (t.b * t.c)),
                             1 / t.a + 1 / t.b + 1 / t.c + 1 / t.d,
                             t.corrected };
}

/* 1/a - 1/(a + b) = b / (a (a + b)) */
static struct rx_effect
log_risk_ratio (const double *x)
{
  struct cells t = cells_of (x);
  double n1 = t.a + t.b, n2 = t.c + t.d;
  return (struct rx_effect){ log (t.a * n2 / (t.c * n1)),
                             t.b / (t.a * n1) + t.d / (t.c * n2),
                             t.corrected };
}

static struct rx_effect
risk_difference (const double *x)
{
  struct cells t = cells_of (x);
  double n1 = t.a + t.b, n2 = t.c + t.d;
  return (struct rx_effect){ t.a / n1 - t.c / n2,
                             t.a * t.b / (n1 * n1 * n1)
                                 + t.c * t.d / (n2 * n2 * n2),
                             t.corrected };
}

/* ---- counts of pairs -------------------------------------------------- */

/* x: both, only1, only2, neither; as cells a, b, c, d */
static struct cells
pairs_of (const double *x)
{
  return correct (x[0], x[1], x[2], x[3]);
}

static struct rx_effect
paired_log_odds_ratio (const double *x)
{
  struct cells t = pairs_of (x);
  return (struct rx_effect){ log (t.b / t.c), 1 / t.b + 1 / t.c, t.corrected };
}

static struct rx_effect
paired_log_risk_ratio (const double *x)
{
  struct cells t = pairs_of (x);
  return (struct rx_effect){ log ((t.a + t.b) / (t.a + t.c)),
                             (t.b + t.c) / ((t.a + t.b) * (t.a + t.c)),
                             t.corrected };
}

/* b + c - (b - c)^2/n = (4bc + (b + c)(a + d)) / n */
static struct rx_effect
paired_risk_difference (const double *x)
{
  struct cells t = pairs_of (x);
  double n = t.a + t.b + t.c + t.d;
  return (struct rx_effect){ (t.b - t.c) / n,
                             (4 * t.b * t.c + (t.b + t.c) * (t.a + t.d))
                                 / (n * n * n),
                             t.corrected };
}

/* ---- one arm ---------------------------------------------------------- */

struct arm
{
  double yes, no;
  bool corrected;
};

/* x: events, n */
static struct arm
arm_of (const double *x)
{
  struct arm t = { x[0], x[1] - x[0], false };
  t.corrected = !(t.yes > 0 && t.no > 0);
  t.yes += t.corrected ? 0.5 : 0;
  t.no += t.corrected ? 0.5 : 0;
  return t;
}

static struct rx_effect
proportion (const double *x)
{
  struct arm t = arm_of (x);
  double n = t.yes + t.no;
  return (struct rx_effect){ t.yes / n, t.yes * t.no / (n * n * n),
                             t.corrected };
}

static struct rx_effect
logit_proportion (const double *x)
{
  struct arm t = arm_of (x);
  return (struct rx_effect){ log (t.yes / t.no), 1 / t.yes + 1 / t.no,
                             t.corrected };
}

static struct rx_effect
arcsine_proportion (const double *x)
{
  return (struct rx_effect){ asin (sqrt (x[0] / x[1])), 1 / (4 * x[1]),
                             false };
}

static double
double_arcsine (double events, double n)
{
  return (asin (sqrt (events / (n + 1)))
          + asin (sqrt ((events + 1) / (n + 1))))
         / 2;
}

static struct rx_effect
freeman_tukey (const double *x)
{
  return (struct rx_effect){ double_arcsine (x[0], x[1]), 1 / (4 * x[1] + 2),
                             false };
}

static double
from_logit (double y, double n)
{
  (void)n;
  return y < 0 ? exp (y) / (1 + exp (y)) : 1 / (1 + exp (-y));
}

/* Beyond the ends of the scale, 0 or 1. */
static double
from_arcsine (double y, double n)
{
  (void)n;
  return isnan (y) ? NAN : y < 0 ? 0 : y > M_PI / 2 ? 1 : square (sin (y));
}

/* Miller 1978; beyond the value of none or of all events, 0 or 1. */
static double
from_double_arcsine (double y, double n)
{
  if (isnan (y))
    return NAN;
  if (y < double_arcsine (0, n))
    return 0;
  if (y > double_arcsine (n, n))
    return 1;
  double s = sin (2 * y), root = s + (s - 1 / s) / n;
  return (1 - copysign (sqrt (fmax (0, 1 - square (root))), cos (2 * y))) / 2;
}

/* ---- two groups ------------------------------------------------------- */

/* x: n1, mean1, sd1, n2, mean2, sd2 */
static double
pooled_variance (double n1, double sd1, double n2, double sd2)
{
  return ((n1 - 1) * square (sd1) + (n2 - 1) * square (sd2)) / (n1 + n2 - 2);
}

static struct rx_effect
mean_difference (const double *x)
{
  return (struct rx_effect){ x[1] - x[4],
                             square (x[2]) / x[0] + square (x[5]) / x[3],
                             false };
}

static struct rx_effect
mean_difference_pooled (const double *x)
{
  double s2 = pooled_variance (x[0], x[2], x[3], x[5]);
  return (struct rx_effect){ x[1] - x[4], s2 * (1 / x[0] + 1 / x[3]), false };
}

static struct rx_effect
standardised (const double *x)
{
  double n1 = x[0], n2 = x[3];
  double s = sqrt (pooled_variance (n1, x[2], n2, x[5]));
  double g = rx_effect_unbiased (n1 + n2 - 2) * (x[1] - x[4]) / s;
  return (struct rx_effect){ g, 1 / n1 + 1 / n2 + square (g) / (2 * (n1 + n2)),
                             false };
}

/* ---- a crossover printed as two arms ---------------------------------- */

/* SD of a difference, without the cancellation of near 1 correlations. */
static double
change_variance (double s1, double s2, double r)
{
  return square (s1 - s2) + 2 * (1 - r) * s1 * s2;
}

/* x: n, mean1, sd1, mean2, sd2, r */
static struct rx_effect
crossover_mean_difference (const double *x)
{
  return (struct rx_effect){ x[1] - x[3],
                             change_variance (x[2], x[4], x[5]) / x[0],
                             false };
}

static struct rx_effect
crossover_standardised (const double *x)
{
  double d = (x[1] - x[3]) / sqrt ((square (x[2]) + square (x[4])) / 2);
  double v = (1 / x[0] + square (d) / (2 * x[0])) * 2 * (1 - x[5]);
  return (struct rx_effect){ d, v, false };
}

/* ---- before and after ------------------------------------------------- */

/* x: n, before, after, sd_before, sd_after, r: the crossover's with the second
   arm first */
static void
as_arms (const double *x, double *arms)
{
  const double order[] = { x[0], x[2], x[4], x[1], x[3], x[5] };
  for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
    arms[i] = order[i];
}

static struct rx_effect
change_mean (const double *x)
{
  double arms[6];
  as_arms (x, arms);
  return crossover_mean_difference (arms);
}

static struct rx_effect
change_average (const double *x)
{
  double arms[6];
  as_arms (x, arms);
  return crossover_standardised (arms);
}

/* n, before, after, SD before, SD after, r */
static struct rx_effect
change_by_pretest (double n, double before, double after, double sd, double r)
{
  double g = rx_effect_unbiased (n - 1) * (after - before) / sd;
  return (struct rx_effect){ g, 2 * (1 - r) / n + square (g) / (2 * n),
                             false };
}

static struct rx_effect
change_by_change (double n, double before, double after, double sd_before,
                  double sd_after, double r)
{
  double sd = sqrt (change_variance (sd_before, sd_after, r));
  double g = rx_effect_unbiased (n - 1) * (after - before) / sd;
  return (struct rx_effect){ g, 1 / n + square (g) / (2 * n), false };
}

/* x: n, mean_before, mean_after, sd_before, r */
static struct rx_effect
pretest_one (const double *x)
{
  return change_by_pretest (x[0], x[1], x[2], x[3], x[4]);
}

/* x: n, mean_before, mean_after, sd_before, sd_after, r */
static struct rx_effect
change_one (const double *x)
{
  return change_by_change (x[0], x[1], x[2], x[3], x[4], x[5]);
}

static struct rx_effect
difference (struct rx_effect a, struct rx_effect b)
{
  return (struct rx_effect){ a.y - b.y, a.v + b.v, false };
}

/* x: n1, before1, after1, sd_before1, n2, before2, after2, sd_before2, r */
static struct rx_effect
pretest_two (const double *x)
{
  return difference (change_by_pretest (x[0], x[1], x[2], x[3], x[8]),
                     change_by_pretest (x[4], x[5], x[6], x[7], x[8]));
}

/* x: n1, before1, after1, sd_before1, sd_after1, the same of group 2, r */
static struct rx_effect
change_two (const double *x)
{
  return difference (change_by_change (x[0], x[1], x[2], x[3], x[4], x[10]),
                     change_by_change (x[5], x[6], x[7], x[8], x[9], x[10]));
}

/* Morris 2008, eq. 8: d_ppc2; its x is that of pretest_two. */
static struct rx_effect
pretest_pooled (const double *x)
{
  double n1 = x[0], n2 = x[4];
  double s = sqrt (pooled_variance (n1, x[3], n2, x[7]));
  double change = (x[2] - x[1]) - (x[6] - x[5]);
  double g = rx_effect_unbiased (n1 + n2 - 2) * change / s;
  return (struct rx_effect){
    g, 2 * (1 - x[8]) * (1 / n1 + 1 / n2) + square (g) / (2 * (n1 + n2)), false
  };
}

/* ---- the table -------------------------------------------------------- */

#define COUNTS                                                                \
  {                                                                           \
    { "events1", RX_INPUT_EVENTS }, { "n1", RX_INPUT_TOTAL },                 \
        { "events2", RX_INPUT_EVENTS },                                       \
    {                                                                         \
      "n2", RX_INPUT_TOTAL                                                    \
    }                                                                         \
  }
#define MEANS                                                                 \
  {                                                                           \
    { "n1", RX_INPUT_N }, { "mean1", RX_INPUT_MEAN }, { "sd1", RX_INPUT_SD }, \
        { "n2", RX_INPUT_N }, { "mean2", RX_INPUT_MEAN },                     \
    {                                                                         \
      "sd2", RX_INPUT_SD                                                      \
    }                                                                         \
  }
#define ARMS                                                                  \
  {                                                                           \
    { "n", RX_INPUT_N }, { "mean1", RX_INPUT_MEAN }, { "sd1", RX_INPUT_SD },  \
        { "mean2", RX_INPUT_MEAN }, { "sd2", RX_INPUT_SD },                   \
    {                                                                         \
      "r", RX_INPUT_R                                                         \
    }                                                                         \
  }
#define PRETESTS                                                              \
  {                                                                           \
    { "n1", RX_INPUT_N }, { "before1", RX_INPUT_MEAN },                       \
        { "after1", RX_INPUT_MEAN }, { "sd_before1", RX_INPUT_SD },           \
        { "n2", RX_INPUT_N }, { "before2", RX_INPUT_MEAN },                   \
        { "after2", RX_INPUT_MEAN }, { "sd_before2", RX_INPUT_SD },           \
    {                                                                         \
      "r", RX_INPUT_R                                                         \
    }                                                                         \
  }

#define PAIRS                                                                 \
  {                                                                           \
    { "both", RX_INPUT_COUNT }, { "only1", RX_INPUT_COUNT },                  \
        { "only2", RX_INPUT_COUNT },                                          \
    {                                                                         \
      "neither", RX_INPUT_COUNT                                               \
    }                                                                         \
  }
#define ARM                                                                   \
  {                                                                           \
    { "events", RX_INPUT_EVENTS }, { "n", RX_INPUT_TOTAL }                    \
  }
#define CHANGE                                                                \
  {                                                                           \
    { "n", RX_INPUT_N }, { "before", RX_INPUT_MEAN },                         \
        { "after", RX_INPUT_MEAN }, { "sd_before", RX_INPUT_SD },             \
        { "sd_after", RX_INPUT_SD },                                          \
    {                                                                         \
      "r", RX_INPUT_R                                                         \
    }                                                                         \
  }

/* Who is observed twice under two treatments, and who before and after. */
#define TWICE (RX_EFFECT_CROSSOVER | RX_EFFECT_PAIRED)
#define OVER_TIME (RX_EFFECT_BEFORE_AFTER | RX_EFFECT_SINGLE_ARM)

const struct rx_effect_kind rx_effect_kinds[] = {
  { "log-odds-ratio", "Log odds ratio from events and totals", COUNTS, 4,
    log_odds_ratio, true, "log-odds-ratio", RX_EFFECT_PARALLEL, NULL },
  { "log-risk-ratio", "Log risk ratio from events and totals", COUNTS, 4,
    log_risk_ratio, true, "log-risk-ratio", RX_EFFECT_PARALLEL, NULL },
  { "risk-difference", "Risk difference from events and totals", COUNTS, 4,
    risk_difference, false, "risk-difference", RX_EFFECT_PARALLEL, NULL },
  { "mean-difference", "Mean difference, a variance per group", MEANS, 6,
    mean_difference, false, "mean-difference", RX_EFFECT_PARALLEL, NULL },
  { "mean-difference-pooled", "Mean difference, pooled variance", MEANS, 6,
    mean_difference_pooled, false, NULL, 0, NULL },
  { "smd", "Standardised mean difference, Hedges g", MEANS, 6, standardised,
    false, "smd", RX_EFFECT_PARALLEL, NULL },
  { "crossover-mean-difference",
    "Mean difference of a crossover trial printed as two arms", ARMS, 6,
    crossover_mean_difference, false, "mean-difference", TWICE, NULL },
  { "crossover-smd",
    "Standardised mean difference of a crossover trial printed as two arms",
    ARMS, 6, crossover_standardised, false, "smd", TWICE, NULL },
  { "change-pretest",
    "Change within a group by the SD before",
    { { "n", RX_INPUT_N },
      { "before", RX_INPUT_MEAN },
      { "after", RX_INPUT_MEAN },
      { "sd_before", RX_INPUT_SD },
      { "r", RX_INPUT_R } },
    5,
    pretest_one,
    false,
    NULL,
    0,
    NULL },
  { "change-change", "Change within a group by the SD of the change", CHANGE,
    6, change_one, false, NULL, 0, NULL },
  { "change-pretest-difference",
    "Change against a control group, each by its SD before", PRETESTS, 9,
    pretest_two, false, NULL, 0, NULL },
  { "change-change-difference",
    "Change against a control group, each by its SD of the change",
    { { "n1", RX_INPUT_N },
      { "before1", RX_INPUT_MEAN },
      { "after1", RX_INPUT_MEAN },
      { "sd_before1", RX_INPUT_SD },
      { "sd_after1", RX_INPUT_SD },
      { "n2", RX_INPUT_N },
      { "before2", RX_INPUT_MEAN },
      { "after2", RX_INPUT_MEAN },
      { "sd_before2", RX_INPUT_SD },
      { "sd_after2", RX_INPUT_SD },
      { "r", RX_INPUT_R } },
    11,
    change_two,
    false,
    NULL,
    0,
    NULL },
  { "change-pretest-pooled",
    "Change against a control group by the pooled SD before", PRETESTS, 9,
    pretest_pooled, false, NULL, 0, NULL },
  { "change-mean", "Mean change within a group", CHANGE, 6, change_mean, false,
    "mean-difference", OVER_TIME, NULL },
  { "change-average",
    "Change within a group by the average of the SDs before and after", CHANGE,
    6, change_average, false, "smd", OVER_TIME, NULL },
  { "paired-log-odds-ratio", "Conditional log odds ratio from counts of pairs",
    PAIRS, 4, paired_log_odds_ratio, true, "log-odds-ratio", TWICE | OVER_TIME,
    NULL },
  { "paired-log-risk-ratio", "Log risk ratio from counts of pairs", PAIRS, 4,
    paired_log_risk_ratio, true, "log-risk-ratio", TWICE | OVER_TIME, NULL },
  { "paired-risk-difference", "Risk difference from counts of pairs", PAIRS, 4,
    paired_risk_difference, false, "risk-difference", TWICE | OVER_TIME,
    NULL },
  { "proportion", "Proportion of one arm", ARM, 2, proportion, false,
    "proportion", RX_EFFECT_SINGLE_ARM, NULL },
  { "logit-proportion", "Logit of the proportion of one arm", ARM, 2,
    logit_proportion, false, "logit-proportion", RX_EFFECT_SINGLE_ARM,
    from_logit },
  { "arcsine-proportion", "Arcsine of the root of the proportion of one arm",
    ARM, 2, arcsine_proportion, false, "arcsine-proportion",
    RX_EFFECT_SINGLE_ARM, from_arcsine },
  { "freeman-tukey", "Double arcsine of the proportion of one arm", ARM, 2,
    freeman_tukey, false, "freeman-tukey", RX_EFFECT_SINGLE_ARM,
    from_double_arcsine },
};
const size_t rx_n_effect_kinds
    = sizeof rx_effect_kinds / sizeof rx_effect_kinds[0];

const struct rx_effect_kind *
rx_effect_kind_find (const char *name)
{
  for (size_t i = 0; i < rx_n_effect_kinds; i++)
    if (strcmp (rx_effect_kinds[i].name, name) == 0)
      return &rx_effect_kinds[i];
  return NULL;
}

const struct rx_effect_design_name rx_effect_designs[] = {
  { "parallel", RX_EFFECT_PARALLEL },
  { "crossover", RX_EFFECT_CROSSOVER },
  { "paired", RX_EFFECT_PAIRED },
  { "before-after", RX_EFFECT_BEFORE_AFTER },
  { "single-arm", RX_EFFECT_SINGLE_ARM },
};
const size_t rx_n_effect_designs
    = sizeof rx_effect_designs / sizeof rx_effect_designs[0];

const struct rx_effect_kind *
rx_effect_kind_for (const char *measure, enum rx_effect_design design)
{
  for (size_t i = 0; i < rx_n_effect_kinds; i++)
    {
      const struct rx_effect_kind *kind = &rx_effect_kinds[i];
      if (kind->measure != NULL && strcmp (kind->measure, measure) == 0
          && (kind->designs & design) != 0)
        return kind;
    }
  return NULL;
}

bool
rx_effect_is_two_by_two (const struct rx_effect_kind *kind)
{
  return kind->n_inputs == 4 && kind->input[0].kind == RX_INPUT_EVENTS;
}

bool
rx_effect_is_one_arm (const struct rx_effect_kind *kind)
{
  return kind->n_inputs == 2 && kind->input[0].kind == RX_INPUT_EVENTS;
}

static bool
is_whole (double x, double least)
{
  return x >= least && x <= 1e15 && !(floor (x) < x);
}

const char *
rx_effect_input_fault (const struct rx_effect_kind *kind, const double *x,
                       size_t at)
{
  switch (kind->input[at].kind)
    {
    case RX_INPUT_MEAN:
      return NULL;
    case RX_INPUT_SD:
      return x[at] > 0 ? NULL : "a standard deviation above 0";
    case RX_INPUT_N:
      return is_whole (x[at], 2) ? NULL : "a whole number, 2 or more";
    case RX_INPUT_TOTAL:
      return is_whole (x[at], 1) ? NULL : "a whole number, 1 or more";
    case RX_INPUT_COUNT:
      if (at == 0 && !(x[0] + x[1] + x[2] + x[3] > 0))
        return "counts of pairs that are not all 0";
      return is_whole (x[at], 0) ? NULL : "a whole number, 0 or more";
    case RX_INPUT_EVENTS:
      return is_whole (x[at], 0) && x[at] <= x[at + 1]
                 ? NULL
                 : "a whole number from 0 to the total";
    case RX_INPUT_R:
      return x[at] > -1 && x[at] < 1 ? NULL : "a correlation between -1 and 1";
    }
  return NULL;
}
