/* sequence_set.c: the table of sets of sequences.

   Williams (1949): the first sequence is 1, 2, t, 3, t - 1, ...; the others
   add 1, 2, ... to it; for an odd number of treatments their mirror images
   come too.  Each treatment then follows each other one equally often.

   Orthogonal Latin squares for a prime or a power of a prime, t: sequence
   (a, i) gives in period j the treatment i + a j, reckoned in the field of t
   elements, a not 0.  In any two periods each ordered pair of treatments is
   there once, so that the first p periods make a balanced incomplete block
   design.  Patterson, J R Stat Soc B 1951;13:256-271. */
#include "designs/sequence_set.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

void
rx_sequence_list_free (struct rx_sequence_list *list)
{
  free (list->treatment);
  *list = (struct rx_sequence_list){ 0 };
}

static enum rx_status
allocate (struct rx_sequence_list *list, size_t n, size_t periods,
          struct rx_error *err)
{
  if (n * periods > RX_SEQUENCE_MOST)
    return rx_fail (err, RX_EUSAGE,
                    "design: %zu sequences of %zu periods are more than a "
                    "design may have",
                    n, periods);
  list->n = n;
  list->periods = periods;
  list->treatment = rx_array (n * periods, sizeof *list->treatment);
  return list->treatment != NULL ? RX_OK : rx_fail_memory (err);
}

/* Sets whose periods follow from the treatments. */
static enum rx_status
need_periods (const struct rx_sequence_list *list, size_t periods,
              struct rx_error *err)
{
  if (list->periods == 0 || list->periods == periods)
    return RX_OK;
  return rx_fail (err, RX_EUSAGE,
                  "design: found %zu periods, expected %zu for %zu treatments",
                  list->periods, periods, list->treatments);
}

static enum rx_status
make_latin (struct rx_sequence_list *list, struct rx_error *err)
{
  size_t t = list->treatments;
  if (need_periods (list, t, err) != RX_OK
      || allocate (list, t, t, err) != RX_OK)
    return err->status;
  for (size_t s = 0; s < t; s++)
    for (size_t p = 0; p < t; p++)
      list->treatment[s * t + p] = (s + p) % t;
  return RX_OK;
}

static enum rx_status
make_williams (struct rx_sequence_list *list, struct rx_error *err)
{
  size_t t = list->treatments;
  bool odd = t % 2 == 1;
  if (need_periods (list, t, err) != RX_OK
      || allocate (list, odd ? 2 * t : t, t, err) != RX_OK)
    return err->status;
  for (size_t s = 0; s < t; s++)
    for (size_t p = 0; p < t; p++)
      {
        size_t first = p % 2 == 1 ? (p + 1) / 2 : (t - p / 2) % t;
        list->treatment[s * t + p] = (first + s) % t;
      }
  for (size_t s = t; s < list->n; s++)
    for (size_t p = 0; p < t; p++)
      list->treatment[s * t + p] = list->treatment[(s - t) * t + t - 1 - p];
  return RX_OK;
}

/* Fields of a prime power of elements: base^degree, the element sum of d_k
   base^k having the digits d_k; x^degree = reduce, in digits. */
static const struct field
{
  size_t elements, base, degree, reduce;
} fields[] = {
  { 2, 2, 1, 0 },   { 3, 3, 1, 0 },   { 4, 2, 2, 3 },  /* x^2 = x + 1 */
  { 5, 5, 1, 0 },   { 7, 7, 1, 0 },   { 8, 2, 3, 3 },  /* x^3 = x + 1 */
  { 9, 3, 2, 2 },                                      /* x^2 = 2 */
  { 11, 11, 1, 0 }, { 13, 13, 1, 0 }, { 16, 2, 4, 3 }, /* x^4 = x + 1 */
};

static size_t
add (const struct field *f, size_t a, size_t b)
{
  size_t sum = 0, unit = 1;
  for (size_t k = 0; k < f->degree; k++, unit *= f->base)
    sum += (a / unit + b / unit) % f->base * unit;
  return sum;
}

/* c a for a number c < base. */
static size_t
times (const struct field *f, size_t c, size_t a)
{
  size_t product = 0;
  for (size_t i = 0; i < c; i++)
    product = add (f, product, a);
  return product;
}

/* a b, by Horner's rule in the digits of b. */
static size_t
multiply (const struct field *f, size_t a, size_t b)
{
  size_t product = 0, top = f->elements / f->base;
  for (size_t unit = top; unit > 0; unit /= f->base)
    {
      size_t carry = product / top; /* times x */
      product = f->degree == 1 ? 0
                               : add (f, product % top * f->base,
                                      times (f, carry, f->reduce));
      product = add (f, product, times (f, b / unit % f->base, a));
    }
  return product;
}

