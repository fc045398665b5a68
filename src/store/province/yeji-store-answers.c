// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-store-private.h"

#include "yeji-clock.h"
#include "yeji-conflicts-private.h"
#include "yeji-healing-private.h"
#include "yeji-history.h"
#include "yeji-merge-past.h"
#include "yeji-merge.h"
#include "yeji-notice-private.h"
#include "yeji-others-private.h"
#include "yeji-petition-private.h"
#include "yeji-revision.h"
#include "yeji-store-seal.h"
#include "yeji-store-seen.h"

/* in SQL */
#define EPOCH G_STRINGIFY (YEJI_REVISION_EPOCH)

typedef struct
{
  YejiStore *store;
  GPtrArray *answers;          /* (element-type YejiAnswer) */
  const char *cursor;
  char *now;
  gint64 seq;                  /* of a submission that was not taken; 0: of none */
  gboolean queued;             /* it goes again, merged */
  gboolean whole;              /* an answer tells all that the province has of the record */
  JsonArray *kept;             /* (nullable): what is kept against a restored province */
  guint n_kept;
} Answers;

/* What is known of a record, before an answer. */
typedef struct
{
  gboolean found;
  gboolean edited;             /* since the province's body */
  gboolean skipped;            /* it cannot be read, and stays unknown */
  char *name;                  /* (nullable) */
  gint64 acknowledged;         /* the highest revision that was ever told */
  gint64 content;              /* the highest that is known to have brought a content */
  YejiRecord *mine;            /* (nullable) */
  YejiRecord *base;            /* (nullable): what the province had */
} Known;

