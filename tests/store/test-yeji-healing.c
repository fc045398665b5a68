// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-healing.h"

#include "store-fixture.h"
#include "yeji-conflicts.h"
#include "yeji-notice.h"

#include <string.h>

#define SENT_AT "2026-03-01T08:00:00.000Z"
#define ANSWERED_AT "2026-03-02T08:00:00.000Z"

static void
sign_in (StoreFixture *fixture,
         const char   *url)
{
  g_autoptr (GError) error = NULL;

  yeji_store_set_setting (fixture->store, "account.url", url, &error);
  g_assert_no_error (error);
  yeji_store_set_setting (fixture->store, "account.user", "clerk", &error);
  g_assert_no_error (error);
}

static YejiRecord *
make_record (StoreFixture *fixture)
{
  g_autoptr (YejiRecord) sample = store_fixture_read_sample (fixture->dictionary);
  g_autofree char *text = yeji_record_to_text (sample);
  g_autofree char *uuid = g_uuid_string_random ();
  g_autoptr (GString) other = g_string_new (text);
  g_autoptr (GError) error = NULL;
  YejiRecord *record;

  g_string_replace (other, yeji_record_get_uuid (sample), uuid, 0);
  record = yeji_record_new_from_text (fixture->dictionary, other->str, -1, &error);
  g_assert_no_error (error);
  return record;
}

/* The province took it as r2; the changes told of it. */
static void
submit (StoreFixture *fixture,
        YejiRecord   *record)
{
  g_autoptr (YejiAnswer) answer = store_fixture_answer_new (record, "r2", "submitted", SENT_AT);
  g_autoptr (GPtrArray) outbox = NULL;
  g_autoptr (GError) error = NULL;
  const YejiOutboxItem *item;
  const char *uuid = yeji_record_get_uuid (record);

  store_fixture_save (fixture, record, 0);
  yeji_store_queue_submit (fixture->store, uuid, &error);
  g_assert_no_error (error);
  outbox = yeji_store_get_outbox (fixture->store, &error);
  g_assert_no_error (error);
  item = g_ptr_array_index (outbox, outbox->len - 1);
  yeji_store_note_pushed (fixture->store, uuid, item->seq, "r1", &error);
  g_assert_no_error (error);
  yeji_store_note_submitted (fixture->store, uuid, item->seq, answer, &error);
  g_assert_no_error (error);
}

/* (transfer full) (element-type YejiAnswer): an empty list */
static GPtrArray *
new_answers (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_answer_free);
}

static void
hear (StoreFixture *fixture,
      YejiRecord   *record,
      const char   *revision,
      const char   *state,
      const char   *text)
{
  g_autoptr (GPtrArray) answers = new_answers ();
  YejiAnswer *answer = store_fixture_answer_new (record, revision, state, ANSWERED_AT);
  g_autoptr (GError) error = NULL;

  answer->record = g_strdup (text);
  if (g_str_equal (state, "returned"))
    g_ptr_array_add (answer->points, yeji_point_new ("/project/PrjName", "名称不全"));
  g_ptr_array_add (answers, answer);
  yeji_store_apply_answers (fixture->store, answers, "e-9", &error);
  g_assert_no_error (error);
}

static YejiStanding *
make_standing (YejiRecord *record,
               const char *revision,
               const char *state)
{
  YejiAnswer *there = NULL;

  if (state != NULL)
    there = store_fixture_answer_new (record, revision, state, NULL);
  return yeji_standing_new (yeji_record_get_uuid (record), there);
}

static void
heal (StoreFixture *fixture,
      YejiRecord   *record,
      const char   *revision,
      const char   *state,
      YejiHealing  *healing)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) standings = NULL;
  g_autoptr (GError) error = NULL;

  standings = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_standing_free);
  g_ptr_array_add (standings, make_standing (record, revision, state));
  yeji_store_apply_listing (fixture->store, none, standings, "f-1", ANSWERED_AT, healing, &error);
  g_assert_no_error (error);
}

static YejiOutboxItem *
find_item (StoreFixture *fixture,
           YejiRecord   *record)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) outbox = yeji_store_get_outbox (fixture->store, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < outbox->len; i++)
    {
      YejiOutboxItem *item = g_ptr_array_index (outbox, i);

      if (g_str_equal (item->uuid, yeji_record_get_uuid (record)))
        return g_ptr_array_steal_index (outbox, i);
    }
  return NULL;
}

static guint
count_notices (StoreFixture *fixture,
               const char   *kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) notices = yeji_store_list_notices (fixture->store, &error);
  guint count = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < notices->len; i++)
    count += g_str_equal (((YejiNotice *) g_ptr_array_index (notices, i))->kind, kind);
  return count;
}

