// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-reviews"

#include "config.h"

#include "yeji-handlers.h"

#include <string.h>

#include "yeji-audit.h"
#include "yeji-case.h"
#include "yeji-clock.h"
#include "yeji-grade.h"
#include "yeji-json.h"
#include "yeji-publication.h"

#define MAX_LISTED 500
#define MAX_COMMENT 2000
#define MAX_POINTS 500

static char *
print_revision (gint64 revision)
{
  return g_strdup_printf ("r%" G_GINT64_FORMAT, revision);
}

static JsonObject *
read_listed (YejiRows *rows)
{
  static const char * const members[] = {
    "uuid", "name", "number", "enterprise", "area", "state", "submitted_at",
  };
  g_autofree char *revision = print_revision (yeji_rows_int (rows, G_N_ELEMENTS (members)));
  const char *text = yeji_rows_text (rows, G_N_ELEMENTS (members) + 1);
  JsonNode *replies = text != NULL ? yeji_json_parse (text, -1, NULL) : NULL;
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *member = yeji_rows_text (rows, (int) i);

      json_object_set_string_member (object, members[i], member != NULL ? member : "");
    }
  if (replies != NULL)
    json_object_set_member (object, "replies", replies);
  json_object_set_string_member (object, "revision", revision);
  if (!yeji_rows_is_null (rows, G_N_ELEMENTS (members) + 2))
    json_object_set_string_member (object, YEJI_WIRE_MEMBER_FILES_DUE_AT,
                                   yeji_rows_text (rows, G_N_ELEMENTS (members) + 2));
  json_object_set_int_member (object, "files_missing",
                              yeji_rows_int (rows, G_N_ELEMENTS (members) + 3));
  return object;
}

/**
 * yeji_reviews_list:
 *
 * `GET /v1/reviews?state=submitted`: the records of the reviewer's area, oldest first, with what
 * the clerk says to the points of the last return, and how many documents are still to come.
 */
