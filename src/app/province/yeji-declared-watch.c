// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-declared-watch"

#include "config.h"

#include "yeji-declared-watch.h"

#include "yeji-declared-fetch.h"
#include "yeji-store-declared.h"

#define WATCH_KEY "yeji-declared-watch"

/* Milliseconds after the last keystroke, and after the province could not be heard. */
static guint typing_pause = 600;
static guint failure_pause = 60 * 1000;

/* Asks the province about the numbers of one draft that other systems probably have. */
typedef struct
{
  YejiDraft *draft;            /* not owned: it owns this */
  GCancellable *cancellable;
  guint timer;                 /* source: until it is asked, 0 while nothing is to be asked */
  gboolean asking;
} Watch;

static void
free_watch (gpointer data)
{
  Watch *watch = data;

  g_clear_handle_id (&watch->timer, g_source_remove);
  g_cancellable_cancel (watch->cancellable);
  g_object_unref (watch->cancellable);
  g_free (watch);
}

static void plan (Watch *watch, guint pause);

static void
on_answered (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (GError) error = NULL;
  gboolean heard = yeji_declared_confirm_finish (result, &error);
  g_autoptr (YejiDraft) draft = g_weak_ref_get (data);
  Watch *watch = draft != NULL ? g_object_get_data (G_OBJECT (draft), WATCH_KEY) : NULL;

  g_weak_ref_clear (data);
  g_free (data);
  if (watch == NULL)
    return;
  watch->asking = FALSE;
  if (!heard)
    {
      g_debug ("numbers are not confirmed: %s", error->message);
      plan (watch, failure_pause);
      return;
    }
  yeji_draft_validate (draft);
}

static gboolean
ask (gpointer data)
{
  Watch *watch = data;
  YejiStore *store = yeji_draft_get_store (watch->draft);
  g_autoptr (GPtrArray) numbers
    = yeji_declared_list_probable (store, yeji_draft_get_record (watch->draft));
  GWeakRef *reference;

  watch->timer = 0;
  if (numbers->len == 0)
    return G_SOURCE_REMOVE;
  watch->asking = TRUE;
  reference = g_new (GWeakRef, 1);
  g_weak_ref_init (reference, watch->draft);
  yeji_declared_confirm_async (store, g_steal_pointer (&numbers), watch->cancellable, on_answered,
                               reference);
  return G_SOURCE_REMOVE;
}

static void
plan (Watch *watch,
      guint  pause)
{
  g_clear_handle_id (&watch->timer, g_source_remove);
  watch->timer = g_timeout_add (pause, ask, watch);
}

/* Nobody is asked about a number that is still being typed; what is in no filter costs nothing. */
static void
on_issues_changed (YejiDraft *draft,
                   Watch     *watch)
{
  g_autoptr (GPtrArray) numbers = NULL;

  if (watch->asking)
    return;
  numbers = yeji_declared_list_probable (yeji_draft_get_store (draft),
                                         yeji_draft_get_record (draft));
  if (numbers->len > 0)
    plan (watch, typing_pause);
  else
    g_clear_handle_id (&watch->timer, g_source_remove);
}

/**
 * yeji_declared_watch:
 *
 * From now on asks the province about the numbers of @draft that its filter holds, when nobody has
 * typed for a moment; what it says is told with the problems. Without a line it is asked again later.
 * A second call does nothing.
 */
void
yeji_declared_watch (YejiDraft *draft)
{
  Watch *watch;

  g_return_if_fail (YEJI_IS_DRAFT (draft));

  if (g_object_get_data (G_OBJECT (draft), WATCH_KEY) != NULL)
    return;
  watch = g_new0 (Watch, 1);
  watch->draft = draft;
  watch->cancellable = g_cancellable_new ();
  g_object_set_data_full (G_OBJECT (draft), WATCH_KEY, watch, free_watch);
  g_signal_connect (draft, "issues-changed", G_CALLBACK (on_issues_changed), watch);
  on_issues_changed (draft, watch);
}

/**
 * yeji_declared_watch_set_pauses:
 * @typing: milliseconds from the last keystroke until the province is asked
 * @failure: milliseconds until it is asked again
 *
 * Changes them, for tests.
 */
void
yeji_declared_watch_set_pauses (guint typing,
                                guint failure)
{
  typing_pause = typing;
  failure_pause = failure;
}
