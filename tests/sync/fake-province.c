// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "fake-province-private.h"

typedef struct
{
  char *request;               /* a pattern for "METHOD /path" */
  FakeFault fault;
  guint times;
} Plan;

typedef void (*Handler) (FakeProvince *self,
                         Visit        *visit);

static void
plan_free (gpointer data)
{
  Plan *plan = data;

  g_free (plan->request);
  g_free (plan);
}

static void
record_free (gpointer data)
{
  FakeRecord *record = data;

  g_free (record->uuid);
  g_free (record->body);
  g_free (record->state);
  g_free (record->key);
  g_free (record->files);
  g_hash_table_unref (record->held);
  g_free (record);
}

static char *
print_session (FakeProvince *self)
{
  g_autofree char *enterprise = self->enterprise == NULL ? g_strdup ("")
    : g_strdup_printf (", \"enterprise\": {\"name\": \"company %s\", \"code\": \"%s\"}",
                       self->enterprise, self->enterprise);

  return g_strdup_printf ("{\"access\": \"access-%u\", \"refresh\": \"refresh-%u\","
                          " \"expires_in\": 900, \"user\": {\"name\": \"clerk\","
                          " \"display_name\": \"张三\"%s}}", self->session, self->session,
                          enterprise);
}

/* A refresh token is good once, and once more for an answer that got lost, as the province has it. */
static gboolean
use_refresh (FakeProvince *self,
             const char   *refresh)
{
  guint session = g_str_has_prefix (refresh, "refresh-")
                    ? (guint) g_ascii_strtoull (refresh + strlen ("refresh-"), NULL, 10) : 0;

  self->refreshes++;
  if (self->closed || session < self->renewed)
    return FALSE;
  self->renewed = session;
  return TRUE;
}

static void
post_session (FakeProvince *self,
              Visit        *visit)
{
  const char *refresh = yeji_json_get_string (visit->body, "refresh");
  const char *password = yeji_json_get_string (visit->body, "password");

  if (refresh != NULL ? !use_refresh (self, refresh)
                      : self->closed || g_strcmp0 (password, "secret") != 0)
    refuse (visit->message, 401, YEJI_WIRE_UNAUTHORISED, "");
  else
    {
      self->session++;
      respond (visit->message, 200, print_session (self));
    }
}

static void
delete_session (FakeProvince *self,
                Visit        *visit)
{
  self->closed = TRUE;
  respond (visit->message, 204, NULL);
}

static gboolean
is_same_json (const char *one,
              GBytes     *other)
{
  g_autoptr (JsonNode) first = json_from_string (one, NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (other, NULL), g_bytes_get_size (other));
  g_autoptr (JsonNode) second = json_from_string (text, NULL);

  return json_node_equal (first, second);
}

static void
respond_record (Visit      *visit,
                FakeRecord *record,
                guint       status)
{
  set_header (visit->message, "ETag", "\"r%u\"", record->revision);
  respond (visit->message, status,
           g_strdup_printf ("{\"record\": %s, \"state\": \"%s\"}", record->body, record->state));
}

static void
get_record (FakeProvince *self,
            Visit        *visit)
{
  FakeRecord *record = fake_province_find (self, visit->path + strlen ("/v1/records/"));

  if (record != NULL)
    respond_record (visit, record, 200);
  else
    refuse (visit->message, 404, YEJI_WIRE_NOT_FOUND, "");
}

static void
respond_stale (Visit      *visit,
               FakeRecord *record)
{
  g_autofree char *current = g_strdup_printf (", \"current\": {\"record\": %s, \"state\": \"%s\"}",
                                              record->body, record->state);

  set_header (visit->message, "ETag", "\"r%u\"", record->revision);
  refuse (visit->message, 412, YEJI_WIRE_STALE, current);
}

static void
write_record (FakeRecord *record,
              GBytes     *body)
{
  g_free (record->body);
  record->body = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  record->revision++;
}

