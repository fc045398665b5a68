// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "gallery-package.h"

#include "gallery-dialogs.h"
#include "yeji-pack-window.h"
#include "yeji-profile.h"
#include "yeji-sealed-stream.h"
#include "yeji-take-window.h"
#include "yeji-test.h"
#include "yeji-watchdog.h"
#include "yeji-window-package.h"

#define PATIENCE_MS 15000
#define PASSPHRASE "石榴 书架 北风 渡船"

static gboolean
is_ready (gpointer data)
{
  return yeji_pack_window_is_ready (data);
}

GtkWidget *
gallery_open_hand_over (Gallery *gallery)
{
  GtkWidget *window = gallery_open_list (gallery);
  GtkWidget *pack = yeji_window_package_hand_over (YEJI_WINDOW (window), NULL);

  yeji_pack_window_set_path (YEJI_PACK_WINDOW (pack),
                             "/home/zhang/文档/移交 2026-11-21" YEJI_PACKAGE_SUFFIX);
  yeji_pack_window_type (YEJI_PACK_WINDOW (pack), PASSPHRASE);
  yeji_test_wait_until (is_ready, pack, PATIENCE_MS);
  return pack;
}

/* ---- What comes from another computer */

static void
save (YejiStore  *store,
      YejiRecord *record)
{
  g_autoptr (GError) error = NULL;

  yeji_store_save (store, record, NULL, "typed", &error);
  g_assert_no_error (error);
}

static void
type (YejiStore  *store,
      const char *uuid,
      const char *field,
      const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiRecord) record = yeji_store_load (store, uuid, &error);
  YejiRow *project;

  g_assert_no_error (error);
  project = yeji_record_get_project (record);
  yeji_record_set (record, project,
                   yeji_table_def_find_field (yeji_row_get_table (project), field), value);
  save (store, record);
}

static void
add (YejiStore  *store,
     const char *name)
{
  YejiDictionary *dictionary = yeji_store_get_dictionary (store);
  g_autoptr (YejiRecord) record = yeji_record_new (dictionary, NULL, "construction");
  YejiRow *project = yeji_record_get_project (record);

  yeji_record_set (record, project,
                   yeji_table_def_find_field (yeji_row_get_table (project), "PrjName"), name);
  save (store, record);
}

static void
hand_over (YejiStore  *from,
           const char *path)
{
  g_autoptr (GError) error = NULL;

  yeji_sealed_set_cost (1, 8192);
  yeji_package_write (from, path, NULL, PASSPHRASE, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
take_over (YejiStore  *to,
           const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiPackage) package = yeji_package_open (path, PASSPHRASE, NULL, &error);
  g_autoptr (YejiTakeReport) report = NULL;

  g_assert_no_error (error);
  report = yeji_package_take (package, to, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* A colleague has it all, and went on with some of it while it was gone on with here. */
static char *
make_package (Gallery *gallery)
{
  char *path = g_build_filename (gallery->dir, "移交 2026-11-21" YEJI_PACKAGE_SUFFIX, NULL);
  g_autofree char *elsewhere = g_build_filename (gallery->dir, "同事", NULL);
  g_autofree char *other = gallery_make_uuid (4);
  g_autoptr (GError) error = NULL;
  YejiStore *store = yeji_store_open (elsewhere, gallery->dictionary, &error);

  g_assert_no_error (error);
  hand_over (gallery->store, path);
  take_over (store, path);
  type (store, gallery->main, "Address", "示例市人民大街一号");
  type (gallery->store, gallery->main, "Address", "示例市人民大街甲一号");
  type (store, other, "Address", "示例市解放路二号");
  add (store, "示例体育中心工程（虚构）");
  g_assert_true (yeji_store_set_setting (store, YEJI_PROFILE_SETTING_NAME,
                                         "另一家示例建设公司（虚构）", &error));
  hand_over (store, path);
  yeji_store_close (store);
  g_object_unref (store);
  yeji_watchdog_rest ();       /* that was none of the window's */
  return path;
}

GtkWidget *
gallery_open_take_over (Gallery *gallery)
{
  GtkWidget *window = gallery_open_list (gallery);
  g_autofree char *path = make_package (gallery);

  return yeji_window_package_take (YEJI_WINDOW (window), path);
}

static gboolean
has_plan (gpointer data)
{
  return g_str_equal (yeji_take_window_get_page (data), "plan");
}

GtkWidget *
gallery_open_take_over_plan (Gallery *gallery)
{
  GtkWidget *take = gallery_open_take_over (gallery);

  yeji_take_window_type (YEJI_TAKE_WINDOW (take), PASSPHRASE);
  yeji_take_window_go_on (YEJI_TAKE_WINDOW (take));
  yeji_test_wait_until (has_plan, take, PATIENCE_MS);
  return take;
}
