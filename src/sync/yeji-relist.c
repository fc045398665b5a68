// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* What is done when the province has forgotten how far it had told its changes, as it has when it
 * was restored from a backup, and when it does not tell of a submission that it took. */

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-relist.h"

#include "yeji-change-reader.h"
#include "yeji-store-others.h"

/* The last change of each record counts, and where that brings a content the decision before it.
 *
 * Returns: (transfer full) (element-type YejiAnswer): a set */
static GHashTable *
choose (GPtrArray *answers)
{
  GHashTable *chosen = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) decided = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = answers->len; i-- > 0;)
    {
      YejiAnswer *answer = g_ptr_array_index (answers, i);
      gboolean is_last = g_hash_table_add (seen, answer->uuid);
      gboolean is_decision = !yeji_answer_brings_content (answer)
                             && g_hash_table_add (decided, answer->uuid);

      if (is_last || is_decision)
        g_hash_table_add (chosen, answer);
    }
  return chosen;
}

/* A decision does not tell the content on which it was made, if an earlier change did. */
static void
hand_down_records (GPtrArray *answers)
{
  g_autoptr (GHashTable) last = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < answers->len; i++)
    {
      YejiAnswer *answer = g_ptr_array_index (answers, i);
      YejiAnswer *before = g_hash_table_lookup (last, answer->uuid);

      if (before != NULL && answer->record == NULL
          && g_strcmp0 (answer->content, before->content) == 0)
        answer->record = g_steal_pointer (&before->record);
      g_hash_table_replace (last, answer->uuid, answer);
    }
}

/**
 * yeji_relist_reduce:
 * @answers: (element-type YejiAnswer) (transfer full): all changes, the oldest first
 *
 * Keeps what counts of each record's changes, so that a record does not go through its whole past
 * again: the last one, and where that tells of a content only, what was decided last. The record
 * that an earlier one brought stays with it, if it was not written since.
 *
 * Returns: (transfer full) (element-type YejiAnswer): in their order
 */
GPtrArray *
yeji_relist_reduce (GPtrArray *answers)
{
  g_autoptr (GHashTable) chosen = choose (answers);
  GPtrArray *reduced = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_answer_free);

  hand_down_records (answers);
  g_ptr_array_set_free_func (answers, NULL);
  for (guint i = 0; i < answers->len; i++)
    {
      YejiAnswer *answer = g_ptr_array_index (answers, i);

      if (g_hash_table_contains (chosen, answer))
        g_ptr_array_add (reduced, answer);
      else
        yeji_answer_free (answer);
    }
  g_ptr_array_unref (answers);
  return reduced;
}

/* What the province has of a record, or that it has nothing: only its own clear word counts. */
static YejiStanding *
ask (YejiProvince  *province,
     const char    *uuid,
     GCancellable  *cancellable,
     GError       **error)
{
  g_autofree char *path = g_strconcat ("/v1/records/", uuid, NULL);
  g_autoptr (YejiReply) reply = yeji_province_call (province, "GET", path, NULL, cancellable, error,
                                                    NULL);
  YejiAnswer *there;

  if (reply == NULL)
    return NULL;
  if (reply->status == SOUP_STATUS_NOT_FOUND
      && g_str_equal (reply->refusal->kind, YEJI_WIRE_NOT_FOUND))
    return yeji_standing_new (uuid, NULL);
  if (reply->status == SOUP_STATUS_GONE && g_str_equal (reply->refusal->kind, YEJI_WIRE_REMOVED)
      && reply->etag != NULL)
    {
      there = yeji_answer_new ();
      there->uuid = g_strdup (uuid);
      there->revision = g_strdup (reply->etag);
      there->state = g_strdup ("removed");
      there->message = g_strdup (reply->refusal->detail);
      return yeji_standing_new (uuid, there);
    }
  if (!yeji_reply_check (reply, error))
    return NULL;
  there = yeji_change_reader_read_record (reply, uuid, error);
  return there != NULL ? yeji_standing_new (uuid, there) : NULL;
}

static GPtrArray *
ask_all (YejiProvince  *province,
         GPtrArray     *uuids,
         GCancellable  *cancellable,
         GError       **error)
{
  g_autoptr (GPtrArray) standings = NULL;

  standings = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_standing_free);
  for (guint i = 0; i < uuids->len; i++)
    {
      YejiStanding *standing = ask (province, g_ptr_array_index (uuids, i), cancellable, error);

      if (standing == NULL)
        return NULL;
      g_ptr_array_add (standings, standing);
    }
  return g_steal_pointer (&standings);
}

static gboolean
apply (YejiStore     *store,
       YejiProvince  *province,
       GPtrArray     *answers,
       GPtrArray     *suspects,
       const char    *cursor,
       const char    *restored_at,
       GCancellable  *cancellable,
       GError       **error)
{
  g_autoptr (GPtrArray) standings = ask_all (province, suspects, cancellable, error);
  YejiHealing healing;

  if (standings == NULL
      || !yeji_store_apply_listing (store, answers, standings, cursor, restored_at, &healing,
                                    error))
    return FALSE;
  if (healing.n_resent + healing.n_returned + healing.n_others > 0)
    g_message ("the province has lost something: %u are sent again, %u returns, %u others",
               healing.n_resent, healing.n_returned, healing.n_others);
  return TRUE;
}

/**
 * yeji_relist_apply:
 * @answers: (element-type YejiAnswer): of yeji_relist_reduce()
 * @cursor: behind all of them
 * @restored_at: (nullable): since when the province counts anew
 *
 * Compares all that the province lists with what it had acknowledged, asks about what is missing or
 * older, and brings that to the outbox again as yeji_store_apply_listing() does. Until that is
 * stored the old cursor stays. Fails as yeji_province_send() and yeji_reply_check() do, and as the
 * store does.
 */
gboolean
yeji_relist_apply (YejiStore     *store,
                   YejiProvince  *province,
                   GPtrArray     *answers,
                   const char    *cursor,
                   const char    *restored_at,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autoptr (GPtrArray) suspects = yeji_store_find_suspects (store, answers, error);

  return suspects != NULL
         && apply (store, province, answers, suspects, cursor, restored_at, cancellable, error);
}

static gboolean
has_text (GPtrArray  *texts,
          const char *text)
{
  for (guint i = 0; i < texts->len; i++)
    if (g_str_equal (g_ptr_array_index (texts, i), text))
      return TRUE;
  return FALSE;
}

/**
 * yeji_relist_check:
 * @before: (element-type utf8): what yeji_store_find_unlisted() found before all changes were
 *     fetched
 *
 * Asks about submissions that were taken before and that the changes still do not tell of. A
 * province that was restored between the two has lost them. Fails as yeji_relist_apply() does.
 */
gboolean
yeji_relist_check (YejiStore     *store,
                   YejiProvince  *province,
                   GPtrArray     *before,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) still = NULL;

  if (before->len == 0)
    return TRUE;
  still = yeji_store_find_unlisted (store, error);
  if (still == NULL)
    return FALSE;
  for (guint i = still->len; i > 0; i--)
    if (!has_text (before, g_ptr_array_index (still, i - 1)))
      g_ptr_array_remove_index (still, i - 1);
  return still->len == 0
         || apply (store, province, none, still, NULL, NULL, cancellable, error);
}
