// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Files that were dropped; @uuid is of the record that they were dropped onto, %NULL for none. */
typedef void (*YejiRecordDropFunc) (GListModel *files,
                                    const char *uuid,
                                    gpointer    data);

void yeji_record_drop_add_list (GtkWidget          *list,
                                YejiRecordDropFunc  func,
                                gpointer            data);
void yeji_record_drop_add      (GtkWidget          *widget,
                                YejiRecordDropFunc  func,
                                gpointer            data);

G_END_DECLS
