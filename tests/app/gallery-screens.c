// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "gallery-dialogs.h"
#include "gallery-import.h"
#include "gallery-intake.h"
#include "gallery-package.h"
#include "gallery-petition.h"
#include "gallery-profile.h"
#include "gallery-use.h"

#include <string.h>

#include "gallery-desk.h"
#include "receipt-fixture.h"
#include "yeji-application.h"
#include "yeji-clock.h"
#include "yeji-facts-for.h"
#include "yeji-key-window.h"
#include "yeji-opening-page.h"
#include "yeji-profile-dialog.h"
#include "yeji-profile.h"
#include "yeji-receipt-window.h"
#include "yeji-record-file.h"
#include "yeji-settings.h"
#include "yeji-sign-in-dialog.h"
#include "yeji-test.h"
#include "yeji-transfers.h"
#include "yeji-undo.h"
#include "yeji-window-profile.h"

#define PATIENCE_MS 15000

/* What GTK draws around a window where there is no window manager. */
#define FRAME 5

const char *__wrap_g_get_real_name (void);

/* Linked in place of the real one: no picture names who made it. */
const char *
__wrap_g_get_real_name (void)
{
  return "示例员工";
}

/* ---- Records */

/* Made from the samples: another name, and what the province said. */
static const struct
{
  const char *sample;
  const char *name;
  const char *state;           /* (nullable): of the province */
  const char *grade;           /* (nullable) */
} records[] = {
  { "complete-construction.json", "示例教学楼及体育馆工程（虚构）", "returned", NULL },
  { "complete-design.json", "示例滨江道路改造工程（虚构）", "approved", "A" },
  { "complete-supervision.json", "示例安居小区一期工程（虚构）", "in_review", NULL },
  { "broken-09-order.json", "示例图书馆工程（虚构）", NULL, NULL },
  { "complete-construction.json", "示例综合楼工程（虚构）", NULL, NULL },
  { "complete-design.json", "示例跨河桥梁工程（虚构）", "incomplete", "D" },
  { "broken-10-ongoing.json", "示例开发区标准厂房工程（虚构）", NULL, NULL },
  { "complete-supervision.json", "示例人民医院门诊楼工程（虚构）", "approved", "B" },
  { "broken-03-citizen-id.json", "示例实验小学工程（虚构）", NULL, NULL },
  { "complete-construction.json", "示例文化活动中心工程（虚构）", "approved", "C" },
};

static const struct
{
  const char *pointer;
  const char *comment;
} remarks[] = {
  { "/contracts/0/ContractMoney", "与中标金额不一致，请核对合同原件。" },
  { "/participants/1", "该单位未参与本工程。" },
  { "/documents/construction_permit", "施工许可证看不清，请重新扫描。" },
};

static char *
make_uuid (guint i)
{
  return g_strdup_printf ("6f1c2d3e-4a5b-4c6d-8e7f-2030405060%02u", i);
}

static const char *
get_name (YejiRecord *record)
{
  const YejiTableDef *project = g_ptr_array_index (
    yeji_dictionary_get_tables (yeji_record_get_dictionary (record)), 0);

  return yeji_row_get_by_id (yeji_record_get_row (record, project, 0), "PrjName");
}

static YejiRecord *
make_record (Gallery *gallery,
             guint    i)
{
  g_autofree char *path = g_build_filename (g_getenv ("YEJI_SAMPLES"), records[i].sample, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) read = yeji_record_file_read (gallery->dictionary, path, &error);
  g_autofree char *uuid = make_uuid (i);
  g_autofree char *contents = NULL;
  g_autoptr (GString) text = NULL;
  YejiRecord *record;

  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  text = g_string_new (contents);
  g_string_replace (text, yeji_record_get_uuid (g_ptr_array_index (read, 0)), uuid, 0);
  g_string_replace (text, get_name (g_ptr_array_index (read, 0)), records[i].name, 0);
  record = yeji_record_file_parse (gallery->dictionary, text->str, text->len, path, &error);
  g_assert_no_error (error);
  return record;
}

