// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-handlers.h"

G_BEGIN_DECLS

gboolean yeji_following_note_arrival (YejiSql            *sql,
                                      YejiServerContext  *context,
                                      const char         *file,
                                      gboolean           *changed,
                                      GError            **error);
gboolean yeji_following_return_overdue (YejiSql           *sql,
                                      YejiServerContext  *context,
                                      gboolean           *changed,
                                      GError            **error);

G_END_DECLS
