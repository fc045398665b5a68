// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "extended-dictionary"

#include "config.h"

#include "extended-dictionary.h"

#include <string.h>

static void
copy_folder (const char *from,
             const char *to)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (from, 0, &error);
  const char *name;

  g_assert_no_error (error);
  g_assert_cmpint (g_mkdir_with_parents (to, 0700), ==, 0);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);
      g_autofree char *text = NULL;
      gsize length;

      if (g_file_test (source, G_FILE_TEST_IS_DIR))
        copy_folder (source, target);
      else if (g_file_get_contents (source, &text, &length, NULL))
        g_assert_true (g_file_set_contents (target, text, (gssize) length, NULL));
    }
}

static char *
read_file (const char *dir,
           const char *file)
{
  g_autofree char *path = g_build_filename (dir, file, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* What stands between the first @open behind @name and the last @close before the next member. */
static char *
cut_array (const char *text,
           const char *name)
{
  const char *start = strstr (text, name);
  const char *open = start != NULL ? strchr (start, '[') : NULL;
  const char *end = open;
  guint depth = 0;

  g_assert_nonnull (open);
  do
    {
      if (*end == '[')
        depth++;
      else if (*end == ']')
        depth--;
      end++;
    }
  while (depth > 0);
  return g_strndup (open + 1, (gsize) (end - open - 2));
}

/* Puts @added behind the first @place. */
static void
add_to_text (const char *dir,
             const char *file,
             const char *place,
             const char *added)
{
  g_autofree char *path = g_build_filename (dir, file, NULL);
  g_autofree char *text = read_file (dir, file);
  g_autofree char *with = g_strconcat (place, added, NULL);
  g_autoptr (GString) changed = g_string_new (text);

  g_assert_cmpuint (g_string_replace (changed, place, with, 1), ==, 1);
  g_assert_true (g_file_set_contents (path, changed->str, -1, NULL));
}

/* Puts @added at the end of an array, so that what names a member by its position still does. */
static void
append_to_array (const char *dir,
                 const char *file,
                 const char *array,
                 const char *added)
{
  g_autofree char *path = g_build_filename (dir, file, NULL);
  g_autofree char *text = read_file (dir, file);
  g_autofree char *name = g_strdup_printf ("\"%s\": [", array);
  g_autofree char *old = cut_array (text, name);
  g_autofree char *from = g_strdup_printf ("%s%s]", name, old);
  g_autofree char *to = g_strdup_printf ("%s%s, %s]", name, old, added);
  g_autoptr (GString) changed = g_string_new (text);

  g_assert_cmpuint (g_string_replace (changed, from, to, 1), ==, 1);
  g_assert_true (g_file_set_contents (path, changed->str, -1, NULL));
}

/**
 * yeji_test_extend_dictionary:
 * @dir: an empty folder
 *
 * Lays tests/extended/ over a copy of the dictionary: what a province may add in JSON alone.
 */
void
yeji_test_extend_dictionary (const char *dir)
{
  static const char * const folders[] = { "tables", "codes" };
  const char *parts = g_getenv ("YEJI_EXTENDED");
  g_autofree char *rules = NULL;
  g_autofree char *fields = NULL;
  g_autofree char *new_formats = NULL;
  g_autofree char *new_rules = NULL;
  g_autofree char *new_fields = NULL;

  g_assert_nonnull (parts);
  copy_folder (g_getenv ("YEJI_DICTIONARY"), dir);
  rules = read_file (parts, "rules.json");
  fields = read_file (parts, "fields.json");
  new_formats = cut_array (rules, "\"formats\"");
  new_rules = cut_array (rules, "\"rules\"");
  new_fields = cut_array (fields, "\"TBProjectInfo\"");
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *from = g_build_filename (parts, folders[i], NULL);
      g_autofree char *to = g_build_filename (dir, folders[i], NULL);

      copy_folder (from, to);
    }
  append_to_array (dir, "rules.json", "formats", new_formats);
  append_to_array (dir, "rules.json", "rules", new_rules);
  append_to_array (dir, "tables/TBProjectInfo.json", "fields", new_fields);
  append_to_array (dir, "dictionary.json", "tables", "\"XInsurance\"");
  append_to_array (dir, "dictionary.json", "codes", "\"insurance_type\"");
  add_to_text (dir, "dictionary.json", "\"version\": \"", "extended-");
}
