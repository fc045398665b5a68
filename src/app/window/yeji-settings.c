// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-settings"

#include "config.h"

#include "yeji-settings.h"

/**
 * yeji_settings_open:
 *
 * Opens what the program remembers of its window for this user. A program that runs from its build
 * directory may have no schema; g_settings_new() would abort.
 *
 * Returns: (transfer full) (nullable): the settings, %NULL where nothing is remembered
 */
GSettings *
yeji_settings_open (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, YEJI_SCHEMA_ID, TRUE);
  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

/**
 * yeji_settings_reset:
 *
 * Forgets everything.
 */
void
yeji_settings_reset (void)
{
  g_autoptr (GSettings) settings = yeji_settings_open ();
  g_autoptr (GSettingsSchema) schema = NULL;
  g_auto (GStrv) keys = NULL;

  if (settings == NULL)
    return;
  g_object_get (settings, "settings-schema", &schema, NULL);
  keys = g_settings_schema_list_keys (schema);
  for (guint i = 0; keys[i] != NULL; i++)
    g_settings_reset (settings, keys[i]);
}

/**
 * yeji_settings_get_boolean:
 * @fallback: where nothing is remembered at all
 */
gboolean
yeji_settings_get_boolean (const char *key,
                           gboolean    fallback)
{
  g_autoptr (GSettings) settings = yeji_settings_open ();

  return settings != NULL ? g_settings_get_boolean (settings, key) : fallback;
}

void
yeji_settings_set_boolean (const char *key,
                           gboolean    value)
{
  g_autoptr (GSettings) settings = yeji_settings_open ();

  if (settings != NULL)
    g_settings_set_boolean (settings, key, value);
}
