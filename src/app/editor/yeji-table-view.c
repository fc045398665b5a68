// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-table-view"

#include "config.h"

#include "yeji-table-view.h"

#define KEY "table-views"

/* A program that runs from its build directory may have no schema, or that of an older version;
 * g_settings_new() would abort. */
static GSettings *
open_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, YEJI_SCHEMA_ID, TRUE);
  return schema != NULL && g_settings_schema_has_key (schema, KEY)
           ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

/**
 * yeji_table_view_load:
 * @table: a table's id
 * @by_default: what holds where nobody has chosen
 *
 * Returns: whether the table is shown as a grid, and not as forms
 */
gboolean
yeji_table_view_load (const char *table,
                      gboolean    by_default)
{
  g_autoptr (GSettings) settings = open_settings ();
  g_autoptr (GVariant) views = NULL;
  const char *view;

  if (settings == NULL)
    return by_default;
  views = g_settings_get_value (settings, KEY);
  if (!g_variant_lookup (views, table, "&s", &view))
    return by_default;
  return g_str_equal (view, "grid");
}

/**
 * yeji_table_view_save:
 * @table: a table's id
 *
 * Remembers as what a table is shown.
 */
void
yeji_table_view_save (const char *table,
                      gboolean    as_grid)
{
  g_autoptr (GSettings) settings = open_settings ();
  g_autoptr (GVariant) before = NULL;
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));
  GVariantIter iter;
  const char *id, *view;

  if (settings == NULL)
    return;
  before = g_settings_get_value (settings, KEY);
  g_variant_iter_init (&iter, before);
  while (g_variant_iter_next (&iter, "{&s&s}", &id, &view))
    if (!g_str_equal (id, table))
      g_variant_builder_add (&builder, "{ss}", id, view);
  g_variant_builder_add (&builder, "{ss}", table, as_grid ? "grid" : "form");
  g_settings_set_value (settings, KEY, g_variant_builder_end (&builder));
}
