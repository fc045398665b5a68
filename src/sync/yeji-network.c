// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-network.h"

#include <string.h>

/* How much of an address is its network's, as homes, offices and mobile operators hand them out. */
#define IPV4_BYTES 3
#define IPV6_BYTES 8

/**
 * yeji_network_name:
 * @address: of this computer
 *
 * Names the network that an address is of, by the first 24 bits of an IPv4 address and the first 64
 * of an IPv6 address.
 *
 * Returns: (transfer full): "192.168.3.0/24" for instance
 */
char *
yeji_network_name (GInetAddress *address)
{
  gsize size = g_inet_address_get_native_size (address);
  gsize kept = size == 4 ? IPV4_BYTES : IPV6_BYTES;
  g_autofree guint8 *bytes = g_memdup2 (g_inet_address_to_bytes (address), size);
  g_autoptr (GInetAddress) network = NULL;
  g_autofree char *text = NULL;

  memset (bytes + kept, 0, size - kept);
  network = g_inet_address_new_from_bytes (bytes, g_inet_address_get_family (address));
  text = g_inet_address_to_string (network);
  return g_strdup_printf ("%s/%" G_GSIZE_FORMAT, text, kept * 8);
}

/* The system chooses the way when a socket is connected; of a datagram nothing is sent by it. */
static GInetAddress *
find_own_address (GSocketAddress  *there,
                  GError         **error)
{
  g_autoptr (GSocket) socket = g_socket_new (g_socket_address_get_family (there),
                                             G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_DEFAULT,
                                             error);
  g_autoptr (GSocketAddress) here = NULL;

  if (socket == NULL || !g_socket_connect (socket, there, NULL, error))
    return NULL;
  here = g_socket_get_local_address (socket, error);
  if (here == NULL)
    return NULL;
  return g_object_ref (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (here)));
}

/**
 * yeji_network_find:
 * @url: of the province
 *
 * Tells which network this computer would reach the province by. Asks the system alone; the
 * province's name may be looked up, but no packet goes to it. Blocks.
 *
 * This is all that can be told on every system without being asked for rights: a network is known
 * by the addresses that it hands out. Two that hand out the same ones, as many homes do, are taken
 * for one; a tunnel (VPN) is a network of its own, whatever it goes through; and a network that
 * hands out other addresses one day is another one then.
 *
 * Returns: (transfer full) (nullable): the network's name as yeji_network_name() makes it, %NULL
 * when there is no way
 */
char *
yeji_network_find (const char    *url,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autoptr (GSocketConnectable) connectable = NULL;
  g_autoptr (GSocketAddressEnumerator) addresses = NULL;
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GInetAddress) own = NULL;

  connectable = g_network_address_parse_uri (url, 443, error);
  if (connectable == NULL)
    return NULL;
  addresses = g_socket_connectable_enumerate (connectable);
  while (own == NULL)
    {
      g_clear_object (&address);
      address = g_socket_address_enumerator_next (addresses, cancellable, error);
      if (address == NULL)
        break;
      own = find_own_address (address, NULL);
    }
  if (own != NULL)
    return yeji_network_name (own);
  if (error != NULL && *error == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE,
                         "there is no way to the province");
  return NULL;
}

/**
 * yeji_network_is_metered:
 *
 * Returns: whether the system says that the line is paid by volume; many systems cannot tell, and
 * say no
 */
gboolean
yeji_network_is_metered (void)
{
  return g_network_monitor_get_network_metered (g_network_monitor_get_default ());
}
