// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-store-chores.h"

#include "yeji-backup.h"
#include "yeji-bin.h"
#include "yeji-clock.h"
#include "yeji-json.h"
#include "yeji-notice-private.h"
#include "yeji-session.h"
#include "yeji-store-index.h"
#include "yeji-store-private.h"
#include "yeji-store-vault.h"
#include "yeji-store-verify.h"
#include "yeji-undo.h"
#include "yeji-vault.h"

/* When the profile was last checked without need. */
#define SETTING_CHECKED "chores.checked_at"
#define DAYS_BETWEEN_CHECKS 7

#define SETTING_COMPACTED "chores.compacted_at"
#define DAYS_BETWEEN_COMPACTIONS 1

/* When sealed numbers without a second key were first seen, and whether that was told. */
#define SETTING_UNLOCKED "chores.no_second_key_since"
#define SETTING_NUDGED "chores.no_second_key_told"
#define DAYS_BEFORE_NUDGE 1

/* One round of chores. */
typedef struct
{
  YejiStore *store;
  GCancellable *cancellable;
  gboolean brief;              /* who asks ends after it */
  gboolean suspect;            /* whether something said that the database is damaged */
} Round;

typedef struct
{
  const char *name;
  gboolean (*is_due) (Round   *round);         /* (nullable): it knows itself */
  gboolean (*run)    (Round   *round,
                      GError **error);
  gboolean can_wait;           /* for a program that stays, or for who needs it */
} Chore;

/* A moment that the clock puts into the future is no reason to wait for it. */
static gboolean
is_older (YejiStore  *store,
          const char *setting,
          guint       days)
{
  g_autofree char *text = yeji_store_get_setting (store, setting, NULL);
  g_autofree char *now = yeji_clock_now ();
  g_autoptr (GDateTime) moment = g_date_time_new_from_iso8601 (now, NULL);
  g_autoptr (GDateTime) last = NULL;
  GTimeSpan gone;

  last = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;
  if (last == NULL)
    return TRUE;
  gone = g_date_time_difference (moment, last);
  return gone < 0 || gone >= days * G_TIME_SPAN_DAY;
}

static gboolean
set_to_now (YejiStore   *store,
            const char  *setting,
            GError     **error)
{
  g_autofree char *now = yeji_clock_now ();

  return yeji_store_set_setting (store, setting, now, error);
}

typedef struct
{
  const char *kind;
  JsonObject *details;
  gboolean added;
} Notice;

/* What was said already, and is as it was, is not said again. */
static gboolean
run_add_notice (YejiSql   *sql,
                gpointer   data,
                GError   **error)
{
  Notice *notice = data;
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;
  g_autoptr (YejiRows) rows = NULL;
  g_autoptr (GError) failure = NULL;

  json_node_set_object (node, notice->details);
  text = yeji_json_print (node, FALSE);
  rows = yeji_sql_query (sql, error,
                         "SELECT details = ?2 FROM notice WHERE kind = ?1 ORDER BY id DESC LIMIT 1",
                         "ss", notice->kind, text);
  if (rows == NULL)
    return FALSE;
  if (yeji_rows_next (rows, &failure) && yeji_rows_int (rows, 0) != 0)
    return TRUE;
  g_clear_pointer (&rows, yeji_rows_free);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  notice->added = TRUE;
  return yeji_notice_write (sql, notice->kind, notice->details, error);
}

static gboolean
add_new_notice (YejiStore   *store,
                const char  *kind,
                JsonObject  *details,
                GError     **error)
{
  Notice notice = { kind, details };

  if (!yeji_db_run (yeji_store_get_db (store), run_add_notice, &notice, error))
    return FALSE;
  if (notice.added)
    yeji_store_announce_notice (store);
  return TRUE;
}

static gboolean
tell_damage (YejiStore  *store,
             GPtrArray  *flaws,
             GError    **error)
{
  g_autoptr (JsonObject) details = json_object_new ();
  JsonArray *texts = json_array_new ();

  for (guint i = 0; i < flaws->len; i++)
    {
      const YejiFlaw *flaw = g_ptr_array_index (flaws, i);

      if (flaw->kind != YEJI_FLAW_DOCUMENT
          && json_array_get_length (texts) < YEJI_NOTICE_MAX_NAMES)
        json_array_add_string_element (texts, flaw->text);
    }
  json_object_set_array_member (details, "flaws", texts);
  return json_array_get_length (texts) == 0
    || add_new_notice (store, YEJI_NOTICE_DAMAGED, details, error);
}

