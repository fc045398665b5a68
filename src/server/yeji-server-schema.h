// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-db.h"

G_BEGIN_DECLS

YejiDb *yeji_server_schema_open (const char  *data_dir,
                                 GError     **error);
YejiDb *yeji_server_schema_open_file (const char  *path,
                                 GError     **error);

G_END_DECLS
