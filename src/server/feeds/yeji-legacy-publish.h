// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gio/gio.h>

#include "yeji-db.h"
#include "yeji-server-context.h"

G_BEGIN_DECLS

/* Records that come at one moment: the province's writers wait for so many. */
#define YEJI_LEGACY_STEP 500

gboolean yeji_legacy_is_done   (YejiDb             *province,
                                const char         *sha256,
                                gboolean           *begun,
                                gboolean           *done,
                                GError            **error);
gboolean yeji_legacy_publish   (YejiDb             *stage,
                                YejiDb             *province,
                                YejiServerContext  *context,
                                const char         *sha256,
                                const char         *name,
                                guint               step,
                                GCancellable       *cancellable,
                                GError            **error);

G_END_DECLS
