// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-patience.h"

#include <string.h>

#include "yeji-server-http-fixture.h"

/* Enough to be quick in a test, and more than a busy machine takes for an honest request. */
static const YejiServerSettings impatient = {
  .password_passes = 1, .password_memory = 8192, .header_seconds = 1, .idle_seconds = 1,
  .slow_seconds = 1, .slow_bytes = 1000, .connections = 1000,
};
static const YejiServerSettings crowded = {
  .password_passes = 1, .password_memory = 8192, .header_seconds = 600, .idle_seconds = 600,
  .slow_seconds = 600, .slow_bytes = 1, .connections = 50,
};

static GSocketConnection *
connect_to (Site *self)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) uri = g_uri_parse (self->url, G_URI_FLAGS_NONE, NULL);
  GSocketConnection *connection;

  connection = g_socket_client_connect_to_host (client, g_uri_get_host (uri),
                                                (guint16) g_uri_get_port (uri), NULL, &error);
  g_assert_no_error (error);
  return connection;
}

static void
send_text (GSocketConnection *connection,
           const char        *text)
{
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), text,
                             strlen (text), NULL, NULL, NULL);
}

/* What comes until the end of the connection; NULL when that does not come in time. */
static char *
read_to_end (GSocketConnection *connection)
{
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GPollableInputStream *pollable = G_POLLABLE_INPUT_STREAM (input);
  gint64 deadline = g_get_monotonic_time () + WAIT * 1000;
  GString *text = g_string_new (NULL);
  char buffer[4096];

  while (g_get_monotonic_time () < deadline)
    {
      g_autoptr (GError) error = NULL;
      gssize length = g_pollable_input_stream_read_nonblocking (pollable, buffer, sizeof buffer,
                                                                NULL, &error);

      if (length > 0)
        g_string_append_len (text, buffer, length);
      else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        return g_string_free (text, FALSE);
      else
        {
          g_autoptr (GSource) again = g_timeout_source_new (20);

          g_source_set_dummy_callback (again);
          g_source_attach (again, NULL);
          g_main_context_iteration (NULL, TRUE);
        }
    }
  g_string_free (text, TRUE);
  return NULL;
}

/* What is sent, and nothing behind it. */
static const struct
{
  const char *text;
  const char *answer;          /* what comes before the end */
} slow[] = {
  { "", "" },
  { "GET /v1/config HT", "" },
  { "GET /v1/config HTTP/1.1\r\nHost: a\r\nX-Slow: ", "" },
  { "POST /v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n{", "" },
  { "POST /v1/session HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"a", "" },
  /* an honest one, that then asks for nothing more */
  { "GET /v1/config HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 200" },
  { "GET /v1/config HTTP/1.1\r\nHost: a\r\n\r\nGET /v1/co", "HTTP/1.1 200" },
};

static void
test_cuts_off (Site          *self,
               gconstpointer  data)
{
  GSocketConnection *connections[G_N_ELEMENTS (slow)];

  for (guint i = 0; i < G_N_ELEMENTS (slow); i++)
    {
      connections[i] = connect_to (self);
      send_text (connections[i], slow[i].text);
    }
  for (guint i = 0; i < G_N_ELEMENTS (slow); i++)
    {
      g_autofree char *text = read_to_end (connections[i]);

      g_test_message ("case %u", i);
      g_assert_nonnull (text);
      g_assert_true (g_str_has_prefix (text, slow[i].answer));
      g_object_unref (connections[i]);
    }
}

static gboolean
drip (gpointer data)
{
  send_text (data, "x");
  return G_SOURCE_CONTINUE;
}

/* A byte now and then is not enough, in a body and in headers. */
static void
test_cuts_off_who_drips (Site          *self,
                         gconstpointer  data)
{
  static const char * const beginnings[] = {
    "GET /v1/config HTTP/1.1\r\nHost: a\r\nX-Slow: ",
    "POST /v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++)
    {
      g_autoptr (GSocketConnection) connection = connect_to (self);
      g_autofree char *text = NULL;
      guint source;

      send_text (connection, beginnings[i]);
      source = g_timeout_add (50, drip, connection);
      text = read_to_end (connection);
      g_source_remove (source);
      g_assert_nonnull (text);
    }
}

/* A wait for news is longer than all of that. */
static void
test_lets_wait (Site          *self,
                gconstpointer  data)
{
  g_autoptr (Answer) first = fetch (self, "qiye", "GET", "/v1/changes", NULL, NULL, NULL);
  g_autoptr (JsonNode) body = get_json (first);
  g_autofree char *path = g_strdup_printf ("/v1/changes?since=%s&wait=3",
                                           json_object_get_string_member (
                                             json_node_get_object (body), "next"));
  gint64 before = g_get_monotonic_time ();
  g_autoptr (Answer) second = fetch (self, "qiye", "GET", path, NULL, NULL, NULL);

  g_assert_cmpuint (second->status, ==, 200);
  g_assert_cmpint (g_get_monotonic_time () - before, >, 2 * G_TIME_SPAN_SECOND);
}

static void
test_serves_in_a_crowd (Site          *self,
                        gconstpointer  data)
{
  g_autoptr (GPtrArray) crowd = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < 200; i++)
    {
      g_ptr_array_add (crowd, connect_to (self));
      send_text (g_ptr_array_index (crowd, i), "GET /v1/config HTTP/1.1\r\nHost: a\r\nX-");
    }
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (Answer) answer = fetch (self, NULL, "GET", "/v1/config", NULL, NULL, NULL);

      g_assert_cmpuint (answer->status, ==, 200);
    }
  /* the first ones had to go */
  {
    g_autofree char *text = read_to_end (g_ptr_array_index (crowd, 0));

    g_assert_cmpstr (text, ==, "");
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, settings, func) \
  g_test_add (path, Site, settings, site_set_up, func, site_tear_down)
  ADD ("/server/patience/cuts-off-who-sends-nothing-more", &impatient, test_cuts_off);
  ADD ("/server/patience/cuts-off-who-drips", &impatient, test_cuts_off_who_drips);
  ADD ("/server/patience/lets-wait-for-news", &impatient, test_lets_wait);
  ADD ("/server/patience/serves-in-a-crowd-of-half-open-connections", &crowded,
       test_serves_in_a_crowd);
  return g_test_run ();
}
