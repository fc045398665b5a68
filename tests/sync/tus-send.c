// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Sends files to any server that speaks tus 1.0.0, with the client that the program has: what shows
 * that it understands others, and what it is measured by. Prints the address of each upload. */

#define G_LOG_DOMAIN "tus-send"

#include "config.h"

#include "yeji-digest.h"
#include "yeji-sync-error.h"
#include "yeji-tus-batch.h"

#include <stdio.h>
#include <string.h>

#include <glib/gstdio.h>

#define MOST_WORKERS 16
#define TIME_LIMIT 60
#define MOST_ANSWER (1024 * 1024)
/* What goes along with others. */
#define SMALL_FILE (1024 * 1024)

typedef struct
{
  SoupSession *session;
  GUri *base;
  char **headers;              /* name, value, ... */
} Line;

typedef struct
{
  Line *line;
  YejiTus *tus;
  char **files;
  char **metadata;             /* (nullable): name=value */
  char **turns;                /* (nullable): name=value,value,...: the files take them in turn */
  gboolean sums;
  gboolean alone;              /* each file goes in a request of its own */
  GHashTable *known;           /* (nullable): path -> sum that is known already */
  guint tries;

  GMutex mutex;                /* guards what follows */
  guint next;
  guint n_failed;
} Work;

static void
set_body (SoupMessage          *message,
          const YejiTusRequest *request)
{
  g_autoptr (GInputStream) stream = NULL;

  if (request->open != NULL)
    {
      stream = request->open (request->open_data);
      soup_message_set_request_body (message, request->media_type, stream, (gssize) request->size);
      return;
    }
  if (request->body == NULL)
    return;
  stream = yeji_paced_stream_new (request->body, request->pacer, NULL);
  soup_message_set_request_body (message, request->media_type, stream,
                                 (gssize) g_bytes_get_size (request->body));
}

static GBytes *
read_answer (GInputStream  *stream,
             GError       **error)
{
  g_autoptr (GByteArray) content = g_byte_array_new ();
  guint8 buffer[8192];
  gssize length;

  while ((length = g_input_stream_read (stream, buffer, sizeof buffer, NULL, error)) > 0)
    if (content->len < MOST_ANSWER)
      g_byte_array_append (content, buffer, (guint) length);
  return length < 0 ? NULL : g_byte_array_free_to_bytes (g_steal_pointer (&content));
}

static YejiReply *
send_request (gpointer               data,
              const YejiTusRequest  *request,
              GCancellable          *cancellable,
              GError               **error)
{
  Line *line = data;
  g_autoptr (SoupMessage) message = soup_message_new (request->method, request->url);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GError) reason = NULL;

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_IDEMPOTENT);
  for (guint i = 0; line->headers[i] != NULL; i += 2)
    soup_message_headers_replace (headers, line->headers[i], line->headers[i + 1]);
  for (guint i = 0; i + 1 < request->headers->len; i += 2)
    soup_message_headers_replace (headers, g_ptr_array_index (request->headers, i),
                                  g_ptr_array_index (request->headers, i + 1));
  set_body (message, request);
  g_signal_connect (message, "restarted", G_CALLBACK (set_body), (gpointer) request);
  stream = soup_session_send (line->session, message, cancellable, &reason);
  if (stream != NULL)
    content = read_answer (stream, &reason);
  if (content != NULL)
    return yeji_reply_new_foreign (message, content);
  g_set_error_literal (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE, reason->message);
  return NULL;
}

static char *
localise (gpointer    data,
          const char *location)
{
  Line *line = data;

  g_autofree char *base = g_uri_to_string (line->base);

  return g_uri_resolve_relative (base, location, SOUP_HTTP_URI_FLAGS, NULL);
}

static const YejiTusLine plain_line = { send_request, localise };

static char *
sum_file (const char *path)
{
  g_autoptr (YejiDigest) digest = yeji_digest_new (YEJI_DIGEST_SHA256);
  g_autofree guint8 *buffer = g_malloc (1024 * 1024);
  FILE *file = g_fopen (path, "rb");
  gsize length;

  if (file == NULL)
    return NULL;
  while ((length = fread (buffer, 1, 1024 * 1024, file)) > 0)
    yeji_digest_update (digest, buffer, length);
  fclose (file);
  return yeji_digest_finish_hex (digest);
}

/* What sha256sum prints, as a profile knows the sums of its documents. */
static GHashTable *
read_known (const char  *path,
            GError     **error)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, error))
    return NULL;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (lines[i], "  ", 2);

      if (g_strv_length (pair) == 2)
        g_hash_table_insert (known, g_strdup (pair[1]), g_strdup (pair[0]));
    }
  return g_steal_pointer (&known);
}

static char *
get_sum (Work       *work,
         const char *path)
{
  const char *sum = work->known != NULL ? g_hash_table_lookup (work->known, path) : NULL;

  if (sum != NULL)
    return g_strdup (sum);
  return work->sums ? sum_file (path) : NULL;
}

