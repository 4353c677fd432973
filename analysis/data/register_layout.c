/* register_layout.c: the table of layouts.

   omop: the fields person_id, drug_exposure_start_date and drug_concept_id of
   the table DRUG_EXPOSURE, all three required (OMOP Common Data Model 5.4,
   ohdsi.github.io/CommonDataModel/cdm54.html).  Its quantity is in units that
   depend on the drug, not in DDD, and so is not an amount here. */
#include "data/register_layout.h"

#include <string.h>

const struct rx_register_layout rx_register_layouts[] = {
  { "columns", "columns named one by one", { 0 } },
  { "omop",
    "OMOP CDM table drug_exposure; drugs are concept ids, no amount",
    { .person = "person_id",
      .date = "drug_exposure_start_date",
      .drug = "drug_concept_id" } },
};
const size_t rx_n_register_layouts
    = sizeof rx_register_layouts / sizeof rx_register_layouts[0];

const struct rx_register_layout *
rx_register_layout_find (const char *name)
{
  for (size_t i = 0; i < rx_n_register_layouts; i++)
    if (strcmp (rx_register_layouts[i].name, name) == 0)
      return &rx_register_layouts[i];
  return NULL;
}
