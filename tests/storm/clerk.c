// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* A clerk's program without a window: the engine works as it does behind the window, while commands
 * come in on standard input, one a line, and are answered by what `yeji` would say and a line
 * `done CODE`. So a record can be changed and submitted while it is being sent. */

#include "config.h"

#include "yeji-cli-options.h"
#include "yeji-cli-session.h"
#include "yeji-cli.h"
#include "yeji-store-vault.h"
#include "yeji-sync-engine.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

typedef struct
{
  YejiCliSession *session;
  YejiSyncEngine *engine;
  GMainLoop *loop;
} Clerk;

/* What the window does when the clerk submits: nothing waits for the network. */
static YejiExit
submit (Clerk      *self,
        const char *uuid)
{
  YejiStore *store = yeji_cli_session_get_store (self->session);
  g_autoptr (YejiRecord) record = yeji_cli_session_load (self->session, uuid);
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (YejiFacts) facts = NULL;
  g_autoptr (GError) error = NULL;

  if (record == NULL)
    return YEJI_EXIT_FAILED;
  problems = yeji_cli_session_check (self->session, record, TRUE, &facts);
  if (yeji_problems_count (problems, YEJI_SEVERITY_ERROR) > 0)
    return YEJI_EXIT_INVALID;
  if (yeji_store_save (store, record, facts, "typed", &error)
      && yeji_store_queue_submit (store, uuid, &error))
    {
      yeji_sync_engine_wake (self->engine);
      return YEJI_EXIT_OK;
    }
  g_printerr ("%s: %s\n", uuid, error->message);
  return YEJI_EXIT_FAILED;
}

static YejiExit
tell_state (Clerk *self)
{
  const char *message = yeji_sync_engine_get_message (self->engine);

  g_print ("%d %s\n", yeji_sync_engine_get_state (self->engine), message != NULL ? message : "");
  return YEJI_EXIT_OK;
}

static YejiExit
wake (Clerk *self)
{
  yeji_sync_engine_wake (self->engine);
  return YEJI_EXIT_OK;
}

static YejiExit
run_command (Clerk  *self,
             guint   n_args,
             char  **args)
{
  g_autoptr (YejiCliOptions) options = NULL;
  char **words;
  YejiExit status;

  if (g_str_equal (args[0], "state"))
    return tell_state (self);
  if (g_str_equal (args[0], "wake"))
    return wake (self);
  if (g_str_equal (args[0], "submit") && n_args == 1)
    return submit (self, args[1]);
  options = yeji_cli_options_parse (args);
  if (options == NULL || yeji_cli_options_get_command (options) == NULL)
    return YEJI_EXIT_USAGE;
  yeji_cli_session_set_options (self->session, options);
  words = yeji_cli_options_get_args (options);
  status = yeji_cli_options_get_command (options)->run (self->session, g_strv_length (words), words);
  yeji_cli_session_set_options (self->session, NULL);
  return status;
}

static gboolean
on_line (GIOChannel   *channel,
         GIOCondition  condition,
         gpointer      data)
{
  Clerk *self = data;
  g_autofree char *line = NULL;
  g_auto (GStrv) args = NULL;
  int n_args;

  if (g_io_channel_read_line (channel, &line, NULL, NULL, NULL) != G_IO_STATUS_NORMAL)
    {
      g_main_loop_quit (self->loop);
      return G_SOURCE_REMOVE;
    }
  if (g_shell_parse_argv (line, &n_args, &args, NULL))
    g_print ("\ndone %d\n", (int) run_command (self, (guint) n_args - 1, args));
  else
    g_print ("\ndone %d\n", (int) YEJI_EXIT_USAGE);
  fflush (stdout);
  return G_SOURCE_CONTINUE;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GIOChannel) channel = NULL;
  g_autoptr (YejiCliSession) session = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Clerk self = { NULL, NULL, loop };

  setlocale (LC_ALL, "");
  g_set_prgname ("yeji");
  g_setenv ("SOUP_FORCE_HTTP1", "1", FALSE);
  session = argc == 2 ? yeji_cli_session_new (argv[1], TRUE, &error) : NULL;
  if (session == NULL || yeji_cli_session_get_store (session) == NULL)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "usage: storm-clerk PROFILE");
      return 1;
    }
  self.session = session;
  self.engine = yeji_sync_engine_new (yeji_cli_session_get_store (session));
  yeji_sync_engine_start (self.engine);

#ifdef G_OS_WIN32
  channel = g_io_channel_win32_new_fd (fileno (stdin));
#else
  channel = g_io_channel_unix_new (fileno (stdin));
#endif
  g_io_add_watch (channel, G_IO_IN | G_IO_HUP, on_line, &self);
  g_print ("done 0\n");
  fflush (stdout);
  g_main_loop_run (loop);

  yeji_sync_engine_stop (self.engine);
  g_object_unref (self.engine);
  return 0;
}