static void
put_record (FakeProvince *self,
            Visit        *visit)
{
  const char *uuid = visit->path + strlen ("/v1/records/");
  const char *match = get_header (visit->message, "If-Match");
  FakeRecord *record = fake_province_find (self, uuid);
  g_autoptr (GBytes) body = get_body (visit->message);
  g_autofree char *tag = g_strdup_printf ("\"r%u\"", record != NULL ? record->revision : 0);

  if (match == NULL && get_header (visit->message, "If-None-Match") == NULL)
    refuse (visit->message, 428, "precondition-required", "");
  else if (record == NULL && match != NULL)
    refuse (visit->message, 404, YEJI_WIRE_NOT_FOUND, "");
  else if (record != NULL && match != NULL && g_strcmp0 (match, tag) != 0)
    respond_stale (visit, record);
  else if (record != NULL && g_str_equal (record->state, "submitted"))
    refuse (visit->message, 409, YEJI_WIRE_STATE, "");
  else if (record != NULL && g_strcmp0 (match, tag) != 0)
    respond_stale (visit, record);
  else
    {
      if (record == NULL)
        {
          record = g_new0 (FakeRecord, 1);
          record->uuid = g_strdup (uuid);
          record->state = g_strdup ("draft");
          record->held = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
          g_hash_table_insert (self->records, record->uuid, record);
        }
      if (record->body == NULL || !is_same_json (record->body, body))
        write_record (record, body);
      respond_record (visit, record, match != NULL ? 200 : 201);
    }
}

/* With its files, or before them. */
static gboolean
is_complete (FakeRecord *record,
             JsonObject *body)
{
  JsonArray *files = yeji_json_get_array (body, "files");

  record->files_follow = json_object_get_boolean_member_with_default (
    body, YEJI_WIRE_MEMBER_FILES_FOLLOW, FALSE);
  for (guint i = 0; i < json_array_get_length (files); i++)
    {
      JsonObject *file = json_array_get_object_element (files, i);

      if (!record->files_follow
          && !g_hash_table_contains (record->held, yeji_json_get_string (file, "sha256")))
        return FALSE;
    }
  return TRUE;
}

static char *
print_receipt (FakeProvince *self,
               FakeRecord   *record)
{
  g_autofree char *signed_one = self->sign != NULL ? self->sign (record, self->sign_data) : NULL;

  return g_strdup_printf ("{\"uuid\": \"%s\", \"revision\": \"r%u\", \"state\": \"submitted\","
                          " \"at\": \"2026-01-02T03:04:05Z\"%s%s%s}", record->uuid,
                          record->revision,
                          record->files_follow ? ", \"files\": {\"complete_at\": null}" : "",
                          signed_one != NULL ? ", \"receipt\": " : "",
                          signed_one != NULL ? signed_one : "");
}

static void
get_receipts (FakeProvince *self,
              Visit        *visit)
{
  g_autofree char *uuid = g_strndup (visit->path + strlen ("/v1/records/"), 36);
  FakeRecord *record = fake_province_find (self, uuid);
  char *text = record != NULL && self->sign != NULL ? self->sign (record, self->sign_data) : NULL;

  if (record == NULL)
    refuse (visit->message, 404, YEJI_WIRE_NOT_FOUND, "");
  else
    respond (visit->message, 200,
             g_strdup_printf ("{\"receipt\": %s}", text != NULL ? text : "null"));
  g_free (text);
}

