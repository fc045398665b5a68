// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-petition.h"

#include <string.h>

#include "store-fixture.h"
#include "yeji-sql-private.h"
#include "yeji-transfer-store.h"

#define ADDRESS "/project/Address"
#define CARD "/tenders/0/ConstructorIDCard"
#define NEW_CARD "220102198501010027"

/* A record that the province has approved. */
static YejiRecord *
approve (StoreFixture *fixture,
         const char   *state)
{
  YejiRecord *record = store_fixture_read_sample (fixture->dictionary);
  g_autoptr (GPtrArray) answers
    = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_answer_free);
  g_autoptr (GError) error = NULL;

  store_fixture_save (fixture, record, 0);
  g_ptr_array_add (answers, store_fixture_answer_new (record, "r3", state,
                                                      "2026-11-20T02:00:00.000Z"));
  yeji_store_apply_answers (fixture->store, answers, "c1", &error);
  g_assert_no_error (error);
  return record;
}

static YejiPetition *
write_draft (StoreFixture *fixture,
             YejiRecord   *record,
             const char   *pointer,
             const char   *value)
{
  YejiPetition *petition = yeji_petition_new (yeji_record_get_uuid (record),
                                              YEJI_PETITION_CORRECTION);
  g_autoptr (GError) error = NULL;
  YejiPlace place;

  g_assert_true (yeji_record_resolve (record, pointer, &place, NULL));
  g_assert_true (yeji_petition_set (petition, record, &place, value));
  g_free (petition->reason);
  petition->reason = g_strdup ("有误（虚构）");
  yeji_store_save_petition (fixture->store, petition, &error);
  g_assert_no_error (error);
  return petition;
}

static void
add_file (StoreFixture *fixture,
          YejiPetition *petition,
          const char   *name,
          const char   *content)
{
  g_autofree char *path = g_build_filename (fixture->dir, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, content, -1, &error);
  g_assert_no_error (error);
  yeji_store_add_petition_file (fixture->store, petition, file, NULL, &error);
  g_assert_no_error (error);
}

static YejiPetition *
get (StoreFixture *fixture,
     const char   *id)
{
  g_autoptr (GError) error = NULL;
  YejiPetition *petition = yeji_store_get_petition (fixture->store, id, &error);

  g_assert_no_error (error);
  return petition;
}

static void
reopen (StoreFixture *fixture)
{
  store_fixture_close (fixture);
  store_fixture_open (fixture);
}

static void
test_kept (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr (YejiRecord) record = approve (fixture, "approved");
  g_autoptr (YejiPetition) draft = write_draft (fixture, record, CARD, NEW_CARD);
  g_autoptr (YejiPetition) stored = NULL;
  g_autoptr (YejiRecord) same = NULL;
  g_autofree char *path = g_build_filename (fixture->dir, "yeji.sqlite", NULL);
  g_autoptr (YejiSql) sql = NULL;
  g_autoptr (YejiRows) rows = NULL;
  g_autoptr (GError) error = NULL;

  add_file (fixture, draft, "proof.pdf", "%PDF-1.4 proof");
  reopen (fixture);
  stored = get (fixture, draft->id);
  g_assert_cmpint (stored->state, ==, YEJI_PETITION_DRAFT);
  g_assert_cmpstr (((YejiPetitionChange *) g_ptr_array_index (stored->changes, 0))->after, ==,
                   NEW_CARD);
  g_assert_cmpuint (stored->files->len, ==, 1);
  same = store_fixture_load (fixture, record);
  g_assert_true (yeji_record_equal (same, record));
  store_fixture_assert_state (fixture, record, YEJI_STATE_APPROVED);

  /* personal numbers are sealed where they lie */
  store_fixture_close (fixture);
  sql = yeji_sql_open_read_only (path, &error);
  g_assert_no_error (error);
  rows = yeji_sql_query (sql, &error, "SELECT after FROM petition_change", "");
  g_assert_true (yeji_rows_next (rows, &error));
  g_assert_cmpstr (yeji_rows_text (rows, 0), !=, NEW_CARD);
  g_clear_pointer (&rows, yeji_rows_free);
  g_clear_pointer (&sql, yeji_sql_close);
  store_fixture_open (fixture);
}