static void
add_metadata (GString    *header,
              const char *name,
              const char *value)
{
  g_autofree char *text = g_base64_encode ((const guchar *) value, strlen (value));

  g_string_append_printf (header, "%s%s %s", header->len > 0 ? "," : "", name, text);
}

/* A key must be there once. */
static gboolean
has_metadata (Work       *work,
              const char *prefix)
{
  for (guint i = 0; work->metadata != NULL && work->metadata[i] != NULL; i++)
    if (g_str_has_prefix (work->metadata[i], prefix))
      return TRUE;
  return FALSE;
}

static void
add_turns (Work    *work,
           GString *header,
           guint    number)
{
  for (guint i = 0; work->turns != NULL && work->turns[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (work->turns[i], "=", 2);
      g_auto (GStrv) values = g_strsplit (pair[1] != NULL ? pair[1] : "", ",", -1);
      guint n = g_strv_length (values);

      add_metadata (header, pair[0], n > 0 ? values[number % n] : "");
    }
}

static char *
print_metadata (Work       *work,
                const char *path,
                guint       number,
                const char *sum)
{
  GString *header = g_string_new (NULL);
  g_autofree char *name = g_path_get_basename (path);

  if (!has_metadata (work, "filename="))
    add_metadata (header, "filename", name);
  for (guint i = 0; work->metadata != NULL && work->metadata[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (work->metadata[i], "=", 2);

      add_metadata (header, pair[0], pair[1] != NULL ? pair[1] : "");
    }
  add_turns (work, header, number);
  if (sum != NULL && !has_metadata (work, "sha256="))
    add_metadata (header, "sha256", sum);
  return g_string_free (header, FALSE);
}

static gboolean
note_url (const char  *url,
          gpointer     data,
          GError     **error)
{
  if (url != NULL)
    {
      g_free (*(char **) data);
      *(char **) data = g_strdup (url);
    }
  return TRUE;
}

static gboolean
send_file (Work        *work,
           const char  *path,
           guint        number,
           char       **url,
           GError     **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autofree char *sum = get_sum (work, path);
  g_autofree char *metadata = print_metadata (work, path, number, sum);
  YejiTusFile tus = {
    .file = file, .name = path, .size = -1, .sha256 = sum, .metadata = metadata,
    .note_url = note_url, .data = url,
  };
  GError *failure = NULL;
  gboolean sent = FALSE;

  for (guint i = 0; i < work->tries && !sent; i++)
    {
      g_clear_error (&failure);
      tus.careful = i >= 3;
      sent = yeji_tus_send (work->tus, &tus, NULL, &failure);
      if (!sent && !g_error_matches (failure, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE)
          && !g_error_matches (failure, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_BUSY))
        break;
    }
  if (tus.url != NULL)
    note_url (tus.url, url, NULL);
  g_free (tus.url);
  if (!sent)
    g_propagate_error (error, failure);
  else
    g_clear_error (&failure);
  return sent;
}

/* @error: (nullable): why it was not sent */
static void
note_end (Work         *work,
          const char   *path,
          const char   *url,
          const GError *error)
{
  const YejiRefusal *refusal = error != NULL ? yeji_sync_error_get_refusal (error) : NULL;

  g_mutex_lock (&work->mutex);
  if (error == NULL)
    g_print ("%s\n", url != NULL ? url : "-");
  else
    g_printerr ("%s: %s\n", path, refusal != NULL ? refusal->title : error->message);
  work->n_failed += error != NULL;
  g_mutex_unlock (&work->mutex);
}

static void
send_alone (Work  *work,
            guint  number)
{
  const char *path = work->files[number];
  g_autofree char *url = NULL;
  g_autoptr (GError) error = NULL;

  send_file (work, path, number, &url, &error);
  note_end (work, path, url, error);
}

/* The next files that one request may carry, or the next one. */
static guint
take_files (Work   *work,
            guint  *first,
            guint   n_files,
            gint64  n_bytes)
{
  gint64 total = 0;
  guint n = 0;
  GStatBuf buf;

  g_mutex_lock (&work->mutex);
  *first = work->next;
  while (work->files[work->next + n] != NULL && n < n_files
         && g_stat (work->files[work->next + n], &buf) == 0 && buf.st_size <= SMALL_FILE
         && total + buf.st_size <= n_bytes)
    {
      total += buf.st_size;
      n++;
    }
  n = MAX (n, work->files[work->next] != NULL);
  work->next += n;
  g_mutex_unlock (&work->mutex);
  return n;
}

static void
send_together (Work  *work,
               guint  first,
               guint  n_files)
{
  g_autofree YejiTusFile *files = g_new0 (YejiTusFile, n_files);
  g_autofree YejiTusResult *results = g_new0 (YejiTusResult, n_files);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) objects = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n_files; i++)
    {
      const char *path = work->files[first + i];
      char *sum = get_sum (work, path);
      char *metadata = print_metadata (work, path, first + i, sum);
      GFile *file = g_file_new_for_commandline_arg (path);

      g_ptr_array_add (texts, sum);
      g_ptr_array_add (texts, metadata);
      g_ptr_array_add (objects, file);
      files[i] = (YejiTusFile) {
        .file = file, .name = path, .size = -1, .sha256 = sum, .metadata = metadata,
      };
    }
  yeji_tus_batch_send (work->tus, files, results, n_files, NULL, NULL);
  for (guint i = 0; i < n_files; i++)
    {
      if (results[i].outcome != YEJI_TUS_OUTCOME_RECEIVED
          && results[i].outcome != YEJI_TUS_OUTCOME_FAILED)
        send_alone (work, first + i);
      else
        note_end (work, work->files[first + i], NULL, results[i].error);
      g_clear_error (&results[i].error);
    }
}

