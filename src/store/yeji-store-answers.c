// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-store-private.h"

#include "yeji-clock.h"
#include "yeji-conflicts-private.h"
#include "yeji-merge.h"
#include "yeji-store-seal.h"

typedef struct
{
  YejiStore *store;
  GPtrArray *answers;          /* (element-type YejiAnswer) */
  const char *cursor;
  char *now;
} Answers;

/* What is known of a record, before an answer. */
typedef struct
{
  gboolean found;
  gboolean edited;             /* since the province's body */
  YejiRecord *mine;            /* (nullable) */
  YejiRecord *base;            /* (nullable): what the province had */
} Known;

static void
clear_known (Known *known)
{
  g_clear_object (&known->mine);
  g_clear_object (&known->base);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Known, clear_known)

/**
 * yeji_store_is_answered_later: (skip)
 * @at: (nullable): a moment of the province's clock, RFC 3339
 * @later: (out): whether an answer that is younger is known
 */
gboolean
yeji_store_is_answered_later (YejiSql     *sql,
                              const char  *uuid,
                              const char  *at,
                              gboolean    *later,
                              GError     **error)
{
  g_autoptr (GDateTime) asked = at != NULL ? g_date_time_new_from_iso8601 (at, NULL) : NULL;
  g_autoptr (GDateTime) known = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT answered_at FROM record WHERE uuid = ?1",
                                              "s", uuid);

  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  if (!yeji_rows_is_null (rows, 0))
    known = g_date_time_new_from_iso8601 (yeji_rows_text (rows, 0), NULL);
  *later = asked != NULL && known != NULL && g_date_time_compare (known, asked) > 0;
  return TRUE;
}

/**
 * yeji_store_write_answer: (skip)
 *
 * Writes what the province said of a record, in place of what it said before. Personal numbers in
 * its words are masked.
 */
