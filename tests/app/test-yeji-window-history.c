// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include <string.h>

#include "app-fixture.h"
#include "name-walk.h"
#include "yeji-field-row.h"
#include "yeji-history.h"
#include "yeji-importer.h"
#include "yeji-offers.h"
#include "yeji-record-file.h"
#include "yeji-section-page.h"
#include "yeji-test.h"
#include "yeji-undo.h"
#include "yeji-window-history.h"
#include "yeji-window.h"

/* A bound against hanging: the disk of a busy machine takes its time. */
#define PATIENCE_MS 20000

typedef struct
{
  AppFixture base;
  YejiSyncEngine *engine;
  YejiWindow *window;          /* (nullable): weak */
  YejiDraft *draft;
  YejiRow *project;
  const char *wanted;
  guint n;
} Fixture;

static gboolean
has_records (gpointer data)
{
  return yeji_record_list_get_n_shown (yeji_window_get_list (((Fixture *) data)->window)) > 0;
}

static YejiEditor *
get_editor (Fixture *fixture)
{
  return yeji_window_get_editor (fixture->window);
}

static gboolean
is_open (gpointer data)
{
  return yeji_editor_get_draft (get_editor (data)) != NULL;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  app_fixture_set_up_bare (&fixture->base, data);
  fixture->engine = yeji_sync_engine_new (fixture->base.store);
  fixture->window = YEJI_WINDOW (yeji_window_new (NULL, fixture->base.store, fixture->engine));
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
  yeji_test_wait_until (has_records, fixture, PATIENCE_MS);
  yeji_window_open_record (fixture->window, yeji_record_get_uuid (fixture->base.record));
  yeji_test_wait_until (is_open, fixture, PATIENCE_MS);
  fixture->draft = yeji_editor_get_draft (get_editor (fixture));
  fixture->project = yeji_record_get_project (yeji_draft_get_record (fixture->draft));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_close (GTK_WINDOW (fixture->window));
  yeji_test_wait_until (yeji_test_is_gone, &fixture->window, PATIENCE_MS);
  yeji_sync_engine_stop (fixture->engine);
  yeji_test_wait_until (yeji_test_is_last, fixture->engine, PATIENCE_MS);
  g_assert_finalize_object (g_steal_pointer (&fixture->engine));
  yeji_test_wait_until (yeji_test_is_last, fixture->base.store, PATIENCE_MS);
  app_fixture_tear_down (&fixture->base, data);
}

static const YejiFieldDef *
get_field (Fixture    *fixture,
           const char *id)
{
  return yeji_table_def_find_field (yeji_row_get_table (fixture->project), id);
}

/* The control of a field of the project, with the keyboard in it. */
static GtkWidget *
focus (Fixture    *fixture,
       const char *id)
{
  GtkWidget *widget;

  yeji_editor_show_place (get_editor (fixture), "TBProjectInfo", "project", id);
  widget = gtk_root_get_focus (GTK_ROOT (fixture->window));
  g_assert_true (GTK_IS_TEXT (widget) || GTK_IS_TEXT_VIEW (widget));
  return widget;
}

static void
type_into (Fixture    *fixture,
           const char *id,
           const char *text)
{
  GtkEditable *entry = GTK_EDITABLE (focus (fixture, id));
  int end = -1;

  gtk_editable_delete_text (entry, 0, -1);
  gtk_editable_insert_text (entry, text, -1, &end);
}

static const char *
get_text (Fixture    *fixture,
          const char *id)
{
  return gtk_editable_get_text (GTK_EDITABLE (focus (fixture, id)));
}

static gboolean
is_name (gpointer data)
{
  Fixture *fixture = data;

  return g_str_equal (yeji_row_get_by_id (fixture->project, "PrjName"), fixture->wanted);
}

static void
wait_for_name (Fixture    *fixture,
               const char *name)
{
  fixture->wanted = name;
  yeji_test_wait_until (is_name, fixture, PATIENCE_MS);
}

static gboolean
is_saved (gpointer data)
{
  return yeji_draft_keeper_get_state (yeji_draft_get_keeper (data)) == YEJI_KEEPER_SAVED;
}

static void
activate (Fixture    *fixture,
          const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), action, NULL));
}

static GPtrArray *
read_history (Fixture *fixture)
{
  GPtrArray *lines;

  yeji_test_wait_until (is_saved, fixture->draft, PATIENCE_MS);
  lines = yeji_store_get_history (fixture->base.store, yeji_draft_get_uuid (fixture->draft), NULL);
  g_assert_nonnull (lines);
  return lines;
}

