// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* A reviewer who pressed the wrong key takes his decision back within a minute. The record waits as
 * it did, the public page shows what it showed, and nothing has gone on to the national platform.
 * The enterprise may have heard of the decision already: it hears of this, too. */

#define G_LOG_DOMAIN "yeji-reviews"

#include "config.h"

#include "yeji-review-undo.h"

#include "yeji-clock.h"
#include "yeji-json.h"
#include "yeji-publication.h"
#include "yeji-push-queue.h"
#include "yeji-review-case.h"

/* What a decision changes of a record, beside its content. */
static const struct
{
  const char *name;
  gsize offset;
} members[] = {
  { "state", G_STRUCT_OFFSET (YejiCase, state) },
  { "grade", G_STRUCT_OFFSET (YejiCase, grade) },
  { "office", G_STRUCT_OFFSET (YejiCase, office) },
  { "reviewer", G_STRUCT_OFFSET (YejiCase, reviewer) },
  { "message", G_STRUCT_OFFSET (YejiCase, message) },
  { "points", G_STRUCT_OFFSET (YejiCase, points) },
  { "approved_at", G_STRUCT_OFFSET (YejiCase, approved_at) },
  { "files_due_at", G_STRUCT_OFFSET (YejiCase, files_due_at) },
  { "body", G_STRUCT_OFFSET (YejiCase, body) },
};

static void
set_text (JsonObject *object,
          const char *member,
          const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, member, text);
  else
    json_object_set_null_member (object, member);
}

/**
 * yeji_undo_remember:
 * @found: before anything of it is changed
 *
 * Returns: (transfer full) (nullable): as JSON, what taking a decision back needs
 */
char *
yeji_undo_remember (YejiSql   *sql,
                    YejiCase  *found,
                    GError   **error)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *shown = yeji_publication_keep (sql, found->uuid, error);
  JsonObject *object = json_object_new ();

  json_node_take_object (node, object);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    set_text (object, members[i].name, *(char **) G_STRUCT_MEMBER_P (found, members[i].offset));
  if (shown == NULL)
    return NULL;
  json_object_set_string_member (object, "publication", shown);
  return yeji_json_print (node, FALSE);
}

/**
 * yeji_undo_find:
 * @events: (element-type YejiReviewEventRow): what was done to the record
 * @until: (out) (transfer full) (nullable): until when it can be taken back
 *
 * Returns: (nullable): the decision that can be taken back: the last thing that was done, if its
 *   minute is not over and the record was not touched since
 */
const YejiReviewEventRow *
yeji_undo_find (GPtrArray  *events,
                YejiCase   *found,
                char      **until)
{
  g_autofree char *earliest = yeji_clock_after (-YEJI_UNDO_SECONDS);
  const YejiReviewEventRow *last = events->len > 0
                                     ? g_ptr_array_index (events, events->len - 1) : NULL;
  g_autoptr (GDateTime) at = NULL;
  g_autoptr (GDateTime) end = NULL;
  g_autofree char *text = NULL;

  *until = NULL;
  if (last == NULL || last->event.before == NULL || last->event.revision != found->revision
      || g_strcmp0 (last->event.at, earliest) <= 0)
    return NULL;
  at = g_date_time_new_from_iso8601 (last->event.at, NULL);
  if (at == NULL)
    return NULL;
  end = g_date_time_add_seconds (at, YEJI_UNDO_SECONDS);
  text = g_date_time_format (end, "%Y-%m-%dT%H:%M:%S");
  *until = g_strdup_printf ("%s.%03dZ", text, g_date_time_get_microsecond (end) / 1000);
  return last;
}

/* The content and everything that was said of it; NULL with an error. */
static YejiRecord *
put_back (YejiCase           *found,
          YejiServerContext  *context,
          JsonObject         *before,
          GError            **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      char **member = G_STRUCT_MEMBER_P (found, members[i].offset);

      g_free (*member);
      *member = g_strdup (yeji_json_get_string (before, members[i].name));
    }
  found->text = g_strdup (found->body);
  return yeji_case_read_record (found, context, NULL, error);
}

static gboolean
take_back (YejiServerContext         *context,
           YejiSql                   *sql,
           YejiRequest               *request,
           YejiCase                  *found,
           const YejiReviewEventRow  *decision,
           GError                   **error)
{
  gboolean approved = g_str_equal (decision->event.kind, YEJI_EVENT_APPROVED);
  g_autofree char *office = yeji_account_get_office (request->account, context->offices);
  g_autoptr (JsonNode) node = yeji_json_parse (decision->event.before, -1, error);
  JsonObject *before = node != NULL ? yeji_json_node_object (node) : NULL;
  g_autoptr (YejiRecord) record = before != NULL ? put_back (found, context, before, error) : NULL;
  YejiReviewEvent event = {
    .record = found->uuid, .kind = YEJI_EVENT_UNDONE, .account = request->account->name,
    .reviewer = request->account->display_name, .office = office,
  };

  /* a return has left content and page alone */
  if (record == NULL || !yeji_case_save (found, context, sql, approved ? record : NULL, error))
    return FALSE;
  g_clear_pointer (&found->text, g_free);
  event.revision = found->revision;
  return (!approved
          || (yeji_publication_restore (sql, found->uuid,
                                        yeji_json_get_string (before, "publication"), error)
              && yeji_push_note (context, sql, found->uuid, error)))
         && yeji_review_event_mark_undone (sql, decision->event.seq, error)
         && yeji_review_event_write (sql, &event, error);
}

static YejiResponse *
refuse_late (YejiRequest *request)
{
  return yeji_refuse (request, YEJI_WIRE_STATE, "已超过一分钟，或之后已有变动，不能撤销。",
                      "It is too late to take it back, or something was done since.");
}

/**
 * yeji_reviews_undo:
 *
 * `POST /v1/records/{uuid}:undo`: takes one's own return or approval back within a minute.
 */
YejiResponse *
yeji_reviews_undo (YejiServerContext  *context,
                   YejiSql            *sql,
                   YejiRequest        *request,
                   GError            **error)
{
  YejiResponse *refusal;
  g_autoptr (YejiCase) found = yeji_case_load_for (context, sql, request, &refusal, error);
  const YejiReviewEventRow *decision;
  g_autoptr (GPtrArray) events = NULL;
  g_autofree char *until = NULL;
  gint64 revision;

  if (found == NULL)
    return refusal;
  if (!yeji_request_get_revision (request, &revision))
    return yeji_refuse (request, YEJI_WIRE_PRECONDITION, NULL, NULL);
  if (revision != found->revision)
    return yeji_case_refuse_stale (found, sql, request, error);
  events = yeji_review_events_list (sql, found->uuid, error);
  if (events == NULL)
    return NULL;
  decision = yeji_undo_find (events, found, &until);
  if (decision == NULL)
    return refuse_late (request);
  if (!g_str_equal (decision->event.account, request->account->name))
    return yeji_refuse (request, YEJI_WIRE_FORBIDDEN, "只有作出决定的人可以撤销。",
                        "Only who decided can take it back.");
  if (!take_back (context, sql, request, found, decision, error))
    return NULL;
  return yeji_review_case_answer (found, sql, request,
                                  g_str_equal (decision->event.kind, YEJI_EVENT_APPROVED),
                                  "record.undone", error);
}
