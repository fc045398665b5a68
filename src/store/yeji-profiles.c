// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-profiles"

#include "config.h"

#include "yeji-profiles.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "yeji-bundle-private.h"
#include "yeji-platform.h"
#include "yeji-session.h"
#include "yeji-sql-private.h"
#include "yeji-store-private.h"

#define GROUP "profiles"
#define LAST "last"
#define ELSEWHERE "elsewhere"

/* What a folder's name may have: three bytes a character, and a number behind it. */
#define MAX_FOLDER 60

/* How often the list is tried to be locked, 10 ms apart. */
#define TRIES 50

static char *
get_list_path (const char *name)
{
  return g_build_filename (g_get_user_config_dir (), "yeji", name, NULL);
}

static GKeyFile *
load_list (void)
{
  g_autofree char *path = get_list_path ("profiles.ini");
  GKeyFile *list = g_key_file_new ();

  g_key_file_load_from_file (list, path, G_KEY_FILE_NONE, NULL);
  return list;
}

static gboolean
save_list (GKeyFile  *list,
           GError   **error)
{
  g_autofree char *path = get_list_path ("profiles.ini");

  return g_key_file_save_to_file (list, path, error);
}

/* Two programs may start at once. Without the lock one of them might forget what the other
 * remembers, which is no reason not to go on. */
static YejiLock *
lock_list (void)
{
  g_autofree char *path = get_list_path ("profiles.lock");
  g_autofree char *dir = g_path_get_dirname (path);
  YejiLock *lock = NULL;

  g_mkdir_with_parents (dir, 0700);
  for (guint i = 0; i < TRIES && lock == NULL; i++)
    {
      g_autoptr (GError) error = NULL;

      lock = yeji_platform_lock (path, NULL, &error);
      if (lock == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BUSY))
        return NULL;
      if (lock == NULL)
        g_usleep (10000);
    }
  return lock;
}

static char *
get_default (void)
{
  g_autofree char *data_dir = yeji_platform_get_data_dir ();

  return g_build_filename (data_dir, "default", NULL);
}

static gboolean
is_elsewhere (const char *directory)
{
  g_autofree char *data_dir = yeji_platform_get_data_dir ();
  g_autofree char *parent = g_path_get_dirname (directory);

  return !g_str_equal (parent, data_dir);
}

/* What is left of a profile without its database is one as well: it can be recovered. */
static gboolean
is_profile (const char *directory)
{
  static const char *const parts[] = { "yeji.sqlite", "backups", "files" };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *path = g_build_filename (directory, parts[i], NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return TRUE;
    }
  return FALSE;
}

static void
add_own (GPtrArray *directories)
{
  g_autofree char *data_dir = yeji_platform_get_data_dir ();
  g_autoptr (GDir) dir = g_dir_open (data_dir, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (data_dir, name, NULL);

      /* what is still being unpacked is none yet, and may never become one */
      if (strstr (name, YEJI_BUNDLE_PART) == NULL && is_profile (path))
        g_ptr_array_add (directories, g_steal_pointer (&path));
    }
}

static void
add_elsewhere (GPtrArray *directories)
{
  g_autoptr (GKeyFile) list = load_list ();
  g_auto (GStrv) uris = g_key_file_get_string_list (list, GROUP, ELSEWHERE, NULL, NULL);

  for (guint i = 0; uris != NULL && uris[i] != NULL; i++)
    {
      char *path = g_filename_from_uri (uris[i], NULL, NULL);

      if (path != NULL)
        g_ptr_array_add (directories, path);
    }
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  return yeji_profile_compare (*(YejiProfile **) a, *(YejiProfile **) b);
}

/**
 * yeji_profiles_list:
 *
 * Returns: (transfer full) (element-type YejiProfile): all that are known, those that are due first
 * before the others. One elsewhere that has gone is among them, with an error.
 */
GPtrArray *
yeji_profiles_list (void)
{
  GPtrArray *profiles = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) directories = g_ptr_array_new_with_free_func (g_free);

  add_own (directories);
  add_elsewhere (directories);
  for (guint i = 0; i < directories->len; i++)
    g_ptr_array_add (profiles, yeji_profile_read (g_ptr_array_index (directories, i)));
  g_ptr_array_sort (profiles, compare);
  return profiles;
}

/**
 * yeji_profiles_get_start:
 *
 * Returns: (transfer full): the directory of the profile with which the program starts: the one
 * that was opened last, the default one where that has gone or none was
 */
char *
yeji_profiles_get_start (void)
{
  g_autoptr (GKeyFile) list = load_list ();
  g_autofree char *uri = g_key_file_get_string (list, GROUP, LAST, NULL);
  g_autofree char *last = uri != NULL ? g_filename_from_uri (uri, NULL, NULL) : NULL;

  return last != NULL && is_profile (last) ? g_steal_pointer (&last) : get_default ();
}

