// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gio/gio.h>

#include "yeji-sync-cause.h"
#include "yeji-wire.h"

G_BEGIN_DECLS

#define YEJI_SYNC_ERROR (yeji_sync_error_quark ())

/**
 * YejiSyncError:
 * @YEJI_SYNC_ERROR_UNREACHABLE: no answer, or none that is the province's; try again later
 * @YEJI_SYNC_ERROR_SIGNED_OUT: the account is unknown or its session has ended
 * @YEJI_SYNC_ERROR_REFUSED: the province said no; the refusal says why
 * @YEJI_SYNC_ERROR_STALE: the record changed at the province meanwhile
 * @YEJI_SYNC_ERROR_FILE: a document of the profile is gone or was changed
 * @YEJI_SYNC_ERROR_BUSY: the province is there, but asks to come again later
 * @YEJI_SYNC_ERROR_CERTIFICATE: who answered cannot prove to be the province; nothing was sent. The
 *   message is for the user
 * @YEJI_SYNC_ERROR_VERSION: client and province speak different versions of the protocol
 * @YEJI_SYNC_ERROR_ENTERPRISE: submissions of another enterprise wait in the profile
 * @YEJI_SYNC_ERROR_RECEIPT: what the province signed is not believed. The message is for the user
 *
 * The messages are fragments for logs. What the province said to the user is in the refusal.
 */
typedef enum
{
  YEJI_SYNC_ERROR_UNREACHABLE,
  YEJI_SYNC_ERROR_SIGNED_OUT,
  YEJI_SYNC_ERROR_REFUSED,
  YEJI_SYNC_ERROR_STALE,
  YEJI_SYNC_ERROR_FILE,
  YEJI_SYNC_ERROR_BUSY,
  YEJI_SYNC_ERROR_CERTIFICATE,
  YEJI_SYNC_ERROR_VERSION,
  YEJI_SYNC_ERROR_ENTERPRISE,
  YEJI_SYNC_ERROR_RECEIPT,
} YejiSyncError;

GQuark             yeji_sync_error_quark           (void);
GError            *yeji_sync_error_new_refused     (YejiSyncError      code,
                                                    const YejiRefusal *refusal,
                                                    guint              retry_after);
GError            *yeji_sync_error_new_cause       (YejiSyncError      code,
                                                    YejiSyncCause      cause,
                                                    const char        *message);
YejiSyncCause      yeji_sync_error_get_cause       (const GError      *error);
gboolean           yeji_sync_error_is_line         (const GError      *error);
void               yeji_sync_error_set_cause       (GError            *error,
                                                    YejiSyncCause      cause);
void               yeji_sync_error_set_retry_after (GError            *error,
                                                    guint              retry_after);
GError            *yeji_sync_error_new_certificate (GTlsCertificateFlags flags);
GTlsCertificateFlags yeji_sync_error_get_certificate (const GError *error);
const YejiRefusal *yeji_sync_error_get_refusal     (const GError      *error);
guint              yeji_sync_error_get_retry_after (const GError      *error);

G_END_DECLS
