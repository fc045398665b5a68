// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-arrange.h"

#include "yeji-bin-private.h"
#include "yeji-clock.h"
#include "yeji-store-private.h"

/* A document that is to lie elsewhere. */
typedef struct
{
  YejiStore *store;
  const char *uuid;
  const char *id;
  const YejiSlot *slot;        /* (nullable): where it is to lie */
  const YejiLimits *limits;
  const char *moved_id;        /* (nullable): what took its place, to be taken out again */
  guint index;
  int rotation;
  YejiDictionary *dictionary;
  YejiAttachment *attachment;  /* as it was, then as it is */
  char *found_uuid;
} Arrange;

static gboolean
find (YejiSql     *sql,
      const char  *uuid,
      const char  *id,
      gboolean     removed,
      YejiAttachment **attachment,
      GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         YEJI_ATTACHMENT_SELECT
                         "WHERE a.id = ?1 AND a.record = ?2 AND (a.removed_at IS NOT NULL) = ?3",
                         "ssi", id, uuid, (gint64) removed);
  if (rows == NULL)
    return FALSE;
  if (yeji_rows_next (rows, &local_error))
    {
      g_clear_object (attachment);
      *attachment = yeji_attachment_new_from_rows (rows);
      return TRUE;
    }
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND, "no document %s", id);
  return FALSE;
}

/* The ids of what lies in a slot, in order. */
static GPtrArray *
list_slot (YejiSql     *sql,
           const char  *uuid,
           const char  *slot,
           GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT id FROM attachment WHERE record = ?1"
                                              " AND slot = ?2 AND removed_at IS NULL"
                                              " ORDER BY position, rowid", "ss", uuid, slot);

  if (rows == NULL)
    return NULL;
  while (yeji_rows_next (rows, &local_error))
    g_ptr_array_add (ids, yeji_rows_dup_text (rows, 0));
  if (local_error == NULL)
    return g_steal_pointer (&ids);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static gboolean
write_order (YejiSql    *sql,
             GPtrArray  *ids,
             GError    **error)
{
  for (guint i = 0; i < ids->len; i++)
    if (!yeji_sql_exec (sql, error, "UPDATE attachment SET position = ?2 WHERE id = ?1"
                        " AND position <> ?2", "si", g_ptr_array_index (ids, i), (gint64) i + 1))
      return FALSE;
  return TRUE;
}

/* Numbers a slot anew, with one document at a place of its own. */
static gboolean
place (YejiSql        *sql,
       const Arrange  *arrange,
       const char     *slot,
       const char     *id,
       GError        **error)
{
  g_autoptr (GPtrArray) ids = list_slot (sql, arrange->uuid, slot, error);
  guint at;

  if (ids == NULL)
    return FALSE;
  if (id != NULL && g_ptr_array_find_with_equal_func (ids, id, g_str_equal, &at))
    {
      char *moved = g_ptr_array_steal_index (ids, at);

      g_ptr_array_insert (ids, (int) MIN (arrange->index, ids->len), moved);
    }
  return write_order (sql, ids, error);
}

static gboolean
check_type (const Arrange  *arrange,
            GError        **error)
{
  const char *type = yeji_attachment_get_media_type (arrange->attachment);

  if (g_strv_contains ((const char *const *) arrange->slot->types, type))
    return TRUE;
  g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_FILE, "%s does not take %s",
               arrange->slot->id, type);
  return FALSE;
}

static gboolean
has_content (YejiSql         *sql,
             const Arrange   *arrange,
             const char      *slot,
             gboolean        *has,
             GError         **error)
{
  const int found = yeji_sql_has_row (sql, error,
                                      "SELECT 1 FROM attachment WHERE record = ?1 AND slot = ?2"
                                      " AND sha256 = ?3 AND removed_at IS NULL", "sss",
                                      arrange->uuid, slot,
                                      yeji_attachment_get_sha256 (arrange->attachment));

  *has = found > 0;
  return found >= 0;
}

static gboolean
take_out (YejiSql     *sql,
          const char  *id,
          GError     **error)
{
  g_autofree char *now = yeji_clock_now ();
  gint64 day;

  return yeji_bin_note_day (sql, now, &day, error)
    && yeji_sql_exec (sql, error,
                      "UPDATE attachment SET removed_at = ?2, bin_since = ?3 WHERE id = ?1", "ssi",
                      id, now, day);
}

