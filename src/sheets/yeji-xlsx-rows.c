// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sheets"

#include "config.h"

#include "yeji-xlsx-private.h"

#include <string.h>

/* The texts of a table, of which a short cell can name a long one: so much, and so many times as
 * much as the part has. */
#define SLACK (64 * 1024 * 1024)
#define MAX_RATIO 64
/* Of a table that has more than this many batches, others are parsed while one is read. */
#define ALONE 2
#define N_BATCHES 4
#define BATCH_TEXTS (64 * 1024)

typedef enum
{
  CELL_NUMBER, CELL_SHARED, CELL_INLINE, CELL_TEXT, CELL_BOOLEAN, CELL_ERROR, CELL_DAY,
} CellType;

/* What stands in the pieces that are ahead of who reads. */
typedef struct
{
  guint32 from;                /* in the texts; of a shared one its number */
  guint32 length;
  guint16 column;
  guint8 shared;
  guint8 flags;
} Cell;

typedef struct
{
  guint number;                /* from 1 */
  guint begin, end;            /* its cells */
} Row;

/* Rows ahead of who reads, and what they are made of. */
typedef struct
{
  GArray *rows;                /* (element-type Row) */
  GArray *cells;               /* (element-type Cell) */
  GString *texts;
  gint64 size;                 /* of the part up to here */
  gboolean last;
  GError *error;               /* (nullable): that stands behind the rows */
} Batch;

/* Interned names. */
typedef struct
{
  const char *row, *c, *f, *v, *is, *t, *phonetic, *r, *s;
} Names;

typedef struct
{
  YejiXlsxPart *part;          /* not owned */
  YejiXlsxSax *sax;
  YejiXlsxStyles *styles;      /* not owned */
  YejiXlsxStrings *strings;    /* not owned */
  gboolean since_1904;
  Names names;

  /* what is read */
  YejiXlsxMerged *merged;
  gint64 given;                /* bytes of texts */
  Batch *batch;
  guint next_row;              /* of the batch */
  guint n_batches;
  GThread *thread;             /* (nullable): it parses, where there is much */
  GAsyncQueue *full;           /* (element-type Batch) */
  GAsyncQueue *empty;          /* (element-type Batch) */
  int stopped;                 /* atomic */

  /* what is being parsed, by the thread once there is one */
  GArray *rows;                /* (element-type Row) */
  GArray *cells;               /* (element-type Cell) */
  GString *texts;
  guint row;                   /* from 1 */
  guint row_cells;             /* where its cells begin */
  gsize row_text;              /* and their texts */
  guint column;                /* of the cell, or of the next one */
  CellType type;
  guint style;
  gsize text;                  /* where the text of the cell begins */
  gsize piece;                 /* and that of a run */
  guint flags;
  gboolean in_row, in_cell, in_inline, taking, has_value;
  guint in_phonetic;           /* how often */
} Rows;

/* --- cells --- */

