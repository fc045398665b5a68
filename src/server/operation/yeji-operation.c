// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-server"

#include "config.h"

#include "yeji-handlers.h"

#include <string.h>

#include <sodium.h>

#include "yeji-epoch.h"
#include "yeji-json.h"
#include "yeji-standing.h"

#define METRICS_TYPE "text/plain; version=0.0.4; charset=utf-8"
#define MIB (1024 * 1024)
#define MAX_REFUSED 20

/* What only a proxy says: whoever comes through it is not on this computer. */
static const char * const forwarded[] = { "x-real-ip", "x-forwarded-for", "forwarded" };

/* Who watches the server is on the same computer, or has the key; NULL: may know. */
static YejiResponse *
refuse_stranger (YejiServerContext *context,
                 YejiRequest       *request)
{
  g_autofree char *token = yeji_request_dup_token (request);
  gboolean local = request->address == NULL;

  for (guint i = 0; i < G_N_ELEMENTS (forwarded); i++)
    if (yeji_request_get_header (request, forwarded[i]) != NULL)
      local = FALSE;
  if (local
      || (token != NULL && context->metrics_token != NULL
          && strlen (token) == strlen (context->metrics_token)
          && sodium_memcmp (token, context->metrics_token, strlen (token)) == 0))
    return NULL;
  return yeji_refuse (request, YEJI_WIRE_FORBIDDEN, "只限本机，或凭监控令牌访问。",
                      "This is for the same computer, or for who has the key of the metrics.");
}

static YejiResponse *
answer_object (guint       status,
               JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return yeji_response_new (status, node);
}

/**
 * yeji_operation_get_health:
 *
 * `GET /healthz`: whether the server lives: its database answers.
 */
YejiResponse *
yeji_operation_get_health (YejiServerContext  *context,
                           YejiSql            *sql,
                           YejiRequest        *request,
                           GError            **error)
{
  YejiResponse *refusal = refuse_stranger (context, request);
  g_auto (YejiEpoch) epoch = { NULL };
  JsonObject *object;

  if (refusal != NULL)
    return refusal;
  if (!yeji_epoch_read (sql, &epoch, error))
    return NULL;
  object = json_object_new ();
  json_object_set_string_member (object, "status", "ok");
  json_object_set_string_member (object, "version", YEJI_VERSION);
  return answer_object (200, object);
}

/**
 * yeji_operation_get_readiness:
 *
 * `GET /readyz`: whether it can take what enterprises send: the database can be written, and the
 * disk is not full; 503 with what is the matter otherwise.
 */
YejiResponse *
yeji_operation_get_readiness (YejiServerContext  *context,
                              YejiSql            *sql,
                              YejiRequest        *request,
                              GError            **error)
{
  YejiResponse *refusal = refuse_stranger (context, request);
  g_autoptr (GError) local_error = NULL;
  JsonArray *reasons;
  JsonObject *object;
  gint64 size, free_space;
  guint n_reasons;

  if (refusal != NULL)
    return refusal;
  reasons = json_array_new ();
  if (!yeji_sql_exec (sql, &local_error,
                      "UPDATE server SET value = value WHERE key = 'epoch'", ""))
    json_array_add_string_element (reasons, "database");
  free_space = yeji_standing_read_free_space (context, &size);
  if (free_space >= 0 && free_space / MIB < context->province->least_free)
    json_array_add_string_element (reasons, "disk");
  n_reasons = json_array_get_length (reasons);
  object = json_object_new ();
  json_object_set_string_member (object, "status", n_reasons == 0 ? "ok" : "not-ready");
  json_object_set_array_member (object, "reasons", reasons);
  return answer_object (n_reasons == 0 ? 200 : 503, object);
}

static void
print_gauge (GString    *text,
             const char *name,
             const char *help,
             gint64      value)
{
  g_string_append_printf (text, "# HELP %s %s\n# TYPE %s gauge\n%s %" G_GINT64_FORMAT "\n", name,
                          help, name, name, value);
}

static void
print_tallies (GString    *text,
               const char *name,
               const char *label,
               const char *help,
               GArray     *tallies)
{
  g_string_append_printf (text, "# HELP %s %s\n# TYPE %s gauge\n", name, help, name);
  for (guint i = 0; i < tallies->len; i++)
    {
      const YejiTally *tally = &g_array_index (tallies, YejiTally, i);

      g_string_append_printf (text, "%s{%s=\"%s\"} %" G_GINT64_FORMAT "\n", name, label,
                              tally->name, tally->count);
    }
}

