// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-undo.h"

#include "store-fixture.h"
#include "yeji-store-private.h"

static const char *
get_uuid (YejiRecord *record)
{
  return yeji_record_get_uuid (record);
}

static YejiRecord *
create (StoreFixture *fixture)
{
  YejiRecord *record = yeji_record_new (fixture->dictionary, NULL, "construction");
  g_autoptr (GError) error = NULL;

  yeji_store_save (fixture->store, record, NULL, "created", &error);
  g_assert_no_error (error);
  return record;
}

static void
save_as (StoreFixture *fixture,
         YejiRecord   *record,
         const char   *why)
{
  g_autoptr (GError) error = NULL;

  yeji_store_save (fixture->store, record, NULL, why, &error);
  g_assert_no_error (error);
}

static void
type (StoreFixture *fixture,
      YejiRecord   *record,
      const char   *field,
      const char   *value)
{
  store_fixture_type (record, field, value);
  save_as (fixture, record, "typed");
}

static gboolean
run_sql (YejiSql   *sql,
         gpointer   data,
         GError   **error)
{
  return yeji_sql_exec (sql, error, data, "");
}

static void
change_history (StoreFixture *fixture,
                const char   *statement)
{
  g_autoptr (GError) error = NULL;

  yeji_db_run (yeji_store_get_db (fixture->store), run_sql, (gpointer) statement, &error);
  g_assert_no_error (error);
}

/* Everything happened long before what comes. */
static void
pass_time (StoreFixture *fixture)
{
  change_history (fixture, "UPDATE history SET at = '2026-01-01T08:00:00.000Z'");
}

static YejiUndo *
step (StoreFixture *fixture,
      YejiRecord   *record,
      gboolean      again)
{
  g_autoptr (GError) error = NULL;
  YejiUndo *undo = again ? yeji_store_redo (fixture->store, get_uuid (record), &error)
                         : yeji_store_undo (fixture->store, get_uuid (record), &error);

  g_assert_no_error (error);
  return undo;
}

static void
assert_step (StoreFixture *fixture,
             YejiRecord   *record,
             gboolean      again,
             const char   *field,
             const char   *value)
{
  g_autoptr (YejiUndo) undo = step (fixture, record, again);
  g_autoptr (YejiRecord) stored = store_fixture_load (fixture, record);

  g_assert_cmpstr (store_fixture_read (stored, field), ==, value);
  g_assert_true (yeji_record_equal (stored, undo->record));
}

static void
assert_nothing (StoreFixture *fixture,
                YejiRecord   *record,
                gboolean      again)
{
  g_autoptr (GError) error = NULL;
  YejiUndo *undo = again ? yeji_store_redo (fixture->store, get_uuid (record), &error)
                         : yeji_store_undo (fixture->store, get_uuid (record), &error);

  g_assert_null (undo);
  g_assert_error (error, YEJI_UNDO_ERROR, YEJI_UNDO_ERROR_NOTHING);
}

static void
reopen (StoreFixture *fixture)
{
  store_fixture_close (fixture);
  store_fixture_open (fixture);
}

/* Into the bin, or out of it; twice is once. */
static void
put_into_bin (StoreFixture *fixture,
              YejiRecord   *record,
              gboolean      into)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      if (into)
        yeji_store_remove (fixture->store, get_uuid (record), &error);
      else
        yeji_store_restore (fixture->store, get_uuid (record), &error);
      g_assert_no_error (error);
    }
}

/* ---- Steps */

static void
test_over_restarts (StoreFixture  *fixture,
                    gconstpointer  data)
{
  g_autoptr (YejiRecord) record = create (fixture);
  g_autoptr (YejiRecord) before = NULL;
  g_autoptr (YejiRecord) after = NULL;

  type (fixture, record, "PrjName", "甲");
  before = yeji_record_copy (record);
  type (fixture, record, "PrjNum", "7");
  after = yeji_record_copy (record);

  assert_step (fixture, record, FALSE, "PrjNum", "");
  reopen (fixture);
  assert_step (fixture, record, FALSE, "PrjName", "");
  assert_nothing (fixture, record, FALSE);
  reopen (fixture);
  assert_step (fixture, record, TRUE, "PrjName", "甲");
  assert_step (fixture, record, TRUE, "PrjNum", "7");
  assert_nothing (fixture, record, TRUE);
  /* and down and up once more, now over steps that are redone */
  reopen (fixture);
  assert_step (fixture, record, FALSE, "PrjNum", "");
  assert_step (fixture, record, FALSE, "PrjName", "");
  assert_step (fixture, record, TRUE, "PrjName", "甲");
  assert_step (fixture, record, TRUE, "PrjNum", "7");
  g_clear_object (&record);
  record = store_fixture_load (fixture, after);
  g_assert_true (yeji_record_equal (record, after));
}

