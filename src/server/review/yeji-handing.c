// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* A record belongs to every office that covers its place: county, city, province. One that is too
 * large for the county, or the city's own after all, is handed to another office, which alone
 * decides on it from then on. An office above that one can take it away again. */

#define G_LOG_DOMAIN "yeji-reviews"

#include "config.h"

#include "yeji-handlers.h"

#include "yeji-audit.h"
#include "yeji-claims.h"
#include "yeji-explanation.h"
#include "yeji-json.h"
#include "yeji-review-case.h"
#include "yeji-review-events.h"

static YejiResponse *
refuse_target (YejiRequest *request,
               const char  *zh,
               const char  *en)
{
  g_autoptr (GPtrArray) wrong = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (wrong, yeji_problem_new ("", YEJI_SEVERITY_ERROR, "/office",
                                            request->language == YEJI_LANGUAGE_EN ? en : zh));
  return yeji_refuse_errors (request, YEJI_WIRE_INVALID, wrong);
}

/* NULL with a refusal. @handed: who has it now, "" for all */
static const YejiOffice *
read_target (YejiServerContext  *context,
             YejiRequest        *request,
             YejiCase           *found,
             const char         *handed,
             YejiResponse      **refusal)
{
  const char *own = request->account->office;
  const char *id = yeji_request_get_string (request, "office");
  const char *reason = yeji_request_get_string (request, "reason");
  const YejiOffice *target = yeji_offices_find (context->offices, id);

  *refusal = NULL;
  if (id == NULL || reason == NULL || *reason == '\0'
      || g_utf8_strlen (reason, -1) > YEJI_EXPLANATION_MAX_LENGTH)
    *refusal = yeji_refuse (request, YEJI_WIRE_MALFORMED, "转交须写明部门和原因，不超过 2000 字。",
                            "An office and a reason are needed, of 2,000 characters at most.");
  else if (target == NULL)
    *refusal = refuse_target (request, "没有这个部门。", "There is no such office.");
  else if (g_str_equal (id, own) && (*handed == '\0' || g_str_equal (handed, own)))
    *refusal = refuse_target (request, "这就是本部门。", "That is your own office.");
  else if (!yeji_office_covers (target, found->area))
    *refusal = refuse_target (request, "这条业绩不在该部门管辖区域。",
                              "The record is outside of that office's area.");
  return *refusal == NULL ? target : NULL;
}

/**
 * yeji_reviews_hand:
 *
 * `POST /v1/records/{uuid}:hand`: another office decides on it.
 */
YejiResponse *
yeji_reviews_hand (YejiServerContext  *context,
                   YejiSql            *sql,
                   YejiRequest        *request,
                   GError            **error)
{
  YejiResponse *refusal;
  g_autoptr (YejiCase) found = yeji_review_case_load (context, sql, request, YEJI_STATE_SUBMITTED,
                                                      TRUE, &refusal, error);
  g_autofree char *office = NULL;
  g_autofree char *handed = NULL;
  const YejiOffice *target;
  YejiReviewEvent event;

  if (found == NULL)
    return refusal;
  handed = yeji_review_case_get_handed (sql, found->uuid, error);
  if (handed == NULL)
    return NULL;
  target = read_target (context, request, found, handed, &refusal);
  if (target == NULL)
    return refusal;
  office = yeji_account_get_office (request->account, context->offices);
  event = (YejiReviewEvent) {
    .record = found->uuid, .revision = found->revision, .kind = YEJI_EVENT_HANDED,
    .account = request->account->name, .reviewer = request->account->display_name,
    .office = office, .message = yeji_request_get_string (request, "reason"),
    .target = target->id,
  };
  /* to its enterprise the record is what it was */
  if (!yeji_sql_exec (sql, error, "UPDATE record SET handed = ?2 WHERE uuid = ?1", "ss",
                      found->uuid, target->id)
      || !yeji_review_event_write (sql, &event, error)
      || !yeji_claim_end (sql, found->uuid, error)
      || !yeji_audit_write (sql, request->account->name, "record.handed", found->uuid, target->id,
                            error))
    return NULL;
  return yeji_case_answer (found, sql, request, 200, error);
}
