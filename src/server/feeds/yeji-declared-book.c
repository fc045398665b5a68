// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-declared"

#include "config.h"

#include "yeji-declared-book.h"

#include <gio/gio.h>

#include "yeji-listing.h"

/* What is read of a project, in the order of #YejiDeclaredEntry. */
#define ENTRY \
  "SELECT d.system, d.number, d.name, d.area, d.enterprise, d.state, d.at FROM declared_number n" \
  " JOIN declared d ON d.system = n.system AND d.key = n.project" \
  " WHERE n.key = ?1 AND " YEJI_STAGING_SEEN ("d") " ORDER BY d.state = 'ongoing' DESC, d.system, d.key LIMIT 1"

void
yeji_declared_entry_free (YejiDeclaredEntry *self)
{
  g_free (self->system);
  g_free (self->number);
  g_free (self->name);
  g_free (self->area);
  g_free (self->enterprise);
  g_free (self->state);
  g_free (self->at);
  g_free (self);
}

/* Ends a query: TRUE when it came to its end without an error. */
static gboolean
end (GError  *local_error,
     GError **error)
{
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, local_error);
  return FALSE;
}

/* Whether a number is in any list: most are in none, and this looks into one index alone. 1 or 0,
 * -1: failed */
static int
is_known (YejiSql     *sql,
          const char  *key,
          GError     **error)
{
  return yeji_sql_has_row (sql, error, "SELECT 1 FROM declared_number WHERE key = ?1 LIMIT 1", "s",
                           key);
}

/**
 * yeji_declared_book_find:
 * @number: as typed
 * @entry: (out) (transfer full) (nullable): %NULL: no system has it
 *
 * Finds the project of another system that has this number; of several the one that goes on.
 */
gboolean
yeji_declared_book_find (YejiSql            *sql,
                         const char         *number,
                         YejiDeclaredEntry **entry,
                         GError            **error)
{
  g_autofree char *key = yeji_number_fold (number);
  g_autoptr (YejiRows) rows = NULL;
  GError *local_error = NULL;
  int known;

  *entry = NULL;
  if (key == NULL)
    return TRUE;
  known = is_known (sql, key, error);
  if (known <= 0)
    return known == 0;
  rows = yeji_sql_query (sql, error, ENTRY, "s", key);
  if (rows == NULL)
    return FALSE;
  if (yeji_rows_next (rows, &local_error))
    {
      *entry = g_new0 (YejiDeclaredEntry, 1);
      (*entry)->system = yeji_rows_dup_text (rows, 0);
      (*entry)->number = yeji_rows_dup_text (rows, 1);
      (*entry)->name = yeji_rows_dup_text (rows, 2);
      (*entry)->area = yeji_rows_dup_text (rows, 3);
      (*entry)->enterprise = yeji_rows_dup_text (rows, 4);
      (*entry)->state = yeji_rows_dup_text (rows, 5);
      (*entry)->at = yeji_rows_dup_text (rows, 6);
    }
  return end (local_error, error);
}

static gboolean
learn (YejiServerContext  *context,
       YejiSql            *sql,
       YejiDeclared       *declared,
       const char         *number,
       GError            **error)
{
  g_autoptr (YejiDeclaredEntry) entry = NULL;
  const YejiText *system;
  YejiText unnamed;

  if (*number == '\0')
    return TRUE;
  if (!yeji_declared_book_find (sql, number, &entry, error))
    return FALSE;
  if (entry == NULL)
    return TRUE;
  system = yeji_declared_systems_get_text (context->declared_systems, entry->system);
  for (guint i = 0; i < N_YEJI_LANGUAGES; i++)
    unnamed.in[i] = entry->system;
  yeji_declared_learn (declared, number, system != NULL ? system : &unnamed, entry->name);
  return TRUE;
}

/* Whom the province has confirmed once, or taken over, is not refused for what it is. */
static gboolean
is_exempt (YejiSql     *sql,
           const char  *uuid,
           gboolean    *exempt,
           GError     **error)
{
  const int found = yeji_sql_has_row (sql, error, "SELECT 1 FROM publication WHERE uuid = ?1", "s",
                                      uuid);

  *exempt = found > 0;
  return found >= 0;
}

/**
 * yeji_declared_book_ask:
 *
 * Looks up every number of @record that the dictionary's rules of the kind `declared` name.
 *
 * Returns: (transfer full) (nullable): what other systems have of it, exactly, to be handed to
 *   yeji_validator_check_against(); nothing for a record that the province has confirmed before
 */
