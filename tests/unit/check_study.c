/* check_study.c: study files read, complained about, and run.

   The two studies below are those of the manual; every broken one is made
   from them by changing one place, and must be refused with its line and
   character. */
#define _GNU_SOURCE /* nftw */
#include "base/text.h"
#include "study/study_run.h"
#include "study/study_type.h"

#include "scratch.h"

#include <ftw.h>
#include <sys/stat.h>

/* clang-format off */
static const char trial_study[] =
  /*  1 */ "recross: 1\n"
  /*  2 */ "study: senn-asthma\n"
  /*  3 */ "seed: 20260101\n"
  /*  4 */ "data:\n"
  /*  5 */ "  - {name: trial, file: senn_asthma.csv}\n"
  /*  6 */ "analyses:\n"
  /*  7 */ "  - name: pef\n"
  /*  8 */ "    type: crossover\n"
  /*  9 */ "    data: trial\n"
  /* 10 */ "    columns: {subject: subject, sequence: sequence,"
           " period: period, treatment: treatment}\n"
  /* 11 */ "    test: F\n"
  /* 12 */ "    reference: S\n"
  /* 13 */ "    endpoints:\n"
  /* 14 */ "      - {name: PEF, column: pef, unit: L/min, better: higher}\n"
  /* 15 */ "    methods: [describe, paired-t, hills-armitage, koch-exact,"
           " lmm-kr]\n"
  /* 16 */ "    adjust: holm\n"
  /* 17 */ "figures:\n"
  /* 18 */ "  - {name: profiles, template: crossover-profiles, from: pef,"
           " formats: [svg, pdf]}\n"
  /* 19 */ "tables:\n"
  /* 20 */ "  - {name: table1, from: pef, format: latex}\n";
/* clang-format on */

/* clang-format off */
static const char register_study[] =
  /*  1 */ "recross: 1\n"
  /*  2 */ "study: ldn-register\n"
  /*  3 */ "data:\n"
  /*  4 */ "  - {name: dispensings, file: dispensings.csv.gz,"
           " layout: columns,\n"
  /*  5 */ "     columns: {person: person, date: date, drug: atc, amount: ddd,"
           " indication: reimbursement, sex: sex, birth_year: birth_year}}\n"
  /*  6 */ "analyses:\n"
  /*  7 */ "  - name: two-years\n"
  /*  8 */ "    type: before-after\n"
  /*  9 */ "    data: dispensings\n"
  /* 10 */ "    coverage: {from: 2010-01-01, to: 2015-12-31}\n"
  /* 11 */ "    index: {drugs: [N07BB04], from: 2013-01-01, to: 2013-12-31,"
           " take: first}\n"
  /* 12 */ "    require:\n"
  /* 13 */ "      - any:\n"
  /* 14 */ "          - {indications: [G35], at_least: 2, from: 2010-01-01,"
           " to: 2012-12-31}\n"
  /* 15 */ "          - {drugs: [L03AB07, L03AB08], at_least: 1,"
           " from: 2010-01-01, to: 2012-12-31}\n"
  /* 16 */ "    windows: {before: [-730, -1], after: [0, 729]}\n"
  /* 17 */ "    groups:\n"
  /* 18 */ "      by: {drugs: [N07BB04], window: [0, 729]}\n"
  /* 19 */ "      levels:\n"
  /* 20 */ "        - {name: x1, from: 1, to: 1}\n"
  /* 21 */ "        - {name: x2-3, from: 2, to: 3}\n"
  /* 22 */ "        - {name: x4+, from: 4}\n"
  /* 23 */ "    outcomes:\n"
  /* 24 */ "      - {name: dmt, drugs: [L03AB07, L03AB08, L03AX13]}\n"
  /* 25 */ "      - {name: analgesics, drugs: [N02*]}\n"
  /* 26 */ "      - {name: all other, drugs: [\"*\"], except: [N07BB04]}\n"
  /* 27 */ "    measures: [users, dispensings, ddd]\n"
  /* 28 */ "    methods: [describe, paired-t, wilcoxon-signed-rank, mcnemar,"
           " mcnemar-exact, rate-ratio-robust]\n";
/* clang-format on */

/* ---- texts ------------------------------------------------------------ */

/* A copy of the text with the first `find` replaced; freed by the caller. */
static char *
replaced (const char *text, const char *find, const char *replace)
{
  struct rx_text out = { 0 };
  const char *at = strstr (text, find);
  ck_assert_msg (at != NULL, "\"%s\" is not in the study", find);
  rx_text_add (&out, text, (size_t)(at - text));
  rx_text_addz (&out, replace);
  rx_text_addz (&out, at + strlen (find));
  ck_assert (!out.failed);
  return out.data;
}

static char *
without (char *text, const char *find, const char *replace)
{
  char *out = replaced (text, find, replace);
  free (text);
  return out;
}

/* The studies name a few things that a build may not have; the rest of them
   is read as it stands. */
static char *
adapted (const char *text)
{
  static const char *const methods[]
      = { "lmm-kr", "mcnemar", "mcnemar-exact", "rate-ratio-robust" };
  char *out = strdup (text);
  for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++)
    {
      char item[64];
      snprintf (item, sizeof item, ", %s", methods[i]);
      if (rx_method_find (methods[i]) == NULL && strstr (out, item) != NULL)
        out = without (out, item, "");
    }
  if (rx_writer_find ("latex") == NULL && strstr (out, "latex") != NULL)
    out = without (out, "latex", "tsv");
  return out;
}

static enum rx_status
parse (struct rx_study *study, const char *text, struct rx_error *err)
{
  *study = (struct rx_study){ 0 };
  *err = (struct rx_error){ 0 };
  return rx_study_parse (study, "dir/s.yaml", text, strlen (text), err);
}

/* ---- what is read ----------------------------------------------------- */

