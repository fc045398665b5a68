// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sheets"

#include "config.h"

#include "yeji-xlsx-private.h"

#include <string.h>

#define CHUNK (256 * 1024)
#define MAX_MERGED 200000u
/* A wider range is a title over the table, and says nothing of its columns. */
#define MAX_MERGED_COLUMNS 64u

/* Cells that are shown as one, from 0. */
typedef struct
{
  guint top, left, bottom, right;
  char *text;                  /* (nullable): of the first one, once it was read */
  YejiCellFlags flags;
} Merged;

struct _YejiXlsxMerged
{
  GArray *merged;              /* (element-type Merged), by their first row */
  guint next;                  /* the first one that does not begin above */
  GArray *open;                /* (element-type guint): those that this row is in */
};

static void
clear_merged (gpointer data)
{
  g_clear_pointer (&((Merged *) data)->text, g_free);
}

/* Reads digits; where there are none, or the number is above a limit, FALSE. */
gboolean
yeji_xlsx_read_digits (const char **at,
                       const char  *end,
                       guint        limit,
                       guint       *number)
{
  const char *begin = *at;
  guint64 n = 0;

  for (; *at < end && g_ascii_isdigit (**at) && n <= limit; (*at)++)
    n = n * 10 + (guint) (**at - '0');
  *number = (guint) n;
  return *at > begin && n <= limit;
}

/* AB12 as column and row from 0; FALSE when it is no cell. */
gboolean
yeji_xlsx_read_place (const char **at,
                      const char  *end,
                      guint       *column,
                      guint       *row)
{
  guint c = 0, r = 0;

  for (; *at < end && g_ascii_isalpha (**at) && c <= YEJI_SHEETS_MAX_COLUMNS; (*at)++)
    c = c * 26 + (guint) (g_ascii_toupper (**at) - 'A' + 1);
  if (c == 0 || c > YEJI_SHEETS_MAX_COLUMNS
      || !yeji_xlsx_read_digits (at, end, YEJI_SHEETS_MAX_ROWS, &r) || r == 0)
    return FALSE;
  *column = c - 1;
  *row = r - 1;
  return TRUE;
}

static int
compare_merged (gconstpointer a,
                gconstpointer b)
{
  const Merged *one = a, *other = b;

  return one->top < other->top ? -1 : one->top > other->top;
}

/* Ranges stand behind the rows, so the part is looked through for the word first: most have none,
 * and looking is ten times faster than parsing. */
static int
has_merged (const char  *path,
            const char  *name,
            GError     **error)
{
  static const char word[] = "mergeCell";
  const gsize overlap = strlen (word) - 1;
  g_autoptr (YejiXlsxPart) part = yeji_xlsx_part_look (path, name, YEJI_XLSX_LARGE_PART, error);
  g_autofree char *chunk = g_malloc (CHUNK);
  gsize kept = 0;
  gssize n;

  if (part == NULL)
    return -1;
  while ((n = yeji_xlsx_part_read (part, chunk + kept, CHUNK - kept, error)) > 0)
    {
      const char *at = chunk, *end = chunk + kept + n;

      while ((at = memchr (at, 'm', (gsize) (end - at))) != NULL)
        {
          if ((gsize) (end - at) > overlap && memcmp (at, word, overlap + 1) == 0)
            return 1;
          at++;
        }
      kept = MIN (overlap, (gsize) (end - chunk));
      memmove (chunk, end - kept, kept);
    }
  return n < 0 ? -1 : 0;
}

typedef struct
{
  GArray *merged;
  const char *element, *place;
} RangeReading;

static gboolean
begin_range (gpointer      data,
             YejiXlsxSax  *sax,
             const char   *name,
             GError      **error)
{
  RangeReading *self = data;
  const char *at, *end;
  Merged merged = { 0 };
  gsize length;

  if (name != self->element)
    return TRUE;
  at = yeji_xlsx_sax_get (sax, self->place, &length);
  end = at != NULL ? at + length : NULL;
  if (at == NULL || !yeji_xlsx_read_place (&at, end, &merged.left, &merged.top) || at == end
      || *at++ != ':' || !yeji_xlsx_read_place (&at, end, &merged.right, &merged.bottom))
    return TRUE;
  if (merged.right < merged.left || merged.bottom < merged.top
      || merged.right - merged.left >= MAX_MERGED_COLUMNS)
    return TRUE;
  if (self->merged->len >= MAX_MERGED)
    return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_LIMIT, "more than %u merged ranges",
                             MAX_MERGED);
  g_array_append_val (self->merged, merged);
  return TRUE;
}

