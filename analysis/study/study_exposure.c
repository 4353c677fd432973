/* study_exposure.c: analyses of type `exposure`, what dispensings say about
   the use of drugs.

       - name: statins
         type: exposure
         data: dispensings
         columns: {person: person, date: date, drug: atc, duration: days}
         drugs: [C10AA*]
         coverage: {from: 2010-01-01, to: 2015-12-31}
         follow_up: {delay: 0, days: 730}
         observation: {delay: 0, days: 365}
         episodes: {gap: 60, washout: 365, at: [180, 365]}
         switch:
           lists: [{name: A, drugs: [C10AA01]}, {name: B, drugs: [C10AA05]}]
           before: {from: 2012-01-01, to: 2012-12-31}
           after: {from: 2013-01-01, to: 2013-12-31}
         waiting_time: {from: 2013-01-01, to: 2013-12-31}
         calendar: {by: year, washout: 365, population: 50000}

   A row per dispensing, in a table; or, with `from:` in place of `data:` and
   columns, in a register.  Every part from follow_up on is asked for
   by being there; the methods run for which the parts and columns are. */
#include "base/number.h"
#include "base/text.h"
#include "methods/analysis_exposure.h"
#include "study/study_from.h"
#include "study/study_keys.h"
#include "study/study_type.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *const keys[]
    = { "name",      "type",         "data",       "from",
        "columns",   "dates",        "drugs",      "except",
        "per_day",   "coverage",     "carry_over", "dose_change",
        "follow_up", "observation",  "adherent",   "episodes",
        "switch",    "waiting_time", "calendar",   "patient",
        "methods",   "level",        NULL };

/* Days that a window may have: a hundred years. */
static const double DAYS_MOST = 36525;

static bool
serves (const struct rx_method *method)
{
  return method->exposure != NULL;
}

/* A number of at least `least`, and of `most` at the most, if the key is
   there. */
static enum rx_status
parse_number (struct rx_study *study, const struct rx_yaml_node *map,
              const char *key, double least, double most, double *out,
              struct rx_error *err)
{
  const struct rx_yaml_node *node = rx_yaml_get (map, key);
  char low[RX_NUMBER_SIZE], high[RX_NUMBER_SIZE];
  if (node == NULL)
    return RX_OK;
  if (rx_yaml_number (&study->yaml, node, out, err) != RX_OK)
    return err->status;
  if (*out >= least && *out <= most)
    return RX_OK;
  return rx_yaml_fail_value (
      &study->yaml, node, err, "found %s, expected a number from %s to %s",
      node->text, rx_number_print (low, least), rx_number_print (high, most));
}

static enum rx_status
parse_columns (struct rx_study *study, const struct rx_yaml_node *node,
               struct rx_exposure_spec *spec, struct rx_error *err)
{
  static const char *const known[]
      = { "person", "date",       "drug", "duration",   "dose",
          "amount", "prescriber", "sex",  "birth_year", NULL };
  const struct rx_yaml_node *map;
  struct rx_exposure_columns *c = &spec->columns;
  const char **const columns[]
      = { &c->person, &c->date,       &c->drug, &c->duration,  &c->dose,
          &c->amount, &c->prescriber, &c->sex,  &c->birth_year };
  if (rx_keys_branch (study, node, "columns", RX_YAML_MAP, &map, err) != RX_OK)
    return err->status;
  if (map == NULL)
    return RX_OK;
  if (rx_yaml_known (&study->yaml, map, known, err) != RX_OK)
    return err->status;
  for (size_t i = 0; known[i] != NULL; i++)
    if (rx_keys_text (study, map, known[i], columns[i], err) != RX_OK)
      return err->status;
  return RX_OK;
}

static enum rx_status
parse_dates (struct rx_study *study, const struct rx_yaml_node *node,
             struct rx_exposure_spec *spec, struct rx_error *err)
{
  static const char *const names[] = { RX_DATE_FORMAT_NAMES };
  size_t which = 0;
  if (rx_keys_choice (study, node, "dates", names,
                      sizeof names / sizeof names[0], &which, err)
      != RX_OK)
    return err->status;
  spec->dates = rx_date_format_find (names[which]);
  return RX_OK;
}