static YejiPetitionChange *
get_change (YejiPetition *petition,
            guint         index)
{
  g_assert_cmpuint (index, <, petition->changes->len);
  return g_ptr_array_index (petition->changes, index);
}

/* Rows come and go with their values; whatever is left of them afterwards has the right number. */
static void
test_rows (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr (YejiRecord) record = approve (fixture, "approved");
  YejiDictionary *dictionary = yeji_record_get_dictionary (record);
  const YejiTableDef *table = yeji_dictionary_find_member (dictionary, "participants");
  const YejiFieldDef *name = yeji_table_def_find_field (table, "PersonName");
  const YejiFieldDef *card = yeji_table_def_find_field (table, "PersonIDCard");
  guint n = yeji_record_get_n_rows (record, table);
  g_autoptr (YejiPetition) draft = yeji_petition_new (yeji_record_get_uuid (record),
                                                      YEJI_PETITION_CORRECTION);
  g_autoptr (YejiPetition) stored = NULL;
  g_autoptr (YejiRecord) grown = yeji_petition_apply (draft, record);
  g_autoptr (YejiRecord) again = NULL;
  g_autofree char *here = g_strdup_printf ("/participants/%u/PersonName", n);
  g_autoptr (GError) error = NULL;
  YejiRow *first, *second;
  YejiPlace place = { table, NULL, name };

  first = yeji_record_append_row (grown, table);
  yeji_petition_bring_row (draft, grown, first);
  second = yeji_record_append_row (grown, table);
  yeji_petition_bring_row (draft, grown, second);
  place.row = second;
  g_assert_true (yeji_petition_set (draft, grown, &place, "周增补（虚构）"));
  place.field = card;
  g_assert_true (yeji_petition_set (draft, grown, &place, NEW_CARD));
  /* a value of a row that goes is asked for in vain */
  place = (YejiPlace) { table, yeji_record_get_row (record, table, 0), name };
  g_assert_true (yeji_petition_set (draft, record, &place, "x"));
  yeji_petition_take_row (draft, record, place.row);
  g_assert_false (yeji_petition_set (draft, record, &place, "y"));
  g_assert_cmpuint (draft->changes->len, ==, 5);

  yeji_petition_keep_row (draft, first);
  yeji_record_remove_row (grown, first);
  yeji_petition_renumber (draft, grown);
  g_assert_cmpuint (draft->changes->len, ==, 4);
  g_assert_cmpstr (get_change (draft, 1)->pointer, ==, here);
  g_assert_true (yeji_petition_fits (draft, record));

  yeji_store_save_petition (fixture->store, draft, &error);
  g_assert_no_error (error);
  reopen (fixture);
  stored = get (fixture, draft->id);
  g_assert_cmpint (yeji_petition_change_get_row (get_change (stored, 0)), ==,
                   YEJI_PETITION_ROW_COMES);
  g_assert_cmpint (yeji_petition_change_get_row (get_change (stored, 1)), ==,
                   YEJI_PETITION_ROW_STAYS);
  g_assert_cmpint (yeji_petition_change_get_row (get_change (stored, 3)), ==,
                   YEJI_PETITION_ROW_GOES);
  g_assert_cmpstr (get_change (stored, 2)->before, ==, "");
  g_assert_cmpstr (get_change (stored, 2)->after, ==, NEW_CARD);
  again = yeji_petition_apply (stored, record);
  g_assert_cmpuint (yeji_record_get_n_rows (again, table), ==, n + 1);
  second = yeji_record_find_row (again, table, get_change (stored, 0)->row, NULL);
  g_assert_cmpstr (yeji_row_get (second, card), ==, NEW_CARD);

  /* the record got that row otherwise meanwhile */
  yeji_record_append_row (record, table);
  g_assert_false (yeji_petition_fits (stored, record));
}

