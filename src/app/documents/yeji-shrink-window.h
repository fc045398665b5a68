// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-examiner.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A document beside what it would be with fewer bytes, both as large as the scan is. Signal
 * "chosen" (GFile *smaller, YejiFindings *findings) when that is to be used instead; the file goes
 * with the object, see yeji_scratch_new(). */
#define YEJI_TYPE_SHRINK_WINDOW (yeji_shrink_window_get_type ())

G_DECLARE_FINAL_TYPE (YejiShrinkWindow, yeji_shrink_window, YEJI, SHRINK_WINDOW, AdwWindow)

GtkWidget *yeji_shrink_window_new (GtkWindow    *parent,
                                   YejiExaminer *examiner,
                                   GFile        *file,
                                   const char   *name,
                                   int           rotation,
                                   gint64        limit,
                                   gint64        most);

G_END_DECLS
