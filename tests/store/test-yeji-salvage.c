// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "test-salvage"

#include "config.h"

#include "damage-fixture.h"

#include "yeji-backup.h"
#include "yeji-record-copy.h"
#include "yeji-store-save-stream.h"
#include "yeji-sql-private.h"

#define N_RECORDS 12
#define N_IN_BACKUP 8

/* Pages at the beginning, where the trees have their roots. */
#define N_ROOTS 40

/* A profile of some hundred pages that every case damages anew. */
typedef struct
{
  char *model;                 /* with a backup */
  char *dir;                   /* the copy that is damaged */
  YejiDictionary *dictionary;
  Contents before;
  guint n_pages;
  guint page_size;
  gboolean uncertain;          /* of the last report */
  guint n_lost;
} Fixture;

static Fixture fixture;

static void
add_document (YejiStore  *store,
              YejiRecord *record,
              guint       number)
{
  g_autofree char *path = g_build_filename (fixture.model, "document.pdf", NULL);
  g_autofree char *text = g_strdup_printf ("%%PDF-1.4 sample %u", number);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (YejiAttachment) attachment = NULL;
  g_autoptr (GError) error = NULL;

  write_bytes (fixture.model, "document.pdf", text, strlen (text));
  attachment = yeji_store_attach (store, yeji_record_get_uuid (record), "contract", file, NULL,
                                  &error);
  g_assert_no_error (error);
  g_remove (path);
}

static YejiRecord *
make_record (guint number)
{
  g_autoptr (YejiRecord) sample = store_fixture_read_sample (fixture.dictionary);
  g_autofree char *text = yeji_record_to_text (sample);
  g_autofree char *uuid = g_uuid_string_random ();
  g_auto (GStrv) parts = g_strsplit (text, yeji_record_get_uuid (sample), -1);
  g_autofree char *other = g_strjoinv (uuid, parts);
  g_autofree char *name = g_strdup_printf ("示例工程 %u", number);
  g_autoptr (GError) error = NULL;
  YejiRecord *record = yeji_record_new_from_text (fixture.dictionary, other, -1, &error);

  g_assert_no_error (error);
  store_fixture_type (record, "PrjName", name);
  return record;
}

/* What a check found in a record, so that it can be told again. */
static YejiFacts
make_facts (const char *uuid)
{
  guint sum = g_str_hash (uuid);

  return (YejiFacts) { 0, sum % 7, (int) (sum % 101), (int) (sum % 3), -1, -1 };
}

static void
save (YejiStore  *store,
      YejiRecord *record)
{
  const YejiFacts facts = make_facts (yeji_record_get_uuid (record));
  g_autoptr (GError) error = NULL;

  yeji_store_save (store, record, &facts, "typed", &error);
  g_assert_no_error (error);
}

static gboolean
give_record (YejiSaveStream  *stream,
             YejiRecord     **record,
             gpointer         data,
             GError         **error)
{
  YejiRecord **one = data;

  *record = g_steal_pointer (one);
  return TRUE;
}

static YejiFacts *
give_facts (YejiRecord          *record,
            const char * const  *slots,
            gpointer             data)
{
  const YejiFacts facts = make_facts (yeji_record_get_uuid (record));

  return yeji_facts_copy (&facts);
}

/* Makes it as an import does, whose history says that the record itself is what was made. */
static void
import (YejiStore  *store,
        YejiRecord *record)
{
  static const YejiSaveSource source = { give_record, give_facts };
  YejiRecord *one = yeji_record_copy (record);
  g_autoptr (GError) error = NULL;

  yeji_store_save_stream (store, &source, &one, "imported", NULL, NULL, &error);
  g_assert_no_error (error);
}

/* Some records are newer than the backup, some are not in it. */
static void
fill_model (YejiStore *store)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  g_autofree char *backup = NULL;

  for (guint i = 0; i < N_RECORDS; i++)
    {
      g_ptr_array_add (records, make_record (i));
      if (i == N_IN_BACKUP)
        {
          backup = yeji_store_backup (store, YEJI_BACKUP_MANUAL, NULL, &error);
          g_assert_no_error (error);
        }
      if (i % 3 != 0)
        import (store, g_ptr_array_index (records, i));
      else
        save (store, g_ptr_array_index (records, i));
      if (i % 3 == 0)
        add_document (store, g_ptr_array_index (records, i), i);
    }
  for (guint i = 0; i < N_RECORDS; i += 2)
    {
      store_fixture_type (g_ptr_array_index (records, i), "AllArea", "4321");
      save (store, g_ptr_array_index (records, i));
    }
}

