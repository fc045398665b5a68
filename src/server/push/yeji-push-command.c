// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-push"

#include "config.h"

#include "yeji-push-command.h"

#include <glib/gi18n.h>
#ifdef G_OS_UNIX
#include <glib-unix.h>
#endif

#include "yeji-national-push.h"
#include "yeji-push-work.h"
#include "yeji-server-cli.h"
#include "yeji-server-schema.h"

#define TICK_MS 50

#ifdef G_OS_UNIX
static gboolean
handle_signal (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_CONTINUE;
}
#endif

static gboolean
handle_tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static gboolean
run_count (YejiSql   *sql,
           gpointer   data,
           GError   **error)
{
  return yeji_push_count (sql, data, error);
}

static gboolean
print_counts (YejiDb  *db,
              GError **error)
{
  g_auto (YejiPushCounts) counts = { 0 };

  if (!yeji_db_run (db, run_count, &counts, error))
    return FALSE;
  /* Not translated: scripts read it. */
  g_print ("waiting %" G_GINT64_FORMAT " sent %" G_GINT64_FORMAT " accepted %" G_GINT64_FORMAT
           " refused %" G_GINT64_FORMAT "\n", counts.waiting, counts.sent, counts.accepted,
           counts.refused);
  return TRUE;
}

/* Who sends once does not wait for a platform to get well. */
static gboolean
is_over (YejiNationalPush *push)
{
  return yeji_national_push_get_trouble (push) != NULL || yeji_national_push_is_idle (push);
}

/* Sends until a signal comes, or, if only once, until nothing is due or the platform is not well. */
static gboolean
send (YejiServerContext  *context,
      YejiDb             *db,
      gboolean            once,
      GError            **error)
{
  YejiNationalPush *push = yeji_national_push_new (context, db, NULL, NULL);
  guint tick = g_timeout_add (TICK_MS, handle_tick, NULL);
  const char *trouble;
  gboolean stopped = FALSE;

#ifdef G_OS_UNIX
  g_unix_signal_add (SIGTERM, handle_signal, &stopped);
  g_unix_signal_add (SIGINT, handle_signal, &stopped);
#endif
  if (once && !yeji_national_push_is_alone (push))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY,
                 _("another program sends to the national platform: the running server"));
  else
    while (!stopped && !(once && is_over (push)))
      g_main_context_iteration (NULL, TRUE);
  trouble = yeji_national_push_get_trouble (push);
  if (once && trouble != NULL && error != NULL && *error == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("the national platform: %s"), trouble);
  g_source_remove (tick);
  yeji_national_push_close (push);
  return *error == NULL;
}

static gboolean
push (const char  *data_dir,
      gboolean     once,
      GError     **error)
{
  g_autoptr (YejiServerContext) context = yeji_server_context_new (data_dir, NULL, error);
  g_autoptr (YejiDb) db = NULL;
  gboolean done;

  if (context == NULL)
    return FALSE;
  if (context->push == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_INITIALIZED,
                   _("push/url is not set in %s"), context->province->path);
      return FALSE;
    }
  db = yeji_server_schema_open (data_dir, error);
  if (db == NULL)
    return FALSE;
  done = send (context, db, once, error);
  done = print_counts (db, done ? error : NULL) && done;
  yeji_db_close (db);
  return done;
}

/**
 * yeji_push_command:
 *
 * `push [--once]`: sends to the national platform what is due, whether a server runs or not, unless
 * that one does so itself.
 *
 * Returns: the exit status
 */
int
yeji_push_command (const char *data_dir,
                   GStrv       arguments)
{
  guint n_arguments = g_strv_length (arguments);
  gboolean once = n_arguments == 2 && g_str_equal (arguments[1], "--once");
  g_autoptr (GError) error = NULL;

  if (n_arguments > 1 && !once)
    {
      g_printerr ("yeji-server: %s\n", _("--once is all that may be said"));
      return YEJI_SERVER_EXIT_USAGE;
    }
  if (push (data_dir, once, &error))
    return YEJI_SERVER_EXIT_OK;
  g_printerr ("yeji-server: %s\n", error->message);
  return YEJI_SERVER_EXIT_FAILED;
}
