// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Prints how long it takes until a full record, one value of which was typed, is on the disk, until
 * many files are taken, and until the matrix of all records is read. */

#define G_LOG_DOMAIN "bench-store"

#include "config.h"

#include <stdlib.h>

#include "intake-fixture.h"
#include "yeji-evidence.h"
#include "yeji-slots.h"
#include "yeji-store-private.h"

#define N_SAVES 1000
#define N_LISTED 1000
#define N_LISTS 20
#define N_FILES 500
#define FILE_SIZE (200 * 1024)
#define N_MATRIX 10000
#define N_IN_SLOT 2

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

/* Noise is not stored once. */
static GPtrArray *
make_files (StoreFixture *fixture,
            YejiRecord   *record)
{
  g_autofree char *folder = g_build_filename (fixture->dir, "scans", NULL);
  g_autofree guint32 *content = g_malloc (FILE_SIZE);
  GPtrArray *list = intake_list_new ();

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  for (guint i = 0; i < N_FILES; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.pdf", i);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);

      for (guint j = 0; j < FILE_SIZE / sizeof *content; j++)
        content[j] = g_random_int ();
      memcpy (content, "%PDF-1.4", 8);
      g_assert_true (g_file_set_contents (path, (const char *) content, FILE_SIZE, NULL));
      g_ptr_array_add (list, yeji_incoming_new (file, i % 50 == 0 ? NULL
                                                                  : yeji_record_get_uuid (record),
                                                i % 50 == 0 ? NULL : "other"));
      if (i % 20 == 19)
        record = intake_add_record (fixture, name);
    }
  return list;
}

static void
measure_taking (StoreFixture *fixture,
                YejiRecord   *record)
{
  g_autoptr (GPtrArray) list = make_files (fixture, record);
  g_autofree char *batch = NULL;
  gint64 start = g_get_monotonic_time ();

  batch = intake_take (fixture, list);
  g_print ("%u files of %u KB taken: %.0f ms\n", N_FILES, FILE_SIZE / 1024,
           (double) (g_get_monotonic_time () - start) / 1000);
  for (guint i = 0; i < list->len; i++)
    g_assert_no_error (((YejiIncoming *) g_ptr_array_index (list, i))->error);
  start = g_get_monotonic_time ();
  g_assert_true (yeji_store_undo_taking (fixture->store, batch, NULL, NULL));
  g_print ("taken back: %.0f ms\n", (double) (g_get_monotonic_time () - start) / 1000);
  start = g_get_monotonic_time ();
  for (guint i = 0; i < list->len; i++)
    {
      const YejiIncoming *incoming = g_ptr_array_index (list, i);
      g_autoptr (YejiAttachment) attachment = NULL;

      attachment = yeji_store_attach (fixture->store,
                                      incoming->uuid != NULL ? incoming->uuid
                                                             : yeji_record_get_uuid (record),
                                      "other", incoming->file, NULL, NULL);
      g_assert_nonnull (attachment);
    }
  g_print ("attached one by one: %.0f ms\n", (double) (g_get_monotonic_time () - start) / 1000);
}

/* The files of the first record, as rows of all others. */
static gboolean
run_multiply (YejiSql   *sql,
              gpointer   data,
              GError   **error)
{
  return yeji_sql_exec (sql, error,
                        "INSERT INTO attachment (id, record, slot, sha256, filename, media_type,"
                        " size, position, added_at, findings, n_flaws) SELECT a.id || r.uuid,"
                        " r.uuid, a.slot, a.sha256, a.filename, a.media_type, a.size, a.position,"
                        " a.added_at, a.findings, a.n_flaws FROM record r, attachment a"
                        " WHERE a.record = ?1 AND r.uuid <> ?1", "s", data);
}

/* Full records with some files in each slot. */
static void
fill_matrix (StoreFixture *fixture,
             YejiRecord   *sample)
{
  GPtrArray *slots = yeji_dictionary_get_slots (fixture->dictionary);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) list = intake_list_new ();
  g_autofree char *required = yeji_slots_list (sample);
  g_autofree char *batch = NULL;
  YejiFacts known = { 0, 0, 100, 2, 9, 0, required };
  YejiRecord *first;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N_MATRIX; i++)
    {
      g_ptr_array_add (records, yeji_record_duplicate (sample));
      g_ptr_array_add (facts, g_memdup2 (&known, sizeof known));
    }
  yeji_store_save_many (fixture->store, records, facts, "imported", &error);
  g_assert_no_error (error);
  first = g_ptr_array_index (records, 0);
  for (guint i = 0; i < slots->len * N_IN_SLOT; i++)
    {
      const YejiSlot *slot = g_ptr_array_index (slots, i / N_IN_SLOT);
      g_autofree char *name = g_strdup_printf ("scan-%u.pdf", i % N_IN_SLOT);
      g_autofree char *content = g_strdup_printf ("%%PDF-1.4 %u", i % N_IN_SLOT);
      YejiIncoming *incoming = intake_add (fixture, list, first, slot->id, name, content);

      incoming->findings = g_strdup (i % N_IN_SLOT == 0 ? GOOD_FINDINGS : COARSE_FINDINGS);
    }
  batch = intake_take (fixture, list);
  yeji_db_run (yeji_store_get_db (fixture->store), run_multiply,
               (gpointer) yeji_record_get_uuid (first), &error);
  g_assert_no_error (error);
}

static void
measure_matrix (StoreFixture *fixture,
                YejiRecord   *sample)
{
  const YejiQuery query = { NULL, YEJI_STATES_ALL, .sort = YEJI_SORT_NAME };
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 start = g_get_monotonic_time ();

  fill_matrix (fixture, sample);
  g_print ("the matrix was filled in %.0f s\n",
           (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  for (guint i = 0; i < N_LISTS; i++)
    {
      g_autoptr (GPtrArray) rows = NULL;
      gint64 taken;

      start = g_get_monotonic_time ();
      rows = yeji_store_list_evidence (fixture->store, &query, NULL);
      taken = g_get_monotonic_time () - start;
      g_assert_cmpuint (rows->len, >=, N_MATRIX);
      g_array_append_val (times, taken);
    }
  print_times ("matrix of 10,000", times);
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
  measure_taking (&fixture, record);
  measure_lists (&fixture, record);
  if (argc > 1 && g_str_equal (argv[1], "--matrix"))
    measure_matrix (&fixture, record);
  store_fixture_tear_down (&fixture, NULL);
  return EXIT_SUCCESS;
}
