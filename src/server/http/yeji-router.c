// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-router"

#include "config.h"

#include "yeji-router.h"

#include <string.h>

#include "yeji-declared-routes.h"
#include "yeji-json.h"
#include "yeji-sent-record.h"
#include "yeji-sent-submission.h"
#include "yeji-tokens.h"
#include "yeji-version.h"
#include "yeji-web.h"

static const YejiRoute routes[] = {
  { "POST", "/v1/session", YEJI_ACCESS_ANYONE, yeji_sessions_begin,
    YEJI_LANE_PASSWORDS, yeji_sessions_verify, yeji_sessions_finish },
  { "DELETE", "/v1/session", YEJI_ACCESS_ANYONE, yeji_sessions_end },
  { "GET", "/v1/config", YEJI_ACCESS_ANYONE, yeji_configuration_get },
  { "GET", "/v1/dictionary", YEJI_ACCESS_ANYONE, yeji_configuration_get_dictionary },
  { "GET", "/v1/openapi.yaml", YEJI_ACCESS_ANYONE, yeji_configuration_get_description },

  { "GET", "/v1/account", YEJI_ACCESS_ACCOUNT, yeji_account_get },
  { "PATCH", "/v1/account", YEJI_ACCESS_STAFF, yeji_account_mend },
  { "GET", "/v1/offices", YEJI_ACCESS_STAFF, yeji_account_list_offices },
  { "GET", "/v1/users", YEJI_ACCESS_ADMINISTRATOR, yeji_users_list },
  { "POST", "/v1/users", YEJI_ACCESS_ADMINISTRATOR, yeji_users_add,
    YEJI_LANE_PASSWORDS, yeji_users_hash, yeji_users_finish },
  { "PATCH", "/v1/users/{name}", YEJI_ACCESS_ADMINISTRATOR, yeji_users_change,
    YEJI_LANE_PASSWORDS, yeji_users_hash, yeji_users_finish },

  { "GET", "/v1/records/{uuid}", YEJI_ACCESS_SIGNED_IN, yeji_records_get },
  { "PUT", "/v1/records/{uuid}", YEJI_ACCESS_ENTERPRISE, yeji_records_put,
    .prepare = yeji_sent_record_read, .raw = TRUE },
  { "POST", "/v1/records/{uuid}:submit", YEJI_ACCESS_ENTERPRISE, yeji_submissions_submit,
    .prepare = yeji_sent_submission_read },
  { "POST", "/v1/records/{uuid}:withdraw", YEJI_ACCESS_ENTERPRISE, yeji_records_withdraw },
  { "DELETE", "/v1/records/{uuid}", YEJI_ACCESS_ENTERPRISE, yeji_records_remove },
  { "POST", "/v1/records/{uuid}/corrections", YEJI_ACCESS_ENTERPRISE, yeji_applications_correct },
  { "GET", "/v1/records/{uuid}/corrections", YEJI_ACCESS_SIGNED_IN,
    yeji_applications_list_of_record },
  { "POST", "/v1/records/{uuid}:apply-withdrawal", YEJI_ACCESS_ENTERPRISE,
    yeji_applications_withdraw },
  { "POST", "/v1/records/{uuid}:revoke", YEJI_ACCESS_REVIEWER, yeji_applications_revoke },
  { "GET", "/v1/corrections", YEJI_ACCESS_SIGNED_IN, yeji_applications_list },
  { "POST", "/v1/corrections/{id}:grant", YEJI_ACCESS_REVIEWER, yeji_applications_grant },
  { "POST", "/v1/corrections/{id}:refuse", YEJI_ACCESS_REVIEWER, yeji_applications_refuse },
  { "POST", "/v1/corrections/{id}:cancel", YEJI_ACCESS_ENTERPRISE, yeji_applications_cancel },
  { "GET", "/v1/records/{uuid}/receipts", YEJI_ACCESS_SIGNED_IN, yeji_receipts_get },
  { "PUT", "/v1/records/{uuid}/editing", YEJI_ACCESS_ENTERPRISE, yeji_editing_begin },
  { "DELETE", "/v1/records/{uuid}/editing", YEJI_ACCESS_ENTERPRISE, yeji_editing_cease },
  { "POST", "/v1/records/{uuid}:return", YEJI_ACCESS_REVIEWER, yeji_reviews_return },
  { "POST", "/v1/records/{uuid}:approve", YEJI_ACCESS_REVIEWER, yeji_reviews_approve },
  { "GET", "/v1/records/{uuid}/review", YEJI_ACCESS_REVIEWER, yeji_reviews_view },
  { "POST", "/v1/records/{uuid}:undo", YEJI_ACCESS_REVIEWER, yeji_reviews_undo },
  { "POST", "/v1/records/{uuid}:hand", YEJI_ACCESS_REVIEWER, yeji_reviews_hand },
  { "POST", "/v1/records/{uuid}:regrade", YEJI_ACCESS_REVIEWER, yeji_reviews_regrade },
  { "POST", "/v1/records/{uuid}:claim", YEJI_ACCESS_REVIEWER, yeji_claims_take },
  { "POST", "/v1/records/{uuid}:release", YEJI_ACCESS_REVIEWER, yeji_claims_release },
  { "GET", "/v1/reviews", YEJI_ACCESS_REVIEWER, yeji_reviews_list },
  { "GET", "/v1/changes", YEJI_ACCESS_ENTERPRISE, yeji_changes_list },

  { "OPTIONS", "/v1/files", YEJI_ACCESS_ANYONE, yeji_files_options },
  { "OPTIONS", "/v1/files/{id}", YEJI_ACCESS_ANYONE, yeji_files_options },
  { "POST", "/v1/files", YEJI_ACCESS_ENTERPRISE, yeji_files_create,
    YEJI_LANE_DISK, yeji_files_complete, yeji_files_settle, TRUE, TRUE },
  { "HEAD", "/v1/files/{id}", YEJI_ACCESS_ENTERPRISE, yeji_files_find,
    YEJI_LANE_DISK, yeji_files_complete, yeji_files_settle },
  { "PATCH", "/v1/files/{id}", YEJI_ACCESS_ENTERPRISE, yeji_files_resume,
    YEJI_LANE_DISK, yeji_files_complete, yeji_files_settle, TRUE },
  { "DELETE", "/v1/files/{id}", YEJI_ACCESS_ENTERPRISE, yeji_files_remove,
    YEJI_LANE_DISK, yeji_files_unlink, yeji_files_removed },
  { "GET", "/v1/files/{id}", YEJI_ACCESS_SIGNED_IN, yeji_documents_get },
  { "GET", "/v1/files/{id}/thumbnail", YEJI_ACCESS_SIGNED_IN, yeji_thumbnails_find,
    YEJI_LANE_THUMBNAILS, yeji_thumbnails_make, yeji_thumbnails_send },
  { "POST", "/v1/files:have", YEJI_ACCESS_SIGNED_IN, yeji_documents_have },
  { "POST", "/v1/files:batch", YEJI_ACCESS_ENTERPRISE, yeji_batches_begin,
    YEJI_LANE_DISK, yeji_batches_complete, yeji_batches_settle, .streams = TRUE, .reads = TRUE,
    .prepare = yeji_batches_read, .raw = TRUE, .batch = TRUE },

  { "GET", "/v1/qualification-applications/candidates", YEJI_ACCESS_ENTERPRISE,
    yeji_qualifications_list_candidates, .reads = TRUE },
  { "GET", "/v1/qualification-applications", YEJI_ACCESS_SIGNED_IN, yeji_qualifications_list },
  { "POST", "/v1/qualification-applications", YEJI_ACCESS_ENTERPRISE, yeji_qualifications_make },
  { "GET", "/v1/qualification-applications/{uuid}", YEJI_ACCESS_SIGNED_IN,
    yeji_qualifications_get },
  { "POST", "/v1/qualification-applications/{uuid}:withdraw", YEJI_ACCESS_ENTERPRISE,
    yeji_qualifications_withdraw },
  { "POST", "/v1/qualification-applications/{uuid}:use", YEJI_ACCESS_REVIEWER,
    yeji_qualifications_use },

  { "GET", "/v1/declared", YEJI_ACCESS_SIGNED_IN, yeji_declared_get_filter, .reads = TRUE },
  { "GET", "/v1/declared/{number}", YEJI_ACCESS_SIGNED_IN, yeji_declared_get_number,
    .reads = TRUE },

  { "GET", "/v1/public/projects", YEJI_ACCESS_ANYONE, yeji_public_list, .reads = TRUE },
  { "GET", "/v1/public/projects/{uuid}", YEJI_ACCESS_ANYONE, yeji_public_get, .reads = TRUE },
  { "GET", "/", YEJI_ACCESS_ANYONE, yeji_public_search_page, .reads = TRUE },
  { "GET", "/projects/{uuid}", YEJI_ACCESS_ANYONE, yeji_public_project_page, .reads = TRUE },

  /* Who looks whether an address is good: the same answer, without its body. */
  { "HEAD", "/v1/public/projects", YEJI_ACCESS_ANYONE, yeji_public_list, .reads = TRUE },
  { "HEAD", "/v1/public/projects/{uuid}", YEJI_ACCESS_ANYONE, yeji_public_get, .reads = TRUE },
  { "HEAD", "/", YEJI_ACCESS_ANYONE, yeji_public_search_page, .reads = TRUE },
  { "HEAD", "/projects/{uuid}", YEJI_ACCESS_ANYONE, yeji_public_project_page, .reads = TRUE },
  { "HEAD", "/web/{asset}", YEJI_ACCESS_ANYONE, yeji_web_get_asset, .reads = TRUE },
  { "HEAD", "/desk", YEJI_ACCESS_ANYONE, yeji_web_get_desk, .reads = TRUE },

  { "GET", "/web/{asset}", YEJI_ACCESS_ANYONE, yeji_web_get_asset, .reads = TRUE },
  { "GET", "/desk", YEJI_ACCESS_ANYONE, yeji_web_get_desk, .reads = TRUE },

  { "GET", "/v1/admin/status", YEJI_ACCESS_ADMINISTRATOR, yeji_operation_get_status,
    .reads = TRUE },
  { "GET", "/healthz", YEJI_ACCESS_ANYONE, yeji_operation_get_health, .reads = TRUE },
  { "GET", "/readyz", YEJI_ACCESS_ANYONE, yeji_operation_get_readiness },
  { "GET", "/metrics", YEJI_ACCESS_ANYONE, yeji_operation_get_metrics, .reads = TRUE },
};

