// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* A client that is signed in and waits for news, without a window: what it costs is the engine's. */

#include "config.h"

#include "yeji-sync-engine.h"

static void
on_state (YejiSyncEngine *engine)
{
  static gboolean told = FALSE;

  if (told || yeji_sync_engine_get_state (engine) != YEJI_SYNC_ONLINE)
    return;
  told = TRUE;
  g_print ("online\n");
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (&error);
  g_autoptr (YejiStore) store = NULL;
  YejiSyncEngine *engine;

  if (argc == 2 && dictionary != NULL)
    store = yeji_store_open (argv[1], dictionary, &error);
  if (store == NULL)
    {
      g_printerr ("bench-idle PROFILE: %s\n", error != NULL ? error->message : "one argument");
      return 2;
    }
  engine = yeji_sync_engine_new (store);
  g_signal_connect (engine, "notify::state", G_CALLBACK (on_state), NULL);
  yeji_sync_engine_start (engine);
  g_main_loop_run (loop);
  return 0;
}
