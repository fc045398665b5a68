// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <libsoup/soup.h>

#include "yeji-http.h"

G_BEGIN_DECLS

gboolean yeji_sending_begin (YejiHttp           *http,
                             SoupServerMessage  *message,
                             const char         *path,
                             gint64              first,
                             gint64              n_bytes,
                             GError            **error);

G_END_DECLS