static void
clear_known (Known *known)
{
  g_clear_pointer (&known->name, g_free);
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

static gboolean
has_digit (const char *text)
{
  for (const char *at = text; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_isdigit (g_utf8_get_char (at)))
      return TRUE;
  return FALSE;
}

/* What the national platform says in words; NULL: nothing, but receipts and moments have digits. */
static const char *
find_national_words (const YejiAnswer *answer)
{
  g_autoptr (YejiNational) national = yeji_national_parse (answer->national);

  return national != NULL && national->message != NULL ? answer->national : NULL;
}

/* The record is read for its personal numbers only where the province's words may hold one. */
static gboolean
may_name_numbers (const YejiAnswer *answer)
{
  if (has_digit (answer->message) || has_digit (find_national_words (answer)))
    return TRUE;
  for (guint i = 0; answer->points != NULL && i < answer->points->len; i++)
    if (has_digit (((const YejiPoint *) g_ptr_array_index (answer->points, i))->comment))
      return TRUE;
  return FALSE;
}

/**
 * yeji_store_write_answer: (skip)
 *
 * Writes what the province said of a record, in place of what it said before. Why a submission was
 * refused stays until there is a newer revision. Personal numbers in its words are masked.
 */
gboolean
yeji_store_write_answer (YejiStore         *self,
                         YejiSql           *sql,
                         const char        *uuid,
                         const YejiAnswer  *answer,
                         GError           **error)
{
  g_autoptr (GPtrArray) personal = may_name_numbers (answer)
                                     ? yeji_store_list_personal (self, sql, uuid)
                                     : g_ptr_array_new ();
  g_autofree char *message = yeji_seal_mask_words (personal, answer->message);
  g_autofree char *national = yeji_seal_mask_words (personal, answer->national);

  if (!yeji_sql_exec (sql, error,
                      "DELETE FROM point WHERE record = ?1 AND (source <> 'refusal'"
                      " OR (SELECT revision FROM record WHERE uuid = ?1) IS NOT ?2)", "ss", uuid,
                      answer->revision)
      || !yeji_sql_exec (sql, error,
                      "UPDATE record SET revision = coalesce (?2, revision),"
                      " server_state = coalesce (?3, server_state),"
                      " grade = ?4, office = ?5, reviewer = ?6, message = ?7,"
                      " answered_at = coalesce (?8, answered_at),"
                      " refusal = iif (revision IS ?2, refusal, NULL),"
                      " files_at = coalesce (?9, files_at), acknowledged ="
                      " max (coalesce (acknowledged, 0), coalesce (" YEJI_REVISION_NUMBER ("?2")
                      ", 0)), content_revision = iif (coalesce ("
                      /* of a later epoch only what was merged is known */
                      YEJI_REVISION_NUMBER ("?10") ", 0) / " EPOCH " > coalesce (content_revision, "
                      YEJI_REVISION_NUMBER ("?10") ") / " EPOCH ", content_revision,"
                      " max (coalesce (content_revision, 0),"
                      " coalesce (" YEJI_REVISION_NUMBER ("?10") ", 0))), national = ?11"
                      " WHERE uuid = ?1",
                      "sssssssssss", uuid, answer->revision, answer->state, answer->grade,
                      answer->office, answer->reviewer, message, answer->at,
                      answer->files_at, answer->content, national))
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
  return yeji_store_note_fixed (self, sql, uuid, error);
}

/* What is here of a record; its content only where something is to be merged with it. */
static gboolean
read_known (YejiStore   *self,
            YejiSql     *sql,
            const char  *uuid,
            gboolean     merges,
            Known       *known,
            GError     **error)
{
  YejiShelf *shelf = yeji_store_get_shelf (self);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT body, base_body, base_digest IS NOT digest, name,"
                         " coalesce (acknowledged, 0), coalesce (content_revision, 0)"
                         " FROM record WHERE uuid = ?1", "s", uuid);
  if (rows == NULL)
    return FALSE;
  known->found = yeji_rows_next (rows, &local_error);
  if (known->found)
    {
      known->name = yeji_rows_dup_text (rows, 3);
      known->acknowledged = yeji_rows_int (rows, 4);
      known->content = yeji_rows_int (rows, 5);
    }
  if (known->found && merges)
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

/* One that is new here and cannot be read, of a dictionary that nobody here ever had, keeps nothing
 * else back. */
static gboolean
skip_unreadable (const YejiAnswer  *answer,
                 Known             *known,
                 GError            *failure,
                 GError           **error)
{
  g_autoptr (GError) reason = failure;

  if (known->found)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  g_message ("%s is left at the province: %s", answer->uuid, reason->message);
  known->skipped = TRUE;
  return TRUE;
}

/* The clerk is told of all at once; where nothing is collected who called does so. */
static void
note_kept (Answers          *answers,
           const YejiAnswer *answer,
           const Known      *known)
{
  JsonObject *record;

  if (answers->n_kept++ >= YEJI_NOTICE_MAX_NAMES || answers->kept == NULL)
    return;
  record = json_object_new ();
  json_object_set_string_member (record, "uuid", answer->uuid);
  json_object_set_string_member (record, "name", known->name != NULL ? known->name : "");
  json_array_add_object_element (answers->kept, record);
}

/* From now on the province is known to have had this content, whoever wrote it: what it has of less
 * comes from a backup, and is merged with nothing. */
static gboolean
raise_content (YejiSql           *sql,
               const YejiAnswer  *answer,
               GError           **error)
{
  return yeji_sql_exec (sql, error,
                        "UPDATE record SET content_revision = max (coalesce (content_revision, 0),"
                        " coalesce (" YEJI_REVISION_NUMBER ("?2") ", 0)) WHERE uuid = ?1",
                        "ss", answer->uuid, answer->content);
}

/* Whether the province was restored from a backup between what it is known to have had and what it
 * brings: it may have been written on top of something older. */
static gboolean
is_after_restore (const YejiAnswer *answer,
                  const Known      *known)
{
  return known->found && known->content > 0
         && yeji_revision_get_number (answer->content) / YEJI_REVISION_EPOCH
              > known->content / YEJI_REVISION_EPOCH;
}

static gboolean
know_past (Answers           *answers,
           YejiSql           *sql,
           const YejiAnswer  *answer,
           Known             *known,
           YejiRecord        *theirs,
           gboolean           restored,
           GError           **error)
{
  g_autoptr (GPtrArray) lines = yeji_store_read_history (answers->store, sql, answer->uuid, error);
  YejiRecord *base;
  guint n_places;

  if (lines == NULL)
    return FALSE;
  base = yeji_merge_past (known->base, known->mine, theirs, lines, restored, &n_places);
  g_object_unref (known->base);
  known->base = base;
  if (n_places > 0)
    note_kept (answers, answer, known);
  return TRUE;
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
  GError *failure = NULL;
  g_autoptr (YejiRecord) theirs = parse_theirs (answers->store, sql, answer, &failure);
  gboolean restored = is_after_restore (answer, known);
  g_autoptr (YejiRecord) merged = NULL;

  if (theirs == NULL)
    return skip_unreadable (answer, known, failure, error);
  if (known->found)
    yeji_store_note_unseen (answers->store, known->mine);
  if (known->found && (known->edited || restored))
    {
      move_to (&theirs, current);
      move_to (&known->mine, current);
      move_to (&known->base, current);
      /* Where nothing is known to have been sent, everything that is filled in is the clerk's. */
      if (known->base == NULL)
        known->base = yeji_record_new (yeji_record_get_dictionary (theirs), answer->uuid, NULL);
      if (!know_past (answers, sql, answer, known, theirs, restored, error))
        return FALSE;
      merged = yeji_merge_records (known->base, known->mine, theirs);
      if (!yeji_store_note_conflicts (answers->store, sql, known->base, known->mine, theirs,
                                      answers->now, error))
        return FALSE;
    }
  return yeji_store_write_record (answers->store, sql, merged != NULL ? merged : theirs,
                                  YEJI_HISTORY_ANSWERED, answers->now, error)
    && set_base (answers->store, sql, theirs, error)
    && raise_content (sql, answer, error)
    && (answer->files == NULL
        || yeji_store_write_files (answers->store, sql, answer->uuid, answer->revision,
                                   answer->files, answers->now, error));
}

/* What it brings is older than a content of which the province is known to have had it. */
static gboolean
is_older (const YejiAnswer *answer,
          const Known      *known)
{
  return known->found && answer->record != NULL && answer->content != NULL
         && yeji_revision_get_number (answer->content) < known->content;
}

/* A province that was restored from a backup decided on a content that is older than the one that
 * it had acknowledged: no other gives a greater revision to less. */
static gboolean
is_decided_on_older (const YejiAnswer *answer,
                     const Known      *known)
{
  return is_older (answer, known)
         && yeji_revision_get_number (answer->revision) >= known->acknowledged;
}

static gboolean
tell_kept (Answers  *answers,
           YejiSql  *sql,
           GError  **error)
{
  g_autoptr (JsonObject) details = json_object_new ();
  JsonObject *kept = json_object_new ();

  json_object_set_object_member (details, "kept", kept);
  json_object_set_int_member (kept, "count", answers->n_kept);
  json_object_set_array_member (kept, "records", json_array_ref (answers->kept));
  return answers->n_kept == 0
         || yeji_notice_write (sql, YEJI_NOTICE_PROVINCE_RESTORED, details, error);
}

/**
 * yeji_store_take_base: (skip)
 * @there: (nullable): what the province has; %NULL: nothing
 *
 * Notes what a restored province has of a record, and leaves what is here: it differs, as if it had
 * been typed since.
 */
gboolean
yeji_store_take_base (YejiStore         *self,
                      YejiSql           *sql,
                      const char        *uuid,
                      const YejiAnswer  *there,
                      GError           **error)
{
  g_autoptr (YejiRecord) theirs = NULL;

  if (there == NULL)
    return yeji_sql_exec (sql, error,
                          "UPDATE record SET base_body = NULL, base_digest = NULL,"
                          " content_revision = NULL WHERE uuid = ?1", "s", uuid);
  if (there->record == NULL)
    return TRUE;
  theirs = parse_theirs (self, sql, there, error);
  if (theirs == NULL)
    return FALSE;
  move_to (&theirs, yeji_shelf_get_current (yeji_store_get_shelf (self)));
  return set_base (self, sql, theirs, error)
    && yeji_sql_exec (sql, error, "UPDATE record SET content_revision = coalesce ("
                      YEJI_REVISION_NUMBER ("?2") ", content_revision) WHERE uuid = ?1", "ss",
                      uuid, there->content);
}

/* What is here stays, but for what the platform itself fills in; it differs from what the province
 * has now, as if it had been typed since, and the clerk is told. From now on the older content is
 * what the province has. */
static gboolean
keep_mine (Answers           *answers,
           YejiSql           *sql,
           const YejiAnswer  *answer,
           Known             *known,
           GError           **error)
{
  YejiDictionary *current = yeji_shelf_get_current (yeji_store_get_shelf (answers->store));
  g_autoptr (YejiRecord) theirs = parse_theirs (answers->store, sql, answer, error);

  if (theirs == NULL)
    return FALSE;
  move_to (&theirs, current);
  move_to (&known->mine, current);
  yeji_merge_platform_values (known->mine, theirs);
  if (!yeji_record_equal (known->mine, theirs))
    note_kept (answers, answer, known);
  return yeji_store_write_record (answers->store, sql, known->mine, YEJI_HISTORY_ANSWERED,
                                  answers->now, error)
    && yeji_store_take_base (answers->store, sql, answer->uuid, answer, error);
}

/* What the province and the examination said before stays as it is. */
static gboolean
note_content (YejiSql           *sql,
              const YejiAnswer  *answer,
              GError           **error)
{
  return yeji_sql_exec (sql, error,
                        "UPDATE record SET server_state = coalesce (server_state, ?3),"
                        " revision = iif (" YEJI_REVISION_NUMBER ("coalesce (revision, '')") " < "
                        YEJI_REVISION_NUMBER ("?2") ", ?2, revision) WHERE uuid = ?1",
                        "sss", answer->uuid, answer->revision, answer->state);
}

/**
 * yeji_store_mark_listed: (skip)
 *
 * Notes that the changes have told of it.
 */
gboolean
yeji_store_mark_listed (YejiSql           *sql,
                        const YejiAnswer  *answer,
                        GError           **error)
{
  return yeji_sql_exec (sql, error,
                        "UPDATE record SET listed = max (coalesce (listed, 0), coalesce ("
                        YEJI_REVISION_NUMBER ("?2") ", 0)) WHERE uuid = ?1", "ss", answer->uuid,
                        answer->revision);
}

static gboolean
apply_answer (Answers           *answers,
              YejiSql           *sql,
              const YejiAnswer  *answer,
              GError           **error)
{
  g_auto (Known) known = { FALSE };

  if (!read_known (answers->store, sql, answer->uuid, answer->record != NULL, &known, error))
    return FALSE;
  if (!known.found && answer->record == NULL)
    return TRUE;
  if (is_decided_on_older (answer, &known))
    {
      if (!keep_mine (answers, sql, answer, &known, error))
        return FALSE;
    }
  /* What is told late was merged before what came after it was submitted: it takes nothing back. */
  else if (answer->record != NULL && !is_older (answer, &known)
           && !apply_record (answers, sql, answer, &known, error))
    return FALSE;
  if (known.skipped)
    return TRUE;
  return (!known.found || yeji_store_tell_removal (sql, answer, error))
    && (known.found && !answers->whole && yeji_answer_brings_content (answer)
          ? note_content (sql, answer, error)
          : yeji_store_write_answer (answers->store, sql, answer->uuid, answer, error))
    && yeji_store_mark_listed (sql, answer, error)
    && (answer->petition == NULL
        || yeji_petition_apply_answer (answers->store, sql, answer->petition, error))
    && yeji_petition_settle_state (sql, answer->uuid, error)
    && yeji_store_move_editable (answers->store, sql, answer->uuid, answers->now, error);
}

/**
 * yeji_store_apply_answer: (skip)
 * @whole: whether it tells all that the province has of the record, and is no change that may
 *     follow upon a decision
 * @now: the moment
 * @kept: (out): whether what is here was kept against what a restored province has
 *
 * Does what yeji_store_apply_answers() does with one of them.
 */
gboolean
yeji_store_apply_answer (YejiStore         *self,
                         YejiSql           *sql,
                         const YejiAnswer  *answer,
                         gboolean           whole,
                         const char        *now,
                         gboolean          *kept,
                         GError           **error)
{
  Answers answers = { .store = self, .now = (char *) now, .whole = whole };

  if (!apply_answer (&answers, sql, answer, error))
    return FALSE;
  *kept = answers.n_kept > 0;
  return TRUE;
}

/**
 * yeji_store_write_cursor: (skip)
 * @cursor: (nullable)
 *
 * Writes where the changes go on, in the transaction of what they brought.
 */
gboolean
yeji_store_write_cursor (YejiSql     *sql,
                         const char  *cursor,
                         GError     **error)
{
  if (cursor == NULL)
    return yeji_sql_exec (sql, error, "DELETE FROM setting WHERE name = 'cursor'", "");
  return yeji_sql_exec (sql, error,
                        "INSERT INTO setting (name, value) VALUES ('cursor', ?1)"
                        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                        "s", cursor);
}

/* Earlier versions of the program kept grade D as any approved record, which nobody can go on with
 * here. */
static gboolean
name_incomplete (Answers  *answers,
                 YejiSql  *sql,
                 GError  **error)
{
  g_autoptr (GPtrArray) uuids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "UPDATE record SET server_state = 'incomplete'"
                         " WHERE server_state = 'approved' AND grade = 'D' AND removed_at IS NULL"
                         " RETURNING uuid", "");
  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &local_error))
    g_ptr_array_add (uuids, yeji_rows_dup_text (rows, 0));
  for (guint i = 0; local_error == NULL && i < uuids->len; i++)
    yeji_store_move_editable (answers->store, sql, g_ptr_array_index (uuids, i), answers->now,
                              &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
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
  if (!name_incomplete (answers, sql, error) || !tell_kept (answers, sql, error))
    return FALSE;
  return yeji_store_write_cursor (sql, answers->cursor, error);
}

