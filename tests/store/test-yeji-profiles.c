// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-profiles.h"

#include <glib/gstdio.h>
#include <string.h>

#include "store-fixture.h"
#include "yeji-db.h"
#include "yeji-platform.h"

#define TODAY "2026-11-22"

/* A user's data and configuration in a directory of the test's own: GLib reads the variables once,
 * so that one user serves all tests. */
static char *user_dir;

static char *
get_own (const char *folder)
{
  g_autofree char *data_dir = yeji_platform_get_data_dir ();

  return g_build_filename (data_dir, folder, NULL);
}

/* What is left of one test would be seen by the next. */
static void
clean (void)
{
  g_autofree char *data_dir = yeji_platform_get_data_dir ();
  g_autofree char *config = g_build_filename (g_get_user_config_dir (), "yeji", NULL);

  yeji_test_dir_remove (data_dir);
  yeji_test_dir_remove (config);
}

static YejiProfile *
find (GPtrArray  *profiles,
      const char *directory)
{
  for (guint i = 0; i < profiles->len; i++)
    if (g_str_equal (yeji_profile_get_directory (g_ptr_array_index (profiles, i)), directory))
      return g_ptr_array_index (profiles, i);
  return NULL;
}

static void
save_sample (YejiStore *store,
             guint      n_errors)
{
  g_autoptr (YejiRecord) record = yeji_record_new (yeji_store_get_dictionary (store), NULL,
                                                   "construction");
  const YejiFacts facts = { .n_errors = n_errors };
  g_autoptr (GError) error = NULL;

  yeji_store_save (store, record, &facts, "created", &error);
  g_assert_no_error (error);
}

static YejiStore *
open_store (const char *directory)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (&error);
  YejiStore *store;

  g_assert_no_error (error);
  store = yeji_store_open (directory, dictionary, &error);
  g_assert_no_error (error);
  return store;
}

static void
close_store (YejiStore *store)
{
  yeji_store_close (store);
  g_object_unref (store);
}

static void
test_nothing (void)
{
  g_autoptr (GPtrArray) profiles = yeji_profiles_list ();
  g_autofree char *start = yeji_profiles_get_start ();
  g_autofree char *fallback = get_own ("default");

  g_assert_cmpuint (profiles->len, ==, 0);
  g_assert_cmpstr (start, ==, fallback);
  clean ();
}

static void
test_counts (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *directory = yeji_profiles_make ("长白建设集团有限公司", &error);
  g_autoptr (YejiProfile) profile = NULL;
  g_autofree char *folder = get_own ("长白建设集团有限公司");
  YejiStore *store;

  g_assert_no_error (error);
  g_assert_cmpstr (directory, ==, folder);
  store = open_store (directory);
  save_sample (store, 0);
  save_sample (store, 0);
  save_sample (store, 3);
  profile = yeji_profile_read (directory);
  g_assert_no_error (yeji_profile_get_error (profile));
  g_assert_true (g_str_has_prefix (yeji_profile_get_holder (profile), g_get_prgname ()));
  g_assert_cmpstr (yeji_profile_get_name (profile), ==, "长白建设集团有限公司");
  g_assert_true (yeji_profile_is_named (profile));
  g_assert_false (yeji_profile_is_elsewhere (profile));
  g_assert_cmpuint (yeji_profile_get_count (profile, YEJI_STATE_READY), ==, 2);
  g_assert_cmpuint (yeji_profile_get_count (profile, YEJI_STATE_DRAFT), ==, 1);
  g_assert_cmpuint (yeji_profile_get_n_problems (profile), ==, 1);
  close_store (store);

  g_clear_object (&profile);
  profile = yeji_profile_read (directory);
  g_assert_null (yeji_profile_get_holder (profile));
  g_assert_cmpuint (yeji_profile_get_count (profile, YEJI_STATE_READY), ==, 2);
  clean ();
}

