// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-store-names.h"

#include "yeji-store-private.h"

#include <string.h>

/* Numbers of a record that are told at most. */
#define MAX_NUMBERS 200

typedef struct
{
  GHashTable *fields;          /* ids */
  GPtrArray *names;            /* (element-type YejiNames) */
  const char *batch;
  GStrvBuilder *uuids;
} Ask;

void
yeji_names_free (YejiNames *self)
{
  g_free (self->uuid);
  g_free (self->role);
  g_free (self->name);
  g_free (self->number);
  g_strfreev (self->numbers);
  g_free (self);
}

/* The end of the text in quotation marks that begins behind @p; NULL if there is none. */
static const char *
find_end (const char *p)
{
  for (; *p != '\0' && *p != '"'; p++)
    if (*p == '\\' && p[1] != '\0')
      p++;
  return *p == '"' ? p : NULL;
}

/* Reads a body as it is written here, without making a tree of it: ten thousand are read in a
 * moment. A number with an escape in it is none that a file could be named by. */
static GStrv
find_numbers (GHashTable *fields,
              const char *body)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *p = strchr (body, '"');
  guint n = 0;

  while (p != NULL && n < MAX_NUMBERS)
    {
      const char *begin = p + 1, *end = find_end (begin);
      char key[64];

      if (end == NULL)
        break;
      p = end + 1;
      if (end[1] == ':' && (gsize) (end - begin) < sizeof key)
        {
          memcpy (key, begin, (gsize) (end - begin));
          key[end - begin] = '\0';
          p += strspn (p, ": ");
          if (*p == '"' && g_hash_table_contains (fields, key))
            {
              begin = p + 1;
              end = find_end (begin);
              if (end == NULL)
                break;
              if (end > begin && memchr (begin, '\\', (gsize) (end - begin)) == NULL)
                {
                  g_autofree char *value = g_strndup (begin, (gsize) (end - begin));

                  g_strv_builder_add (builder, value);
                  n++;
                }
              p = end + 1;
            }
        }
      p = strchr (p, '"');
    }
  return g_strv_builder_end (builder);
}

static gboolean
run_names (YejiSql   *sql,
           gpointer   data,
           GError   **error)
{
  Ask *ask = data;
  g_autoptr (GPtrArray) entries = yeji_entry_read_all (sql, error);
  g_autoptr (GHashTable) editable = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  if (entries == NULL)
    return FALSE;
  for (guint i = 0; i < entries->len; i++)
    {
      YejiEntry *entry = g_ptr_array_index (entries, i);

      if (yeji_entry_is_editable (entry))
        g_hash_table_add (editable, (gpointer) yeji_entry_get_uuid (entry));
    }
  rows = yeji_sql_query (sql, error,
                         "SELECT uuid, role, name, number, body FROM record"
                         " WHERE removed_at IS NULL ORDER BY changed_at DESC, uuid", "");
  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &local_error))
    {
      YejiNames *names;

      if (!g_hash_table_contains (editable, yeji_rows_text (rows, 0)))
        continue;
      names = g_new0 (YejiNames, 1);
      names->uuid = g_strdup (yeji_rows_text (rows, 0));
      names->role = g_strdup (yeji_rows_text (rows, 1));
      names->name = g_strdup (yeji_rows_text (rows, 2));
      names->number = g_strdup (yeji_rows_text (rows, 3));
      names->numbers = find_numbers (ask->fields, yeji_rows_text (rows, 4));
      g_ptr_array_add (ask->names, names);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * yeji_store_list_names:
 * @fields: (array zero-terminated=1): ids of fields, of any table
 *
 * Lists what the records are called by that the clerk may change, the one that was changed last
 * first. Blocks; 10,000 records take some tenths of a second.
 *
 * Returns: (transfer full) (element-type YejiNames) (nullable): %NULL with an error of #YejiDbError
 */
GPtrArray *
yeji_store_list_names (YejiStore           *self,
                       const char * const  *fields,
                       GError             **error)
{
  g_autoptr (GHashTable) table = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) names = NULL;
  Ask ask = { table };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);

  for (guint i = 0; fields[i] != NULL; i++)
    g_hash_table_add (table, (gpointer) fields[i]);
  ask.names = names = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_names_free);
  return yeji_db_run (yeji_store_get_db (self), run_names, &ask, error) ? g_steal_pointer (&names)
                                                                        : NULL;
}

static gboolean
run_taken (YejiSql   *sql,
           gpointer   data,
           GError   **error)
{
  Ask *ask = data;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows =
    yeji_sql_query (sql, error, "SELECT DISTINCT record FROM attachment WHERE batch = ?1", "s",
                    ask->batch);

  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &local_error))
    g_strv_builder_add (ask->uuids, yeji_rows_text (rows, 0));
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * yeji_store_list_taken:
 * @batch: of yeji_store_take_files()
 *
 * Returns: (transfer full) (nullable): the records that got files then; %NULL with an error of
 *   #YejiDbError
 */
GStrv
yeji_store_list_taken (YejiStore   *self,
                       const char  *batch,
                       GError     **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  Ask ask = { NULL, NULL, batch, builder };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);

  if (!yeji_db_run (yeji_store_get_db (self), run_taken, &ask, error))
    return NULL;
  return g_strv_builder_end (builder);
}
