// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "test-store-arrange"

#include "config.h"

#include <string.h>

#include "store-fixture.h"
#include "yeji-arrange.h"

typedef struct
{
  StoreFixture base;
  YejiRecord *record;
  YejiAttachment *files[4];    /* a to d, in "contract" */
} Fixture;

static YejiAttachment *
attach (Fixture    *fixture,
        const char *slot,
        const char *name)
{
  g_autofree char *path = g_build_filename (fixture->base.dir, name, NULL);
  g_autofree char *content = g_strdup_printf ("%%PDF-1.4\n%s", name);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  YejiAttachment *attachment;

  g_assert_true (g_file_set_contents (path, content, -1, &error));
  attachment = yeji_store_attach (fixture->base.store, yeji_record_get_uuid (fixture->record), slot,
                                  file, NULL, &error);
  g_assert_no_error (error);
  return attachment;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  static const char *const names[] = { "a", "b", "c", "d" };

  store_fixture_set_up (&fixture->base, data);
  fixture->record = yeji_record_new (fixture->base.dictionary, NULL, "construction");
  store_fixture_save (&fixture->base, fixture->record, 0);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    fixture->files[i] = attach (fixture, "contract", names[i]);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (fixture->files); i++)
    g_object_unref (fixture->files[i]);
  g_object_unref (fixture->record);
  store_fixture_tear_down (&fixture->base, data);
}