static void
assert_not_queued (StoreFixture *fixture,
                   YejiPetition *petition)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (yeji_store_queue_petition (fixture->store, petition->id, &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE);
}

static void
test_complete (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autoptr (YejiRecord) record = approve (fixture, "approved");
  g_autoptr (YejiPetition) draft = write_draft (fixture, record, ADDRESS, "新址（虚构）");
  g_autoptr (YejiPetition) other = write_draft (fixture, record, ADDRESS, "另址（虚构）");
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  assert_not_queued (fixture, draft);              /* without evidence */
  add_file (fixture, draft, "proof.pdf", "%PDF-1.4 proof");
  add_file (fixture, other, "proof.pdf", "%PDF-1.4 proof");
  yeji_store_queue_petition (fixture->store, draft->id, &error);
  g_assert_no_error (error);
  store_fixture_assert_state (fixture, record, YEJI_STATE_CORRECTION_REQUESTED);
  assert_not_queued (fixture, other);              /* one waits already */
  g_assert_false (yeji_store_save_petition (fixture->store, draft, &error));
  g_clear_error (&error);

  yeji_store_reopen_petition (fixture->store, draft->id, &error);
  g_assert_no_error (error);
  store_fixture_assert_state (fixture, record, YEJI_STATE_APPROVED);
  yeji_store_queue_petition (fixture->store, draft->id, &error);
  yeji_store_begin_petition (fixture->store, draft->id, none, &error);
  g_assert_no_error (error);
  g_assert_false (yeji_store_reopen_petition (fixture->store, draft->id, &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE);
  reopen (fixture);                                /* the program ended in between */
  store_fixture_assert_state (fixture, record, YEJI_STATE_CORRECTION_REQUESTED);
}

static void
hear (StoreFixture      *fixture,
      YejiRecord        *record,
      const YejiPetition *petition,
      YejiPetitionState  state)
{
  g_autoptr (GPtrArray) answers
    = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_answer_free);
  YejiAnswer *answer = store_fixture_answer_new (record, "r3", "approved",
                                                 "2026-11-21T02:00:00.000Z");
  g_autoptr (GError) error = NULL;

  answer->petition = yeji_petition_copy (petition);
  answer->petition->state = state;
  g_ptr_array_add (answers, answer);
  yeji_store_apply_answers (fixture->store, answers, "c2", &error);
  g_assert_no_error (error);
}

/* What the province says is taken over, in whatever order and however often it comes. */
static void
test_answers (StoreFixture  *fixture,
              gconstpointer  data)
{
  static const struct
  {
    YejiPetitionState said;
    YejiPetitionState known;
    YejiState state;
  } steps[] = {
    { YEJI_PETITION_REQUESTED, YEJI_PETITION_REQUESTED, YEJI_STATE_CORRECTION_REQUESTED },
    { YEJI_PETITION_REFUSED, YEJI_PETITION_REFUSED, YEJI_STATE_APPROVED },
    { YEJI_PETITION_REFUSED, YEJI_PETITION_REFUSED, YEJI_STATE_APPROVED },
    { YEJI_PETITION_REQUESTED, YEJI_PETITION_REFUSED, YEJI_STATE_APPROVED },
  };
  g_autoptr (YejiRecord) record = approve (fixture, "approved");
  g_autoptr (YejiPetition) mine = write_draft (fixture, record, ADDRESS, "新址（虚构）");
  g_autoptr (YejiPetition) theirs = yeji_petition_new (yeji_record_get_uuid (record),
                                                       YEJI_PETITION_CORRECTION);
  g_autoptr (YejiPetition) kept = NULL;

  g_free (theirs->reason);
  theirs->reason = g_strdup ("另一台电脑申请（虚构）");
  yeji_petition_add_change (theirs, "", "", "", CARD, "220102198501010019", NEW_CARD);
  yeji_petition_add_change (theirs, "", "", "", "/nowhere/7", "a", "b");
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (YejiPetition) known = NULL;

      hear (fixture, record, theirs, steps[i].said);
      reopen (fixture);
      known = get (fixture, theirs->id);
      g_assert_cmpint (known->state, ==, steps[i].known);
      g_assert_cmpuint (known->changes->len, ==, 2);
      g_assert_cmpstr (((YejiPetitionChange *) g_ptr_array_index (known->changes, 0))->after, ==,
                       NEW_CARD);
      store_fixture_assert_state (fixture, record, steps[i].state);
    }
  kept = get (fixture, mine->id);                  /* what the clerk writes is nobody else's */
  g_assert_cmpint (kept->state, ==, YEJI_PETITION_DRAFT);
  g_assert_cmpstr (((YejiPetitionChange *) g_ptr_array_index (kept->changes, 0))->after, ==,
                   "新址（虚构）");
}

