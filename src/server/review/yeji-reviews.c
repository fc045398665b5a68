// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-reviews"

#include "config.h"

#include "yeji-handlers.h"

#include <string.h>

#include "yeji-clock.h"
#include "yeji-json.h"
#include "yeji-judgement.h"
#include "yeji-publication.h"
#include "yeji-review-case.h"
#include "yeji-review-undo.h"

#define MAX_COMMENT 2000
#define MAX_POINTS 500

/* What a clerk has to read is limited, in length and in number; NULL: it is short enough. */
static YejiResponse *
refuse_length (YejiRequest *request)
{
  const char *message = yeji_request_get_string (request, "message");
  JsonArray *points = yeji_request_get_array (request, "points");

  if ((message == NULL || g_utf8_strlen (message, -1) <= MAX_COMMENT)
      && (points == NULL || json_array_get_length (points) <= MAX_POINTS))
    return NULL;
  return yeji_refuse (request, YEJI_WIRE_MALFORMED, "意见不得超过 2000 字，位置不得超过 500 处。",
                      "A message has 2,000 characters at most, and there are 500 points at most.");
}

/* A pointer names something of the record, or a document slot. */
static gboolean
names_something (YejiServerContext *context,
                 YejiRecord        *record,
                 const char        *pointer)
{
  static const char documents[] = "/documents/";
  YejiPlace place;

  if (g_str_has_prefix (pointer, documents))
    return yeji_dictionary_find_slot (context->dictionary, pointer + strlen (documents)) != NULL;
  return yeji_record_resolve (record, pointer, &place, NULL);
}

/* The points as they are stored; NULL with a refusal. */
static JsonNode *
read_points (YejiServerContext  *context,
             YejiRequest        *request,
             YejiRecord         *record,
             YejiResponse      **refusal)
{
  JsonArray *array = yeji_request_get_array (request, "points");
  g_autoptr (GPtrArray) wrong = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *points = json_array_new ();

  json_node_take_array (node, points);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *object = yeji_json_node_object (json_array_get_element (array, i));
      const char *pointer = object != NULL ? yeji_json_get_string (object, "pointer") : NULL;
      const char *comment = object != NULL ? yeji_json_get_string (object, "comment") : NULL;
      JsonObject *point;

      if (pointer == NULL || comment == NULL || *comment == '\0'
          || g_utf8_strlen (comment, -1) > MAX_COMMENT)
        {
          *refusal = yeji_refuse (request, YEJI_WIRE_MALFORMED, "每条意见都应有位置和内容。",
                                  "Every point needs a pointer and a comment.");
          return NULL;
        }
      if (!names_something (context, record, pointer))
        g_ptr_array_add (wrong,
                         yeji_problem_new ("", YEJI_SEVERITY_ERROR, pointer,
                                           request->language == YEJI_LANGUAGE_EN
                                             ? "The record has no such place."
                                             : "业绩中没有这个位置。"));
      point = json_object_new ();
      json_object_set_string_member (point, "pointer", pointer);
      json_object_set_string_member (point, "comment", comment);
      json_array_add_object_element (points, point);
    }
  if (wrong->len == 0)
    return g_steal_pointer (&node);
  *refusal = yeji_refuse_errors (request, YEJI_WIRE_INVALID, wrong);
  return NULL;
}

/* What was decided, with what taking it back needs: @before from when nothing was changed yet. */
static gboolean
note_decision (YejiSql      *sql,
               YejiRequest  *request,
               YejiCase     *found,
               const char   *kind,
               const char   *body,
               const char   *before,
               GError      **error)
{
  gboolean returned = g_str_equal (kind, YEJI_EVENT_RETURNED);
  g_autofree char *files = body != NULL ? yeji_review_case_list_files (sql, found->uuid, error)
                                        : NULL;
  YejiReviewEvent event = {
    .record = found->uuid, .revision = found->revision, .kind = kind,
    .account = request->account->name, .reviewer = found->reviewer, .office = found->office,
    .grade = returned ? NULL : found->grade, .message = found->message,
    .points = returned ? found->points : NULL, .body = body, .files = files, .before = before,
  };

  return (body == NULL || files != NULL) && yeji_review_event_write (sql, &event, error);
}

/* The answer says until when the decision can be taken back. */
static YejiResponse *
answer_decision (YejiSql      *sql,
                 YejiRequest  *request,
                 YejiCase     *found,
                 gboolean      with_record,
                 const char   *what,
                 GError      **error)
{
  YejiResponse *response = yeji_review_case_answer (found, sql, request, with_record, what, error);
  g_autofree char *until = yeji_clock_after (YEJI_UNDO_SECONDS);

  if (response != NULL)
    json_object_set_string_member (json_node_get_object (response->body), "undo_until", until);
  return response;
}

/**
 * yeji_reviews_return:
 *
 * `POST /v1/records/{uuid}:return`: gives the record back with what is to be put right.
 */
