// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-draft.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *yeji_issue_row_new       (YejiIssue     *issue,
                                     YejiDraft     *draft,
                                     gboolean       wide);
GtkWidget *yeji_issue_row_new_empty (YejiIssue     *issue);
void       yeji_issue_row_fill      (GtkListBoxRow *row,
                                     YejiDraft     *draft,
                                     gboolean       wide);
YejiIssue *yeji_issue_row_get_issue (GtkListBoxRow *row);

G_END_DECLS
