// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-db.h"

G_BEGIN_DECLS

/* In the order in which they are made; no line of it is changed once a province has it. */
extern const YejiMigration yeji_server_migrations[];
extern const guint yeji_server_n_migrations;

YejiDb *yeji_server_schema_open (const char  *data_dir,
                                 GError     **error);
YejiDb *yeji_server_schema_open_file (const char  *path,
                                 GError     **error);

G_END_DECLS