/* What the province had said last; what it has now; what becomes of it here. */
static const struct
{
  const char *known;
  const char *revision, *there;
  YejiState state;
  const char *base;            /* of what is sent again, "" for a new record; NULL: nothing is */
  guint n_resent, n_returned, n_others;
} cases[] = {
  { "submitted", NULL, NULL, YEJI_STATE_QUEUED, "", 1, 0, 0 },
  { "submitted", "r1", "draft", YEJI_STATE_QUEUED, "r1", 1, 0, 0 },
  { "submitted", "r1", "submitted", YEJI_STATE_QUEUED, "r1", 1, 0, 0 },
  { "submitted", "r1", "returned", YEJI_STATE_QUEUED, "r1", 1, 0, 0 },
  { "submitted", "r1", "removed", YEJI_STATE_QUEUED, "r1", 1, 0, 0 },
  { "submitted", "r2", "submitted", YEJI_STATE_SUBMITTED, NULL, 0, 0, 0 },
  { "submitted", "r3", "returned", YEJI_STATE_RETURNED, NULL, 0, 0, 0 },
  { "submitted", "r1000000", "submitted", YEJI_STATE_SUBMITTED, NULL, 0, 0, 0 },
  { "submitted", "r3", "removed", YEJI_STATE_REMOVED_THERE, NULL, 0, 0, 0 },
  { "returned", NULL, NULL, YEJI_STATE_RETURNED, NULL, 0, 1, 0 },
  { "returned", "r1", "draft", YEJI_STATE_RETURNED, NULL, 0, 1, 0 },
  { "returned", "r2", "submitted", YEJI_STATE_SUBMITTED, NULL, 0, 1, 0 },
  { "returned", "r3", "returned", YEJI_STATE_RETURNED, NULL, 0, 0, 0 },
  { "returned", "r1000000", "withdrawn", YEJI_STATE_WITHDRAWN, NULL, 0, 0, 0 },
  { "withdrawn", NULL, NULL, YEJI_STATE_WITHDRAWN, NULL, 0, 0, 0 },
  { "withdrawn", "r2", "submitted", YEJI_STATE_SUBMITTED, NULL, 0, 0, 1 },
  { "approved", NULL, NULL, YEJI_STATE_REMOVED_THERE, NULL, 0, 0, 1 },
  { "approved", "r2", "submitted", YEJI_STATE_SUBMITTED, NULL, 0, 0, 1 },
  { "removed", NULL, NULL, YEJI_STATE_REMOVED_THERE, NULL, 0, 0, 0 },
  { "removed", "r2", "submitted", YEJI_STATE_SUBMITTED, NULL, 0, 0, 1 },
};

static void
test_every_pair (StoreFixture  *fixture,
                 gconstpointer  data)
{
  sign_in (fixture, "https://province.example");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (YejiRecord) record = make_record (fixture);
      g_autoptr (YejiOutboxItem) item = NULL;
      g_autofree char *cursor = NULL;
      guint before;
      YejiHealing healing;

      g_test_message ("%s, there %s", cases[i].known, cases[i].there);
      submit (fixture, record);
      if (!g_str_equal (cases[i].known, "submitted"))
        hear (fixture, record, "r3", cases[i].known, NULL);
      before = count_notices (fixture, YEJI_NOTICE_PROVINCE_RESTORED);
      heal (fixture, record, cases[i].revision, cases[i].there, &healing);
      store_fixture_assert_state (fixture, record, cases[i].state);
      g_assert_cmpuint (healing.n_resent, ==, cases[i].n_resent);
      g_assert_cmpuint (healing.n_returned, ==, cases[i].n_returned);
      g_assert_cmpuint (healing.n_others, ==, cases[i].n_others);
      g_assert_cmpuint (count_notices (fixture, YEJI_NOTICE_PROVINCE_RESTORED) - before, ==,
                        healing.n_resent + healing.n_returned + healing.n_others > 0 ? 1 : 0);
      item = find_item (fixture, record);
      g_assert_true ((item != NULL) == (cases[i].base != NULL));
      if (item != NULL)
        g_assert_cmpstr (item->base_revision != NULL ? item->base_revision : "", ==, cases[i].base);
      if (item != NULL)
        g_assert_true (item->healed);
      cursor = yeji_store_get_setting (fixture->store, "cursor", NULL);
      g_assert_cmpstr (cursor, ==, "f-1");
    }
}

