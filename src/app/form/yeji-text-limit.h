// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void  yeji_text_limit_set  (GtkTextBuffer *buffer,
                            guint          most);
char *yeji_text_limit_line (const char    *text);

G_END_DECLS