static enum rx_status
make_orthogonal (struct rx_sequence_list *list, struct rx_error *err)
{
  size_t t = list->treatments;
  size_t periods = list->periods == 0 ? t : list->periods;
  const struct field *f = NULL;
  for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
    if (fields[i].elements == t)
      f = &fields[i];
  if (f == NULL)
    return rx_fail (err, RX_EUSAGE,
                    "design: found %zu treatments, expected a prime or a "
                    "power of a prime up to 16 for orthogonal Latin squares",
                    t);
  if (periods < 2 || periods > t)
    return rx_fail (err, RX_EUSAGE,
                    "design: found %zu periods, expected 2 to %zu", periods,
                    t);
  if (allocate (list, t * (t - 1), periods, err) != RX_OK)
    return err->status;
  for (size_t a = 1; a < t; a++)
    for (size_t i = 0; i < t; i++)
      for (size_t p = 0; p < periods; p++)
        list->treatment[((a - 1) * t + i) * periods + p]
            = add (f, i, multiply (f, a, p));
  return RX_OK;
}

static enum rx_status
make_pairs (struct rx_sequence_list *list, struct rx_error *err)
{
  size_t t = list->treatments, s = 0;
  if (need_periods (list, 2, err) != RX_OK
      || allocate (list, t * (t - 1), 2, err) != RX_OK)
    return err->status;
  for (size_t i = 0; i < t; i++)
    for (size_t j = 0; j < t; j++)
      if (i != j)
        {
          list->treatment[2 * s] = i;
          list->treatment[2 * s++ + 1] = j;
        }
  return RX_OK;
}

/* Every way to order the two treatments within each of the pairs. */
static enum rx_status
make_n_of_1 (struct rx_sequence_list *list, struct rx_error *err)
{
  size_t periods = list->periods == 0 ? 6 : list->periods;
  if (periods % 2 == 1 || periods > 20)
    return rx_fail (err, RX_EUSAGE,
                    "design: found %zu periods, expected an even number up "
                    "to 20 for pairs of periods",
                    periods);
  if (allocate (list, (size_t)1 << periods / 2, periods, err) != RX_OK)
    return err->status;
  for (size_t s = 0; s < list->n; s++)
    for (size_t p = 0; p < periods; p++)
      list->treatment[s * periods + p]
          = (s >> (periods / 2 - 1 - p / 2) & 1) ^ (p & 1);
  return RX_OK;
}

/* clang-format off */
const struct rx_sequence_set rx_sequence_sets[] = {
  { "ab-ba", "two treatments, two periods",
    "Hills & Armitage 1979, Br J Clin Pharmacol 8:7-20", "AB, BA", 2, NULL },
  { "balaam", "two treatments, two periods, all four sequences",
    "Balaam 1968, Biometrics 24:61-73", "AB, BA, AA, BB", 2, NULL },
  { "abb-baa", "two treatments, three periods, the second repeated",
    "Jones & Kenward 2014, chapter 3", "ABB, BAA", 2, NULL },
  { "aba-bab", "two treatments, three periods, the first repeated (TRT, RTR)",
    "Jones & Kenward 2014, chapter 3", "ABA, BAB", 2, NULL },
  { "partial-replicate", "one treatment once, the other twice (TRR, RTR, RRT)",
    "EMA 2010, CPMP/EWP/QWP/1401/98 Rev. 1", "ABB, BAB, BBA", 2, NULL },
  { "abab-baba", "two treatments, four periods, alternating (TRTR, RTRT)",
    "Jones & Kenward 2014, chapter 3", "ABAB, BABA", 2, NULL },
  { "abba-baab", "two treatments, four periods (TRRT, RTTR)",
    "Jones & Kenward 2014, chapter 3", "ABBA, BAAB", 2, NULL },
  { "aabb-bbaa", "two treatments, four periods, changed once",
    "Jones & Kenward 2014, chapter 3", "AABB, BBAA", 2, NULL },
  { "four-sequence-replicate", "TRTR, RTRT, TRRT, RTTR",
    "Jones & Kenward 2014, chapter 3", "ABAB, BABA, ABBA, BAAB", 2, NULL },
  { "latin-square", "every treatment once per subject and period, cyclic",
    "Cochran & Cox 1957, Experimental Designs, chapter 4", NULL, 0,
    make_latin },
  { "williams", "Latin squares balanced for first-order carryover",
    "Williams 1949, Aust J Sci Res A 2:149-168", NULL, 0, make_williams },
  { "orthogonal", "orthogonal Latin squares; with fewer periods, incomplete "
    "blocks", "Patterson 1951, J R Stat Soc B 13:256-271", NULL, 0,
    make_orthogonal },
  { "pairs", "two periods, every ordered pair of treatments",
    "Patterson 1951, J R Stat Soc B 13:256-271", NULL, 0, make_pairs },
  { "n-of-1", "pairs of periods in one patient, ordered at random in each",
    "Guyatt et al. 1986, N Engl J Med 314:889-892", NULL, 2, make_n_of_1 },
};
/* clang-format on */
const size_t rx_n_sequence_sets
    = sizeof rx_sequence_sets / sizeof rx_sequence_sets[0];

