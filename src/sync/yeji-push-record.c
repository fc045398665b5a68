// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* The first half of a submission: the record itself. An answer may have been lost, another computer
 * may have been faster, and the province may have lost what it had. */

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-push-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "yeji-change-reader.h"
#include "yeji-conflicts.h"
#include "yeji-healing.h"
#include "yeji-revision.h"
#include "yeji-store-others.h"

/* What the reviewer reads of a submission that is withdrawn for a newer one that had been lost. */
#define WITHDRAWN_FOR_US "平台恢复了较早的数据，由客户端重新提交较新的版本。"

typedef YejiPush Push;

static char *
quote (const char *revision)
{
  return g_strconcat ("\"", revision, "\"", NULL);
}

static JsonObject *
get_current (YejiReply *reply)
{
  JsonObject *problem = yeji_json_node_object (reply->body);

  return problem != NULL ? yeji_json_get_object (problem, "current") : NULL;
}

static YejiReply *
put_body (Push        *self,
          const char  *base,
          GError     **error)
{
  const char *text = self->item->body;
  g_autofree char *tag = base != NULL ? quote (base) : g_strdup ("*");
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  return yeji_province_send (self->province, "PUT", self->path, body, "application/json",
                             self->cancellable, error, "Prefer", "return=minimal",
                             base != NULL ? "If-Match" : "If-None-Match", tag, NULL);
}

/**
 * yeji_push_is_restored:
 * @reply: 412 with what the province has
 *
 * Returns: whether the content that the province has is older than what it acknowledged, or has
 *   acknowledged in this very try: it was restored from a backup, and may have decided on that
 *   since. Since then it gives greater revisions only, so that nothing that was written after it is
 *   taken for older.
 */
gboolean
yeji_push_is_restored (Push      *self,
                       YejiReply *reply)
{
  JsonObject *current = get_current (reply);
  const char *content = current != NULL
                          ? yeji_json_get_string (current, YEJI_WIRE_MEMBER_CONTENT) : NULL;
  const char *revision = content != NULL ? content : reply->etag;
  gint64 number = yeji_revision_get_number (revision);

  if (reply->etag != NULL && self->revision != NULL
      && yeji_revision_get_number (reply->etag) < yeji_revision_get_number (self->revision))
    return TRUE;
  return number > 0
         && number < (content != NULL ? self->item->content : self->item->acknowledged);
}

/* What the province has makes room for what it had lost since an earlier try withdrew it. */
static gboolean
is_withdrawn_for_us (Push      *self,
                     YejiReply *reply)
{
  JsonObject *current = get_current (reply);

  return self->item->healed && current != NULL
         && g_strcmp0 (yeji_json_get_string (current, "state"), "withdrawn") == 0
         && g_strcmp0 (yeji_json_get_string (current, "message"), WITHDRAWN_FOR_US) == 0;
}

/* An older submission of what was lost is under review: it makes room for the newer one. */
static YejiReply *
withdraw_older (Push       *self,
                const char *revision,
                GError    **error)
{
  g_autofree char *path = g_strconcat (self->path, ":withdraw", NULL);
  g_autofree char *tag = quote (revision);
  g_autoptr (JsonNode) body = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (body, json_object_new ());
  json_object_set_string_member (json_node_get_object (body), "reason", WITHDRAWN_FOR_US);
  return yeji_province_call (self->province, "POST", path, body, self->cancellable, error,
                             "If-Match", tag, NULL);
}

/* The province has forgotten something: documents, too, maybe. Noted before, as this program may
 * end at any moment. */
static YejiReply *
write_over (Push        *self,
            const char  *revision,
            GError     **error)
{
  if (!yeji_store_forget_sent (self->store, self->item->uuid, self->item->seq, error))
    return NULL;
  self->written = self->forgotten = TRUE;
  return put_body (self, revision, error);
}