static void
test_states (StoreFixture  *fixture,
             gconstpointer  data)
{
  static const struct
  {
    const char *word;
    YejiPetitionKind kind;
    gboolean queued;
  } cases[] = {
    { "approved", YEJI_PETITION_WITHDRAWAL, TRUE },
    { "incomplete", YEJI_PETITION_WITHDRAWAL, TRUE },
    { "incomplete", YEJI_PETITION_CORRECTION, FALSE },
    { "submitted", YEJI_PETITION_WITHDRAWAL, FALSE },
    { "revoked", YEJI_PETITION_WITHDRAWAL, FALSE },
    { "withdrawn", YEJI_PETITION_CORRECTION, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (YejiRecord) record = NULL;
      g_autoptr (YejiPetition) petition = NULL;
      g_autoptr (GError) error = NULL;

      store_fixture_tear_down (fixture, NULL);
      store_fixture_set_up (fixture, NULL);
      record = approve (fixture, cases[i].word);
      petition = write_draft (fixture, record, ADDRESS, "新址（虚构）");
      petition->kind = cases[i].kind;
      if (cases[i].kind == YEJI_PETITION_WITHDRAWAL)
        {
          g_ptr_array_set_size (petition->changes, 0);
          yeji_store_discard_petition (fixture->store, petition->id, &error);
          yeji_store_save_petition (fixture->store, petition, &error);
        }
      else
        add_file (fixture, petition, "proof.pdf", "%PDF-1.4 proof");
      g_assert_no_error (error);
      g_test_message ("%s", cases[i].word);
      g_assert_true (yeji_store_queue_petition (fixture->store, petition->id, &error)
                     == cases[i].queued);
    }
}

/* Only what the province takes is taken here, and a field that approval sets is nobody's. */
static void
test_refuses (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (YejiRecord) record = approve (fixture, "approved");
  g_autoptr (YejiPetition) draft = write_draft (fixture, record, ADDRESS, "新址（虚构）");
  g_autofree char *path = g_build_filename (fixture->dir, "note.txt", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  YejiPlace place;

  g_file_set_contents (path, "no scan", -1, NULL);
  g_assert_false (yeji_store_add_petition_file (fixture->store, draft, file, NULL, &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_FILE);
  g_assert_true (yeji_record_resolve (record, "/project/DataLevel", &place, NULL));
  g_assert_false (yeji_petition_set (draft, record, &place, "A"));
  g_assert_cmpuint (draft->changes->len, ==, 1);
}

int
main (int    argc,
      char **argv)
{
#define ADD(path, test) \
  g_test_add ("/store/petitions/" path, StoreFixture, NULL, store_fixture_set_up, test, \
              store_fixture_tear_down)
  g_test_init (&argc, &argv, NULL);
  ADD ("a-draft-is-kept-beside-the-record-and-sealed", test_kept);
  ADD ("rows-come-and-go-with-their-values", test_rows);
  ADD ("only-a-complete-one-waits-and-one-at-a-time", test_complete);
  ADD ("answers-are-taken-over-once", test_answers);
  ADD ("only-what-is-approved-can-be-asked-for", test_states);
  ADD ("what-nobody-takes-is-refused", test_refuses);
  return g_test_run ();
}
