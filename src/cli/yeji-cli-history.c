// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-history.h"

#include <stdio.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "yeji-change-text.h"
#include "yeji-cli-options.h"
#include "yeji-cli-output.h"
#include "yeji-move.h"
#include "yeji-store-copy.h"
#include "yeji-undo.h"

static YejiExit
complain (const char   *uuid,
          const GError *error)
{
  if (g_error_matches (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND))
    yeji_cli_complain (_("There is no record %s"), uuid);
  else
    yeji_cli_complain ("%s: %s", uuid, error->message);
  return YEJI_EXIT_FAILED;
}

/* ---- As it was */

/* "11:20", "2026-11-22 11:20", both with or without seconds. */
static GDateTime *
parse_local (const char *text,
             GDateTime  *now)
{
  int year = g_date_time_get_year (now);
  int month = g_date_time_get_month (now);
  int day = g_date_time_get_day_of_month (now);
  int hour = 0, minute = 0, second = 0, end = 0;
  gsize length = strlen (text);

  if (sscanf (text, "%4d-%2d-%2d %2d:%2d%n", &year, &month, &day, &hour, &minute, &end) < 5
      || end == 0)
    {
      year = g_date_time_get_year (now);
      month = g_date_time_get_month (now);
      day = g_date_time_get_day_of_month (now);
      end = 0;
      if (sscanf (text, "%2d:%2d%n", &hour, &minute, &end) < 2 || end == 0)
        return NULL;
    }
  if ((gsize) end < length)
    {
      int more = 0;

      if (sscanf (text + end, ":%2d%n", &second, &more) < 1 || (gsize) (end + more) != length)
        return NULL;
    }
  return g_date_time_new_local (year, month, day, hour, minute, second);
}

/**
 * yeji_cli_parse_time:
 * @text: `HH:MM[:SS]` of today, `YYYY-MM-DD HH:MM[:SS]`, both here, or RFC 3339
 * @now: in local time
 *
 * Returns: (transfer full) (nullable): the moment in UTC, RFC 3339; %NULL if it is none
 */
char *
yeji_cli_parse_time (const char *text,
                     GDateTime  *now)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_iso8601 (text, NULL);
  g_autoptr (GDateTime) utc = NULL;

  if (moment == NULL)
    moment = parse_local (text, now);
  if (moment == NULL)
    return NULL;
  utc = g_date_time_to_utc (moment);
  return g_date_time_format_iso8601 (utc);
}

/**
 * yeji_cli_load_at:
 * @time: as typed
 * @status: (out): the exit status when there is no record
 *
 * Returns: (nullable) (transfer full): the record as it was, or %NULL after a complaint
 */
YejiRecord *
yeji_cli_load_at (YejiCliSession *session,
                  const char     *uuid,
                  const char     *time,
                  YejiExit       *status)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *at = yeji_cli_parse_time (time, now);
  YejiStore *store = yeji_cli_session_get_store (session);
  g_autoptr (GError) error = NULL;
  YejiRecord *record;

  *status = YEJI_EXIT_FAILED;
  if (at == NULL)
    {
      yeji_cli_complain (_("“%s” is no time; write 11:20 or 2026-11-22 11:20"), time);
      *status = YEJI_EXIT_USAGE;
      return NULL;
    }
  if (store == NULL)
    return NULL;
  record = yeji_store_load_at (store, uuid, at, &error);
  if (g_error_matches (error, YEJI_UNDO_ERROR, YEJI_UNDO_ERROR_TIME))
    yeji_cli_complain (_("%s was not there yet at %s"), uuid, time);
  else if (record == NULL)
    complain (uuid, error);
  return record;
}

/* ---- The history */

static JsonObject *
change_to_json (const YejiChange *change)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "table", change->table);
  json_object_set_string_member (object, "row", change->row);
  json_object_set_string_member (object, "field", change->field);
  json_object_set_string_member (object, "before", change->before);
  json_object_set_string_member (object, "after", change->after);
  return object;
}

static JsonNode *
history_to_json (GPtrArray *lines)
{
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < lines->len; i++)
    {
      const YejiHistoryLine *line = g_ptr_array_index (lines, i);
      JsonObject *object = change_to_json (line->change);

      json_object_set_int_member (object, "step", line->step);
      json_object_set_string_member (object, "at", line->at);
      json_object_set_string_member (object, "who", line->who);
      json_object_set_string_member (object, "why", line->why);
      if (line->batch != NULL)
        json_object_set_string_member (object, "batch", line->batch);
      if (line->undoes != 0)
        json_object_set_int_member (object, "undoes", line->undoes);
      json_array_add_object_element (array, object);
    }
  json_node_take_array (node, array);
  return node;
}