YejiResponse *
yeji_reviews_return (YejiServerContext  *context,
                     YejiSql            *sql,
                     YejiRequest        *request,
                     GError            **error)
{
  const char *message = yeji_request_get_string (request, "message");
  YejiResponse *refusal;
  g_autoptr (YejiCase) found = yeji_review_case_load (context, sql, request, YEJI_STATE_SUBMITTED,
                                                      FALSE, &refusal, error);
  g_autoptr (YejiRecord) record = NULL;
  g_autoptr (JsonNode) points = NULL;
  g_autofree char *before = NULL;

  if (found == NULL || (refusal = refuse_length (request)) != NULL)
    return refusal;
  record = yeji_case_read_record (found, context, NULL, error);
  if (record == NULL)
    return NULL;
  points = read_points (context, request, record, &refusal);
  if (points == NULL)
    return refusal;
  if ((message == NULL || *message == '\0')
      && json_array_get_length (json_node_get_array (points)) == 0)
    return yeji_refuse (request, YEJI_WIRE_MALFORMED, "退回须写明意见。",
                        "Say what is to be put right.");

  before = yeji_undo_remember (sql, found, error);
  if (before == NULL)
    return NULL;
  yeji_review_case_decide (found, context, request, YEJI_STATE_RETURNED, message);
  g_free (found->points);
  found->points = yeji_json_print (points, FALSE);
  if (!yeji_case_save (found, context, sql, NULL, error)
      || !note_decision (sql, request, found, YEJI_EVENT_RETURNED, found->body, before, error))
    return NULL;
  return answer_decision (sql, request, found, FALSE, "record.returned", error);
}

/* A record that has no number of its own gets one. */
static gboolean
give_number (YejiServerContext  *context,
             YejiSql            *sql,
             YejiCase           *found,
             YejiRecord         *record,
             GError            **error)
{
  const char *present = yeji_mapping_get_number (context->mapping, record);
  g_autofree char *number = NULL;

  if (*present != '\0' && !yeji_dictionary_is_empty_value (context->dictionary, present))
    return TRUE;
  number = yeji_publication_give_number (context, sql, found->area, error);
  if (number == NULL)
    return FALSE;
  yeji_mapping_set_number (context->mapping, record, number);
  return TRUE;
}

/* What nobody has seen is not approved. */
static YejiResponse *
refuse_waiting (YejiRequest *request,
                YejiCase    *found)
{
  g_autofree char *zh = g_strdup_printf ("材料尚未传齐，最迟 %s；传齐后才能审核通过。",
                                         found->files_due_at);
  g_autofree char *en = g_strdup_printf ("Documents are still to come, until %s: then it can be"
                                         " approved.", found->files_due_at);

  return yeji_refuse (request, YEJI_WIRE_FILES_FOLLOW, zh, en);
}

/**
 * yeji_reviews_approve:
 *
 * `POST /v1/records/{uuid}:approve`: the grade follows from the office's level, and from whether
 * the record is complete for the national platform, by the code that the client checks itself with;
 * the record gets its fields of approval and its number, and is published.
 */
YejiResponse *
yeji_reviews_approve (YejiServerContext  *context,
                      YejiSql            *sql,
                      YejiRequest        *request,
                      GError            **error)
{
  const YejiOffice *office = yeji_offices_find (context->offices, request->account->office);
  YejiResponse *refusal;
  g_autoptr (YejiCase) found = yeji_review_case_load (context, sql, request, YEJI_STATE_SUBMITTED,
                                                      FALSE, &refusal, error);
  g_autoptr (YejiRecord) record = NULL;
  g_autofree char *before = NULL;
  gboolean complete;

  if (found == NULL || (refusal = refuse_length (request)) != NULL)
    return refusal;
  if (yeji_case_waits_for_files (found))
    return refuse_waiting (request, found);
  before = yeji_undo_remember (sql, found, error);
  record = before != NULL ? yeji_case_read_record (found, context, NULL, error) : NULL;
  if (record == NULL
      || !yeji_judgement_is_complete (context, sql, found, record, &complete, error))
    return NULL;

  yeji_review_case_decide (found, context, request, YEJI_STATE_APPROVED,
                           yeji_request_get_string (request, "message"));
  g_free (found->approved_at);
  found->approved_at = yeji_clock_now ();
  if (!give_number (context, sql, found, record, error)
      || !yeji_review_case_approve (found, context, sql, record,
                                    yeji_offices_get_grade (context->offices, office, complete),
                                    error)
      /* what is not complete may come back: the next reviewer sees what was done since */
      || !note_decision (sql, request, found, YEJI_EVENT_APPROVED, complete ? NULL : found->body,
                         before, error))
    return NULL;
  return answer_decision (sql, request, found, TRUE, "record.approved", error);
}
