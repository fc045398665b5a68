// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

G_BEGIN_DECLS

gboolean yeji_store_begin_sending (YejiStore   *self,
                                   const char  *uuid,
                                   gint64       seq,
                                   GError     **error);
gboolean yeji_store_take_back     (YejiStore   *self,
                                   const char  *uuid,
                                   gboolean    *taken,
                                   GError     **error);

G_END_DECLS
