// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <stdbool.h>
#include <stddef.h>

/* What the environment says. All of it counts for what lies under the root alone.
 *   YEJI_CHAOS_ROOT   a folder, absolute
 *   YEJI_CHAOS_FAULT  a file that says what goes wrong: faults.c
 *   YEJI_CHAOS_DISK   a folder for what is on the disk: power-cut.c
 *   YEJI_CHAOS_NAMES  "ext4": a file's sync takes every name along
 *   YEJI_CHAOS_CLOCK  a file with the seconds by which the wall clock is wrong */

/* Kinds of calls, as a fault names them. */
typedef enum
{
  CHAOS_WRITE = 'w',           /* content, length */
  CHAOS_SYNC = 's',
  CHAOS_READ = 'r',
  CHAOS_NAME = 'n',            /* rename, unlink, mkdir, rmdir */
  CHAOS_OPEN = 'o',            /* for writing */
} ChaosCall;

typedef enum
{
  CHAOS_GO_ON,
  CHAOS_FAIL,                  /* errno says how */
  CHAOS_TEAR,                  /* write a half, then die */
} ChaosFate;

/* intercept.c */
bool chaos_is_below_root (const char *path);

/* faults.c */
ChaosFate chaos_meet (ChaosCall call, const char *name);
void chaos_die (void);
long long chaos_get_clock_error (void);

/* power-cut.c */
bool chaos_disk_sync (int fd);
bool chaos_disk_sync_all (void);
int chaos_disk_take (const char *path, const char *disk);
int chaos_disk_find_key (const char *path, char *key, size_t size);
