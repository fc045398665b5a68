// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "test-store-others"

#include "config.h"

#include "store-fixture.h"
#include "yeji-conflicts.h"
#include "yeji-store-others.h"
#include "yeji-store-seen.h"
#include "yeji-store-verify.h"
#include "yeji-undo.h"

#define T1 "2026-01-02T03:04:05.000Z"
#define OTHER_UUID "6f1c2d3e-4a5b-4c6d-8e7f-102030405999"

/* ---- What is fetched */

static void
test_news (StoreFixture  *fixture,
           gconstpointer  data)
{
  static const struct
  {
    const char *uuid;                  /* NULL: the one that is here, at r5 */
    const char *state, *revision, *content, *record;
    gboolean news;
  } cases[] = {
    { OTHER_UUID, "submitted", "r2", "r2", NULL, TRUE },
    { OTHER_UUID, "returned", "r3", NULL, NULL, TRUE },
    { OTHER_UUID, "approved", "r4", "r2", "{}", TRUE },
    { OTHER_UUID, "withdrawn", "r4", "r2", NULL, TRUE },
    { OTHER_UUID, "draft", "r1", "r1", NULL, FALSE },
    { OTHER_UUID, "removed", "r4", "r2", NULL, FALSE },
    { NULL, "submitted", "r5", "r5", NULL, FALSE },
    { NULL, "returned", "r6", "r5", NULL, FALSE },
    { NULL, "returned", "r6", "r6", NULL, TRUE },
    { NULL, "submitted", "r7", "r7", NULL, TRUE },
    { NULL, "approved", "r7", "r7", "{}", FALSE },
    { NULL, "removed", "r7", "r7", NULL, FALSE },
    { NULL, "returned", "r6", NULL, NULL, FALSE },
    { NULL, "returned", "r6", "nonsense", NULL, FALSE },
    { NULL, "returned", "r6", "r99999999999999999999", NULL, FALSE },
  };
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);
  YejiAnswer *known = store_fixture_answer_new (record, "r5", "returned", T1);

  known->record = yeji_record_to_text (record);
  known->files = g_ptr_array_new ();
  store_fixture_apply (fixture, known, "c1");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (YejiAnswer) answer = store_fixture_answer_new (record, cases[i].revision,
                                                                cases[i].state, T1);
      g_autoptr (GPtrArray) answers = g_ptr_array_new ();
      g_autoptr (GPtrArray) news = NULL;

      g_test_message ("case %u", i);
      if (cases[i].uuid != NULL)
        {
          g_free (answer->uuid);
          answer->uuid = g_strdup (cases[i].uuid);
        }
      answer->content = g_strdup (cases[i].content);
      answer->record = g_strdup (cases[i].record);
      g_ptr_array_add (answers, answer);
      g_ptr_array_add (answers, answer);   /* once is enough */
      news = yeji_store_list_news (fixture->store, answers, NULL);
      g_assert_cmpuint (news->len, ==, cases[i].news ? 1 : 0);
    }
}

/* Somebody else's submission of just what stands here may have other documents. */
static void
test_news_of_documents (StoreFixture  *fixture,
                        gconstpointer  data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);
  YejiAnswer *known = store_fixture_answer_new (record, "r5", "returned", T1);
  g_autoptr (YejiAnswer) submitted = store_fixture_answer_new (record, "r5", "submitted", T1);
  g_autoptr (YejiAnswer) written = store_fixture_answer_new (record, "r5", "returned", T1);
  g_autoptr (GPtrArray) answers = g_ptr_array_new ();
  g_autoptr (GPtrArray) news = NULL;

  known->record = yeji_record_to_text (record);
  store_fixture_apply (fixture, known, "c1");
  submitted->content = g_strdup ("r5");
  written->content = g_strdup ("r5");
  g_ptr_array_add (answers, written);
  news = yeji_store_list_news (fixture->store, answers, NULL);
  g_assert_cmpuint (news->len, ==, 0);
  g_ptr_array_unref (news);
  g_ptr_array_add (answers, submitted);
  news = yeji_store_list_news (fixture->store, answers, NULL);
  g_assert_cmpuint (news->len, ==, 1);
}

