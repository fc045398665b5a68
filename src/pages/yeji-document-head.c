// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* The few facts of an image's header that its decoder does not tell: resolution, orientation. Every
 * number in it may be a lie. */

#define G_LOG_DOMAIN "yeji-document-head"

#include "config.h"

#include "yeji-document-head.h"

#include <string.h>

#define CM_PER_INCH 2.54

/* Tags of TIFF 6.0 and of EXIF, which is a TIFF in a JPEG. */
enum
{
  TAG_WIDTH = 256,
  TAG_HEIGHT = 257,
  TAG_ORIENTATION = 274,
  TAG_RESOLUTION = 282,
  TAG_RESOLUTION_UNIT = 296,
};

/* Directories of a TIFF that are counted: a loop ends there. */
#define MAX_DIRECTORIES 5000

/* No scanner does more, and no page is worth less. */
#define MIN_DPI 10
#define MAX_DPI 10000

typedef struct
{
  const guint8 *data;
  gsize length;
  gboolean big;                /* the high byte comes first */
} Tiff;

static guint
read_16 (const Tiff *tiff,
         gsize       at)
{
  const guint8 *bytes = tiff->data + at;

  if (at > tiff->length || tiff->length - at < 2)
    return 0;
  return tiff->big ? (guint) bytes[0] << 8 | bytes[1] : (guint) bytes[1] << 8 | bytes[0];
}

static guint32
read_32 (const Tiff *tiff,
         gsize       at)
{
  guint32 first = read_16 (tiff, at);
  guint32 second = read_16 (tiff, at + 2);

  return tiff->big ? first << 16 | second : second << 16 | first;
}

/* A whole number of 16 or 32 bits. */
static guint32
read_value (const Tiff *tiff,
            gsize       entry)
{
  return read_16 (tiff, entry + 2) == 3 ? read_16 (tiff, entry + 8) : read_32 (tiff, entry + 8);
}

static double
read_ratio (const Tiff *tiff,
            gsize       at)
{
  guint32 below = read_32 (tiff, at + 4);

  return below != 0 ? read_32 (tiff, at) / (double) below : 0;
}

static void
read_directory (const Tiff       *tiff,
                gsize             at,
                YejiDocumentHead *head)
{
  guint n = read_16 (tiff, at);
  double resolution = 0;
  guint unit = 2;

  for (guint i = 0; i < n && at + 2 + i * 12 < tiff->length; i++)
    {
      gsize entry = at + 2 + i * 12;
      guint32 value = read_value (tiff, entry);

      switch (read_16 (tiff, entry))
        {
        case TAG_WIDTH:
          head->width = (int) MIN (value, G_MAXINT);
          break;
        case TAG_HEIGHT:
          head->height = (int) MIN (value, G_MAXINT);
          break;
        case TAG_ORIENTATION:
          head->orientation = value >= 1 && value <= 8 ? value : 1;
          break;
        case TAG_RESOLUTION:
          resolution = read_ratio (tiff, read_32 (tiff, entry + 8));
          break;
        case TAG_RESOLUTION_UNIT:
          unit = value;
          break;
        default:
          break;
        }
    }
  if (unit == 2 || unit == 3)
    head->dpi = unit == 3 ? resolution * CM_PER_INCH : resolution;
}

static void
read_tiff (const guint8     *data,
           gsize             length,
           YejiDocumentHead *head)
{
  Tiff tiff = { data, length, length > 0 && data[0] == 'M' };
  gsize at;

  if (length < 8 || (data[0] != 'M' && data[0] != 'I') || read_16 (&tiff, 2) != 42)
    return;
  at = read_32 (&tiff, 4);
  read_directory (&tiff, at, head);
  for (head->n_pages = 0; at >= 8 && at < length && head->n_pages < MAX_DIRECTORIES;
       head->n_pages++)
    at = read_32 (&tiff, at + 2 + read_16 (&tiff, at) * 12u);
  head->n_pages = MAX (head->n_pages, 1);
}

/* JFIF 1.02: "JFIF\0", two bytes of version, unit, two of density across. */
static void
read_jfif (const guint8     *data,
           gsize             length,
           YejiDocumentHead *head)
{
  guint density;

  if (length < 12 || memcmp (data, "JFIF", 5) != 0)
    return;
  density = (guint) data[8] << 8 | data[9];
  if (data[7] == 1 || data[7] == 2)
    head->dpi = data[7] == 2 ? density * CM_PER_INCH : density;
}

/* What EXIF says of pixels is about the camera; the frame knows. */
static void
read_exif (const guint8     *data,
           gsize             length,
           YejiDocumentHead *head)
{
  YejiDocumentHead exif = { .orientation = 1 };

  if (length < 6 || memcmp (data, "Exif\0", 6) != 0)
    return;
  read_tiff (data + 6, length - 6, &exif);
  head->orientation = exif.orientation;
  if (exif.dpi > 0)
    head->dpi = exif.dpi;
}