static YejiStore *
open_dir (const char *dir)
{
  g_autoptr (GError) error = NULL;
  YejiStore *store = yeji_store_open (dir, fixture.dictionary, &error);

  g_assert_no_error (error);
  return store;
}

static void
close_store (YejiStore *store)
{
  yeji_store_close (store);
  g_assert_finalize_object (store);
}

static void
set_up (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  YejiStore *store;

  fixture.model = yeji_test_dir_new ();
  fixture.dictionary = yeji_dictionary_new_built_in (&error);
  g_assert_no_error (error);
  store = open_dir (fixture.model);
  fill_model (store);
  contents_read (&fixture.before, store);
  close_store (store);
  bytes = read_bytes (fixture.model, "yeji.sqlite");
  fixture.page_size = 4096;
  fixture.n_pages = (guint) (g_bytes_get_size (bytes) / fixture.page_size);
  g_assert_cmpuint (fixture.n_pages, >, 100);
}

static void
tear_down (void)
{
  contents_clear (&fixture.before);
  yeji_test_dir_remove (fixture.model);
  g_free (fixture.model);
  g_object_unref (fixture.dictionary);
}

static void
begin_case (gboolean with_backup)
{
  fixture.dir = yeji_test_dir_new ();
  copy_tree (fixture.model, fixture.dir);
  if (!with_backup)
    {
      g_autofree char *backups = g_build_filename (fixture.dir, "backups", NULL);

      yeji_test_dir_remove (backups);
    }
}

static void
end_case (void)
{
  yeji_test_dir_remove (fixture.dir);
  g_clear_pointer (&fixture.dir, g_free);
}

/* Opens, and once more when a full check finds that it must be recovered. */
static YejiStore *
open_damaged (gboolean *at_once)
{
  YejiStore *store = open_dir (fixture.dir);
  g_autofree char *aside = g_build_filename (fixture.dir, YEJI_DAMAGED_FOLDER, NULL);
  g_autoptr (GPtrArray) flaws = NULL;
  g_autoptr (GError) error = NULL;

  *at_once = g_file_test (aside, G_FILE_TEST_EXISTS);
  flaws = yeji_store_verify (store, YEJI_DEPTH_FULL, NULL, &error);
  g_assert_no_error (error);
  if (flaws->len == 0)
    return store;
  g_assert_false (*at_once);
  close_store (store);
  return open_dir (fixture.dir);
}

/* The file that was set aside, byte for byte. */
static void
assert_kept (JsonObject *report,
             GBytes     *damaged)
{
  g_autofree char *folder = g_build_filename (fixture.dir, yeji_json_get_string (report, "folder"),
                                              NULL);
  g_autoptr (GBytes) kept = read_bytes (folder, "yeji.sqlite");

  if (damaged == NULL)
    g_assert_null (kept);
  else
    {
      g_assert_nonnull (kept);
      g_assert_true (g_bytes_equal (kept, damaged));
    }
}

static void
assert_sound (YejiStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) flaws = yeji_store_verify (store, YEJI_DEPTH_FULL, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < flaws->len; i++)
    g_test_message ("flaw: %s", ((YejiFlaw *) g_ptr_array_index (flaws, i))->text);
  g_assert_cmpuint (flaws->len, ==, 0);
}

static void
assert_facts (YejiStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = yeji_store_list (store, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < entries->len; i++)
    {
      YejiEntry *entry = g_ptr_array_index (entries, i);
      const YejiFacts facts = make_facts (yeji_entry_get_uuid (entry));

      g_assert_cmpuint (yeji_entry_get_n_warnings (entry), ==, facts.n_warnings);
      g_assert_cmpint (yeji_entry_get_completeness (entry), ==, facts.completeness);
      g_assert_cmpint (yeji_entry_get_outcome (entry), ==, facts.outcome);
    }
}