static void
test_groups (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (YejiRecord) record = create (fixture);
  g_autoptr (YejiUndo) undo = NULL;

  type (fixture, record, "PrjName", "甲");
  type (fixture, record, "PrjName", "甲乙");
  pass_time (fixture);
  type (fixture, record, "PrjName", "甲乙丙");       /* more than half a minute later */
  type (fixture, record, "PrjName", "甲乙丙丁");
  save_as (fixture, record, "typed");              /* nothing: no step */
  store_fixture_type (record, "PrjName", "戊");
  save_as (fixture, record, "pasted");
  type (fixture, record, "PrjName", "己");

  assert_step (fixture, record, FALSE, "PrjName", "戊");
  assert_step (fixture, record, FALSE, "PrjName", "甲乙丙丁");
  assert_step (fixture, record, FALSE, "PrjName", "甲乙");
  assert_step (fixture, record, TRUE, "PrjName", "甲乙丙丁");
  assert_step (fixture, record, FALSE, "PrjName", "甲乙");
  assert_step (fixture, record, FALSE, "PrjName", "");
  assert_nothing (fixture, record, FALSE);
  undo = step (fixture, record, TRUE);
  g_assert_cmpstr (undo->why, ==, "typed");
  g_assert_cmpuint (undo->changes->len, ==, 1);
  g_assert_cmpstr (((YejiChange *) undo->changes->pdata[0])->after, ==, "甲乙");
}

/* Something was typed for a while, and given up. */
static void
test_given_up (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autoptr (YejiRecord) record = create (fixture);

  type (fixture, record, "PrjName", "甲");
  pass_time (fixture);
  type (fixture, record, "PrjName", "甲乙");
  type (fixture, record, "PrjName", "甲乙丙");
  type (fixture, record, "PrjName", "甲");
  assert_step (fixture, record, FALSE, "PrjName", "");
  assert_step (fixture, record, TRUE, "PrjName", "甲");
  pass_time (fixture);
  type (fixture, record, "PrjName", "丁");
  type (fixture, record, "PrjName", "甲");
  type (fixture, record, "PrjName", "戊");
  assert_step (fixture, record, FALSE, "PrjName", "甲");
  assert_step (fixture, record, FALSE, "PrjName", "");
  assert_nothing (fixture, record, FALSE);
}

static void
test_new_edit_cuts_redo (StoreFixture  *fixture,
                         gconstpointer  data)
{
  g_autoptr (YejiRecord) record = create (fixture);
  g_autoptr (YejiRecord) now = NULL;
  YejiUndoState state;

  type (fixture, record, "PrjName", "甲");
  type (fixture, record, "PrjNum", "7");
  assert_step (fixture, record, FALSE, "PrjNum", "");
  g_assert_true (yeji_store_get_undo_state (fixture->store, get_uuid (record), &state, NULL));
  g_assert_cmpint (state.undo, ==, 2);
  g_assert_cmpint (state.redo, ==, 3);
  now = store_fixture_load (fixture, record);
  type (fixture, now, "PrjName", "乙");
  g_assert_true (yeji_store_get_undo_state (fixture->store, get_uuid (record), &state, NULL));
  g_assert_cmpint (state.undo, ==, 5);
  g_assert_cmpint (state.redo, ==, 0);
  assert_nothing (fixture, record, TRUE);
  /* what was typed after an undo does not go on with what was typed before it */
  assert_step (fixture, record, FALSE, "PrjName", "甲");
}

static void
test_barrier (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (YejiRecord) record = create (fixture);
  g_autoptr (YejiRecord) theirs = NULL;
  YejiAnswer *answer;

  type (fixture, record, "PrjName", "甲");
  theirs = yeji_record_copy (record);
  store_fixture_type (theirs, "PrjNum", "9");
  answer = store_fixture_answer_new (record, "r1", "returned", "2026-11-20T00:00:00Z");
  answer->record = yeji_record_to_text (theirs);
  store_fixture_apply (fixture, answer, "1");
  assert_nothing (fixture, record, FALSE);
  type (fixture, theirs, "PrjName", "乙");
  assert_step (fixture, record, FALSE, "PrjName", "甲");
  assert_nothing (fixture, record, FALSE);
}

