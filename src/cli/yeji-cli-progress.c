// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-progress.h"

#include "yeji-cli-options.h"
#include "yeji-cli-output.h"
#include "yeji-platform.h"

#include <stdio.h>

#include <glib/gi18n-lib.h>

/* What is over sooner is not worth a line, and nobody reads faster. */
#define PATIENCE (300 * G_TIME_SPAN_MILLISECOND)
#define PAUSE (100 * G_TIME_SPAN_MILLISECOND)

struct _YejiCliProgress
{
  const char *command;         /* for scripts */
  char *label;                 /* for people */
  GCancellable *cancellable;
  gulong stop_id;
  gint64 told_at;
  gboolean in_json;
  gboolean on_terminal;
};

static void
on_stop (GCancellable *cancellable,
         gpointer      data)
{
  /* what was stopped may have said so before this thread says it */
  yeji_cli_remark (_("Stopping: what is not done is left as it was. Once more ends at once."));
}

/**
 * yeji_cli_progress_new:
 * @label: what is done, for people
 *
 * Begins a long command. How far it is goes to standard error: as one line on a terminal, as lines
 * of JSON with --progress, `{"progress": COMMAND, "done": N, "total": N}`; a script's log gets
 * nothing else. Ctrl+C cancels yeji_cli_progress_get_cancellable(), a second one ends the program.
 *
 * Returns: (transfer full): the progress, to be ended with yeji_cli_progress_end()
 */
YejiCliProgress *
yeji_cli_progress_new (YejiCliSession *session,
                       const char     *label)
{
  YejiCliProgress *self = g_new0 (YejiCliProgress, 1);
  YejiCliOptions *options = yeji_cli_session_get_options (session);

  self->command = yeji_cli_options_get_command (options)->name;
  self->label = g_strdup (label);
  self->cancellable = g_cancellable_new ();
  self->stop_id = g_cancellable_connect (self->cancellable, G_CALLBACK (on_stop), NULL, NULL);
  self->in_json = yeji_cli_options_has (options, "--progress");
  self->on_terminal = !self->in_json && !yeji_cli_options_has (options, "--json")
                      && g_log_writer_supports_color (fileno (stderr));
  /* a script that asks for it is told from the beginning */
  self->told_at = g_get_monotonic_time () - PAUSE + (self->in_json ? 0 : PATIENCE);
  yeji_platform_watch_interrupt (self->cancellable);
  return self;
}

/**
 * yeji_cli_progress_end:
 *
 * Ends it: no line is left on the terminal, and Ctrl+C ends the program as always.
 */
void
yeji_cli_progress_end (YejiCliProgress *self)
{
  yeji_platform_watch_interrupt (NULL);
  if (self->on_terminal)
    yeji_cli_show_line (NULL);
  g_cancellable_disconnect (self->cancellable, self->stop_id);
  g_object_unref (self->cancellable);
  g_free (self->label);
  g_free (self);
}

/**
 * yeji_cli_progress_set_label:
 *
 * Says what is done now, where a command does several things.
 */
void
yeji_cli_progress_set_label (YejiCliProgress *self,
                             const char      *label)
{
  g_free (self->label);
  self->label = g_strdup (label);
}

GCancellable *
yeji_cli_progress_get_cancellable (YejiCliProgress *self)
{
  return self->cancellable;
}

static void
tell_json (YejiCliProgress *self,
           guint64          done,
           guint64          total)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "progress", self->command);
  json_object_set_int_member (object, "done", (gint64) done);
  json_object_set_int_member (object, "total", (gint64) total);
  yeji_cli_tell_json (object);
}

/**
 * yeji_cli_progress_tell:
 * @done: how much is done, in whatever is counted
 * @total: of how much
 * @line: what a terminal shows
 *
 * Tells how far it is, not too often. Can be called from any thread, from one at a time.
 */
void
yeji_cli_progress_tell (YejiCliProgress *self,
                        guint64          done,
                        guint64          total,
                        const char      *line)
{
  gint64 now = g_get_monotonic_time ();

  if ((!self->in_json && !self->on_terminal)
      || (now < self->told_at + PAUSE && !(self->in_json && done == total)))
    return;
  self->told_at = now;
  if (self->in_json)
    tell_json (self, done, total);
  else
    yeji_cli_show_line (line);
}

/**
 * yeji_cli_progress_step:
 *
 * As yeji_cli_progress_tell(), with the share in percent on the terminal.
 */
void
yeji_cli_progress_step (YejiCliProgress *self,
                        guint64          done,
                        guint64          total)
{
  guint percent = total > 0 ? (guint) ((double) done * 100.0 / (double) total) : 0;
  g_autofree char *line = g_strdup_printf ("%s %u %%", self->label, percent);

  yeji_cli_progress_tell (self, done, total, line);
}

void
yeji_cli_progress_on_bytes (guint64  done,
                            guint64  total,
                            gpointer data)
{
  yeji_cli_progress_step (data, done, total);
}

void
yeji_cli_progress_on_count (guint    done,
                            guint    total,
                            gpointer data)
{
  YejiCliProgress *self = data;
  g_autofree char *line = g_strdup_printf ("%s %u/%u", self->label, done, total);

  yeji_cli_progress_tell (self, done, total, line);
}

/**
 * yeji_cli_fail:
 * @what: what did not happen
 *
 * Complains with the reason, also when it is that somebody stopped it.
 *
 * Returns: %YEJI_EXIT_FAILED
 */
YejiExit
yeji_cli_fail (const char   *what,
               const GError *error)
{
  yeji_cli_complain ("%s: %s", what, g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                                       ? _("it was stopped") : error->message);
  return YEJI_EXIT_FAILED;
}
