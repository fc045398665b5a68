// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "gallery-import.h"

#include "gallery-dialogs.h"
#include "import-fixture.h"
#include "yeji-import-window.h"
#include "yeji-test.h"
#include "yeji-window-import.h"

#define PATIENCE_MS 30000

static gboolean
shows_columns (gpointer data)
{
  return g_str_equal (yeji_import_window_get_page (data), "columns");
}

static gboolean
shows_rows (gpointer data)
{
  return g_str_equal (yeji_import_window_get_page (data), "preview");
}

GtkWidget *
gallery_open_import_columns (Gallery *gallery)
{
  GtkWidget *window = gallery_open_list (gallery);
  g_autofree char *path = g_build_filename (gallery->dir, "工程部业绩台账.xlsx", NULL);
  GtkWidget *import;

  import_fixture_write_workbook (path);
  import = yeji_window_import_table (YEJI_WINDOW (window), path);
  yeji_test_wait_until (shows_columns, import, PATIENCE_MS);
  return import;
}

/* Whether all rows have their places: what pops up at one has to know where. */
static gboolean
has_places (gpointer widget)
{
  if (GTK_IS_LIST_BOX_ROW (widget))
    return gtk_widget_get_width (widget) > 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!has_places (child))
      return FALSE;
  return TRUE;
}

GtkWidget *
gallery_open_import_target (Gallery *gallery)
{
  GtkWidget *import = gallery_open_import_columns (gallery);

  yeji_test_wait_until (has_places, yeji_import_window_get_columns (YEJI_IMPORT_WINDOW (import)),
                        PATIENCE_MS);
  gtk_test_widget_wait_for_draw (import);
  yeji_import_columns_open (yeji_import_window_get_columns (YEJI_IMPORT_WINDOW (import)), 0);
  return import;
}

GtkWidget *
gallery_open_import (Gallery *gallery)
{
  GtkWidget *import = gallery_open_import_columns (gallery);

  yeji_import_window_go_on (YEJI_IMPORT_WINDOW (import));
  yeji_test_wait_until (shows_rows, import, PATIENCE_MS);
  return import;
}

GtkWidget *
gallery_open_import_records (Gallery *gallery)
{
  GtkWidget *import = gallery_open_import (gallery);
  YejiImportPreview *preview = yeji_import_window_get_preview (YEJI_IMPORT_WINDOW (import));

  yeji_import_side_show_records (yeji_import_preview_get_side (preview));
  return import;
}