/* ISO 29500-1, 18.18.11 */
static CellType
find_type (const char *name,
           gsize       length)
{
  static const struct
  {
    const char *name;
    CellType type;
  } types[] = {
    { "s", CELL_SHARED }, { "inlineStr", CELL_INLINE }, { "n", CELL_NUMBER }, { "str", CELL_TEXT },
    { "b", CELL_BOOLEAN }, { "e", CELL_ERROR }, { "d", CELL_DAY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (strlen (types[i].name) == length && memcmp (types[i].name, name, length) == 0)
      return types[i].type;
  return CELL_NUMBER;
}

/* Puts what a number is, as its format says, where its digits are. */
static void
print_number (Rows *self)
{
  const YejiXlsxFormat format = yeji_xlsx_styles_get (self->styles, self->style);
  g_autofree char *printed = NULL;
  char *value = self->texts->str + self->text;
  gboolean rounded = FALSE;
  double number;
  char *end;

  if (format == YEJI_XLSX_NUMBER
      && yeji_xlsx_is_printed (value, self->texts->len - self->text))
    {
      self->flags |= YEJI_CELL_NUMBER;
      return;
    }
  g_strstrip (value);
  g_string_truncate (self->texts, self->text + strlen (value));
  number = g_ascii_strtod (value, &end);
  if (end == value || *end != '\0')
    return;
  if (format == YEJI_XLSX_SPAN)
    printed = yeji_xlsx_print_span (number);
  else if (format == YEJI_XLSX_MOMENT)
    printed = yeji_xlsx_print_date (number, self->since_1904);
  else if (format == YEJI_XLSX_TIME)
    printed = yeji_xlsx_print_time (number, self->since_1904);
  if (printed == NULL)
    {
      self->flags |= YEJI_CELL_NUMBER;
      printed = yeji_xlsx_print_number (value, number, &rounded);
    }
  else if (format != YEJI_XLSX_SPAN)
    self->flags |= YEJI_CELL_NUMBER | YEJI_CELL_DATE;
  if (printed == NULL)
    return;
  if (rounded)
    self->flags |= YEJI_CELL_ROUNDED;
  g_string_truncate (self->texts, self->text);
  g_string_append (self->texts, printed);
}

/* 2016-03-30T00:00:00 */
static void
shorten_day (Rows *self)
{
  char *t = strchr (self->texts->str + self->text, 'T');

  if (t == NULL)
    return;
  if (g_str_has_prefix (t, "T00:00:00"))
    g_string_truncate (self->texts, (gsize) (t - self->texts->str));
  else
    *t = ' ';
}

static gboolean
add_cell (Rows      *self,
          GError   **error)
{
  Cell cell = { (guint32) self->text, (guint32) (self->texts->len - self->text),
                (guint16) self->column, FALSE, (guint8) self->flags };
  char *value = self->texts->str + self->text;

  if (self->cells->len - self->row_cells >= YEJI_SHEETS_MAX_COLUMNS)
    return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_LIMIT, "row %u has more than %u cells",
                             self->row, YEJI_SHEETS_MAX_COLUMNS);
  if (self->type == CELL_SHARED)
    {
      const char *at = g_strstrip (value);
      guint number;

      if (!yeji_xlsx_read_digits (&at, value + strlen (value), G_MAXINT, &number) || *at != '\0')
        return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_DAMAGED, "row %u, column %u: %s",
                                 self->row, self->column + 1, value);
      g_string_truncate (self->texts, self->text);
      cell.from = number;
      cell.length = 0;
      cell.shared = TRUE;
    }
  g_array_append_val (self->cells, cell);
  return TRUE;
}

static gboolean
begin_cell (Rows         *self,
            YejiXlsxSax  *sax,
            GError      **error)
{
  gsize length;
  const char *at = yeji_xlsx_sax_get (sax, self->names.r, &length);
  guint its_row;

  if (at != NULL && (!yeji_xlsx_read_place (&at, at + length, &self->column, &its_row)
                     || its_row != self->row - 1))
    return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_DAMAGED, "a cell in row %u is out of place",
                             self->row);
  if (self->column >= YEJI_SHEETS_MAX_COLUMNS)
    return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_LIMIT, "row %u has more than %u columns",
                             self->row, YEJI_SHEETS_MAX_COLUMNS);
  at = yeji_xlsx_sax_get (sax, self->names.t, &length);
  self->type = at != NULL ? find_type (at, length) : CELL_NUMBER;
  at = yeji_xlsx_sax_get (sax, self->names.s, &length);
  if (at == NULL || !yeji_xlsx_read_digits (&at, at + length, G_MAXINT, &self->style))
    self->style = 0;
  self->text = self->texts->len;
  self->flags = 0;
  self->in_cell = TRUE;
  self->in_inline = FALSE;
  self->in_phonetic = 0;
  self->taking = FALSE;
  self->has_value = FALSE;
  return TRUE;
}