YejiResponse *
yeji_reviews_list (YejiServerContext  *context,
                   YejiSql            *sql,
                   YejiRequest        *request,
                   GError            **error)
{
  const YejiOffice *office = yeji_offices_find (context->offices, request->account->office);
  const char *state = yeji_request_get_query (request, "state");
  g_autofree char *areas = yeji_office_get_areas_json (office);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;
  JsonArray *array;
  JsonObject *object;
  JsonNode *node;

  if (state == NULL)
    state = YEJI_STATE_SUBMITTED;
  if (!yeji_case_is_handed_in (state))
    return yeji_refuse (request, YEJI_WIRE_FORBIDDEN, "草稿和撤回的业绩只属于企业。",
                        "Drafts and what was taken back are the enterprise's own.");
  rows = yeji_sql_query (sql, error,
                         "SELECT uuid, record.name, number, enterprise.name, area, state,"
                         " submitted_at, revision, json_extract (body, '$.replies'), files_due_at,"
                         " CASE WHEN files_complete_at IS NULL THEN"
                         "  (SELECT count (*) FROM announced WHERE announced.record = uuid"
                         "    AND NOT EXISTS (SELECT 1 FROM file WHERE file.record = uuid"
                         "     AND file.slot = announced.slot AND file.sha256 = announced.sha256"
                         "     AND complete = 1)) ELSE 0 END"
                         " FROM record"
                         " JOIN enterprise ON enterprise.code = record.enterprise"
                         " WHERE state = ?1 AND EXISTS (SELECT 1 FROM json_each (?2) AS covered"
                         "  WHERE substr (area, 1, length (covered.value)) = covered.value)"
                         " ORDER BY submitted_at, uuid LIMIT ?3",
                         "ssi", state, areas, (gint64) MAX_LISTED);
  if (rows == NULL)
    return NULL;
  array = json_array_new ();
  while (yeji_rows_next (rows, &local_error))
    json_array_add_object_element (array, read_listed (rows));
  if (local_error != NULL)
    {
      json_array_unref (array);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  object = json_object_new ();
  json_object_set_array_member (object, "reviews", array);
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  return yeji_response_new (200, node);
}

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

/* A record that may be decided on now; NULL with a refusal or an error. */
static YejiCase *
load_submitted (YejiServerContext  *context,
                YejiSql            *sql,
                YejiRequest        *request,
                YejiResponse      **refusal,
                GError            **error)
{
  g_autoptr (YejiCase) found = yeji_case_load_for (context, sql, request, refusal, error);
  gint64 revision;

  if (found == NULL)
    return NULL;
  if (!yeji_request_get_revision (request, &revision))
    *refusal = yeji_refuse (request, YEJI_WIRE_PRECONDITION, NULL, NULL);
  else if (!g_str_equal (found->state, YEJI_STATE_SUBMITTED))
    *refusal = yeji_case_refuse_state (found, request);
  else if (revision != found->revision)
    *refusal = yeji_case_refuse_stale (found, sql, request, error);
  else if ((*refusal = refuse_length (request)) == NULL)
    return g_steal_pointer (&found);
  return NULL;
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

static void
set_decision (YejiServerContext *context,
              YejiRequest       *request,
              YejiCase          *found,
              const char        *state)
{
  const char *message = yeji_request_get_string (request, "message");

  g_free (found->state);
  found->state = g_strdup (state);
  g_free (found->office);
  found->office = yeji_account_get_office (request->account, context->offices);
  g_free (found->reviewer);
  found->reviewer = g_strdup (request->account->display_name);
  g_free (found->message);
  found->message = message != NULL && *message != '\0' ? g_strdup (message) : NULL;
  g_clear_pointer (&found->files_due_at, g_free);
}

static YejiResponse *
answer_decision (YejiCase     *found,
                 YejiSql      *sql,
                 YejiRequest  *request,
                 gboolean      with_record,
                 const char   *what,
                 GError      **error)
{
  YejiResponse *response;

  if (!yeji_case_write_change (found, sql, with_record, error)
      || !yeji_audit_write (sql, request->account->name, what, found->uuid, found->office, error))
    return NULL;
  response = yeji_case_answer (found, sql, request, 200, error);
  if (response != NULL)
    response->changed = TRUE;
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
  YejiResponse *refusal;
  g_autoptr (YejiCase) found = load_submitted (context, sql, request, &refusal, error);
  g_autoptr (YejiRecord) record = NULL;
  g_autoptr (JsonNode) points = NULL;

  if (found == NULL)
    return refusal;
  record = yeji_case_read_record (found, context, NULL, error);
  if (record == NULL)
    return NULL;
  points = read_points (context, request, record, &refusal);
  if (points == NULL)
    return refusal;
  set_decision (context, request, found, YEJI_STATE_RETURNED);
  if (found->message == NULL && json_array_get_length (json_node_get_array (points)) == 0)
    return yeji_refuse (request, YEJI_WIRE_MALFORMED, "退回须写明意见。",
                        "Say what is to be put right.");

  g_free (found->points);
  found->points = yeji_json_print (points, FALSE);
  if (!yeji_case_save (found, context, sql, NULL, error))
    return NULL;
  return answer_decision (found, sql, request, FALSE, "record.returned", error);
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

/* What the rules make of the record with the documents that were submitted with it. */
static gboolean
judge (YejiServerContext  *context,
       YejiSql            *sql,
       YejiCase           *found,
       YejiRecord         *record,
       YejiOutcome        *outcome,
       GError            **error)
{
  g_autofree char *today = yeji_clock_today ();
  g_auto (GStrv) slots = yeji_case_list_slots (found, sql, error);
  g_autoptr (GPtrArray) problems = NULL;

  if (slots == NULL)
    return FALSE;
  problems = yeji_validator_check (context->validators[YEJI_LANGUAGE_ZH], record, today,
                                   (const char * const *) slots);
  *outcome = yeji_grade_get_outcome (problems);
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
  YejiResponse *refusal;
  g_autoptr (YejiCase) found = load_submitted (context, sql, request, &refusal, error);
  const YejiOffice *office = yeji_offices_find (context->offices, request->account->office);
  g_autofree char *today = yeji_clock_today ();
  g_autoptr (YejiRecord) record = NULL;
  YejiApproval approval;
  YejiOutcome outcome;

  if (found == NULL)
    return refusal;
  if (yeji_case_waits_for_files (found))
    return refuse_waiting (request, found);
  record = yeji_case_read_record (found, context, NULL, error);
  if (record == NULL || !judge (context, sql, found, record, &outcome, error))
    return NULL;

  set_decision (context, request, found, YEJI_STATE_APPROVED);
  g_free (found->grade);
  found->grade = g_strdup (yeji_offices_get_grade (context->offices, office,
                                                   outcome == YEJI_OUTCOME_NATIONAL));
  g_free (found->approved_at);
  found->approved_at = yeji_clock_now ();
  g_free (found->points);
  found->points = g_strdup ("[]");

  if (!give_number (context, sql, found, record, error))
    return NULL;
  approval.office = found->office;
  approval.reviewer = found->reviewer;
  approval.today = today;
  approval.grade = found->grade;
  yeji_mapping_approve (context->mapping, record, &approval);
  if (!yeji_case_save (found, context, sql, record, error)
      || !yeji_publication_write (context, sql, found, record, error))
    return NULL;
  return answer_decision (found, sql, request, TRUE, "record.approved", error);
}
