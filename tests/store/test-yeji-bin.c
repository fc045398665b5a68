// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "test-bin"

#include "config.h"

#include "damage-fixture.h"

#include "yeji-bin.h"
#include "yeji-bin-private.h"
#include "yeji-clock.h"
#include "yeji-sql-private.h"
#include "yeji-store-chores.h"
#include "yeji-store-private.h"

#define DAY (24 * 60 * 60)

static YejiRecord *
add_record (StoreFixture *fixture,
            const char   *name)
{
  YejiRecord *record = yeji_record_new (fixture->dictionary, NULL, "construction");

  store_fixture_type (record, "PrjName", name);
  store_fixture_save (fixture, record, 1);
  return record;
}

static char *
attach (StoreFixture *fixture,
        YejiRecord   *record,
        const char   *text)
{
  g_autofree char *path = g_build_filename (fixture->dir, "paper.pdf", NULL);
  g_autofree char *content = g_strconcat ("%PDF-1.4 ", text, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (YejiAttachment) attachment = NULL;
  g_autoptr (GError) error = NULL;

  write_bytes (fixture->dir, "paper.pdf", content, strlen (content));
  attachment = yeji_store_attach (fixture->store, yeji_record_get_uuid (record), "contract", file,
                                  NULL, &error);
  g_assert_no_error (error);
  g_remove (path);
  return g_strdup (yeji_attachment_get_sha256 (attachment));
}

static gboolean
has_content (StoreFixture *fixture,
             const char   *sha256)
{
  g_autoptr (GFile) file = yeji_store_get_file (fixture->store, sha256);

  return g_file_query_exists (file, NULL);
}

static gboolean
has_record (StoreFixture *fixture,
            YejiRecord   *record)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiEntry) entry = NULL;

  entry = yeji_store_get_entry (fixture->store, yeji_record_get_uuid (record), &error);
  if (entry == NULL)
    g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND);
  return entry != NULL;
}

static void
remove_record (StoreFixture *fixture,
               YejiRecord   *record)
{
  g_autoptr (GError) error = NULL;

  yeji_store_remove (fixture->store, yeji_record_get_uuid (record), &error);
  g_assert_no_error (error);
}

/* Every test begins at noon, by seconds that are added: none runs over a midnight. */
static gint64 until_noon;

static void
set_clock (gint64 days)
{
  yeji_clock_set_offset (days * DAY + until_noon);
}

static void
reopen_at (StoreFixture *fixture,
           gint64        days)
{
  store_fixture_close (fixture);
  set_clock (days);
  store_fixture_open (fixture);
}

static void
expire (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  yeji_store_expire_bin (fixture->store, &error);
  g_assert_no_error (error);
}

static void
live (StoreFixture *fixture,
      gint64        first,
      gint64        last)
{
  for (gint64 day = first; day <= last; day++)
    {
      reopen_at (fixture, day);
      expire (fixture);
    }
}

static void
test_list (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr (YejiRecord) kept = add_record (fixture, "留下");
  g_autoptr (YejiRecord) removed = add_record (fixture, "拿走");
  g_autofree char *sum = attach (fixture, removed, "a");
  g_autoptr (GPtrArray) items = NULL;
  const YejiBinItem *item;

  remove_record (fixture, removed);
  live (fixture, 1, 8);
  live (fixture, 20, 23);
  items = yeji_store_list_bin (fixture->store, NULL);
  g_assert_cmpuint (items->len, ==, 1);
  item = g_ptr_array_index (items, 0);
  g_assert_cmpstr (item->uuid, ==, yeji_record_get_uuid (removed));
  g_assert_cmpstr (item->name, ==, "拿走");
  g_assert_cmpuint (item->days_left, ==, YEJI_BIN_DAYS - 12);
  g_assert_cmpuint (item->n_documents, ==, 1);
}