/* That a content was written says nothing of what was decided. */
static void
test_content_is_no_decision (StoreFixture  *fixture,
                             gconstpointer  data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);
  YejiAnswer *answer = store_fixture_answer_new (record, "r5", "returned", T1);
  g_autoptr (YejiEntry) entry = NULL;

  answer->record = yeji_record_to_text (record);
  answer->message = g_strdup ("请核对");
  g_ptr_array_add (answer->points, yeji_point_new ("/project/PrjName", "名称不全"));
  store_fixture_apply (fixture, answer, "c1");
  store_fixture_type (record, "PrjName", "他机所改");
  answer = store_fixture_answer_new (record, "r6", "returned", T1);
  answer->content = g_strdup ("r6");
  answer->record = yeji_record_to_text (record);
  store_fixture_apply (fixture, answer, "c2");
  entry = store_fixture_get_entry (fixture, record);
  g_assert_cmpstr (yeji_entry_get_name (entry), ==, "他机所改");
  g_assert_cmpstr (yeji_entry_get_revision (entry), ==, "r6");
  g_assert_cmpstr (yeji_entry_get_message (entry), ==, "请核对");
  g_assert_cmpuint (yeji_entry_get_points (entry)->len, ==, 1);
}

/* A dictionary that nobody here ever had keeps the other records from nothing. */
static void
test_unreadable_is_left (StoreFixture  *fixture,
                         gconstpointer  data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);
  YejiAnswer *answer = store_fixture_answer_new (record, "r5", "returned", T1);
  g_autoptr (GError) error = NULL;

  answer->record = g_strdup ("{\"uuid\": 5}");
  g_ptr_array_add (answer->points, yeji_point_new ("/project/PrjName", "名称不全"));
  store_fixture_apply (fixture, answer, "c1");
  g_assert_null (yeji_store_get_entry (fixture->store, yeji_record_get_uuid (record), &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND);
}

/* ---- Documents */

static char *
make_sum (const char *content)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, content, -1);
}

/* One with a question mark was submitted and is still to come. */
static void
answer_with_files (StoreFixture *fixture,
                   YejiRecord   *record,
                   const char   *revision,
                   const char   *contents)
{
  YejiAnswer *answer = store_fixture_answer_new (record, revision, "returned", T1);
  g_auto (GStrv) list = g_strsplit (contents, " ", -1);

  answer->record = yeji_record_to_text (record);
  answer->content = g_strdup (revision);
  answer->files = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_province_file_free);
  for (guint i = 0; list[i] != NULL && *list[i] != '\0'; i++)
    {
      gboolean expected = g_str_has_suffix (list[i], "?");
      g_autofree char *content = g_strndup (list[i], strcspn (list[i], "?"));
      g_autofree char *sum = make_sum (content);
      g_autofree char *name = g_strconcat (content, ".pdf", NULL);

      g_ptr_array_add (answer->files,
                       yeji_province_file_new ("contract", sum, name,
                                               expected ? NULL : "application/pdf",
                                               (gint64) strlen (content)));
    }
  store_fixture_apply (fixture, answer, revision);
}

static void
assert_files (StoreFixture *fixture,
              YejiRecord   *record,
              const char   *names)
{
  g_autoptr (GPtrArray) attachments = NULL;
  g_autoptr (GString) seen = g_string_new (NULL);

  attachments = yeji_store_get_attachments (fixture->store, yeji_record_get_uuid (record), NULL);
  for (guint i = 0; i < attachments->len; i++)
    g_string_append_printf (seen, "%s%s", i > 0 ? " " : "",
                            yeji_attachment_get_filename (g_ptr_array_index (attachments, i)));
  g_assert_cmpstr (seen->str, ==, names);
}

static void
detach (StoreFixture *fixture,
        YejiRecord   *record,
        const char   *name)
{
  const char *uuid = yeji_record_get_uuid (record);
  g_autoptr (GPtrArray) attachments = yeji_store_get_attachments (fixture->store, uuid, NULL);

  for (guint i = 0; i < attachments->len; i++)
    {
      YejiAttachment *attachment = g_ptr_array_index (attachments, i);

      if (g_str_equal (yeji_attachment_get_filename (attachment), name))
        g_assert_true (yeji_store_detach (fixture->store, uuid,
                                          yeji_attachment_get_id (attachment), NULL));
    }
}

static gint64
get_size (StoreFixture *fixture,
          YejiRecord   *record,
          const char   *name)
{
  g_autoptr (GPtrArray) attachments = NULL;

  attachments = yeji_store_get_attachments (fixture->store, yeji_record_get_uuid (record), NULL);
  for (guint i = 0; i < attachments->len; i++)
    {
      YejiAttachment *attachment = g_ptr_array_index (attachments, i);

      if (g_str_equal (yeji_attachment_get_filename (attachment), name))
        return yeji_attachment_get_size (attachment);
    }
  return -1;
}

