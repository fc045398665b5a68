// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Usage: bench-check RECORD.json whole|live ROUNDS
 *
 * Checks a record in memory: as a whole, or again after a change of each field in turn (that is one
 * round). Prints microseconds per check, median and worst. Under callgrind, ROUNDS against
 * ROUNDS + n tells the instructions of n rounds. */

#define G_LOG_DOMAIN "bench-check"

#include "config.h"

#include "yeji-live-check.h"

#include <stdlib.h>
#include <string.h>

#define TODAY "2025-06-30"

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static void
print (const char *name,
       GArray     *times)
{
  g_array_sort (times, compare);
  g_print ("%s: n %u p50 %.1f us p99 %.1f us worst %.1f us\n", name, times->len,
           g_array_index (times, double, times->len / 2),
           g_array_index (times, double, times->len * 99 / 100),
           g_array_index (times, double, times->len - 1));
}

static void
add_time (GArray *times,
          gint64  began)
{
  double taken = (double) (g_get_monotonic_time () - began);

  g_array_append_val (times, taken);
}

static void
check_whole (YejiValidator *validator,
             YejiRecord    *record,
             GArray        *times)
{
  gint64 began = g_get_monotonic_time ();

  g_ptr_array_unref (yeji_validator_check (validator, record, TODAY, NULL));
  add_time (times, began);
}

static void
type_into (YejiLiveCheck      *live,
           YejiRecord         *record,
           YejiRow            *row,
           const YejiFieldDef *field,
           GArray             *times)
{
  g_autofree char *value = g_strdup (yeji_row_get (row, field));
  const char * const texts[] = { "1", value };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gint64 began = g_get_monotonic_time ();

      yeji_record_set (record, row, field, texts[i]);
      g_ptr_array_unref (yeji_live_check_run (live, TODAY, NULL));
      add_time (times, began);
    }
}

static void
check_live (YejiLiveCheck *live,
            YejiRecord    *record,
            GArray        *times)
{
  GPtrArray *tables = yeji_dictionary_get_tables (yeji_record_get_dictionary (record));

  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      for (guint j = 0; j < table->fields->len && yeji_record_get_n_rows (record, table) > 0; j++)
        type_into (live, record, yeji_record_get_row (record, table, 0),
                   g_ptr_array_index (table->fields, j), times);
    }
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (&error);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (YejiValidator) validator = NULL;
  g_autoptr (YejiLiveCheck) live = NULL;
  g_autoptr (YejiRecord) record = NULL;
  g_autofree char *text = NULL;

  if (argc != 4 || !g_file_get_contents (argv[1], &text, NULL, &error))
    return EXIT_FAILURE;
  record = yeji_record_new_from_text (dictionary, text, -1, &error);
  g_assert_no_error (error);
  validator = yeji_validator_new (dictionary, YEJI_LANGUAGE_ZH);
  live = yeji_live_check_new (validator, record);
  g_ptr_array_unref (yeji_live_check_run (live, TODAY, NULL));
  for (int i = 0; i < atoi (argv[3]); i++)
    {
      if (g_str_equal (argv[2], "whole"))
        check_whole (validator, record, times);
      else
        check_live (live, record, times);
    }
  if (times->len > 0)
    print (argv[2], times);
  return EXIT_SUCCESS;
}