/* from and to of a map under the key; *has tells whether it is there. */
static enum rx_status
parse_days (struct rx_study *study, const struct rx_yaml_node *node,
            const char *key, const char *const *known, struct rx_days *days,
            bool *has, const struct rx_yaml_node **map, struct rx_error *err)
{
  *has = false;
  if (rx_keys_branch (study, node, key, RX_YAML_MAP, map, err) != RX_OK)
    return err->status;
  if (*map == NULL)
    return RX_OK;
  if (rx_yaml_known (&study->yaml, *map, known, err) != RX_OK
      || rx_keys_dates (study, *map, false, days, has, err) != RX_OK)
    return err->status;
  if (!*has)
    return rx_yaml_fail (&study->yaml, *map, err,
                         "the keys \"from\" and \"to\" are missing");
  return RX_OK;
}

static const char *const from_to[] = { "from", "to", NULL };

static enum rx_status
parse_selection (struct rx_study *study, const struct rx_yaml_node *node,
                 struct rx_exposure_spec *spec, struct rx_error *err)
{
  const struct rx_yaml_node *map;
  if (parse_columns (study, node, spec, err) != RX_OK
      || parse_dates (study, node, spec, err) != RX_OK
      || rx_keys_codes (study, node, "drugs", &spec->drugs, err) != RX_OK
      || rx_keys_codes (study, node, "except", &spec->except, err) != RX_OK
      || parse_number (study, node, "per_day", 1e-9, 1e9, &spec->per_day, err)
             != RX_OK)
    return err->status;
  return parse_days (study, node, "coverage", from_to, &spec->coverage,
                     &spec->has_coverage, &map, err);
}

/* What happens to a rest of supply; the words are those of one key. */
static enum rx_status
parse_carry (struct rx_study *study, const struct rx_yaml_node *node,
             struct rx_supply_rule *rule, struct rx_error *err)
{
  static const char *const words[] = { "any-drug", "same-drug" };
  size_t which = 0;
  if (rx_keys_choice (study, node, "carry_over", words, 2, &which, err)
          != RX_OK
      || rx_keys_boolean (study, node, "dose_change", &rule->dose_change, err)
             != RX_OK)
    return err->status;
  rule->same_drug = which == 1;
  rule->most = INFINITY;
  return RX_OK;
}

/* `delay` and `days` of a window. */
static enum rx_status
parse_window (struct rx_study *study, const struct rx_yaml_node *node,
              const char *key, double *delay, double *days, bool *has,
              struct rx_error *err)
{
  static const char *const known[] = { "delay", "days", NULL };
  const struct rx_yaml_node *map, *length;
  if (rx_keys_branch (study, node, key, RX_YAML_MAP, &map, err) != RX_OK)
    return err->status;
  *has = map != NULL;
  if (map == NULL)
    return RX_OK;
  if (rx_yaml_known (&study->yaml, map, known, err) != RX_OK
      || parse_number (study, map, "delay", 0, DAYS_MOST, delay, err) != RX_OK
      || rx_keys_need (study, map, "days", &length, err) != RX_OK)
    return err->status;
  return parse_number (study, map, "days", 1, DAYS_MOST, days, err);
}

enum
{
  FOLLOW_UP = 730 /* days, when nothing is said */
};

static enum rx_status
parse_windows (struct rx_study *study, const struct rx_yaml_node *node,
               struct rx_exposure_spec *spec, struct rx_error *err)
{
  bool has_follow_up, has_observation;
  spec->follow_days = FOLLOW_UP;
  spec->adherent = 0.8;
  if (parse_carry (study, node, &spec->rule, err) != RX_OK
      || parse_window (study, node, "follow_up", &spec->follow_delay,
                       &spec->follow_days, &has_follow_up, err)
             != RX_OK
      || parse_window (study, node, "observation", &spec->observe_delay,
                       &spec->observe_days, &has_observation, err)
             != RX_OK
      || parse_number (study, node, "adherent", 0, 1, &spec->adherent, err)
             != RX_OK)
    return err->status;
  if (has_follow_up && !has_observation)
    return rx_yaml_fail (&study->yaml, rx_yaml_get (node, "follow_up"), err,
                         "the key \"observation\" is missing beside it, such "
                         "as observation: {delay: 0, days: 365}");
  if (!has_observation)
    return RX_OK;
  spec->parts |= RX_EXPOSURE_WINDOWS;
  if (spec->observe_delay + spec->observe_days > spec->follow_days)
    return rx_yaml_fail (&study->yaml, rx_yaml_get (node, "observation"), err,
                         "it ends %g days after the start of the follow-up, "
                         "which has %g days",
                         spec->observe_delay + spec->observe_days,
                         spec->follow_days);
  return RX_OK;
}