START_TEST (the_trial_of_the_manual)
{
  struct rx_study study;
  struct rx_error err;
  char *text = adapted (trial_study);
  ck_assert_msg (parse (&study, text, &err) == RX_OK, "%s", err.message);
  const struct rx_study_analysis *pef = &study.analyses[0];
  const struct rx_crossover_spec *spec = pef->spec;
  ck_assert_str_eq (study.name, "senn-asthma");
  ck_assert_int_eq (study.seed, 20260101);
  ck_assert_str_eq (study.data[0].path, "dir/senn_asthma.csv");
  ck_assert (!study.data[0].is_register);
  ck_assert_str_eq (pef->type->name, "crossover");
  ck_assert_ptr_eq (pef->data, &study.data[0]);
  ck_assert_str_eq (spec->treatment, "treatment");
  ck_assert_str_eq (spec->test, "F");
  ck_assert_str_eq (spec->reference, "S");
  ck_assert_uint_eq (spec->n_endpoints, 1);
  ck_assert_str_eq (spec->endpoints[0].column, "pef");
  ck_assert_str_eq (spec->endpoints[0].unit, "L/min");
  ck_assert_str_eq (spec->endpoints[0].better, "higher");
  ck_assert (!spec->wide && !spec->log);
  ck_assert_uint_ge (pef->plan.n_methods, 4);
  ck_assert_str_eq (pef->plan.methods[2]->name, "hills-armitage");
  ck_assert_str_eq (pef->plan.adjust, "holm");
  ck_assert_double_eq (pef->plan.level, 0.95);
  ck_assert_str_eq (study.figures[0].figure->name, "crossover-profiles");
  ck_assert_ptr_eq (study.figures[0].from, pef);
  ck_assert_uint_eq (study.figures[0].formats.n, 2);
  ck_assert_str_eq (study.figures[0].formats.text[1], "pdf");
  ck_assert_uint_eq (study.tables[0].n_writers, 1);
  rx_study_free (&study);
  rx_study_free (&study);
  free (text);
}
END_TEST

START_TEST (the_register_of_the_manual)
{
  struct rx_study study;
  struct rx_error err;
  char *text = adapted (register_study);
  ck_assert_msg (parse (&study, text, &err) == RX_OK, "%s", err.message);
  const struct rx_study_analysis *analysis = &study.analyses[0];
  const struct rx_before_after_spec *spec = analysis->spec;
  ck_assert (study.data[0].is_register);
  ck_assert_str_eq (study.data[0].columns.drug, "atc");
  ck_assert_str_eq (study.data[0].columns.indication, "reimbursement");
  ck_assert_int_eq (study.seed, RX_STUDY_SEED);
  ck_assert (spec->has_coverage && !spec->no_guard && spec->has_index_days);
  ck_assert_int_eq (spec->coverage.from, 14610);
  ck_assert_int_eq (spec->coverage.to, 16800);
  ck_assert_str_eq (spec->index_drugs.text[0], "N07BB04");
  ck_assert_uint_eq (spec->n_require, 1);
  ck_assert_int_eq (spec->require[0].kind, RX_RULE_ANY);
  ck_assert_uint_eq (spec->require[0].n_members, 2);
  const struct rx_rule *ms = &spec->require[0].member[0];
  ck_assert_str_eq (ms->indications.text[0], "G35");
  ck_assert_int_eq (ms->at_least, 2);
  ck_assert (ms->has_days && !ms->count_drugs);
  ck_assert_int_eq (spec->before.from, -730);
  ck_assert_int_eq (spec->after.to, 729);
  ck_assert_uint_eq (spec->n_levels, 3);
  ck_assert_int_eq (spec->levels[1].to, 3);
  ck_assert_int_gt (spec->levels[2].to, 1000000);
  ck_assert_ptr_null (spec->reference);
  ck_assert_uint_eq (spec->n_outcomes, 3);
  ck_assert_str_eq (spec->outcomes[2].name, "all other");
  ck_assert_str_eq (spec->outcomes[2].except.text[0], "N07BB04");
  ck_assert_uint_eq (analysis->plan.measures,
                     (unsigned)(RX_USERS | RX_DISPENSINGS | RX_DDD));
  rx_study_free (&study);
  free (text);
}
END_TEST

