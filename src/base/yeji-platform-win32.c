// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* The Windows half of yeji-platform.c, which has the documentation. */

#define G_LOG_DOMAIN "yeji-platform"

#include "config.h"

#include "yeji-platform.h"

#include <errno.h>
#include <fcntl.h>
#include <io.h>
#include <libintl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>
#include <initguid.h>
#include <knownfolders.h>
#include <shlobj.h>

#include <gio/gio.h>

/* The code page of GB18030. */
#define GB18030_PAGE 54936

/* How often a lock is tried that nobody has, but somebody looks at. */
#define LOOKS 100

/* How often what another program holds is tried again: 10, 20, 30 ... ms, two seconds in all. */
#define TRIES             19
#define STEP_MILLISECONDS 10

/* From here on a path needs a prefix: 260, less a name of 8.3 that must fit into a folder. */
#define LONG_PATH 248

struct _YejiLock
{
  HANDLE file;
};

static UINT output_before;     /* code pages of the console, 0: there is none */
static UINT input_before;
static GMutex watch_lock;
static GCancellable *watched;  /* (nullable) */

static gboolean
fail_last (GError     **error,
           const char  *what)
{
  DWORD code = GetLastError ();
  g_autofree char *reason = g_win32_error_message ((int) code);

  g_set_error (error, G_IO_ERROR,
               code == ERROR_PATH_NOT_FOUND ? G_IO_ERROR_NOT_FOUND
                                            : (int) g_io_error_from_win32_error ((int) code),
               "%s: %s", what, reason);
  return FALSE;
}

/* Where the installer puts the translations, beside bin/. */
static char *
find_texts (void)
{
  const char *named = g_getenv ("YEJI_LOCALEDIR");
  g_autofree char *program = yeji_platform_get_program_dir ();

  if (named != NULL)
    return g_strdup (named);
  return g_build_filename (program != NULL ? program : ".", "..", "share", "locale", NULL);
}

/* libintl 0.21 finds nothing in a folder that it knows by wide characters once it has looked into
 * one that it knows by others, and a thread of GLib's may have had it do so before main(). What the
 * system's code page cannot say has a short name, or else there is no other way. */
static void
bind_texts (const char *path)
{
  g_autofree char *narrow = g_win32_locale_filename_from_utf8 (path);
  g_autofree wchar_t *wide = NULL;

  if (narrow != NULL)
    {
      bindtextdomain (GETTEXT_PACKAGE, narrow);
      return;
    }
  wide = (wchar_t *) g_utf8_to_utf16 (path, -1, NULL, NULL, NULL);
  if (wide != NULL)
    wbindtextdomain (GETTEXT_PACKAGE, wide);
}

/* Libraries are not looked for in the working directory, which may be where a stranger's document
 * was double-clicked. */