static gboolean
tell_documents (YejiStore  *store,
                GPtrArray  *flaws,
                GError    **error)
{
  g_autoptr (JsonObject) details = json_object_new ();
  JsonArray *documents = json_array_new ();
  gint64 count = 0;

  for (guint i = 0; i < flaws->len; i++)
    {
      const YejiFlaw *flaw = g_ptr_array_index (flaws, i);
      JsonObject *entry;

      if (flaw->kind != YEJI_FLAW_DOCUMENT || ++count > YEJI_NOTICE_MAX_NAMES)
        continue;
      entry = json_object_new ();
      json_object_set_string_member (entry, "uuid", flaw->uuid);
      json_object_set_string_member (entry, "name", flaw->name);
      json_object_set_string_member (entry, "slot", flaw->slot);
      json_object_set_string_member (entry, "filename", flaw->filename);
      json_array_add_object_element (documents, entry);
    }
  json_object_set_int_member (details, "count", count);
  json_object_set_array_member (details, "documents", documents);
  return count == 0 || add_new_notice (store, YEJI_NOTICE_DOCUMENTS_MISSING, details, error);
}

static gboolean
run_count (YejiSql   *sql,
           gpointer   data,
           GError   **error)
{
  JsonObject *details = data;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT (SELECT count (*) FROM record),"
                                              " (SELECT count (*) FROM attachment)", "");

  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  json_object_set_int_member (details, "records", yeji_rows_int (rows, 0));
  json_object_set_int_member (details, "documents", yeji_rows_int (rows, 1));
  return TRUE;
}

static gboolean
tell_sound (YejiStore  *store,
            GError    **error)
{
  JsonObject *details = json_object_new ();

  if (yeji_db_run (yeji_store_get_db (store), run_count, details, error))
    return yeji_store_add_notice (store, YEJI_NOTICE_CHECKED, details, error);
  json_object_unref (details);
  return FALSE;
}

static gboolean
is_check_due (Round *round)
{
  return yeji_store_is_unclean (round->store) || round->suspect
    || is_older (round->store, SETTING_CHECKED, DAYS_BETWEEN_CHECKS);
}

static gboolean
check (Round   *round,
       GError **error)
{
  YejiStore *store = round->store;
  g_autoptr (GPtrArray) flaws = NULL;

  flaws = yeji_store_verify (store, YEJI_DEPTH_QUICK, round->cancellable, error);
  if (flaws == NULL || !tell_damage (store, flaws, error) || !tell_documents (store, flaws, error))
    return FALSE;
  if (yeji_store_is_unclean (store) && flaws->len == 0 && !tell_sound (store, error))
    return FALSE;
  if (yeji_store_is_unclean (store)
      && !yeji_store_set_setting (store, YEJI_SESSION_UNCHECKED_SETTING, NULL, error))
    return FALSE;
  yeji_store_set_checked (store);
  return set_to_now (store, SETTING_CHECKED, error);
}

static gboolean
back_up (Round   *round,
         GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (JsonObject) details = NULL;

  if (yeji_store_backup_if_due (round->store, round->cancellable, NULL, &failure))
    return TRUE;
  if (!g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      /* Whatever it was: a backup reads everything, so the file may be the reason. */
      round->suspect = TRUE;
      details = json_object_new ();
      json_object_set_string_member (details, "message", failure->message);
      add_new_notice (round->store, YEJI_NOTICE_BACKUP_FAILED, details, NULL);
    }
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
expire_bin (Round   *round,
            GError **error)
{
  return yeji_store_expire_bin (round->store, error);
}

static gboolean
is_compaction_due (Round *round)
{
  return is_older (round->store, SETTING_COMPACTED, DAYS_BETWEEN_COMPACTIONS);
}

static gboolean
compact (Round   *round,
         GError **error)
{
  return yeji_store_compact_history (round->store, error)
    && set_to_now (round->store, SETTING_COMPACTED, error);
}

static gboolean
index_records (Round   *round,
               GError **error)
{
  return yeji_store_index_if_needed (round->store, round->cancellable, error)
    && yeji_store_merge_index (round->store, round->cancellable, error);
}

static gboolean
warm_index (Round   *round,
            GError **error)
{
  return yeji_store_warm_index (round->store, round->cancellable, error);
}

static gboolean
run_has_sealed (YejiSql   *sql,
                gpointer   data,
                GError   **error)
{
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT EXISTS (SELECT 1 FROM record WHERE instr (body, ?1) > 0)", "s",
                         YEJI_VAULT_PREFIX);
  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  *(gboolean *) data = yeji_rows_int (rows, 0) != 0;
  return TRUE;
}

static gboolean
is_nudge_due (Round *round)
{
  g_autofree char *told = yeji_store_get_setting (round->store, SETTING_NUDGED, NULL);

  return told == NULL && is_older (round->store, SETTING_UNLOCKED, DAYS_BEFORE_NUDGE);
}

