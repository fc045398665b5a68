// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "gallery-intake.h"

#include <glib/gstdio.h>

#include "gallery-dialogs.h"
#include "scan-files.h"
#include "yeji-combine-window.h"
#include "yeji-intake-window-private.h"
#include "yeji-page-view.h"
#include "yeji-shrink-window.h"
#include "yeji-test.h"
#include "yeji-window-intake.h"

#define PATIENCE_MS 60000

/* What lies in the folder: as scanners and people name it. */
static const struct
{
  const char *folder;
  const char *name;
  enum { PAGE, LARGE, BLANK, COARSE, DAMAGED, PDF } kind;
} scans[] = {
  { "示例图书馆工程（虚构）", "中标通知书.jpg", PAGE },
  { "示例图书馆工程（虚构）", "施工合同 第1页.jpg", PAGE },
  { "示例图书馆工程（虚构）", "施工合同 第2页.jpg", PAGE },
  { "示例图书馆工程（虚构）", "施工合同 第3页.jpg", BLANK },
  { "示例图书馆工程（虚构）", "施工许可证.pdf", PDF },
  { "综合楼", "竣工验收报告.pdf", PDF },
  { "综合楼", "许可证.jpg", COARSE },
  { "示例实验小学工程（虚构）", "合同.pdf", DAMAGED },
  { "示例实验小学工程（虚构）", "中标通知书.png", LARGE },
  { "示例教学楼及体育馆工程（虚构）", "竣工验收备案表.pdf", PDF },
  { "新扫描", "扫描0041.jpg", PAGE },
  { "新扫描", "扫描0042.jpg", PAGE },
};

static void
write_blank (const char *path)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 1240, 1754);
  g_autoptr (GError) error = NULL;

  gdk_pixbuf_fill (pixbuf, 0xfffffeff);
  gdk_pixbuf_save (pixbuf, path, "jpeg", &error, "x-dpi", "150", "y-dpi", "150", NULL);
  g_assert_no_error (error);
}

static void
write_scan (const char *path,
            const char *title,
            int         kind)
{
  if (kind == PDF || kind == DAMAGED)
    scan_write_pdf (path, 2, title);
  else if (kind == BLANK)
    write_blank (path);
  else if (kind == LARGE)
    scan_write_image (path, "png", 2480, 3508, title);
  else
    scan_write_image (path, "jpeg", kind == COARSE ? 420 : 1240, kind == COARSE ? 594 : 1754,
                      title);
  if (kind == DAMAGED)
    scan_truncate (path);
}

static GFile *
write_scans (Gallery *gallery)
{
  g_autofree char *root = g_build_filename (gallery->dir, "交来的扫描件", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (scans); i++)
    {
      g_autofree char *folder = g_build_filename (root, scans[i].folder, NULL);
      g_autofree char *path = g_build_filename (folder, scans[i].name, NULL);
      g_autofree char *title = g_strndup (scans[i].name, strcspn (scans[i].name, ". "));

      g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
      write_scan (path, title, scans[i].kind);
    }
  return g_file_new_for_path (root);
}

static gboolean
is_examined (gpointer data)
{
  YejiIntakePlan *plan = yeji_intake_window_get_plan (data);
  guint n = plan != NULL ? g_list_model_get_n_items (G_LIST_MODEL (plan)) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (YejiIntakeItem) item = g_list_model_get_item (G_LIST_MODEL (plan), i);

      if (!yeji_intake_item_is_examined (item))
        return FALSE;
    }
  return n > 0;
}

static void
select_files (YejiIntakeWindow *window,
              const char       *part)
{
  YejiIntakePlan *plan = yeji_intake_window_get_plan (window);
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  guint n = g_list_model_get_n_items (G_LIST_MODEL (plan));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (YejiIntakeItem) item = g_list_model_get_item (G_LIST_MODEL (plan), i);

      if (strstr (yeji_intake_item_get_path (item), part) != NULL)
        g_ptr_array_add (items, item);
    }
  yeji_intake_tree_select (yeji_intake_window_get_tree (window), items);
}

static YejiIntakeWindow *
open_plan (Gallery    *gallery,
           const char *selected)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GFile) root = write_scans (gallery);
  GtkWidget *window;

  gallery_open_list (gallery);
  g_list_store_append (files, root);
  yeji_window_intake_take (gallery->window, G_LIST_MODEL (files), NULL);
  window = gallery_get_dialog (gallery);
  yeji_test_wait_until (is_examined, window, PATIENCE_MS);
  select_files (YEJI_INTAKE_WINDOW (window), selected);
  return YEJI_INTAKE_WINDOW (window);
}

static gboolean
is_drawn (gpointer data)
{
  return yeji_page_view_is_shown (YEJI_PAGE_VIEW (data));
}

static GtkWidget *
find_styled (GtkWidget  *root,
             const char *style)
{
  GtkWidget *found = gtk_widget_has_css_class (root, style) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_styled (child, style);
  return found;
}

GtkWidget *
gallery_open_intake (Gallery *gallery)
{
  YejiIntakeWindow *window = open_plan (gallery, "示例图书馆工程（虚构）/中标通知书.jpg");

  yeji_test_wait_until (is_drawn, gallery_find_named (GTK_WIDGET (window), "YejiPageView"),
                        PATIENCE_MS);
  return GTK_WIDGET (window);
}

GtkWidget *
gallery_open_kind (Gallery *gallery)
{
  YejiIntakeWindow *window = open_plan (gallery, "新扫描/");

  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  gtk_widget_activate_action (GTK_WIDGET (window), "intake.slot", NULL);
  return GTK_WIDGET (window);
}

static GtkWidget *
find_window (GType type)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item != NULL; item = item->next)
    if (G_TYPE_CHECK_INSTANCE_TYPE (item->data, type))
      return item->data;
  return NULL;
}

/* The button that takes the smaller one is there to be pressed when there is one. */
static gboolean
is_smaller (gpointer data)
{
  GtkWidget *button = find_styled (data, "suggested-action");

  return gtk_widget_get_sensitive (button)
         && is_drawn (gallery_find_named (data, "YejiPageView"));
}

GtkWidget *
gallery_open_shrink (Gallery *gallery)
{
  YejiIntakeWindow *window = open_plan (gallery, "示例图书馆工程（虚构）/中标通知书.jpg");
  GtkWidget *shrink;

  gtk_widget_activate_action (GTK_WIDGET (window), "intake.shrink", NULL);
  shrink = find_window (YEJI_TYPE_SHRINK_WINDOW);
  yeji_test_wait_until (is_smaller, shrink, PATIENCE_MS);
  return shrink;
}

GtkWidget *
gallery_open_combine (Gallery *gallery)
{
  YejiIntakeWindow *window = open_plan (gallery, "施工合同 第");

  gtk_widget_activate_action (GTK_WIDGET (window), "intake.combine", NULL);
  return find_window (YEJI_TYPE_COMBINE_WINDOW);
}
