// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

G_BEGIN_DECLS

gboolean   yeji_store_note_check     (YejiStore        *self,
                                      YejiRecord       *record,
                                      const YejiFacts  *facts,
                                      GError          **error);
gboolean   yeji_store_note_checks    (YejiStore        *self,
                                      GPtrArray        *records,
                                      GPtrArray        *facts,
                                      gboolean          tell,
                                      GError          **error);
GPtrArray *yeji_store_list_unchecked (YejiStore        *self,
                                      char            **cursor,
                                      guint             n,
                                      GError          **error);

G_END_DECLS
