// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-model"

#include "config.h"

#include "yeji-number-filter.h"

#include <string.h>

#include "yeji-digest.h"

#define MAGIC "YEJINUM1"
#define MAGIC_SIZE 8
#define HEADER_SIZE 24
#define SUM_SIZE 32
/* Beyond, a filter of a few numbers would grow for nothing; below, it would say yes too often. */
#define MIN_BITS 8
#define MAX_BITS 20
/* How many values lie between two places that the reader remembers. */
#define STRIDE 64

/* Where decoding may begin: what comes next, and the least that it can be. */
typedef struct
{
  guint64 least;
  guint64 position;            /* in bits */
} Mark;

struct _YejiNumberFilter
{
  gatomicrefcount refs;
  GBytes *bytes;
  const guint8 *data;          /* of @bytes, behind the header */
  guint64 n_bits;
  guint64 range;               /* values are below */
  guint count;                 /* different values */
  guint bits;
  Mark *marks;
  guint n_marks;
};

G_DEFINE_QUARK (yeji-number-filter-error-quark, yeji_number_filter_error)

/**
 * yeji_number_fold:
 *
 * Writes a number as it is compared, on both sides: compatibility forms (full width, circled) are
 * plain ones (Unicode NFKC), letters are capitals, and only letters and digits remain, so that
 * hyphens, blanks and all kinds of brackets make no difference.
 *
 * Returns: (transfer full) (nullable): the key; %NULL when too little remains to name a project, or
 *   @number is no UTF-8
 */
char *
yeji_number_fold (const char *number)
{
  g_autofree char *plain = NULL;
  g_autoptr (GString) key = NULL;
  guint n_left = 0;

  g_return_val_if_fail (number != NULL, NULL);

  /* g_utf8_normalize() walks over the end of a text that ends within a character */
  if (!g_utf8_validate (number, -1, NULL))
    return NULL;
  plain = g_utf8_normalize (number, -1, G_NORMALIZE_ALL_COMPOSE);
  if (plain == NULL)
    return NULL;
  key = g_string_sized_new (strlen (plain));
  for (const char *at = plain; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (!g_unichar_isalnum (c))
        continue;
      g_string_append_unichar (key, g_unichar_toupper (c));
      n_left++;
    }
  return n_left >= YEJI_NUMBER_MIN_KEY ? g_string_free (g_steal_pointer (&key), FALSE) : NULL;
}

static guint64
read_number (const guint8 *bytes,
             guint         n_bytes)
{
  guint64 number = 0;

  for (guint i = 0; i < n_bytes; i++)
    number = number << 8 | bytes[i];
  return number;
}

/**
 * yeji_number_hash:
 * @key: of yeji_number_fold()
 *
 * Returns: the first eight bytes of its SHA-256, the highest first
 */
guint64
yeji_number_hash (const char *key)
{
  g_autoptr (YejiDigest) digest = yeji_digest_new (YEJI_DIGEST_SHA256);
  guint8 sum[YEJI_DIGEST_MAX];

  yeji_digest_update (digest, key, strlen (key));
  yeji_digest_finish (digest, sum);
  return read_number (sum, 8);
}

static int
compare_values (gconstpointer a,
                gconstpointer b)
{
  guint64 x = *(const guint64 *) a, y = *(const guint64 *) b;

  return x < y ? -1 : x > y;
}

/* A value takes its bits and 1.6 more; what the limit leaves goes into fewer false answers. */
static guint
choose_bits (gsize n)
{
  gsize room = (gsize) (YEJI_NUMBER_FILTER_SIZE - HEADER_SIZE - SUM_SIZE) * 80 / MAX (n, 1);
  gsize bits = room > 16 ? (room - 16) / 10 : 0;

  return (guint) CLAMP (bits, MIN_BITS, MAX_BITS);
}

/* Bits are written the highest first. */
typedef struct
{
  GByteArray *bytes;
  guint8 open;
  guint n_open;
} Writer;

static void
write_bit (Writer   *writer,
           gboolean  bit)
{
  writer->open = (guint8) (writer->open << 1 | (bit ? 1 : 0));
  if (++writer->n_open < 8)
    return;
  g_byte_array_append (writer->bytes, &writer->open, 1);
  writer->open = 0;
  writer->n_open = 0;
}

static void
write_gap (Writer  *writer,
           guint64  gap,
           guint    bits)
{
  for (guint64 i = gap >> bits; i > 0; i--)
    write_bit (writer, TRUE);
  write_bit (writer, FALSE);
  for (guint i = bits; i > 0; i--)
    write_bit (writer, (gap >> (i - 1) & 1) != 0);
}

