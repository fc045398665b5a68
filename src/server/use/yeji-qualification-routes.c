// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* What becomes of a qualification list after it was made. */

#define G_LOG_DOMAIN "yeji-qualifications"

#include "config.h"

#include "yeji-qualification-lists.h"

#include "yeji-audit.h"
#include "yeji-clock.h"
#include "yeji-json.h"

#define PAGE 20
#define MAX_APPLICATION 100

static JsonNode *
wrap (JsonArray *lists,
      gint64     page,
      gboolean   more)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_array_member (object, "applications", lists);
  json_object_set_int_member (object, "page", page);
  json_object_set_boolean_member (object, "more", more);
  json_node_take_object (node, object);
  return node;
}

/* (element-type YejiQualificationList) */
static GPtrArray *
load_page (YejiSql      *sql,
           YejiRequest  *request,
           gint64        page,
           GError      **error)
{
  g_autoptr (GPtrArray) lists =
    g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_qualification_list_free);
  const char *own = request->account->enterprise;
  const char *asked = yeji_request_get_query (request, "enterprise");
  const char *state = yeji_request_get_query (request, "state");
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT " YEJI_QUALIFICATION_COLUMNS " FROM " YEJI_QUALIFICATION_TABLES
                         " WHERE (?1 = '' OR q.enterprise = ?1) AND (?2 = '' OR state = ?2)"
                         " ORDER BY made_at DESC, id LIMIT ?3 OFFSET ?4", "ssii",
                         request->reach == YEJI_REACH_OWN ? own : asked != NULL ? asked : "",
                         state != NULL ? state : "", (gint64) PAGE + 1, (page - 1) * PAGE);
  if (rows == NULL)
    return NULL;
  while (yeji_rows_next (rows, &local_error))
    g_ptr_array_add (lists, yeji_qualification_list_read (rows));
  if (local_error == NULL)
    return g_steal_pointer (&lists);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/**
 * yeji_qualifications_list:
 *
 * `GET /v1/qualification-applications?state=open&enterprise=CODE&page=1`: an enterprise's own lists,
 * the newest first; those of all for reviewers and administrators: what they carry is public.
 */
YejiResponse *
yeji_qualifications_list (YejiServerContext  *context,
                          YejiSql            *sql,
                          YejiRequest        *request,
                          GError            **error)
{
  const char *asked = yeji_request_get_query (request, "page");
  gint64 page = CLAMP (asked != NULL ? g_ascii_strtoll (asked, NULL, 10) : 1, 1, G_MAXINT32);
  g_autoptr (GPtrArray) lists = load_page (sql, request, page, error);
  g_autoptr (JsonArray) array = json_array_new ();

  if (lists == NULL)
    return NULL;
  for (guint i = 0; i < MIN (lists->len, PAGE); i++)
    {
      JsonNode *node = yeji_qualification_list_to_json (g_ptr_array_index (lists, i), context, sql,
                                                        error);

      if (node == NULL)
        return NULL;
      json_array_add_element (array, node);
    }
  return yeji_response_new (200, wrap (json_array_ref (array), page, lists->len > PAGE));
}

/* The list that the path names; NULL with a refusal or an error. */
static YejiQualificationList *
load_for (YejiSql       *sql,
          YejiRequest   *request,
          YejiResponse **refusal,
          GError       **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiQualificationList) list = yeji_qualification_list_load (sql, request->target,
                                                                         &local_error);

  *refusal = NULL;
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (list != NULL && (request->reach != YEJI_REACH_OWN
                       || g_strcmp0 (request->account->enterprise, list->enterprise) == 0))
    return g_steal_pointer (&list);
  *refusal = yeji_refuse (request, YEJI_WIRE_NOT_FOUND, NULL, NULL);
  return NULL;
}

static YejiResponse *
answer (YejiQualificationList *list,
        YejiServerContext     *context,
        YejiSql               *sql,
        GError               **error)
{
  JsonNode *node = yeji_qualification_list_to_json (list, context, sql, error);

  return node != NULL ? yeji_response_new (200, node) : NULL;
}

/**
 * yeji_qualifications_get:
 *
 * `GET /v1/qualification-applications/{uuid}`
 */
