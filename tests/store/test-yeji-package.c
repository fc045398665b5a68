// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "test-package"

#include "config.h"

#include <string.h>

#include "package-fixture.h"

/* ---- Round */

static void
test_goes_round (PackageFixture *fixture,
                 gconstpointer   data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->here.dictionary);

  store_fixture_save (&fixture->here, record, 0);
  package_fixture_type (&fixture->here, record, "PrjName", "改名");
  backup_fixture_attach (&fixture->here, record, "合同.pdf");
  backup_fixture_attach (&fixture->here, record, "附件.pdf");
  package_fixture_pack (fixture, &fixture->here);
  package_fixture_take (fixture, &fixture->there);
  package_fixture_assert_kind (fixture, 0, YEJI_TAKE_NEW);
  package_fixture_assert_same (fixture, record);
  package_fixture_assert_history (fixture, record);
  package_fixture_assert_documents (fixture, record, 2);
}

/* What is done to a record at random, by seed. */
static void
mutate (StoreFixture *store,
        YejiRecord   *record,
        GRand        *rand)
{
  GPtrArray *tables = yeji_dictionary_get_tables (store->dictionary);
  const YejiTableDef *table = g_ptr_array_index (tables, g_rand_int_range (rand, 0,
                                                                           (int) tables->len));
  const YejiFieldDef *field = g_ptr_array_index (table->fields,
                                                 g_rand_int_range (rand, 0,
                                                                   (int) table->fields->len));
  guint n_rows = yeji_record_get_n_rows (record, table);
  g_autofree char *value = g_strdup_printf ("值%u\n\"\\%u", g_rand_int_range (rand, 0, 5),
                                            g_rand_int_range (rand, 0, 1000));
  YejiRow *row;

  if (table->index > 0 && (n_rows == 0 || g_rand_int_range (rand, 0, 4) == 0))
    yeji_record_append_row (record, table);
  else if (table->index > 0 && g_rand_int_range (rand, 0, 6) == 0)
    yeji_record_remove_row (record, yeji_record_get_row (record, table, 0));
  n_rows = yeji_record_get_n_rows (record, table);
  if (n_rows > 0)
    {
      row = yeji_record_get_row (record, table, (guint) g_rand_int_range (rand, 0, (int) n_rows));
      yeji_record_set (record, row, field, value);
    }
  store_fixture_save (store, record, 0);
}

static void
test_random_records (PackageFixture *fixture,
                     gconstpointer   data)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_documents[4];

  g_test_message ("seed %u", seed);
  for (guint i = 0; i < G_N_ELEMENTS (n_documents); i++)
    {
      YejiRecord *record = i == 0 ? store_fixture_read_sample (fixture->here.dictionary)
                                  : yeji_record_new (fixture->here.dictionary, NULL, "design");

      g_ptr_array_add (records, record);
      store_fixture_save (&fixture->here, record, 0);
      for (int n = g_rand_int_range (rand, 0, 12); n > 0; n--)
        mutate (&fixture->here, record, rand);
      n_documents[i] = (guint) g_rand_int_range (rand, 0, 4);
      for (guint j = 0; j < n_documents[i]; j++)
        {
          g_autofree char *name = g_strdup_printf ("文件%u.pdf", j);   /* the same in all records */

          backup_fixture_attach (&fixture->here, record, name);
        }
    }
  package_fixture_pack (fixture, &fixture->here);
  package_fixture_take (fixture, &fixture->there);
  for (guint i = 0; i < records->len; i++)
    {
      package_fixture_assert_same (fixture, g_ptr_array_index (records, i));
      package_fixture_assert_history (fixture, g_ptr_array_index (records, i));
      package_fixture_assert_documents (fixture, g_ptr_array_index (records, i), n_documents[i]);
    }
}

