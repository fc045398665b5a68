// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-certificate-probe.h"

#include <glib/gi18n-lib.h>

#include "yeji-account.h"
#include "yeji-certificate.h"

#define SECONDS 15
#define HTTPS_PORT 443

typedef struct
{
  YejiTrust *trust;            /* (nullable) */
  GTlsConnection *connection;
  GTlsCertificateFlags flags;
} Probe;

static gboolean
on_bad_certificate (GTlsConnection       *connection,
                    GTlsCertificate      *certificate,
                    GTlsCertificateFlags  flags,
                    Probe                *probe)
{
  if (probe->trust == NULL)
    probe->flags = flags;
  else
    {
      GSocketConnectable *identity =
        g_tls_client_connection_get_server_identity (G_TLS_CLIENT_CONNECTION (connection));

      probe->flags = yeji_trust_check (probe->trust, certificate, identity);
    }
  return TRUE;                 /* nothing is sent over this connection */
}

static void
on_event (GSocketClient      *client,
          GSocketClientEvent  event,
          GSocketConnectable *connectable,
          GIOStream          *stream,
          Probe              *probe)
{
  if (event != G_SOCKET_CLIENT_TLS_HANDSHAKING)
    return;
  g_set_object (&probe->connection, G_TLS_CONNECTION (stream));
  if (probe->trust != NULL)
    g_tls_connection_set_database (probe->connection, NULL);
  g_signal_connect (stream, "accept-certificate", G_CALLBACK (on_bad_certificate), probe);
}

/**
 * yeji_certificate_probe:
 * @url: as yeji_account_check_url() takes it
 * @trust: (nullable): what the profile demands
 * @flags: (out): what is wrong with the certificate, 0 if nothing is
 *
 * Looks at the certificate of a province without sending anything, and without trusting it. Blocks.
 * Fails with #YEJI_SYNC_ERROR_UNREACHABLE.
 *
 * Returns: (transfer full) (nullable): its key, as yeji_certificate_get_key() gives it
 */
char *
yeji_certificate_probe (const char            *url,
                        YejiTrust             *trust,
                        GTlsCertificateFlags  *flags,
                        GCancellable          *cancellable,
                        GError               **error)
{
  g_autofree char *checked = yeji_account_check_url (url, error);
  g_autoptr (GUri) uri = checked != NULL ? g_uri_parse (checked, G_URI_FLAGS_NONE, error) : NULL;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) reason = NULL;
  Probe probe = { trust };
  char *key = NULL;

  *flags = 0;
  if (uri == NULL)
    return NULL;
  if (!g_str_equal (g_uri_get_scheme (uri), "https"))
    {
      g_set_error_literal (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE,
                           _("a province on this computer has no certificate"));
      return NULL;
    }
  g_socket_client_set_timeout (client, SECONDS);
  g_socket_client_set_tls (client, TRUE);
  g_signal_connect (client, "event", G_CALLBACK (on_event), &probe);
  connection = g_socket_client_connect_to_host (client, g_uri_get_host (uri),
                                                g_uri_get_port (uri) > 0
                                                  ? (guint16) g_uri_get_port (uri) : HTTPS_PORT,
                                                cancellable, &reason);
  if (connection != NULL)
    key = yeji_certificate_get_key (g_tls_connection_get_peer_certificate (probe.connection));
  *flags = probe.flags;
  g_clear_object (&probe.connection);
  if (key == NULL)
    g_set_error_literal (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE,
                         reason != NULL ? reason->message : _("the certificate cannot be read"));
  return key;
}