static void
answer (Gallery    *gallery,
        YejiRecord *record,
        guint       i)
{
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_answer_free);
  YejiAnswer *said = yeji_answer_new ();
  g_autofree char *cursor = g_strdup_printf ("r%u", i + 1);
  g_autoptr (GError) error = NULL;

  said->uuid = g_strdup (yeji_record_get_uuid (record));
  said->revision = g_strdup (cursor);
  said->state = g_strdup (records[i].state);
  said->grade = g_strdup (records[i].grade);
  said->office = g_strdup ("长春市城乡建设委员会 建筑业管理处");
  said->reviewer = g_strdup ("李审核");
  said->at = g_strdup ("2026-11-20T02:30:00Z");
  said->record = yeji_record_to_text (record);
  if (i == 0)
    said->message = g_strdup ("请按意见补正后重新提交。");
  for (guint j = 0; i == 0 && j < G_N_ELEMENTS (remarks); j++)
    g_ptr_array_add (said->points, yeji_point_new (remarks[j].pointer, remarks[j].comment));
  g_ptr_array_add (answers, said);
  g_assert_true (yeji_store_apply_answers (gallery->store, answers, cursor, &error));
  g_assert_no_error (error);
}

static void
attach (Gallery    *gallery,
        const char *uuid,
        const char *slot,
        const char *file)
{
  const char *documents = g_getenv ("YEJI_DOCUMENTS");
  g_autofree char *path = NULL;
  g_autoptr (GFile) found = NULL;
  g_autoptr (YejiAttachment) attachment = NULL;
  g_autoptr (GError) error = NULL;

  if (documents == NULL)
    return;
  path = g_build_filename (documents, "complete-construction", file, NULL);
  found = g_file_new_for_path (path);
  if (!g_file_query_exists (found, NULL))
    return;
  attachment = yeji_store_attach (gallery->store, uuid, slot, found, NULL, &error);
  g_assert_no_error (error);
}

static const char *const thrown_away[] = {
  "示例车库工程（虚构）",
  "示例围墙改造工程（虚构）",
};

static void
throw_away (Gallery    *gallery,
            const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiRecord) record = yeji_record_new (gallery->dictionary, NULL, "construction");

  gallery_type (record, "PrjName", name);
  yeji_store_save (gallery->store, record, NULL, "typed", &error);
  g_assert_no_error (error);
  yeji_store_remove (gallery->store, yeji_record_get_uuid (record), &error);
  g_assert_no_error (error);
}

static void
fill (Gallery *gallery)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiValidator) validator = NULL;

  validator = yeji_validator_new (gallery->dictionary, yeji_language_get_current ());
  g_assert_true (yeji_store_set_setting (gallery->store, YEJI_PROFILE_SETTING_NAME,
                                         "示例建筑工程有限公司（虚构）", &error));
  for (guint i = 0; i < G_N_ELEMENTS (records); i++)
    {
      g_autoptr (YejiRecord) record = make_record (gallery, i);
      const char *uuid = yeji_record_get_uuid (record);
      g_autofree char *today = yeji_clock_today ();
      g_auto (GStrv) slots = NULL;
      g_autoptr (GPtrArray) problems = NULL;
      g_autoptr (YejiFacts) facts = NULL;

      g_assert_true (yeji_store_save (gallery->store, record, NULL, "imported", &error));
      g_assert_no_error (error);
      if (i == 0)
        gallery->main = g_strdup (uuid);
      if (i == 0 || i == 4)
        {
          attach (gallery, uuid, "contract", "施工合同.pdf");
          attach (gallery, uuid, "award_notice", "中标通知书.pdf");
          attach (gallery, uuid, "construction_permit", "施工许可证.jpg");
        }
      slots = yeji_store_get_filled_slots (gallery->store, uuid, &error);
      problems = yeji_validator_check (validator, record, today, (const char * const *) slots);
      facts = yeji_facts_new_for (validator, record, problems, (const char * const *) slots);
      g_assert_true (yeji_store_save (gallery->store, record, facts, "typed", &error));
      g_assert_no_error (error);
      if (records[i].state != NULL)
        answer (gallery, record, i);
    }
  for (guint i = 0; i < G_N_ELEMENTS (thrown_away); i++)
    throw_away (gallery, thrown_away[i]);
}

