// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-intake-row.h"
#include "yeji-intake-side.h"
#include "yeji-intake-tree.h"
#include "yeji-intake-window.h"

G_BEGIN_DECLS

/* What the files of the window share. */
YejiStore      *yeji_intake_window_get_store    (YejiIntakeWindow *self);
YejiExaminer   *yeji_intake_window_get_examiner (YejiIntakeWindow *self);
YejiIntakeTree *yeji_intake_window_get_tree     (YejiIntakeWindow *self);
YejiIntakeSide *yeji_intake_window_get_side     (YejiIntakeWindow *self);
void            yeji_intake_window_grab         (YejiIntakeWindow *self);
guint           yeji_intake_window_get_position (YejiIntakeWindow *self);
void            yeji_intake_window_go_to        (YejiIntakeWindow *self,
                                                 guint             position);
gboolean        yeji_intake_window_leave_list   (YejiIntakeWindow *self,
                                                 gboolean          back);
void            yeji_intake_window_say          (YejiIntakeWindow *self,
                                                 const char       *words);
GPtrArray      *yeji_intake_window_dup_dragged  (YejiIntakeWindow *self,
                                                 YejiIntakeItem   *item);

/* yeji-intake-edits.c */
void            yeji_intake_edits_install       (GtkWidgetClass   *klass);
void            yeji_intake_edits_update        (YejiIntakeWindow *self,
                                                 GPtrArray        *items);
gboolean        yeji_intake_edits_ask_close     (YejiIntakeWindow *self);
void            yeji_intake_edits_place         (YejiIntakeWindow *self,
                                                 GPtrArray        *items,
                                                 const char       *uuid,
                                                 const char       *slot);
void            yeji_intake_edits_set_record    (YejiIntakeWindow *self,
                                                 GPtrArray        *items,
                                                 const char       *uuid);
void            yeji_intake_edits_choose        (YejiIntakeWindow *self);

/* yeji-intake-list.c */
void            yeji_intake_list_prepare        (YejiIntakeWindow *self,
                                                 GtkListView      *list,
                                                 GtkBox           *titles);

/* yeji-intake-drag.c */
void            yeji_intake_drag_add            (YejiIntakeWindow *self,
                                                 YejiIntakeRow    *row);

G_END_DECLS
