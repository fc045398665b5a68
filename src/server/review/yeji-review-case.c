// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* What all that a reviewer does to a record has in common. */

#define G_LOG_DOMAIN "yeji-reviews"

#include "config.h"

#include "yeji-review-case.h"

#include "yeji-audit.h"
#include "yeji-claims.h"
#include "yeji-clock.h"
#include "yeji-publication.h"
#include "yeji-push-queue.h"

static void
replace (char       **member,
         const char  *text)
{
  g_free (*member);
  *member = g_strdup (text);
}

/* (transfer full) (nullable): the only column of the only row */
static char *
ask_text (YejiSql     *sql,
          const char  *question,
          const char  *uuid,
          GError     **error)
{
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error, question, "s", uuid);

  return rows != NULL && yeji_rows_next (rows, error) ? yeji_rows_dup_text (rows, 0) : NULL;
}

/**
 * yeji_review_case_get_handed:
 *
 * Returns: (transfer full) (nullable): id of the office that alone decides on the record, "" for
 *   all that cover its area
 */
char *
yeji_review_case_get_handed (YejiSql     *sql,
                             const char  *uuid,
                             GError     **error)
{
  return ask_text (sql, "SELECT handed FROM record WHERE uuid = ?1", uuid, error);
}

/**
 * yeji_review_case_list_files:
 *
 * Returns: (transfer full) (nullable): the documents of the last submission as a JSON array
 */
char *
yeji_review_case_list_files (YejiSql     *sql,
                             const char  *uuid,
                             GError     **error)
{
  return ask_text (sql,
                   "SELECT json_group_array (json_object ('slot', slot, 'sha256', sha256,"
                   "  'filename', filename)) FROM"
                   " (SELECT * FROM announced WHERE record = ?1 ORDER BY slot, filename, sha256)",
                   uuid, error);
}

/**
 * yeji_review_case_count_days:
 * @since: (nullable): RFC 3339
 *
 * Returns: how many whole days have gone since
 */
gint64
yeji_review_case_count_days (const char *since)
{
  g_autofree char *text = yeji_clock_now ();
  g_autoptr (GDateTime) now = g_date_time_new_from_iso8601 (text, NULL);
  g_autoptr (GDateTime) then = since != NULL ? g_date_time_new_from_iso8601 (since, NULL) : NULL;

  return then != NULL ? MAX (g_date_time_difference (now, then) / G_TIME_SPAN_DAY, 0) : 0;
}

/**
 * yeji_review_case_is_others:
 * @handed: (nullable): to whom the record was handed
 * @may_take: whether an office above that one counts as well: it can take the record away again
 *
 * Returns: whether the record is another office's to decide on
 */
gboolean
yeji_review_case_is_others (const YejiOffice *handed,
                            const YejiOffice *office,
                            gboolean          may_take)
{
  return handed != NULL && handed != office && !(may_take && office->rank < handed->rank);
}

/**
 * yeji_review_case_refuse_others:
 * @may_take: see yeji_review_case_is_others()
 *
 * Returns: (transfer full) (nullable): 409 for what another office decides on, or somebody else has;
 *   %NULL when it is for who asks, or with @error
 */
YejiResponse *
yeji_review_case_refuse_others (YejiServerContext  *context,
                                YejiSql            *sql,
                                YejiRequest        *request,
                                const char         *uuid,
                                gboolean            may_take,
                                GError            **error)
{
  const YejiOffice *own = yeji_offices_find (context->offices, request->account->office);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiClaim) claim = NULL;
  g_autofree char *handed = yeji_review_case_get_handed (sql, uuid, &local_error);
  const YejiOffice *office = yeji_offices_find (context->offices, handed);

  if (local_error == NULL && yeji_review_case_is_others (office, own, may_take))
    {
      g_autofree char *zh = g_strdup_printf ("已转交%s审核。", office->name);
      g_autofree char *en = g_strdup_printf ("It was handed to %s.", office->name);

      return yeji_refuse (request, YEJI_WIRE_HANDED, zh, en);
    }
  if (local_error == NULL)
    claim = yeji_claim_find (context, sql, uuid, &local_error);
  if (local_error == NULL)
    return yeji_claim_is_of (claim, request->account) ? NULL : yeji_claim_refuse (claim, request);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/**
 * yeji_review_case_load:
 * @state: that the record has to be in
 * @may_take: see yeji_review_case_is_others()
 * @refusal: (out): why not
 *
 * Loads the record that a reviewer acts on: as he knows it, and neither claimed by somebody else
 * nor handed to another office.
 *
 * Returns: (transfer full) (nullable): the record; %NULL with @refusal or with @error
 */
