// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sheets"

#include "config.h"

#include "yeji-xlsx-private.h"

#include <string.h>

/* Of texts in memory; more go into a file. */
#define IN_MEMORY (32 * 1024 * 1024)
#define MAX_STRINGS 40000000u

struct _YejiXlsxStrings
{
  GString *texts;              /* those that are not in the file */
  GArray *ends;                /* (element-type guint64): where each ends, in file and texts */
  GFile *file;                 /* (nullable) */
  GFileIOStream *stream;       /* (nullable) */
  guint64 written;             /* bytes in the file */
};

/* `_x000D_` stands for the character of that number (ISO 29500-1, 22.9.2.19). */
static void
append_decoded (GString    *text,
                const char *value)
{
  const char *piece = value;
  const char *at = value;

  while ((at = strstr (at, "_x")) != NULL)
    {
      gunichar c = 0;
      guint n = 0;

      for (; n < 4 && g_ascii_isxdigit (at[2 + n]); n++)
        c = c * 16 + (gunichar) g_ascii_xdigit_value (at[2 + n]);
      if (n < 4 || at[6] != '_')
        {
          at += 2;
          continue;
        }
      g_string_append_len (text, piece, at - piece);
      if (c != 0 && g_unichar_validate (c))
        g_string_append_unichar (text, c);
      at += 7;
      piece = at;
    }
  g_string_append (text, piece);
}

/* Appends what the element that begins here says (`si`, `is`, `t`): all of its texts but how they
 * are pronounced. */
gboolean
yeji_xlsx_read_rich_text (YejiXlsxPart  *part,
                          GString       *text,
                          GError       **error)
{
  xmlTextReader *xml = yeji_xlsx_part_get_xml (part);
  const int depth = xmlTextReaderDepth (xml);
  const gsize before = text->len;
  gboolean wanted = yeji_xlsx_part_is (part, "t");
  int phonetic = -1;
  int found;

  if (xmlTextReaderIsEmptyElement (xml))
    return TRUE;
  while ((found = yeji_xlsx_part_next (part, error)) == 1)
    {
      const int type = xmlTextReaderNodeType (xml);
      const int here = xmlTextReaderDepth (xml);

      if (here <= depth)
        return TRUE;
      if (type == XML_READER_TYPE_END_ELEMENT && here == phonetic)
        phonetic = -1;
      else if (type == XML_READER_TYPE_ELEMENT)
        {
          wanted = yeji_xlsx_part_is (part, "t");
          if (yeji_xlsx_part_is (part, "rPh") && !xmlTextReaderIsEmptyElement (xml))
            phonetic = here;
        }
      else if (wanted && phonetic < 0
               && (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA
                   || type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE
                   || type == XML_READER_TYPE_WHITESPACE))
        append_decoded (text, (const char *) xmlTextReaderConstValue (xml));
      if (text->len - before > YEJI_SHEETS_MAX_CELL)
        return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_LIMIT, "a text is too long");
    }
  return found == 0 && yeji_sheets_fail (error, YEJI_SHEETS_ERROR_DAMAGED, "a text does not end");
}

static gboolean
spill (YejiXlsxStrings  *self,
       GError          **error)
{
  g_autoptr (GError) local_error = NULL;

  if (self->stream == NULL)
    {
      self->file = g_file_new_tmp ("yeji-XXXXXX", &self->stream, &local_error);
      /* nobody else is to find it; where a file that is open cannot be removed, it is at the end */
      if (self->file != NULL)
        g_file_delete (self->file, NULL, NULL);
    }
  if (self->stream != NULL
      && g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (self->stream)),
                                    self->texts->str, self->texts->len, NULL, NULL, &local_error))
    {
      self->written += self->texts->len;
      g_string_truncate (self->texts, 0);
      return TRUE;
    }
  return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_FILE, "%s", local_error->message);
}

static gboolean
read_strings (YejiXlsxStrings  *self,
              YejiXlsxPart     *part,
              GError          **error)
{
  int found;

  while ((found = yeji_xlsx_part_next (part, error)) == 1)
    {
      guint64 end;

      if (!yeji_xlsx_part_is (part, "si"))
        continue;
      if (self->ends->len >= MAX_STRINGS)
        return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_LIMIT, "too many texts");
      if (!yeji_xlsx_read_rich_text (part, self->texts, error))
        return FALSE;
      end = self->written + self->texts->len;
      g_array_append_val (self->ends, end);
      if (self->texts->len >= IN_MEMORY && !spill (self, error))
        return FALSE;
    }
  return found == 0 && (self->stream == NULL || spill (self, error));
}

/* Reads the texts; @name NULL: the file has none. */
YejiXlsxStrings *
yeji_xlsx_strings_new (const char  *path,
                       const char  *name,
                       GError     **error)
{
  YejiXlsxStrings *self = g_new0 (YejiXlsxStrings, 1);
  g_autoptr (YejiXlsxPart) part = NULL;

  self->texts = g_string_new (NULL);
  self->ends = g_array_new (FALSE, FALSE, sizeof (guint64));
  if (name == NULL)
    return self;
  part = yeji_xlsx_part_open (path, name, YEJI_XLSX_LARGE_PART, error);
  if (part != NULL && read_strings (self, part, error))
    return self;
  yeji_xlsx_strings_free (self);
  return NULL;
}

/* Appends the text of a number. */
gboolean
yeji_xlsx_strings_get (YejiXlsxStrings  *self,
                       guint64           index,
                       GString          *text,
                       GError          **error)
{
  g_autoptr (GError) local_error = NULL;
  guint64 from, to;
  gsize before = text->len, length, n = 0;

  if (index >= self->ends->len)
    return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_DAMAGED, "there is no text %"
                             G_GUINT64_FORMAT, index);
  from = index > 0 ? g_array_index (self->ends, guint64, index - 1) : 0;
  to = g_array_index (self->ends, guint64, index);
  length = (gsize) (to - from);
  if (self->stream == NULL)
    {
      g_string_append_len (text, self->texts->str + from, (gssize) length);
      return TRUE;
    }
  if (length == 0)
    return TRUE;
  g_string_set_size (text, before + length);
  if (g_seekable_seek (G_SEEKABLE (self->stream), (gint64) from, G_SEEK_SET, NULL, &local_error)
      && g_input_stream_read_all (g_io_stream_get_input_stream (G_IO_STREAM (self->stream)),
                                  text->str + before, length, &n, NULL, &local_error)
      && n == length)
    return TRUE;
  return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_FILE, "%s",
                           local_error != NULL ? local_error->message : "the texts are gone");
}

void
yeji_xlsx_strings_free (YejiXlsxStrings *self)
{
  if (self->stream != NULL)
    g_io_stream_close (G_IO_STREAM (self->stream), NULL, NULL);
  if (self->file != NULL)
    g_file_delete (self->file, NULL, NULL);
  g_clear_object (&self->stream);
  g_clear_object (&self->file);
  g_string_free (self->texts, TRUE);
  g_array_unref (self->ends);
  g_free (self);
}
