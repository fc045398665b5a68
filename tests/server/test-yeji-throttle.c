// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-throttle.h"

#include <gio/gunixsocketaddress.h>

#include "yeji-peer.h"
#include "yeji-server-http-fixture.h"

/* As the throttle has them. */
#define FREE_FAILURES 40
#define SPAN 900
#define MAX_WAITING 64

static void
fail_once (YejiThrottle *throttle,
           const char   *address,
           gint64        now)
{
  g_assert_cmpuint (yeji_throttle_enter (throttle, address, now), ==, 0);
  yeji_throttle_fail (throttle, address, now);
  yeji_throttle_leave (throttle);
}

static void
test_counts_by_address (void)
{
  YejiThrottle *throttle = yeji_throttle_new ();

  for (guint i = 0; i < FREE_FAILURES; i++)
    fail_once (throttle, "203.0.113.5", 1000 + i);
  g_assert_cmpuint (yeji_throttle_enter (throttle, "203.0.113.5", 1100), ==, SPAN - 100);
  /* others are not held up by that */
  fail_once (throttle, "203.0.113.6", 1100);
  fail_once (throttle, NULL, 1100);
  g_assert_cmpuint (yeji_throttle_enter (throttle, "203.0.113.5", 1000 + SPAN - 1), ==, 1);
  fail_once (throttle, "203.0.113.5", 1000 + SPAN);
  yeji_throttle_free (throttle);
}

static void
test_forgives_this_computer (void)
{
  YejiThrottle *throttle = yeji_throttle_new ();

  for (guint i = 0; i < 3 * FREE_FAILURES; i++)
    fail_once (throttle, NULL, 1000);
  yeji_throttle_free (throttle);
}

static void
test_limits_the_queue (void)
{
  YejiThrottle *throttle = yeji_throttle_new ();

  for (guint i = 0; i < MAX_WAITING; i++)
    {
      g_autofree char *address = g_strdup_printf ("203.0.113.%u", i);

      g_assert_cmpuint (yeji_throttle_enter (throttle, address, 1000), ==, 0);
    }
  g_assert_cmpuint (yeji_throttle_enter (throttle, "198.51.100.1", 1000), >, 0);
  yeji_throttle_leave (throttle);
  g_assert_cmpuint (yeji_throttle_enter (throttle, "198.51.100.1", 1000), ==, 0);
  yeji_throttle_free (throttle);
}

static void
test_has_an_end (void)
{
  YejiThrottle *throttle = yeji_throttle_new ();

  for (guint i = 0; i < 30000; i++)
    {
      g_autofree char *address = g_strdup_printf ("10.%u.%u.%u", i >> 16, i >> 8 & 255, i & 255);

      fail_once (throttle, address, 1000);
    }
  yeji_throttle_free (throttle);
}

static void
test_knows_whom_it_speaks_for (void)
{
  static const struct
  {
    const char *remote;        /* NULL: a Unix socket */
    const char *forwarded;
    const char *group;
  } cases[] = {
    { NULL, "203.0.113.5", "203.0.113.5" },
    { "127.0.0.1", "203.0.113.5", "203.0.113.5" },
    { "::1", "203.0.113.5", "203.0.113.5" },
    { "127.0.0.1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::" },
    { "127.0.0.1", "2001:db8:1:2::1", "2001:db8:1:2::" },
    { "127.0.0.1", NULL, NULL },
    { "127.0.0.1", "", NULL },
    { "127.0.0.1", "203.0.113.5, 198.51.100.7", NULL },
    { "127.0.0.1", "unknown", NULL },
    { NULL, NULL, NULL },
    /* nobody else speaks for others */
    { "198.51.100.7", "203.0.113.5", "198.51.100.7" },
    { "198.51.100.7", NULL, "198.51.100.7" },
    { "2001:db8:9::7", "203.0.113.5", "2001:db8:9::" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GSocketAddress) remote
        = cases[i].remote != NULL ? g_inet_socket_address_new_from_string (cases[i].remote, 1234)
                                  : g_unix_socket_address_new ("/nowhere");
      g_autofree char *group = yeji_peer_group (remote, cases[i].forwarded);

      g_assert_cmpstr (group, ==, cases[i].group);
    }
}

static guint
sign_in_from (Site       *site,
              const char *address,
              const char *user,
              const char *password)
{
  g_autofree char *body = g_strdup_printf ("{\"user\": \"%s\", \"password\": \"%s\"}", user,
                                           password);
  g_autoptr (Answer) answer = fetch_json (site, NULL, "POST", "/v1/session", body,
                                          "X-Real-IP", address, NULL);

  if (answer->status == 429)
    g_assert_cmpint (atoi (get_header (answer, "Retry-After")), >, 0);
  return answer->status;
}

/* Names that are tried once each, as somebody does who has a list of them. */
static void
test_holds_up_who_guesses (Site          *site,
                           gconstpointer  data)
{
  for (guint i = 0; i < FREE_FAILURES; i++)
    {
      g_autofree char *user = g_strdup_printf ("user-%u", i);

      g_assert_cmpuint (sign_in_from (site, "203.0.113.5", user, "guess"), ==, 401);
    }
  g_assert_cmpuint (sign_in_from (site, "203.0.113.5", "qiye", PASSWORD), ==, 429);
  g_assert_cmpuint (sign_in_from (site, "203.0.113.6", "qiye", PASSWORD), ==, 200);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/throttle/counts-by-address", test_counts_by_address);
  g_test_add_func ("/server/throttle/forgives-this-computer", test_forgives_this_computer);
  g_test_add_func ("/server/throttle/limits-the-queue", test_limits_the_queue);
  g_test_add_func ("/server/throttle/many-addresses-take-no-more-room", test_has_an_end);
  g_test_add_func ("/server/throttle/knows-whom-nginx-speaks-for", test_knows_whom_it_speaks_for);
  g_test_add ("/server/throttle/holds-up-who-guesses-with-many-names", Site, NULL, site_set_up,
              test_holds_up_who_guesses, site_tear_down);
  return g_test_run ();
}
