/* run_folder.h: the folder that a run fills: every file whole, every file
   remembered for the manifest. */
#ifndef RX_RUN_FOLDER_H
#define RX_RUN_FOLDER_H

#include "base/digest.h"
#include "base/text.h"
#include "report/figure.h"

struct rx_run_folder
{
  const char *path;
  struct rx_paths made; /* with the folder in front */
};

/* Makes the folder, and those above it.  What it made is handed over or freed
   with rx_paths_free. */
enum rx_status rx_run_folder_open (struct rx_run_folder *folder,
                                   const char *path,
                                   struct rx_error *err) RX_MUST_USE;

/* A path inside, which the folder owns; NULL when there is no memory. */
const char *rx_run_folder_path (struct rx_run_folder *folder,
                                const char *name);

/* Writes the text as a file inside and remembers it; a failed text is no
   memory.  A name may hold one folder: "tables/table1.tsv". */
enum rx_status rx_run_folder_write (struct rx_run_folder *folder,
                                    const char *name,
                                    const struct rx_text *text,
                                    struct rx_error *err) RX_MUST_USE;

/* Was this file made in the folder by this run? */
bool rx_run_folder_has (struct rx_run_folder *folder, const char *name);

/* Appends the bytes of a file inside. */
enum rx_status rx_run_folder_read (struct rx_run_folder *folder,
                                   const char *name, struct rx_text *out,
                                   struct rx_error *err) RX_MUST_USE;

/* Remembers files that another made inside.  RX_EDATA when one of them was
   made before, unless it bears the name that all may share. */
enum rx_status rx_run_folder_take (struct rx_run_folder *folder,
                                   const struct rx_paths *made,
                                   const char *shared,
                                   struct rx_error *err) RX_MUST_USE;

/* Takes a file of an earlier run away, if it is there. */
enum rx_status rx_run_folder_remove (struct rx_run_folder *folder,
                                     const char *name,
                                     struct rx_error *err) RX_MUST_USE;

/* The name inside the folder of a path made there. */
const char *rx_run_folder_name (const struct rx_run_folder *folder,
                                const char *path);

/* SHA-256 of a file as it lies on the disk, and its size (bytes may be
   NULL). */
enum rx_status rx_run_digest (const char *path, char digest[RX_DIGEST_SIZE],
                              size_t *bytes, struct rx_error *err) RX_MUST_USE;

#endif /* RX_RUN_FOLDER_H */