/* The clerk's own name, else the account's, else the folder's. */
static void
test_name (void)
{
  g_autofree char *directory = get_own ("default");
  g_autoptr (YejiProfile) folder = NULL;
  g_autoptr (YejiProfile) account = NULL;
  g_autoptr (YejiProfile) named = NULL;
  g_autoptr (YejiProfile) hostile = NULL;
  g_autofree char *endless = g_strnfill (100000, '\n');
  g_autofree char *long_name = g_strconcat ("a", endless, "\xff", NULL);
  YejiStore *store = open_store (directory);

  folder = yeji_profile_read (directory);
  g_assert_cmpstr (yeji_profile_get_name (folder), ==, "default");
  g_assert_false (yeji_profile_is_named (folder));
  g_assert_true (yeji_store_set_setting (store, "account.name", "长春一建", NULL));
  account = yeji_profile_read (directory);
  g_assert_cmpstr (yeji_profile_get_name (account), ==, "长春一建");
  g_assert_true (yeji_store_set_setting (store, YEJI_PROFILE_SETTING_NAME, "一建", NULL));
  named = yeji_profile_read (directory);
  g_assert_cmpstr (yeji_profile_get_name (named), ==, "一建");
  g_assert_true (yeji_store_set_setting (store, YEJI_PROFILE_SETTING_NAME, long_name, NULL));
  hostile = yeji_profile_read (directory);
  g_assert_cmpstr (yeji_profile_get_name (hostile), ==, "a");
  close_store (store);
  clean ();
}

static void
test_order (void)
{
  static const struct
  {
    const char *name;
    const char *due;           /* (nullable) */
    int left;
  } cases[] = {
    { "甲", "2026-11-20", -2 },
    { "乙", "2026-11-22", 0 },
    { "丙", "2027-03-01", 99 },
    { "鞍", NULL, 0 },          /* by pinyin: an, bo, ding, zhong */
    { "波", NULL, 0 },
    { "丁", NULL, 0 },
    { "中", NULL, 0 },
  };
  g_autoptr (GPtrArray) profiles = NULL;

  for (guint i = G_N_ELEMENTS (cases); i > 0; i--)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *directory = yeji_profiles_make (cases[i - 1].name, &error);

      g_assert_no_error (error);
      yeji_profiles_set (directory, YEJI_PROFILE_SETTING_DUE, cases[i - 1].due, &error);
      g_assert_no_error (error);
    }
  profiles = yeji_profiles_list ();
  g_assert_cmpuint (profiles->len, ==, G_N_ELEMENTS (cases));
  for (guint i = 0; i < profiles->len; i++)
    {
      YejiProfile *profile = g_ptr_array_index (profiles, i);
      int left = 0;

      g_assert_cmpstr (yeji_profile_get_name (profile), ==, cases[i].name);
      g_assert_cmpstr (yeji_profile_get_due (profile), ==, cases[i].due);
      g_assert_cmpint (yeji_profile_get_days_left (profile, TODAY, &left), ==,
                       cases[i].due != NULL);
      g_assert_cmpint (left, ==, cases[i].left);
    }
  clean ();
}

