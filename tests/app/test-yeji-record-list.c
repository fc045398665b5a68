// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "app-fixture.h"
#include "key-walk.h"
#include "name-walk.h"
#include "yeji-bulk-report.h"
#include "yeji-columns.h"
#include "yeji-entry-item.h"
#include "yeji-export-format.h"
#include "yeji-filter-choice.h"
#include "yeji-filter-sidebar.h"
#include "yeji-grade.h"
#include "yeji-messages.h"
#include "yeji-record-file.h"
#include "yeji-record-table.h"
#include "yeji-settings.h"
#include "yeji-take-back.h"
#include "yeji-test.h"
#include "yeji-window-bulk.h"
#include "yeji-window.h"

enum { N_RECORDS = 5 };

typedef struct
{
  AppFixture base;
  YejiSyncEngine *engine;
  YejiWindow *window;          /* (nullable): weak */
  char *uuids[N_RECORDS];      /* the first of the fixture, the others copies of it */
  guint n;                     /* what is waited for */
} Fixture;

static YejiRecordList *
get_list (Fixture *fixture)
{
  return yeji_window_get_list (fixture->window);
}

static gboolean
shows (gpointer data)
{
  const Fixture *fixture = data;

  return yeji_record_list_get_n_shown (yeji_window_get_list (fixture->window)) == fixture->n;
}

static void
await_shown (Fixture *fixture,
             guint    n)
{
  fixture->n = n;
  yeji_test_wait_until (shows, fixture, 10000);
}

static gpointer
find (Fixture    *fixture,
      GType       type,
      const char *name)
{
  GtkWidget *widget = name_walk_find (GTK_WIDGET (get_list (fixture)), type, name);

  g_assert_nonnull (widget);
  return widget;
}