static void
test_province (PackageFixture *fixture,
               gconstpointer   data)
{
  g_autoptr (YejiRecord) record = package_fixture_start (fixture, "returned");
  g_autoptr (YejiEntry) here = NULL;
  g_autoptr (YejiEntry) there = NULL;
  const YejiPoint *point;

  here = store_fixture_get_entry (&fixture->here, record);
  there = store_fixture_get_entry (&fixture->there, record);
  g_assert_cmpstr (yeji_entry_get_revision (there), ==, "r1");
  g_assert_cmpint (yeji_entry_get_state (there), ==, YEJI_STATE_RETURNED);
  g_assert_cmpint (yeji_entry_get_edited_since (there), ==, yeji_entry_get_edited_since (here));
  g_assert_cmpuint (yeji_entry_get_points (there)->len, ==, 1);
  point = g_ptr_array_index (yeji_entry_get_points (there), 0);
  g_assert_cmpstr (point->comment, ==, "看这里");
}

/* ---- Merging */

typedef struct
{
  const char *mine[2], *theirs[2];     /* PrjName, Address; NULL: as it was */
  YejiTakeKind kind;
  const char *name, *address;
  guint n_conflicts;
} MergeCase;

static void
change_both (StoreFixture      *store,
             YejiRecord        *record,
             const char *const  values[2])
{
  if (values[0] != NULL)
    package_fixture_type (store, record, "PrjName", values[0]);
  if (values[1] != NULL)
    package_fixture_type (store, record, "Address", values[1]);
}

static void
test_merges (PackageFixture *fixture,
             gconstpointer   data)
{
  static const MergeCase cases[] = {
    { { NULL, NULL }, { NULL, NULL }, YEJI_TAKE_SAME, "零", "地", 0 },
    { { "一", NULL }, { NULL, NULL }, YEJI_TAKE_OLDER, "一", "地", 0 },
    { { NULL, NULL }, { "二", NULL }, YEJI_TAKE_FOLLOWED, "二", "地", 0 },
    { { "一", NULL }, { "一", NULL }, YEJI_TAKE_SAME, "一", "地", 0 },
    { { "一", NULL }, { NULL, "别处" }, YEJI_TAKE_MERGED, "一", "别处", 0 },
    { { "一", NULL }, { "二", NULL }, YEJI_TAKE_CONFLICT, "一", "地", 1 },
    { { "一", "甲" }, { "二", "乙" }, YEJI_TAKE_CONFLICT, "一", "甲", 2 },
    { { "一", NULL }, { "二", "乙" }, YEJI_TAKE_CONFLICT, "一", "乙", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (YejiRecord) record = yeji_record_new (fixture->here.dictionary, NULL, "design");
      g_autoptr (YejiRecord) merged = NULL;

      store_fixture_type (record, "PrjName", "零");
      store_fixture_type (record, "Address", "地");
      store_fixture_save (&fixture->here, record, 0);
      package_fixture_pack_one (fixture, &fixture->here, record);
      package_fixture_take (fixture, &fixture->there);
      change_both (&fixture->there, record, cases[i].mine);
      change_both (&fixture->here, record, cases[i].theirs);
      package_fixture_pack_one (fixture, &fixture->here, record);
      package_fixture_take (fixture, &fixture->there);
      package_fixture_assert_kind (fixture, 0, cases[i].kind);
      g_assert_cmpuint (package_fixture_get_item (fixture, 0)->n_conflicts, ==,
                        cases[i].n_conflicts);
      merged = store_fixture_load (&fixture->there, record);
      g_assert_cmpstr (store_fixture_read (merged, "PrjName"), ==, cases[i].name);
      g_assert_cmpstr (store_fixture_read (merged, "Address"), ==, cases[i].address);
      package_fixture_assert_conflicts (&fixture->there, record, cases[i].n_conflicts);
      /* Once more there is nothing to do. */
      package_fixture_take (fixture, &fixture->there);
      g_assert_null (fixture->report->batch);
      package_fixture_assert_conflicts (&fixture->there, record, cases[i].n_conflicts);
    }
}

/* To and fro, without a question that was decided being asked again. */
static void
test_goes_to_and_fro (PackageFixture *fixture,
                      gconstpointer   data)
{
  g_autoptr (YejiRecord) record = yeji_record_new (fixture->here.dictionary, NULL, "design");
  static const char *const names[] = { "二", "三", "四", "五" };
  StoreFixture *sides[] = { &fixture->here, &fixture->there };

  store_fixture_type (record, "PrjName", "一");
  store_fixture_save (&fixture->here, record, 0);
  package_fixture_hand_over (fixture, &fixture->here, &fixture->there);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      StoreFixture *from = sides[(i + 1) % 2], *to = sides[i % 2];
      g_autoptr (YejiRecord) got = NULL;

      package_fixture_type (from, record, "PrjName", names[i]);
      package_fixture_hand_over (fixture, from, to);
      package_fixture_assert_kind (fixture, 0, YEJI_TAKE_FOLLOWED);
      got = store_fixture_load (to, record);
      g_assert_cmpstr (store_fixture_read (got, "PrjName"), ==, names[i]);
    }
  /* Both go on, one decides for its own, and goes on. */
  package_fixture_type (&fixture->here, record, "PrjName", "此");
  package_fixture_type (&fixture->there, record, "PrjName", "彼");
  package_fixture_hand_over (fixture, &fixture->here, &fixture->there);
  package_fixture_assert_kind (fixture, 0, YEJI_TAKE_CONFLICT);
  package_fixture_type (&fixture->there, record, "Address", "路");
  package_fixture_type (&fixture->here, record, "PrjNum", "2201021603300101");
  package_fixture_hand_over (fixture, &fixture->here, &fixture->there);
  package_fixture_assert_kind (fixture, 0, YEJI_TAKE_MERGED);
  package_fixture_hand_over (fixture, &fixture->there, &fixture->here);
  package_fixture_assert_kind (fixture, 0, YEJI_TAKE_FOLLOWED);
  package_fixture_assert_same (fixture, record);
}

