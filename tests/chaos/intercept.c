// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Stands between a program and the C library (LD_PRELOAD), on the calls by which SQLite and GLib
 * write, read, sync and name files. A test's tool for Linux; nothing of it is in the programs. */

#include "chaos.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define SECTOR 512
#define WRITING (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)

bool
chaos_is_below_root (const char *path)
{
  const char *root = getenv ("YEJI_CHAOS_ROOT");
  size_t length = root != NULL ? strlen (root) : 0;

  return length > 0 && path != NULL && strncmp (path, root, length) == 0
    && (path[length] == '/' || path[length] == '\0');
}

/* Whether a file lies under the root; then its path. */
static bool
is_ours (int   fd,
         char *path)
{
  char link[64];
  ssize_t length;
  int saved = errno;

  if (getenv ("YEJI_CHAOS_ROOT") == NULL)
    return false;
  snprintf (link, sizeof link, "/proc/self/fd/%d", fd);
  length = readlink (link, path, PATH_MAX - 1);
  errno = saved;
  if (length < 0)
    return false;
  path[length] = '\0';
  return chaos_is_below_root (path);
}

static bool
fails (int       fd,
       ChaosCall call)
{
  char path[PATH_MAX];

  return is_ours (fd, path) && chaos_meet (call, path) == CHAOS_FAIL;
}

static bool
fails_by_name (const char *path,
               ChaosCall   call)
{
  return chaos_is_below_root (path) && chaos_meet (call, path) == CHAOS_FAIL;
}

/* Content */

static ssize_t
write_at (int         fd,
          const void *data,
          size_t      length,
          off_t       offset)
{
  if (offset < 0)
    return syscall (SYS_write, fd, data, length);
  return syscall (SYS_pwrite64, fd, data, length, offset);
}

static ssize_t
meet_write (int         fd,
            const void *data,
            size_t      length,
            off_t       offset)
{
  char path[PATH_MAX];
  ChaosFate fate = is_ours (fd, path) ? chaos_meet (CHAOS_WRITE, path) : CHAOS_GO_ON;

  if (fate == CHAOS_FAIL)
    return -1;
  if (fate == CHAOS_TEAR)
    {
      /* a disk does not tear a sector */
      if (length > SECTOR)
        write_at (fd, data, length / 2 / SECTOR * SECTOR, offset);
      chaos_die ();
    }
  return write_at (fd, data, length, offset);
}

ssize_t
write (int         fd,
       const void *data,
       size_t      length)
{
  return meet_write (fd, data, length, -1);
}

ssize_t
pwrite (int         fd,
        const void *data,
        size_t      length,
        off_t       offset)
{
  return meet_write (fd, data, length, offset);
}

ssize_t
pwrite64 (int         fd,
          const void *data,
          size_t      length,
          off64_t     offset)
{
  return meet_write (fd, data, length, offset);
}

ssize_t
read (int     fd,
      void   *data,
      size_t  length)
{
  return fails (fd, CHAOS_READ) ? -1 : syscall (SYS_read, fd, data, length);
}

ssize_t
pread (int     fd,
       void   *data,
       size_t  length,
       off_t   offset)
{
  return fails (fd, CHAOS_READ) ? -1 : syscall (SYS_pread64, fd, data, length, offset);
}

ssize_t
pread64 (int      fd,
         void    *data,
         size_t   length,
         off64_t  offset)
{
  return fails (fd, CHAOS_READ) ? -1 : syscall (SYS_pread64, fd, data, length, offset);
}

int
ftruncate (int   fd,
           off_t length)
{
  return fails (fd, CHAOS_WRITE) ? -1 : (int) syscall (SYS_ftruncate, fd, length);
}

int
ftruncate64 (int     fd,
             off64_t length)
{
  return fails (fd, CHAOS_WRITE) ? -1 : (int) syscall (SYS_ftruncate, fd, length);
}

