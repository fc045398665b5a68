// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Everything that differs between POSIX and Windows; yeji-platform-win32.c is the other half. */

#define G_LOG_DOMAIN "yeji-platform"

#include "config.h"

#include "yeji-platform.h"

#include <errno.h>
#include <fcntl.h>
#include <libintl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib-unix.h>
#include <glib/gstdio.h>

/* How often a lock is tried that nobody has, but somebody looks at. */
#define LOOKS 100
/* Files and connections of one program; more would not be served in time anyway. */
#define MAX_FILES 65536

struct _YejiLock
{
  int fd;
};

/* What a thread that waits for Ctrl+C has. */
typedef struct
{
  GMainContext *context;
  GSource *sources[2];
  int stopped;                 /* atomic */
} Watch;

static Watch *watch;           /* (nullable): nobody waits */

static gboolean
fail_errno (GError     **error,
            const char  *what)
{
  int code = errno;

  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (code), "%s: %s", what,
               g_strerror (code));
  return FALSE;
}

/**
 * yeji_platform_begin_program:
 * @texts: where the translations were installed
 *
 * Lets a program speak the user's language; to be called first. YEJI_LOCALEDIR is another folder of
 * translations. On Windows they lie where the program does, wherever that was moved.
 */
void
yeji_platform_begin_program (const char *texts)
{
  const char *named = g_getenv ("YEJI_LOCALEDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, named != NULL ? named : texts);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);   /* ngettext() asks no other */
}

/**
 * yeji_platform_get_data_dir:
 *
 * Returns: (transfer full): the folder of the user's profiles
 */
char *
yeji_platform_get_data_dir (void)
{
  return g_build_filename (g_get_user_data_dir (), "yeji", NULL);
}

/**
 * yeji_platform_rename:
 *
 * Gives a file or folder another name, and replaces a file that has it. On Windows it is tried
 * again for two seconds while a program that looks at every new file (a virus scanner, the search,
 * a backup) has one of them open.
 *
 * Returns: 0, or -1 with errno; EACCES when another program kept it open
 */
int
yeji_platform_rename (const char *from,
                      const char *to)
{
  return g_rename (from, to);
}

/**
 * yeji_platform_remove:
 *
 * Removes a file or an empty folder, with the patience of yeji_platform_rename().
 *
 * Returns: 0, or -1 with errno
 */
int
yeji_platform_remove (const char *path)
{
  return g_remove (path);
}

/**
 * yeji_platform_sync_file:
 *
 * Waits until what was written to @fd is on the disk.
 *
 * Returns: %FALSE with a #GIOErrorEnum
 */
gboolean
yeji_platform_sync_file (int      fd,
                         GError **error)
{
  return fdatasync (fd) == 0 || fail_errno (error, "sync");
}

/**
 * yeji_platform_begin_sync:
 *
 * Has what was written to @fd go to the disk from now on, so that there is less to wait for later;
 * promises nothing.
 */
void
yeji_platform_begin_sync (int fd)
{
#ifdef __linux__
  sync_file_range (fd, 0, 0, SYNC_FILE_RANGE_WRITE);
#endif
}

/**
 * yeji_platform_write_past_cache:
 * @fd: appends; what is in the file ends where a page does
 * @data: begins where a page does
 * @size: whole pages
 *
 * Writes past the memory in which the system keeps files, where it can. That does not make it
 * durable.
 *
 * Returns: how many bytes were written; the rest is to be written as usual, which says what is wrong
 *   if something is
 */
gsize
yeji_platform_write_past_cache (int            fd,
                                gconstpointer  data,
                                gsize          size)
{
#ifdef O_DIRECT
  int flags = fcntl (fd, F_GETFL);
  gssize written;

  if (flags < 0 || fcntl (fd, F_SETFL, flags | O_DIRECT) != 0)
    return 0;
  do
    written = write (fd, data, size);
  while (written < 0 && errno == EINTR);
  /* what goes on behind an odd end cannot be direct */
  fcntl (fd, F_SETFL, flags);
  return MAX (written, 0);
#else
  return 0;
#endif
}

/**
 * yeji_platform_sync_directory:
 *
 * Waits until the names in a directory are on the disk: a renamed file is safe only then.
 *
 * Returns: %FALSE with a #GIOErrorEnum
 */
gboolean
yeji_platform_sync_directory (const char  *path,
                              GError     **error)
{
  int fd = g_open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean done;

  if (fd < 0)
    return fail_errno (error, path);
  done = fsync (fd) == 0 || fail_errno (error, path);
  close (fd);
  return done;
}

/* Somebody may be looking whether it is locked, which takes microseconds and is no holder. */
static gboolean
lock_file (int fd)
{
  for (guint i = 0; i < LOOKS; i++)
    {
      if (flock (fd, LOCK_EX | LOCK_NB) == 0)
        return TRUE;
      if (flock (fd, LOCK_SH | LOCK_NB) != 0)
        return FALSE;
      flock (fd, LOCK_UN);
      g_usleep (1000);
    }
  return FALSE;
}

static char *
read_holder (int fd)
{
  char text[128] = "";
  gssize length = read (fd, text, sizeof text - 1);

  return g_strndup (text, (gsize) MAX (length, 0));
}

/**
 * yeji_platform_lock:
 * @path: the lock's file, made if it is not there
 * @holder: (out) (optional) (transfer full): who has it, when another has
 *
 * Locks for this process; the system takes the lock back however the process ends.
 *
 * Returns: (transfer full): the lock, or %NULL with %G_IO_ERROR_BUSY when another has it
 */
YejiLock *
yeji_platform_lock (const char  *path,
                    char       **holder,
                    GError     **error)
{
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  g_autofree char *name = NULL;
  YejiLock *lock;

  if (fd < 0)
    {
      fail_errno (error, path);
      return NULL;
    }
  if (!lock_file (fd))
    {
      g_autofree char *text = read_holder (fd);

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY, "%s is locked by %s", path, text);
      if (holder != NULL)
        *holder = g_steal_pointer (&text);
      close (fd);
      return NULL;
    }

  name = g_strdup_printf ("%s (%ld)", g_get_prgname () != NULL ? g_get_prgname () : "yeji",
                          (long) getpid ());
  if (ftruncate (fd, 0) != 0 || write (fd, name, strlen (name)) < 0)
    g_debug ("cannot write who locks %s", path);   /* the lock holds all the same */
  lock = g_new (YejiLock, 1);
  lock->fd = fd;
  return lock;
}

