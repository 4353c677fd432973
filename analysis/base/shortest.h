/* shortest.h: the fewest decimal digits that read back to a double. */
#ifndef RX_SHORTEST_H
#define RX_SHORTEST_H

enum
{
  RX_SHORTEST_DIGITS = 17 /* always read back (IEEE 754-2019, 5.12.2) */
};

/* Writes the digits of x > 0, finite, without zeros at their end and a NUL
   after them; returns the decimal exponent of the first: 1250 is "125" and
   3. */
int rx_shortest (char digits[RX_SHORTEST_DIGITS + 1], double x);

#endif /* RX_SHORTEST_H */
