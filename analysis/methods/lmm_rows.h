/* lmm_rows.h: the mixed model of a crossover endpoint: REML, a random subject,
   sequence, period and treatment fixed, all available data. */
#ifndef RX_LMM_ROWS_H
#define RX_LMM_ROWS_H

#include "methods/linear_model.h"
#include "stats/lmm_blocks.h"

/* What varies: subjects and measurements alike; measurements by treatment;
   or, the model of replicate designs, subjects by treatment too. */
enum rx_lmm_variances
{
  RX_LMM_COMMON,
  RX_LMM_WITHIN_BY_TREATMENT,
  RX_LMM_REPLICATE
};

/* An endpoint fitted. */
struct rx_lmm_endpoint
{
  struct rx_linear_model model;
  enum rx_lmm_variances variances;
  struct rx_lmm fit;       /* RX_LMM_COMMON */
  struct rx_blocks blocks; /* the others */
  bool is_fitted;          /* some subject has two responses */
};

/* With common variances, or by treatment where the options say so. */
enum rx_status rx_lmm_endpoint_fit (struct rx_lmm_endpoint *out,
                                    const struct rx_crossover *design,
                                    const struct rx_endpoint *endpoint,
                                    const struct rx_method_options *options,
                                    struct rx_error *err) RX_MUST_USE;
enum rx_status rx_lmm_replicate_fit (struct rx_lmm_endpoint *out,
                                     const struct rx_crossover *design,
                                     const struct rx_endpoint *endpoint,
                                     const struct rx_method_options *options,
                                     struct rx_error *err) RX_MUST_USE;
void rx_lmm_endpoint_free (struct rx_lmm_endpoint *endpoint);

enum rx_lmm_state rx_lmm_state (const struct rx_lmm_endpoint *endpoint);

/* Notes on the state of a fit: that a variance is 0 or cannot be estimated;
   why there is no test. */
const char *rx_lmm_state_note (enum rx_lmm_state state);
const char *rx_lmm_state_why (enum rx_lmm_state state);
const char *rx_lmm_note (const struct rx_lmm_endpoint *endpoint);
const char *rx_lmm_why (const struct rx_lmm_endpoint *endpoint);

/* How a method gets its degrees of freedom: for what is compared within
   subjects and between them, with common variances and with others. */
struct rx_lmm_rule
{
  rx_lmm_test *within, *between;
  rx_blocks_test *within_blocks, *between_blocks;
};
extern const struct rx_lmm_rule rx_lmm_rule_satterthwaite,
    rx_lmm_rule_containment;

/* Kenward & Roger by the information that the options say. */
const struct rx_lmm_rule *
rx_lmm_rule_kr (const struct rx_method_options *options);

/* A context for rx_lmm_tester, which tests within subjects. */
struct rx_lmm_tested
{
  const struct rx_lmm_endpoint *endpoint;
  const struct rx_lmm_rule *rule;
};
rx_linear_tester rx_lmm_tester;

/* Makes the rows of an endpoint that was fitted. */
typedef enum rx_status rx_lmm_report (const struct rx_lmm_endpoint *e,
                                      const struct rx_crossover *design,
                                      const struct rx_endpoint *endpoint,
                                      const struct rx_method_options *options,
                                      const char *method,
                                      const struct rx_lmm_rule *rule,
                                      struct rx_rows *rows,
                                      struct rx_error *err);

/* Those of the fixed effects. */
rx_lmm_report rx_lmm_effects;

/* What tells the methods of mixed models from each other. */
struct rx_lmm_kind
{
  const struct rx_lmm_rule *rule; /* NULL: it depends on the options */
  const struct rx_lmm_rule *(*of_options) (
      const struct rx_method_options *options);
  rx_lmm_report *report; /* NULL: rx_lmm_effects */
  bool replicate;        /* the model of replicate designs, whose variances
                            have rows too */
};

/* Fits and reports; self->kind is a struct rx_lmm_kind. */
enum rx_status rx_lmm_run (const struct rx_method *self,
                           const struct rx_crossover *design,
                           const struct rx_endpoint *endpoint,
                           const struct rx_method_options *options,
                           struct rx_rows *rows,
                           struct rx_error *err) RX_MUST_USE;

/* The variances between subjects and within them; where they differ by
   treatment also -2 log restricted likelihood. */
enum rx_status rx_lmm_components (const struct rx_lmm_endpoint *e,
                                  const char *method,
                                  const struct rx_crossover *design,
                                  const struct rx_endpoint *endpoint,
                                  struct rx_rows *rows,
                                  struct rx_error *err) RX_MUST_USE;

#endif /* RX_LMM_ROWS_H */