/* What was typed between the submission and its answer. */
static void
test_exactly_what_was_sent (StoreFixture  *fixture,
                            gconstpointer  data)
{
  g_autoptr (YejiRecord) record = make_record (fixture);
  g_autoptr (YejiRecord) after = NULL;
  g_autoptr (YejiAnswer) answer = store_fixture_answer_new (record, "r2", "submitted", SENT_AT);
  g_autoptr (YejiOutboxItem) sent = NULL;
  g_autoptr (YejiOutboxItem) again = NULL;
  g_autoptr (GError) error = NULL;
  YejiHealing healing;

  sign_in (fixture, "https://province.example");
  store_fixture_type (record, "PrjName", "提交的名称");
  store_fixture_save (fixture, record, 0);
  yeji_store_queue_submit (fixture->store, yeji_record_get_uuid (record), &error);
  g_assert_no_error (error);
  sent = find_item (fixture, record);
  store_fixture_type (record, "PrjName", "后来的名称");
  store_fixture_save (fixture, record, 0);
  yeji_store_note_pushed (fixture->store, sent->uuid, sent->seq, "r1", NULL);
  yeji_store_note_submitted (fixture->store, sent->uuid, sent->seq, answer, &error);
  g_assert_no_error (error);

  heal (fixture, record, NULL, NULL, &healing);
  again = find_item (fixture, record);
  g_assert_cmpstr (again->body, ==, sent->body);
  g_assert_cmpstr (again->files, ==, sent->files);
  g_assert_cmpstr (again->key, ==, sent->key);
  after = store_fixture_load (fixture, record);
  g_assert_cmpstr (store_fixture_read (after, "PrjName"), ==, "后来的名称");
}

/* It is lost once more before it was sent, and after it was. */
static void
test_again_and_again (StoreFixture  *fixture,
                      gconstpointer  data)
{
  g_autoptr (YejiRecord) record = make_record (fixture);
  g_autoptr (YejiOutboxItem) item = NULL;
  g_autoptr (YejiOutboxItem) last = NULL;
  g_autoptr (YejiAnswer) answer = NULL;
  YejiHealing healing;

  sign_in (fixture, "https://province.example");
  submit (fixture, record);
  heal (fixture, record, NULL, NULL, &healing);
  heal (fixture, record, NULL, NULL, &healing);
  g_assert_cmpuint (healing.n_resent, ==, 0);
  item = find_item (fixture, record);
  answer = store_fixture_answer_new (record, "r1000001", "submitted", "2026-04-01T08:00:00.000Z");
  yeji_store_note_pushed (fixture->store, item->uuid, item->seq, "r1000000", NULL);
  yeji_store_note_submitted (fixture->store, item->uuid, item->seq, answer, NULL);
  store_fixture_assert_state (fixture, record, YEJI_STATE_SUBMITTED);
  heal (fixture, record, "r2", "submitted", &healing);
  g_assert_cmpuint (healing.n_resent, ==, 1);
  last = find_item (fixture, record);
  g_assert_cmpstr (last->body, ==, item->body);
}

/* What another computer brought there is not in our hands. */
static void
test_only_what_is_kept (StoreFixture  *fixture,
                        gconstpointer  data)
{
  g_autoptr (YejiRecord) record = make_record (fixture);
  g_autofree char *text = NULL;
  YejiHealing healing;

  sign_in (fixture, "https://province.example");
  submit (fixture, record);
  store_fixture_type (record, "PrjName", "别处改的名称");
  text = yeji_record_to_text (record);
  hear (fixture, record, "r4", "submitted", text);
  heal (fixture, record, NULL, NULL, &healing);
  g_assert_cmpuint (healing.n_resent, ==, 0);
  g_assert_cmpuint (healing.n_others, ==, 1);
  store_fixture_assert_state (fixture, record, YEJI_STATE_REMOVED_THERE);
}

/* It stands here as typed since, and so is told and can be sent. */
static void
assert_kept (StoreFixture *fixture,
             YejiRecord   *record,
             const char   *name)
{
  g_autoptr (YejiRecord) after = store_fixture_load (fixture, record);
  g_autoptr (YejiEntry) entry = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (store_fixture_read (after, "PrjName"), ==, name);
  entry = yeji_store_get_entry (fixture->store, yeji_record_get_uuid (record), &error);
  g_assert_no_error (error);
  g_assert_true (yeji_entry_get_edited_since (entry));
}

