// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-server-http-fixture.h"

static const YejiServerSettings impatient = {
  .password_passes = 1, .password_memory = 8192, .wait_seconds = 1,
};

static char *
make_draft (void)
{
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (NULL);

  return g_strdup_printf ("{\"uuid\": \"%s\", \"dictionary\": \"%s\", \"role\": \"construction\","
                          " \"project\": {\"CountyNum\": \"220104\"}}", UUID,
                          yeji_dictionary_get_version (dictionary));
}

static void
test_sign_in (Site          *self,
              gconstpointer  data)
{
  g_autoptr (Answer) answer = fetch_json (self, NULL, "POST", "/v1/session",
                                          "{\"user\": \"qiye\", \"password\": \"" PASSWORD "\"}",
                                          NULL);
  g_autoptr (Answer) wrong = fetch_json (self, NULL, "POST", "/v1/session",
                                         "{\"user\": \"qiye\", \"password\": \"x\"}", NULL);
  g_autoptr (JsonNode) body = get_json (answer);

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_nonnull (yeji_json_get_string (json_node_get_object (body), "access"));
  g_assert_cmpstr (get_header (answer, "Content-Type"), ==, "application/json");
  g_assert_cmpstr (get_header (answer, "Cache-Control"), ==, "no-store");
  g_assert_cmpuint (wrong->status, ==, 401);
  g_assert_cmpstr (get_header (wrong, "Content-Type"), ==, "application/problem+json");
}

static void
test_bodies (Site          *self,
             gconstpointer  data)
{
  g_autofree char *deep = g_strnfill (100, '[');
  g_autofree char *large = g_strnfill (3 * 1024 * 1024, ' ');
  const struct
  {
    const char *body;
    guint status;
  } cases[] = {
    { "{", 400 }, { "\xff\xfe", 400 }, { deep, 400 }, { large, 413 }, { "null", 400 },
    { "[]", 400 },
    { "{\"user\": 1, \"password\": []}", 400 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Answer) answer = fetch_json (self, NULL, "POST", "/v1/session", cases[i].body,
                                              NULL);

      g_assert_cmpuint (answer->status, ==, cases[i].status);
    }
}

/* A text with @n times @piece between its halves; an object is given what a record must have. */
static char *
make_long (const char *before,
           const char *piece,
           gsize       n,
           const char *after)
{
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (NULL);
  GString *text = g_string_new (before);

  if (*before == '{')
    g_string_printf (text, "{\"uuid\":\"" UUID "\",\"dictionary\":\"%s\",\"role\":\"survey\",%s",
                     yeji_dictionary_get_version (dictionary), before + 1);
  for (gsize i = 0; i < n; i++)
    g_string_append (text, piece);
  g_string_append (text, after);
  return g_string_free (text, FALSE);
}

static void
test_records (Site          *self,
              gconstpointer  data)
{
  static const struct
  {
    const char *before;
    const char *piece;
    gsize n;
    const char *after;
    guint status;
  } cases[] = {
    { "{\"project\":{\"PrjName\":\"", "a", 100 << 20, "\"}}", 413 },
    { "", "[", 100 << 20, "", 413 },
    { "", " ", 100 << 20, "", 413 },
    { "{\"project\":{\"PrjName\":\"", "a", 1 << 21, "\"}}", 413 },
    { "{\"project\":{\"PrjName\":", "9", 1000000, "}}", 400 },
    { "{\"project\":{\"PrjName\":\"", "\\u0000", 1, "\"}}", 400 },
    { "{\"project\":{\"PrjName\":\"", "\\ud83d", 1, "\"}}", 400 },
    { "{\"project\":{\"PrjName\":\"", "\xed\xa0\x80", 1, "\"}}", 400 },
    { "{\"x\":", "[", 100000, "", 400 },
    { "{\"x\":[", "{},", 600000, "{}]}", 400 },
    { "{\"x\":[", "0,", 900000, "0]}", 400 },
    { "{\"units\":[", "{},", 600000, "{}]}", 400 },
    { "{\"a\":1", ",\"a\":1", 100000, "}", 400 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *body = make_long (cases[i].before, cases[i].piece, cases[i].n,
                                         cases[i].after);
      g_autoptr (Answer) answer = fetch_json (self, "qiye", "PUT", "/v1/records/" UUID, body,
                                              "If-None-Match", "*", NULL);

      g_test_message ("%s...: %u", cases[i].before, answer->status);
      g_assert_cmpuint (answer->status, ==, cases[i].status);
      g_assert_cmpstr (get_header (answer, "Content-Type"), ==, "application/problem+json");
    }
}

static void
test_unknown (Site          *self,
              gconstpointer  data)
{
  static const struct
  {
    const char *method, *path;
    guint status;
  } cases[] = {
    { "GET", "/nothing", 404 }, { "GET", "/v2/config", 404 }, { "GET", "/v1/config/", 404 },
    { "HEAD", "/v1/config", 405 }, { "PUT", "/v1/config", 405 },
    { "GET", "/v1/files/%2e%2eprovince.db", 404 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Answer) answer = fetch (self, NULL, cases[i].method, cases[i].path, NULL, NULL,
                                         NULL);

      g_assert_cmpuint (answer->status, ==, cases[i].status);
    }
}

static void
test_keep_alive (Site          *self,
                 gconstpointer  data)
{
  static const char request[] = "DELETE /v1/session HTTP/1.1\r\nHost: x\r\n\r\n";
  g_autoptr (GSocketConnection) connection = connect_raw (self);

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *answer = NULL;

      send_raw (connection, request, strlen (request));
      answer = read_raw (connection);
      g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 204 "));
    }
}

