// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-http"

#include "config.h"

#include "yeji-peer.h"

#include <string.h>

/* What nginx says of whom it speaks for; see data/nginx/yeji.conf. */
#define FORWARDED_HEADER "X-Real-IP"

/* Whoever has one IPv6 address has this many bytes of them. */
#define IPV6_BYTES 8

static gboolean
is_local (GSocketAddress *remote)
{
  if (!G_IS_INET_SOCKET_ADDRESS (remote))
    return TRUE;               /* a Unix socket */
  return g_inet_address_get_is_loopback (
    g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote)));
}

static char *
print_group (GInetAddress *address)
{
  g_autofree guint8 *bytes = NULL;
  g_autoptr (GInetAddress) group = NULL;
  gsize size = g_inet_address_get_native_size (address);

  if (g_inet_address_get_family (address) != G_SOCKET_FAMILY_IPV6)
    return g_inet_address_to_string (address);
  bytes = g_memdup2 (g_inet_address_to_bytes (address), size);
  memset (bytes + IPV6_BYTES, 0, size - IPV6_BYTES);
  group = g_inet_address_new_from_bytes (bytes, G_SOCKET_FAMILY_IPV6);
  return g_inet_address_to_string (group);
}

/**
 * yeji_peer_group:
 * @remote: (nullable): the other end of the connection
 * @forwarded: (nullable): whom it says that it speaks for
 *
 * Tells whom a request comes from, as far as it matters for who is counted together: an IPv4
 * address, or the half of an IPv6 address that its owner did not choose. Only what is on this very
 * computer, as nginx is, speaks for others.
 *
 * Returns: (transfer full) (nullable): the address; %NULL when it is this computer itself, or
 *   nothing that can be read
 */
char *
yeji_peer_group (GSocketAddress *remote,
                 const char     *forwarded)
{
  g_autoptr (GInetAddress) address = NULL;

  if (remote != NULL && !is_local (remote))
    return print_group (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote)));
  address = forwarded != NULL ? g_inet_address_new_from_string (forwarded) : NULL;
  return address != NULL ? print_group (address) : NULL;
}

/**
 * yeji_peer_find:
 *
 * Returns: (transfer full) (nullable): as yeji_peer_group(), for who sent @message
 */
char *
yeji_peer_find (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  return yeji_peer_group (soup_server_message_get_remote_address (message),
                          soup_message_headers_get_one (headers, FORWARDED_HEADER));
}
