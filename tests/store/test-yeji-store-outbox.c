// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "test-store-outbox"

#include "config.h"

#include <string.h>

#include "store-fixture.h"
#include "yeji-merge.h"
#include "yeji-sample.h"
#include "yeji-store-copy.h"
#include "yeji-take-back.h"

#define T1 "2026-01-02T03:04:05.000Z"
#define T2 "2026-01-02T03:04:06.000Z"
#define T3 "2026-01-02T03:04:07.000Z"

static YejiOutboxItem *
get_only_item (StoreFixture *fixture)
{
  g_autoptr (GPtrArray) outbox = yeji_store_get_outbox (fixture->store, NULL);

  g_assert_cmpuint (outbox->len, ==, 1);
  return g_ptr_array_steal_index (outbox, 0);
}

static void
assert_outbox_empty (StoreFixture *fixture)
{
  g_autoptr (GPtrArray) outbox = yeji_store_get_outbox (fixture->store, NULL);

  g_assert_cmpuint (outbox->len, ==, 0);
}

static void
queue (StoreFixture *fixture,
       YejiRecord   *record)
{
  g_autoptr (GError) error = NULL;

  yeji_store_queue_submit (fixture->store, yeji_record_get_uuid (record), &error);
  g_assert_no_error (error);
}

static YejiRecord *
save_sample (StoreFixture *fixture)
{
  YejiRecord *record = store_fixture_read_sample (fixture->dictionary);

  store_fixture_save (fixture, record, 0);
  return record;
}

