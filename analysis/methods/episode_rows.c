/* episode_rows.c: from dispensings to episodes to the curve. */
#include "methods/episode_rows.h"

#include "base/number.h"

#include <math.h>
#include <stdlib.h>

void
rx_person_episodes_free (struct rx_person_episodes *all)
{
  free (all->person);
  free (all->start);
  free (all->episode);
  *all = (struct rx_person_episodes){ 0 };
}

static double
end_of_data (const struct rx_exposure *exposure)
{
  return exposure->coverage.to + 1;
}

enum rx_status
rx_person_episodes_make (struct rx_person_episodes *all,
                         const struct rx_exposure *exposure,
                         struct rx_error *err)
{
  const struct rx_exposure_spec *spec = exposure->spec;
  const struct rx_episode_rule *rule = &spec->episodes;
  size_t most = rx_exposure_most (exposure), made = 0;
  struct rx_supply *supply = rx_array (most, sizeof *supply);
  *all = (struct rx_person_episodes){ 0 };
  all->person = rx_array (exposure->n_persons, sizeof *all->person);
  all->start = rx_array (exposure->n_persons + 1, sizeof *all->start);
  all->episode = rx_array (exposure->n_rows, sizeof *all->episode);
  enum rx_status status = supply == NULL || all->person == NULL
                                  || all->start == NULL || all->episode == NULL
                              ? rx_fail_memory (err)
                              : RX_OK;
  for (size_t p = 0; p < exposure->n_persons && status == RX_OK; p++)
    {
      const char *why;
      size_t n;
      bool known
          = rx_exposure_supply (exposure, p, rule->supply, supply, &n, &why);
      bool prevalent = supply[0].day - exposure->coverage.from < spec->washout;
      all->prevalent += prevalent;
      all->unknown += !prevalent && !known;
      if (!known || prevalent)
        continue;
      all->person[all->n] = p;
      all->start[all->n++] = made;
      made += rx_episodes (supply, n, end_of_data (exposure), rule,
                           all->episode + made);
    }
  if (status == RX_OK)
    all->start[all->n] = made;
  else
    rx_person_episodes_free (all);
  free (supply);
  return status;
}

/* Time and end of the first episode; false where the person's observation
   ends before it starts. */
static bool
spell_of (const struct rx_exposure *exposure, const struct rx_episode *e,
          double *time, bool *event)
{
  *event = e->stopped;
  *time
      = (e->stopped ? e->end : end_of_data (exposure) - e->allowed) - e->start;
  return *time > 0 || e->stopped;
}

struct curve
{
  const struct rx_exposure *exposure;
  const char *method;
  double level;
  struct rx_km_step *step;
  size_t n_steps, n;
  double longest; /* time of observation */
  size_t at_end;  /* persons observed as long */
  struct rx_rows *rows;
};

static enum rx_status
add_point (const struct curve *c, const char *term, size_t n,
           const struct rx_km_step *step, const char *note,
           struct rx_error *err)
{
  struct rx_row row = rx_row_blank ();
  row.method = c->method;
  row.term = term;
  row.n = (double)n;
  row.estimate = step->survival;
  row.std_error = step->se;
  row.conf_low = step->low;
  row.conf_high = step->high;
  if (!isnan (step->low))
    row.conf_level = c->level;
  row.note = note;
  return rx_rows_add (c->rows, &row, err);
}

/* The end of observation, where it comes after the last step: the persons
   whose it is. */
static enum rx_status
add_end (const struct curve *c, struct rx_error *err)
{
  struct rx_km_step end = { .survival = 1, .low = NAN, .high = NAN };
  char number[RX_NUMBER_SIZE];
  if (c->n_steps > 0)
    end = c->step[c->n_steps - 1];
  if (c->longest <= end.time)
    return RX_OK;
  const char *term = rx_strings_format (&c->rows->strings, "day %s",
                                        rx_number_print (number, c->longest));
  return term == NULL ? rx_fail_memory (err)
                      : add_point (c, term, c->at_end, &end,
                                   "stopped=0; end-of-observation", err);
}

static enum rx_status
add_steps (const struct curve *c, struct rx_error *err)
{
  struct rx_km_step start
      = { .survival = 1, .se = 0, .low = NAN, .high = NAN };
  bool at_once = c->n_steps > 0 && c->step[0].time == 0;
  if (!at_once && add_point (c, "day 0", c->n, &start, "", err) != RX_OK)
    return err->status;
  for (size_t i = 0; i < c->n_steps; i++)
    {
      const struct rx_km_step *s = &c->step[i];
      char number[RX_NUMBER_SIZE];
      struct rx_note note = { "" };
      const char *term = rx_strings_format (&c->rows->strings, "day %s",
                                            rx_number_print (number, s->time));
      if (term == NULL)
        return rx_fail_memory (err);
      rx_note_add (&note, "stopped=%zu", s->events);
      if (add_point (c, term, s->at_risk, s, note.text, err) != RX_OK)
        return err->status;
    }
  return add_end (c, err);
}