YejiResponse *
yeji_qualifications_get (YejiServerContext  *context,
                         YejiSql            *sql,
                         YejiRequest        *request,
                         GError            **error)
{
  YejiResponse *refusal;
  g_autoptr (YejiQualificationList) list = load_for (sql, request, &refusal, error);

  return list != NULL ? answer (list, context, sql, error) : refusal;
}

static gboolean
change_state (YejiQualificationList  *list,
              YejiSql                *sql,
              YejiRequest            *request,
              const char             *state,
              const char             *application,
              const char             *what,
              GError                **error)
{
  g_free (list->state);
  g_free (list->changed_at);
  g_free (list->application);
  list->state = g_strdup (state);
  list->changed_at = yeji_clock_now ();
  list->application = g_strdup (application);
  return yeji_sql_exec (sql, error,
                        "UPDATE qualification SET state = ?2, changed_at = ?3, application = ?4"
                        " WHERE id = ?1", "ssss", list->id, state, list->changed_at, application)
         && yeji_audit_write (sql, request->account->name, what, NULL, list->id, error);
}

/**
 * yeji_qualifications_withdraw:
 *
 * `POST /v1/qualification-applications/{uuid}:withdraw`: the enterprise takes a list back that no
 * application carries yet; twice too.
 */
YejiResponse *
yeji_qualifications_withdraw (YejiServerContext  *context,
                              YejiSql            *sql,
                              YejiRequest        *request,
                              GError            **error)
{
  YejiResponse *refusal;
  g_autoptr (YejiQualificationList) list = load_for (sql, request, &refusal, error);

  if (list == NULL)
    return refusal;
  if (g_str_equal (list->state, YEJI_QUALIFICATION_USED))
    return yeji_refuse (request, YEJI_WIRE_STATE, "清单已用于资质申请，不能撤回。",
                        "An application carries this list already: it cannot be taken back.");
  if (!g_str_equal (list->state, YEJI_QUALIFICATION_WITHDRAWN)
      && !change_state (list, sql, request, YEJI_QUALIFICATION_WITHDRAWN, NULL,
                        "qualification.withdrawn", error))
    return NULL;
  return answer (list, context, sql, error);
}

static gboolean
is_application (const char *text)
{
  return text != NULL && *text != '\0' && g_utf8_strlen (text, -1) <= MAX_APPLICATION;
}

/* Whether a record of the list does not count any more. */
static gboolean
has_lost (JsonNode *list)
{
  return json_object_get_int_member (json_node_get_object (list), "n_lost") > 0;
}

/**
 * yeji_qualifications_use:
 *
 * `POST /v1/qualification-applications/{uuid}:use`: a reviewer says which application carries the
 * list, once; not as long as a record of it does not count any more.
 */
YejiResponse *
yeji_qualifications_use (YejiServerContext  *context,
                         YejiSql            *sql,
                         YejiRequest        *request,
                         GError            **error)
{
  YejiResponse *refusal;
  g_autoptr (YejiQualificationList) list = load_for (sql, request, &refusal, error);
  const char *application = yeji_request_get_string (request, "application");
  g_autoptr (JsonNode) before = NULL;

  if (list == NULL)
    return refusal;
  if (!is_application (application))
    return yeji_refuse (request, YEJI_WIRE_MALFORMED, "需要申请编号 application，不超过 100 字。",
                        "The number of the application is required, of 100 characters at most.");
  if (g_str_equal (list->state, YEJI_QUALIFICATION_USED)
      && g_strcmp0 (list->application, application) == 0)
    return answer (list, context, sql, error);
  if (!g_str_equal (list->state, YEJI_QUALIFICATION_OPEN))
    return yeji_refuse (request, YEJI_WIRE_STATE, "清单已撤回，或已用于另一申请。",
                        "The list was taken back, or another application carries it.");
  before = yeji_qualification_list_to_json (list, context, sql, error);
  if (before == NULL)
    return NULL;
  if (has_lost (before))
    return yeji_refuse (request, YEJI_WIRE_STATE, "清单中有业绩已不能使用，请企业重新勾选。",
                        "Some records of the list do not count any more: the enterprise has to make"
                        " another list.");
  if (!change_state (list, sql, request, YEJI_QUALIFICATION_USED, application,
                     "qualification.used", error))
    return NULL;
  return answer (list, context, sql, error);
}
