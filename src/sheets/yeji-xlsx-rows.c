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

typedef struct
{
  YejiXlsxPart *part;
  YejiXlsxStyles *styles;      /* not owned */
  YejiXlsxStrings *strings;    /* not owned */
  gboolean since_1904;
  gboolean ended;
  guint row;                   /* that was read last, from 1 */
  GString *text;               /* of a cell */
  GArray *merged;              /* (element-type Merged), by their first row */
  guint next_merged;           /* the first one that does not begin above */
  GArray *open;                /* (element-type guint): those that this row is in */
} Rows;

static void
clear_merged (gpointer data)
{
  g_clear_pointer (&((Merged *) data)->text, g_free);
}

/* AB12 as column and row from 0; FALSE when it is no cell. */
static gboolean
read_place (const char  *text,
            guint       *column,
            guint       *row,
            const char **end)
{
  guint c = 0, r = 0;

  for (; g_ascii_isalpha (*text) && c <= YEJI_SHEETS_MAX_COLUMNS; text++)
    c = c * 26 + (guint) (g_ascii_toupper (*text) - 'A' + 1);
  for (; g_ascii_isdigit (*text) && r <= YEJI_SHEETS_MAX_ROWS; text++)
    r = r * 10 + (guint) (*text - '0');
  if (c == 0 || r == 0 || c > YEJI_SHEETS_MAX_COLUMNS || r > YEJI_SHEETS_MAX_ROWS)
    return FALSE;
  *column = c - 1;
  *row = r - 1;
  *end = text;
  return TRUE;
}

/* --- ranges --- */

static int
compare_merged (gconstpointer a,
                gconstpointer b)
{
  const Merged *one = a, *other = b;

  return one->top < other->top ? -1 : one->top > other->top;
}

/* Ranges stand behind the rows, so the part is looked through for the word first: most have none,
 * and looking is ten times faster than reading. */
static int
has_merged (const char  *path,
            const char  *name,
            GError     **error)
{
  static const char word[] = "mergeCell";
  const gsize overlap = strlen (word) - 1;
  g_autoptr (YejiXlsxPart) part = yeji_xlsx_part_open (path, name, YEJI_XLSX_LARGE_PART, error);
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

static gboolean
read_merged (Rows        *self,
             const char  *path,
             const char  *name,
             GError     **error)
{
  g_autoptr (YejiXlsxPart) part = NULL;
  int found = has_merged (path, name, error);

  if (found <= 0)
    return found == 0;
  part = yeji_xlsx_part_open (path, name, YEJI_XLSX_LARGE_PART, error);
  if (part == NULL)
    return FALSE;
  while ((found = yeji_xlsx_part_next (part, error)) == 1)
    {
      const char *place = yeji_xlsx_part_is (part, "mergeCell") ? yeji_xlsx_part_get (part, "ref")
                                                                : NULL;
      Merged merged = { 0 };

      if (place == NULL || !read_place (place, &merged.left, &merged.top, &place)
          || *place != ':' || !read_place (place + 1, &merged.right, &merged.bottom, &place))
        continue;
      if (merged.right < merged.left || merged.bottom < merged.top
          || merged.right - merged.left >= MAX_MERGED_COLUMNS)
        continue;
      if (self->merged->len >= MAX_MERGED)
        return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_LIMIT, "more than %u merged ranges",
                                 MAX_MERGED);
      g_array_append_val (self->merged, merged);
    }
  g_array_sort (self->merged, compare_merged);
  return found == 0;
}

/* Opens the ranges that begin by this row and closes those that have ended. Ranges never overlap,
 * so those of a row are no wider than a row; more would be endless work. */
