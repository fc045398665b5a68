// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-transfers.h"

#include "sync-fixture.h"
#include "yeji-transfer-queue-private.h"

#include <string.h>

#define MEGABYTE (1024 * 1024)

/* The queue as the program shows it, with a province that runs in the same main context. */
typedef struct
{
  SyncFixture base;
  YejiTransfers *transfers;
  YejiTransferQueue *queue;
  guint n_notified;            /* of bytes-sent */
  guint n_emptied;
  guint n_settled;
  guint n_wanted;              /* for conditions */
} Fixture;

static void
count_up (guint *counter)
{
  (*counter)++;
}

static void
open_transfers (Fixture *self)
{
  self->transfers = yeji_transfers_new (self->base.store);
  self->queue = yeji_transfers_get_queue (self->transfers);
  yeji_transfer_queue_set_patience (self->queue, 1, 0);
  g_signal_connect_swapped (self->transfers, "notify::bytes-sent", G_CALLBACK (count_up),
                            &self->n_notified);
  g_signal_connect_swapped (self->transfers, "emptied", G_CALLBACK (count_up), &self->n_emptied);
  g_signal_connect_swapped (self->transfers, "settled", G_CALLBACK (count_up), &self->n_settled);
  yeji_transfers_open (self->transfers);
}

static void
close_transfers (Fixture *self)
{
  yeji_transfers_close (self->transfers);
  g_assert_finalize_object (g_steal_pointer (&self->transfers));
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  sync_fixture_set_up (&self->base, data);
  open_transfers (self);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  close_transfers (self);
  sync_fixture_tear_down (&self->base, data);
}

static gboolean
run_cycle (SyncFixture   *base,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  return yeji_sync_cycle (base->store, base->province, NULL, cancellable, error)
         && yeji_transfer_queue_reload (data, error);
}

/* Records to the province, files into the queue. */
static void
cycle (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  sync_fixture_run (&self->base, run_cycle, self->queue, NULL, &error);
  g_assert_no_error (error);
}

static void
start (Fixture *self)
{
  yeji_transfer_queue_start (self->queue, self->base.province);
}

static char *
add_record (Fixture    *self,
            const char *name,
            guint       n_files,
            gsize       size)
{
  g_autofree char *uuid = sync_fixture_add (&self->base, name);

  for (guint i = 0; i < n_files; i++)
    {
      g_autofree char *filename = g_strdup_printf ("%s-%u.pdf", name, i);
      g_autofree char *sha256 = sync_fixture_attach (&self->base, uuid, filename, size);
    }
  sync_fixture_queue (&self->base, uuid);
  return g_steal_pointer (&uuid);
}

static YejiTransfer *
get_transfer (Fixture *self,
              guint    position)
{
  g_autoptr (YejiTransfer) transfer = g_list_model_get_item (G_LIST_MODEL (self->transfers),
                                                             position);

  g_assert_nonnull (transfer);
  return transfer;             /* the list has it */
}

static guint
count_in (Fixture           *self,
          YejiTransferState  state)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->transfers));
  guint count = 0;

  for (guint i = 0; i < n; i++)
    count += yeji_transfer_get_state (get_transfer (self, i)) == state;
  return count;
}

static gboolean
is_listed (gpointer data)
{
  Fixture *self = data;

  return g_list_model_get_n_items (G_LIST_MODEL (self->transfers)) == self->n_wanted;
}

static gboolean
is_emptied (gpointer data)
{
  return ((Fixture *) data)->n_emptied > 0;
}

static void
wait_for (Fixture           *self,
          YejiTestCondition  condition)
{
  yeji_test_wait_until (condition, self, SYNC_TIME_LIMIT);
}

static void
wait_until_listed (Fixture *self,
                   guint    n)
{
  self->n_wanted = n;
  wait_for (self, is_listed);
}

