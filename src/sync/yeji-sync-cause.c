// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-sync-cause.h"

#include <libsoup/soup.h>

#include "yeji-sync-error.h"

static const char *const names[N_YEJI_SYNC_CAUSES] = {
  [YEJI_SYNC_CAUSE_NONE] = "none",
  [YEJI_SYNC_CAUSE_NAME] = "name-not-found",
  [YEJI_SYNC_CAUSE_NO_NETWORK] = "no-network",
  [YEJI_SYNC_CAUSE_REFUSED] = "connection-refused",
  [YEJI_SYNC_CAUSE_TIMEOUT] = "timed-out",
  [YEJI_SYNC_CAUSE_BROKEN] = "connection-broken",
  [YEJI_SYNC_CAUSE_FOREIGN] = "foreign-answer",
  [YEJI_SYNC_CAUSE_GATEWAY] = "gateway",
  [YEJI_SYNC_CAUSE_GARBLED] = "garbled-answer",
  [YEJI_SYNC_CAUSE_CERTIFICATE] = "certificate",
  [YEJI_SYNC_CAUSE_PROXY] = "proxy",
  [YEJI_SYNC_CAUSE_PROXY_PASSWORD] = "proxy-password",
  [YEJI_SYNC_CAUSE_ADDRESS] = "address",
  [YEJI_SYNC_CAUSE_THROTTLED] = "throttled",
  [YEJI_SYNC_CAUSE_SERVER] = "server-failure",
  [YEJI_SYNC_CAUSE_FULL] = "server-full",
  [YEJI_SYNC_CAUSE_DENIED] = "denied",
  [YEJI_SYNC_CAUSE_NO_ACCOUNT] = "no-account",
  [YEJI_SYNC_CAUSE_SESSION] = "session-ended",
  [YEJI_SYNC_CAUSE_PASSWORD] = "password",
  [YEJI_SYNC_CAUSE_CLIENT_OLD] = "client-too-old",
  [YEJI_SYNC_CAUSE_SERVER_OLD] = "server-too-old",
  [YEJI_SYNC_CAUSE_ENTERPRISE] = "other-enterprise",
  [YEJI_SYNC_CAUSE_LOCAL] = "local",
  [YEJI_SYNC_CAUSE_OTHER] = "other",
};

/* What GLib and libsoup say of a line. */
static const struct
{
  GQuark (*domain) (void);
  int code;                    /* -1: any */
  YejiSyncCause cause;
} line_causes[] = {
  { g_resolver_error_quark, -1, YEJI_SYNC_CAUSE_NAME },
  { g_tls_error_quark, G_TLS_ERROR_NOT_TLS, YEJI_SYNC_CAUSE_FOREIGN },
  { g_tls_error_quark, G_TLS_ERROR_BAD_CERTIFICATE, YEJI_SYNC_CAUSE_CERTIFICATE },
  { g_tls_error_quark, G_TLS_ERROR_CERTIFICATE_REQUIRED, YEJI_SYNC_CAUSE_CERTIFICATE },
  { g_io_error_quark, G_IO_ERROR_CONNECTION_REFUSED, YEJI_SYNC_CAUSE_REFUSED },
  { g_io_error_quark, G_IO_ERROR_NETWORK_UNREACHABLE, YEJI_SYNC_CAUSE_NO_NETWORK },
  { g_io_error_quark, G_IO_ERROR_HOST_UNREACHABLE, YEJI_SYNC_CAUSE_NO_NETWORK },
  { g_io_error_quark, G_IO_ERROR_HOST_NOT_FOUND, YEJI_SYNC_CAUSE_NAME },
  { g_io_error_quark, G_IO_ERROR_TIMED_OUT, YEJI_SYNC_CAUSE_TIMEOUT },
  { g_io_error_quark, G_IO_ERROR_PROXY_FAILED, YEJI_SYNC_CAUSE_PROXY },
  { g_io_error_quark, G_IO_ERROR_PROXY_NOT_ALLOWED, YEJI_SYNC_CAUSE_PROXY },
  { g_io_error_quark, G_IO_ERROR_PROXY_AUTH_FAILED, YEJI_SYNC_CAUSE_PROXY_PASSWORD },
  { g_io_error_quark, G_IO_ERROR_PROXY_NEED_AUTH, YEJI_SYNC_CAUSE_PROXY_PASSWORD },
  { g_io_error_quark, G_IO_ERROR_CONNECTION_CLOSED, YEJI_SYNC_CAUSE_BROKEN },
  { g_io_error_quark, G_IO_ERROR_PARTIAL_INPUT, YEJI_SYNC_CAUSE_BROKEN },
  { g_io_error_quark, G_IO_ERROR_NOT_CONNECTED, YEJI_SYNC_CAUSE_BROKEN },
  { g_io_error_quark, G_IO_ERROR_MESSAGE_TOO_LARGE, YEJI_SYNC_CAUSE_GARBLED },
  { soup_session_error_quark, -1, YEJI_SYNC_CAUSE_FOREIGN },
};