static GtkWidget *
find_type (GtkWidget *root,
           GType      type)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_type (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gpointer
get_part (Fixture *fixture,
          GType    type)
{
  GtkWidget *part = find_type (GTK_WIDGET (get_list (fixture)), type);

  g_assert_nonnull (part);
  return part;
}

static GtkSelectionModel *
get_selection (Fixture *fixture)
{
  return gtk_column_view_get_model (get_part (fixture, GTK_TYPE_COLUMN_VIEW));
}

static gboolean
can (Fixture    *fixture,
     const char *button)
{
  return gtk_widget_get_sensitive (find (fixture, GTK_TYPE_BUTTON, button));
}

static void
open_window (Fixture *fixture)
{
  fixture->window = YEJI_WINDOW (yeji_window_new (NULL, fixture->base.store, fixture->engine));
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
close_window (Fixture *fixture)
{
  gtk_window_close (GTK_WINDOW (fixture->window));
  yeji_test_wait_until (yeji_test_is_gone, &fixture->window, 5000);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  app_fixture_set_up_bare (&fixture->base, data);
  fixture->uuids[0] = g_strdup (yeji_record_get_uuid (fixture->base.record));
  for (guint i = 1; i < N_RECORDS; i++)
    {
      g_autoptr (YejiRecord) other = yeji_record_duplicate (fixture->base.record);
      g_autoptr (GError) error = NULL;

      g_assert_true (yeji_store_save (fixture->base.store, other, NULL, "created", &error));
      g_assert_no_error (error);
      fixture->uuids[i] = g_strdup (yeji_record_get_uuid (other));
    }
  fixture->engine = yeji_sync_engine_new (fixture->base.store);
  open_window (fixture);
  await_shown (fixture, N_RECORDS);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  close_window (fixture);
  yeji_sync_engine_stop (fixture->engine);
  yeji_test_wait_until (yeji_test_is_last, fixture->engine, 5000);
  g_assert_finalize_object (g_steal_pointer (&fixture->engine));
  for (guint i = 0; i < N_RECORDS; i++)
    g_free (fixture->uuids[i]);
  app_fixture_tear_down (&fixture->base, data);
}

/* ---- What is shown */

static void
test_facts (Fixture       *fixture,
            gconstpointer  data)
{
  static const struct
  {
    YejiFacts facts;
    const char *texts[4];      /* completeness, problems, documents, grade */
  } cases[] = {
    { { 3, 1, 46, YEJI_OUTCOME_REFUSED, 4, 1 },
      { "46 %", "3 errors", "1/4", "Cannot be submitted yet" } },
    { { 0, 2, 100, YEJI_OUTCOME_PROVINCE, 4, 2 },
      { "100 %", "2 warnings", "2/4", "Expected: D" } },
    { { 0, 0, 100, YEJI_OUTCOME_NATIONAL, 2, 2 },
      { "100 %", "None", "2/2", "Expected: national" } },
  };
  static const YejiColumn shown[] = { YEJI_COLUMN_COMPLETENESS, YEJI_COLUMN_PROBLEMS,
                                      YEJI_COLUMN_DOCUMENTS, YEJI_COLUMN_GRADE };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (YejiEntry) entry = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (yeji_store_save (fixture->base.store, fixture->base.record, &cases[i].facts,
                                      "typed", &error));
      entry = yeji_store_get_entry (fixture->base.store, fixture->uuids[0], &error);
      g_assert_no_error (error);
      for (guint j = 0; j < G_N_ELEMENTS (shown); j++)
        {
          g_autofree char *text = yeji_column_to_text (shown[j], entry, fixture->base.dictionary);

          g_assert_cmpstr (text, ==, cases[i].texts[j]);
        }
    }
}

static void
test_names (Fixture       *fixture,
            gconstpointer  data)
{
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
  g_assert_cmpuint (name_walk_check (GTK_WIDGET (fixture->window)), >, 20);
}

/* ---- Filters */

static void
test_filter (Fixture       *fixture,
             gconstpointer  data)
{
  YejiFilterChoice *choice = get_part (fixture, YEJI_TYPE_FILTER_CHOICE);
  GPtrArray *roles = yeji_dictionary_get_roles (fixture->base.dictionary);
  const YejiRole *other = NULL;
  g_autofree char *chip = NULL;
  g_autoptr (GError) error = NULL;
  static const YejiFacts facts = { 0, 0, 100, YEJI_OUTCOME_NATIONAL, 4, 4 };

  g_assert_true (yeji_store_save (fixture->base.store, fixture->base.record, &facts, "typed",
                                  &error));
  yeji_filter_choice_set (choice, NULL, YEJI_OUTCOME_NATIONAL);
  await_shown (fixture, 1);
  for (guint i = 0; i < roles->len; i++)
    if (!g_str_equal (((YejiRole *) g_ptr_array_index (roles, i))->id,
                      yeji_record_get_role (fixture->base.record)))
      other = g_ptr_array_index (roles, i);
  yeji_filter_choice_set (choice, other->id, YEJI_OUTCOME_NATIONAL);
  await_shown (fixture, 0);
  g_assert_cmpuint (name_walk_check (GTK_WIDGET (fixture->window)), >, 10);

  chip = g_strdup_printf ("Remove the filter “Declared as: %s”", yeji_label (&other->label));
  g_signal_emit_by_name (find (fixture, GTK_TYPE_BUTTON, chip), "clicked");
  await_shown (fixture, 1);
  g_signal_emit_by_name (find (fixture, GTK_TYPE_BUTTON,
                               "Remove the filter “Expected grade: Expected: national”"),
                         "clicked");
  await_shown (fixture, N_RECORDS);
  g_assert_false (yeji_filter_choice_is_narrow (choice));
}

static void
test_empty (Fixture       *fixture,
            gconstpointer  data)
{
  YejiFilterSidebar *sidebar = get_part (fixture, YEJI_TYPE_FILTER_SIDEBAR);

  for (guint i = 0; i < N_YEJI_FILTERS; i++)
    {
      const YejiFilterDef *def = yeji_filter_get (i);

      if (i == YEJI_FILTER_ALL || i == YEJI_FILTER_DRAFTS)
        continue;
      yeji_filter_sidebar_select (sidebar, i);
      await_shown (fixture, 0);
      g_assert_true (gtk_widget_is_visible (find (fixture, GTK_TYPE_LABEL, def->empty_title)));
      g_assert_true (can (fixture, def->action_label));
      name_walk_check (GTK_WIDGET (fixture->window));
    }
  g_signal_emit_by_name (find (fixture, GTK_TYPE_BUTTON, "Show All Records"), "clicked");
  await_shown (fixture, N_RECORDS);
  g_assert_cmpint (yeji_filter_sidebar_get_selected (sidebar), ==, YEJI_FILTER_ALL);
}

static void
test_nothing_found (Fixture       *fixture,
                    gconstpointer  data)
{
  YejiFilterSidebar *sidebar = get_part (fixture, YEJI_TYPE_FILTER_SIDEBAR);
  GtkEditable *search = get_part (fixture, GTK_TYPE_SEARCH_ENTRY);

  yeji_filter_sidebar_select (sidebar, YEJI_FILTER_READY);
  gtk_editable_set_text (search, "示例");
  await_shown (fixture, 0);
  g_signal_emit_by_name (find (fixture, GTK_TYPE_BUTTON, "Search All Records"), "clicked");
  await_shown (fixture, N_RECORDS);
  gtk_editable_set_text (search, "没有这样的");
  await_shown (fixture, 0);
  g_signal_emit_by_name (find (fixture, GTK_TYPE_BUTTON, "Clear Search"), "clicked");
  await_shown (fixture, N_RECORDS);
  g_assert_cmpstr (gtk_editable_get_text (search), ==, "");
}

/* ---- What is remembered */

static void
test_restored (Fixture       *fixture,
               gconstpointer  data)
{
  GtkColumnView *view = get_part (fixture, GTK_TYPE_COLUMN_VIEW);
  GtkColumnViewColumn *name = yeji_column_choice_find (view, YEJI_COLUMN_NAME);
  gboolean descending;

  gtk_widget_activate_action (GTK_WIDGET (view), "columns.role", NULL);
  g_assert_false (gtk_column_view_column_get_visible (
                    yeji_column_choice_find (view, YEJI_COLUMN_ROLE)));
  gtk_column_view_column_set_fixed_width (
    yeji_column_choice_find (view, YEJI_COLUMN_CHANGED), 222);
  gtk_column_view_sort_by_column (view, name, GTK_SORT_ASCENDING);
  yeji_filter_sidebar_select (get_part (fixture, YEJI_TYPE_FILTER_SIDEBAR), YEJI_FILTER_DRAFTS);
  yeji_filter_choice_set (get_part (fixture, YEJI_TYPE_FILTER_CHOICE), NULL, YEJI_OUTCOME_REFUSED);
  yeji_editor_toggle_pane (yeji_window_get_editor (fixture->window));
  close_window (fixture);
  open_window (fixture);
  g_assert_false (adw_flap_get_reveal_flap (
                    ADW_FLAP (find_type (GTK_WIDGET (yeji_window_get_editor (fixture->window)),
                                         ADW_TYPE_FLAP))));
  view = get_part (fixture, GTK_TYPE_COLUMN_VIEW);
  g_assert_false (gtk_column_view_column_get_visible (
                    yeji_column_choice_find (view, YEJI_COLUMN_ROLE)));
  g_assert_true (gtk_column_view_column_get_visible (
                   yeji_column_choice_find (view, YEJI_COLUMN_STATE)));
  g_assert_cmpint (gtk_column_view_column_get_fixed_width (
                     yeji_column_choice_find (view, YEJI_COLUMN_CHANGED)), ==, 222);
  g_assert_cmpint (yeji_columns_get_sort (gtk_column_view_get_sorter (view), &descending), ==,
                   YEJI_SORT_NAME);
  g_assert_false (descending);
  g_assert_cmpint (yeji_filter_sidebar_get_selected (get_part (fixture, YEJI_TYPE_FILTER_SIDEBAR)),
                   ==, YEJI_FILTER_DRAFTS);
  g_assert_cmpint (yeji_filter_choice_get_outcome (get_part (fixture, YEJI_TYPE_FILTER_CHOICE)),
                   ==, YEJI_OUTCOME_REFUSED);
}

/* What is the same of all that is in the bin takes no room there; what was not chosen stays
 * away. */
static void
test_bin_columns (Fixture       *fixture,
                  gconstpointer  data)
{
  static const struct
  {
    YejiColumn column;
    gboolean outside;
    gboolean inside;
  } cases[] = {
    { YEJI_COLUMN_NAME, TRUE, TRUE },
    { YEJI_COLUMN_ROLE, FALSE, FALSE },
    { YEJI_COLUMN_STATE, TRUE, FALSE },
    { YEJI_COLUMN_GRADE, TRUE, FALSE },
    { YEJI_COLUMN_CHANGED, TRUE, TRUE },
    { YEJI_COLUMN_LEFT, FALSE, TRUE },
  };
  YejiFilterSidebar *sidebar = get_part (fixture, YEJI_TYPE_FILTER_SIDEBAR);
  GtkColumnView *view = get_part (fixture, GTK_TYPE_COLUMN_VIEW);

  gtk_widget_activate_action (GTK_WIDGET (view), "columns.role", NULL);
  for (guint round = 0; round < 4; round++)
    {
      gboolean in_bin = round % 2 == 1;

      yeji_filter_sidebar_select (sidebar, in_bin ? YEJI_FILTER_BIN : YEJI_FILTER_ALL);
      if (round == 1)
        yeji_column_choice_save (view);
      for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
        g_assert_true (gtk_column_view_column_get_visible (
                         yeji_column_choice_find (view, cases[i].column))
                       == (in_bin ? cases[i].inside : cases[i].outside));
    }
  close_window (fixture);      /* in the bin; what was chosen is not forgotten for that */
  open_window (fixture);
  view = get_part (fixture, GTK_TYPE_COLUMN_VIEW);
  yeji_filter_sidebar_select (get_part (fixture, YEJI_TYPE_FILTER_SIDEBAR), YEJI_FILTER_ALL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_true (gtk_column_view_column_get_visible (
                     yeji_column_choice_find (view, cases[i].column)) == cases[i].outside);
  gtk_widget_activate_action (GTK_WIDGET (view), "columns.role", NULL);
}

/* ---- Several records */

static void
test_offers (Fixture       *fixture,
             gconstpointer  data)
{
  static const char *const buttons[] = { "Check", "Submit", "Export…", "Attach…",
                                         "Move to the Bin" };

  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    g_assert_false (can (fixture, buttons[i]));
  gtk_selection_model_select_item (get_selection (fixture), 1, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    g_assert_true (can (fixture, buttons[i]));
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "1 of 5 selected"));
  gtk_selection_model_select_all (get_selection (fixture));
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "5 of 5 selected"));
}