static void
test_sends_the_files_of_all_records (Fixture       *self,
                                     gconstpointer  data)
{
  gint64 began = g_get_monotonic_time ();
  char *uuids[3];

  for (guint i = 0; i < G_N_ELEMENTS (uuids); i++)
    {
      g_autofree char *name = g_strdup_printf ("%u号楼", i);

      uuids[i] = add_record (self, name, 4, 100000);
    }
  cycle (self);
  wait_until_listed (self, 12);
  g_assert_cmpuint (count_in (self, YEJI_TRANSFER_WAITING), ==, 12);
  g_assert_cmpstr (yeji_transfer_get_filename (get_transfer (self, 5)), ==, "1号楼-1.pdf");
  g_assert_cmpstr (yeji_transfer_get_record_name (get_transfer (self, 5)), ==, "1号楼");
  g_assert_cmpint (yeji_transfers_get_blocked (self->transfers), ==, YEJI_TRANSFERS_OFFLINE);
  g_assert_cmpint (yeji_transfers_get_bytes_total (self->transfers), ==, 1200000);
  g_assert_cmpint (yeji_transfers_get_bytes_sent (self->transfers), ==, 0);

  start (self);
  wait_for (self, is_emptied);
  g_assert_cmpuint (count_in (self, YEJI_TRANSFER_RECEIVED), ==, 12);
  g_assert_cmpuint (yeji_transfers_get_n_waiting (self->transfers), ==, 0);
  g_assert_cmpint (yeji_transfers_get_bytes_sent (self->transfers), ==, 1200000);
  g_assert_cmpuint (fake_province_count (self->base.fake, "POST /v1/files"), ==, 12);
  /* four times a second, whatever happens; and the first and the last */
  g_assert_cmpuint (self->n_notified, <=,
                    (g_get_monotonic_time () - began) * 4 / G_USEC_PER_SEC + 2);

  cycle (self);
  for (guint i = 0; i < G_N_ELEMENTS (uuids); i++)
    {
      g_assert_cmpint (sync_fixture_get_state (&self->base, uuids[i]), ==, YEJI_STATE_SUBMITTED);
      g_free (uuids[i]);
    }
}

static void
test_one_that_fails_does_not_stop_the_others (Fixture       *self,
                                              gconstpointer  data)
{
  g_autofree char *bad = add_record (self, "坏", 3, 1000);
  g_autofree char *good = add_record (self, "好", 2, 1000);
  g_autoptr (YejiEntry) entry = NULL;
  YejiPoint *point;

  fake_province_plan (self->base.fake, "POST /v1/files", FAKE_INVALID, 1);
  cycle (self);
  start (self);
  wait_for (self, is_emptied);
  g_assert_cmpuint (count_in (self, YEJI_TRANSFER_RECEIVED), ==, 4);
  g_assert_cmpuint (yeji_transfers_get_n_failed (self->transfers), ==, 1);

  cycle (self);
  g_assert_cmpint (sync_fixture_get_state (&self->base, good), ==, YEJI_STATE_SUBMITTED);
  g_assert_cmpint (sync_fixture_get_state (&self->base, bad), ==, YEJI_STATE_READY);
  entry = yeji_store_get_entry (self->base.store, bad, NULL);
  g_assert_nonnull (strstr (yeji_entry_get_message (entry), ".pdf: title of invalid"));
  g_assert_cmpuint (yeji_entry_get_points (entry)->len, ==, 1);
  point = g_ptr_array_index (yeji_entry_get_points (entry), 0);
  g_assert_true (g_str_has_prefix (point->pointer, "/documents/"));

  /* submitted again, only that one is sent */
  sync_fixture_queue (&self->base, bad);
  self->n_emptied = 0;
  cycle (self);
  wait_for (self, is_emptied);
  cycle (self);
  g_assert_cmpint (sync_fixture_get_state (&self->base, bad), ==, YEJI_STATE_SUBMITTED);
  g_assert_cmpuint (fake_province_count (self->base.fake, "POST /v1/files"), ==, 6);
}

static gboolean
is_paused (gpointer data)
{
  Fixture *self = data;
  YejiTransferTotals totals;

  yeji_transfer_queue_get_totals (self->queue, &totals);
  return totals.blocked == YEJI_TRANSFERS_PAUSED && totals.n_sending == 0
         && yeji_transfers_get_blocked (self->transfers) == YEJI_TRANSFERS_PAUSED;
}