/* A kept warning is named as `check` names it; a personal number is not for who looks over one's
 * shoulder. */
static char *
change_to_line (const YejiChange *change,
                YejiDictionary   *dictionary)
{
  g_autofree char *old = yeji_change_mask (change, dictionary, change->before);
  g_autofree char *new = yeji_change_mask (change, dictionary, change->after);
  g_autofree char *before = yeji_cli_dup_line (old);
  g_autofree char *after = yeji_cli_dup_line (new);
  g_autofree char *rule = NULL;
  const char *field = change->field;
  g_autofree char *kept = NULL;

  if (yeji_change_is_bin (change))
    return g_strdup (g_strcmp0 (change->after, YEJI_CHANGE_IN_BIN) == 0
                       ? _("put into the bin") : _("taken out of the bin"));
  if (*change->table == '\0' && g_str_equal (change->field, YEJI_HISTORY_TAKEN))
    return g_strdup (g_strcmp0 (change->after, YEJI_HISTORY_TAKEN_NEW) == 0
                       ? _("came from another computer") : _("asked what is to stay"));
  if (yeji_change_split_kept (change, &rule, &field))
    kept = g_strdup_printf ("%s [%s]", field, yeji_change_is_reply (change) ? "reply" : rule);
  return g_strdup_printf ("%s %s: “%s” → “%s”", change->table, kept != NULL ? kept : field, before,
                          after);
}

static gboolean
is_in_place (const YejiChange *change,
             const YejiPlace  *place)
{
  const char *field = change->field;

  yeji_change_split_kept (change, NULL, &field);
  return g_str_equal (change->table, place->table->id)
    && (place->row == NULL || g_str_equal (change->row, yeji_row_get_id (place->row)))
    && (place->field == NULL || g_str_equal (field, place->field->id));
}

static gboolean
keep_place (YejiCliSession *session,
            const char     *uuid,
            const char     *pointer,
            GPtrArray      *lines)
{
  g_autoptr (YejiRecord) record = yeji_cli_session_load (session, uuid);
  YejiPlace place;

  if (record == NULL)
    return FALSE;
  if (!yeji_record_resolve (record, pointer, &place, NULL))
    {
      yeji_cli_complain (_("“%s” names nothing in the record"), pointer);
      return FALSE;
    }
  for (guint i = lines->len; place.table != NULL && i-- > 0;)
    if (!is_in_place (((YejiHistoryLine *) g_ptr_array_index (lines, i))->change, &place))
      g_ptr_array_remove_index (lines, i);
  return TRUE;
}

/* history UUID [POINTER] */
YejiExit
yeji_cli_history (YejiCliSession  *session,
                  guint            n_args,
                  char           **args)
{
  YejiStore *store = yeji_cli_session_get_store (session);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (YejiCopyNote) note = NULL;

  if (store == NULL)
    return YEJI_EXIT_FAILED;
  lines = yeji_store_get_history (store, args[0], &error);
  if (lines == NULL)
    return complain (args[0], error);
  if (n_args > 1 && !keep_place (session, args[0], args[1], lines))
    return YEJI_EXIT_USAGE;
  if (yeji_cli_session_wants_json (session))
    {
      yeji_cli_print_json (history_to_json (lines));
      return YEJI_EXIT_OK;
    }
  note = yeji_store_get_copy_note (store, args[0], NULL);
  if (note != NULL)
    {
      g_autofree char *name = yeji_cli_dup_line (note->name);

      yeji_cli_print (_("copied from %s %s\n"), note->source, name);
    }
  for (guint i = 0; i < lines->len; i++)
    {
      const YejiHistoryLine *line = g_ptr_array_index (lines, i);
      g_autofree char *text = change_to_line (line->change, yeji_store_get_dictionary (store));

      yeji_cli_print ("%s %s %s %s\n", line->at, line->who, line->why, text);
    }
  return YEJI_EXIT_OK;
}

/* ---- Undo and redo */

static void
print_undo (YejiCliSession *session,
            const YejiUndo *undo)
{
  JsonObject *object = json_object_new ();
  JsonArray *changes = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_int_member (object, "step", undo->step);
  json_object_set_int_member (object, "undoes", undo->undoes);
  json_object_set_string_member (object, "why", undo->why);
  for (guint i = 0; i < undo->changes->len; i++)
    json_array_add_object_element (changes,
                                   change_to_json (g_ptr_array_index (undo->changes, i)));
  json_object_set_array_member (object, "changes", changes);
  json_node_take_object (node, object);
  yeji_cli_print_json (node);
}

