// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-draft.h"

#include <adwaita.h>

G_BEGIN_DECLS

AdwToast *yeji_toast_show          (AdwToastOverlay *overlay,
                                    const char      *text);
AdwToast *yeji_toast_show_now      (AdwToastOverlay *overlay,
                                    const char      *text);
AdwToast *yeji_toast_ask           (AdwToastOverlay *overlay,
                                    const char      *text,
                                    const char      *label,
                                    const char      *action);
void      yeji_toast_say           (AdwToastOverlay *overlay,
                                    const char      *text);
AdwToast *yeji_toast_offer_undo    (AdwToastOverlay *overlay,
                                    const char      *text);

/* Undoes in another way what was not the last thing to happen. */
typedef void (*YejiToastUndo) (YejiDraft *draft,
                               gpointer   data);

void      yeji_toast_show_step     (AdwToastOverlay *overlay,
                                    YejiDraft       *draft,
                                    const char      *text,
                                    YejiToastUndo    undo,
                                    gpointer         data,
                                    GDestroyNotify   destroy);
void      yeji_toast_say_step      (AdwToastOverlay *overlay,
                                    const char      *text);
void      yeji_toast_show_edits    (AdwToastOverlay *overlay,
                                    YejiDraft       *draft,
                                    GPtrArray       *edits);
void      yeji_toast_forget_edits  (AdwToastOverlay *overlay);

G_END_DECLS