/* Days at which persistence is asked for, rising. */
static enum rx_status
parse_at (struct rx_study *study, const struct rx_yaml_node *map,
          struct rx_exposure_spec *spec, struct rx_error *err)
{
  const struct rx_yaml_node *list = rx_yaml_get (map, "at");
  long day;
  if (list == NULL)
    return RX_OK;
  size_t n = list->kind == RX_YAML_LIST ? list->n : 1;
  double *at = rx_keys_array (study, n, sizeof *at, err);
  if (at == NULL)
    return err->status;
  for (size_t i = 0; i < n; i++)
    {
      if (rx_yaml_integer (&study->yaml, rx_keys_item (list, i), 1,
                           (long)DAYS_MOST, &day, err)
          != RX_OK)
        return err->status;
      at[i] = (double)day;
      if (i > 0 && at[i] <= at[i - 1])
        return rx_yaml_fail_value (&study->yaml, rx_keys_item (list, i), err,
                                   "found %ld, expected a day after %g", day,
                                   at[i - 1]);
    }
  spec->at = at;
  spec->n_at = n;
  return RX_OK;
}

static enum rx_status
parse_episodes (struct rx_study *study, const struct rx_yaml_node *node,
                struct rx_exposure_spec *spec, struct rx_error *err)
{
  static const char *const known[]
      = { "gap",           "gap_percent", "stockpile",
          "max_stockpile", "carry_over",  "dose_change",
          "washout",       "at",          NULL };
  const struct rx_yaml_node *map;
  struct rx_episode_rule *rule = &spec->episodes;
  bool stockpile = true;
  if (rx_keys_branch (study, node, "episodes", RX_YAML_MAP, &map, err)
      != RX_OK)
    return err->status;
  if (map == NULL)
    return RX_OK;
  if (rx_yaml_known (&study->yaml, map, known, err) != RX_OK
      || parse_number (study, map, "gap", 0, DAYS_MOST, &rule->gap, err)
             != RX_OK
      || parse_number (study, map, "gap_percent", 0, 10000, &rule->gap_percent,
                       err)
             != RX_OK
      || parse_carry (study, map, &rule->supply, err) != RX_OK
      || rx_keys_boolean (study, map, "stockpile", &stockpile, err) != RX_OK
      || parse_number (study, map, "max_stockpile", 0, DAYS_MOST,
                       &rule->supply.most, err)
             != RX_OK
      || parse_number (study, map, "washout", 0, DAYS_MOST, &spec->washout,
                       err)
             != RX_OK
      || parse_at (study, map, spec, err) != RX_OK)
    return err->status;
  bool has_gap = rx_yaml_get (map, "gap") != NULL;
  bool has_percent = rx_yaml_get (map, "gap_percent") != NULL;
  if (has_gap == has_percent)
    return rx_yaml_fail (
        &study->yaml, map, err,
        has_gap ? "found both \"gap\" and \"gap_percent\", expected one"
                : "found neither \"gap\" (days) nor \"gap_percent\" (of the "
                  "last supply), expected one");
  if (!stockpile && rx_yaml_get (map, "max_stockpile") != NULL)
    return rx_yaml_fail (&study->yaml, rx_yaml_get (map, "max_stockpile"), err,
                         "nothing is carried over with stockpile: false");
  if (!stockpile)
    rule->supply.most = 0;
  spec->parts |= RX_EXPOSURE_EPISODES;
  return RX_OK;
}

static enum rx_status
parse_lists (struct rx_study *study, const struct rx_yaml_node *map,
             struct rx_exposure_spec *spec, struct rx_error *err)
{
  static const char *const known[] = { "name", "drugs", "except", NULL };
  const struct rx_yaml_node *list, *drugs;
  if (rx_keys_need_branch (study, map, "lists", RX_YAML_LIST, &list, err)
      != RX_OK)
    return err->status;
  if (list->n < 2 || list->n > RX_DRUG_LISTS_MOST)
    return rx_yaml_fail_value (
        &study->yaml, list, err,
        "found %zu of them, expected 2 to %d lists of drugs", list->n,
        RX_DRUG_LISTS_MOST);
  struct rx_drug_list *lists
      = rx_keys_array (study, list->n, sizeof *lists, err);
  if (lists == NULL)
    return err->status;
  for (size_t i = 0; i < list->n; i++)
    {
      const struct rx_yaml_node *item = list->member[i];
      if (rx_yaml_known (&study->yaml, item, known, err) != RX_OK
          || rx_keys_name (study, list, i, &lists[i].name, err) != RX_OK
          || rx_keys_need (study, item, "drugs", &drugs, err) != RX_OK
          || rx_keys_codes (study, item, "drugs", &lists[i].drugs, err)
                 != RX_OK
          || rx_keys_codes (study, item, "except", &lists[i].except, err)
                 != RX_OK)
        return err->status;
      if (strcmp (lists[i].name, "none") == 0)
        return rx_yaml_fail_value (&study->yaml, rx_yaml_get (item, "name"),
                                   err,
                                   "found \"none\", expected another name: in "
                                   "the results it stands for no drug");
    }
  spec->lists = lists;
  spec->n_lists = list->n;
  return RX_OK;
}