static void
attach_pdf (StoreFixture *fixture,
            YejiRecord   *record,
            const char   *name)
{
  g_autofree char *path = g_build_filename (fixture->dir, name, NULL);
  g_autofree char *content = g_strconcat ("%PDF-1.4 ", name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (YejiAttachment) attachment = NULL;

  g_assert_true (g_file_set_contents (path, content, -1, NULL));
  attachment = yeji_store_attach (fixture->store, yeji_record_get_uuid (record), "contract", file,
                                  NULL, NULL);
  g_assert_nonnull (attachment);
}

/* As the engine does: pushed, then submitted. */
static void
submit (StoreFixture *fixture,
        YejiRecord   *record,
        const char   *revision,
        const char   *at)
{
  g_autoptr (YejiOutboxItem) item = NULL;
  g_autoptr (YejiAnswer) answer = store_fixture_answer_new (record, revision, "submitted", at);

  queue (fixture, record);
  item = get_only_item (fixture);
  g_assert_true (yeji_store_note_pushed (fixture->store, item->uuid, item->seq, revision, NULL));
  g_assert_true (yeji_store_note_submitted (fixture->store, item->uuid, item->seq, answer, NULL));
}

static void
test_refuses (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);
  const char *uuid = yeji_record_get_uuid (record);
  g_autoptr (GError) error = NULL;

  g_assert_true (yeji_store_save (fixture->store, record, NULL, "created", NULL));
  g_assert_false (yeji_store_queue_submit (fixture->store, uuid, &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE);
  g_clear_error (&error);
  store_fixture_save (fixture, record, 1);
  g_assert_false (yeji_store_queue_submit (fixture->store, uuid, &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE);
  g_clear_error (&error);
  store_fixture_save (fixture, record, 0);
  submit (fixture, record, "r1", T1);
  g_assert_false (yeji_store_queue_submit (fixture->store, uuid, &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE);
}

/* What JSON says in another way; Windows has no quotation marks in names. */
#ifdef G_OS_UNIX
#define ODD_NAME         "a \"b\".pdf"
#define ODD_NAME_IN_JSON "a \\\"b\\\".pdf"
#else
#define ODD_NAME         "a 'b' {c}.pdf"
#define ODD_NAME_IN_JSON ODD_NAME
#endif

static void
test_item (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr (YejiRecord) record = save_sample (fixture);
  g_autofree char *body = yeji_record_to_text (record);
  g_autoptr (YejiOutboxItem) item = NULL;
  g_autoptr (GPtrArray) attachments = NULL;
  g_autofree char *files = NULL;

  attach_pdf (fixture, record, ODD_NAME);
  queue (fixture, record);
  store_fixture_assert_state (fixture, record, YEJI_STATE_QUEUED);
  store_fixture_close (fixture);
  store_fixture_open (fixture);

  item = get_only_item (fixture);
  attachments = yeji_store_get_attachments (fixture->store, item->uuid, NULL);
  files = g_strdup_printf ("[{\"slot\":\"contract\",\"sha256\":\"%s\","
                           "\"filename\":\"" ODD_NAME_IN_JSON "\"}]",
                           yeji_attachment_get_sha256 (g_ptr_array_index (attachments, 0)));
  g_assert_cmpstr (item->uuid, ==, yeji_record_get_uuid (record));
  g_assert_cmpstr (item->body, ==, body);
  g_assert_cmpstr (item->files, ==, files);
  g_assert_true (g_uuid_string_is_valid (item->key));
  g_assert_null (item->base_revision);
  g_assert_cmpuint (item->attempts, ==, 0);

  g_assert_true (yeji_store_note_attempt (fixture->store, item->seq, 1234, "no network", NULL));
  g_clear_pointer (&item, yeji_outbox_item_free);
  item = get_only_item (fixture);
  g_assert_cmpuint (item->attempts, ==, 1);
  g_assert_cmpint (item->next_attempt, ==, 1234);
  g_assert_cmpstr (item->message, ==, "no network");
}

static void
test_edit_survives (StoreFixture  *fixture,
                    gconstpointer  data)
{
  g_autoptr (YejiRecord) record = save_sample (fixture);
  g_autofree char *sent = yeji_record_to_text (record);
  const char *uuid = yeji_record_get_uuid (record);
  g_autoptr (YejiOutboxItem) item = NULL;
  g_autoptr (YejiRecord) loaded = NULL;
  g_autoptr (YejiEntry) pushed = NULL;
  g_autoptr (YejiEntry) submitted = NULL;
  g_autoptr (YejiAnswer) answer = store_fixture_answer_new (record, "r2", "submitted", T1);

  queue (fixture, record);
  store_fixture_type (record, "PrjName", "typed during the upload");
  store_fixture_save (fixture, record, 0);
  item = get_only_item (fixture);
  g_assert_cmpstr (item->body, ==, sent);

  g_assert_true (yeji_store_note_pushed (fixture->store, uuid, item->seq, "r1", NULL));
  pushed = store_fixture_get_entry (fixture, record);
  g_assert_cmpstr (yeji_entry_get_revision (pushed), ==, "r1");
  g_assert_true (yeji_entry_get_edited_since (pushed));
  g_assert_cmpint (yeji_entry_get_state (pushed), ==, YEJI_STATE_QUEUED);

  g_assert_true (yeji_store_note_submitted (fixture->store, uuid, item->seq, answer, NULL));
  assert_outbox_empty (fixture);
  submitted = store_fixture_get_entry (fixture, record);
  g_assert_cmpint (yeji_entry_get_state (submitted), ==, YEJI_STATE_SUBMITTED);
  g_assert_cmpstr (yeji_entry_get_revision (submitted), ==, "r2");
  g_assert_true (yeji_entry_get_edited_since (submitted));
  loaded = store_fixture_load (fixture, record);
  g_assert_cmpstr (store_fixture_read (loaded, "PrjName"), ==, "typed during the upload");
}

static void
test_again (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (YejiRecord) record = save_sample (fixture);
  const char *uuid = yeji_record_get_uuid (record);
  g_autofree char *sent = yeji_record_to_text (record);
  g_autoptr (YejiOutboxItem) first = NULL;
  g_autoptr (YejiOutboxItem) same = NULL;
  g_autoptr (YejiOutboxItem) second = NULL;
  g_autoptr (YejiOutboxItem) left = NULL;
  g_autoptr (YejiEntry) entry = NULL;
  g_autoptr (YejiAnswer) answer = store_fixture_answer_new (record, "r1", "submitted", T1);

  queue (fixture, record);
  first = get_only_item (fixture);
  queue (fixture, record);
  same = get_only_item (fixture);
  g_assert_cmpint (same->seq, ==, first->seq);
  g_assert_cmpstr (same->key, ==, first->key);

  store_fixture_type (record, "PrjName", "submitted again");
  store_fixture_save (fixture, record, 0);
  queue (fixture, record);
  second = get_only_item (fixture);
  g_assert_cmpint (second->seq, >, first->seq);
  g_assert_cmpstr (second->key, !=, first->key);
  g_assert_nonnull (strstr (second->body, "submitted again"));

  /* The first one was on its way meanwhile. */
  g_assert_true (yeji_store_note_pushed (fixture->store, uuid, first->seq, "r1", NULL));
  entry = store_fixture_get_entry (fixture, record);
  g_assert_true (yeji_entry_get_edited_since (entry));
  g_assert_true (yeji_store_note_submitted (fixture->store, uuid, first->seq, answer, NULL));
  left = get_only_item (fixture);
  g_assert_cmpint (left->seq, ==, second->seq);
  g_assert_cmpstr (left->base_revision, ==, "r1");
  g_assert_cmpstr (left->body, ==, second->body);
}

static void
test_files_again (StoreFixture  *fixture,
                  gconstpointer  data)
{
  g_autoptr (YejiRecord) record = save_sample (fixture);
  const char *uuid = yeji_record_get_uuid (record);
  g_autoptr (YejiOutboxItem) first = NULL;
  g_autoptr (YejiOutboxItem) second = NULL;
  g_autoptr (GPtrArray) attachments = NULL;
  g_autoptr (GPtrArray) submitted = NULL;
  const char *id;

  attach_pdf (fixture, record, "a.pdf");
  attach_pdf (fixture, record, "b.pdf");
  queue (fixture, record);
  first = get_only_item (fixture);
  attachments = yeji_store_get_attachments (fixture->store, uuid, NULL);
  id = yeji_attachment_get_id (g_ptr_array_index (attachments, 0));
  g_assert_true (yeji_store_detach (fixture->store, uuid, id, NULL));

  /* What was submitted is still there to be sent. */
  submitted = yeji_store_get_submitted_files (fixture->store, first->seq, NULL);
  g_assert_cmpuint (submitted->len, ==, 2);
  g_assert_cmpstr (yeji_attachment_get_id (g_ptr_array_index (submitted, 0)), ==, id);
  g_assert_cmpstr (yeji_attachment_get_filename (g_ptr_array_index (submitted, 1)), ==, "b.pdf");

  queue (fixture, record);
  second = get_only_item (fixture);
  g_assert_cmpint (second->seq, >, first->seq);
  g_assert_null (strstr (second->files, "a.pdf"));
}

static void
test_refused (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (YejiRecord) record = save_sample (fixture);
  const char *uuid = yeji_record_get_uuid (record);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_object_unref);
  YejiAnswer *returned = store_fixture_answer_new (record, "r1", "returned", T1);
  g_autoptr (YejiOutboxItem) item = NULL;
  g_autoptr (YejiEntry) refused = NULL;
  g_autoptr (YejiEntry) queued = NULL;
  const YejiPoint *point;

  returned->message = g_strdup ("see the points");
  g_ptr_array_add (returned->points, yeji_point_new ("/project/PrjName", "not the permit's name"));
  store_fixture_apply (fixture, returned, "c1");
  queue (fixture, record);
  item = get_only_item (fixture);
  g_ptr_array_add (problems, yeji_problem_new ("order", YEJI_SEVERITY_ERROR, "/contracts/0",
                                                "Late"));
  g_assert_true (yeji_store_note_refused (fixture->store, uuid, item->seq, "422", problems, NULL));

  assert_outbox_empty (fixture);
  refused = store_fixture_get_entry (fixture, record);
  g_assert_cmpint (yeji_entry_get_state (refused), ==, YEJI_STATE_RETURNED);
  g_assert_cmpstr (yeji_entry_get_message (refused), ==, "422");
  g_assert_cmpuint (yeji_entry_get_points (refused)->len, ==, 2);
  point = g_ptr_array_index (yeji_entry_get_points (refused), 1);
  g_assert_cmpstr (point->pointer, ==, "/contracts/0");
  g_assert_cmpstr (point->comment, ==, "Late");

  /* Submitted again, the refusal is over and the reviewer's word is not. */
  queue (fixture, record);
  queued = store_fixture_get_entry (fixture, record);
  g_assert_cmpstr (yeji_entry_get_message (queued), ==, "see the points");
  g_assert_cmpuint (yeji_entry_get_points (queued)->len, ==, 1);
}

static void
test_late_acknowledgement (StoreFixture  *fixture,
                           gconstpointer  data)
{
  g_autoptr (YejiRecord) record = save_sample (fixture);
  const char *uuid = yeji_record_get_uuid (record);
  g_autoptr (YejiAnswer) answer = store_fixture_answer_new (record, "r1", "submitted", T1);
  g_autoptr (YejiOutboxItem) item = NULL;
  g_autoptr (YejiEntry) entry = NULL;

  queue (fixture, record);
  item = get_only_item (fixture);
  g_assert_true (yeji_store_note_pushed (fixture->store, uuid, item->seq, "r1", NULL));
  store_fixture_apply (fixture, store_fixture_answer_new (record, "r2", "returned", T2), "c1");
  g_assert_true (yeji_store_note_submitted (fixture->store, uuid, item->seq, answer, NULL));
  assert_outbox_empty (fixture);
  entry = store_fixture_get_entry (fixture, record);
  g_assert_cmpint (yeji_entry_get_state (entry), ==, YEJI_STATE_RETURNED);
  g_assert_cmpstr (yeji_entry_get_revision (entry), ==, "r2");
}

static void
test_not_pushed (StoreFixture  *fixture,
                 gconstpointer  data)
{
  g_autoptr (YejiRecord) record = save_sample (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_false (yeji_store_note_pushed (fixture->store, yeji_record_get_uuid (record), 7, "r1",
                                          &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND);
}

/* The first field that approval fills in. */
static const YejiFieldDef *
find_platform_field (const YejiTableDef *table)
{
  for (guint i = 0; i < table->fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (table->fields, i);

      if (field->by_platform)
        return field;
    }
  g_assert_not_reached ();
}

static YejiAnswer *
approve (YejiRecord *record,
         const char *at)
{
  g_autoptr (YejiRecord) theirs = yeji_record_copy (record);
  YejiRow *project = yeji_record_get_project (theirs);
  YejiAnswer *answer = store_fixture_answer_new (record, "r9", "approved", at);

  store_fixture_type (theirs, "PrjNum", "2201041603300099");
  yeji_row_set (project, find_platform_field (yeji_row_get_table (project)), "示例处");
  answer->grade = g_strdup ("B");
  answer->office = g_strdup ("示例市住房和城乡建设局 建筑业处");
  answer->reviewer = g_strdup ("示例");
  answer->record = yeji_record_to_text (theirs);
  return answer;
}

static void
test_platform_fields (StoreFixture  *fixture,
                      gconstpointer  data)
{
  g_autoptr (YejiRecord) record = save_sample (fixture);
  g_autoptr (YejiRecord) loaded = NULL;
  g_autoptr (YejiEntry) entry = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GPtrArray) again = NULL;
  const YejiHistoryLine *last;
  YejiAnswer *answer;

  submit (fixture, record, "r1", T1);
  answer = approve (record, T2);
  {
    g_autofree char *theirs = g_strdup (answer->record);
    g_autofree char *text = NULL;

    store_fixture_apply (fixture, answer, "c1");
    loaded = store_fixture_load (fixture, record);
    text = yeji_record_to_text (loaded);
    g_assert_cmpstr (text, ==, theirs);
  }
  entry = store_fixture_get_entry (fixture, record);
  g_assert_cmpint (yeji_entry_get_state (entry), ==, YEJI_STATE_APPROVED);
  g_assert_cmpstr (yeji_entry_get_grade (entry), ==, "B");
  g_assert_cmpstr (yeji_entry_get_number (entry), ==, "2201041603300099");
  g_assert_cmpstr (yeji_entry_get_office (entry), ==, "示例市住房和城乡建设局 建筑业处");
  g_assert_false (yeji_entry_get_edited_since (entry));
  history = yeji_store_get_history (fixture->store, yeji_record_get_uuid (record), NULL);
  last = g_ptr_array_index (history, history->len - 1);
  g_assert_cmpstr (last->why, ==, "answered");

  /* Twice is the same as once. */
  store_fixture_apply (fixture, approve (record, T2), "c1");
  again = yeji_store_get_history (fixture->store, yeji_record_get_uuid (record), NULL);
  g_assert_cmpuint (history->len, ==, again->len);
}

static void
test_clerk_edit (StoreFixture  *fixture,
                 gconstpointer  data)
{
  g_autoptr (YejiRecord) record = save_sample (fixture);
  const YejiTableDef *contracts = yeji_dictionary_find_member (fixture->dictionary, "contracts");
  const YejiTableDef *root = yeji_dictionary_get_root (fixture->dictionary);
  const YejiFieldDef *platform = find_platform_field (root);
  guint n_rows = yeji_record_get_n_rows (record, contracts);
  g_autoptr (YejiRecord) sent = NULL;
  g_autoptr (YejiRecord) loaded = NULL;
  g_autoptr (YejiEntry) entry = NULL;
  g_autoptr (YejiOutboxItem) item = NULL;
  g_autoptr (YejiAnswer) answer = store_fixture_answer_new (record, "r1", "submitted", T1);

  sent = yeji_record_copy (record);
  queue (fixture, record);
  item = get_only_item (fixture);
  store_fixture_type (record, "PrjName", "typed during the upload");
  yeji_record_append_row (record, contracts);
  store_fixture_save (fixture, record, 0);
  g_assert_true (yeji_store_note_pushed (fixture->store, item->uuid, item->seq, "r1", NULL));
  g_assert_true (yeji_store_note_submitted (fixture->store, item->uuid, item->seq, answer, NULL));

  store_fixture_apply (fixture, approve (sent, T2), "c1");
  loaded = store_fixture_load (fixture, record);
  g_assert_cmpstr (store_fixture_read (loaded, "PrjName"), ==, "typed during the upload");
  g_assert_cmpstr (store_fixture_read (loaded, "PrjNum"), ==, "2201041603300099");
  g_assert_cmpstr (yeji_row_get (yeji_record_get_project (loaded), platform), ==, "示例处");
  g_assert_cmpuint (yeji_record_get_n_rows (loaded, contracts), ==, n_rows + 1);
  entry = store_fixture_get_entry (fixture, record);
  g_assert_true (yeji_entry_get_edited_since (entry));
}

static void
test_elsewhere (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr (YejiRecord) known = store_fixture_read_sample (fixture->dictionary);
  g_autoptr (YejiRecord) unknown = yeji_record_new (fixture->dictionary, NULL, NULL);
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (YejiRecord) loaded = NULL;
  g_autofree char *cursor = NULL;

  store_fixture_apply (fixture, store_fixture_answer_new (unknown, "r1", "returned", T1), "c1");
  store_fixture_apply (fixture, approve (known, T1), "c2");
  list = yeji_store_list (fixture->store, NULL);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_false (yeji_entry_get_edited_since (g_ptr_array_index (list, 0)));
  loaded = store_fixture_load (fixture, known);
  g_assert_cmpstr (store_fixture_read (loaded, "PrjNum"), ==, "2201041603300099");
  cursor = yeji_store_get_setting (fixture->store, "cursor", NULL);
  g_assert_cmpstr (cursor, ==, "c2");
}

static void
test_together (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autoptr (YejiRecord) record = save_sample (fixture);
  g_autoptr (GPtrArray) answers = NULL;
  YejiAnswer *broken = store_fixture_answer_new (record, "r2", "approved", T2);
  g_autofree char *cursor = NULL;
  g_autoptr (GError) error = NULL;

  answers = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_answer_free);
  broken->record = g_strdup ("{");
  g_ptr_array_add (answers, store_fixture_answer_new (record, "r1", "returned", T1));
  g_ptr_array_add (answers, broken);
  g_assert_true (yeji_store_set_setting (fixture->store, "cursor", "before", NULL));
  g_assert_false (yeji_store_apply_answers (fixture->store, answers, "after", &error));
  g_assert_error (error, YEJI_RECORD_ERROR, YEJI_RECORD_ERROR_SYNTAX);
  store_fixture_assert_state (fixture, record, YEJI_STATE_READY);
  cursor = yeji_store_get_setting (fixture->store, "cursor", NULL);
  g_assert_cmpstr (cursor, ==, "before");
}

static void
test_returned (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autoptr (YejiRecord) record = save_sample (fixture);
  YejiAnswer *returned;
  g_autoptr (YejiEntry) entry = NULL;
  g_autoptr (YejiOutboxItem) item = NULL;

  submit (fixture, record, "r1", T1);
  returned = store_fixture_answer_new (record, "r2", "returned", T2);
  g_ptr_array_add (returned->points, yeji_point_new ("/project/PrjName", "not the permit's name"));
  store_fixture_apply (fixture, returned, "c1");
  store_fixture_assert_state (fixture, record, YEJI_STATE_RETURNED);

  store_fixture_type (record, "PrjName", "the permit's name");
  store_fixture_save (fixture, record, 0);
  entry = store_fixture_get_entry (fixture, record);
  g_assert_cmpint (yeji_entry_get_state (entry), ==, YEJI_STATE_RETURNED);
  g_assert_true (yeji_entry_get_edited_since (entry));
  g_assert_cmpuint (yeji_entry_get_points (entry)->len, ==, 1);
  queue (fixture, record);
  item = get_only_item (fixture);
  g_assert_cmpstr (item->base_revision, ==, "r2");
}

static void
test_merge (StoreFixture  *fixture,
            gconstpointer  data)
{
  const YejiTableDef *units = yeji_dictionary_find_member (fixture->dictionary, "units");
  const YejiFieldDef *field = g_ptr_array_index (units->fields, 1);
  const YejiFieldDef *other = g_ptr_array_index (units->fields, 2);
  g_autoptr (YejiRecord) base = store_fixture_read_sample (fixture->dictionary);
  g_autoptr (YejiRecord) mine = yeji_record_copy (base);
  g_autoptr (YejiRecord) theirs = yeji_record_copy (base);
  g_autoptr (YejiRecord) merged = NULL;
  g_autofree char *first = g_strdup (yeji_row_get_id (yeji_record_get_row (base, units, 0)));
  YejiRow *row;

  g_assert_cmpuint (yeji_record_get_n_rows (base, units), ==, 2);
  /* The clerk: one row's value, another row gone, a new row before all. */
  yeji_record_set (mine, yeji_record_get_row (mine, units, 0), field, "mine");
  yeji_record_remove_row (mine, yeji_record_get_row (mine, units, 1));
  row = yeji_row_new (units, "new");
  yeji_row_set (row, field, "added");
  yeji_record_insert_row (mine, 0, row);
  g_object_unref (row);
  yeji_record_set_role (mine, "design");
  /* The province: the same value, and another of the same row. */
  yeji_record_set (theirs, yeji_record_get_row (theirs, units, 0), field, "theirs");
  yeji_record_set (theirs, yeji_record_get_row (theirs, units, 0), other, "theirs");

  merged = yeji_merge_records (base, mine, theirs);
  g_assert_cmpstr (yeji_record_get_role (merged), ==, "design");
  g_assert_cmpuint (yeji_record_get_n_rows (merged, units), ==, 2);
  row = yeji_record_get_row (merged, units, 0);
  g_assert_cmpstr (yeji_row_get_id (row), ==, "new");
  g_assert_cmpstr (yeji_row_get (row, field), ==, "added");
  row = yeji_record_get_row (merged, units, 1);
  g_assert_cmpstr (yeji_row_get_id (row), ==, first);
  g_assert_cmpstr (yeji_row_get (row, field), ==, "mine");
  g_assert_cmpstr (yeji_row_get (row, other), ==, "theirs");
}

static void
test_merge_row_gone (StoreFixture  *fixture,
                     gconstpointer  data)
{
  const YejiTableDef *units = yeji_dictionary_find_member (fixture->dictionary, "units");
  const YejiFieldDef *field = g_ptr_array_index (units->fields, 1);
  g_autoptr (YejiRecord) base = store_fixture_read_sample (fixture->dictionary);
  g_autoptr (YejiRecord) mine = yeji_record_copy (base);
  g_autoptr (YejiRecord) theirs = yeji_record_copy (base);
  g_autoptr (YejiRecord) merged = NULL;

  yeji_record_set (mine, yeji_record_get_row (mine, units, 0), field, "mine");
  yeji_record_remove_row (theirs, yeji_record_get_row (theirs, units, 0));
  merged = yeji_merge_records (base, mine, theirs);
  g_assert_true (yeji_record_equal (merged, mine));
}

static void
keep (YejiRecord *record,
      YejiRow    *row,
      const char *field,
      const char *reason)
{
  g_autoptr (YejiKept) kept = yeji_kept_new ("W.sum", yeji_row_get_table (row)->id,
                                             yeji_row_get_id (row), field, "1", "2", reason);

  yeji_record_keep (record, kept);
}

static const char *
get_reason (YejiRecord *record,
            YejiRow    *row,
            const char *field)
{
  const YejiKept *kept = yeji_record_find_kept (record, "W.sum", yeji_row_get_table (row)->id,
                                                yeji_row_get_id (row), field);

  return kept != NULL ? kept->reason : NULL;
}

static void
test_merge_notes (StoreFixture  *fixture,
                  gconstpointer  data)
{
  const YejiTableDef *units = yeji_dictionary_find_member (fixture->dictionary, "units");
  g_autoptr (YejiRecord) base = store_fixture_read_sample (fixture->dictionary);
  YejiRow *row = yeji_record_get_row (base, units, 0);
  g_autoptr (YejiAside) here = yeji_aside_new ("1", "T", "r", "Here", "Here", "a");
  g_autoptr (YejiAside) there = yeji_aside_new ("1", "T", "r", "There", "There", "b");
  g_autoptr (YejiAside) dropped = yeji_aside_new ("1", "T", "r", "Dropped", "Dropped", "c");
  g_autoptr (YejiKept) whole = yeji_kept_new ("W.sum", "", "", "", "", "", "whole");
  g_autoptr (YejiRecord) mine = NULL;
  g_autoptr (YejiRecord) theirs = NULL;
  g_autoptr (YejiRecord) merged = NULL;

  keep (base, row, "Invest", "base");
  keep (base, row, "BuildArea", "base");
  keep (base, row, "Memo", "base");
  yeji_record_add_aside (base, dropped);
  mine = yeji_record_copy (base);
  theirs = yeji_record_copy (base);
  keep (mine, row, "Invest", "mine");
  keep (mine, row, "BuildArea", "");
  keep (mine, row, "FloorCount", "mine");
  yeji_record_keep (mine, whole);
  yeji_record_add_aside (mine, here);
  yeji_record_remove_aside (mine, dropped);
  keep (theirs, row, "Invest", "theirs");
  keep (theirs, row, "Memo", "theirs");
  yeji_record_set_role (theirs, "design");
  yeji_record_add_aside (theirs, there);

  merged = yeji_merge_records (base, mine, theirs);
  g_assert_cmpstr (get_reason (merged, row, "Invest"), ==, "mine");
  g_assert_cmpstr (get_reason (merged, row, "BuildArea"), ==, NULL);
  g_assert_cmpstr (get_reason (merged, row, "FloorCount"), ==, "mine");
  g_assert_cmpstr (get_reason (merged, row, "Memo"), ==, "theirs");
  g_assert_nonnull (yeji_record_find_kept (merged, "W.sum", "", "", ""));
  g_assert_cmpstr (yeji_record_get_role (merged), ==, "design");
  g_assert_cmpuint (yeji_record_get_aside (merged)->len, ==, 2);
  g_assert_false (yeji_record_remove_aside (merged, dropped));
}

/* The reason is stored with the record, and its history tells of it. */
static void
test_kept_history (StoreFixture  *fixture,
                   gconstpointer  data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);
  g_autoptr (YejiRecord) loaded = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  YejiHistoryLine *line;

  store_fixture_save (fixture, record, 0);
  keep (record, yeji_record_get_project (record), "AllInvest", "as on the paper");
  store_fixture_save (fixture, record, 0);
  loaded = store_fixture_load (fixture, record);
  g_assert_true (yeji_record_equal (record, loaded));
  g_assert_cmpuint (yeji_record_get_kept (loaded)->len, ==, 1);
  lines = yeji_store_get_history (fixture->store, yeji_record_get_uuid (record), NULL);
  line = g_ptr_array_index (lines, lines->len - 1);
  g_assert_cmpstr (line->change->field, ==, "kept:W.sum:AllInvest");
  g_assert_cmpstr (line->change->after, ==, "as on the paper");
}

/* ---- Submissions that are taken back */

static gboolean
take_back (StoreFixture *fixture,
           YejiRecord   *record)
{
  g_autoptr (GError) error = NULL;
  gboolean taken;

  yeji_store_take_back (fixture->store, yeji_record_get_uuid (record), &taken, &error);
  g_assert_no_error (error);
  return taken;
}

static void
test_taken_back (StoreFixture  *fixture,
                 gconstpointer  data)
{
  g_autoptr (YejiRecord) record = save_sample (fixture);
  g_autoptr (YejiOutboxItem) item = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (take_back (fixture, record));
  queue (fixture, record);
  item = get_only_item (fixture);
  g_assert_true (take_back (fixture, record));
  assert_outbox_empty (fixture);
  store_fixture_assert_state (fixture, record, YEJI_STATE_READY);
  /* who had read it already does not send it */
  g_assert_false (yeji_store_begin_sending (fixture->store, item->uuid, item->seq, &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND);
  queue (fixture, record);
  store_fixture_assert_state (fixture, record, YEJI_STATE_QUEUED);
}

static void
test_too_late (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autoptr (YejiRecord) record = save_sample (fixture);
  g_autoptr (YejiOutboxItem) item = NULL;
  g_autoptr (YejiOutboxItem) again = NULL;

  queue (fixture, record);
  item = get_only_item (fixture);
  g_assert_true (yeji_store_begin_sending (fixture->store, item->uuid, item->seq, NULL));
  g_assert_true (yeji_store_begin_sending (fixture->store, item->uuid, item->seq, NULL));
  g_assert_false (take_back (fixture, record));
  again = get_only_item (fixture);
  g_assert_cmpint (again->seq, ==, item->seq);
}

/* Whether it was on its way when the program ended, nobody knows. */
static void
test_earlier_session (StoreFixture  *fixture,
                      gconstpointer  data)
{
  g_autoptr (YejiRecord) record = save_sample (fixture);
  g_autoptr (YejiOutboxItem) item = NULL;

  queue (fixture, record);
  store_fixture_close (fixture);
  store_fixture_open (fixture);
  g_assert_false (take_back (fixture, record));
  item = get_only_item (fixture);
}

static void
test_earlier_is_back (StoreFixture  *fixture,
                      gconstpointer  data)
{
  g_autoptr (YejiRecord) record = save_sample (fixture);
  g_autoptr (YejiOutboxItem) first = NULL;
  g_autoptr (YejiOutboxItem) second = NULL;
  g_autoptr (YejiOutboxItem) left = NULL;

  queue (fixture, record);
  first = get_only_item (fixture);
  g_assert_true (yeji_store_begin_sending (fixture->store, first->uuid, first->seq, NULL));
  store_fixture_type (record, "Address", "another place");
  store_fixture_save (fixture, record, 0);
  queue (fixture, record);
  second = get_only_item (fixture);
  g_assert_cmpint (second->seq, >, first->seq);
  g_assert_true (take_back (fixture, record));
  left = get_only_item (fixture);
  g_assert_cmpint (left->seq, ==, first->seq);
  g_assert_false (take_back (fixture, record));
}

/* ---- Samples */

static void
assert_sample_error (StoreFixture *fixture,
                     const char   *uuid,
                     int           code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (yeji_store_queue_submit (fixture->store, uuid, &error));
  g_assert_error (error, YEJI_SAMPLE_ERROR, code);
}

static void
replace_field (StoreFixture *fixture,
               const char   *uuid,
               const char   *field,
               const char   *value)
{
  g_autoptr (YejiRecord) record = yeji_store_load (fixture->store, uuid, NULL);

  store_fixture_type (record, field, value);
  store_fixture_save (fixture, record, 0);
}

/* A copy of a sample, and a copy of that, are held back until their invented names are replaced;
 * what was not copied from one may be called as it likes. */
static void
test_sample_copies (StoreFixture  *fixture,
                    gconstpointer  data)
{
  static const char *const sample = "e8a3c1d0-5a3b-4e00-9e1d-000000000077";
  g_autoptr (YejiRecord) record = yeji_record_new (fixture->dictionary, sample, "construction");
  g_autoptr (YejiRecord) other = yeji_record_new (fixture->dictionary, NULL, "construction");
  g_autofree char *copy = NULL;
  g_autofree char *second = NULL;
  g_autoptr (GError) error = NULL;

  store_fixture_type (record, "BuildCorpName", "示例学校（虚构）");
  store_fixture_type (other, "BuildCorpName", "示例学校（虚构）");
  store_fixture_save (fixture, record, 0);
  store_fixture_save (fixture, other, 0);
  assert_sample_error (fixture, sample, YEJI_SAMPLE_ERROR_SUBMIT);
  copy = yeji_store_copy_record (fixture->store, sample, &error);
  g_assert_no_error (error);
  second = yeji_store_copy_record (fixture->store, copy, &error);
  g_assert_no_error (error);
  replace_field (fixture, copy, "Address", "one");
  replace_field (fixture, second, "Address", "two");
  assert_sample_error (fixture, copy, YEJI_SAMPLE_ERROR_COPY);
  assert_sample_error (fixture, second, YEJI_SAMPLE_ERROR_COPY);
  replace_field (fixture, second, "BuildCorpName", "another school");
  g_assert_true (yeji_store_queue_submit (fixture->store, second, &error));
  g_assert_no_error (error);
  assert_sample_error (fixture, copy, YEJI_SAMPLE_ERROR_COPY);
  queue (fixture, other);
}

int
main (int   argc,
      char *argv[])
{
  static const StoreCase cases[] = {
    { "/store/outbox/refuses-errors-and-wrong-states", test_refuses },
    { "/store/outbox/holds-what-was-submitted", test_item },
    { "/store/outbox/edit-after-submit-survives", test_edit_survives },
    { "/store/outbox/submitting-again-while-on-its-way", test_again },
    { "/store/outbox/files-as-submitted", test_files_again },
    { "/store/outbox/refusal-stays-beside-the-points", test_refused },
    { "/store/outbox/late-acknowledgement-undoes-nothing", test_late_acknowledgement },
    { "/store/outbox/acknowledges-nothing-unknown", test_not_pushed },
    { "/store/outbox/taken-back-before-it-is-sent", test_taken_back },
    { "/store/outbox/not-taken-back-once-it-is-sent", test_too_late },
    { "/store/outbox/not-taken-back-in-a-later-session", test_earlier_session },
    { "/store/outbox/the-one-before-is-back", test_earlier_is_back },
    { "/store/outbox/holds-back-what-a-sample-invented", test_sample_copies },
    { "/store/answers/platform-fields", test_platform_fields },
    { "/store/answers/clerk-edit-stays", test_clerk_edit },
    { "/store/answers/records-from-elsewhere", test_elsewhere },
    { "/store/answers/all-or-none-with-the-cursor", test_together },
    { "/store/answers/returned-edited-submitted-again", test_returned },
    { "/store/merge/field-by-field", test_merge },
    { "/store/merge/typed-into-a-row-that-is-gone", test_merge_row_gone },
    { "/store/merge/kept-warnings-reason-by-reason", test_merge_notes },
    { "/store/history/tells-why-a-warning-was-kept", test_kept_history },
  };

  g_test_init (&argc, &argv, NULL);
  store_fixture_add_cases (cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
