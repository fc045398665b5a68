// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* The Windows half of yeji-platform.c, which has the documentation. */

#define G_LOG_DOMAIN "yeji-platform"

#include "config.h"

#include "yeji-platform.h"

#include <io.h>
#include <stdio.h>
#include <string.h>
#include <windows.h>

#include <gio/gio.h>

struct _YejiLock
{
  HANDLE file;
};

static gboolean
fail_last (GError     **error,
           const char  *what)
{
  DWORD code = GetLastError ();
  g_autofree char *reason = g_win32_error_message ((int) code);

  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_win32_error ((int) code), "%s: %s", what,
               reason);
  return FALSE;
}

char *
yeji_platform_get_data_dir (void)
{
  return g_build_filename (g_get_user_config_dir (), "Yeji", NULL);
}

gboolean
yeji_platform_sync_file (int      fd,
                         GError **error)
{
  return FlushFileBuffers ((HANDLE) _get_osfhandle (fd)) || fail_last (error, "sync");
}

/* NTFS writes names through its journal; there is nothing to wait for. */
gboolean
yeji_platform_sync_directory (const char  *path,
                              GError     **error)
{
  return TRUE;
}

YejiLock *
yeji_platform_lock (const char  *path,
                    char       **holder,
                    GError     **error)
{
  g_autofree wchar_t *wide = g_utf8_to_utf16 (path, -1, NULL, NULL, NULL);
  g_autofree char *name = NULL;
  OVERLAPPED beyond = { 0 };
  YejiLock *lock;
  HANDLE file;
  DWORD done;

  file = CreateFileW (wide, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                      OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
  if (file == INVALID_HANDLE_VALUE)
    {
      fail_last (error, path);
      return NULL;
    }
  beyond.Offset = 4096;   /* a locked range cannot be read: lock one behind the holder's name */
  if (!LockFileEx (file, LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &beyond))
    {
      char text[128] = "";

      if (ReadFile (file, text, sizeof text - 1, &done, NULL) && holder != NULL)
        *holder = g_strndup (text, done);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY, "%s is locked by %s", path, text);
      CloseHandle (file);
      return NULL;
    }
  name = g_strdup_printf ("%s (%lu)", g_get_prgname () != NULL ? g_get_prgname () : "yeji",
                          GetCurrentProcessId ());
  WriteFile (file, name, (DWORD) strlen (name), &done, NULL);
  SetEndOfFile (file);
  lock = g_new (YejiLock, 1);
  lock->file = file;
  return lock;
}

void
yeji_platform_unlock (YejiLock *lock)
{
  CloseHandle (lock->file);
  g_free (lock);
}

char *
yeji_platform_read_password (const char  *prompt,
                             GError     **error)
{
  HANDLE input = GetStdHandle (STD_INPUT_HANDLE);
  gboolean on_console;
  DWORD mode = 0;
  char line[1024];
  char *end;

  on_console = GetConsoleMode (input, &mode);
  if (on_console)
    {
      g_printerr ("%s", prompt);
      SetConsoleMode (input, mode & ~(DWORD) ENABLE_ECHO_INPUT);
    }
  end = fgets (line, sizeof line, stdin);
  if (on_console)
    {
      SetConsoleMode (input, mode);
      g_printerr ("\n");
    }
  if (end == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no password was given");
      return NULL;
    }
  return g_strndup (line, strcspn (line, "\r\n"));
}
