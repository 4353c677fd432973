/* packages.h: dispensed packages turned into defined daily doses (DDD).

     ddd = packs * units * strength / DDD (ATC, route, date)

   with a table of DDDs that the user supplies: recross ships none.  Its
   columns are atc, route, ddd, unit, valid_from, valid_to; the last two may
   be empty (open), and so may the route (any).  A product whose DDD is
   counted in unit doses (UD: tablets, doses), as combinations have it, needs
   no strength. */
#ifndef RX_PACKAGES_H
#define RX_PACKAGES_H

#include "base/date.h"
#include "base/memory.h"
#include "data/table.h"

/* A unit of strength or of a DDD: what it measures, and how much of the
   first of its kind it is. */
struct rx_dose_unit
{
  const char *name, *kind;
  double factor;
};
extern const struct rx_dose_unit rx_dose_units[];
extern const size_t rx_n_dose_units;

/* The unit of that name, case aside ("mg", "ug" and "mcg", "IU" and "U"); NULL
   where there is none. */
const struct rx_dose_unit *rx_dose_unit_find (const char *name);

/* Why a row has no DDD; RX_DDD_CONVERTED: it has. */
enum rx_ddd_fate
{
  RX_DDD_CONVERTED,
  RX_DDD_NO_PACKS,          /* packs or units are missing */
  RX_DDD_NOT_IN_TABLE,      /* the table has no row of the drug */
  RX_DDD_ROUTE_MISSING,     /* ... has several, told apart by routes */
  RX_DDD_OTHER_ROUTE,       /* ... has the drug with other routes only */
  RX_DDD_OTHER_DATE,        /* ... has no row that is valid on the day */
  RX_DDD_NO_STRENGTH,       /* the strength is missing */
  RX_DDD_SEVERAL_STRENGTHS, /* it is not one number ("160/12.5") */
  RX_DDD_UNIT_UNKNOWN,      /* its unit is missing or none that is known */
  RX_DDD_UNIT_OTHER_KIND, /* its unit measures something else than the DDD's */
  RX_N_DDD_FATES
};
extern const char *const rx_ddd_fates[RX_N_DDD_FATES];

/* Names of columns; NULL: the file has none. */
struct rx_packages_spec
{
  const char *drug, *date, *packs, *units, *strength, *unit, *route;
  const struct rx_date_format *dates;
};

struct rx_package
{
  size_t row;  /* of the table */
  size_t drug; /* number of the code */
  double ddd;  /* NaN where it has none */
  enum rx_ddd_fate fate;
};

struct rx_packages
{
  const char *file, *ddd_file;
  const char **drugs; /* codes [n_drugs], as names are sorted */
  size_t n_drugs;
  struct rx_package *package; /* [n], rows without any value left out */
  size_t n;
  bool synthetic;
};

/* Both tables are borrowed until rx_packages_free.  RX_EDATA, naming file,
   line and column: a column that is not there; in the DDD table a number that
   is none above zero, a unit that is not known, a date that is none, two rows
   of one drug and route that are valid on one day; in the packages a drug or a
   date that is missing or none, a number that is none. */
enum rx_status rx_packages_build (struct rx_packages *packages,
                                  const struct rx_table *table,
                                  const struct rx_table *ddd,
                                  const struct rx_packages_spec *spec,
                                  struct rx_error *err) RX_MUST_USE;
void rx_packages_free (struct rx_packages *packages);

#endif /* RX_PACKAGES_H */
