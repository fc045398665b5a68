// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-store-private.h"

#include "yeji-slots.h"

/**
 * yeji_store_read_slots: (skip)
 * @slots: where the slots that have a document go, and those in which something was found, as
 *     yeji-slots.h says
 */
gboolean
yeji_store_read_slots (YejiSql       *sql,
                       const char    *uuid,
                       GStrvBuilder  *slots,
                       GError       **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT slot, max (coalesce (n_flaws, 0))"
                                              " FROM attachment"
                                              " WHERE record = ?1 AND removed_at IS NULL"
                                              " GROUP BY slot ORDER BY slot", "s", uuid);

  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &local_error))
    {
      g_autofree char *flaw = g_strconcat (YEJI_SLOT_FLAW, yeji_rows_text (rows, 0), NULL);

      g_strv_builder_add (slots, yeji_rows_text (rows, 0));
      if (yeji_rows_int (rows, 1) > 0)
        g_strv_builder_add (slots, flaw);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static YejiRecord *
read_record (YejiStore   *self,
             YejiSql     *sql,
             const char  *uuid,
             GError     **error)
{
  g_autofree char *body = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error, "SELECT body FROM record WHERE uuid = ?1",
                                              "s", uuid);

  if (rows == NULL || !yeji_rows_next (rows, error))
    return NULL;
  body = yeji_rows_dup_text (rows, 0);
  g_clear_pointer (&rows, yeji_rows_free);   /* the shelf asks, too */
  return yeji_shelf_read (yeji_store_get_shelf (self), sql, body, error);
}

/**
 * yeji_store_note_slots: (skip)
 *
 * Notes how many of the slots that a record must fill have a document; called where documents come
 * and go, so that the list says it at once. A record that cannot be read keeps its documents all
 * the same, and what is known of it waits for the next check.
 */
gboolean
yeji_store_note_slots (YejiStore   *self,
                       YejiSql     *sql,
                       const char  *uuid,
                       GError     **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GError) reason = NULL;
  g_autoptr (YejiRecord) record = read_record (self, sql, uuid, &reason);
  g_auto (GStrv) slots = NULL;
  g_autofree char *required = NULL;
  guint n_slots, n_filled;

  if (record == NULL)
    {
      g_message ("%s: its slots are not counted: %s", uuid, reason->message);
      return TRUE;
    }
  if (!yeji_store_read_slots (sql, uuid, builder, error))
    return FALSE;
  slots = g_strv_builder_end (builder);
  n_slots = yeji_slots_count (record, (const char * const *) slots, &n_filled);
  required = yeji_slots_list (record);
  return yeji_sql_exec (sql, error,
                        "UPDATE record SET n_slots = ?2, n_filled_slots = ?3, required_slots = ?4"
                        " WHERE uuid = ?1 AND (n_slots IS NOT ?2 OR n_filled_slots IS NOT ?3"
                        "  OR required_slots IS NOT ?4)",
                        "siis", uuid, (gint64) n_slots, (gint64) n_filled, required);
}
