// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-colleagues.h"
#include "yeji-cli-correct.h"
#include "yeji-cli-history.h"
#include "yeji-cli-entries.h"
#include "yeji-cli-options.h"
#include "yeji-cli-output.h"
#include "yeji-cli.h"
#include "yeji-explanation.h"
#include "yeji-grade.h"
#include "yeji-mask.h"
#include "yeji-national-words.h"
#include "yeji-store-copy.h"

#include <string.h>

#include <glib/gi18n-lib.h>

static JsonArray *
points_to_json (GPtrArray *points)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < points->len; i++)
    {
      YejiPoint *point = g_ptr_array_index (points, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "pointer", point->pointer);
      json_object_set_string_member (object, "comment", point->comment);
      json_array_add_object_element (array, object);
    }
  return array;
}

/* What is not known is null. */
static void
set_number (JsonObject *object,
            const char *name,
            int         number)
{
  if (number < 0)
    json_object_set_null_member (object, name);
  else
    json_object_set_int_member (object, name, number);
}

static void
set_facts (JsonObject      *object,
           const YejiFacts *facts)
{
  set_number (object, "completeness", facts->completeness);
  json_object_set_string_member (object, "expected",
                                 facts->outcome < 0 ? NULL : yeji_outcome_to_text (facts->outcome));
  set_number (object, "slots", facts->n_slots);
  set_number (object, "slots_filled", facts->n_filled_slots);
}

static void
set_national (JsonObject         *object,
              const YejiNational *national)
{
  JsonObject *member;

  if (national == NULL)
    {
      json_object_set_null_member (object, "national");
      return;
    }
  member = json_object_new ();
  json_object_set_string_member (member, "state", yeji_national_to_text (national->state));
  json_object_set_string_member (member, "at", national->at);
  json_object_set_string_member (member, "message", national->message);
  json_object_set_string_member (member, "receipt", national->receipt);
  json_object_set_object_member (object, "national", member);
}

static JsonObject *
entry_to_json (YejiEntry           *entry,
               const YejiColleague *colleague)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "uuid", yeji_entry_get_uuid (entry));
  json_object_set_string_member (object, "name", yeji_entry_get_name (entry));
  json_object_set_string_member (object, "number", yeji_entry_get_number (entry));
  json_object_set_string_member (object, "role", yeji_entry_get_role (entry));
  json_object_set_string_member (object, "state",
                                 yeji_state_to_text (yeji_entry_get_state (entry)));
  json_object_set_string_member (object, "grade", yeji_entry_get_grade (entry));
  json_object_set_string_member (object, "office", yeji_entry_get_office (entry));
  json_object_set_string_member (object, "reviewer", yeji_entry_get_reviewer (entry));
  json_object_set_string_member (object, "message", yeji_entry_get_message (entry));
  set_national (object, yeji_entry_get_national (entry));
  json_object_set_array_member (object, "points", points_to_json (yeji_entry_get_points (entry)));
  json_object_set_int_member (object, "errors", yeji_entry_get_n_errors (entry));
  json_object_set_int_member (object, "warnings", yeji_entry_get_n_warnings (entry));
  json_object_set_int_member (object, "documents", yeji_entry_get_n_documents (entry));
  set_facts (object, yeji_entry_get_facts (entry));
  json_object_set_string_member (object, "changed", yeji_entry_get_changed_at (entry));
  yeji_cli_set_colleague (object, colleague);
  return object;
}

/* One line, whatever there is to say: scripts cut it into words. */
static void
print_entry (YejiEntry           *entry,
             const YejiColleague *colleague)
{
  const char *grade = yeji_entry_get_grade (entry);
  const YejiFacts *facts = yeji_entry_get_facts (entry);
  g_autofree char *name = yeji_cli_dup_line (yeji_entry_get_name (entry));
  g_autofree char *complete = NULL;
  g_autofree char *slots = NULL;
  g_autofree char *words = colleague != NULL ? yeji_cli_dup_colleague (colleague) : NULL;

  complete = facts->completeness < 0 ? g_strdup ("?")
                                     : g_strdup_printf ("%d%%", facts->completeness);
  slots = facts->n_slots < 0 ? g_strdup ("?")
                             : g_strdup_printf ("%d/%d", facts->n_filled_slots, facts->n_slots);
  yeji_cli_print ("%s  %-10s %1s %3u  %4s %-8s %5s  %s%s%s\n", yeji_entry_get_uuid (entry),
                  yeji_state_to_text (yeji_entry_get_state (entry)), grade != NULL ? grade : "",
                  yeji_entry_get_n_errors (entry), complete,
                  facts->outcome < 0 ? "?" : yeji_outcome_to_text (facts->outcome), slots, name,
                  words != NULL ? "  — " : "", words != NULL ? words : "");
}