static void
remove_uri (GPtrArray  *uris,
            const char *uri)
{
  for (guint i = uris->len; i > 0; i--)
    if (g_str_equal (g_ptr_array_index (uris, i - 1), uri))
      g_ptr_array_remove_index (uris, i - 1);
}

static GPtrArray *
get_elsewhere (GKeyFile *list)
{
  GPtrArray *array = g_ptr_array_new_with_free_func (g_free);
  char **uris = g_key_file_get_string_list (list, GROUP, ELSEWHERE, NULL, NULL);

  for (guint i = 0; uris != NULL && uris[i] != NULL; i++)
    g_ptr_array_add (array, uris[i]);
  g_free (uris);
  return array;
}

static void
set_elsewhere (GKeyFile  *list,
               GPtrArray *uris)
{
  g_key_file_set_string_list (list, GROUP, ELSEWHERE, (const char * const *) uris->pdata,
                              uris->len);
}

/**
 * yeji_profiles_remember:
 * @directory: a profile's, absolute; it was opened just now
 *
 * Remembers it as the last one, and where it lies if that is elsewhere.
 *
 * Returns: %FALSE when the list could not be written
 */
gboolean
yeji_profiles_remember (const char  *directory,
                        GError     **error)
{
  g_autoptr (YejiLock) lock = lock_list ();
  g_autoptr (GKeyFile) list = load_list ();
  g_autofree char *uri = g_filename_to_uri (directory, NULL, error);

  if (uri == NULL)
    return FALSE;
  g_key_file_set_string (list, GROUP, LAST, uri);
  if (is_elsewhere (directory))
    {
      g_autoptr (GPtrArray) uris = get_elsewhere (list);

      remove_uri (uris, uri);
      g_ptr_array_add (uris, g_strdup (uri));
      set_elsewhere (list, uris);
    }
  return save_list (list, error);
}

/**
 * yeji_profiles_forget:
 *
 * Takes a folder that lies elsewhere off the list. The folder stays as it is.
 *
 * Returns: %FALSE when the list could not be written
 */
gboolean
yeji_profiles_forget (const char  *directory,
                      GError     **error)
{
  g_autoptr (YejiLock) lock = lock_list ();
  g_autoptr (GKeyFile) list = load_list ();
  g_autofree char *uri = g_filename_to_uri (directory, NULL, error);
  g_autofree char *last = g_key_file_get_string (list, GROUP, LAST, NULL);
  g_autoptr (GPtrArray) uris = get_elsewhere (list);

  if (uri == NULL)
    return FALSE;
  remove_uri (uris, uri);
  set_elsewhere (list, uris);
  if (g_strcmp0 (last, uri) == 0)
    g_key_file_remove_key (list, GROUP, LAST, NULL);
  return save_list (list, error);
}

/* Names that Windows keeps for devices, whatever stands behind a dot. */
static gboolean
is_device (const char *name)
{
  static const char *const devices[] = { "con", "prn", "aux", "nul", "com", "lpt", "default" };
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (guint i = 0; i < G_N_ELEMENTS (devices); i++)
    {
      gsize length = strlen (devices[i]);

      if (g_str_has_prefix (lower, devices[i])
          && (lower[length] == '\0' || lower[length] == '.' || g_ascii_isdigit (lower[length])))
        return TRUE;
    }
  return FALSE;
}

/* A name that every file system takes. */
static char *
make_folder_name (const char *name)
{
  g_autoptr (GString) folder = g_string_new (NULL);

  for (const char *c = name; *c != '\0' && g_utf8_strlen (folder->str, -1) < MAX_FOLDER;
       c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (character < 0x20 || character == 0x7f
          || (character < 0x80 && strchr ("/\\:*?\"<>|%", (int) character) != NULL))
        character = '-';
      g_string_append_unichar (folder, character);
    }
  g_strstrip (folder->str);
  folder->len = strlen (folder->str);
  while (folder->len > 0 && strchr (". ", folder->str[folder->len - 1]) != NULL)
    g_string_truncate (folder, folder->len - 1);
  while (folder->len > 0 && strchr (". ", folder->str[0]) != NULL)
    g_string_erase (folder, 0, 1);
  if (folder->len == 0 || is_device (folder->str))
    g_string_prepend (folder, "enterprise-");
  return g_strdup (folder->str);
}

