// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* A province may come back from a backup and know less than it had said. What was submitted here
 * is sent again just as it was; what the clerk typed since stays; what the province has beyond
 * that is never overwritten. Revisions decide: a restored province gives none that it may have
 * given before. */

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-healing.h"

#include <string.h>

#include "yeji-clock.h"
#include "yeji-healing-private.h"
#include "yeji-notice-private.h"
#include "yeji-revision.h"
#include "yeji-store-private.h"
#include "yeji-store-seal.h"

/* A record with a receipt of the present account, or with none in a profile that never had another
 * account: others are not this province's. */
#define OURS_SQL \
  "(EXISTS (SELECT 1 FROM receipt t WHERE t.record = r.uuid AND t.place = " YEJI_PLACE_SQL ")" \
  " OR NOT EXISTS (SELECT 1 FROM receipt t WHERE t.place IS NOT " YEJI_PLACE_SQL "))"

/* What becomes of a record, for the notice. */
typedef enum
{
  FATE_NONE,
  FATE_RESENT,
  FATE_RETURNED,
  FATE_KEPT,
  FATE_OTHER,
  N_FATES
} Fate;

static const char * const fate_names[N_FATES] = {
  [FATE_RESENT] = "resent",
  [FATE_RETURNED] = "returned",
  [FATE_KEPT] = "kept",
  [FATE_OTHER] = "others",
};

typedef struct
{
  YejiStore *store;
  GPtrArray *answers;          /* (element-type YejiAnswer) (nullable) */
  GPtrArray *standings;        /* (element-type YejiStanding) (nullable) */
  GPtrArray *found;            /* (element-type utf8) (nullable) */
  const char *cursor;
  const char *restored_at;
  char *now;
  JsonArray *names[N_FATES];
  guint counts[N_FATES];
} Listing;

/* What is known here of a record. */
typedef struct
{
  char *name;
  char *state;                 /* (nullable): the wire's word */
  char *revision;              /* (nullable) */
  gint64 acknowledged;
  gint64 content;
  gboolean queued;
  gboolean kept;               /* exactly what was submitted is here */
} Known;

static void
known_clear (Known *known)
{
  g_free (known->name);
  g_free (known->state);
  g_free (known->revision);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Known, known_clear)

/* Whether what is in it is older than what was there once; where nobody says, it is not. */
static gboolean
is_content_older (const YejiAnswer *there,
                  gint64            content)
{
  return there->content != NULL && yeji_revision_get_number (there->content) < content;
}

/* ---- What to look at */

static gboolean
collect (YejiRows   *rows,
         GPtrArray  *found,
         GError    **error)
{
  g_autoptr (GError) local_error = NULL;

  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &local_error))
    g_ptr_array_add (found, yeji_rows_dup_text (rows, 0));
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
run_find_unlisted (YejiSql   *sql,
                   gpointer   data,
                   GError   **error)
{
  Listing *listing = data;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         /* of each pull: nothing but what is found is read */
                         "SELECT uuid FROM record r INDEXED BY record_unlisted"
                         " WHERE server_state = 'submitted'"
                         " AND acknowledged > coalesce (listed, 0) AND " OURS_SQL
                         " AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.uuid = r.uuid)", "");
  return collect (rows, listing->found, error);
}

static gboolean
run_find_suspects (YejiSql   *sql,
                   gpointer   data,
                   GError   **error)
{
  Listing *listing = data;
  g_autoptr (GHashTable) listed = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  for (guint i = 0; i < listing->answers->len; i++)
    {
      YejiAnswer *answer = g_ptr_array_index (listing->answers, i);

      g_hash_table_insert (listed, answer->uuid, answer);
    }
  rows = yeji_sql_query (sql, error,
                         "SELECT uuid, acknowledged, coalesce (content_revision, 0) FROM record r"
                         " WHERE server_state IS NOT NULL AND acknowledged > 0 AND " OURS_SQL, "");
  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &local_error))
    {
      const YejiAnswer *answer = g_hash_table_lookup (listed, yeji_rows_text (rows, 0));

      if (answer == NULL || yeji_revision_get_number (answer->revision) < yeji_rows_int (rows, 1)
          || is_content_older (answer, yeji_rows_int (rows, 2)))
        g_ptr_array_add (listing->found, yeji_rows_dup_text (rows, 0));
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static GPtrArray *
find (YejiStore   *self,
      YejiDbFunc   func,
      GPtrArray   *answers,
      GError     **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  Listing listing = { .store = self, .answers = answers, .found = found };

  if (!yeji_db_run (yeji_store_get_db (self), func, &listing, error))
    return NULL;
  return g_steal_pointer (&found);
}

/**
 * yeji_store_find_unlisted:
 *
 * Finds what the province took as submitted, but did not tell in its changes yet. Blocks.
 *
 * Returns: (transfer full) (nullable) (element-type utf8): uuids
 */
GPtrArray *
yeji_store_find_unlisted (YejiStore  *self,
                          GError    **error)
{
  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);

  return find (self, run_find_unlisted, NULL, error);
}

