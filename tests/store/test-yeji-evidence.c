// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "test-evidence"

#include "config.h"

#include "intake-fixture.h"

#include "version-contents.h"
#include "yeji-evidence.h"
#include "yeji-slots.h"
#include "yeji-store-facts.h"

#define PDF(text) "%PDF-1.4 " text
#define BLANK_FINDINGS "{\"pages\": 3, \"blank\": [2]}"
#define ALL_BLANK_FINDINGS "{\"pages\": 2, \"blank\": [1, 2]}"
#define LOCKED_FINDINGS "{\"pages\": 0, \"error\": \"locked\"}"
#define MISSING_FINDINGS "{\"pages\": 0, \"error\": \"missing\"}"

static const YejiQuery everything = { NULL, YEJI_STATES_ALL };

static GPtrArray *
list (StoreFixture    *fixture,
      const YejiQuery *query)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = yeji_store_list_evidence (fixture->store, query, &error);

  g_assert_no_error (error);
  return rows;
}

static const YejiEvidenceCell *
find_cell (StoreFixture *fixture,
           GPtrArray    *rows,
           YejiRecord   *record,
           const char   *slot)
{
  GPtrArray *slots = yeji_dictionary_get_slots (fixture->dictionary);

  for (guint i = 0; i < rows->len; i++)
    {
      const YejiEvidence *row = g_ptr_array_index (rows, i);

      g_assert_cmpuint (row->n_cells, ==, slots->len);
      for (guint j = 0; j < slots->len; j++)
        if (g_str_equal (row->uuid, yeji_record_get_uuid (record))
            && g_str_equal (((YejiSlot *) g_ptr_array_index (slots, j))->id, slot))
          return &row->cells[j];
    }
  g_assert_not_reached ();
}

static void
take (StoreFixture *fixture,
      YejiRecord   *record,
      const char   *slot,
      const char   *content,
      const char   *findings)
{
  g_autoptr (GPtrArray) incoming = intake_list_new ();
  YejiIncoming *file = intake_add (fixture, incoming, record, slot, content + 9, content);
  g_autofree char *batch = NULL;

  file->findings = g_strdup (findings);
  batch = intake_take (fixture, incoming);
  g_assert_no_error (file->error);
}

/* What the examiner told, and the colour that a cell gets by it. */
static void
test_marks (StoreFixture  *fixture,
            gconstpointer  data)
{
  static const struct
  {
    const char *slot;
    const char *findings;
    YejiEvidenceMark mark;
    guint n_flawed;
    guint n_unexamined;
  } cases[] = {
    { "contract",            GOOD_FINDINGS,      YEJI_EVIDENCE_THERE, 0, 0 },
    { "award_notice",        COARSE_FINDINGS,    YEJI_EVIDENCE_DOUBTFUL, 1, 0 },
    { "construction_permit", NULL,               YEJI_EVIDENCE_DOUBTFUL, 0, 1 },
    { "acceptance_report",   BLANK_FINDINGS,     YEJI_EVIDENCE_THERE, 0, 0 },
    { "completion_filing",   ALL_BLANK_FINDINGS, YEJI_EVIDENCE_DOUBTFUL, 1, 0 },
    { "indicator_proof",     LOCKED_FINDINGS,    YEJI_EVIDENCE_DOUBTFUL, 1, 0 },
    { "change_proof",        MISSING_FINDINGS,   YEJI_EVIDENCE_DOUBTFUL, 0, 1 },
    { "other",               "no JSON",          YEJI_EVIDENCE_DOUBTFUL, 0, 1 },
  };
  g_autoptr (YejiRecord) record = intake_add_record (fixture, "大桥");
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) attachments = NULL;
  g_auto (GStrv) slots = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *content = g_strdup_printf ("%%PDF-1.4 %" G_GSIZE_FORMAT, i);

      take (fixture, record, cases[i].slot, content, cases[i].findings);
    }
  rows = list (fixture, &everything);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const YejiEvidenceCell *cell = find_cell (fixture, rows, record, cases[i].slot);

      g_assert_cmpint (yeji_evidence_cell_get_mark (cell), ==, cases[i].mark);
      g_assert_cmpuint (cell->n_files, ==, 1);
      g_assert_cmpuint (cell->n_flawed, ==, cases[i].n_flawed);
      g_assert_cmpuint (cell->n_unexamined, ==, cases[i].n_unexamined);
    }

  /* the checks of the record are told the same */
  slots = yeji_store_get_filled_slots (fixture->store, yeji_record_get_uuid (record), NULL);
  attachments = yeji_store_get_attachments (fixture->store, yeji_record_get_uuid (record), NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (yeji_slots_have_flaw ((const char * const *) slots, cases[i].slot), ==,
                     cases[i].n_flawed > 0);
  for (guint i = 0; i < attachments->len; i++)
    {
      YejiAttachment *attachment = g_ptr_array_index (attachments, i);

      g_assert_cmpint (yeji_slots_have_flaw ((const char * const *) slots,
                                             yeji_attachment_get_slot (attachment)), ==,
                       yeji_attachment_is_flawed (attachment));
    }
}

