// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-paste-plan.h"

#include <adwaita.h>

G_BEGIN_DECLS

typedef enum
{
  YEJI_PASTE_CANCEL,
  YEJI_PASTE_TAKE_FITTING,
  YEJI_PASTE_TAKE_ALL,
} YejiPasteResponse;

/* Shows what does not fit of a table that is pasted, and asks what shall become of it. Signal
 * "response" (YejiPasteResponse), once, before it closes. */
#define YEJI_TYPE_PASTE_DIALOG (yeji_paste_dialog_get_type ())

G_DECLARE_FINAL_TYPE (YejiPasteDialog, yeji_paste_dialog, YEJI, PASTE_DIALOG, AdwWindow)

GtkWidget  *yeji_paste_dialog_new       (GtkWindow           *parent,
                                         const YejiPastePlan *plan);
void        yeji_paste_dialog_respond   (YejiPasteDialog     *self,
                                         YejiPasteResponse    response);
const char *yeji_paste_trouble_to_text  (YejiPasteTrouble     trouble);

G_END_DECLS
