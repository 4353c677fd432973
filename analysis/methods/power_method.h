/* power_method.h: what a trial can be planned for, and the rows of a plan.

   These are no methods of rx_methods: there are no data yet. */
#ifndef RX_POWER_METHOD_H
#define RX_POWER_METHOD_H

#include "designs/power_design.h"
#include "methods/result.h"

/* Which further values a question has. */
enum rx_power_limits
{
  RX_POWER_NONE,  /* the difference is compared with 0 */
  RX_POWER_PAIR,  /* lies between two limits */
  RX_POWER_MARGIN /* lies on one side of a margin */
};

struct rx_power_method
{
  const char *name, *title, *source;
  enum rx_power_limits limits;
  double alpha;      /* where none is given */
  const char *sided; /* what alpha is, for the note */
  bool approximate;
  rx_power_of *power;
  rx_power_of *power_below; /* of a margin from above; else NULL */
};

extern const struct rx_power_method rx_power_methods[];
extern const size_t rx_n_power_methods;

/* The method of that name, NULL when there is none. */
const struct rx_power_method *rx_power_method_find (const char *name);

struct rx_power_task
{
  const struct rx_power_method *method;
  const struct rx_power_design *design;
  struct rx_power_question question; /* on the analysis scale */
  double sd;                         /* the same */
  bool log, below;                   /* below: the margin is an upper one */
  double dropout;                    /* share of the subjects; 0: none */
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

#endif /* RX_POWER_METHOD_H */
