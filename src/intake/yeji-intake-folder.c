// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Private folders of files that are unpacked or made for a plan. Scans of contracts are not left
 * lying about: who has a folder holds its lock, which the system takes back however he ends, and
 * the next one removes what nobody holds. */

#define G_LOG_DOMAIN "yeji-intake"

#include "config.h"

#include "yeji-intake-folder.h"

#include "yeji-platform.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#define PREFIX "intake-"
#define TEMPLATE PREFIX "XXXXXX"
#define LOCK "lock"

/* Somebody may sweep a folder away before its lock is held. */
#define MAX_TRIES 10

struct _YejiIntakeFolder
{
  char *path;
  YejiLock *lock;
  guint n_places;
};

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_remove (file);
    }
  g_clear_pointer (&dir, g_dir_close);
  g_rmdir (path);
}

/* Who sweeps may remove the file between its being opened and locked. */
static YejiLock *
lock_folder (const char *path)
{
  g_autofree char *file = g_build_filename (path, LOCK, NULL);
  YejiLock *lock = yeji_platform_lock (file, NULL, NULL);

  if (lock != NULL && !g_file_test (file, G_FILE_TEST_EXISTS))
    g_clear_pointer (&lock, yeji_platform_unlock);
  return lock;
}

static void
sweep (const char *parent)
{
  g_autoptr (GDir) dir = g_dir_open (parent, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (parent, name, NULL);
      g_autoptr (YejiLock) lock = NULL;

      if (!g_str_has_prefix (name, PREFIX) || !g_file_test (path, G_FILE_TEST_IS_DIR)
          || g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        continue;
      lock = lock_folder (path);
      if (lock == NULL)
        continue;
      /* nobody else gets the lock meanwhile; Windows does not remove a file that is open */
      remove_folder (path);
      g_clear_pointer (&lock, yeji_platform_unlock);
      remove_folder (path);
    }
}

static char *
make_parent (void)
{
  return g_build_filename (g_get_user_cache_dir (), "yeji", NULL);
}

/**
 * yeji_intake_folder_new:
 *
 * Makes a folder that others cannot read. Not where temporary files go: that may be memory. From
 * any thread.
 *
 * Returns: (transfer full) (nullable): the folder; %NULL with %G_IO_ERROR_FAILED
 */
YejiIntakeFolder *
yeji_intake_folder_new (GError **error)
{
  g_autofree char *parent = make_parent ();

  if (g_mkdir_with_parents (parent, 0700) == 0)
    {
      sweep (parent);
      for (guint i = 0; i < MAX_TRIES; i++)
        {
          g_autofree char *path = g_build_filename (parent, TEMPLATE, NULL);
          YejiLock *lock = g_mkdtemp_full (path, 0700) != NULL ? lock_folder (path) : NULL;
          YejiIntakeFolder *self;

          if (lock == NULL)
            continue;
          self = g_new0 (YejiIntakeFolder, 1);
          self->path = g_steal_pointer (&path);
          self->lock = lock;
          return self;
        }
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: no folder can be made there", parent);
  return NULL;
}

/**
 * yeji_intake_folder_place:
 *
 * Returns: (transfer full): the path of a file of the folder that is not there yet
 */
char *
yeji_intake_folder_place (YejiIntakeFolder *self)
{
  g_autofree char *name = g_strdup_printf ("%u", self->n_places++);

  return g_build_filename (self->path, name, NULL);
}

/**
 * yeji_intake_folder_name:
 * @name: what a file is to be called
 *
 * Returns: (transfer full): the path of a file of that name, as far as names on a disk may be so
 */
char *
yeji_intake_folder_name (YejiIntakeFolder *self,
                         const char       *name)
{
  g_autofree char *safe = g_path_get_basename (name);

  g_strdelimit (safe, "/\\:*?\"<>|", '_');
  /* what is in the folder already, or no file */
  if (g_str_equal (safe, LOCK) || g_str_equal (safe, ".") || g_str_equal (safe, ".."))
    g_strdelimit (safe, "." LOCK, '_');
  return g_build_filename (self->path, safe, NULL);
}

/**
 * yeji_intake_folder_sweep:
 *
 * Removes what programs that were ended by force have left behind. Blocks; from any thread.
 */
void
yeji_intake_folder_sweep (void)
{
  g_autofree char *parent = make_parent ();

  sweep (parent);
}

/**
 * yeji_intake_folder_free:
 *
 * Removes the folder with all that is in it.
 */
void
yeji_intake_folder_free (YejiIntakeFolder *self)
{
  /* Windows does not remove a file that is open. */
  yeji_platform_unlock (self->lock);
  remove_folder (self->path);
  g_free (self->path);
  g_free (self);
}