/* Markers up to the first scan (ITU-T T.81, annex B). */
static void
read_jpeg (const guint8     *data,
           gsize             length,
           YejiDocumentHead *head)
{
  gsize at = 2;

  while (at + 4 <= length && data[at] == 0xff)
    {
      guint8 marker = data[at + 1];
      gsize size = (gsize) data[at + 2] << 8 | data[at + 3];
      const guint8 *body = data + at + 4;
      gsize body_length;

      if (marker == 0xff)
        {
          at++;
          continue;
        }
      if (marker == 0xda || size < 2)
        return;
      body_length = MIN (size - 2, length - at - 4);
      if (marker == 0xe0)
        read_jfif (body, body_length, head);
      else if (marker == 0xe1)
        read_exif (body, body_length, head);
      else if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8
               && marker != 0xcc && body_length >= 5)
        {
          head->height = body[1] << 8 | body[2];
          head->width = body[3] << 8 | body[4];
        }
      at += 2 + size;
    }
}

/* Chunks up to the first pixels (PNG specification, 11.2.2 and 11.3.5.3). */
static void
read_png (const guint8     *data,
          gsize             length,
          YejiDocumentHead *head)
{
  Tiff png = { data, length, TRUE };
  gsize at = 8;

  while (at + 12 <= length && memcmp (data + at + 4, "IDAT", 4) != 0)
    {
      gsize size = read_32 (&png, at);

      if (memcmp (data + at + 4, "IHDR", 4) == 0)
        {
          head->width = (int) MIN (read_32 (&png, at + 8), G_MAXINT);
          head->height = (int) MIN (read_32 (&png, at + 12), G_MAXINT);
        }
      else if (memcmp (data + at + 4, "pHYs", 4) == 0 && at + 17 <= length && data[at + 16] == 1)
        head->dpi = read_32 (&png, at + 8) * CM_PER_INCH / 100;
      if (size > length)
        return;
      at += 12 + size;
    }
}

/**
 * yeji_document_read_head:
 * @media_type: as yeji_document_find_type() says
 * @head: (out): what it says of itself
 *
 * Reads what an image says of itself. Never fails: what is not said, or makes no sense, is 0.
 */
void
yeji_document_read_head (const char       *media_type,
                         const guint8     *data,
                         gsize             length,
                         YejiDocumentHead *head)
{
  *head = (YejiDocumentHead) { .orientation = 1, .n_pages = 1 };
  if (g_str_equal (media_type, "image/jpeg"))
    read_jpeg (data, length, head);
  else if (g_str_equal (media_type, "image/png"))
    read_png (data, length, head);
  else if (g_str_equal (media_type, "image/tiff"))
    read_tiff (data, length, head);
  if (!(head->dpi >= MIN_DPI && head->dpi <= MAX_DPI))
    head->dpi = 0;
}

/* The greatest number behind a name. */
static void
note_number (const guint8 *data,
             const guint8 *end,
             const char   *name,
             int          *greatest)
{
  gsize length = strlen (name);

  while ((data = memchr (data, '/', (gsize) (end - data))) != NULL)
    {
      guint64 number = 0;

      if ((gsize) (end - data) <= length)
        return;
      if (memcmp (data, name, length) != 0)
        {
          data++;
          continue;
        }
      for (data += length; data < end && g_ascii_isspace (*data); data++)
        continue;
      for (; data < end && g_ascii_isdigit (*data) && number < G_MAXINT; data++)
        number = number * 10 + (guint) (*data - '0');
      *greatest = MAX (*greatest, (int) MIN (number, G_MAXINT));
    }
}

/**
 * yeji_document_note_pictures:
 * @data: a piece of a PDF
 *
 * Notes how large pictures are at most: their dictionaries are in the open, whatever else is
 * compressed. What is between two pieces, or says so elsewhere, is missed.
 */
void
yeji_document_note_pictures (const guint8     *data,
                             gsize             length,
                             YejiDocumentHead *head)
{
  note_number (data, data + length, "/Width", &head->width);
  note_number (data, data + length, "/Height", &head->height);
}

/**
 * yeji_document_get_rotation:
 * @orientation: as EXIF has it, 1 to 8; those that are mirrored count as their neighbours
 *
 * Returns: how far it is to be turned clockwise: 0, 90, 180 or 270
 */
int
yeji_document_get_rotation (guint orientation)
{
  static const int rotations[] = { 0, 0, 0, 180, 180, 90, 90, 270, 270 };

  return orientation < G_N_ELEMENTS (rotations) ? rotations[orientation] : 0;
}