static gboolean
put_in (YejiSql     *sql,
        const char  *id,
        GError     **error)
{
  return yeji_sql_exec (sql, error,
                        "UPDATE attachment SET removed_at = NULL, expired_at = NULL,"
                        " bin_since = NULL WHERE id = ?1", "s", id);
}

/* The old attachment stays as one that was taken out: a submission that waits may name it, and the
 * province has the file under the slot that it had. */
static gboolean
change_slot (YejiSql   *sql,
             Arrange   *arrange,
             GError   **error)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *now = yeji_clock_now ();
  gboolean has;

  if (!check_type (arrange, error)
      || !has_content (sql, arrange, arrange->slot->id, &has, error))
    return FALSE;
  if (has)
    {
      g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_FILE, "%s has this file already",
                   arrange->slot->id);
      return FALSE;
    }
  return take_out (sql, arrange->id, error)
    && yeji_attachment_check_room (sql, arrange->uuid, arrange->slot, arrange->limits, error)
    && yeji_sql_exec (sql, error,
                      "INSERT INTO attachment (id, record, slot, sha256, filename, media_type,"
                      " size, position, added_at, rotation, origin, original, findings, n_flaws)"
                      " SELECT ?2, record, ?3, sha256, filename, media_type, size, 0, ?4, rotation,"
                      " origin, original, findings, n_flaws FROM attachment WHERE id = ?1",
                      "ssss", arrange->id, id, arrange->slot->id, now)
    && place (sql, arrange, arrange->slot->id, id, error)
    && find (sql, arrange->uuid, id, FALSE, &arrange->attachment, error);
}

static gboolean
run_move (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Arrange *arrange = data;

  if (!yeji_entry_require_editable (sql, arrange->uuid, error)
      || !find (sql, arrange->uuid, arrange->id, FALSE, &arrange->attachment, error))
    return FALSE;
  if (g_str_equal (yeji_attachment_get_slot (arrange->attachment), arrange->slot->id))
    return place (sql, arrange, arrange->slot->id, arrange->id, error);
  return change_slot (sql, arrange, error)
    && yeji_store_note_slots (arrange->store, sql, arrange->uuid, error);
}

/* Its place may be taken by now: the same content is there again, or the slot is full. */
static gboolean
run_bring_back (YejiSql   *sql,
                gpointer   data,
                GError   **error)
{
  Arrange *arrange = data;
  const YejiSlot *slot;
  gboolean has;

  if (!yeji_entry_require_editable (sql, arrange->uuid, error)
      || !find (sql, arrange->uuid, arrange->id, TRUE, &arrange->attachment, error))
    return FALSE;
  if (arrange->moved_id != NULL && !take_out (sql, arrange->moved_id, error))
    return FALSE;
  slot = yeji_dictionary_find_slot (arrange->dictionary,
                                    yeji_attachment_get_slot (arrange->attachment));
  if (slot == NULL)
    {
      g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND,
                   "the dictionary has no document slot %s",
                   yeji_attachment_get_slot (arrange->attachment));
      return FALSE;
    }
  if (!has_content (sql, arrange, slot->id, &has, error))
    return FALSE;
  return has
    || (yeji_attachment_check_room (sql, arrange->uuid, slot, arrange->limits, error)
        && put_in (sql, arrange->id, error)
        && place (sql, arrange, slot->id, NULL, error)
        && yeji_store_note_slots (arrange->store, sql, arrange->uuid, error));
}

static gboolean
run_set_rotation (YejiSql   *sql,
                  gpointer   data,
                  GError   **error)
{
  Arrange *arrange = data;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT record FROM attachment WHERE id = ?1", "s",
                                              arrange->id);

  if (rows == NULL)
    return FALSE;
  if (!yeji_rows_next (rows, error))
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND, "no document %s",
                     arrange->id);
      return FALSE;
    }
  arrange->found_uuid = yeji_rows_dup_text (rows, 0);
  return yeji_sql_exec (sql, error, "UPDATE attachment SET rotation = ?2 WHERE id = ?1", "si",
                        arrange->id, (gint64) arrange->rotation);
}

