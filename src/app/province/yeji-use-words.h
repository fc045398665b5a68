// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-use-choice.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

char      *yeji_use_list_describe   (const YejiUseList   *list);
char      *yeji_use_list_warn       (const YejiUseList   *list);
GtkWidget *yeji_use_list_make_row   (const YejiUseList   *list);
void       yeji_use_totals_fill     (GtkListBox          *box,
                                     const YejiUseChoice *choice,
                                     const YejiUseList   *list);
char      *yeji_use_choice_warn_twice (const YejiUseChoice *choice,
                                     const YejiUseList   *list);

G_END_DECLS