static gboolean
is_idle (gpointer data)
{
  return !yeji_window_bulk_is_busy (((Fixture *) data)->window);
}

static void
await_job (Fixture *fixture)
{
  g_assert_true (yeji_window_bulk_is_busy (fixture->window));
  yeji_test_wait_until (is_idle, fixture, 30000);
}

static guint
count_states (Fixture   *fixture,
              YejiState  state)
{
  g_autoptr (GPtrArray) list = yeji_store_list (fixture->base.store, NULL);
  guint n = 0;

  for (guint i = 0; i < list->len; i++)
    n += yeji_entry_get_state (g_ptr_array_index (list, i)) == state ? 1 : 0;
  return n;
}

static GtkWindow *
find_report (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (YEJI_IS_BULK_REPORT (window))
        return GTK_WINDOW (window);
    }
  return NULL;
}

static void
test_check (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (YejiEntry) before = yeji_store_get_entry (fixture->base.store, fixture->uuids[1],
                                                       NULL);
  g_autoptr (YejiEntry) after = NULL;

  g_assert_cmpint (yeji_entry_get_completeness (before), ==, -1);
  gtk_selection_model_select_all (get_selection (fixture));
  g_signal_emit_by_name (find (fixture, GTK_TYPE_BUTTON, "Check"), "clicked");
  await_job (fixture);
  after = yeji_store_get_entry (fixture->base.store, fixture->uuids[1], NULL);
  g_assert_true (yeji_entry_is_checked (after));
  g_assert_cmpint (yeji_entry_get_completeness (after), >, 0);
  /* a check is not a change */
  g_assert_cmpstr (yeji_entry_get_changed_at (after), ==, yeji_entry_get_changed_at (before));
}

