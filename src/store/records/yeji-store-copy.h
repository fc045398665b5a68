// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-record-copy.h"
#include "yeji-store.h"

G_BEGIN_DECLS

char         *yeji_store_copy_record     (YejiStore    *self,
                                          const char   *uuid,
                                          GError      **error);
YejiCopyNote *yeji_store_get_copy_note   (YejiStore    *self,
                                          const char   *uuid,
                                          GError      **error);
gboolean      yeji_store_close_copy_note (YejiStore    *self,
                                          const char   *uuid,
                                          GError      **error);

G_END_DECLS