static void
test_restore_whole (StoreFixture  *fixture,
                    gconstpointer  data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);
  g_autofree char *sum = NULL;
  g_autoptr (YejiRecord) loaded = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GPtrArray) attachments = NULL;
  const char *uuid = yeji_record_get_uuid (record);

  store_fixture_save (fixture, record, 0);
  sum = attach (fixture, record, "whole");
  before = yeji_store_get_history (fixture->store, uuid, NULL);
  remove_record (fixture, record);
  live (fixture, 1, YEJI_BIN_DAYS);
  g_assert_true (yeji_store_restore (fixture->store, uuid, NULL));
  live (fixture, YEJI_BIN_DAYS + 1, 2 * YEJI_BIN_DAYS + 5);

  loaded = store_fixture_load (fixture, record);
  g_assert_true (yeji_record_equal (record, loaded));
  after = yeji_store_get_history (fixture->store, uuid, NULL);
  g_assert_cmpuint (after->len, ==, before->len + 2);    /* that it went there and came back */
  attachments = yeji_store_get_attachments (fixture->store, uuid, NULL);
  g_assert_cmpuint (attachments->len, ==, 1);
  g_assert_true (has_content (fixture, sum));

  /* removed again, it has all its days again */
  remove_record (fixture, record);
  live (fixture, 2 * YEJI_BIN_DAYS + 5, 3 * YEJI_BIN_DAYS + 5);
  g_assert_true (has_record (fixture, record));
  live (fixture, 3 * YEJI_BIN_DAYS + 6, 3 * YEJI_BIN_DAYS + 6);
  g_assert_false (has_record (fixture, record));
}

static void
test_empty_one (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr (YejiRecord) doomed = add_record (fixture, "一");
  g_autoptr (YejiRecord) other = add_record (fixture, "二");
  g_autofree char *own = attach (fixture, doomed, "own");
  g_autofree char *shared = attach (fixture, doomed, "shared");
  g_autofree char *same = attach (fixture, other, "shared");
  const char *uuids[] = { yeji_record_get_uuid (doomed), NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) history = NULL;

  remove_record (fixture, doomed);
  yeji_store_empty_bin (fixture->store, uuids, &error);
  g_assert_no_error (error);
  g_assert_false (has_record (fixture, doomed));
  g_assert_true (has_record (fixture, other));
  g_assert_false (has_content (fixture, own));
  g_assert_true (has_content (fixture, shared));
  g_assert_cmpstr (shared, ==, same);
  store_fixture_close (fixture);
  store_fixture_open (fixture);
  g_assert_false (has_record (fixture, doomed));
}

