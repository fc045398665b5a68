// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-scratch"

#include "config.h"

#include "yeji-scratch.h"

#include "yeji-background.h"
#include "yeji-intake-folder.h"

static void
remove_folder (gpointer data)
{
  yeji_intake_folder_free (data);
}

/**
 * yeji_scratch_new:
 * @name: what the file is to be called; it is not made yet
 *
 * Returns: (transfer full): a file that goes with this object; its copies do not keep it. When the
 *   program is ended by force, the next one removes it
 */
GFile *
yeji_scratch_new (const char  *name,
                  GError     **error)
{
  YejiIntakeFolder *folder = yeji_intake_folder_new (error);
  g_autofree char *path = folder != NULL ? yeji_intake_folder_name (folder, name) : NULL;
  GFile *file;

  if (folder == NULL)
    return NULL;
  file = g_file_new_for_path (path);
  g_object_set_data_full (G_OBJECT (file), "yeji-scratch", folder, remove_folder);
  return file;
}

static gpointer
sweep (gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  yeji_intake_folder_sweep ();
  return NULL;
}

/**
 * yeji_scratch_sweep:
 *
 * Removes, away from the window, what a program that was ended by force has left.
 */
void
yeji_scratch_sweep (void)
{
  yeji_background_run (NULL, sweep, NULL, NULL, NULL, NULL, NULL);
}