static const YejiHistoryLine *
get_line (GPtrArray *lines,
          guint      from_end)
{
  g_assert_cmpuint (from_end, <, lines->len);
  return g_ptr_array_index (lines, lines->len - 1 - from_end);
}

static GtkWidget *
find_widget (GtkWidget  *root,
             const char *type)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
click_toast (Fixture *fixture)
{
  GtkWidget *toast = find_widget (GTK_WIDGET (fixture->window), "AdwToastWidget");

  g_assert_nonnull (toast);
  g_signal_emit_by_name (find_widget (toast, "GtkButton"), "clicked");
}

/* ---- Undo */

static void
test_typing (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *before = g_strdup (yeji_row_get_by_id (fixture->project, "PrjName"));
  g_autofree char *stored = NULL;

  type_into (fixture, "PrjName", "甲");
  type_into (fixture, "BuildCorpName", "乙公司");
  activate (fixture, "win.undo");
  activate (fixture, "win.undo");
  wait_for_name (fixture, before);
  g_assert_cmpstr (yeji_row_get_by_id (fixture->project, "BuildCorpName"), !=, "乙公司");
  g_assert_cmpstr (get_text (fixture, "PrjName"), ==, before);
  stored = app_fixture_stored (&fixture->base, "TBProjectInfo", 0, "PrjName");
  g_assert_cmpstr (stored, ==, before);

  activate (fixture, "win.redo");
  wait_for_name (fixture, "甲");
  g_assert_cmpstr (get_text (fixture, "PrjName"), ==, "甲");
  g_assert_cmpstr (yeji_row_get_by_id (fixture->project, "BuildCorpName"), !=, "乙公司");
}

/* What is typed while an undo is on its way is typed, and nothing else is lost. */
static void
test_typing_meanwhile (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autofree char *before = g_strdup (yeji_row_get_by_id (fixture->project, "PrjName"));
  g_autoptr (GPtrArray) lines = NULL;
  g_autofree char *stored = NULL;

  type_into (fixture, "PrjName", "甲");
  activate (fixture, "win.undo");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  yeji_draft_set_value (fixture->draft, fixture->project, get_field (fixture, "PrjNum"), "77");
  wait_for_name (fixture, before);
  lines = read_history (fixture);
  stored = app_fixture_stored (&fixture->base, "TBProjectInfo", 0, "PrjNum");
  g_assert_cmpstr (stored, ==, "77");
  g_assert_cmpstr (yeji_row_get_by_id (fixture->project, "PrjName"), ==, before);
}

/* The keyboard goes to where something was undone. */
static void
test_place (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *before = g_strdup (yeji_row_get_by_id (fixture->project, "PrjName"));
  GtkWidget *there;

  there = focus (fixture, "PrjName");
  type_into (fixture, "PrjName", "甲");
  focus (fixture, "BuildCorpName");
  activate (fixture, "win.undo");
  wait_for_name (fixture, before);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == there);
}

static void
test_row (Fixture       *fixture,
          gconstpointer  data)
{
  YejiRecord *record = yeji_draft_get_record (fixture->draft);
  const YejiTableDef *table = yeji_dictionary_find_member (fixture->base.dictionary, "permits");
  g_autofree char *before = yeji_record_to_text (record);
  g_autofree char *name = g_strdup (yeji_row_get_by_id (fixture->project, "PrjName"));
  g_autofree char *after = NULL;

  yeji_draft_set_value (fixture->draft, fixture->project, get_field (fixture, "PrjName"), "甲");
  yeji_draft_remove_row (fixture->draft, yeji_record_get_row (record, table, 0));
  activate (fixture, "win.undo");
  activate (fixture, "win.undo");
  wait_for_name (fixture, name);
  after = yeji_record_to_text (record);
  g_assert_cmpstr (after, ==, before);
}

/* ---- Why */

static void
test_why_suggested (Fixture       *fixture,
                    gconstpointer  data)
{
  const YejiFieldDef *field = get_field (fixture, "PrjName");
  g_autoptr (GPtrArray) edits = NULL;
  g_autoptr (GPtrArray) lines = NULL;

  yeji_draft_set_value (fixture->draft, fixture->project, field, "甲 ");
  edits = yeji_edits_new_for_one (fixture->project, field, "甲");
  yeji_edits_take (fixture->draft, edits);
  yeji_draft_set_value (fixture->draft, fixture->project, field, "甲乙");
  lines = read_history (fixture);
  g_assert_cmpstr (get_line (lines, 0)->why, ==, "typed");
  g_assert_cmpstr (get_line (lines, 0)->change->before, ==, "甲");
  g_assert_cmpstr (get_line (lines, 1)->why, ==, "suggested");
  g_assert_cmpstr (get_line (lines, 1)->change->before, ==, "甲 ");
  g_assert_cmpstr (get_line (lines, 2)->why, ==, "typed");
}

