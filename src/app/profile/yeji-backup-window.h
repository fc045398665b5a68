// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-backup.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The backups of a profile: makes one, saves everything as one file, takes one back. Signal
 * "restore" (const char *path): the clerk has confirmed that the profile shall go back to it. */
#define YEJI_TYPE_BACKUP_WINDOW (yeji_backup_window_get_type ())

G_DECLARE_FINAL_TYPE (YejiBackupWindow, yeji_backup_window, YEJI, BACKUP_WINDOW, AdwWindow)

GtkWidget *yeji_backup_window_new       (GtkWindow         *parent,
                                         YejiStore         *store);
guint      yeji_backup_window_get_n     (YejiBackupWindow  *self);
gboolean   yeji_backup_window_is_busy   (YejiBackupWindow  *self);
void       yeji_backup_window_back_up   (YejiBackupWindow  *self);
void       yeji_backup_window_save_as   (YejiBackupWindow  *self,
                                         const char        *path);
GtkWidget *yeji_backup_window_ask       (YejiBackupWindow  *self,
                                         guint              index);

G_END_DECLS
