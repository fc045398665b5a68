// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sheets"

#include "config.h"

#include "yeji-xlsx-private.h"

#include <string.h>

#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>

#include "yeji-platform.h"

#define MAX_PARTS 20000
#define BLOCK (256 * 1024)
/* Deflate makes at most 1 of 1,032; tables repeat themselves, so that 1 of 60 is not rare. */
#define MAX_RATIO 500
#define SLACK (4 * 1024 * 1024)

struct _YejiXlsxPart
{
  struct archive *archive;
  char *name;
  gint64 size;                 /* unpacked up to now */
  gint64 said;                 /* what the directory says that it is unpacked; -1: nothing */
  gint64 max_size;
};

/**
 * yeji_xlsx_open_archive:
 * @path: in UTF-8 on Windows, too, which libarchive would take for the system's code page
 *
 * Opens the file of an archive that is set up for reading.
 *
 * Returns: %FALSE with libarchive's own error in @archive
 */
gboolean
yeji_xlsx_open_archive (struct archive *archive,
                        const char     *path)
{
#ifdef G_OS_WIN32
  g_autofree gunichar2 *wide = g_utf8_to_utf16 (path, -1, NULL, NULL, NULL);

  return archive_read_open_filename_w (archive, (const wchar_t *) wide, BLOCK) == ARCHIVE_OK;
#else
  return archive_read_open_filename (archive, path, BLOCK) == ARCHIVE_OK;
#endif
}

static struct archive *
open_archive (const char  *path,
              gboolean     proved,
              GError     **error)
{
  struct archive *archive = archive_read_new ();
  g_autofree char *words = NULL;

  archive_read_support_format_zip_seekable (archive);
  if (!proved)
    archive_read_set_format_option (archive, "zip", "ignorecrc32", "1");
  if (yeji_xlsx_open_archive (archive, path))
    return archive;
  words = g_strdup (archive_error_string (archive));
  archive_read_free (archive);
  yeji_sheets_fail (error, YEJI_SHEETS_ERROR_DAMAGED, "%s", words != NULL ? words : "no archive");
  return NULL;
}

/* 1 there is one, 0 the end, -1 an error */
static int
next_entry (struct archive        *archive,
            struct archive_entry **entry,
            GError               **error)
{
  int code = archive_read_next_header (archive, entry);

  if (code == ARCHIVE_EOF)
    return 0;
  if (code == ARCHIVE_OK || code == ARCHIVE_WARN)   /* of a name that no locale can say */
    return 1;
  yeji_sheets_fail (error, YEJI_SHEETS_ERROR_DAMAGED, "%s", archive_error_string (archive));
  return -1;
}

/* The name without a slash before it; in GBK where it is not said, as Windows packs in China; NULL
 * where there is none. */
static char *
read_name (struct archive_entry *entry)
{
  const char *name = archive_entry_pathname_utf8 (entry);
  g_autofree char *made = NULL;

  if (name == NULL)
    name = archive_entry_pathname (entry);
  if (name == NULL)
    return NULL;
  made = g_utf8_validate (name, -1, NULL) ? g_strdup (name)
                                          : g_convert (name, -1, "UTF-8",
                                                       yeji_platform_get_gb_charset (), NULL, NULL,
                                                       NULL);
  if (made == NULL)
    return NULL;
  g_strdelimit (made, "\\", '/');
  return g_strdup (made + strspn (made, "/"));
}

/* And without a case, as producers differ. */
static char *
fold_name (struct archive_entry *entry)
{
  g_autofree char *name = read_name (entry);

  return name != NULL ? g_ascii_strdown (name, -1) : NULL;
}

static gint64
get_file_size (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) == 0 ? (gint64) info.st_size : 0;
}

/* Collects the names of all parts in small letters, and as they are in their order. A name that is
 * there twice is one of which two programs would read different things; parts that are together
 * more than can be packed into the file are upon each other. */
