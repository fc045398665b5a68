// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-network.h"

static void
test_addresses_have_networks (void)
{
  static const struct
  {
    const char *address;
    const char *network;
  } cases[] = {
    { "192.168.3.17", "192.168.3.0/24" },
    { "192.168.4.17", "192.168.4.0/24" },
    { "10.255.255.255", "10.255.255.0/24" },
    { "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64" },
    { "fe80::1", "fe80::/64" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (cases[i].address);
      g_autofree char *network = yeji_network_name (address);

      g_assert_cmpstr (network, ==, cases[i].network);
    }
}

static void
test_finds_the_way_to_the_province (void)
{
  static const char * const urls[] = { "http://127.0.0.1:9", "https://127.0.0.1" };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_autofree char *network = yeji_network_find (urls[i], NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (network, ==, "127.0.0.0/24");
    }
}

static void
test_tells_when_there_is_no_way (void)
{
  static const char * const urls[] = { "http://nowhere.invalid", "no address" };

  for (guint i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (yeji_network_find (urls[i], NULL, &error));
      g_assert_nonnull (error);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/network/addresses-have-networks", test_addresses_have_networks);
  g_test_add_func ("/sync/network/finds-the-way-to-the-province",
                   test_finds_the_way_to_the_province);
  g_test_add_func ("/sync/network/tells-when-there-is-no-way", test_tells_when_there_is_no_way);
  return g_test_run ();
}