static guint
count_flaws (StoreFixture *fixture)
{
  g_autoptr (GPtrArray) flaws = yeji_store_verify (fixture->store, YEJI_DEPTH_FULL, NULL, NULL);

  return flaws->len;
}

static void
test_documents (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);
  const char *uuid = yeji_record_get_uuid (record);
  g_autofree char *sum = make_sum ("a");
  g_autoptr (GHashTable) elsewhere = NULL;
  g_autoptr (GBytes) right = g_bytes_new_static ("a", 1);
  g_autoptr (GBytes) wrong = g_bytes_new_static ("b", 1);
  g_autofree char *late = make_sum ("h");
  g_autoptr (GBytes) last = g_bytes_new_static ("h", 1);
  g_autoptr (GError) error = NULL;

  answer_with_files (fixture, record, "r2", "a b c");
  assert_files (fixture, record, "a.pdf b.pdf c.pdf");
  g_assert_cmpuint (count_flaws (fixture), ==, 0);   /* nobody misses them here */
  elsewhere = yeji_store_list_elsewhere (fixture->store, uuid, NULL);
  g_assert_cmpuint (g_hash_table_size (elsewhere), ==, 3);

  /* taken out here, there, and put in there */
  detach (fixture, record, "b.pdf");
  answer_with_files (fixture, record, "r3", "a b d");
  assert_files (fixture, record, "a.pdf d.pdf");
  answer_with_files (fixture, record, "r3", "a b d");
  assert_files (fixture, record, "a.pdf d.pdf");

  /* what is on its way from another computer is known by name, and stays in what is sent from here */
  answer_with_files (fixture, record, "r4", "a b d? e?");
  assert_files (fixture, record, "a.pdf d.pdf e.pdf");
  g_hash_table_unref (elsewhere);
  elsewhere = yeji_store_list_elsewhere (fixture->store, uuid, NULL);
  g_assert_cmpuint (g_hash_table_size (elsewhere), ==, 3);
  g_assert_cmpint (get_size (fixture, record, "e.pdf"), ==, 0);
  answer_with_files (fixture, record, "r4", "a b d e");
  assert_files (fixture, record, "a.pdf d.pdf e.pdf");
  g_assert_cmpint (get_size (fixture, record, "e.pdf"), ==, 1);
  /* taken out here while it was on its way */
  answer_with_files (fixture, record, "r5", "a b d e f?");
  detach (fixture, record, "f.pdf");
  answer_with_files (fixture, record, "r5", "a b d e f");
  assert_files (fixture, record, "a.pdf d.pdf e.pdf");
  detach (fixture, record, "e.pdf");

  g_assert_false (yeji_store_take_content (fixture->store, sum, wrong, NULL, &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_FILE);
  g_clear_error (&error);
  g_assert_true (yeji_store_take_content (fixture->store, sum, right, NULL, &error));
  g_assert_no_error (error);
  g_hash_table_unref (elsewhere);
  elsewhere = yeji_store_list_elsewhere (fixture->store, uuid, NULL);
  g_assert_cmpuint (g_hash_table_size (elsewhere), ==, 1);
  g_assert_cmpuint (count_flaws (fixture), ==, 0);

  /* one that was on its way is fetched before anybody told that it has come */
  answer_with_files (fixture, record, "r6", "a b d h?");
  g_assert_cmpint (get_size (fixture, record, "h.pdf"), ==, 0);
  g_assert_true (yeji_store_take_content (fixture->store, late, last, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (get_size (fixture, record, "h.pdf"), ==, 1);
}

/* What a province lists no more since it was restored from a backup, nobody took out. */
static void
test_documents_lost_there (StoreFixture  *fixture,
                           gconstpointer  data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);

  answer_with_files (fixture, record, "r2", "a b c");
  answer_with_files (fixture, record, "r1000000", "a d");
  assert_files (fixture, record, "a.pdf b.pdf c.pdf d.pdf");
  answer_with_files (fixture, record, "r1000001", "a");
  assert_files (fixture, record, "a.pdf b.pdf c.pdf");
}

/* ---- An editor that has not seen what came */

static YejiRecord *
open_here (StoreFixture *fixture)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);
  YejiAnswer *answer = store_fixture_answer_new (record, "r1", "returned", T1);

  answer->record = yeji_record_to_text (record);
  store_fixture_apply (fixture, answer, "c1");
  return store_fixture_load (fixture, record);
}