/* What the changes bring is known to have been there: less than that is merged with nothing. */
static void
test_content_is_noted (StoreFixture  *fixture,
                       gconstpointer  data)
{
  g_autoptr (YejiRecord) record = make_record (fixture);
  g_autoptr (GPtrArray) answers = new_answers ();
  g_autoptr (GPtrArray) outbox = NULL;
  g_autoptr (GError) error = NULL;
  const YejiOutboxItem *item;
  YejiAnswer *answer;

  sign_in (fixture, "https://province.example");
  submit (fixture, record);
  answer = store_fixture_answer_new (record, "r3", "returned", ANSWERED_AT);
  answer->content = g_strdup ("r2");
  g_ptr_array_add (answers, answer);
  answer = store_fixture_answer_new (record, "r8", "returned", ANSWERED_AT);
  answer->content = g_strdup ("r8");
  answer->record = yeji_record_to_text (record);
  g_ptr_array_add (answers, answer);
  yeji_store_apply_answers (fixture->store, answers, "f-1", &error);
  g_assert_no_error (error);

  store_fixture_type (record, "PrjName", "再次修改");
  store_fixture_save (fixture, record, 0);
  yeji_store_queue_submit (fixture->store, yeji_record_get_uuid (record), &error);
  g_assert_no_error (error);
  outbox = yeji_store_get_outbox (fixture->store, &error);
  g_assert_no_error (error);
  item = g_ptr_array_index (outbox, outbox->len - 1);
  g_assert_cmpint (item->content, ==, 8);
}

/* The province was restored, and decided on the older content before anybody told it. */
static void
test_decided_on_something_older (StoreFixture  *fixture,
                                 gconstpointer  data)
{
  g_autoptr (YejiRecord) record = make_record (fixture);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) standings = NULL;
  g_autoptr (GPtrArray) listed = new_answers ();
  g_autoptr (GPtrArray) suspects = NULL;
  g_autoptr (GError) error = NULL;
  YejiStanding *standing;
  YejiAnswer *answer;
  YejiHealing healing;

  sign_in (fixture, "https://province.example");
  store_fixture_type (record, "PrjName", "新的名称");
  submit (fixture, record);
  answer = store_fixture_answer_new (record, "r1000000", "returned", ANSWERED_AT);
  answer->content = g_strdup ("r1");
  g_ptr_array_add (listed, answer);
  suspects = yeji_store_find_suspects (fixture->store, listed, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (suspects->len, ==, 1);

  standing = make_standing (record, "r1000000", "returned");
  standing->there->content = g_strdup ("r1");
  store_fixture_type (record, "PrjName", "旧的名称");
  standing->there->record = yeji_record_to_text (record);
  standings = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_standing_free);
  g_ptr_array_add (standings, standing);
  yeji_store_apply_listing (fixture->store, none, standings, "f-1", NULL, &healing, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (healing.n_others, ==, 1);
  g_assert_cmpuint (count_notices (fixture, YEJI_NOTICE_PROVINCE_RESTORED), ==, 1);
  store_fixture_assert_state (fixture, record, YEJI_STATE_RETURNED);
  assert_kept (fixture, record, "新的名称");
}

/* Another computer has asked already, or this one between the restore and the decision: the changes
 * bring the older content. */
static void
test_told_of_something_older (StoreFixture  *fixture,
                              gconstpointer  data)
{
  static const struct
  {
    const char *revision, *content, *state;
  } decisions[] = {
    { "r1000000", "r1", "approved" },
    { "r1000001", "r1", "approved" },   /* as it is known now */
  };
  g_autoptr (YejiRecord) record = make_record (fixture);

  sign_in (fixture, "https://province.example");
  store_fixture_type (record, "PrjName", "新的名称");
  submit (fixture, record);
  store_fixture_type (record, "PrjName", "旧的名称");
  store_fixture_type (record, "DataLevel", "A");
  for (guint i = 0; i < G_N_ELEMENTS (decisions); i++)
    {
      g_autoptr (GPtrArray) answers = new_answers ();
      g_autoptr (YejiRecord) after = NULL;
      g_autoptr (GError) error = NULL;
      YejiAnswer *answer = store_fixture_answer_new (record, decisions[i].revision,
                                                     decisions[i].state, ANSWERED_AT);

      g_free (answer->content);
      answer->content = g_strdup (decisions[i].content);
      answer->record = yeji_record_to_text (record);
      g_ptr_array_add (answers, answer);
      yeji_store_apply_answers (fixture->store, answers, "e-9", &error);
      g_assert_no_error (error);
      after = store_fixture_load (fixture, record);
      g_assert_cmpstr (store_fixture_read (after, "DataLevel"), ==, "A");
      assert_kept (fixture, record, "新的名称");
      g_assert_cmpuint (count_notices (fixture, YEJI_NOTICE_PROVINCE_RESTORED), ==, 1);
    }
}

static void
bring (StoreFixture *fixture,
       YejiRecord   *theirs,
       const char   *revision)
{
  g_autoptr (GPtrArray) answers = new_answers ();
  g_autoptr (GError) error = NULL;
  YejiAnswer *answer = store_fixture_answer_new (theirs, revision, "approved", ANSWERED_AT);

  answer->content = g_strdup (revision);
  answer->record = yeji_record_to_text (theirs);
  g_ptr_array_add (answers, answer);
  yeji_store_apply_answers (fixture->store, answers, "e-9", &error);
  g_assert_no_error (error);
}