static gboolean
run_current (YejiSql   *sql,
             gpointer   data,
             GError   **error)
{
  Answers *answers = data;
  const YejiAnswer *answer = g_ptr_array_index (answers->answers, 0);
  g_auto (Known) known = { FALSE };
  gboolean same = FALSE;

  if (!read_known (answers->store, sql, answer->uuid, TRUE, &known, error)
      || (answers->seq != 0
          && !yeji_store_is_as_queued (sql, answer->uuid, answers->seq, &same, error)))
    return FALSE;
  if (!known.found)
    return TRUE;
  return apply_record (answers, sql, answer, &known, error)
    && yeji_sql_exec (sql, error, "UPDATE record SET revision = ?2 WHERE uuid = ?1", "ss",
                      answer->uuid, answer->revision)
    && tell_kept (answers, sql, error)
    && yeji_store_move_editable (answers->store, sql, answer->uuid, answers->now, error)
    && (!same || yeji_store_requeue (answers->store, sql, answer->uuid, answers->seq,
                                     &answers->queued, error));
}

/**
 * yeji_store_merge_current:
 * @seq: a submission that the province did not take; 0: the record is not to go again by itself
 * @current: what the province has: revision, record and documents
 * @queued: (out): whether the merged record was queued in place of @seq, as nothing was typed since
 *   and there is nothing to be asked
 *
 * Takes over what another computer brought to the province since the clerk began to edit: merged
 * with what the clerk typed, as yeji_store_apply_answers() does, so that the next submission is of
 * that revision. What the province said of the record stays.
 *
 * Returns: %FALSE with nothing taken over
 */
gboolean
yeji_store_merge_current (YejiStore   *self,
                          const char  *uuid,
                          gint64       seq,
                          YejiAnswer  *current,
                          gboolean    *queued,
                          GError     **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  g_autoptr (JsonArray) kept = json_array_new ();
  Answers data = { .store = self, .answers = list, .seq = seq, .kept = kept };
  gboolean applied;

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (current->uuid != NULL && current->record != NULL, FALSE);

  g_ptr_array_add (list, current);
  data.now = yeji_clock_now ();
  applied = yeji_db_run (yeji_store_get_db (self), run_current, &data, error);
  g_free (data.now);
  *queued = applied && data.queued;
  if (applied)
    yeji_store_announce (self, uuid);
  if (applied && data.n_kept > 0)
    yeji_store_announce_notice (self);
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
  g_autoptr (JsonArray) kept = json_array_new ();
  Answers data = { self, answers, cursor, .kept = kept };
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
      yeji_store_announce_notice (self);
    }
  return applied;
}