static void
change_there (StoreFixture *fixture,
              const char   *state,
              const char   *field,
              const char   *value)
{
  g_autoptr (YejiRecord) sample = store_fixture_read_sample (fixture->dictionary);
  YejiAnswer *answer = store_fixture_answer_new (sample, "r2", state, T1);

  store_fixture_type (sample, field, value);
  answer->record = yeji_record_to_text (sample);
  store_fixture_apply (fixture, answer, "c2");
}

static void
save_here (StoreFixture *fixture,
           YejiRecord   *record)
{
  g_autoptr (YejiRecord) copy = yeji_record_copy (record);
  const YejiFacts facts = { 0 };
  g_autoptr (GError) error = NULL;

  yeji_record_carry_seen (record, copy);
  yeji_store_save (fixture->store, copy, &facts, "typed", &error);
  g_assert_no_error (error);
}

static void
assert_stored (StoreFixture *fixture,
               YejiRecord   *record,
               const char   *name,
               const char   *address,
               guint         n_conflicts)
{
  g_autoptr (YejiRecord) stored = store_fixture_load (fixture, record);
  g_autoptr (YejiEntry) entry = store_fixture_get_entry (fixture, record);

  g_assert_cmpstr (store_fixture_read (stored, "PrjName"), ==, name);
  g_assert_cmpstr (store_fixture_read (stored, "Address"), ==, address);
  g_assert_cmpuint (yeji_entry_get_n_conflicts (entry), ==, n_conflicts);
}

static void
test_editor_keeps_both (StoreFixture  *fixture,
                        gconstpointer  data)
{
  g_autoptr (YejiRecord) editor = open_here (fixture);
  g_autofree char *name = g_strdup (store_fixture_read (editor, "PrjName"));
  g_autoptr (YejiRecord) reader = NULL;

  change_there (fixture, "returned", "Address", "他机所改之地址");
  store_fixture_type (editor, "PrjName", "本机所打");
  save_here (fixture, editor);
  assert_stored (fixture, editor, "本机所打", "他机所改之地址", 0);
  /* it is typed on, and taken back, by somebody who still has not looked */
  store_fixture_type (editor, "PrjName", "本机又打");
  save_here (fixture, editor);
  assert_stored (fixture, editor, "本机又打", "他机所改之地址", 0);
  store_fixture_type (editor, "PrjName", name);
  save_here (fixture, editor);
  assert_stored (fixture, editor, name, "他机所改之地址", 0);
  /* who has looked may change what came */
  reader = store_fixture_load (fixture, editor);
  store_fixture_type (reader, "Address", "本机所打之地址");
  save_here (fixture, reader);
  assert_stored (fixture, editor, name, "本机所打之地址", 0);
}

static void
test_editor_is_asked (StoreFixture  *fixture,
                      gconstpointer  data)
{
  g_autoptr (YejiRecord) editor = open_here (fixture);
  g_autofree char *address = g_strdup (store_fixture_read (editor, "Address"));

  change_there (fixture, "returned", "PrjName", "他机所改");
  store_fixture_type (editor, "PrjName", "本机所打");
  save_here (fixture, editor);
  assert_stored (fixture, editor, "本机所打", address, 1);
}