static void
test_override (Site          *self,
               gconstpointer  data)
{
  g_autoptr (Answer) answer = fetch (self, NULL, "POST", "/v1/session", NULL, NULL,
                                     "X-HTTP-Method-Override", "DELETE", NULL);

  g_assert_cmpuint (answer->status, ==, 204);
}

static char *
get_cursor (Site *self)
{
  g_autoptr (Answer) answer = fetch (self, "qiye", "GET", "/v1/changes", NULL, NULL, NULL);
  g_autoptr (JsonNode) body = get_json (answer);

  return g_strdup (yeji_json_get_string (json_node_get_object (body), "next"));
}

/* A record that was submitted in another life of the server, and so can be returned now. */
static void
add_submitted (Site *self)
{
  g_autofree char *text = make_draft ();
  g_autoptr (Answer) put = fetch_json (self, "qiye", "PUT", "/v1/records/" UUID, text,
                                       "If-None-Match", "*", NULL);
  Province province = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (put->status, ==, 201);
  province.db = yeji_server_schema_open (self->dir, &error);
  g_assert_no_error (error);
  province_exec (&province, "UPDATE record SET state = 'submitted', submitted_at = '2020'", NULL);
  yeji_db_close (province.db);
  g_assert_finalize_object (province.db);
}

static void
test_wake (Site          *self,
           gconstpointer  data)
{
  g_autofree char *cursor = get_cursor (self);
  g_autofree char *path = g_strdup_printf ("/v1/changes?since=%s&wait=25", cursor);
  g_autoptr (Answer) returned = NULL;
  g_autoptr (Answer) changes = NULL;
  g_autoptr (JsonNode) body = NULL;
  Question *question;
  JsonArray *list;
  gint64 begun = g_get_monotonic_time ();

  add_submitted (self);
  question = begin_question (self, "qiye", "GET", path, NULL);
  returned = fetch_json (self, "shi", "POST", "/v1/records/" UUID ":return",
                         "{\"message\": \"请修改\"}", "If-Match", "\"r1\"", NULL);
  g_assert_cmpuint (returned->status, ==, 200);
  changes = end_question (question);
  body = get_json (changes);
  list = json_object_get_array_member (json_node_get_object (body), "changes");
  g_assert_cmpuint (json_array_get_length (list), ==, 1);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 15 * G_USEC_PER_SEC);
}

static void
test_wait_ends (Site          *self,
                gconstpointer  data)
{
  g_autofree char *cursor = get_cursor (self);
  g_autofree char *path = g_strdup_printf ("/v1/changes?since=%s&wait=25", cursor);
  g_autoptr (Answer) answer = NULL;
  g_autoptr (JsonNode) body = NULL;
  gint64 begun = g_get_monotonic_time ();

  answer = fetch (self, "qiye", "GET", path, NULL, NULL, NULL);
  body = get_json (answer);
  g_assert_cmpstr (yeji_json_get_string (json_node_get_object (body), "next"), ==, cursor);
  g_assert_cmpint (g_get_monotonic_time () - begun, >=, G_USEC_PER_SEC / 2);
}

static void
test_crowd (Site          *self,
            gconstpointer  data)
{
  g_autofree char *cursor = get_cursor (self);
  g_autofree char *path = g_strdup_printf ("/v1/changes?since=%s&wait=25", cursor);
  Question *questions[6];

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    questions[i] = begin_question (self, "qiye", "GET", path, NULL);
  /* The first two are answered at once, because there are too many. */
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    if (i < 2)
      answer_free (end_question (questions[i]));
    else
      g_assert_null (questions[i]->result);
  /* The end of the server answers the others. */
  yeji_province_server_close (self->server);
  for (guint i = 2; i < G_N_ELEMENTS (questions); i++)
    answer_free (end_question (questions[i]));
}

static void
test_left (Site          *self,
           gconstpointer  data)
{
  g_autofree char *cursor = get_cursor (self);
  g_autofree char *request = NULL;
  g_autoptr (GSocketConnection) connection = connect_raw (self);
  g_autoptr (Answer) answer = NULL;

  /* Whoever waits and leaves must not be in the way of the change or of the end. */
  request = g_strdup_printf ("GET /v1/changes?since=%s&wait=25 HTTP/1.1\r\nHost: x\r\n"
                             "Authorization: Bearer %s\r\n\r\n", cursor,
                             (char *) g_hash_table_lookup (self->tokens, "qiye"));
  send_raw (connection, request, strlen (request));
  add_submitted (self);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  answer = fetch_json (self, "shi", "POST", "/v1/records/" UUID ":return",
                       "{\"message\": \"请修改\"}", "If-Match", "\"r1\"", NULL);
  g_assert_cmpuint (answer->status, ==, 200);
}

