// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-digest.h"
#include "yeji-number-filter.h"

#include <string.h>

#define MILLION 1000000
#define N_OTHERS 300000
#define SUM 32

static char *
make_number (guint i)
{
  return g_strdup_printf ("220104%06u%04u", i / 7, i % 10000);
}

static GBytes *
make_filter (guint first,
             guint n)
{
  guint64 *hashes = g_new (guint64, MAX (n, 1));
  GBytes *bytes;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *number = make_number (first + i);

      hashes[i] = yeji_number_hash (number);
    }
  bytes = yeji_number_filter_make (hashes, n);
  g_free (hashes);
  return bytes;
}

static YejiNumberFilter *
open_filter (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  YejiNumberFilter *filter = yeji_number_filter_new (bytes, &error);

  g_assert_no_error (error);
  return filter;
}

static const struct
{
  const char *number;
  const char *key;             /* (nullable): too little to name a project */
} folds[] = {
  { "2201041603300001", "2201041603300001" },
  { "2201041603300001-SX-001", "2201041603300001SX001" },
  { " 2201041603300001 – sx—001\t", "2201041603300001SX001" },
  { "２２０１０４１６０３３００００１－ＳＸ－００１", "2201041603300001SX001" },
  { "[2010]施[朝]建字0009号", "2010施朝建字0009号" },
  { "〔2010〕施（朝）建字 0009 号", "2010施朝建字0009号" },
  { "【２０１０】施【朝】建字０００９号", "2010施朝建字0009号" },
  { "①②③④⑤⑥", "123456" },
  { "12345", NULL },
  { "1-2-3-4-5", NULL },
  { "无", NULL },
  { "", NULL },
  { "------", NULL },
  { "\xff\xfe" "123456", NULL },
  { "123456\xf0", NULL },          /* ends within a character */
  { "\xfd", NULL },
  { "123456\xc0\x80", NULL },
};

static void
test_fold (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (folds); i++)
    {
      g_autofree char *key = yeji_number_fold (folds[i].number);

      g_assert_cmpstr (key, ==, folds[i].key);
    }
}

/* The first eight bytes of SHA-256 ("2201041603300001SX001"), as any other program computes them. */
static void
test_hash (void)
{
  const char *key = "2201041603300001SX001";
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);
  g_autofree char *first = g_strndup (sum, 16);

  g_assert_cmphex (yeji_number_hash (key), ==, g_ascii_strtoull (first, NULL, 16));
}

static void
test_million (void)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GBytes) bytes = make_filter (0, MILLION);
  gint64 made = g_get_monotonic_time ();
  g_autoptr (YejiNumberFilter) filter = open_filter (bytes);
  gint64 opened = g_get_monotonic_time ();
  guint n_wrong = 0;

  g_assert_cmpuint (g_bytes_get_size (bytes), <=, 2000000);
  for (guint i = 0; i < MILLION; i++)
    {
      g_autofree char *number = make_number (i);

      g_assert_true (yeji_number_filter_holds (filter, number));
    }
  for (guint i = 0; i < N_OTHERS; i++)
    {
      g_autofree char *number = make_number (MILLION + i);

      n_wrong += yeji_number_filter_holds (filter, number);
    }
  /* One in 16,384 is 18 of them; always the same numbers, so that this is no matter of luck. */
  g_assert_cmpuint (yeji_number_filter_get_bits (filter), ==, 14);
  g_assert_cmpuint (n_wrong, <, 40);
  g_assert_cmpuint (n_wrong, >, 5);
  g_test_message ("%" G_GSIZE_FORMAT " bytes, made in %" G_GINT64_FORMAT " ms, opened in %"
                  G_GINT64_FORMAT " ms, 1.3 million look-ups in %" G_GINT64_FORMAT
                  " ms, %u false answers",
                  g_bytes_get_size (bytes), (made - start) / 1000, (opened - made) / 1000,
                  (g_get_monotonic_time () - opened) / 1000, n_wrong);
}

static void
test_sizes (void)
{
  const guint sizes[] = { 0, 1, 2, 63, 64, 65, 127, 128, 129, 1000, 4096 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GBytes) bytes = make_filter (0, sizes[i]);
      g_autoptr (YejiNumberFilter) filter = open_filter (bytes);
      guint n_wrong = 0;

      for (guint j = 0; j < sizes[i]; j++)
        {
          g_autofree char *number = make_number (j);

          g_assert_true (yeji_number_filter_holds (filter, number));
        }
      for (guint j = 0; j < 1000; j++)
        {
          g_autofree char *number = make_number (MILLION + j);

          n_wrong += yeji_number_filter_holds (filter, number);
        }
      g_assert_cmpuint (n_wrong, <=, 1);   /* one in a million each */
    }
}