/**
 * yeji_store_find_suspects:
 * @answers: (element-type YejiAnswer): what counts of each record's changes, the oldest first
 *
 * Finds the records of which the province once said more than it does now. Blocks.
 *
 * Returns: (transfer full) (nullable) (element-type utf8): uuids
 */
GPtrArray *
yeji_store_find_suspects (YejiStore  *self,
                          GPtrArray  *answers,
                          GError    **error)
{
  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);
  g_return_val_if_fail (answers != NULL, NULL);

  return find (self, run_find_suspects, answers, error);
}

/* ---- One record */

/* The body that was sent stays as the base until the province decides. */
static gboolean
read_known (YejiStore   *self,
            YejiSql     *sql,
            const char  *uuid,
            Known       *known,
            GError     **error)
{
  g_autoptr (YejiRows) rows = NULL;
  g_autofree char *body = NULL;
  g_autofree char *sum = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT name, server_state, coalesce (acknowledged, 0),"
                         " EXISTS (SELECT 1 FROM outbox o WHERE o.uuid = r.uuid), base_body,"
                         " (SELECT sum FROM receipt t WHERE t.record = r.uuid"
                         "  AND t.place IS " YEJI_PLACE_SQL
                         "  ORDER BY submitted_at DESC LIMIT 1), revision,"
                         " coalesce (content_revision, 0) FROM record r WHERE uuid = ?1",
                         "s", uuid);
  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  known->name = yeji_rows_dup_text (rows, 0);
  known->state = yeji_rows_dup_text (rows, 1);
  known->acknowledged = yeji_rows_int (rows, 2);
  known->queued = yeji_rows_int (rows, 3) != 0;
  known->revision = yeji_rows_dup_text (rows, 6);
  known->content = yeji_rows_int (rows, 7);
  if (yeji_rows_is_null (rows, 4) || yeji_rows_is_null (rows, 5))
    return TRUE;
  body = yeji_store_open_body (self, yeji_rows_text (rows, 4));
  sum = yeji_store_sum_body (body);
  known->kept = g_str_equal (sum, yeji_rows_text (rows, 5));
  return TRUE;
}

/* Where the province has nothing, the record is told to be there no more. */
static gboolean
set_standing (YejiStore           *store,
              YejiSql             *sql,
              const YejiStanding  *standing,
              GError             **error)
{
  const YejiAnswer *there = standing->there;

  if (there != NULL && !yeji_store_write_answer (store, sql, standing->uuid, there, error))
    return FALSE;
  if (there == NULL
      && !yeji_sql_exec (sql, error,
                         "UPDATE record SET server_state = 'removed', revision = NULL,"
                         " grade = NULL,"
                         " office = NULL, reviewer = NULL, message = NULL WHERE uuid = ?1", "s",
                         standing->uuid))
    return FALSE;
  /* the revision of the content stays: what is older than that is merged with nothing */
  return yeji_sql_exec (sql, error,
                        "UPDATE record SET listed = 0,"
                        " acknowledged = coalesce (" YEJI_REVISION_NUMBER ("revision") ", 0)"
                        " WHERE uuid = ?1", "s", standing->uuid);
}

