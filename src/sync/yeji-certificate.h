// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Beside GIO's own: the key of the certificate is not the one that the profile has pinned. Never
 * given to GIO, which knows of no such flag. */
#define YEJI_CERTIFICATE_NOT_PINNED ((GTlsCertificateFlags) (1 << 16))

char *yeji_certificate_words      (GTlsCertificateFlags   flags);
char *yeji_certificate_get_key    (GTlsCertificate       *certificate);
char *yeji_certificate_parse_key  (const char            *text);

G_END_DECLS