static void
test_required (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);
  GPtrArray *slots = yeji_dictionary_get_slots (fixture->dictionary);
  g_autoptr (GPtrArray) unknown = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  guint n_missing = 0;

  store_fixture_save (fixture, record, 0);
  unknown = list (fixture, &everything);
  g_assert_false (((YejiEvidence *) g_ptr_array_index (unknown, 0))->known);
  g_assert_cmpint (yeji_evidence_cell_get_mark (find_cell (fixture, unknown, record, "contract")),
                   ==, YEJI_EVIDENCE_NONE);

  take (fixture, record, "contract", PDF ("1"), GOOD_FINDINGS);
  rows = list (fixture, &everything);
  g_assert_true (((YejiEvidence *) g_ptr_array_index (rows, 0))->known);
  for (guint i = 0; i < slots->len; i++)
    {
      const YejiSlot *slot = g_ptr_array_index (slots, i);
      const YejiEvidenceCell *cell = find_cell (fixture, rows, record, slot->id);
      gboolean there = g_str_equal (slot->id, "contract");

      g_assert_cmpint (cell->required, ==, yeji_slot_is_required (slot, record));
      n_missing += cell->required && !there;
      g_assert_cmpint (yeji_evidence_cell_get_mark (cell), ==,
                       there ? YEJI_EVIDENCE_THERE
                       : cell->required ? YEJI_EVIDENCE_MISSING
                                        : YEJI_EVIDENCE_NONE);
    }
  g_assert_cmpuint (n_missing, >, 0);
}

static void
test_counts (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (YejiRecord) record = intake_add_record (fixture, "大桥");
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  const YejiEvidenceCell *cell;
  const char *uuid = yeji_record_get_uuid (record);

  take (fixture, record, "contract", PDF ("1"), GOOD_FINDINGS);
  take (fixture, record, "contract", PDF ("2"), COARSE_FINDINGS);
  take (fixture, record, "contract", PDF ("3"), NULL);
  take (fixture, record, "contract", PDF ("4"), NULL);
  all = yeji_store_get_attachments (fixture->store, uuid, NULL);
  g_assert_true (yeji_store_set_received (fixture->store,
                                          yeji_attachment_get_id (g_ptr_array_index (all, 0)),
                                          NULL));
  g_assert_true (yeji_store_detach (fixture->store, uuid,
                                    yeji_attachment_get_id (g_ptr_array_index (all, 3)), NULL));
  g_assert_true (yeji_store_set_findings (fixture->store,
                                          yeji_attachment_get_id (g_ptr_array_index (all, 2)),
                                          LOCKED_FINDINGS, NULL));
  rows = list (fixture, &everything);
  cell = find_cell (fixture, rows, record, "contract");
  g_assert_cmpuint (cell->n_files, ==, 3);
  g_assert_cmpuint (cell->n_flawed, ==, 2);
  g_assert_cmpuint (cell->n_unexamined, ==, 0);
  g_assert_cmpuint (cell->n_received, ==, 1);
}

