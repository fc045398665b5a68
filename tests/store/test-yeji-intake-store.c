// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "test-intake-store"

#include "config.h"

#include "intake-fixture.h"

#include "yeji-arrange.h"
#include "yeji-store-private.h"
#include "yeji-undo.h"

#define PDF(text) "%PDF-1.4 " text

static void
undo (StoreFixture *fixture,
      const char   *batch,
      gboolean      again,
      const char   *expected_left)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (GError) error = NULL;

  if (again)
    yeji_store_redo_taking (fixture->store, batch, &left, &error);
  else
    yeji_store_undo_taking (fixture->store, batch, &left, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < left->len; i++)
    {
      const YejiFilePlace *place = g_ptr_array_index (left, i);

      g_string_append_printf (text, "%s%s %s", i > 0 ? ", " : "", place->slot, place->filename);
    }
  g_assert_cmpstr (text->str, ==, expected_left);
}

static void
count_progress (guint    n_done,
                guint    n_all,
                gpointer data)
{
  guint *last = data;

  g_assert_cmpuint (n_done, ==, *last + 1);
  g_assert_cmpuint (n_all, ==, 4);
  *last = n_done;
}

static void
test_many (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr (YejiRecord) bridge = intake_add_record (fixture, "大桥");
  g_autoptr (YejiRecord) school = intake_add_record (fixture, "学校");
  g_autoptr (GPtrArray) list = intake_list_new ();
  g_autoptr (GPtrArray) all = NULL;
  g_autofree char *batch = NULL;
  g_autofree char *last = NULL;
  YejiIncoming *turned;
  guint n_done = 0;
  g_autoptr (GError) error = NULL;

  intake_add (fixture, list, bridge, "contract", "b2.pdf", PDF ("2"));
  intake_add (fixture, list, bridge, "contract", "b1.pdf", PDF ("1"));
  turned = intake_add (fixture, list, school, "award_notice", "s.pdf", PDF ("3"));
  turned->rotation = 90;
  turned->findings = g_strdup (COARSE_FINDINGS);
  intake_add (fixture, list, NULL, NULL, "t.pdf", PDF ("4"));
  yeji_store_take_files (fixture->store, list, &batch, count_progress, &n_done, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_done, ==, 4);
  intake_assert (fixture, bridge, "contract", "b2.pdf b1.pdf");
  intake_assert (fixture, school, "award_notice", "s.pdf");
  intake_assert (fixture, NULL, NULL, "t.pdf");

  all = yeji_store_get_attachments (fixture->store, yeji_record_get_uuid (school), NULL);
  g_assert_cmpint (yeji_attachment_get_rotation (g_ptr_array_index (all, 0)), ==, 90);
  g_assert_cmpstr (yeji_attachment_get_findings (g_ptr_array_index (all, 0)), ==, COARSE_FINDINGS);
  g_assert_cmpstr (yeji_attachment_get_origin (g_ptr_array_index (all, 0)), ==, "资料/s.pdf");
  g_assert_cmpstr (yeji_attachment_get_id (g_ptr_array_index (all, 0)), ==, turned->id);
  g_assert_cmpstr (yeji_attachment_get_sha256 (g_ptr_array_index (all, 0)), ==, turned->sha256);

  last = yeji_store_find_last_taking (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (last, ==, batch);
}

static void
test_slots_are_counted (StoreFixture  *fixture,
                        gconstpointer  data)
{
  g_autoptr (YejiRecord) record = intake_add_record (fixture, "大桥");
  g_autofree char *batch = NULL;
  g_autofree char *id = NULL;
  g_autoptr (YejiEntry) before = NULL;
  g_autoptr (YejiEntry) taken = NULL;
  g_autoptr (YejiEntry) undone = NULL;

  before = store_fixture_get_entry (fixture, record);
  id = intake_take_one (fixture, record, "contract", "a.pdf", PDF ("1"), &batch);
  taken = store_fixture_get_entry (fixture, record);
  undo (fixture, batch, FALSE, "");
  undone = store_fixture_get_entry (fixture, record);
  g_assert_cmpuint (yeji_entry_get_n_filled_slots (before), ==, 0);
  g_assert_cmpuint (yeji_entry_get_n_filled_slots (taken), ==, 1);
  g_assert_cmpuint (yeji_entry_get_n_slots (taken), >, 1);
  g_assert_cmpuint (yeji_entry_get_n_filled_slots (undone), ==, 0);
}

static void
test_same_content (StoreFixture  *fixture,
                   gconstpointer  data)
{
  g_autoptr (YejiRecord) record = intake_add_record (fixture, "大桥");
  g_autoptr (GPtrArray) list = intake_list_new ();
  g_autoptr (GPtrArray) again = intake_list_new ();
  g_autofree char *batch = NULL;
  g_autofree char *second = NULL;
  YejiIncoming *first = intake_add (fixture, list, record, "contract", "a.pdf", PDF ("1"));
  YejiIncoming *twin = intake_add (fixture, list, record, "contract", "b.pdf", PDF ("1"));
  YejiIncoming *elsewhere = intake_add (fixture, list, record, "other", "c.pdf", PDF ("1"));
  YejiIncoming *once_more;

  batch = intake_take (fixture, list);
  g_assert_nonnull (batch);
  g_assert_false (first->was_there);
  g_assert_true (twin->was_there);
  g_assert_cmpstr (twin->id, ==, first->id);
  g_assert_false (elsewhere->was_there);
  g_assert_cmpuint (intake_count_copies (fixture), ==, 1);

  once_more = intake_add (fixture, again, record, "contract", "d.pdf", PDF ("1"));
  second = intake_take (fixture, again);
  g_assert_true (once_more->was_there);
  g_assert_null (second);
  intake_assert (fixture, record, "contract", "a.pdf");
}

/* Each file that cannot be taken says why, and the others are taken all the same. */
static void
test_bad_ones (StoreFixture  *fixture,
               gconstpointer  data)
{
  static const struct
  {
    const char *slot;
    const char *content;
    int code;
    const char *words;
  } cases[] = {
    { "contract", "",             YEJI_STORE_ERROR_FILE,      "empty" },
    { "contract", "MZ\x90 no",    YEJI_STORE_ERROR_FILE,      "contract takes" },
    { NULL,       "MZ\x90 no",    YEJI_STORE_ERROR_FILE,      "no document slot takes" },
    { "nowhere",  PDF ("1"),      YEJI_STORE_ERROR_NOT_FOUND, "no document slot nowhere" },
    { "contract", NULL,           YEJI_STORE_ERROR_FILE,      "x4.pdf" },
  };
  g_autoptr (YejiRecord) record = intake_add_record (fixture, "大桥");
  g_autoptr (GPtrArray) list = intake_list_new ();
  g_autofree char *batch = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("x%" G_GSIZE_FORMAT ".pdf", i);
      YejiIncoming *incoming;

      incoming = intake_add (fixture, list, cases[i].slot != NULL ? record : NULL, cases[i].slot,
                             name, cases[i].content != NULL ? cases[i].content : "");
      if (cases[i].content == NULL)
        g_assert_true (g_file_delete (incoming->file, NULL, NULL));
    }
  intake_add (fixture, list, record, "contract", "good.pdf", PDF ("good"));
  batch = intake_take (fixture, list);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const YejiIncoming *incoming = g_ptr_array_index (list, i);

      g_assert_error (incoming->error, YEJI_STORE_ERROR, cases[i].code);
      g_assert_nonnull (strstr (incoming->error->message, cases[i].words));
      g_assert_null (incoming->id);
    }
  intake_assert (fixture, record, "contract", "good.pdf");
  g_assert_cmpuint (intake_count_copies (fixture), ==, 1);
}

