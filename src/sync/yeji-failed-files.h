// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-transfer-store.h"

G_BEGIN_DECLS

gboolean yeji_failed_files_check (YejiStore   *store,
                                  const char  *record,
                                  GPtrArray   *missing,
                                  gboolean    *all_sent,
                                  GError     **error);
void     yeji_failed_files_note  (YejiStore   *store,
                                  const char  *record);

G_END_DECLS
