// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-zip"

#include "config.h"

#include "yeji-zip.h"

#include <errno.h>
#include <string.h>

#include <archive.h>
#include <archive_entry.h>

#include "yeji-platform.h"

/* A stranger's archive. Its directory is read here, because libarchive takes names through the
 * character set of the locale, which may be able to say none of them; what is in a file is then
 * unpacked by libarchive. A name never becomes a path. */

#define CHUNK_SIZE (256 * 1024)

/* The end record, and the longest comment behind it. */
#define END_LENGTH 22
#define MAX_COMMENT 65535
#define END64_LENGTH 56
#define LOCATOR64_LENGTH 20
#define ENTRY_LENGTH 46
#define MAX_DIRECTORY (64 * 1024 * 1024)

#define END_MAGIC 0x06054b50u
#define END64_MAGIC 0x06064b50u
#define LOCATOR64_MAGIC 0x07064b50u
#define ENTRY_MAGIC 0x02014b50u

#define FLAG_ENCRYPTED 0x0001
#define FLAG_MASKED 0x2000

#define METHOD_AES 99
#define EXTRA_ZIP64 0x0001
#define EXTRA_UNICODE_PATH 0x7075
#define SYSTEM_UNIX 3
#define MODE_TYPE 0170000u
#define MODE_LINK 0120000u
#define MODE_FILE 0100000u

/* What may be unpacked of a file that says nothing of its size, before the ratio counts. */
#define SLACK (1024 * 1024)

struct _YejiZip
{
  GFileInputStream *stream;
  gint64 size;                 /* of the archive */
  GPtrArray *entries;          /* (element-type YejiZipEntry) */
};

/* One file being unpacked. */
typedef struct
{
  YejiZip *zip;
  guint8 *chunk;
  gint64 left;                 /* bytes of the archive that may belong to it */
  GCancellable *cancellable;
  GError *error;
} Feed;

static guint
read16 (const guint8 *p)
{
  return (guint) p[0] | ((guint) p[1] << 8);
}

static guint32
read32 (const guint8 *p)
{
  return (guint32) read16 (p) | ((guint32) read16 (p + 2) << 16);
}

static guint64
read64 (const guint8 *p)
{
  return (guint64) read32 (p) | ((guint64) read32 (p + 4) << 32);
}

static void
free_entry (gpointer data)
{
  YejiZipEntry *entry = data;

  g_free (entry->name);
  g_free (entry->shown);
  g_free (entry);
}

static gboolean
read_at (YejiZip       *self,
         gint64         offset,
         guint8        *data,
         gsize          length,
         GCancellable  *cancellable,
         GError       **error)
{
  gsize n;

  if (!g_seekable_seek (G_SEEKABLE (self->stream), offset, G_SEEK_SET, cancellable, error)
      || !g_input_stream_read_all (G_INPUT_STREAM (self->stream), data, length, &n, cancellable,
                                   error))
    return FALSE;
  if (n == length)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "the file ends too early");
  return FALSE;
}

/* --- names --- */

/* Windows writes names in the character set of the computer; here that is GBK. The flag that says
 * UTF-8 is not asked: some set it wrongly, some not at all, and GBK is hardly ever valid UTF-8. */
static char *
decode (const guint8 *bytes,
        gsize         length)
{
  char *text;

  if (g_utf8_validate ((const char *) bytes, (gssize) length, NULL))
    return g_strndup ((const char *) bytes, length);
  if (memchr (bytes, '\0', length) != NULL)
    return NULL;
  text = g_convert ((const char *) bytes, (gssize) length, "UTF-8", yeji_platform_get_gb_charset (),
                    NULL, NULL, NULL);
  if (text != NULL && g_utf8_validate (text, -1, NULL))
    return text;
  g_free (text);
  return NULL;
}

/* What Info-ZIP adds: the name in UTF-8, behind a version and a checksum. */
static char *
find_unicode_name (const guint8 *extra,
                   gsize         length)
{
  gsize i = 0;

  while (i + 4 <= length)
    {
      guint kind = read16 (extra + i), n = read16 (extra + i + 2);

      if (n > length - i - 4)
        return NULL;
      if (kind == EXTRA_UNICODE_PATH && n > 5 && extra[i + 4] == 1
          && g_utf8_validate ((const char *) extra + i + 9, n - 5, NULL))
        return g_strndup ((const char *) extra + i + 9, n - 5);
      i += 4 + n;
    }
  return NULL;
}