/* What else may be written, and what it comes to. */
START_TEST (other_spellings)
{
  static const char text[]
      = "recross: 1\nstudy: s\nlevel: 0.9\ndata:\n"
        "  - {name: w, file: /abs/w.csv, delimiter: semicolon, decimal: ',',"
        " encoding: latin-1, missing: [-9, ''], schema: w.schema.yaml}\n"
        "  - {name: r, file: r.csv, columns: {person: a, date: b, drug: c}}\n"
        "analyses:\n"
        "  - name: wide\n    type: crossover\n    data: w\n    layout: wide\n"
        "    columns: {subject: id, sequence: arm}\n    log: true\n"
        "    endpoints: [{name: y, columns: [y1, y2]}]\n    methods: all\n"
        "    adjust: none\n"
        "  - name: bare\n    type: before-after\n    data: r\n"
        "    guard: false\n    level: 0.99\n    index: {drugs: A*}\n"
        "    require:\n"
        "      - none: [{drugs: [B], at_least: 3, count: drugs}]\n"
        "      - all: [any: [{drugs: B, to: 2010-12-31},"
        " {drugs: C, except: C1}]]\n"
        "    windows: {before: [-9, -1], after: [1, 9]}\n"
        "    outcomes: [{name: every, drugs: '*'}]\n"
        "tables: [{name: t, format: [tsv, json]}]\n";
  struct rx_study study;
  struct rx_error err;
  ck_assert_msg (parse (&study, text, &err) == RX_OK, "%s", err.message);
  const struct rx_csv_format *format = &study.data[0].format;
  ck_assert_str_eq (study.data[0].path, "/abs/w.csv");
  ck_assert_str_eq (study.data[0].schema_path, "dir/w.schema.yaml");
  ck_assert_int_eq (format->delimiter, ';');
  ck_assert_int_eq (format->decimal, ',');
  ck_assert (format->latin1);
  ck_assert_uint_eq (format->n_missing, 5);
  ck_assert_str_eq (format->missing[0], "-9");
  const struct rx_crossover_spec *wide = study.analyses[0].spec;
  ck_assert (wide->wide && wide->log);
  ck_assert_str_eq (wide->endpoints[0].columns[1], "y2");
  ck_assert_ptr_null (study.analyses[0].plan.methods);
  ck_assert_ptr_null (study.analyses[0].plan.adjust);
  ck_assert_double_eq (study.analyses[0].plan.level, 0.9);
  const struct rx_before_after_spec *bare = study.analyses[1].spec;
  ck_assert (bare->no_guard && !bare->has_coverage && !bare->has_index_days);
  ck_assert_double_eq (study.analyses[1].plan.level, 0.99);
  ck_assert_int_eq (bare->require[0].kind, RX_RULE_NONE);
  ck_assert (bare->require[0].member[0].count_drugs);
  ck_assert_int_eq (bare->require[1].member[0].kind, RX_RULE_ANY);
  const struct rx_rule *first = &bare->require[1].member[0].member[0];
  ck_assert (first->has_days);
  ck_assert_int_eq (first->days.from, INT32_MIN); /* an open end */
  ck_assert_int_eq (first->days.to, 14974);
  ck_assert_str_eq (bare->require[1].member[0].member[1].except.text[0], "C1");
  ck_assert_uint_eq (study.tables[0].n_writers, 2);
  ck_assert_ptr_null (study.tables[0].from);
  rx_study_free (&study);
}
END_TEST

/* ---- what is refused -------------------------------------------------- */

struct broken
{
  const char *study; /* the one that is broken */
  const char *find, *replace;
  const char *at;   /* line:place: key: */
  const char *says; /* part of the message */
};

#define T trial_study
#define R register_study