/* Once, and not on the first day: who has just begun has other things to do. */
static gboolean
nudge (Round   *round,
       GError **error)
{
  YejiStore *store = round->store;
  g_autofree char *since = yeji_store_get_setting (store, SETTING_UNLOCKED, NULL);
  g_autoptr (YejiKeyStatus) status = yeji_store_get_key_status (store, error);
  gboolean has_sealed = FALSE;

  if (status == NULL)
    return FALSE;
  if (!status->has_passphrase && !status->has_recovery_code
      && !yeji_db_run (yeji_store_get_db (store), run_has_sealed, &has_sealed, error))
    return FALSE;
  if (!has_sealed)
    return since == NULL || yeji_store_set_setting (store, SETTING_UNLOCKED, NULL, error);
  if (since == NULL)
    return set_to_now (store, SETTING_UNLOCKED, error);
  return yeji_store_add_notice (store, YEJI_NOTICE_NO_RECOVERY_CODE, json_object_new (), error)
    && set_to_now (store, SETTING_NUDGED, error);
}

/* In this order: what is damaged is known before anything is deleted, and what is deleted is in a
 * backup. */
static const Chore chores[] = {
  { "check", is_check_due, check },
  { "pages that searches ask for", NULL, warm_index, TRUE },
  { "backup", NULL, back_up },
  { "check what the backup failed at", is_check_due, check },
  { "search index", NULL, index_records, TRUE },
  { "bin", NULL, expire_bin },
  { "history", is_compaction_due, compact },
  { "second key", is_nudge_due, nudge },
};

static void
forward_cancel (GCancellable *from,
                gpointer      to)
{
  g_cancellable_cancel (to);
}

static gboolean
run_round (Round   *round,
           GError **error)
{
  g_autoptr (GError) first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (chores); i++)
    {
      g_autoptr (GError) failure = NULL;

      if (g_cancellable_set_error_if_cancelled (round->cancellable, error))
        return FALSE;
      if ((round->brief && chores[i].can_wait)
          || (chores[i].is_due != NULL && !chores[i].is_due (round)))
        continue;
      if (chores[i].run (round, &failure))
        {
          if (chores[i].run == check)
            round->suspect = FALSE;
          continue;
        }
      g_message ("chore “%s”: %s", chores[i].name, failure->message);
      round->suspect |= g_error_matches (failure, YEJI_DB_ERROR, YEJI_DB_ERROR_DAMAGED);
      if (first == NULL)
        first = g_steal_pointer (&failure);
    }
  if (first == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

static gboolean
do_round (YejiStore     *self,
          gboolean       brief,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autoptr (GMutexLocker) locker = NULL;
  g_autoptr (GCancellable) either = NULL;
  GCancellable *closing;
  Round round = { self, NULL, brief };
  gulong wished = 0, closed;
  gboolean done;

  either = g_cancellable_new ();
  closing = yeji_store_get_closing (self);
  locker = g_mutex_locker_new (yeji_store_get_chores_mutex (self));
  if (cancellable != NULL)
    wished = g_cancellable_connect (cancellable, G_CALLBACK (forward_cancel), either, NULL);
  closed = g_cancellable_connect (closing, G_CALLBACK (forward_cancel), either, NULL);
  round.cancellable = either;
  done = run_round (&round, error);
  g_cancellable_disconnect (cancellable, wished);
  g_cancellable_disconnect (closing, closed);
  return done;
}

/**
 * yeji_store_do_chores:
 *
 * Does what is due: checks the profile after an unclean end and once a week, makes the daily
 * backup, completes the search index, lets the bin expire, compacts the history. Notices tell what
 * came of it. Never two rounds at once; a second one waits. Closing the store cancels it and waits
 * for it. A chore that fails keeps no other from being done. Blocks.
 *
 * Returns: %FALSE with the first failure, or with %G_IO_ERROR_CANCELLED
 */
gboolean
yeji_store_do_chores (YejiStore     *self,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);

  return do_round (self, FALSE, cancellable, error);
}

/**
 * yeji_store_do_brief_chores:
 *
 * Does the same for a program that ends after it, but leaves the search index to who looks for
 * something next: see yeji_store_index_if_needed().
 */
gboolean
yeji_store_do_brief_chores (YejiStore     *self,
                            GCancellable  *cancellable,
                            GError       **error)
{
  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);

  return do_round (self, TRUE, cancellable, error);
}

static void
run_task (GTask        *task,
          gpointer      source_object,
          gpointer      task_data,
          GCancellable *cancellable)
{
  GError *error = NULL;

  if (yeji_store_do_chores (source_object, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
yeji_store_do_chores_async (YejiStore           *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (YEJI_IS_STORE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, yeji_store_do_chores_async);
  g_task_run_in_thread (task, run_task);
}

gboolean
yeji_store_do_chores_finish (YejiStore     *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