static void
test_not_in_bin (StoreFixture  *fixture,
                 gconstpointer  data)
{
  g_autoptr (YejiRecord) removed = add_record (fixture, "一");
  g_autoptr (YejiRecord) live = add_record (fixture, "二");
  const char *both[] = { yeji_record_get_uuid (removed), yeji_record_get_uuid (live), NULL };
  const char *nobody[] = { "00000000-0000-4000-8000-000000000000", NULL };
  g_autoptr (GError) error = NULL;

  remove_record (fixture, removed);
  g_assert_false (yeji_store_empty_bin (fixture->store, both, &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE);
  g_clear_error (&error);
  g_assert_false (yeji_store_empty_bin (fixture->store, nobody, &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND);
  g_assert_true (has_record (fixture, removed));
  g_assert_true (has_record (fixture, live));
}

static void
test_empty_all (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr (YejiRecord) live = add_record (fixture, "一");
  g_autoptr (YejiRecord) removed = add_record (fixture, "二");
  g_autofree char *kept = attach (fixture, live, "kept");
  g_autofree char *detached = attach (fixture, live, "detached");
  g_autofree char *gone = attach (fixture, removed, "gone");
  g_autoptr (GPtrArray) attachments = NULL;
  g_autoptr (GError) error = NULL;

  attachments = yeji_store_get_attachments (fixture->store, yeji_record_get_uuid (live), NULL);
  g_assert_true (yeji_store_detach (fixture->store, yeji_record_get_uuid (live),
                                    yeji_attachment_get_id (g_ptr_array_index (attachments, 1)),
                                    NULL));
  remove_record (fixture, removed);
  g_assert_true (has_content (fixture, detached));
  yeji_store_empty_bin (fixture->store, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (has_content (fixture, kept));
  g_assert_false (has_content (fixture, detached));
  g_assert_false (has_content (fixture, gone));
  g_assert_false (has_record (fixture, removed));
  g_assert_true (has_record (fixture, live));
}

/* How a clerk's days go on: from a day to another, counted as they really go by since the removal,
 * with a clock that is wrong by so many days. */
typedef struct
{
  int first;
  int last;
  int step;                    /* 0 ends */
  int error;
} Days;

/* What becomes of a record that is removed by a clock that may be wrong itself. */
typedef struct
{
  const char *path;
  int error;                   /* of the clock, at the removal */
  Days days[6];
  int gone;                    /* on which of the days; NEVER: on none of them */
} ClockStory;

#define NEVER G_MAXINT
#define YEAR 365

static const ClockStory clock_stories[] = {
  { "/store/bin/stays-for-30-days", 0, { { 0, 30, 1, 0 } }, NEVER },
  { "/store/bin/goes-at-a-later-start", 0, { { 0, 32, 1, 0 } }, 31 },
  { "/store/bin/not-at-a-start-on-the-same-day", 0,
    { { 0, 30, 1, 0 }, { 30, 30, 1, 0 }, { 30, 30, 1, 0 } }, NEVER },
  { "/store/bin/removed-with-a-clock-behind", -YEAR, { { 0, 32, 1, 0 } }, 30 },
  { "/store/bin/removed-with-a-clock-ahead", YEAR, { { 0, 32, 1, 0 } }, 30 },
  { "/store/bin/removed-with-a-clock-behind-that-is-set-right-later", -YEAR,
    { { 0, 10, 1, -YEAR }, { 11, 32, 1, 0 } }, 31 },
  { "/store/bin/removed-with-a-clock-ahead-that-is-set-right-later", YEAR,
    { { 0, 10, 1, YEAR }, { 11, 42, 1, 0 } }, 41 },
  { "/store/bin/removed-with-a-clock-that-stays-behind", -YEAR, { { 0, 32, 1, -YEAR } }, 31 },
  { "/store/bin/clock-that-was-ahead-for-an-hour", 0,
    { { 0, 10, 1, 0 }, { 10, 10, 1, YEAR }, { 10, 32, 1, 0 } }, 31 },
  { "/store/bin/clock-that-was-ahead-by-years-twice", 0,
    { { 0, 1, 1, 0 }, { 1, 1, 1, 4000 }, { 1, 20, 1, 0 }, { 20, 20, 1, 90 }, { 20, 32, 1, 0 } },
    31 },
  { "/store/bin/clock-that-was-ahead-when-it-was-marked", 0,
    { { 0, 29, 1, 0 }, { 29, 29, 1, YEAR }, { 29, 32, 1, 0 } }, 31 },
  { "/store/bin/clock-that-was-behind-for-an-hour", 0,
    { { 0, 10, 1, 0 }, { 10, 10, 1, -YEAR }, { 10, 32, 1, 0 } }, 31 },
  { "/store/bin/clock-that-was-behind-by-years-twice", 0,
    { { 0, 1, 1, 0 }, { 1, 1, 1, -4000 }, { 1, 20, 1, 0 }, { 20, 20, 1, -90 }, { 20, 32, 1, 0 } },
    31 },
  { "/store/bin/clock-that-goes-behind-and-stays-there", 0,
    { { 0, 29, 1, 0 }, { 30, 61, 1, -YEAR } }, 60 },
  { "/store/bin/clock-that-was-behind-for-days", 0,
    { { 0, 29, 1, 0 }, { 30, 39, 1, -YEAR }, { 40, 42, 1, 0 } }, 41 },
  { "/store/bin/profile-that-is-opened-after-months", 0, { { 0, 0, 1, 0 }, { 59, 90, 1, 0 } }, 89 },
  { "/store/bin/profile-that-is-opened-once-a-week", 0, { { 0, 224, 7, 0 } }, 217 },
  { "/store/bin/clock-that-begins-at-the-same-day-every-morning", 0,
    { { 0, 5, 1, 0 }, { 6, 6, 1, -6 }, { 6, 15, 1, 0 }, { 16, 16, 1, -16 }, { 16, 32, 1, 0 } },
    31 },
};

static void
test_clock (StoreFixture  *fixture,
            gconstpointer  data)
{
  const ClockStory *story = data;
  g_autoptr (YejiRecord) record = NULL;
  g_autofree char *sum = NULL;
  gboolean gone = FALSE;

  reopen_at (fixture, story->error);
  record = add_record (fixture, "一");
  sum = attach (fixture, record, "x");
  remove_record (fixture, record);
  for (const Days *days = story->days; days->step > 0; days++)
    for (int day = days->first; day <= days->last; day += days->step)
      {
        g_autoptr (YejiNotice) notice = NULL;

        reopen_at (fixture, day + days->error);
        expire (fixture);
        expire (fixture);
        gone = day >= story->gone;
        g_test_message ("day %d, wrong by %d", day, days->error);
        g_assert_cmpint (has_record (fixture, record), ==, !gone);
        g_assert_cmpint (has_content (fixture, sum), ==, !gone);
        notice = find_notice (fixture->store, YEJI_NOTICE_BIN_EXPIRED);
        g_assert_cmpint (notice != NULL, ==, gone);
        if (gone)
          g_assert_true (names (notice->details, "records", yeji_record_get_uuid (record)));
      }
  g_assert_cmpint (gone, ==, story->gone != NEVER);
}

static void
test_detached_expires (StoreFixture  *fixture,
                       gconstpointer  data)
{
  g_autoptr (YejiRecord) record = add_record (fixture, "一");
  g_autofree char *sum = attach (fixture, record, "old");
  g_autoptr (GPtrArray) attachments = NULL;

  attachments = yeji_store_get_attachments (fixture->store, yeji_record_get_uuid (record), NULL);
  g_assert_true (yeji_store_detach (fixture->store, yeji_record_get_uuid (record),
                                    yeji_attachment_get_id (g_ptr_array_index (attachments, 0)),
                                    NULL));
  live (fixture, 1, 30);
  g_assert_true (has_content (fixture, sum));
  live (fixture, 31, 31);
  g_assert_false (has_content (fixture, sum));
  g_assert_true (has_record (fixture, record));
}

static void
add_stray (StoreFixture *fixture,
           const char   *sum)
{
  g_autofree char *shelf = g_build_filename (fixture->dir, "files", "ab", NULL);

  g_mkdir (shelf, 0700);
  write_bytes (shelf, sum, "stray", 5);
}

static void
test_stray (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autofree char *sum = g_strnfill (64, 'a');
  g_autoptr (GError) error = NULL;

  sum[1] = 'b';
  add_stray (fixture, sum);
  expire (fixture);
  g_assert_true (has_content (fixture, sum));
  yeji_store_empty_bin (fixture->store, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (has_content (fixture, sum));

  add_stray (fixture, sum);
  reopen_at (fixture, 31);
  expire (fixture);
  g_assert_false (has_content (fixture, sum));
}

/* After a recovery that lost attachments their contents are all that is left of them. */
static void
test_stray_after_loss (StoreFixture  *fixture,
                       gconstpointer  data)
{
  static const char report[] = "{\"lost_documents\": 1, \"n_lost\": 0, \"uncertain\": false}";
  g_autofree char *folder = g_build_filename (fixture->dir, "damaged", "then", NULL);
  g_autofree char *sum = g_strnfill (64, 'a');
  g_autoptr (GError) error = NULL;

  sum[1] = 'b';
  add_stray (fixture, sum);
  g_mkdir_with_parents (folder, 0700);
  write_bytes (folder, "report.json", report, strlen (report));
  yeji_store_empty_bin (fixture->store, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (has_content (fixture, sum));
}

/* A content that is attached while contents are swept must be there afterwards: always the same
 * one, so that it has no other attachment again and again. */
#define ROUNDS 150

typedef struct
{
  StoreFixture *fixture;
  GFile *file;
  const char *uuid;
  gint done;
} Attaching;

static gpointer
attach_and_detach (gpointer data)
{
  Attaching *attaching = data;
  StoreFixture *fixture = attaching->fixture;

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (YejiAttachment) attachment = NULL;

      attachment = yeji_store_attach (fixture->store, attaching->uuid, "contract", attaching->file,
                                      NULL, &error);
      g_assert_no_error (error);
      g_assert_true (has_content (fixture, yeji_attachment_get_sha256 (attachment)));
      yeji_store_detach (fixture->store, attaching->uuid, yeji_attachment_get_id (attachment),
                         &error);
      g_assert_no_error (error);
    }
  g_atomic_int_set (&attaching->done, TRUE);
  return NULL;
}

static void
test_sweep_while_attaching (StoreFixture  *fixture,
                            gconstpointer  data)
{
  g_autoptr (YejiRecord) record = add_record (fixture, "一");
  g_autofree char *path = g_build_filename (fixture->dir, "paper.pdf", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  Attaching attaching = { fixture, file, yeji_record_get_uuid (record) };
  g_autoptr (GThread) thread = NULL;

  write_bytes (fixture->dir, "paper.pdf", "%PDF-1.4 same", 13);
  thread = g_thread_new ("attach", attach_and_detach, &attaching);
  while (!g_atomic_int_get (&attaching.done))
    {
      g_autoptr (GError) error = NULL;

      yeji_store_empty_bin (fixture->store, NULL, &error);
      g_assert_no_error (error);
    }
  g_thread_join (g_steal_pointer (&thread));
}

/* An outbox item needs its documents though they were taken out of the record. */
static void
test_submitted_documents (StoreFixture  *fixture,
                          gconstpointer  data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);
  const char *uuid = yeji_record_get_uuid (record);
  g_autoptr (GPtrArray) submitted = NULL;
  g_autofree char *sum = NULL;
  g_autofree char *path = g_build_filename (fixture->dir, "yeji.sqlite", NULL);
  g_autoptr (YejiSql) sql = NULL;
  g_autoptr (GError) error = NULL;

  store_fixture_save (fixture, record, 0);
  sum = attach (fixture, record, "sent");
  yeji_store_queue_submit (fixture->store, uuid, &error);
  g_assert_no_error (error);
  sql = yeji_sql_open (path, &error);
  g_assert_no_error (error);
  yeji_sql_run_script (sql, "UPDATE attachment SET removed_at = added_at", &error);
  g_assert_no_error (error);
  yeji_store_empty_bin (fixture->store, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (has_content (fixture, sum));
  submitted = yeji_store_get_submitted_files (fixture->store, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (submitted->len, ==, 1);
}

static void
on_noticed (YejiStore *store,
            gboolean  *noticed)
{
  *noticed = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

static void
test_notices (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (GPtrArray) notices = NULL;
  g_autoptr (GPtrArray) seen = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean noticed = FALSE;
  JsonObject *details = json_object_new ();
  YejiNotice *first;

  g_signal_connect (fixture->store, "noticed", G_CALLBACK (on_noticed), &noticed);
  json_object_set_string_member (details, "message", "例");
  yeji_store_add_notice (fixture->store, YEJI_NOTICE_BACKUP_FAILED, details, &error);
  g_assert_no_error (error);
  yeji_store_add_notice (fixture->store, "of-a-later-version", json_object_new (), &error);
  g_assert_no_error (error);
  yeji_test_wait_until (is_true, &noticed, 2000);

  yeji_store_list_notices_async (fixture->store, NULL, yeji_test_store_result, &result);
  g_object_unref (yeji_test_await (&result, 2000));
  notices = yeji_store_list_notices (fixture->store, &error);
  g_assert_cmpuint (notices->len, ==, 2);
  first = g_ptr_array_index (notices, 1);
  g_assert_cmpstr (first->kind, ==, YEJI_NOTICE_BACKUP_FAILED);
  g_assert_cmpstr (yeji_json_get_string (first->details, "message"), ==, "例");
  g_assert_false (first->seen);
  g_assert_true (yeji_store_set_notice_seen (fixture->store, first->id, NULL));
  seen = yeji_store_list_notices (fixture->store, NULL);
  g_assert_true (((YejiNotice *) g_ptr_array_index (seen, 1))->seen);
  g_assert_false (((YejiNotice *) g_ptr_array_index (seen, 0))->seen);
}

/* The thread that ran a task lets go of it a moment after it was answered. */
static gboolean
is_alone (gpointer store)
{
  g_main_context_wakeup (NULL);
  return g_atomic_int_get (&G_OBJECT (store)->ref_count) == 1;
}

static void
test_chores (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (YejiRecord) record = add_record (fixture, "一");
  g_autofree char *backups = g_build_filename (fixture->dir, "backups", NULL);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancelled);
  g_assert_false (yeji_store_do_chores (fixture->store, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (g_file_test (backups, G_FILE_TEST_EXISTS));

  yeji_store_do_chores_async (fixture->store, NULL, yeji_test_store_result, &result);
  done = yeji_test_await (&result, 10000);
  yeji_store_do_chores_finish (fixture->store, done, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (backups, G_FILE_TEST_IS_DIR));
  yeji_store_do_chores (fixture->store, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&done);
  yeji_test_wait_until (is_alone, fixture->store, 5000);
}

static gpointer
do_chores (gpointer data)
{
  yeji_store_do_chores (data, NULL, NULL);
  return NULL;
}

/* Whatever the chores are at, closing ends them. */
static void
test_close_during_chores (StoreFixture  *fixture,
                          gconstpointer  data)
{
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (YejiRecord) record = add_record (fixture, "一");
      GThread *thread = g_thread_new ("chores", do_chores, fixture->store);

      yeji_store_close (fixture->store);
      g_thread_join (thread);
      g_assert_finalize_object (g_steal_pointer (&fixture->store));
      store_fixture_open (fixture);
    }
}

static void
set_up (StoreFixture  *fixture,
        gconstpointer  data)
{
  until_noon = DAY / 2 - g_get_real_time () / G_USEC_PER_SEC % DAY;
  set_clock (0);
  store_fixture_set_up (fixture, data);
}

static void
tear_down (StoreFixture  *fixture,
           gconstpointer  data)
{
  yeji_clock_set_offset (0);
  store_fixture_tear_down (fixture, data);
}

static const StoreCase cases[] = {
  { "/store/bin/says-how-many-days-are-left", test_list },
  { "/store/bin/restores-whole", test_restore_whole },
  { "/store/bin/one-is-deleted-for-good", test_empty_one },
  { "/store/bin/what-is-not-in-it-is-not-deleted", test_not_in_bin },
  { "/store/bin/is-emptied-with-documents", test_empty_all },
  { "/store/bin/documents-taken-out-expire", test_detached_expires },
  { "/store/bin/content-of-nothing-stays-until-it-is-emptied", test_stray },
  { "/store/bin/content-stays-after-a-loss", test_stray_after_loss },
  { "/store/bin/content-stays-while-it-is-attached", test_sweep_while_attaching },
  { "/store/bin/content-of-a-submission-stays", test_submitted_documents },
  { "/store/notices/are-told-and-seen", test_notices },
  { "/store/chores/are-done-and-cancelled", test_chores },
  { "/store/chores/end-when-the-store-is-closed", test_close_during_chores },
};

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].path, StoreFixture, NULL, set_up, cases[i].func, tear_down);
  for (gsize i = 0; i < G_N_ELEMENTS (clock_stories); i++)
    g_test_add (clock_stories[i].path, StoreFixture, &clock_stories[i], set_up, test_clock,
                tear_down);
  return g_test_run ();
}
