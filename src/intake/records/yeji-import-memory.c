// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-import-memory"

#include "config.h"

#include "yeji-import-memory.h"

/* What the clerk said of files of a kind, in the settings of the profile. */

#define LAST_SETTING "import.last"

static char *
make_name (const char *kind)
{
  return g_strconcat ("import.layout.", kind, NULL);
}

/**
 * yeji_import_memory_get:
 * @kind: from yeji_import_layout_get_kind()
 *
 * Returns: (transfer full) (nullable): for yeji_import_layout_guess(); %NULL without an error where
 *   nothing is kept
 */
char *
yeji_import_memory_get (YejiStore   *store,
                        const char  *kind,
                        GError     **error)
{
  g_autofree char *name = make_name (kind);

  return yeji_store_get_setting (store, name, error);
}

/**
 * yeji_import_memory_set:
 * @layout: (nullable): from yeji_import_layout_to_json(); %NULL forgets it
 */
gboolean
yeji_import_memory_set (YejiStore   *store,
                        const char  *kind,
                        const char  *layout,
                        GError     **error)
{
  g_autofree char *name = make_name (kind);

  return yeji_store_set_setting (store, name, layout, error);
}

/**
 * yeji_import_memory_get_last:
 *
 * Returns: (transfer full) (nullable): the last import, for yeji_store_undo_batch(); %NULL without an
 *   error where there is none that could be taken back
 */
char *
yeji_import_memory_get_last (YejiStore  *store,
                             GError    **error)
{
  return yeji_store_get_setting (store, LAST_SETTING, error);
}

/**
 * yeji_import_memory_set_last:
 * @batch: (nullable): as yeji_import_plan_apply() gave it; %NULL when it was taken back
 */
gboolean
yeji_import_memory_set_last (YejiStore   *store,
                             const char  *batch,
                             GError     **error)
{
  return yeji_store_set_setting (store, LAST_SETTING, batch, error);
}