static void
fill_slots (Fixture    *fixture,
            const char *uuid)
{
  GPtrArray *slots = yeji_dictionary_get_slots (fixture->base.dictionary);
  g_autofree char *path = g_build_filename (fixture->base.dir, "scan.pdf", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "%PDF-1.4\n%%EOF\n", -1, &error));
  for (guint i = 0; i < slots->len; i++)
    {
      g_autoptr (YejiAttachment) attachment = NULL;

      attachment = yeji_store_attach (fixture->base.store, uuid,
                                      ((YejiSlot *) g_ptr_array_index (slots, i))->id, file, NULL,
                                      &error);
      g_assert_no_error (error);
    }
}

/* The one that is complete goes, the others stay, and it is said why. */
static void
test_submit (Fixture       *fixture,
             gconstpointer  data)
{
  GtkWindow *report;

  fill_slots (fixture, fixture->uuids[0]);
  gtk_selection_model_select_all (get_selection (fixture));
  g_signal_emit_by_name (find (fixture, GTK_TYPE_BUTTON, "Submit"), "clicked");
  await_job (fixture);
  g_assert_cmpuint (count_states (fixture, YEJI_STATE_QUEUED), ==, 1);
  report = find_report ();
  g_assert_nonnull (report);
  g_assert_cmpuint (name_walk_check (GTK_WIDGET (report)), >=, N_RECORDS - 1);
  g_assert_nonnull (name_walk_find (GTK_WIDGET (report), GTK_TYPE_LABEL,
                                    "1 submitted, 4 not"));
  gtk_window_destroy (report);
}