static void
print_changes (YejiCliSession *session,
               GPtrArray      *changes)
{
  YejiDictionary *dictionary = yeji_cli_session_get_dictionary (session);

  for (guint i = 0; i < changes->len; i++)
    {
      g_autofree char *text = change_to_line (g_ptr_array_index (changes, i), dictionary);

      yeji_cli_print ("%s\n", text);
    }
}

static YejiExit
run_undo (YejiCliSession *session,
          const char     *uuid,
          gboolean        again)
{
  YejiStore *store = yeji_cli_session_get_store (session);
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiUndo) undo = NULL;

  if (store == NULL)
    return YEJI_EXIT_FAILED;
  undo = again ? yeji_store_redo (store, uuid, &error) : yeji_store_undo (store, uuid, &error);
  if (g_error_matches (error, YEJI_UNDO_ERROR, YEJI_UNDO_ERROR_NOTHING))
    {
      yeji_cli_complain (again ? _("There is nothing to do again in %s")
                               : _("There is nothing to undo in %s"), uuid);
      return YEJI_EXIT_FAILED;
    }
  if (undo == NULL)
    return complain (uuid, error);
  /* the record says the same already; what is wrong with it is counted anew */
  if (!yeji_cli_session_save (session, undo->record, again ? "redone" : "undone"))
    return YEJI_EXIT_FAILED;
  if (yeji_cli_session_wants_json (session))
    {
      print_undo (session, undo);
      return YEJI_EXIT_OK;
    }
  print_changes (session, undo->changes);
  return YEJI_EXIT_OK;
}

/* A step of its own, which can be undone like any other. */
static YejiExit
go_back (YejiCliSession *session,
         const char     *uuid,
         const char     *time)
{
  YejiExit status = YEJI_EXIT_FAILED;
  g_autoptr (YejiRecord) then = yeji_cli_load_at (session, uuid, time, &status);
  g_autoptr (YejiRecord) now = NULL;
  g_autoptr (YejiRecord) moved = NULL;
  g_autoptr (YejiEntry) entry = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  YejiUndo undo = { 0, 0, (char *) "restored" };

  if (then == NULL)
    return status;
  now = yeji_cli_session_load (session, uuid);
  entry = yeji_store_get_entry (yeji_cli_session_get_store (session), uuid, NULL);
  if (now == NULL || entry == NULL)
    return YEJI_EXIT_FAILED;
  if (!yeji_entry_is_editable (entry))
    {
      yeji_cli_complain (_("%s is in the province's hands or in the bin, and stays as it is"), uuid);
      return YEJI_EXIT_FAILED;
    }
  moved = yeji_record_move (then, yeji_record_get_dictionary (now), NULL);
  changes = yeji_record_diff (now, moved);
  if (changes->len > 0 && !yeji_cli_session_save (session, moved, undo.why))
    return YEJI_EXIT_FAILED;
  undo.changes = changes;
  if (yeji_cli_session_wants_json (session))
    print_undo (session, &undo);
  else
    print_changes (session, changes);
  return YEJI_EXIT_OK;
}

/* undo UUID */
YejiExit
yeji_cli_undo (YejiCliSession  *session,
               guint            n_args,
               char           **args)
{
  const char *time = yeji_cli_get (session, "--to");

  if (time != NULL)
    return go_back (session, args[0], time);
  return run_undo (session, args[0], FALSE);
}

/* redo UUID */
YejiExit
yeji_cli_redo (YejiCliSession  *session,
               guint            n_args,
               char           **args)
{
  return run_undo (session, args[0], TRUE);
}

/* ---- What many records were changed by at once */

static void
print_batch (const YejiBatchUndo *done)
{
  const struct
  {
    const char *name;
    GPtrArray *uuids;
  } parts[] = {
    { "removed", done->removed }, { "reverted", done->reverted }, { "left", done->left },
  };
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      JsonArray *uuids = json_array_new ();

      for (guint j = 0; j < parts[i].uuids->len; j++)
        json_array_add_string_element (uuids, g_ptr_array_index (parts[i].uuids, j));
      json_object_set_array_member (object, parts[i].name, uuids);
    }
  yeji_cli_print_object (object);
}

/**
 * yeji_cli_print_batch_undo:
 *
 * Tells what became of the records of a bulk change that was taken back.
 */
void
yeji_cli_print_batch_undo (YejiCliSession      *session,
                           const YejiBatchUndo *done)
{
  for (guint i = 0; i < done->left->len; i++)
    yeji_cli_complain (_("%s was changed since, and stays as it is"),
                       (const char *) g_ptr_array_index (done->left, i));
  if (yeji_cli_session_wants_json (session))
    print_batch (done);
  else
    yeji_cli_print (_("In the bin: %u, as before: %u\n"), done->removed->len, done->reverted->len);
}
