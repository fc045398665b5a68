// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* What goes wrong, by a file that may change while the program runs:
 *
 *     CALLS ACTION FIRST LAST [PART]
 *
 * CALLS are letters of ChaosCall, FIRST and LAST count such calls from 1, or from when the file
 * was changed; with PART, those alone on a file in whose path that stands. ACTION is
 * `error=ERRNO`, `delay=MILLISECONDS`, `kill` (before the call) or `tear` (a write is half done,
 * then killed). The first hit leaves FILE.hit. */

#include "chaos.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static char last_text[128];
static long count;

/* Past our own interception. Returns whether there is anything to read. */
static bool
read_file (const char *path,
           char       *text,
           size_t      size)
{
  long fd, length;

  text[0] = '\0';
  if (path == NULL)
    return false;
  fd = syscall (SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0);
  if (fd < 0)
    return false;
  length = syscall (SYS_read, fd, text, size - 1);
  syscall (SYS_close, fd);
  text[length > 0 ? length : 0] = '\0';
  return length > 0;
}

static void
note_hit (const char *path,
          long        number)
{
  char name[4096], text[32];
  long fd;

  snprintf (name, sizeof name, "%s.hit", path);
  fd = syscall (SYS_openat, AT_FDCWD, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0)
    return;
  snprintf (text, sizeof text, "%ld\n", number);
  syscall (SYS_write, fd, text, strlen (text));
  syscall (SYS_close, fd);
}

/* Counts a call; returns whether it is one of those that are hit. */
static bool
take_number (ChaosCall   call,
             const char *name,
             const char *path,
             char       *action,
             size_t      size)
{
  char text[128], calls[16], what[32], part[64] = "";
  long first, last, number;

  if (!read_file (path, text, sizeof text)
      || sscanf (text, "%15s %31s %ld %ld %63s", calls, what, &first, &last, part) < 4
      || strchr (calls, call) == NULL || strstr (name, part) == NULL)
    return false;

  pthread_mutex_lock (&mutex);
  if (strcmp (text, last_text) != 0)
    {
      strcpy (last_text, text);
      count = 0;
    }
  number = ++count;
  pthread_mutex_unlock (&mutex);

  snprintf (action, size, "%s", what);
  if (number < first || number > last)
    return false;
  note_hit (path, number);
  return true;
}

void
chaos_die (void)
{
  syscall (SYS_kill, getpid (), SIGKILL);
  for (;;)
    pause ();
}

/* Counts a call on a file and says what becomes of it; a delay has passed when this returns. */
ChaosFate
chaos_meet (ChaosCall   call,
            const char *name)
{
  const char *path = getenv ("YEJI_CHAOS_FAULT");
  char action[32];
  int number;

  if (path == NULL || !take_number (call, name, path, action, sizeof action))
    return CHAOS_GO_ON;
  if (strcmp (action, "kill") == 0)
    chaos_die ();
  if (strcmp (action, "tear") == 0)
    return CHAOS_TEAR;
  if (sscanf (action, "delay=%d", &number) == 1)
    {
      struct timespec time = { number / 1000, (number % 1000) * 1000000L };

      nanosleep (&time, NULL);
      return CHAOS_GO_ON;
    }
  if (sscanf (action, "error=%d", &number) == 1)
    {
      errno = number;
      return CHAOS_FAIL;
    }
  return CHAOS_GO_ON;
}

/* By how many seconds the wall clock is wrong. */
long long
chaos_get_clock_error (void)
{
  char text[32];
  int saved = errno;
  long long seconds = 0;

  if (read_file (getenv ("YEJI_CHAOS_CLOCK"), text, sizeof text))
    seconds = atoll (text);
  errno = saved;
  return seconds;
}
