// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-profile.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *yeji_profile_row_new   (YejiProfile  *profile,
                                   guint         index,
                                   const char   *today,
                                   gboolean      here);
char      *yeji_profile_dup_name  (YejiProfile  *profile);
char      *yeji_holder_to_text    (const char   *holder);

G_END_DECLS
