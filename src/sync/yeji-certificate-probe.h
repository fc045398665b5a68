// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-trust.h"

G_BEGIN_DECLS

char *yeji_certificate_probe (const char            *url,
                              YejiTrust             *trust,
                              GTlsCertificateFlags  *flags,
                              GCancellable          *cancellable,
                              GError               **error);

G_END_DECLS