static const struct broken broken[] = {
  /* the top */
  { T, "recross: 1\n", "", "1:1:", "the key \"recross\" is missing" },
  { T, "recross: 1", "recross: 2",
    "1:10: recross:", "found \"2\", expected 1, the only version" },
  { T, "recross: 1", "recross: [1]", "1:10: recross:", "found a list" },
  { T, "study: senn-asthma\n", "", "1:1:", "the key \"study\" is missing" },
  { T, "study: senn-asthma", "stduy: x",
    "2:1: stduy:", "unknown key; did you mean \"study\"?" },
  { T, "seed: 20260101", "seed: -1",
    "3:7: seed:", "found \"-1\", expected a whole number from 0 on" },
  { T, "seed: 20260101", "level: 95",
    "3:8: level:", "found \"95\", expected a number between 0 and 1" },
  { T, "seed: 20260101", "level: 1", "3:8: level:", "between 0 and 1" },
  { T, "seed: 20260101", "seed: [1]", "3:7: seed:", "found a list" },
  { T, "seed: 20260101", "study: x", "3:1: study:", "" },

  /* data */
  { T, "file: senn_asthma.csv", "fiel: a.csv",
    "5:19: fiel:", "did you mean \"file\"?" },
  { T, ", file: senn_asthma.csv", "",
    "5:5: data:", "the key \"file\" is missing" },
  { T, "file: senn_asthma.csv", "file: -",
    "5:25: file:", "found \"-\", expected the name of a file" },
  { T, "asthma.csv}", "asthma.csv, decimal: ';'}",
    "5:51: decimal:", "found \";\", expected one of: ., ," },
  { T, "asthma.csv}", "asthma.csv, decimal: ',', delimiter: ','}",
    "5:51: decimal:", "the comma cannot be the delimiter as well" },
  { T, "asthma.csv}", "asthma.csv, encoding: latin1}",
    "5:52: encoding:", "did you mean \"latin-1\"?" },
  { T, "asthma.csv}", "asthma.csv, layout: columns}",
    "5:42: layout:", "the key \"columns\" is missing beside it" },
  { T, "asthma.csv}\n", "asthma.csv}\n  - {name: trial, file: b.csv}\n",
    "6:12: name:", "\"trial\" is the name of an earlier one, in line 5" },
  { T, "{name: trial,", "{name: \"a\\tb\",",
    "5:12: name:", "expected a name on one line" },
  { R, "layout: columns", "layout: paper",
    "4:59: layout:", "found \"paper\", expected one of: columns" },
  { R, "person: person, ", "",
    "5:6: columns:", "the key \"person\" is missing" },
  { R, "drug: atc", "atc: atc", "5:44: atc:", "unknown key" },

  /* analyses */
  { T, "type: crossover", "type: crosover", "8:11: type:",
    "found \"crosover\", expected one of; did you mean \"crossover\"?" },
  { T, "    type: crossover\n", "",
    "7:5: analyses:", "the key \"type\" is missing" },
  { T, "data: trial", "data: tria1",
    "9:11: data:", "did you mean \"trial\"?" },
  { T, "type: crossover", "type: before-after",
    "10:5: columns:", "unknown key" },
  { R,
    ", layout: columns,\n     columns:", "}\n  - {name: z, file: z, columns:",
    "9:11: data:", "type before-after needs a dispensing register" },
  { R, "type: before-after", "type: crossover",
    "10:5: coverage:", "unknown key" },
  { T, "name: pef\n", "nmae: pef\n",
    "7:5: analyses:", "the key \"name\" is missing" },

  /* methods and adjustments */
  { T, "paired-t,", "pared-t,", "15:25: methods:",
    "found \"pared-t\", expected a method for crossover; did you mean "
    "\"paired-t\"?" },
  { T, "paired-t,", "describe,",
    "15:25: methods:", "\"describe\" is listed twice" },
  { T, "adjust: holm", "adjust: hulm",
    "16:13: adjust:", "did you mean \"holm\"?" },
  { T, "adjust: holm", "methods: []", "16:5: methods:", "" },
  { R, "[describe, paired-t, wil", "[describe, koch-exact, wil",
    "28:25: methods:",
    "the method \"koch-exact\" is not one for before-after" },
  { R, "measures: [users, dispensings, ddd]", "measures: [users]",
    "28:25: methods:",
    "found \"paired-t\", a method for dispensings, ddd, which are not among" },
  { R, "[users, dispensings, ddd]", "[users, dispensing]",
    "27:23: measures:", "did you mean \"dispensings\"?" },
  { R, "amount: ddd, ", "", "27:36: measures:", "name no column of amounts" },

  /* crossover */
  { T, "subject: subject", "subjct: subject",
    "10:15: subjct:", "did you mean \"subject\"?" },
  { T, "reference: S", "reference: F",
    "12:16: reference:", "found \"F\", which is the test" },
  { T, "column: pef,", "columns: [a, b],",
    "14:21: columns:", "only used with layout: wide" },
  { T, "test: F", "layout: wide",
    "10:53: period:", "not used with layout: wide" },
  { T, "better: higher", "better: hihger",
    "14:55: better:", "did you mean \"higher\"?" },
  { T, "      - {name: PEF, column: pef, unit: L/min, better: higher}\n", "",
    "13:15: endpoints:", "found nothing, expected a list" },
  { T, "test: F", "log: yes",
    "11:10: log:", "found \"yes\", expected true or false" },

  /* before-after: times */
  { R, "to: 2015-12-31", "to: 2009-12-31",
    "10:38: to:", "found 2009-12-31, expected a day not before 2010-01-01" },
  { R, "from: 2010-01-01, to: 2015-12-31", "from: 2010-01-01",
    "10:16: from:", "the key \"to\" is missing beside it" },
  { R, "from: 2013-01-01", "from: 2013-02-30",
    "11:37: from:", "found \"2013-02-30\", expected a date" },
  { R, "from: 2013-01-01, to: 2013-12-31", "from: 2016-01-01, to: 2016-12-31",
    "11:5: index:", "its days lie outside the coverage" },
  { R, "take: first", "take: last",
    "11:71: take:", "found \"last\", expected one of: first" },
  { R, "before: [-730, -1]", "before: [-1, -730]",
    "16:23: before:", "expected the earlier day first" },
  { R, "before: [-730, -1]", "before: [-730]",
    "16:23: before:", "found 1 values, expected two days" },
  { R, "before: [-730, -1]", "before: [-730, x]",
    "16:30: before:", "found \"x\", expected a whole number" },
  { R, "after: [0, 729]", "after: [-1, 729]",
    "16:42: after:", "expected one after day -1" },
  { R, ", after: [0, 729]", "",
    "16:5: windows:", "the key \"after\" is missing" },

  /* before-after: rules, groups, outcomes */
  { R, "at_least: 2", "at_least: 0",
    "14:44: at_least:", "found \"0\", expected a whole number from 1" },
  { R, "{indications: [G35], at_least", "{at_least",
    "14:13: any:", "the key \"drugs\" or \"indications\" is missing" },
  { R, "      - any:", "      - at_least: 1\n        any:", "13:9: require:",
    "\"any\" stands alone" },
  { R, "at_least: 1,", "count: codes,",
    "15:48: count:", "expected one of: rows, drugs" },
  { R, "indication: reimbursement, ", "",
    "12:5: require:", "it asks for indications" },
  { R, "x2-3, from: 2", "x2-3, from: 1",
    "21:11: levels:", "this level overlaps with the level \"x1\"" },
  { R, "from: 2, to: 3", "from: 2, to: 1",
    "21:37: to:", "found 1, expected 2 or more" },
  { R, "name: x2-3", "name: all", "21:18: name:", "it stands for everyone" },
  { R, "      levels:", "      reference: x9\n      levels:",
    "19:18: reference:", "did you mean \"x1\"?" },
  { R, "[N02*]", "[N0*2]",
    "25:36: drugs:", "found \"N0*2\", expected a code such as N07BB04" },
  { R, "[N02*]", "[\"\"]", "25:36: drugs:", "found nothing" },
  { R, "name: analgesics, ", "",
    "25:9: outcomes:", "the key \"name\" is missing" },
  { R, "name: analgesics", "name: dmt",
    "25:16: name:", "\"dmt\" is the name of an earlier one, in line 24" },

  /* figures and tables */
  { T, "template: crossover-profiles", "template: crossover-profile",
    "18:32: template:", "did you mean \"crossover-profiles\"?" },
  { T, "template: crossover-profiles", "template: pie",
    "18:32: template:", "found \"pie\", expected a figure:" },
  { T, "profiles, from: pef", "profiles, from: peff",
    "18:58: from:", "did you mean \"pef\"?" },
  { T, "formats: [svg, pdf]", "formats: [svg, jpeg]", "18:78: formats:",
    "found \"jpeg\", expected a format of pictures: svg, png, pdf" },
  { T, "name: profiles", "name: a/b",
    "18:12: name:", "expected a name that a file can bear" },
  { T, "name: profiles", "name: style", "18:12: name:", "not style" },
  { T, "pef, format: ", "pef, format: x",
    "20:39: format:", "expected a format of tables" },
  { T, "pef, format: ", "pef, formt: ", "20:31: formt:",
    "did you mean \"format\"?" },
  { T, "pef, format: ", "pef} # ",
    "20:5: tables:", "the key \"format\" is missing" },
};

