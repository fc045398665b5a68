// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-preview-keys"

#include "config.h"

#include "yeji-preview-keys.h"

/* How far an arrow key moves the page. */
#define PAN_STEP 60

static gboolean
pan (GtkWidget *widget,
     GVariant  *arguments,
     gpointer   data)
{
  double dx, dy;

  g_variant_get (arguments, "(dd)", &dx, &dy);
  yeji_page_view_pan (YEJI_PAGE_VIEW (widget), dx * PAN_STEP, dy * PAN_STEP);
  return GDK_EVENT_STOP;
}

/* A preview that is not on screen has no say. */
static gboolean
act_if_shown (GtkWidget *widget,
              GVariant  *arguments,
              gpointer   data)
{
  if (!gtk_widget_get_mapped (widget))
    return GDK_EVENT_PROPAGATE;
  return gtk_widget_activate_action (widget, g_variant_get_string (arguments, NULL), NULL);
}

static const struct
{
  const char *trigger;
  const char *action;
} keys[] = {
  { "<Control>plus|<Control>equal|<Control>KP_Add", "preview.zoom-in" },
  { "<Control>minus|<Control>KP_Subtract", "preview.zoom-out" },
  { "<Control>0|<Control>KP_0", "preview.zoom-original" },
  { "<Control>r", "preview.rotate-right" },
  { "<Control><Shift>r", "preview.rotate-left" },
  { "<Alt>Page_Down|<Alt>KP_Page_Down", "preview.next" },
  { "<Alt>Page_Up|<Alt>KP_Page_Up", "preview.previous" },
  { "F11", "preview.full" },
}, own_keys[] = {
  { "Page_Down|KP_Page_Down", "preview.next" },
  { "Page_Up|KP_Page_Up", "preview.previous" },
  { "plus|KP_Add", "preview.zoom-in" },
  { "minus|KP_Subtract", "preview.zoom-out" },
  { "w", "preview.fit-width" },
  { "f", "preview.fit-page" },
  { "<Control>Return", "preview.open" },
  { "Escape", "preview.close" },
};

static const struct
{
  guint key;
  double dx, dy;
} pans[] = {
  { GDK_KEY_Left, -1, 0 }, { GDK_KEY_Right, 1, 0 }, { GDK_KEY_Up, 0, -1 }, { GDK_KEY_Down, 0, 1 },
};

/**
 * yeji_preview_keys_add:
 * @preview: whose actions the keys do
 * @view: what the arrows move about
 *
 * Gives a preview its keys: some work in all of the window, so that the clerk can go on typing from
 * the scan, the others where the keyboard is in the preview.
 */
void
yeji_preview_keys_add (GtkWidget    *preview,
                       YejiPageView *view)
{
  GtkEventController *all = gtk_shortcut_controller_new ();
  GtkEventController *own = gtk_shortcut_controller_new ();
  GtkEventController *of_view = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (all), GTK_SHORTCUT_SCOPE_GLOBAL);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (keys[i].trigger),
                                                gtk_callback_action_new (act_if_shown, NULL, NULL));

      gtk_shortcut_set_arguments (shortcut, g_variant_new_string (keys[i].action));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (all), shortcut);
    }
  gtk_widget_add_controller (preview, all);
  for (guint i = 0; i < G_N_ELEMENTS (own_keys); i++)
    gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (own),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string (own_keys[i].trigger),
                        gtk_named_action_new (own_keys[i].action)));
  gtk_widget_add_controller (preview, own);
  for (guint i = 0; i < G_N_ELEMENTS (pans); i++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (pans[i].key, 0),
                                                gtk_callback_action_new (pan, NULL, NULL));

      gtk_shortcut_set_arguments (shortcut, g_variant_new ("(dd)", pans[i].dx, pans[i].dy));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (of_view), shortcut);
    }
  gtk_widget_add_controller (GTK_WIDGET (view), of_view);
}