static void
test_query (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (YejiRecord) bridge = intake_add_record (fixture, "大桥");
  g_autoptr (YejiRecord) school = intake_add_record (fixture, "学校");
  g_autoptr (YejiRecord) gone = intake_add_record (fixture, "旧桥");
  const YejiQuery by_name = { NULL, YEJI_STATES_ALL & ~YEJI_STATE_BIT (YEJI_STATE_REMOVED),
                              .sort = YEJI_SORT_NAME, .descending = TRUE };
  const YejiQuery by_text = { "大桥", YEJI_STATES_ALL };
  const YejiQuery in_bin = { NULL, YEJI_STATE_BIT (YEJI_STATE_REMOVED) };
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) sorted = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) removed = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (yeji_store_remove (fixture->store, yeji_record_get_uuid (gone), NULL));
  sorted = list (fixture, &by_name);
  g_assert_cmpuint (sorted->len, ==, 2);
  g_assert_cmpstr (((YejiEvidence *) g_ptr_array_index (sorted, 0))->name, ==, "学校");
  g_assert_cmpstr (((YejiEvidence *) g_ptr_array_index (sorted, 1))->name, ==, "大桥");
  g_assert_cmpstr (((YejiEvidence *) g_ptr_array_index (sorted, 1))->role, ==, "construction");
  found = list (fixture, &by_text);
  g_assert_cmpuint (found->len, ==, 1);
  yeji_store_list_evidence_async (fixture->store, &in_bin, NULL, yeji_test_store_result, &slot);
  result = yeji_test_await (&slot, 5000);
  removed = yeji_store_list_evidence_finish (fixture->store, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (removed->len, ==, 1);
  g_assert_cmpint (((YejiEvidence *) g_ptr_array_index (removed, 0))->state, ==,
                   YEJI_STATE_REMOVED);
}

/* Records of an earlier version are told to be checked anew, and then it is known. */
static void
test_old_profile (StoreFixture  *fixture,
                  gconstpointer  data)
{
  g_autofree char *dir = yeji_test_dir_new ();
  g_autoptr (YejiDictionary) dictionary = version_dictionary_new ();
  StoreFixture old = { dir, dictionary };
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) unchecked = NULL;
  g_autofree char *cursor = NULL;
  guint n_unknown = 0;

  version_make_profile (dir, 2);
  store_fixture_open (&old);
  rows = list (&old, &everything);
  g_assert_cmpuint (rows->len, >, 0);
  for (guint i = 0; i < rows->len; i++)
    {
      const YejiEvidence *row = g_ptr_array_index (rows, i);

      n_unknown += !row->known && row->state != YEJI_STATE_REMOVED;
    }
  g_assert_cmpuint (n_unknown, >, 0);
  unchecked = yeji_store_list_unchecked (old.store, &cursor, 1000, NULL);
  g_assert_cmpuint (unchecked->len, ==, n_unknown);
  store_fixture_close (&old);
  yeji_test_dir_remove (dir);
}

int
main (int   argc,
      char *argv[])
{
  static const StoreCase cases[] = {
    { "/store/evidence/what-was-found-colours-a-cell", test_marks },
    { "/store/evidence/what-is-required-is-missed", test_required },
    { "/store/evidence/files-are-counted", test_counts },
    { "/store/evidence/a-query-says-which-and-in-what-order", test_query },
    { "/store/evidence/of-an-old-profile-is-to-be-checked", test_old_profile },
  };

  g_test_init (&argc, &argv, NULL);
  store_fixture_add_cases (cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
