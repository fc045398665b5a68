// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* The screens that come up in the middle of the work. */

#include "config.h"

#include "gallery-dialogs.h"

#include <adwaita.h>

#include "yeji-backup.h"
#include "yeji-compare-window.h"
#include "yeji-explain-dialog.h"
#include "yeji-field-row.h"
#include "yeji-grid-page.h"
#include "yeji-keep-dialog.h"
#include "yeji-opening-page.h"
#include "yeji-preview-dock.h"
#include "yeji-sql.h"
#include "yeji-test.h"

#define PATIENCE_MS 15000

static YejiDraft *
get_draft (Gallery *gallery)
{
  return yeji_window_get_draft (gallery->window);
}

static gboolean
has_dialog (gpointer data)
{
  return gallery_get_dialog (data) != NULL;
}

static GtkWidget *
await_dialog (Gallery *gallery)
{
  yeji_test_wait_until (has_dialog, gallery, PATIENCE_MS);
  return gallery_get_dialog (gallery);
}

static void
activate (Gallery    *gallery,
          const char *action,
          GVariant   *target)
{
  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (gallery->window), action, target));
}

/* ---- Side by side */

static gboolean
has_places (gpointer data)
{
  GtkWidget *dialog = gallery_get_dialog (data);

  return YEJI_IS_COMPARE_WINDOW (dialog)
         && g_list_model_get_n_items (
              yeji_compare_window_get_items (YEJI_COMPARE_WINDOW (dialog))) > 0;
}

static GtkWidget *
await_places (Gallery *gallery)
{
  yeji_test_wait_until (has_places, gallery, PATIENCE_MS);
  return gallery_get_dialog (gallery);
}

static void
save (Gallery    *gallery,
      YejiRecord *record)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (yeji_store_save (gallery->store, record, NULL, "typed", &error));
  g_assert_no_error (error);
}

static YejiRecord *
load (Gallery *gallery)
{
  g_autoptr (GError) error = NULL;
  YejiRecord *record = yeji_store_load (gallery->store, gallery->main, &error);

  g_assert_no_error (error);
  return record;
}

void
gallery_type (YejiRecord *record,
              const char *field,
              const char *value)
{
  YejiRow *project = yeji_record_get_project (record);

  yeji_record_set (record, project,
                   yeji_table_def_find_field (yeji_row_get_table (project), field), value);
}

/* What another computer has sent in the meantime. */
static void
answer (Gallery    *gallery,
        YejiRecord *theirs)
{
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_answer_free);
  YejiAnswer *said = yeji_answer_new ();
  g_autoptr (GError) error = NULL;

  said->uuid = g_strdup (gallery->main);
  said->revision = g_strdup ("r99");
  said->state = g_strdup ("returned");
  said->at = g_strdup ("2026-11-21T02:30:00Z");
  said->record = yeji_record_to_text (theirs);
  g_ptr_array_add (answers, said);
  g_assert_true (yeji_store_apply_answers (gallery->store, answers, "r99", &error));
  g_assert_no_error (error);
}

GtkWidget *
gallery_open_compare_records (Gallery *gallery)
{
  g_autofree char *other = gallery_make_uuid (4);
  const char *uuids[] = { gallery->main, other, NULL };

  gallery_open_list (gallery);
  activate (gallery, "win.compare-records", g_variant_new_strv (uuids, -1));
  return await_places (gallery);
}

GtkWidget *
gallery_open_compare_submitted (Gallery *gallery)
{
  g_autoptr (YejiRecord) record = load (gallery);

  gallery_type (record, "PrjName", "示例教学楼工程（虚构）");
  gallery_type (record, "Address", "示例区示例路100号");
  save (gallery, record);
  gallery_open_record (gallery, 0);
  activate (gallery, "win.compare-submitted", NULL);
  return await_places (gallery);
}

GtkWidget *
gallery_open_compare_conflicts (Gallery *gallery)
{
  g_autoptr (YejiRecord) mine = load (gallery);
  g_autoptr (YejiRecord) theirs = yeji_record_copy (mine);

  gallery_type (mine, "PrjName", "示例教学楼工程（虚构）");
  gallery_type (mine, "Address", "示例区示例路100号");
  save (gallery, mine);
  gallery_type (theirs, "PrjName", "示例体育馆工程（虚构）");
  gallery_type (theirs, "Address", "示例区示例路200号");
  answer (gallery, theirs);
  gallery_open_record (gallery, 0);
  activate (gallery, "win.compare-conflicts", NULL);
  return await_places (gallery);
}

