// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-public"

#include "config.h"

#include "yeji-public-trace.h"

#include <string.h>

#include "yeji-json.h"

static void
free_change (gpointer data)
{
  YejiPublicChange *change = data;

  g_free (change->pointer);
  g_free (change->before);
  g_free (change->after);
  g_free (change);
}

static void
free_event (gpointer data)
{
  YejiPublicEvent *event = data;

  g_free (event->at);
  g_free (event->kind);
  g_free (event->grade);
  g_free (event->office);
  g_free (event->reviewer);
  g_free (event->reason);
  g_ptr_array_unref (event->changes);
  g_free (event);
}

/* (nullable): the field that the last part of a pointer names, in the table that the first one does.
 * The row may be gone meanwhile. */
static const YejiFieldDef *
find_field (YejiDictionary *dictionary,
            const char     *pointer)
{
  g_auto (GStrv) parts = g_strsplit (pointer, "/", -1);
  guint n = g_strv_length (parts);
  const YejiTableDef *table = n >= 3 ? yeji_dictionary_find_member (dictionary, parts[1]) : NULL;

  return table != NULL ? yeji_table_def_find_field (table, parts[n - 1]) : NULL;
}

/* A row that came or went; its values are changes of their own. */
static void
read_row (YejiServerContext *context,
          YejiPublicChange  *change,
          const char        *what)
{
  g_auto (GStrv) parts = g_strsplit (change->pointer, "/", 4);
  guint64 index = 0;

  if (g_strv_length (parts) != 3
      || !g_ascii_string_to_unsigned (parts[2], 10, 0, G_MAXINT32, &index, NULL))
    return;
  change->table = yeji_dictionary_find_member (context->dictionary, parts[1]);
  change->number = (guint) index + 1;
  change->added = g_str_equal (what, "added");
}

/* Whoever wrote the detail was to leave personal values out; nothing depends on it. What the
 * dictionary does not know may be anything. A row as a whole has no values here. */
static void
add_change (YejiServerContext *context,
            GPtrArray         *changes,
            JsonObject        *object)
{
  const char *pointer = yeji_json_get_string (object, "pointer");
  const char *before = yeji_json_get_string (object, "before");
  const char *after = yeji_json_get_string (object, "after");
  const char *row = yeji_json_get_string (object, "row");
  const YejiFieldDef *field = pointer != NULL ? find_field (context->dictionary, pointer) : NULL;
  YejiPublicChange *change;

  if (pointer == NULL)
    return;
  change = g_new0 (YejiPublicChange, 1);
  change->pointer = g_strdup (pointer);
  change->field = field;
  if (row != NULL)
    read_row (context, change, row);
  if (field == NULL || field->personal != YEJI_PERSONAL_NO)
    before = after = "";
  change->before = g_strdup (before != NULL ? before : "");
  change->after = g_strdup (after != NULL ? after : "");
  g_ptr_array_add (changes, change);
}

static GPtrArray *
read_changes (YejiServerContext *context,
              const char        *detail)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func (free_change);
  g_autoptr (JsonNode) node = detail != NULL ? yeji_json_parse (detail, -1, NULL) : NULL;
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node)
                                                                  : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *object = yeji_json_node_object (json_array_get_element (array, i));

      if (object != NULL)
        add_change (context, changes, object);
    }
  return changes;
}

/**
 * yeji_public_trace_read:
 *
 * Reads what was done to a published project.
 *
 * Returns: (transfer full) (nullable) (element-type YejiPublicEvent): oldest first
 */
GPtrArray *
yeji_public_trace_read (YejiServerContext  *context,
                        YejiSql            *sql,
                        const char         *uuid,
                        GError            **error)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (free_event);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT at, kind, grade, office, reviewer, reason, detail"
                         " FROM publication_event WHERE uuid = ?1 ORDER BY seq", "s", uuid);
  if (rows == NULL)
    return NULL;
  while (yeji_rows_next (rows, &local_error))
    {
      YejiPublicEvent *event = g_new0 (YejiPublicEvent, 1);

      event->at = yeji_rows_dup_text (rows, 0);
      event->kind = yeji_rows_dup_text (rows, 1);
      event->grade = yeji_rows_dup_text (rows, 2);
      event->office = yeji_rows_dup_text (rows, 3);
      event->reviewer = yeji_rows_dup_text (rows, 4);
      event->reason = yeji_rows_dup_text (rows, 5);
      event->changes = read_changes (context, yeji_rows_text (rows, 6));
      g_ptr_array_add (events, event);
    }
  if (local_error == NULL)
    return g_steal_pointer (&events);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static JsonArray *
changes_to_json (GPtrArray *changes)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < changes->len; i++)
    {
      YejiPublicChange *change = g_ptr_array_index (changes, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "pointer", change->pointer);
      json_object_set_string_member (object, "before", change->before);
      json_object_set_string_member (object, "after", change->after);
      if (change->table != NULL)
        json_object_set_string_member (object, "row", change->added ? "added" : "removed");
      json_array_add_object_element (array, object);
    }
  return array;
}

/**
 * yeji_public_trace_to_json:
 *
 * Returns: (transfer full) (nullable): the same as an array
 */
JsonArray *
yeji_public_trace_to_json (YejiServerContext  *context,
                           YejiSql            *sql,
                           const char         *uuid,
                           GError            **error)
{
  g_autoptr (GPtrArray) events = yeji_public_trace_read (context, sql, uuid, error);
  JsonArray *array;

  if (events == NULL)
    return NULL;
  array = json_array_new ();
  for (guint i = 0; i < events->len; i++)
    {
      YejiPublicEvent *event = g_ptr_array_index (events, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "at", event->at);
      json_object_set_string_member (object, "kind", event->kind);
      json_object_set_string_member (object, "office", event->office);
      json_object_set_string_member (object, "reviewer", event->reviewer);
      if (event->grade != NULL)
        json_object_set_string_member (object, "grade", event->grade);
      if (event->reason != NULL)
        json_object_set_string_member (object, "reason", event->reason);
      if (event->changes->len > 0)
        json_object_set_array_member (object, "changes", changes_to_json (event->changes));
      json_array_add_object_element (array, object);
    }
  return array;
}