/* One that was begun and never typed into has no history yet. */
static void
test_empty (PackageFixture *fixture,
            gconstpointer   data)
{
  g_autoptr (YejiRecord) record = yeji_record_new (fixture->here.dictionary, NULL, "");
  g_autoptr (YejiRecord) got = NULL;

  store_fixture_save (&fixture->here, record, 0);
  package_fixture_hand_over (fixture, &fixture->here, &fixture->there);
  package_fixture_assert_kind (fixture, 0, YEJI_TAKE_NEW);
  package_fixture_type (&fixture->there, record, "PrjName", "一");
  package_fixture_hand_over (fixture, &fixture->there, &fixture->here);
  package_fixture_assert_kind (fixture, 0, YEJI_TAKE_FOLLOWED);
  got = store_fixture_load (&fixture->here, record);
  g_assert_cmpstr (store_fixture_read (got, "PrjName"), ==, "一");
  package_fixture_hand_over (fixture, &fixture->here, &fixture->there);
  package_fixture_assert_kind (fixture, 0, YEJI_TAKE_SAME);
}

static void
test_rows (PackageFixture *fixture,
           gconstpointer   data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->here.dictionary);
  const YejiTableDef *table = yeji_dictionary_find_member (fixture->here.dictionary, "contracts");
  const YejiTableDef *other = yeji_dictionary_find_member (fixture->there.dictionary, "contracts");
  g_autoptr (YejiRecord) mine = NULL;
  g_autoptr (YejiRecord) theirs = NULL;
  g_autoptr (YejiRecord) merged = NULL;

  store_fixture_save (&fixture->here, record, 0);
  package_fixture_hand_over (fixture, &fixture->here, &fixture->there);
  theirs = store_fixture_load (&fixture->here, record);
  yeji_record_append_row (theirs, table);
  store_fixture_save (&fixture->here, theirs, 0);
  mine = store_fixture_load (&fixture->there, record);
  yeji_record_append_row (mine, other);
  store_fixture_save (&fixture->there, mine, 0);
  package_fixture_hand_over (fixture, &fixture->here, &fixture->there);
  package_fixture_assert_kind (fixture, 0, YEJI_TAKE_MERGED);
  merged = store_fixture_load (&fixture->there, record);
  g_assert_cmpuint (yeji_record_get_n_rows (merged, other), ==,
                    yeji_record_get_n_rows (record, table) + 2);
}