/* ---- Opening and closing */

static gboolean
is_listed (gpointer data)
{
  return yeji_record_list_get_n_shown (yeji_window_get_list (((Gallery *) data)->window)) > 0;
}

static gboolean
is_open (gpointer data)
{
  return yeji_window_get_draft (((Gallery *) data)->window) != NULL;
}

static GtkWidget *
find_named (GtkWidget  *root,
            const char *type)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_named (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
show_window (Gallery        *gallery,
             YejiStore      *store,
             YejiSyncEngine *engine)
{
  g_set_weak_pointer (&gallery->window,
                      YEJI_WINDOW (yeji_window_new (gallery->application, store, engine)));
  gtk_window_set_default_size (GTK_WINDOW (gallery->window), 1280 + 2 * FRAME, 720 + 2 * FRAME);
  gtk_window_present (GTK_WINDOW (gallery->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (gallery->window));
}

/* The newest toplevel beside the window. */
static GtkWidget *
get_dialog (Gallery *gallery)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = g_list_model_get_n_items (windows); i > 0; i--)
    {
      g_autoptr (GtkWidget) other = g_list_model_get_item (windows, i - 1);

      if (other != GTK_WIDGET (gallery->window) && gtk_widget_get_visible (other))
        return other;
    }
  return NULL;
}

/**
 * gallery_close_all:
 *
 * Closes what a screen has opened.
 */
void
gallery_close_all (Gallery *gallery)
{
  GtkWidget *dialog;

  while ((dialog = get_dialog (gallery)) != NULL)
    gtk_window_destroy (GTK_WINDOW (dialog));
  if (gallery->window == NULL)
    return;
  gtk_window_close (GTK_WINDOW (gallery->window));
  yeji_test_wait_until (yeji_test_is_gone, &gallery->window, PATIENCE_MS);
}

/* ---- Screens */

static GtkWidget *
open_list (Gallery *gallery)
{
  show_window (gallery, gallery->store, gallery->engine);
  yeji_test_wait_until (is_listed, gallery, PATIENCE_MS);
  yeji_record_list_grab (yeji_window_get_list (gallery->window));
  return GTK_WIDGET (gallery->window);
}

static GtkWidget *
open_welcome (Gallery *gallery)
{
  show_window (gallery, gallery->empty, gallery->empty_engine);
  return GTK_WIDGET (gallery->window);
}

static GtkWidget *
open_empty (Gallery *gallery)
{
  open_welcome (gallery);
  gtk_widget_activate_action (GTK_WIDGET (gallery->window), "win.skip-welcome", NULL);
  return GTK_WIDGET (gallery->window);
}

static GtkWidget *
open_selected (Gallery *gallery)
{
  GtkWidget *view;
  GtkSelectionModel *selection;

  open_list (gallery);
  view = find_named (GTK_WIDGET (gallery->window), "GtkColumnView");
  selection = gtk_column_view_get_model (GTK_COLUMN_VIEW (view));
  gtk_selection_model_select_range (selection, 1, 3, TRUE);
  return GTK_WIDGET (gallery->window);
}

static GtkWidget *
open_bin (Gallery *gallery)
{
  open_list (gallery);
  gtk_widget_activate_action (GTK_WIDGET (yeji_window_get_list (gallery->window)),
                              "records.show-bin", NULL);
  return GTK_WIDGET (gallery->window);
}

static GtkWidget *
open_nothing_found (Gallery *gallery)
{
  GtkWidget *search;

  open_list (gallery);
  search = find_named (GTK_WIDGET (yeji_window_get_list (gallery->window)), "GtkSearchEntry");
  gtk_widget_grab_focus (search);
  gtk_editable_set_text (GTK_EDITABLE (search), "示例机场");
  return GTK_WIDGET (gallery->window);
}

static GtkWidget *
open_uuid (Gallery    *gallery,
           const char *uuid)
{
  open_list (gallery);
  yeji_window_open_record (gallery->window, uuid);
  yeji_test_wait_until (is_open, gallery, PATIENCE_MS);
  return GTK_WIDGET (gallery->window);
}