static YejiRow *
add_participant (YejiRecord *record,
                 const char *name)
{
  const YejiTableDef *table = yeji_dictionary_find_member (yeji_record_get_dictionary (record),
                                                           "participants");
  YejiRow *row = yeji_record_append_row (record, table);

  yeji_record_set (record, row, yeji_table_def_find_field (table, "PersonName"), name);
  return row;
}

static guint
count_participants (YejiRecord *record)
{
  return yeji_record_get_n_rows (record,
                                 yeji_dictionary_find_member (yeji_record_get_dictionary (record),
                                                              "participants"));
}

/* The province lost what it had acknowledged, and then something was written there: by another
 * computer, or by itself as it decided. It has a new revision; what it says as it once was here
 * takes nothing back, in values and in rows, and what is new is taken. */
static void
test_written_on_something_older (StoreFixture  *fixture,
                                 gconstpointer  data)
{
  g_autoptr (YejiRecord) record = make_record (fixture);
  g_autoptr (YejiRecord) theirs = NULL;
  g_autoptr (YejiRecord) after = NULL;
  guint n_before = count_participants (record);

  sign_in (fixture, "https://province.example");
  store_fixture_type (record, "PrjName", "旧的名称");
  store_fixture_save (fixture, record, 0);
  theirs = yeji_record_copy (record);
  store_fixture_type (record, "PrjName", "新的名称");
  add_participant (record, "后来的人");
  submit (fixture, record);
  store_fixture_type (theirs, "DataLevel", "A");
  store_fixture_type (theirs, "Address", "别处写的地址");

  bring (fixture, theirs, "r1000001");
  after = store_fixture_load (fixture, record);
  g_assert_cmpstr (store_fixture_read (after, "DataLevel"), ==, "A");
  g_assert_cmpstr (store_fixture_read (after, "Address"), ==, "别处写的地址");
  g_assert_cmpuint (count_participants (after), ==, n_before + 1);
  assert_kept (fixture, record, "新的名称");
  g_assert_cmpuint (count_notices (fixture, YEJI_NOTICE_PROVINCE_RESTORED), ==, 1);
}

/* A colleague's value that the province lost is kept here and nobody here typed it: what the
 * colleague writes then is no conflict. */
