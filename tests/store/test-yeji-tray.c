// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "test-tray"

#include "config.h"

#include "intake-fixture.h"

#include "version-contents.h"
#include "yeji-backup-private.h"
#include "yeji-bin.h"
#include "yeji-bin-private.h"
#include "yeji-bundle.h"
#include "yeji-clock.h"
#include "yeji-salvage.h"
#include "yeji-sql-private.h"
#include "yeji-store-verify.h"
#include "yeji-undo.h"

#define DAY (24 * 60 * 60)
#define PDF(text) "%PDF-1.4 " text

/* Two in the tray, the second of which was shrunk. */
typedef struct
{
  YejiRecord *record;
  char *ids[3];
  char *sums[3];               /* of the two, and what the second was made of */
  char *batch;
} Tray;

static void
tray_fill (Tray         *self,
           StoreFixture *fixture)
{
  g_autoptr (GPtrArray) list = intake_list_new ();
  YejiIncoming *first, *second;

  memset (self, 0, sizeof *self);
  self->record = intake_add_record (fixture, "大桥");
  first = intake_add (fixture, list, NULL, NULL, "a.pdf", PDF ("a"));
  second = intake_add (fixture, list, NULL, NULL, "b.pdf", PDF ("b"));
  second->original = intake_write (fixture, "large.pdf", PDF ("large"));
  second->findings = g_strdup (GOOD_FINDINGS);
  second->rotation = 180;
  self->batch = intake_take (fixture, list);
  self->ids[0] = g_strdup (first->id);
  self->ids[1] = g_strdup (second->id);
  self->sums[0] = g_strdup (first->sha256);
  self->sums[1] = g_strdup (second->sha256);
  self->sums[2] = g_compute_checksum_for_string (G_CHECKSUM_SHA256, PDF ("large"), -1);
}

static void
tray_clear (Tray *self)
{
  g_clear_object (&self->record);
  for (guint i = 0; i < 3; i++)
    {
      g_free (self->ids[i]);
      g_free (self->sums[i]);
    }
  g_free (self->batch);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Tray, tray_clear)

static void
assert_contents (StoreFixture *fixture,
                 const Tray   *tray,
                 gboolean      first,
                 gboolean      second)
{
  g_assert_cmpint (intake_has_content (fixture, tray->sums[0]), ==, first);
  g_assert_cmpint (intake_has_content (fixture, tray->sums[1]), ==, second);
  g_assert_cmpint (intake_has_content (fixture, tray->sums[2]), ==, second);
}

static void
undo (StoreFixture *fixture,
      const char   *batch,
      gboolean      again)
{
  g_autoptr (GError) error = NULL;

  if (again)
    yeji_store_redo_taking (fixture->store, batch, NULL, &error);
  else
    yeji_store_undo_taking (fixture->store, batch, NULL, &error);
  g_assert_no_error (error);
}

static char *
place (StoreFixture       *fixture,
       const Tray         *tray,
       const char *const  *ids,
       const char         *slot)
{
  g_autoptr (GError) error = NULL;
  char *batch = NULL;

  yeji_store_place_tray (fixture->store, ids, yeji_record_get_uuid (tray->record), slot, &batch,
                         &error);
  g_assert_no_error (error);
  return batch;
}

static char *
drop (StoreFixture       *fixture,
      const char *const  *ids)
{
  g_autoptr (GError) error = NULL;
  char *batch = NULL;

  yeji_store_remove_tray (fixture->store, ids, &batch, &error);
  g_assert_no_error (error);
  return batch;
}

