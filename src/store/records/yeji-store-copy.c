// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* New drafts from earlier records. What the copy has not got is a setting of the profile: it helps
 * the clerk at this computer and is no part of the record. */

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-store-copy.h"

#include "yeji-sample.h"
#include "yeji-store-private.h"
#include "yeji-store-seal.h"

/* A copy of a copy of a copy: nobody makes more of them. */
#define MAX_COPIES 100

static char *
make_setting (const char *uuid)
{
  return g_strconcat ("copied.", uuid, NULL);
}

static gboolean
write_note (YejiStore           *self,
            const char          *uuid,
            const YejiCopyNote  *note,
            GError             **error)
{
  g_autofree char *setting = make_setting (uuid);
  g_autofree char *text = yeji_copy_note_write (note);

  return yeji_store_set_setting (self, setting, text, error);
}

/**
 * yeji_store_copy_record:
 * @uuid: of a record in whatever state
 *
 * Makes a new draft from an earlier record, see yeji_record_copy_as_new(). Its documents are not
 * copied. Blocks.
 *
 * Returns: (transfer full): the uuid of the draft; %NULL with @error set
 */
char *
yeji_store_copy_record (YejiStore   *self,
                        const char  *uuid,
                        GError     **error)
{
  g_autoptr (YejiRecord) record = NULL;
  g_autoptr (YejiRecord) copy = NULL;
  g_autoptr (YejiCopyNote) note = NULL;

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);
  g_return_val_if_fail (uuid != NULL, NULL);

  record = yeji_store_load (self, uuid, error);
  if (record == NULL)
    return NULL;
  copy = yeji_record_copy_as_new (record, &note);
  /* the note first: a note without a record is nothing, a record without its note would be a copy
   * of which nobody knows */
  if (!write_note (self, yeji_record_get_uuid (copy), note, error)
      || !yeji_store_save (self, copy, NULL, "copied", error))
    return NULL;
  return g_strdup (yeji_record_get_uuid (copy));
}

/**
 * yeji_store_get_copy_note:
 *
 * Blocks.
 *
 * Returns: (transfer full) (nullable): from what the record was copied; %NULL without @error set if
 *   it was not
 */
YejiCopyNote *
yeji_store_get_copy_note (YejiStore   *self,
                          const char  *uuid,
                          GError     **error)
{
  g_autofree char *setting = make_setting (uuid);
  g_autofree char *text = NULL;

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);

  text = yeji_store_get_setting (self, setting, error);
  return text != NULL ? yeji_copy_note_read (text) : NULL;
}

/**
 * yeji_store_close_copy_note:
 *
 * Forgets what the copy has not got; from what it was copied stays known. Blocks.
 *
 * Returns: %FALSE with @error set
 */
gboolean
yeji_store_close_copy_note (YejiStore   *self,
                            const char  *uuid,
                            GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiCopyNote) note = yeji_store_get_copy_note (self, uuid, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (note == NULL)
    return TRUE;
  g_ptr_array_set_size (note->emptied, 0);
  return write_note (self, uuid, note, error);
}

/* From what a record was copied: @source is %NULL if from none. */
static gboolean
read_source (YejiSql      *sql,
             const char   *uuid,
             char        **source,
             GError      **error)
{
  g_autofree char *setting = make_setting (uuid);
  g_autoptr (YejiCopyNote) note = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  *source = NULL;
  rows = yeji_sql_query (sql, error, "SELECT value FROM setting WHERE name = ?1", "s", setting);
  if (rows == NULL)
    return FALSE;
  if (yeji_rows_next (rows, &local_error))
    note = yeji_copy_note_read (yeji_rows_text (rows, 0));
  if (note != NULL)
    *source = g_strdup (note->source);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
is_from_sample (YejiSql     *sql,
                const char  *uuid,
                gboolean    *from_sample,
                GError     **error)
{
  g_autofree char *current = g_strdup (uuid);

  *from_sample = FALSE;
  for (guint i = 0; i < MAX_COPIES && current != NULL && !*from_sample; i++)
    {
      char *source;

      if (!read_source (sql, current, &source, error))
        return FALSE;
      g_free (current);
      current = source;
      *from_sample = source != NULL && yeji_sample_is (source);
    }
  return TRUE;
}

/**
 * yeji_store_require_real: (skip)
 *
 * On the database's thread: whether a record may go to the province as far as its origin goes. A
 * copy of a sample has the names of enterprises that do not exist until the clerk replaces them.
 *
 * Returns: %FALSE with %YEJI_SAMPLE_ERROR_COPY if some of them are left
 */
gboolean
yeji_store_require_real (YejiStore   *self,
                         YejiSql     *sql,
                         const char  *uuid,
                         GError     **error)
{
  g_autoptr (YejiRows) rows = NULL;
  g_autofree char *body = NULL;
  gboolean from_sample;

  if (!is_from_sample (sql, uuid, &from_sample, error))
    return FALSE;
  if (!from_sample)
    return TRUE;
  rows = yeji_sql_query (sql, error, "SELECT body FROM record WHERE uuid = ?1", "s", uuid);
  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  body = yeji_store_open_body (self, yeji_rows_text (rows, 0));
  if (!yeji_sample_is_invented (body))
    return TRUE;
  g_set_error_literal (error, YEJI_SAMPLE_ERROR, YEJI_SAMPLE_ERROR_COPY,
                       "a copy of a sample still has values of it");
  return FALSE;
}
