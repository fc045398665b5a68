// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "gallery-profile.h"

#include <glib/gstdio.h>

#include "gallery-dialogs.h"
#include "yeji-backup-window.h"
#include "yeji-backup.h"
#include "yeji-move-window.h"
#include "yeji-next-dictionary.h"
#include "yeji-notice.h"
#include "yeji-notices-window.h"
#include "yeji-profiles-window.h"
#include "yeji-profiles.h"
#include "yeji-test.h"
#include "yeji-watchdog.h"

#define PATIENCE_MS 15000

/* ---- A profile with a past */

static const char *const names[] = {
  "示例老年活动中心工程（虚构）",
  "示例污水处理厂工程（虚构）",
};

static void
add_records (Gallery        *gallery,
             NextDictionary *next)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (YejiRecord) record = yeji_record_new (gallery->dictionary, NULL, "construction");

      gallery_type (record, "PrjName", names[i]);
      gallery_type (record, next->coded, next->retired);
      gallery_type (record, next->renamed, "示例内容（虚构）");
      if (i == 0)
        gallery_type (record, next->removed, "示例内容（虚构）");
      yeji_store_save (gallery->past, record, NULL, "typed", &error);
      g_assert_no_error (error);
    }
}

/* The province has published another version of the dictionary. */
static void
convert (Gallery *gallery)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) reports = NULL;
  NextDictionary next = { NULL };

  next_dictionary_init (&next, "2018.81-9");
  add_records (gallery, &next);
  yeji_store_offer_dictionary (gallery->past, next.dictionary, next.bundle, next.sha256, &error);
  g_assert_no_error (error);
  yeji_store_adopt_dictionary (gallery->past, &reports, &error);
  g_assert_no_error (error);
  next_dictionary_clear (&next);
}

/* Copies of one: a backup is named by the computer's own clock. */
static const char *const backups[] = {
  "before-version-1-2026-11-16T013000Z.sqlite",
  "daily-2026-11-20T084100Z.sqlite",
  "daily-2026-11-21T010700Z.sqlite",
  "manual-2026-11-21T093000Z.sqlite",
  "daily-2026-11-23T013000Z.sqlite",
};

static void
back_up (Gallery *gallery)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = yeji_store_backup (gallery->past, YEJI_BACKUP_DAILY, NULL, &error);
  g_autofree char *folder = NULL;
  g_autofree char *contents = NULL;
  gsize length;

  g_assert_no_error (error);
  folder = g_path_get_dirname (path);
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_cmpint (g_remove (path), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (backups); i++)
    {
      g_autofree char *copy = g_build_filename (folder, backups[i], NULL);

      g_assert_true (g_file_set_contents (copy, contents, (gssize) length, NULL));
    }
}

static const struct
{
  const char *kind;
  const char *details;
} notices[] = {
  { YEJI_NOTICE_CHECKED, "{\"records\": 2, \"documents\": 3}" },
  { YEJI_NOTICE_BIN_EXPIRED,
    "{\"count\": 1, \"documents\": 2, \"records\": [{\"uuid\":"
    " \"6f1c2d3e-4a5b-4c6d-8e7f-203040506099\", \"name\": \"示例车库工程（虚构）\"}]}" },
  { YEJI_NOTICE_BACKUP_FAILED, "{\"message\": \"磁盘已满\"}" },
  { YEJI_NOTICE_NO_RECOVERY_CODE, "{}" },
};

static void
add_notices (Gallery *gallery)
{
  for (guint i = 0; i < G_N_ELEMENTS (notices); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) details = yeji_json_parse (notices[i].details, -1, &error);

      g_assert_no_error (error);
      yeji_store_add_notice (gallery->past, notices[i].kind, json_node_dup_object (details),
                             &error);
      g_assert_no_error (error);
    }
}

static GtkWindow *
open_main (Gallery *gallery)
{
  g_autofree char *path = g_build_filename (gallery->dir, "past", NULL);
  g_autoptr (GError) error = NULL;

  gallery_open_list (gallery);
  if (gallery->past != NULL)
    return GTK_WINDOW (gallery->window);
  gallery->past = yeji_store_open (path, gallery->dictionary, &error);
  g_assert_no_error (error);
  convert (gallery);
  back_up (gallery);
  add_notices (gallery);
  yeji_watchdog_rest ();       /* that was none of the window's */
  return GTK_WINDOW (gallery->window);
}

/* ---- Screens */

static GtkWidget *
present (GtkWidget *window)
{
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
note (gboolean *told)
{
  *told = TRUE;
}

static gboolean
is_told (gpointer data)
{
  return *(gboolean *) data;
}

/* Waits for what a window reads from the disk. */
static GtkWidget *
present_after (GtkWidget  *window,
               const char *signal)
{
  gboolean told = FALSE;

  g_signal_connect_swapped (window, signal, G_CALLBACK (note), &told);
  present (window);
  yeji_test_wait_until (is_told, &told, PATIENCE_MS);
  g_signal_handlers_disconnect_by_data (window, &told);
  return window;
}

GtkWidget *
gallery_open_backups (Gallery *gallery)
{
  GtkWindow *parent = open_main (gallery);

  return present (yeji_backup_window_new (parent, gallery->past));
}

GtkWidget *
gallery_open_notices (Gallery *gallery)
{
  GtkWindow *parent = open_main (gallery);

  return present_after (yeji_notices_window_new (parent, gallery->past), "read");
}

static gboolean
has_lines (gpointer data)
{
  return yeji_move_window_get_n_lines (data) > 1;
}

GtkWidget *
gallery_open_reports (Gallery *gallery)
{
  GtkWindow *parent = open_main (gallery);
  GtkWidget *window = present (yeji_move_window_new (parent, gallery->past));

  yeji_test_wait_until (has_lines, window, PATIENCE_MS);
  return window;
}

static const struct
{
  const char *name;
  const char *code;
  const char *due;             /* (nullable) */
} enterprises[] = {
  { "示例勘察设计有限公司（虚构）", "91220102MA0000001X", "2026-12-31" },
  { "示例监理有限公司（虚构）", "91220103MA0000002X", "2026-11-30" },
  { "示例市政工程有限公司（虚构）", "91220104MA0000003X", NULL },
};

static void
make_enterprises (const char *here)
{
  static gboolean made;

  for (guint i = 0; !made && i < G_N_ELEMENTS (enterprises); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *directory = yeji_profiles_make (enterprises[i].name, &error);

      g_assert_no_error (error);
      yeji_profiles_set (directory, YEJI_PROFILE_SETTING_CODE, enterprises[i].code, &error);
      g_assert_no_error (error);
      yeji_profiles_set (directory, YEJI_PROFILE_SETTING_DUE, enterprises[i].due, &error);
      g_assert_no_error (error);
    }
  made = TRUE;
  /* the one that is open */
  g_assert_true (yeji_profiles_remember (here, NULL));
}

GtkWidget *
gallery_open_enterprises (Gallery *gallery)
{
  GtkWindow *parent = open_main (gallery);
  const char *here = yeji_store_get_directory (gallery->store);

  make_enterprises (here);
  yeji_watchdog_rest ();
  return present_after (yeji_profiles_window_new (parent, here, gallery->store), "listed");
}