/* What the clerk was told stays with the record; only what is sent next knows better. */
static gboolean
set_revision (YejiSql             *sql,
              const YejiStanding  *standing,
              GError             **error)
{
  const char *revision = standing->there != NULL ? standing->there->revision : NULL;

  return yeji_sql_exec (sql, error,
                        "UPDATE record SET revision = ?2, listed = 0, acknowledged ="
                        " coalesce (" YEJI_REVISION_NUMBER ("?2") ", 0) WHERE uuid = ?1",
                        "ss", standing->uuid, revision)
    && yeji_sql_exec (sql, error,
                      "UPDATE outbox SET base_revision = ?2, pushed = 0 WHERE uuid = ?1", "ss",
                      standing->uuid, revision);
}

/* The same content under the same key: if the province knows it after all, it says so. */
static gboolean
send_again (Listing             *listing,
            YejiSql             *sql,
            const YejiStanding  *standing,
            GError             **error)
{
  g_autofree char *key = g_uuid_string_random ();

  return set_standing (listing->store, sql, standing, error)
    && yeji_sql_exec (sql, error,
                      "INSERT INTO outbox (uuid, body, digest, files, key, base_revision,"
                      " queued_at, healed) SELECT uuid, base_body, base_digest, t.files,"
                      " iif (t.key IS NULL OR t.key IN (SELECT key FROM outbox), ?2, t.key),"
                      " r.revision, ?3, 1 FROM record r JOIN receipt t ON t.record = r.uuid"
                      " WHERE uuid = ?1 AND t.place IS " YEJI_PLACE_SQL
                      " ORDER BY t.submitted_at DESC LIMIT 1",
                      "sss", standing->uuid, key, listing->now)
    && yeji_sql_exec (sql, error, "UPDATE attachment SET received_at = NULL WHERE record = ?1", "s",
                      standing->uuid)
    && yeji_sql_exec (sql, error, "UPDATE transfer SET url = NULL, sent = 0 WHERE record = ?1", "s",
                      standing->uuid);
}

static gboolean
heal_submitted (Listing             *listing,
                YejiSql             *sql,
                const YejiStanding  *standing,
                const Known         *known,
                Fate                *fate,
                GError             **error)
{
  if (known->queued)
    {
      *fate = FATE_RESENT;
      return set_standing (listing->store, sql, standing, error)
             && set_revision (sql, standing, error);
    }
  if (known->kept)
    {
      *fate = FATE_RESENT;
      return send_again (listing, sql, standing, error);
    }
  *fate = FATE_OTHER;
  return set_standing (listing->store, sql, standing, error);
}

/* What was returned is the clerk's: it is mended and submitted as if nothing had happened. Only
 * where the province reviews it again, it is out of the clerk's hands; the points stay. */
static gboolean
heal_returned (Listing             *listing,
               YejiSql             *sql,
               const YejiStanding  *standing,
               const Known         *known,
               Fate                *fate,
               GError             **error)
{
  gboolean reviewed = standing->there != NULL
                      && g_str_equal (standing->there->state, "submitted");

  *fate = FATE_RETURNED;
  if (!set_revision (sql, standing, error))
    return FALSE;
  return !reviewed
         || yeji_sql_exec (sql, error,
                           "UPDATE record SET server_state = 'submitted' WHERE uuid = ?1", "s",
                           standing->uuid);
}

static gboolean
heal_withdrawn (Listing             *listing,
                YejiSql             *sql,
                const YejiStanding  *standing,
                const Known         *known,
                Fate                *fate,
                GError             **error)
{
  gboolean reviewed = standing->there != NULL
                      && g_str_equal (standing->there->state, "submitted");

  *fate = reviewed ? FATE_OTHER : FATE_NONE;
  return reviewed
         ? set_standing (listing->store, sql, standing, error)
         : set_revision (sql, standing, error);
}

static gboolean
heal_decided (Listing             *listing,
              YejiSql             *sql,
              const YejiStanding  *standing,
              const Known         *known,
              Fate                *fate,
              GError             **error)
{
  *fate = standing->there != NULL || !g_str_equal (known->state, "removed") ? FATE_OTHER
                                                                            : FATE_NONE;
  return set_standing (listing->store, sql, standing, error);
}

/* By what the province had said last. */
static const struct
{
  const char *state;
  gboolean (*heal) (Listing             *listing,
                    YejiSql             *sql,
                    const YejiStanding  *standing,
                    const Known         *known,
                    Fate                *fate,
                    GError             **error);
} healers[] = {
  { "submitted", heal_submitted },
  { "in_review", heal_submitted },
  { "returned", heal_returned },
  { "incomplete", heal_returned },
  { "withdrawn", heal_withdrawn },
  { "draft", heal_withdrawn },
};

