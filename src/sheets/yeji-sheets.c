// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sheets"

#include "config.h"

#include "yeji-sheets-private.h"

#include <string.h>

#include <glib/gi18n.h>

/* So much of a file tells what it is. */
#define HEAD 4096

struct _YejiSheets
{
  YejiSheetsKind kind;
  GPtrArray *list;             /* (element-type YejiSheet) */
  const YejiSheetsClass *class;
  gpointer data;
};

G_DEFINE_QUARK (yeji-sheets-error-quark, yeji_sheets_error)

/**
 * yeji_sheets_error_to_text:
 * @error: what a function of this layer gave
 *
 * Returns: (transfer none): a sentence that says what to do, in the user's language; the error's
 *   own text says where it is
 */
const char *
yeji_sheets_error_to_text (const GError *error)
{
  static const char * const texts[] = {
    [YEJI_SHEETS_ERROR_FILE] = N_("The file cannot be read."),
    [YEJI_SHEETS_ERROR_UNKNOWN] = N_("This is no table: an Excel file (xlsx), CSV or JSON is"
                                     " expected."),
    [YEJI_SHEETS_ERROR_OLD] = N_("The file is in the old format of Excel (xls) or protected by a"
                                 " password. Open it and save it as xlsx without a password."),
    [YEJI_SHEETS_ERROR_DAMAGED] = N_("The file is damaged or incomplete. Copy it again, or open it"
                                     " and save it anew."),
    [YEJI_SHEETS_ERROR_LIMIT] = N_("The file is larger than a table can be. Split it into several"
                                   " files."),
    [YEJI_SHEETS_ERROR_FORBIDDEN] = N_("The file holds instructions that no table needs, and is not"
                                       " read. Open it and save it anew."),
    [YEJI_SHEETS_ERROR_TEXT] = N_("The characters of the file cannot be read. Save it as UTF-8 or"
                                  " GB18030."),
    [YEJI_SHEETS_ERROR_FORMAT] = N_("The file is a table of another format (ODS, XLSB, Numbers, HTML"
                                    " or XML). Open it and save it as xlsx."),
  };

  if (error->domain != YEJI_SHEETS_ERROR || error->code < 0
      || error->code >= (int) G_N_ELEMENTS (texts))
    return _("The file cannot be read.");
  return _(texts[error->code]);
}

/* Sets an error; returns %FALSE, so that it can be returned. */
gboolean
yeji_sheets_fail (GError          **error,
                  YejiSheetsError   code,
                  const char       *format,
                  ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, YEJI_SHEETS_ERROR, (int) code, text);
  return FALSE;
}

static void
free_sheet (gpointer data)
{
  YejiSheet *sheet = data;

  g_free (sheet->name);
  g_free (sheet->target);
  g_clear_pointer (&sheet->names, g_ptr_array_unref);
  g_free (sheet);
}

GPtrArray *
yeji_sheets_new_list (void)
{
  return g_ptr_array_new_with_free_func (free_sheet);
}

YejiSheet *
yeji_sheets_add (GPtrArray  *list,
                 const char *name)
{
  YejiSheet *sheet = g_new0 (YejiSheet, 1);

  sheet->name = g_strdup (name);
  g_ptr_array_add (list, sheet);
  return sheet;
}

/* The name of the one sheet of a file that has no names in it. */
char *
yeji_sheets_name_of_file (const char *path)
{
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *name = g_filename_display_name (base);
  char *dot = strrchr (name, '.');

  if (dot != NULL && dot != name)
    *dot = '\0';
  return g_steal_pointer (&name);
}

/* Takes list and data. */
YejiSheets *
yeji_sheets_new (YejiSheetsKind         kind,
                 GPtrArray             *list,
                 const YejiSheetsClass *class,
                 gpointer               data)
{
  YejiSheets *self = g_new0 (YejiSheets, 1);

  self->kind = kind;
  self->list = list;
  self->class = class;
  self->data = data;
  return self;
}

static gboolean
begins (const guint8 *head,
        gsize         length,
        const char   *with,
        gsize         n)
{
  return length >= n && memcmp (head, with, n) == 0;
}

/* What is said by the first byte that is no blank. */
static gboolean
is_json (const char   *path,
         const guint8 *head,
         gsize         length)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);
  gsize i = begins (head, length, "\xef\xbb\xbf", 3) ? 3 : 0;

  if (g_str_has_suffix (lower, ".csv") || g_str_has_suffix (lower, ".tsv")
      || g_str_has_suffix (lower, ".txt"))
    return FALSE;
  while (i < length && strchr (" \t\r\n", head[i]) != NULL && head[i] != '\0')
    i++;
  return i < length && (head[i] == '{' || head[i] == '[');
}

/* Web pages have it in them what they call an xls file, and so have reports of XML. */
static gboolean
is_markup (const guint8 *head,
           gsize         length)
{
  static const char * const tags[] = { "<html", "<!doctype", "<?xml", "<table", "<head", "<meta",
                                       "<style", "<body", "<div" };
  gsize i = begins (head, length, "\xef\xbb\xbf", 3) ? 3 : 0;

  while (i < length && head[i] != '\0' && strchr (" \t\r\n", head[i]) != NULL)
    i++;
  for (guint j = 0; j < G_N_ELEMENTS (tags); j++)
    if (length - i >= strlen (tags[j])
        && g_ascii_strncasecmp ((const char *) head + i, tags[j], strlen (tags[j])) == 0)
      return TRUE;
  return FALSE;
}

