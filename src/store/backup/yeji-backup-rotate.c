// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-backup"

#include "config.h"

#include "yeji-backup-private.h"

#include "yeji-platform.h"

/* Of those that somebody wished, or that hold what somebody turned away from. */
#define N_OTHERS 3
#define OTHERS_DAYS 30

/* A clock that was put right by less is no clock that was wrong. */
#define FUTURE_SECONDS (24 * 60 * 60)

/* Of the daily ones the newest of each of the last spans that have one. */
static const struct
{
  const char *format;          /* of g_date_time_format() */
  guint n_kept;
} spans[] = {
  { "%Y-%m-%d", 7 },
  { "%G-%V",    4 },
  { "%Y-%m",    6 },
};

static gboolean
is_in_future (const YejiBackup *backup,
              GDateTime        *now)
{
  g_autoptr (GDateTime) time = yeji_backup_read_time (backup);

  return g_date_time_difference (time, now) > (GTimeSpan) FUTURE_SECONDS * G_TIME_SPAN_SECOND;
}

static void
keep_newest (GPtrArray  *backups,
             GDateTime  *now,
             GHashTable *kept)
{
  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    {
      g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      for (guint j = 0; j < backups->len && g_hash_table_size (seen) < spans[i].n_kept; j++)
        {
          YejiBackup *backup = g_ptr_array_index (backups, j);
          g_autoptr (GDateTime) time = yeji_backup_read_time (backup);

          if (backup->kind == YEJI_BACKUP_DAILY && !is_in_future (backup, now)
              && g_hash_table_add (seen, g_date_time_format (time, spans[i].format)))
            g_hash_table_add (kept, backup);
        }
    }
}

/* Who looks for the right one of many backups goes back and forth: the state before the first try
 * is the one that must still be there. */
static gboolean
is_recent (const YejiBackup *backup,
           GDateTime        *now)
{
  g_autoptr (GDateTime) time = yeji_backup_read_time (backup);

  return g_date_time_difference (now, time) < (GTimeSpan) OTHERS_DAYS * G_TIME_SPAN_DAY;
}

static void
keep_last (GPtrArray      *backups,
           YejiBackupKind  kind,
           GDateTime      *now,
           GHashTable     *kept)
{
  guint n_kept = 0;

  for (guint i = 0; i < backups->len; i++)
    {
      YejiBackup *backup = g_ptr_array_index (backups, i);

      if (backup->kind == kind && !is_in_future (backup, now)
          && (n_kept < N_OTHERS || is_recent (backup, now)))
        {
          g_hash_table_add (kept, backup);
          n_kept++;
        }
    }
}

/**
 * yeji_backup_select_old: (skip)
 * @backups: (element-type YejiBackup): the newest first
 * @kept: (nullable): the name of one that is kept in any case
 *
 * Returns: (transfer container) (element-type YejiBackup): those that #YejiBackupKind does not keep
 */
GPtrArray *
yeji_backup_select_old (GPtrArray   *backups,
                        const char  *kept,
                        GDateTime   *now)
{
  static const YejiBackupKind others[] = {
    YEJI_BACKUP_MANUAL, YEJI_BACKUP_BEFORE_VERSION, YEJI_BACKUP_BEFORE_RESTORE,
  };
  g_autoptr (GHashTable) all_kept = g_hash_table_new (NULL, NULL);
  GPtrArray *old = g_ptr_array_new ();

  keep_newest (backups, now, all_kept);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    keep_last (backups, others[i], now, all_kept);
  for (guint i = 0; i < backups->len; i++)
    {
      YejiBackup *backup = g_ptr_array_index (backups, i);

      if (!g_hash_table_contains (all_kept, backup) && !is_in_future (backup, now)
          && g_strcmp0 (backup->name, kept) != 0)
        g_ptr_array_add (old, backup);
    }
  return old;
}

/**
 * yeji_backup_rotate: (skip)
 * @kept: (nullable): the name of the one that was just made
 *
 * Removes old backups. What cannot be removed stays and is tried again the next time.
 */
void
yeji_backup_rotate (const char  *directory,
                    const char  *kept,
                    GDateTime   *now)
{
  g_autoptr (GPtrArray) backups = yeji_backup_list (directory, NULL);
  g_autoptr (GPtrArray) old = NULL;

  if (backups == NULL)
    return;
  old = yeji_backup_select_old (backups, kept, now);
  for (guint i = 0; i < old->len; i++)
    {
      const YejiBackup *backup = g_ptr_array_index (old, i);

      if (yeji_platform_remove (backup->path) != 0)
        g_message ("%s cannot be removed", backup->path);
    }
}
