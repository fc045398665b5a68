// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-intake-plan.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * YejiIntakeManner:
 * @YEJI_INTAKE_SHOWN: the plan is shown before anything is done
 * @YEJI_INTAKE_QUICK: a few files whose record and kind the clerk has named are taken at once when
 *     nothing is wrong with them; else the plan is shown
 */
typedef enum
{
  YEJI_INTAKE_SHOWN,
  YEJI_INTAKE_QUICK,
} YejiIntakeManner;

void          yeji_intake_start          (GtkWidget        *widget,
                                          YejiStore        *store,
                                          GFile * const    *roots,
                                          guint             n_roots,
                                          const char       *uuid,
                                          const char       *slot,
                                          YejiIntakeManner  manner);
void          yeji_intake_start_list     (GtkWidget        *widget,
                                          YejiStore        *store,
                                          GListModel       *files,
                                          const char       *uuid,
                                          const char       *slot,
                                          YejiIntakeManner  manner);
void          yeji_intake_start_picture  (GtkWidget        *widget,
                                          YejiStore        *store,
                                          GdkTexture       *picture,
                                          const char       *uuid,
                                          const char       *slot);
void          yeji_intake_say_taken      (GtkWidget        *widget,
                                          YejiStore        *store,
                                          const YejiTaken  *taken);
void          yeji_intake_undo           (GtkWidget        *widget,
                                          YejiStore        *store,
                                          const char       *batch);
YejiExaminer *yeji_intake_new_examiner   (YejiStore        *store);
void          yeji_intake_close_examiner (YejiExaminer     *examiner);

G_END_DECLS