/* Both say who did what, each line once, and what was here at a time is still known. */
static void
test_history_of_both (PackageFixture *fixture,
                      gconstpointer   data)
{
  g_autoptr (YejiRecord) record = yeji_record_new (fixture->here.dictionary, NULL, "design");
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (YejiRecord) before = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *moment = NULL;
  guint n_elsewhere = 0;

  store_fixture_type (record, "PrjName", "一");
  store_fixture_save (&fixture->here, record, 0);
  package_fixture_hand_over (fixture, &fixture->here, &fixture->there);
  package_fixture_type (&fixture->here, record, "Address", "彼处");
  package_fixture_type (&fixture->there, record, "PrjName", "此");
  moment = package_fixture_wait_for_next_moment ();
  package_fixture_hand_over (fixture, &fixture->here, &fixture->there);
  package_fixture_hand_over (fixture, &fixture->here, &fixture->there);
  lines = yeji_store_get_history (fixture->there.store, yeji_record_get_uuid (record), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < lines->len; i++)
    {
      const YejiHistoryLine *line = g_ptr_array_index (lines, i);

      if (!yeji_history_line_is_elsewhere (line))
        continue;
      n_elsewhere++;
      g_assert_cmpstr (line->change->field, ==, "Address");
      g_assert_cmpstr (line->why, ==, YEJI_HISTORY_ELSEWHERE "typed");
    }
  g_assert_cmpuint (n_elsewhere, ==, 1);
  before = yeji_store_load_at (fixture->there.store, yeji_record_get_uuid (record), moment,
                               &error);
  g_assert_no_error (error);
  g_assert_cmpstr (store_fixture_read (before, "PrjName"), ==, "此");
  g_assert_cmpstr (store_fixture_read (before, "Address"), ==, "");
}

static void
test_fixed (PackageFixture *fixture,
            gconstpointer   data)
{
  g_autoptr (YejiRecord) record = package_fixture_start (fixture, "submitted");
  g_autoptr (YejiRecord) same = NULL;

  package_fixture_force (&fixture->here, record, "PrjName", "改");
  package_fixture_hand_over (fixture, &fixture->here, &fixture->there);
  package_fixture_assert_kind (fixture, 0, YEJI_TAKE_FIXED);
  g_assert_null (fixture->report->batch);
  same = store_fixture_load (&fixture->there, record);
  g_assert_cmpstr (store_fixture_read (same, "PrjName"), !=, "改");
}

static void
test_bin (PackageFixture *fixture,
          gconstpointer   data)
{
  g_autoptr (YejiRecord) record = backup_fixture_add (&fixture->here, "一");
  g_autoptr (GError) error = NULL;

  package_fixture_hand_over (fixture, &fixture->here, &fixture->there);
  g_assert_true (yeji_store_remove (fixture->there.store, yeji_record_get_uuid (record), &error));
  package_fixture_hand_over (fixture, &fixture->here, &fixture->there);
  g_assert_true (package_fixture_get_item (fixture, 0)->restored);
  store_fixture_assert_state (&fixture->there, record, YEJI_STATE_DRAFT);
}