/* After any damage: everything is there, or the report is true. */
static void
judge (void)
{
  g_autoptr (GBytes) damaged = read_bytes (fixture.dir, "yeji.sqlite");
  gboolean at_once;
  YejiStore *store = open_damaged (&at_once);
  g_autoptr (YejiNotice) notice = find_notice (store, YEJI_NOTICE_RECOVERED);
  Contents after;

  contents_read (&after, store);
  fixture.uncertain = notice != NULL
                      && json_object_get_boolean_member (notice->details, "uncertain");
  fixture.n_lost = notice != NULL ? (guint) number (notice->details, "n_lost") : 0;
  if (notice != NULL)
    assert_report_true (&fixture.before, &after, notice->details);
  else
    {
      g_assert_cmpuint (g_hash_table_size (after.records), ==,
                        g_hash_table_size (fixture.before.records));
      g_assert_cmpuint (after.n_lines, ==, fixture.before.n_lines);
      g_assert_cmpuint (after.sum_of_lines, ==, fixture.before.sum_of_lines);
      g_assert_cmpuint (after.n_attachments, ==, fixture.before.n_attachments);
    }
  if (at_once)
    assert_kept (notice->details, damaged);
  assert_sound (store);
  assert_facts (store);
  close_store (store);
  contents_clear (&after);
}

static void
overwrite (guint  page,
           GRand *random)
{
  g_autoptr (GBytes) bytes = read_bytes (fixture.dir, "yeji.sqlite");
  gsize length;
  guint8 *data;

  data = g_bytes_unref_to_data (g_steal_pointer (&bytes), &length);
  for (guint i = 0; i < fixture.page_size; i++)
    data[page * fixture.page_size + i] = (guint8) g_rand_int (random);
  write_bytes (fixture.dir, "yeji.sqlite", data, length);
  g_free (data);
}

/* The first pages, where the roots are, and every @data-th one; each one with `-m slow`. */
static void
test_noise (gconstpointer data)
{
  guint step = GPOINTER_TO_UINT (data);
  g_autoptr (GRand) random = g_rand_new_with_seed (20261122 + step);

  for (guint page = 0; page < fixture.n_pages; page += page < 12 || g_test_slow () ? 1 : step)
    {
      begin_case (step % 2 == 0);
      g_test_message ("page %u of %u", page + 1, fixture.n_pages);
      overwrite (page, random);
      judge ();
      /* One page takes a few records at most, and what it took is known from the indexes. */
      g_assert_cmpuint (fixture.n_lost, <=, 3);
      g_assert_true (!fixture.uncertain || page < N_ROOTS);
      end_case ();
    }
}

static void
assert_refused (GQuark domain,
                int    code)
{
  g_autoptr (GBytes) before = read_bytes (fixture.dir, "yeji.sqlite");
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (yeji_store_open (fixture.dir, fixture.dictionary, &error));
  g_assert_error (error, domain, code);
  after = read_bytes (fixture.dir, "yeji.sqlite");
  if (before == NULL)
    g_assert_null (after);
  else
    g_assert_true (g_bytes_equal (before, after));
}

static gboolean
is_refused (void)
{
  g_autoptr (GBytes) before = read_bytes (fixture.dir, "yeji.sqlite");
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *copy = g_strconcat (fixture.dir, ".copy", NULL);
  YejiStore *store;

  copy_tree (fixture.dir, copy);
  store = yeji_store_open (copy, fixture.dictionary, &error);
  after = read_bytes (copy, "yeji.sqlite");
  yeji_test_dir_remove (copy);
  if (store != NULL)
    {
      close_store (store);
      return FALSE;
    }
  g_assert_error (error, YEJI_DB_ERROR, YEJI_DB_ERROR_DAMAGED);
  g_assert_true (g_bytes_equal (before, after));
  return TRUE;
}

static void
test_cut_off (void)
{
  for (guint page = 1; page < fixture.n_pages; page += g_test_slow () ? 1 : 37)
    {
      g_autoptr (GBytes) bytes = NULL;

      begin_case (page % 2 == 0);
      g_test_message ("after page %u of %u", page, fixture.n_pages);
      bytes = read_bytes (fixture.dir, "yeji.sqlite");
      write_bytes (fixture.dir, "yeji.sqlite", g_bytes_get_data (bytes, NULL),
                   page * fixture.page_size + (page % 3) * 700);
      /* the first pages hold the schema, inner pages and hardly a row */
      if (page >= N_ROOTS || page % 2 == 0 || !is_refused ())
        judge ();
      end_case ();
    }
}

