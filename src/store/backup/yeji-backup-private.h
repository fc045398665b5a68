// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-backup.h"
#include "yeji-db.h"

G_BEGIN_DECLS

/* In the profile's directory: where the copy of a backup becomes a profile by itself, before it
 * takes the place of the present database. What a kill left of it is removed by the next restoring,
 * or when the next daily backup is thought of. */
#define YEJI_BACKUP_WORK_FOLDER "restoring"

/* Told at each step of work that may be cut off; for tests, which look at what lies on the disk. */
typedef void (*YejiBackupStepFunc) (const char *step,
                                    gpointer    data);

/* The copy of the database that a bundle is written from, in the folder of the backups. */
#define YEJI_BUNDLE_COPY_PREFIX "bundle-"

/* yeji-backup-files.c */
void       yeji_backup_set_step_func  (YejiBackupStepFunc   func,
                                       gpointer             data);
void       yeji_backup_step           (const char          *step);
gboolean   yeji_backup_take_db_error  (GError              *db_error,
                                       GError             **error);
void       yeji_backup_remove_tree    (const char          *path);
gboolean   yeji_backup_sync_path      (const char          *path,
                                       GError             **error);
gboolean   yeji_backup_require_room   (const char          *folder,
                                       guint64              n_bytes,
                                       GError             **error);
gboolean   yeji_backup_has_tray       (YejiSql             *sql,
                                       gboolean            *has,
                                       GError             **error);
GPtrArray *yeji_backup_find_missing   (YejiSql             *sql,
                                       const char          *directory,
                                       GError             **error);

/* yeji-backup.c */
char      *yeji_backup_get_folder     (const char          *directory);
gboolean   yeji_backup_make_folder    (const char          *directory,
                                       GError             **error);
char      *yeji_backup_make_path_at   (const char          *directory,
                                       YejiBackupKind       kind,
                                       guint                version,
                                       GDateTime           *now,
                                       GError             **error);
YejiBackup *yeji_backup_new_for_path  (const char          *path);
GDateTime *yeji_backup_read_time      (const YejiBackup    *self);
char      *yeji_backup_get_day        (const YejiBackup    *self);
gboolean   yeji_backup_count_records  (YejiSql             *sql,
                                       guint               *n_records,
                                       GError             **error);

/* yeji-backup-rotate.c */
GPtrArray *yeji_backup_select_old     (GPtrArray           *backups,
                                       const char          *kept,
                                       GDateTime           *now);
void       yeji_backup_rotate         (const char          *directory,
                                       const char          *kept,
                                       GDateTime           *now);

/* yeji-backup-copy.c */
gboolean   yeji_backup_copy_database  (const char          *directory,
                                       const char          *path,
                                       GCancellable        *cancellable,
                                       GError             **error);

/* yeji-backup-make.c */
void       yeji_backup_clean          (const char          *directory);
char      *yeji_backup_make           (const char          *directory,
                                       YejiBackupKind       kind,
                                       GDateTime           *now,
                                       GCancellable        *cancellable,
                                       GError             **error);
gboolean   yeji_store_backup_if_due_at (YejiStore          *store,
                                       GDateTime           *now,
                                       GCancellable        *cancellable,
                                       char               **path,
                                       GError             **error);

/* yeji-backup-schema.c */
gboolean   yeji_backup_require_schema (const char          *path,
                                       const char          *scratch,
                                       GError             **error);

G_END_DECLS
