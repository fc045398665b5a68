// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-draft.h"
#include "yeji-grade-bar.h"
#include "yeji-history-page.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The editor of one record. Signal "removed" (row, index) after a row of a table was removed. */
#define YEJI_TYPE_EDITOR (yeji_editor_get_type ())

G_DECLARE_FINAL_TYPE (YejiEditor, yeji_editor, YEJI, EDITOR, AdwBin)

GtkWidget  *yeji_editor_new            (void);
void        yeji_editor_set_draft      (YejiEditor         *self,
                                        YejiDraft          *draft);
YejiDraft  *yeji_editor_get_draft      (YejiEditor         *self);
void        yeji_editor_show_section   (YejiEditor         *self,
                                        const YejiTableDef *table);
gboolean    yeji_editor_show_place     (YejiEditor         *self,
                                        const char         *table,
                                        const char         *row,
                                        const char         *field);
gboolean    yeji_editor_show_aside     (YejiEditor         *self);
void        yeji_editor_step_section   (YejiEditor         *self,
                                        int                 step);
gboolean    yeji_editor_show_issue     (YejiEditor         *self,
                                        YejiIssue          *issue);
void        yeji_editor_step_issue     (YejiEditor         *self,
                                        int                 step);
YejiHistoryPage *yeji_editor_get_history (YejiEditor       *self);
void        yeji_editor_show_pane      (YejiEditor         *self,
                                        const char         *name);
void        yeji_editor_show_documents (YejiEditor         *self,
                                        const char         *slot);
void        yeji_editor_toggle_pane    (YejiEditor         *self);
void        yeji_editor_show_grade     (YejiEditor         *self);
YejiGradeBar *yeji_editor_get_grade_bar (YejiEditor        *self);
void        yeji_editor_focus_first    (YejiEditor         *self);
void        yeji_editor_add_row        (YejiEditor         *self);
GtkWidget  *yeji_editor_get_page       (YejiEditor         *self,
                                        const YejiTableDef *table);

G_END_DECLS