/* The curve at the days that the study asks for: NA beyond the longest
   observation. */
static enum rx_status
add_at (const struct curve *c, struct rx_error *err)
{
  const struct rx_exposure_spec *spec = c->exposure->spec;
  for (size_t i = 0; i < spec->n_at; i++)
    {
      struct rx_km_step at = { .survival = 1, .low = NAN, .high = NAN };
      bool beyond
          = spec->at[i] > c->longest
            && (c->n_steps == 0 || c->step[c->n_steps - 1].survival > 0);
      for (size_t s = 0; s < c->n_steps; s++)
        if (c->step[s].time <= spec->at[i])
          at = c->step[s];
      if (beyond)
        at.survival = at.se = at.low = at.high = NAN;
      const char *term
          = rx_strings_format (&c->rows->strings, "at %g", spec->at[i]);
      if (term == NULL)
        return rx_fail_memory (err);
      if (add_point (c, term, c->n, &at, beyond ? "beyond-observation" : "",
                     err)
          != RX_OK)
        return err->status;
    }
  return RX_OK;
}

static enum rx_status
add_median (const struct curve *c, struct rx_error *err)
{
  struct rx_km_quantile q = rx_km_quantile (c->step, c->n_steps, 0.5);
  struct rx_row row = rx_row_blank ();
  row.method = c->method;
  row.term = "median";
  row.n = (double)c->n;
  row.estimate = q.time;
  row.conf_low = q.low;
  row.conf_high = q.high;
  if (!isnan (q.low) || !isnan (q.high))
    row.conf_level = c->level;
  row.note = isnan (q.time) ? "not-reached" : "";
  return rx_rows_add (c->rows, &row, err);
}

static enum rx_status
add_curve (struct curve *c, const struct rx_person_episodes *all,
           enum rx_km_scale scale, double *time, bool *event,
           struct rx_error *err)
{
  struct rx_note note = { "" };
  size_t events = 0, late = 0;
  for (size_t i = 0; i < all->n; i++)
    if (spell_of (c->exposure, &all->episode[all->start[i]], &time[c->n],
                  &event[c->n]))
      {
        if (time[c->n] > c->longest)
          c->at_end = 0;
        c->longest = fmax (c->longest, time[c->n]);
        c->at_end += time[c->n] == c->longest;
        events += event[c->n++];
      }
    else
      late++;
  if (all->prevalent > 0)
    rx_note_add (&note, "within-washout=%zu", all->prevalent);
  if (all->unknown > 0)
    rx_note_add (&note, "missing-supply=%zu", all->unknown);
  if (late > 0)
    rx_note_add (&note, "no-follow-up=%zu", late);
  if (c->n == 0)
    rx_note_add (&note, "no-persons");
  if (rx_exposure_add (c->rows, c->method, "stopped", c->n, (double)events,
                       note.text, err)
      != RX_OK)
    return err->status;
  if (c->n == 0)
    return RX_OK;
  if (rx_kaplan_meier (time, event, c->n, c->level, scale, c->step,
                       &c->n_steps, err)
          != RX_OK
      || add_steps (c, err) != RX_OK || add_at (c, err) != RX_OK)
    return err->status;
  return add_median (c, err);
}

enum rx_status
rx_persistence_run (const struct rx_method *self,
                    const struct rx_exposure *exposure,
                    const struct rx_method_options *options,
                    struct rx_rows *rows, struct rx_error *err)
{
  const struct rx_persistence_kind *kind = self->kind;
  struct rx_person_episodes all;
  struct curve c = { .exposure = exposure,
                     .method = self->name,
                     .level = options->level,
                     .rows = rows };
  if (rx_person_episodes_make (&all, exposure, err) != RX_OK)
    return err->status;
  double *time = rx_array (all.n, sizeof *time);
  bool *event = rx_array (all.n, sizeof *event);
  c.step = rx_array (all.n, sizeof *c.step);
  enum rx_status status
      = time == NULL || event == NULL || c.step == NULL
            ? rx_fail_memory (err)
            : add_curve (&c, &all, kind->scale, time, event, err);
  free (time);
  free (event);
  free (c.step);
  rx_person_episodes_free (&all);
  return status;
}