static char *
make_folder (const char  *name,
             GError     **error)
{
  g_autofree char *data_dir = yeji_platform_get_data_dir ();
  g_autofree char *folder = make_folder_name (name);

  g_mkdir_with_parents (data_dir, 0700);
  for (guint i = 1; i < 1000; i++)
    {
      g_autofree char *numbered = i == 1 ? g_strdup (folder) : g_strdup_printf ("%s-%u", folder, i);
      g_autofree char *path = g_build_filename (data_dir, numbered, NULL);

      if (g_mkdir (path, 0700) == 0)
        return g_steal_pointer (&path);
      if (errno != EEXIST)
        break;
    }
  g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_FILE, "%s: no folder can be made there",
               data_dir);
  return NULL;
}

static gboolean
write_setting (YejiSql     *sql,
               const char  *setting,
               const char  *value,
               GError     **error)
{
  if (value == NULL)
    return yeji_sql_exec (sql, error, "DELETE FROM setting WHERE name = ?1", "s", setting);
  return yeji_sql_exec (sql, error,
                        "INSERT INTO setting (name, value) VALUES (?1, ?2)"
                        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                        "ss", setting, value);
}

static gboolean
write_name (YejiSql   *sql,
            gpointer   data,
            GError   **error)
{
  return write_setting (sql, YEJI_PROFILE_SETTING_NAME, data, error);
}

/**
 * yeji_profiles_make:
 * @name: what the enterprise is called
 *
 * Makes an empty profile. Its folder is named after the enterprise, with a number where there is
 * such a folder already.
 *
 * Returns: (transfer full) (nullable): its directory; %NULL with %YEJI_STORE_ERROR_FILE, or an
 * error of #YejiDbError
 */
char *
yeji_profiles_make (const char  *name,
                    GError     **error)
{
  g_autofree char *directory = NULL;
  g_autofree char *path = NULL;
  g_autoptr (YejiDb) db = NULL;
  gboolean done;

  g_return_val_if_fail (name != NULL && g_utf8_validate (name, -1, NULL), NULL);

  directory = make_folder (name, error);
  if (directory == NULL)
    return NULL;
  path = g_build_filename (directory, "yeji.sqlite", NULL);
  db = yeji_db_open (path, yeji_store_migrations, yeji_store_n_migrations, error);
  if (db == NULL)
    return NULL;
  done = yeji_db_run (db, write_name, (gpointer) name, error);
  yeji_db_close (db);
  return done ? g_steal_pointer (&directory) : NULL;
}

/* The lock of a profile that nobody has open, taken for a moment. */
static YejiLock *
take_lock (const char  *directory,
           GError     **error)
{
  g_autofree char *path = g_build_filename (directory, "lock", NULL);
  g_autofree char *holder = NULL;
  g_autoptr (GError) local_error = NULL;
  YejiLock *lock = yeji_platform_lock (path, &holder, &local_error);

  if (lock != NULL)
    return lock;
  if (holder != NULL)
    g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_LOCKED, "%s is in use by %s",
                 directory, holder);
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/**
 * yeji_profiles_set:
 * @directory: a profile's that is not open; for one that is there is yeji_store_set_setting()
 * @setting: %YEJI_PROFILE_SETTING_NAME, %YEJI_PROFILE_SETTING_CODE or %YEJI_PROFILE_SETTING_DUE
 * @value: (nullable): %NULL takes it out
 *
 * Says something about an enterprise without opening its profile.
 *
 * Returns: %FALSE with %YEJI_STORE_ERROR_LOCKED when somebody has it open,
 * %YEJI_STORE_ERROR_STATE when it was not closed properly and must be opened first,
 * %YEJI_STORE_ERROR_NOT_FOUND when there is no database, or an error of #YejiDbError
 */
gboolean
yeji_profiles_set (const char  *directory,
                   const char  *setting,
                   const char  *value,
                   GError     **error)
{
  g_autofree char *path = g_build_filename (directory, "yeji.sqlite", NULL);
  g_autofree char *session = NULL;
  g_autofree char *log = NULL;
  g_autoptr (YejiLock) lock = NULL;
  g_autoptr (YejiSql) sql = NULL;
  GStatBuf status;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND, "%s is not there", path);
      return FALSE;
    }
  lock = take_lock (directory, error);
  if (lock == NULL)
    return FALSE;
  /* Its log is to be looked at before SQLite takes it in, which opening it properly does. */
  session = g_build_filename (directory, YEJI_SESSION_FILE, NULL);
  log = g_strconcat (path, "-wal", NULL);
  if (g_file_test (session, G_FILE_TEST_EXISTS) || (g_stat (log, &status) == 0 && status.st_size > 0))
    {
      g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE,
                   "%s was not closed properly", directory);
      return FALSE;
    }
  sql = yeji_sql_open (path, error);
  return sql != NULL && write_setting (sql, setting, value, error);
}
