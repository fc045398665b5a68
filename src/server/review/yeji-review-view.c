// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-reviews"

#include "config.h"

#include "yeji-handlers.h"

#include "yeji-claims.h"
#include "yeji-json.h"
#include "yeji-judgement.h"
#include "yeji-regrading.h"
#include "yeji-review-case.h"
#include "yeji-review-changes.h"
#include "yeji-review-undo.h"

/* Everything that the answer is made of. */
typedef struct
{
  YejiServerContext *context;
  YejiSql *sql;
  YejiRequest *request;
  YejiCase *found;
  const YejiOffice *office;    /* of who asks */
  const YejiOffice *handed;    /* (nullable): that alone decides */
  YejiClaim *claim;            /* (nullable) */
  YejiRecord *record;
  GPtrArray *problems;
  GPtrArray *events;
  gboolean complete;
} View;

static void
view_clear (View *self)
{
  g_clear_pointer (&self->found, yeji_case_free);
  g_clear_pointer (&self->claim, yeji_claim_free);
  g_clear_object (&self->record);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_clear_pointer (&self->events, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (View, view_clear)

static gboolean
fill (View    *view,
      GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *handed = yeji_review_case_get_handed (view->sql, view->found->uuid,
                                                         &local_error);

  if (local_error == NULL)
    view->claim = yeji_claim_find (view->context, view->sql, view->found->uuid, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  view->office = yeji_offices_find (view->context->offices, view->request->account->office);
  view->handed = yeji_offices_find (view->context->offices, handed);
  view->record = yeji_case_read_record (view->found, view->context, NULL, error);
  if (view->record == NULL)
    return FALSE;
  view->problems = yeji_judgement_list_problems (view->context, view->sql, view->found,
                                                 view->record, view->request->language, error);
  view->events = view->problems != NULL
                   ? yeji_review_events_list (view->sql, view->found->uuid, error) : NULL;
  if (view->events == NULL)
    return FALSE;
  view->complete = yeji_grade_get_outcome (view->problems) == YEJI_OUTCOME_NATIONAL;
  return TRUE;
}

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

/* What the reviewer must not do, and why. */
typedef struct
{
  JsonObject *may;
  JsonObject *why;
  YejiLanguage language;
} Rights;

static void
set_right (Rights     *rights,
           const char *verb,
           gboolean    may,
           const char *zh,
           const char *en)
{
  json_object_set_boolean_member (rights->may, verb, may);
  if (!may)
    json_object_set_string_member (rights->why, verb,
                                   rights->language == YEJI_LANGUAGE_EN ? en : zh);
}

/* What is in the way of every decision; FALSE: nothing is. @hands: of handing it on */
static gboolean
find_hindrance (View      *view,
                gboolean   hands,
                char     **zh,
                char     **en)
{
  if (!g_str_equal (view->found->state, YEJI_STATE_SUBMITTED))
    {
      *zh = g_strdup ("不是待审核的业绩。");
      *en = g_strdup ("It is not waiting for a decision.");
    }
  else if (yeji_review_case_is_others (view->handed, view->office, hands))
    {
      *zh = g_strdup_printf ("已转交%s审核。", view->handed->name);
      *en = g_strdup_printf ("It was handed to %s.", view->handed->name);
    }
  else if (!yeji_claim_is_of (view->claim, view->request->account))
    {
      *zh = g_strdup_printf ("%s（%s）正在审核这条业绩。", view->claim->name, view->claim->office);
      *en = g_strdup_printf ("%s (%s) is reviewing it.", view->claim->name, view->claim->office);
    }
  return *zh != NULL;
}

static void
set_decisions (View   *view,
               Rights *rights)
{
  g_autofree char *zh = NULL;
  g_autofree char *en = NULL;
  g_autofree char *hand_zh = NULL;
  g_autofree char *hand_en = NULL;
  gboolean hindered = find_hindrance (view, FALSE, &zh, &en);
  gboolean stays = find_hindrance (view, TRUE, &hand_zh, &hand_en);
  gboolean waits = !hindered && yeji_case_waits_for_files (view->found);

  set_right (rights, "claim", !hindered, zh, en);
  set_right (rights, "return", !hindered, zh, en);
  set_right (rights, "hand", !stays, hand_zh, hand_en);
  set_right (rights, "approve", !hindered && !waits, waits ? "材料尚未传齐。" : zh,
             waits ? "Documents are still to come." : en);
}

static void
set_regrade (View   *view,
             Rights *rights)
{
  const YejiOffices *offices = view->context->offices;
  const char *lowest = yeji_offices_get_grade (offices, view->office, FALSE);
  const char *grade = view->found->grade;
  gboolean approved = g_str_equal (view->found->state, YEJI_STATE_APPROVED);

  set_right (rights, "regrade",
             approved
             && (yeji_regrading_choose (offices, view->office, grade, NULL, view->complete) != NULL
                 || yeji_regrading_choose (offices, view->office, grade, lowest, view->complete)
                      != NULL),
             approved ? "本部门的确认不会改变这条业绩的等级。" : "尚未审核通过。",
             approved ? "A confirmation by your office does not change the grade."
                      : "It is not approved.");
}

static void
set_undo (View   *view,
          Rights *rights)
{
  g_autofree char *until = NULL;
  const YejiReviewEventRow *decision = yeji_undo_find (view->events, view->found, &until);
  gboolean mine = decision != NULL
                  && g_str_equal (decision->event.account, view->request->account->name);

  set_right (rights, "undo", mine, "没有一分钟以内可以撤销的决定。",
             "There is no decision of yours that can still be taken back.");
  set_text (rights->may, "undo_until", mine ? until : NULL);
}

static JsonObject *
list_rights (View *view)
{
  Rights rights = { json_object_new (), json_object_new (), view->request->language };
  g_autoptr (GPtrArray) offices = yeji_offices_list_covering (view->context->offices,
                                                              view->found->area);
  JsonArray *targets = json_array_new ();

  set_decisions (view, &rights);
  set_regrade (view, &rights);
  set_undo (view, &rights);
  for (guint i = 0; i < offices->len; i++)
    if (g_ptr_array_index (offices, i) != (view->handed != NULL ? view->handed : view->office))
      json_array_add_element (targets, yeji_office_to_json (g_ptr_array_index (offices, i)));
  json_object_set_array_member (rights.may, "hand_to", targets);
  json_object_set_object_member (rights.may, "why_not", rights.why);
  return rights.may;
}

/* The last decision with what it was about; NULL: there is none. */
static const YejiReviewEvent *
find_previous (View *view)
{
  for (guint i = view->events->len; i > 0; i--)
    {
      const YejiReviewEventRow *row = g_ptr_array_index (view->events, i - 1);

      if (!row->undone && row->event.body != NULL)
        return &row->event;
    }
  return NULL;
}

/* The record as it was decided on before, and what became of it since. */
static gboolean
add_previous (View        *view,
              JsonObject  *object,
              GError     **error)
{
  gboolean again = g_str_equal (view->found->state, YEJI_STATE_SUBMITTED);
  const YejiReviewEvent *event = again ? find_previous (view) : NULL;
  g_autoptr (YejiReviewChanges) changes = NULL;
  g_autoptr (YejiRecord) record = NULL;
  g_autofree char *files = NULL;
  JsonObject *previous;

  if (event == NULL)
    {
      json_object_set_null_member (object, "previous");
      json_object_set_array_member (object, "diff", json_array_new ());
      return TRUE;
    }
  record = yeji_server_dictionary_read (view->context->versions, event->body, NULL, error);
  files = record != NULL ? yeji_review_case_list_files (view->sql, view->found->uuid, error) : NULL;
  if (files == NULL)
    return FALSE;
  /* what returned it without a reviewer has not listed the documents */
  changes = yeji_review_changes_new (record, view->record,
                                     event->files != NULL ? event->files : files, files);
  previous = json_object_new ();
  json_object_set_string_member (previous, "kind", event->kind);
  json_object_set_string_member (previous, "at", event->at);
  set_text (previous, "reviewer", event->reviewer);
  set_text (previous, "office", event->office);
  set_text (previous, "message", event->message);
  json_object_set_member (previous, "record", yeji_record_to_json (record));
  json_object_set_member (previous, "points", yeji_review_changes_judge (changes, event->points));
  json_object_set_object_member (object, "previous", previous);
  json_object_set_member (object, "diff", yeji_review_changes_to_json (changes));
  return TRUE;
}

static void
add_facts (View       *view,
           JsonObject *object)
{
  YejiCase *found = view->found;
  JsonObject *enterprise = json_object_new ();
  JsonObject *outcome = json_object_new ();

  json_object_set_string_member (object, "uuid", found->uuid);
  json_object_set_string_member (enterprise, "name", found->enterprise_name);
  json_object_set_string_member (enterprise, "code", found->enterprise);
  json_object_set_object_member (object, "enterprise", enterprise);
  json_object_set_string_member (object, "area", found->area);
  set_text (object, "submitted_at", found->submitted_at);
  json_object_set_int_member (object, "days", yeji_review_case_count_days (found->submitted_at));
  json_object_set_member (object, "handed", yeji_office_to_json (view->handed));
  json_object_set_member (object, "problems", yeji_judgement_to_json (view->problems));
  json_object_set_boolean_member (outcome, "complete", view->complete);
  json_object_set_string_member (outcome, "grade",
                                 yeji_offices_get_grade (view->context->offices, view->office,
                                                         view->complete));
  json_object_set_object_member (object, "outcome", outcome);
  json_object_set_member (object, "history",
                          yeji_review_events_to_json (view->events, view->context->offices));
  json_object_set_member (object, "claim",
                          yeji_claim_to_json (view->claim, view->request->account));
  json_object_set_object_member (object, "may", list_rights (view));
}

/**
 * yeji_reviews_view:
 *
 * `GET /v1/records/{uuid}/review`: the record with all that a reviewer needs beside it.
 */
YejiResponse *
yeji_reviews_view (YejiServerContext  *context,
                   YejiSql            *sql,
                   YejiRequest        *request,
                   GError            **error)
{
  YejiResponse *refusal;
  g_auto (View) view = { context, sql, request };
  g_autoptr (YejiResponse) response = NULL;
  JsonObject *object;

  view.found = yeji_case_load_for (context, sql, request, &refusal, error);
  if (view.found == NULL)
    return refusal;
  if (!fill (&view, error))
    return NULL;
  g_free (view.found->body);
  view.found->body = yeji_record_to_text (view.record);
  response = yeji_case_answer (view.found, sql, request, 200, error);
  if (response == NULL)
    return NULL;
  object = json_node_get_object (response->body);
  add_facts (&view, object);
  return add_previous (&view, object, error) ? g_steal_pointer (&response) : NULL;
}