/* A backup fills what one page took, and the report names it. */
static void
test_many_pages (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (4);

  for (guint round = 0; round < 6; round++)
    {
      begin_case (round % 2 == 0);
      for (guint i = 0; i < 5; i++)
        overwrite ((guint) g_rand_int_range (random, 0, (gint32) fixture.n_pages), random);
      judge ();
      end_case ();
    }
}

static void
test_header (void)
{
  static const guint8 zeros[4096];
  g_autoptr (GBytes) bytes = NULL;
  g_autofree guint8 *data = NULL;
  gsize length;

  for (guint n = 16; n <= sizeof zeros; n = n < 100 ? 100 : n + 3996)
    {
      begin_case (FALSE);
      bytes = read_bytes (fixture.dir, "yeji.sqlite");
      data = g_bytes_unref_to_data (g_steal_pointer (&bytes), &length);
      memcpy (data, zeros, n);
      write_bytes (fixture.dir, "yeji.sqlite", data, length);
      g_clear_pointer (&data, g_free);
      judge ();
      end_case ();
    }
}

/* Without the header every record is still there: pages are read one by one. */
static void
test_header_loses_nothing (void)
{
  static const guint8 zeros[100];
  g_autoptr (YejiNotice) notice = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree guint8 *data = NULL;
  gsize length;
  YejiStore *store;
  Contents after;

  begin_case (FALSE);
  bytes = read_bytes (fixture.dir, "yeji.sqlite");
  data = g_bytes_unref_to_data (g_steal_pointer (&bytes), &length);
  memcpy (data, zeros, sizeof zeros);
  write_bytes (fixture.dir, "yeji.sqlite", data, length);
  store = open_dir (fixture.dir);
  notice = find_notice (store, YEJI_NOTICE_RECOVERED);
  contents_read (&after, store);
  g_assert_cmpuint (g_hash_table_size (after.records), ==, N_RECORDS);
  g_assert_cmpuint (after.n_lines, ==, fixture.before.n_lines);
  g_assert_cmpuint (after.n_attachments, ==, fixture.before.n_attachments);
  g_assert_true (says_all (notice->details));
  g_assert_cmpint (number (notice->details, "lost_others"), ==, 0);
  close_store (store);
  contents_clear (&after);
  end_case ();
}

typedef struct
{
  const char *text;            /* (nullable): the file is taken away */
  gboolean with_backup;
  const char *reason;          /* (nullable): refused, and nothing is touched */
} ReplacedCase;

static const ReplacedCase replaced_cases[] = {
  { "This is a letter and no database.", TRUE, "damaged" },
  { "This is a letter and no database.", FALSE, NULL },
  { "", TRUE, "empty" },
  { "", FALSE, NULL },
  { NULL, TRUE, "missing" },
  { NULL, FALSE, NULL },
};

static void
replace (const char *text)
{
  g_autofree char *path = g_build_filename (fixture.dir, "yeji.sqlite", NULL);

  if (text != NULL)
    write_bytes (fixture.dir, "yeji.sqlite", text, strlen (text));
  else
    g_remove (path);
}

static void
test_replaced (gconstpointer data)
{
  const ReplacedCase *test_case = data;
  g_autoptr (YejiNotice) notice = NULL;
  YejiStore *store;
  Contents after;

  begin_case (test_case->with_backup);
  replace (test_case->text);
  if (test_case->reason == NULL)
    {
      assert_refused (YEJI_DB_ERROR, YEJI_DB_ERROR_DAMAGED);
      end_case ();
      return;
    }
  store = open_dir (fixture.dir);
  notice = find_notice (store, YEJI_NOTICE_RECOVERED);
  g_assert_nonnull (notice);
  g_assert_cmpstr (yeji_json_get_string (notice->details, "reason"), ==, test_case->reason);
  contents_read (&after, store);
  g_assert_cmpuint (g_hash_table_size (after.records), ==, N_IN_BACKUP);
  g_assert_cmpint (number (notice->details, "n_from_backup"), ==, N_IN_BACKUP);
  assert_report_true (&fixture.before, &after, notice->details);
  assert_sound (store);
  close_store (store);
  contents_clear (&after);
  end_case ();
}

static void
test_directory (void)
{
  g_autofree char *path = NULL;

  begin_case (TRUE);
  replace (NULL);
  path = g_build_filename (fixture.dir, "yeji.sqlite", NULL);
  g_mkdir (path, 0700);
  assert_refused (YEJI_STORE_ERROR, YEJI_STORE_ERROR_PLACE);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_DIR));
  end_case ();
}

