// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* The same province behind a real port, with a real client. */

#pragma once

#include <libsoup/soup.h>

#include "yeji-province-server.h"
#include "yeji-server-fixture.h"

/* A bound against hanging, not a time that anything takes. */
#define WAIT 20000

typedef struct
{
  char *dir;
  YejiServerSettings settings;
  YejiProvinceServer *server;
  char *url;
  SoupSession *session;
  GHashTable *tokens;
} Site;

typedef struct
{
  SoupMessage *message;
  GAsyncResult *result;
  SoupSession *session;
} Question;

typedef struct
{
  guint status;
  SoupMessage *message;
  GBytes *bytes;
} Answer;

G_GNUC_UNUSED static void
answer_free (Answer *self)
{
  g_object_unref (self->message);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free)

static void
site_start (Site *self)
{
  g_autoptr (GError) error = NULL;

  self->server = yeji_province_server_new (self->dir, &self->settings, &error);
  g_assert_no_error (error);
  self->url = yeji_province_server_listen (self->server, "127.0.0.1:0", &error);
  g_assert_no_error (error);
  self->session = soup_session_new_with_options ("max-conns-per-host", 10, NULL);
}

static void
site_stop (Site *self)
{
  yeji_province_server_close (self->server);
  g_assert_finalize_object (self->server);
  soup_session_abort (self->session);
  g_assert_finalize_object (self->session);
  g_clear_pointer (&self->url, g_free);
}

G_GNUC_UNUSED static void
site_set_up (Site          *self,
             gconstpointer  settings)
{
  g_autoptr (GError) error = NULL;
  YejiDb *db;

  self->settings = settings != NULL ? *(const YejiServerSettings *) settings : fixture_settings;
  self->dir = yeji_test_dir_new ();
  db = yeji_server_schema_open (self->dir, &error);
  g_assert_no_error (error);
  self->tokens = fixture_fill (db);
  yeji_db_close (db);
  g_assert_finalize_object (db);
  site_start (self);
}

G_GNUC_UNUSED static void
site_tear_down (Site          *self,
                gconstpointer  settings)
{
  site_stop (self);
  g_hash_table_unref (self->tokens);
  yeji_test_dir_remove (self->dir);
  g_free (self->dir);
}

static void
set_authorization (Site               *self,
                   SoupMessageHeaders *headers,
                   const char         *account)
{
  g_autofree char *value = NULL;

  if (account == NULL)
    return;
  value = g_strconcat ("Bearer ", (const char *) g_hash_table_lookup (self->tokens, account), NULL);
  soup_message_headers_replace (headers, "Authorization", value);
}

static Question *
begin_va (Site       *self,
          const char *account,
          const char *method,
          const char *path,
          const char *type,
          GBytes     *body,
          va_list     arguments)
{
  Question *question = g_new0 (Question, 1);
  g_autofree char *url = g_strconcat (self->url, path, NULL);
  SoupMessageHeaders *headers;

  question->message = soup_message_new (method, url);
  question->session = self->session;
  headers = soup_message_get_request_headers (question->message);
  set_authorization (self, headers, account);
  if (body != NULL)
    soup_message_set_request_body_from_bytes (question->message, type, body);
  for (const char *name = va_arg (arguments, const char *); name != NULL;
       name = va_arg (arguments, const char *))
    soup_message_headers_replace (headers, name, va_arg (arguments, const char *));
  soup_session_send_and_read_async (self->session, question->message, G_PRIORITY_DEFAULT, NULL,
                                    yeji_test_store_result, &question->result);
  return question;
}

G_GNUC_UNUSED static Answer *
end_question (Question *question)
{
  Answer *answer = g_new0 (Answer, 1);
  g_autoptr (GAsyncResult) result = yeji_test_await (&question->result, WAIT);
  g_autoptr (GError) error = NULL;
  SoupMessageHeaders *headers;

  answer->bytes = soup_session_send_and_read_finish (question->session, result, &error);
  g_assert_no_error (error);
  answer->message = question->message;
  answer->status = soup_message_get_status (answer->message);
  headers = soup_message_get_response_headers (answer->message);
  g_assert_cmpstr (soup_message_headers_get_one (headers, "Yeji-Version"), ==, "1");
  g_free (question);
  return answer;
}

G_GNUC_NULL_TERMINATED G_GNUC_UNUSED static Question *
begin_question (Site       *self,
                const char *account,
                const char *method,
                const char *path,
                ...)
{
  Question *question;
  va_list arguments;

  va_start (arguments, path);
  question = begin_va (self, account, method, path, NULL, NULL, arguments);
  va_end (arguments);
  return question;
}

/* @body: (transfer full) (nullable) */
G_GNUC_NULL_TERMINATED G_GNUC_UNUSED static Answer *
fetch (Site       *self,
       const char *account,
       const char *method,
       const char *path,
       const char *type,
       GBytes     *body,
       ...)
{
  Question *question;
  va_list arguments;

  va_start (arguments, body);
  question = begin_va (self, account, method, path, type, body, arguments);
  va_end (arguments);
  g_clear_pointer (&body, g_bytes_unref);
  return end_question (question);
}

G_GNUC_NULL_TERMINATED G_GNUC_UNUSED static Answer *
fetch_json (Site       *self,
            const char *account,
            const char *method,
            const char *path,
            const char *body,
            ...)
{
  Question *question;
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  va_list arguments;

  va_start (arguments, body);
  question = begin_va (self, account, method, path, "application/json", bytes, arguments);
  va_end (arguments);
  return end_question (question);
}

G_GNUC_UNUSED static const char *
get_header (Answer     *answer,
            const char *name)
{
  return soup_message_headers_get_one (soup_message_get_response_headers (answer->message), name);
}

G_GNUC_UNUSED static JsonNode *
get_json (Answer *answer)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = yeji_json_parse (g_bytes_get_data (answer->bytes, NULL),
                                    (gssize) g_bytes_get_size (answer->bytes), &error);

  g_assert_no_error (error);
  return node;
}

/* A connection of our own, to send what no client library would. */
G_GNUC_UNUSED static GSocketConnection *
connect_raw (Site *self)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GUri) uri = g_uri_parse (self->url, G_URI_FLAGS_NONE, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection;

  g_socket_client_connect_to_host_async (client, "127.0.0.1", (guint16) g_uri_get_port (uri), NULL,
                                         yeji_test_store_result, &slot);
  result = yeji_test_await (&slot, WAIT);
  connection = g_socket_client_connect_to_host_finish (client, result, &error);
  g_assert_no_error (error);
  return connection;
}

G_GNUC_UNUSED static void
send_raw (GSocketConnection *connection,
          gconstpointer      data,
          gsize              length)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GOutputStream *stream = g_io_stream_get_output_stream (G_IO_STREAM (connection));

  g_output_stream_write_all_async (stream, data, length, G_PRIORITY_DEFAULT, NULL,
                                   yeji_test_store_result, &slot);
  result = yeji_test_await (&slot, WAIT);
  g_output_stream_write_all_finish (stream, result, NULL, &error);
  g_assert_no_error (error);
}

/* What comes next, which is one answer when it is small. */
G_GNUC_UNUSED static char *
read_raw (GSocketConnection *connection)
{
  char buffer[8192];
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GInputStream *stream = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  gssize n;

  g_input_stream_read_async (stream, buffer, sizeof buffer, G_PRIORITY_DEFAULT, NULL,
                             yeji_test_store_result, &slot);
  result = yeji_test_await (&slot, WAIT);
  n = g_input_stream_read_finish (stream, result, &error);
  g_assert_no_error (error);
  return g_strndup (buffer, (gsize) n);
}
