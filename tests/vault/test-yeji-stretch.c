// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-stretch.h"

/* What crypto_pwhash() of libsodium 1.0.18 makes of them with crypto_pwhash_ALG_ARGON2ID13 and the
 * salt 00, 01, ... 0f: files that it sealed must open. */
static const struct
{
  const char *phrase;
  guint64 passes;
  guint64 memory;
  const char *key;
} cases[] = {
  { "", 1, 8 << 10, "31ed41e2d73f27fdfe4eb4bec651341e58ba43477051c6fe4adad735d82ee08a" },
  { "password", 3, 1 << 20, "8f92a1acc0c0509e55d57b2be709a525017461f8f29d51008c6a0b247f0d1748" },
  { "业绩 passphrase", 2, 1029 << 10, "25dbd990a130adecbcbf889795a28f1934dfe6308d3859db98619de1ac43b65c" },
};

static void
fill_salt (guint8 salt[YEJI_STRETCH_SALT])
{
  for (guint i = 0; i < YEJI_STRETCH_SALT; i++)
    salt[i] = (guint8) i;
}

static void
test_known (void)
{
  guint8 salt[YEJI_STRETCH_SALT];

  fill_salt (salt);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) hex = g_string_new (NULL);
      guint8 key[32];

      g_assert_true (yeji_stretch (cases[i].phrase, salt, cases[i].passes, cases[i].memory, key,
                                   sizeof key));
      for (guint j = 0; j < sizeof key; j++)
        g_string_append_printf (hex, "%02x", key[j]);
      g_assert_cmpstr (hex->str, ==, cases[i].key);
    }
}

/* Two TiB, and 256, are in no computer that this runs on. */
static void
test_too_much (void)
{
  guint8 salt[YEJI_STRETCH_SALT];
  guint8 key[32];

  fill_salt (salt);
  g_assert_false (yeji_stretch ("password", salt, 1, (guint64) 1 << 41, key, sizeof key));
  g_assert_false (yeji_stretch ("password", salt, 1, (guint64) 1 << 48, key, sizeof key));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stretch/makes-the-keys-of-libsodium", test_known);
  g_test_add_func ("/stretch/tells-of-too-little-memory", test_too_much);
  return g_test_run ();
}
