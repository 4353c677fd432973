/* register_layout.c: the table of layouts, each with the page where its names
   can be read. */
#include "data/register_layout.h"

#include <string.h>

const struct rx_register_layout rx_register_layouts[] = {
  { .name = "columns", .title = "columns named one by one" },
  { .name = "omop",
    .title = "OMOP CDM table drug_exposure; drugs are concept ids (see "
             "--code-map), no amount",
    .source = "OMOP Common Data Model 5.4, table drug_exposure "
              "(ohdsi.github.io/CommonDataModel/cdm54.html)",
    /* its quantity is in units that depend on the drug, not in DDD */
    .columns = { .person = "person_id",
                 .date = "drug_exposure_start_date",
                 .drug = "drug_concept_id" } },
  { .name = "kela",
    .title = "Finland, prescription register of Kela; amount in DDD (sex is "
             "SP, year of birth SVUOSI)",
    .source = "L. Saastamoinen (Kela), Nordic prescription registers: "
              "Finland, NorPEN 2011, lists of variables "
              "(studylib.net/doc/5745522)",
    .columns
    = { .person = "HETU", .date = "OTPVM", .drug = "ATC", .amount = "DDD" } },
  { .name = "lmdb",
    .title = "Denmark, Lægemiddelstatistikregisteret; its DDD are volume "
             "times apk (indication is indo)",
    .source = "osdc, R/registers.R: the variables of lmdb as Statistics "
              "Denmark names them (github.com/steno-aarhus/osdc)",
    .columns = { .person = "pnr",
                 .date = "eksd",
                 .drug = "atc",
                 .amount = "volume",
                 .amount_times = "apk" } },
  { .name = "lmed",
    .title = "Sweden, Läkemedelsregistret; its DDD are ANTAL times forpddd",
    .source = "SEMcodebook, socialstyrelsen_prescribed_drugs: original field "
              "names (andrejohanssonlund.github.io/SEMcodebook)",
    .columns = { .person = "LopNr",
                 .date = "EDATUM",
                 .drug = "ATC",
                 .amount = "ANTAL",
                 .amount_times = "forpddd" } },
  { .name = "norpd",
    .title = "Norway, Norwegian Prescription Database; no amount",
    .source = "SCRIPTS/analysis_run/data_preparation_db.R of "
              "github.com/jromanowska/Norwegian_drug_screening_ATC_level2",
    .columns = { .person = "PasientLopeNr",
                 .date = "UtleveringsDato",
                 .drug = "ATCKode" } },
  { .name = "pcornet",
    .title = "PCORnet CDM table DISPENSING; drugs are NDC (see --code-map), "
             "days of supply",
    .source
    = "NextD_ExtractionCode_DISPENSINGS_2021_02_03.sql of "
      "github.com/afurmanchuk/NextD-sql; medical-data-models.org/40291",
    .columns = { .person = "PATID",
                 .date = "DISPENSE_DATE",
                 .drug = "NDC",
                 .amount = "DISPENSE_SUP",
                 .is_days = true } },
  { .name = "pis",
    .title = "Scotland, Prescribing Information System; drugs are BNF codes "
             "(see --code-map), no amount; the person is named by the project",
    .source = "10_prediction_modelling_prep.R of "
              "github.com/EAVE-II/Long-COVID, which reads extracts of it",
    .columns = { .date = "Disp Date", .drug = "PI BNF Item Code" } },
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
