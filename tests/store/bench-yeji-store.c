// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Prints how long it takes until a full record, one value of which was typed, is on the disk. */

#define G_LOG_DOMAIN "bench-store"

#include "config.h"

#include <stdlib.h>

#include "store-fixture.h"

#define N_SAVES 1000
#define N_LISTED 1000
#define N_LISTS 20

static int
compare_times (gconstpointer first,
               gconstpointer second)
{
  gint64 a = *(const gint64 *) first;
  gint64 b = *(const gint64 *) second;

  return (a > b) - (a < b);
}

static void
print_times (const char *what,
             GArray     *times)
{
  g_array_sort (times, compare_times);
  g_print ("%s: p50 %.2f ms, p99 %.2f ms, max %.2f ms (%u times)\n", what,
           g_array_index (times, gint64, times->len / 2) / 1000.0,
           g_array_index (times, gint64, times->len * 99 / 100) / 1000.0,
           g_array_index (times, gint64, times->len - 1) / 1000.0, times->len);
}

static void
measure_saves (StoreFixture *fixture,
               YejiRecord   *record)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < N_SAVES; i++)
    {
      g_autofree char *text = g_strdup_printf ("建设规模 %u", i);
      gint64 start, taken;

      store_fixture_type (record, "PrjSize", text);
      start = g_get_monotonic_time ();
      store_fixture_save (fixture, record, 0);
      taken = g_get_monotonic_time () - start;
      g_array_append_val (times, taken);
    }
  print_times ("save", times);
}

static void
measure_lists (StoreFixture *fixture,
               YejiRecord   *record)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < N_LISTED; i++)
    g_ptr_array_add (records, yeji_record_duplicate (record));
  g_assert_true (yeji_store_save_many (fixture->store, records, NULL, "imported", NULL));
  for (guint i = 0; i < N_LISTS; i++)
    {
      gint64 start = g_get_monotonic_time ();
      g_autoptr (GPtrArray) list = yeji_store_list (fixture->store, NULL);
      gint64 taken = g_get_monotonic_time () - start;

      g_assert_nonnull (list);
      g_array_append_val (times, taken);
    }
  print_times ("list of 1,000", times);
}

int
main (int   argc,
      char *argv[])
{
  StoreFixture fixture = { 0 };
  g_autoptr (YejiRecord) record = NULL;
  g_autofree char *text = NULL;

  g_set_prgname ("bench-yeji-store");
  store_fixture_set_up (&fixture, NULL);
  record = store_fixture_read_sample (fixture.dictionary);
  text = yeji_record_to_text (record);
  g_print ("a record of %" G_GSIZE_FORMAT " bytes in %s\n", strlen (text), fixture.dir);
  measure_saves (&fixture, record);
  measure_lists (&fixture, record);
  store_fixture_tear_down (&fixture, NULL);
  return EXIT_SUCCESS;
}