static void
post_submit (FakeProvince *self,
             Visit        *visit)
{
  g_autofree char *uuid = g_strndup (visit->path + strlen ("/v1/records/"), 36);
  const char *key = get_header (visit->message, "Idempotency-Key");
  FakeRecord *record = fake_province_find (self, uuid);
  g_autofree char *tag = g_strdup_printf ("\"r%u\"", record != NULL ? record->revision : 0);

  if (record == NULL)
    refuse (visit->message, 404, YEJI_WIRE_NOT_FOUND, "");
  else if (g_strcmp0 (record->key, key) == 0)
    respond (visit->message, 200, print_receipt (self, record));
  else if (g_str_equal (record->state, "submitted"))
    refuse (visit->message, 409, YEJI_WIRE_STATE, "");
  else if (g_strcmp0 (get_header (visit->message, "If-Match"), tag) != 0)
    respond_stale (visit, record);
  else if (!is_complete (record, visit->body))
    refuse (visit->message, 409, YEJI_WIRE_MISSING_FILES, "");
  else
    {
      record->n_submissions++;
      g_free (record->key);
      g_free (record->files);
      record->key = g_strdup (key);
      record->files = json_to_string (json_object_get_member (visit->body, "files"), FALSE);
      g_free (record->state);
      record->state = g_strdup ("submitted");
      respond (visit->message, 200, print_receipt (self, record));
    }
}

/* A list of `again` false that is called 已用 is one whose records others carry. */
static void
post_list (FakeProvince *self,
           Visit        *visit)
{
  const char *key = get_header (visit->message, "Idempotency-Key");
  const char *known = g_hash_table_lookup (self->lists, key);
  g_autofree char *records = json_to_string (json_object_get_member (visit->body, "records"),
                                             FALSE);
  char *list;

  if (known != NULL)
    {
      respond (visit->message, 200, g_strdup (known));
      return;
    }
  if (g_str_equal (json_object_get_string_member (visit->body, "name"), "已用")
      && !json_object_get_boolean_member (visit->body, "again"))
    {
      refuse (visit->message, 409, YEJI_WIRE_USED, "");
      return;
    }
  list = g_strdup_printf ("{\"id\": \"there-%u\", \"kind\": \"%s\", \"name\": \"%s\","
                          " \"state\": \"open\", \"at\": \"2026-05-01T00:00:00.000Z\","
                          " \"n_lost\": 0, \"asked\": %s, \"records\": [{\"uuid\": %s}]}",
                          g_hash_table_size (self->lists),
                          json_object_get_string_member (visit->body, "kind"),
                          json_object_get_string_member (visit->body, "name"), records,
                          "\"6f1c2d3e-4a5b-4c6d-8e7f-102030405001\"");
  g_hash_table_insert (self->lists, g_strdup (key), list);
  respond (visit->message, 201, g_strdup (list));
}

static void
get_lists (FakeProvince *self,
           Visit        *visit)
{
  GString *text = g_string_new ("{\"page\": 1, \"more\": false, \"applications\": [");
  GHashTableIter iter;
  gpointer list;
  guint n = 0;

  g_hash_table_iter_init (&iter, self->lists);
  while (g_hash_table_iter_next (&iter, NULL, &list))
    g_string_append_printf (text, "%s%s", n++ > 0 ? "," : "", (const char *) list);
  g_string_append (text, "]}");
  respond (visit->message, 200, g_string_free (text, FALSE));
}

/* As often as one likes: it happens once. */
static void
post_withdraw (FakeProvince *self,
               Visit        *visit)
{
  g_autofree char *uuid = g_strndup (visit->path + strlen ("/v1/records/"), 36);
  FakeRecord *record = fake_province_find (self, uuid);
  g_autofree char *tag = g_strdup_printf ("\"r%u\"", record != NULL ? record->revision : 0);

  if (record == NULL)
    refuse (visit->message, 404, YEJI_WIRE_NOT_FOUND, "");
  else if (g_str_equal (record->state, "withdrawn"))
    respond_record (visit, record, 200);
  else if (!g_str_equal (record->state, "submitted"))
    refuse (visit->message, 409, YEJI_WIRE_STATE, "");
  else if (g_strcmp0 (get_header (visit->message, "If-Match"), tag) != 0)
    respond_stale (visit, record);
  else
    {
      g_free (record->state);
      record->state = g_strdup ("withdrawn");
      record->revision++;
      respond_record (visit, record, 200);
    }
}