static gpointer
run_worker (gpointer data)
{
  Work *work = data;
  const YejiTusFile nobody = { .name = "" };
  guint first, n;

  for (;;)
    {
      guint n_files = 0;
      gint64 n_bytes = 0;

      if (!work->alone)
        yeji_tus_get_batch (work->tus, &nobody, &n_files, &n_bytes, NULL, NULL);
      n = take_files (work, &first, n_files, n_bytes);
      if (n == 0)
        return NULL;
      if (n == 1)
        send_alone (work, first);
      else
        send_together (work, first, n);
    }
}

static char **
split_headers (char **lines)
{
  GStrvBuilder *builder = g_strv_builder_new ();
  char **headers;

  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (lines[i], ":", 2);

      if (pair[0] != NULL && pair[1] != NULL)
        g_strv_builder_add_many (builder, g_strstrip (pair[0]), g_strstrip (pair[1]), NULL);
    }
  headers = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return headers;
}

static int
run (Work *work,
     int   n_workers)
{
  GThread *threads[MOST_WORKERS];

  n_workers = CLAMP (n_workers, 1, MOST_WORKERS);
  for (int i = 0; i < n_workers; i++)
    threads[i] = g_thread_new ("tus-send", run_worker, work);
  for (int i = 0; i < n_workers; i++)
    g_thread_join (threads[i]);
  return work->n_failed > 0 ? 1 : 0;
}

int
main (int    argc,
      char **argv)
{
  int tries = 1, n_workers = 1, piece = 0, result;
  g_auto (GStrv) metadata = NULL;
  g_auto (GStrv) turns = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) headers = NULL;
  g_auto (GStrv) rest = NULL;
  gboolean sums = FALSE, alone = FALSE;
  g_autofree char *known = NULL;
  const GOptionEntry entries[] = {
    { "tries", 0, 0, G_OPTION_ARG_INT, &tries, "How often each file is tried", "N" },
    { "workers", 0, 0, G_OPTION_ARG_INT, &n_workers, "How many files at once", "N" },
    { "piece", 0, 0, G_OPTION_ARG_INT, &piece, "The size of the pieces", "BYTES" },
    { "metadata", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &metadata, "More metadata", "NAME=VALUE" },
    { "turns", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &turns, "Metadata in turn", "NAME=VALUE,..." },
    { "header", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &lines, "One more header", "NAME: VALUE" },
    { "sums", 0, 0, G_OPTION_ARG_NONE, &sums, "Add the sum of each file to its metadata", NULL },
    { "alone", 0, 0, G_OPTION_ARG_NONE, &alone, "Send each file by itself", NULL },
    { "known", 0, 0, G_OPTION_ARG_FILENAME, &known, "Sums that are known, as sha256sum prints them",
      "FILE" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &rest, NULL, "URL FILE..." },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) base = NULL;
  Line line = { NULL };
  Work work = { 0 };

  g_setenv ("SOUP_FORCE_HTTP1", "1", FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || rest == NULL || rest[1] == NULL)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "tus-send URL FILE...");
      return 2;
    }
  base = g_uri_parse (rest[0], SOUP_HTTP_URI_FLAGS, &error);
  if (base == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  if (known != NULL && (work.known = read_known (known, &error)) == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  headers = split_headers (lines);
  line = (Line) {
    soup_session_new_with_options ("max-conns", MOST_WORKERS, "max-conns-per-host", MOST_WORKERS,
                                   "timeout", TIME_LIMIT, NULL),
    base, headers,
  };
  work.line = &line;
  work.tus = yeji_tus_new (&plain_line, &line, rest[0]);
  work.files = rest + 1;
  work.turns = turns;
  work.metadata = metadata;
  work.sums = sums;
  work.alone = alone;
  work.tries = (guint) MAX (tries, 1);
  g_mutex_init (&work.mutex);
  yeji_tus_set_piece (work.tus, (gsize) MAX (piece, 0));
  result = run (&work, n_workers);
  g_mutex_clear (&work.mutex);
  g_clear_pointer (&work.known, g_hash_table_unref);
  yeji_tus_free (work.tus);
  g_object_unref (line.session);
  return result;
}
