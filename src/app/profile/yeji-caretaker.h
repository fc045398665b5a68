// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is done for a profile behind the clerk's back, from the first frame of its window until this
 * object goes. */
#define YEJI_TYPE_CARETAKER (yeji_caretaker_get_type ())

G_DECLARE_FINAL_TYPE (YejiCaretaker, yeji_caretaker, YEJI, CARETAKER, GObject)

YejiCaretaker *yeji_caretaker_new (GtkWindow *window,
                                   YejiStore *store);

G_END_DECLS