/**
 * yeji_platform_find_lock_holder:
 * @path: the lock's file
 *
 * Looks who has a lock, without taking it. The answer is of a moment that has passed.
 *
 * Returns: (transfer full) (nullable): program and number of the process, "" when it did not say
 * so; %NULL when nobody has the lock
 */
char *
yeji_platform_find_lock_holder (const char *path)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  char *holder = NULL;

  if (fd < 0)
    return NULL;
  if (flock (fd, LOCK_SH | LOCK_NB) != 0)
    holder = read_holder (fd);
  close (fd);
  return holder;
}

/**
 * yeji_platform_unlock:
 * @lock: (transfer full): the lock
 */
void
yeji_platform_unlock (YejiLock *lock)
{
  close (lock->fd);
  g_free (lock);
}

/* Microseconds that this thread wanted a processor and had none; 0 where the kernel does not say.
 * */
static gint64
get_waited_time (void)
{
  static __thread int fd = -1;
  char text[128];
  gint64 ran, waited;
  ssize_t n;

  if (fd < 0)
    fd = open ("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
  n = fd >= 0 ? pread (fd, text, sizeof text - 1, 0) : -1;
  if (n <= 0)
    return 0;
  text[n] = '\0';
  return sscanf (text, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, &ran, &waited) == 2
           ? waited / 1000 : 0;
}

/**
 * yeji_platform_get_own_time:
 *
 * A clock for measuring what a thread itself does or waits for: on a busy computer it stands still
 * while other programs have the processor. Where that cannot be told it is the monotonic time.
 *
 * Returns: microseconds; only differences on one thread mean something
 */
gint64
yeji_platform_get_own_time (void)
{
  return g_get_monotonic_time () - get_waited_time ();
}

/**
 * yeji_platform_get_work_time:
 *
 * The part of yeji_platform_get_own_time() in which a thread had a processor, and did not wait.
 * Where that cannot be told it is the whole.
 *
 * Returns: microseconds; only differences on one thread mean something
 */
gint64
yeji_platform_get_work_time (void)
{
  struct timespec now;

  if (clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now) != 0)
    return yeji_platform_get_own_time ();
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

/**
 * yeji_platform_get_crowding:
 *
 * Says how busy the computer is. A wait for another program is longer where that program waits for
 * a processor, and no clock of ours tells how much.
 *
 * Returns: the share, 0 to 1, of the last ten seconds in which some program wanted a processor and
 *   had none; 0 where the kernel does not say
 */
double
yeji_platform_get_crowding (void)
{
  g_autofree char *text = NULL;
  double percent;

  if (!g_file_get_contents ("/proc/pressure/cpu", &text, NULL, NULL)
      || !g_str_has_prefix (text, "some avg10="))
    return 0;
  percent = g_ascii_strtod (text + strlen ("some avg10="), NULL);
  return CLAMP (percent / 100, 0, 1);
}

/**
 * yeji_platform_has_terminal:
 *
 * Returns: whether somebody can be asked on standard input
 */
gboolean
yeji_platform_has_terminal (void)
{
  return isatty (STDIN_FILENO);
}

/**
 * yeji_platform_begin_console:
 *
 * Makes standard input, output and error carry bytes, and a console that they go to read UTF-8.
 * To be called before anything is written.
 */
void
yeji_platform_begin_console (void)
{
}

/**
 * yeji_platform_give_way:
 *
 * Lets a program that is running already come before the others with its window, as the user who
 * has just started this one wants it to.
 */
void
yeji_platform_give_way (void)
{
}

/**
 * yeji_platform_read_password:
 * @prompt: shown on the terminal
 *
 * Reads a line without showing it; from standard input as it is when that is no terminal.
 *
 * Returns: (transfer full): the line without its end, or %NULL with a #GIOErrorEnum
 */
char *
yeji_platform_read_password (const char  *prompt,
                             GError     **error)
{
  gboolean on_terminal = isatty (STDIN_FILENO);
  struct termios shown, hidden;
  char line[1024];
  char *end;

  if (on_terminal)
    {
      tcgetattr (STDIN_FILENO, &shown);
      hidden = shown;
      hidden.c_lflag &= ~(tcflag_t) ECHO;
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &hidden);
      /* Only now: what is typed at once would be shown, and then thrown away. */
      g_printerr ("%s", prompt);
    }
  end = fgets (line, sizeof line, stdin);
  if (on_terminal)
    {
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &shown);
      g_printerr ("\n");
    }
  if (end == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no password was given");
      return NULL;
    }
  return g_strndup (line, strcspn (line, "\r\n"));
}