static void
pause_transfers (FakeProvince *fake,
                 const char   *request,
                 gpointer      data)
{
  Fixture *self = data;

  if (!g_str_has_prefix (request, "PATCH") || fake_province_count (fake, "PATCH *") < 2)
    return;
  fake->hook = NULL;
  yeji_transfers_set_paused (self->transfers, TRUE);
}

static void
test_goes_on_after_a_pause (Fixture       *self,
                            gconstpointer  data)
{
  g_autofree char *uuid = add_record (self, "楼", 1, 9 * MEGABYTE);

  self->base.fake->hook = pause_transfers;
  self->base.fake->hook_data = self;
  cycle (self);
  start (self);
  wait_for (self, is_paused);
  g_assert_cmpuint (count_in (self, YEJI_TRANSFER_WAITING), ==, 1);
  g_assert_true (yeji_transfers_get_paused (self->transfers));

  yeji_transfers_set_paused (self->transfers, FALSE);
  wait_for (self, is_emptied);
  /* at most the piece that was under way goes again */
  g_assert_cmpint (self->base.fake->n_bytes, <=, 13 * MEGABYTE);
  g_assert_cmpuint (fake_province_count (self->base.fake, "POST /v1/files"), ==, 1);
}

static gboolean
has_kept (gpointer data)
{
  Fixture *self = data;
  g_auto (YejiTransferWish) wish = { 0 };

  return yeji_transfer_wish_load (self->base.store, &wish, NULL) && wish.rate == 500000
         && wish.workers == 2 && wish.paused && !wish.metered
         && g_strcmp0 (wish.network, "10.0.0.0/24") == 0;
}

static gboolean
has_loaded (gpointer data)
{
  Fixture *self = data;

  return yeji_transfers_get_rate_limit (self->transfers) == 500000;
}

static void
test_wishes_are_kept (Fixture       *self,
                      gconstpointer  data)
{
  yeji_transfers_set_paused (self->transfers, TRUE);
  yeji_transfers_set_workers (self->transfers, 1);
  yeji_transfers_set_rate_limit (self->transfers, 500000);
  yeji_transfers_set_network (self->transfers, "10.0.0.0/24");
  yeji_transfers_set_metered (self->transfers, FALSE);
  wait_for (self, has_kept);
  close_transfers (self);
  open_transfers (self);
  wait_for (self, has_loaded);
  g_assert_true (yeji_transfers_get_paused (self->transfers));
  g_assert_cmpuint (yeji_transfers_get_workers (self->transfers), ==, 2);
  g_assert_cmpstr (yeji_transfers_get_network (self->transfers), ==, "10.0.0.0/24");
  g_assert_false (yeji_transfers_get_metered (self->transfers));
}

static gboolean
is_one_cancelled (gpointer data)
{
  return count_in (data, YEJI_TRANSFER_CANCELLED) == 1;
}

static void
test_a_cancelled_one_is_told (Fixture       *self,
                              gconstpointer  data)
{
  g_autofree char *uuid = add_record (self, "楼", 2, 1000);
  g_autoptr (YejiEntry) entry = NULL;

  cycle (self);
  wait_until_listed (self, 2);
  yeji_transfers_cancel (self->transfers, yeji_transfer_get_id (get_transfer (self, 0)));
  wait_for (self, is_one_cancelled);
  start (self);
  wait_for (self, is_emptied);
  cycle (self);
  g_assert_cmpint (sync_fixture_get_state (&self->base, uuid), ==, YEJI_STATE_READY);
  entry = yeji_store_get_entry (self->base.store, uuid, NULL);
  g_assert_cmpstr (yeji_entry_get_message (entry), ==, "楼-0.pdf: sending it was cancelled");
}

static void
cancel_transfer (FakeProvince *fake,
                 const char   *request,
                 gpointer      data)
{
  Fixture *self = data;

  if (!g_str_has_prefix (request, "PATCH"))
    return;
  fake->hook = NULL;
  yeji_transfers_cancel (self->transfers, yeji_transfer_get_id (get_transfer (self, 0)));
}