/* In the place of what the province has by mistake: nothing, or something older than it said. */
static YejiReply *
put_anew (Push        *self,
          YejiReply   *reply,
          GError     **error)
{
  const char *base = self->item->base_revision;
  g_autoptr (YejiReply) again = NULL;
  g_autofree char *revision = g_strdup (base);

  if (reply->status == SOUP_STATUS_NOT_FOUND && base != NULL)
    return write_over (self, NULL, error);
  if (reply->status == SOUP_STATUS_PRECONDITION_FAILED && reply->etag != NULL
      && (yeji_push_is_restored (self, reply) || is_withdrawn_for_us (self, reply)))
    {
      g_free (revision);
      revision = g_strdup (reply->etag);
      again = write_over (self, revision, error);
      if (again == NULL)
        return NULL;
      reply = again;
    }
  if (self->item->healed && !self->item->pushed && reply->status == SOUP_STATUS_CONFLICT
      && revision != NULL
      && g_str_equal (reply->refusal->kind, YEJI_WIRE_STATE))
    {
      g_autoptr (YejiReply) withdrawn = withdraw_older (self, revision, error);

      if (withdrawn == NULL)
        return NULL;
      if (withdrawn->status != SOUP_STATUS_OK || withdrawn->etag == NULL)
        return g_steal_pointer (&withdrawn);
      return write_over (self, withdrawn->etag, error);
    }
  return g_steal_pointer (&again);
}

/* A province that does not know a record that it once had is another one, or an older copy of
 * itself: there is nothing that could be overwritten. */
static YejiReply *
put_or_create (Push    *self,
               GError **error)
{
  g_autoptr (YejiReply) reply = put_body (self, self->item->base_revision, error);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiReply) again = NULL;

  if (reply == NULL)
    return NULL;
  again = put_anew (self, reply, &local_error);
  if (local_error == NULL)
    return again != NULL ? g_steal_pointer (&again) : g_steal_pointer (&reply);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static gboolean
is_content (Push       *self,
            YejiReply  *reply,
            const char *body)
{
  JsonObject *current = get_current (reply);
  JsonNode *node = current != NULL ? json_object_get_member (current, "record") : NULL;
  g_autoptr (YejiRecord) theirs = NULL;
  g_autoptr (YejiRecord) ours = NULL;
  g_autofree char *text = NULL;

  if (node == NULL || reply->etag == NULL)
    return FALSE;
  text = yeji_json_print (node, FALSE);
  theirs = yeji_store_read (self->store, text, NULL);
  ours = yeji_store_read (self->store, body, NULL);
  return theirs != NULL && ours != NULL && yeji_record_equal (theirs, ours);
}

/* A stale answer shows what the province has. If that is what we sent, an earlier try came
 * through. */
static gboolean
has_ours (Push      *self,
          YejiReply *reply)
{
  return is_content (self, reply, self->item->body);
}

/* Whether the enterprise may write it now. */
static gboolean
is_writable (const YejiAnswer *current)
{
  return g_str_equal (current->state, "draft") || g_str_equal (current->state, "returned")
         || g_str_equal (current->state, "withdrawn")
         || g_str_equal (current->state, "incomplete");
}

/**
 * yeji_push_take_current:
 * @reply: 412 with what the province has
 *
 * Takes over what somebody else of the enterprise wrote meanwhile. Where there is nothing to be
 * asked the merged record goes in place of this one. What both changed is a conflict, which the
 * clerk decides before submitting again.
 */