void
yeji_cli_print_entries (YejiCliSession *session,
                        GPtrArray      *entries)
{
  YejiStore *store = yeji_cli_session_get_store (session);
  g_autoptr (GPtrArray) colleagues = yeji_cli_load_colleagues (store);
  const gboolean json = yeji_cli_session_wants_json (session);
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_init_array (json_node_alloc (), array);

  for (guint i = 0; i < entries->len; i++)
    {
      YejiEntry *entry = g_ptr_array_index (entries, i);
      const YejiColleague *colleague = yeji_colleague_find (colleagues,
                                                            yeji_entry_get_uuid (entry));

      if (json)
        json_array_add_object_element (array, entry_to_json (entry, colleague));
      else
        print_entry (entry, colleague);
    }
  json_array_unref (array);
  if (json)
    yeji_cli_print_json (node);
  else
    json_node_unref (node);
}

/* The list of what the copy has not got is on standard error, as what one only reads. */
static void
print_emptied (YejiCopyNote *note,
               YejiRecord   *record)
{
  YejiLanguage language = yeji_language_get_current ();
  g_autofree char *name = yeji_cli_dup_line (*note->name != '\0' ? note->name : note->source);

  yeji_cli_complain (_("Copied from %s: %u values no longer hold"), name, note->emptied->len);
  for (guint i = 0; i < note->emptied->len; i++)
    {
      YejiPlace place;
      g_autofree char *pointer = NULL;

      if (!yeji_emptied_find (g_ptr_array_index (note->emptied, i), record, &place))
        continue;
      pointer = yeji_record_get_pointer (record, place.table, place.row, place.field);
      yeji_cli_complain ("  %s  %s", pointer,
                         yeji_text_get (place.field != NULL ? &place.field->label
                                                            : &place.table->label, language));
    }
}

static YejiExit
copy_record (YejiCliSession *session,
             const char     *uuid)
{
  YejiStore *store = yeji_cli_session_get_store (session);
  g_autoptr (GError) error = NULL;
  g_autofree char *made = NULL;
  g_autoptr (YejiRecord) record = NULL;
  g_autoptr (YejiCopyNote) note = NULL;

  if (store == NULL)
    return YEJI_EXIT_FAILED;
  made = yeji_store_copy_record (store, uuid, &error);
  if (made != NULL)
    record = yeji_store_load (store, made, &error);
  if (record == NULL)
    {
      yeji_cli_complain ("%s: %s", uuid, error->message);
      return YEJI_EXIT_FAILED;
    }
  note = yeji_store_get_copy_note (store, made, NULL);
  if (yeji_cli_session_wants_json (session))
    yeji_cli_print_json (yeji_record_to_json (record));
  else
    yeji_cli_print ("%s\n", made);
  if (note != NULL && !yeji_cli_session_wants_json (session))
    print_emptied (note, record);
  return YEJI_EXIT_OK;
}

/* new */
YejiExit
yeji_cli_new (YejiCliSession  *session,
              guint            n_args,
              char           **args)
{
  YejiDictionary *dictionary = yeji_cli_session_get_dictionary (session);
  const char *copied = yeji_cli_get (session, "--copy");
  const char *role = yeji_cli_get (session, "--role");
  g_autoptr (YejiRecord) record = NULL;

  if (copied != NULL)
    return copy_record (session, copied);
  if (role != NULL && yeji_dictionary_find_role (dictionary, role) == NULL)
    {
      yeji_cli_complain (_("There is no role “%s”"), role);
      return YEJI_EXIT_USAGE;
    }
  record = yeji_record_new (dictionary, NULL, role != NULL ? role : "");
  if (!yeji_cli_session_save (session, record, "created"))
    return YEJI_EXIT_FAILED;
  if (yeji_cli_session_wants_json (session))
    yeji_cli_print_json (yeji_record_to_json (record));
  else
    yeji_cli_print ("%s\n", yeji_record_get_uuid (record));
  return YEJI_EXIT_OK;
}