static void
test_days (void)
{
  static const struct
  {
    const char *text;
    gboolean is_day;
  } cases[] = {
    { "2026-11-22", TRUE }, { "2024-02-29", TRUE }, { "2026-02-29", FALSE },
    { "2026-13-01", FALSE }, { "2026-00-01", FALSE }, { "0000-01-01", FALSE },
    { "2026-1-22", FALSE }, { "2026-11-2x", FALSE }, { "", FALSE }, { "2026-11-22 ", FALSE },
    { "二〇二六年十一月", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (yeji_profile_is_day (cases[i].text), ==, cases[i].is_day);
}

/* A folder that every system takes, and never one that is there already. */
static void
test_folders (void)
{
  static const struct
  {
    const char *name;
    const char *folder;
  } cases[] = {
    { "甲公司", "甲公司" },
    { "甲公司", "甲公司-2" },
    { "a/b\\c:d*e?f\"g<h>i|j", "a-b-c-d-e-f-g-h-i-j" },
    { "../../etc", "-..-etc" },
    { " . ", "enterprise-" },
    { "", "enterprise--2" },
    { "NUL", "enterprise-NUL" },
    { "com1.公司", "enterprise-com1.公司" },
    { "Default", "enterprise-Default" },
    { "行\n尾\t", "行-尾-" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *directory = yeji_profiles_make (cases[i].name, &error);
      g_autofree char *expected = get_own (cases[i].folder);

      g_assert_no_error (error);
      g_assert_cmpstr (directory, ==, expected);
    }
  clean ();
}

/* A folder that an enterprise is unpacked into is none of the list until all of it is there. */
static void
test_unpacking (void)
{
  g_autofree char *part = get_own ("甲公司.part-0b3f");
  g_autofree char *database = g_build_filename (part, "yeji.sqlite", NULL);
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (part, 0700), ==, 0);
  g_file_set_contents (database, "", 0, &error);
  g_assert_no_error (error);
  list = yeji_profiles_list ();
  g_assert_cmpuint (list->len, ==, 0);
  clean ();
}

static void
test_long_name (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) name = g_string_new (NULL);
  g_autofree char *directory = NULL;
  g_autoptr (YejiProfile) profile = NULL;

  for (guint i = 0; i < 150; i++)
    g_string_append (name, "长");
  directory = yeji_profiles_make (name->str, &error);
  g_assert_no_error (error);
  profile = yeji_profile_read (directory);
  g_assert_cmpstr (yeji_profile_get_name (profile), ==, name->str);
  clean ();
}

static void
test_held (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *directory = yeji_profiles_make ("甲", &error);
  YejiStore *store = open_store (directory);
  g_autoptr (YejiProfile) profile = NULL;

  g_assert_false (yeji_profiles_set (directory, YEJI_PROFILE_SETTING_NAME, "乙", &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_LOCKED);
  close_store (store);
  g_clear_error (&error);
  g_assert_true (yeji_profiles_set (directory, YEJI_PROFILE_SETTING_NAME, "乙", &error));
  profile = yeji_profile_read (directory);
  g_assert_cmpstr (yeji_profile_get_name (profile), ==, "乙");
  clean ();
}

/* The log of one that was not closed is for the next opening, which looks whether it is whole. */
static void
test_unclean (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *directory = yeji_profiles_make ("甲", &error);
  g_autofree char *session = g_build_filename (directory, "session", NULL);
  YejiStore *store = open_store (directory);

  yeji_store_set_setting (store, "any", "thing", NULL);
  g_assert_true (g_file_test (session, G_FILE_TEST_EXISTS));
  close_store (store);
  g_assert_false (g_file_test (session, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_set_contents (session, "x", -1, &error));
  g_assert_false (yeji_profiles_set (directory, YEJI_PROFILE_SETTING_NAME, "乙", &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE);
  clean ();
}

/* One elsewhere is known once it was opened, stays known when its disk is not there, and is never
 * deleted. */
static void
test_elsewhere (void)
{
  g_autofree char *other = g_build_filename (user_dir, "u 盘", "丙#1", NULL);
  g_autofree char *own = get_own ("default");
  g_autofree char *path = g_build_filename (other, "yeji.sqlite", NULL);
  g_autofree char *away = g_build_filename (user_dir, "away", NULL);
  g_autofree char *start = NULL;
  g_autofree char *fallback = NULL;
  g_autoptr (GPtrArray) both = NULL;
  g_autoptr (GPtrArray) gone = NULL;
  g_autoptr (GPtrArray) forgotten = NULL;
  g_autoptr (GError) error = NULL;

  close_store (open_store (own));
  close_store (open_store (other));
  g_assert_true (yeji_profiles_remember (own, &error));
  g_assert_true (yeji_profiles_remember (other, &error));
  g_assert_true (yeji_profiles_remember (other, &error));
  g_assert_no_error (error);

  start = yeji_profiles_get_start ();
  g_assert_cmpstr (start, ==, other);
  both = yeji_profiles_list ();
  g_assert_cmpuint (both->len, ==, 2);
  g_assert_true (yeji_profile_is_elsewhere (find (both, other)));
  g_assert_false (yeji_profile_is_elsewhere (find (both, own)));

  g_assert_cmpint (g_rename (other, away), ==, 0);
  fallback = yeji_profiles_get_start ();
  g_assert_cmpstr (fallback, ==, own);
  gone = yeji_profiles_list ();
  g_assert_error (yeji_profile_get_error (find (gone, other)), YEJI_STORE_ERROR,
                  YEJI_STORE_ERROR_NOT_FOUND);
  g_assert_false (g_file_test (other, G_FILE_TEST_EXISTS));   /* looking makes nothing */

  g_assert_cmpint (g_rename (away, other), ==, 0);
  g_assert_true (yeji_profiles_forget (other, &error));
  forgotten = yeji_profiles_list ();
  g_assert_cmpuint (forgotten->len, ==, 1);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  clean ();
}

/* What cannot be read is on the list, with the reason. */
static void
test_unreadable (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *damaged = get_own ("damaged");
  g_autofree char *empty = get_own ("empty");
  g_autofree char *newer = get_own ("newer");
  g_autofree char *lost = get_own ("lost");
  g_autofree char *lost_files = g_build_filename (lost, "files", NULL);
  g_autofree char *damaged_path = g_build_filename (damaged, "yeji.sqlite", NULL);
  g_autofree char *empty_path = g_build_filename (empty, "yeji.sqlite", NULL);
  g_autofree char *newer_path = g_build_filename (newer, "yeji.sqlite", NULL);
  g_autoptr (GPtrArray) profiles = NULL;
  YejiMigration migrations[99];
  g_autoptr (YejiDb) db = NULL;

  g_mkdir_with_parents (damaged, 0700);
  g_mkdir_with_parents (empty, 0700);
  g_mkdir_with_parents (newer, 0700);
  g_mkdir_with_parents (lost_files, 0700);
  g_assert_true (g_file_set_contents (damaged_path, "not a database, and long enough", -1, &error));
  g_assert_true (g_file_set_contents (empty_path, "", 0, &error));
  for (guint i = 0; i < G_N_ELEMENTS (migrations); i++)
    migrations[i] = (YejiMigration) { "later", i == 0 ? "CREATE TABLE setting (name, value)" : "" };
  db = yeji_db_open (newer_path, migrations, G_N_ELEMENTS (migrations), &error);
  g_assert_no_error (error);
  yeji_db_close (db);

  profiles = yeji_profiles_list ();
  g_assert_cmpuint (profiles->len, ==, 4);
  g_assert_error (yeji_profile_get_error (find (profiles, damaged)), YEJI_DB_ERROR,
                  YEJI_DB_ERROR_DAMAGED);
  g_assert_nonnull (yeji_profile_get_error (find (profiles, empty)));
  g_assert_error (yeji_profile_get_error (find (profiles, newer)), YEJI_DB_ERROR,
                  YEJI_DB_ERROR_NEWER);
  g_assert_error (yeji_profile_get_error (find (profiles, lost)), YEJI_STORE_ERROR,
                  YEJI_STORE_ERROR_NOT_FOUND);
  clean ();
}

/* A list that somebody has scribbled into. */
static void
test_scribbled_list (void)
{
  static const char *const texts[] = {
    "", "nonsense", "[profiles]\nlast=\nelsewhere=", "[profiles]\nlast=http://x/\n"
    "elsewhere=file:///nowhere/at/all;nonsense;;", "[profiles]\nlast=file:%ff",
  };
  g_autofree char *dir = g_build_filename (g_get_user_config_dir (), "yeji", NULL);
  g_autofree char *path = g_build_filename (dir, "profiles.ini", NULL);
  g_autofree char *fallback = get_own ("default");

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GPtrArray) profiles = NULL;
      g_autofree char *start = NULL;
      g_autoptr (GError) error = NULL;

      g_mkdir_with_parents (dir, 0700);
      g_assert_true (g_file_set_contents (path, texts[i], -1, &error));
      profiles = yeji_profiles_list ();
      start = yeji_profiles_get_start ();
      g_assert_cmpuint (profiles->len, <=, 1);
      g_assert_cmpstr (start, ==, fallback);
      g_assert_true (yeji_profiles_remember (fallback, &error));
      g_assert_no_error (error);
    }
  clean ();
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *data = NULL;
  g_autofree char *config = NULL;
  int status;

  user_dir = yeji_test_dir_new ();
  data = g_build_filename (user_dir, "data", NULL);
  config = g_build_filename (user_dir, "config", NULL);
  g_setenv ("XDG_DATA_HOME", data, TRUE);
  g_setenv ("XDG_CONFIG_HOME", config, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/profiles/are-none-at-first", test_nothing);
  g_test_add_func ("/store/profiles/counts-by-state", test_counts);
  g_test_add_func ("/store/profiles/finds-a-name", test_name);
  g_test_add_func ("/store/profiles/what-is-due-comes-first", test_order);
  g_test_add_func ("/store/profiles/knows-days", test_days);
  g_test_add_func ("/store/profiles/makes-folders-that-every-system-takes", test_folders);
  g_test_add_func ("/store/profiles/lists-no-enterprise-that-is-being-unpacked", test_unpacking);
  g_test_add_func ("/store/profiles/cuts-the-folder-not-the-name", test_long_name);
  g_test_add_func ("/store/profiles/does-not-write-into-an-open-one", test_held);
  g_test_add_func ("/store/profiles/leaves-one-alone-that-was-not-closed", test_unclean);
  g_test_add_func ("/store/profiles/remembers-one-elsewhere", test_elsewhere);
  g_test_add_func ("/store/profiles/lists-what-cannot-be-read", test_unreadable);
  g_test_add_func ("/store/profiles/survives-a-scribbled-list", test_scribbled_list);
  status = g_test_run ();
  yeji_test_dir_remove (user_dir);
  g_free (user_dir);
  return status;
}
