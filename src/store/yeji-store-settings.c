// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-store-private.h"

/* What is kept beside the records, by name. */

typedef struct
{
  const char *name;
  const char *value;
  char *found;
} Setting;

static gboolean
read_setting (YejiSql  *sql,
              gpointer  data,
              GError  **error)
{
  Setting *setting = data;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT value FROM setting WHERE name = ?1",
                                              "s", setting->name);

  if (rows == NULL)
    return FALSE;
  if (yeji_rows_next (rows, &local_error))
    setting->found = yeji_rows_dup_text (rows, 0);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
write_setting (YejiSql  *sql,
               gpointer  data,
               GError  **error)
{
  Setting *setting = data;

  if (setting->value == NULL)
    return yeji_sql_exec (sql, error, "DELETE FROM setting WHERE name = ?1", "s", setting->name);
  return yeji_sql_exec (sql, error,
                        "INSERT INTO setting (name, value) VALUES (?1, ?2)"
                        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                        "ss", setting->name, setting->value);
}

/**
 * yeji_store_get_setting:
 *
 * Returns: (transfer full) (nullable): the value; %NULL when it was never set, and with @error set
 * when it cannot be read
 */
char *
yeji_store_get_setting (YejiStore   *self,
                        const char  *name,
                        GError     **error)
{
  Setting setting = { name };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);

  if (!yeji_db_run (yeji_store_get_db (self), read_setting, &setting, error))
    return NULL;
  return setting.found;
}

/**
 * yeji_store_set_setting:
 * @value: (nullable): %NULL takes the setting out
 */
gboolean
yeji_store_set_setting (YejiStore   *self,
                        const char  *name,
                        const char  *value,
                        GError     **error)
{
  Setting setting = { name, value };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);

  return yeji_db_run (yeji_store_get_db (self), write_setting, &setting, error);
}