gboolean
yeji_store_write_answer (YejiStore         *self,
                         YejiSql           *sql,
                         const char        *uuid,
                         const YejiAnswer  *answer,
                         GError           **error)
{
  g_autoptr (GPtrArray) personal = yeji_store_list_personal (self, sql, uuid);
  g_autofree char *message = yeji_seal_mask_words (personal, answer->message);

  if (!yeji_sql_exec (sql, error,
                      "UPDATE record SET revision = coalesce (?2, revision),"
                      " server_state = coalesce (?3, server_state),"
                      " grade = ?4, office = ?5, reviewer = ?6, message = ?7,"
                      " answered_at = coalesce (?8, answered_at), refusal = NULL,"
                      " files_at = coalesce (?9, files_at) WHERE uuid = ?1",
                      "sssssssss", uuid, answer->revision, answer->state, answer->grade,
                      answer->office, answer->reviewer, message, answer->at,
                      answer->files_at)
      || !yeji_sql_exec (sql, error, "DELETE FROM point WHERE record = ?1", "s", uuid))
    return FALSE;
  for (guint i = 0; answer->points != NULL && i < answer->points->len; i++)
    {
      const YejiPoint *point = g_ptr_array_index (answer->points, i);
      g_autofree char *comment = yeji_seal_mask_words (personal, point->comment);

      if (!yeji_sql_exec (sql, error,
                          "INSERT INTO point (record, source, pointer, comment)"
                          " VALUES (?1, 'reviewer', ?2, ?3)",
                          "sss", uuid, point->pointer, comment))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_known (YejiStore   *self,
            YejiSql     *sql,
            const char  *uuid,
            Known       *known,
            GError     **error)
{
  YejiShelf *shelf = yeji_store_get_shelf (self);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT body, base_body, base_digest IS NOT digest"
                         " FROM record WHERE uuid = ?1", "s", uuid);
  if (rows == NULL)
    return FALSE;
  known->found = yeji_rows_next (rows, &local_error);
  if (known->found)
    {
      known->edited = yeji_rows_int (rows, 2) != 0;
      known->mine = yeji_shelf_read (shelf, sql, yeji_rows_text (rows, 0), &local_error);
      if (local_error == NULL && !yeji_rows_is_null (rows, 1))
        known->base = yeji_shelf_read (shelf, sql, yeji_rows_text (rows, 1), &local_error);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static YejiRecord *
parse_theirs (YejiStore         *self,
              YejiSql           *sql,
              const YejiAnswer  *answer,
              GError           **error)
{
  g_autoptr (YejiRecord) theirs = NULL;

  theirs = yeji_shelf_read (yeji_store_get_shelf (self), sql, answer->record, error);
  if (theirs == NULL)
    {
      g_prefix_error (error, "the province's %s: ", answer->uuid);
      return NULL;
    }
  if (g_str_equal (yeji_record_get_uuid (theirs), answer->uuid))
    return g_steal_pointer (&theirs);
  g_set_error (error, YEJI_RECORD_ERROR, YEJI_RECORD_ERROR_SHAPE,
               "the province's %s: the record inside is another, %s", answer->uuid,
               yeji_record_get_uuid (theirs));
  return NULL;
}

static gboolean
set_base (YejiStore   *self,
          YejiSql     *sql,
          YejiRecord  *theirs,
          GError     **error)
{
  g_autofree char *body = yeji_store_seal_record (self, theirs, 0);
  g_autofree char *digest = yeji_store_digest (self, theirs);

  return yeji_sql_exec (sql, error,
                        "UPDATE record SET base_body = ?2, base_digest = ?3 WHERE uuid = ?1",
                        "sss", yeji_record_get_uuid (theirs), body, digest);
}

static void
move_to (YejiRecord     **record,
         YejiDictionary  *dictionary)
{
  YejiRecord *moved;

  if (*record == NULL || yeji_record_get_dictionary (*record) == dictionary)
    return;
  moved = yeji_record_move (*record, dictionary, NULL);
  g_object_unref (*record);
  *record = moved;
}

/* Theirs, but for what the clerk changed since the province's last body. What the clerk did not
 * change stays under the province's version of the dictionary. */
static gboolean
apply_record (Answers           *answers,
              YejiSql           *sql,
              const YejiAnswer  *answer,
              Known             *known,
              GError           **error)
{
  YejiDictionary *current = yeji_shelf_get_current (yeji_store_get_shelf (answers->store));
  g_autoptr (YejiRecord) theirs = parse_theirs (answers->store, sql, answer, error);
  g_autoptr (YejiRecord) merged = NULL;

  if (theirs == NULL)
    return FALSE;
  if (known->found && known->edited)
    {
      move_to (&theirs, current);
      move_to (&known->mine, current);
      move_to (&known->base, current);
      /* Where nothing is known to have been sent, everything that is filled in is the clerk's. */
      if (known->base == NULL)
        known->base = yeji_record_new (yeji_record_get_dictionary (theirs), answer->uuid, NULL);
      merged = yeji_merge_records (known->base, known->mine, theirs);
      if (!yeji_store_note_conflicts (answers->store, sql, known->base, known->mine, theirs,
                                      answers->now, error))
        return FALSE;
    }
  return yeji_store_write_record (answers->store, sql, merged != NULL ? merged : theirs, "answered",
                                  answers->now, error)
    && set_base (answers->store, sql, theirs, error);
}

static gboolean
apply_answer (Answers           *answers,
              YejiSql           *sql,
              const YejiAnswer  *answer,
              GError           **error)
{
  g_auto (Known) known = { FALSE };

  if (!read_known (answers->store, sql, answer->uuid, &known, error))
    return FALSE;
  if (!known.found && answer->record == NULL)
    return TRUE;
  if (answer->record != NULL && !apply_record (answers, sql, answer, &known, error))
    return FALSE;
  return yeji_store_write_answer (answers->store, sql, answer->uuid, answer, error)
    && yeji_store_move_editable (answers->store, sql, answer->uuid, answers->now, error);
}

static gboolean
run_apply (YejiSql   *sql,
           gpointer   data,
           GError   **error)
{
  Answers *answers = data;

  for (guint i = 0; i < answers->answers->len; i++)
    if (!apply_answer (answers, sql, g_ptr_array_index (answers->answers, i), error))
      return FALSE;
  if (answers->cursor == NULL)
    return yeji_sql_exec (sql, error, "DELETE FROM setting WHERE name = 'cursor'", "");
  return yeji_sql_exec (sql, error,
                        "INSERT INTO setting (name, value) VALUES ('cursor', ?1)"
                        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                        "s", answers->cursor);
}

static gboolean
run_current (YejiSql   *sql,
             gpointer   data,
             GError   **error)
{
  Answers *answers = data;
  const YejiAnswer *answer = g_ptr_array_index (answers->answers, 0);
  g_auto (Known) known = { FALSE };

  if (!read_known (answers->store, sql, answer->uuid, &known, error))
    return FALSE;
  if (!known.found)
    return TRUE;
  return apply_record (answers, sql, answer, &known, error)
    && yeji_sql_exec (sql, error, "UPDATE record SET revision = ?2 WHERE uuid = ?1", "ss",
                      answer->uuid, answer->revision)
    && yeji_store_move_editable (answers->store, sql, answer->uuid, answers->now, error);
}

/**
 * yeji_store_apply_current:
 * @revision: of what the province has
 * @record: the record as the province has it, JSON
 *
 * Takes over what somebody else brought to the province, since the clerk began to edit: merged with
 * what the clerk typed, as yeji_store_apply_answers() does, so that the next submission is of that
 * revision. What the province said of the record stays.
 *
 * Returns: %FALSE with nothing taken over
 */
gboolean
yeji_store_apply_current (YejiStore   *self,
                          const char  *uuid,
                          const char  *revision,
                          const char  *record,
                          GError     **error)
{
  g_autoptr (GPtrArray) list = NULL;
  Answers data = { self, NULL, NULL };
  YejiAnswer *answer;
  gboolean applied;

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);

  list = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_answer_free);
  answer = yeji_answer_new ();
  answer->uuid = g_strdup (uuid);
  answer->revision = g_strdup (revision);
  answer->record = g_strdup (record);
  g_ptr_array_add (list, answer);
  data.answers = list;
  data.now = yeji_clock_now ();
  applied = yeji_db_run (yeji_store_get_db (self), run_current, &data, error);
  g_free (data.now);
  if (applied)
    yeji_store_announce (self, uuid);
  return applied;
}

/**
 * yeji_store_apply_answers:
 * @answers: (element-type YejiAnswer): what the province said, oldest first
 * @cursor: (nullable): where to go on; kept as the setting "cursor"; %NULL forgets it
 *
 * Takes over what the province said, and the cursor, in one transaction. Taking it over twice is
 * the same as once. A record that the province changed is merged with what the clerk typed since:
 * what the clerk changed stays. An answer about a record that is not here, without the record, is
 * left.
 *
 * Returns: %FALSE with nothing taken over
 */
gboolean
yeji_store_apply_answers (YejiStore   *self,
                          GPtrArray   *answers,
                          const char  *cursor,
                          GError     **error)
{
  Answers data = { self, answers, cursor };
  gboolean applied;

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (answers != NULL, FALSE);

  data.now = yeji_clock_now ();
  applied = yeji_db_run (yeji_store_get_db (self), run_apply, &data, error);
  g_free (data.now);
  if (applied && answers->len > 0)
    {
      const YejiAnswer *first = g_ptr_array_index (answers, 0);

      yeji_store_announce (self, answers->len == 1 ? first->uuid : NULL);
    }
  return applied;
}
