/* study_parts.h: the parsers of a study file's parts, one file each. */
#ifndef RX_STUDY_PARTS_H
#define RX_STUDY_PARTS_H

#include "study/study_file.h"

/* Parses the at-th member of `data` into study->data[at]. */
enum rx_status rx_study_data_parse (struct rx_study *study,
                                    const struct rx_yaml_node *list, size_t at,
                                    struct rx_error *err) RX_MUST_USE;

/* `code_map` and `persons` of that member, which is parsed but for them. */
enum rx_status rx_study_beside_parse (struct rx_study *study,
                                      const struct rx_yaml_node *list,
                                      size_t at,
                                      struct rx_error *err) RX_MUST_USE;

/* The same for `analyses`; the data are parsed before. */
enum rx_status rx_study_analysis_parse (struct rx_study *study,
                                        const struct rx_yaml_node *list,
                                        size_t at,
                                        struct rx_error *err) RX_MUST_USE;

/* The same for `figures` and `tables`; the analyses are parsed before. */
enum rx_status rx_study_figure_parse (struct rx_study *study,
                                      const struct rx_yaml_node *list,
                                      size_t at,
                                      struct rx_error *err) RX_MUST_USE;
enum rx_status rx_study_table_parse (struct rx_study *study,
                                     const struct rx_yaml_node *list,
                                     size_t at,
                                     struct rx_error *err) RX_MUST_USE;

/* `report` of the whole file, into study->report. */
enum rx_status rx_study_report_parse (struct rx_study *study,
                                      const struct rx_yaml_node *root,
                                      struct rx_error *err) RX_MUST_USE;

/* Do the data have the measure that the node asks for? */
enum rx_status rx_study_measure_check (struct rx_study *study,
                                       const struct rx_yaml_node *node,
                                       const struct rx_measure_name *measure,
                                       const struct rx_study_data *data,
                                       struct rx_error *err) RX_MUST_USE;

/* A list of requirements (see rx_rule), nested as they may be. */
enum rx_status rx_study_rules_parse (struct rx_study *study,
                                     const struct rx_yaml_node *list,
                                     struct rx_rule **out, size_t *n,
                                     struct rx_error *err) RX_MUST_USE;

#endif /* RX_STUDY_PARTS_H */
