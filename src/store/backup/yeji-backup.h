// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store-vault.h"

G_BEGIN_DECLS

/* Copies of a profile's database in `PROFILE/backups/`, each a whole SQLite file by itself, whose
 * personal numbers are sealed as in the profile. They hold no documents: those are never changed,
 * and lie in the profile once. */

#define YEJI_BACKUP_ERROR (yeji_backup_error_quark ())

/**
 * YejiBackupError:
 * @YEJI_BACKUP_ERROR_NOT_FOUND: there is no such file
 * @YEJI_BACKUP_ERROR_FORMAT: the file is none of ours, or cut off, damaged or hostile
 * @YEJI_BACKUP_ERROR_NEWER: the file was made by a newer version of the program
 * @YEJI_BACKUP_ERROR_EXISTS: there is something already where the file or profile shall go
 * @YEJI_BACKUP_ERROR_FULL: there is no room for it on the disk
 * @YEJI_BACKUP_ERROR_FILE: a file cannot be read, written, synced or renamed
 * @YEJI_BACKUP_ERROR_DIFFERS: what was written is not what was to be written; it was thrown away
 */
typedef enum
{
  YEJI_BACKUP_ERROR_NOT_FOUND,
  YEJI_BACKUP_ERROR_FORMAT,
  YEJI_BACKUP_ERROR_NEWER,
  YEJI_BACKUP_ERROR_EXISTS,
  YEJI_BACKUP_ERROR_FULL,
  YEJI_BACKUP_ERROR_FILE,
  YEJI_BACKUP_ERROR_DIFFERS,
} YejiBackupError;

/**
 * YejiBackupKind:
 * @YEJI_BACKUP_DAILY: made by itself, `daily-2026-11-22T094500Z.sqlite`
 * @YEJI_BACKUP_MANUAL: the clerk wished it, `manual-...`
 * @YEJI_BACKUP_BEFORE_VERSION: the state before a new version of the program changed the schema,
 *     `before-version-3-...`, where 3 is the number of the old schema
 * @YEJI_BACKUP_BEFORE_RESTORE: the state that a restored backup took the place of,
 *     `before-restore-...`
 *
 * How a backup came to be. Of the daily ones the newest of each of the last 7 days, 4 weeks and 6
 * months that have one are kept, of each other kind the last 3 and all of the last 30 days. Those
 * that the clock puts into the future are neither counted nor deleted, nor is the one that was just
 * made.
 */
typedef enum
{
  YEJI_BACKUP_DAILY,
  YEJI_BACKUP_MANUAL,
  YEJI_BACKUP_BEFORE_VERSION,
  YEJI_BACKUP_BEFORE_RESTORE,
} YejiBackupKind;

/**
 * YejiBackup:
 * @path: where it is
 * @name: the file's name, by which `yeji restore` takes it
 * @kind: how it came to be
 * @at: when it was made, RFC 3339 in UTC with seconds
 * @size: in bytes
 * @version: the schema's, 0 until yeji_backup_check()
 * @n_records: records outside the bin, 0 until yeji_backup_check()
 *
 * One backup of a list.
 */
typedef struct
{
  char *path;
  char *name;
  YejiBackupKind kind;
  char *at;
  gint64 size;
  guint version;
  guint n_records;
} YejiBackup;

/**
 * YejiBackupReport:
 * @n_before: records outside the bin in the profile as it was; 0 when its database was not there or
 *     could not be read
 * @n_after: those in what took its place
 * @kept_as: (nullable): the path of the database that was replaced; %NULL when there was none
 * @missing: (element-type utf8): the file names of documents that the restored records name and
 *     that are not in the profile, sorted
 *
 * What restoring did.
 */
typedef struct
{
  guint n_before;
  guint n_after;
  char *kept_as;
  GPtrArray *missing;
} YejiBackupReport;

/**
 * YejiBackupProgressFunc:
 * @done: bytes so far
 * @total: bytes in all, never 0
 *
 * Told now and then, on the thread that works.
 */
typedef void (*YejiBackupProgressFunc) (guint64  done,
                                        guint64  total,
                                        gpointer data);

GQuark      yeji_backup_error_quark       (void);
const char *yeji_backup_kind_to_text      (YejiBackupKind         kind);
void        yeji_backup_free              (YejiBackup            *self);
void        yeji_backup_report_free       (YejiBackupReport      *self);

/* Of a profile's directory, which may be open in any process or be damaged. Blocking. */
GPtrArray  *yeji_backup_list              (const char            *directory,
                                           GError               **error);
gboolean    yeji_backup_check             (YejiBackup            *self,
                                           GError               **error);
YejiBackup *yeji_backup_find_good         (const char            *directory,
                                           GError               **error);
GHashTable *yeji_backup_collect_documents (const char            *directory,
                                           GError               **error);
char       *yeji_backup_make_path         (const char            *directory,
                                           YejiBackupKind         kind,
                                           guint                  version,
                                           GError               **error);

/* Of an open profile: from any thread but the database's; saves go on meanwhile. */
char       *yeji_store_backup             (YejiStore             *store,
                                           YejiBackupKind         kind,
                                           GCancellable          *cancellable,
                                           GError               **error);
void        yeji_store_backup_async       (YejiStore             *store,
                                           YejiBackupKind         kind,
                                           GCancellable          *cancellable,
                                           GAsyncReadyCallback    callback,
                                           gpointer               user_data);
char       *yeji_store_backup_finish      (YejiStore             *store,
                                           GAsyncResult          *result,
                                           GError               **error);
gboolean    yeji_store_backup_if_due      (YejiStore             *store,
                                           GCancellable          *cancellable,
                                           char                 **path,
                                           GError               **error);

/* Of a closed profile. Blocking. */
gboolean    yeji_backup_restore           (const char            *directory,
                                           const char            *path,
                                           YejiDictionary        *dictionary,
                                           YejiBackupReport     **report,
                                           GError               **error);
gboolean    yeji_backup_restore_with_key  (const char            *directory,
                                           const char            *path,
                                           YejiDictionary        *dictionary,
                                           YejiStoreKey           kind,
                                           const char            *secret,
                                           YejiBackupReport     **report,
                                           GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiBackup, yeji_backup_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiBackupReport, yeji_backup_report_free)

G_END_DECLS
