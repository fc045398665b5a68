// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "test-conflicts"

#include "config.h"

#include <string.h>

#include "store-fixture.h"
#include "yeji-comparison-apply.h"
#include "yeji-conflicts.h"
#include "yeji-store-private.h"
#include "yeji-store-vault.h"
#include "yeji-undo.h"

#define T1 "2026-01-02T03:04:05.000Z"

/* A record whose state is the province's: what is sent there, what is here, and what comes back. */
static YejiRecord *
start (StoreFixture *fixture)
{
  YejiRecord *record = store_fixture_read_sample (fixture->dictionary);
  YejiAnswer *answer;

  store_fixture_save (fixture, record, 0);
  answer = store_fixture_answer_new (record, "r1", "returned", T1);
  answer->record = yeji_record_to_text (record);
  store_fixture_apply (fixture, answer, "c1");
  return record;
}

static void
answer_with (StoreFixture *fixture,
             YejiRecord   *theirs)
{
  YejiAnswer *answer = store_fixture_answer_new (theirs, "r2", "returned", T1);

  answer->record = yeji_record_to_text (theirs);
  store_fixture_apply (fixture, answer, "c2");
}

static GPtrArray *
get (StoreFixture *fixture,
     YejiRecord   *record)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *list = yeji_store_get_conflicts (fixture->store, yeji_record_get_uuid (record),
                                              &error);

  g_assert_no_error (error);
  return list;
}

static void
assert_n (StoreFixture *fixture,
          YejiRecord   *record,
          guint         n)
{
  g_autoptr (GPtrArray) list = get (fixture, record);
  g_autoptr (YejiEntry) entry = store_fixture_get_entry (fixture, record);

  g_assert_cmpuint (list->len, ==, n);
  g_assert_cmpuint (yeji_entry_get_n_conflicts (entry), ==, n);
}

