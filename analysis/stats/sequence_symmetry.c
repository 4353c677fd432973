/* sequence_symmetry.c: the null-effect probability of sequence symmetry.

   With I_d and M(.) the numbers of persons who start the index drug on day d
   and the marker drug on some days,

     P = sum_d I_d M(d+1 .. d+W) / sum_d I_d [M(d-W .. d-1) + M(d+1 .. d+W)]

   Hallas, Epidemiology 1996;7:478-484, with the window of Tsiropoulos,
   Andersen & Hallas, Pharmacoepidemiology and Drug Safety 2009;18:483-491.

   By hand: index days 50, 70, 90, marker days 40, 55, 89, W = 30: later pairs
   50-55 and 70-89, earlier ones 50-40, 70-40, 70-55 and 90-89: P = 2 / 6. */
#include "stats/sequence_symmetry.h"

#include <math.h>

double
rx_sequence_null (const int64_t *index, size_t n_index, const int64_t *marker,
                  size_t n_marker, int64_t window)
{
  uint64_t earlier = 0, later = 0;
  /* the first marker that is not before: the window, the day, the day after,
     and the end of the window; all only move on */
  size_t from = 0, same = 0, after = 0, end = 0;
  for (size_t i = 0; i < n_index; i++)
    {
      int64_t day = index[i];
      while (from < n_marker && marker[from] < day - window)
        from++;
      while (same < n_marker && marker[same] < day)
        same++;
      while (after < n_marker && marker[after] <= day)
        after++;
      while (end < n_marker && marker[end] <= day + window)
        end++;
      earlier += same - from;
      later += end - after;
    }
  return earlier + later == 0 ? NAN
                              : (double)later / (double)(earlier + later);
}
