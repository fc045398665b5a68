// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-package"

#include "config.h"

#include "yeji-package-private.h"

#include <string.h>

#include <glib/gstdio.h>

#include "yeji-backup-private.h"
#include "yeji-digest.h"
#include "yeji-store-private.h"

/* A package is read to its end before anything of it is believed. Contents go where documents lie
 * anyway, by their SHA-256, and nothing names them yet: who is killed here finds them there the
 * next time, and what was half written is removed when the profile is opened. Records are not
 * staged: they are read once more when everything is known to be sound, and lie in the open
 * nowhere. */

#define CHUNK_SIZE (256 * 1024)

/* Left for the saves that go on meanwhile, in bytes. */
#define MARGIN (8 << 20)

typedef struct
{
  YejiPackage *package;
  YejiStore *store;
  gboolean keep;
  YejiBackupProgressFunc progress;
  gpointer data;
  GHashTable *contents;        /* (nullable) */
  GHashTable *fresh;           /* (nullable) */
  GCancellable *cancellable;
  YejiPackageWalk *walk;
  guint8 *chunk;
  GHashTable *seen;            /* sha256 that the records name */
  guint64 n_there;             /* bytes of those that lie in the profile */
  guint64 n_bytes;
} Stage;

static void
clear_stage (Stage *stage)
{
  g_clear_pointer (&stage->walk, yeji_package_walk_free);
  g_clear_pointer (&stage->seen, g_hash_table_unref);
  g_free (stage->chunk);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Stage, clear_stage)

static void
advance (Stage *stage)
{
  guint64 total = MAX (yeji_package_get_file_size (stage->package), 1);

  if (stage->progress != NULL)
    stage->progress (MIN (yeji_package_walk_get_position (stage->walk), total), total,
                     stage->data);
}

/* What is there and has the size: the disk may have spoilt it, but then the one that came would not
 * mend it either, as yeji verify does. */
static gboolean
is_there (Stage      *stage,
          const char *sha256,
          guint64     size)
{
  g_autofree char *path = yeji_copies_get_path (yeji_store_get_directory (stage->store), sha256);
  GStatBuf status;

  return g_stat (path, &status) == 0 && (guint64) status.st_size == size;
}

static YejiCopy *
new_copy (Stage       *stage,
          const char  *sha256)
{
  YejiCopy *copy = g_new0 (YejiCopy, 1);
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *name = g_strconcat ("tmp-", uuid, NULL);

  copy->path = g_build_filename (yeji_store_get_directory (stage->store), "files", name, NULL);
  copy->sha256 = g_strdup (sha256);
  return copy;
}

static gboolean
read_content (Stage          *stage,
              const char     *sha256,
              guint64         size,
              GOutputStream  *output,
              GError        **error)
{
  g_autoptr (YejiDigest) digest = yeji_digest_new (YEJI_DIGEST_SHA256);
  g_autofree char *sum = NULL;

  for (guint64 rest = size; rest > 0;)
    {
      gsize part = (gsize) MIN (rest, CHUNK_SIZE);

      if (!yeji_package_walk_read (stage->walk, stage->chunk, part, error))
        return FALSE;
      yeji_digest_update (digest, stage->chunk, part);
      if (output != NULL && !g_output_stream_write_all (output, stage->chunk, part, NULL,
                                                        stage->cancellable, error))
        return FALSE;
      rest -= part;
      advance (stage);
    }
  if (output != NULL && !g_output_stream_close (output, stage->cancellable, error))
    return FALSE;
  sum = yeji_digest_finish_hex (digest);
  return g_str_equal (sum, sha256)
    || yeji_package_fail ("a document is not what it was when it was packed", error);
}

static gboolean
keep_content (Stage       *stage,
              const char  *sha256,
              guint64      size,
              GError     **error)
{
  g_autoptr (YejiCopy) copy = new_copy (stage, sha256);
  g_autoptr (GFile) file = g_file_new_for_path (copy->path);
  g_autoptr (GFileOutputStream) output = NULL;

  output = g_file_create (file, G_FILE_CREATE_PRIVATE, stage->cancellable, error);
  if (output == NULL)
    return FALSE;
  if (!read_content (stage, sha256, size, G_OUTPUT_STREAM (output), error))
    {
      /* Windows does not remove a file that is open. */
      g_output_stream_close (G_OUTPUT_STREAM (output), NULL, NULL);
      return FALSE;
    }
  if (!yeji_copy_sync (copy, error)
      || !yeji_copy_keep (copy, yeji_store_get_directory (stage->store), error))
    return FALSE;
  g_hash_table_add (stage->fresh, g_strdup (sha256));
  yeji_backup_step ("content-staged");
  return TRUE;
}

