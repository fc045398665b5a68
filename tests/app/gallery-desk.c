// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "gallery-desk.h"

#include <string.h>

#include "gallery-dialogs.h"
#include "transfers-fixture.h"
#include "yeji-account.h"
#include "yeji-evidence-window.h"
#include "yeji-intake-store.h"
#include "yeji-program-bar.h"
#include "yeji-program-update.h"
#include "yeji-sync-popover.h"
#include "yeji-test.h"

#define PATIENCE_MS 15000

static gboolean
is_read (gpointer data)
{
  return yeji_evidence_window_is_read (data);
}

GtkWidget *
gallery_open_evidence (Gallery *gallery)
{
  GtkWidget *window;

  gallery_open_list (gallery);
  gtk_widget_activate_action (GTK_WIDGET (gallery->window), "win.evidence", NULL);
  window = gallery_get_dialog (gallery);
  yeji_test_wait_until (is_read, window, PATIENCE_MS);
  gtk_widget_grab_focus (GTK_WIDGET (yeji_evidence_window_get_view (YEJI_EVIDENCE_WINDOW (window))));
  return window;
}

/* ---- Tray */

static const char *const paths[] = {
  "扫描件/教学楼/IMG_20240312_0931.jpg", "扫描件/示例综合楼工程/扫描0007.pdf",
  "扫描件/杂/合同（盖章页）.pdf", "桌面/新建文件夹/3.pdf", "微信文件/施工许可证 正本.jpg",
};

static const char *const documents[] = {
  "施工许可证.jpg", "中标通知书.pdf", "施工合同.pdf", "竣工验收报告.pdf", "施工许可证.jpg",
};

static void
fill_tray (Gallery *gallery)
{
  const char *folder = g_getenv ("YEJI_DOCUMENTS");
  g_autoptr (GPtrArray) incoming = NULL;
  g_autofree char *batch = NULL;
  g_autoptr (GError) error = NULL;

  incoming = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_incoming_free);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *path = g_build_filename (folder != NULL ? folder : "",
                                                "complete-construction", documents[i], NULL);
      g_autofree char *own = g_strdup_printf ("%s/waiting-%u", gallery->dir, i);
      g_autofree char *contents = NULL;
      g_autoptr (GFile) file = NULL;
      YejiIncoming *one;
      gsize size;

      if (!g_file_get_contents (path, &contents, &size, NULL))
        {
          contents = g_strdup_printf ("%%PDF-1.4\n%u\n%%%%EOF\n", i);
          size = strlen (contents);
        }
      g_assert_true (g_file_set_contents (own, contents, (gssize) size, NULL));
      file = g_file_new_for_path (own);
      one = yeji_incoming_new (file, NULL, NULL);
      one->filename = g_path_get_basename (paths[i]);
      one->origin = g_strdup (paths[i]);
      g_ptr_array_add (incoming, one);
    }
  g_assert_true (yeji_store_take_files (gallery->store, incoming, &batch, NULL, NULL, NULL,
                                        &error));
  g_assert_no_error (error);
}

static gboolean
is_tray_read (gpointer data)
{
  return yeji_tray_page_is_read (data) && yeji_tray_page_get_n (data) > 0;
}

GtkWidget *
gallery_open_tray (Gallery *gallery)
{
  YejiTrayPage *tray;

  fill_tray (gallery);
  gallery_open_list (gallery);
  gtk_widget_activate_action (GTK_WIDGET (gallery->window), "win.tray", NULL);
  tray = yeji_record_list_get_tray (yeji_window_get_list (gallery->window));
  yeji_test_wait_until (is_tray_read, tray, PATIENCE_MS);
  gtk_selection_model_select_item (yeji_tray_page_get_selection (tray), 1, TRUE);
  gtk_selection_model_select_item (yeji_tray_page_get_selection (tray), 0, FALSE);
  return GTK_WIDGET (gallery->window);
}

GtkWidget *
gallery_open_places (Gallery *gallery)
{
  GtkWidget *window = gallery_open_tray (gallery);
  YejiTrayPage *tray = yeji_record_list_get_tray (yeji_window_get_list (gallery->window));

  gtk_selection_model_select_item (yeji_tray_page_get_selection (tray), 2, TRUE);
  yeji_place_picker_choose (yeji_tray_page_get_picker (tray), gallery->main);
  yeji_place_picker_start (yeji_tray_page_get_picker (tray));
  return window;
}

/* ---- Transfers */

static gboolean
is_loaded (gpointer data)
{
  return g_list_model_get_n_items (data) > 0;
}