static void
test_values (StoreFixture  *fixture,
             gconstpointer  data)
{
  static const struct
  {
    const char *mine, *theirs;         /* NULL: as it was */
    gboolean conflict;
  } cases[] = {
    { NULL, NULL, FALSE },
    { "一", NULL, FALSE },
    { NULL, "二", FALSE },
    { "一", "一", FALSE },
    { "一", "二", TRUE },
    { "", "二", TRUE },
    { "一", "", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (YejiRecord) record = start (fixture);
      g_autofree char *before = g_strdup (store_fixture_read (record, "PrjName"));
      g_autoptr (YejiRecord) theirs = yeji_record_copy (record);
      g_autoptr (YejiRecord) loaded = NULL;
      g_autoptr (GPtrArray) list = NULL;

      g_test_message ("case %u", i);
      store_fixture_type (record, "Address", "本地另改之处一二三");
      if (cases[i].mine != NULL)
        store_fixture_type (record, "PrjName", cases[i].mine);
      store_fixture_save (fixture, record, 0);
      if (cases[i].theirs != NULL)
        store_fixture_type (theirs, "PrjName", cases[i].theirs);
      answer_with (fixture, theirs);
      assert_n (fixture, record, cases[i].conflict ? 1 : 0);
      list = get (fixture, record);
      loaded = store_fixture_load (fixture, record);
      g_assert_cmpstr (store_fixture_read (loaded, "Address"), ==, "本地另改之处一二三");
      if (cases[i].conflict)
        {
          const YejiDifference *difference = g_ptr_array_index (list, 0);

          /* nothing of the clerk's is lost */
          g_assert_cmpstr (store_fixture_read (loaded, "PrjName"), ==, cases[i].mine);
          g_assert_cmpstr (difference->field, ==, "PrjName");
          g_assert_cmpstr (difference->texts[YEJI_SIDE_BASE], ==, before);
          g_assert_cmpstr (difference->texts[YEJI_SIDE_MINE], ==, cases[i].mine);
          g_assert_cmpstr (difference->texts[YEJI_SIDE_THEIRS], ==, cases[i].theirs);
        }
      g_assert_true (yeji_store_remove (fixture->store, yeji_record_get_uuid (record), NULL));
      /* the sample has one uuid */
      store_fixture_close (fixture);
      yeji_test_dir_remove (fixture->dir);
      g_free (fixture->dir);
      fixture->dir = yeji_test_dir_new ();
      store_fixture_open (fixture);
    }
}

/* Both are at one place, the clerk's first. */
static YejiRecord *
make_conflict (StoreFixture *fixture,
               const char   *mine,
               const char   *theirs)
{
  YejiRecord *record = start (fixture);
  g_autoptr (YejiRecord) there = yeji_record_copy (record);

  store_fixture_type (record, "PrjName", mine);
  store_fixture_save (fixture, record, 0);
  store_fixture_type (there, "PrjName", theirs);
  answer_with (fixture, there);
  assert_n (fixture, record, 1);
  return record;
}

static void
test_later (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (YejiRecord) record = make_conflict (fixture, "一", "二");
  g_autoptr (YejiRecord) there = yeji_record_copy (record);
  g_autoptr (GPtrArray) list = NULL;
  const YejiDifference *difference;

  /* the same again, or another place: it stays */
  store_fixture_type (there, "PrjName", "二");
  store_fixture_type (there, "Address", "省里另改之处一二三");
  answer_with (fixture, there);
  assert_n (fixture, record, 1);

  /* something else there: the base is still what both came from */
  store_fixture_type (there, "PrjName", "三");
  answer_with (fixture, there);
  list = get (fixture, record);
  difference = g_ptr_array_index (list, 0);
  g_assert_cmpstr (difference->texts[YEJI_SIDE_THEIRS], ==, "三");
  g_assert_cmpstr (difference->texts[YEJI_SIDE_BASE], !=, "二");

  store_fixture_close (fixture);
  store_fixture_open (fixture);
  assert_n (fixture, record, 1);

  /* what the clerk has, there, too */
  store_fixture_type (there, "PrjName", "一");
  answer_with (fixture, there);
  assert_n (fixture, record, 0);
}

static void
test_decided (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (YejiRecord) record = make_conflict (fixture, "一", "二");
  const char *uuid = yeji_record_get_uuid (record);
  g_autoptr (GPtrArray) list = get (fixture, record);
  g_autoptr (YejiRecord) loaded = NULL;
  g_autoptr (YejiUndo) undo = NULL;

  g_assert_true (yeji_store_decide_conflicts (fixture->store, uuid, list, TRUE, NULL));
  assert_n (fixture, record, 0);
  g_assert_true (yeji_store_decide_conflicts (fixture->store, uuid, list, FALSE, NULL));
  assert_n (fixture, record, 1);

  /* theirs, and back */
  loaded = store_fixture_load (fixture, record);
  yeji_difference_apply (g_ptr_array_index (list, 0), loaded, YEJI_SIDE_THEIRS);
  g_assert_true (yeji_store_save (fixture->store, loaded, NULL, "merged", NULL));
  assert_n (fixture, record, 0);
  undo = yeji_store_undo (fixture->store, uuid, NULL);
  g_assert_nonnull (undo);
  g_assert_cmpstr (undo->why, ==, "merged");
  assert_n (fixture, record, 1);
  g_clear_pointer (&undo, yeji_undo_free);
  undo = yeji_store_redo (fixture->store, uuid, NULL);
  assert_n (fixture, record, 0);
  /* what is typed afterwards is no conflict again */
  store_fixture_type (loaded, "PrjName", "四");
  store_fixture_save (fixture, loaded, 0);
  assert_n (fixture, record, 0);
}

static void
test_submitted (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr (YejiRecord) record = make_conflict (fixture, "一", "二");
  g_autoptr (GError) error = NULL;

  yeji_store_queue_submit (fixture->store, yeji_record_get_uuid (record), &error);
  g_assert_no_error (error);
  assert_n (fixture, record, 0);
}

/* ---- Rows */

static void
touch (YejiRecord *record,
       const char *what)
{
  const YejiTableDef *people = yeji_dictionary_find_member (yeji_record_get_dictionary (record),
                                                            "participants");
  YejiRow *row = yeji_record_get_row (record, people, 0);

  if (g_str_equal (what, "removed"))
    yeji_record_remove_row (record, row);
  else if (g_str_equal (what, "edited"))
    yeji_record_set (record, row, yeji_table_def_find_field (people, "PersonName"), "改名");
}

static void
test_rows (StoreFixture  *fixture,
           gconstpointer  data)
{
  static const struct
  {
    const char *mine, *theirs;
    gboolean conflict;
    guint n_rows, n_rows_with_theirs;    /* less than before */
  } cases[] = {
    { "removed", "same", FALSE, 1, 1 },
    { "same", "removed", FALSE, 1, 1 },
    { "removed", "removed", FALSE, 1, 1 },
    { "removed", "edited", TRUE, 1, 0 },
    { "edited", "removed", TRUE, 0, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (YejiRecord) record = start (fixture);
      const YejiTableDef *people = yeji_dictionary_find_member (fixture->dictionary,
                                                                "participants");
      guint n = yeji_record_get_n_rows (record, people);
      g_autofree char *id = g_strdup (yeji_row_get_id (yeji_record_get_row (record, people, 0)));
      g_autoptr (YejiRecord) theirs = yeji_record_copy (record);
      g_autoptr (YejiRecord) loaded = NULL;
      g_autoptr (GPtrArray) list = NULL;

      g_test_message ("case %u", i);
      store_fixture_type (record, "Address", "本地另改之处一二三");
      touch (record, cases[i].mine);
      store_fixture_save (fixture, record, 0);
      touch (theirs, cases[i].theirs);
      answer_with (fixture, theirs);
      assert_n (fixture, record, cases[i].conflict ? 1 : 0);
      loaded = store_fixture_load (fixture, record);
      g_assert_cmpuint (yeji_record_get_n_rows (loaded, people), ==, n - cases[i].n_rows);
      list = get (fixture, record);
      if (cases[i].conflict)
        {
          const YejiDifference *difference = g_ptr_array_index (list, 0);
          YejiRow *row;

          g_assert_true (yeji_difference_is_row (difference));
          g_assert_cmpstr (difference->row, ==, id);
          yeji_difference_apply (difference, loaded, YEJI_SIDE_THEIRS);
          g_assert_true (yeji_store_save (fixture->store, loaded, NULL, "merged", NULL));
          assert_n (fixture, record, 0);
          row = yeji_record_find_row (loaded, people, id, NULL);
          g_assert_cmpstr (row != NULL ? yeji_row_get_by_id (row, "PersonName") : NULL, ==,
                           g_str_equal (cases[i].theirs, "edited") ? "改名" : NULL);
          g_assert_cmpuint (yeji_record_get_n_rows (loaded, people), ==,
                            n - cases[i].n_rows_with_theirs);
        }
      store_fixture_close (fixture);
      yeji_test_dir_remove (fixture->dir);
      g_free (fixture->dir);
      fixture->dir = yeji_test_dir_new ();
      store_fixture_open (fixture);
    }
}

/* ---- What is personal */

#define MINE "220102196611110011"
#define THEIRS "220203197722220022"

static guint
count_in_folder (const char *folder,
                 const char *text)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *content = NULL;
      gsize length = 0;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        n += count_in_folder (path, text);
      else
        g_file_get_contents (path, &content, &length, NULL);
      for (gsize i = 0; content != NULL && i + strlen (text) <= length; i++)
        if (content[i] == text[0] && memcmp (content + i, text, strlen (text)) == 0)
          n++;
    }
  return n;
}

