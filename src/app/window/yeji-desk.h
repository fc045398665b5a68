// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-dictionary-bar.h"
#include "yeji-program-bar.h"
#include "yeji-editor.h"
#include "yeji-record-list.h"
#include "yeji-status-bar.h"

G_BEGIN_DECLS

/* What a window shows of its profile: the list or the editor, with a bar above and one below. The
 * editor is made when it is wanted first. Signals "opened" (const char *uuid) when a record of the
 * list was chosen, and "editor-made". */
#define YEJI_TYPE_DESK (yeji_desk_get_type ())

G_DECLARE_FINAL_TYPE (YejiDesk, yeji_desk, YEJI, DESK, AdwBin)

GtkWidget         *yeji_desk_new                (void);
void               yeji_desk_add_bar            (YejiDesk *self,
                                                 GtkWidget *bar);
void               yeji_desk_show_list          (YejiDesk *self);
void               yeji_desk_show_editor        (YejiDesk *self);
gboolean           yeji_desk_has_editor         (YejiDesk *self);
YejiEditor        *yeji_desk_get_editor         (YejiDesk *self);
YejiRecordList    *yeji_desk_get_list           (YejiDesk *self);
YejiStatusBar     *yeji_desk_get_status_bar     (YejiDesk *self);
YejiDictionaryBar *yeji_desk_get_dictionary_bar (YejiDesk *self);
YejiProgramBar    *yeji_desk_get_program_bar    (YejiDesk *self);
AdwToastOverlay   *yeji_desk_get_toasts         (YejiDesk *self);

G_END_DECLS
