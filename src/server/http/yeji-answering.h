// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <libsoup/soup.h>

#include "yeji-http.h"
#include "yeji-response.h"

G_BEGIN_DECLS

void yeji_answering_write (YejiHttp          *http,
                           SoupServerMessage *message,
                           const char        *path,
                           YejiResponse      *response);

G_END_DECLS