static YejiTransfers *
fill_transfers (Gallery *gallery)
{
  YejiTransfers *transfers = yeji_sync_engine_get_transfers (gallery->engine);

  transfers_fixture_enqueue (gallery->store, gallery->main, 24);
  yeji_transfers_open (transfers);
  yeji_test_wait_until (is_loaded, transfers, PATIENCE_MS);
  transfers_fixture_update (transfers, 3);
  return transfers;
}

GtkWidget *
gallery_open_transfers (Gallery *gallery)
{
  fill_transfers (gallery);
  gallery_open_list (gallery);
  gtk_widget_activate_action (GTK_WIDGET (gallery->window), "win.transfers", NULL);
  return gallery_get_dialog (gallery);
}

GtkWidget *
gallery_open_limits (Gallery *gallery)
{
  GtkWidget *window = gallery_open_transfers (gallery);

  gtk_widget_activate_action (window, "transfers.limits", NULL);
  return window;
}

GtkWidget *
gallery_open_uploading (Gallery *gallery)
{
  fill_transfers (gallery);
  gallery_open_list (gallery);
  return GTK_WIDGET (gallery->window);
}

/* ---- What the button with the account says */

static gboolean
is_offline (gpointer engine)
{
  return yeji_sync_engine_get_state (engine) == YEJI_SYNC_OFFLINE;
}

static GtkWidget *
find_popover (GtkWidget *widget)
{
  GtkWidget *found = YEJI_IS_SYNC_POPOVER (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_popover (child);
  return found;
}

static gboolean
has_items (gpointer popover)
{
  return yeji_sync_popover_get_n_items (popover) > 0;
}

/* As if the documents that it lacks were there: the others' pictures are made. */
static void
queue_main (Gallery *gallery)
{
  const YejiFacts facts = { .completeness = 100, .outcome = YEJI_FACTS_BEST_OUTCOME };
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiRecord) record = yeji_store_load (gallery->store, gallery->main, &error);

  g_assert_no_error (error);
  yeji_store_save (gallery->store, record, &facts, "typed", &error);
  g_assert_no_error (error);
  yeji_store_queue_submit (gallery->store, gallery->main, &error);
  g_assert_no_error (error);
}

/* Nobody answers: what waits, and when it is tried again. The engine goes on with that, so this is
 * the last screen. */
GtkWidget *
gallery_open_sync (Gallery *gallery)
{
  const YejiAccount account = {
    .url = (char *) "http://127.0.0.1:1", .user = (char *) "clerk", .name = (char *) "示例员工",
    .access = (char *) "a", .refresh = (char *) "r",
  };
  GtkWidget *bar;
  g_autoptr (GError) error = NULL;

  if (!is_offline (gallery->engine))
    {
      yeji_account_save (gallery->store, &account, &error);
      g_assert_no_error (error);
      queue_main (gallery);
      yeji_sync_engine_start (gallery->engine);
      yeji_test_wait_until (is_offline, gallery->engine, PATIENCE_MS);
    }
  gallery_open_list (gallery);
  bar = GTK_WIDGET (yeji_window_get_status_bar (gallery->window));
  gtk_widget_child_focus (bar, GTK_DIR_TAB_FORWARD);
  gtk_widget_activate_action (bar, "status.sync", NULL);
  yeji_test_wait_until (has_items, find_popover (bar), PATIENCE_MS);
  return GTK_WIDGET (gallery->window);
}

/* ---- A later version of the program */

static gboolean
speaks (gpointer window)
{
  GtkWidget *bar = gallery_find_named (window, "YejiProgramBar");

  return bar != NULL && yeji_program_bar_get_text (YEJI_PROGRAM_BAR (bar)) != NULL;
}

GtkWidget *
gallery_open_new_version (Gallery *gallery)
{
  g_autoptr (JsonNode) config = json_from_string (
    "{\"client\": {\"version\": \"0.2.0\", \"where\": \"https://example.org/yeji/\"}}", NULL);
  g_autoptr (GError) error = NULL;

  yeji_program_update_learn (gallery->store, json_node_get_object (config), &error);
  g_assert_no_error (error);
  gallery_open_list (gallery);
  yeji_test_wait_until (speaks, gallery->window, PATIENCE_MS);
  return GTK_WIDGET (gallery->window);
}

GtkWidget *
gallery_open_deadline (Gallery *gallery)
{
  gallery_open_record (gallery, 4);
  gtk_widget_activate_action (GTK_WIDGET (gallery->window), "win.submit-first", NULL);
  return gallery_get_dialog (gallery);
}
