// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

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
} YejiSyncError;

GQuark             yeji_sync_error_quark           (void);
GError            *yeji_sync_error_new_refused     (YejiSyncError      code,
                                                    const YejiRefusal *refusal,
                                                    guint              retry_after);
const YejiRefusal *yeji_sync_error_get_refusal     (const GError      *error);
guint              yeji_sync_error_get_retry_after (const GError      *error);

G_END_DECLS
