// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-package"

#include "config.h"

#include "yeji-package-private.h"

#include <string.h>

struct _YejiPackage
{
  char *path;
  YejiSealedHead sealed;
  YejiSecret *key;
  YejiPackageHead head;
  guint64 size;                /* of the file */
};

/* Where a way through a package is: what may come next follows from it. */
struct _YejiPackageWalk
{
  YejiPackage *package;
  YejiSealedReader *reader;
  YejiMember kind;             /* of the member that was read last, but not its content */
  guint64 length;
  guint n_records;
  guint n_files;
  guint64 rest;                /* of a content that is being read */
  GHashTable *uuids;
  GHashTable *sums;
  gboolean ended;
};

static YejiSealedReader *
open_reader (YejiPackage   *self,
             gboolean       first,
             const char    *passphrase,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->path);
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GInputStream) buffered = NULL;
  g_autoptr (GFileInfo) info = NULL;
  YejiSealedHead head;

  /* reading a pipe would wait for ever */
  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, cancellable) == G_FILE_TYPE_SPECIAL)
    {
      g_set_error_literal (error, YEJI_PACKAGE_ERROR, YEJI_PACKAGE_ERROR_FOREIGN,
                           "this is no file");
      return NULL;
    }
  stream = g_file_read (file, cancellable, error);
  if (stream == NULL)
    return NULL;
  info = g_file_input_stream_query_info (stream, G_FILE_ATTRIBUTE_STANDARD_SIZE, cancellable,
                                         error);
  if (info == NULL
      || !yeji_sealed_head_read (&head, G_INPUT_STREAM (stream), YEJI_PACKAGE_MAGIC, cancellable,
                                 error))
    return NULL;
  if (!first && memcmp (head.bytes, self->sealed.bytes, sizeof head.bytes) != 0)
    {
      yeji_package_fail ("it is another file than it was", error);
      return NULL;
    }
  if (first)
    {
      self->sealed = head;
      self->size = (guint64) g_file_info_get_size (info);
      self->key = yeji_sealed_head_unlock (&head, passphrase, error);
    }
  if (self->key == NULL)
    return NULL;
  buffered = g_buffered_input_stream_new_sized (G_INPUT_STREAM (stream), 4 * YEJI_SEALED_PIECE);
  return yeji_sealed_reader_new (buffered, &head, self->key, cancellable, error);
}

static gboolean
read_head (YejiSealedReader  *reader,
           YejiPackageHead   *head,
           GError           **error)
{
  g_autofree char *text = NULL;
  YejiMember kind;
  guint64 length;

  if (!yeji_package_read_head (reader, &kind, &length, error))
    return FALSE;
  if (kind != YEJI_MEMBER_HEAD)
    return yeji_package_fail ("its head is missing", error);
  text = yeji_package_read_text (reader, length, error);
  return text != NULL && yeji_package_head_parse (head, text, error);
}

/**
 * yeji_package_open:
 * @passphrase: what it was made with
 *
 * Opens a package and reads what it says of itself. Nothing of it is believed further than that:
 * the rest is looked at by yeji_package_plan(). Takes half a second, and blocks.
 *
 * Returns: (transfer full) (nullable): %NULL with a #YejiPackageError or %G_IO_ERROR_CANCELLED
 */
YejiPackage *
yeji_package_open (const char    *path,
                   const char    *passphrase,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autoptr (YejiPackage) self = g_new0 (YejiPackage, 1);
  g_autoptr (YejiSealedReader) reader = NULL;
  GError *cause = NULL;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (passphrase != NULL, NULL);

  self->path = g_strdup (path);
  reader = open_reader (self, TRUE, passphrase, cancellable, &cause);
  if (reader != NULL && read_head (reader, &self->head, &cause))
    return g_steal_pointer (&self);
  yeji_package_take_error (cause, path, error);
  return NULL;
}

void
yeji_package_free (YejiPackage *self)
{
  if (self == NULL)
    return;
  yeji_package_head_clear (&self->head);
  yeji_secret_free (self->key);
  g_free (self->path);
  g_free (self);
}

/* ---- A way through it */

