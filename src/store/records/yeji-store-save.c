// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-store-private.h"

#include "yeji-change.h"
#include "yeji-clock.h"
#include "yeji-conflicts-private.h"
#include "yeji-json.h"
#include "yeji-store-index.h"
#include "yeji-store-seal.h"
#include "yeji-store-seen.h"
#include "yeji-submission.h"
#include "yeji-undo.h"

/* Reasons that are not an edit by the clerk, so that the record's state does not matter. */
static const char *const free_reasons[] = { YEJI_HISTORY_ANSWERED, "migrated", NULL };

typedef struct
{
  YejiStore *store;
  GPtrArray *records;          /* (element-type YejiRecord) */
  GPtrArray *facts;            /* (element-type YejiFacts), one a record; an element may be NULL */
  char *why;
  char *at;
  char *batch;                 /* (nullable): of a bulk change */
} Save;

static void
free_save (gpointer data)
{
  Save *save = data;

  g_ptr_array_unref (save->records);
  g_ptr_array_unref (save->facts);
  g_free (save->why);
  g_free (save->at);
  g_free (save->batch);
  g_free (save);
}

/**
 * yeji_store_get_number: (skip)
 *
 * Returns: the value of the root table's field to which the platform gives a number
 */
const char *
yeji_store_get_number (YejiRecord *record)
{
  YejiRow *project = yeji_record_get_project (record);
  GPtrArray *fields = yeji_row_get_table (project)->fields;

  for (guint i = 0; i < fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (fields, i);

      if (field->assigned)
        return yeji_row_get (project, field);
    }
  return "";
}

/**
 * yeji_store_digest: (skip)
 *
 * Returns: (transfer full): a digest of what a record says, whatever the version of the dictionary
 * under which it was written; it tells nothing to who has not got the keys
 */
char *
yeji_store_digest (YejiStore  *self,
                   YejiRecord *record)
{
  g_autoptr (JsonNode) node = yeji_record_to_json (record);
  g_autofree char *text = NULL;

  json_object_remove_member (json_node_get_object (node), "dictionary");
  text = yeji_json_print (node, FALSE);
  return yeji_store_digest_text (self, text);
}

/* The body that is stored, NULL without an error when there is none, or when it says the same. */
static gboolean
read_other_body (YejiSql     *sql,
                 const char  *uuid,
                 const char  *digest,
                 gboolean    *found,
                 gint64      *generation,
                 char       **body,
                 GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT digest, body, generation FROM record"
                                              " WHERE uuid = ?1", "s", uuid);

  if (rows == NULL)
    return FALSE;
  *found = yeji_rows_next (rows, &local_error);
  if (*found && !g_str_equal (yeji_rows_text (rows, 0), digest))
    {
      *body = yeji_rows_dup_text (rows, 1);
      *generation = yeji_rows_int (rows, 2);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * yeji_store_read_next_step: (skip)
 * @step: (out): what the history's next lines are counted as
 */
gboolean
yeji_store_read_next_step (YejiSql     *sql,
                           const char  *uuid,
                           gint64      *step,
                           GError     **error)
{
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT coalesce (max (step), 0) + 1 FROM history"
                                              " WHERE record = ?1", "s", uuid);

  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  *step = yeji_rows_int (rows, 0);
  return TRUE;
}

/**
 * yeji_store_write_change: (skip)
 *
 * Writes one line of a record's history.
 */
gboolean
yeji_store_write_change (YejiStore         *self,
                         YejiSql           *sql,
                         const char        *uuid,
                         gint64             step,
                         const YejiChange  *change,
                         const char        *why,
                         const char        *at,
                         GError           **error)
{
  g_autofree char *before = yeji_store_seal_line (self, uuid, step, change, change->before);
  g_autofree char *after = yeji_store_seal_line (self, uuid, step, change, change->after);

  return yeji_sql_exec (sql, error,
                        "INSERT INTO history (record, step, \"table\", \"row\", field, before,"
                        " after, at, who, why) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                        "sissssssss", uuid, step, change->table, change->row, change->field,
                        before, after, at, yeji_store_get_who (self), why);
}

/**
 * yeji_store_mark_step: (skip)
 * @batch: (nullable): of which bulk change the step is a part
 * @undoes: the first step that it undoes or does again, 0 for none
 */
gboolean
yeji_store_mark_step (YejiSql     *sql,
                      const char  *uuid,
                      gint64       step,
                      const char  *batch,
                      gint64       undoes,
                      GError     **error)
{
  return yeji_sql_exec (sql, error,
                        "UPDATE history SET batch = ?3, undoes = nullif (?4, 0)"
                        " WHERE record = ?1 AND step = ?2", "sisi", uuid, step, batch, undoes);
}

