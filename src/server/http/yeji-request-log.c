// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-http"

#include "config.h"

#include "yeji-request-log.h"

#include <errno.h>
#include <stdio.h>

#include <glib/gstdio.h>

#include "yeji-clock.h"
#include "yeji-router.h"

#define BEGUN_KEY "yeji-begun"
#define NONE "-"

struct _YejiRequestLog
{
  char *path;
  FILE *file;                  /* (nullable): it could not be opened again */
};

/* Who counts and who writes. */
typedef struct
{
  YejiMetrics *metrics;        /* (unowned) */
  YejiRequestLog *log;         /* (unowned) (nullable) */
} Watch;

/**
 * yeji_request_log_open:
 *
 * Opens the log, to append to it.
 *
 * Returns: (transfer full) (nullable): the log
 */
YejiRequestLog *
yeji_request_log_open (const char  *path,
                       GError     **error)
{
  g_autoptr (YejiRequestLog) self = g_new0 (YejiRequestLog, 1);

  self->path = g_strdup (path);
  self->file = g_fopen (path, "a");
  if (self->file != NULL)
    return g_steal_pointer (&self);
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", path,
               g_strerror (errno));
  return NULL;
}

/**
 * yeji_request_log_reopen:
 *
 * Goes on in a new file where somebody has moved the old one away.
 */
void
yeji_request_log_reopen (YejiRequestLog *self)
{
  if (self->file != NULL)
    fclose (self->file);
  self->file = g_fopen (self->path, "a");
  if (self->file == NULL)
    g_message ("%s: cannot be opened again, requests are not logged", self->path);
}

static void
write_line (YejiRequestLog *self,
            const char     *method,
            const char     *pattern,
            guint           status,
            goffset         length,
            gint64          microseconds)
{
  g_autofree char *now = yeji_clock_now ();
  char seconds[G_ASCII_DTOSTR_BUF_SIZE];

  if (self->file == NULL)
    return;
  g_ascii_formatd (seconds, sizeof seconds, "%.3f", (double) microseconds / G_USEC_PER_SEC);
  /* a full disk costs lines, nothing else */
  if (fprintf (self->file, "%s %s %s %u %" G_GINT64_FORMAT " %s\n", now, method, pattern, status,
               (gint64) length, seconds) < 0
      || fflush (self->file) != 0)
    clearerr (self->file);
}

/**
 * yeji_request_log_free:
 * @self: (transfer full)
 *
 * Closes the log.
 */
void
yeji_request_log_free (YejiRequestLog *self)
{
  if (self->file != NULL)
    fclose (self->file);
  g_free (self->path);
  g_free (self);
}

static void
handle_headers (SoupServerMessage *message,
                gpointer           data)
{
  gint64 *begun = g_new (gint64, 1);

  *begun = g_get_monotonic_time ();
  g_object_set_data_full (G_OBJECT (message), BEGUN_KEY, begun, g_free);
}

static void
handle_started (SoupServer        *soup,
                SoupServerMessage *message,
                gpointer           data)
{
  g_signal_connect (message, "got-headers", G_CALLBACK (handle_headers), NULL);
}

static void
handle_finished (SoupServer        *soup,
                 SoupServerMessage *message,
                 gpointer           data)
{
  Watch *watch = data;
  const gint64 *begun = g_object_get_data (G_OBJECT (message), BEGUN_KEY);
  GUri *uri = soup_server_message_get_uri (message);
  guint status = soup_server_message_get_status (message);
  goffset length = soup_server_message_get_response_body (message)->length;
  const char *method = soup_server_message_get_method (message);
  const char *pattern;
  gint64 microseconds;

  if (begun == NULL || uri == NULL)
    return;
  microseconds = g_get_monotonic_time () - *begun;
  pattern = yeji_router_find_pattern (&method, g_uri_get_path (uri));
  if (pattern == NULL)
    method = pattern = NONE;
  yeji_metrics_note (watch->metrics, method, pattern, status, microseconds);
  if (watch->log != NULL)
    write_line (watch->log, method, pattern, status, length, microseconds);
}

/**
 * yeji_request_watch:
 * @metrics: where it is counted; outlives @soup
 * @log: (nullable): where it is written; outlives @soup
 *
 * Counts and writes down every request that is answered, or whose connection breaks meanwhile.
 */
void
yeji_request_watch (SoupServer     *soup,
                    YejiMetrics    *metrics,
                    YejiRequestLog *log)
{
  Watch *watch = g_new0 (Watch, 1);

  watch->metrics = metrics;
  watch->log = log;
  g_object_set_data_full (G_OBJECT (soup), "yeji-request-watch", watch, g_free);
  g_signal_connect (soup, "request-started", G_CALLBACK (handle_started), NULL);
  g_signal_connect (soup, "request-finished", G_CALLBACK (handle_finished), watch);
  g_signal_connect (soup, "request-aborted", G_CALLBACK (handle_finished), watch);
}