/* The name without what means nothing; NULL where it leads out, or cannot be shown in a line. */
static char *
clean_name (const char *raw)
{
  g_autofree char *slashes = g_strdup (raw);
  g_auto (GStrv) parts = NULL;
  g_autoptr (GString) name = g_string_new (NULL);

  for (const char *p = raw; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return NULL;
  g_strdelimit (slashes, "\\", '/');
  if (*slashes == '/' || (g_ascii_isalpha (slashes[0]) && slashes[1] == ':'))
    return NULL;
  parts = g_strsplit (slashes, "/", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (*parts[i] == '\0' || g_str_equal (parts[i], "."))
        continue;
      if (g_str_equal (parts[i], ".."))
        return NULL;
      if (name->len > 0)
        g_string_append_c (name, '/');
      g_string_append (name, parts[i]);
    }
  return name->len > 0 ? g_string_free (g_steal_pointer (&name), FALSE) : NULL;
}

/* --- the directory --- */

/* Sizes that do not fit 32 bits stand behind the name. */
static void
read_large_sizes (YejiZipEntry *entry,
                  const guint8 *extra,
                  gsize         length)
{
  gint64 *values[] = { &entry->size, &entry->packed, &entry->offset };
  gsize i = 0;

  while (i + 4 <= length)
    {
      guint kind = read16 (extra + i), n = read16 (extra + i + 2);
      gsize from = i + 4;

      if (n > length - from)
        return;
      for (guint j = 0; kind == EXTRA_ZIP64 && j < G_N_ELEMENTS (values); j++)
        if (*values[j] == G_MAXUINT32 && from + 8 <= i + 4 + n)
          {
            *values[j] = (gint64) read64 (extra + from);
            from += 8;
          }
      i += 4 + n;
    }
}

static int
judge (const guint8       *head,
       const YejiZipEntry *entry,
       gint64              archive_size)
{
  guint flags = read16 (head + 8), method = read16 (head + 10);
  guint32 mode = read32 (head + 38) >> 16;

  if (flags & (FLAG_ENCRYPTED | FLAG_MASKED) || method == METHOD_AES)
    return YEJI_SKIP_ENCRYPTED;
  if (entry->name == NULL)
    return YEJI_SKIP_NAME;
  if (head[5] == SYSTEM_UNIX && (mode & MODE_TYPE) == MODE_LINK)
    return YEJI_SKIP_LINK;
  if (head[5] == SYSTEM_UNIX && (mode & MODE_TYPE) != 0 && (mode & MODE_TYPE) != MODE_FILE)
    return YEJI_SKIP_SPECIAL;
  if (entry->offset < 0 || entry->packed < 0 || entry->size < 0
      || entry->offset >= archive_size || entry->packed > archive_size - entry->offset)
    return YEJI_SKIP_DAMAGED;
  if (entry->size == 0)
    return YEJI_SKIP_EMPTY;
  if (entry->size / YEJI_SOURCE_MAX_RATIO > entry->packed + SLACK / YEJI_SOURCE_MAX_RATIO)
    return YEJI_SKIP_BOMB;
  return -1;
}

/* Whether a name is that of a folder, which comes with its files. */
static gboolean
is_folder (const guint8 *name,
           gsize         length)
{
  return length > 0 && (name[length - 1] == '/' || name[length - 1] == '\\');
}

static gboolean
read_entries (YejiZip      *self,
              const guint8 *data,
              gsize         length,
              guint         max_entries)
{
  gsize i = 0;

  /* the directory ends where its entries end; what else is there is none of them */
  while (i + ENTRY_LENGTH <= length && read32 (data + i) == ENTRY_MAGIC
         && self->entries->len < max_entries)
    {
      const guint8 *head = data + i;
      gsize n_name = read16 (head + 28), n_extra = read16 (head + 30);
      gsize n_all = ENTRY_LENGTH + n_name + n_extra + read16 (head + 32);
      g_autofree char *raw = NULL;
      YejiZipEntry *entry;

      if (n_all > length - i)
        return FALSE;
      i += n_all;
      if (is_folder (head + ENTRY_LENGTH, n_name))
        continue;
      entry = g_new0 (YejiZipEntry, 1);
      g_ptr_array_add (self->entries, entry);
      entry->packed = read32 (head + 20);
      entry->size = read32 (head + 24);
      entry->offset = read32 (head + 42);
      read_large_sizes (entry, head + ENTRY_LENGTH + n_name, n_extra);
      raw = find_unicode_name (head + ENTRY_LENGTH + n_name, n_extra);
      if (raw == NULL)
        raw = decode (head + ENTRY_LENGTH, n_name);
      entry->name = raw != NULL ? clean_name (raw) : NULL;
      entry->shown = g_strdup (entry->name != NULL ? entry->name : raw != NULL ? raw : "?");
      entry->reason = judge (head, entry, self->size);
    }
  return i + ENTRY_LENGTH > length || self->entries->len >= max_entries;
}

/* Where the directory is, from the record at the end of the file. */
static gboolean
find_directory (YejiZip       *self,
                gint64        *offset,
                gint64        *length,
                GCancellable  *cancellable,
                GError       **error)
{
  gsize n = (gsize) MIN (self->size, END_LENGTH + MAX_COMMENT + LOCATOR64_LENGTH);
  g_autofree guint8 *tail = g_malloc (n + 1);
  guint8 end64[END64_LENGTH];
  gint64 at;
  gsize i;

  *length = -1;
  if (n < END_LENGTH)
    return TRUE;
  if (!read_at (self, self->size - (gint64) n, tail, n, cancellable, error))
    return FALSE;
  for (i = n - END_LENGTH + 1; i > 0; i--)
    if (read32 (tail + i - 1) == END_MAGIC)
      break;
  if (i == 0)
    return TRUE;
  i--;
  *length = read32 (tail + i + 12);
  *offset = read32 (tail + i + 16);
  if (*offset != G_MAXUINT32 && *length != G_MAXUINT32)
    return TRUE;
  *length = -1;
  if (i < LOCATOR64_LENGTH || read32 (tail + i - LOCATOR64_LENGTH) != LOCATOR64_MAGIC)
    return TRUE;
  at = (gint64) read64 (tail + i - LOCATOR64_LENGTH + 8);
  if (at < 0 || at > self->size - END64_LENGTH)
    return TRUE;
  if (!read_at (self, at, end64, sizeof end64, cancellable, error))
    return FALSE;
  if (read32 (end64) == END64_MAGIC)
    {
      *length = (gint64) read64 (end64 + 40);
      *offset = (gint64) read64 (end64 + 48);
    }
  return TRUE;
}

/**
 * yeji_zip_open: (skip)
 * @max_entries: what more than is not read
 * @reason: (out): why it is no archive that can be read, when %NULL is returned without an error
 *
 * Reads the directory of a zip archive. One that is cut off has none.
 *
 * Returns: (transfer full) (nullable): the archive; %NULL with @reason, or with an error when it
 *     was cancelled
 */
YejiZip *
yeji_zip_open (GFile           *file,
               guint            max_entries,
               YejiSkipReason  *reason,
               GCancellable    *cancellable,
               GError         **error)
{
  g_autoptr (YejiZip) self = g_new0 (YejiZip, 1);
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree guint8 *directory = NULL;
  gint64 offset = 0, length = -1;
  gboolean found = FALSE;

  self->entries = g_ptr_array_new_with_free_func (free_entry);
  *reason = YEJI_SKIP_UNREADABLE;
  self->stream = g_file_read (file, cancellable, &local_error);
  if (self->stream != NULL)
    info = g_file_input_stream_query_info (self->stream, G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                           cancellable, &local_error);
  if (info != NULL)
    {
      self->size = g_file_info_get_size (info);
      found = find_directory (self, &offset, &length, cancellable, &local_error);
    }
  if (found)
    *reason = YEJI_SKIP_DAMAGED;
  if (found && length >= 0 && length <= MAX_DIRECTORY && offset >= 0
      && offset <= self->size - length)
    {
      directory = g_malloc ((gsize) length + 1);
      if (read_at (self, offset, directory, (gsize) length, cancellable, &local_error)
          && read_entries (self, directory, (gsize) length, max_entries))
        return g_steal_pointer (&self);
    }
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

void
yeji_zip_free (YejiZip *self)
{
  g_clear_object (&self->stream);
  g_ptr_array_unref (self->entries);
  g_free (self);
}

/**
 * yeji_zip_get_entries: (skip)
 *
 * Returns: (transfer none) (element-type YejiZipEntry): what is in it, in its own order
 */
GPtrArray *
yeji_zip_get_entries (YejiZip *self)
{
  return self->entries;
}

gint64
yeji_zip_get_size (YejiZip *self)
{
  return self->size;
}

/* --- unpacking --- */

static la_ssize_t
read_block (struct archive  *archive,
            void            *data,
            const void     **block)
{
  Feed *feed = data;
  gssize length;

  *block = feed->chunk;
  if (feed->left <= 0 || feed->error != NULL)
    return 0;
  length = g_input_stream_read (G_INPUT_STREAM (feed->zip->stream), feed->chunk,
                                (gsize) MIN (feed->left, CHUNK_SIZE), feed->cancellable,
                                &feed->error);
  if (length < 0)
    {
      archive_set_error (archive, EIO, "the file cannot be read");
      return -1;
    }
  feed->left -= length;
  return length;
}

static struct archive *
open_entry (Feed               *feed,
            const YejiZipEntry *entry)
{
  struct archive *archive = archive_read_new ();
  struct archive_entry *header;
  int code;

  archive_read_support_format_zip_streamable (archive);
  archive_read_set_callback_data (archive, feed);
  archive_read_set_read_callback (archive, read_block);
  code = archive_read_open1 (archive);
  if (code == ARCHIVE_OK)
    code = archive_read_next_header (archive, &header);
  /* a warning is about the name, which nobody asks for */
  if ((code == ARCHIVE_OK || code == ARCHIVE_WARN) && !archive_entry_is_encrypted (header))
    return archive;
  archive_read_free (archive);
  return NULL;
}

/* Returns whether to go on; the reason says whether the file is good. */
static gboolean
write_content (struct archive      *archive,
               const YejiZipEntry  *entry,
               GOutputStream       *output,
               gint64               max_size,
               gint64              *size,
               int                 *reason,
               GCancellable        *cancellable,
               GError             **error)
{
  g_autofree guint8 *block = g_malloc (CHUNK_SIZE);
  la_ssize_t length;

  while ((length = archive_read_data (archive, block, CHUNK_SIZE)) > 0)
    {
      *size += length;
      if (*size > entry->size)
        *reason = YEJI_SKIP_DAMAGED;
      else if (*size > max_size)
        *reason = YEJI_SKIP_SIZE;
      else if (*size / YEJI_SOURCE_MAX_RATIO > entry->packed + SLACK / YEJI_SOURCE_MAX_RATIO)
        *reason = YEJI_SKIP_BOMB;
      if (*reason >= 0)
        return TRUE;
      if (!g_output_stream_write_all (output, block, (gsize) length, NULL, cancellable, error))
        return FALSE;
    }
  if (length < 0 || *size != entry->size)
    *reason = YEJI_SKIP_DAMAGED;
  return TRUE;
}

/**
 * yeji_zip_unpack: (skip)
 * @to: must not be there
 * @max_size: what more than is not wanted, bytes
 * @size: (out): how much was unpacked
 * @reason: (out): why the file was not, and is not there; -1 if it was
 *
 * Unpacks one file. Its checksum is compared.
 *
 * Returns: %FALSE with an error when it was cancelled or cannot be written
 */
gboolean
yeji_zip_unpack (YejiZip             *self,
                 const YejiZipEntry  *entry,
                 GFile               *to,
                 gint64               max_size,
                 gint64              *size,
                 int                 *reason,
                 GCancellable        *cancellable,
                 GError             **error)
{
  g_autofree guint8 *chunk = g_malloc (CHUNK_SIZE);
  g_autoptr (GFileOutputStream) output = NULL;
  Feed feed = { self, chunk, self->size - entry->offset, cancellable, NULL };
  struct archive *archive = NULL;
  gboolean done = TRUE;

  *size = 0;
  *reason = -1;
  output = g_file_create (to, G_FILE_CREATE_PRIVATE, cancellable, error);
  if (output == NULL)
    return FALSE;
  if (g_seekable_seek (G_SEEKABLE (self->stream), entry->offset, G_SEEK_SET, cancellable, NULL))
    archive = open_entry (&feed, entry);
  if (archive == NULL)
    *reason = YEJI_SKIP_DAMAGED;
  else
    {
      done = write_content (archive, entry, G_OUTPUT_STREAM (output), max_size, size, reason,
                            cancellable, error);
      archive_read_free (archive);
    }
  if (feed.error != NULL)
    {
      done = done && !g_error_matches (feed.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      *reason = YEJI_SKIP_UNREADABLE;
      if (!done && error != NULL && *error == NULL)
        g_propagate_error (error, g_steal_pointer (&feed.error));
      g_clear_error (&feed.error);
    }
  if (done && *reason < 0)
    done = g_output_stream_close (G_OUTPUT_STREAM (output), cancellable, error);
  if (!done || *reason >= 0)
    {
      /* Windows does not remove a file that is open. */
      g_output_stream_close (G_OUTPUT_STREAM (output), NULL, NULL);
      g_file_delete (to, NULL, NULL);
    }
  return done;
}