const struct rx_sequence_set *
rx_sequence_set_find (const char *name)
{
  for (size_t i = 0; i < rx_n_sequence_sets; i++)
    if (strcmp (rx_sequence_sets[i].name, name) == 0)
      return &rx_sequence_sets[i];
  return NULL;
}

enum rx_status
rx_sequence_set_make (const struct rx_sequence_set *set, size_t treatments,
                      size_t periods, struct rx_sequence_list *list,
                      struct rx_error *err)
{
  if (set->treatments > 0 && treatments > 0 && treatments != set->treatments)
    return rx_fail (err, RX_EUSAGE,
                    "design: found %zu treatments, expected %zu for %s",
                    treatments, set->treatments, set->name);
  if (treatments == 0)
    treatments = set->treatments;
  if (treatments == 0)
    return rx_fail (err, RX_EUSAGE,
                    "design: %s needs --treatments, a number or names",
                    set->name);
  if (set->make == NULL)
    {
      size_t asked = periods;
      if (rx_sequence_list_read (list, set->sequences, NULL, err) != RX_OK)
        return err->status;
      return asked == 0 || asked == list->periods
                 ? RX_OK
                 : rx_fail (err, RX_EUSAGE,
                            "design: found %zu periods, expected %zu for %s",
                            asked, list->periods, set->name);
    }
  *list = (struct rx_sequence_list){ .treatments = treatments,
                                     .periods = periods };
  return set->make (list, err);
}

static bool
is_between (char c)
{
  return c == ',' || c == ' ';
}

/* The letters of the text, sorted, each once. */
static void
find_labels (const char *text, char labels[RX_SEQUENCE_TREATMENTS + 2])
{
  bool found[256] = { false };
  size_t n = 0;
  for (const char *s = text; *s != '\0'; s++)
    if (!is_between (*s))
      found[(unsigned char)*s] = true;
  for (size_t c = 0; c < 256 && n <= RX_SEQUENCE_TREATMENTS; c++)
    if (found[c])
      labels[n++] = (char)c;
  labels[n] = '\0';
}

static size_t
next_length (const char **text)
{
  while (is_between (**text))
    (*text)++;
  return strcspn (*text, ", ");
}

enum rx_status
rx_sequence_list_read (struct rx_sequence_list *list, const char *text,
                       const char *labels, struct rx_error *err)
{
  char own[RX_SEQUENCE_TREATMENTS + 2];
  char quoted[RX_QUOTED_SIZE];
  size_t n = 0, periods = 0;
  if (labels == NULL)
    {
      find_labels (text, own);
      labels = own;
    }
  const char *s = text;
  for (size_t length; (length = next_length (&s)) > 0; s += length, n++)
    {
      periods = n == 0 ? length : periods;
      if (length != periods)
        return rx_fail (err, RX_EUSAGE,
                        "design: found %s, expected a sequence of %zu periods "
                        "as the first one",
                        rx_quote (quoted, s, length), periods);
    }
  size_t t = strlen (labels);
  if (periods < 2 || t < 2 || t > RX_SEQUENCE_TREATMENTS)
    return rx_fail (err, RX_EUSAGE,
                    "design: found %s, expected sequences of two or more "
                    "periods with 2 to %d treatments, such as AB,BA",
                    rx_quotez (quoted, text), RX_SEQUENCE_TREATMENTS);
  *list = (struct rx_sequence_list){ .treatments = t };
  if (allocate (list, n, periods, err) != RX_OK)
    return err->status;
  s = text;
  for (size_t i = 0; i < n; i++, s += periods)
    {
      next_length (&s);
      for (size_t p = 0; p < periods; p++)
        {
          const char *found = strchr (labels, s[p]);
          if (found == NULL)
            return rx_fail (err, RX_EUSAGE,
                            "design: found the treatment %s, expected one of "
                            "%s",
                            rx_quote (quoted, s + p, 1), labels);
          list->treatment[i * periods + p] = (size_t)(found - labels);
        }
    }
  return RX_OK;
}