static gboolean
end_cell (Rows    *self,
          GError **error)
{
  const gboolean empty = self->texts->len == self->text;
  gboolean good = TRUE;

  self->in_cell = FALSE;
  if (empty && self->type != CELL_TEXT && self->type != CELL_INLINE)
    self->has_value = FALSE;
  if (!self->has_value && (self->flags & YEJI_CELL_FORMULA) != 0)
    self->flags |= YEJI_CELL_STALE;
  if (!empty)
    {
      if (self->type == CELL_NUMBER)
        print_number (self);
      else if (self->type == CELL_TEXT)
        yeji_xlsx_decode_text (self->texts, self->text);
      else if (self->type == CELL_DAY)
        shorten_day (self);
    }
  if (self->type == CELL_ERROR)
    self->flags |= YEJI_CELL_FAILED;
  else if (self->type == CELL_DAY)
    self->flags |= YEJI_CELL_DATE;
  if (self->has_value || (self->flags & YEJI_CELL_STALE) != 0)
    good = add_cell (self, error);
  self->column++;
  return good;
}

static gboolean
begin_row (Rows         *self,
           YejiXlsxSax  *sax,
           GError      **error)
{
  gsize length;
  const char *text = yeji_xlsx_sax_get (sax, self->names.r, &length);
  const char *at = text;
  guint number = self->row + 1;

  if (text != NULL && (!yeji_xlsx_read_digits (&at, text + length, YEJI_SHEETS_MAX_ROWS, &number)
                       || at != text + length || number == 0))
    return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_DAMAGED, "there is a row %.*s",
                             (int) MIN (length, 20), text);
  if (number <= self->row)
    return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_DAMAGED, "row %u stands behind row %u",
                             number, self->row);
  if (number > YEJI_SHEETS_MAX_ROWS)
    return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_LIMIT, "too many rows");
  self->row = number;
  self->row_cells = self->cells->len;
  self->row_text = self->texts->len;
  self->column = 0;
  self->in_row = TRUE;
  return TRUE;
}

/* --- parsing --- */

static gboolean
begin_element (gpointer      data,
               YejiXlsxSax  *sax,
               const char   *name,
               GError      **error)
{
  Rows *self = data;

  if (!self->in_row)
    return name != self->names.row || begin_row (self, sax, error);
  if (!self->in_cell)
    return name != self->names.c || begin_cell (self, sax, error);
  if (name == self->names.f)
    self->flags |= YEJI_CELL_FORMULA;
  else if (name == self->names.v || name == self->names.is)
    {
      self->has_value = TRUE;
      self->in_inline = name == self->names.is;
      self->taking = !self->in_inline;
      g_string_truncate (self->texts, self->text);
    }
  else if (name == self->names.phonetic)
    self->in_phonetic++;
  else if (name == self->names.t && self->in_inline && self->in_phonetic == 0)
    {
      self->taking = TRUE;
      self->piece = self->texts->len;
    }
  return TRUE;
}

static gboolean
end_element (gpointer     data,
             const char  *name,
             GError     **error)
{
  Rows *self = data;

  if (!self->in_row)
    return TRUE;
  if (!self->in_cell)
    {
      if (name == self->names.row)
        {
          Row row = { self->row, self->row_cells, self->cells->len };

          self->in_row = FALSE;
          g_array_append_val (self->rows, row);
        }
      return TRUE;
    }
  if (name == self->names.c)
    return end_cell (self, error);
  if (name == self->names.phonetic)
    self->in_phonetic -= self->in_phonetic > 0;
  else if (name == self->names.t && self->taking && self->in_inline)
    yeji_xlsx_decode_text (self->texts, self->piece);
  self->taking = FALSE;
  return TRUE;
}