static gboolean
has_pasted (gpointer data)
{
  Fixture *fixture = data;

  return strstr (yeji_row_get_by_id (fixture->project, fixture->wanted), "贴上的") != NULL;
}

/* The clerk goes on to @next before the clipboard has answered. */
static void
paste (Fixture    *fixture,
       const char *id,
       const char *next)
{
  GtkWidget *control = focus (fixture, id);
  g_autoptr (GPtrArray) lines = NULL;

  if (GTK_IS_TEXT (control))
    gtk_editable_select_region (GTK_EDITABLE (control), 0, -1);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (control), "贴上的");
  g_signal_emit_by_name (control, "paste-clipboard");
  if (next != NULL)
    focus (fixture, next);
  fixture->wanted = id;
  g_assert_false (has_pasted (fixture));
  yeji_test_wait_until (has_pasted, fixture, PATIENCE_MS);
  lines = read_history (fixture);
  g_assert_cmpstr (get_line (lines, 0)->change->field, ==, id);
  g_assert_cmpstr (get_line (lines, 0)->why, ==, "pasted");
}

static void
test_why_pasted (Fixture       *fixture,
                 gconstpointer  data)
{
  static const struct
  {
    const char *id;
    const char *next;          /* (nullable) */
  } cases[] = {
    { "PrjName", NULL },
    { "PrjSize", NULL },
    { "BuildCorpName", "PrjSize" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    paste (fixture, cases[i].id, cases[i].next);
}

/* A paste ends with its text: what comes next is typed, even without a key, as from an input
 * method. */
static void
test_why_after_paste (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr (GPtrArray) lines = NULL;

  paste (fixture, "PrjName", NULL);
  type_into (fixture, "PrjName", "甲");
  lines = read_history (fixture);
  g_assert_cmpstr (get_line (lines, 0)->change->after, ==, "甲");
  g_assert_cmpstr (get_line (lines, 0)->why, ==, "typed");
}

static void
test_why_imported (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (YejiRecord) other = app_fixture_read (&fixture->base, "complete-construction.json");
  g_autoptr (YejiRecord) typed = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  YejiRow *project = yeji_record_get_project (other);
  guint n = 0;

  yeji_draft_set_value (fixture->draft, fixture->project, get_field (fixture, "PrjName"), "甲");
  typed = yeji_record_copy (yeji_draft_get_record (fixture->draft));
  yeji_record_set (other, project, get_field (fixture, "PrjName"), "文件里的");
  g_assert_true (yeji_draft_replace (fixture->draft, other, NULL));
  fixture->project = yeji_record_get_project (yeji_draft_get_record (fixture->draft));
  lines = read_history (fixture);
  while (g_str_equal (get_line (lines, n)->why, "imported"))
    {
      const YejiChange *change = get_line (lines, n++)->change;

      if (g_str_equal (change->field, "PrjName"))
        g_assert_cmpstr (change->before, ==, "甲");
    }
  g_assert_cmpuint (n, >, 0);
  g_assert_cmpstr (get_line (lines, n)->why, ==, "typed");
  before = yeji_record_to_text (typed);
  activate (fixture, "win.undo");
  wait_for_name (fixture, "甲");
  after = yeji_record_to_text (yeji_draft_get_record (fixture->draft));
  g_assert_cmpstr (after, ==, before);
}

/* ---- Toasts */

static gboolean
is_end_date (gpointer data)
{
  Fixture *fixture = data;

  return g_str_equal (yeji_row_get_by_id (fixture->project, "EndDate"), fixture->wanted);
}

/* An old toast puts its own back, and not what came after it. */
static void
test_old_toast (Fixture       *fixture,
                gconstpointer  data)
{
  const YejiFieldDef *field = get_field (fixture, "EndDate");
  g_autoptr (GPtrArray) edits = NULL;

  yeji_draft_set_value (fixture->draft, fixture->project, field, "2017.12.30");
  edits = yeji_edits_new_for_one (fixture->project, field, "2017-12-30");
  yeji_edits_take (fixture->draft, edits);
  yeji_draft_set_value (fixture->draft, fixture->project, get_field (fixture, "PrjName"), "甲");
  click_toast (fixture);
  fixture->wanted = "2017.12.30";
  yeji_test_wait_until (is_end_date, fixture, PATIENCE_MS);
  g_assert_cmpstr (yeji_row_get_by_id (fixture->project, "PrjName"), ==, "甲");
}

static gboolean
is_other (gpointer data)
{
  Fixture *fixture = data;
  YejiDraft *draft = yeji_editor_get_draft (get_editor (fixture));

  return draft != NULL && g_str_equal (yeji_draft_get_uuid (draft), fixture->wanted);
}

static gboolean
says_nothing (gpointer data)
{
  return find_widget (GTK_WIDGET (((Fixture *) data)->window), "AdwToastWidget") == NULL;
}

/* What was undone in one record is not said of the next. */
static void
test_toast_stays_behind (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (YejiRecord) other = yeji_record_duplicate (fixture->base.record);
  g_autofree char *before = g_strdup (yeji_row_get_by_id (fixture->project, "PrjName"));
  g_autoptr (GError) error = NULL;

  g_assert_true (yeji_store_save (fixture->base.store, other, NULL, "created", &error));
  g_assert_no_error (error);
  type_into (fixture, "PrjName", "甲");
  activate (fixture, "win.undo");
  wait_for_name (fixture, before);
  g_assert_false (says_nothing (fixture));
  yeji_window_open_record (fixture->window, yeji_record_get_uuid (other));
  fixture->wanted = yeji_record_get_uuid (other);
  yeji_test_wait_until (is_other, fixture, PATIENCE_MS);
  yeji_test_wait_until (says_nothing, fixture, 2000);
  fixture->draft = NULL;
}

static void
test_row_toast (Fixture       *fixture,
                gconstpointer  data)
{
  YejiRecord *record = yeji_draft_get_record (fixture->draft);
  const YejiTableDef *table = yeji_dictionary_find_member (fixture->base.dictionary, "permits");
  g_autofree char *before = yeji_record_to_text (record);
  g_autoptr (YejiRow) row = g_object_ref (yeji_record_get_row (record, table, 0));
  g_autofree char *after = NULL;
  guint n = yeji_record_get_n_rows (record, table);
  guint index = yeji_draft_remove_row (fixture->draft, row);

  g_signal_emit_by_name (get_editor (fixture), "removed", row, index);
  click_toast (fixture);
  do
    g_main_context_iteration (NULL, TRUE);
  while (yeji_record_get_n_rows (record, table) < n);
  after = yeji_record_to_text (record);
  g_assert_cmpstr (after, ==, before);
}

static void
on_imported (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  Fixture *fixture = data;
  g_autofree char *batch = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (yeji_importer_run_finish (result, &fixture->n, &batch, &error));
  g_assert_no_error (error);
  yeji_window_history_show_imported (fixture->window, fixture->base.store, "2 records imported",
                                     batch);
}

static gboolean
is_imported (gpointer data)
{
  return ((Fixture *) data)->n > 0;
}

static gboolean
is_reverted (gpointer data)
{
  Fixture *fixture = data;
  g_autofree char *name = app_fixture_stored (&fixture->base, "TBProjectInfo", 0, "PrjName");

  return g_str_equal (name, fixture->wanted);
}

static void
test_import_toast (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->base.dir, "one.json", NULL);
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (YejiRecord) changed = yeji_record_copy (fixture->base.record);
  g_autofree char *before = app_fixture_stored (&fixture->base, "TBProjectInfo", 0, "PrjName");
  g_autofree char *text = NULL;
  g_autofree char *stored = NULL;

  yeji_record_set (changed, yeji_record_get_project (changed), get_field (fixture, "PrjName"),
                   "文件里的");
  text = yeji_record_to_text (changed);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_list_store_append (files, file);
  yeji_window_show_list (fixture->window);
  yeji_importer_run_async (fixture->base.store, G_LIST_MODEL (files), on_imported, fixture);
  yeji_test_wait_until (is_imported, fixture, PATIENCE_MS);
  stored = app_fixture_stored (&fixture->base, "TBProjectInfo", 0, "PrjName");
  g_assert_cmpstr (stored, ==, "文件里的");
  click_toast (fixture);
  fixture->wanted = before;
  yeji_test_wait_until (is_reverted, fixture, PATIENCE_MS);
}

/* ---- The page */

static GtkListBox *
get_list (Fixture *fixture)
{
  return GTK_LIST_BOX (find_widget (GTK_WIDGET (yeji_editor_get_history (get_editor (fixture))),
                                    "GtkListBox"));
}

static gboolean
has_steps (gpointer data)
{
  Fixture *fixture = data;
  GtkListBox *list = get_list (fixture);

  return gtk_list_box_get_row_at_index (list, (int) fixture->n - 1) != NULL
         && gtk_list_box_get_row_at_index (list, (int) fixture->n) == NULL;
}

static void
wait_for_steps (Fixture *fixture,
                guint    n)
{
  fixture->n = n;
  yeji_test_wait_until (has_steps, fixture, PATIENCE_MS);
}

static void
test_page (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWidget *page = GTK_WIDGET (yeji_editor_get_history (get_editor (fixture)));
  g_autofree char *before = g_strdup (yeji_row_get_by_id (fixture->project, "PrjName"));
  g_autofree char *name = g_strdup_printf ("Take “%s” again", before);
  g_autoptr (GPtrArray) lines = NULL;
  GtkWidget *button;

  type_into (fixture, "PrjName", "甲");
  type_into (fixture, "BuildCorpName", "乙公司");
  activate (fixture, "win.show-history");
  wait_for_steps (fixture, 3);
  g_assert_cmpuint (name_walk_check (page), >, 3);

  focus (fixture, "PrjName");
  activate (fixture, "win.field-history");
  wait_for_steps (fixture, 2);           /* typed, and imported at first */
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (fixture->window)), page));

  button = name_walk_find (page, GTK_TYPE_BUTTON, name);
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpstr (yeji_row_get_by_id (fixture->project, "PrjName"), ==, before);
  g_assert_cmpstr (yeji_row_get_by_id (fixture->project, "BuildCorpName"), ==, "乙公司");
  lines = read_history (fixture);
  g_assert_cmpstr (get_line (lines, 0)->change->after, ==, before);
  wait_for_steps (fixture, 3);
  activate (fixture, "win.undo");
  wait_for_name (fixture, "甲");
}