/* Before Excel 97 a file may be the stream alone. It begins with the record BOF, 0x0009, 0x0209,
 * 0x0409 or 0x0809 (BIFF 2, 3, 4, 5), and the record's length, 4, 6, 6 or 8 (OpenOffice.org's
 * documentation of the Excel file format, BOF). */
static gboolean
is_stream_of_excel (const guint8 *head,
                    gsize         length)
{
  return length >= 4 && head[0] == 9 && head[3] == 0
         && ((head[1] == 0 && head[2] == 4) || ((head[1] == 2 || head[1] == 4) && head[2] == 6)
             || (head[1] == 8 && head[2] == 8));
}

static gboolean
is_text (const guint8 *head,
         gsize         length)
{
  return begins (head, length, "\xff\xfe", 2) || begins (head, length, "\xfe\xff", 2)
         || memchr (head, '\0', length) == NULL;
}

/**
 * yeji_sheets_open:
 * @path: a file of a stranger
 *
 * Opens the tables of a file: those of an xlsx file; the one of a CSV file, in UTF-8, UTF-16 with a
 * mark, or GB18030 (of which GBK and GB 2312 are parts), with commas, semicolons or tabs; those of
 * a zip archive of CSV files, named as the files are; the one of a JSON array of objects or of a
 * file with an object a line; or those of a JSON object whose members are arrays of objects. What
 * it is tell its bytes. Nothing is taken from the network, and no more is kept in memory than some
 * rows and, of an xlsx file, the index of its texts. Blocks.
 *
 * Returns: (transfer full) (nullable): the tables, or %NULL with an error of #YejiSheetsError
 */
YejiSheets *
yeji_sheets_open (const char  *path,
                  GError     **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GError) local_error = NULL;
  guint8 head[HEAD];
  gsize length = 0;

  g_return_val_if_fail (path != NULL, NULL);

  stream = g_file_read (file, NULL, &local_error);
  if (stream == NULL
      || !g_input_stream_read_all (G_INPUT_STREAM (stream), head, sizeof head, &length, NULL,
                                   &local_error))
    {
      yeji_sheets_fail (error, YEJI_SHEETS_ERROR_FILE, "%s", local_error->message);
      return NULL;
    }
  if (begins (head, length, "PK\3\4", 4))
    return yeji_sheets_open_xlsx (path, error);
  if (begins (head, length, "\xd0\xcf\x11\xe0", 4))
    {
      yeji_sheets_fail (error, YEJI_SHEETS_ERROR_OLD, "an OLE file");
      return NULL;
    }
  if (is_stream_of_excel (head, length))
    {
      yeji_sheets_fail (error, YEJI_SHEETS_ERROR_OLD, "a file of Excel 2 to 5");
      return NULL;
    }
  if (!is_text (head, length))
    {
      yeji_sheets_fail (error, YEJI_SHEETS_ERROR_UNKNOWN, "neither a zip archive nor a text");
      return NULL;
    }
  if (is_markup (head, length))
    {
      yeji_sheets_fail (error, YEJI_SHEETS_ERROR_FORMAT, "HTML or XML");
      return NULL;
    }
  return is_json (path, head, length) ? yeji_sheets_open_json (path, error)
                                      : yeji_sheets_open_csv (path, error);
}

/**
 * yeji_sheets_get_kind:
 *
 * Returns: what the file is
 */
YejiSheetsKind
yeji_sheets_get_kind (YejiSheets *self)
{
  return self->kind;
}

/**
 * yeji_sheets_get_n:
 *
 * Returns: how many tables there are, hidden ones too
 */
guint
yeji_sheets_get_n (YejiSheets *self)
{
  return self->list->len;
}

/**
 * yeji_sheets_get_name:
 *
 * Returns: the name of a table; of a file without names that of the file
 */
const char *
yeji_sheets_get_name (YejiSheets *self,
                      guint       index)
{
  g_return_val_if_fail (index < self->list->len, NULL);
  return ((YejiSheet *) g_ptr_array_index (self->list, index))->name;
}

/**
 * yeji_sheets_is_hidden:
 *
 * Returns: whether who opens the file does not see the table
 */
gboolean
yeji_sheets_is_hidden (YejiSheets *self,
                       guint       index)
{
  g_return_val_if_fail (index < self->list->len, FALSE);
  return ((YejiSheet *) g_ptr_array_index (self->list, index))->hidden;
}

/**
 * yeji_sheets_read:
 *
 * Begins to read a table; any number of readers may be at work, and all end before the file is
 * freed.
 *
 * Returns: (transfer full) (nullable): the reader, or %NULL with an error of #YejiSheetsError
 */
YejiSheetReader *
yeji_sheets_read (YejiSheets  *self,
                  guint        index,
                  GError     **error)
{
  g_return_val_if_fail (index < self->list->len, NULL);
  return self->class->read (self->data, index, error);
}

/**
 * yeji_sheets_free:
 * @self: (transfer full)
 *
 * Closes the file.
 */
void
yeji_sheets_free (YejiSheets *self)
{
  self->class->free (self->data);
  g_ptr_array_unref (self->list);
  g_free (self);
}
