// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Many clients that submit full records at once, over connections that stay open: each writes a
 * record, submits it with the list of its documents, and goes on with the next. Sockets and text
 * alone, so that the machine is the server's. */

#include "config.h"

#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_ANSWER (64 * 1024)

typedef struct
{
  char *host;
  guint16 port;
  char *head;                  /* of the record, up to its uuid */
  char *tail;                  /* behind it */
  char *files;                 /* the body of a submission */
  gint64 end;                  /* monotonic, us */
  gboolean bare;               /* the server answers 204 to everything */
} Plan;

typedef struct
{
  const Plan *plan;
  const char *token;
  GThread *thread;
  GArray *times;               /* gint64, us: of each record that was accepted */
  guint failed;
  char *failure;               /* the first one */
  char *buffer;
} Client;

typedef struct
{
  guint status;
  char etag[64];
} Answer;

static gboolean
send_all (GSocket    *socket,
          const char *text,
          gsize       length)
{
  while (length > 0)
    {
      gssize sent = g_socket_send (socket, text, length, NULL, NULL);

      if (sent <= 0)
        return FALSE;
      text += sent;
      length -= (gsize) sent;
    }
  return TRUE;
}

static gsize
find_length (const char *headers)
{
  const char *line = strcasestr (headers, "\r\nContent-Length:");

  return line != NULL ? strtoul (strchr (line, ':') + 1, NULL, 10) : 0;
}

static void
read_etag (const char *headers,
           char       *etag,
           gsize       size)
{
  const char *line = strcasestr (headers, "\r\nETag:");

  *etag = '\0';
  if (line == NULL)
    return;
  line += strlen ("\r\nETag:");
  line += strspn (line, " ");
  g_strlcpy (etag, line, MIN (size, strcspn (line, "\r") + 1));
}

/* Reads one answer to its end; the headers are looked at, the body is not. */
static gboolean
receive (Client  *client,
         GSocket *socket,
         Answer  *answer)
{
  gsize have = 0;
  gsize want = 0;

  while (want == 0 || have < want)
    {
      gssize got = g_socket_receive (socket, client->buffer + MIN (have, MAX_ANSWER / 2),
                                     MAX_ANSWER - 1 - MIN (have, MAX_ANSWER / 2), NULL, NULL);
      const char *end;

      if (got <= 0)
        return FALSE;
      have += (gsize) got;
      if (want > 0)
        continue;
      client->buffer[have] = '\0';
      end = strstr (client->buffer, "\r\n\r\n");
      if (end == NULL)
        continue;
      client->buffer[end - client->buffer] = '\0';
      answer->status = (guint) strtoul (client->buffer + strlen ("HTTP/1.1 "), NULL, 10);
      read_etag (client->buffer, answer->etag, sizeof answer->etag);
      want = (gsize) (end - client->buffer) + 4 + find_length (client->buffer);
    }
  return TRUE;
}

static gboolean
exchange (Client     *client,
          GSocket    *socket,
          const char *request,
          Answer     *answer)
{
  return send_all (socket, request, strlen (request)) && receive (client, socket, answer);
}

static void
fail (Client     *client,
      const char *what,
      guint       status)
{
  client->failed++;
  if (client->failure == NULL)
    client->failure = g_strdup_printf ("%s: %u", what, status);
}

static gboolean
is_right (Client       *client,
          const Answer *answer,
          guint         status)
{
  return answer->status == (client->plan->bare ? 204 : status);
}

/* FALSE: the connection is gone */
static gboolean
submit_one (Client  *client,
            GSocket *socket)
{
  const Plan *plan = client->plan;
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *put = NULL;
  g_autofree char *submit = NULL;
  gint64 began = g_get_monotonic_time ();
  Answer answer = { 0 };
  gint64 taken;

  put = g_strdup_printf ("PUT /v1/records/%s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n"
                         "Yeji-Version: 1\r\nIf-None-Match: *\r\nPrefer: return=minimal\r\n"
                         "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s%s%s",
                         uuid, plan->host, client->token,
                         strlen (plan->head) + strlen (uuid) + strlen (plan->tail), plan->head,
                         uuid, plan->tail);
  if (!exchange (client, socket, put, &answer))
    return FALSE;
  if (!is_right (client, &answer, 201))
    {
      fail (client, "PUT", answer.status);
      return TRUE;
    }
  submit = g_strdup_printf ("POST /v1/records/%s:submit HTTP/1.1\r\nHost: %s\r\n"
                            "Authorization: Bearer %s\r\nYeji-Version: 1\r\nIf-Match: %s\r\n"
                            "Idempotency-Key: %s\r\nContent-Type: application/json\r\n"
                            "Content-Length: %zu\r\n\r\n%s",
                            uuid, plan->host, client->token, answer.etag, uuid,
                            strlen (plan->files), plan->files);
  if (!exchange (client, socket, submit, &answer))
    return FALSE;
  taken = g_get_monotonic_time () - began;
  if (is_right (client, &answer, 200))
    g_array_append_val (client->times, taken);
  else
    fail (client, "submit", answer.status);
  return TRUE;
}

