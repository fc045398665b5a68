// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

G_BEGIN_DECLS

/* What a profile demands of the certificate of its province beside what this computer does. */
#define YEJI_TYPE_TRUST (yeji_trust_get_type ())

G_DECLARE_FINAL_TYPE (YejiTrust, yeji_trust, YEJI, TRUST, GObject)

/**
 * YejiTrustSettings:
 * @key: (nullable): the pinned key, as yeji_certificate_get_key() gives it
 * @authority: (nullable): the path of a file with certificates of authorities: of these the
 *   province's has to be, and not of those that the computer trusts
 */
typedef struct
{
  char *key;
  char *authority;
} YejiTrustSettings;

YejiTrust           *yeji_trust_new             (const YejiTrustSettings *settings,
                                                 GError                 **error);
YejiTrust           *yeji_trust_new_for_store   (YejiStore               *store,
                                                 GError                 **error);
GTlsCertificateFlags yeji_trust_check           (YejiTrust               *self,
                                                 GTlsCertificate         *chain,
                                                 GSocketConnectable      *identity);
gboolean             yeji_trust_settings_read   (YejiTrustSettings       *settings,
                                                 YejiStore               *store,
                                                 GError                 **error);
gboolean             yeji_trust_settings_write  (const YejiTrustSettings *settings,
                                                 YejiStore               *store,
                                                 GError                 **error);
void                 yeji_trust_settings_clear  (YejiTrustSettings       *settings);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (YejiTrustSettings, yeji_trust_settings_clear)

G_END_DECLS