static void
test_lock (Site          *self,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiProvinceServer) second = yeji_province_server_new (self->dir, &self->settings,
                                                                    &error);

  g_assert_null (second);
  g_assert_nonnull (error);
}

static void
test_addresses (Site          *self,
                gconstpointer  data)
{
  static const char * const wrong[] = { "", "127.0.0.1", "127.0.0.1:99999", "nowhere:x", ":1",
                                        "unix:" };
  g_autofree char *path = g_build_filename (self->dir, "socket", NULL);
  g_autofree char *address = g_strconcat ("unix:", path, NULL);
  g_autofree char *url = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) reason = NULL;

      g_assert_null (yeji_province_server_listen (self->server, wrong[i], &reason));
      g_assert_nonnull (reason);
    }
  url = yeji_province_server_listen (self->server, address, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (url, ==, address);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* Only a socket makes room for the server's. */
static void
test_socket_spares_files (Site          *self,
                          gconstpointer  data)
{
  g_autofree char *path = g_build_filename (self->dir, "letter", NULL);
  g_autofree char *address = g_strconcat ("unix:", path, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "kept", -1, NULL));
  g_assert_null (yeji_province_server_listen (self->server, address, &error));
  g_assert_nonnull (error);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
}

#define N_PUBLISHED 60

/* As a version had them that knew no search; one of them nobody can read. */
static gboolean
publish (YejiSql   *sql,
         gpointer   data,
         GError   **error)
{
  for (gint64 i = 0; i <= N_PUBLISHED; i++)
    {
      g_autofree char *uuid = g_uuid_string_random ();
      g_autofree char *body = g_strdup_printf ("{\"uuid\":\"%s\",\"dictionary\":\"%s\","
                                               "\"role\":\"construction\",\"project\":"
                                               "{\"PrjName\":\"示例工程\"}}", uuid,
                                               (const char *) data);

      if (!yeji_sql_exec (sql, error,
                          "INSERT INTO publication (uuid, number, name, area, enterprise, grade,"
                          "  office, reviewer, approved_at, body) VALUES (?1, ?2, '示例工程',"
                          "  '220104', '示例企业', 'B', '示例部门', '示例', '2024-01-01', ?3)",
                          "sis", uuid, i, i == 7 ? "no record" : body))
        return FALSE;
    }
  return TRUE;
}

/* The server answers at once, and finds more and more. */
static void
test_fills_search (Site          *self,
                   gconstpointer  data)
{
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (NULL);
  g_autoptr (GError) error = NULL;
  gint64 total = 0;
  YejiDb *db;

  site_stop (self);
  db = yeji_server_schema_open (self->dir, &error);
  g_assert_no_error (error);
  yeji_db_run (db, publish, (gpointer) yeji_dictionary_get_version (dictionary), &error);
  g_assert_no_error (error);
  yeji_db_close (db);
  g_object_unref (db);
  site_start (self);
  for (guint i = 0; total < N_PUBLISHED && i < 2000; i++)
    {
      g_autoptr (Answer) answer = fetch (self, NULL, "GET", "/v1/public/projects", NULL, NULL,
                                         NULL);
      g_autoptr (JsonNode) node = get_json (answer);

      total = json_object_get_int_member (json_node_get_object (node), "total");
    }
  g_assert_cmpint (total, ==, N_PUBLISHED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, settings, func) \
  g_test_add (path, Site, settings, site_set_up, func, site_tear_down)
  ADD ("/server/http/signing-in-works", NULL, test_sign_in);
  ADD ("/server/http/hostile-bodies-are-refused", NULL, test_bodies);
  ADD ("/server/http/hostile-records-are-refused", NULL, test_records);
  ADD ("/server/http/unknown-paths-are-refused", NULL, test_unknown);
  ADD ("/server/http/a-connection-survives-a-204", NULL, test_keep_alive);
  ADD ("/server/http/a-method-can-be-overridden", NULL, test_override);
  ADD ("/server/http/a-change-wakes-who-waits", NULL, test_wake);
  ADD ("/server/http/waiting-ends", &impatient, test_wait_ends);
  ADD ("/server/http/a-crowd-that-waits-is-thinned", NULL, test_crowd);
  ADD ("/server/http/whoever-leaves-is-not-missed", NULL, test_left);
  ADD ("/server/http/one-server-to-a-directory", NULL, test_lock);
  ADD ("/server/http/addresses-are-read", NULL, test_addresses);
  ADD ("/server/http/a-socket-takes-no-file-s-place", NULL, test_socket_spares_files);
  ADD ("/server/http/what-the-search-lacks-is-put-into-it-meanwhile", NULL, test_fills_search);
  return g_test_run ();
}