/* What was typed in the second in which another computer submitted is not lost. */
static void
test_editor_is_saved_in_the_last_moment (StoreFixture  *fixture,
                                         gconstpointer  data)
{
  g_autoptr (YejiRecord) editor = open_here (fixture);
  g_autoptr (YejiRecord) later = NULL;
  g_autoptr (GError) error = NULL;
  const YejiFacts facts = { 0 };

  change_there (fixture, "submitted", "Address", "他机所改之地址");
  store_fixture_type (editor, "PrjName", "本机所打");
  save_here (fixture, editor);
  assert_stored (fixture, editor, "本机所打", "他机所改之地址", 0);
  later = store_fixture_load (fixture, editor);
  store_fixture_type (later, "PrjName", "太晚");
  g_assert_false (yeji_store_save (fixture->store, later, &facts, "typed", &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE);
}

/* Neither is what was typed while our own submission was being answered, or the record revoked. */
static void
test_fixed_while_typing (StoreFixture  *fixture,
                         gconstpointer  data)
{
  g_autoptr (YejiRecord) editor = open_here (fixture);
  g_autofree char *address = g_strdup (store_fixture_read (editor, "Address"));
  g_autoptr (YejiRecord) later = NULL;
  g_autoptr (GError) error = NULL;
  const YejiFacts facts = { 0 };

  store_fixture_type (editor, "PrjName", "本机所打");
  store_fixture_apply (fixture, store_fixture_answer_new (editor, "r2", "submitted", T1), "c2");
  save_here (fixture, editor);
  assert_stored (fixture, editor, "本机所打", address, 0);
  store_fixture_type (editor, "PrjName", "同一秒");
  save_here (fixture, editor);
  assert_stored (fixture, editor, "同一秒", address, 0);
  later = store_fixture_load (fixture, editor);
  store_fixture_type (later, "PrjName", "太晚");
  g_assert_false (yeji_store_save (fixture->store, later, &facts, "typed", &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE);
}

/* What an import brings, and what takes it back, is not undone by an editor that has not looked; it
 * is no question to anybody. */
static void
test_editor_keeps_bulk (StoreFixture  *fixture,
                        gconstpointer  data)
{
  g_autoptr (YejiRecord) editor = open_here (fixture);
  g_autofree char *name = g_strdup (store_fixture_read (editor, "PrjName"));
  g_autofree char *address = g_strdup (store_fixture_read (editor, "Address"));
  g_autoptr (YejiRecord) imported = store_fixture_load (fixture, editor);
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  g_autoptr (YejiBatchUndo) done = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *batch = NULL;

  g_assert_true (yeji_record_is_seen (editor));
  store_fixture_type (imported, "Address", "导入之地址");
  g_ptr_array_add (records, imported);
  yeji_store_save_batch (fixture->store, records, NULL, "imported", &batch, &error);
  g_assert_no_error (error);
  g_assert_false (yeji_record_is_seen (editor));
  save_here (fixture, editor);   /* as it was */
  assert_stored (fixture, editor, name, "导入之地址", 0);
  done = yeji_store_undo_batch (fixture->store, batch, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (done->reverted->len, ==, 1);
  store_fixture_type (editor, "PrjName", "本机所打");
  save_here (fixture, editor);
  assert_stored (fixture, editor, "本机所打", address, 0);
}

static void
test_editor_types_over_bulk (StoreFixture  *fixture,
                             gconstpointer  data)
{
  g_autoptr (YejiRecord) editor = open_here (fixture);
  g_autofree char *name = g_strdup (store_fixture_read (editor, "PrjName"));
  g_autoptr (YejiRecord) imported = store_fixture_load (fixture, editor);
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  store_fixture_type (imported, "Address", "导入之地址");
  g_ptr_array_add (records, imported);
  yeji_store_save_batch (fixture->store, records, NULL, "imported", NULL, &error);
  g_assert_no_error (error);
  store_fixture_type (editor, "Address", "本机所打之地址");
  save_here (fixture, editor);
  assert_stored (fixture, editor, name, "本机所打之地址", 0);
  /* who reads it again has seen all */
  g_clear_object (&editor);
  editor = store_fixture_load (fixture, imported);
  g_assert_true (yeji_record_is_seen (editor));
}

static const StoreCase cases[] = {
  { "/store/others/tells-what-is-to-be-fetched", test_news },
  { "/store/others/fetches-the-documents-of-a-submission-that-is-known", test_news_of_documents },
  { "/store/others/a-content-is-no-decision", test_content_is_no_decision },
  { "/store/others/leaves-what-cannot-be-read", test_unreadable_is_left },
  { "/store/others/knows-documents-by-name", test_documents },
  { "/store/others/keeps-documents-that-a-restored-province-lost", test_documents_lost_there },
  { "/store/others/an-editor-keeps-what-came", test_editor_keeps_both },
  { "/store/others/an-editor-is-asked-about-what-both-typed", test_editor_is_asked },
  { "/store/others/an-editor-is-saved-in-the-last-moment",
    test_editor_is_saved_in_the_last_moment },
  { "/store/others/an-editor-is-saved-when-its-record-is-fixed", test_fixed_while_typing },
  { "/store/others/an-editor-keeps-what-a-bulk-change-brought", test_editor_keeps_bulk },
  { "/store/others/an-editor-types-over-a-bulk-change", test_editor_types_over_bulk },
};

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  store_fixture_add_cases (cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
