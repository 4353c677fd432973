/* power_method.h: what a trial can be planned for, and the rows of a plan.

   These are no methods of rx_methods: there are no data yet. */
#ifndef RX_POWER_METHOD_H
#define RX_POWER_METHOD_H

#include "designs/power_design.h"
#include "methods/result.h"
#include "stats/mcnemar_power.h"
#include "stats/scaled_power.h"

/* Which further values a question has. */
enum rx_power_limits
{
  RX_POWER_NONE,   /* the difference is compared with 0 */
  RX_POWER_PAIR,   /* lies between two limits */
  RX_POWER_MARGIN, /* lies on one side of a margin */
  RX_POWER_SCALED, /* lies between limits that follow the variation within the
                      reference */
  RX_POWER_SHARES  /* two shares of discordant pairs are compared */
};

struct rx_expansion; /* stats/equivalence.h */

struct rx_power_method
{
  const char *name, *title, *source;
  enum rx_power_limits limits;
  double alpha;      /* where none is given */
  double theta0;     /* the true ratio where none is given; 0: it must be */
  const char *sided; /* what alpha is, for the note */
  bool approximate;
  rx_power_of *power;
  rx_power_of *power_below; /* of a margin from above; else NULL */
  /* scaled: what is to be shown, but for alpha, and whether the difference
     comes from contrasts within subjects or from the model */
  void (*scaled) (const struct rx_expansion *expansion,
                  struct rx_scaled_test *test);
  bool expands; /* as the expansion says */
  bool contrasts;
  rx_mcnemar_power_of *discordant; /* of two shares */
  bool saw_toothed;                /* a larger trial may have less power */
};

extern const struct rx_power_method rx_power_methods[];
extern const size_t rx_n_power_methods;

/* The method of that name, NULL when there is none. */
const struct rx_power_method *rx_power_method_find (const char *name);

struct rx_power_task
{
  const struct rx_power_method *method;
  const struct rx_power_design *design; /* of a table, or own_design */
  struct rx_power_design own_design;
  struct rx_power_sequences own;
  struct rx_power_question question; /* on the analysis scale */
  double sd;                         /* the same */
  double sd_ref; /* within the reference, where it differs; else 0 */
  const struct rx_expansion *expansion; /* of a scaled method */
  struct rx_discordant_shares shares;   /* of two shares */
  bool log, below;                      /* below: the margin is an upper one */
  double dropout;                       /* share of the subjects; 0: none */
  const char *varied; /* what a curve varies beside n; NULL: nothing */
  double varied_to;   /* the value it has here */
};

/* A row `power`: the smallest balanced total n with at least the target, and
   the power it has.  With dropouts a row `randomised` follows, whose n leaves
   that many after them.  Where no n up to RX_POWER_MOST will do: NA and
   `not-reachable`. */
enum rx_status rx_power_add_size (const struct rx_power_task *task,
                                  double target, struct rx_rows *rows,
                                  struct rx_error *err) RX_MUST_USE;

/* A row `power` for the subjects of each group; with dropouts for what is
   left of them, and a row `randomised` for them.  NA and `too-few-subjects`
   where a group is empty or there are no degrees of freedom. */
enum rx_status rx_power_add_subjects (const struct rx_power_task *task,
                                      const size_t *subjects,
                                      struct rx_rows *rows,
                                      struct rx_error *err) RX_MUST_USE;

/* A row `detectable` of the two-sided t test: the difference that these
   subjects, or what dropouts leave of them, show with the power asked for. */
enum rx_status rx_power_add_detectable (const struct rx_power_task *task,
                                        const size_t *subjects, double power,
                                        struct rx_rows *rows,
                                        struct rx_error *err) RX_MUST_USE;

#endif /* RX_POWER_METHOD_H */