static gboolean
is_uuid (const char *text)
{
  return g_uuid_string_is_valid (text) && strspn (text, "0123456789abcdef-") == strlen (text);
}

static gboolean
is_id (const char *text)
{
  return strlen (text) == 32 && strspn (text, "0123456789abcdef") == 32;
}

/* Only what the server itself may have made gets through: nothing else can become part of a path
 * or of a query. */
static const struct
{
  const char *name;
  gboolean (*accepts) (const char *text);
} parameters[] = {
  { "{uuid}", is_uuid },
  { "{id}", is_id },
  { "{name}", yeji_account_is_name },
  { "{asset}", yeji_web_is_asset },
  { "{number}", yeji_declared_is_number },
};

/* (transfer full): what stands for the parameter, "" when there is none; NULL: no match */
static char *
match (const char *pattern,
       const char *path)
{
  const char *open = strchr (pattern, '{');
  const char *rest;
  gsize head, length;

  if (open == NULL)
    return g_str_equal (pattern, path) ? g_strdup ("") : NULL;
  head = (gsize) (open - pattern);
  if (strncmp (pattern, path, head) != 0)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (parameters); i++)
    {
      g_autofree char *value = NULL;

      if (!g_str_has_prefix (open, parameters[i].name))
        continue;
      rest = open + strlen (parameters[i].name);
      length = strcspn (path + head, ":/");
      value = g_strndup (path + head, length);
      if (g_str_equal (path + head + length, rest) && parameters[i].accepts (value))
        return g_steal_pointer (&value);
    }
  return NULL;
}