#undef T
#undef R

START_TEST (a_broken_study)
{
  const struct broken *row = &broken[_i];
  char *whole = adapted (row->study);
  char *text = replaced (whole, row->find, row->replace);
  char at[128];
  struct rx_study study;
  struct rx_error err;
  snprintf (at, sizeof at, "dir/s.yaml:%s", row->at);
  enum rx_status status = parse (&study, text, &err);
  ck_assert_msg (status == RX_EDATA, "%s -> %s: status %d", row->find,
                 row->replace, (int)status);
  ck_assert_msg (strncmp (err.message, at, strlen (at)) == 0
                     && strstr (err.message, row->says) != NULL,
                 "%s -> %s: got\n  %s\nexpected\n  %s ... %s", row->find,
                 row->replace, err.message, at, row->says);
  rx_study_free (&study);
  free (text);
  free (whole);
}
END_TEST

START_TEST (a_file_that_is_not_there)
{
  struct rx_study study = { 0 };
  struct rx_error err = { 0 };
  ck_assert_int_eq (rx_study_read (&study, "/nonexistent/s.yaml", &err),
                    RX_EIO);
  rx_study_free (&study);
}
END_TEST

/* ---- runs ------------------------------------------------------------- */

static const char trial_csv[] = "# synthetic: not patient data\n"
                                "subject,sequence,period,treatment,y,z\n"
                                "1,AB,1,A,5,1\n1,AB,2,B,7,2\n"
                                "2,AB,1,A,6,2\n2,AB,2,B,9,2\n"
                                "3,AB,1,A,4,3\n3,AB,2,B,5,1\n"
                                "4,BA,1,B,8,1\n4,BA,2,A,6,3\n"
                                "5,BA,1,B,7,NA\n5,BA,2,A,4,2\n";

static const char trial_schema[]
    = "schema: 1\nfile: trial.csv\ntitle: by hand\nsource: none\n"
      "synthetic: true\nmissing: [\"\", NA]\nkey: [subject, period]\n"
      "columns:\n"
      "  - {name: subject, type: integer}\n"
      "  - {name: sequence, type: category, values: [AB, BA]}\n"
      "  - {name: period, type: integer, min: 1, max: 2}\n"
      "  - {name: treatment, type: category, values: [A, B]}\n"
      "  - {name: y, type: number, min: 0, max: 9}\n"
      "  - {name: z, type: number, optional: true}\n";

static const char register_csv[] = "person,date,atc,ddd\n"
                                   "p1,2012-06-01,N02A,10\n"
                                   "p1,2013-03-01,N07BB04,25\n"
                                   "p1,2013-09-01,N02A,5\n"
                                   "p2,2012-12-01,N02A,20.5\n"
                                   "p2,2013-05-01,N07BB04,25\n"
                                   "p2,2013-05-11,N07BB04,25\n"
                                   "p3,2013-11-01,N07BB04,25\n"
                                   "p3,2014-01-01,N02B,7\n"
                                   "p4,2015-12-01,N07BB04,25\n";

static const char both_study[]
    = "recross: 1\nstudy: two things\ndata:\n"
      "  - {name: trial, file: trial.csv, schema: trial.schema.yaml}\n"
      "  - {name: reg, file: reg.csv, layout: columns,\n"
      "     columns: {person: person, date: date, drug: atc, amount: ddd}}\n"
      "analyses:\n"
      "  - name: ab\n    type: crossover\n    data: trial\n    test: B\n"
      "    endpoints: [{name: y}, {name: z, better: lower}]\n"
      "    methods: [paired-t, hills-armitage]\n    adjust: holm\n"
      "  - name: year\n    type: before-after\n    data: reg\n"
      "    coverage: {from: 2012-01-01, to: 2014-12-31}\n"
      "    index: {drugs: [N07BB04], from: 2013-01-01, to: 2013-12-31}\n"
      "    windows: {before: [-365, -1], after: [0, 364]}\n"
      "    groups:\n      by: {drugs: [N07BB04], window: [0, 364]}\n"
      "      levels: [{name: one, from: 1, to: 1}, {name: more, from: 2}]\n"
      "    outcomes: [{name: pain, drugs: [N02*]}]\n"
      "    methods: [describe, paired-t]\n"
      "figures:\n"
      "  - {name: profiles, template: crossover-profiles, from: ab}\n"
      "tables:\n"
      "  - {name: t1, from: ab, format: [tsv, json, markdown, text]}\n"
      "  - {name: t2, format: markdown}\n";

static int
remove_entry (const char *path, const struct stat *info, int flag,
              struct FTW *ftw)
{
  (void)info;
  (void)flag;
  return ftw->level == 0 ? 0 : remove (path);
}

