/* byte_marks.c: 64 bytes at a time into a word of 64 bits, one for each byte
   that is a mark, whose ones are then counted off (G. Langdale and D. Lemire,
   "Parsing gigabytes of JSON per second", VLDB Journal 28, 2019, section 3.1).

   The portable way takes eight bytes as one word.  A byte x of it is zero
   exactly when ((x & 0x7f) + 0x7f) | x has no bit 0x80, which never carries
   into the next byte (Warren, Hacker's Delight, 2nd ed., section 6-1).  By
   hand: 0x00 gives 0x7f, 0x01 gives 0x80, 0x80 gives 0xff. */
#include "data/byte_marks.h"

#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__)
#define HAS_AVX2 1
#include <immintrin.h>
#else
#define HAS_AVX2 0
#endif

enum
{
  BLOCK = 64,
  WORD = 8
};

/* Counts off the ones of a block that starts at `base`. */
static inline size_t
count_off (uint64_t mask, size_t base, uint32_t *at)
{
  size_t n = 0;
  for (; mask != 0; mask &= mask - 1)
    at[n++] = (uint32_t)(base + (size_t)__builtin_ctzll (mask));
  return n;
}

/* ---- Portable ----------------------------------------------------------- */

#define EACH(byte) (UINT64_C (0x0101010101010101) * (unsigned char)(byte))

/* 0x80 in every byte of the word that is zero. */
static inline uint64_t
zeros (uint64_t word)
{
  const uint64_t low = EACH (0x7f);
  return ~(((word & low) + low) | word | low);
}

/* One bit for each of the eight bytes that is a mark, the first byte lowest.
 */
static inline uint64_t
word_mask (const char *bytes, uint64_t delimiters)
{
  uint64_t word;
  memcpy (&word, bytes, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = __builtin_bswap64 (word);
#endif
  uint64_t marks = zeros (word) | zeros (word ^ delimiters)
                   | zeros (word ^ EACH ('\n')) | zeros (word ^ EACH ('\r'))
                   | zeros (word ^ EACH ('"')) | (word & EACH (0x80));
  return (marks >> 7) * UINT64_C (0x0102040810204080) >> 56;
}

static uint64_t
block_mask (const char *bytes, char delimiter)
{
  uint64_t mask = 0;
  for (size_t i = 0; i < BLOCK / WORD; i++)
    mask |= word_mask (bytes + WORD * i, EACH (delimiter)) << (WORD * i);
  return mask;
}

/* The last bytes, fewer than a block: in a copy of full size. */
/* from < length < from + 64. */
static size_t
find_rest (const char *bytes, size_t length, size_t from, char delimiter,
           uint32_t *at)
{
  char block[BLOCK] = "";
  memcpy (block, bytes + from, length - from);
  uint64_t inside = (UINT64_C (1) << (length - from)) - 1;
  return count_off (block_mask (block, delimiter) & inside, from, at);
}

static size_t
find_portable (const char *bytes, size_t length, char delimiter, uint32_t *at)
{
  size_t n = 0, i = 0;
  for (; i + BLOCK <= length; i += BLOCK)
    n += count_off (block_mask (bytes + i, delimiter), i, at + n);
  return i < length ? n + find_rest (bytes, length, i, delimiter, at + n) : n;
}

static bool
always (void)
{
  return true;
}

/* ---- AVX2 --------------------------------------------------------------- */

#if HAS_AVX2
__attribute__ ((target ("avx2"))) static inline uint64_t
half_mask (const char *bytes, __m256i delimiter)
{
  __m256i x = _mm256_loadu_si256 ((const __m256i_u *)bytes);
  /* movemask reads the top bit, which a byte that is not ASCII has set */
  __m256i marks = _mm256_or_si256 (x, _mm256_cmpeq_epi8 (x, delimiter));
  marks = _mm256_or_si256 (marks,
                           _mm256_cmpeq_epi8 (x, _mm256_set1_epi8 ('\n')));
  marks = _mm256_or_si256 (marks,
                           _mm256_cmpeq_epi8 (x, _mm256_set1_epi8 ('\r')));
  marks
      = _mm256_or_si256 (marks, _mm256_cmpeq_epi8 (x, _mm256_set1_epi8 ('"')));
  marks = _mm256_or_si256 (marks,
                           _mm256_cmpeq_epi8 (x, _mm256_setzero_si256 ()));
  return (uint32_t)_mm256_movemask_epi8 (marks);
}

__attribute__ ((target ("avx2,bmi,bmi2"))) static size_t
find_avx2 (const char *bytes, size_t length, char delimiter, uint32_t *at)
{
  const __m256i d = _mm256_set1_epi8 (delimiter);
  size_t n = 0, i = 0;
  for (; i + BLOCK <= length; i += BLOCK)
    {
      uint64_t mask = half_mask (bytes + i, d)
                      | half_mask (bytes + i + BLOCK / 2, d) << (BLOCK / 2);
      n += count_off (mask, i, at + n);
    }
  return i < length ? n + find_rest (bytes, length, i, delimiter, at + n) : n;
}

static bool
has_avx2 (void)
{
  return __builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("bmi")
         && __builtin_cpu_supports ("bmi2");
}
#endif

const struct rx_byte_marks rx_byte_marks[] = {
#if HAS_AVX2
  { "avx2", has_avx2, find_avx2 },
#endif
  { "portable", always, find_portable },
};
const size_t rx_n_byte_marks = sizeof rx_byte_marks / sizeof rx_byte_marks[0];

const struct rx_byte_marks *
rx_byte_marks_best (void)
{
  size_t i = 0;
  while (!rx_byte_marks[i].is_supported ())
    i++;
  return &rx_byte_marks[i];
}