GtkWidget *
gallery_open_compare_picker (Gallery *gallery)
{
  gallery_open_record (gallery, 0);
  activate (gallery, "win.compare-other", NULL);
  return await_dialog (gallery);
}

/* ---- Questions and answers */

/* The way to the reasons, where some were not done. */
static gboolean
has_toast (gpointer data)
{
  GtkWidget *toast = gallery_find_named (GTK_WIDGET (((Gallery *) data)->window), "AdwToastWidget");

  return toast != NULL && gtk_widget_get_mapped (toast);
}

GtkWidget *
gallery_open_bulk_report (Gallery *gallery)
{
  g_autofree char *first = gallery_make_uuid (3);
  g_autofree char *second = gallery_make_uuid (6);
  g_autofree char *third = gallery_make_uuid (8);
  const char *uuids[] = { first, second, third, NULL };

  gallery_open_list (gallery);
  activate (gallery, "win.check-records", g_variant_new_strv (uuids, -1));
  yeji_test_wait_until (has_toast, gallery, PATIENCE_MS);
  g_signal_emit_by_name (gallery_find_named (
    gallery_find_named (GTK_WIDGET (gallery->window), "AdwToastWidget"), "GtkButton"), "clicked");
  return await_dialog (gallery);
}

static gboolean
is_copied (gpointer data)
{
  Gallery *gallery = data;

  return get_draft (gallery) != NULL
         && !g_str_equal (yeji_draft_get_uuid (get_draft (gallery)), gallery->main);
}

GtkWidget *
gallery_open_copy (Gallery *gallery)
{
  gallery_open_record (gallery, 0);
  activate (gallery, "win.copy-this", NULL);
  yeji_test_wait_until (is_copied, gallery, PATIENCE_MS);
  return GTK_WIDGET (gallery->window);
}

static YejiIssue *
find_warning (Gallery *gallery)
{
  GListModel *issues = yeji_draft_get_issues (get_draft (gallery));

  for (guint i = 0; i < g_list_model_get_n_items (issues); i++)
    {
      g_autoptr (YejiIssue) issue = g_list_model_get_item (issues, i);

      if (yeji_issue_is_keepable (issue))
        return issue;
    }
  return NULL;
}

static gboolean
has_warning (gpointer data)
{
  return find_warning (data) != NULL;
}

static gboolean
has_points (gpointer data)
{
  return g_list_model_get_n_items (yeji_draft_get_points (get_draft (data))) > 0;
}

GtkWidget *
gallery_open_explain (Gallery *gallery)
{
  g_autoptr (YejiIssue) point = NULL;
  GtkWidget *dialog;

  gallery_open_record (gallery, 0);
  yeji_test_wait_until (has_points, gallery, PATIENCE_MS);
  point = g_list_model_get_item (yeji_draft_get_points (get_draft (gallery)), 0);
  dialog = yeji_explain_dialog_new (GTK_WINDOW (gallery->window), get_draft (gallery), point);
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}

/* A copy has a warning or two. */
GtkWidget *
gallery_open_keep (Gallery *gallery)
{
  GtkWidget *dialog;

  gallery_open_copy (gallery);
  yeji_test_wait_until (has_warning, gallery, PATIENCE_MS);
  dialog = yeji_keep_dialog_new (GTK_WINDOW (gallery->window), get_draft (gallery),
                                 find_warning (gallery));
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}

/* ---- In the editor */

