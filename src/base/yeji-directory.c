// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-directory"

#include "config.h"

#include "yeji-directory.h"

#include <errno.h>

#include <glib/gstdio.h>

#include "yeji-platform.h"

static gboolean
make_one (const char  *path,
          const char  *parent,
          GError     **error)
{
  int code;

  if (g_mkdir (path, 0700) == 0)
    return yeji_platform_sync_directory (parent, error);
  code = errno;
  if (g_file_test (path, G_FILE_TEST_IS_DIR))   /* another was faster */
    return TRUE;
  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (code), "%s: %s", path,
               g_strerror (code));
  return FALSE;
}

/**
 * yeji_directory_make:
 *
 * Makes a folder that only the user can read, and those above it, where they are not there. Their
 * names are on the disk when this returns: a file that is synced in a folder whose name is not is
 * gone with the power all the same (POSIX, fsync; ext4 is kinder).
 *
 * Returns: %FALSE with a #GIOErrorEnum
 */
gboolean
yeji_directory_make (const char  *path,
                     GError     **error)
{
  g_autofree char *parent = NULL;

  g_return_val_if_fail (path != NULL, FALSE);

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return TRUE;
  parent = g_path_get_dirname (path);
  /* a root, or a drive that is not there, is its own parent */
  if (!g_str_equal (parent, path) && !yeji_directory_make (parent, error))
    return FALSE;
  return make_one (path, parent, error);
}