static void
respond_changes (FakeProvince      *self,
                 SoupServerMessage *message,
                 guint              since)
{
  GString *text = g_string_new ("{\"changes\": [");
  guint end = MIN (since + self->page_size, self->changes->len);

  for (guint i = since; i < end; i++)
    g_string_append_printf (text, "%s%s", i > since ? "," : "",
                            (char *) g_ptr_array_index (self->changes, i));
  g_string_append_printf (text, "], \"next\": \"%s-%u\", \"more\": %s}",
                          self->epoch % 2 == 0 ? "e" : "f", end,
                          end < self->changes->len ? "true" : "false");
  respond (message, 200, g_string_free (text, FALSE));
}

static guint
get_since (GHashTable *query)
{
  const char *since = query != NULL ? g_hash_table_lookup (query, "since") : NULL;

  return since != NULL ? (guint) g_ascii_strtoull (since + strlen ("e-"), NULL, 10) : 0;
}

static gboolean
is_of_another_epoch (FakeProvince *self,
                     GHashTable   *query)
{
  const char *since = query != NULL ? g_hash_table_lookup (query, "since") : NULL;

  return since != NULL && (*since == 'e') != (self->epoch % 2 == 0);
}

static void
get_changes (FakeProvince *self,
             Visit        *visit)
{
  const char *wait = visit->query != NULL ? g_hash_table_lookup (visit->query, "wait") : NULL;
  guint since = get_since (visit->query);

  if (is_of_another_epoch (self, visit->query))
    {
      refuse (visit->message, 410, YEJI_WIRE_STALE, ", \"restored_at\": \"2026-01-03T00:00:00Z\"");
      return;
    }
  if (g_strcmp0 (wait, "25") != 0 || since < self->changes->len || self->impatient)
    {
      respond_changes (self, visit->message, since);
      return;
    }
  g_set_object (&self->waiting, visit->message);
  soup_server_message_pause (visit->message);
}

static void
get_config (FakeProvince *self,
            Visit        *visit)
{
  if (self->config == NULL)
    refuse (visit->message, 404, YEJI_WIRE_NOT_FOUND, "");
  else
    respond (visit->message, 200, g_strdup (self->config));
}

static void
get_dictionary (FakeProvince *self,
                Visit        *visit)
{
  gsize size;
  const char *text = g_bytes_get_data (self->dictionary, &size);

  soup_server_message_set_status (visit->message, 200, NULL);
  soup_server_message_set_response (visit->message, "application/json", SOUP_MEMORY_COPY, text,
                                    size);
}

static void
get_declared (FakeProvince *self,
              Visit        *visit)
{
  g_autofree char *sum = NULL;
  g_autofree char *tag = NULL;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (visit->message);
  gsize size;
  const char *bytes;

  if (self->declared == NULL)
    {
      refuse (visit->message, 404, YEJI_WIRE_NOT_FOUND, "");
      return;
    }
  sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, self->declared);
  tag = g_strdup_printf ("\"%s\"", sum);
  bytes = g_bytes_get_data (self->declared, &size);
  set_header (visit->message, "ETag", "%s", tag);
  if (g_strcmp0 (soup_message_headers_get_one (headers, "If-None-Match"), tag) == 0)
    {
      soup_server_message_set_status (visit->message, 304, NULL);
      return;
    }
  soup_server_message_set_status (visit->message, 200, NULL);
  soup_server_message_set_response (visit->message, "application/octet-stream", SOUP_MEMORY_COPY,
                                    bytes, size);
}

static void
get_declared_number (FakeProvince *self,
                     Visit        *visit)
{
  if (self->declared_answer == NULL)
    refuse (visit->message, 404, YEJI_WIRE_NOT_FOUND, "");
  else
    respond (visit->message, 200, g_strdup (self->declared_answer));
}

