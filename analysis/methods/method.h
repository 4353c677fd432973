/* method.h: what an analysis is.

   A method is one file of methods/ ending in its literal, e.g.

       const struct rx_method rx_method_paired_t = {
         .name = "paired-t",
         .title = "Paired t test",
         .crossover = run_crossover,
         .before_after = run_before_after,
       };

   and one line of methods/local.mk.  It serves the designs whose function it
   has.  It gets a design, adds result rows, and opens no file. */
#ifndef RX_METHOD_H
#define RX_METHOD_H

#include "designs/before_after.h"
#include "designs/crossover.h"
#include "methods/result.h"
#include "stats/carryover.h"

struct rx_series;         /* designs/series.h */
struct rx_symmetry;       /* designs/symmetry.h */
struct rx_case_series;    /* designs/case_series.h */
struct rx_evidence;       /* designs/evidence.h */
struct rx_printed_table;  /* designs/printed_table.h */
struct rx_printed_result; /* the same */
struct rx_claims;         /* designs/claims.h */
struct rx_claim_verdicts; /* methods/claim_verdicts.h */
struct rx_exposure;       /* designs/exposure.h */
struct rx_packages;       /* designs/packages.h */
struct rx_mcnemar;        /* stats/discordant.h */
struct rx_note;           /* methods/fill.h */
struct rx_preference;     /* methods/preference.h */
struct rx_joint_test;     /* methods/joint_tests.h */
struct rx_design_need;    /* methods/design_needs.h */
struct rx_expansion;      /* stats/equivalence.h */

/* Tests of one comparison each; methods/comparisons.c makes the comparisons
   of a design and turns what comes back into rows.  A row comes without
   endpoint, method and term; notes say why a number is missing. */

/* Differences within subject: test minus reference of a crossover trial,
   after minus before of a cell. */
typedef enum rx_status rx_paired_test (const struct rx_contrast *contrast,
                                       double level, struct rx_row *row,
                                       struct rx_note *note,
                                       struct rx_error *err);

/* The same with random numbers: those of options->seed and the stream. */
struct rx_method_options;
typedef enum rx_status
rx_resampled_test (const struct rx_contrast *contrast,
                   const struct rx_method_options *options, uint64_t stream,
                   struct rx_row *row, struct rx_note *note,
                   struct rx_error *err);

/* The same contrast of the subjects in either sequence of an AB/BA trial;
   what is reported is `factor` times the difference. */
typedef enum rx_status rx_abba_test (const struct rx_contrast *test_first,
                                     const struct rx_contrast *reference_first,
                                     double factor, double level,
                                     struct rx_row *row, struct rx_note *note,
                                     struct rx_error *err);

/* Subjects who responded to one of two treatments alone, or in one of two
   windows alone. */
typedef struct rx_row rx_discordant_test (const struct rx_mcnemar *pairs,
                                          double level, struct rx_note *note);

/* Binary responses of an AB/BA trial by sequence and preferred period. */
typedef enum rx_status
rx_preference_test (const struct rx_preference *preference, double level,
                    struct rx_row *row, struct rx_note *note,
                    struct rx_error *err);

/* One printed result; the test adds its rows itself. */
struct rx_method_options;
typedef enum rx_status
rx_printed_check (const struct rx_printed_result *result,
                  const struct rx_method_options *options,
                  struct rx_rows *rows, struct rx_error *err);

/* What the linear models of a crossover may be asked for. */
struct rx_model_options
{
  const struct rx_carryover *carryover; /* in the model; NULL: none */
  bool all_pairs;           /* contrasts of all pairs of treatments, not of
                               each with the reference alone */
  bool means;               /* least-squares means of the treatments */
  bool within_by_treatment; /* mixed models: a variance within for each
                               treatment */
  bool observed;            /* Kenward-Roger: by the observed information */
  bool rates; /* the log of the exposure is an offset; the methods that compare
                 counts say so themselves */
};

enum
{
  RX_IMPUTATIONS_LEAST = 2,
  RX_IMPUTATIONS_MOST = 10000
};

/* What the methods for missing responses may be asked for. */
struct rx_missing_options
{
  bool has_values;
  double values[2];   /* the least and the greatest response */
  size_t imputations; /* 0: the method's own number */
};

/* What a method may be asked for beside its design. */
struct rx_method_options
{
  double level;     /* of intervals: 0.95 */
  uint64_t seed;    /* of random numbers, where a method draws any */
  bool no_sequence; /* models of a crossover leave the sequence out */
  struct rx_model_options model;
  struct rx_missing_options missing;
  bool hksj_truncate; /* meta-analysis: the factor of HKSJ is at least 1 */
  double alpha;       /* equivalence: of a one-sided test; 0: the default */
  double margin[2];   /* equivalence: limits of a difference, or of a ratio
                         of logarithms */
  bool has_margin;
  const struct rx_expansion *expansion; /* of expanding limits; NULL: the
                                           default */
  size_t family;       /* printed numbers: p-values of a study; 0: its rows */
  double unprinted[2]; /* printed numbers: between these is a p that is not
                          printed */
};