static enum rx_status
parse_switch (struct rx_study *study, const struct rx_yaml_node *node,
              struct rx_exposure_spec *spec, struct rx_error *err)
{
  static const char *const known[] = { "lists", "before", "after", NULL };
  const struct rx_yaml_node *map, *part;
  bool has_before, has_after;
  if (rx_keys_branch (study, node, "switch", RX_YAML_MAP, &map, err) != RX_OK)
    return err->status;
  if (map == NULL)
    return RX_OK;
  if (rx_yaml_known (&study->yaml, map, known, err) != RX_OK
      || parse_lists (study, map, spec, err) != RX_OK
      || rx_keys_need (study, map, "before", &part, err) != RX_OK
      || rx_keys_need (study, map, "after", &part, err) != RX_OK
      || parse_days (study, map, "before", from_to, &spec->before, &has_before,
                     &part, err)
             != RX_OK
      || parse_days (study, map, "after", from_to, &spec->after, &has_after,
                     &part, err)
             != RX_OK)
    return err->status;
  if (spec->before.to >= spec->after.from)
    return rx_yaml_fail (&study->yaml, rx_yaml_get (map, "after"), err,
                         "it starts before the window \"before\" has ended");
  spec->parts |= RX_EXPOSURE_SWITCH;
  return RX_OK;
}

static enum rx_status
parse_waiting (struct rx_study *study, const struct rx_yaml_node *node,
               struct rx_exposure_spec *spec, struct rx_error *err)
{
  static const char *const known[] = { "from", "to", "reverse", NULL };
  const struct rx_yaml_node *map;
  bool has;
  if (parse_days (study, node, "waiting_time", known, &spec->waiting, &has,
                  &map, err)
      != RX_OK)
    return err->status;
  if (!has)
    return RX_OK;
  spec->parts |= RX_EXPOSURE_WAITING;
  return rx_keys_boolean (study, map, "reverse", &spec->reverse, err);
}

/* One number for every year, or a map with a number per year. */
static enum rx_status
parse_population (struct rx_study *study, const struct rx_yaml_node *map,
                  struct rx_exposure_spec *spec, struct rx_error *err)
{
  const struct rx_yaml_node *node = rx_yaml_get (map, "population");
  if (node == NULL)
    return RX_OK;
  bool by_year = node->kind == RX_YAML_MAP;
  size_t n = by_year ? node->n : 1;
  struct rx_population *people = rx_keys_array (study, n, sizeof *people, err);
  if (people == NULL)
    return err->status;
  for (size_t i = 0; i < n; i++)
    {
      const struct rx_yaml_node *item = by_year ? node->member[i] : node;
      double year = 0;
      if (by_year
          && (!rx_number_readz (item->key, &year) || year != floor (year)
              || year < 1000 || year > 9999))
        return rx_yaml_fail (&study->yaml, item, err,
                             "found \"%s\", expected a year such as 2013",
                             item->key);
      if (rx_yaml_number (&study->yaml, item, &people[i].people, err) != RX_OK)
        return err->status;
      if (!(people[i].people > 0))
        return rx_yaml_fail_value (&study->yaml, item, err,
                                   "found %s, expected a number of people "
                                   "above zero",
                                   item->text);
      people[i].year = (int)year;
    }
  spec->population = people;
  spec->n_population = n;
  return RX_OK;
}