static guint
find_format (const char *suffix)
{
  const YejiExportFormat *format;

  for (guint i = 0; (format = yeji_export_get_format (i)) != NULL; i++)
    if (g_str_equal (format->suffix, suffix))
      return i;
  g_assert_not_reached ();
}

static void
test_export (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->base.dir, "out.json", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  const char *const uuids[] = { fixture->uuids[2], fixture->uuids[0], NULL };

  yeji_window_bulk_export (fixture->window, uuids, file, find_format (".json"));
  await_job (fixture);
  g_assert_nonnull (name_walk_find (GTK_WIDGET (fixture->window), GTK_TYPE_LABEL,
                                    "2 records exported to out.json, "
                                    "personal numbers in it in clear text"));
  records = yeji_record_file_read (fixture->base.dictionary, path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 2);
  for (guint i = 0; i < records->len; i++)
    g_assert_cmpstr (yeji_record_get_uuid (g_ptr_array_index (records, i)), ==, uuids[i]);
}

/* What was there stays as it was. */
static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->base.dir, "out.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) uuids = NULL;

  g_assert_true (g_file_set_contents (path, "before", -1, NULL));
  for (guint i = 0; i < 500; i++)
    g_strv_builder_add (builder, fixture->uuids[i % N_RECORDS]);
  uuids = g_strv_builder_end (builder);
  yeji_window_bulk_export (fixture->window, (const char *const *) uuids, file,
                           find_format (".json"));
  g_assert_true (gtk_widget_get_visible (find (fixture, GTK_TYPE_BUTTON, "Cancel")));
  g_signal_emit_by_name (find (fixture, GTK_TYPE_BUTTON, "Cancel"), "clicked");
  await_job (fixture);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "before");
}

