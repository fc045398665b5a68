// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sheets"

#include "config.h"

#include "yeji-xlsx-private.h"

#include <string.h>

/* Of texts in memory; more go into a file. */
#define IN_MEMORY (32 * 1024 * 1024)
#define MAX_STRINGS (1u << 24)
/* Of the file, in memory: texts stand in the order in which they were first used, mostly. */
#define BLOCK (64 * 1024)
#define N_BLOCKS 32

typedef struct
{
  guint64 number;              /* of the block in the file, + 1; 0: none */
  gsize length;
  char *bytes;
} Block;

struct _YejiXlsxStrings
{
  GString *texts;              /* those that are not in the file */
  GArray *ends;                /* (element-type guint32): where each ends, in file and texts */
  GFile *file;                 /* (nullable) */
  GFileIOStream *stream;       /* (nullable) */
  guint64 written;             /* bytes in the file */
  Block *blocks;               /* (nullable) (array length=N_BLOCKS): of the file */
  GString *joined;             /* the text that was asked for last, where it is in several blocks */
};

/* `_x000D_`, which stands for the character of that number (ISO 29500-1, 22.9.2.19). */
static gboolean
is_escape (const char *at,
           const char *end,
           gunichar   *c)
{
  if (end - at < 7 || at[0] != '_' || at[1] != 'x' || at[6] != '_')
    return FALSE;
  *c = 0;
  for (guint i = 2; i < 6; i++)
    {
      if (!g_ascii_isxdigit (at[i]))
        return FALSE;
      *c = *c * 16 + (gunichar) g_ascii_xdigit_value (at[i]);
    }
  return TRUE;
}

/* Puts characters for the escapes of a text, from an offset on. */
void
yeji_xlsx_decode_text (GString *text,
                       gsize    from)
{
  const char *at = text->str + from, *end = text->str + text->len;
  char *to = text->str + from;
  gunichar c;

  if (memchr (at, '_', (gsize) (end - at)) == NULL || strstr (at, "_x") == NULL)
    return;
  while (at < end)
    if (!is_escape (at, end, &c))
      *to++ = *at++;
    else
      {
        at += 7;
        if (c != 0 && g_unichar_validate (c))
          to += g_unichar_to_utf8 (c, to);       /* three bytes at most, where seven were */
      }
  g_string_truncate (text, (gsize) (to - text->str));
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

/* --- reading --- */

typedef struct
{
  YejiXlsxStrings *strings;
  const char *si, *t, *phonetic;
  gsize begun;                 /* where the text of the item begins */
  gsize piece;                 /* and that of the run */
  gboolean in_item;
  gboolean in_text;
  guint in_phonetic;           /* how often */
} Reading;

static gboolean
begin_element (gpointer      data,
               YejiXlsxSax  *sax,
               const char   *name,
               GError      **error)
{
  Reading *self = data;

  if (name == self->si)
    {
      self->in_item = TRUE;
      self->begun = self->strings->texts->len;
    }
  else if (name == self->phonetic)
    self->in_phonetic++;
  else if (name == self->t && self->in_item && self->in_phonetic == 0)
    {
      self->in_text = TRUE;
      self->piece = self->strings->texts->len;
    }
  return TRUE;
}

static gboolean
take_text (gpointer      data,
           const char   *text,
           gsize         length,
           GError      **error)
{
  Reading *self = data;

  if (!self->in_text)
    return TRUE;
  if (self->strings->texts->len - self->begun + length > YEJI_SHEETS_MAX_CELL)
    return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_LIMIT, "a text is too long");
  g_string_append_len (self->strings->texts, text, (gssize) length);
  return TRUE;
}

static gboolean
end_element (gpointer     data,
             const char  *name,
             GError     **error)
{
  Reading *self = data;
  YejiXlsxStrings *strings = self->strings;

  if (name == self->phonetic)
    self->in_phonetic -= self->in_phonetic > 0;
  else if (name == self->t && self->in_text)
    {
      self->in_text = FALSE;
      yeji_xlsx_decode_text (strings->texts, self->piece);
    }
  else if (name == self->si)
    {
      /* the part has 4 GiB at most, so that its texts have less */
      guint32 end = (guint32) (strings->written + strings->texts->len);

      self->in_item = FALSE;
      if (strings->ends->len >= MAX_STRINGS)
        return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_LIMIT, "too many texts");
      g_array_append_val (strings->ends, end);
      return strings->texts->len < IN_MEMORY || spill (strings, error);
    }
  return TRUE;
}