static enum rx_status
parse_calendar (struct rx_study *study, const struct rx_yaml_node *node,
                struct rx_exposure_spec *spec, struct rx_error *err)
{
  static const char *const known[] = { "by", "washout", "population", NULL };
  static const char *const units[] = { RX_CALENDAR_UNITS };
  const struct rx_yaml_node *map;
  size_t unit = RX_BY_YEAR;
  spec->incidence_washout = 365;
  if (rx_keys_branch (study, node, "calendar", RX_YAML_MAP, &map, err)
      != RX_OK)
    return err->status;
  if (map == NULL)
    return RX_OK;
  if (rx_yaml_known (&study->yaml, map, known, err) != RX_OK
      || rx_keys_choice (study, map, "by", units,
                         sizeof units / sizeof units[0], &unit, err)
             != RX_OK
      || parse_number (study, map, "washout", 1, DAYS_MOST,
                       &spec->incidence_washout, err)
             != RX_OK)
    return err->status;
  spec->unit = (enum rx_calendar_unit)unit;
  spec->parts |= RX_EXPOSURE_CALENDAR;
  return parse_population (study, map, spec, err);
}

/* A register names its columns and dates itself. */
static const char *const of_table[] = { "columns", "dates", NULL };
static const char *const of_register[] = { NULL };

static enum rx_status
parse (struct rx_study *study, const struct rx_yaml_node *node,
       struct rx_study_analysis *analysis, struct rx_error *err)
{
  struct rx_exposure_spec *spec = rx_keys_array (study, 1, sizeof *spec, err);
  if (spec == NULL)
    return err->status;
  analysis->spec = spec;
  if (rx_study_from_check (study, node, analysis, of_table, of_register, err)
          != RX_OK
      || parse_selection (study, node, spec, err) != RX_OK
      || parse_windows (study, node, spec, err) != RX_OK
      || parse_episodes (study, node, spec, err) != RX_OK
      || parse_switch (study, node, spec, err) != RX_OK
      || parse_waiting (study, node, spec, err) != RX_OK
      || parse_calendar (study, node, spec, err) != RX_OK
      || rx_keys_text (study, node, "patient", &spec->patient, err) != RX_OK)
    return err->status;
  if (spec->patient != NULL)
    spec->parts |= RX_EXPOSURE_PATIENT;
  return RX_OK;
}

static enum rx_status
record_rule (const struct rx_study_task *task, const char *prefix,
             const struct rx_supply_rule *rule, struct rx_error *err)
{
  char key[64], number[RX_NUMBER_SIZE];
  struct rx_text words = { 0 };
  rx_text_addf (&words, "%s, %s", rule->same_drug ? "same-drug" : "any-drug",
                rule->dose_change ? "dose_change" : "no dose_change");
  if (!isinf (rule->most))
    rx_text_addf (&words, ", %s days at the most",
                  rx_number_print (number, rule->most));
  snprintf (key, sizeof key, "%scarry_over", prefix);
  enum rx_status status
      = words.failed
            ? rx_fail_memory (err)
            : rx_study_setting (task, err, key, "%s", rx_text_string (&words));
  rx_text_free (&words);
  return status;
}

static enum rx_status
record_days (const struct rx_study_task *task, const char *key,
             struct rx_days days, const char *more, struct rx_error *err)
{
  char from[RX_DATE_SIZE], to[RX_DATE_SIZE];
  return rx_study_setting (task, err, key, "%s to %s%s",
                           rx_date_print (from, days.from),
                           rx_date_print (to, days.to), more);
}

static enum rx_status
record_parts (const struct rx_study_task *task,
              const struct rx_exposure_spec *s, struct rx_error *err)
{
  static const char *const units[] = { RX_CALENDAR_UNITS };
  enum rx_status status = RX_OK;
  if ((s->parts & RX_EXPOSURE_WINDOWS) != 0
      && (record_rule (task, "", &s->rule, err) != RX_OK
          || rx_study_setting (task, err, "follow_up", "delay %g, days %g",
                               s->follow_delay, s->follow_days)
                 != RX_OK
          || rx_study_setting (task, err, "observation", "delay %g, days %g",
                               s->observe_delay, s->observe_days)
                 != RX_OK
          || rx_study_setting (task, err, "adherent", "%g", s->adherent)
                 != RX_OK))
    return err->status;
  if ((s->parts & RX_EXPOSURE_EPISODES) != 0
      && (record_rule (task, "episodes.", &s->episodes.supply, err) != RX_OK
          || rx_study_setting (task, err, "episodes",
                               "gap %g, gap_percent "
                               "%g, washout %g",
                               s->episodes.gap, s->episodes.gap_percent,
                               s->washout)
                 != RX_OK))
    return err->status;
  if ((s->parts & RX_EXPOSURE_SWITCH) != 0
      && (record_days (task, "switch.before", s->before, "", err) != RX_OK
          || record_days (task, "switch.after", s->after, "", err) != RX_OK))
    return err->status;
  if ((s->parts & RX_EXPOSURE_WAITING) != 0)
    status = record_days (task, "waiting_time", s->waiting,
                          s->reverse ? ", reverse" : "", err);
  if (status == RX_OK && (s->parts & RX_EXPOSURE_CALENDAR) != 0)
    status = rx_study_setting (task, err, "calendar", "%s, washout %g",
                               units[s->unit], s->incidence_washout);
  return status;
}