/* Nobody reads a number over the clerk's shoulder. */
static gboolean
shows (GtkWidget  *root,
       const char *text)
{
  if (GTK_IS_LABEL (root) && strstr (gtk_label_get_text (GTK_LABEL (root)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (shows (child, text))
      return TRUE;
  return FALSE;
}

static void
test_personal (Fixture       *fixture,
               gconstpointer  data)
{
  GtkWidget *page = GTK_WIDGET (yeji_editor_get_history (get_editor (fixture)));
  GPtrArray *tables = yeji_dictionary_get_tables (fixture->base.dictionary);
  const YejiFieldDef *personal = NULL;
  YejiRow *row;

  for (guint i = 0; i < tables->len && personal == NULL; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      for (guint j = 0; j < table->fields->len; j++)
        if (((YejiFieldDef *) table->fields->pdata[j])->personal != YEJI_PERSONAL_NO
            && yeji_record_get_n_rows (yeji_draft_get_record (fixture->draft), table) > 0)
          personal = table->fields->pdata[j];
    }
  g_assert_nonnull (personal);
  row = yeji_record_get_row (yeji_draft_get_record (fixture->draft), personal->table, 0);
  yeji_draft_set_value (fixture->draft, row, personal, "123456789012345678");
  activate (fixture, "win.show-history");
  wait_for_steps (fixture, 2);
  g_assert_false (shows (page, "123456789012345678"));
  g_assert_true (shows (page, "123***********5678"));
}

static void
add_tests (void)
{
#define ADD(path, test) g_test_add ("/app/history/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("undoes-and-redoes-typing", test_typing);
  ADD ("keeps-what-is-typed-during-an-undo", test_typing_meanwhile);
  ADD ("goes-to-where-it-happened", test_place);
  ADD ("brings-a-row-back", test_row);
  ADD ("keeps-a-suggestion-apart-from-typing", test_why_suggested);
  ADD ("knows-what-was-pasted", test_why_pasted);
  ADD ("knows-what-was-typed-after-a-paste", test_why_after_paste);
  ADD ("keeps-an-import-apart-from-typing", test_why_imported);
  ADD ("an-old-toast-undoes-its-own-alone", test_old_toast);
  ADD ("a-toast-stays-with-its-record", test_toast_stays_behind);
  ADD ("a-toast-brings-a-row-back", test_row_toast);
  ADD ("a-toast-undoes-an-import", test_import_toast);
  ADD ("is-listed-and-taken-from", test_page);
  ADD ("masks-personal-numbers", test_personal);
#undef ADD
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