static void
test_not_in_hand (StoreFixture  *fixture,
                  gconstpointer  data)
{
  g_autoptr (YejiRecord) record = create (fixture);
  g_autoptr (GError) error = NULL;
  YejiUndoState state;

  type (fixture, record, "PrjName", "甲");
  store_fixture_apply (fixture, store_fixture_answer_new (record, "r1", "submitted",
                                                          "2026-11-20T00:00:00Z"), "1");
  g_assert_null (yeji_store_undo (fixture->store, get_uuid (record), &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE);
  g_assert_true (yeji_store_get_undo_state (fixture->store, get_uuid (record), &state, NULL));
  g_assert_cmpint (state.undo, ==, 0);
  g_clear_error (&error);
  g_assert_null (yeji_store_undo (fixture->store, "no", &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND);
}

static void
test_rows_and_notes (StoreFixture  *fixture,
                     gconstpointer  data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);
  const YejiTableDef *permits = yeji_dictionary_find_member (fixture->dictionary, "permits");
  g_autoptr (YejiRecord) full = NULL;
  g_autoptr (YejiRecord) stored = NULL;
  g_autoptr (YejiUndo) undo = NULL;
  g_autoptr (YejiKept) kept = NULL;

  save_as (fixture, record, "created");
  kept = yeji_kept_new ("a.rule", permits->id,
                        yeji_row_get_id (yeji_record_get_row (record, permits, 0)), "Area", "1",
                        "2", "有批文");
  yeji_record_keep (record, kept);
  yeji_row_set_extra (yeji_record_get_row (record, permits, 0), "unknown", "[1]");
  save_as (fixture, record, "imported");
  full = yeji_record_copy (record);
  yeji_record_remove_row (record, yeji_record_get_row (record, permits, 0));
  save_as (fixture, record, "typed");
  reopen (fixture);
  undo = step (fixture, record, FALSE);
  stored = store_fixture_load (fixture, record);
  g_assert_true (yeji_record_equal (stored, full));
}

/* Where the history has nothing to take back, undo goes on all the same. */
static void
test_gaps (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr (YejiRecord) record = create (fixture);
  g_autoptr (YejiUndo) undo = NULL;

  type (fixture, record, "PrjNum", "7");
  type (fixture, record, "PrjName", "甲");
  change_history (fixture, "UPDATE history SET before = '别的', after = '另一个'"
                           " WHERE field = 'PrjName'");
  undo = step (fixture, record, FALSE);
  g_assert_cmpuint (undo->changes->len, ==, 0);
  assert_step (fixture, record, FALSE, "PrjNum", "");
  assert_nothing (fixture, record, FALSE);
}

static void
test_async (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (YejiRecord) record = create (fixture);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiUndo) undo = NULL;
  GAsyncResult *slot = NULL;

  type (fixture, record, "PrjName", "甲");
  yeji_store_undo_async (fixture->store, get_uuid (record), FALSE, yeji_test_store_result, &slot);
  result = yeji_test_await (&slot, 5000);
  undo = yeji_store_undo_finish (fixture->store, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (store_fixture_read (undo->record, "PrjName"), ==, "");
}

/* ---- Bulk changes */

static void
test_batch (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (YejiRecord) old = create (fixture);
  g_autoptr (YejiRecord) later = create (fixture);
  g_autoptr (YejiRecord) new = yeji_record_new (fixture->dictionary, NULL, "design");
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  g_autoptr (YejiBatchUndo) done = NULL;
  g_autoptr (YejiRecord) stored = NULL;
  g_autoptr (YejiEntry) entry = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *batch = NULL;

  type (fixture, old, "PrjName", "甲");
  store_fixture_type (old, "PrjName", "乙");
  store_fixture_type (later, "PrjName", "丙");
  store_fixture_type (new, "PrjName", "丁");
  g_ptr_array_add (records, old);
  g_ptr_array_add (records, later);
  g_ptr_array_add (records, new);
  g_assert_true (yeji_store_save_batch (fixture->store, records, NULL, "imported", &batch, &error));
  type (fixture, later, "PrjNum", "7");
  reopen (fixture);

  done = yeji_store_undo_batch (fixture->store, batch, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (done->removed->len, ==, 1);
  g_assert_cmpuint (done->reverted->len, ==, 1);
  g_assert_cmpuint (done->left->len, ==, 1);
  stored = store_fixture_load (fixture, old);
  g_assert_cmpstr (store_fixture_read (stored, "PrjName"), ==, "甲");
  store_fixture_assert_state (fixture, new, YEJI_STATE_REMOVED);
  g_clear_object (&stored);
  stored = store_fixture_load (fixture, later);
  g_assert_cmpstr (store_fixture_read (stored, "PrjName"), ==, "丙");
  /* what was reverted can be done again, in that record */
  assert_step (fixture, old, TRUE, "PrjName", "乙");
}

/* A record's own undo takes its part of a bulk change alone. */
static void
test_batch_in_one (StoreFixture  *fixture,
                   gconstpointer  data)
{
  g_autoptr (YejiRecord) a = create (fixture);
  g_autoptr (YejiRecord) b = create (fixture);
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  g_autoptr (YejiRecord) stored = NULL;

  store_fixture_type (a, "PrjName", "甲");
  store_fixture_type (b, "PrjName", "乙");
  g_ptr_array_add (records, a);
  g_ptr_array_add (records, b);
  g_assert_true (yeji_store_save_many (fixture->store, records, NULL, "imported", NULL));
  assert_step (fixture, a, FALSE, "PrjName", "");
  stored = store_fixture_load (fixture, b);
  g_assert_cmpstr (store_fixture_read (stored, "PrjName"), ==, "乙");
}

/* ---- As it was */

static void
assert_at (StoreFixture *fixture,
           YejiRecord   *record,
           const char   *at,
           const char   *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiRecord) then = yeji_store_load_at (fixture->store, get_uuid (record), at, &error);

  if (name == NULL)
    g_assert_error (error, YEJI_UNDO_ERROR, YEJI_UNDO_ERROR_TIME);
  else
    {
      g_assert_no_error (error);
      g_assert_cmpstr (store_fixture_read (then, "PrjName"), ==, name);
    }
}

static void
test_load_at (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (YejiRecord) record = create (fixture);

  type (fixture, record, "PrjName", "甲");
  store_fixture_type (record, "PrjName", "乙");
  save_as (fixture, record, "answered");
  type (fixture, record, "PrjName", "丙");
  change_history (fixture, "UPDATE history SET at = '2026-11-22T0' || step || ':00:00.000Z'");

  assert_at (fixture, record, "2026-11-22T00:59:59Z", NULL);
  assert_at (fixture, record, "yesterday", NULL);
  assert_at (fixture, record, "2026-11-22T01:00:00Z", "");
  assert_at (fixture, record, "2026-11-22T02:30:00Z", "甲");
  assert_at (fixture, record, "2026-11-22T11:20:00+08:00", "乙");
  assert_at (fixture, record, "2026-11-23T00:00:00Z", "丙");
}

static void
test_field_history (StoreFixture  *fixture,
                    gconstpointer  data)
{
  g_autoptr (YejiRecord) record = create (fixture);
  g_autoptr (GPtrArray) lines = NULL;

  type (fixture, record, "PrjName", "甲");
  type (fixture, record, "PrjNum", "7");
  type (fixture, record, "PrjName", "乙");
  lines = yeji_store_get_field_history (fixture->store, get_uuid (record), "TBProjectInfo",
                                        "project", "PrjName", NULL);
  g_assert_cmpuint (lines->len, ==, 2);
  g_assert_cmpstr (((YejiHistoryLine *) lines->pdata[1])->change->before, ==, "甲");
}

/* ---- Compaction */

/* The record at the end of each of the days. */
static GPtrArray *
list_days (StoreFixture *fixture,
           YejiRecord   *record)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);

  for (guint day = 1; day <= 9; day++)
    {
      g_autofree char *at = g_strdup_printf ("2026-01-0%uT23:59:59Z", day);
      g_autoptr (YejiRecord) then = NULL;

      then = yeji_store_load_at (fixture->store, get_uuid (record), at, NULL);
      g_ptr_array_add (texts, then != NULL ? yeji_record_to_text (then) : g_strdup (""));
    }
  return texts;
}

