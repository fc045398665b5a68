// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* The filter of a million projects that other systems have: how large it is, how long it takes to
 * make, to read and to ask, and how often it is wrong. Above 2,000,000 bytes is a failure. */

#include "config.h"

#include "yeji-number-filter.h"

#include <stdio.h>

#define MILLION 1000000

static char *
make_number (guint i)
{
  return g_strdup_printf ("2201042403%06u%06uSX001", i / 1000, i);
}

static double
get_ms (gint64 since)
{
  return (double) (g_get_monotonic_time () - since) / 1000;
}

int
main (void)
{
  g_autofree guint64 *hashes = g_new (guint64, MILLION);
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (YejiNumberFilter) filter = NULL;
  guint n_missed = 0, n_wrong = 0;
  double hashing, making, reading, asking;
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < MILLION; i++)
    {
      g_autofree char *number = make_number (i);

      hashes[i] = yeji_number_hash (number);
    }
  hashing = get_ms (start);
  start = g_get_monotonic_time ();
  bytes = yeji_number_filter_make (hashes, MILLION);
  making = get_ms (start);
  start = g_get_monotonic_time ();
  filter = yeji_number_filter_new (bytes, NULL);
  reading = get_ms (start);
  for (guint i = 0; i < MILLION; i++)
    {
      g_autofree char *number = make_number (i);

      n_missed += !yeji_number_filter_holds (filter, number);
      g_ptr_array_add (others, make_number (MILLION + i));
    }
  start = g_get_monotonic_time ();
  for (guint i = 0; i < others->len; i++)
    n_wrong += yeji_number_filter_holds (filter, g_ptr_array_index (others, i));
  asking = get_ms (start) * 1000 / MILLION;
  printf ("filter of 1,000,000 numbers: %" G_GSIZE_FORMAT " bytes, hashed in %.0f ms, made in %.0f"
          " ms, read in %.1f ms, asked in %.2f us, %u missed, %u of 1,000,000 others mistaken\n",
          g_bytes_get_size (bytes), hashing, making, reading, asking, n_missed, n_wrong);
  return g_bytes_get_size (bytes) > YEJI_NUMBER_FILTER_SIZE || n_missed > 0;
}
