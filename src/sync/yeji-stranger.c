// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-stranger.h"

#include "yeji-reply.h"
#include "yeji-version.h"

/* libsoup has no name for it: RFC 6585, 6 */
#define STATUS_NETWORK_AUTHENTICATION_REQUIRED 511

/* Who answers in the province's place, by the status that it gives. */
static const struct
{
  guint from, to;              /* both included */
  YejiSyncError code;
  YejiSyncCause cause;
  const char *message;
} strangers[] = {
  { SOUP_STATUS_PROXY_AUTHENTICATION_REQUIRED, SOUP_STATUS_PROXY_AUTHENTICATION_REQUIRED,
    YEJI_SYNC_ERROR_UNREACHABLE, YEJI_SYNC_CAUSE_PROXY_PASSWORD, "the proxy wants a password" },
  { SOUP_STATUS_REQUEST_TIMEOUT, SOUP_STATUS_REQUEST_TIMEOUT,
    YEJI_SYNC_ERROR_UNREACHABLE, YEJI_SYNC_CAUSE_TIMEOUT, "the request took too long" },
  { YEJI_STATUS_TOO_MANY_REQUESTS, YEJI_STATUS_TOO_MANY_REQUESTS,
    YEJI_SYNC_ERROR_BUSY, YEJI_SYNC_CAUSE_THROTTLED, "there are too many requests" },
  { STATUS_NETWORK_AUTHENTICATION_REQUIRED, STATUS_NETWORK_AUTHENTICATION_REQUIRED,
    YEJI_SYNC_ERROR_UNREACHABLE, YEJI_SYNC_CAUSE_FOREIGN, "the network wants a sign-in" },
  { SOUP_STATUS_INTERNAL_SERVER_ERROR, 599,
    YEJI_SYNC_ERROR_UNREACHABLE, YEJI_SYNC_CAUSE_GATEWAY, "a gateway answered" },
};

/* What answers for https without TLS is asked for the way there: a proxy, which did not open it. */
static gboolean
is_proxy (SoupMessage *message)
{
  return g_str_equal (g_uri_get_scheme (soup_message_get_uri (message)), "https")
         && soup_message_get_tls_peer_certificate (message) == NULL;
}

static GError *
explain_status (SoupMessage *message)
{
  guint status = soup_message_get_status (message);

  if (is_proxy (message) && status != SOUP_STATUS_PROXY_AUTHENTICATION_REQUIRED)
    {
      g_autofree char *text = g_strdup_printf ("the proxy refuses, with status %u", status);

      return yeji_sync_error_new_cause (YEJI_SYNC_ERROR_UNREACHABLE, YEJI_SYNC_CAUSE_PROXY, text);
    }
  for (guint i = 0; i < G_N_ELEMENTS (strangers); i++)
    if (status >= strangers[i].from && status <= strangers[i].to)
      {
        g_autofree char *text = g_strdup_printf ("%s, with status %u", strangers[i].message,
                                                 status);
        GError *error = yeji_sync_error_new_cause (strangers[i].code, strangers[i].cause, text);

        yeji_sync_error_set_retry_after (
          error, yeji_reply_read_retry_after (soup_message_get_response_headers (message)));
        return error;
      }
  return NULL;
}

/**
 * yeji_stranger_explain:
 * @message: a message whose headers have come
 *
 * Tells the province's answers from those of others, and from those of a province that speaks
 * another version of the protocol.
 *
 * Returns: (transfer full) (nullable): why the answer cannot be used; %NULL: the province gave it,
 *   in our version
 */
GError *
yeji_stranger_explain (SoupMessage *message)
{
  const char *version = soup_message_headers_get_one (soup_message_get_response_headers (message),
                                                      "Yeji-Version");
  g_autofree char *text = NULL;
  GError *error;

  switch (yeji_version_compare (version))
    {
    case YEJI_VERSION_OURS:
      return NULL;
    case YEJI_VERSION_NEWER:
    case YEJI_VERSION_OLDER:
      text = g_strdup_printf ("the province speaks version %s, this program " YEJI_WIRE_VERSION,
                              version);
      return yeji_sync_error_new_cause (YEJI_SYNC_ERROR_VERSION,
                                        yeji_version_compare (version) == YEJI_VERSION_NEWER
                                          ? YEJI_SYNC_CAUSE_CLIENT_OLD : YEJI_SYNC_CAUSE_SERVER_OLD,
                                        text);
    case YEJI_VERSION_NONE:
    default:
      error = explain_status (message);
      if (error != NULL)
        return error;
      text = g_strdup_printf ("another answered in the province's place, with status %u",
                              soup_message_get_status (message));
      return yeji_sync_error_new_cause (YEJI_SYNC_ERROR_UNREACHABLE, YEJI_SYNC_CAUSE_FOREIGN, text);
    }
}
