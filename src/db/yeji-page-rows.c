// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-pages"

#include "config.h"

#include "yeji-page-rows.h"

#include <string.h>

/* B-trees and records of https://www.sqlite.org/fileformat2.html, read with distrust: every number
 * is compared with what is there, and a page is read once as part of a tree. */

/* A longer row than any that is written here: a dictionary's bundle is the longest. */
#define MAX_PAYLOAD (64 * 1024 * 1024)
#define MAX_VALUES 200

enum
{
  PAGE_INDEX_INNER = 2,
  PAGE_TABLE_INNER = 5,
  PAGE_INDEX_LEAF = 10,
  PAGE_TABLE_LEAF = 13,
};

struct _YejiPageMarks
{
  guint8 *seen;                /* one bit a page */
  guint32 count;
  guint64 budget;              /* how many pages of chains may still be read */
};

typedef struct
{
  YejiPages *pages;
  YejiPageMarks *marks;
  YejiPageRowFunc func;
  gpointer data;
  GArray *waiting;             /* of guint32: pages still to be read */
  guint8 *page;
  GByteArray *payload;
  guint n_bad;
} Reader;

static guint
get_16 (const guint8 *bytes)
{
  return (guint) bytes[0] << 8 | bytes[1];
}

static guint32
get_32 (const guint8 *bytes)
{
  return (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | bytes[3];
}

/* TRUE the first time. */
static gboolean
mark (YejiPageMarks *marks,
      guint32        number)
{
  guint8 bit = (guint8) (1 << (number % 8));

  if (number == 0 || number > marks->count || (marks->seen[number / 8] & bit) != 0)
    return FALSE;
  marks->seen[number / 8] |= bit;
  return TRUE;
}

/* The length of the number in bytes, 0 when it goes over the end. */
static gsize
get_varint (const guint8 *bytes,
            const guint8 *end,
            gint64       *number)
{
  guint64 value = 0;

  for (gsize i = 0; i < 9 && bytes + i < end; i++)
    {
      if (i == 8)
        {
          *number = (gint64) (value << 8 | bytes[8]);
          return 9;
        }
      value = value << 7 | (bytes[i] & 0x7f);
      if ((bytes[i] & 0x80) == 0)
        {
          *number = (gint64) value;
          return i + 1;
        }
    }
  return 0;
}

/* Bytes of a value of that serial type, -1 for one that there is not. */
static gint64
measure_value (gint64 type)
{
  static const gint8 lengths[] = { 0, 1, 2, 3, 4, 6, 8, 8, 0, 0, -1, -1 };

  if (type < 0)
    return -1;
  return type < 12 ? lengths[type] : (type - 12) / 2;
}

static gint64
get_integer (const guint8 *bytes,
             gint64        length)
{
  guint64 value = length > 0 && (bytes[0] & 0x80) != 0 ? G_MAXUINT64 : 0;

  for (gint64 i = 0; i < length; i++)
    value = value << 8 | bytes[i];
  return (gint64) value;
}

static YejiSqlValue
make_value (gint64        type,
            const guint8 *bytes,
            gint64        length)
{
  YejiSqlValue value = { .kind = YEJI_SQL_NULL, .bytes = (const char *) bytes,
                         .length = (gsize) length };
  guint64 bits;

  if (type >= 12)
    value.kind = type % 2 == 0 ? YEJI_SQL_BLOB : YEJI_SQL_TEXT;
  else if (type == 7)
    {
      value.kind = YEJI_SQL_REAL;
      bits = (guint64) get_integer (bytes, 8);
      memcpy (&value.real, &bits, sizeof value.real);
    }
  else if (type != 0)
    {
      value.kind = YEJI_SQL_INTEGER;
      value.integer = type == 8 || type == 9 ? type - 8 : get_integer (bytes, length);
    }
  return value;
}

/* Gives out the values that lie within the payload as far as it was read. */
static gboolean
tell_row (Reader *self,
          gint64  rowid,
          gsize   full_length)
{
  YejiSqlValue values[MAX_VALUES];
  YejiPageRow row = { .rowid = rowid, .values = values };
  const guint8 *start = self->payload->data;
  const guint8 *end = start + self->payload->len;
  gint64 header_length, type;
  gint64 offset;
  gsize step = start != NULL ? get_varint (start, end, &header_length) : 0;
  gsize place = step;

  if (step == 0 || header_length < (gint64) step || header_length > (gint64) self->payload->len)
    return FALSE;
  offset = header_length;
  while ((gint64) place < header_length)
    {
      gint64 length;

      step = get_varint (start + place, start + header_length, &type);
      if (step == 0 || row.n_values == MAX_VALUES)
        return FALSE;
      place += step;
      length = measure_value (type);
      if (length < 0 || length > (gint64) full_length - offset)
        return FALSE;
      if (offset + length > (gint64) self->payload->len)
        break;
      values[row.n_values++] = make_value (type, start + offset, length);
      offset += length;
    }
  row.whole = (gint64) place == header_length && offset == (gint64) full_length
              && self->payload->len == full_length;
  self->func (&row, self->data);
  return row.whole;
}

/* Appends what lies on other pages, as far as the chain goes. Chains are not marked, or one of a
 * spoilt row could take the pages of a good one away; the budget ends a file that is all loops. */
static void
read_chain (Reader  *self,
            guint32  number,
            gsize    full_length)
{
  g_autofree guint8 *page = g_malloc (yeji_pages_get_size (self->pages));
  guint room = yeji_pages_get_usable (self->pages) - 4;

  while (self->payload->len < full_length && number != 0 && self->marks->budget > 0
         && yeji_pages_read (self->pages, number, page))
    {
      self->marks->budget--;
      g_byte_array_append (self->payload, page + 4,
                           (guint) MIN (room, full_length - self->payload->len));
      number = get_32 (page);
    }
}

/* How much of a payload lies in the cell itself. */
static gsize
measure_local (Reader   *self,
               gsize     length,
               gboolean  table)
{
  gsize usable = yeji_pages_get_usable (self->pages);
  gsize most = table ? usable - 35 : (usable - 12) * 64 / 255 - 23;
  gsize least = (usable - 12) * 32 / 255 - 23;
  gsize local;

  if (length <= most)
    return length;
  local = least + (length - least) % (usable - 4);
  return local <= most ? local : least;
}

static gboolean
read_cell (Reader *self,
           guint   type,
           guint   place)
{
  const guint8 *end = self->page + yeji_pages_get_usable (self->pages);
  const guint8 *bytes = self->page + place;
  gboolean table = type == PAGE_TABLE_LEAF;
  gint64 length, rowid = 0;
  gsize step, local;

  if (type == PAGE_INDEX_INNER)
    bytes += 4;
  if (bytes >= end || (step = get_varint (bytes, end, &length)) == 0)
    return FALSE;
  bytes += step;
  if (table)
    {
      step = get_varint (bytes, end, &rowid);
      if (step == 0)
        return FALSE;
      bytes += step;
    }
  if (length <= 0 || length > MAX_PAYLOAD
      || (guint64) length > (guint64) yeji_pages_get_count (self->pages)
                            * yeji_pages_get_size (self->pages))
    return FALSE;
  local = measure_local (self, (gsize) length, table);
  if (local + (local < (gsize) length ? 4 : 0) > (gsize) (end - bytes))
    return FALSE;
  g_byte_array_set_size (self->payload, 0);
  g_byte_array_append (self->payload, bytes, (guint) local);
  if (local < (gsize) length)
    read_chain (self, get_32 (bytes + local), (gsize) length);
  return tell_row (self, rowid, (gsize) length);
}

static gboolean
is_inner (guint type)
{
  return type == PAGE_TABLE_INNER || type == PAGE_INDEX_INNER;
}

static gboolean
add_child (Reader  *self,
           guint32  number)
{
  if (!mark (self->marks, number))
    return FALSE;
  g_array_append_val (self->waiting, number);
  return TRUE;
}

/* Of one page: its rows, and its children to be read later. */
static gboolean
read_page (Reader  *self,
           guint32  number,
           gboolean leaves_only)
{
  guint start = number == 1 ? 100 : 0;
  guint usable = yeji_pages_get_usable (self->pages);
  guint type, n_cells, first;
  gboolean good = TRUE;

  if (!yeji_pages_read (self->pages, number, self->page))
    return FALSE;
  type = self->page[start];
  if (type != PAGE_TABLE_LEAF
      && (leaves_only || (!is_inner (type) && type != PAGE_INDEX_LEAF)))
    return FALSE;
  if (leaves_only && !mark (self->marks, number))
    return FALSE;
  n_cells = get_16 (self->page + start + 3);
  first = start + (is_inner (type) ? 12 : 8);
  if (first + 2 * n_cells > usable)
    return FALSE;
  for (guint i = 0; i < n_cells; i++)
    {
      guint place = get_16 (self->page + first + 2 * i);

      if (place < first + 2 * n_cells || place + 4 > usable)
        {
          good = FALSE;
          continue;
        }
      if (is_inner (type) && !add_child (self, get_32 (self->page + place)))
        good = FALSE;
      if (type != PAGE_TABLE_INNER && !read_cell (self, type, place))
        good = FALSE;
    }
  if (is_inner (type) && !add_child (self, get_32 (self->page + start + 8)))
    good = FALSE;
  return good;
}

static void
clear_reader (Reader *self)
{
  g_clear_pointer (&self->waiting, g_array_unref);
  g_clear_pointer (&self->payload, g_byte_array_unref);
  g_clear_pointer (&self->page, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, clear_reader)

static void
init_reader (Reader          *self,
             YejiPages       *pages,
             YejiPageMarks   *marks,
             YejiPageRowFunc  func,
             gpointer         data)
{
  self->pages = pages;
  self->marks = marks;
  self->func = func;
  self->data = data;
  self->waiting = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->page = g_malloc (yeji_pages_get_size (pages));
  self->payload = g_byte_array_new ();
}

/* The list of free pages: what is on them was deleted. */
static void
mark_free (YejiPageMarks *self,
           YejiPages     *pages)
{
  g_autofree guint8 *page = g_malloc (yeji_pages_get_size (pages));
  guint most = yeji_pages_get_usable (pages) / 4 - 2;
  guint32 number = yeji_pages_get_first_free (pages);

  while (yeji_pages_read (pages, number, page) && mark (self, number))
    {
      guint n_leaves = MIN (get_32 (page + 4), most);

      for (guint i = 0; i < n_leaves; i++)
        mark (self, get_32 (page + 8 + 4 * i));
      number = get_32 (page);
    }
}

/**
 * yeji_page_marks_new: (skip)
 *
 * Returns: (transfer full): marks for the pages of a file, on which the free ones are seen already
 */
YejiPageMarks *
yeji_page_marks_new (YejiPages *pages)
{
  YejiPageMarks *self = g_new0 (YejiPageMarks, 1);

  self->count = yeji_pages_get_count (pages);
  self->seen = g_malloc0 ((gsize) self->count / 8 + 1);
  /* every page once for a table, once more for an index, and as much for what is wrong */
  self->budget = 4 * (guint64) self->count + 1000;
  mark_free (self, pages);
  return self;
}

void
yeji_page_marks_free (YejiPageMarks *self)
{
  g_free (self->seen);
  g_free (self);
}

/**
 * yeji_page_rows_walk: (skip)
 * @root: the page at which the tree of a table or an index begins
 * @func: called with each row, in no order
 *
 * Reads a tree as far as it can be read. Memory and time are bounded by the size of the file.
 *
 * Returns: how many pages or rows could not be read whole
 */
guint
yeji_page_rows_walk (YejiPages       *pages,
                     YejiPageMarks   *marks,
                     guint32          root,
                     YejiPageRowFunc  func,
                     gpointer         data)
{
  g_auto (Reader) reader = { NULL };

  init_reader (&reader, pages, marks, func, data);
  if (!add_child (&reader, root))
    return 1;
  while (reader.waiting->len > 0)
    {
      guint32 number = g_array_index (reader.waiting, guint32, reader.waiting->len - 1);

      g_array_set_size (reader.waiting, reader.waiting->len - 1);
      if (!read_page (&reader, number, FALSE))
        reader.n_bad++;
    }
  return reader.n_bad;
}

/**
 * yeji_page_rows_scan: (skip)
 * @marks: pages on which nothing is looked for, as those of trees that were walked
 *
 * Reads the rows of every page that looks like the leaf of a table: of tables whose root or inner
 * pages are gone.
 */
void
yeji_page_rows_scan (YejiPages       *pages,
                     YejiPageMarks   *marks,
                     YejiPageRowFunc  func,
                     gpointer         data)
{
  g_auto (Reader) reader = { NULL };
  guint32 count = yeji_pages_get_count (pages);

  init_reader (&reader, pages, marks, func, data);
  for (guint32 number = 1; number <= count; number++)
    read_page (&reader, number, TRUE);
}