static guint
count_lines (StoreFixture *fixture,
             YejiRecord   *record)
{
  g_autoptr (GPtrArray) lines = yeji_store_get_history (fixture->store, get_uuid (record), NULL);

  return lines->len;
}

static void
compact (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  yeji_store_compact_history (fixture->store, &error);
  g_assert_no_error (error);
}

static void
type_at_random (StoreFixture *fixture,
                YejiRecord   *record,
                GRand        *rand)
{
  static const char *fields[] = { "PrjName", "PrjNum" };
  const YejiTableDef *permits = yeji_dictionary_find_member (fixture->dictionary, "permits");
  const YejiFieldDef *area = yeji_table_def_find_field (permits, "Area");
  YejiRow *project = yeji_record_get_project (record);
  g_autofree char *value = g_strdup_printf ("%d", g_rand_int_range (rand, 0, 1000));
  int n = g_rand_int_range (rand, 0, 8);

  if (n < 5)
    yeji_record_set (record, project,
                     yeji_table_def_find_field (yeji_row_get_table (project), fields[n % 2]),
                     value);
  else if (yeji_record_get_n_rows (record, permits) == 0)
    yeji_record_append_row (record, permits);
  else if (n == 5)
    yeji_record_remove_row (record, yeji_record_get_row (record, permits, 0));
  else
    yeji_record_set (record, yeji_record_get_row (record, permits, 0), area, value);
  save_as (fixture, record, n == 4 ? "pasted" : "typed");
}