static void
test_full_slot (StoreFixture  *fixture,
                gconstpointer  data)
{
  const YejiSlot *slot = yeji_dictionary_find_slot (fixture->dictionary, "contract");
  g_autoptr (YejiRecord) record = intake_add_record (fixture, "大桥");
  g_autoptr (GPtrArray) list = intake_list_new ();
  g_autoptr (GPtrArray) all = NULL;
  g_autofree char *batch = NULL;

  for (guint i = 0; i < slot->max_files + 2; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.pdf", i);
      g_autofree char *content = g_strdup_printf ("%%PDF-1.4 %u", i);

      intake_add (fixture, list, record, "contract", name, content);
    }
  batch = intake_take (fixture, list);
  for (guint i = 0; i < list->len; i++)
    {
      const YejiIncoming *incoming = g_ptr_array_index (list, i);

      if (i < slot->max_files)
        g_assert_no_error (incoming->error);
      else
        g_assert_error (incoming->error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_FULL);
    }
  all = yeji_store_get_attachments (fixture->store, yeji_record_get_uuid (record), NULL);
  g_assert_cmpuint (all->len, ==, slot->max_files);
}

static void
test_fixed_record (StoreFixture  *fixture,
                   gconstpointer  data)
{
  g_autoptr (YejiRecord) fixed = intake_add_record (fixture, "大桥");
  g_autoptr (YejiRecord) open = intake_add_record (fixture, "学校");
  g_autoptr (YejiRecord) stranger = yeji_record_new (fixture->dictionary, NULL, "construction");
  g_autoptr (GPtrArray) list = intake_list_new ();
  g_autofree char *batch = NULL;
  YejiIncoming *refused, *unknown;

  store_fixture_apply (fixture, store_fixture_answer_new (fixed, "r1", "in_review",
                                                          "2024-01-01T00:00:00.000Z"), NULL);
  refused = intake_add (fixture, list, fixed, "contract", "a.pdf", PDF ("1"));
  unknown = intake_add (fixture, list, stranger, "contract", "b.pdf", PDF ("2"));
  intake_add (fixture, list, open, "contract", "c.pdf", PDF ("3"));
  batch = intake_take (fixture, list);
  g_assert_error (refused->error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE);
  g_assert_error (unknown->error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND);
  intake_assert (fixture, open, "contract", "c.pdf");
}

