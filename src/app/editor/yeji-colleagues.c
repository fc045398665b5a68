// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-colleagues"

#include "config.h"

#include "yeji-colleagues.h"

#define WATCH_KEY "yeji-colleagues"

/* Of one profile that is open. */
typedef struct
{
  YejiStore *store;            /* not owned: the presence has it */
  YejiPresence *presence;
  gulong changed_id;
  GHashTable *known;           /* records that somebody edited when it was looked at last */
} Watch;

/* Of every profile that is open, to be found by a record's uuid. */
static GPtrArray *watches;

static void
watch_free (gpointer data)
{
  Watch *watch = data;

  g_ptr_array_remove_fast (watches, watch);
  g_object_set_data (G_OBJECT (watch->store), WATCH_KEY, NULL);
  g_signal_handler_disconnect (watch->presence, watch->changed_id);
  g_object_unref (watch->presence);
  g_hash_table_unref (watch->known);
  g_free (watch);
}

static const YejiColleague *
find (const char *uuid)
{
  const YejiColleague *colleague = NULL;

  for (guint i = 0; watches != NULL && colleague == NULL && i < watches->len; i++)
    colleague = yeji_presence_find (((Watch *) g_ptr_array_index (watches, i))->presence, uuid);
  return colleague;
}

/* Lists and editors look at a record again when the store says that it changed. */
static void
tell (Watch      *watch,
      GHashTable *uuids)
{
  GHashTableIter iter;
  gpointer uuid;

  g_hash_table_iter_init (&iter, uuids);
  while (g_hash_table_iter_next (&iter, &uuid, NULL))
    g_signal_emit_by_name (watch->store, "changed", uuid);
}

static void
on_changed (YejiPresence *presence,
            Watch        *watch)
{
  g_autoptr (GHashTable) before = g_steal_pointer (&watch->known);

  watch->known = yeji_presence_list (presence);
  tell (watch, before);
  tell (watch, watch->known);
}

/**
 * yeji_colleagues_watch:
 *
 * Follows who edits the records of a profile on other computers, as long as the engine is there.
 */
void
yeji_colleagues_watch (YejiStore      *store,
                       YejiSyncEngine *engine)
{
  Watch *watch;

  if (engine == NULL || g_object_get_data (G_OBJECT (store), WATCH_KEY) != NULL)
    return;
  watch = g_new0 (Watch, 1);
  watch->store = store;
  watch->presence = g_object_ref (yeji_sync_engine_get_presence (engine));
  watch->known = yeji_presence_list (watch->presence);
  watch->changed_id = g_signal_connect (watch->presence, "changed", G_CALLBACK (on_changed), watch);
  if (watches == NULL)
    watches = g_ptr_array_new ();
  g_ptr_array_add (watches, watch);
  g_object_set_data (G_OBJECT (store), WATCH_KEY, watch);
  g_object_set_data_full (G_OBJECT (engine), WATCH_KEY, watch, watch_free);
}

/**
 * yeji_colleagues_to_text:
 *
 * Returns: (transfer full) (nullable): who edits a record on another computer, in words; %NULL:
 *   nobody, as far as is known
 */
char *
yeji_colleagues_to_text (const char *uuid)
{
  const YejiColleague *colleague = find (uuid);

  return colleague != NULL ? yeji_colleague_to_text (colleague) : NULL;
}

/**
 * yeji_colleagues_say_typed:
 * @uuid: a record that the province knows
 *
 * Says to the other computers that somebody types here. May be called with every keystroke.
 */
void
yeji_colleagues_say_typed (YejiStore  *store,
                           const char *uuid)
{
  Watch *watch = g_object_get_data (G_OBJECT (store), WATCH_KEY);

  if (watch != NULL)
    yeji_presence_edit (watch->presence, uuid);
}

/**
 * yeji_colleagues_say_left:
 *
 * Says to the other computers that the record was closed here.
 */
void
yeji_colleagues_say_left (YejiStore  *store,
                          const char *uuid)
{
  Watch *watch = g_object_get_data (G_OBJECT (store), WATCH_KEY);

  if (watch != NULL)
    yeji_presence_leave (watch->presence, uuid);
}
