// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-handlers.h"

G_BEGIN_DECLS

YejiResponse *yeji_web_page     (YejiRequest *request,
                                 guint        status,
                                 char        *html);
gboolean      yeji_web_is_asset (const char  *name);

G_END_DECLS