static GSocketConnection *
connect_to (const Plan *plan)
{
  g_autoptr (GSocketClient) connector = g_socket_client_new ();

  return g_socket_client_connect_to_host (connector, plan->host, plan->port, NULL, NULL);
}

static gpointer
run_client (gpointer data)
{
  Client *client = data;
  g_autoptr (GSocketConnection) connection = connect_to (client->plan);

  if (connection == NULL)
    fail (client, "connection", 0);
  while (connection != NULL && g_get_monotonic_time () < client->plan->end)
    if (!submit_one (client, g_socket_connection_get_socket (connection)))
      {
        fail (client, "connection lost", 0);
        break;
      }
  return NULL;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  gint64 left = *(const gint64 *) a;
  gint64 right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

static double
get_part (GArray *times,
          double  part)
{
  if (times->len == 0)
    return 0;
  return (double) g_array_index (times, gint64, (guint) (part * (times->len - 1))) / 1000.0;
}

/* The record's own uuid is where each client writes another one. */
static gboolean
read_plan (Plan       *plan,
           const char *path)
{
  g_autofree char *text = NULL;
  char *member;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  member = strstr (text, "\"uuid\"");
  member = member != NULL ? strchr (member + strlen ("\"uuid\""), '"') : NULL;
  if (member == NULL)
    return FALSE;
  plan->head = g_strndup (text, (gsize) (member + 1 - text));
  plan->tail = g_strdup (strchr (member + 1, '"'));
  return TRUE;
}

int
main (int   argc,
      char *argv[])
{
  g_auto (GStrv) tokens = NULL;
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree Client *clients = NULL;
  g_autofree char *list = NULL;
  Plan plan = { NULL };
  guint n_clients, failed = 0;
  const char *failure = NULL;
  double seconds;

  if (argc != 8 || !g_file_get_contents (argv[5], &list, NULL, NULL)
      || !read_plan (&plan, argv[6]) || !g_file_get_contents (argv[7], &plan.files, NULL, NULL))
    {
      g_printerr ("bench-clients HOST PORT CLIENTS SECONDS TOKENS RECORD FILES\n"
                  "TOKENS: a file of a token a line, or an empty one for a server that says 204\n");
      return 2;
    }
  plan.host = argv[1];
  plan.port = (guint16) atoi (argv[2]);
  n_clients = (guint) atoi (argv[3]);
  seconds = g_ascii_strtod (argv[4], NULL);
  tokens = g_strsplit (g_strstrip (list), "\n", -1);
  plan.bare = tokens[0] == NULL;
  plan.end = g_get_monotonic_time () + (gint64) (seconds * G_USEC_PER_SEC);

  clients = g_new0 (Client, n_clients);
  for (guint i = 0; i < n_clients; i++)
    {
      clients[i].plan = &plan;
      clients[i].token = plan.bare ? "none" : tokens[i % g_strv_length (tokens)];
      clients[i].times = g_array_new (FALSE, FALSE, sizeof (gint64));
      clients[i].buffer = g_malloc (MAX_ANSWER);
      clients[i].thread = g_thread_new ("client", run_client, &clients[i]);
    }
  for (guint i = 0; i < n_clients; i++)
    {
      g_thread_join (clients[i].thread);
      g_array_append_vals (times, clients[i].times->data, clients[i].times->len);
      failed += clients[i].failed;
      if (failure == NULL)
        failure = clients[i].failure;
    }
  g_array_sort (times, compare);
  g_print ("%u accepted, %u failed, %.0f a second, p50 %.1f ms, p99 %.1f ms, longest %.1f ms%s%s\n",
           times->len, failed, times->len / seconds, get_part (times, 0.5), get_part (times, 0.99),
           get_part (times, 1.0), failure != NULL ? "; " : "", failure != NULL ? failure : "");
  return failed == 0 && times->len > 0 ? 0 : 1;
}