static GtkWidget *
open_pane (Gallery    *gallery,
           const char *pane)
{
  open_uuid (gallery, gallery->main);
  yeji_editor_show_pane (yeji_window_get_editor (gallery->window), pane);
  return GTK_WIDGET (gallery->window);
}

static GtkWidget *
open_section (Gallery    *gallery,
              const char *table)
{
  open_pane (gallery, "problems");
  yeji_editor_show_section (yeji_window_get_editor (gallery->window),
                            yeji_dictionary_find_table (gallery->dictionary, table));
  return GTK_WIDGET (gallery->window);
}

static GtkWidget *
open_editor (Gallery *gallery)
{
  return open_pane (gallery, "problems");
}

static GtkWidget *
open_contracts (Gallery *gallery)
{
  return open_section (gallery, "TBContractRecordManage");
}

static GtkWidget *
open_participants (Gallery *gallery)
{
  return open_section (gallery, "TBProjectCorpInfo");
}

static GtkWidget *
open_documents (Gallery *gallery)
{
  return open_pane (gallery, "documents");
}

static GtkWidget *
open_points (Gallery *gallery)
{
  return open_pane (gallery, "points");
}

static GtkWidget *
open_history (Gallery *gallery)
{
  return open_pane (gallery, "history");
}

static GtkWidget *
open_problems (Gallery *gallery)
{
  g_autofree char *uuid = make_uuid (3);

  open_uuid (gallery, uuid);
  yeji_editor_show_pane (yeji_window_get_editor (gallery->window), "problems");
  gtk_widget_activate_action (GTK_WIDGET (gallery->window), "win.next-problem", NULL);
  return GTK_WIDGET (gallery->window);
}

static GtkWidget *
open_locked (Gallery *gallery)
{
  g_autofree char *uuid = make_uuid (1);

  return open_uuid (gallery, uuid);
}

static GtkWidget *
open_by_action (Gallery    *gallery,
                const char *action)
{
  open_list (gallery);
  gtk_widget_activate_action (GTK_WIDGET (gallery->window), action, NULL);
  g_assert_nonnull (get_dialog (gallery));
  return get_dialog (gallery);
}

static GtkWidget *
open_sign_in (Gallery *gallery)
{
  return open_by_action (gallery, "win.sign-in");
}

static GtkWidget *
open_protection (Gallery *gallery)
{
  return open_by_action (gallery, "win.protection");
}

static GtkWidget *
open_print (Gallery *gallery)
{
  open_editor (gallery);
  gtk_widget_activate_action (GTK_WIDGET (gallery->window), "win.print", NULL);
  g_assert_nonnull (get_dialog (gallery));
  return get_dialog (gallery);
}

static gboolean
is_receipt_read (gpointer data)
{
  GtkWidget *dialog = get_dialog (data);

  return YEJI_IS_RECEIPT_WINDOW (dialog)
         && g_str_equal (yeji_receipt_window_get_page (YEJI_RECEIPT_WINDOW (dialog)), "receipt");
}

static GtkWidget *
open_receipt (Gallery *gallery)
{
  receipt_fixture_add (gallery->store, gallery->main, RECEIPT_GOOD);
  open_editor (gallery);
  gtk_widget_activate_action (GTK_WIDGET (gallery->window), "win.show-receipt", NULL);
  yeji_test_wait_until (is_receipt_read, gallery, PATIENCE_MS);
  return get_dialog (gallery);
}

/* GTK 4.8 measures the text of a key cap smaller than nothing, and warns of itself. */
static GtkWidget *
open_shortcuts (Gallery *gallery)
{
  g_log_set_always_fatal (G_LOG_FATAL_MASK);
  return open_by_action (gallery, "win.show-help-overlay");
}

static GtkWidget *
open_about (Gallery *gallery)
{
  return open_by_action (gallery, "app.about");
}

