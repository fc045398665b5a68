// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-editor.h"
#include "yeji-record-list.h"
#include "yeji-status-bar.h"
#include "yeji-sync-engine.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define YEJI_TYPE_WINDOW (yeji_window_get_type ())

G_DECLARE_FINAL_TYPE (YejiWindow, yeji_window, YEJI, WINDOW, AdwApplicationWindow)

GtkWidget      *yeji_window_new            (GtkApplication *application,
                                            YejiStore      *store,
                                            YejiSyncEngine *engine);
void            yeji_window_set_profile    (YejiWindow     *self,
                                            YejiStore      *store,
                                            YejiSyncEngine *engine);
void            yeji_window_open_record    (YejiWindow     *self,
                                            const char     *uuid);
void            yeji_window_show_list      (YejiWindow     *self);
YejiDraft      *yeji_window_get_draft      (YejiWindow     *self);
YejiEditor     *yeji_window_get_editor     (YejiWindow     *self);
YejiRecordList *yeji_window_get_list       (YejiWindow     *self);
YejiStatusBar  *yeji_window_get_status_bar (YejiWindow     *self);
GList          *yeji_window_list_keepers   (YejiWindow     *self);
YejiStore      *yeji_window_get_store      (YejiWindow     *self);
YejiSyncEngine *yeji_window_get_engine     (YejiWindow     *self);
AdwToastOverlay *yeji_window_get_toasts    (YejiWindow     *self);
void            yeji_window_say            (YejiWindow     *self,
                                            const char     *text);
void            yeji_window_say_error      (YejiWindow     *self,
                                            const GError   *error);

G_END_DECLS
