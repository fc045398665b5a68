// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * YejiFileChoiceFunc:
 * @files: of #GFile
 *
 * Takes the record files that were chosen.
 */
typedef void (*YejiFileChoiceFunc) (GListModel *files,
                                    gpointer    data);

void yeji_file_choice_run (GtkWindow          *parent,
                           const char         *title,
                           gboolean            several,
                           YejiFileChoiceFunc  func,
                           gpointer            data);

G_END_DECLS
