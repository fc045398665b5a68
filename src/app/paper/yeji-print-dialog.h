// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  YEJI_PRINT_ON_PAPER,
  YEJI_PRINT_TO_FILE,
} YejiPrintWhere;

/* @full: personal numbers are open */
typedef void (*YejiPrintAnswer) (YejiPrintWhere where,
                                 gboolean       full,
                                 gpointer       data);

GtkWidget *yeji_print_dialog_show (GtkWindow       *parent,
                                   guint            n_records,
                                   YejiPrintAnswer  answer,
                                   gpointer         data,
                                   GDestroyNotify   free_data);

G_END_DECLS