static void
set_card (YejiRecord *record,
          guint       index,
          const char *number)
{
  const YejiTableDef *people = yeji_dictionary_find_member (yeji_record_get_dictionary (record),
                                                            "participants");
  const YejiFieldDef *card = NULL;

  for (guint i = 0; card == NULL; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (people->fields, i);

      if (field->personal == YEJI_PERSONAL_ID_CARD)
        card = field;
    }
  yeji_record_set (record, yeji_record_get_row (record, people, index), card, number);
}

static void
test_sealed (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (YejiRecord) record = start (fixture);
  g_autoptr (YejiRecord) theirs = yeji_record_copy (record);
  const YejiTableDef *people = yeji_dictionary_find_member (fixture->dictionary, "participants");
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;

  /* one value, and one row as a whole */
  set_card (record, 0, MINE);
  yeji_record_remove_row (record, yeji_record_get_row (record, people, 1));
  store_fixture_save (fixture, record, 0);
  set_card (theirs, 0, THEIRS);
  set_card (theirs, 1, THEIRS);
  answer_with (fixture, theirs);
  assert_n (fixture, record, 2);
  for (guint round = 0; round < 2; round++)
    {
      g_clear_pointer (&list, g_ptr_array_unref);
      list = get (fixture, record);
      g_assert_cmpuint (list->len, ==, 2);
      for (guint i = 0; i < list->len; i++)
        {
          const YejiDifference *difference = g_ptr_array_index (list, i);

          if (yeji_difference_is_row (difference))
            {
              g_assert_null (difference->texts[YEJI_SIDE_MINE]);
              g_assert_nonnull (difference->rows[YEJI_SIDE_THEIRS]);
            }
          else
            {
              g_assert_cmpstr (difference->texts[YEJI_SIDE_MINE], ==, MINE);
              g_assert_cmpstr (difference->texts[YEJI_SIDE_THEIRS], ==, THEIRS);
            }
        }
      store_fixture_close (fixture);
      g_assert_cmpuint (count_in_folder (fixture->dir, MINE), ==, 0);
      g_assert_cmpuint (count_in_folder (fixture->dir, THEIRS), ==, 0);
      store_fixture_open (fixture);
      if (round == 0)
        {
          yeji_store_rotate_key (fixture->store, &error);
          g_assert_no_error (error);
        }
    }
}

static const StoreCase cases[] = {
  { "/store/conflicts/remembers-what-both-changed", test_values },
  { "/store/conflicts/follows-what-comes-later", test_later },
  { "/store/conflicts/ends-with-a-decision-and-opens-with-an-undo", test_decided },
  { "/store/conflicts/ends-when-the-record-is-submitted", test_submitted },
  { "/store/conflicts/knows-rows-that-one-took-out", test_rows },
  { "/store/conflicts/seals-what-is-personal", test_sealed },
};

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  store_fixture_add_cases (cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