/* Who goes on where somebody was killed needs no room for what is there. */
static void
note_content (Stage      *stage,
              const char *sha256)
{
  g_autofree char *path = NULL;
  GStatBuf status;

  if (sha256 == NULL || !g_hash_table_add (stage->seen, g_strdup (sha256)))
    return;
  path = yeji_copies_get_path (yeji_store_get_directory (stage->store), sha256);
  if (g_stat (path, &status) == 0)
    stage->n_there += (guint64) status.st_size;
}

static void
note_documents (Stage                   *stage,
                const YejiPackageRecord *record)
{
  for (guint i = 0; i < record->documents->len; i++)
    {
      const YejiPackageDocument *document = g_ptr_array_index (record->documents, i);

      note_content (stage, document->sha256);
      note_content (stage, document->original);
    }
}

static gboolean
require_room (Stage   *stage,
              GError **error)
{
  guint64 n_bytes = yeji_package_get_head (stage->package)->n_bytes;
  g_autofree char *files = g_build_filename (yeji_store_get_directory (stage->store), "files",
                                             NULL);

  n_bytes -= MIN (n_bytes, stage->n_there);
  return yeji_backup_require_room (files, n_bytes + n_bytes / 16 + MARGIN, error);
}

static gboolean
take_content (Stage       *stage,
              const char  *sha256,
              guint64      size,
              GError     **error)
{
  if (stage->n_bytes == 0 && stage->keep && !require_room (stage, error))
    return FALSE;
  stage->n_bytes += size;
  if (size == 0)
    return yeji_package_fail ("a document is empty", error);
  if (stage->n_bytes > yeji_package_get_head (stage->package)->n_bytes)
    return yeji_package_fail ("its documents are larger than it says", error);
  if (stage->contents != NULL)
    g_hash_table_add (stage->contents, g_strdup (sha256));
  return stage->keep && !is_there (stage, sha256, size)
           ? keep_content (stage, sha256, size, error)
           : read_content (stage, sha256, size, NULL, error);
}

static gboolean
walk_through (Stage   *stage,
              GError **error)
{
  while (TRUE)
    {
      g_autoptr (YejiPackageRecord) record = NULL;
      g_autofree char *sha256 = NULL;
      guint64 size;

      if (g_cancellable_set_error_if_cancelled (stage->cancellable, error))
        return FALSE;
      switch (yeji_package_walk_next (stage->walk, &record, &sha256, &size, error))
        {
        case YEJI_WALK_RECORD:
          note_documents (stage, record);
          advance (stage);
          break;
        case YEJI_WALK_FILE:
          if (!take_content (stage, sha256, size, error))
            return FALSE;
          break;
        case YEJI_WALK_END:
          advance (stage);
          return TRUE;
        default:
          return FALSE;
        }
    }
}

/* What lies in a file is smaller than the file. */
static gboolean
check_size (Stage   *stage,
            GError **error)
{
  return yeji_package_get_head (stage->package)->n_bytes
           <= yeji_package_get_file_size (stage->package)
         || yeji_package_fail ("it is shorter than it says", error);
}

/**
 * yeji_package_stage: (skip)
 *
 * Reads a package to its end: every byte is authenticated, every text parsed, every content
 * compared with its sum.
 *
 * Returns: %FALSE with an error of any domain, see yeji_package_take_error()
 */
gboolean
yeji_package_stage (YejiPackage             *package,
                    YejiStore               *store,
                    gboolean                 keep,
                    YejiBackupProgressFunc   progress,
                    gpointer                 data,
                    GHashTable              *contents,
                    GHashTable              *fresh,
                    GCancellable            *cancellable,
                    GError                 **error)
{
  g_auto (Stage) stage = { package, store, keep, progress, data, contents, fresh, cancellable };

  if (!check_size (&stage, error))
    return FALSE;
  stage.chunk = g_malloc (CHUNK_SIZE);
  stage.seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  stage.walk = yeji_package_walk_new (package, cancellable, error);
  return stage.walk != NULL && walk_through (&stage, error);
}