/* Sections that were shown before are kept. */
static GtkWidget *
find_shown (GtkWidget  *root,
            const char *type)
{
  if (!gtk_widget_get_mapped (root))
    return NULL;
  if (g_str_equal (G_OBJECT_TYPE_NAME (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_shown (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
has_grid (gpointer data)
{
  return find_shown (GTK_WIDGET (((Gallery *) data)->window), "YejiGrid") != NULL;
}

/* In the column of the first code, which not every text is one of. */
static YejiGrid *
open_grid (Gallery       *gallery,
           YejiFieldKind  kind)
{
  YejiGridModel *model;
  YejiGrid *grid;
  guint column = 0;

  gallery_open_section (gallery, "TBProjectCorpInfo");
  yeji_test_wait_until (has_grid, gallery, PATIENCE_MS);
  grid = YEJI_GRID (find_shown (GTK_WIDGET (gallery->window), "YejiGrid"));
  model = yeji_grid_get_model (grid);
  while (yeji_grid_model_get_field (model, column)->kind != kind)
    column++;
  yeji_grid_show (grid, NULL, NULL);
  yeji_grid_go (grid, 0, column, FALSE);
  return grid;
}

GtkWidget *
gallery_open_paste (Gallery *gallery)
{
  yeji_grid_paste_text (open_grid (gallery, YEJI_FIELD_CODE), "厨师\n施工单位\n");
  return await_dialog (gallery);
}

GtkWidget *
gallery_open_cell (Gallery *gallery)
{
  YejiGrid *grid = open_grid (gallery, YEJI_FIELD_TEXT);

  gtk_test_widget_wait_for_draw (GTK_WIDGET (gallery->window));
  yeji_grid_press (grid, GDK_KEY_F2, 0);
  return GTK_WIDGET (gallery->window);
}

GtkWidget *
gallery_open_preview (Gallery *gallery)
{
  GtkWidget *dock;

  gallery_open_record (gallery, 0);
  yeji_editor_show_pane (yeji_window_get_editor (gallery->window), "documents");
  dock = gallery_find_named (GTK_WIDGET (gallery->window), "YejiPreviewDock");
  if (yeji_draft_get_attachments (get_draft (gallery))->len > 0)
    yeji_preview_dock_open (YEJI_PREVIEW_DOCK (dock), get_draft (gallery),
                            g_ptr_array_index (yeji_draft_get_attachments (get_draft (gallery)),
                                               0));
  return GTK_WIDGET (gallery->window);
}

/* ---- What lies over the editor */

GtkWidget *
gallery_open_help (Gallery *gallery)
{
  GtkWidget *row;

  gallery_open_section (gallery, "TBProjectInfo");
  gtk_test_widget_wait_for_draw (GTK_WIDGET (gallery->window));
  row = find_shown (GTK_WIDGET (gallery->window), "YejiFieldRow");
  gtk_widget_grab_focus (row);
  g_assert_true (gtk_widget_activate_action (row, "field.help", NULL));
  return GTK_WIDGET (gallery->window);
}

static gboolean
has_link (gpointer data)
{
  return find_shown (GTK_WIDGET (((Gallery *) data)->window), "YejiLinkControl") != NULL;
}

static gboolean
has_chooser (gpointer data)
{
  return find_shown (GTK_WIDGET (((Gallery *) data)->window), "YejiChooser") != NULL;
}

/* The tender to which a permit belongs is chosen among those that are there. */
GtkWidget *
gallery_open_link (Gallery *gallery)
{
  static const char table[] = "TBBuilderLicenceManage";
  YejiRecord *record;
  YejiRow *row;
  GtkWidget *link;

  gallery_open_section (gallery, table);
  record = yeji_draft_get_record (get_draft (gallery));
  row = yeji_record_get_row (record, yeji_dictionary_find_table (
                                       yeji_record_get_dictionary (record), table), 0);
  yeji_editor_show_place (yeji_window_get_editor (gallery->window), table, yeji_row_get_id (row),
                          "TenderNum");
  yeji_test_wait_until (has_link, gallery, PATIENCE_MS);
  link = find_shown (GTK_WIDGET (gallery->window), "YejiLinkControl");
  gtk_menu_button_popup (GTK_MENU_BUTTON (find_shown (link, "GtkMenuButton")));
  yeji_test_wait_until (has_chooser, gallery, PATIENCE_MS);
  return GTK_WIDGET (gallery->window);
}

/* ---- Before there is a profile */

static void
free_backup (gpointer data)
{
  YejiBackup *backup = data;

  g_free (backup->path);
  g_free (backup->name);
  g_free (backup->at);
  g_free (backup);
}

static GPtrArray *
make_backups (void)
{
  static const char * const moments[] = { "2026-11-22T09:10:00Z", "2026-11-21T09:02:00Z" };
  GPtrArray *backups = g_ptr_array_new_with_free_func (free_backup);

  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      YejiBackup *backup = g_new0 (YejiBackup, 1);

      backup->path = g_strdup_printf ("/home/example/%u", i);
      backup->name = g_strdup_printf ("%u", i);
      backup->at = g_strdup (moments[i]);
      backup->size = 2400000 - (gint64) i * 300000;
      backup->version = 1;
      backup->n_records = 10 - i;
      g_ptr_array_add (backups, backup);
    }
  return backups;
}

GtkWidget *
gallery_open_damaged (Gallery *gallery)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *page = yeji_opening_page_new ("/home/example/yeji");
  g_autoptr (GError) error = g_error_new_literal (YEJI_DB_ERROR, YEJI_DB_ERROR_DAMAGED, "x");
  g_autoptr (GPtrArray) backups = make_backups ();

  gtk_window_set_default_size (GTK_WINDOW (window), 1290, 730);
  adw_window_set_content (ADW_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  yeji_opening_page_show_error (YEJI_OPENING_PAGE (page), error, backups, NULL);
  return window;
}