/* The same set makes the same bytes, whatever the order and however often a number occurs in it. */
static void
test_order (void)
{
  guint64 forwards[100], backwards[100];
  g_autoptr (GBytes) a = NULL;
  g_autoptr (GBytes) b = NULL;

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *number = make_number (i);

      forwards[i] = backwards[99 - i] = yeji_number_hash (number);
    }
  a = yeji_number_filter_make (forwards, 100);
  b = yeji_number_filter_make (backwards, 100);
  g_assert_true (g_bytes_equal (a, b));
}

static void
seal (guint8 *data,
      gsize   size)
{
  g_autoptr (YejiDigest) digest = yeji_digest_new (YEJI_DIGEST_SHA256);
  guint8 sum[YEJI_DIGEST_MAX];

  yeji_digest_update (digest, data, size - SUM);
  yeji_digest_finish (digest, sum);
  memcpy (data + size - SUM, sum, SUM);
}

static void
refuse (const guint8 *data,
        gsize         size,
        int           code)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;

  g_assert_null (yeji_number_filter_new (bytes, &error));
  g_assert_error (error, YEJI_NUMBER_FILTER_ERROR, code);
}

static void
test_damage (void)
{
  g_autoptr (GBytes) bytes = make_filter (0, 300);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_autofree guint8 *copy = g_malloc (size);

  for (gsize i = 0; i < size; i++)
    refuse (data, i, i < 24 + SUM ? YEJI_NUMBER_FILTER_ERROR_UNKNOWN
                                  : YEJI_NUMBER_FILTER_ERROR_DAMAGED);
  for (gsize i = 0; i < size; i++)
    {
      memcpy (copy, data, size);
      copy[i] ^= 1 << (i % 8);
      refuse (copy, size, i < 8 ? YEJI_NUMBER_FILTER_ERROR_UNKNOWN
                                : YEJI_NUMBER_FILTER_ERROR_DAMAGED);
    }
}

/* Who can compute the sum can still not make it read what is not there. */
static const struct
{
  const char *what;
  gsize at;
  guint8 value;
} lies[] = {
  { "no bits", 16, 0 },
  { "too many bits", 16, 64 },
  { "fewer bits than were written", 16, 8 },
  { "more values than numbers", 12, 1 },
  { "very many of both", 8, 0xff },
  { "one value less than there is", 15, 43 },
  { "more bytes than there are", 20, 0xff },
  { "fewer bytes than there are", 23, 1 },
};

static void
test_lies (void)
{
  g_autoptr (GBytes) bytes = make_filter (0, 300);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_autofree guint8 *copy = g_malloc (size);

  for (guint i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      g_autoptr (GBytes) lie = NULL;
      g_autoptr (YejiNumberFilter) filter = NULL;

      memcpy (copy, data, size);
      copy[lies[i].at] = lies[i].value;
      seal (copy, size);
      lie = g_bytes_new (copy, size);
      filter = yeji_number_filter_new (lie, NULL);
      /* a greater range is another filter, a well-formed one */
      if (filter != NULL && !g_str_equal (lies[i].what, "very many of both"))
        g_error ("taken: %s", lies[i].what);
      if (filter != NULL)
        yeji_number_filter_holds (filter, "2201041603300001");
    }
  memcpy (copy, data, size);
  memset (copy + 24, 0xff, size - 24 - SUM);
  seal (copy, size);
  refuse (copy, size, YEJI_NUMBER_FILTER_ERROR_DAMAGED);
}

static void
test_noise (void)
{
  g_autoptr (GBytes) bytes = make_filter (0, 300);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_autofree guint8 *copy = g_malloc (size);

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GBytes) noise = NULL;
      g_autoptr (YejiNumberFilter) filter = NULL;

      memcpy (copy, data, size);
      for (int j = g_test_rand_int_range (1, 6); j > 0; j--)
        copy[g_test_rand_int_range (8, (int) size - SUM)] = (guint8) g_test_rand_int ();
      seal (copy, size);
      noise = g_bytes_new (copy, size);
      filter = yeji_number_filter_new (noise, NULL);
      for (guint j = 0; filter != NULL && j < 20; j++)
        {
          g_autofree char *number = make_number (j);

          yeji_number_filter_holds (filter, number);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/number-filter/numbers-are-compared-without-width-case-and-marks",
                   test_fold);
  g_test_add_func ("/model/number-filter/any-program-computes-the-hash", test_hash);
  g_test_add_func ("/model/number-filter/none-of-a-million-is-missed-and-few-are-mistaken",
                   test_million);
  g_test_add_func ("/model/number-filter/every-number-of-numbers-works", test_sizes);
  g_test_add_func ("/model/number-filter/the-same-set-makes-the-same-bytes", test_order);
  g_test_add_func ("/model/number-filter/what-is-cut-or-changed-is-refused", test_damage);
  g_test_add_func ("/model/number-filter/what-lies-about-itself-is-refused", test_lies);
  g_test_add_func ("/model/number-filter/noise-under-a-right-sum-does-no-harm", test_noise);
  return g_test_run ();
}