static gboolean
write_history (YejiStore   *self,
               YejiSql     *sql,
               YejiRecord  *before,
               YejiRecord  *after,
               const char  *why,
               const char  *at,
               GError     **error)
{
  g_autoptr (GPtrArray) changes = yeji_record_diff (before, after);
  const char *uuid = yeji_record_get_uuid (after);
  gint64 step;

  if (!yeji_store_read_next_step (sql, uuid, &step, error))
    return FALSE;
  for (guint i = 0; i < changes->len; i++)
    {
      g_autoptr (YejiChange) packed = yeji_change_pack (g_ptr_array_index (changes, i));

      if (!yeji_store_write_change (self, sql, uuid, step, packed, why, at, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * yeji_store_make_body:
 *
 * @revision: the generation that the record will be
 *
 * Prints what is to be written, and reads it back first: a text or a table that is too long would
 * never be seen again. What is personal is sealed.
 *
 * Returns: (transfer full) (nullable): the text, or %NULL with %YEJI_STORE_ERROR_UNREADABLE
 */
char *
yeji_store_make_body (YejiStore   *self,
                      YejiRecord  *record,
                      gint64       revision,
                      GError     **error)
{
  g_autoptr (JsonNode) node = yeji_record_to_json (record);
  g_autofree char *body = yeji_json_print (node, FALSE);
  g_autoptr (GError) reason = NULL;
  g_autoptr (YejiRecord) again = NULL;

  again = yeji_record_new_from_text (yeji_record_get_dictionary (record), body, -1, &reason);
  if (again != NULL)
    return yeji_store_seal_node (self, node, yeji_record_get_dictionary (record), revision);
  g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_UNREADABLE,
               "%s could not be read back: %s", yeji_record_get_uuid (record),
               reason->message);
  return NULL;
}

static gboolean
insert_body (YejiSql     *sql,
             YejiRecord  *record,
             const char  *body,
             const char  *digest,
             const char  *at,
             GError     **error)
{
  return yeji_sql_exec (sql, error,
                        "INSERT INTO record (uuid, role, name, number, dictionary, created_at,"
                        " changed_at, digest, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7, ?8)",
                        "ssssssss", yeji_record_get_uuid (record), yeji_record_get_role (record),
                        yeji_row_get_title (yeji_record_get_project (record)),
                        yeji_store_get_number (record),
                        yeji_dictionary_get_version (yeji_record_get_dictionary (record)),
                        at, digest, body);
}

static gboolean
update_body (YejiSql     *sql,
             YejiRecord  *record,
             const char  *body,
             const char  *digest,
             const char  *at,
             GError     **error)
{
  return yeji_sql_exec (sql, error,
                        "UPDATE record SET role = ?2, name = ?3, number = ?4, dictionary = ?5,"
                        " changed_at = ?6, digest = ?7, body = ?8, generation = generation + 1"
                        " WHERE uuid = ?1",
                        "ssssssss", yeji_record_get_uuid (record), yeji_record_get_role (record),
                        yeji_row_get_title (yeji_record_get_project (record)),
                        yeji_store_get_number (record),
                        yeji_dictionary_get_version (yeji_record_get_dictionary (record)),
                        at, digest, body);
}

/**
 * yeji_store_write_record: (skip)
 *
 * Writes a record and how it differs from what is stored, or nothing where it does not.
 */
gboolean
yeji_store_write_record (YejiStore   *self,
                         YejiSql     *sql,
                         YejiRecord  *record,
                         const char  *why,
                         const char  *at,
                         GError     **error)
{
  YejiDictionary *dictionary = yeji_record_get_dictionary (record);
  const char *uuid = yeji_record_get_uuid (record);
  g_autofree char *digest = yeji_store_digest (self, record);
  g_autofree char *other = NULL;
  g_autofree char *body = NULL;
  g_autoptr (YejiRecord) before = NULL;
  gint64 generation = 0;
  gboolean found;

  if (!read_other_body (sql, uuid, digest, &found, &generation, &other, error))
    return FALSE;
  if (found && other == NULL)
    return TRUE;
  body = yeji_store_make_body (self, record, generation + 1, error);
  if (body == NULL)
    return FALSE;
  if (found)
    before = yeji_shelf_read_under (yeji_store_get_shelf (self), sql, other, dictionary, error);
  else
    before = yeji_record_new (dictionary, uuid, NULL);
  if (before == NULL)
    return FALSE;
  return (found ? update_body (sql, record, body, digest, at, error)
                : insert_body (sql, record, body, digest, at, error))
    && yeji_store_index (self, sql, uuid, other, body, error)
    && write_history (self, sql, before, record, why, at, error)
    && yeji_store_settle_conflicts (self, sql, record, why, error);
}

/* What was typed while a newer dictionary was adopted is not written back into the older one. */
static gboolean
write_current (YejiStore   *self,
               YejiSql     *sql,
               YejiRecord  *record,
               const char  *why,
               const char  *at,
               GError     **error)
{
  YejiDictionary *current = yeji_shelf_get_current (yeji_store_get_shelf (self));
  g_autoptr (YejiRecord) moved = NULL;

  if (!g_str_equal (yeji_dictionary_get_version (yeji_record_get_dictionary (record)),
                    yeji_dictionary_get_version (current)))
    moved = yeji_record_move (record, current, NULL);
  return yeji_store_write_record (self, sql, moved != NULL ? moved : record, why, at, error);
}

static gboolean
require_editable (YejiSql     *sql,
                  const char  *uuid,
                  GError     **error)
{
  g_autoptr (GError) local_error = NULL;

  if (yeji_entry_require_editable (sql, uuid, &local_error)
      || g_error_matches (local_error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * yeji_store_write_facts: (skip)
 *
 * Writes what a check found. What is unknown is -1 in the facts and NULL in the database.
 */
gboolean
yeji_store_write_facts (YejiSql          *sql,
                        const char       *uuid,
                        const YejiFacts  *facts,
                        GError          **error)
{
  return yeji_sql_exec (sql, error,
                        "UPDATE record SET n_errors = ?2, n_warnings = ?3,"
                        " completeness = nullif (?4, -1), outcome = nullif (?5, -1),"
                        " n_slots = nullif (?6, -1), n_filled_slots = nullif (?7, -1),"
                        " required_slots = ?8"
                        " WHERE uuid = ?1 AND (n_errors IS NOT ?2 OR n_warnings IS NOT ?3"
                        "  OR completeness IS NOT nullif (?4, -1) OR outcome IS NOT nullif (?5, -1)"
                        "  OR n_slots IS NOT nullif (?6, -1)"
                        "  OR n_filled_slots IS NOT nullif (?7, -1) OR required_slots IS NOT ?8)",
                        "siiiiiis", uuid, (gint64) facts->n_errors, (gint64) facts->n_warnings,
                        (gint64) facts->completeness, (gint64) facts->outcome,
                        (gint64) facts->n_slots, (gint64) facts->n_filled_slots,
                        facts->required_slots);
}

/**
 * yeji_store_save_one: (skip)
 * @facts: (nullable): what a check found
 * @batch: (nullable): of which bulk change it is a part
 *
 * Saves a record as a part of a transaction, as yeji_store_save() says.
 */
gboolean
yeji_store_save_one (YejiStore        *self,
                     YejiSql          *sql,
                     YejiRecord       *record,
                     const YejiFacts  *facts,
                     const char       *why,
                     const char       *at,
                     const char       *batch,
                     GError          **error)
{
  const char *uuid = yeji_record_get_uuid (record);
  g_autoptr (YejiRecord) merged = NULL;
  gint64 step = 0;

  /* what was typed before the province's word was seen is not lost, whatever it says */
  if (!g_strv_contains (free_reasons, why)
      && (!yeji_store_merge_unseen (self, sql, record, at, &merged, error)
          || (merged == NULL && !require_editable (sql, uuid, error))))
    return FALSE;
  if (batch != NULL && (!yeji_store_note_bulk (self, sql, uuid, error)
                        || !yeji_store_read_next_step (sql, uuid, &step, error)))
    return FALSE;
  if (!write_current (self, sql, merged != NULL ? merged : record, why, at, error))
    return FALSE;
  if (batch != NULL && !yeji_store_mark_step (sql, uuid, step, batch, 0, error))
    return FALSE;
  return facts == NULL || yeji_store_write_facts (sql, uuid, facts, error);
}

static gboolean
run_save (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Save *save = data;

  save->at = yeji_clock_now ();
  for (guint i = 0; i < save->records->len; i++)
    if (!yeji_store_save_one (save->store, sql, g_ptr_array_index (save->records, i),
                              g_ptr_array_index (save->facts, i), save->why, save->at, save->batch,
                              error))
      return FALSE;
  return TRUE;
}

static Save *
new_save (YejiStore  *self,
          const char *why)
{
  Save *save = g_new0 (Save, 1);

  save->store = self;
  save->records = g_ptr_array_new_with_free_func (g_object_unref);
  save->facts = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_facts_free);
  save->why = g_strdup (why);
  return save;
}

static gboolean
run_blocking_save (YejiStore  *self,
                   Save       *save,
                   GError    **error)
{
  gboolean saved = yeji_db_run (yeji_store_get_db (self), run_save, save, error);

  if (saved)
    yeji_store_announce (self, save->records->len == 1
                               ? yeji_record_get_uuid (g_ptr_array_index (save->records, 0))
                               : NULL);
  free_save (save);
  return saved;
}

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Save *save = g_task_get_task_data (task);
  GError *error = NULL;

  if (!yeji_db_run_finish (YEJI_DB (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  yeji_store_announce (save->store, yeji_record_get_uuid (g_ptr_array_index (save->records, 0)));
  g_task_return_pointer (task, g_steal_pointer (&save->at), g_free);
}

/**
 * yeji_store_save:
 * @facts: (nullable): what a check found in the record, see yeji_facts_new_for(); %NULL keeps what
 *     is known
 * @why: typed, pasted, imported, merged, migrated, suggested, created, answered
 *
 * Saves a record and its history in one transaction. When this returns %TRUE, it is on the disk.
 *
 * Returns: %FALSE with %YEJI_STORE_ERROR_STATE when the clerk may not change the record, with
 *   %YEJI_STORE_ERROR_UNREADABLE when it could not be read back; what was saved before stays
 */
gboolean
yeji_store_save (YejiStore        *self,
                 YejiRecord       *record,
                 const YejiFacts  *facts,
                 const char       *why,
                 GError          **error)
{
  Save *save;

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (YEJI_IS_RECORD (record), FALSE);
  g_return_val_if_fail (why != NULL, FALSE);

  save = new_save (self, why);
  g_ptr_array_add (save->records, g_object_ref (record));
  g_ptr_array_add (save->facts, yeji_facts_copy (facts));
  return run_blocking_save (self, save, error);
}

/**
 * yeji_store_save_many:
 * @records: (element-type YejiRecord): the records
 * @facts: (nullable) (element-type YejiFacts): for each record what yeji_store_save() takes; an
 *     element may be %NULL
 *
 * Saves all of them or none.
 */
gboolean
yeji_store_save_many (YejiStore   *self,
                      GPtrArray   *records,
                      GPtrArray   *facts,
                      const char  *why,
                      GError     **error)
{
  return yeji_store_save_batch (self, records, facts, why, NULL, error);
}

/**
 * yeji_store_save_batch:
 * @batch: (out) (optional): what names this bulk change, for yeji_store_undo_batch()
 *
 * Saves as yeji_store_save_many() does.
 */
gboolean
yeji_store_save_batch (YejiStore   *self,
                       GPtrArray   *records,
                       GPtrArray   *facts,
                       const char  *why,
                       char       **batch,
                       GError     **error)
{
  g_autofree char *id = g_uuid_string_random ();
  Save *save;

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (facts == NULL || facts->len == records->len, FALSE);
  g_return_val_if_fail (why != NULL, FALSE);

  save = new_save (self, why);
  save->batch = g_strdup (id);
  for (guint i = 0; i < records->len; i++)
    {
      g_ptr_array_add (save->records, g_object_ref (g_ptr_array_index (records, i)));
      g_ptr_array_add (save->facts,
                       facts != NULL ? yeji_facts_copy (g_ptr_array_index (facts, i)) : NULL);
    }
  if (!run_blocking_save (self, save, error))
    return FALSE;
  if (batch != NULL)
    *batch = g_steal_pointer (&id);
  return TRUE;
}

/**
 * yeji_store_save_async:
 *
 * Saves a record as it is now, as yeji_store_save() does; it may be typed into at once.
 */
void
yeji_store_save_async (YejiStore           *self,
                       YejiRecord          *record,
                       const YejiFacts     *facts,
                       const char          *why,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  YejiRecord *copy;
  Save *save;

  g_return_if_fail (YEJI_IS_STORE (self));
  g_return_if_fail (YEJI_IS_RECORD (record));
  g_return_if_fail (why != NULL);

  save = new_save (self, why);
  copy = yeji_record_copy (record);
  yeji_record_carry_seen (record, copy);
  g_ptr_array_add (save->records, copy);
  g_ptr_array_add (save->facts, yeji_facts_copy (facts));
  yeji_store_start (self, run_save, save, free_save, yeji_store_save_async, cancellable, on_saved,
                    callback, user_data);
}

/**
 * yeji_store_save_finish:
 *
 * Returns: (transfer full) (nullable): when it was saved, RFC 3339
 */
char *
yeji_store_save_finish (YejiStore     *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