int
fallocate (int   fd,
           int   mode,
           off_t offset,
           off_t length)
{
  return fails (fd, CHAOS_WRITE) ? -1 : (int) syscall (SYS_fallocate, fd, mode, offset, length);
}

static int
meet_sync (int  fd,
           long number)
{
  char path[PATH_MAX];

  if (!is_ours (fd, path))
    return (int) syscall (number, fd);
  if (chaos_meet (CHAOS_SYNC, path) == CHAOS_FAIL)
    return -1;
  return chaos_disk_sync (fd) ? 0 : (int) syscall (number, fd);
}

int
fsync (int fd)
{
  return meet_sync (fd, SYS_fsync);
}

int
fdatasync (int fd)
{
  return meet_sync (fd, SYS_fdatasync);
}

int
syncfs (int fd)
{
  char path[PATH_MAX];

  if (!is_ours (fd, path))
    return (int) syscall (SYS_syncfs, fd);
  if (chaos_meet (CHAOS_SYNC, path) == CHAOS_FAIL)
    return -1;
  return chaos_disk_sync_all () ? 0 : (int) syscall (SYS_syncfs, fd);
}

/* Names */

static int
meet_open (int         directory,
           const char *path,
           int         flags,
           mode_t      mode)
{
  if ((flags & WRITING) != 0 && fails_by_name (path, CHAOS_OPEN))
    return -1;
  return (int) syscall (SYS_openat, directory, path, flags, mode);
}

#define MODE(flags, last) \
  ({ \
    va_list list; \
    mode_t found = 0; \
    va_start (list, last); \
    if (((flags) & (O_CREAT | O_TMPFILE)) != 0) \
      found = va_arg (list, mode_t); \
    va_end (list); \
    found; \
  })

int
open (const char *path,
      int         flags,
      ...)
{
  return meet_open (AT_FDCWD, path, flags, MODE (flags, flags));
}

int
open64 (const char *path,
        int         flags,
        ...)
{
  return meet_open (AT_FDCWD, path, flags, MODE (flags, flags));
}

int
openat (int         directory,
        const char *path,
        int         flags,
        ...)
{
  return meet_open (directory, path, flags, MODE (flags, flags));
}

int
openat64 (int         directory,
          const char *path,
          int         flags,
          ...)
{
  return meet_open (directory, path, flags, MODE (flags, flags));
}

int
rename (const char *from,
        const char *to)
{
  if (fails_by_name (to, CHAOS_NAME))
    return -1;
  return (int) syscall (SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int
unlink (const char *path)
{
  if (fails_by_name (path, CHAOS_NAME))
    return -1;
  return (int) syscall (SYS_unlinkat, AT_FDCWD, path, 0);
}

int
rmdir (const char *path)
{
  if (fails_by_name (path, CHAOS_NAME))
    return -1;
  return (int) syscall (SYS_unlinkat, AT_FDCWD, path, AT_REMOVEDIR);
}

int
remove (const char *path)
{
  int done = unlink (path);

  return done != 0 && errno == EISDIR ? rmdir (path) : done;
}

int
mkdir (const char *path,
       mode_t      mode)
{
  if (fails_by_name (path, CHAOS_NAME))
    return -1;
  return (int) syscall (SYS_mkdirat, AT_FDCWD, path, mode);
}

/* The wall clock; the monotonic one never goes back. */

int
clock_gettime (clockid_t        clock,
               struct timespec *time)
{
  int done = (int) syscall (SYS_clock_gettime, clock, time);

  if (done == 0 && clock == CLOCK_REALTIME)
    time->tv_sec += chaos_get_clock_error ();
  return done;
}

int
gettimeofday (struct timeval *restrict time,
              void *restrict           zone)
{
  int done = (int) syscall (SYS_gettimeofday, time, zone);

  if (done == 0)
    time->tv_sec += chaos_get_clock_error ();
  return done;
}

time_t
time (time_t *result)
{
  struct timespec now;

  clock_gettime (CLOCK_REALTIME, &now);
  if (result != NULL)
    *result = now.tv_sec;
  return now.tv_sec;
}
