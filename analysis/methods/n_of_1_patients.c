/* n_of_1_patients.c: every patient of a set of n-of-1 trials alone.

   A paired t test of the differences test - reference within the patient's
   cycles; n is their number, df one less.  It answers for this patient, and
   its variance is his own: with three cycles it has two degrees of freedom, so
   that n-of-1-random, which takes one variance for all, mostly tells more.
   Guyatt et al., N Engl J Med 1986;314:889-892.

   By hand: differences 1, 2, 3 give 2, SE 0.57735, t(2) = 3.4641. */
#include "methods/design_needs.h"
#include "methods/n_of_1.h"

static enum rx_status
run_crossover (const struct rx_method *self, const struct rx_crossover *design,
               const struct rx_endpoint *endpoint,
               const struct rx_method_options *options, struct rx_rows *rows,
               struct rx_error *err)
{
  struct rx_cycles cycles;
  enum rx_status status = rx_cycles_make (&cycles, design, endpoint, err);
  for (size_t i = 0; status == RX_OK && i < cycles.patients; i++)
    {
      struct rx_contrast d = rx_cycles_of (&cycles, i);
      struct rx_note note = { "" };
      struct rx_t_test test
          = rx_student_one (rx_contrast_moments (&d), options->level);
      struct rx_row row = rx_fill_t (test, d.n, options->level, &note);
      const char *term = rx_strings_format (&rows->strings, "treatment:%s",
                                            design->subjects[d.subject[0]]);
      if (d.n == 1)
        note = (struct rx_note){ "one-cycle" };
      status = term == NULL
                   ? rx_fail_memory (err)
                   : rx_fill_crossover (rows, row, design, endpoint,
                                        self->name, term, false, &note, err);
    }
  if (status == RX_OK && cycles.patients == 0)
    status = rx_cycles_nobody (design, endpoint, self->name, rows, err);
  rx_cycles_free (&cycles);
  return status;
}

const struct rx_method rx_method_n_of_1_patients = {
  .name = "n-of-1-patients",
  .title = "n-of-1 trials: the paired t test of every patient",
  .source = "Guyatt et al. 1986, N Engl J Med 314:889-892",
  .words = "In each patient the differences within cycles are tested by the "
           "paired t test.",
  .needs = &rx_needs_cycles,
  .own_terms = true,
  .on_request = true,
  .crossover = run_crossover,
};