static void
test_documents (PackageFixture *fixture,
                gconstpointer   data)
{
  g_autoptr (YejiRecord) record = backup_fixture_add (&fixture->here, "一");
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;
  const char *uuid = yeji_record_get_uuid (record);

  backup_fixture_attach (&fixture->here, record, "甲.pdf");
  backup_fixture_attach (&fixture->here, record, "丁.pdf");
  package_fixture_hand_over (fixture, &fixture->here, &fixture->there);
  backup_fixture_attach (&fixture->here, record, "乙.pdf");
  backup_fixture_attach (&fixture->here, record, "丙.pdf");
  backup_fixture_attach (&fixture->there, record, "丙.pdf");
  list = yeji_store_get_attachments (fixture->there.store, uuid, &error);
  g_assert_true (yeji_store_detach (fixture->there.store, uuid,
                                    yeji_attachment_get_id (g_ptr_array_index (list, 0)), &error));
  package_fixture_hand_over (fixture, &fixture->here, &fixture->there);
  g_assert_cmpuint (package_fixture_get_item (fixture, 0)->n_documents, ==, 1);
  package_fixture_assert_n_documents (&fixture->there, record, 3);
}

/* ---- Undo */

static void
test_undo (PackageFixture *fixture,
           gconstpointer   data)
{
  g_autoptr (YejiRecord) merged = backup_fixture_add (&fixture->here, "一");
  g_autoptr (YejiRecord) asked = backup_fixture_add (&fixture->here, "问");
  g_autoptr (YejiRecord) fresh = NULL;
  g_autoptr (YejiBatchUndo) done = NULL;
  g_autoptr (GError) error = NULL;

  package_fixture_hand_over (fixture, &fixture->here, &fixture->there);
  package_fixture_type (&fixture->here, merged, "PrjName", "二");
  package_fixture_type (&fixture->here, asked, "PrjName", "彼");
  package_fixture_type (&fixture->there, asked, "PrjName", "此");
  backup_fixture_attach (&fixture->here, merged, "甲.pdf");
  fresh = backup_fixture_add (&fixture->here, "新");
  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (YejiRecord) before = NULL;

      package_fixture_hand_over (fixture, &fixture->here, &fixture->there);
      g_assert_nonnull (fixture->report->batch);
      package_fixture_assert_same (fixture, merged);
      package_fixture_assert_n_documents (&fixture->there, merged, 1);
      package_fixture_assert_conflicts (&fixture->there, asked, 1);
      done = yeji_package_undo (fixture->there.store, fixture->report->batch, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (done->removed->len, ==, round == 0 ? 1 : 0);
      g_assert_cmpuint (done->reverted->len, ==, 2);
      before = store_fixture_load (&fixture->there, merged);
      g_assert_cmpstr (store_fixture_read (before, "PrjName"), ==, "一");
      package_fixture_assert_n_documents (&fixture->there, merged, 0);
      package_fixture_assert_conflicts (&fixture->there, asked, 0);
      store_fixture_assert_state (&fixture->there, fresh,
                                  round == 0 ? YEJI_STATE_REMOVED : YEJI_STATE_DRAFT);
      g_clear_pointer (&done, yeji_batch_undo_free);
    }
}

/* ---- Plan */

