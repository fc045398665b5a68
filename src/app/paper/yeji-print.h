// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gtk/gtk.h>

#include "yeji-paper.h"

G_BEGIN_DECLS

GtkPrintOperation *yeji_print_operation_new (YejiPaper   *paper);
gboolean           yeji_print_run           (YejiPaper   *paper,
                                             GtkWindow   *parent,
                                             GError     **error);

G_END_DECLS
