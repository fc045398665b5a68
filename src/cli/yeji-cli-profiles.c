// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli.h"

#include "yeji-check-digit.h"
#include "yeji-cli-options.h"
#include "yeji-cli-output.h"
#include "yeji-clock.h"
#include "yeji-profiles.h"
#include "yeji-value.h"

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

static YejiExit
fail (const char   *what,
      const GError *error)
{
  yeji_cli_complain ("%s: %s", what, error->message);
  return YEJI_EXIT_FAILED;
}

static YejiExit
make_profile (YejiCliSession *session,
              const char     *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *directory = yeji_profiles_make (name, &error);
  g_autofree char *shown = NULL;
  JsonObject *object;

  if (directory == NULL)
    return fail (name, error);
  shown = g_filename_display_name (directory);
  if (!yeji_cli_session_wants_json (session))
    {
      yeji_cli_print ("%s\n", shown);
      return YEJI_EXIT_OK;
    }
  object = json_object_new ();
  json_object_set_string_member (object, "directory", shown);
  yeji_cli_print_object (object);
  return YEJI_EXIT_OK;
}

/* Half width and capitals; %NULL after a complaint */
static char *
read_code (const char *typed)
{
  g_autofree char *plain = g_utf8_normalize (typed, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autofree char *code = g_ascii_strup (plain != NULL ? plain : "", -1);

  if (*typed == '\0' || (g_utf8_strlen (code, -1) == 18 && yeji_check_digit_credit_code (code)))
    return g_steal_pointer (&code);
  yeji_cli_complain (_("“%s” is no credit code: it has 18 characters, the last of which checks the "
                       "others"), typed);
  return NULL;
}

static char *
read_day (const char *typed)
{
  GDate day;

  if (*typed == '\0' || yeji_date_parse (typed, &day))
    return g_strdup (typed);
  yeji_cli_complain (_("“%s” is no day; write 2026-12-31"), typed);
  return NULL;
}

static char *
read_name (const char *typed)
{
  g_autofree char *name = g_strstrip (g_strdup (typed));

  if (*name != '\0')
    return g_steal_pointer (&name);
  yeji_cli_complain (_("The enterprise needs a name"));
  return NULL;
}

static YejiExit
set_facts (YejiCliSession *session)
{
  static const struct
  {
    const char *option;
    const char *setting;
    char *(*read) (const char *typed);
  } facts[] = {
    { "--name", YEJI_PROFILE_SETTING_NAME, read_name },
    { "--code", YEJI_PROFILE_SETTING_CODE, read_code },
    { "--due", YEJI_PROFILE_SETTING_DUE, read_day },
  };
  g_autoptr (GPtrArray) read = g_ptr_array_new_with_free_func (g_free);
  YejiStore *store;

  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      const char *typed = yeji_cli_get (session, facts[i].option);
      char *value = typed != NULL ? facts[i].read (typed) : NULL;

      if (typed != NULL && value == NULL)
        return YEJI_EXIT_USAGE;
      g_ptr_array_add (read, value);
    }
  store = yeji_cli_session_get_store (session);
  if (store == NULL)
    return YEJI_EXIT_FAILED;
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      const char *value = g_ptr_array_index (read, i);
      g_autoptr (GError) error = NULL;

      if (value != NULL
          && !yeji_store_set_setting (store, facts[i].setting, *value != '\0' ? value : NULL,
                                      &error))
        return fail (facts[i].option, error);
    }
  return YEJI_EXIT_OK;
}

static YejiExit
forget_profile (const char *directory)
{
  g_autofree char *path = g_canonicalize_filename (directory, NULL);
  g_autoptr (GError) error = NULL;

  return yeji_profiles_forget (path, &error) ? YEJI_EXIT_OK : fail (directory, error);
}

/* profiles new, profiles set, profiles forget */
YejiExit
yeji_cli_profiles_change (YejiCliSession  *session,
                          guint            n_args,
                          char           **args)
{
  if (g_str_equal (args[0], "new"))
    return make_profile (session, args[1]);
  if (g_str_equal (args[0], "forget"))
    return forget_profile (args[1]);
  if (yeji_cli_has (session, "--name") || yeji_cli_has (session, "--code")
      || yeji_cli_has (session, "--due"))
    return set_facts (session);
  return yeji_cli_complain_usage (session);
}