static void
test_list (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_auto (Tray) tray = { NULL };
  g_autoptr (GPtrArray) files = NULL;
  const YejiTrayFile *file;

  tray_fill (&tray, fixture);
  files = yeji_store_list_tray (fixture->store, NULL);
  g_assert_cmpuint (files->len, ==, 2);
  file = g_ptr_array_index (files, 1);
  g_assert_cmpstr (file->id, ==, tray.ids[1]);
  g_assert_cmpstr (file->sha256, ==, tray.sums[1]);
  g_assert_cmpstr (file->original, ==, tray.sums[2]);
  g_assert_cmpstr (file->filename, ==, "b.pdf");
  g_assert_cmpstr (file->origin, ==, "资料/b.pdf");
  g_assert_cmpstr (file->media_type, ==, "application/pdf");
  g_assert_cmpstr (file->findings, ==, GOOD_FINDINGS);
  g_assert_cmpint (file->size, ==, strlen (PDF ("b")));
  g_assert_cmpint (file->rotation, ==, 180);
}

static void
test_list_async (StoreFixture  *fixture,
                 gconstpointer  data)
{
  g_auto (Tray) tray = { NULL };
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) files = NULL;

  tray_fill (&tray, fixture);
  yeji_store_list_tray_async (fixture->store, NULL, yeji_test_store_result, &slot);
  result = yeji_test_await (&slot, 5000);
  files = yeji_store_list_tray_finish (fixture->store, result, NULL);
  g_assert_cmpuint (files->len, ==, 2);
}

static void
test_place (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_auto (Tray) tray = { NULL };
  g_autoptr (GPtrArray) all = NULL;
  g_autofree char *batch = NULL;
  YejiAttachment *second;

  tray_fill (&tray, fixture);
  batch = place (fixture, &tray, (const char *const []) { tray.ids[1], tray.ids[0], NULL },
                 "contract");
  intake_assert (fixture, tray.record, "contract", "b.pdf a.pdf");
  intake_assert (fixture, NULL, NULL, "");
  all = yeji_store_get_attachments (fixture->store, yeji_record_get_uuid (tray.record), NULL);
  second = g_ptr_array_index (all, 0);
  g_assert_cmpstr (yeji_attachment_get_original (second), ==, tray.sums[2]);
  g_assert_cmpstr (yeji_attachment_get_findings (second), ==, GOOD_FINDINGS);
  g_assert_cmpint (yeji_attachment_get_rotation (second), ==, 180);

  undo (fixture, batch, FALSE);
  intake_assert (fixture, tray.record, "contract", "");
  intake_assert (fixture, NULL, NULL, "a.pdf b.pdf");
  undo (fixture, batch, TRUE);
  intake_assert (fixture, tray.record, "contract", "b.pdf a.pdf");
  intake_assert (fixture, NULL, NULL, "");
}