static enum rx_status
record (const struct rx_study_task *task, const struct rx_exposure *x,
        struct rx_error *err)
{
  const struct rx_exposure_spec *s = x->spec;
  struct rx_text drugs = { 0 };
  rx_study_enumerate (&drugs, s->drugs, "and", "every drug");
  if (s->except.n > 0)
    {
      rx_text_addz (&drugs, " except ");
      rx_study_enumerate (&drugs, s->except, "and", "");
    }
  enum rx_status status = drugs.failed
                              ? rx_fail_memory (err)
                              : rx_study_setting (task, err, "drugs", "%s",
                                                  rx_text_string (&drugs));
  rx_text_free (&drugs);
  if (status == RX_OK)
    status
        = record_days (task, "coverage", x->coverage,
                       s->has_coverage ? ", given" : ", the data's own", err);
  if (status == RX_OK)
    status = rx_study_setting (task, err, "dates", "%s", s->dates->name);
  return status == RX_OK ? record_parts (task, s, err) : status;
}

static enum rx_status
word_design (const struct rx_exposure *x, const char *file,
             struct rx_text *out, struct rx_error *err)
{
  const struct rx_exposure_spec *s = x->spec;
  char from[RX_DATE_SIZE], to[RX_DATE_SIZE];
  rx_text_addf (out, "The data (%s) hold %zu dispensings of ", file,
                x->n_rows);
  rx_study_enumerate (out, s->drugs, "or", "any drug");
  rx_text_addf (out, " to %zu persons, from %s to %s.", x->n_persons,
                rx_date_print (from, x->coverage.from),
                rx_date_print (to, x->coverage.to));
  if ((s->parts & RX_EXPOSURE_WINDOWS) != 0)
    rx_text_addf (
        out,
        " The follow-up of a person starts %g days after the first "
        "dispensing and lasts %g days; adherence is that of the %g days that "
        "start %g days later. Supply left over is carried to the next "
        "dispensing%s%s.",
        s->follow_delay, s->follow_days, s->observe_days, s->observe_delay,
        s->rule.same_drug ? " of the same drug" : " of any drug",
        s->rule.dose_change ? ", recomputed for its dose" : "");
  if ((s->parts & RX_EXPOSURE_EPISODES) != 0)
    {
      rx_text_addz (out, " An episode of treatment ends when more than ");
      if (s->episodes.gap_percent > 0)
        rx_text_addf (out, "%g%% of the days of the last supply",
                      s->episodes.gap_percent);
      else
        rx_text_addf (out, "%g days", s->episodes.gap);
      rx_text_addz (out, " pass without supply, on their first day.");
    }
  return out->failed ? rx_fail_memory (err) : RX_OK;
}

static bool
fits (const void *design, const struct rx_method *method)
{
  return rx_exposure_lacks (design, method->parts) == NULL;
}

static enum rx_status
run (const struct rx_study_task *task, struct rx_study_finding *finding,
     struct rx_error *err)
{
  struct rx_exposure exposure = { 0 };
  struct rx_analysis_plan plan;
  const struct rx_exposure_spec *spec = task->analysis->spec;
  enum rx_status status
      = task->reg != NULL
            ? rx_exposure_from_register (&exposure, task->reg, spec, err)
            : rx_exposure_build (&exposure, task->table, spec, err);
  finding->fits = fits;
  finding->found = &exposure;
  if (status == RX_OK)
    status = rx_study_plan (task, finding, &plan, err);
  finding->found = NULL;
  if (status == RX_OK)
    status = rx_analysis_exposure (&exposure, &plan, task->rows, err);
  if (status == RX_OK)
    status = record (task, &exposure, err);
  if (status == RX_OK)
    status = word_design (&exposure, task->analysis->data->file,
                          &finding->design, err);
  rx_exposure_free (&exposure);
  return status;
}

const struct rx_study_type rx_study_type_exposure = {
  .name = "exposure",
  .title = "Use of drugs: adherence, persistence, switching, prevalence",
  .keys = keys,
  .may_be_register = true,
  .serves = serves,
  .parse = parse,
  .run = run,
};