static gboolean
heal (Listing             *listing,
      YejiSql             *sql,
      const YejiStanding  *standing,
      const Known         *known,
      Fate                *fate,
      GError             **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (healers); i++)
    if (g_strcmp0 (healers[i].state, known->state) == 0)
      return healers[i].heal (listing, sql, standing, known, fate, error);
  return heal_decided (listing, sql, standing, known, fate, error);
}

static void
add_name (Listing    *listing,
          const char *uuid,
          const char *name,
          Fate        fate)
{
  JsonObject *record;

  if (listing->counts[fate]++ >= YEJI_NOTICE_MAX_NAMES)
    return;
  record = json_object_new ();
  json_object_set_string_member (record, "uuid", uuid);
  json_object_set_string_member (record, "name", name);
  json_array_add_object_element (listing->names[fate], record);
}

static gboolean
mark_listed (YejiSql             *sql,
             const YejiStanding  *standing,
             GError             **error)
{
  return yeji_sql_exec (sql, error, "UPDATE record SET listed = acknowledged WHERE uuid = ?1", "s",
                        standing->uuid);
}

static gboolean
apply_standing (Listing             *listing,
                YejiSql             *sql,
                const YejiStanding  *standing,
                GError             **error)
{
  const YejiAnswer *there = standing->there;
  g_auto (Known) known = { NULL };
  Fate fate = FATE_NONE;
  gboolean older, kept = FALSE;

  if (!read_known (listing->store, sql, standing->uuid, &known, error))
    return FALSE;
  older = there == NULL || yeji_revision_get_number (there->revision) < known.acknowledged;
  if (!older && !is_content_older (there, known.content))
    {
      if ((g_strcmp0 (there->state, known.state) != 0
           || g_strcmp0 (there->revision, known.revision) != 0)
          && !yeji_store_apply_answer (listing->store, sql, there, TRUE, listing->now, &kept, error))
        return FALSE;
      if (kept)
        add_name (listing, standing->uuid, known.name, FATE_KEPT);
      return mark_listed (sql, standing, error);
    }
  g_message ("%s: the province has %s in place of %s r%" G_GINT64_FORMAT, standing->uuid,
             there != NULL ? there->revision : "nothing", known.state, known.acknowledged);
  if (!older)
    {
      /* It has decided since, on an older content than the one that it had: what it says counts,
       * and what is here stays. */
      fate = there->record != NULL ? FATE_KEPT : FATE_OTHER;
      if (!yeji_store_apply_answer (listing->store, sql, there, TRUE, listing->now, &kept, error))
        return FALSE;
    }
  else if (!heal (listing, sql, standing, &known, &fate, error)
           /* what goes again by itself is what the province is about to have */
           || (fate != FATE_RESENT
               && !yeji_store_take_base (listing->store, sql, standing->uuid, there, error)))
    return FALSE;
  if (fate != FATE_NONE)
    add_name (listing, standing->uuid, known.name, fate);
  return yeji_store_move_editable (listing->store, sql, standing->uuid, listing->now, error);
}

/* ---- All of them */

static gboolean
is_standing (Listing    *listing,
             const char *uuid)
{
  for (guint i = 0; listing->standings != NULL && i < listing->standings->len; i++)
    if (g_str_equal (((YejiStanding *) g_ptr_array_index (listing->standings, i))->uuid, uuid))
      return TRUE;
  return FALSE;
}

/* What is known already is not written once more.
 * @name: (out): of the record, if it is here */
