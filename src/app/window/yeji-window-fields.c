// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-window-fields"

#include "config.h"

#include "yeji-window-fields.h"

#include <glib/gi18n.h>

#include "yeji-background.h"
#include "yeji-places-bar.h"
#include "yeji-store-copy.h"

/* New records from earlier ones, the way back from a link, help. */

typedef struct
{
  YejiStore *store;
  char *uuid;
} Wish;

static void
free_wish (gpointer data)
{
  Wish *wish = data;

  g_object_unref (wish->store);
  g_free (wish->uuid);
  g_free (wish);
}

static gpointer
copy (gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Wish *wish = data;

  return yeji_store_copy_record (wish->store, wish->uuid, error);
}

static void
on_copied (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (YejiWindow) window = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *uuid = yeji_background_finish (result, &error);

  if (!gtk_widget_get_realized (GTK_WIDGET (window)))
    return;
  if (uuid == NULL)
    yeji_window_say_error (window, error);
  else
    yeji_window_open_record (window, uuid);
}

static void
start (YejiWindow *window,
       const char *uuid)
{
  YejiStore *store = yeji_window_get_store (window);
  Wish *wish = g_new0 (Wish, 1);

  wish->store = g_object_ref (store);
  wish->uuid = g_strdup (uuid);
  yeji_background_run (store, copy, wish, free_wish, g_free, on_copied, g_object_ref (window));
}

/* What is copied may be open, and typed into a moment ago. */
static void
on_flushed (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (YejiWindow) window = data;
  g_autoptr (GError) error = NULL;
  YejiDraft *draft = yeji_window_get_draft (window);

  if (!yeji_draft_keeper_flush_finish (YEJI_DRAFT_KEEPER (source), result, &error))
    yeji_window_say_error (window, error);
  else if (draft != NULL && yeji_draft_get_keeper (draft) == YEJI_DRAFT_KEEPER (source))
    start (window, yeji_draft_get_uuid (draft));
}

static void
on_copy_record (GtkWidget  *widget,
                const char *name,
                GVariant   *target)
{
  YejiWindow *window = YEJI_WINDOW (widget);
  const char *uuid = g_variant_get_string (target, NULL);
  YejiDraft *draft = yeji_window_get_draft (window);

  if (yeji_window_get_store (window) == NULL)
    return;
  if (draft != NULL && (*uuid == '\0' || g_str_equal (uuid, yeji_draft_get_uuid (draft))))
    yeji_draft_keeper_flush_async (yeji_draft_get_keeper (draft), on_flushed,
                                   g_object_ref (window));
  else if (*uuid != '\0')
    start (window, uuid);
}

static void
on_copy_this (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  if (yeji_window_get_draft (YEJI_WINDOW (widget)) != NULL)
    gtk_widget_activate_action (widget, "win.copy-record", "s", "");
}

/* To the field whose link one followed, else to the list. */
static void
on_step_back (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  YejiWindow *window = YEJI_WINDOW (widget);

  if (yeji_window_get_draft (window) == NULL
      || !yeji_places_bar_go_back (GTK_WIDGET (yeji_window_get_editor (window))))
    gtk_widget_activate_action (widget, "win.back", NULL);
}

/* On the field where the keyboard is, else on the keys. */
static void
on_help (GtkWidget  *widget,
         const char *name,
         GVariant   *target)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (widget));

  if (focus == NULL || !gtk_widget_activate_action (focus, "field.help", NULL))
    gtk_widget_activate_action (widget, "win.show-help-overlay", NULL);
}

/**
 * yeji_window_fields_install:
 *
 * Adds the actions of this file to the window's class: "win.copy-record" (uuid; "" is the record on
 * screen), "win.copy-this", "win.step-back" and "win.help".
 */
void
yeji_window_fields_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.copy-record", "s", on_copy_record);
  gtk_widget_class_install_action (klass, "win.copy-this", NULL, on_copy_this);
  gtk_widget_class_install_action (klass, "win.step-back", NULL, on_step_back);
  gtk_widget_class_install_action (klass, "win.help", NULL, on_help);
}