/* A client that says which version it speaks is told when that is not ours. One that says nothing is
 * a browser, or a tool that reads the documentation. (RFC 9110, 15.5.22 wants the Upgrade.) */
static YejiResponse *
refuse_version (YejiRequest *request)
{
  YejiVersionOrder order = yeji_version_compare (yeji_request_get_header (request, "yeji-version"));
  YejiResponse *response;
  JsonArray *supported;

  if (order == YEJI_VERSION_NONE || order == YEJI_VERSION_OURS)
    return NULL;
  if (order == YEJI_VERSION_OLDER)
    response = yeji_refuse (request, YEJI_WIRE_OTHER_VERSION,
                            "本程序的版本太旧，请更新程序后再试。数据都保存在本机。",
                            "This program is too old for this service. Update it; what was entered"
                            " stays on its computer.");
  else
    response = yeji_refuse (request, YEJI_WIRE_OTHER_VERSION,
                            "服务端的版本比本程序旧，请等待服务端更新。数据都保存在本机。",
                            "This service is older than the program. It has to be updated first;"
                            " what was entered stays on its computer.");
  supported = json_array_new ();
  json_array_add_string_element (supported, YEJI_WIRE_VERSION);
  json_object_set_array_member (json_node_get_object (response->body), "supported", supported);
  yeji_response_set_header (response, "Upgrade", "Yeji/" YEJI_WIRE_VERSION);
  return response;
}

/**
 * yeji_router_find:
 * @refusal: (out): why not
 *
 * Finds the route and sets the request's target.
 *
 * Returns: (nullable): the route, or %NULL with @refusal: 404, 405 with Allow, or 426 for another
 *   version of the protocol
 */
