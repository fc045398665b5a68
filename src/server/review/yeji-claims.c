// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Two reviewers of one area shall not read the same record side by side and decide twice. Who takes
 * one has it for half an hour, and longer with whatever he does with it; who closes the window and
 * goes home keeps nobody from it. Nobody needs a claim to decide. */

#define G_LOG_DOMAIN "yeji-reviews"

#include "config.h"

#include "yeji-claims.h"

#include "yeji-case.h"
#include "yeji-clock.h"
#include "yeji-review-case.h"

static YejiClaim *
read_claim (YejiServerContext *context,
            YejiRows          *rows)
{
  YejiClaim *self = g_new0 (YejiClaim, 1);
  YejiAccount account = {
    .office = (char *) yeji_rows_text (rows, 2), .department = (char *) yeji_rows_text (rows, 3),
  };

  self->account = yeji_rows_dup_text (rows, 0);
  self->name = yeji_rows_dup_text (rows, 1);
  self->office = yeji_account_get_office (&account, context->offices);
  self->at = yeji_rows_dup_text (rows, 4);
  self->until = yeji_rows_dup_text (rows, 5);
  return self;
}

/**
 * yeji_claim_find:
 *
 * Returns: (transfer full) (nullable): who has the record now; %NULL without @error when nobody has
 */
YejiClaim *
yeji_claim_find (YejiServerContext  *context,
                 YejiSql            *sql,
                 const char         *record,
                 GError            **error)
{
  g_autofree char *now = yeji_clock_now ();
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT account, display_name, office, department, at, until FROM claim"
                         " JOIN account ON account.name = claim.account"
                         " WHERE record = ?1 AND until > ?2",
                         "ss", record, now);
  return rows != NULL && yeji_rows_next (rows, error) ? read_claim (context, rows) : NULL;
}

/**
 * yeji_claim_is_of:
 * @self: (nullable)
 *
 * Returns: whether somebody else is not kept from the record by it
 */
gboolean
yeji_claim_is_of (const YejiClaim *self,
                  YejiAccount     *account)
{
  return self == NULL || g_str_equal (self->account, account->name);
}

/**
 * yeji_claim_renew:
 *
 * Gives the record to @account from now on; whoever had it before, nobody may have it.
 */
gboolean
yeji_claim_renew (YejiSql      *sql,
                  const char   *record,
                  YejiAccount  *account,
                  GError      **error)
{
  g_autofree char *now = yeji_clock_now ();
  g_autofree char *until = yeji_clock_after (YEJI_CLAIM_SECONDS);

  return yeji_sql_exec (sql, error,
                        "INSERT INTO claim (record, account, at, until) VALUES (?1, ?2, ?3, ?4)"
                        " ON CONFLICT (record) DO UPDATE SET"
                        "  at = CASE WHEN account = excluded.account AND until > excluded.at"
                        "   THEN at ELSE excluded.at END,"
                        "  account = excluded.account, until = excluded.until",
                        "ssss", record, account->name, now, until);
}

/**
 * yeji_claim_touch:
 *
 * Lets a claim of @account last from now on, as he has done something with the record; written once
 * a minute at most. What is not his, or is over, stays as it is.
 */
gboolean
yeji_claim_touch (YejiSql      *sql,
                  const char   *record,
                  YejiAccount  *account,
                  GError      **error)
{
  g_autofree char *now = yeji_clock_now ();
  g_autofree char *until = yeji_clock_after (YEJI_CLAIM_SECONDS);
  g_autofree char *enough = yeji_clock_after (YEJI_CLAIM_SECONDS - 60);

  return yeji_sql_exec (sql, error,
                        "UPDATE claim SET until = ?4 WHERE record = ?1 AND account = ?2"
                        " AND until > ?3 AND until < ?5", "sssss", record, account->name, now, until,
                        enough);
}

/**
 * yeji_claim_end:
 *
 * Gives the record back.
 */
gboolean
yeji_claim_end (YejiSql     *sql,
                const char  *record,
                GError     **error)
{
  return yeji_sql_exec (sql, error, "DELETE FROM claim WHERE record = ?1", "s", record);
}

/**
 * yeji_claim_to_json:
 * @self: (nullable)
 * @account: who asks
 *
 * Returns: (transfer full): CLAIM of docs/protocol.md, null for %NULL
 */