static gboolean
next_member (YejiPackageWalk  *self,
             GError          **error)
{
  return yeji_package_read_head (self->reader, &self->kind, &self->length, error);
}

/**
 * yeji_package_walk_new: (skip)
 *
 * Returns: (transfer full) (nullable): a way that is in front of the first record
 */
YejiPackageWalk *
yeji_package_walk_new (YejiPackage   *package,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_autoptr (YejiPackageWalk) self = g_new0 (YejiPackageWalk, 1);
  g_auto (YejiPackageHead) head = { NULL };

  self->package = package;
  self->uuids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->reader = open_reader (package, FALSE, NULL, cancellable, error);
  if (self->reader == NULL || !read_head (self->reader, &head, error)
      || !next_member (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
read_text_of (YejiPackageWalk  *self,
              YejiMember        kind,
              char            **text,
              GError          **error)
{
  if (self->kind != kind)
    return yeji_package_fail ("a part of a record is missing", error);
  *text = yeji_package_read_text (self->reader, self->length, error);
  return *text != NULL && next_member (self, error);
}

static gboolean
read_lines (YejiPackageWalk    *self,
            YejiPackageRecord  *record,
            GError            **error)
{
  if (self->kind != YEJI_MEMBER_HISTORY)
    return yeji_package_fail ("a record has no history", error);
  while (self->kind == YEJI_MEMBER_HISTORY)
    {
      g_autofree char *text = NULL;

      if (!read_text_of (self, YEJI_MEMBER_HISTORY, &text, error)
          || !yeji_package_lines_parse (record->lines, text, error))
        return FALSE;
    }
  return TRUE;
}

static YejiPackageRecord *
read_record (YejiPackageWalk  *self,
             GError          **error)
{
  g_autoptr (YejiPackageRecord) record = NULL;
  g_autofree char *facts = NULL;

  if (!read_text_of (self, YEJI_MEMBER_RECORD, &facts, error))
    return NULL;
  record = yeji_package_record_parse (facts, error);
  if (record == NULL || !read_text_of (self, YEJI_MEMBER_BODY, &record->body, error)
      || (self->kind == YEJI_MEMBER_BASE
          && !read_text_of (self, YEJI_MEMBER_BASE, &record->base, error))
      || !read_lines (self, record, error))
    return NULL;
  self->n_records++;
  if (self->n_records <= self->package->head.n_records
      && g_hash_table_add (self->uuids, g_ascii_strdown (record->uuid, -1)))
    return g_steal_pointer (&record);
  yeji_package_fail ("it has a record twice, or more than it says", error);
  return NULL;
}

static gboolean
begin_file (YejiPackageWalk  *self,
            char            **sha256,
            guint64          *size,
            GError          **error)
{
  guint8 sum[YEJI_PACKAGE_SUM_SIZE];
  GString *text;

  if (self->length < sizeof sum || self->length > G_MAXINT64)
    return yeji_package_fail ("a document has an impossible size", error);
  if (!yeji_package_read_exactly (self->reader, sum, sizeof sum, error))
    return FALSE;
  text = g_string_new (NULL);
  for (guint i = 0; i < sizeof sum; i++)
    g_string_append_printf (text, "%02x", sum[i]);
  *sha256 = g_string_free (text, FALSE);
  self->rest = self->length - sizeof sum;
  *size = self->rest;
  self->n_files++;
  return (self->n_files <= self->package->head.n_files
          && g_hash_table_add (self->sums, g_strdup (*sha256)))
         || yeji_package_fail ("it has a document twice, or more than it says", error);
}

static gboolean
read_end (YejiPackageWalk  *self,
          GError          **error)
{
  guint8 byte;
  gsize n_read;

  if (self->length != 0 || self->n_records != self->package->head.n_records
      || self->n_files != self->package->head.n_files)
    return yeji_package_fail ("it has less than it says", error);
  if (!yeji_sealed_reader_read (self->reader, &byte, 1, &n_read, error))
    return FALSE;
  self->ended = n_read == 0;
  return self->ended || yeji_package_fail ("there is more behind its end", error);
}

/**
 * yeji_package_walk_next: (skip)
 * @record: (out) (transfer full): of a record
 * @sha256: (out) (transfer full): of a document, whose @size bytes are to be read
 *
 * Goes on to the next record or document. Documents come behind all records.
 */
YejiWalkStep
yeji_package_walk_next (YejiPackageWalk    *self,
                        YejiPackageRecord **record,
                        char              **sha256,
                        guint64            *size,
                        GError            **error)
{
  if (self->rest > 0 || self->ended)
    {
      yeji_package_fail ("a document was not read", error);
      return YEJI_WALK_FAILED;
    }
  if (self->n_files > 0 && !next_member (self, error))
    return YEJI_WALK_FAILED;
  switch (self->kind)
    {
    case YEJI_MEMBER_RECORD:
      if (self->n_files > 0)
        break;
      *record = read_record (self, error);
      return *record != NULL ? YEJI_WALK_RECORD : YEJI_WALK_FAILED;
    case YEJI_MEMBER_FILE:
      return begin_file (self, sha256, size, error) ? YEJI_WALK_FILE : YEJI_WALK_FAILED;
    case YEJI_MEMBER_END:
      return read_end (self, error) ? YEJI_WALK_END : YEJI_WALK_FAILED;
    default:
      break;
    }
  yeji_package_fail ("its parts are in another order than they may be", error);
  return YEJI_WALK_FAILED;
}

/* The next bytes of the document. */
gboolean
yeji_package_walk_read (YejiPackageWalk  *self,
                        gpointer          data,
                        gsize             length,
                        GError          **error)
{
  g_return_val_if_fail (length <= self->rest, FALSE);

  if (!yeji_package_read_exactly (self->reader, data, length, error))
    return FALSE;
  self->rest -= length;
  return TRUE;
}

guint64
yeji_package_walk_get_position (YejiPackageWalk *self)
{
  return yeji_sealed_reader_get_position (self->reader);
}

void
yeji_package_walk_free (YejiPackageWalk *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->reader, yeji_sealed_reader_free);
  g_hash_table_unref (self->uuids);
  g_hash_table_unref (self->sums);
  g_free (self);
}

/* ---- What it says of itself */

const YejiPackageHead *
yeji_package_get_head (YejiPackage *self)
{
  return &self->head;
}

guint64
yeji_package_get_file_size (YejiPackage *self)
{
  return self->size;
}

const char *
yeji_package_get_path (YejiPackage *self)
{
  return self->path;
}

const char *
yeji_package_get_made_at (YejiPackage *self)
{
  return self->head.made_at;
}

const char *
yeji_package_get_made_by (YejiPackage *self)
{
  return self->head.made_by;
}

/**
 * yeji_package_get_enterprise:
 *
 * Returns: (nullable): the name of the enterprise whose profile it came from
 */
const char *
yeji_package_get_enterprise (YejiPackage *self)
{
  return self->head.enterprise;
}

/**
 * yeji_package_get_code:
 *
 * Returns: (nullable): the code of the enterprise whose profile it came from
 */
const char *
yeji_package_get_code (YejiPackage *self)
{
  return self->head.code;
}

guint
yeji_package_get_n_records (YejiPackage *self)
{
  return self->head.n_records;
}

guint
yeji_package_get_n_documents (YejiPackage *self)
{
  return self->head.n_documents;
}

/**
 * yeji_package_get_n_bytes:
 *
 * Returns: the size of its documents' contents
 */
guint64
yeji_package_get_n_bytes (YejiPackage *self)
{
  return self->head.n_bytes;
}

/**
 * yeji_package_is_package:
 *
 * Returns: whether the file begins as a package does, so that it is worth asking for a passphrase
 */
gboolean
yeji_package_is_package (const char *path)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFileInputStream) stream = NULL;
  char magic[YEJI_SEALED_MAGIC_SIZE];
  gsize length = 0;

  g_return_val_if_fail (path != NULL, FALSE);

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return FALSE;
  file = g_file_new_for_path (path);
  stream = g_file_read (file, NULL, NULL);
  return stream != NULL
    && g_input_stream_read_all (G_INPUT_STREAM (stream), magic, sizeof magic, &length, NULL, NULL)
    && length == sizeof magic && memcmp (magic, YEJI_PACKAGE_MAGIC, sizeof magic) == 0;
}