static const struct
{
  const char *method;
  const char *pattern;
  Handler handler;
} routes[] = {
  { "POST", "/v1/qualification-applications", post_list },
  { "GET", "/v1/qualification-applications", get_lists },
  { "GET", "/v1/config", get_config },
  { "GET", "/v1/dictionary", get_dictionary },
  { "GET", "/v1/declared", get_declared },
  { "GET", "/v1/declared/*", get_declared_number },
  { "POST", "/v1/session", post_session },
  { "DELETE", "/v1/session", delete_session },
  { "POST", "/v1/records/*:submit", post_submit },
  { "POST", "/v1/records/*:withdraw", post_withdraw },
  { "GET", "/v1/records/*/receipts", get_receipts },
  { "GET", "/v1/records/*", get_record },
  { "PUT", "/v1/records/*", put_record },
  { "GET", "/v1/changes", get_changes },
  { "POST", "/v1/files:have", fake_files_post_have },
  { "POST", "/v1/files:batch", fake_files_post_batch },
  { "POST", "/v1/files", fake_files_post },
  { "HEAD", "/v1/files/*", fake_files_head },
  { "PATCH", "/v1/files/*", fake_files_patch },
  { "OPTIONS", "/v1/files", fake_files_options },
  { "DELETE", "/v1/files/*", fake_files_delete },
};

static FakeFault
take_fault (FakeProvince *self,
            const char   *request)
{
  for (guint i = 0; i < self->faults->len; i++)
    {
      Plan *plan = g_ptr_array_index (self->faults, i);

      if (plan->times > 0 && g_pattern_match_simple (plan->request, request))
        {
          plan->times--;
          return plan->fault;
        }
    }
  return FAKE_NONE;
}

static gboolean
is_signed_in (FakeProvince *self,
              Visit        *visit)
{
  const char *token = get_header (visit->message, "Authorization");
  guint session = token != NULL && g_str_has_prefix (token, "Bearer access-")
                    ? (guint) g_ascii_strtoull (token + strlen ("Bearer access-"), NULL, 10) : 0;

  return (g_str_equal (visit->path, "/v1/session")
          && g_str_equal (soup_server_message_get_method (visit->message), "POST"))
         || (session > self->expired && session <= self->session);
}