static const YejiXlsxSaxClass range_class = { begin_range, NULL, NULL };

static gboolean
read_merged (YejiXlsxMerged  *self,
             const char      *path,
             const char      *name,
             YejiMergedState *state,
             GError         **error)
{
  RangeReading reading = { .merged = self->merged };
  g_autoptr (YejiXlsxSax) sax = NULL;
  YejiXlsxPart *part;
  int found;

  if (*state == YEJI_MERGED_UNKNOWN)
    {
      found = has_merged (path, name, error);
      if (found < 0)
        return FALSE;
      *state = found > 0 ? YEJI_MERGED_SOME : YEJI_MERGED_NONE;
    }
  if (*state == YEJI_MERGED_NONE)
    return TRUE;
  part = yeji_xlsx_part_open (path, name, YEJI_XLSX_LARGE_PART, error);
  if (part == NULL)
    return FALSE;
  sax = yeji_xlsx_sax_new (part, &range_class, &reading);
  reading.element = yeji_xlsx_sax_intern (sax, "mergeCell");
  reading.place = yeji_xlsx_sax_intern (sax, "ref");
  if (!yeji_xlsx_sax_run (sax, error))
    return FALSE;
  g_array_sort (self->merged, compare_merged);
  return TRUE;
}

/* Reads which cells of a table are merged; @state is kept for the next time. */
YejiXlsxMerged *
yeji_xlsx_merged_new (const char       *path,
                      const char       *name,
                      YejiMergedState  *state,
                      GError          **error)
{
  YejiXlsxMerged *self = g_new0 (YejiXlsxMerged, 1);

  self->merged = g_array_new (FALSE, TRUE, sizeof (Merged));
  g_array_set_clear_func (self->merged, clear_merged);
  self->open = g_array_new (FALSE, FALSE, sizeof (guint));
  if (read_merged (self, path, name, state, error))
    return self;
  yeji_xlsx_merged_free (self);
  return NULL;
}

/* Opens the ranges that begin by this row and closes those that have ended. Ranges never overlap,
 * so those of a row are no wider than a row; more would be endless work. */
static gboolean
update_open (YejiXlsxMerged  *self,
             guint            here,
             GError         **error)
{
  guint width = 0;

  while (self->next < self->merged->len
         && g_array_index (self->merged, Merged, self->next).top <= here)
    {
      g_array_append_val (self->open, self->next);
      self->next++;
    }
  for (guint i = self->open->len; i > 0; i--)
    {
      Merged *merged = &g_array_index (self->merged, Merged,
                                       g_array_index (self->open, guint, i - 1));

      if (merged->bottom < here)
        {
          clear_merged (merged);
          g_array_remove_index (self->open, i - 1);
        }
      else
        width += merged->right - merged->left + 1;
    }
  return width <= YEJI_SHEETS_MAX_COLUMNS
         || yeji_sheets_fail (error, YEJI_SHEETS_ERROR_DAMAGED, "merged ranges overlap in row %u",
                              here + 1);
}

/* Gives every cell of a range what its first one says; rows come in their order. */
gboolean
yeji_xlsx_merged_fill (YejiXlsxMerged  *self,
                       YejiRowBuffer   *row,
                       GError         **error)
{
  const guint here = row->row - 1;

  if (!update_open (self, here, error))
    return FALSE;
  for (guint i = 0; i < self->open->len; i++)
    {
      Merged *merged = &g_array_index (self->merged, Merged,
                                       g_array_index (self->open, guint, i));

      if (merged->top == here && merged->left < row->cells->len)
        {
          const YejiRowCell *cell = &g_array_index (row->cells, YejiRowCell, merged->left);

          g_free (merged->text);
          merged->text = g_strdup (row->texts->str + cell->offset);
          merged->flags = cell->flags;
        }
      if (merged->text == NULL || *merged->text == '\0')
        continue;
      for (guint column = merged->left; column <= merged->right; column++)
        if ((column > merged->left || here > merged->top)
            && !yeji_row_buffer_set (row, column, merged->text, strlen (merged->text),
                                     merged->flags | YEJI_CELL_MERGED, error))
          return FALSE;
    }
  return TRUE;
}

void
yeji_xlsx_merged_free (YejiXlsxMerged *self)
{
  g_array_unref (self->merged);
  g_array_unref (self->open);
  g_free (self);
}