YejiDeclared *
yeji_declared_book_ask (YejiServerContext  *context,
                        YejiSql            *sql,
                        YejiRecord         *record,
                        GError            **error)
{
  GPtrArray *rules = yeji_dictionary_get_rules (yeji_record_get_dictionary (record));
  g_autoptr (YejiDeclared) declared = yeji_declared_new ();
  gboolean exempt = FALSE;

  if (!is_exempt (sql, yeji_record_get_uuid (record), &exempt, error))
    return NULL;
  for (guint i = 0; !exempt && i < rules->len; i++)
    {
      const YejiRule *rule = g_ptr_array_index (rules, i);

      for (guint j = 0; rule->kind == YEJI_RULE_DECLARED && !rule->probable
                        && j < rule->fields->len; j++)
        {
          const YejiFieldDef *field = g_ptr_array_index (rule->fields, j);

          for (guint k = 0; k < yeji_record_get_n_rows (record, field->table); k++)
            if (!learn (context, sql, declared,
                        yeji_row_get (yeji_record_get_row (record, field->table, k), field),
                        error))
              return NULL;
        }
    }
  return g_steal_pointer (&declared);
}

/**
 * yeji_declared_book_make_tag:
 *
 * Returns: (transfer full): the entity tag of a filter: the sum of its bytes, in quotes
 */
char *
yeji_declared_book_make_tag (GBytes *filter)
{
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, filter);

  return g_strdup_printf ("\"%s\"", sum);
}

/**
 * yeji_declared_book_find_tag:
 * @tag: (out) (transfer full): with its quotes
 *
 * Finds the entity tag of the filter that counts, without reading the filter.
 */
gboolean
yeji_declared_book_find_tag (YejiSql  *sql,
                             char    **tag,
                             GError  **error)
{
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error, "SELECT tag FROM declared_filter", "");
  g_autoptr (GBytes) nothing = NULL;
  GError *local_error = NULL;

  *tag = NULL;
  if (rows == NULL)
    return FALSE;
  if (yeji_rows_next (rows, &local_error))
    *tag = yeji_rows_dup_text (rows, 0);
  else if (local_error == NULL)
    {
      nothing = yeji_number_filter_make (NULL, 0);
      *tag = yeji_declared_book_make_tag (nothing);
    }
  return end (local_error, error);
}

/**
 * yeji_declared_book_read_filter:
 *
 * Returns: (transfer full) (nullable): the filter that counts, made when the lists changed last
 */
GBytes *
yeji_declared_book_read_filter (YejiSql  *sql,
                                GError  **error)
{
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error, "SELECT body FROM declared_filter", "");
  g_autoptr (GBytes) filter = NULL;
  GError *local_error = NULL;

  if (rows == NULL)
    return NULL;
  if (yeji_rows_next (rows, &local_error))
    filter = yeji_rows_bytes (rows, 0);
  else if (local_error == NULL)
    filter = yeji_number_filter_make (NULL, 0);
  return end (local_error, error) ? g_steal_pointer (&filter) : NULL;
}

/**
 * yeji_declared_book_add_hashes:
 * @hashes: (element-type guint64)
 *
 * Adds what the filter keeps of each number that other systems have.
 */
gboolean
yeji_declared_book_add_hashes (YejiSql  *sql,
                               GArray   *hashes,
                               GError  **error)
{
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error, "SELECT DISTINCT key FROM declared_number",
                                              "");
  GError *local_error = NULL;

  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &local_error))
    {
      guint64 hash = yeji_number_hash (yeji_rows_text (rows, 0));

      g_array_append_val (hashes, hash);
    }
  return end (local_error, error);
}

static int
order_hashes (gconstpointer a,
              gconstpointer b)
{
  const guint64 *first = a, *second = b;

  return *first < *second ? -1 : *first > *second;
}

/**
 * yeji_declared_book_pack:
 * @hashes: (element-type guint64): is put in order
 * @n_numbers: (out): how many different ones there are
 *
 * Returns: (transfer full): the filter of them
 */
GBytes *
yeji_declared_book_pack (GArray *hashes,
                         gint64 *n_numbers)
{
  guint64 *all = (guint64 *) (gpointer) hashes->data;
  guint n = 0;

  g_array_sort (hashes, order_hashes);
  for (guint i = 0; i < hashes->len; i++)
    if (n == 0 || all[n - 1] != all[i])
      all[n++] = all[i];
  g_array_set_size (hashes, n);
  *n_numbers = n;
  return yeji_number_filter_make ((guint64 *) (gpointer) hashes->data, n);
}

/**
 * yeji_declared_book_write_filter:
 *
 * Puts a filter in the place of the present one.
 */
gboolean
yeji_declared_book_write_filter (YejiSql  *sql,
                                 GBytes   *filter,
                                 GError  **error)
{
  g_autofree char *tag = yeji_declared_book_make_tag (filter);

  return yeji_sql_exec (sql, error, "INSERT OR REPLACE INTO declared_filter (id, tag, body)"
                        " VALUES (1, ?1, ?2)", "sb", tag, filter);
}