static gboolean
is_known (YejiSql           *sql,
          const YejiAnswer  *answer,
          gboolean          *known,
          char             **name,
          GError           **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT name, revision IS ?2 AND server_state IS ?3"
                         " AND answered_at IS ?4 AND grade IS ?5 AND office IS ?6"
                         " AND reviewer IS ?7 FROM record WHERE uuid = ?1", "sssssss",
                         answer->uuid, answer->revision, answer->state, answer->at, answer->grade,
                         answer->office, answer->reviewer);
  if (rows == NULL)
    return FALSE;
  *known = FALSE;
  if (yeji_rows_next (rows, &local_error))
    {
      *name = yeji_rows_dup_text (rows, 0);
      *known = yeji_rows_int (rows, 1) != 0;
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
apply_listed (Listing           *listing,
              YejiSql           *sql,
              const YejiAnswer  *answer,
              GError           **error)
{
  gboolean known, kept = FALSE;
  g_autofree char *name = NULL;

  if (is_standing (listing, answer->uuid))
    return TRUE;
  if (!is_known (sql, answer, &known, &name, error)
      || !(known
           ? yeji_store_mark_listed (sql, answer, error)
           : yeji_store_apply_answer (listing->store, sql, answer, FALSE, listing->now, &kept,
                                      error)))
    return FALSE;
  if (kept)
    add_name (listing, answer->uuid, name, FATE_KEPT);
  return TRUE;
}

static guint
count_told (const Listing *listing)
{
  guint n = 0;

  for (guint fate = FATE_NONE + 1; fate < N_FATES; fate++)
    n += listing->counts[fate];
  return n;
}

static gboolean
write_notice (Listing  *listing,
              YejiSql  *sql,
              GError  **error)
{
  g_autoptr (JsonObject) details = json_object_new ();

  if (count_told (listing) == 0)
    return TRUE;
  if (listing->restored_at != NULL)
    json_object_set_string_member (details, "restored_at", listing->restored_at);
  for (guint fate = FATE_NONE + 1; fate < N_FATES; fate++)
    {
      JsonObject *part = json_object_new ();

      json_object_set_int_member (part, "count", listing->counts[fate]);
      json_object_set_array_member (part, "records", json_array_ref (listing->names[fate]));
      json_object_set_object_member (details, fate_names[fate], part);
    }
  return yeji_notice_write (sql, YEJI_NOTICE_PROVINCE_RESTORED, details, error);
}

/* That a restored province lists a document no more does not say that somebody took it out. */
static gboolean
forget_documents (YejiSql  *sql,
                  GError  **error)
{
  return yeji_sql_exec (sql, error,
                        "UPDATE record SET base_files = NULL, files_revision = NULL"
                        " WHERE base_files IS NOT NULL", "");
}

static gboolean
run_apply (YejiSql   *sql,
           gpointer   data,
           GError   **error)
{
  Listing *listing = data;

  if (!forget_documents (sql, error))
    return FALSE;
  for (guint i = 0; i < listing->answers->len; i++)
    if (!apply_listed (listing, sql, g_ptr_array_index (listing->answers, i), error))
      return FALSE;
  for (guint i = 0; i < listing->standings->len; i++)
    if (!apply_standing (listing, sql, g_ptr_array_index (listing->standings, i), error))
      return FALSE;
  return write_notice (listing, sql, error)
         && (listing->cursor == NULL || yeji_store_write_cursor (sql, listing->cursor, error));
}

static void
announce (Listing *listing)
{
  guint n = listing->answers->len + listing->standings->len;

  if (n > 0)
    yeji_store_announce (listing->store, NULL);
  if (count_told (listing) > 0)
    yeji_store_announce_notice (listing->store);
}

/**
 * yeji_store_apply_listing:
 * @answers: (element-type YejiAnswer): what counts of each record's changes, the oldest first, when
 *     all were listed anew
 * @standings: (element-type YejiStanding): what the province has of those that
 *     yeji_store_find_suspects() or yeji_store_find_unlisted() found
 * @cursor: (nullable): where to go on; %NULL leaves it
 * @restored_at: (nullable): since when the province is another one, if it said so
 * @healing: (out caller-allocates): what was found
 *
 * Takes over what the province says after it may have lost something, and the cursor, in one
 * transaction. What it had taken as submitted and lost is put into the outbox again, exactly as it
 * was sent; what was typed since stays. A notice tells of it. Blocks.
 *
 * Returns: %FALSE with nothing taken over
 */
gboolean
yeji_store_apply_listing (YejiStore    *self,
                          GPtrArray    *answers,
                          GPtrArray    *standings,
                          const char   *cursor,
                          const char   *restored_at,
                          YejiHealing  *healing,
                          GError      **error)
{
  g_autofree char *now = yeji_clock_now ();
  Listing listing = { self, answers, standings, NULL, cursor, restored_at, now };
  gboolean applied;

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (answers != NULL && standings != NULL, FALSE);

  for (guint i = 0; i < N_FATES; i++)
    listing.names[i] = json_array_new ();
  applied = yeji_db_run (yeji_store_get_db (self), run_apply, &listing, error);
  if (applied)
    announce (&listing);
  *healing = (YejiHealing) { listing.counts[FATE_RESENT], listing.counts[FATE_RETURNED],
                             listing.counts[FATE_KEPT] + listing.counts[FATE_OTHER] };
  for (guint i = 0; i < N_FATES; i++)
    json_array_unref (listing.names[i]);
  return applied;
}

/* ---- What is withdrawn or removed */

/* What the clerk does not know yet is a notice, as the record may be out of sight. */
static const struct
{
  const char *state;
  const char *kind;
} tidings[] = {
  { "removed", YEJI_NOTICE_RECORD_REMOVED },
  { "withdrawn", YEJI_NOTICE_RECORD_WITHDRAWN },
};

static gboolean
tell (YejiSql           *sql,
      const YejiAnswer  *answer,
      const char        *kind,
      GError           **error)
{
  g_autoptr (JsonObject) details = json_object_new ();
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT name FROM record WHERE uuid = ?1 AND server_state IS NOT ?2", "ss",
                         answer->uuid, answer->state);
  if (rows == NULL)
    return FALSE;
  if (yeji_rows_next (rows, &local_error))
    {
      json_object_set_string_member (details, "uuid", answer->uuid);
      json_object_set_string_member (details, "name", yeji_rows_text (rows, 0));
      if (answer->message != NULL)
        json_object_set_string_member (details, "message", answer->message);
      return yeji_notice_write (sql, kind, details, error);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * yeji_store_tell_removal: (skip)
 * @answer: before it is written
 *
 * Writes a notice when a record was withdrawn or removed at the province and is not known to be.
 */
gboolean
yeji_store_tell_removal (YejiSql           *sql,
                         const YejiAnswer  *answer,
                         GError           **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (tidings); i++)
    if (g_str_equal (tidings[i].state, answer->state))
      return tell (sql, answer, tidings[i].kind, error);
  return TRUE;
}

typedef struct
{
  YejiStore *store;
  const YejiAnswer *answer;
  char *now;
} Noting;

/* What was asked for from here is no news. */
static gboolean
run_note_answer (YejiSql   *sql,
                 gpointer   data,
                 GError   **error)
{
  Noting *noting = data;
  gboolean kept;

  return yeji_sql_exec (sql, error, "UPDATE record SET server_state = ?2 WHERE uuid = ?1", "ss",
                        noting->answer->uuid, noting->answer->state)
         && yeji_store_apply_answer (noting->store, sql, noting->answer, FALSE, noting->now, &kept,
                                     error);
}

/**
 * yeji_store_note_answer:
 * @answer: what the province answered to what was asked of it for one record
 *
 * Takes over an answer, as the changes will tell it, too. Blocks.
 */
gboolean
yeji_store_note_answer (YejiStore         *self,
                        const YejiAnswer  *answer,
                        GError           **error)
{
  g_autofree char *now = yeji_clock_now ();
  Noting noting = { self, answer, now };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (answer != NULL && answer->uuid != NULL, FALSE);

  if (!yeji_db_run (yeji_store_get_db (self), run_note_answer, &noting, error))
    return FALSE;
  yeji_store_announce (self, answer->uuid);
  return TRUE;
}

/**
 * yeji_standing_new:
 * @there: (nullable) (transfer full)
 *
 * Returns: (transfer full): what the province has of a record now
 */
YejiStanding *
yeji_standing_new (const char *uuid,
                   YejiAnswer *there)
{
  YejiStanding *self = g_new0 (YejiStanding, 1);

  self->uuid = g_strdup (uuid);
  self->there = there;
  return self;
}

/**
 * yeji_standing_free:
 * @self: (nullable) (transfer full)
 */
void
yeji_standing_free (YejiStanding *self)
{
  if (self == NULL)
    return;
  g_free (self->uuid);
  yeji_answer_free (self->there);
  g_free (self);
}
