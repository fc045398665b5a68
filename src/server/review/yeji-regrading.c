// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* The grade of an approved record changes when an office of a higher level confirms it too, or
 * finds that it is not confirmed. Who did that, and why, is told to its enterprise and on the public
 * page. */

#define G_LOG_DOMAIN "yeji-reviews"

#include "config.h"

#include "yeji-handlers.h"

#include "yeji-explanation.h"
#include "yeji-json.h"
#include "yeji-judgement.h"
#include "yeji-publication.h"
#include "yeji-review-case.h"
#include "yeji-regrading.h"
#include "yeji-review-events.h"

/**
 * yeji_regrading_choose:
 * @grade: that the record has
 * @wanted: (nullable): that for incomplete records, or none
 * @complete: whether the record is complete for the national platform
 *
 * An office raises a grade to its own, and takes one away that is not above its own. A record of
 * the lowest one, that for what is not complete or not confirmed, keeps it until it is approved anew.
 *
 * Returns: (nullable): the grade that comes of it, or %NULL when the office changes nothing
 */
const char *
yeji_regrading_choose (const YejiOffices *offices,
                       const YejiOffice  *office,
                       const char        *grade,
                       const char        *wanted,
                       gboolean           complete)
{
  const char *incomplete = yeji_offices_get_grade (offices, office, FALSE);
  const char *given = yeji_offices_get_grade (offices, office, complete && wanted == NULL);

  /* what is not complete is completed, and submitted again */
  if (g_strcmp0 (given, grade) == 0 || g_strcmp0 (grade, incomplete) == 0)
    return NULL;
  if (g_str_equal (given, incomplete))
    return wanted != NULL && office->rank <= yeji_offices_rank_grade (offices, grade) ? given
                                                                                      : NULL;
  return yeji_offices_rank_grade (offices, given) < yeji_offices_rank_grade (offices, grade)
           ? given : NULL;
}

/* NULL: it can be read */
static YejiResponse *
refuse_shape (YejiServerContext *context,
              YejiRequest       *request,
              const YejiOffice  *office)
{
  const char *reason = yeji_request_get_string (request, "reason");
  const char *wanted = yeji_request_get_string (request, "grade");

  if (reason != NULL && *reason != '\0'
      && g_utf8_strlen (reason, -1) <= YEJI_EXPLANATION_MAX_LENGTH
      && (wanted == NULL
          || g_str_equal (wanted, yeji_offices_get_grade (context->offices, office, FALSE))))
    return NULL;
  return yeji_refuse (request, YEJI_WIRE_MALFORMED,
                      "调整等级须写明原因，不超过 2000 字；grade 只能是不完整的等级。",
                      "A reason of 2,000 characters at most is needed; the only grade that can be"
                      " named is the one for incomplete records.");
}

/* @lowest: what has no grade to speak of may come back: the next reviewer sees what was done since */
static gboolean
note (YejiSql      *sql,
      YejiRequest  *request,
      YejiCase     *found,
      const char   *before,
      gboolean      lowest,
      GError      **error)
{
  g_autofree char *files = yeji_review_case_list_files (sql, found->uuid, error);
  YejiReviewEvent event = {
    .record = found->uuid, .revision = found->revision, .kind = YEJI_EVENT_REGRADED,
    .account = request->account->name, .reviewer = found->reviewer, .office = found->office,
    .grade = found->grade, .grade_before = before,
    .message = yeji_request_get_string (request, "reason"),
    .body = lowest ? found->body : NULL, .files = lowest ? files : NULL,
  };

  return files != NULL
         && yeji_publication_note (sql, found->uuid, YEJI_PUBLICATION_REGRADED, found->office,
                                   found->reviewer, event.message, NULL, error)
         && yeji_review_event_write (sql, &event, error);
}

/**
 * yeji_reviews_regrade:
 *
 * `POST /v1/records/{uuid}:regrade`: an approved record gets another grade, and on every table the
 * name and the office of who gave it.
 */
YejiResponse *
yeji_reviews_regrade (YejiServerContext  *context,
                      YejiSql            *sql,
                      YejiRequest        *request,
                      GError            **error)
{
  const YejiOffice *office = yeji_offices_find (context->offices, request->account->office);
  const char *reason = yeji_request_get_string (request, "reason");
  YejiResponse *refusal;
  g_autoptr (YejiCase) found = yeji_review_case_load (context, sql, request, YEJI_STATE_APPROVED,
                                                      FALSE, &refusal, error);
  g_autoptr (YejiRecord) record = NULL;
  g_autofree char *before = NULL;
  const char *grade;
  gboolean complete;

  if (found == NULL || (refusal = refuse_shape (context, request, office)) != NULL)
    return refusal;
  record = yeji_case_read_record (found, context, NULL, error);
  if (record == NULL
      || !yeji_judgement_is_complete (context, sql, found, record, &complete, error))
    return NULL;
  grade = yeji_regrading_choose (context->offices, office, found->grade,
                                 yeji_request_get_string (request, "grade"), complete);
  if (grade == NULL)
    return yeji_refuse (request, YEJI_WIRE_STATE, "本部门的确认不会改变这条业绩的等级。",
                        "A confirmation by your office does not change the grade.");
  before = g_strdup (found->grade);
  yeji_review_case_decide (found, context, request, YEJI_STATE_APPROVED, reason);
  if (!yeji_review_case_approve (found, context, sql, record, grade, error)
      || !note (sql, request, found, before,
                g_str_equal (grade, yeji_offices_get_grade (context->offices, office, FALSE)),
                error))
    return NULL;
  return yeji_review_case_answer (found, sql, request, TRUE, "record.regraded", error);
}