static guint
count_documents (Fixture *fixture)
{
  guint n = 0;

  for (guint i = 0; i < N_RECORDS; i++)
    {
      g_autoptr (YejiEntry) entry = yeji_store_get_entry (fixture->base.store, fixture->uuids[i],
                                                          NULL);

      n += yeji_entry_get_n_documents (entry);
    }
  return n;
}

static gpointer
find_undo (Fixture *fixture)
{
  return name_walk_find (GTK_WIDGET (fixture->window), GTK_TYPE_BUTTON, "_Undo");
}

static gboolean
offers_undo (gpointer data)
{
  return find_undo (data) != NULL;
}

static gboolean
offers_nothing (gpointer data)
{
  return find_undo (data) == NULL;
}

static void
test_attach (Fixture       *fixture,
             gconstpointer  data)
{
  GPtrArray *slots = yeji_dictionary_get_slots (fixture->base.dictionary);
  g_autofree char *path = g_build_filename (fixture->base.dir, "both.pdf", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  const char *const uuids[] = { fixture->uuids[1], fixture->uuids[2], NULL };

  g_assert_true (g_file_set_contents (path, "%PDF-1.4\n%%EOF\n", -1, NULL));
  g_list_store_append (files, file);
  yeji_window_bulk_attach (fixture->window, uuids, ((YejiSlot *) g_ptr_array_index (slots, 0))->id,
                           G_LIST_MODEL (files));
  await_job (fixture);
  g_assert_cmpuint (count_documents (fixture), ==, 2);
  yeji_test_wait_until (offers_undo, fixture, 10000);
  g_signal_emit_by_name (find_undo (fixture), "clicked");
  await_job (fixture);
  g_assert_cmpuint (count_documents (fixture), ==, 0);
}

/* Undone while it waits to be sent; the second try comes too late. */
static void
test_take_back (Fixture       *fixture,
                gconstpointer  data)
{
  const char *const uuids[] = { fixture->uuids[0], NULL };
  g_autoptr (GPtrArray) outbox = NULL;
  const YejiOutboxItem *item;

  fill_slots (fixture, fixture->uuids[0]);
  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *undo;

      gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.submit-records", "^as", uuids);
      await_job (fixture);
      g_assert_cmpuint (count_states (fixture, YEJI_STATE_QUEUED), ==, 1);
      yeji_test_wait_until (offers_undo, fixture, 10000);
      undo = find_undo (fixture);
      if (i == 1)
        {
          outbox = yeji_store_get_outbox (fixture->base.store, NULL);
          item = g_ptr_array_index (outbox, 0);
          g_assert_true (yeji_store_begin_sending (fixture->base.store, item->uuid, item->seq,
                                                   NULL));
        }
      g_signal_emit_by_name (undo, "clicked");
      await_job (fixture);
      g_assert_cmpuint (count_states (fixture, YEJI_STATE_QUEUED), ==, i);
      yeji_test_wait_until (offers_nothing, fixture, 10000);
    }
}

/* ---- What cannot be changed */

static void
answer (Fixture    *fixture,
        guint       index,
        const char *state)
{
  g_autoptr (GPtrArray) answers = NULL;
  YejiAnswer *one = yeji_answer_new ();
  g_autofree char *cursor = g_strdup_printf ("c%u", index);
  g_autoptr (GError) error = NULL;

  answers = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_answer_free);
  one->uuid = g_strdup (fixture->uuids[index]);
  one->revision = g_strdup ("r1");
  one->state = g_strdup (state);
  one->at = g_strdup ("2026-01-02T03:04:05Z");
  g_ptr_array_add (answers, one);
  yeji_store_apply_answers (fixture->base.store, answers, cursor, &error);
  g_assert_no_error (error);
}