JsonNode *
yeji_claim_to_json (const YejiClaim *self,
                    YejiAccount     *account)
{
  JsonObject *object;
  JsonNode *node;

  if (self == NULL)
    return json_node_new (JSON_NODE_NULL);
  object = json_object_new ();
  json_object_set_string_member (object, "by", self->name);
  json_object_set_string_member (object, "office", self->office);
  json_object_set_string_member (object, "at", self->at);
  json_object_set_string_member (object, "until", self->until);
  json_object_set_boolean_member (object, "mine", g_str_equal (self->account, account->name));
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  return node;
}

/**
 * yeji_claim_refuse:
 *
 * Returns: (transfer full): 409 that says who has it
 */
YejiResponse *
yeji_claim_refuse (const YejiClaim *self,
                   YejiRequest     *request)
{
  g_autofree char *zh = g_strdup_printf ("%s（%s）正在审核这条业绩。", self->name, self->office);
  g_autofree char *en = g_strdup_printf ("%s (%s) is reviewing it.", self->name, self->office);
  YejiResponse *response = yeji_refuse (request, YEJI_WIRE_CLAIMED, zh, en);

  json_object_set_member (json_node_get_object (response->body), "claim",
                          yeji_claim_to_json (self, request->account));
  return response;
}

/* One that waits for a decision. NULL with a refusal or an error. */
static YejiCase *
load_waiting (YejiServerContext  *context,
              YejiSql            *sql,
              YejiRequest        *request,
              YejiResponse      **refusal,
              GError            **error)
{
  g_autoptr (YejiCase) found = yeji_case_load_for (context, sql, request, refusal, error);

  if (found == NULL || g_str_equal (found->state, YEJI_STATE_SUBMITTED))
    return g_steal_pointer (&found);
  *refusal = yeji_case_refuse_state (found, request);
  return NULL;
}

static YejiResponse *
answer_claim (YejiServerContext  *context,
              YejiSql            *sql,
              YejiRequest        *request,
              GError            **error)
{
  g_autoptr (YejiClaim) claim = yeji_claim_find (context, sql, request->target, error);
  JsonObject *object;
  JsonNode *node;

  if (claim == NULL)
    return NULL;
  object = json_object_new ();
  json_object_set_member (object, "claim", yeji_claim_to_json (claim, request->account));
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  return yeji_response_new (200, node);
}

/**
 * yeji_claims_take:
 *
 * `POST /v1/records/{uuid}:claim`: the record is the reviewer's own for half an hour; again: anew.
 */
YejiResponse *
yeji_claims_take (YejiServerContext  *context,
                  YejiSql            *sql,
                  YejiRequest        *request,
                  GError            **error)
{
  YejiResponse *refusal;
  g_autoptr (YejiCase) found = load_waiting (context, sql, request, &refusal, error);
  g_autoptr (GError) local_error = NULL;

  if (found == NULL)
    return refusal;
  refusal = yeji_review_case_refuse_others (context, sql, request, found->uuid, FALSE,
                                            &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (refusal != NULL)
    return refusal;
  return yeji_claim_renew (sql, found->uuid, request->account, error)
           ? answer_claim (context, sql, request, error) : NULL;
}

/**
 * yeji_claims_release:
 *
 * `POST /v1/records/{uuid}:release`: gives one's own record back; what one has not is let alone.
 */
YejiResponse *
yeji_claims_release (YejiServerContext  *context,
                     YejiSql            *sql,
                     YejiRequest        *request,
                     GError            **error)
{
  YejiResponse *refusal;
  g_autoptr (YejiCase) found = yeji_case_load_for (context, sql, request, &refusal, error);

  if (found == NULL)
    return refusal;
  return yeji_sql_exec (sql, error, "DELETE FROM claim WHERE record = ?1 AND account = ?2", "ss",
                        found->uuid, request->account->name)
           ? yeji_response_new (204, NULL) : NULL;
}

/**
 * yeji_claim_free:
 * @self: (transfer full)
 *
 * Frees a claim.
 */
void
yeji_claim_free (YejiClaim *self)
{
  g_free (self->account);
  g_free (self->name);
  g_free (self->office);
  g_free (self->at);
  g_free (self->until);
  g_free (self);
}
