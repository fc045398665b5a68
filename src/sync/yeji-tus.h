// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-uploader.h"

G_BEGIN_DECLS

gboolean yeji_tus_send (YejiStore         *store,
                        YejiProvince      *province,
                        const char        *record,
                        const YejiUpload  *upload,
                        GCancellable      *cancellable,
                        GError           **error);

G_END_DECLS
