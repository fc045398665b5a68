// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli.h"

#include "yeji-cli-output.h"
#include "yeji-clock.h"
#include "yeji-profiles.h"

#include <glib/gi18n-lib.h>

static JsonObject *
profile_to_json (YejiProfile *profile,
                 const char  *today)
{
  g_autofree char *directory = g_filename_display_name (yeji_profile_get_directory (profile));
  const GError *error = yeji_profile_get_error (profile);
  JsonObject *object = json_object_new ();
  JsonObject *states = json_object_new ();
  int days;

  json_object_set_string_member (object, "directory", directory);
  json_object_set_string_member (object, "name", yeji_profile_get_name (profile));
  json_object_set_string_member (object, "due", yeji_profile_get_due (profile));
  if (yeji_profile_get_days_left (profile, today, &days))
    json_object_set_int_member (object, "days_left", days);
  else
    json_object_set_null_member (object, "days_left");
  json_object_set_string_member (object, "open_in", yeji_profile_get_holder (profile));
  json_object_set_boolean_member (object, "elsewhere", yeji_profile_is_elsewhere (profile));
  json_object_set_string_member (object, "error", error != NULL ? error->message : NULL);
  for (guint i = 0; i < N_YEJI_STATES; i++)
    json_object_set_int_member (states, yeji_state_to_text (i),
                                yeji_profile_get_count (profile, i));
  json_object_set_object_member (object, "states", states);
  json_object_set_int_member (object, "with_problems", yeji_profile_get_n_problems (profile));
  return object;
}

static void
print_counts (YejiProfile *profile)
{
  for (guint i = 0; i < N_YEJI_STATES; i++)
    if (yeji_profile_get_count (profile, i) > 0)
      yeji_cli_print ("  %s %u", yeji_state_to_text (i), yeji_profile_get_count (profile, i));
  if (yeji_profile_get_n_problems (profile) > 0)
    yeji_cli_print (_("  with problems %u"), yeji_profile_get_n_problems (profile));
}

static void
print_profile (YejiProfile *profile,
               const char  *today)
{
  g_autofree char *name = yeji_cli_dup_line (yeji_profile_get_name (profile));
  g_autofree char *shown = g_filename_display_name (yeji_profile_get_directory (profile));
  g_autofree char *directory = yeji_cli_dup_line (shown);
  int days;

  yeji_cli_print ("%s", name);
  print_counts (profile);
  if (yeji_profile_get_days_left (profile, today, &days))
    yeji_cli_print (days < 0 ? _("  due %s, overdue by %d days") : _("  due %s, %d days left"),
                    yeji_profile_get_due (profile), ABS (days));
  if (yeji_profile_get_holder (profile) != NULL)
    yeji_cli_print (_("  open in %s"), yeji_profile_get_holder (profile));
  if (yeji_profile_get_error (profile) != NULL)
    yeji_cli_print ("  %s", yeji_profile_get_error (profile)->message);
  yeji_cli_print ("\n  %s\n", directory);
}

/* profiles */
YejiExit
yeji_cli_profiles (YejiCliSession  *session,
                   guint            n_args,
                   char           **args)
{
  g_autoptr (GPtrArray) profiles = NULL;
  g_autofree char *today = yeji_clock_today ();
  JsonArray *array;
  JsonNode *node;

  profiles = yeji_profiles_list ();
  if (!yeji_cli_session_wants_json (session))
    {
      for (guint i = 0; i < profiles->len; i++)
        print_profile (g_ptr_array_index (profiles, i), today);
      return YEJI_EXIT_OK;
    }
  array = json_array_new ();
  for (guint i = 0; i < profiles->len; i++)
    json_array_add_object_element (array, profile_to_json (g_ptr_array_index (profiles, i), today));
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, array);
  yeji_cli_print_json (node);
  return YEJI_EXIT_OK;
}