static void
test_refused (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_auto (Tray) tray = { NULL };
  const YejiSlot *slot = yeji_dictionary_find_slot (fixture->dictionary, "award_notice");
  g_autoptr (GPtrArray) list = intake_list_new ();
  g_autofree char *batch = NULL;
  const char *uuid;
  g_autoptr (GError) error = NULL;

  tray_fill (&tray, fixture);
  uuid = yeji_record_get_uuid (tray.record);
  for (guint i = 0; i + 1 < slot->max_files; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.pdf", i);
      g_autofree char *content = g_strdup_printf ("%%PDF-1.4 %u", i);

      intake_add (fixture, list, tray.record, "award_notice", name, content);
    }
  batch = intake_take (fixture, list);

  /* one of two has room: neither is placed */
  g_assert_false (yeji_store_place_tray (fixture->store,
                                         (const char *const []) { tray.ids[0], tray.ids[1], NULL },
                                         uuid, "award_notice", NULL, &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_FULL);
  g_clear_error (&error);
  g_assert_false (yeji_store_place_tray (fixture->store, (const char *const []) { "x", NULL }, uuid,
                                         "contract", NULL, &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (yeji_store_place_tray (fixture->store,
                                         (const char *const []) { tray.ids[0], NULL }, uuid,
                                         "nowhere", NULL, &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  store_fixture_apply (fixture, store_fixture_answer_new (tray.record, "r1", "in_review",
                                                          "2024-01-01T00:00:00.000Z"), NULL);
  g_assert_false (yeji_store_place_tray (fixture->store,
                                         (const char *const []) { tray.ids[0], NULL }, uuid,
                                         "contract", NULL, &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE);
  intake_assert (fixture, NULL, NULL, "a.pdf b.pdf");
}

/* What the slot has already leaves the tray, and comes back into it. */
static void
test_place_same (StoreFixture  *fixture,
                 gconstpointer  data)
{
  g_auto (Tray) tray = { NULL };
  g_autofree char *id = NULL;
  g_autofree char *batch = NULL;

  tray_fill (&tray, fixture);
  id = intake_take_one (fixture, tray.record, "contract", "same.pdf", PDF ("a"), NULL);
  batch = place (fixture, &tray, (const char *const []) { tray.ids[0], NULL }, "contract");
  intake_assert (fixture, tray.record, "contract", "same.pdf");
  intake_assert (fixture, NULL, NULL, "b.pdf");
  undo (fixture, batch, FALSE);
  intake_assert (fixture, tray.record, "contract", "same.pdf");
  intake_assert (fixture, NULL, NULL, "a.pdf b.pdf");
}

/* Of one large scan that was shrunk twice the record gets one. */
static void
test_place_shrunk (StoreFixture  *fixture,
                   gconstpointer  data)
{
  g_auto (Tray) tray = { NULL };
  g_autoptr (GPtrArray) list = intake_list_new ();
  g_autofree char *taken = NULL;
  g_autofree char *batch = NULL;
  YejiIncoming *shrunk;

  tray_fill (&tray, fixture);
  shrunk = intake_add (fixture, list, tray.record, "contract", "same.pdf", PDF ("b, made later"));
  shrunk->original = intake_write (fixture, "large-too.pdf", PDF ("large"));
  taken = intake_take (fixture, list);
  batch = place (fixture, &tray, (const char *const []) { tray.ids[1], NULL }, "contract");
  intake_assert (fixture, tray.record, "contract", "same.pdf");
  intake_assert (fixture, NULL, NULL, "a.pdf");
}

/* Named twice it is placed once, and the tray knows where it went. */
static void
test_place_twice (StoreFixture  *fixture,
                  gconstpointer  data)
{
  g_auto (Tray) tray = { NULL };
  const char *twice[3] = { NULL };
  const char *once[2] = { NULL };
  g_autoptr (GError) error = NULL;

  tray_fill (&tray, fixture);
  twice[0] = twice[1] = once[0] = tray.ids[0];
  g_assert_true (yeji_store_place_tray (fixture->store, twice,
                                        yeji_record_get_uuid (tray.record), "contract", NULL,
                                        &error));
  g_assert_no_error (error);
  intake_assert (fixture, tray.record, "contract", "a.pdf");
  intake_assert (fixture, NULL, NULL, "b.pdf");
  g_assert_false (yeji_store_restore_tray (fixture->store, once, &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND);
}

static void
test_remove (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_auto (Tray) tray = { NULL };
  g_autofree char *batch = NULL;
  g_autofree char *placed = NULL;
  g_autoptr (GError) error = NULL;

  tray_fill (&tray, fixture);
  batch = drop (fixture, (const char *const []) { tray.ids[0], NULL });
  intake_assert (fixture, NULL, NULL, "b.pdf");
  g_assert_false (yeji_store_remove_tray (fixture->store,
                                          (const char *const []) { tray.ids[0], NULL }, NULL,
                                          &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  undo (fixture, batch, FALSE);
  intake_assert (fixture, NULL, NULL, "a.pdf b.pdf");
  undo (fixture, batch, TRUE);
  intake_assert (fixture, NULL, NULL, "b.pdf");
  g_assert_true (yeji_store_restore_tray (fixture->store,
                                          (const char *const []) { tray.ids[0], NULL }, NULL));
  intake_assert (fixture, NULL, NULL, "a.pdf b.pdf");

  /* what was placed was not removed */
  placed = place (fixture, &tray, (const char *const []) { tray.ids[0], NULL }, "contract");
  g_assert_false (yeji_store_restore_tray (fixture->store,
                                           (const char *const []) { tray.ids[0], NULL }, &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND);
}

/* Every test begins at noon, by seconds that are added: none runs over a midnight. */
static gint64 until_noon;

static void
live (StoreFixture *fixture,
      gint64        first,
      gint64        last)
{
  for (gint64 day = first; day <= last; day++)
    {
      g_autoptr (GError) error = NULL;

      store_fixture_close (fixture);
      yeji_clock_set_offset (day * DAY + until_noon);
      store_fixture_open (fixture);
      yeji_store_expire_bin (fixture->store, &error);
      g_assert_no_error (error);
    }
}

static void
test_bin (StoreFixture  *fixture,
          gconstpointer  data)
{
  g_auto (Tray) tray = { NULL };
  g_autofree char *removed = NULL;
  g_autofree char *placed = NULL;
  g_autofree char *waiting = NULL;

  yeji_clock_set_offset (until_noon);
  tray_fill (&tray, fixture);
  waiting = intake_take_one (fixture, NULL, NULL, "w.pdf", PDF ("w"), NULL);
  removed = drop (fixture, (const char *const []) { tray.ids[0], NULL });
  placed = place (fixture, &tray, (const char *const []) { tray.ids[1], NULL }, "contract");
  live (fixture, 1, YEJI_BIN_DAYS);
  assert_contents (fixture, &tray, TRUE, TRUE);
  g_assert_true (yeji_store_restore_tray (fixture->store,
                                          (const char *const []) { tray.ids[0], NULL }, NULL));
  g_free (g_steal_pointer (&removed));
  removed = drop (fixture, (const char *const []) { tray.ids[0], NULL });
  live (fixture, YEJI_BIN_DAYS + 1, 2 * YEJI_BIN_DAYS);
  assert_contents (fixture, &tray, TRUE, TRUE);
  live (fixture, 2 * YEJI_BIN_DAYS + 1, 2 * YEJI_BIN_DAYS + 1);
  assert_contents (fixture, &tray, FALSE, TRUE);
  intake_assert (fixture, tray.record, "contract", "b.pdf");
  intake_assert (fixture, NULL, NULL, "w.pdf");
  yeji_clock_set_offset (0);
}

static void
test_empty_bin (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_auto (Tray) tray = { NULL };
  g_autofree char *removed = NULL;

  tray_fill (&tray, fixture);
  removed = drop (fixture, (const char *const []) { tray.ids[1], NULL });
  g_assert_true (yeji_store_empty_bin (fixture->store, NULL, NULL));
  assert_contents (fixture, &tray, TRUE, FALSE);
  intake_assert (fixture, NULL, NULL, "a.pdf");
}

static void
test_sweep (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_auto (Tray) tray = { NULL };
  g_autofree char *stray = g_build_filename (fixture->dir, "files", "aa", NULL);
  g_autofree char *path = NULL;
  g_autofree char *removed = NULL;
  g_autofree char *name = g_strnfill (64, 'a');
  g_autoptr (GError) error = NULL;
  guint n_swept;

  tray_fill (&tray, fixture);
  removed = drop (fixture, (const char *const []) { tray.ids[1], NULL });
  g_assert_cmpint (g_mkdir_with_parents (stray, 0700), ==, 0);
  path = g_build_filename (stray, name, NULL);
  g_assert_true (g_file_set_contents (path, "x", 1, NULL));
  yeji_store_sweep (fixture->store, NULL, TRUE, &n_swept, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_swept, ==, 1);
  assert_contents (fixture, &tray, TRUE, TRUE);
}

static void
test_verify (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_auto (Tray) tray = { NULL };
  g_autoptr (GPtrArray) sound = NULL;
  g_autoptr (GPtrArray) flaws = NULL;
  g_autoptr (GFile) original = NULL;
  g_autoptr (GError) error = NULL;
  const YejiFlaw *flaw;

  tray_fill (&tray, fixture);
  sound = yeji_store_verify (fixture->store, YEJI_DEPTH_FULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sound->len, ==, 0);
  original = yeji_store_get_file (fixture->store, tray.sums[2]);
  g_assert_true (g_file_delete (original, NULL, NULL));
  flaws = yeji_store_verify (fixture->store, YEJI_DEPTH_QUICK, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (flaws->len, ==, 1);
  flaw = g_ptr_array_index (flaws, 0);
  g_assert_cmpint (flaw->kind, ==, YEJI_FLAW_DOCUMENT);
  g_assert_cmpstr (flaw->filename, ==, "b.pdf");
  g_assert_null (flaw->uuid);
}

/* A backup brings the tray back; until it goes it keeps the contents. */
static void
test_backup (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_auto (Tray) tray = { NULL };
  g_autofree char *path = NULL;
  g_autofree char *removed = NULL;
  g_autoptr (YejiBackupReport) report = NULL;
  g_autoptr (GError) error = NULL;

  tray_fill (&tray, fixture);
  yeji_store_backup_if_due (fixture->store, NULL, &path, &error);
  g_assert_no_error (error);
  g_assert_nonnull (path);
  removed = drop (fixture, (const char *const []) { tray.ids[0], tray.ids[1], NULL });
  g_assert_true (yeji_store_empty_bin (fixture->store, NULL, NULL));
  assert_contents (fixture, &tray, TRUE, TRUE);
  intake_assert (fixture, NULL, NULL, "");

  store_fixture_close (fixture);
  yeji_backup_restore (fixture->dir, path, fixture->dictionary, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->missing->len, ==, 0);
  store_fixture_open (fixture);
  intake_assert (fixture, NULL, NULL, "a.pdf b.pdf");
}

/* A day on which files came into the tray is a day on which there was something to keep. */
static void
test_backup_is_due (StoreFixture  *fixture,
                    gconstpointer  data)
{
  g_auto (Tray) tray = { NULL };
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *id = NULL;
  g_autofree char *removed = NULL;

  tray_fill (&tray, fixture);
  for (int day = 0; day < 4; day++)
    {
      g_autoptr (GDateTime) then = g_date_time_add_days (now, day);
      g_autoptr (GError) error = NULL;
      g_autofree char *path = NULL;

      if (day == 2)
        id = intake_take_one (fixture, NULL, NULL, "late.pdf", PDF ("late"), NULL);
      if (day == 3)
        removed = drop (fixture, (const char *const []) { id, NULL });
      yeji_store_backup_if_due_at (fixture->store, then, NULL, &path, &error);
      g_assert_no_error (error);
      g_assert_cmpint (path != NULL, ==, day != 1);
    }
}

static void
test_bundle (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_auto (Tray) tray = { NULL };
  g_autofree char *bundle = g_build_filename (fixture->dir, "profile" YEJI_BUNDLE_SUFFIX, NULL);
  g_autofree char *target = g_build_filename (fixture->dir, "other", NULL);
  StoreFixture other = { target, fixture->dictionary };
  g_autoptr (YejiBackupReport) report = NULL;
  g_autoptr (GFile) original = NULL;
  g_autoptr (GError) error = NULL;

  tray_fill (&tray, fixture);
  yeji_bundle_write (fixture->store, bundle, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  yeji_bundle_restore (bundle, target, NULL, NULL, NULL, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->missing->len, ==, 0);
  store_fixture_open (&other);
  intake_assert (&other, NULL, NULL, "a.pdf b.pdf");
  assert_contents (&other, &tray, TRUE, TRUE);
  store_fixture_close (&other);

  /* what is missing is told */
  original = yeji_store_get_file (fixture->store, tray.sums[2]);
  g_assert_true (g_file_delete (original, NULL, NULL));
  g_clear_pointer (&report, yeji_backup_report_free);
  g_assert_cmpint (g_remove (bundle), ==, 0);
  yeji_bundle_write (fixture->store, bundle, NULL, NULL, NULL, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->missing->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (report->missing, 0), ==, "b.pdf");
}

static guint
count_rows (const char *path,
            const char *query)
{
  g_autoptr (GPtrArray) rows = version_read (path, query);

  return (guint) g_ascii_strtoull (g_ptr_array_index (rows, 0), NULL, 10);
}

static void
test_salvage (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_auto (Tray) tray = { NULL };
  g_autofree char *path = g_build_filename (fixture->dir, "yeji.sqlite", NULL);
  g_autofree char *target = g_build_filename (fixture->dir, "salvaged.sqlite", NULL);
  g_autoptr (YejiSalvageReport) report = yeji_salvage_report_new ();
  g_autofree char *placed = NULL;
  g_autoptr (GError) error = NULL;

  tray_fill (&tray, fixture);
  placed = place (fixture, &tray, (const char *const []) { tray.ids[0], NULL }, "contract");
  store_fixture_close (fixture);
  yeji_salvage (path, NULL, target, report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->n_lost_documents, ==, 0);
  g_assert_cmpuint (count_rows (target, "SELECT count (*) FROM tray"), ==, 2);
  g_assert_cmpuint (count_rows (target, "SELECT count (*) FROM taking"), ==, 2);
  g_assert_cmpuint (count_rows (target, "SELECT count (*) FROM attachment"), ==, 1);
  store_fixture_open (fixture);
}

/* Rows that were there before their table got its last columns are shorter, and whole all the
 * same. */
static void
test_salvage_old (StoreFixture  *fixture,
                  gconstpointer  data)
{
  g_autofree char *dir = yeji_test_dir_new ();
  g_autofree char *path = g_build_filename (dir, "yeji.sqlite", NULL);
  g_autofree char *target = g_build_filename (dir, "salvaged.sqlite", NULL);
  g_autoptr (YejiSalvageReport) report = yeji_salvage_report_new ();
  g_autoptr (YejiDictionary) dictionary = version_dictionary_new ();
  StoreFixture old = { dir, dictionary };
  guint n_documents;
  g_autoptr (GError) error = NULL;

  version_make_profile (dir, 2);
  n_documents = count_rows (path, "SELECT count (*) FROM attachment");
  g_assert_cmpuint (n_documents, >, 0);
  store_fixture_open (&old);
  store_fixture_close (&old);
  yeji_salvage (path, NULL, target, report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->n_lost_documents, ==, 0);
  g_assert_cmpuint (count_rows (target, "SELECT count (*) FROM attachment"), ==, n_documents);
  yeji_test_dir_remove (dir);
}

int
main (int   argc,
      char *argv[])
{
  static const StoreCase cases[] = {
    { "/store/tray/lists-what-waits", test_list },
    { "/store/tray/is-read-without-blocking", test_list_async },
    { "/store/tray/is-placed-and-taken-back", test_place },
    { "/store/tray/is-placed-as-a-whole-or-not", test_refused },
    { "/store/tray/what-the-slot-has-only-leaves", test_place_same },
    { "/store/tray/what-was-shrunk-twice-is-placed-once", test_place_shrunk },
    { "/store/tray/what-is-named-twice-is-placed-once", test_place_twice },
    { "/store/tray/what-was-removed-comes-back", test_remove },
    { "/store/tray/what-was-removed-goes-after-thirty-lived-days", test_bin },
    { "/store/tray/emptying-the-bin-empties-that-of-the-tray", test_empty_bin },
    { "/store/tray/its-contents-are-never-swept", test_sweep },
    { "/store/tray/is-verified", test_verify },
    { "/store/tray/is-in-the-backup", test_backup },
    { "/store/tray/a-change-of-it-makes-a-backup-due", test_backup_is_due },
    { "/store/tray/is-in-the-bundle", test_bundle },
    { "/store/tray/is-salvaged", test_salvage },
    { "/store/tray/old-documents-are-salvaged", test_salvage_old },
  };

  until_noon = DAY / 2 - g_get_real_time () / G_USEC_PER_SEC % DAY;
  g_test_init (&argc, &argv, NULL);
  store_fixture_add_cases (cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
