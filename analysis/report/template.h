/* template.h: where the gnuplot templates are, and what their heads promise.

   A template's head is its description:

       # figure:  effects
       # columns: endpoint label estimate conf_low conf_high          */
#ifndef RX_TEMPLATE_H
#define RX_TEMPLATE_H

#include "base/text.h"

#include <limits.h>

/* The folder of the templates: that of the environment variable RECROSS_PLOTS,
   else the one compiled in.  RX_EIO where it is not there. */
enum rx_status rx_template_folder (char folder[PATH_MAX],
                                   struct rx_error *err) RX_MUST_USE;

/* Reads FOLDER/NAME.gp; style.gp from the first folder of GNUPLOT_LIB that
   has one, else from FOLDER. */
enum rx_status rx_template_read (struct rx_text *out, const char *folder,
                                 const char *name,
                                 struct rx_error *err) RX_MUST_USE;
enum rx_status rx_template_style (struct rx_text *out, const char *folder,
                                  struct rx_error *err) RX_MUST_USE;

/* Is every column that the template's "# columns:" line names in the header
   line of the data?  RX_EINTERNAL, naming the first that is not: gnuplot
   itself would only warn. */
enum rx_status rx_template_check (const char *script, const char *name,
                                  const char *tsv,
                                  struct rx_error *err) RX_MUST_USE;

#endif /* RX_TEMPLATE_H */