static GtkWidget *
open_new_enterprise (Gallery *gallery)
{
  GtkWidget *window;

  open_list (gallery);
  window = yeji_profile_dialog_new (GTK_WINDOW (gallery->window), NULL);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static GtkWidget *
open_opening (Gallery *gallery)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *page = yeji_opening_page_new ("/home/example/yeji");
  g_autoptr (GError) error = g_error_new_literal (YEJI_STORE_ERROR, YEJI_STORE_ERROR_SEALED, "x");

  gtk_window_set_default_size (GTK_WINDOW (window), 1280 + 2 * FRAME, 720 + 2 * FRAME);
  adw_window_set_content (ADW_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  yeji_opening_page_show_error (YEJI_OPENING_PAGE (page), error, NULL, NULL);
  return window;
}

/* ---- For gallery-dialogs.c */

GtkWidget *
gallery_open_list (Gallery *gallery)
{
  return open_list (gallery);
}

GtkWidget *
gallery_open_record (Gallery *gallery,
                     guint    i)
{
  g_autofree char *uuid = make_uuid (i);

  return open_uuid (gallery, uuid);
}

GtkWidget *
gallery_open_section (Gallery    *gallery,
                      const char *table)
{
  return open_section (gallery, table);
}

GtkWidget *
gallery_find_named (GtkWidget  *root,
                    const char *type)
{
  return find_named (root, type);
}

GtkWidget *
gallery_get_dialog (Gallery *gallery)
{
  return get_dialog (gallery);
}

char *
gallery_make_uuid (guint i)
{
  return make_uuid (i);
}

/* ---- */

static const GalleryScreen screens[] = {
  { "welcome", open_welcome },
  { "empty", open_empty },
  { "list", open_list },
  { "list-selected", open_selected },
  { "list-bin", open_bin },
  { "list-nothing-found", open_nothing_found },
  { "editor", open_editor },
  { "contracts", open_contracts },
  { "participants", open_participants },
  { "problems", open_problems },
  { "documents", open_documents },
  { "points", open_points },
  { "history", open_history },
  { "approved", open_locked },
  { "grid-cell", gallery_open_cell },
  { "preview", gallery_open_preview },
  { "copy", gallery_open_copy },
  { "field-help", gallery_open_help },
  { "link", gallery_open_link },
  { "compare-records", gallery_open_compare_records },
  { "compare-submitted", gallery_open_compare_submitted },
  { "conflicts", gallery_open_compare_conflicts },
  { "compare-picker", gallery_open_compare_picker },
  { "evidence", gallery_open_evidence },
  { "qualification", gallery_open_use },
  { "qualification-lost", gallery_open_use_lost },
  { "correction", gallery_open_correction },
  { "withdrawal", gallery_open_withdrawal },
  { "tray", gallery_open_tray },
  { "tray-places", gallery_open_places },
  { "transfers", gallery_open_transfers },
  { "transfers-limits", gallery_open_limits },
  { "list-uploading", gallery_open_uploading },
  { "deadline", gallery_open_deadline },
  { "import-columns", gallery_open_import_columns },
  { "import-target", gallery_open_import_target },
  { "import", gallery_open_import },
  { "import-records", gallery_open_import_records },
  { "intake", gallery_open_intake },
  { "intake-kind", gallery_open_kind },
  { "shrink", gallery_open_shrink },
  { "combine", gallery_open_combine },
  { "bulk-report", gallery_open_bulk_report },
  { "receipt", open_receipt },
  { "print", open_print },
  { "explain", gallery_open_explain },
  { "keep", gallery_open_keep },
  { "paste", gallery_open_paste },
  { "sign-in", open_sign_in },
  { "backups", gallery_open_backups },
  { "hand-over", gallery_open_hand_over },
  { "take-over", gallery_open_take_over },
  { "take-over-plan", gallery_open_take_over_plan },
  { "protection", open_protection },
  { "messages", gallery_open_notices },
  { "dictionary-reports", gallery_open_reports },
  { "enterprises", gallery_open_enterprises },
  { "new-enterprise", open_new_enterprise },
  { "opening", open_opening },
  { "damaged", gallery_open_damaged },
  { "shortcuts", open_shortcuts },
  { "about", open_about },
  { "new-version", gallery_open_new_version },
  { "sync", gallery_open_sync },
};

/**
 * gallery_get_screens:
 * @n: (out): how many there are
 *
 * Returns: (transfer none): every screen and dialog
 */
const GalleryScreen *
gallery_get_screens (guint *n)
{
  *n = G_N_ELEMENTS (screens);
  return screens;
}

/* ---- */

static YejiStore *
open_profile (Gallery    *gallery,
              const char *name)
{
  g_autofree char *path = g_build_filename (gallery->dir, name, NULL);
  g_autoptr (GError) error = NULL;
  YejiStore *store = yeji_store_open (path, gallery->dictionary, &error);

  g_assert_no_error (error);
  return store;
}

/* One a process, whose end is the process's. */
static GtkApplication *
start_application (void)
{
  static GtkApplication *application;
  g_autoptr (GError) error = NULL;

  if (application != NULL)
    return application;
  application = GTK_APPLICATION (yeji_application_new ());
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, &error));
  g_assert_no_error (error);
  return application;
}