/* What it was at the end of each day, and what can be undone, is the same before and after. */
static void
test_compact_keeps_days (StoreFixture  *fixture,
                         gconstpointer  data)
{
  for (guint32 seed = 1; seed <= 12; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (YejiRecord) record = create (fixture);
      g_autofree char *spread = NULL;
      g_autoptr (GPtrArray) before = NULL;
      g_autoptr (GPtrArray) after = NULL;
      g_autofree char *text = NULL;
      g_autofree char *text_after = NULL;
      guint n;

      for (guint i = 0; i < 60; i++)
        {
          type_at_random (fixture, record, rand);
          if (g_rand_int_range (rand, 0, 12) == 0)
            {
              g_autoptr (YejiUndo) undo = yeji_store_undo (fixture->store, get_uuid (record), NULL);

              if (undo != NULL)
                g_set_object (&record, undo->record);
            }
        }
      spread = g_strdup_printf ("UPDATE history SET at ="
                                " printf ('2026-01-%%02dT%%02d:%%02d:00.000Z', 1 + step / 12,"
                                " 8 + step %% 12, step %% 60) WHERE record = '%s'",
                                get_uuid (record));
      change_history (fixture, spread);
      before = list_days (fixture, record);
      text = yeji_record_to_text (record);
      n = count_lines (fixture, record);
      g_assert_true (yeji_store_set_setting (fixture->store, "history.compacted", NULL, NULL));
      compact (fixture);
      g_assert_cmpuint (count_lines (fixture, record), <, n);
      after = list_days (fixture, record);
      for (guint i = 0; i < before->len; i++)
        g_assert_cmpstr (before->pdata[i], ==, after->pdata[i]);
      /* down to the bottom and as far up again */
      for (n = 0; TRUE; n++)
        {
          g_autoptr (YejiUndo) undo = yeji_store_undo (fixture->store, get_uuid (record), NULL);

          if (undo == NULL)
            break;
        }
      g_assert_cmpuint (n, >, 5);
      while (n-- > 0)
        {
          g_autoptr (YejiUndo) undo = step (fixture, record, TRUE);

          g_set_object (&record, undo->record);
        }
      text_after = yeji_record_to_text (record);
      g_assert_cmpstr (text, ==, text_after);
    }
}