static gboolean
is_terminated (gpointer data)
{
  return fake_province_count (((Fixture *) data)->base.fake, "DELETE *") == 1;
}

static void
test_the_province_forgets_what_was_cancelled (Fixture       *self,
                                              gconstpointer  data)
{
  g_autofree char *uuid = add_record (self, "楼", 1, 9 * MEGABYTE);

  cycle (self);
  wait_until_listed (self, 1);
  fake_province_plan (self->base.fake, "PATCH *", FAKE_SILENT, 1);
  self->base.fake->hook = cancel_transfer;
  self->base.fake->hook_data = self;
  start (self);
  wait_for (self, is_terminated);
  g_assert_cmpuint (g_hash_table_size (self->base.fake->uploads), ==, 0);
}

static gboolean
is_last_first (gpointer data)
{
  return g_strcmp0 (yeji_transfer_get_filename (get_transfer (data, 0)), "楼-3.pdf") == 0;
}

static gboolean
is_second_fourth (gpointer data)
{
  return g_strcmp0 (yeji_transfer_get_filename (get_transfer (data, 3)), "楼-0.pdf") == 0;
}

static void
test_the_order_can_be_changed (Fixture       *self,
                               gconstpointer  data)
{
  static const char * const order[] = { "楼-3.pdf", "楼-1.pdf", "楼-2.pdf", "楼-0.pdf" };
  g_autofree char *uuid = add_record (self, "楼", 4, 1000);
  g_autoptr (YejiTransfer) last = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  cycle (self);
  wait_until_listed (self, 4);
  last = g_object_ref (get_transfer (self, 3));
  yeji_transfers_move_first (self->transfers, yeji_transfer_get_id (last));
  wait_for (self, is_last_first);
  g_assert_true (get_transfer (self, 0) == last);
  yeji_transfers_move_to (self->transfers, yeji_transfer_get_id (get_transfer (self, 1)), 3);
  wait_for (self, is_second_fourth);
  rows = yeji_store_list_transfers (self->base.store, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      g_assert_cmpstr (((YejiTransferRow *) g_ptr_array_index (rows, i))->filename, ==, order[i]);
      g_assert_cmpstr (yeji_transfer_get_filename (get_transfer (self, i)), ==, order[i]);
    }
}

static gboolean
has_sent_a_piece (gpointer data)
{
  return fake_province_count (((Fixture *) data)->base.fake, "PATCH *") == 2;
}

/* Whatever the program knew is gone; only the profile is left. */
static void
test_goes_on_after_a_restart (Fixture       *self,
                              gconstpointer  data)
{
  g_autofree char *uuid = add_record (self, "楼", 1, 9 * MEGABYTE);

  cycle (self);
  fake_province_plan (self->base.fake, "PATCH *", FAKE_NONE, 1);
  fake_province_plan (self->base.fake, "PATCH *", FAKE_SILENT, 1);
  start (self);
  wait_for (self, has_sent_a_piece);
  close_transfers (self);
  g_assert_cmpint (self->base.fake->n_bytes, ==, MEGABYTE);

  open_transfers (self);
  wait_until_listed (self, 1);
  start (self);
  wait_for (self, is_emptied);
  g_assert_cmpint (self->base.fake->n_bytes, ==, 9 * MEGABYTE);
  g_assert_cmpuint (g_hash_table_size (self->base.fake->uploads), ==, 1);
  cycle (self);
  g_assert_cmpint (sync_fixture_get_state (&self->base, uuid), ==, YEJI_STATE_SUBMITTED);
}

#define BATCH "POST /v1/files:batch"
#define ALONE "POST /v1/files"

/* Small files of two records, at a province that takes many in one request. */
static void
queue_small (Fixture  *self,
             char    **one,
             char    **other)
{
  self->base.fake->batch_files = 100;
  *one = add_record (self, "楼", 5, 1000);
  *other = add_record (self, "路", 4, 1000);
  cycle (self);
  wait_until_listed (self, 9);
}

