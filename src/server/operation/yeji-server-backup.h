// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Beside the copy of the database: the documents, and the province's own settings and keys. */
#define YEJI_SERVER_BACKUP_FILES ".files"

gboolean yeji_server_backup_make    (const char  *data_dir,
                                     const char  *path,
                                     guint       *n_documents,
                                     GError     **error);
gboolean yeji_server_backup_restore (const char  *data_dir,
                                     const char  *path,
                                     char       **aside,
                                     GError     **error);

/* yeji-server-backup-command.c */
int      yeji_server_backup_command (const char  *data_dir,
                                     GStrv        arguments);
int      yeji_server_restore_command (const char *data_dir,
                                     GStrv        arguments);

G_END_DECLS