void
yeji_platform_begin_program (const char *texts)
{
  g_autofree char *found = find_texts ();

  SetDllDirectoryW (L"");
  setlocale (LC_ALL, "");
  bind_texts (found);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

/* %APPDATA%, which follows a user from one computer to the other; GLib knows the other one alone. */
static char *
get_roaming_dir (void)
{
  PWSTR wide = NULL;
  char *path = NULL;

  if (SUCCEEDED (SHGetKnownFolderPath (&FOLDERID_RoamingAppData, KF_FLAG_CREATE, NULL, &wide)))
    path = g_utf16_to_utf8 ((const gunichar2 *) wide, -1, NULL, NULL, NULL);
  CoTaskMemFree (wide);
  return path != NULL ? path : g_strdup (g_get_user_data_dir ());
}

char *
yeji_platform_get_data_dir (void)
{
  const char *named = g_getenv ("XDG_DATA_HOME");
  g_autofree char *base = named != NULL && *named != '\0' ? g_strdup (named) : get_roaming_dir ();

  return g_build_filename (base, "Yeji", NULL);
}

/* An absolute path beyond the old limit is given as it is, with neither "/" nor "..": without the
 * prefix Windows takes it only where an administrator allowed that. */
static wchar_t *
make_wide_path (const char *path)
{
  g_autofree char *whole = NULL;
  g_autofree char *prefixed = NULL;

  if (strlen (path) < LONG_PATH || g_str_has_prefix (path, "\\\\?\\"))
    return (wchar_t *) g_utf8_to_utf16 (path, -1, NULL, NULL, NULL);
  whole = g_canonicalize_filename (path, NULL);
  g_strdelimit (whole, "/", '\\');
  if (g_str_has_prefix (whole, "\\\\"))
    prefixed = g_strconcat ("\\\\?\\UNC", whole + 1, NULL);
  else
    prefixed = g_strconcat ("\\\\?\\", whole, NULL);
  return (wchar_t *) g_utf8_to_utf16 (prefixed, -1, NULL, NULL, NULL);
}

/* What the system says of a file that another program has open. */
static gboolean
is_held (DWORD code)
{
  return code == ERROR_SHARING_VIOLATION || code == ERROR_LOCK_VIOLATION
         || code == ERROR_ACCESS_DENIED || code == ERROR_USER_MAPPED_FILE
         || code == ERROR_DELETE_PENDING;
}

static int
get_errno (DWORD code)
{
  static const struct { DWORD code; int number; } numbers[] = {
    { ERROR_FILE_NOT_FOUND, ENOENT }, { ERROR_PATH_NOT_FOUND, ENOENT },
    { ERROR_INVALID_NAME, ENOENT }, { ERROR_DIR_NOT_EMPTY, ENOTEMPTY },
    { ERROR_ALREADY_EXISTS, EEXIST }, { ERROR_FILE_EXISTS, EEXIST },
    { ERROR_DISK_FULL, ENOSPC }, { ERROR_HANDLE_DISK_FULL, ENOSPC },
    { ERROR_NOT_SAME_DEVICE, EXDEV }, { ERROR_FILENAME_EXCED_RANGE, ENAMETOOLONG },
    { ERROR_WRITE_PROTECT, EROFS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (numbers[i].code == code)
      return numbers[i].number;
  return EACCES;
}

static BOOL
move_path (const wchar_t *from,
           const wchar_t *to)
{
  return MoveFileExW (from, to, MOVEFILE_REPLACE_EXISTING);
}

static BOOL
remove_path (const wchar_t *path,
             const wchar_t *nothing)
{
  DWORD kind = GetFileAttributesW (path);

  if (kind == INVALID_FILE_ATTRIBUTES)
    return FALSE;
  return (kind & FILE_ATTRIBUTE_DIRECTORY) != 0 ? RemoveDirectoryW (path) : DeleteFileW (path);
}

/* Each wait is longer than the one before. */
static int
try_until_free (BOOL        (*act) (const wchar_t *, const wchar_t *),
                const char   *path,
                const char   *other)
{
  g_autofree wchar_t *wide = make_wide_path (path);
  g_autofree wchar_t *wide_other = other != NULL ? make_wide_path (other) : NULL;
  DWORD code;

  if (wide == NULL || (other != NULL && wide_other == NULL))
    {
      errno = EINVAL;
      return -1;
    }
  for (guint i = 1;; i++)
    {
      if (act (wide, wide_other))
        return 0;
      code = GetLastError ();
      if (!is_held (code) || i > TRIES)
        break;
      Sleep (i * STEP_MILLISECONDS);
    }
  errno = get_errno (code);
  return -1;
}

int
yeji_platform_rename (const char *from,
                      const char *to)
{
  return try_until_free (move_path, from, to);
}

int
yeji_platform_remove (const char *path)
{
  return try_until_free (remove_path, path, NULL);
}

gboolean
yeji_platform_sync_file (int      fd,
                         GError **error)
{
  return FlushFileBuffers ((HANDLE) _get_osfhandle (fd)) || fail_last (error, "sync");
}

/* There is no call that begins without waiting for the end. */
void
yeji_platform_begin_sync (int fd)
{
}

/* A file is opened so from the beginning, or not at all. */
gsize
yeji_platform_write_past_cache (int            fd,
                                gconstpointer  data,
                                gsize          size)
{
  return 0;
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
  g_autofree wchar_t *wide = make_wide_path (path);
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
  g_autofree wchar_t *wide = make_wide_path (path);
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

static gint64
get_microseconds (FILETIME time)
{
  return (gint64) ((guint64) time.dwHighDateTime << 32 | time.dwLowDateTime) / 10;
}

gint64
yeji_platform_get_work_time (void)
{
  FILETIME created, ended, kernel, user;

  if (!GetThreadTimes (GetCurrentThread (), &created, &ended, &kernel, &user))
    return g_get_monotonic_time ();
  return get_microseconds (kernel) + get_microseconds (user);
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

static void
end_console (void)
{
  SetConsoleOutputCP (output_before);
  SetConsoleCP (input_before);
}

/* The C library would translate line ends, and in a locale of its own the letters, too. A buffer
 * is written whole, so that no letter is cut in two; who writes flushes. */
void
yeji_platform_begin_console (void)
{
  _setmode (_fileno (stdin), _O_BINARY);
  _setmode (_fileno (stdout), _O_BINARY);
  _setmode (_fileno (stderr), _O_BINARY);
  setvbuf (stdout, NULL, _IOFBF, 65536);
  setvbuf (stderr, NULL, _IOFBF, 65536);
  output_before = GetConsoleOutputCP ();
  input_before = GetConsoleCP ();
  if (output_before == 0 || input_before == 0)
    return;
  SetConsoleOutputCP (CP_UTF8);
  SetConsoleCP (CP_UTF8);
  atexit (end_console);
}

void
yeji_platform_give_way (void)
{
  AllowSetForegroundWindow (ASFW_ANY);
}

/* A console gives other letters than ASCII to who asks for UTF-16 alone. */
static char *
read_console (HANDLE      input,
              DWORD       mode,
              const char *prompt)
{
  wchar_t line[1024];
  char *text = NULL;
  DWORD n = 0;

  SetConsoleMode (input, (mode | ENABLE_LINE_INPUT) & ~(DWORD) ENABLE_ECHO_INPUT);
  fputs (prompt, stderr);
  fflush (stderr);
  if (ReadConsoleW (input, line, G_N_ELEMENTS (line), &n, NULL) && n > 0)
    text = g_utf16_to_utf8 ((const gunichar2 *) line, (glong) n, NULL, NULL, NULL);
  SecureZeroMemory (line, sizeof line);
  SetConsoleMode (input, mode);
  fputs ("\n", stderr);
  fflush (stderr);
  return text;
}

char *
yeji_platform_read_password (const char  *prompt,
                             GError     **error)
{
  HANDLE input = GetStdHandle (STD_INPUT_HANDLE);
  char line[1024];
  DWORD mode = 0;
  char *text;

  if (GetConsoleMode (input, &mode))
    text = read_console (input, mode, prompt);
  else
    text = g_strdup (fgets (line, sizeof line, stdin));
  if (text == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no password was given");
      return NULL;
    }
  text[strcspn (text, "\r\n")] = '\0';
  return text;
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
  g_autoptr (GError) local_error = NULL;

  if (g_output_stream_write_all (pipe, data, length, NULL, NULL, &local_error))
    return TRUE;
  /* GLib has no word for "the pipe is being closed". */
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_FAILED))
    local_error->code = G_IO_ERROR_BROKEN_PIPE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
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

/* Where the system speaks Chinese the first byte of a letter counts as the end of a text, so that
 * all texts of Chinese letters are the same to it. In the locale "C" bytes are bytes. */
gpointer
yeji_platform_begin_bytes (void)
{
  char *before;

  _configthreadlocale (_ENABLE_PER_THREAD_LOCALE);
  before = g_strdup (setlocale (LC_CTYPE, NULL));
  setlocale (LC_CTYPE, "C");
  return before;
}

void
yeji_platform_end_bytes (gpointer before)
{
  setlocale (LC_CTYPE, before);
  _configthreadlocale (_DISABLE_PER_THREAD_LOCALE);
  g_free (before);
}

/* Asked before: GLib crashes at a converter that there is none of. wine knows GBK alone. */
const char *
yeji_platform_get_gb_charset (void)
{
  return IsValidCodePage (GB18030_PAGE) ? "GB18030" : "GBK";
}