static void
test_small_ones_go_together (Fixture       *self,
                             gconstpointer  data)
{
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;

  queue_small (self, &one, &other);
  start (self);
  wait_for (self, is_emptied);
  g_assert_cmpuint (count_in (self, YEJI_TRANSFER_RECEIVED), ==, 9);
  g_assert_cmpuint (fake_province_count (self->base.fake, BATCH), ==, 1);
  g_assert_cmpuint (fake_province_count (self->base.fake, ALONE), ==, 0);
  g_assert_cmpint (self->base.fake->n_bytes, ==, 9000);
  cycle (self);
  g_assert_cmpint (sync_fixture_get_state (&self->base, one), ==, YEJI_STATE_SUBMITTED);
  g_assert_cmpint (sync_fixture_get_state (&self->base, other), ==, YEJI_STATE_SUBMITTED);
}

static void
test_no_more_than_the_province_takes (Fixture       *self,
                                      gconstpointer  data)
{
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;

  queue_small (self, &one, &other);
  self->base.fake->batch_files = 2;
  start (self);
  wait_for (self, is_emptied);
  g_assert_cmpuint (count_in (self, YEJI_TRANSFER_RECEIVED), ==, 9);
  g_assert_cmpuint (fake_province_count (self->base.fake, BATCH), >=, 4);
  g_assert_cmpint (self->base.fake->n_bytes, ==, 9000);
}

/* The province has them, and says so when it is asked: nothing is sent twice. */
static void
test_a_lost_answer_is_asked_for (Fixture       *self,
                                 gconstpointer  data)
{
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;
  guint asked;

  queue_small (self, &one, &other);
  asked = fake_province_count (self->base.fake, "POST /v1/files:have");
  fake_province_plan (self->base.fake, BATCH, FAKE_LOSE_ANSWER, 1);
  start (self);
  wait_for (self, is_emptied);
  g_assert_cmpuint (count_in (self, YEJI_TRANSFER_RECEIVED), ==, 9);
  g_assert_cmpint (self->base.fake->n_bytes, ==, 9000);
  g_assert_cmpuint (fake_province_count (self->base.fake, "POST /v1/files:have"), >=, asked + 2);
}

/* The program ended before it had the answer. */
static void
test_what_arrived_before_a_restart_is_not_sent (Fixture       *self,
                                                gconstpointer  data)
{
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  const YejiTransferRow *row;

  queue_small (self, &one, &other);
  rows = yeji_store_list_transfers (self->base.store, one, NULL);
  row = g_ptr_array_index (rows, 0);
  g_hash_table_add (fake_province_find (self->base.fake, one)->held, g_strdup (row->sha256));
  close_transfers (self);
  open_transfers (self);
  wait_until_listed (self, 9);
  start (self);
  wait_for (self, is_emptied);
  g_assert_cmpuint (count_in (self, YEJI_TRANSFER_RECEIVED), ==, 9);
  g_assert_cmpint (self->base.fake->n_bytes, ==, 8000);
}

static void
spoil_file (Fixture    *self,
            const char *record,
            guint       number,
            gssize      size)
{
  g_autoptr (GPtrArray) rows = yeji_store_list_transfers (self->base.store, record, NULL);
  const YejiTransferRow *row = g_ptr_array_index (rows, number);
  g_autoptr (GFile) file = yeji_store_get_file (self->base.store, row->sha256);
  g_autofree char *content = g_strnfill ((gsize) MAX (size, 0), 'x');

  g_assert_true (g_file_delete (file, NULL, NULL));
  if (size >= 0)
    g_assert_true (g_file_replace_contents (file, content, (gsize) size, NULL, FALSE,
                                            G_FILE_CREATE_NONE, NULL, NULL, NULL));
}

/* Gone, shorter, and with another content of the same length. */
static void
test_a_bad_one_keeps_no_other_back (Fixture       *self,
                                    gconstpointer  data)
{
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;

  queue_small (self, &one, &other);
  spoil_file (self, one, 1, -1);
  spoil_file (self, one, 3, 10);
  spoil_file (self, other, 0, 1000);
  start (self);
  wait_for (self, is_emptied);
  g_assert_cmpuint (count_in (self, YEJI_TRANSFER_RECEIVED), ==, 6);
  g_assert_cmpuint (count_in (self, YEJI_TRANSFER_FAILED), ==, 3);
  g_assert_cmpuint (fake_province_count (self->base.fake, BATCH), ==, 1);
}

