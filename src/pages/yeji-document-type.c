// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* What a file is by its content. Kinds that are not shown are told apart as well: a clerk who took
 * the wrong file is helped more by its name than by "unknown". */

#define G_LOG_DOMAIN "yeji-document-type"

#include "config.h"

#include "yeji-document-head.h"

#include <string.h>

/* The magic of a PDF may have rubbish before it. */
#define PDF_WITHIN 1024

typedef struct
{
  const char *magic;
  gsize length;
  gsize offset;
  const char *media_type;
} Magic;

/* The first that fits. */
static const Magic magics[] = {
  { "\xff\xd8\xff",                     3, 0, "image/jpeg" },
  { "\x89PNG\r\n\x1a\n",                8, 0, "image/png" },
  { "II*\0",                            4, 0, "image/tiff" },
  { "MM\0*",                            4, 0, "image/tiff" },
  { "II+\0",                            4, 0, "image/tiff" },
  { "GIF8",                             4, 0, "image/gif" },
  { "BM",                               2, 0, "image/bmp" },
  { "WEBP",                             4, 8, "image/webp" },
  { "ftypheic",                         8, 4, "image/heic" },
  { "ftypheix",                         8, 4, "image/heic" },
  { "ftyphevc",                         8, 4, "image/heic" },
  { "ftypmif1",                         8, 4, "image/heic" },
  { "ftypmsf1",                         8, 4, "image/heic" },
  { "ftypavif",                         8, 4, "image/avif" },
  { "ftyp",                             4, 4, "video/mp4" },
  { "PK\3\4",                           4, 0, "application/zip" },
  { "PK\5\6",                           4, 0, "application/zip" },
  { "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, 0, "application/x-ole-storage" },
  { "Rar!\x1a\7",                       6, 0, "application/vnd.rar" },
  { "7z\xbc\xaf\x27\x1c",               6, 0, "application/x-7z-compressed" },
  { "\x1f\x8b",                         2, 0, "application/gzip" },
  { "{\\rtf",                           5, 0, "application/rtf" },
  { "%!PS",                             4, 0, "application/postscript" },
  { "AC10",                             4, 0, "image/vnd.dwg" },
  { "MZ",                               2, 0, "application/vnd.microsoft.portable-executable" },
  { "<!DOCTYPE html",                  14, 0, "text/html" },
  { "<html",                            5, 0, "text/html" },
};

/* What lies within a container says what it is. */
typedef struct
{
  const char *container;
  const char *within;
  gsize length;
  const char *media_type;
} Content;

#define TEXT(text) text, sizeof text - 1

static const Content contents[] = {
  { "application/zip", TEXT ("word/document.xml"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
  { "application/zip", TEXT ("xl/workbook."),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
  { "application/zip", TEXT ("ppt/presentation.xml"),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation" },
  { "application/zip", TEXT ("OFD.xml"), "application/ofd" },
  { "application/zip", TEXT ("application/vnd.oasis.opendocument.text"),
    "application/vnd.oasis.opendocument.text" },
  { "application/zip", TEXT ("application/vnd.oasis.opendocument.spreadsheet"),
    "application/vnd.oasis.opendocument.spreadsheet" },
  { "application/x-ole-storage", TEXT ("W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t"),
    "application/msword" },
  { "application/x-ole-storage", TEXT ("W\0o\0r\0k\0b\0o\0o\0k"), "application/vnd.ms-excel" },
  { "application/x-ole-storage", TEXT ("P\0o\0w\0e\0r\0P\0o\0i\0n\0t"),
    "application/vnd.ms-powerpoint" },
};

static gboolean
contains (const guint8 *data,
          gsize         length,
          const char   *text,
          gsize         text_length)
{
  const guint8 *end = data + length;

  while ((gsize) (end - data) >= text_length)
    {
      const guint8 *at = memchr (data, text[0], (gsize) (end - data) - text_length + 1);

      if (at == NULL)
        return FALSE;
      if (memcmp (at, text, text_length) == 0)
        return TRUE;
      data = at + 1;
    }
  return FALSE;
}

static const char *
find_magic (const guint8 *data,
            gsize         length)
{
  for (guint i = 0; i < G_N_ELEMENTS (magics); i++)
    if (length >= magics[i].offset + magics[i].length
        && memcmp (data + magics[i].offset, magics[i].magic, magics[i].length) == 0)
      return magics[i].media_type;
  return NULL;
}

static gboolean
is_shown (const char *media_type)
{
  return g_str_equal (media_type, "image/jpeg") || g_str_equal (media_type, "image/png")
         || g_str_equal (media_type, "image/tiff");
}

/* Whether it is text that somebody could read; the piece may end within a character. */
static gboolean
is_text (const guint8 *data,
         gsize         length)
{
  const char *end = (const char *) data;

  if (length == 0 || memchr (data, 0, length) != NULL)
    return FALSE;
  g_utf8_validate_len (end, length, &end);
  return (const guint8 *) end + 4 > data + length;
}

/**
 * yeji_document_find_type:
 * @data: the file's beginning
 * @tail: the file's end, where containers list what is in them
 * @ambiguous: (out): it is an image and a PDF at once, which no scanner makes
 *
 * Returns: (nullable): the media type, %NULL when nobody knows
 */
const char *
yeji_document_find_type (const guint8 *data,
                         gsize         length,
                         const guint8 *tail,
                         gsize         tail_length,
                         gboolean     *ambiguous)
{
  const char *found = find_magic (data, length);
  gboolean is_pdf = contains (data, MIN (length, PDF_WITHIN), TEXT ("%PDF-"));

  *ambiguous = is_pdf && found != NULL && is_shown (found);
  if (found == NULL && is_pdf)
    return "application/pdf";
  if (found == NULL)
    return is_text (data, length) ? "text/plain" : NULL;
  for (guint i = 0; i < G_N_ELEMENTS (contents); i++)
    if (g_str_equal (contents[i].container, found)
        && (contains (data, length, contents[i].within, contents[i].length)
            || contains (tail, tail_length, contents[i].within, contents[i].length)))
      return contents[i].media_type;
  return found;
}