static void
work (FakeProvince *self,
      Visit        *visit)
{
  if (!is_signed_in (self, visit))
    {
      refuse (visit->message, 401, YEJI_WIRE_UNAUTHORISED, "");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    if (g_str_equal (routes[i].method, soup_server_message_get_method (visit->message))
        && g_pattern_match_simple (routes[i].pattern, visit->path))
      {
        routes[i].handler (self, visit);
        return;
      }
  refuse (visit->message, 404, YEJI_WIRE_NOT_FOUND, "");
}

static const struct
{
  FakeFault fault;
  guint status;
  const char *kind;
  const char *more;
} refusals[] = {
  { FAKE_INTERNAL, 500, YEJI_WIRE_INTERNAL, "" },
  { FAKE_THROTTLE, 429, "throttled", "" },
  { FAKE_INVALID, 422, YEJI_WIRE_INVALID,
    ", \"detail\": \"one place\", \"errors\": [{\"rule\": \"date.order\", \"severity\": \"error\","
    " \"pointer\": \"/project/PrjName\", \"message\": \"put it right\"}]" },
  { FAKE_MISSING, 409, YEJI_WIRE_MISSING_FILES,
    ", \"errors\": [{\"rule\": \"role.documents\", \"severity\": \"error\","
    " \"pointer\": \"/documents/notice\", \"message\": \"attach it\"}]" },
  { FAKE_STATE, 409, YEJI_WIRE_STATE, "" },
  { FAKE_DICTIONARY, 409, YEJI_WIRE_DICTIONARY, "" },
  { FAKE_GONE, 410, "gone", "" },
  { FAKE_CHECKSUM, 460, "checksum", "" },
};

static char *
print_huge (void)
{
  g_autofree char *filler = g_strnfill (17 * 1024 * 1024, ' ');

  return g_strconcat (filler, "{}", NULL);
}

static gboolean
misbehave_instead (SoupServerMessage *message,
                   FakeFault          fault)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    if (refusals[i].fault == fault)
      {
        if (refusals[i].status == 429)
          set_header (message, "Retry-After", "100");
        refuse (message, refusals[i].status, refusals[i].kind, refusals[i].more);
        return TRUE;
      }
  switch (fault)
    {
    case FAKE_CAPTIVE:
      soup_message_headers_remove (soup_server_message_get_response_headers (message),
                                   "Yeji-Version");
      respond (message, 200, g_strdup ("<html>Welcome to the hotel</html>"));
      return TRUE;
    case FAKE_STRANGER:
      soup_message_headers_remove (soup_server_message_get_response_headers (message),
                                   "Yeji-Version");
      respond (message, 200, g_strdup ("{\"changes\": [], \"next\": \"e-9\", \"more\": false}"));
      return TRUE;
    case FAKE_REDIRECT:
      set_header (message, "Location", "/v1/elsewhere");
      respond (message, 307, NULL);
      return TRUE;
    case FAKE_SILENT:
      soup_server_message_pause (message);
      return TRUE;
    case FAKE_HANG_UP:
      hang_up (message);
      return TRUE;
    case FAKE_CONFLICT:
      respond (message, 409, NULL);
      return TRUE;
    case FAKE_NOT_JSON:
      respond (message, 200, g_strdup ("ok"));
      return TRUE;
    case FAKE_TRUNCATED:
      respond (message, 200, g_strdup ("{\"changes\": [{\"uuid\": \"6f1c"));
      return TRUE;
    case FAKE_HUGE:
      respond (message, 200, print_huge ());
      return TRUE;
    case FAKE_EMPTY:
      respond (message, 200, g_strdup ("{}"));
      return TRUE;
    default:
      return FALSE;
    }
}

static void
misbehave_after (FakeProvince *self,
                 Visit        *visit,
                 FakeFault     fault)
{
  SoupServerMessage *message = visit->message;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  if (fault == FAKE_LOSE_ANSWER)
    hang_up (message);
  if (fault == FAKE_CAPTIVE_AFTER)
    misbehave_instead (message, FAKE_CAPTIVE);
  if (fault == FAKE_KEEP_HALF)
    fake_files_keep_half (self, visit);
  if (fault == FAKE_LOSE_SUM)
    fake_files_lose_sum (self, visit);
  if (fault == FAKE_NO_ETAG)
    soup_message_headers_remove (headers, "ETag");
  if (fault == FAKE_WRONG_OFFSET)
    set_header (message, "Upload-Offset", "%d",
                atoi (soup_message_headers_get_one (headers, "Upload-Offset")) + 1);
  if (fault == FAKE_ELSEWHERE)
    set_header (message, "Location", "https://elsewhere.example/v1/files/u1");
}

static JsonNode *
parse_body (SoupServerMessage *message)
{
  g_autoptr (GBytes) body = get_body (message);
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));

  return json_from_string (text, NULL);
}

static void
on_request (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           data)
{
  FakeProvince *self = data;
  g_autofree char *request = g_strconcat (soup_server_message_get_method (message), " ", path,
                                          NULL);
  g_autoptr (JsonNode) body = NULL;
  FakeFault fault = take_fault (self, request);
  Visit visit = { message, path, query };

  g_ptr_array_add (self->requests, g_strdup (request));
  if (self->hook != NULL)
    self->hook (self, request, self->hook_data);
  set_header (message, "Yeji-Version", "1");
  if (misbehave_instead (message, fault))
    return;
  if (g_strcmp0 (get_header (message, "Content-Type"), "application/json") == 0)
    body = parse_body (message);
  visit.body = yeji_json_node_object (body);
  work (self, &visit);
  misbehave_after (self, &visit, fault);
}