/* A proxy that lets nothing of that size through, or an older province behind the same name. */
static void
test_who_takes_no_batch_gets_them_one_by_one (Fixture       *self,
                                              gconstpointer  data)
{
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;

  queue_small (self, &one, &other);
  fake_province_plan (self->base.fake, BATCH, FAKE_STATE, G_MAXUINT);
  start (self);
  wait_for (self, is_emptied);
  g_assert_cmpuint (count_in (self, YEJI_TRANSFER_RECEIVED), ==, 9);
  g_assert_cmpuint (fake_province_count (self->base.fake, ALONE), ==, 9);
}

static void
cancel_one_of_many (FakeProvince *fake,
                    const char   *request,
                    gpointer      data)
{
  Fixture *self = data;

  if (!g_str_equal (request, BATCH))
    return;
  fake->hook = NULL;
  yeji_transfers_cancel (self->transfers, yeji_transfer_get_id (get_transfer (self, 2)));
}

static void
test_one_of_many_can_be_cancelled (Fixture       *self,
                                   gconstpointer  data)
{
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;

  queue_small (self, &one, &other);
  fake_province_plan (self->base.fake, BATCH, FAKE_SILENT, 1);
  self->base.fake->hook = cancel_one_of_many;
  self->base.fake->hook_data = self;
  start (self);
  wait_for (self, is_emptied);
  g_assert_cmpuint (count_in (self, YEJI_TRANSFER_RECEIVED), ==, 8);
  g_assert_cmpuint (count_in (self, YEJI_TRANSFER_CANCELLED), ==, 1);
  g_assert_cmpint (self->base.fake->n_bytes, ==, 8000);
}

static const char *present_network;

static char *
find_network (const char    *url,
              GCancellable  *cancellable,
              GError       **error)
{
  return g_strdup (present_network);
}

static gboolean
is_elsewhere (gpointer data)
{
  return yeji_transfers_get_blocked (((Fixture *) data)->transfers)
         == YEJI_TRANSFERS_OTHER_NETWORK;
}

static void
test_stays_on_its_network (Fixture       *self,
                           gconstpointer  data)
{
  g_autofree char *uuid = add_record (self, "楼", 2, 1000);

  present_network = "10.0.0.0/24";
  yeji_transfer_queue_set_network_func (self->queue, find_network);
  yeji_transfers_set_network (self->transfers, "192.168.3.0/24");
  cycle (self);
  start (self);
  wait_for (self, is_elsewhere);
  g_assert_cmpuint (fake_province_count (self->base.fake, "POST /v1/files"), ==, 0);
  present_network = "192.168.3.0/24";
  yeji_transfer_queue_nudge (self->queue);
  wait_for (self, is_emptied);
  g_assert_cmpuint (count_in (self, YEJI_TRANSFER_RECEIVED), ==, 2);
}

static gboolean
is_offline (gpointer data)
{
  Fixture *self = data;

  return yeji_transfers_get_blocked (self->transfers) == YEJI_TRANSFERS_OFFLINE;
}

static void
test_waits_for_the_line (Fixture       *self,
                         gconstpointer  data)
{
  g_autofree char *uuid = add_record (self, "楼", 6, 1000);

  fake_province_plan (self->base.fake, "POST /v1/files", FAKE_HANG_UP, 6);
  yeji_transfer_queue_set_patience (self->queue, 500, 0);
  cycle (self);
  start (self);
  wait_for (self, is_offline);
  yeji_transfer_queue_nudge (self->queue);
  wait_for (self, is_emptied);
  g_assert_cmpuint (count_in (self, YEJI_TRANSFER_RECEIVED), ==, 6);
}

