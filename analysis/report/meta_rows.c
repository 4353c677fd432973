/* meta_rows.c: rows of a meta-analysis by endpoint, group, method and term. */
#include "report/meta_rows.h"

#include <string.h>

bool
rx_meta_same_data (const struct rx_row *a, const struct rx_row *b)
{
  return strcmp (a->endpoint, b->endpoint) == 0
         && strcmp (a->measure, b->measure) == 0;
}

bool
rx_meta_same_group (const struct rx_row *a, const struct rx_row *b)
{
  return rx_meta_same_data (a, b) && strcmp (a->group, b->group) == 0;
}

bool
rx_meta_is (const struct rx_row *row, const char *method)
{
  return strcmp (row->method, method) == 0;
}

const struct rx_row *
rx_meta_term (const struct rx_rows *rows, const struct rx_row *model,
              const char *term)
{
  for (size_t i = 0; i < rows->n; i++)
    if (strcmp (rows->row[i].term, term) == 0
        && rx_meta_is (&rows->row[i], model->method)
        && rx_meta_same_group (&rows->row[i], model))
      return &rows->row[i];
  return NULL;
}

bool
rx_meta_is_split (const struct rx_rows *rows, const struct rx_row *study)
{
  bool summed_up = false;
  for (size_t i = 0; i < rows->n; i++)
    {
      const struct rx_row *row = &rows->row[i];
      if (!rx_meta_same_data (row, study) || strcmp (row->group, "all") != 0)
        continue;
      if (rx_meta_is (row, "study"))
        return false;
      summed_up = summed_up || strcmp (row->term, "pooled") == 0;
    }
  return summed_up;
}

bool
rx_meta_has_word (const char *note, const char *word)
{
  size_t length = strlen (word);
  for (const char *s = note; *s != '\0';)
    {
      size_t n = strcspn (s, ";");
      if (n == length && strncmp (s, word, n) == 0)
        return true;
      s += n;
      s += strspn (s, "; ");
    }
  return false;
}
