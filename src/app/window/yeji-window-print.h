// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-paper.h"
#include "yeji-window.h"

G_BEGIN_DECLS

/* Prints a paper, or asks for a printer first; yeji_print_run() but in tests. */
typedef gboolean (*YejiWindowPrinter) (YejiPaper  *paper,
                                       GtkWindow  *parent,
                                       GError    **error);

GtkWidget *yeji_window_print_ask         (YejiWindow         *window,
                                          const char * const *uuids);
void       yeji_window_print_to_file     (YejiWindow         *window,
                                          const char * const *uuids,
                                          gboolean            full,
                                          GFile              *file);
void       yeji_window_print_on_paper    (YejiWindow         *window,
                                          const char * const *uuids,
                                          gboolean            full);
void       yeji_window_print_set_printer (YejiWindowPrinter   printer);
void       yeji_window_print_install     (GtkWidgetClass     *klass);

G_END_DECLS