/**
 * yeji_platform_get_program_dir:
 *
 * Returns: (transfer full) (nullable): the folder that the running program lies in
 */
char *
yeji_platform_get_program_dir (void)
{
  g_autofree char *path = g_file_read_link ("/proc/self/exe", NULL);

  return path != NULL ? g_path_get_dirname (path) : NULL;
}

/**
 * yeji_platform_write_pipe:
 * @pipe: to another process
 *
 * Writes to a process that may have ended, which by itself would end this one, too.
 *
 * Returns: %FALSE with a #GIOErrorEnum
 */
gboolean
yeji_platform_write_pipe (GOutputStream  *pipe,
                          const char     *data,
                          gsize           length,
                          GError        **error)
{
  const struct timespec at_once = { 0 };
  sigset_t broken, before, pending;
  gboolean was_pending, done;

  sigemptyset (&broken);
  sigaddset (&broken, SIGPIPE);
  sigpending (&pending);
  was_pending = sigismember (&pending, SIGPIPE) == 1;
  pthread_sigmask (SIG_BLOCK, &broken, &before);
  done = g_output_stream_write_all (pipe, data, length, NULL, NULL, error);
  /* The signal is this thread's alone: it is taken away before it is let through. */
  if (!done && !was_pending)
    while (sigtimedwait (&broken, NULL, &at_once) < 0 && errno == EINTR)
      continue;
  pthread_sigmask (SIG_SETMASK, &before, NULL);
  return done;
}

static void
limit (int     what,
       guint64 most)
{
  struct rlimit now;

  if (getrlimit (what, &now) != 0)
    return;
  now.rlim_cur = MIN ((rlim_t) most, now.rlim_max);
  if (setrlimit (what, &now) != 0)
    g_debug ("limit %d is not set: %s", what, g_strerror (errno));
}

static gboolean
on_interrupt (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_REMOVE;
}

static void
clear_watch (gpointer data)
{
  Watch *self = data;

  for (guint i = 0; i < G_N_ELEMENTS (self->sources); i++)
    g_source_unref (self->sources[i]);
  g_main_context_unref (self->context);
}

static gpointer
wait_for_interrupt (gpointer data)
{
  Watch *self = data;

  while (!g_atomic_int_get (&self->stopped))
    g_main_context_iteration (self->context, TRUE);
  g_atomic_rc_box_release_full (self, clear_watch);
  return NULL;
}