const YejiRoute *
yeji_router_find (YejiRequest   *request,
                  YejiResponse **refusal)
{
  g_autoptr (GString) allow = g_string_new (NULL);

  *refusal = g_str_has_prefix (request->path, "/v1/") ? refuse_version (request) : NULL;
  if (*refusal != NULL)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      g_autofree char *target = match (routes[i].pattern, request->path);

      if (target == NULL)
        continue;
      if (g_str_equal (routes[i].method, request->method))
        {
          request->target = g_steal_pointer (&target);
          return &routes[i];
        }
      g_string_append_printf (allow, "%s%s", allow->len > 0 ? ", " : "", routes[i].method);
    }
  if (allow->len == 0)
    *refusal = yeji_refuse (request, YEJI_WIRE_NOT_FOUND, NULL, NULL);
  else
    {
      *refusal = yeji_refuse_status (request, 405, YEJI_WIRE_MALFORMED, NULL, NULL);
      yeji_response_set_header (*refusal, "Allow", allow->str);
    }
  return NULL;
}

/**
 * yeji_router_read:
 * @text: (nullable): the body as it came; none with @length 0
 *
 * Reads the body, and does with it what its route has done before the handler's turn. On any thread.
 *
 * Returns: (transfer full) (nullable): the refusal of what cannot be read
 */
YejiResponse *
yeji_router_read (const YejiRoute   *route,
                  YejiServerContext *context,
                  YejiRequest       *request,
                  const char        *text,
                  gsize              length)
{
  g_autoptr (GError) error = NULL;

  if (length > 0 && !route->raw)
    request->body = yeji_json_parse (text, (gssize) length, &error);
  if (error != NULL)
    return yeji_refuse (request, YEJI_WIRE_MALFORMED, error->message, error->message);
  if (route->prepare == NULL)
    return NULL;
  request->text = text;
  request->length = length;
  route->prepare (context, request);
  request->text = NULL;
  return request->sent != NULL ? g_steal_pointer (&request->sent->unreadable) : NULL;
}

/* NULL: may go on, or an error */
static YejiResponse *
refuse_access (const YejiRoute    *route,
               YejiServerContext  *context,
               YejiSql            *sql,
               YejiRequest        *request,
               GError            **error)
{
  g_autofree char *token = yeji_request_dup_token (request);
  g_autoptr (GError) local_error = NULL;

  request->reach = yeji_roles_get_reach (route->access, NULL);
  if (request->reach != YEJI_REACH_NOTHING)
    return NULL;
  g_clear_pointer (&request->account, yeji_account_free);
  if (token != NULL)
    request->account = yeji_tokens_resolve (sql, token, g_get_real_time () / G_USEC_PER_SEC,
                                            &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (request->account == NULL)
    return yeji_refuse (request, YEJI_WIRE_UNAUTHORISED, NULL, NULL);
  request->reach = yeji_roles_get_reach (route->access, &request->account->role);
  if (request->reach == YEJI_REACH_NOTHING)
    return yeji_refuse (request, YEJI_WIRE_FORBIDDEN, NULL, NULL);
  if (request->reach == YEJI_REACH_AREA
      && !yeji_account_is_registered (request->account, context->offices))
    return yeji_refuse (request, YEJI_WIRE_UNREGISTERED, NULL, NULL);
  return NULL;
}

/**
 * yeji_router_begin:
 *
 * Looks at who asks and calls the handler.
 *
 * Returns: (transfer full) (nullable): the answer; status 0 when the route's work comes first
 */
YejiResponse *
yeji_router_begin (const YejiRoute    *route,
                   YejiServerContext  *context,
                   YejiSql            *sql,
                   YejiRequest        *request,
                   GError            **error)
{
  g_autoptr (GError) local_error = NULL;
  YejiResponse *response = refuse_access (route, context, sql, request, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  return response != NULL ? response : route->handler (context, sql, request, error);
}

/**
 * yeji_router_finish:
 *
 * Calls what follows a route's work.
 *
 * Returns: (transfer full) (nullable): the answer
 */
YejiResponse *
yeji_router_finish (const YejiRoute    *route,
                    YejiServerContext  *context,
                    YejiSql            *sql,
                    YejiRequest        *request,
                    GError            **error)
{
  return route->then (context, sql, request, error);
}

/**
 * yeji_router_find_pattern:
 * @method: (inout): one that came, and then that of the route
 *
 * Returns: (nullable): the pattern of the route for @path, by which it can be counted and logged;
 *   of a method that the path has not, that of another one; %NULL: there is none
 */
const char *
yeji_router_find_pattern (const char **method,
                          const char  *path)
{
  const char *pattern = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      g_autofree char *target = match (routes[i].pattern, path);

      if (target == NULL)
        continue;
      pattern = routes[i].pattern;
      if (g_str_equal (routes[i].method, *method))
        {
          *method = routes[i].method;
          return pattern;
        }
    }
  *method = "-";
  return pattern;
}

/**
 * yeji_router_get_routes:
 * @n_routes: (out)
 *
 * Returns: (array length=n_routes): what the server answers to
 */
const YejiRoute *
yeji_router_get_routes (guint *n_routes)
{
  *n_routes = G_N_ELEMENTS (routes);
  return routes;
}
