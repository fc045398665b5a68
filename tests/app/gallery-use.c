// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "gallery-use.h"

#include "gallery-dialogs.h"
#include "yeji-json.h"
#include "yeji-test.h"
#include "yeji-use-window.h"

#define PATIENCE_MS 15000
#define APPROVED "6f1c2d3e-4a5b-4c6d-8e7f-203040506009"
#define THERE "6f1c2d3e-4a5b-4c6d-8e7f-2030405060a1"
#define ELSEWHERE "6f1c2d3e-4a5b-4c6d-8e7f-2030405060a2"

static gboolean
is_settled (gpointer data)
{
  return yeji_use_window_is_settled (data);
}

/* A list that the province has, one record of which was revoked since. */
static void
add_list (Gallery *gallery)
{
  static const char text[] =
    "{\"id\": \"" THERE "\", \"kind\": \"construction\", \"name\": \"2025 年增项申报（虚构）\","
    " \"state\": \"open\", \"at\": \"2025-11-03T02:00:00.000Z\", \"application\": null,"
    " \"n_lost\": 1, \"records\": [{\"uuid\": \"" APPROVED "\"}, {\"uuid\": \"" ELSEWHERE "\","
    " \"name\": \"示例体育中心工程（虚构）\", \"number\": \"2201021503180001\", \"grade\": \"B\","
    " \"state\": \"revoked\", \"grade_now\": \"B\", \"values\": {\"contract_sum\": \"5210\"}}]}";
  g_autoptr (JsonNode) node = yeji_json_parse (text, -1, NULL);
  g_autoptr (YejiUseList) draft = yeji_use_list_new ("construction", "施工总承包二级升一级（虚构）");
  g_autoptr (GError) error = NULL;

  yeji_store_note_use_answer (gallery->store, NULL, node, &error);
  g_assert_no_error (error);
  yeji_use_list_tick (draft, APPROVED, TRUE);
  yeji_store_save_use_list (gallery->store, draft, &error);
  g_assert_no_error (error);
}

static GtkWidget *
open_window (Gallery    *gallery,
             gboolean    draft)
{
  g_autoptr (GPtrArray) lists = NULL;
  GtkWidget *window;

  gallery_open_list (gallery);
  add_list (gallery);
  gtk_widget_activate_action (GTK_WIDGET (gallery->window), "win.qualify", NULL);
  window = gallery_get_dialog (gallery);
  yeji_test_wait_until (is_settled, window, PATIENCE_MS);
  lists = yeji_store_get_use_lists (gallery->store, NULL);
  for (guint i = 0; i < lists->len; i++)
    {
      const YejiUseList *list = g_ptr_array_index (lists, i);

      if ((list->state == YEJI_USE_DRAFT) == draft)
        yeji_use_window_show_list (YEJI_USE_WINDOW (window), list->id);
    }
  yeji_test_wait_until (is_settled, window, PATIENCE_MS);
  return window;
}

GtkWidget *
gallery_open_use (Gallery *gallery)
{
  return open_window (gallery, TRUE);
}

GtkWidget *
gallery_open_use_lost (Gallery *gallery)
{
  return open_window (gallery, FALSE);
}