/* list */
YejiExit
yeji_cli_list (YejiCliSession  *session,
               guint            n_args,
               char           **args)
{
  YejiStore *store = yeji_cli_session_get_store (session);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL;

  if (store == NULL)
    return YEJI_EXIT_FAILED;
  entries = yeji_store_list (store, &error);
  if (entries == NULL)
    {
      yeji_cli_complain ("%s", error->message);
      return YEJI_EXIT_FAILED;
    }
  yeji_cli_print_entries (session, entries);
  return YEJI_EXIT_OK;
}

static void
print_row (YejiRow *row,
           guint    number)
{
  const YejiTableDef *table = yeji_row_get_table (row);
  YejiLanguage language = yeji_language_get_current ();

  if (table->index == 0)
    yeji_cli_print ("%s\n", yeji_text_get (&table->label, language));
  else
    yeji_cli_print ("%s %u\n", yeji_text_get (&table->label, language), number);
  for (guint i = 0; i < table->fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (table->fields, i);
      const char *text = yeji_row_get (row, field);
      g_autofree char *masked = yeji_is_sealed (text) ? yeji_mask (text) : NULL;
      g_autofree char *value = yeji_cli_dup_line (masked != NULL ? masked : text);

      if (*value != '\0')
        yeji_cli_print ("  %s: %s\n", yeji_text_get (&field->label, language), value);
    }
}

/* What the province said stands above what it said it of. */
static void
print_answer (YejiStore *store,
              YejiEntry *entry)
{
  g_autoptr (GPtrArray) colleagues = yeji_cli_load_colleagues (store);
  GPtrArray *points = yeji_entry_get_points (entry);
  g_autofree char *message = NULL;

  print_entry (entry, yeji_colleague_find (colleagues, yeji_entry_get_uuid (entry)));
  if (yeji_entry_get_office (entry) != NULL)
    yeji_cli_print ("  %s %s\n", yeji_entry_get_office (entry),
                    yeji_entry_get_reviewer (entry) != NULL ? yeji_entry_get_reviewer (entry) : "");
  if (yeji_entry_get_message (entry) != NULL)
    {
      message = yeji_cli_dup_line (yeji_entry_get_message (entry));
      yeji_cli_print ("  %s\n", message);
    }
  if (yeji_entry_get_national (entry) != NULL)
    {
      g_autofree char *words = yeji_national_words (yeji_entry_get_national (entry));
      g_autofree char *line = yeji_cli_dup_line (words);

      yeji_cli_print ("  %s\n", line);
    }
  for (guint i = 0; i < points->len; i++)
    {
      YejiPoint *point = g_ptr_array_index (points, i);
      g_autofree char *comment = yeji_cli_dup_line (point->comment);

      yeji_cli_print ("  %s: %s\n", point->pointer, comment);
    }
}

/* Values for which this version of the dictionary has no place. */
static void
print_aside (YejiRecord *record)
{
  GPtrArray *all = yeji_record_get_aside (record);

  for (guint i = 0; i < all->len; i++)
    {
      const YejiAside *aside = g_ptr_array_index (all, i);
      g_autofree char *label = yeji_cli_dup_line (aside->label);
      g_autofree char *masked = yeji_is_sealed (aside->value) ? yeji_mask (aside->value) : NULL;
      g_autofree char *value = yeji_cli_dup_line (masked != NULL ? masked : aside->value);

      yeji_cli_print (_("kept aside: %s of version %s: %s\n"), label, aside->version, value);
    }
}

/* What the clerk says to the reviewer's points. */
static void
print_replies (YejiRecord *record)
{
  g_autoptr (GPtrArray) replies = yeji_record_get_replies (record);

  for (guint i = 0; i < replies->len; i++)
    {
      const YejiKept *reply = g_ptr_array_index (replies, i);
      g_autofree char *pointer = yeji_explanation_get_pointer (reply, record);
      g_autofree char *masked = yeji_is_sealed (reply->reason) ? yeji_mask (reply->reason) : NULL;
      g_autofree char *text = yeji_cli_dup_line (masked != NULL ? masked : reply->reason);

      yeji_cli_print (_("explained: %s: %s\n"), pointer, text);
    }
}