/* 0 where there is no such moment. */
static gint64
get_age (const char *moment)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GDateTime) then = moment != NULL ? g_date_time_new_from_iso8601 (moment, zone) : NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return then != NULL ? MAX (g_date_time_difference (now, then) / G_USEC_PER_SEC, 0) : 0;
}

static void
print_push (GString            *text,
            const YejiStanding *standing)
{
  const struct
  {
    const char *state;
    gint64 count;
  } states[] = {
    { "waiting", standing->push.waiting }, { "sent", standing->push.sent },
    { "accepted", standing->push.accepted }, { "refused", standing->push.refused },
  };

  g_string_append (text, "# HELP yeji_push What the national platform was told.\n"
                   "# TYPE yeji_push gauge\n");
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    g_string_append_printf (text, "yeji_push{state=\"%s\"} %" G_GINT64_FORMAT "\n",
                            states[i].state, states[i].count);
  print_gauge (text, "yeji_push_oldest_seconds", "How long the oldest of those waits.",
               get_age (standing->push.oldest_at));
}

static void
print_standing (GString            *text,
                const YejiStanding *standing)
{
  print_tallies (text, "yeji_records", "state", "Records by state.", standing->records);
  print_gauge (text, "yeji_review_oldest_seconds", "How long the oldest submission waits.",
               get_age (standing->oldest_submission));
  print_tallies (text, "yeji_accounts", "role", "Accounts by role.", standing->accounts);
  print_gauge (text, "yeji_sessions", "Sessions that were not ended.", standing->sessions);
  print_gauge (text, "yeji_uploads_unfinished", "Documents of which a part has come.",
               standing->uploads);
  print_gauge (text, "yeji_documents_bytes", "Documents of all records.", standing->documents);
  print_gauge (text, "yeji_database_bytes", "The database's file.", standing->database);
  print_gauge (text, "yeji_database_log_bytes", "The database's log.", standing->database_log);
  print_gauge (text, "yeji_disk_size_bytes", "The disk that all this is on.", standing->disk_size);
  print_gauge (text, "yeji_disk_free_bytes", "What is free there.", standing->disk_free);
  print_push (text, standing);
}

/**
 * yeji_operation_get_metrics:
 *
 * `GET /metrics`: what Prometheus reads. No name, number or address is in it.
 */
YejiResponse *
yeji_operation_get_metrics (YejiServerContext  *context,
                            YejiSql            *sql,
                            YejiRequest        *request,
                            GError            **error)
{
  YejiResponse *response = refuse_stranger (context, request);
  g_auto (YejiStanding) standing = { 0 };
  GString *text;

  if (response != NULL)
    return response;
  if (!yeji_standing_read (context, sql, &standing, error))
    return NULL;
  text = g_string_new (NULL);
  g_string_append_printf (text, "# HELP yeji_info What runs.\n# TYPE yeji_info gauge\n"
                          "yeji_info{version=\"%s\",dictionary=\"%s\"} 1\n", YEJI_VERSION,
                          yeji_dictionary_get_version (context->dictionary));
  yeji_metrics_print (context->metrics, text);
  print_standing (text, &standing);
  response = yeji_response_new (200, NULL);
  response->type = g_strdup (METRICS_TYPE);
  response->content = g_string_free_to_bytes (text);
  return response;
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

static JsonObject *
make_tallies (GArray *tallies)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < tallies->len; i++)
    {
      const YejiTally *tally = &g_array_index (tallies, YejiTally, i);

      json_object_set_int_member (object, tally->name, tally->count);
    }
  return object;
}

/* What the platform would not have, the newest first. */
static JsonArray *
list_refused (YejiSql  *sql,
              GError  **error)
{
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT push.uuid, name, push.message, at FROM push"
                         " JOIN record USING (uuid) WHERE push.state = 'refused'"
                         " AND seq = (SELECT max (seq) FROM push AS last"
                         "  WHERE last.uuid = push.uuid) ORDER BY seq DESC LIMIT ?1",
                         "i", (gint64) MAX_REFUSED);
  if (rows == NULL)
    return NULL;
  while (yeji_rows_next (rows, &local_error))
    {
      JsonObject *object = json_object_new ();

      set_text (object, "uuid", yeji_rows_text (rows, 0));
      set_text (object, "name", yeji_rows_text (rows, 1));
      set_text (object, "message", yeji_rows_text (rows, 2));
      set_text (object, "at", yeji_rows_text (rows, 3));
      json_array_add_object_element (array, object);
    }
  if (local_error == NULL)
    return g_steal_pointer (&array);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/* @refused: (transfer full) */