typedef struct
{
  YejiEntryModel *model;
  const char *uuid;
} Wanted;

static gboolean
is_fixed (gpointer data)
{
  const Wanted *wanted = data;
  guint position = yeji_entry_model_find (wanted->model, wanted->uuid);
  g_autoptr (YejiEntryItem) item = NULL;
  YejiEntry *entry;

  if (position == G_MAXUINT)
    return FALSE;
  item = g_list_model_get_item (G_LIST_MODEL (wanted->model), position);
  entry = yeji_entry_item_get_entry (item);
  return entry != NULL && !yeji_entry_is_editable (entry);
}

static guint
await_fixed (Fixture    *fixture,
             const char *uuid)
{
  YejiRecordTable *table = get_part (fixture, YEJI_TYPE_RECORD_TABLE);
  Wanted wanted = { yeji_record_table_get_model (table), uuid };

  yeji_test_wait_until (is_fixed, &wanted, 10000);
  return yeji_entry_model_find (wanted.model, uuid);
}

/* Of the province's records nothing can be changed, and the buttons say so; one other among them
 * is enough to try. */
static void
test_obstacle (Fixture       *fixture,
               gconstpointer  data)
{
  static const char *const changing[] = { "Submit", "Attach…" };
  static const char *const others[] = { "Check", "Export…", "Move to the Bin" };
  guint approved, submitted;

  answer (fixture, 0, "approved");
  answer (fixture, 1, "submitted");
  await_fixed (fixture, fixture->uuids[0]);
  submitted = await_fixed (fixture, fixture->uuids[1]);
  approved = await_fixed (fixture, fixture->uuids[0]);
  for (guint i = 0; i < G_N_ELEMENTS (changing); i++)
    {
      GtkWidget *button = find (fixture, GTK_TYPE_BUTTON, changing[i]);
      g_autofree char *own = g_strdup (gtk_widget_get_tooltip_text (button));

      gtk_selection_model_select_item (get_selection (fixture), approved, TRUE);
      g_assert_false (can (fixture, changing[i]));
      g_assert_cmpstr (gtk_widget_get_tooltip_text (button), ==,
                       "Not possible in this state: Approved");
      gtk_selection_model_select_item (get_selection (fixture), submitted, FALSE);
      g_assert_false (can (fixture, changing[i]));
      g_assert_cmpstr (gtk_widget_get_tooltip_text (button), ==,
                       "Not possible: what is selected is in the province's hands or approved");
      for (guint j = 0; j < G_N_ELEMENTS (others); j++)
        g_assert_true (can (fixture, others[j]));
      gtk_selection_model_select_all (get_selection (fixture));
      g_assert_true (can (fixture, changing[i]));
      g_assert_cmpstr (gtk_widget_get_tooltip_text (button), ==, own);
    }
}

/* ---- By keyboard */

static gboolean
press (Fixture         *fixture,
       guint            keyval,
       GdkModifierType  state)
{
  return key_walk_press (GTK_WINDOW (fixture->window), get_part (fixture, GTK_TYPE_SEARCH_ENTRY),
                         keyval, state);
}

static guint
count_selected (Fixture *fixture)
{
  return yeji_record_table_get_n_selected (get_part (fixture, YEJI_TYPE_RECORD_TABLE));
}

static gboolean
is_in_rows (gpointer data)
{
  Fixture *fixture = data;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));

  return focus != NULL
         && gtk_widget_is_ancestor (focus, get_part (fixture, GTK_TYPE_COLUMN_VIEW));
}

/* The focus on the first row, which is selected. */
static void
go_to_rows (Fixture *fixture)
{
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
  yeji_record_table_select_first (get_part (fixture, YEJI_TYPE_RECORD_TABLE));
  yeji_test_wait_until (is_in_rows, fixture, 5000);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
  g_assert_cmpuint (count_selected (fixture), ==, 1);
}

