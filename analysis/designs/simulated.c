/* simulated.c: synthetic trials from a normal model.  Matching printed numbers
   is in simulated_match.c. */
#include "designs/simulated.h"

#include "stats/normal_draw.h"

#include <math.h>
#include <stdlib.h>

enum
{
  MODEL_STREAM = 1
};

void
rx_simulated_free (struct rx_simulated *trial)
{
  free (trial->group);
  free (trial->endpoint);
  free (trial->y[0]);
  free (trial->y[1]);
  rx_strings_free (&trial->strings);
  *trial = (struct rx_simulated){ 0 };
}

enum rx_status
rx_simulated_normal (struct rx_simulated *trial,
                     const struct rx_trial_model *model,
                     const struct rx_simulate_spec *spec, struct rx_error *err)
{
  struct rx_random random;
  size_t n = model->n[0] + model->n[1];
  *trial = (struct rx_simulated){ .design = model->design,
                                  .n = n,
                                  .n_endpoints = 1 };
  trial->group = rx_array (n, sizeof *trial->group);
  trial->endpoint = rx_array (1, sizeof *trial->endpoint);
  trial->y[0] = rx_array (n, sizeof *trial->y[0]);
  trial->y[1] = rx_array (n, sizeof *trial->y[1]);
  if (trial->group == NULL || trial->endpoint == NULL || trial->y[0] == NULL
      || trial->y[1] == NULL)
    return rx_fail_memory (err);
  trial->endpoint[0] = "response";
  rx_random_init (&random, spec->seed, MODEL_STREAM, spec->replicate);
  bool parallel = model->design == RX_PRINTED_PARALLEL;
  for (size_t i = 0; i < n; i++)
    {
      int g = i >= model->n[0];
      /* four draws per person, used or not, so that persons do not depend on
         what is asked for */
      double person = rx_normal_draw (&random) * model->sd_between;
      double residual[2] = { rx_normal_draw (&random) * model->sd_within,
                             rx_normal_draw (&random) * model->sd_within };
      bool lost = rx_uniform_draw (&random) < model->dropout;
      int second = parallel ? -1 : 1 - g; /* treatment of period 2 */
      trial->group[i] = g;
      for (int k = 0; k < 2; k++)
        {
          double y = model->mean + (k == 0 ? model->delta : 0) + person
                     + residual[k];
          if (k == second)
            y += spec->period_effect + (g == 0 ? spec->carryover : 0);
          bool measured = parallel ? k == g && !lost : k != second || !lost;
          trial->y[k][i] = measured ? y : NAN;
        }
    }
  return RX_OK;
}