static gsize
find_request (FakeProvince *fake,
              const char   *pattern)
{
  for (guint i = 0; i < fake->requests->len; i++)
    if (g_pattern_match_simple (pattern, g_ptr_array_index (fake->requests, i)))
      return i;
  return G_MAXSIZE;
}

static char *
add_following (Fixture *self)
{
  g_autofree char *uuid = sync_fixture_add (&self->base, "楼");
  g_autofree char *one = sync_fixture_attach (&self->base, uuid, "one.pdf", 1000);
  g_autofree char *two = sync_fixture_attach (&self->base, uuid, "two.pdf", 2000);
  g_autoptr (GError) error = NULL;

  g_assert_true (yeji_store_queue_submit_following (self->base.store, uuid, &error));
  g_assert_no_error (error);
  return g_steal_pointer (&uuid);
}

static void
test_files_may_follow_their_record (Fixture       *self,
                                    gconstpointer  data)
{
  g_autofree char *uuid = add_following (self);
  g_autoptr (YejiReceipt) before = NULL;
  g_autoptr (YejiReceipt) after = NULL;
  FakeRecord *record;

  cycle (self);
  record = fake_province_find (self->base.fake, uuid);
  g_assert_cmpint (sync_fixture_get_state (&self->base, uuid), ==, YEJI_STATE_SUBMITTED);
  g_assert_true (record->files_follow);
  g_assert_cmpuint (g_hash_table_size (record->held), ==, 0);
  before = yeji_store_get_receipt (self->base.store, uuid, NULL);
  g_assert_cmpstr (before->submitted_at, ==, "2026-01-02T03:04:05Z");
  g_assert_null (before->files_at);
  g_assert_nonnull (strstr (before->files, "two.pdf"));
  g_assert_cmpuint (strlen (before->sum), ==, 64);

  start (self);
  wait_for (self, is_emptied);
  g_assert_cmpuint (g_hash_table_size (record->held), ==, 2);
  g_assert_cmpuint (find_request (self->base.fake, "POST *:submit"), <,
                    find_request (self->base.fake, "POST /v1/files"));
  g_ptr_array_add (self->base.fake->changes,
                   g_strdup_printf ("{\"uuid\": \"%s\", \"revision\": \"r1\", \"state\":"
                                    " \"submitted\", \"points\": [], \"at\":"
                                    " \"2026-01-02T03:04:05Z\", \"files_complete_at\":"
                                    " \"2026-01-02T05:00:00Z\"}", uuid));
  cycle (self);
  after = yeji_store_get_receipt (self->base.store, uuid, NULL);
  g_assert_cmpstr (after->submitted_at, ==, "2026-01-02T03:04:05Z");
  g_assert_cmpstr (after->files_at, ==, "2026-01-02T05:00:00Z");
}

static void
test_a_submitted_record_tells_of_a_file_that_cannot_follow (Fixture       *self,
                                                            gconstpointer  data)
{
  g_autofree char *uuid = add_following (self);
  g_autoptr (YejiEntry) entry = NULL;

  fake_province_plan (self->base.fake, "POST /v1/files", FAKE_INVALID, 1);
  cycle (self);
  start (self);
  wait_for (self, is_emptied);
  entry = yeji_store_get_entry (self->base.store, uuid, NULL);
  g_assert_cmpint (yeji_entry_get_state (entry), ==, YEJI_STATE_SUBMITTED);
  g_assert_nonnull (strstr (yeji_entry_get_message (entry), ".pdf: title of invalid"));
  g_assert_cmpuint (yeji_entry_get_points (entry)->len, ==, 1);
}

/* What the province took and then found to be bad is for it to explain: sending it again and again
 * would help nobody. */
static void
forget_files (FakeProvince *fake,
              const char   *request,
              gpointer      data)
{
  GHashTableIter records;
  FakeRecord *record;

  if (!g_str_has_suffix (request, ":have"))
    return;
  g_hash_table_iter_init (&records, fake->records);
  while (g_hash_table_iter_next (&records, NULL, (gpointer *) &record))
    g_hash_table_remove_all (record->held);
}