/**
 * fake_province_new:
 *
 * Returns: (transfer full): a province at `url`, which lets in who has the password "secret"
 */
FakeProvince *
fake_province_new (void)
{
  FakeProvince *self = g_new0 (FakeProvince, 1);
  g_autoptr (GError) error = NULL;
  GSList *uris;

  self->session = 1;
  self->page_size = 100;
  self->records = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, record_free);
  self->uploads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, fake_upload_free);
  self->changes = g_ptr_array_new_with_free_func (g_free);
  self->lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->faults = g_ptr_array_new_with_free_func (plan_free);
  self->requests = g_ptr_array_new_with_free_func (g_free);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->url = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return self;
}

/**
 * fake_province_stop:
 *
 * Refuses every connection from now on.
 */
void
fake_province_stop (FakeProvince *self)
{
  soup_server_disconnect (self->server);
}

void
fake_province_free (FakeProvince *self)
{
  fake_province_stop (self);
  g_clear_object (&self->waiting);
  g_object_unref (self->server);
  g_hash_table_unref (self->records);
  g_hash_table_unref (self->uploads);
  g_ptr_array_unref (self->changes);
  g_hash_table_unref (self->lists);
  g_ptr_array_unref (self->faults);
  g_ptr_array_unref (self->requests);
  g_free (self->config);
  g_clear_pointer (&self->dictionary, g_bytes_unref);
  g_clear_pointer (&self->declared, g_bytes_unref);
  g_free (self->url);
  g_free (self);
}

/**
 * fake_province_plan:
 * @request: a pattern for "METHOD /path", with * for anything
 *
 * Lets the next requests of that kind go wrong.
 */
void
fake_province_plan (FakeProvince *self,
                    const char   *request,
                    FakeFault     fault,
                    guint         times)
{
  Plan *plan = g_new0 (Plan, 1);

  plan->request = g_strdup (request);
  plan->fault = fault;
  plan->times = times;
  g_ptr_array_add (self->faults, plan);
}

/**
 * fake_province_expire:
 *
 * Ends every access token.
 */
void
fake_province_expire (FakeProvince *self)
{
  self->session += 100;
  self->expired = self->session;
}

/**
 * fake_province_decide:
 * @record: (nullable): the record as the province has it, JSON
 *
 * Adds a change and tells it to who waits.
 */
void
fake_province_decide (FakeProvince *self,
                      const char   *uuid,
                      const char   *state,
                      const char   *record)
{
  SoupServerMessage *waiting = g_steal_pointer (&self->waiting);

  g_ptr_array_add (self->changes,
                   g_strdup_printf ("{\"uuid\": \"%s\", \"revision\": \"r%u\", \"state\": \"%s\","
                                    " \"office\": \"示例审批处\", \"message\": \"见批注\","
                                    " \"points\": [{\"pointer\": \"/project/PrjName\","
                                    " \"comment\": \"名称不全\"}],"
                                    " \"at\": \"2026-02-03T04:05:%02uZ\"%s%s}",
                                    uuid, 50 + self->changes->len, state, self->changes->len % 60,
                                    record != NULL ? ", \"record\": " : "",
                                    record != NULL ? record : ""));
  if (waiting == NULL)
    return;
  respond_changes (self, waiting, self->changes->len - 1);
  soup_server_message_unpause (waiting);
  g_object_unref (waiting);
}

FakeRecord *
fake_province_find (FakeProvince *self,
                    const char   *uuid)
{
  return g_hash_table_lookup (self->records, uuid);
}

/**
 * fake_province_count:
 * @request: a pattern for "METHOD /path", with * for anything
 *
 * Returns: how many requests of that kind came
 */
guint
fake_province_count (FakeProvince *self,
                     const char   *request)
{
  guint count = 0;

  for (guint i = 0; i < self->requests->len; i++)
    count += g_pattern_match_simple (request, g_ptr_array_index (self->requests, i));
  return count;
}