/* What the province says by a status. */
static const struct
{
  guint status;
  YejiSyncCause cause;
} status_causes[] = {
  { YEJI_STATUS_TOO_MANY_REQUESTS, YEJI_SYNC_CAUSE_THROTTLED },
  { SOUP_STATUS_INSUFFICIENT_STORAGE, YEJI_SYNC_CAUSE_FULL },
  { YEJI_STATUS_UPGRADE_REQUIRED, YEJI_SYNC_CAUSE_CLIENT_OLD },
};

static const struct
{
  YejiSyncError code;
  YejiSyncCause cause;
} code_causes[] = {
  { YEJI_SYNC_ERROR_UNREACHABLE, YEJI_SYNC_CAUSE_GARBLED },
  { YEJI_SYNC_ERROR_SIGNED_OUT, YEJI_SYNC_CAUSE_NO_ACCOUNT },
  { YEJI_SYNC_ERROR_CERTIFICATE, YEJI_SYNC_CAUSE_CERTIFICATE },
  { YEJI_SYNC_ERROR_BUSY, YEJI_SYNC_CAUSE_SERVER },
  { YEJI_SYNC_ERROR_VERSION, YEJI_SYNC_CAUSE_CLIENT_OLD },
  { YEJI_SYNC_ERROR_ENTERPRISE, YEJI_SYNC_CAUSE_ENTERPRISE },
  { YEJI_SYNC_ERROR_REFUSED, YEJI_SYNC_CAUSE_DENIED },
  { YEJI_SYNC_ERROR_FILE, YEJI_SYNC_CAUSE_LOCAL },
};

/**
 * yeji_sync_cause_to_text:
 *
 * Returns: the cause's name in profiles and in `yeji --json status`
 */
const char *
yeji_sync_cause_to_text (YejiSyncCause cause)
{
  g_return_val_if_fail (cause < N_YEJI_SYNC_CAUSES, "");

  return names[cause];
}

/**
 * yeji_sync_cause_from_text:
 * @text: (nullable)
 *
 * Returns: the cause; %YEJI_SYNC_CAUSE_OTHER for a name that a later version may have given
 */
YejiSyncCause
yeji_sync_cause_from_text (const char *text)
{
  if (text == NULL)
    return YEJI_SYNC_CAUSE_NONE;
  for (guint i = 0; i < N_YEJI_SYNC_CAUSES; i++)
    if (g_str_equal (names[i], text))
      return (YejiSyncCause) i;
  return YEJI_SYNC_CAUSE_OTHER;
}

/**
 * yeji_sync_cause_of_line:
 * @error: from GLib or libsoup
 *
 * Returns: what is the matter with the line
 */
YejiSyncCause
yeji_sync_cause_of_line (const GError *error)
{
  g_return_val_if_fail (error != NULL, YEJI_SYNC_CAUSE_NONE);

  for (guint i = 0; i < G_N_ELEMENTS (line_causes); i++)
    if (error->domain == line_causes[i].domain ()
        && (line_causes[i].code < 0 || error->code == line_causes[i].code))
      return line_causes[i].cause;
  return YEJI_SYNC_CAUSE_BROKEN;
}

/**
 * yeji_sync_cause_of:
 * @error: (nullable): of any layer
 *
 * Returns: what is the matter: what the error carries, else what its code means, else that it is
 *   something on this computer
 */
YejiSyncCause
yeji_sync_cause_of (const GError *error)
{
  const YejiRefusal *refusal;
  YejiSyncCause cause;

  if (error == NULL)
    return YEJI_SYNC_CAUSE_NONE;
  if (error->domain != YEJI_SYNC_ERROR)
    return YEJI_SYNC_CAUSE_LOCAL;
  cause = yeji_sync_error_get_cause (error);
  if (cause != YEJI_SYNC_CAUSE_NONE)
    return cause;
  refusal = yeji_sync_error_get_refusal (error);
  for (guint i = 0; refusal != NULL && i < G_N_ELEMENTS (status_causes); i++)
    if (refusal->status == status_causes[i].status)
      return status_causes[i].cause;
  for (guint i = 0; i < G_N_ELEMENTS (code_causes); i++)
    if (error->code == (int) code_causes[i].code)
      return code_causes[i].cause;
  return YEJI_SYNC_CAUSE_OTHER;
}
