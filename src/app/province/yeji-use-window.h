// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-sync-engine.h"
#include "yeji-use-choice.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Qualification lists: which approved records an application carries, and what they add up to. */
#define YEJI_TYPE_USE_WINDOW (yeji_use_window_get_type ())

G_DECLARE_FINAL_TYPE (YejiUseWindow, yeji_use_window, YEJI, USE_WINDOW, AdwWindow)

GtkWidget           *yeji_use_window_new        (GtkWindow      *parent,
                                                 YejiStore      *store,
                                                 YejiSyncEngine *engine);
gboolean             yeji_use_window_is_settled (YejiUseWindow  *self);
void                 yeji_use_window_show_list  (YejiUseWindow  *self,
                                                 const char     *id);
const YejiUseList   *yeji_use_window_get_list   (YejiUseWindow  *self);
const YejiUseChoice *yeji_use_window_get_choice (YejiUseWindow  *self);
GListModel          *yeji_use_window_get_items  (YejiUseWindow  *self);
AdwToastOverlay     *yeji_use_window_get_toasts (YejiUseWindow  *self);

/* yeji-use-give.c */
void                 yeji_use_give_install      (GtkWidgetClass *klass);

G_END_DECLS
