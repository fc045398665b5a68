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

/* How often a lock is tried that nobody has, but somebody looks at. */
#define LOOKS 100

struct _YejiLock
{
  HANDLE file;
};

static GMutex watch_lock;
static GCancellable *watched;  /* (nullable) */

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

/* A locked range cannot be read: it is one behind the holder's name. */
static gboolean
lock_range (HANDLE file,
            DWORD  flags)
{
  OVERLAPPED beyond = { .Offset = 4096 };

  return LockFileEx (file, flags | LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &beyond);
}

static void
unlock_range (HANDLE file)
{
  OVERLAPPED beyond = { .Offset = 4096 };

  UnlockFileEx (file, 0, 1, 0, &beyond);
}

/* Somebody may be looking whether it is locked, which is no holder. */
static gboolean
lock_file (HANDLE file)
{
  for (guint i = 0; i < LOOKS; i++)
    {
      if (lock_range (file, LOCKFILE_EXCLUSIVE_LOCK))
        return TRUE;
      if (!lock_range (file, 0))
        return FALSE;
      unlock_range (file);
      g_usleep (1000);
    }
  return FALSE;
}

static char *
read_holder (HANDLE file)
{
  char text[128] = "";
  DWORD done = 0;

  return g_strndup (text, ReadFile (file, text, sizeof text - 1, &done, NULL) ? done : 0);
}

YejiLock *
yeji_platform_lock (const char  *path,
                    char       **holder,
                    GError     **error)
{
  g_autofree wchar_t *wide = g_utf8_to_utf16 (path, -1, NULL, NULL, NULL);
  g_autofree char *name = NULL;
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
  if (!lock_file (file))
    {
      g_autofree char *text = read_holder (file);

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY, "%s is locked by %s", path, text);
      if (holder != NULL)
        *holder = g_steal_pointer (&text);
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

char *
yeji_platform_find_lock_holder (const char *path)
{
  g_autofree wchar_t *wide = g_utf8_to_utf16 (path, -1, NULL, NULL, NULL);
  char *holder = NULL;
  HANDLE file;

  file = CreateFileW (wide, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING,
                      FILE_ATTRIBUTE_NORMAL, NULL);
  if (file == INVALID_HANDLE_VALUE)
    return NULL;
  if (!lock_range (file, 0))
    holder = read_holder (file);
  CloseHandle (file);
  return holder;
}

void
yeji_platform_unlock (YejiLock *lock)
{
  CloseHandle (lock->file);
  g_free (lock);
}

gint64
yeji_platform_get_own_time (void)
{
  return g_get_monotonic_time ();
}

gint64
yeji_platform_get_work_time (void)
{
  return g_get_monotonic_time ();
}

double
yeji_platform_get_crowding (void)
{
  return 0;
}

gboolean
yeji_platform_has_terminal (void)
{
  DWORD mode = 0;

  return GetConsoleMode (GetStdHandle (STD_INPUT_HANDLE), &mode);
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

char *
yeji_platform_get_program_dir (void)
{
  wchar_t path[32768];
  DWORD length = GetModuleFileNameW (NULL, path, G_N_ELEMENTS (path));
  g_autofree char *text = NULL;

  if (length == 0 || length >= G_N_ELEMENTS (path))
    return NULL;
  text = g_utf16_to_utf8 (path, length, NULL, NULL, NULL);
  return text != NULL ? g_path_get_dirname (text) : NULL;
}

gboolean
yeji_platform_write_pipe (GOutputStream  *pipe,
                          const char     *data,
                          gsize           length,
                          GError        **error)
{
  return g_output_stream_write_all (pipe, data, length, NULL, NULL, error);
}

/* Processor time of this process, in units of 100 ns. */
static guint64
get_used_time (void)
{
  FILETIME created, ended, kernel, user;

  if (!GetProcessTimes (GetCurrentProcess (), &created, &ended, &kernel, &user))
    return 0;
  return (guint64) user.dwHighDateTime << 32 | user.dwLowDateTime;
}

/* Called on a thread of its own. */
static BOOL WINAPI
on_control (DWORD kind)
{
  g_autoptr (GCancellable) cancellable = NULL;

  g_mutex_lock (&watch_lock);
  cancellable = g_steal_pointer (&watched);
  g_mutex_unlock (&watch_lock);
  if (cancellable == NULL)
    return FALSE;
  g_cancellable_cancel (cancellable);
  return TRUE;
}

void
yeji_platform_watch_interrupt (GCancellable *cancellable)
{
  g_mutex_lock (&watch_lock);
  g_set_object (&watched, cancellable);
  g_mutex_unlock (&watch_lock);
  SetConsoleCtrlHandler (on_control, cancellable != NULL);
}

/* Sockets are no files there. */
guint
yeji_platform_get_most_files (void)
{
  return 4096;
}

void
yeji_platform_limit_self (guint64 memory,
                          guint   seconds)
{
  static HANDLE job;
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = { 0 };

  if (job == NULL)
    {
      job = CreateJobObjectW (NULL, NULL);
      if (job == NULL || !AssignProcessToJobObject (job, GetCurrentProcess ()))
        g_debug ("no job object: %lu", GetLastError ());
      SetPriorityClass (GetCurrentProcess (), BELOW_NORMAL_PRIORITY_CLASS);
      SetErrorMode (SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
    }
  if (job == NULL)
    return;
  limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_PROCESS_TIME
                                            | JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION;
  limits.BasicLimitInformation.PerProcessUserTimeLimit.QuadPart
    = (LONGLONG) (get_used_time () + (guint64) seconds * 10000000);
  if (memory > 0)
    {
      limits.BasicLimitInformation.LimitFlags |= JOB_OBJECT_LIMIT_PROCESS_MEMORY;
      limits.ProcessMemoryLimit = (SIZE_T) memory;
    }
  if (!SetInformationJobObject (job, JobObjectExtendedLimitInformation, &limits, sizeof limits))
    g_debug ("no limits: %lu", GetLastError ());
}

/* The C library takes names in the system's code page; what it has no signs for has a short name. */
char *
yeji_platform_get_c_path (const char *path)
{
  char *local = g_win32_locale_filename_from_utf8 (path);

  return local != NULL ? local : g_strdup (path);
}

/* Libraries are asked in UTF-16 there. */
gpointer
yeji_platform_begin_utf8 (void)
{
  return NULL;
}

void
yeji_platform_end_utf8 (gpointer before)
{
}