static void
test_compact_rule (StoreFixture  *fixture,
                   gconstpointer  data)
{
  static const struct
  {
    const char *at;
    const char *value;
    gboolean stays;
  } steps[] = {
    { "2026-01-01T08:00:00.000Z", "1", FALSE },
    { "2026-01-01T09:00:00.000Z", "2", FALSE },
    { "2026-01-01T10:00:00.000Z", "3", TRUE },    /* the last of the day */
    { "2026-01-02T08:00:00.000Z", "4", TRUE },    /* another day */
    { "2026-01-03T08:00:00.000Z", "5", FALSE },
    { "2026-01-03T09:00:00.000Z", "6", TRUE },
    { "2026-01-03T10:00:00.000Z", "7", TRUE },    /* the newest of the field */
  };
  g_autoptr (YejiRecord) record = create (fixture);
  g_autoptr (GPtrArray) lines = NULL;
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *statement = NULL;

      type (fixture, record, "PrjName", steps[i].value);
      statement = g_strdup_printf ("UPDATE history SET at = '%s' WHERE step = %u", steps[i].at,
                                   i + 2);
      change_history (fixture, statement);
    }
  compact (fixture);
  lines = yeji_store_get_field_history (fixture->store, get_uuid (record), "TBProjectInfo",
                                        "project", "PrjName", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      const YejiHistoryLine *line;

      if (!steps[i].stays)
        continue;
      g_assert_cmpuint (n, <, lines->len);
      line = lines->pdata[n++];
      g_assert_cmpstr (line->at, ==, steps[i].at);
      g_assert_cmpstr (line->change->after, ==, steps[i].value);
    }
  g_assert_cmpuint (n, ==, lines->len);
  g_assert_cmpstr (((YejiHistoryLine *) lines->pdata[0])->change->before, ==, "");
  g_assert_cmpstr (((YejiHistoryLine *) lines->pdata[2])->change->before, ==, "4");
}

/* A row that went took its values with it: they are not old typing, nor is what was undone. */
static void
test_compact_pinned (StoreFixture  *fixture,
                     gconstpointer  data)
{
  const YejiTableDef *permits = yeji_dictionary_find_member (fixture->dictionary, "permits");
  const YejiFieldDef *area = yeji_table_def_find_field (permits, "Area");
  g_autoptr (YejiRecord) record = create (fixture);
  g_autoptr (YejiRecord) stored = NULL;
  g_autoptr (YejiUndo) removal = NULL;
  g_autoptr (YejiUndo) typing = NULL;
  YejiRow *row = yeji_record_append_row (record, permits);

  save_as (fixture, record, "typed");
  yeji_record_set (record, row, area, "1");
  save_as (fixture, record, "typed");
  yeji_record_remove_row (record, row);
  save_as (fixture, record, "typed");
  removal = step (fixture, record, FALSE);
  change_history (fixture, "UPDATE history SET at = printf ('2026-01-01T08:%02d:00.000Z', step)");
  compact (fixture);
  typing = step (fixture, record, FALSE);
  stored = store_fixture_load (fixture, record);
  g_assert_cmpuint (yeji_record_get_n_rows (stored, permits), ==, 1);
  g_assert_cmpstr (yeji_row_get (yeji_record_get_row (stored, permits, 0), area), ==, "");
}

static void
test_compact_young (StoreFixture  *fixture,
                    gconstpointer  data)
{
  g_autoptr (YejiRecord) record = create (fixture);
  guint n;

  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *value = g_strdup_printf ("%u", i);

      type (fixture, record, "PrjName", value);
    }
  n = count_lines (fixture, record);
  compact (fixture);
  g_assert_cmpuint (count_lines (fixture, record), ==, n);
}

/* ---- The bin */

static void
test_bin_lines (StoreFixture  *fixture,
                gconstpointer  data)
{
  static const struct
  {
    const char *why, *before, *after;
  } expected[] = {
    { "removed", "", YEJI_CHANGE_IN_BIN },
    { "restored", YEJI_CHANGE_IN_BIN, "" },
  };
  g_autoptr (YejiRecord) record = create (fixture);
  g_autoptr (GPtrArray) lines = NULL;
  guint n = count_lines (fixture, record);

  put_into_bin (fixture, record, TRUE);
  put_into_bin (fixture, record, FALSE);
  reopen (fixture);
  lines = yeji_store_get_history (fixture->store, get_uuid (record), NULL);
  g_assert_cmpuint (lines->len, ==, n + G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const YejiHistoryLine *above = g_ptr_array_index (lines, n + i - 1);
      const YejiHistoryLine *line = g_ptr_array_index (lines, n + i);

      g_assert_true (yeji_change_is_bin (line->change));
      g_assert_cmpstr (line->why, ==, expected[i].why);
      g_assert_cmpstr (line->change->row, ==, "");
      g_assert_cmpstr (line->change->before, ==, expected[i].before);
      g_assert_cmpstr (line->change->after, ==, expected[i].after);
      g_assert_cmpstr (line->who, !=, "");
      g_assert_cmpint (line->step, >, above->step);
    }
}

