// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-scratch"

#include "config.h"

#include "yeji-scratch.h"

#include <glib/gstdio.h>

typedef struct
{
  char *folder;
  char *path;
} Scratch;

static void
remove_scratch (gpointer data)
{
  Scratch *scratch = data;

  g_remove (scratch->path);
  g_rmdir (scratch->folder);
  g_free (scratch->folder);
  g_free (scratch->path);
  g_free (scratch);
}

/* What a name must not have where it is a name on the disk. */
static char *
make_safe (const char *name)
{
  char *safe = g_path_get_basename (name);

  g_strdelimit (safe, "/\\:*?\"<>|", '_');
  return safe;
}

/**
 * yeji_scratch_new:
 * @name: what the file is to be called; it is not made yet
 *
 * Returns: (transfer full): a file that goes with this object; its copies do not keep it
 */
GFile *
yeji_scratch_new (const char  *name,
                  GError     **error)
{
  g_autofree char *folder = g_dir_make_tmp ("yeji-XXXXXX", error);
  g_autofree char *safe = make_safe (name);
  Scratch *scratch;
  GFile *file;

  if (folder == NULL)
    return NULL;
  scratch = g_new (Scratch, 1);
  scratch->path = g_build_filename (folder, safe, NULL);
  scratch->folder = g_steal_pointer (&folder);
  file = g_file_new_for_path (scratch->path);
  g_object_set_data_full (G_OBJECT (file), "yeji-scratch", scratch, remove_scratch);
  return file;
}