static gboolean
take_text (gpointer      data,
           const char   *text,
           gsize         length,
           GError      **error)
{
  Rows *self = data;

  if (!self->taking)
    return TRUE;
  if (self->texts->len - self->text + length > YEJI_SHEETS_MAX_CELL
      || self->texts->len - self->row_text + length > YEJI_SHEETS_MAX_ROW)
    return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_LIMIT, "row %u, column %u is too long",
                             self->row, self->column + 1);
  g_string_append_len (self->texts, text, (gssize) length);
  return TRUE;
}

static const YejiXlsxSaxClass sax_class = { begin_element, end_element, take_text };

/* --- batches --- */

static Batch *
new_batch (void)
{
  Batch *batch = g_new0 (Batch, 1);

  batch->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  batch->cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  batch->texts = g_string_new (NULL);
  return batch;
}

static void
free_batch (gpointer data)
{
  Batch *batch = data;

  g_array_unref (batch->rows);
  g_array_unref (batch->cells);
  g_string_free (batch->texts, TRUE);
  g_clear_error (&batch->error);
  g_free (batch);
}

/* Gives what was parsed for an empty batch, which gets what there is of the row that is not
 * complete. */
static void
hand_over (Rows  *self,
           Batch *batch)
{
  const Batch made = { .rows = self->rows, .cells = self->cells, .texts = self->texts };
  const guint first = self->in_row ? self->row_cells : made.cells->len;
  const gsize from = self->in_row ? self->row_text : made.texts->len;

  self->rows = batch->rows;
  self->cells = batch->cells;
  self->texts = batch->texts;
  g_array_set_size (self->rows, 0);
  g_array_set_size (self->cells, 0);
  if (made.cells->len > first)
    g_array_append_vals (self->cells, &g_array_index (made.cells, Cell, first),
                         made.cells->len - first);
  g_string_truncate (self->texts, 0);
  g_string_append_len (self->texts, made.texts->str + from, (gssize) (made.texts->len - from));
  for (guint i = 0; i < self->cells->len; i++)
    {
      Cell *cell = &g_array_index (self->cells, Cell, i);

      if (!cell->shared)
        cell->from -= (guint32) from;
    }
  self->text -= MIN (self->text, from);
  self->piece -= MIN (self->piece, from);
  self->row_cells = 0;
  self->row_text = 0;
  batch->rows = made.rows;
  batch->cells = made.cells;
  batch->texts = made.texts;
  batch->size = yeji_xlsx_part_get_size (self->part);
}

static void
fill_batch (Rows  *self,
            Batch *batch)
{
  int found;

  do
    found = yeji_xlsx_sax_step (self->sax, &batch->error);
  while (found > 0 && self->texts->len < BATCH_TEXTS && self->rows->len < BATCH_TEXTS / 64);
  batch->last = found <= 0;
  hand_over (self, batch);
}

static gpointer
run_thread (gpointer data)
{
  Rows *self = data;
  gboolean last = FALSE;

  while (!last)
    {
      Batch *batch = g_async_queue_pop (self->empty);

      if (!g_atomic_int_get (&self->stopped))
        fill_batch (self, batch);
      last = batch->last || g_atomic_int_get (&self->stopped);
      g_async_queue_push (self->full, batch);
    }
  return NULL;
}

/* Goes on to the next rows that are parsed. */
static void
next_batch (Rows *self)
{
  if (++self->n_batches == ALONE)
    {
      for (guint i = 1; i < N_BATCHES; i++)
        g_async_queue_push (self->empty, new_batch ());
      self->thread = g_thread_try_new ("yeji-sheet", run_thread, self, NULL);
    }
  self->next_row = 0;
  if (self->thread == NULL)
    {
      fill_batch (self, self->batch);
      return;
    }
  g_async_queue_push (self->empty, self->batch);
  self->batch = g_async_queue_pop (self->full);
}

