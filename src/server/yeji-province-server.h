// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-server-context.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define YEJI_TYPE_PROVINCE_SERVER (yeji_province_server_get_type ())

G_DECLARE_FINAL_TYPE (YejiProvinceServer, yeji_province_server, YEJI, PROVINCE_SERVER, GObject)

YejiProvinceServer *yeji_province_server_new    (const char                *data_dir,
                                                 const YejiServerSettings  *settings,
                                                 GError                   **error);
char               *yeji_province_server_listen (YejiProvinceServer        *self,
                                                 const char                *address,
                                                 GError                   **error);
void                yeji_province_server_reopen (YejiProvinceServer        *self);
void                yeji_province_server_close  (YejiProvinceServer        *self);

G_END_DECLS
