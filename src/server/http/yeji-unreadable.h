// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <libsoup/soup.h>

#include "yeji-response.h"

G_BEGIN_DECLS

void     yeji_unreadable_watch      (SoupServer        *soup);
void     yeji_unreadable_clear      (SoupServerMessage *message);
guint    yeji_unreadable_judge      (SoupServerMessage *message);
gboolean yeji_unreadable_is_crowded (const GByteArray  *body);
void     yeji_unreadable_end        (SoupServerMessage *message,
                                     YejiResponse      *response);

G_END_DECLS