/* The documents as "slot:name name|slot:name", in the order of the store. */
static char *
describe (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  const char *slot = "";

  list = yeji_store_get_attachments (fixture->base.store, yeji_record_get_uuid (fixture->record),
                                     &error);
  g_assert_no_error (error);
  for (guint i = 0; i < list->len; i++)
    {
      YejiAttachment *attachment = g_ptr_array_index (list, i);

      if (!g_str_equal (yeji_attachment_get_slot (attachment), slot))
        g_string_append_printf (text, "%s%s:", i > 0 ? "|" : "",
                                yeji_attachment_get_slot (attachment));
      else
        g_string_append_c (text, ' ');
      g_string_append (text, yeji_attachment_get_filename (attachment));
      slot = yeji_attachment_get_slot (attachment);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_order (Fixture    *fixture,
              const char *expected)
{
  g_autofree char *is = describe (fixture);

  g_assert_cmpstr (is, ==, expected);
}

static YejiAttachment *
move (Fixture    *fixture,
      guint       file,
      const char *slot,
      guint       index)
{
  g_autoptr (GError) error = NULL;
  YejiAttachment *moved;

  moved = yeji_store_move_document (fixture->base.store, yeji_record_get_uuid (fixture->record),
                                    yeji_attachment_get_id (fixture->files[file]), slot, index,
                                    &error);
  g_assert_no_error (error);
  g_assert_true (YEJI_IS_ATTACHMENT (moved));
  return moved;
}

static void
test_order (Fixture       *fixture,
            gconstpointer  data)
{
  static const struct
  {
    guint file;
    guint index;
    const char *order;
  } steps[] = {
    { 0, 1, "contract:b a c d" }, { 3, 0, "contract:d b a c" }, { 1, 99, "contract:d a c b" },
    { 2, 2, "contract:d a c b" }, { 1, 0, "contract:b d a c" }, { 0, G_MAXUINT, "contract:b d c a" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (YejiAttachment) moved = move (fixture, steps[i].file, "contract", steps[i].index);

      g_assert_cmpstr (yeji_attachment_get_id (moved), ==,
                       yeji_attachment_get_id (fixture->files[steps[i].file]));
      assert_order (fixture, steps[i].order);
    }
}

static void
test_other_slot (Fixture       *fixture,
                 gconstpointer  data)
{
  const char *uuid = yeji_record_get_uuid (fixture->record);
  const char *id = yeji_attachment_get_id (fixture->files[1]);
  g_autoptr (YejiAttachment) there = attach (fixture, "award_notice", "x");
  g_autoptr (YejiAttachment) moved = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (yeji_store_set_received (fixture->base.store, id, &error));
  g_assert_true (yeji_store_set_rotation (fixture->base.store, id, 90, &error));
  moved = move (fixture, 1, "award_notice", 0);
  g_assert_cmpstr (yeji_attachment_get_id (moved), !=, id);
  g_assert_cmpstr (yeji_attachment_get_slot (moved), ==, "award_notice");
  g_assert_false (yeji_attachment_is_received (moved));
  g_assert_cmpint (yeji_attachment_get_rotation (moved), ==, 90);
  assert_order (fixture, "award_notice:b x|contract:a c d");
  g_assert_true (yeji_store_unmove_document (fixture->base.store, uuid,
                                             yeji_attachment_get_id (moved), id, &error));
  assert_order (fixture, "award_notice:x|contract:a b c d");
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  const char *uuid = yeji_record_get_uuid (fixture->record);
  g_autoptr (YejiAttachment) same = attach (fixture, "award_notice", "b");
  const struct
  {
    const char *id;
    const char *slot;
    YejiStoreError code;
  } cases[] = {
    { yeji_attachment_get_id (fixture->files[1]), "award_notice", YEJI_STORE_ERROR_FILE },
    { yeji_attachment_get_id (fixture->files[1]), "no_such_slot", YEJI_STORE_ERROR_NOT_FOUND },
    { "no-such-document", "contract", YEJI_STORE_ERROR_NOT_FOUND },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (yeji_store_move_document (fixture->base.store, uuid, cases[i].id,
                                               cases[i].slot, 0, &error));
      g_assert_error (error, YEJI_STORE_ERROR, (int) cases[i].code);
      assert_order (fixture, "award_notice:b|contract:a b c d");
    }
}

static void
test_bring_back (Fixture       *fixture,
                 gconstpointer  data)
{
  const char *uuid = yeji_record_get_uuid (fixture->record);
  const char *id = yeji_attachment_get_id (fixture->files[1]);
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiAttachment) again = NULL;

  g_assert_true (yeji_store_set_received (fixture->base.store, id, &error));
  g_assert_true (yeji_store_detach (fixture->base.store, uuid, id, &error));
  assert_order (fixture, "contract:a c d");
  g_assert_true (yeji_store_bring_back (fixture->base.store, uuid, id, &error));
  assert_order (fixture, "contract:a b c d");
  /* Attached again meanwhile: once is enough. */
  g_assert_true (yeji_store_detach (fixture->base.store, uuid, id, &error));
  again = attach (fixture, "contract", "b");
  g_assert_true (yeji_store_bring_back (fixture->base.store, uuid, id, &error));
  g_assert_no_error (error);
  assert_order (fixture, "contract:a c d b");
  g_assert_false (yeji_store_bring_back (fixture->base.store, uuid, "no-such-document", &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND);
}

static void
test_rotation (Fixture       *fixture,
               gconstpointer  data)
{
  static const int turns[] = { 90, 180, 270, 0 };
  const char *id = yeji_attachment_get_id (fixture->files[0]);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (yeji_attachment_get_rotation (fixture->files[0]), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (turns); i++)
    {
      g_autoptr (GPtrArray) list = NULL;

      g_assert_true (yeji_store_set_rotation (fixture->base.store, id, turns[i], &error));
      store_fixture_close (&fixture->base);
      store_fixture_open (&fixture->base);
      list = yeji_store_get_attachments (fixture->base.store,
                                         yeji_record_get_uuid (fixture->record), &error);
      g_assert_cmpint (yeji_attachment_get_rotation (g_ptr_array_index (list, 0)), ==, turns[i]);
      g_assert_cmpint (yeji_attachment_get_rotation (g_ptr_array_index (list, 1)), ==, 0);
    }
  g_assert_false (yeji_store_set_rotation (fixture->base.store, "no-such-document", 90, &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND);
}

/* The province gets the files in the order in which the clerk put them. */
static void
test_submitted_order (Fixture       *fixture,
                      gconstpointer  data)
{
  const char *uuid = yeji_record_get_uuid (fixture->record);
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiAttachment) moved = move (fixture, 3, "contract", 0);
  static const char *const orders[] = { "dabc", "adbc" };

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autoptr (GPtrArray) outbox = NULL;
      g_autoptr (GPtrArray) files = NULL;

      g_assert_true (yeji_store_queue_submit (fixture->base.store, uuid, &error));
      g_assert_no_error (error);
      outbox = yeji_store_get_outbox (fixture->base.store, &error);
      g_assert_cmpuint (outbox->len, ==, 1);
      files = yeji_store_get_submitted_files (
        fixture->base.store, ((YejiOutboxItem *) g_ptr_array_index (outbox, 0))->seq, &error);
      g_assert_cmpuint (files->len, ==, 4);
      for (guint j = 0; j < files->len; j++)
        g_assert_cmpint (*yeji_attachment_get_filename (g_ptr_array_index (files, j)), ==,
                         orders[i][j]);
      if (i == 0)
        {
          g_autoptr (YejiAttachment) again = move (fixture, 3, "contract", 1);
        }
    }
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/store/arrange/order-is-kept", test_order);
  ADD ("/store/arrange/another-slot-and-back", test_other_slot);
  ADD ("/store/arrange/what-does-not-fit-stays", test_refused);
  ADD ("/store/arrange/removed-comes-back-where-it-was", test_bring_back);
  ADD ("/store/arrange/rotation-is-kept", test_rotation);
  ADD ("/store/arrange/submitted-in-that-order", test_submitted_order);

  return g_test_run ();
}