static void
test_of_a_colleague (StoreFixture  *fixture,
                     gconstpointer  data)
{
  g_autoptr (YejiRecord) record = make_record (fixture);
  g_autoptr (YejiRecord) theirs = NULL;
  g_autoptr (YejiRecord) lost = NULL;
  g_autoptr (YejiRecord) after = NULL;
  g_autoptr (GPtrArray) conflicts = NULL;
  g_autoptr (GError) error = NULL;

  sign_in (fixture, "https://province.example");
  store_fixture_type (record, "Address", "最早的地址");
  store_fixture_type (record, "PrjName", "本机写的名称");
  submit (fixture, record);
  theirs = yeji_record_copy (record);
  lost = yeji_record_copy (record);
  store_fixture_type (lost, "Address", "同事写的地址");
  bring (fixture, lost, "r5");

  store_fixture_type (theirs, "DataLevel", "A");
  bring (fixture, theirs, "r1000001");   /* of the backup */
  after = store_fixture_load (fixture, record);
  g_assert_cmpstr (store_fixture_read (after, "Address"), ==, "同事写的地址");

  store_fixture_type (theirs, "Address", "同事又写的地址");
  bring (fixture, theirs, "r1000003");
  g_set_object (&after, NULL);
  after = store_fixture_load (fixture, record);
  g_assert_cmpstr (store_fixture_read (after, "Address"), ==, "同事又写的地址");
  conflicts = yeji_store_get_conflicts (fixture->store, yeji_record_get_uuid (record), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (conflicts->len, ==, 0);
}

/* Within an epoch nothing is lost: somebody has taken it back. */
static void
test_taken_back (StoreFixture  *fixture,
                 gconstpointer  data)
{
  g_autoptr (YejiRecord) record = make_record (fixture);
  g_autoptr (YejiRecord) theirs = NULL;
  g_autoptr (YejiRecord) after = NULL;

  sign_in (fixture, "https://province.example");
  store_fixture_type (record, "PrjName", "旧的名称");
  store_fixture_save (fixture, record, 0);
  theirs = yeji_record_copy (record);
  store_fixture_type (record, "PrjName", "新的名称");
  add_participant (record, "后来的人");
  submit (fixture, record);

  bring (fixture, theirs, "r3");
  after = store_fixture_load (fixture, record);
  g_assert_true (yeji_record_equal (after, theirs));
  g_assert_cmpuint (count_notices (fixture, YEJI_NOTICE_PROVINCE_RESTORED), ==, 0);
}

/* A return has a greater revision than what it is about. */
static void
test_a_return_is_no_loss (StoreFixture  *fixture,
                          gconstpointer  data)
{
  g_autoptr (YejiRecord) record = make_record (fixture);
  g_autoptr (GPtrArray) listed = new_answers ();
  g_autoptr (GPtrArray) suspects = NULL;
  YejiAnswer *answer = store_fixture_answer_new (record, "r3", "returned", ANSWERED_AT);

  sign_in (fixture, "https://province.example");
  submit (fixture, record);
  hear (fixture, record, "r3", "returned", NULL);
  answer->content = g_strdup ("r2");
  g_ptr_array_add (listed, answer);
  suspects = yeji_store_find_suspects (fixture->store, listed, NULL);
  g_assert_cmpuint (suspects->len, ==, 0);
}

/* The changes tell of an approval that this computer has met with already: it was merged into what
 * was submitted since. */
static void
test_told_late (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr (YejiRecord) record = make_record (fixture);
  g_autoptr (YejiRecord) after = NULL;
  g_autoptr (GPtrArray) answers = new_answers ();
  g_autoptr (YejiEntry) entry = NULL;
  g_autoptr (GError) error = NULL;
  YejiAnswer *answer = store_fixture_answer_new (record, "r1", "approved", ANSWERED_AT);

  sign_in (fixture, "https://province.example");
  store_fixture_type (record, "PrjName", "后来的名称");
  submit (fixture, record);
  store_fixture_type (record, "PrjName", "先前的名称");
  g_free (answer->content);
  answer->content = g_strdup ("r1");
  answer->record = yeji_record_to_text (record);
  g_ptr_array_add (answers, answer);
  yeji_store_apply_answers (fixture->store, answers, "e-9", &error);
  g_assert_no_error (error);
  after = store_fixture_load (fixture, record);
  g_assert_cmpstr (store_fixture_read (after, "PrjName"), ==, "后来的名称");
  entry = yeji_store_get_entry (fixture->store, yeji_record_get_uuid (record), &error);
  g_assert_no_error (error);
  g_assert_false (yeji_entry_get_edited_since (entry));
  g_assert_cmpuint (count_notices (fixture, YEJI_NOTICE_PROVINCE_RESTORED), ==, 0);
}

static void
list_anew (StoreFixture *fixture,
           GPtrArray    *answers)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  YejiHealing healing;

  yeji_store_apply_listing (fixture->store, answers, none, "f-1", NULL, &healing, &error);
  g_assert_no_error (error);
}

/* A colleague wrote on after a decision that nobody here has heard of: it counts, too. */
static void
test_decided_before_it_was_written (StoreFixture  *fixture,
                                    gconstpointer  data)
{
  g_autoptr (YejiRecord) record = make_record (fixture);
  g_autoptr (GPtrArray) answers = new_answers ();
  g_autoptr (YejiEntry) entry = NULL;
  YejiAnswer *answer;

  submit (fixture, record);
  answer = store_fixture_answer_new (record, "r3", "returned", ANSWERED_AT);
  answer->content = g_strdup ("r2");
  answer->office = g_strdup ("建筑管理处");
  g_ptr_array_add (answer->points, yeji_point_new ("/project/PrjName", "名称不全"));
  g_ptr_array_add (answers, answer);
  answer = store_fixture_answer_new (record, "r4", "returned", ANSWERED_AT);
  answer->content = g_strdup ("r4");
  g_ptr_array_add (answers, answer);
  list_anew (fixture, answers);
  entry = store_fixture_get_entry (fixture, record);
  g_assert_cmpint (yeji_entry_get_state (entry), ==, YEJI_STATE_RETURNED);
  g_assert_cmpuint (yeji_entry_get_points (entry)->len, ==, 1);
  g_assert_cmpstr (yeji_entry_get_revision (entry), ==, "r4");
}