static gboolean
update_open (Rows     *self,
             guint     here,
             GError  **error)
{
  guint width = 0;

  while (self->next_merged < self->merged->len
         && g_array_index (self->merged, Merged, self->next_merged).top <= here)
    {
      g_array_append_val (self->open, self->next_merged);
      self->next_merged++;
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

/* Gives every cell of a range what its first one says. */
static gboolean
fill_merged (Rows           *self,
             YejiRowBuffer  *row,
             GError        **error)
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

/* --- cells --- */

typedef enum
{
  CELL_NUMBER, CELL_SHARED, CELL_INLINE, CELL_TEXT, CELL_BOOLEAN, CELL_ERROR, CELL_DAY,
} CellType;

/* ISO 29500-1, 18.18.11 */
static CellType
find_type (const char *name)
{
  static const struct
  {
    const char *name;
    CellType type;
  } types[] = {
    { "n", CELL_NUMBER }, { "s", CELL_SHARED }, { "inlineStr", CELL_INLINE }, { "str", CELL_TEXT },
    { "b", CELL_BOOLEAN }, { "e", CELL_ERROR }, { "d", CELL_DAY },
  };

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (types[i].name, name))
      return types[i].type;
  return CELL_NUMBER;
}

/* What a number is, as its format says. */
static char *
print_value (Rows          *self,
             const char    *value,
             guint          style,
             YejiCellFlags *flags)
{
  char *end;
  double number = g_ascii_strtod (value, &end);
  gboolean rounded;
  char *text;

  if (end == value || *end != '\0')
    return g_strdup (value);
  *flags |= YEJI_CELL_NUMBER;
  text = yeji_xlsx_styles_is_date (self->styles, style)
           ? yeji_xlsx_print_date (number, self->since_1904) : NULL;
  if (text != NULL)
    {
      *flags |= YEJI_CELL_DATE;
      return text;
    }
  text = yeji_xlsx_print_number (number, &rounded);
  if (text == NULL)
    return g_strdup (value);
  if (rounded)
    *flags |= YEJI_CELL_ROUNDED;
  return text;
}

/* 2016-03-30T00:00:00 */
static void
shorten_day (GString *text)
{
  char *t = strchr (text->str, 'T');

  if (t == NULL)
    return;
  if (g_str_has_prefix (t, "T00:00:00"))
    g_string_truncate (text, (gsize) (t - text->str));
  else
    *t = ' ';
}

static gboolean
set_value (Rows           *self,
           YejiRowBuffer  *row,
           guint           column,
           CellType        type,
           guint           style,
           YejiCellFlags   flags,
           GError        **error)
{
  GString *text = self->text;
  g_autofree char *printed = NULL;
  guint64 index;

  switch (type)
    {
    case CELL_SHARED:
      g_strstrip (text->str);
      if (!g_ascii_string_to_unsigned (text->str, 10, 0, G_MAXUINT32, &index, NULL))
        return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_DAMAGED, "row %u, column %u: %s",
                                 row->row, column + 1, text->str);
      g_string_truncate (text, 0);
      if (!yeji_xlsx_strings_get (self->strings, index, text, error))
        return FALSE;
      break;
    case CELL_NUMBER:
      if (text->len > 0)
        printed = print_value (self, g_strstrip (text->str), style, &flags);
      break;
    case CELL_ERROR:
      flags |= YEJI_CELL_FAILED;
      break;
    case CELL_DAY:
      shorten_day (text);
      flags |= YEJI_CELL_DATE;
      break;
    case CELL_INLINE:
    case CELL_TEXT:
    case CELL_BOOLEAN:
    default:
      break;
    }
  if (printed != NULL)
    return yeji_row_buffer_set (row, column, printed, strlen (printed), flags, error);
  return yeji_row_buffer_set (row, column, text->str, text->len, flags, error);
}

static guint
get_style (YejiXlsxPart *part)
{
  const char *text = yeji_xlsx_part_get (part, "s");
  guint64 style;

  return text != NULL && g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &style, NULL)
           ? (guint) style : 0;
}

/* Reads the cell that begins here. */
static gboolean
read_cell (Rows           *self,
           YejiRowBuffer  *row,
           guint          *column,
           GError        **error)
{
  xmlTextReader *xml = yeji_xlsx_part_get_xml (self->part);
  const int depth = xmlTextReaderDepth (xml);
  const CellType type = find_type (yeji_xlsx_part_get (self->part, "t"));
  const guint style = get_style (self->part);
  const char *place = yeji_xlsx_part_get (self->part, "r");
  gboolean has_value = FALSE;
  YejiCellFlags flags = 0;
  guint its_row;
  int found = 0;

  if (place != NULL && (!read_place (place, column, &its_row, &place) || its_row != row->row - 1))
    return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_DAMAGED, "a cell in row %u is out of place",
                             row->row);
  if (xmlTextReaderIsEmptyElement (xml))
    return TRUE;
  g_string_truncate (self->text, 0);
  while ((found = yeji_xlsx_part_next (self->part, error)) == 1
         && xmlTextReaderDepth (xml) > depth)
    {
      if (yeji_xlsx_part_is (self->part, "f"))
        flags |= YEJI_CELL_FORMULA;
      else if (yeji_xlsx_part_is (self->part, "v") || yeji_xlsx_part_is (self->part, "is"))
        {
          gboolean plain = yeji_xlsx_part_is (self->part, "v");

          has_value = !xmlTextReaderIsEmptyElement (xml);
          g_string_truncate (self->text, 0);
          if (!plain && !yeji_xlsx_read_rich_text (self->part, self->text, error))
            return FALSE;
          while (plain && has_value && (found = yeji_xlsx_part_next (self->part, error)) == 1
                 && xmlTextReaderDepth (xml) > depth + 1)
            if (xmlTextReaderHasValue (xml))
              g_string_append (self->text, (const char *) xmlTextReaderConstValue (xml));
          if (found < 0)
            return FALSE;
        }
    }
  if (found < 0)
    return FALSE;
  if (found == 0)
    return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_DAMAGED, "row %u does not end", row->row);
  if (!has_value)
    {
      if ((flags & YEJI_CELL_FORMULA) == 0)
        return TRUE;
      return yeji_row_buffer_set (row, *column, "", 0, flags | YEJI_CELL_STALE, error);
    }
  return set_value (self, row, *column, type, style, flags, error);
}