static JsonObject *
make_push (YejiServerContext    *context,
           const YejiPushCounts *counts,
           JsonArray            *refused)
{
  JsonObject *object = json_object_new ();

  json_object_set_boolean_member (object, "configured", context->push != NULL);
  json_object_set_int_member (object, "waiting", counts->waiting);
  json_object_set_int_member (object, "sent", counts->sent);
  json_object_set_int_member (object, "accepted", counts->accepted);
  json_object_set_int_member (object, "refused", counts->refused);
  set_text (object, "oldest_at", counts->oldest_at);
  set_text (object, "message", counts->message);
  json_object_set_array_member (object, "refusals", refused);
  return object;
}

static JsonObject *
make_requests (YejiServerContext *context)
{
  JsonObject *object = json_object_new ();
  YejiMetricsSum sum;

  yeji_metrics_sum (context->metrics, &sum);
  json_object_set_int_member (object, "answered", (gint64) sum.requests);
  json_object_set_int_member (object, "refused", (gint64) sum.refusals);
  json_object_set_int_member (object, "failed", (gint64) sum.errors);
  return object;
}

static char *
print_start (YejiServerContext *context)
{
  g_autoptr (GDateTime) moment = NULL;
  YejiMetricsSum sum;

  yeji_metrics_sum (context->metrics, &sum);
  moment = g_date_time_new_from_unix_utc (sum.started_at);
  return g_date_time_format (moment, "%Y-%m-%dT%H:%M:%SZ");
}

/**
 * yeji_operation_get_status:
 *
 * `GET /v1/admin/status`: how it stands, for the administrator's page.
 */
YejiResponse *
yeji_operation_get_status (YejiServerContext  *context,
                           YejiSql            *sql,
                           YejiRequest        *request,
                           GError            **error)
{
  g_autofree char *started_at = print_start (context);
  g_auto (YejiStanding) standing = { 0 };
  g_auto (YejiEpoch) epoch = { NULL };
  JsonObject *object, *disk, *database;
  JsonArray *refused;

  if (!yeji_standing_read (context, sql, &standing, error) || !yeji_epoch_read (sql, &epoch, error))
    return NULL;
  refused = list_refused (sql, error);
  if (refused == NULL)
    return NULL;
  object = json_object_new ();
  json_object_set_string_member (object, "version", YEJI_VERSION);
  json_object_set_string_member (object, "started_at", started_at);
  json_object_set_string_member (object, "dictionary",
                                 yeji_dictionary_get_version (context->dictionary));
  set_text (object, "settings", context->province->is_there ? context->province->path : NULL);
  json_object_set_string_member (object, "epoch", epoch.id);
  set_text (object, "restored_at", epoch.restored_at);
  disk = json_object_new ();
  json_object_set_int_member (disk, "size", standing.disk_size);
  json_object_set_int_member (disk, "free", standing.disk_free);
  json_object_set_int_member (disk, "least_free", (gint64) context->province->least_free * MIB);
  json_object_set_object_member (object, "disk", disk);
  database = json_object_new ();
  json_object_set_int_member (database, "size", standing.database);
  json_object_set_int_member (database, "log", standing.database_log);
  json_object_set_object_member (object, "database", database);
  json_object_set_int_member (object, "documents", standing.documents);
  json_object_set_int_member (object, "uploads", standing.uploads);
  json_object_set_int_member (object, "sessions", standing.sessions);
  json_object_set_object_member (object, "records", make_tallies (standing.records));
  json_object_set_object_member (object, "accounts", make_tallies (standing.accounts));
  set_text (object, "oldest_submission", standing.oldest_submission);
  json_object_set_object_member (object, "requests", make_requests (context));
  json_object_set_object_member (object, "push", make_push (context, &standing.push, refused));
  return answer_object (200, object);
}