static void
cancel_third (guint    n_done,
              guint    n_all,
              gpointer data)
{
  if (n_done == 3)
    g_cancellable_cancel (data);
}

static void
test_cancel (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (YejiRecord) record = intake_add_record (fixture, "大桥");
  g_autoptr (GPtrArray) list = intake_list_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *batch = NULL;
  g_autofree char *last = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.pdf", i);
      g_autofree char *content = g_strdup_printf ("%%PDF-1.4 %u", i);

      intake_add (fixture, list, record, "contract", name, content);
    }
  g_assert_false (yeji_store_take_files (fixture->store, list, &batch, cancel_third, cancellable,
                                         cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (batch);
  for (guint i = 0; i < list->len; i++)
    {
      g_assert_null (((YejiIncoming *) g_ptr_array_index (list, i))->id);
      g_assert_no_error (((YejiIncoming *) g_ptr_array_index (list, i))->error);
    }
  intake_assert (fixture, record, "contract", "");
  g_assert_cmpuint (intake_count_copies (fixture), ==, 0);
  last = yeji_store_find_last_taking (fixture->store, NULL);
  g_assert_null (last);

  /* and then all the same */
  batch = intake_take (fixture, list);
  g_assert_nonnull (batch);
}

static void
test_undo (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr (YejiRecord) bridge = intake_add_record (fixture, "大桥");
  g_autoptr (YejiRecord) school = intake_add_record (fixture, "学校");
  g_autoptr (GPtrArray) list = intake_list_new ();
  g_autofree char *batch = NULL;
  g_autofree char *before = NULL;
  g_autofree char *last = NULL;
  g_autoptr (GError) error = NULL;

  before = intake_take_one (fixture, bridge, "contract", "old.pdf", PDF ("old"), NULL);
  intake_add (fixture, list, bridge, "contract", "b.pdf", PDF ("1"));
  intake_add (fixture, list, bridge, "contract", "a.pdf", PDF ("2"));
  intake_add (fixture, list, school, "contract", "s.pdf", PDF ("1"));
  intake_add (fixture, list, NULL, NULL, "t.pdf", PDF ("3"));
  batch = intake_take (fixture, list);
  store_fixture_close (fixture);
  store_fixture_open (fixture);

  last = yeji_store_find_last_taking (fixture->store, NULL);
  g_assert_cmpstr (last, ==, batch);
  undo (fixture, batch, FALSE, "");
  intake_assert (fixture, bridge, "contract", "old.pdf");
  intake_assert (fixture, school, "contract", "");
  intake_assert (fixture, NULL, NULL, "");
  g_assert_false (yeji_store_undo_taking (fixture->store, batch, NULL, &error));
  g_assert_error (error, YEJI_UNDO_ERROR, YEJI_UNDO_ERROR_NOTHING);
  store_fixture_close (fixture);
  store_fixture_open (fixture);

  undo (fixture, batch, TRUE, "");
  intake_assert (fixture, bridge, "contract", "old.pdf b.pdf a.pdf");
  intake_assert (fixture, school, "contract", "s.pdf");
  intake_assert (fixture, NULL, NULL, "t.pdf");
  undo (fixture, batch, FALSE, "");
  intake_assert (fixture, bridge, "contract", "old.pdf");
}

/* What was moved, submitted or placed since stays; what the clerk took out does not come back. */
static void
test_changed_since (StoreFixture  *fixture,
                    gconstpointer  data)
{
  g_autoptr (YejiRecord) bridge = intake_add_record (fixture, "大桥");
  g_autoptr (YejiRecord) school = intake_add_record (fixture, "学校");
  g_autoptr (YejiRecord) tower = intake_add_record (fixture, "塔楼");
  g_autoptr (GPtrArray) list = intake_list_new ();
  g_autoptr (YejiAttachment) moved = NULL;
  g_autofree char *batch = NULL;
  YejiIncoming *to_move, *to_drop, *to_place;
  const char *ids[2] = { NULL };
  g_autoptr (GError) error = NULL;

  to_move = intake_add (fixture, list, bridge, "contract", "moved.pdf", PDF ("1"));
  to_drop = intake_add (fixture, list, bridge, "contract", "dropped.pdf", PDF ("2"));
  intake_add (fixture, list, bridge, "contract", "plain.pdf", PDF ("3"));
  intake_add (fixture, list, school, "contract", "sent.pdf", PDF ("4"));
  intake_add (fixture, list, tower, "contract", "queued.pdf", PDF ("5"));
  to_place = intake_add (fixture, list, NULL, NULL, "placed.pdf", PDF ("6"));
  batch = intake_take (fixture, list);

  moved = yeji_store_move_document (fixture->store, yeji_record_get_uuid (bridge), to_move->id,
                                    "other", 0, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (yeji_attachment_get_origin (moved), ==, "资料/moved.pdf");
  yeji_store_detach (fixture->store, yeji_record_get_uuid (bridge), to_drop->id, &error);
  g_assert_no_error (error);
  yeji_store_queue_submit (fixture->store, yeji_record_get_uuid (tower), &error);
  g_assert_no_error (error);
  store_fixture_apply (fixture, store_fixture_answer_new (school, "r1", "in_review",
                                                          "2024-01-01T00:00:00.000Z"), NULL);
  ids[0] = to_place->id;
  yeji_store_place_tray (fixture->store, ids, yeji_record_get_uuid (bridge), "contract", NULL,
                         &error);
  g_assert_no_error (error);

  undo (fixture, batch, FALSE,
        "other moved.pdf, contract placed.pdf, contract sent.pdf, contract queued.pdf");
  intake_assert (fixture, bridge, "contract", "placed.pdf");
  intake_assert (fixture, bridge, "other", "moved.pdf");
  intake_assert (fixture, school, "contract", "sent.pdf");
  intake_assert (fixture, tower, "contract", "queued.pdf");
  undo (fixture, batch, TRUE, "");
  intake_assert (fixture, bridge, "contract", "plain.pdf placed.pdf");
  intake_assert (fixture, NULL, NULL, "");
}

static void
test_redo_into_full_slot (StoreFixture  *fixture,
                          gconstpointer  data)
{
  const YejiSlot *slot = yeji_dictionary_find_slot (fixture->dictionary, "award_notice");
  g_autoptr (YejiRecord) record = intake_add_record (fixture, "大桥");
  g_autoptr (GPtrArray) list = intake_list_new ();
  g_autofree char *batch = NULL;
  g_autofree char *other = NULL;
  g_autofree char *id = NULL;

  id = intake_take_one (fixture, record, "award_notice", "a.pdf", PDF ("a"), &batch);
  undo (fixture, batch, FALSE, "");
  for (guint i = 0; i < slot->max_files; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.pdf", i);
      g_autofree char *content = g_strdup_printf ("%%PDF-1.4 %u", i);

      intake_add (fixture, list, record, "award_notice", name, content);
    }
  other = intake_take (fixture, list);
  undo (fixture, batch, TRUE, "award_notice a.pdf");
}

typedef struct
{
  guint n_all;
  guint n_one;
  guint n_tray;
} Heard;

static void
on_changed (YejiStore  *store,
            const char *uuid,
            Heard      *heard)
{
  heard->n_all += uuid == NULL;
  heard->n_one += uuid != NULL;
}

static void
on_tray_changed (YejiStore *store,
                 Heard     *heard)
{
  heard->n_tray++;
}

static void
test_signals (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (YejiRecord) record = intake_add_record (fixture, "大桥");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  Heard heard = { 0 };

  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_signal_connect (fixture->store, "changed", G_CALLBACK (on_changed), &heard);
  g_signal_connect (fixture->store, "tray-changed", G_CALLBACK (on_tray_changed), &heard);
  first = intake_take_one (fixture, record, "contract", "a.pdf", PDF ("1"), NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (heard.n_one, ==, 1);
  g_assert_cmpuint (heard.n_all + heard.n_tray, ==, 0);
  second = intake_take_one (fixture, NULL, NULL, "b.pdf", PDF ("2"), NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (heard.n_all, ==, 1);
  g_assert_cmpuint (heard.n_tray, ==, 1);
}

static void
test_same_scan (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr (YejiRecord) bridge = intake_add_record (fixture, "大桥");
  g_autoptr (YejiRecord) gone = intake_add_record (fixture, "学校");
  g_autoptr (GPtrArray) list = intake_list_new ();
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) of_original = NULL;
  g_autofree char *batch = NULL;
  g_autofree char *sum = NULL;
  YejiIncoming *shrunk;
  const YejiFilePlace *place;
  g_autoptr (GError) error = NULL;

  intake_add (fixture, list, bridge, "contract", "a.pdf", PDF ("1"));
  intake_add (fixture, list, gone, "contract", "b.pdf", PDF ("1"));
  intake_add (fixture, list, NULL, NULL, "c.pdf", PDF ("1"));
  shrunk = intake_add (fixture, list, bridge, "other", "d.pdf", PDF ("small"));
  shrunk->original = intake_write (fixture, "large.pdf", PDF ("large"));
  batch = intake_take (fixture, list);
  g_assert_true (yeji_store_remove (fixture->store, yeji_record_get_uuid (gone), NULL));

  found = yeji_store_find_same (fixture->store,
                                ((YejiIncoming *) g_ptr_array_index (list, 0))->sha256, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 2);
  place = g_ptr_array_index (found, 0);
  g_assert_cmpstr (place->uuid, ==, yeji_record_get_uuid (bridge));
  g_assert_cmpstr (place->name, ==, "大桥");
  g_assert_cmpstr (place->slot, ==, "contract");
  g_assert_cmpstr (place->filename, ==, "a.pdf");
  place = g_ptr_array_index (found, 1);
  g_assert_null (place->uuid);
  g_assert_null (place->slot);
  g_assert_cmpstr (place->filename, ==, "c.pdf");

  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, PDF ("large"), -1);
  of_original = yeji_store_find_same (fixture->store, sum, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (of_original->len, ==, 1);
  g_assert_cmpstr (((YejiFilePlace *) g_ptr_array_index (of_original, 0))->filename, ==, "d.pdf");
}

/* A shrunk PDF has another moment of making, and so other bytes, every time. */
static void
test_shrunk_again (StoreFixture  *fixture,
                   gconstpointer  data)
{
  g_autoptr (YejiRecord) bridge = intake_add_record (fixture, "大桥");
  YejiRecord *places[] = { bridge, NULL };
  const char *names[] = { "a.pdf", "loose.pdf" };   /* other paths, or the tray would not take it */
  const struct
  {
    const char *content;
    const char *original;      /* (nullable) */
  } again[] = {
    { PDF ("small, made later"), PDF ("large") },
    { PDF ("large"), NULL },
    { PDF ("small"), NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      const char *slot = places[i] != NULL ? "contract" : NULL;
      g_autoptr (GPtrArray) first = intake_list_new ();
      YejiIncoming *shrunk = intake_add (fixture, first, places[i], slot, names[i], PDF ("small"));
      g_autofree char *batch = NULL;

      shrunk->original = intake_write (fixture, "large.pdf", PDF ("large"));
      batch = intake_take (fixture, first);
      g_assert_nonnull (batch);
      for (guint j = 0; j < G_N_ELEMENTS (again); j++)
        {
          g_autoptr (GPtrArray) list = intake_list_new ();
          YejiIncoming *incoming = intake_add (fixture, list, places[i], slot, "b.pdf",
                                               again[j].content);
          g_autofree char *none = NULL;

          if (again[j].original != NULL)
            incoming->original = intake_write (fixture, "large-b.pdf", again[j].original);
          none = intake_take (fixture, list);
          g_assert_null (none);
          g_assert_no_error (incoming->error);
          g_assert_true (incoming->was_there);
          g_assert_cmpstr (incoming->id, ==, shrunk->id);
        }
      intake_assert (fixture, places[i], slot, names[i]);
    }
  g_assert_cmpuint (intake_count_copies (fixture), ==, 2);
}

/* Brings a file for the tray; TRUE: it was taken, FALSE: it was there. */
static gboolean
bring_for_tray (StoreFixture  *fixture,
                const char    *name,
                const char    *content,
                const char    *original,
                char         **id)
{
  g_autoptr (GPtrArray) list = intake_list_new ();
  YejiIncoming *incoming = intake_add (fixture, list, NULL, NULL, name, content);
  g_autofree char *batch = NULL;

  if (original != NULL)
    incoming->original = intake_write (fixture, "original.pdf", original);
  batch = intake_take (fixture, list);
  g_assert_no_error (incoming->error);
  g_assert_true (incoming->was_there == (batch == NULL));
  if (id != NULL)
    *id = g_strdup (incoming->id);
  return !incoming->was_there;
}

/* The clerk drops the same folder every week and has given its loose pages a place meanwhile. */
static void
test_given_its_place (StoreFixture  *fixture,
                      gconstpointer  data)
{
  g_autoptr (YejiRecord) bridge = intake_add_record (fixture, "大桥");
  g_autoptr (GPtrArray) placed = NULL;
  g_autofree char *loose = NULL;
  g_autofree char *again = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (bring_for_tray (fixture, "loose.pdf", PDF ("small"), PDF ("large"), &loose));
  yeji_store_place_tray (fixture->store, (const char *const []) { loose, NULL },
                         yeji_record_get_uuid (bridge), "contract", NULL, &error);
  g_assert_no_error (error);

  g_assert_false (bring_for_tray (fixture, "loose.pdf", PDF ("small"), NULL, &again));
  placed = yeji_store_get_attachments (fixture->store, yeji_record_get_uuid (bridge), NULL);
  g_assert_cmpstr (again, ==, yeji_attachment_get_id (g_ptr_array_index (placed, 0)));
  g_assert_false (bring_for_tray (fixture, "loose.pdf", PDF ("large"), NULL, NULL));
  g_assert_false (bring_for_tray (fixture, "loose.pdf", PDF ("later"), PDF ("large"), NULL));
  intake_assert (fixture, NULL, NULL, "");
  intake_assert (fixture, bridge, "contract", "loose.pdf");

  /* the scan of another name may belong elsewhere, and other pages of that name are new ones */
  g_assert_true (bring_for_tray (fixture, "other.pdf", PDF ("small"), NULL, NULL));
  g_assert_true (bring_for_tray (fixture, "loose.pdf", PDF ("new"), NULL, NULL));
  intake_assert (fixture, NULL, NULL, "other.pdf loose.pdf");
}

/* Or the page of a record that was thrown away could never come back. */
static void
test_place_is_gone (StoreFixture  *fixture,
                    gconstpointer  data)
{
  g_autoptr (YejiRecord) bridge = intake_add_record (fixture, "大桥");
  g_autoptr (YejiRecord) school = intake_add_record (fixture, "学校");
  g_autofree char *removed = NULL;
  g_autofree char *binned = NULL;
  g_autoptr (GError) error = NULL;

  removed = intake_take_one (fixture, bridge, "contract", "a.pdf", PDF ("1"), NULL);
  binned = intake_take_one (fixture, school, "contract", "b.pdf", PDF ("2"), NULL);
  g_assert_true (yeji_store_detach (fixture->store, yeji_record_get_uuid (bridge), removed,
                                    &error));
  g_assert_true (yeji_store_remove (fixture->store, yeji_record_get_uuid (school), &error));
  g_assert_no_error (error);

  g_assert_true (bring_for_tray (fixture, "a.pdf", PDF ("1"), NULL, NULL));
  g_assert_true (bring_for_tray (fixture, "b.pdf", PDF ("2"), NULL, NULL));
  intake_assert (fixture, NULL, NULL, "a.pdf b.pdf");
}

static gboolean
break_takings (YejiSql   *sql,
               gpointer   data,
               GError   **error)
{
  return yeji_sql_exec (sql, error,
                        "CREATE TRIGGER broken BEFORE INSERT ON taking"
                        " BEGIN SELECT raise (ABORT, 'the disk is full'); END", "");
}

/* A disk that is full must not be full of what was refused. */
static void
test_nothing_stays (StoreFixture  *fixture,
                    gconstpointer  data)
{
  const YejiSlot *slot = yeji_dictionary_find_slot (fixture->dictionary, "contract");
  g_autoptr (YejiRecord) record = intake_add_record (fixture, "大桥");
  g_autoptr (GPtrArray) list = intake_list_new ();
  g_autoptr (GPtrArray) more = intake_list_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *batch = NULL;

  for (guint i = 0; i < slot->max_files + 2; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.pdf", i);
      g_autofree char *content = g_strdup_printf ("%%PDF-1.4 %u", i);

      intake_add (fixture, list, record, "contract", name, content);
    }
  batch = intake_take (fixture, list);
  g_assert_cmpuint (intake_count_copies (fixture), ==, slot->max_files);

  g_assert_true (yeji_db_run (yeji_store_get_db (fixture->store), break_takings, NULL, &error));
  g_assert_no_error (error);
  intake_add (fixture, more, record, "other", "new.pdf", PDF ("new"));
  intake_add (fixture, more, record, "other", "old.pdf", "%PDF-1.4 0");
  g_assert_false (yeji_store_take_files (fixture->store, more, NULL, NULL, NULL, NULL, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (intake_count_copies (fixture), ==, slot->max_files);
  intake_assert (fixture, record, "other", "");
}

static void
test_changed_file (StoreFixture  *fixture,
                   gconstpointer  data)
{
  g_autoptr (GPtrArray) list = intake_list_new ();
  g_autoptr (GPtrArray) all = NULL;
  g_autofree char *batch = NULL;
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, PDF ("2"), -1);
  const struct
  {
    const char *content;
    const char *format;
    gboolean examined;
  } cases[] = {
    { PDF ("1"), "{\"type\": \"application/pdf\", \"size\": 10, \"sha256\": \"%s\"}", FALSE },
    { PDF ("2"), "{\"type\": \"application/pdf\", \"size\": 10, \"sha256\": \"%s\"}", TRUE },
    { PDF ("33"), "{\"error\": \"unreadable\", \"size\": 10}", FALSE },
    { PDF ("4"), "{\"error\": \"unreadable\", \"size\": 10}", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.pdf", i);
      YejiIncoming *incoming = intake_add (fixture, list, NULL, NULL, name, cases[i].content);

      g_free (incoming->findings);
      incoming->findings = g_strdup_printf (cases[i].format, sum);
    }
  batch = intake_take (fixture, list);
  all = yeji_store_list_tray (fixture->store, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const YejiTrayFile *file = g_ptr_array_index (all, i);

      g_assert_cmpint (file->findings != NULL, ==, cases[i].examined);
    }
}

int
main (int   argc,
      char *argv[])
{
  static const StoreCase cases[] = {
    { "/store/intake/many-files-are-taken-in-order", test_many },
    { "/store/intake/slots-are-counted-at-once", test_slots_are_counted },
    { "/store/intake/the-same-content-is-taken-once", test_same_content },
    { "/store/intake/a-bad-file-keeps-none-of-the-others-back", test_bad_ones },
    { "/store/intake/a-slot-takes-no-more-than-its-limit", test_full_slot },
    { "/store/intake/a-record-that-may-not-be-changed-takes-nothing", test_fixed_record },
    { "/store/intake/cancelled-takes-nothing", test_cancel },
    { "/store/intake/one-undo-takes-all-back-over-a-restart", test_undo },
    { "/store/intake/what-was-changed-since-stays-and-is-told", test_changed_since },
    { "/store/intake/what-finds-no-room-again-is-told", test_redo_into_full_slot },
    { "/store/intake/is-told-once", test_signals },
    { "/store/intake/the-same-scan-is-found-elsewhere", test_same_scan },
    { "/store/intake/what-was-shrunk-is-not-taken-twice", test_shrunk_again },
    { "/store/intake/what-was-given-its-place-stays-out-of-the-tray", test_given_its_place },
    { "/store/intake/what-lost-its-place-comes-into-the-tray", test_place_is_gone },
    { "/store/intake/what-is-refused-takes-no-room", test_nothing_stays },
    { "/store/intake/what-changed-since-it-was-examined-is-not-examined", test_changed_file },
  };

  g_test_init (&argc, &argv, NULL);
  store_fixture_add_cases (cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
