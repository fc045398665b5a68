// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include <string.h>

#include "app-fixture.h"
#include "name-walk.h"
#include "transfers-fixture.h"
#include "yeji-receipt-words.h"
#include "yeji-status-bar.h"
#include "yeji-submit-first.h"
#include "yeji-test.h"
#include "yeji-transfer-words.h"
#include "yeji-transfers-window.h"

#define PATIENCE_MS 20000

#define N_FILES 12

typedef struct
{
  AppFixture base;
  YejiTransfers *transfers;
  YejiTransfersWindow *window; /* (nullable): weak */
  guint wanted;
  gint64 id;
  char *chosen;                /* (nullable) */
} Fixture;

/* ---- Words */

static void
test_estimate (void)
{
  static const struct
  {
    int seconds;
    const char *words;
  } cases[] = {
    { -1, "time left not known yet" }, { 0, "a few seconds left" }, { 9, "a few seconds left" },
    { 10, "about 10 seconds left" }, { 54, "about 50 seconds left" }, { 55, "about 1 minute left" },
    { 89, "about 1 minute left" }, { 180, "about 3 minutes left" }, { 3569, "about 59 minutes left" },
    { 3600, "about 1 h 0 min left" }, { 3600 * 2 + 1900, "about 2 h 30 min left" },
    { 3600 * 30, "more than a day left" }, { G_MAXINT - 60, "more than a day left" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = yeji_seconds_to_words (cases[i].seconds);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_receipt (void)
{
  static const struct
  {
    const char *submitted_at;
    const char *files;
    const char *files_at;
    const char *words;         /* (nullable): NULL where nothing is told */
  } cases[] = {
    { "2026-11-22T08:58:00Z", "[{\"slot\": \"contract\"}]", NULL, "its 1 document is not all" },
    { "2026-11-22T08:58:00Z", "[{}, {}]", "2026-11-22T09:40:00Z", "its 2 documents complete" },
    { "2026-11-22T08:58:00Z", "[]", NULL, "Receipt: submitted" },
    { "2026-11-22T08:58:00Z", "?", "", "Receipt: submitted" },
    { "", "[]", NULL, NULL }, { NULL, NULL, NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const YejiReceipt receipt = {
        .submitted_at = (char *) cases[i].submitted_at, .files = (char *) cases[i].files,
        .files_at = (char *) cases[i].files_at,
      };
      g_autofree char *words = yeji_receipt_to_words (&receipt);

      if (cases[i].words == NULL)
        g_assert_null (words);
      else
        g_assert_nonnull (strstr (words, cases[i].words));
    }
}

static void
test_blocks (void)
{
  g_assert_null (yeji_transfers_block_to_words (YEJI_TRANSFERS_FREE));
  for (int block = YEJI_TRANSFERS_PAUSED; block <= YEJI_TRANSFERS_METERED; block++)
    g_assert_nonnull (yeji_transfers_block_to_words ((YejiTransfersBlock) block));
}

/* ---- The window */

static void
on_chosen (YejiTransfersWindow *window,
           const char          *uuid,
           const char          *slot,
           Fixture             *fixture)
{
  fixture->chosen = g_strdup (slot);
}

static gboolean
is_loaded (gpointer data)
{
  return g_list_model_get_n_items (G_LIST_MODEL (((Fixture *) data)->transfers)) == N_FILES;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  app_fixture_set_up_bare (&fixture->base, data);
  transfers_fixture_enqueue (fixture->base.store, yeji_record_get_uuid (fixture->base.record),
                             N_FILES);
  fixture->transfers = yeji_transfers_new (fixture->base.store);
  yeji_transfers_open (fixture->transfers);
  yeji_test_wait_until (is_loaded, fixture, PATIENCE_MS);
  fixture->window = YEJI_TRANSFERS_WINDOW (yeji_transfers_window_new (NULL, fixture->transfers,
                                                                      fixture->base.dictionary));
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  g_signal_connect (fixture->window, "chosen", G_CALLBACK (on_chosen), fixture);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  yeji_test_wait_until (yeji_test_is_gone, &fixture->window, PATIENCE_MS);
  yeji_transfers_close (fixture->transfers);
  yeji_test_wait_until (yeji_test_is_last, fixture->transfers, PATIENCE_MS);
  g_assert_finalize_object (g_steal_pointer (&fixture->transfers));
  g_free (fixture->chosen);
  app_fixture_tear_down (&fixture->base, data);
}

static gint64
get_id (Fixture *fixture,
        guint    position)
{
  g_autoptr (YejiTransfer) transfer = g_list_model_get_item (G_LIST_MODEL (fixture->transfers),
                                                             position);

  return yeji_transfer_get_id (transfer);
}

static YejiTransferState
get_state (Fixture *fixture,
           guint    position)
{
  g_autoptr (YejiTransfer) transfer = g_list_model_get_item (G_LIST_MODEL (fixture->transfers),
                                                             position);

  return yeji_transfer_get_state (transfer);
}

static gboolean
is_moved (gpointer data)
{
  Fixture *fixture = data;

  return get_id (fixture, fixture->wanted) == fixture->id
         && yeji_transfers_window_get_selected (fixture->window) == fixture->wanted;
}

static void
act (Fixture    *fixture,
     const char *action)
{
  gboolean targeted = g_str_equal (action, "transfer.first")
                      || g_str_equal (action, "transfer.retry")
                      || g_str_equal (action, "transfer.cancel");

  if (targeted)
    gtk_widget_activate_action (GTK_WIDGET (fixture->window), action, "x", (gint64) -1);
  else
    gtk_widget_activate_action (GTK_WIDGET (fixture->window), action, NULL);
}

/* The selection goes with the file, so that a key held down moves it on. */
static void
test_order (Fixture       *fixture,
            gconstpointer  data)
{
  static const struct
  {
    const char *action;
    guint wanted;
  } steps[] = {
    { "transfer.up", 4 }, { "transfer.up", 3 }, { "transfer.down", 4 }, { "transfer.first", 0 },
  };

  yeji_transfers_window_select (fixture->window, 5);
  fixture->id = get_id (fixture, 5);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      act (fixture, steps[i].action);
      fixture->wanted = steps[i].wanted;
      yeji_test_wait_until (is_moved, fixture, PATIENCE_MS);
    }
}

static gboolean
is_cancelled (gpointer data)
{
  return get_state (data, 2) == YEJI_TRANSFER_CANCELLED;
}

static gboolean
is_waiting (gpointer data)
{
  return get_state (data, 2) == YEJI_TRANSFER_WAITING;
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  yeji_transfers_window_select (fixture->window, 2);
  act (fixture, "transfer.cancel");
  yeji_test_wait_until (is_cancelled, fixture, PATIENCE_MS);
  act (fixture, "transfer.retry");
  yeji_test_wait_until (is_waiting, fixture, PATIENCE_MS);
}

static gboolean
is_paused (gpointer data)
{
  Fixture *fixture = data;

  return yeji_transfers_get_blocked (fixture->transfers) == YEJI_TRANSFERS_PAUSED
         && g_strcmp0 (yeji_transfers_window_get_blocked (fixture->window),
                       yeji_transfers_block_to_words (YEJI_TRANSFERS_PAUSED)) == 0;
}

static gboolean
is_not_paused (gpointer data)
{
  return yeji_transfers_get_blocked (((Fixture *) data)->transfers) != YEJI_TRANSFERS_PAUSED;
}

static void
test_pause (Fixture       *fixture,
            gconstpointer  data)
{
  act (fixture, "transfers.pause");
  yeji_test_wait_until (is_paused, fixture, PATIENCE_MS);
  g_assert_cmpstr (yeji_transfers_window_get_summary (fixture->window), ==,
                   "12 files wait to be sent");
  act (fixture, "transfers.pause");
  yeji_test_wait_until (is_not_paused, fixture, PATIENCE_MS);
}

static void
test_open (Fixture       *fixture,
           gconstpointer  data)
{
  yeji_transfers_window_select (fixture->window, 1);
  act (fixture, "transfer.open");
  g_assert_cmpstr (fixture->chosen, ==, "award_notice");
}

static void
click (Fixture    *fixture,
       GType       type,
       const char *name)
{
  GtkWidget *button = name_walk_find (GTK_WIDGET (fixture->window), type, name);

  g_assert_nonnull (button);
  g_object_set (button, "active", TRUE, NULL);
}

static void
test_limits (Fixture       *fixture,
             gconstpointer  data)
{
  GtkWidget *own = name_walk_find (GTK_WIDGET (fixture->window), GTK_TYPE_ENTRY, "KB a second");

  click (fixture, GTK_TYPE_CHECK_BUTTON, "250 KB/s");
  g_assert_cmpint (yeji_transfers_get_rate_limit (fixture->transfers), ==, 250000);
  click (fixture, GTK_TYPE_CHECK_BUTTON, "Another limit");
  gtk_editable_set_text (GTK_EDITABLE (own), "77");
  g_assert_cmpint (yeji_transfers_get_rate_limit (fixture->transfers), ==, 77000);
  gtk_editable_set_text (GTK_EDITABLE (own), "");
  g_assert_cmpint (yeji_transfers_get_rate_limit (fixture->transfers), ==, 77000);
  click (fixture, GTK_TYPE_CHECK_BUTTON, "As fast as it goes");
  g_assert_cmpint (yeji_transfers_get_rate_limit (fixture->transfers), ==, 0);
  click (fixture, GTK_TYPE_TOGGLE_BUTTON, "Files at the same time: 4");
  g_assert_cmpuint (yeji_transfers_get_workers (fixture->transfers), ==, 4);
}

static void
test_names (Fixture       *fixture,
            gconstpointer  data)
{
  transfers_fixture_update (fixture->transfers, 3);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
  g_assert_cmpuint (name_walk_check (GTK_WIDGET (fixture->window)), >=, N_FILES);
}

/* ---- What other places say of it */

static gboolean
is_told (gpointer data)
{
  return yeji_status_bar_get_transfers (data) != NULL;
}

static void
test_status_bar (Fixture       *fixture,
                 gconstpointer  data)
{
  GtkWidget *bar = g_object_ref_sink (g_object_new (YEJI_TYPE_STATUS_BAR, NULL));

  g_assert_null (yeji_status_bar_get_transfers (YEJI_STATUS_BAR (bar)));
  yeji_status_bar_set_transfers (YEJI_STATUS_BAR (bar), fixture->transfers);
  yeji_test_wait_until (is_told, bar, PATIENCE_MS);
  g_object_unref (bar);
}

static void
on_wanted (gpointer data)
{
  ((Fixture *) data)->wanted++;
}

static void
test_deadline (Fixture       *fixture,
               gconstpointer  data)
{
  GtkWidget *dialog;

  fixture->wanted = 0;
  dialog = yeji_submit_first_ask (GTK_WINDOW (fixture->window), 1, on_wanted, fixture);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_assert_cmpuint (fixture->wanted, ==, 0);
  dialog = yeji_submit_first_ask (GTK_WINDOW (fixture->window), 3, on_wanted, fixture);
  g_assert_nonnull (strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)), "72 hours"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "submit");
  g_assert_cmpuint (fixture->wanted, ==, 1);
}

#define add(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

static void
add_tests (void)
{
  g_test_add_func ("/app/transfers/estimate-no-finer-than-they-can", test_estimate);
  g_test_add_func ("/app/transfers/have-a-receipt-with-both-times", test_receipt);
  g_test_add_func ("/app/transfers/say-why-they-stand-still", test_blocks);
  add ("/app/transfers/are-moved-by-keys", test_order);
  add ("/app/transfers/are-cancelled-and-tried-again", test_cancel);
  add ("/app/transfers/are-paused", test_pause);
  add ("/app/transfers/lead-to-their-record", test_open);
  add ("/app/transfers/have-limits", test_limits);
  add ("/app/transfers/have-names", test_names);
  add ("/app/transfers/are-told-in-the-status-bar", test_status_bar);
  add ("/app/transfers/follow-only-who-wants-it", test_deadline);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