/**
 * yeji_store_move_document:
 * @slot: the id of the slot where it is to lie, that where it lies too
 * @index: from 0; a greater one than there are documents puts it last
 *
 * Puts a document of a record elsewhere, in one transaction. In another slot it is a new
 * attachment, which the province has not received; the old one goes where removed ones go.
 *
 * Returns: (transfer full) (nullable): the document that lies there now; %NULL with
 * %YEJI_STORE_ERROR_FILE when the slot is full, has that content or does not take its type
 */
YejiAttachment *
yeji_store_move_document (YejiStore   *self,
                          const char  *uuid,
                          const char  *attachment_id,
                          const char  *slot,
                          guint        index,
                          GError     **error)
{
  YejiDictionary *dictionary;
  Arrange arrange = { self, uuid, attachment_id };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);
  g_return_val_if_fail (uuid != NULL && attachment_id != NULL && slot != NULL, NULL);

  dictionary = yeji_store_get_dictionary (self);
  arrange.slot = yeji_dictionary_find_slot (dictionary, slot);
  arrange.limits = yeji_dictionary_get_limits (dictionary);
  arrange.index = index;
  if (arrange.slot == NULL)
    {
      g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND,
                   "the dictionary has no document slot %s", slot);
      return NULL;
    }
  if (!yeji_db_run (yeji_store_get_db (self), run_move, &arrange, error))
    {
      g_clear_object (&arrange.attachment);
      return NULL;
    }
  yeji_store_announce (self, uuid);
  return arrange.attachment;
}

static gboolean
bring_back (YejiStore   *self,
            const char  *uuid,
            const char  *moved_id,
            const char  *id,
            GError     **error)
{
  YejiDictionary *dictionary = yeji_store_get_dictionary (self);
  Arrange arrange = { self, uuid, id };
  gboolean brought;

  arrange.dictionary = dictionary;
  arrange.limits = yeji_dictionary_get_limits (dictionary);
  arrange.moved_id = moved_id;
  brought = yeji_db_run (yeji_store_get_db (self), run_bring_back, &arrange, error);
  g_clear_object (&arrange.attachment);
  if (brought)
    yeji_store_announce (self, uuid);
  return brought;
}

/**
 * yeji_store_unmove_document:
 * @moved_id: of what yeji_store_move_document() returned
 * @attachment_id: of what was moved
 *
 * Takes a move into another slot back: the document is what it was, received or not, and lies where
 * it lay.
 */
gboolean
yeji_store_unmove_document (YejiStore   *self,
                            const char  *uuid,
                            const char  *moved_id,
                            const char  *attachment_id,
                            GError     **error)
{
  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (uuid != NULL && moved_id != NULL && attachment_id != NULL, FALSE);

  return bring_back (self, uuid, moved_id, attachment_id, error);
}

/**
 * yeji_store_bring_back:
 *
 * Takes yeji_store_detach() back: the document lies where it lay. Nothing happens when its content
 * has been attached there again meanwhile.
 *
 * Returns: %FALSE with %YEJI_STORE_ERROR_NOT_FOUND when it has gone for good
 */
gboolean
yeji_store_bring_back (YejiStore   *self,
                       const char  *uuid,
                       const char  *attachment_id,
                       GError     **error)
{
  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (uuid != NULL && attachment_id != NULL, FALSE);

  return bring_back (self, uuid, NULL, attachment_id, error);
}

/**
 * yeji_store_set_rotation:
 * @rotation: in degrees, clockwise: 0, 90, 180 or 270
 *
 * Notes which way up a document is shown. The file stays as it is, and a record that cannot be
 * edited can be read like this, too.
 */
gboolean
yeji_store_set_rotation (YejiStore   *self,
                         const char  *attachment_id,
                         int          rotation,
                         GError     **error)
{
  Arrange arrange = { self, NULL, attachment_id };
  gboolean set;

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (attachment_id != NULL, FALSE);
  g_return_val_if_fail (rotation >= 0 && rotation < 360 && rotation % 90 == 0, FALSE);

  arrange.rotation = rotation;
  set = yeji_db_run (yeji_store_get_db (self), run_set_rotation, &arrange, error);
  if (set)
    yeji_store_announce (self, arrange.found_uuid);
  g_free (arrange.found_uuid);
  return set;
}