/* Where a method of a meta-analysis runs when there are subgroups. */
enum rx_subgroup_use
{
  RX_SUBGROUPS_AND_WHOLE, /* each subgroup, and all studies */
  RX_SUBGROUPS_WITHIN,    /* each subgroup */
  RX_SUBGROUPS_WHOLE      /* all studies */
};

struct rx_method
{
  const char *name;                   /* id, as in the study file */
  const char *title;                  /* one line for a list */
  const char *source;                 /* paper or book, page or equation */
  const char *words;                  /* sentence for the methods paragraph */
  const struct rx_design_need *needs; /* crossover: of the design; NULL:
                                         nothing */
  bool binary_only;     /* crossover: every response must be 0 or 1 */
  bool counts_only;     /* crossover: every response must be a count */
  bool log_only;        /* crossover: logarithms must be analysed */
  bool needs_margin;    /* crossover: limits of a difference must be given */
  bool whole_trial;     /* crossover: tells of all subjects, not of completers
                           once more */
  bool own_terms;       /* crossover: a hyphen in its terms does not join two
                           treatments */
  bool scores;          /* crossover: its estimates are sums of scores, on no
                           scale of the responses */
  bool on_request;      /* left out of "all" and of the default */
  bool adjusts;         /* its rows are adjusted p-values, whatever the plan */
  bool needs_reference; /* before/after: needs groups with a reference */
  unsigned measures;    /* before/after: the measures it serves (bits) */
  unsigned evidence;    /* meta-analysis: what the studies must have (bits of
                           enum rx_evidence_has) */
  enum rx_subgroup_use subgroups; /* meta-analysis */
  unsigned parts;                 /* exposure, before/after: the parts it needs
                                     (bits) */
  /* Before/after: what the design lacks for it, in words; NULL: nothing. */
  const char *(*lacks) (const struct rx_before_after *design);
  bool unasked; /* before/after: where nothing lacks, a key of the study has
                   asked for it; it runs whether it is listed or not */

  /* What it tests, where every row of it is one such test ... */
  rx_paired_test *paired;            /* crossover, before/after */
  rx_resampled_test *resampled;      /* crossover, before/after */
  rx_abba_test *abba;                /* crossover */
  rx_discordant_test *discordant;    /* crossover, before/after */
  rx_preference_test *preference;    /* crossover */
  const struct rx_joint_test *joint; /* crossover: how its treatment rows are
                                        adjusted by max-t; NULL: they are
                                        not */
  rx_printed_check *printed;         /* summary */

  /* ... and how it makes its rows where they are not.  Methods of a family
     share a function, which finds in `kind` of its first argument what tells
     one from another. */
  const void *kind;
  enum rx_status (*crossover) (const struct rx_method *self,
                               const struct rx_crossover *design,
                               const struct rx_endpoint *endpoint,
                               const struct rx_method_options *options,
                               struct rx_rows *rows, struct rx_error *err);
  enum rx_status (*before_after) (const struct rx_before_after *design,
                                  const struct rx_before_after_cell *cell,
                                  const struct rx_method_options *options,
                                  struct rx_rows *rows, struct rx_error *err);
  /* Once, from the rows [first, rows->n) that the other methods of the
     analysis made. */
  enum rx_status (*over_rows) (const struct rx_before_after *design,
                               size_t first,
                               const struct rx_method_options *options,
                               struct rx_rows *rows, struct rx_error *err);
  enum rx_status (*series) (const struct rx_method *self,
                            const struct rx_series *series,
                            const struct rx_method_options *options,
                            struct rx_rows *rows, struct rx_error *err);
  enum rx_status (*symmetry) (const struct rx_symmetry *symmetry,
                              const struct rx_method_options *options,
                              struct rx_rows *rows, struct rx_error *err);
  enum rx_status (*case_series) (const struct rx_case_series *cases,
                                 const struct rx_method_options *options,
                                 struct rx_rows *rows, struct rx_error *err);
  enum rx_status (*meta) (const struct rx_method *self,
                          const struct rx_evidence *evidence,
                          const struct rx_method_options *options,
                          struct rx_rows *rows, struct rx_error *err);
  enum rx_status (*summary) (const struct rx_printed_table *table,
                             const struct rx_method_options *options,
                             struct rx_rows *rows, struct rx_error *err);
  enum rx_status (*claims) (const struct rx_claims *claims,
                            const struct rx_claim_verdicts *verdicts,
                            struct rx_rows *rows, struct rx_error *err);
  enum rx_status (*exposure) (const struct rx_method *self,
                              const struct rx_exposure *exposure,
                              const struct rx_method_options *options,
                              struct rx_rows *rows, struct rx_error *err);
  enum rx_status (*packages) (const struct rx_packages *packages,
                              const struct rx_method_options *options,
                              struct rx_rows *rows, struct rx_error *err);
};

extern const struct rx_method *const rx_methods[];
extern const size_t rx_n_methods;

/* The method of that id, NULL when there is none. */
const struct rx_method *rx_method_find (const char *name);

#endif /* RX_METHOD_H */