/* What was submitted here is listed with what the province knows besides. */
static void
test_known_with_less (StoreFixture  *fixture,
                      gconstpointer  data)
{
  g_autoptr (YejiRecord) record = make_record (fixture);
  g_autoptr (GPtrArray) answers = new_answers ();
  g_autoptr (GPtrArray) unlisted = NULL;
  g_autoptr (YejiEntry) entry = NULL;
  g_autoptr (GError) error = NULL;
  YejiAnswer *answer;

  submit (fixture, record);
  answer = store_fixture_answer_new (record, "r2", "submitted", SENT_AT);
  answer->grade = g_strdup ("D");
  g_ptr_array_add (answers, answer);
  list_anew (fixture, answers);
  entry = store_fixture_get_entry (fixture, record);
  g_assert_cmpstr (yeji_entry_get_grade (entry), ==, "D");
  list_anew (fixture, answers);
  unlisted = yeji_store_find_unlisted (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (unlisted->len, ==, 0);
}

/* What the province has when it is asked is all that counts, whatever it had said: with a draft
 * there the clerk can go on. */
static void
test_asked_for (StoreFixture  *fixture,
                gconstpointer  data)
{
  static const struct { const char *state; YejiState expected; } told[] = {
    { "draft", YEJI_STATE_READY }, { "returned", YEJI_STATE_RETURNED },
    { "withdrawn", YEJI_STATE_WITHDRAWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    {
      g_autoptr (YejiRecord) record = make_record (fixture);
      g_autoptr (GPtrArray) none = g_ptr_array_new ();
      g_autoptr (GPtrArray) standings = NULL;
      g_autoptr (YejiEntry) entry = NULL;
      g_autoptr (GError) error = NULL;
      YejiStanding *standing = make_standing (record, "r3", told[i].state);
      YejiHealing healing;

      submit (fixture, record);
      standing->there->content = g_strdup ("r3");
      standings = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_standing_free);
      g_ptr_array_add (standings, standing);
      yeji_store_apply_listing (fixture->store, none, standings, "f-1", NULL, &healing, &error);
      g_assert_no_error (error);
      entry = store_fixture_get_entry (fixture, record);
      g_assert_cmpint (yeji_entry_get_state (entry), ==, told[i].expected);
    }
}

/* What is known to the letter is listed all the same. */
static void
test_known_is_listed (StoreFixture  *fixture,
                      gconstpointer  data)
{
  g_autoptr (YejiRecord) record = make_record (fixture);
  g_autoptr (GPtrArray) answers = new_answers ();
  g_autoptr (GPtrArray) unlisted = NULL;
  g_autoptr (GError) error = NULL;

  submit (fixture, record);
  g_ptr_array_add (answers, store_fixture_answer_new (record, "r2", "submitted", SENT_AT));
  list_anew (fixture, answers);
  unlisted = yeji_store_find_unlisted (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (unlisted->len, ==, 0);
}

static void
test_suspects (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autoptr (YejiRecord) listed = make_record (fixture);
  g_autoptr (YejiRecord) older = make_record (fixture);
  g_autoptr (YejiRecord) lacking = make_record (fixture);
  g_autoptr (YejiRecord) draft = make_record (fixture);
  g_autoptr (GPtrArray) answers = new_answers ();
  g_autoptr (GPtrArray) suspects = NULL;
  g_autoptr (GPtrArray) foreign = NULL;
  g_autoptr (GError) error = NULL;

  sign_in (fixture, "https://province.example");
  store_fixture_save (fixture, draft, 0);
  submit (fixture, listed);
  submit (fixture, older);
  submit (fixture, lacking);
  g_ptr_array_add (answers, store_fixture_answer_new (listed, "r2", "submitted", SENT_AT));
  g_ptr_array_add (answers, store_fixture_answer_new (older, "r1", "returned", SENT_AT));
  suspects = yeji_store_find_suspects (fixture->store, answers, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (suspects->len, ==, 2);

  /* another province has nothing to do with them */
  sign_in (fixture, "https://elsewhere.example");
  foreign = yeji_store_find_suspects (fixture->store, answers, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (foreign->len, ==, 0);
}

static void
test_unlisted (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autoptr (YejiRecord) record = make_record (fixture);
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;

  sign_in (fixture, "https://province.example");
  submit (fixture, record);
  before = yeji_store_find_unlisted (fixture->store, NULL);
  g_assert_cmpuint (before->len, ==, 1);
  hear (fixture, record, "r2", "submitted", NULL);
  after = yeji_store_find_unlisted (fixture->store, NULL);
  g_assert_cmpuint (after->len, ==, 0);
}

/* One that cannot be applied takes back all, the cursor too. */
static void
test_all_or_nothing (StoreFixture  *fixture,
                     gconstpointer  data)
{
  g_autoptr (YejiRecord) record = make_record (fixture);
  g_autoptr (YejiRecord) broken = make_record (fixture);
  g_autoptr (GPtrArray) answers = new_answers ();
  g_autoptr (GPtrArray) standings = NULL;
  g_autofree char *cursor = NULL;
  g_autoptr (GError) error = NULL;
  YejiAnswer *answer = store_fixture_answer_new (broken, "r5", "approved", ANSWERED_AT);
  YejiHealing healing;

  sign_in (fixture, "https://province.example");
  submit (fixture, record);
  submit (fixture, broken);
  hear (fixture, record, "r2", "submitted", NULL);
  answer->record = g_strdup ("{\"uuid\": 5}");
  g_ptr_array_add (answers, store_fixture_answer_new (record, "r3", "returned", ANSWERED_AT));
  g_ptr_array_add (answers, answer);
  standings = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_standing_free);
  g_assert_false (yeji_store_apply_listing (fixture->store, answers, standings, "f-1", NULL,
                                            &healing, &error));
  g_assert_nonnull (error);
  store_fixture_assert_state (fixture, record, YEJI_STATE_SUBMITTED);
  cursor = yeji_store_get_setting (fixture->store, "cursor", NULL);
  g_assert_cmpstr (cursor, ==, "e-9");
}

/* What is removed there stays here, is told once, and is submitted as a new one. */
static void
test_removed (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (YejiRecord) record = make_record (fixture);
  g_autoptr (YejiOutboxItem) item = NULL;
  g_autoptr (GError) error = NULL;

  sign_in (fixture, "https://province.example");
  submit (fixture, record);
  hear (fixture, record, "r3", "removed", NULL);
  hear (fixture, record, "r3", "removed", NULL);
  g_assert_cmpuint (count_notices (fixture, YEJI_NOTICE_RECORD_REMOVED), ==, 1);
  store_fixture_assert_state (fixture, record, YEJI_STATE_REMOVED_THERE);
  store_fixture_type (record, "PrjName", "改过的名称");
  store_fixture_save (fixture, record, 0);
  yeji_store_queue_submit (fixture->store, yeji_record_get_uuid (record), &error);
  g_assert_no_error (error);
  item = find_item (fixture, record);
  g_assert_null (item->base_revision);
}

/* Who asked for it from here needs no notice. */
static void
test_withdrawn (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr (YejiRecord) record = make_record (fixture);
  g_autoptr (YejiAnswer) answer = store_fixture_answer_new (record, "r3", "withdrawn", ANSWERED_AT);
  g_autoptr (YejiRecord) other = make_record (fixture);
  g_autoptr (GError) error = NULL;

  sign_in (fixture, "https://province.example");
  submit (fixture, record);
  yeji_store_note_answer (fixture->store, answer, &error);
  g_assert_no_error (error);
  store_fixture_assert_state (fixture, record, YEJI_STATE_WITHDRAWN);
  hear (fixture, record, "r3", "withdrawn", NULL);
  g_assert_cmpuint (count_notices (fixture, YEJI_NOTICE_RECORD_WITHDRAWN), ==, 0);
  store_fixture_save (fixture, record, 0);

  submit (fixture, other);
  hear (fixture, other, "r3", "withdrawn", NULL);
  g_assert_cmpuint (count_notices (fixture, YEJI_NOTICE_RECORD_WITHDRAWN), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) \
  g_test_add (path, StoreFixture, NULL, store_fixture_set_up, func, store_fixture_tear_down)
  ADD ("/store/healing/every-pair-of-known-and-there", test_every_pair);
  ADD ("/store/healing/exactly-what-was-sent-goes-again", test_exactly_what_was_sent);
  ADD ("/store/healing/it-may-be-lost-again-and-again", test_again_and_again);
  ADD ("/store/healing/only-what-is-kept-is-sent", test_only_what_is_kept);
  ADD ("/store/healing/what-the-changes-brought-is-known", test_content_is_noted);
  ADD ("/store/healing/what-was-decided-on-something-older", test_decided_on_something_older);
  ADD ("/store/healing/what-was-written-on-something-older", test_written_on_something_older);
  ADD ("/store/healing/what-a-colleague-writes-is-no-conflict", test_of_a_colleague);
  ADD ("/store/healing/what-was-taken-back-is-taken-back", test_taken_back);
  ADD ("/store/healing/what-is-told-of-something-older", test_told_of_something_older);
  ADD ("/store/healing/what-is-told-late-takes-nothing-back", test_told_late);
  ADD ("/store/healing/a-return-is-no-loss", test_a_return_is_no_loss);
  ADD ("/store/healing/a-decision-before-a-content-counts", test_decided_before_it_was_written);
  ADD ("/store/healing/what-is-known-with-less-is-written", test_known_with_less);
  ADD ("/store/healing/what-is-known-is-listed", test_known_is_listed);
  ADD ("/store/healing/what-was-asked-for-counts", test_asked_for);
  ADD ("/store/healing/suspects-are-of-this-account", test_suspects);
  ADD ("/store/healing/what-the-changes-do-not-tell", test_unlisted);
  ADD ("/store/healing/all-or-nothing", test_all_or_nothing);
  ADD ("/store/healing/what-is-removed-there-stays-here", test_removed);
  ADD ("/store/healing/a-withdrawal-of-others-is-told", test_withdrawn);
  return g_test_run ();
}