static void
test_may_not_be_read (void)
{
  g_autofree char *path = NULL;
  g_autofree char *folder = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  begin_case (TRUE);
  path = g_build_filename (fixture.dir, "yeji.sqlite", NULL);
  folder = g_build_filename (fixture.dir, YEJI_DAMAGED_FOLDER, NULL);
  g_chmod (path, 0);
  bytes = read_bytes (fixture.dir, "yeji.sqlite");
  if (bytes != NULL)
    g_test_skip ("this user may read everything");
  else
    {
      g_assert_null (yeji_store_open (fixture.dir, fixture.dictionary, &error));
      g_assert_error (error, YEJI_DB_ERROR, YEJI_DB_ERROR_IO);
      g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
    }
  g_chmod (path, 0600);
  end_case ();
}

/* A newer version's file is left alone, damaged or not. */
static void
test_newer (void)
{
  static const guint8 version[] = { 0, 0, 0, 99 };
  g_autoptr (GBytes) bytes = NULL;
  g_autofree guint8 *data = NULL;
  gsize length;

  begin_case (TRUE);
  bytes = read_bytes (fixture.dir, "yeji.sqlite");
  data = g_bytes_unref_to_data (g_steal_pointer (&bytes), &length);
  memcpy (data + 60, version, sizeof version);
  memset (data + 3 * fixture.page_size, 0xab, fixture.page_size);
  write_bytes (fixture.dir, "yeji.sqlite", data, length);
  assert_refused (YEJI_DB_ERROR, YEJI_DB_ERROR_NEWER);
  end_case ();
}

/* @number: 0 for any page */
static void
spoil_pointers (guint8  *page,
                guint32  number,
                GRand   *random)
{
  guint n_cells = (guint) page[3] << 8 | page[4];

  for (guint i = 0; i <= n_cells; i++)
    {
      guint place = i == 0 ? 8 : (guint) page[10 + 2 * i] << 8 | page[11 + 2 * i];
      guint32 target = GUINT32_TO_BE (number != 0 ? number : g_rand_int (random));

      if (i == 0 || g_rand_boolean (random))
        memcpy (page + place, &target, sizeof target);
    }
}

/* A tree that points at itself, and pages that point at pages that there are not. */
static void
test_loops (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint round = 0; round < (g_test_slow () ? 40 : 6); round++)
    {
      g_autoptr (GBytes) bytes = NULL;
      g_autofree guint8 *data = NULL;
      gsize length;

      begin_case (FALSE);
      bytes = read_bytes (fixture.dir, "yeji.sqlite");
      data = g_bytes_unref_to_data (g_steal_pointer (&bytes), &length);
      /* every inner page of a table points at itself, or anywhere */
      for (guint page = 1; page < fixture.n_pages; page++)
        if (data[page * fixture.page_size] == 5)
          spoil_pointers (data + page * fixture.page_size, round % 2 == 0 ? page + 1 : 0, random);
      write_bytes (fixture.dir, "yeji.sqlite", data, length);
      judge ();
      end_case ();
    }
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/store/salvage/noise-on-any-page", GUINT_TO_POINTER (31), test_noise);
  g_test_add_data_func ("/store/salvage/noise-with-a-backup", GUINT_TO_POINTER (40), test_noise);
  g_test_add_func ("/store/salvage/noise-on-many-pages", test_many_pages);
  g_test_add_func ("/store/salvage/cut-off-anywhere", test_cut_off);
  g_test_add_func ("/store/salvage/header-zeroed", test_header);
  g_test_add_func ("/store/salvage/without-a-header-nothing-is-lost", test_header_loses_nothing);
  for (guint i = 0; i < G_N_ELEMENTS (replaced_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/store/salvage/replaced/%u", i);

      g_test_add_data_func (path, &replaced_cases[i], test_replaced);
    }
  g_test_add_func ("/store/salvage/directory-in-its-place-is-refused", test_directory);
  g_test_add_func ("/store/salvage/file-that-may-not-be-read-is-refused", test_may_not_be_read);
  g_test_add_func ("/store/salvage/newer-version-is-left-alone", test_newer);
  g_test_add_func ("/store/salvage/loops-end", test_loops);
  set_up ();
  status = g_test_run ();
  tear_down ();
  return status;
}