static void
test_plan_changes_nothing (PackageFixture *fixture,
                           gconstpointer   data)
{
  g_autoptr (YejiRecord) record = backup_fixture_add (&fixture->here, "一");
  g_autofree char *files = g_build_filename (fixture->there.dir, "files", NULL);
  g_autofree char *found = NULL;
  g_autoptr (YejiPackage) package = NULL;
  g_autoptr (YejiTakeReport) plan = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;

  backup_fixture_attach (&fixture->here, record, "甲.pdf");
  package_fixture_pack (fixture, &fixture->here);
  package = package_fixture_open (fixture);
  plan = yeji_package_plan (package, fixture->there.store, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (plan->items->len, ==, 1);
  g_assert_cmpint (((YejiTakeItem *) g_ptr_array_index (plan->items, 0))->kind, ==, YEJI_TAKE_NEW);
  g_assert_cmpuint (((YejiTakeItem *) g_ptr_array_index (plan->items, 0))->n_documents, ==, 1);
  g_assert_null (plan->batch);
  entries = yeji_store_list (fixture->there.store, &error);
  g_assert_cmpuint (entries->len, ==, 0);
  found = backup_fixture_list (files);
  g_assert_cmpstr (found, ==, "");
}

static void
test_enterprises (PackageFixture *fixture,
                  gconstpointer   data)
{
  static const struct { const char *here[2], *there[2]; gboolean same; } cases[] = {
    { { NULL, NULL }, { NULL, NULL }, TRUE },
    { { "甲公司", NULL }, { NULL, NULL }, TRUE },
    { { "甲公司", NULL }, { "乙公司", NULL }, FALSE },
    { { "甲公司", "912201010000000010" }, { "甲", "912201010000000010" }, TRUE },
    { { "甲公司", "912201010000000010" }, { "甲公司", "91350100M000100Y43" }, FALSE },
    { { "甲公司", "912201010000000010" }, { "甲公司", NULL }, TRUE },
  };
  g_autoptr (YejiRecord) record = backup_fixture_add (&fixture->here, "一");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (YejiPackage) package = NULL;
      g_autoptr (GError) error = NULL;

      package_fixture_name (&fixture->here, cases[i].here[0], cases[i].here[1]);
      package_fixture_name (&fixture->there, cases[i].there[0], cases[i].there[1]);
      package_fixture_pack (fixture, &fixture->here);
      package = package_fixture_open (fixture);
      g_assert_cmpint (yeji_package_check_enterprise (package, fixture->there.store, &error), ==,
                       cases[i].same);
      if (!cases[i].same)
        g_assert_error (error, YEJI_PACKAGE_ERROR, YEJI_PACKAGE_ERROR_ENTERPRISE);
    }
}

static void
test_nothing_in_the_clear (PackageFixture *fixture,
                           gconstpointer   data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->here.dictionary);
  g_autoptr (GPtrArray) numbers = package_fixture_list_personal (record);
  g_autofree char *database = g_build_filename (fixture->there.dir, "yeji.sqlite", NULL);

  g_assert_cmpuint (numbers->len, >, 0);
  store_fixture_save (&fixture->here, record, 0);
  package_fixture_hand_over (fixture, &fixture->here, &fixture->there);
  package_fixture_assert_same (fixture, record);
  store_fixture_close (&fixture->there);
  for (guint i = 0; i < numbers->len; i++)
    {
      package_fixture_assert_lacks (fixture->path, g_ptr_array_index (numbers, i));
      package_fixture_assert_lacks (database, g_ptr_array_index (numbers, i));
    }
  store_fixture_open (&fixture->there);
}

int
main (int    argc,
      char **argv)
{
  static const PackageCase cases[] = {
    { "/store/package/goes-round", test_goes_round },
    { "/store/package/carries-random-records", test_random_records },
    { "/store/package/carries-what-the-province-said", test_province },
    { "/store/package/merges-field-by-field", test_merges },
    { "/store/package/goes-to-and-fro", test_goes_to_and_fro },
    { "/store/package/carries-what-was-only-begun", test_empty },
    { "/store/package/merges-rows", test_rows },
    { "/store/package/keeps-the-history-of-both", test_history_of_both },
    { "/store/package/leaves-what-the-province-has", test_fixed },
    { "/store/package/takes-out-of-the-bin", test_bin },
    { "/store/package/adds-documents", test_documents },
    { "/store/package/is-taken-back-at-once", test_undo },
    { "/store/package/plans-without-a-trace", test_plan_changes_nothing },
    { "/store/package/tells-another-enterprise", test_enterprises },
    { "/store/package/has-nothing-in-the-clear", test_nothing_in_the_clear },
  };

  g_test_init (&argc, &argv, NULL);
  yeji_sealed_set_cost (1, 8192);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].path, PackageFixture, NULL, package_fixture_set_up, cases[i].func,
                package_fixture_tear_down);
  return g_test_run ();
}