/* Puts together a row that is ahead. */
static gboolean
take_row (Rows           *self,
          YejiRowBuffer  *buffer,
          GError        **error)
{
  const Batch *batch = self->batch;
  const Row *row = &g_array_index (batch->rows, Row, self->next_row++);

  yeji_row_buffer_clear (buffer, row->number);
  for (guint i = row->begin; i < row->end; i++)
    {
      const Cell *cell = &g_array_index (batch->cells, Cell, i);
      const char *text = batch->texts->str + (cell->shared ? 0 : cell->from);
      gsize length = cell->length;

      if (cell->shared)
        text = yeji_xlsx_strings_get (self->strings, cell->from, &length, error);
      if (text == NULL
          || !yeji_row_buffer_set (buffer, cell->column, text, length, cell->flags, error))
        return FALSE;
    }
  if (!yeji_xlsx_merged_fill (self->merged, buffer, error))
    return FALSE;
  self->given += (gint64) buffer->texts->len;
  if (self->given <= YEJI_XLSX_LARGE_PART
      && self->given <= SLACK + MAX_RATIO * batch->size)
    return TRUE;
  return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_LIMIT, "the texts up to row %u are too long",
                           row->number);
}

static gboolean
next_row (gpointer        data,
          YejiRowBuffer  *row,
          GError        **error)
{
  Rows *self = data;

  while (self->next_row == self->batch->rows->len && !self->batch->last)
    next_batch (self);
  if (self->next_row < self->batch->rows->len)
    return take_row (self, row, error);
  if (self->batch->error != NULL)
    g_propagate_error (error, g_steal_pointer (&self->batch->error));
  return FALSE;
}

static void
free_rows (gpointer data)
{
  Rows *self = data;

  g_atomic_int_set (&self->stopped, TRUE);
  g_async_queue_push (self->empty, g_steal_pointer (&self->batch));
  g_clear_pointer (&self->thread, g_thread_join);
  g_async_queue_unref (self->empty);
  g_async_queue_unref (self->full);
  g_clear_pointer (&self->sax, yeji_xlsx_sax_free);
  g_string_free (self->texts, TRUE);
  g_array_unref (self->rows);
  g_array_unref (self->cells);
  g_clear_pointer (&self->merged, yeji_xlsx_merged_free);
  g_free (self);
}

static const YejiSheetReaderClass rows_class = { next_row, free_rows };

/* Begins to read a table. */
YejiSheetReader *
yeji_xlsx_rows_new (const char       *path,
                    const char       *name,
                    YejiMergedState  *merged,
                    YejiXlsxStyles   *styles,
                    YejiXlsxStrings  *strings,
                    gboolean          since_1904,
                    GError          **error)
{
  Rows *self = g_new0 (Rows, 1);
  YejiXlsxPart *part = NULL;

  self->styles = styles;
  self->strings = strings;
  self->since_1904 = since_1904;
  self->texts = g_string_new (NULL);
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  self->cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  self->batch = new_batch ();
  self->full = g_async_queue_new_full (free_batch);
  self->empty = g_async_queue_new_full (free_batch);
  self->merged = yeji_xlsx_merged_new (path, name, merged, error);
  if (self->merged != NULL)
    part = yeji_xlsx_part_open (path, name, YEJI_XLSX_LARGE_PART, error);
  if (part == NULL)
    {
      free_rows (self);
      return NULL;
    }
  self->part = part;
  self->sax = yeji_xlsx_sax_new (part, &sax_class, self);
  self->names = (Names) {
    yeji_xlsx_sax_intern (self->sax, "row"), yeji_xlsx_sax_intern (self->sax, "c"),
    yeji_xlsx_sax_intern (self->sax, "f"), yeji_xlsx_sax_intern (self->sax, "v"),
    yeji_xlsx_sax_intern (self->sax, "is"), yeji_xlsx_sax_intern (self->sax, "t"),
    yeji_xlsx_sax_intern (self->sax, "rPh"), yeji_xlsx_sax_intern (self->sax, "r"),
    yeji_xlsx_sax_intern (self->sax, "s"),
  };
  return yeji_sheet_reader_new (&rows_class, self);
}