static void
test_keys_select (Fixture       *fixture,
                  gconstpointer  data)
{
  go_to_rows (fixture);
  g_assert_true (press (fixture, GDK_KEY_Down, GDK_SHIFT_MASK));
  g_assert_cmpuint (count_selected (fixture), ==, 2);
  g_assert_true (press (fixture, GDK_KEY_a, GDK_CONTROL_MASK));
  g_assert_cmpuint (count_selected (fixture), ==, N_RECORDS);
  g_assert_true (press (fixture, GDK_KEY_Down, 0));
  g_assert_cmpuint (count_selected (fixture), ==, 1);
}

static void
test_keys_delete (Fixture       *fixture,
                  gconstpointer  data)
{
  go_to_rows (fixture);
  g_assert_true (press (fixture, GDK_KEY_Down, GDK_SHIFT_MASK));
  g_assert_true (press (fixture, GDK_KEY_Delete, 0));
  await_shown (fixture, N_RECORDS - 2);
  g_assert_cmpuint (count_states (fixture, YEJI_STATE_REMOVED), ==, 2);
  yeji_test_wait_until (offers_undo, fixture, 10000);
  g_signal_emit_by_name (find_undo (fixture), "clicked");
  await_shown (fixture, N_RECORDS);
  g_assert_cmpuint (count_states (fixture, YEJI_STATE_REMOVED), ==, 0);
}

static gboolean
is_open (gpointer data)
{
  return yeji_window_get_draft (((Fixture *) data)->window) != NULL;
}

static void
test_keys_open (Fixture       *fixture,
                gconstpointer  data)
{
  go_to_rows (fixture);
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  yeji_test_wait_until (is_open, fixture, 10000);
}

/* The first letter is typed into the search, and the next one goes there by itself; Escape comes
 * back to the rows. */
static void
test_keys_search (Fixture       *fixture,
                  gconstpointer  data)
{
  GtkEditable *search = get_part (fixture, GTK_TYPE_SEARCH_ENTRY);
  GtkWidget *focus;

  go_to_rows (fixture);
  g_assert_true (press (fixture, gdk_unicode_to_keyval (0x7532), 0));  /* 甲 */
  g_assert_cmpstr (gtk_editable_get_text (search), ==, "甲");
  focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  g_assert_true (gtk_widget_is_ancestor (focus, GTK_WIDGET (search)));
  g_assert_cmpint (gtk_editable_get_position (search), ==, 1);
  await_shown (fixture, 0);
  g_assert_true (press (fixture, GDK_KEY_Escape, 0));
  g_assert_cmpstr (gtk_editable_get_text (search), ==, "");
  await_shown (fixture, N_RECORDS);
  go_to_rows (fixture);
}

static void
add_tests (void)
{
#define ADD(path, test) g_test_add ("/app/record-list/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("tells-what-is-expected-from-what-is-decided", test_facts);
  ADD ("names-every-control", test_names);
  ADD ("narrows-by-role-and-grade-and-shows-it", test_filter);
  ADD ("teaches-where-it-is-empty", test_empty);
  ADD ("offers-a-wider-search", test_nothing_found);
  ADD ("is-as-it-was-left", test_restored);
  ADD ("leaves-out-what-is-the-same-in-the-bin", test_bin_columns);
  ADD ("offers-what-can-be-done-with-the-selection", test_offers);
  ADD ("checks-several", test_check);
  ADD ("submits-what-has-no-errors", test_submit);
  ADD ("takes-back-what-is-not-sent-yet", test_take_back);
  ADD ("says-what-cannot-be-changed", test_obstacle);
  ADD ("selects-by-keyboard", test_keys_select);
  ADD ("moves-to-the-bin-by-a-key", test_keys_delete);
  ADD ("opens-by-enter", test_keys_open);
  ADD ("searches-by-the-first-letter", test_keys_search);
  ADD ("exports-the-chosen-in-order", test_export);
  ADD ("keeps-the-old-file-when-cancelled", test_cancel);
  ADD ("attaches-to-several-and-undoes-it", test_attach);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