gboolean
yeji_xlsx_list_parts (const char  *path,
                      GHashTable  *names,
                      GPtrArray   *order,
                      GError     **error)
{
  struct archive *archive = open_archive (path, TRUE, error);
  struct archive_entry *entry;
  gboolean good = TRUE;
  gint64 left = SLACK + get_file_size (path) * MAX_RATIO;
  int found = 0;
  guint n = 0;

  if (archive == NULL)
    return FALSE;
  while (good && (found = next_entry (archive, &entry, error)) == 1)
    {
      g_autofree char *said = read_name (entry);
      char *name = said != NULL ? g_ascii_strdown (said, -1) : NULL;

      if (name == NULL)
        continue;
      left -= MIN (left, MAX (archive_entry_size (entry), 0)) + 1;
      if (archive_entry_is_encrypted (entry))
        good = yeji_sheets_fail (error, YEJI_SHEETS_ERROR_OLD, "%s is encrypted", name);
      else if (left < 0)
        good = yeji_sheets_fail (error, YEJI_SHEETS_ERROR_LIMIT,
                                 "the parts are too large unpacked");
      else if (++n > MAX_PARTS)
        good = yeji_sheets_fail (error, YEJI_SHEETS_ERROR_LIMIT, "more than %d parts", MAX_PARTS);
      else if (g_hash_table_contains (names, name))
        good = yeji_sheets_fail (error, YEJI_SHEETS_ERROR_DAMAGED, "%s is there twice", name);
      else
        {
          g_hash_table_add (names, g_steal_pointer (&name));
          g_ptr_array_add (order, g_steal_pointer (&said));
        }
      g_free (name);
    }
  archive_read_free (archive);
  return good && found == 0;
}

static YejiXlsxPart *
open_part (const char  *path,
           const char  *name,
           gint64       max_size,
           gboolean     proved,
           GError     **error)
{
  g_autoptr (YejiXlsxPart) self = g_new0 (YejiXlsxPart, 1);
  struct archive_entry *entry;
  gboolean there = FALSE;
  int found = 0;

  self->name = g_strdup (name);
  self->max_size = max_size;
  self->archive = open_archive (path, proved, error);
  if (self->archive == NULL)
    return NULL;
  while (!there && (found = next_entry (self->archive, &entry, error)) == 1)
    {
      g_autofree char *folded = fold_name (entry);

      there = g_strcmp0 (folded, name) == 0;
      self->said = archive_entry_size_is_set (entry) ? archive_entry_size (entry) : -1;
    }
  if (found < 0)
    return NULL;
  if (!there)
    {
      yeji_sheets_fail (error, YEJI_SHEETS_ERROR_DAMAGED, "%s is missing", name);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/* Opens a part by its name in small letters. */
YejiXlsxPart *
yeji_xlsx_part_open (const char  *path,
                     const char  *name,
                     gint64       max_size,
                     GError     **error)
{
  return open_part (path, name, max_size, TRUE, error);
}

/* Opens it for a look before it is read: its sum, which says that nothing is damaged, is left to
 * the reading. */
YejiXlsxPart *
yeji_xlsx_part_look (const char  *path,
                     const char  *name,
                     gint64       max_size,
                     GError     **error)
{
  return open_part (path, name, max_size, FALSE, error);
}

const char *
yeji_xlsx_part_get_name (YejiXlsxPart *self)
{
  return self->name;
}

/* Bytes unpacked up to now. */
gint64
yeji_xlsx_part_get_size (YejiXlsxPart *self)
{
  return self->size;
}

/* Reads on; 0 at the end, -1 with an error. */
gssize
yeji_xlsx_part_read (YejiXlsxPart  *self,
                     char          *buffer,
                     gsize          length,
                     GError       **error)
{
  la_ssize_t n;

  n = archive_read_data (self->archive, buffer, length);
  if (n < 0)
    {
      const char *words = archive_error_string (self->archive);

      yeji_sheets_fail (error, YEJI_SHEETS_ERROR_DAMAGED, "%s: %s", self->name,
                        words != NULL ? words : "cannot be unpacked");
      return -1;
    }
  self->size += n;
  if (self->said >= 0 && self->size > self->said)
    {
      yeji_sheets_fail (error, YEJI_SHEETS_ERROR_DAMAGED, "%s is larger than it says", self->name);
      return -1;
    }
  if (self->size > self->max_size
      || (self->size > SLACK
          && self->size / MAX_RATIO > MAX (archive_filter_bytes (self->archive, -1), 1)))
    {
      yeji_sheets_fail (error, YEJI_SHEETS_ERROR_LIMIT, "%s is too large unpacked", self->name);
      return -1;
    }
  return n;
}

void
yeji_xlsx_part_free (YejiXlsxPart *self)
{
  if (self->archive != NULL)
    archive_read_free (self->archive);
  g_free (self->name);
  g_free (self);
}