void
yeji_push_take_current (YejiPush  *self,
                        YejiReply *reply)
{
  JsonObject *current = get_current (reply);
  g_autoptr (YejiAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;

  answer = yeji_change_reader_read_current (current, self->item->uuid, reply->etag, NULL);
  if (answer == NULL || answer->record == NULL || yeji_push_is_restored (self, reply))
    return;                    /* what is older is merged with nothing */
  if (has_ours (self, reply))
    {
      self->words = N_("The province has this record just as it is here, and has said something of "
                       "it since: look at its answer, and submit again if need be.");
      return;
    }
  if (!yeji_store_merge_current (self->store, self->item->uuid,
                                 is_writable (answer) ? self->item->seq : 0, answer, &self->merged,
                                 &error))
    g_message ("what the province has of %s is not taken over: %s", self->item->uuid,
               error->message);
  else if (!is_writable (answer))
    self->words = N_("Another computer of your enterprise submitted this record meanwhile. What you"
                     " changed is kept here, together with what it sent: submit it again once the"
                     " province has returned the record, or withdraw the record first.");
  else
    self->words = N_("Another computer of your enterprise changed this record meanwhile. What it"
                     " changed is merged with what you changed: look at it, decide where both"
                     " changed the same, and submit again.");
}

/* What an earlier try had brought there and has another revision since went on: to our own
 * submission, maybe to its decision. The submission is of the revision that it was brought as:
 * where the province knows the key it answers as before, where not it submits nothing twice. */
static gboolean
note_revision (Push        *self,
               const char  *revision,
               GError     **error)
{
  const char *base = self->item->base_revision;

  g_free (self->revision);
  if (self->item->pushed && !self->written && base != NULL && !g_str_equal (base, revision))
    {
      self->revision = g_strdup (base);
      return TRUE;
    }
  self->revision = g_strdup (revision);
  return yeji_store_note_pushed (self->store, self->item->uuid, self->item->seq, revision, error);
}

static gboolean
is_state_refused (YejiReply *reply)
{
  return reply->status == SOUP_STATUS_CONFLICT
         && g_str_equal (reply->refusal->kind, YEJI_WIRE_STATE);
}

/* A record that is under review cannot be written. If our own submission brought it there, the
 * submission's key gets the lost answer once more; if not, submitting is refused just the same. */
static gboolean
is_maybe_submitted (Push      *self,
                    YejiReply *reply)
{
  return is_state_refused (reply) && self->item->base_revision != NULL;
}

/* What is there now may have been written after our own submission was taken and decided on, if an
 * earlier try got so far: the submission's key tells. Where it was not taken, submitting is stale
 * as well, and what is there is taken over then. */
static gboolean
is_maybe_taken (Push *self)
{
  return self->item->pushed && !self->written && self->item->base_revision != NULL;
}

static gboolean
is_reviewed (YejiReply *reply)
{
  JsonObject *current = get_current (reply);

  return current != NULL
         && g_strcmp0 (yeji_json_get_string (current, "state"), "submitted") == 0;
}

static gboolean
is_refused (const GError *error)
{
  return g_error_matches (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_REFUSED)
         || g_error_matches (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_STALE)
         || g_error_matches (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_FILE);
}

/* Nothing that is under review can be submitted: only a lost answer can come of it. */
static gboolean
ask_earlier (Push                  *self,
             const YejiOutboxItem  *item,
             gboolean              *found,
             GError               **error)
{
  g_auto (YejiPush) earlier = *self;
  g_autoptr (GError) reason = NULL;

  earlier.item = item;
  earlier.path = g_strdup (self->path);
  earlier.revision = g_strdup (item->base_revision != NULL ? item->base_revision : "r0");
  *found = yeji_push_submit (&earlier, &reason);
  if (*found || is_refused (reason))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

static gboolean
note_earlier (Push                  *self,
              const YejiOutboxItem  *item,
              YejiReply             *reply,
              gboolean              *found,
              GError               **error)
{
  *found = is_content (self, reply, item->body);
  return !*found
         || yeji_store_note_pushed (self->store, item->uuid, item->seq, reply->etag, error);
}

/* What a newer submission took the place of may have come through all the same: its submission is
 * asked about under its own key, which gets the lost answer; its content is what the newer one
 * follows.
 * @again: (out): the answer of another try, when there was something; else %NULL */
static gboolean
settle_earlier (Push        *self,
                YejiReply   *reply,
                YejiReply  **again,
                GError     **error)
{
  g_autoptr (GPtrArray) earlier = yeji_store_get_earlier (self->store, self->item->uuid,
                                                          self->item->seq, error);
  gboolean reviewed = is_state_refused (reply) || is_reviewed (reply);
  gboolean found = FALSE;

  if (earlier == NULL)
    return FALSE;
  for (guint i = 0; i < earlier->len && !found; i++)
    {
      const YejiOutboxItem *item = g_ptr_array_index (earlier, i);

      if (!(reviewed ? ask_earlier (self, item, &found, error)
                     : note_earlier (self, item, reply, &found, error)))
        return FALSE;
    }
  if (!found || reply->etag == NULL)
    return TRUE;
  self->written = TRUE;
  *again = put_body (self, reply->etag, error);
  return *again != NULL;
}

/* A record that changed, or is under review: by whom? */
static gboolean
look_closer (Push        *self,
             YejiReply   *reply,
             YejiReply  **again,
             GError     **error)
{
  gboolean stale = reply->status == SOUP_STATUS_PRECONDITION_FAILED;

  if (!stale && !is_state_refused (reply))
    return TRUE;
  if (stale && has_ours (self, reply))
    return TRUE;
  return settle_earlier (self, reply, again, error);
}

/* Whether the province went on since the clerk's copy, although it has the same content: what was
 * written by this request has the next revision. */
static gboolean
is_overtaken (Push       *self,
              YejiReply  *reply)
{
  gint64 base = yeji_revision_get_number (self->item->base_revision);

  return !self->item->pushed && !self->written && reply->status != SOUP_STATUS_CREATED
         && yeji_revision_get_number (reply->etag) > base + 1;
}

/* Another computer submitted the same content, maybe with other documents: its list is merged with
 * ours before ours is submitted. FALSE with an error, or when what is merged goes instead. */
static gboolean
take_documents (Push    *self,
                GError **error)
{
  g_autoptr (YejiReply) reply = yeji_province_call (self->province, "GET", self->path, NULL,
                                                    self->cancellable, error, NULL);
  g_autoptr (YejiAnswer) answer = NULL;
  gboolean older;

  if (reply == NULL || !yeji_reply_check (reply, error))
    return FALSE;
  answer = yeji_change_reader_read_record (reply, self->item->uuid, error);
  if (answer == NULL)
    return FALSE;
  older = answer->content != NULL
            ? yeji_revision_get_number (answer->content) < self->item->content
            : yeji_revision_get_number (answer->revision) < self->item->acknowledged;
  if (answer->record == NULL || !is_writable (answer) || older)
    return TRUE;
  /* Of what was never here an answer of ours got lost; a restored province counts from afar. */
  if (self->item->base_revision == NULL && g_str_equal (answer->state, "draft"))
    return TRUE;
  if (!yeji_store_merge_current (self->store, self->item->uuid, self->item->seq, answer,
                                 &self->merged, error))
    return FALSE;
  self->words = N_("Another computer of your enterprise changed this record meanwhile. What it"
                   " changed is merged with what you changed: look at it, decide where both"
                   " changed the same, and submit again.");
  g_set_error_literal (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_STALE,
                       "another computer was there");
  return FALSE;
}

/**
 * yeji_push_record:
 *
 * Brings the record of a submission to the province and notes its revision. May be called again
 * after any failure.
 */
gboolean
yeji_push_record (YejiPush  *self,
                  GError   **error)
{
  g_autoptr (YejiReply) first = put_or_create (self, error);
  g_autoptr (YejiReply) again = NULL;
  YejiReply *reply;

  if (first == NULL || !look_closer (self, first, &again, error))
    return FALSE;
  reply = again != NULL ? again : first;
  if (reply->status == SOUP_STATUS_PRECONDITION_FAILED && has_ours (self, reply))
    return (!is_overtaken (self, reply) || take_documents (self, error))
      && note_revision (self, reply->etag, error);
  if (reply->status == SOUP_STATUS_PRECONDITION_FAILED && !is_maybe_taken (self))
    yeji_push_take_current (self, reply);
  if (is_maybe_submitted (self, reply)
      || (reply->status == SOUP_STATUS_PRECONDITION_FAILED && is_maybe_taken (self)))
    {
      self->revision = g_strdup (self->item->base_revision);
      return TRUE;
    }
  if (!yeji_reply_check (reply, error))
    return FALSE;
  if ((reply->status == SOUP_STATUS_OK || reply->status == SOUP_STATUS_CREATED)
      && reply->etag != NULL)
    return (!is_overtaken (self, reply) || take_documents (self, error))
      && note_revision (self, reply->etag, error);
  g_set_error_literal (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE,
                       "no answer to be used: a record without a revision");
  return FALSE;
}

