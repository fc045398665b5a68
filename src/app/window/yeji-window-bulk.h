// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-window.h"

G_BEGIN_DECLS

void     yeji_window_bulk_export  (YejiWindow         *window,
                                   const char * const *uuids,
                                   GFile              *file,
                                   guint               format);
void     yeji_window_bulk_attach  (YejiWindow         *window,
                                   const char * const *uuids,
                                   const char         *slot,
                                   GListModel         *files);
void     yeji_window_bulk_offer_take_back (AdwToastOverlay *toasts,
                                   const char         *text,
                                   const char * const *uuids);
gboolean yeji_window_bulk_is_busy (YejiWindow         *window);
void     yeji_window_bulk_install (GtkWidgetClass     *klass);

G_END_DECLS