static void
test_what_the_province_drops_is_sent_once (Fixture       *self,
                                           gconstpointer  data)
{
  g_autofree char *uuid = add_record (self, "楼", 1, 1000);
  g_autoptr (YejiEntry) entry = NULL;

  self->base.fake->hook = forget_files;
  cycle (self);
  start (self);
  wait_for (self, is_emptied);
  cycle (self);
  entry = yeji_store_get_entry (self->base.store, uuid, NULL);
  g_assert_cmpint (yeji_entry_get_state (entry), ==, YEJI_STATE_READY);
  g_assert_cmpstr (yeji_entry_get_message (entry), ==, "title of missing-documents");
  g_assert_cmpuint (fake_province_count (self->base.fake, "POST /v1/files"), ==, 1);
}

static void
test_a_new_submission_drops_what_was_taken_out (Fixture       *self,
                                                gconstpointer  data)
{
  g_autofree char *uuid = add_record (self, "楼", 2, 1000);
  g_autoptr (GPtrArray) attachments = NULL;

  cycle (self);
  wait_until_listed (self, 2);
  attachments = yeji_store_get_attachments (self->base.store, uuid, NULL);
  yeji_store_detach (self->base.store, uuid,
                     yeji_attachment_get_id (g_ptr_array_index (attachments, 0)), NULL);
  sync_fixture_queue (&self->base, uuid);
  cycle (self);
  wait_until_listed (self, 1);
  start (self);
  wait_for (self, is_emptied);
  cycle (self);
  g_assert_cmpint (sync_fixture_get_state (&self->base, uuid), ==, YEJI_STATE_SUBMITTED);
  g_assert_cmpuint (fake_province_count (self->base.fake, "POST /v1/files"), ==, 1);
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("/sync/transfers/sends-the-files-of-all-records", test_sends_the_files_of_all_records);
  add ("/sync/transfers/one-that-fails-does-not-stop-the-others",
       test_one_that_fails_does_not_stop_the_others);
  add ("/sync/transfers/goes-on-after-a-pause", test_goes_on_after_a_pause);
  add ("/sync/transfers/wishes-are-kept", test_wishes_are_kept);
  add ("/sync/transfers/a-cancelled-one-is-told", test_a_cancelled_one_is_told);
  add ("/sync/transfers/the-province-forgets-what-was-cancelled",
       test_the_province_forgets_what_was_cancelled);
  add ("/sync/transfers/the-order-can-be-changed", test_the_order_can_be_changed);
  add ("/sync/transfers/goes-on-after-a-restart", test_goes_on_after_a_restart);
  add ("/sync/transfers/small-ones-go-together", test_small_ones_go_together);
  add ("/sync/transfers/no-more-than-the-province-takes", test_no_more_than_the_province_takes);
  add ("/sync/transfers/a-lost-answer-is-asked-for", test_a_lost_answer_is_asked_for);
  add ("/sync/transfers/what-arrived-before-a-restart-is-not-sent",
       test_what_arrived_before_a_restart_is_not_sent);
  add ("/sync/transfers/a-bad-one-keeps-no-other-back", test_a_bad_one_keeps_no_other_back);
  add ("/sync/transfers/who-takes-no-batch-gets-them-one-by-one",
       test_who_takes_no_batch_gets_them_one_by_one);
  add ("/sync/transfers/one-of-many-can-be-cancelled", test_one_of_many_can_be_cancelled);
  add ("/sync/transfers/stays-on-its-network", test_stays_on_its_network);
  add ("/sync/transfers/waits-for-the-line", test_waits_for_the_line);
  add ("/sync/transfers/files-may-follow-their-record", test_files_may_follow_their_record);
  add ("/sync/transfers/a-submitted-record-tells-of-a-file-that-cannot-follow",
       test_a_submitted_record_tells_of_a_file_that_cannot_follow);
  add ("/sync/transfers/what-the-province-drops-is-sent-once",
       test_what_the_province_drops_is_sent_once);
  add ("/sync/transfers/a-new-submission-drops-what-was-taken-out",
       test_a_new_submission_drops_what_was_taken_out);
  return g_test_run ();
}