/* show */
YejiExit
yeji_cli_show (YejiCliSession  *session,
               guint            n_args,
               char           **args)
{
  const char *then = yeji_cli_get (session, "--at");
  YejiExit status = YEJI_EXIT_FAILED;
  g_autoptr (YejiRecord) record = NULL;
  g_autoptr (YejiEntry) entry = NULL;
  GPtrArray *tables;

  record = then != NULL
             ? yeji_cli_load_at (session, args[0], then, &status)
             : yeji_cli_session_load_as_is (session, args[0]);
  if (record == NULL)
    return status;
  tables = yeji_dictionary_get_tables (yeji_record_get_dictionary (record));
  if (yeji_cli_session_wants_json (session))
    {
      yeji_cli_print_json (yeji_record_to_json (record));
      return YEJI_EXIT_OK;
    }
  if (then == NULL)            /* what the province said is of today */
    entry = yeji_store_get_entry (yeji_cli_session_get_store (session), args[0], NULL);
  if (entry != NULL)
    {
      print_answer (yeji_cli_session_get_store (session), entry);
      yeji_cli_print_petitions (yeji_cli_session_get_store (session), args[0]);
    }
  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      for (guint j = 0; j < yeji_record_get_n_rows (record, table); j++)
        print_row (yeji_record_get_row (record, table, j), j + 1);
    }
  print_replies (record);
  print_aside (record);
  return YEJI_EXIT_OK;
}

/* "-" as a row adds one, as in JSON Pointer (RFC 6901) "-" is the element after the last. Returns
 * the pointer with the number instead. */
static char *
add_row (YejiRecord *record,
         const char *pointer)
{
  g_auto (GStrv) parts = g_strsplit (pointer, "/", 4);
  const YejiTableDef *table;

  if (g_strv_length (parts) != 4 || *parts[0] != '\0' || !g_str_equal (parts[2], "-"))
    return g_strdup (pointer);
  table = yeji_dictionary_find_member (yeji_record_get_dictionary (record), parts[1]);
  if (table == NULL || table->index == 0)
    return g_strdup (pointer);
  yeji_record_append_row (record, table);
  return g_strdup_printf ("/%s/%u/%s", parts[1], yeji_record_get_n_rows (record, table) - 1,
                          parts[3]);
}

/* set UUID POINTER VALUE */
YejiExit
yeji_cli_set (YejiCliSession  *session,
              guint            n_args,
              char           **args)
{
  g_autoptr (YejiRecord) record = yeji_cli_session_load (session, args[0]);
  g_autofree char *pointer = NULL;
  g_autoptr (GError) error = NULL;
  YejiPlace place;

  if (record == NULL)
    return YEJI_EXIT_FAILED;
  if (g_str_equal (args[1], "/role"))
    {
      yeji_record_set_role (record, args[2]);
      return yeji_cli_session_save (session, record, "typed") ? YEJI_EXIT_OK : YEJI_EXIT_FAILED;
    }
  pointer = add_row (record, args[1]);
  if (!yeji_record_resolve (record, pointer, &place, &error) || place.field == NULL)
    {
      yeji_cli_complain (_("“%s” names no field of the record"), args[1]);
      return YEJI_EXIT_USAGE;
    }
  if (place.field->by_platform)
    {
      yeji_cli_complain (_("“%s” is set by the province's approval"), place.field->id);
      return YEJI_EXIT_USAGE;
    }
  if (!g_utf8_validate (args[2], -1, NULL))
    {
      yeji_cli_complain (_("The value is not UTF-8"));
      return YEJI_EXIT_USAGE;
    }
  yeji_record_set (record, place.row, place.field, args[2]);
  return yeji_cli_session_save (session, record, "typed") ? YEJI_EXIT_OK : YEJI_EXIT_FAILED;
}

/* remove UUID... */
YejiExit
yeji_cli_remove (YejiCliSession  *session,
                 guint            n_args,
                 char           **args)
{
  YejiStore *store = yeji_cli_session_get_store (session);
  gboolean done = TRUE;

  if (store == NULL)
    return YEJI_EXIT_FAILED;
  for (guint i = 0; i < n_args; i++)
    {
      g_autoptr (GError) error = NULL;

      if (yeji_store_remove (store, args[i], &error))
        continue;
      yeji_cli_complain ("%s: %s", args[i], error->message);
      done = FALSE;
    }
  return done ? YEJI_EXIT_OK : YEJI_EXIT_FAILED;
}