static void
write_number (guint8  *to,
              guint32  number)
{
  for (guint i = 0; i < 4; i++)
    to[i] = (guint8) (number >> (24 - 8 * i));
}

static void
append_sum (GByteArray *bytes)
{
  g_autoptr (YejiDigest) digest = yeji_digest_new (YEJI_DIGEST_SHA256);
  guint8 sum[YEJI_DIGEST_MAX];

  yeji_digest_update (digest, bytes->data, bytes->len);
  g_byte_array_append (bytes, sum, (guint) yeji_digest_finish (digest, sum));
}

/**
 * yeji_number_filter_make:
 * @hashes: (array length=n_hashes): of yeji_number_hash(); they are put into another order and
 *   changed
 * @n_hashes: 2^26 at most
 *
 * The same numbers make the same bytes.
 *
 * Returns: (transfer full): the filter's bytes
 */
GBytes *
yeji_number_filter_make (guint64 *hashes,
                         gsize    n_hashes)
{
  guint bits = choose_bits (n_hashes);
  guint64 range = (guint64) MAX (n_hashes, 1) << bits;
  Writer writer = { g_byte_array_sized_new ((guint) (n_hashes * (bits + 2) / 8 + 128)) };
  guint8 header[HEADER_SIZE] = MAGIC;
  guint32 count = 0;
  guint64 least = 0;

  g_return_val_if_fail (n_hashes <= G_GUINT64_CONSTANT (1) << 26, NULL);

  for (gsize i = 0; i < n_hashes; i++)
    hashes[i] %= range;
  if (n_hashes > 0)
    qsort (hashes, n_hashes, sizeof *hashes, compare_values);
  g_byte_array_append (writer.bytes, header, sizeof header);
  for (gsize i = 0; i < n_hashes; i++)
    {
      if (i > 0 && hashes[i] == hashes[i - 1])
        continue;
      write_gap (&writer, hashes[i] - least, bits);
      least = hashes[i] + 1;
      count++;
    }
  while (writer.n_open != 0)
    write_bit (&writer, FALSE);
  write_number (writer.bytes->data + 8, (guint32) n_hashes);
  write_number (writer.bytes->data + 12, count);
  writer.bytes->data[16] = (guint8) bits;
  write_number (writer.bytes->data + 20, writer.bytes->len - HEADER_SIZE);
  append_sum (writer.bytes);
  return g_byte_array_free_to_bytes (writer.bytes);
}

/* FALSE: it ends too early, or is more than the filter can hold. */
static gboolean
read_gap (const YejiNumberFilter *self,
          guint64                *position,
          guint64                *gap)
{
  guint64 at = *position, ones = 0, rest = 0;
  guint64 most = self->range >> self->bits;

  while (at < self->n_bits && (self->data[at / 8] & (0x80 >> (at % 8))) != 0)
    {
      at++;
      if (++ones > most)
        return FALSE;
    }
  if (at >= self->n_bits || self->n_bits - at - 1 < self->bits)
    return FALSE;
  at++;
  for (guint left = self->bits; left > 0;)
    {
      guint skip = (guint) (at % 8);
      guint take = MIN (8 - skip, left);

      rest = rest << take | (((guint) self->data[at / 8] >> (8 - skip - take))
                             & ((1u << take) - 1));
      at += take;
      left -= take;
    }
  *position = at;
  *gap = ones << self->bits | rest;
  return TRUE;
}

/* Reads everything once: whatever is asked later finds what it finds here. */
static gboolean
mark_all (YejiNumberFilter *self)
{
  guint64 position = 0, least = 0, gap;

  for (guint i = 0; i < self->count; i++)
    {
      if (i % STRIDE == 0)
        self->marks[i / STRIDE] = (Mark) { least, position };
      if (!read_gap (self, &position, &gap) || gap >= self->range - least)
        return FALSE;
      least += gap + 1;
    }
  if (self->n_bits - position >= 8)
    return FALSE;
  for (; position < self->n_bits; position++)
    if ((self->data[position / 8] & (0x80 >> (position % 8))) != 0)
      return FALSE;
  return TRUE;
}

static gboolean
is_right (GBytes *bytes)
{
  g_autoptr (YejiDigest) digest = yeji_digest_new (YEJI_DIGEST_SHA256);
  guint8 sum[YEJI_DIGEST_MAX];
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  yeji_digest_update (digest, data, size - SUM_SIZE);
  yeji_digest_finish (digest, sum);
  return memcmp (sum, data + size - SUM_SIZE, SUM_SIZE) == 0;
}