static gboolean
begin_row (Rows           *self,
           YejiRowBuffer  *row,
           GError        **error)
{
  const char *text = yeji_xlsx_part_get (self->part, "r");
  guint64 number = self->row + 1;

  if (text != NULL
      && !g_ascii_string_to_unsigned (text, 10, 1, YEJI_SHEETS_MAX_ROWS, &number, NULL))
    return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_DAMAGED, "there is a row %s", text);
  if (number <= self->row)
    return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_DAMAGED, "row %u stands behind row %u",
                             (guint) number, self->row);
  if (number > YEJI_SHEETS_MAX_ROWS)
    return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_LIMIT, "too many rows");
  self->row = (guint) number;
  yeji_row_buffer_clear (row, self->row);
  return TRUE;
}

/* Reads the cells of the row that begins here. */
static gboolean
read_row (Rows           *self,
          YejiRowBuffer  *row,
          GError        **error)
{
  xmlTextReader *xml = yeji_xlsx_part_get_xml (self->part);
  const int depth = xmlTextReaderDepth (xml);
  guint column = 0;
  int found = 1;

  if (!begin_row (self, row, error))
    return FALSE;
  if (xmlTextReaderIsEmptyElement (xml))
    return fill_merged (self, row, error);
  while ((found = yeji_xlsx_part_next (self->part, error)) == 1
         && xmlTextReaderDepth (xml) > depth)
    {
      if (!yeji_xlsx_part_is (self->part, "c"))
        continue;
      if (!read_cell (self, row, &column, error))
        return FALSE;
      column++;
    }
  if (found < 0)
    return FALSE;
  if (found == 0)
    return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_DAMAGED, "row %u does not end", row->row);
  return fill_merged (self, row, error);
}

static gboolean
next_row (gpointer        data,
          YejiRowBuffer  *row,
          GError        **error)
{
  Rows *self = data;
  int found;

  if (self->ended)
    return FALSE;
  while ((found = yeji_xlsx_part_next (self->part, error)) == 1)
    if (yeji_xlsx_part_is (self->part, "row"))
      return read_row (self, row, error);
  self->ended = TRUE;
  return FALSE;
}

static void
free_rows (gpointer data)
{
  Rows *self = data;

  g_clear_pointer (&self->part, yeji_xlsx_part_free);
  g_string_free (self->text, TRUE);
  g_array_unref (self->merged);
  g_array_unref (self->open);
  g_free (self);
}

static const YejiSheetReaderClass rows_class = { next_row, free_rows };

/* Begins to read a table. */
YejiSheetReader *
yeji_xlsx_rows_new (const char       *path,
                    const char       *part,
                    YejiXlsxStyles   *styles,
                    YejiXlsxStrings  *strings,
                    gboolean          since_1904,
                    GError          **error)
{
  Rows *self = g_new0 (Rows, 1);

  self->styles = styles;
  self->strings = strings;
  self->since_1904 = since_1904;
  self->text = g_string_new (NULL);
  self->merged = g_array_new (FALSE, TRUE, sizeof (Merged));
  g_array_set_clear_func (self->merged, clear_merged);
  self->open = g_array_new (FALSE, FALSE, sizeof (guint));
  if (read_merged (self, path, part, error))
    self->part = yeji_xlsx_part_open (path, part, YEJI_XLSX_LARGE_PART, error);
  if (self->part != NULL)
    return yeji_sheet_reader_new (&rows_class, self);
  free_rows (self);
  return NULL;
}
