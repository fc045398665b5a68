// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-colleagues.h"

#include "yeji-cli-output.h"

/**
 * yeji_cli_load_colleagues:
 *
 * Returns: (transfer full) (element-type YejiColleague): who edits what on other computers; nobody
 *   when that cannot be read
 */
GPtrArray *
yeji_cli_load_colleagues (YejiStore *store)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *colleagues = yeji_colleague_load_list (store, &error);

  if (colleagues != NULL)
    return colleagues;
  g_info ("who edits what: %s", error->message);
  return g_ptr_array_new ();
}

static void
set_members (JsonObject          *object,
             const YejiColleague *colleague)
{
  json_object_set_string_member (object, "who", colleague->who);
  json_object_set_string_member (object, "at", colleague->at);
}

/**
 * yeji_cli_set_colleague:
 * @colleague: (nullable): %NULL: nobody
 *
 * Sets the member `editing` of a record's line.
 */
void
yeji_cli_set_colleague (JsonObject          *object,
                        const YejiColleague *colleague)
{
  JsonObject *member;

  if (colleague == NULL)
    {
      json_object_set_null_member (object, "editing");
      return;
    }
  member = json_object_new ();
  set_members (member, colleague);
  json_object_set_object_member (object, "editing", member);
}

/**
 * yeji_cli_dup_colleague:
 *
 * Returns: (transfer full): who edits a record, in one line of words
 */
char *
yeji_cli_dup_colleague (const YejiColleague *colleague)
{
  g_autofree char *words = yeji_colleague_to_text (colleague);

  return yeji_cli_dup_line (words);
}

/**
 * yeji_cli_colleagues_to_json:
 * @entries: (element-type YejiEntry): the records that are known here
 *
 * Returns: (transfer full): `uuid`, `name`, `who` and `at` of each that is edited elsewhere
 */
JsonArray *
yeji_cli_colleagues_to_json (GPtrArray *entries,
                             GPtrArray *colleagues)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < entries->len; i++)
    {
      YejiEntry *entry = g_ptr_array_index (entries, i);
      const YejiColleague *colleague = yeji_colleague_find (colleagues,
                                                            yeji_entry_get_uuid (entry));
      JsonObject *object;

      if (colleague == NULL)
        continue;
      object = json_object_new ();
      json_object_set_string_member (object, "uuid", yeji_entry_get_uuid (entry));
      json_object_set_string_member (object, "name", yeji_entry_get_name (entry));
      set_members (object, colleague);
      json_array_add_object_element (array, object);
    }
  return array;
}

/**
 * yeji_cli_print_colleagues:
 * @entries: (element-type YejiEntry): the records that are known here
 *
 * Prints a line for each that is edited elsewhere.
 */
void
yeji_cli_print_colleagues (GPtrArray *entries,
                           GPtrArray *colleagues)
{
  for (guint i = 0; i < entries->len; i++)
    {
      YejiEntry *entry = g_ptr_array_index (entries, i);
      const YejiColleague *colleague = yeji_colleague_find (colleagues,
                                                            yeji_entry_get_uuid (entry));
      g_autofree char *name = NULL;
      g_autofree char *words = NULL;

      if (colleague == NULL)
        continue;
      name = yeji_cli_dup_line (yeji_entry_get_name (entry));
      words = yeji_cli_dup_colleague (colleague);
      yeji_cli_print ("  %s %s: %s\n", yeji_entry_get_uuid (entry), name, words);
    }
}
