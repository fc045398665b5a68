// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

G_BEGIN_DECLS

char     *yeji_import_memory_get (YejiStore   *store,
                                  const char  *kind,
                                  GError     **error);
gboolean  yeji_import_memory_set (YejiStore   *store,
                                  const char  *kind,
                                  const char  *layout,
                                  GError     **error);

char     *yeji_import_memory_get_last (YejiStore   *store,
                                       GError     **error);
gboolean  yeji_import_memory_set_last (YejiStore   *store,
                                       const char  *batch,
                                       GError     **error);

G_END_DECLS