static const YejiXlsxSaxClass sax_class = { begin_element, end_element, take_text };

static gboolean
read_strings (YejiXlsxStrings  *self,
              YejiXlsxPart     *part,
              GError          **error)
{
  Reading reading = { .strings = self };
  g_autoptr (YejiXlsxSax) sax = yeji_xlsx_sax_new (part, &sax_class, &reading);

  reading.si = yeji_xlsx_sax_intern (sax, "si");
  reading.t = yeji_xlsx_sax_intern (sax, "t");
  reading.phonetic = yeji_xlsx_sax_intern (sax, "rPh");
  if (!yeji_xlsx_sax_run (sax, error))
    return FALSE;
  if (self->stream == NULL)
    return TRUE;
  self->blocks = g_new0 (Block, N_BLOCKS);
  return spill (self, error);
}

/* Reads the texts; @name NULL: the file has none. */
YejiXlsxStrings *
yeji_xlsx_strings_new (const char  *path,
                       const char  *name,
                       GError     **error)
{
  YejiXlsxStrings *self = g_new0 (YejiXlsxStrings, 1);
  YejiXlsxPart *part;

  self->texts = g_string_new (NULL);
  self->ends = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->joined = g_string_new (NULL);
  if (name == NULL)
    return self;
  part = yeji_xlsx_part_open (path, name, YEJI_XLSX_LARGE_PART, error);
  if (part != NULL && read_strings (self, part, error))
    return self;
  yeji_xlsx_strings_free (self);
  return NULL;
}

static const Block *
load_block (YejiXlsxStrings  *self,
            guint64           number,
            GError          **error)
{
  Block *block = &self->blocks[number % N_BLOCKS];
  g_autoptr (GError) local_error = NULL;

  if (block->number == number + 1)
    return block;
  block->number = 0;
  if (block->bytes == NULL)
    block->bytes = g_malloc (BLOCK);
  if (g_seekable_seek (G_SEEKABLE (self->stream), (gint64) number * BLOCK, G_SEEK_SET, NULL,
                       &local_error)
      && g_input_stream_read_all (g_io_stream_get_input_stream (G_IO_STREAM (self->stream)),
                                  block->bytes, BLOCK, &block->length, NULL, &local_error))
    {
      block->number = number + 1;
      return block;
    }
  yeji_sheets_fail (error, YEJI_SHEETS_ERROR_FILE, "%s", local_error->message);
  return NULL;
}

/* The text from one place of the file to another. */
static const char *
find_in_file (YejiXlsxStrings  *self,
              guint64           from,
              guint64           to,
              GError          **error)
{
  g_string_truncate (self->joined, 0);
  while (TRUE)
    {
      const Block *block = load_block (self, from / BLOCK, error);
      const gsize at = (gsize) (from % BLOCK);
      const gsize length = MIN ((gsize) (to - from), BLOCK - at);

      if (block == NULL)
        return NULL;
      if (block->length < at + length)
        {
          yeji_sheets_fail (error, YEJI_SHEETS_ERROR_FILE, "the texts are gone");
          return NULL;
        }
      if (self->joined->len == 0 && from + length == to)
        return block->bytes + at;
      g_string_append_len (self->joined, block->bytes + at, (gssize) length);
      from += length;
      if (from == to)
        return self->joined->str;
    }
}

/* The text of a number, not ended by a NUL, good until the next one is asked for. */
const char *
yeji_xlsx_strings_get (YejiXlsxStrings  *self,
                       guint64           index,
                       gsize            *length,
                       GError          **error)
{
  guint64 from, to;

  if (index >= self->ends->len)
    {
      yeji_sheets_fail (error, YEJI_SHEETS_ERROR_DAMAGED, "there is no text %" G_GUINT64_FORMAT,
                        index);
      return NULL;
    }
  from = index > 0 ? g_array_index (self->ends, guint32, index - 1) : 0;
  to = g_array_index (self->ends, guint32, index);
  *length = (gsize) (to - from);
  if (from == to)
    return "";
  return self->stream == NULL ? self->texts->str + from : find_in_file (self, from, to, error);
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
  for (guint i = 0; self->blocks != NULL && i < N_BLOCKS; i++)
    g_free (self->blocks[i].bytes);
  g_free (self->blocks);
  g_string_free (self->texts, TRUE);
  g_string_free (self->joined, TRUE);
  g_array_unref (self->ends);
  g_free (self);
}