static void
test_bin_and_undo (StoreFixture  *fixture,
                   gconstpointer  data)
{
  g_autoptr (YejiRecord) record = create (fixture);

  put_into_bin (fixture, record, TRUE);
  put_into_bin (fixture, record, FALSE);
  assert_nothing (fixture, record, FALSE);
  type (fixture, record, "PrjName", "甲");
  type (fixture, record, "PrjNum", "7");
  put_into_bin (fixture, record, TRUE);
  put_into_bin (fixture, record, FALSE);
  assert_step (fixture, record, FALSE, "PrjNum", "");
  put_into_bin (fixture, record, TRUE);
  put_into_bin (fixture, record, FALSE);
  assert_step (fixture, record, TRUE, "PrjNum", "7");
  assert_step (fixture, record, FALSE, "PrjNum", "");
  assert_step (fixture, record, FALSE, "PrjName", "");
  assert_nothing (fixture, record, FALSE);
}

static void
test_bin_and_batch (StoreFixture  *fixture,
                    gconstpointer  data)
{
  g_autoptr (YejiRecord) record = create (fixture);
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  g_autoptr (YejiBatchUndo) done = NULL;
  g_autoptr (YejiRecord) stored = NULL;
  g_autofree char *batch = NULL;
  g_autoptr (GError) error = NULL;

  store_fixture_type (record, "PrjName", "甲");
  g_ptr_array_add (records, record);
  yeji_store_save_batch (fixture->store, records, NULL, "imported", &batch, &error);
  g_assert_no_error (error);
  put_into_bin (fixture, record, TRUE);
  put_into_bin (fixture, record, FALSE);
  done = yeji_store_undo_batch (fixture->store, batch, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (done->left->len, ==, 0);
  g_assert_cmpuint (done->reverted->len, ==, 1);
  stored = store_fixture_load (fixture, record);
  g_assert_cmpstr (store_fixture_read (stored, "PrjName"), ==, "");
}

static void
test_bin_and_time (StoreFixture  *fixture,
                   gconstpointer  data)
{
  g_autoptr (YejiRecord) record = create (fixture);
  g_autoptr (YejiRecord) then = NULL;
  g_autoptr (GError) error = NULL;

  type (fixture, record, "PrjName", "甲");
  put_into_bin (fixture, record, TRUE);
  put_into_bin (fixture, record, FALSE);
  type (fixture, record, "PrjName", "乙");
  change_history (fixture, "UPDATE history SET at = printf ('2026-01-01T08:%02d:00.000Z', step)");
  then = yeji_store_load_at (fixture->store, get_uuid (record), "2026-01-01T08:03:30Z", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (store_fixture_read (then, "PrjName"), ==, "甲");
}

int
main (int    argc,
      char **argv)
{
  static const StoreCase cases[] = {
    { "/store/undo/goes-over-restarts", test_over_restarts },
    { "/store/undo/takes-typing-in-one-field-together", test_groups },
    { "/store/undo/knows-what-was-given-up", test_given_up },
    { "/store/undo/is-cut-off-by-a-new-edit", test_new_edit_cuts_redo },
    { "/store/undo/ends-at-what-the-province-said", test_barrier },
    { "/store/undo/leaves-what-is-not-in-hand", test_not_in_hand },
    { "/store/undo/brings-back-rows-and-notes", test_rows_and_notes },
    { "/store/undo/steps-over-gaps", test_gaps },
    { "/store/undo/works-in-the-background", test_async },
    { "/store/undo/takes-a-batch-back", test_batch },
    { "/store/undo/takes-its-part-of-a-batch-back", test_batch_in_one },
    { "/store/history/loads-as-it-was", test_load_at },
    { "/store/history/tells-of-the-bin", test_bin_lines },
    { "/store/history/loads-as-it-was-in-the-bin", test_bin_and_time },
    { "/store/undo/passes-the-bin-by", test_bin_and_undo },
    { "/store/undo/takes-a-batch-back-that-was-in-the-bin", test_bin_and_batch },
    { "/store/history/tells-of-one-field", test_field_history },
    { "/store/compaction/keeps-the-end-of-each-day", test_compact_keeps_days },
    { "/store/compaction/follows-the-rule", test_compact_rule },
    { "/store/compaction/leaves-rows-and-what-was-undone", test_compact_pinned },
    { "/store/compaction/leaves-what-is-young", test_compact_young },
  };

  g_test_init (&argc, &argv, NULL);
  store_fixture_add_cases (cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