/* The thread is not waited for: waking it up is a write, which a full disk may refuse. */
static void
stop_watching (void)
{
  Watch *self = g_steal_pointer (&watch);

  if (self == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (self->sources); i++)
    g_source_destroy (self->sources[i]);
  g_atomic_int_set (&self->stopped, TRUE);
  g_main_context_wakeup (self->context);
  g_atomic_rc_box_release_full (self, clear_watch);
}

/**
 * yeji_platform_watch_interrupt:
 * @cancellable: (nullable): %NULL to watch no longer
 *
 * Cancels @cancellable, on a thread of its own, when somebody at the terminal or the system asks the
 * program to end. It is asked once: the next time ends it, as always. For one caller at a time.
 */
void
yeji_platform_watch_interrupt (GCancellable *cancellable)
{
  static const int numbers[] = { SIGINT, SIGTERM };

  stop_watching ();
  if (cancellable == NULL)
    return;
  watch = g_atomic_rc_box_new0 (Watch);
  watch->context = g_main_context_new ();
  for (guint i = 0; i < G_N_ELEMENTS (watch->sources); i++)
    {
      watch->sources[i] = g_unix_signal_source_new (numbers[i]);
      g_source_set_callback (watch->sources[i], on_interrupt, g_object_ref (cancellable),
                             g_object_unref);
      g_source_attach (watch->sources[i], watch->context);
    }
  g_thread_unref (g_thread_new ("yeji-interrupt", wait_for_interrupt,
                                g_atomic_rc_box_acquire (watch)));
}

/**
 * yeji_platform_get_most_files:
 *
 * Has as many files and connections open at once as the system lets anybody, within reason.
 *
 * Returns: how many these are
 */
guint
yeji_platform_get_most_files (void)
{
  struct rlimit now;

  limit (RLIMIT_NOFILE, MAX_FILES);
  return getrlimit (RLIMIT_NOFILE, &now) == 0 ? (guint) MIN (now.rlim_cur, MAX_FILES) : 256;
}

/**
 * yeji_platform_limit_self:
 * @memory: bytes of address space; 0: as before
 * @seconds: of processor time from now on
 *
 * Makes the system end this process when it takes more, and yield to others until then. For a
 * program that opens what strangers wrote. Can be called again.
 */
void
yeji_platform_limit_self (guint64 memory,
                          guint   seconds)
{
  struct rusage used = { 0 };

  getrusage (RUSAGE_SELF, &used);
  limit (RLIMIT_CPU, (guint64) used.ru_utime.tv_sec + (guint64) used.ru_stime.tv_sec + seconds + 1);
  limit (RLIMIT_CORE, 0);
#ifndef __SANITIZE_ADDRESS__   /* which takes terabytes of address space */
  if (memory > 0)
    limit (RLIMIT_AS, memory);
#endif
  setpriority (PRIO_PROCESS, 0, 5);
}

/**
 * yeji_platform_get_c_path:
 * @path: of what exists
 *
 * Says what a library that asks the C library for files must be given.
 *
 * Returns: (transfer full)
 */
char *
yeji_platform_get_c_path (const char *path)
{
  return g_strdup (path);
}

/**
 * yeji_platform_begin_utf8:
 *
 * Lets the C library take texts for UTF-8 in this thread, whatever the locale says; for a library
 * that asks it, until yeji_platform_end_utf8().
 *
 * Returns: what to give to that; good for this one time
 */
gpointer
yeji_platform_begin_utf8 (void)
{
  static gsize made = 0;
  static locale_t utf8;

  if (g_once_init_enter (&made))
    {
      utf8 = newlocale (LC_CTYPE_MASK, "C.UTF-8", (locale_t) 0);
      g_once_init_leave (&made, 1);
    }
  return utf8 != (locale_t) 0 ? uselocale (utf8) : NULL;
}

void
yeji_platform_end_utf8 (gpointer before)
{
  if (before != NULL)
    uselocale (before);
}

/**
 * yeji_platform_begin_bytes:
 *
 * Lets the C library compare texts without regard to case in this thread so that letters that are
 * not ASCII stay what they are; for a library that asks it, until yeji_platform_end_bytes().
 *
 * Returns: what to give to that; good for this one time
 */
gpointer
yeji_platform_begin_bytes (void)
{
  return NULL;
}

void
yeji_platform_end_bytes (gpointer before)
{
}

/**
 * yeji_platform_get_gb_charset:
 *
 * Says how the widest of the Chinese character sets is called that can be converted: GB18030, of
 * which GBK and GB 2312 are parts.
 *
 * Returns: a name for iconv
 */
const char *
yeji_platform_get_gb_charset (void)
{
  return "GB18030";
}