/**
 * yeji_number_filter_new:
 * @bytes: of yeji_number_filter_make(), or of anybody
 *
 * Reads a filter, and all of it: nothing that is not well formed is taken.
 *
 * Returns: (transfer full) (nullable): the filter, or %NULL with an error of
 *   #YejiNumberFilterError
 */
YejiNumberFilter *
yeji_number_filter_new (GBytes  *bytes,
                        GError **error)
{
  g_autoptr (YejiNumberFilter) self = NULL;
  guint64 n_numbers, n_bytes;
  const guint8 *data;
  gsize size;

  g_return_val_if_fail (bytes != NULL, NULL);

  data = g_bytes_get_data (bytes, &size);
  if (size < HEADER_SIZE + SUM_SIZE || size > YEJI_NUMBER_FILTER_MAX
      || memcmp (data, MAGIC, MAGIC_SIZE) != 0)
    {
      g_set_error (error, YEJI_NUMBER_FILTER_ERROR, YEJI_NUMBER_FILTER_ERROR_UNKNOWN,
                   "%" G_GSIZE_FORMAT " bytes that are no filter", size);
      return NULL;
    }
  self = g_new0 (YejiNumberFilter, 1);
  g_atomic_ref_count_init (&self->refs);
  self->bytes = g_bytes_ref (bytes);
  self->data = data + HEADER_SIZE;
  self->bits = data[16];
  self->count = (guint) read_number (data + 12, 4);
  n_numbers = read_number (data + 8, 4);
  n_bytes = read_number (data + 20, 4);
  self->n_bits = n_bytes * 8;
  if (!is_right (bytes) || n_bytes != size - HEADER_SIZE - SUM_SIZE
      || self->bits < MIN_BITS || self->bits > MAX_BITS
      || self->count > n_numbers || (guint64) self->count * (self->bits + 1) > self->n_bits)
    {
      g_set_error_literal (error, YEJI_NUMBER_FILTER_ERROR, YEJI_NUMBER_FILTER_ERROR_DAMAGED,
                           "the filter is not what was made");
      return NULL;
    }
  self->range = MAX (n_numbers, 1) << self->bits;
  self->n_marks = (self->count + STRIDE - 1) / STRIDE;
  self->marks = g_new (Mark, self->n_marks);
  if (!mark_all (self))
    {
      g_set_error_literal (error, YEJI_NUMBER_FILTER_ERROR, YEJI_NUMBER_FILTER_ERROR_DAMAGED,
                           "the filter does not hold what it says");
      return NULL;
    }
  return g_steal_pointer (&self);
}

YejiNumberFilter *
yeji_number_filter_ref (YejiNumberFilter *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
yeji_number_filter_unref (YejiNumberFilter *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_bytes_unref (self->bytes);
  g_free (self->marks);
  g_free (self);
}

/* The last mark from which @value can be reached. */
static const Mark *
find_mark (const YejiNumberFilter *self,
           guint64                 value)
{
  guint low = 0, high = self->n_marks;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (self->marks[middle].least <= value)
        low = middle;
      else
        high = middle;
    }
  return &self->marks[low];
}

/**
 * yeji_number_filter_holds:
 * @key: of yeji_number_fold()
 *
 * Returns: %TRUE for every number that was put in, and for one in 2^bits of the others
 */
gboolean
yeji_number_filter_holds (YejiNumberFilter *self,
                          const char       *key)
{
  guint64 value = yeji_number_hash (key) % self->range;
  guint64 position, least, gap;
  const Mark *mark;

  if (self->count == 0)
    return FALSE;
  mark = find_mark (self, value);
  position = mark->position;
  least = mark->least;
  for (guint i = 0; i < STRIDE && read_gap (self, &position, &gap); i++)
    {
      least += gap;
      if (least >= value)
        return least == value;
      least++;
    }
  return FALSE;
}

/**
 * yeji_number_filter_get_count:
 *
 * Returns: how many different values it holds
 */
guint
yeji_number_filter_get_count (YejiNumberFilter *self)
{
  return self->count;
}

/**
 * yeji_number_filter_get_bits:
 *
 * Returns: once in how many cases, as a power of two, it finds what is not in it
 */
guint
yeji_number_filter_get_bits (YejiNumberFilter *self)
{
  return self->bits;
}
