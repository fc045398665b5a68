// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Keeps what would be on the disk if the power went now, as strictly as POSIX allows: the content
 * of a file as it was when it was last synced, the names of a folder as they were when the folder
 * was. Nothing else is there. With YEJI_CHAOS_NAMES=ext4, a sync of anything takes all names along:
 * there a sync commits the journal, and with it every change of a name before.
 *
 * DISK/KEY is a file's content, or of a folder a line for each name: `f KEY NAME` or `d KEY NAME`.
 * A key is the inode's number and when it was made, as a number alone is given again. A file whose
 * key is not there is empty. The test makes a folder of it: power.py. */

#include "chaos.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define KEY_SIZE 64
#define PATH_SIZE 4096

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static bool
make_key (int         directory,
          const char *path,
          int         flags,
          char       *key,
          mode_t     *mode)
{
  struct statx about;

  if (statx (directory, path, flags, STATX_INO | STATX_BTIME | STATX_TYPE, &about) != 0)
    return false;
  snprintf (key, KEY_SIZE, "%llx-%llx-%x", (unsigned long long) about.stx_ino,
            (unsigned long long) about.stx_btime.tv_sec, about.stx_btime.tv_nsec);
  *mode = about.stx_mode;
  return true;
}

/* What is half written when the program dies does not count. */
static long
begin (const char *disk,
       const char *key)
{
  char path[PATH_SIZE];

  snprintf (path, sizeof path, "%s/%s.part", disk, key);
  return syscall (SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
}

static bool
end (long        fd,
     const char *disk,
     const char *key)
{
  char from[PATH_SIZE], to[PATH_SIZE];

  syscall (SYS_close, fd);
  snprintf (from, sizeof from, "%s/%s.part", disk, key);
  snprintf (to, sizeof to, "%s/%s", disk, key);
  return syscall (SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0) == 0;
}

static bool
write_whole (long        fd,
             const char *data,
             size_t      length)
{
  while (length > 0)
    {
      long done = syscall (SYS_write, fd, data, length);

      if (done <= 0)
        return false;
      data += done;
      length -= (size_t) done;
    }
  return true;
}

/* The program may have it open for writing alone, so it is opened anew. */
static bool
take_file (const char *path,
           const char *disk,
           const char *key)
{
  static char chunk[1 << 20];  /* under the mutex */
  long from = syscall (SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0);
  long to = begin (disk, key);
  long length = -1;

  while (from >= 0 && to >= 0 && (length = syscall (SYS_read, from, chunk, sizeof chunk)) > 0)
    if (!write_whole (to, chunk, (size_t) length))
      length = -1;
  syscall (SYS_close, from);
  return length == 0 && end (to, disk, key);
}

static bool
take_names (const char *path,
            const char *disk,
            const char *key)
{
  DIR *dir = opendir (path);
  long to = begin (disk, key);
  struct dirent *entry;
  bool good = dir != NULL && to >= 0;

  while (good && (entry = readdir (dir)) != NULL)
    {
      char child[KEY_SIZE], line[PATH_SIZE];
      mode_t mode;

      if (strcmp (entry->d_name, ".") == 0 || strcmp (entry->d_name, "..") == 0)
        continue;
      if (!make_key (dirfd (dir), entry->d_name, AT_SYMLINK_NOFOLLOW, child, &mode))
        continue;              /* it went away meanwhile */
      snprintf (line, sizeof line, "%c %s %s\n", S_ISDIR (mode) ? 'd' : 'f', child, entry->d_name);
      good = write_whole (to, line, strlen (line));
    }
  if (dir != NULL)
    closedir (dir);
  return good && end (to, disk, key);
}

static bool
take_tree (const char *path,
           const char *disk,
           bool        contents)
{
  char key[KEY_SIZE];
  struct dirent *entry;
  mode_t mode;
  bool good;
  DIR *dir;

  if (!make_key (AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, key, &mode))
    return true;               /* it went away meanwhile */
  /* (another thread may rename it while it is read) */
  if (S_ISREG (mode))
    return !contents || take_file (path, disk, key)
           || !make_key (AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, key, &mode);
  if (!S_ISDIR (mode))
    return true;
  good = take_names (path, disk, key);
  dir = opendir (path);
  while (good && dir != NULL && (entry = readdir (dir)) != NULL)
    {
      char child[PATH_SIZE];

      if (strcmp (entry->d_name, ".") == 0 || strcmp (entry->d_name, "..") == 0)
        continue;
      snprintf (child, sizeof child, "%s/%s", path, entry->d_name);
      good = take_tree (child, disk, contents);
    }
  if (dir != NULL)
    closedir (dir);
  return good;
}

static void
give_up (void)
{
  static const char words[] = "power-cut: the disk cannot be kept\n";

  syscall (SYS_write, STDERR_FILENO, words, sizeof words - 1);
  abort ();
}

/* Takes in what a program wants to be on the disk. Returns false when there is no such disk, so
 * that the system is to do it; a disk that cannot be kept ends the program. */
bool
chaos_disk_sync (int fd)
{
  const char *disk = getenv ("YEJI_CHAOS_DISK");
  const char *root = getenv ("YEJI_CHAOS_ROOT");
  const char *names = getenv ("YEJI_CHAOS_NAMES");
  char key[KEY_SIZE], path[64];
  mode_t mode;
  bool good;

  if (disk == NULL || root == NULL)
    return false;
  snprintf (path, sizeof path, "/proc/self/fd/%d", fd);
  pthread_mutex_lock (&mutex);
  good = make_key (fd, "", AT_EMPTY_PATH, key, &mode)
    && (S_ISDIR (mode) ? take_names (path, disk, key) : take_file (path, disk, key))
    && (names == NULL || take_tree (root, disk, false));
  pthread_mutex_unlock (&mutex);
  if (!good)
    give_up ();
  return true;
}

/* Takes in all that there is, as chaos_disk_sync() does with one file. */
bool
chaos_disk_sync_all (void)
{
  const char *disk = getenv ("YEJI_CHAOS_DISK");
  const char *root = getenv ("YEJI_CHAOS_ROOT");
  bool good;

  if (disk == NULL || root == NULL)
    return false;
  pthread_mutex_lock (&mutex);
  good = take_tree (root, disk, true);
  pthread_mutex_unlock (&mutex);
  if (!good)
    give_up ();
  return true;
}

/* Takes in all that is there, as after a start of the machine. For the test itself. */
int
chaos_disk_take (const char *path,
                 const char *disk)
{
  bool good;

  pthread_mutex_lock (&mutex);
  good = take_tree (path, disk, true);
  pthread_mutex_unlock (&mutex);
  return good ? 0 : -1;
}

int
chaos_disk_find_key (const char *path,
                     char       *key,
                     size_t      size)
{
  char found[KEY_SIZE];
  mode_t mode;

  if (!make_key (AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, found, &mode))
    return -1;
  snprintf (key, size, "%s", found);
  return 0;
}