/* What the screen before has left. */
static void
reset_settings (void)
{
  g_autoptr (GSettings) settings = yeji_settings_open ();
  g_autoptr (GSettingsSchema) schema = NULL;
  g_auto (GStrv) keys = NULL;

  g_object_get (settings, "settings-schema", &schema, NULL);
  keys = g_settings_schema_list_keys (schema);
  for (guint i = 0; keys[i] != NULL; i++)
    g_settings_reset (settings, keys[i]);
}

/* GTK 4.8 asks where the pointer is over a popover that has just gone, and for the monitor of one that
 * was not placed yet. Nobody else's warnings pass. */
static gboolean
is_fatal (const char     *domain,
          GLogLevelFlags  level,
          const char     *message,
          gpointer        data)
{
  return g_strcmp0 (domain, "Gdk") != 0 && strstr (message, "GDK_IS_SURFACE") == NULL;
}

/* The test library says of it that the test bails out, though it goes on. */
static void
leave_out (const char     *domain,
           GLogLevelFlags  level,
           const char     *message,
           gpointer        data)
{
  if (is_fatal (domain, level, message, data))
    g_log_default_handler (domain, level, message, data);
}

void
gallery_set_up (Gallery *gallery)
{
  g_autoptr (GError) error = NULL;

  g_test_log_set_fatal_handler (is_fatal, NULL);
  g_log_set_handler ("Gdk", G_LOG_LEVEL_MASK | G_LOG_FLAG_FATAL, leave_out, NULL);
  g_log_set_handler ("Gtk", G_LOG_LEVEL_MASK | G_LOG_FLAG_FATAL, leave_out, NULL);
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  reset_settings ();
  gallery_set_clock ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE,
                "gtk-cursor-blink", FALSE, NULL);
  gallery->application = start_application ();
  gallery->dir = yeji_test_dir_new ();
  gallery->dictionary = yeji_dictionary_new_built_in (&error);
  g_assert_no_error (error);
  gallery->store = open_profile (gallery, "profile");
  gallery->empty = open_profile (gallery, "empty");
  fill (gallery);
  gallery->engine = yeji_sync_engine_new (gallery->store);
  gallery->empty_engine = yeji_sync_engine_new (gallery->empty);
}

static void
close_profile (YejiStore      *store,
               YejiSyncEngine *engine)
{
  yeji_transfers_close (yeji_sync_engine_get_transfers (engine));
  yeji_sync_engine_stop (engine);
  yeji_test_wait_until (yeji_test_is_last, engine, PATIENCE_MS);
  g_object_unref (engine);
  yeji_test_wait_until (yeji_test_is_last, store, PATIENCE_MS);
  yeji_store_close (store);
  g_object_unref (store);
}

void
gallery_tear_down (Gallery *gallery)
{
  close_profile (gallery->store, gallery->engine);
  close_profile (gallery->empty, gallery->empty_engine);
  if (gallery->past != NULL)
    {
      yeji_test_wait_until (yeji_test_is_last, gallery->past, PATIENCE_MS);
      yeji_store_close (gallery->past);
      g_clear_object (&gallery->past);
    }
  g_object_unref (gallery->dictionary);
  yeji_test_dir_remove (gallery->dir);
  g_free (gallery->dir);
  g_free (gallery->main);
}
