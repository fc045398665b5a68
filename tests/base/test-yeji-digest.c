// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-digest.h"

#include <string.h>

/* The sums of "abc" and of nothing: FIPS 180-2, appendices A.1 and B.1; of a CRC-32 the check value
 * that catalogues of them name it by. */
static const struct
{
  const char *kind;
  const char *text;
  const char *sum;
} cases[] = {
  { "sha256", "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
  { "sha256", "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
  { "sha1", "abc", "a9993e364706816aba3e25717850c26c9cd0d89d" },
  { "sha1", "", "da39a3ee5e6b4b0d3255bfef95601890afd80709" },
  { "crc32", "123456789", "cbf43926" },
  { "crc32", "", "00000000" },
};

static void
test_known (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      YejiDigestKind kind;
      g_autoptr (YejiDigest) digest = NULL;
      g_autofree char *sum = NULL;

      g_assert_true (yeji_digest_parse_kind (cases[i].kind, &kind));
      digest = yeji_digest_new (kind);
      for (const char *c = cases[i].text; *c != '\0'; c++)
        yeji_digest_update (digest, c, 1);
      sum = yeji_digest_finish_hex (digest);
      g_assert_cmpstr (sum, ==, cases[i].sum);
      g_assert_cmpuint (strlen (sum), ==, yeji_digest_get_length (kind) * 2);
    }
}

static void
test_copy (void)
{
  g_autoptr (YejiDigest) one = yeji_digest_new (YEJI_DIGEST_SHA256);
  g_autoptr (YejiDigest) other = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *expected = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "ab!", -1);

  yeji_digest_update (one, "ab", 2);
  other = yeji_digest_copy (one);
  yeji_digest_update (one, "c", 1);
  yeji_digest_update (other, "!", 1);
  first = yeji_digest_finish_hex (one);
  second = yeji_digest_finish_hex (other);
  g_assert_cmpstr (first, ==, cases[0].sum);
  g_assert_cmpstr (second, ==, expected);
}

static void
test_unknown (void)
{
  YejiDigestKind kind;

  g_assert_false (yeji_digest_parse_kind ("md5", &kind));
  g_assert_false (yeji_digest_parse_kind ("SHA256", &kind));
  g_assert_false (yeji_digest_parse_kind ("", &kind));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/digest/known-sums-are-right", test_known);
  g_test_add_func ("/base/digest/a-copy-goes-its-own-way", test_copy);
  g_test_add_func ("/base/digest/an-unknown-kind-is-none", test_unknown);
  return g_test_run ();
}
