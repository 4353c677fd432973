/* n_of_1.c: means and squares of the cycles of patients. */
#include "methods/n_of_1.h"

enum rx_status
rx_cycles_nobody (const struct rx_crossover *design,
                  const struct rx_endpoint *endpoint, const char *method,
                  struct rx_rows *rows, struct rx_error *err)
{
  struct rx_row row = rx_row_blank ();
  struct rx_note note = { "no-subjects" };
  row.n = 0;
  return rx_fill_crossover (rows, row, design, endpoint, method, "treatment",
                            true, &note, err);
}

double
rx_cycles_mean (const struct rx_cycles *cycles)
{
  double sum = 0;
  for (size_t i = 0; i < cycles->patients; i++)
    {
      struct rx_contrast d = rx_cycles_of (cycles, i);
      sum += rx_contrast_moments (&d).mean;
    }
  return sum / (double)cycles->patients;
}

double
rx_cycles_squares_within (const struct rx_cycles *cycles)
{
  double sum = 0;
  for (size_t i = 0; i < cycles->patients; i++)
    {
      struct rx_contrast d = rx_cycles_of (cycles, i);
      if (d.n > 1)
        sum += rx_contrast_moments (&d).variance * (double)(d.n - 1);
    }
  return sum;
}

double
rx_cycles_squares_between (const struct rx_cycles *cycles)
{
  double mean = rx_contrast_moments (&cycles->d).mean, sum = 0;
  for (size_t i = 0; i < cycles->patients; i++)
    {
      struct rx_contrast d = rx_cycles_of (cycles, i);
      double apart = rx_contrast_moments (&d).mean - mean;
      sum += (double)d.n * apart * apart;
    }
  return sum;
}