YejiCase *
yeji_review_case_load (YejiServerContext  *context,
                       YejiSql            *sql,
                       YejiRequest        *request,
                       const char         *state,
                       gboolean            may_take,
                       YejiResponse      **refusal,
                       GError            **error)
{
  g_autoptr (YejiCase) found = yeji_case_load_for (context, sql, request, refusal, error);
  g_autoptr (GError) local_error = NULL;
  gint64 revision;

  if (found == NULL)
    return NULL;
  if (!yeji_request_get_revision (request, &revision))
    *refusal = yeji_refuse (request, YEJI_WIRE_PRECONDITION, NULL, NULL);
  else if (!g_str_equal (found->state, state))
    *refusal = yeji_case_refuse_state (found, request);
  else if (revision != found->revision)
    *refusal = yeji_case_refuse_stale (found, sql, request, &local_error);
  else if (g_str_equal (state, YEJI_STATE_SUBMITTED))
    *refusal = yeji_review_case_refuse_others (context, sql, request, found->uuid, may_take,
                                               &local_error);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (*refusal == NULL)
    return g_steal_pointer (&found);
  return NULL;
}

/**
 * yeji_review_case_decide:
 * @message: (nullable): what the reviewer says
 *
 * Makes the record what its reviewer says that it is, with his name and office.
 */
void
yeji_review_case_decide (YejiCase           *found,
                         YejiServerContext  *context,
                         YejiRequest        *request,
                         const char         *state,
                         const char         *message)
{
  replace (&found->state, state);
  g_free (found->office);
  found->office = yeji_account_get_office (request->account, context->offices);
  replace (&found->reviewer, request->account->display_name);
  replace (&found->message, message != NULL && *message != '\0' ? message : NULL);
  g_clear_pointer (&found->files_due_at, g_free);
}

/**
 * yeji_review_case_approve:
 * @record: the record, which gets who approved it on every table
 * @grade: what it gets
 *
 * Stores a record that was decided on as an approved one, publishes it and has it sent on.
 */
gboolean
yeji_review_case_approve (YejiCase           *found,
                          YejiServerContext  *context,
                          YejiSql            *sql,
                          YejiRecord         *record,
                          const char         *grade,
                          GError            **error)
{
  g_autofree char *today = yeji_clock_today ();
  YejiApproval approval = { found->office, found->reviewer, today, grade };

  replace (&found->grade, grade);
  replace (&found->points, "[]");
  yeji_mapping_approve (context->mapping, record, &approval);
  return yeji_case_save (found, context, sql, record, error)
         && yeji_publication_write (context, sql, found, record, error)
         && yeji_push_note (context, sql, found->uuid, error);
}

/**
 * yeji_review_case_answer:
 * @with_record: whether the record itself was changed
 * @what: what the audit log calls it
 *
 * Tells the enterprise and writes the audit log. The record is nobody's from now on.
 *
 * Returns: (transfer full) (nullable): the record as it is now
 */
YejiResponse *
yeji_review_case_answer (YejiCase     *found,
                         YejiSql      *sql,
                         YejiRequest  *request,
                         gboolean      with_record,
                         const char   *what,
                         GError      **error)
{
  YejiResponse *response;

  if (!yeji_case_write_change (found, sql, with_record, error)
      || !yeji_claim_end (sql, found->uuid, error)
      || !yeji_audit_write (sql, request->account->name, what, found->uuid, found->office, error))
    return NULL;
  response = yeji_case_answer (found, sql, request, 200, error);
  if (response != NULL)
    response->changed = TRUE;
  return response;
}
