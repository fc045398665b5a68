// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-window-size"

#include "config.h"

#include "yeji-window-size.h"

#include "yeji-settings.h"

/* A window that was never laid out has no size yet, 0 for instance: the last one stays. */
static void
save_length (GSettings  *settings,
             const char *name,
             int         length)
{
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_int32 (length));
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GSettingsSchemaKey) key = NULL;

  g_object_get (settings, "settings-schema", &schema, NULL);
  key = g_settings_schema_get_key (schema, name);
  if (g_settings_schema_key_range_check (key, value))
    g_settings_set_value (settings, name, value);
}

/**
 * yeji_window_size_load:
 *
 * Gives a window the size that it had last.
 */
void
yeji_window_size_load (GtkWindow *window)
{
  g_autoptr (GSettings) settings = yeji_settings_open ();

  if (settings == NULL)
    return;
  gtk_window_set_default_size (window, g_settings_get_int (settings, "width"),
                               g_settings_get_int (settings, "height"));
  if (g_settings_get_boolean (settings, "maximized"))
    gtk_window_maximize (window);
}

/**
 * yeji_window_size_save:
 *
 * Remembers the size of a window.
 */
void
yeji_window_size_save (GtkWindow *window)
{
  g_autoptr (GSettings) settings = yeji_settings_open ();
  int width, height;

  if (settings == NULL)
    return;
  g_settings_set_boolean (settings, "maximized", gtk_window_is_maximized (window));
  if (gtk_window_is_maximized (window))
    return;
  gtk_window_get_default_size (window, &width, &height);
  save_length (settings, "width", width);
  save_length (settings, "height", height);
}
