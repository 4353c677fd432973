/* report_page.h: a report in Markdown as one HTML page that needs nothing
   else: no script, no network, its pictures inside, fit to be printed. */
#ifndef RX_REPORT_PAGE_H
#define RX_REPORT_PAGE_H

#include "study/run_folder.h"

/* Appends the page.  A picture ![caption](figures/NAME.svg) that was made in
   the folder becomes a figure with its caption; of one that could not be
   drawn the page says so.  RX_EIO when a picture cannot be read. */
enum rx_status rx_report_page (struct rx_text *out, const char *title,
                               const struct rx_text *markdown,
                               struct rx_run_folder *folder,
                               struct rx_error *err) RX_MUST_USE;

/* Appends page without the pictures inside, so that pages with differently
   drawn pictures can be compared. */
void rx_report_page_words (struct rx_text *out, const char *page);

#endif /* RX_REPORT_PAGE_H */