/* The files of a run lie in folders, which scratch.h does not look into. */
static void
teardown (void)
{
  nftw (scratch_folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
  scratch_remove ();
}

static char *
contents (const char *path)
{
  struct rx_text text = { 0 };
  char part[4096];
  FILE *file = fopen (path, "rb");
  ck_assert_msg (file != NULL, "%s is not there", path);
  for (size_t got; (got = fread (part, 1, sizeof part, file)) > 0;)
    rx_text_add (&text, part, got);
  fclose (file);
  rx_text_addz (&text, "");
  ck_assert (!text.failed);
  return text.data;
}

static void
put (const char *name, const char *text)
{
  scratch_write (name, text, strlen (text));
}

static void
make_inputs (const char *study)
{
  put ("trial.csv", trial_csv);
  put ("trial.schema.yaml", trial_schema);
  put ("reg.csv", register_csv);
  put ("study.yaml", study);
}

static void
count_line (void *context, const char *line)
{
  size_t *n = context;
  ck_assert_uint_gt (strlen (line), 0);
  ++*n;
}

static enum rx_status
run (const char *folder, bool no_prov, struct rx_study_outcome *out,
     struct rx_error *err)
{
  char path[PATH_MAX];
  size_t lines = 0;
  struct rx_study study = { 0 };
  struct rx_provenance prov = { 0 };
  char *argv[] = { (char[]){ "recross" }, (char[]){ "run" } };
  struct rx_study_job job = { .folder = path,
                              .no_prov = no_prov,
                              .prov = &prov,
                              .progress = count_line,
                              .context = &lines };
  *out = (struct rx_study_outcome){ 0 };
  *err = (struct rx_error){ 0 };
  snprintf (path, sizeof path, "%s", scratch_path (folder));
  ck_assert_int_eq (rx_provenance_command (&prov, 2, argv, err), RX_OK);
  enum rx_status status
      = rx_study_read (&study, scratch_path ("study.yaml"), err);
  ck_assert_msg (status == RX_OK, "%s", err->message);
  status = rx_study_run (&study, &job, out, err);
  rx_provenance_free (&prov);
  rx_study_free (&study);
  return status;
}

/* Is gnuplot there?  Without it the figures' part of a run fails, and says
   so. */
static bool
can_draw (void)
{
  return system ("gnuplot --version > /dev/null 2>&1") == 0;
}

static void
has (const char *name, const char *part)
{
  char *text = contents (scratch_path (name));
  ck_assert_msg (strstr (text, part) != NULL, "%s lacks %s:\n%.2000s", name,
                 part, text);
  free (text);
}

static void
has_not (const char *name, const char *part)
{
  char *text = contents (scratch_path (name));
  ck_assert_msg (strstr (text, part) == NULL, "%s has %s", name, part);
  free (text);
}

START_TEST (a_run_from_end_to_end)
{
  struct rx_study_outcome out;
  struct rx_error err;
  make_inputs (both_study);
  enum rx_status status = run ("out", false, &out, &err);
  ck_assert_msg (status == (can_draw () ? RX_OK : RX_EIO), "%s", err.message);
  ck_assert_uint_eq (out.analyses, 2);
  ck_assert_uint_eq (out.tables, 2);
  ck_assert_uint_eq (out.figures, can_draw () ? 1 : 0);
  ck_assert_uint_gt (out.rows.n, 10);
  ck_assert (out.rows.synthetic);
  /* B - A is 2, 3, 1, 2, 3: mean 2.2 */
  has ("out/results.tsv", "\tpaired-t\ttreatment\t5\t2.2\t");
  has ("out/results.tsv", "# command: recross run\n");
  has ("out/results.tsv", "# option: ab.adjust=holm\n");
  has ("out/results.tsv", "# option: ab.reference=A\n");
  has ("out/results.tsv", "# option: year.guard=true\n");
  has ("out/results.tsv", "# option: year.windows.before=[-365, -1]\n");
  has ("out/results.tsv", "# input: trial.csv sha256=");
  /* the figure's rows are run though the study does not list them */
  has ("out/results.tsv", "\tprofiles\t1/1/A\t1\t5\t");
  has ("out/attrition.tsv", "study\tanalysis\tstep\tdescription\tpersons\t"
                            "excluded\treason\n");
  has ("out/audit.tsv", "study\tdata\tanalysis\tcheck\tcount\tunit\trule\n");
  has ("out/audit.tsv", "two things\treg\tNA\tduplicates\t");
  has ("out/audit.tsv", "two things\treg\tyear\toutside-coverage\t");
  has ("out/attrition.tsv", "two things\tyear\t1\t");
  has ("out/tables/t1.json", "\"rows\": [");
  has_not ("out/tables/t1.tsv", "\tyear\t");
  has ("out/tables/t2.md", "year");
  has ("out/tables/t1.txt", "paired-t");
  has ("out/methods.md", "Synthetic data");
  has ("out/methods.md", "Treatment effects are B minus A.");
  has ("out/methods.md", "N07BB04");
  has ("out/methods.md", "Holm");
  has ("out/methods.md", "This selected 3 persons.");
  has ("out/manifest.json", "\"recross\": \"0.");
  has ("out/manifest.json", "\"file\": \"results.tsv\"");
  has ("out/manifest.json", "\"file\": \"figures/profiles");
  has ("out/manifest.json", "\"year.coverage\": \"2012-01-01 to 2014-12-31\"");
  for (size_t i = 0; i < out.files.n; i++)
    ck_assert_int_eq (access (out.files.path[i], R_OK), 0);
  rx_study_outcome_free (&out);
}
END_TEST

/* Where the walks over a folder write. */
static struct rx_text all_bytes;

/* The files of a run, one after the other. */
static char *
bytes_of (const char *name)
{
  static const char *const files[]
      = { "results.tsv",         "attrition.tsv",   "methods.md",
          "manifest.json",       "tables/t1.tsv",   "tables/t1.json",
          "tables/t1.md",        "tables/t1.txt",   "tables/t2.md",
          "figures/profiles.gp", "figures/style.gp" };
  all_bytes = (struct rx_text){ 0 };
  for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
    {
      char path[256];
      snprintf (path, sizeof path, "%s/%s", name, files[i]);
      char *text = contents (scratch_path (path));
      rx_text_addf (&all_bytes, "== %s\n%s\n", files[i], text);
      free (text);
    }
  return all_bytes.data;
}

START_TEST (a_second_run_gives_the_same_bytes)
{
  struct rx_study_outcome out;
  struct rx_error err;
  bool no_prov = _i == 1;
  make_inputs (both_study);
  enum rx_status expected = can_draw () ? RX_OK : RX_EIO;
  ck_assert_int_eq (run ("out", no_prov, &out, &err), expected);
  rx_study_outcome_free (&out);
  char *first = bytes_of ("out");
  ck_assert_int_eq (run ("out", no_prov, &out, &err), expected);
  rx_study_outcome_free (&out);
  char *again = bytes_of ("out");
  ck_assert_str_eq (first, again);
  free (again);
  if (expected == RX_OK) /* a failure names the folder */
    {
      ck_assert_int_eq (run ("deep/other", no_prov, &out, &err), expected);
      rx_study_outcome_free (&out);
      again = bytes_of ("deep/other");
      ck_assert_str_eq (first, again);
      free (again);
    }
  free (first);
}
END_TEST

START_TEST (no_prov_leaves_the_head_out)
{
  struct rx_study_outcome out;
  struct rx_error err;
  make_inputs (both_study);
  run ("out", true, &out, &err);
  has_not ("out/results.tsv", "# command");
  has_not ("out/attrition.tsv", "# command");
  has_not ("out/manifest.json", "\"command\"");
  has ("out/results.tsv", "# synthetic");
  rx_study_outcome_free (&out);
}
END_TEST

/* What goes wrong, and in whose words. */
static const struct failure
{
  const char *name; /* file that is changed */
  const char *find, *replace;
  enum rx_status status;
  const char *says;
} failures[] = {
  { "trial.csv", "5,BA,2,A,4,2", "5,BA,2,A,x,2", RX_EDATA, "trial.csv:12:" },
  { "trial.csv", "1,AB,1,A,5,1", "1,AB,1,A,10,1", RX_EDATA, "trial.csv:3:" },
  { "trial.csv", "# synthetic: not patient data\n", "", RX_EDATA,
    "trial.csv" },
  { "reg.csv", "2014-01-01", "2014-13-01", RX_EDATA, "reg.csv:9:" },
  { "reg.csv", "person,date,atc,ddd", "person,day,atc,ddd", RX_EDATA, "date" },
  { "study.yaml", "reg.csv", "gone.csv", RX_EIO, "gone.csv" },
  { "study.yaml", "trial.schema.yaml", "gone.yaml", RX_EIO, "gone.yaml" },
  { "study.yaml", "test: B", "test: C", RX_EDATA, "C" },
  { "study.yaml", "{name: y}", "{name: nosuch}", RX_EDATA, "nosuch" },
};

static int
count_entry (const char *path, const struct stat *info, int flag,
             struct FTW *ftw)
{
  (void)info;
  (void)flag;
  rx_text_addf (&all_bytes, "%s\n", path + ftw->base);
  return 0;
}

START_TEST (a_failed_run_leaves_nothing_behind)
{
  const struct failure *row = &failures[_i];
  struct rx_study_outcome out;
  struct rx_error err;
  make_inputs (both_study);
  char *whole = contents (scratch_path (row->name));
  char *changed = replaced (whole, row->find, row->replace);
  put (row->name, changed);
  free (whole);
  free (changed);
  enum rx_status status = run ("out", false, &out, &err);
  ck_assert_msg (status == row->status
                     && strstr (err.message, row->says) != NULL,
                 "%s: status %d, %s", row->replace, (int)status, err.message);
  rx_study_outcome_free (&out);
  all_bytes = (struct rx_text){ 0 };
  nftw (scratch_path ("out"), count_entry, 8, FTW_PHYS);
  ck_assert_uint_eq (all_bytes.length, 0);
  rx_text_free (&all_bytes);
}
END_TEST

/* A file in the way of the folder of tables: what was whole stays, nothing
   half-written, no manifest. */
START_TEST (a_failed_writing_leaves_whole_files)
{
  struct rx_study_outcome out;
  struct rx_error err;
  make_inputs (both_study);
  ck_assert_int_eq (mkdir (scratch_path ("out"), 0777), 0);
  put ("out/tables", "in the way");
  put ("out/manifest.json", "of an earlier run");
  ck_assert_int_eq (run ("out", false, &out, &err), RX_EIO);
  ck_assert_ptr_nonnull (strstr (err.message, "tables"));
  rx_study_outcome_free (&out);
  has ("out/results.tsv", "paired-t");
  ck_assert_int_ne (access (scratch_path ("out/manifest.json"), F_OK), 0);
  all_bytes = (struct rx_text){ 0 };
  nftw (scratch_path ("out"), count_entry, 8, FTW_PHYS);
  ck_assert_msg (strstr (all_bytes.data, "\n.") == NULL, "%s", all_bytes.data);
  rx_text_free (&all_bytes);
}
END_TEST

START_TEST (without_gnuplot_all_else_is_written)
{
  struct rx_study_outcome out;
  struct rx_error err;
  const char *path = getenv ("PATH");
  char *kept = strdup (path != NULL ? path : "");
  make_inputs (both_study);
  ck_assert_int_eq (setenv ("PATH", "/nonexistent", 1), 0);
  enum rx_status status = run ("out", false, &out, &err);
  ck_assert_int_eq (setenv ("PATH", kept, 1), 0);
  free (kept);
  ck_assert_int_eq (status, RX_EIO);
  ck_assert_ptr_nonnull (strstr (err.message, "gnuplot"));
  ck_assert_uint_eq (out.figures, 0);
  has ("out/figures/profiles.gp", "figure:");
  has ("out/manifest.json", "\"not_drawn\"");
  has ("out/methods.md", "# Methods");
  has ("out/tables/t2.md", "year");
  rx_study_outcome_free (&out);
}
END_TEST

START_TEST (unused_data_are_said)
{
  struct rx_study_outcome out;
  struct rx_error err;
  char *text = replaced (both_study, "analyses:\n",
                         "  - {name: spare, file: none.csv}\nanalyses:\n");
  make_inputs (text);
  run ("out", false, &out, &err);
  has ("out/methods.md", "The data \"spare\" were not read");
  rx_study_outcome_free (&out);
  free (text);
}
END_TEST

START_TEST (clusters_are_called_so)
{
  struct rx_study_outcome out;
  struct rx_error err;
  put ("wards.csv", "ward,person,period,treatment,y\n"
                    "1,a,1,A,4\n1,b,1,A,6\n1,a,2,B,3\n"
                    "2,c,1,B,5\n2,d,2,A,9\n2,e,2,A,8\n"
                    "3,f,1,A,7\n");
  put ("study.yaml", "recross: 1\nstudy: wards\n"
                     "data:\n  - {name: t, file: wards.csv}\n"
                     "analyses:\n  - {name: a, type: crossover, data: t,\n"
                     "     columns: {cluster: ward, subject: person},\n"
                     "     endpoints: [{name: y}], methods: [paired-t]}\n");
  ck_assert_msg (run ("out", false, &out, &err) == RX_OK, "%s", err.message);
  has ("out/methods.md", "with every period in 2 of 3 clusters");
  has ("out/methods.md", "The 7 rows are persons;");
  has ("out/results.tsv", "# option: a.columns.cluster=ward\n");
  /* A - B is 5 - 3 and 8.5 - 5 */
  has ("out/results.tsv", "\tpaired-t\ttreatment\t2\t2.75\t");
  rx_study_outcome_free (&out);
}
END_TEST

/* Beside `multiplicity` it is the p-values of other methods that are not. */
START_TEST (unadjusted_p_values_are_said)
{
  static const char study[]
      = "recross: 1\nstudy: printed\n"
        "data:\n  - {name: paper, file: paper.csv}\n"
        "analyses:\n  - {name: a, type: summary, data: paper,\n"
        "     methods: [reconstruct, multiplicity]}\n";
  struct rx_study_outcome out;
  struct rx_error err;
  char *alone = replaced (study, ", multiplicity", "");
  put ("paper.csv", "study,endpoint,design,n,difference,p\n"
                    "one,x,paired,60,3.3,0.04\none,y,paired,60,1,0.2\n");
  put ("study.yaml", study);
  ck_assert_msg (run ("out", false, &out, &err) == RX_OK, "%s", err.message);
  has ("out/methods.md", " Other p-values are not adjusted for multiplicity.");
  rx_study_outcome_free (&out);
  put ("study.yaml", alone);
  ck_assert_msg (run ("alone", false, &out, &err) == RX_OK, "%s", err.message);
  has ("alone/methods.md", " P-values are not adjusted for multiplicity.");
  rx_study_outcome_free (&out);
  free (alone);
}
END_TEST

/* A method that fits no such trial is the study's fault: exit 3, its line. */
START_TEST (a_method_that_does_not_fit_the_trial)
{
  static const char csv[] = "subject,period,treatment,y\n"
                            "1,1,A,1\n1,2,B,2\n1,3,C,4\n"
                            "2,1,B,2\n2,2,C,1\n2,3,A,3\n"
                            "3,1,C,2\n3,2,A,1\n3,3,B,3\n";
  static const char text[]
      = "recross: 1\nstudy: s\ndata: [{name: d, file: three.csv}]\nanalyses:\n"
        "  - name: a\n    type: crossover\n    data: d\n"
        "    endpoints: [{name: y}]\n"
        "    methods: [paired-t, hills-armitage]\n";
  struct rx_study_outcome out;
  struct rx_error err;
  put ("three.csv", csv);
  put ("study.yaml", text);
  ck_assert_int_eq (run ("out", false, &out, &err), RX_EDATA);
  ck_assert_ptr_nonnull (strstr (err.message, "study.yaml:9:5: methods: "
                                              "hills-armitage needs"));
  rx_study_outcome_free (&out);
  char *all = replaced (text, "[paired-t, hills-armitage]", "all");
  put ("study.yaml", all);
  enum rx_status status = run ("out", false, &out, &err);
  ck_assert_msg (status == RX_OK, "%s", err.message);
  has ("out/results.tsv", "\tB-A\t");
  has_not ("out/results.tsv", "hills-armitage\t");
  rx_study_outcome_free (&out);
  free (all);
}
END_TEST

static void
find_templates (void)
{
  char path[PATH_MAX];
  const char *source = getenv ("srcdir");
  snprintf (path, sizeof path, "%s/plots", source != NULL ? source : ".");
  if (access (path, R_OK) == 0)
    setenv ("RECROSS_PLOTS", path, 0);
}

int
main (void)
{
  Suite *suite = suite_create ("study");
  TCase *files = tcase_create ("files");
  tcase_add_test (files, the_trial_of_the_manual);
  tcase_add_test (files, the_register_of_the_manual);
  tcase_add_test (files, other_spellings);
  tcase_add_loop_test (files, a_broken_study, 0,
                       (int)(sizeof broken / sizeof broken[0]));
  tcase_add_test (files, a_file_that_is_not_there);
  suite_add_tcase (suite, files);
  TCase *runs = tcase_create ("runs");
  tcase_set_timeout (runs, 60);
  tcase_add_checked_fixture (runs, scratch_make, teardown);
  tcase_add_test (runs, a_run_from_end_to_end);
  tcase_add_loop_test (runs, a_second_run_gives_the_same_bytes, 0, 2);
  tcase_add_test (runs, no_prov_leaves_the_head_out);
  tcase_add_loop_test (runs, a_failed_run_leaves_nothing_behind, 0,
                       (int)(sizeof failures / sizeof failures[0]));
  tcase_add_test (runs, a_failed_writing_leaves_whole_files);
  tcase_add_test (runs, without_gnuplot_all_else_is_written);
  tcase_add_test (runs, unused_data_are_said);
  tcase_add_test (runs, clusters_are_called_so);
  tcase_add_test (runs, unadjusted_p_values_are_said);
  tcase_add_test (runs, a_method_that_does_not_fit_the_trial);
  suite_add_tcase (suite, runs);
  find_templates ();
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
