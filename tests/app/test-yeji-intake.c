// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include <glib/gstdio.h>

#include "app-fixture.h"
#include "name-walk.h"
#include "scan-files.h"
#include "yeji-chooser.h"
#include "yeji-intake-store.h"
#include "yeji-intake-window-private.h"
#include "yeji-intake-words.h"
#include "yeji-shrink-window.h"
#include "yeji-combine-window.h"
#include "yeji-test.h"
#include "yeji-window-intake.h"

/* A bound against hanging: the disk of a busy machine takes its time. */
#define PATIENCE_MS 60000

/* Milliseconds that no callback may take, also while hundreds of files come in. Thousands, which are
 * tried by hand, may take a bit longer: YEJI_WATCHDOG=300. */
#define STALL "100"

#define OTHER "示例实验中学教学楼工程（虚构）"

typedef struct
{
  AppFixture base;
  YejiSyncEngine *engine;
  YejiWindow *window;          /* (nullable): weak */
  YejiIntakeWindow *intake;    /* (nullable): weak */
  char *folder;
  char *name;                  /* of the first record */
  char *other;                 /* uuid of the second */
  guint wanted;
  const char *text;
} Fixture;

static gboolean
has_records (gpointer data)
{
  return yeji_record_list_get_n_shown (yeji_window_get_list (((Fixture *) data)->window)) > 0;
}

/* The same record once more, under another name. */
static void
add_other (Fixture *fixture)
{
  g_autoptr (YejiRecord) other = yeji_record_new (fixture->base.dictionary, NULL, "construction");
  YejiRow *project = yeji_record_get_project (other);
  g_autoptr (GError) error = NULL;

  yeji_record_set (other, project,
                   yeji_table_def_find_field (yeji_row_get_table (project), "PrjName"), OTHER);
  g_assert_true (yeji_store_save (fixture->base.store, other, NULL, "typed", &error));
  g_assert_no_error (error);
  fixture->other = g_strdup (yeji_record_get_uuid (other));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  app_fixture_set_up_bare (&fixture->base, NULL);
  fixture->name = g_strdup (yeji_row_get_by_id (yeji_record_get_project (fixture->base.record),
                                                "PrjName"));
  fixture->folder = g_build_filename (fixture->base.dir, "scans", NULL);
  add_other (fixture);
  fixture->engine = yeji_sync_engine_new (fixture->base.store);
  fixture->window = YEJI_WINDOW (yeji_window_new (NULL, fixture->base.store, fixture->engine));
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
  yeji_test_wait_until (has_records, fixture, PATIENCE_MS);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  if (fixture->intake != NULL)
    {
      gtk_window_destroy (GTK_WINDOW (fixture->intake));
      yeji_test_wait_until (yeji_test_is_gone, &fixture->intake, PATIENCE_MS);
    }
  gtk_window_close (GTK_WINDOW (fixture->window));
  yeji_test_wait_until (yeji_test_is_gone, &fixture->window, PATIENCE_MS);
  yeji_sync_engine_stop (fixture->engine);
  yeji_test_wait_until (yeji_test_is_last, fixture->engine, PATIENCE_MS);
  g_assert_finalize_object (g_steal_pointer (&fixture->engine));
  yeji_test_wait_until (yeji_test_is_last, fixture->base.store, PATIENCE_MS);
  app_fixture_tear_down (&fixture->base, data);
  g_free (fixture->folder);
  g_free (fixture->name);
  g_free (fixture->other);
}

/* ---- Scans */

static char *
make_path (Fixture    *fixture,
           const char *folder,
           const char *name)
{
  g_autofree char *dir = g_build_filename (fixture->folder, folder, NULL);

  g_assert_cmpint (g_mkdir_with_parents (dir, 0700), ==, 0);
  return g_build_filename (dir, name, NULL);
}

static void
add_scan (Fixture    *fixture,
          const char *folder,
          const char *name)
{
  g_autofree char *path = make_path (fixture, folder, name);

  scan_write_image (path, "jpeg", 1240, 1754, name);
}

static void
add_text (Fixture    *fixture,
          const char *folder,
          const char *name,
          const char *content)
{
  g_autofree char *path = make_path (fixture, folder, name);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, content, -1, &error);
  g_assert_no_error (error);
}

/* Two records' scans, and one that nobody knows. */
static void
add_usual (Fixture *fixture)
{
  add_scan (fixture, fixture->name, "中标通知书.jpg");
  add_scan (fixture, fixture->name, "施工合同 第2页.jpg");
  add_scan (fixture, fixture->name, "施工合同 第1页.jpg");
  add_scan (fixture, OTHER, "施工许可证.jpg");
  add_scan (fixture, "杂项", "扫描0042.jpg");
}

/* ---- The window */

static YejiIntakeWindow *
find_intake (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item != NULL; item = item->next)
    if (YEJI_IS_INTAKE_WINDOW (item->data))
      return item->data;
  return NULL;
}

static gboolean
has_plan (gpointer data)
{
  Fixture *fixture = data;

  return yeji_intake_window_get_tree (fixture->intake) != NULL;
}

static gboolean
is_examined (gpointer data)
{
  Fixture *fixture = data;
  YejiIntakePlan *plan = yeji_intake_window_get_plan (fixture->intake);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (plan));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (YejiIntakeItem) item = g_list_model_get_item (G_LIST_MODEL (plan), i);

      if (!yeji_intake_item_is_examined (item))
        return FALSE;
    }
  return TRUE;
}

static void
open_folder (Fixture    *fixture,
             const char *uuid)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GFile) folder = g_file_new_for_path (fixture->folder);

  g_list_store_append (files, folder);
  yeji_window_intake_take (fixture->window, G_LIST_MODEL (files), uuid);
  fixture->intake = find_intake ();
  g_assert_nonnull (fixture->intake);
  g_object_add_weak_pointer (G_OBJECT (fixture->intake), (gpointer *) &fixture->intake);
  yeji_test_wait_until (has_plan, fixture, PATIENCE_MS);
}

static YejiIntakeItem *
find_item (Fixture    *fixture,
           const char *filename)
{
  YejiIntakePlan *plan = yeji_intake_window_get_plan (fixture->intake);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (plan));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (YejiIntakeItem) item = g_list_model_get_item (G_LIST_MODEL (plan), i);

      if (g_str_equal (yeji_intake_item_get_filename (item), filename))
        return item;           /* the plan holds it */
    }
  g_assert_not_reached ();
}

static void
select_item (Fixture    *fixture,
             const char *filename)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  g_ptr_array_add (items, find_item (fixture, filename));
  yeji_intake_tree_select (yeji_intake_window_get_tree (fixture->intake), items);
}

static void
act (Fixture    *fixture,
     const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->intake), action, NULL));
}

static gboolean
shows_text (GtkWidget  *root,
            const char *text)
{
  if (GTK_IS_LABEL (root) && strstr (gtk_label_get_text (GTK_LABEL (root)), text) != NULL)
    return TRUE;
  if (GTK_IS_INSCRIPTION (root)
      && strstr (gtk_inscription_get_text (GTK_INSCRIPTION (root)) != NULL
                   ? gtk_inscription_get_text (GTK_INSCRIPTION (root)) : "", text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_visible (child) && shows_text (child, text))
      return TRUE;
  return FALSE;
}

static gboolean
says (gpointer data)
{
  Fixture *fixture = data;

  return shows_text (GTK_WIDGET (fixture->window), fixture->text)
         || (fixture->intake != NULL && shows_text (GTK_WIDGET (fixture->intake), fixture->text));
}

static void
wait_for (Fixture    *fixture,
          const char *text)
{
  fixture->text = text;
  yeji_test_wait_until (says, fixture, PATIENCE_MS);
}

static guint
count_attached (Fixture    *fixture,
                const char *uuid)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) attachments = yeji_store_get_attachments (fixture->base.store, uuid,
                                                                  &error);

  g_assert_no_error (error);
  return attachments->len;
}

static guint
count_tray (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tray = yeji_store_list_tray (fixture->base.store, &error);

  g_assert_no_error (error);
  return tray->len;
}

static void
attach (Fixture *fixture)
{
  act (fixture, "intake.attach");
  yeji_test_wait_until (yeji_test_is_gone, &fixture->intake, PATIENCE_MS);
}

static GtkWidget *
find_button (GtkWidget  *root,
             const char *label)
{
  if (GTK_IS_BUTTON (root) && shows_text (root, label) && gtk_widget_get_mapped (root))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* ---- Tests */

/* Nothing is done before the clerk says so; then all is, and one undo takes it back. */
static void
test_plan_and_undo (Fixture       *fixture,
                    gconstpointer  data)
{
  const char *uuid = yeji_record_get_uuid (fixture->base.record);
  guint before = count_attached (fixture, uuid);

  add_usual (fixture);
  open_folder (fixture, NULL);
  wait_for (fixture, "4 files to 2 records · 1 to the tray");
  wait_for (fixture, "Not Matched (1)");
  g_assert_true (find_button (GTK_WIDGET (fixture->intake), "Attach 5 Files") != NULL);
  g_assert_cmpuint (yeji_intake_item_get_position (find_item (fixture, "施工合同 第1页.jpg")), ==, 1);
  g_assert_cmpuint (yeji_intake_item_get_position (find_item (fixture, "施工合同 第2页.jpg")), ==, 2);
  g_assert_cmpuint (count_attached (fixture, uuid), ==, before);
  attach (fixture);
  wait_for (fixture, "4 files attached to 2 records, 1 waits in the tray");
  g_assert_cmpuint (count_attached (fixture, uuid), ==, before + 3);
  g_assert_cmpuint (count_attached (fixture, fixture->other), ==, 1);
  g_assert_cmpuint (count_tray (fixture), ==, 1);
  gtk_widget_activate (find_button (GTK_WIDGET (fixture->window), "Undo"));
  wait_for (fixture, "The files were taken back");
  g_assert_cmpuint (count_attached (fixture, uuid), ==, before);
  g_assert_cmpuint (count_tray (fixture), ==, 0);
}

static gboolean
is_chooser_open (gpointer data)
{
  Fixture *fixture = data;
  GtkWidget *side = GTK_WIDGET (yeji_intake_window_get_side (fixture->intake));

  for (GtkWidget *child = gtk_widget_get_first_child (side); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (YEJI_IS_CHOOSER (child) && gtk_widget_get_mapped (child)
        && (fixture->text == NULL
            || name_walk_find (child, GTK_TYPE_SEARCH_ENTRY, fixture->text) != NULL))
      return TRUE;
  return FALSE;
}

static void
answer (Fixture    *fixture,
        const char *question,
        const char *typed)
{
  GtkWidget *side = GTK_WIDGET (yeji_intake_window_get_side (fixture->intake));

  fixture->text = question;
  yeji_test_wait_until (is_chooser_open, fixture, PATIENCE_MS);
  for (GtkWidget *child = gtk_widget_get_first_child (side); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (YEJI_IS_CHOOSER (child) && gtk_widget_get_mapped (child))
      {
        yeji_chooser_set_search (YEJI_CHOOSER (child), typed);
        g_assert_cmpuint (yeji_chooser_get_n_shown (YEJI_CHOOSER (child)), ==, 1);
        yeji_chooser_accept (YEJI_CHOOSER (child));
        return;
      }
}

static gboolean
is_matched (gpointer data)
{
  return !shows_text (GTK_WIDGET (((Fixture *) data)->intake), "Not Matched");
}

/* The record is asked for, then the kind; both by typing. One Ctrl+Z takes the last one back. */
static void
test_changed_by_keyboard (Fixture       *fixture,
                          gconstpointer  data)
{
  YejiIntakeItem *item;

  add_usual (fixture);
  open_folder (fixture, NULL);
  yeji_test_wait_until (is_examined, fixture, PATIENCE_MS);
  select_item (fixture, "扫描0042.jpg");
  item = find_item (fixture, "扫描0042.jpg");
  act (fixture, "intake.record");
  answer (fixture, "Search in “Record”", "实验中学");
  answer (fixture, "Search in “Kind of document”", "施工许可证");
  yeji_test_wait_until (is_matched, fixture, PATIENCE_MS);
  g_assert_cmpstr (yeji_intake_item_get_uuid (item), ==, fixture->other);
  g_assert_cmpstr (yeji_intake_item_get_slot (item), ==, "construction_permit");
  wait_for (fixture, "5 files to 2 records · 0 to the tray");
  act (fixture, "intake.undo");
  wait_for (fixture, "Not Matched (1)");
  g_assert_null (yeji_intake_item_get_slot (item));
  act (fixture, "intake.leave");
  wait_for (fixture, "4 files to 2 records · 0 to the tray");
  attach (fixture);
  wait_for (fixture, "4 files attached to 2 records");
  g_assert_cmpuint (count_tray (fixture), ==, 0);
}

/* Pages are put into another order by Alt+Up and Alt+Down. */
static void
test_order (Fixture       *fixture,
            gconstpointer  data)
{
  add_usual (fixture);
  open_folder (fixture, NULL);
  yeji_test_wait_until (is_examined, fixture, PATIENCE_MS);
  select_item (fixture, "施工合同 第2页.jpg");
  act (fixture, "intake.up");
  g_assert_cmpuint (yeji_intake_item_get_position (find_item (fixture, "施工合同 第2页.jpg")), ==, 1);
  g_assert_cmpuint (yeji_intake_item_get_position (find_item (fixture, "施工合同 第1页.jpg")), ==, 2);
  act (fixture, "intake.down");
  g_assert_cmpuint (yeji_intake_item_get_position (find_item (fixture, "施工合同 第2页.jpg")), ==, 2);
}

/* What is damaged, locked or something else is said in words, and looked at by F8. */
static void
test_hostile (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *cut = make_path (fixture, fixture->name, "合同.pdf");
  const char *uuid = yeji_record_get_uuid (fixture->base.record);
  guint before = count_attached (fixture, uuid);

  add_scan (fixture, fixture->name, "中标通知书.jpg");
  add_text (fixture, fixture->name, "施工许可证.jpg", "no picture at all");
  add_text (fixture, fixture->name, "../../etc.jpg", "");
  scan_write_pdf (cut, 3, "cut");
  scan_truncate (cut);
  open_folder (fixture, NULL);
  yeji_test_wait_until (is_examined, fixture, PATIENCE_MS);
  g_assert_cmpint (yeji_intake_item_get_severity (find_item (fixture, "中标通知书.jpg")), <,
                   YEJI_INTAKE_WARNING);
  g_assert_cmpint (yeji_intake_item_get_severity (find_item (fixture, "施工许可证.jpg")), >=,
                   YEJI_INTAKE_WARNING);
  g_assert_nonnull (yeji_intake_item_get_problem (find_item (fixture, "施工许可证.jpg")));
  g_assert_true (yeji_intake_item_is_included (find_item (fixture, "中标通知书.jpg")));
  g_assert_false (yeji_intake_item_is_included (find_item (fixture, "施工许可证.jpg")));
  g_assert_false (yeji_intake_item_is_included (find_item (fixture, "合同.pdf")));
  g_assert_cmpint (yeji_intake_item_get_severity (find_item (fixture, "合同.pdf")), >=,
                   YEJI_INTAKE_WARNING);
  act (fixture, "intake.next");
  wait_for (fixture, "with problems");

  /* what the clerk ticks is tried all the same; beside what cannot be taken, the rest is undone */
  select_item (fixture, "施工许可证.jpg");
  act (fixture, "intake.leave");
  g_assert_true (yeji_intake_item_is_included (find_item (fixture, "施工许可证.jpg")));
  act (fixture, "intake.attach");
  wait_for (fixture, "1 File Was Not Taken");
  g_assert_cmpuint (count_attached (fixture, uuid), ==, before + 1);
  gtk_widget_activate (find_button (GTK_WIDGET (fixture->intake), "Take the Others Back"));
  wait_for (fixture, "The files were taken back");
  yeji_test_wait_until (yeji_test_is_gone, &fixture->intake, PATIENCE_MS);
  g_assert_cmpuint (count_attached (fixture, uuid), ==, before);
}

/* Esc and the button stop it; nothing was attached then. */
static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  const char *uuid = yeji_record_get_uuid (fixture->base.record);
  guint before = count_attached (fixture, uuid);

  add_usual (fixture);
  open_folder (fixture, NULL);
  act (fixture, "intake.attach");
  act (fixture, "intake.cancel");
  if (fixture->intake != NULL)
    {
      wait_for (fixture, "Attach 5 Files");
      act (fixture, "intake.cancel");
      yeji_test_wait_until (yeji_test_is_gone, &fixture->intake, PATIENCE_MS);
    }
  g_assert_cmpuint (count_attached (fixture, uuid), ==, before);
  g_assert_cmpuint (count_tray (fixture), ==, 0);
}

static GtkWidget *
find_question (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data))
      return l->data;
  return NULL;
}

/* As its button does. */
static void
respond (const char *response)
{
  GtkWidget *question = find_question ();

  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), response);
  gtk_window_destroy (GTK_WINDOW (question));
}

/* Choices are not lost by one key; without any the window just closes. */
static void
test_close_asks (Fixture       *fixture,
                 gconstpointer  data)
{
  add_usual (fixture);
  open_folder (fixture, NULL);
  yeji_test_wait_until (is_examined, fixture, PATIENCE_MS);
  select_item (fixture, "扫描0042.jpg");
  act (fixture, "intake.leave");
  act (fixture, "intake.cancel");
  g_assert_nonnull (find_question ());
  g_assert_cmpuint (name_walk_check (find_question ()), >, 1);
  respond ("stay");
  g_assert_null (find_question ());
  g_assert_nonnull (fixture->intake);
  wait_for (fixture, "4 files to 2 records · 0 to the tray");
  act (fixture, "intake.cancel");
  respond ("close");
  yeji_test_wait_until (yeji_test_is_gone, &fixture->intake, PATIENCE_MS);
}

/* Dropped onto a record, all of it belongs there. */
static void
test_given_record (Fixture       *fixture,
                   gconstpointer  data)
{
  add_scan (fixture, "x", "施工许可证.jpg");
  open_folder (fixture, fixture->other);
  wait_for (fixture, "1 file to 1 record · 0 to the tray");
  attach (fixture);
  wait_for (fixture, "1 file attached");
  g_assert_cmpuint (count_attached (fixture, fixture->other), ==, 1);
}

/* The last attaching is taken back from the menu, when its toast has long gone. */
static void
test_undo_from_menu (Fixture       *fixture,
                     gconstpointer  data)
{
  add_scan (fixture, OTHER, "施工许可证.jpg");
  open_folder (fixture, NULL);
  attach (fixture);
  wait_for (fixture, "1 file attached");
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo-attaching", NULL);
  wait_for (fixture, "The files were taken back");
  g_assert_cmpuint (count_attached (fixture, fixture->other), ==, 0);
}

static void
test_names (Fixture       *fixture,
            gconstpointer  data)
{
  add_usual (fixture);
  open_folder (fixture, NULL);
  yeji_test_wait_until (is_examined, fixture, PATIENCE_MS);
  select_item (fixture, "中标通知书.jpg");
  g_assert_cmpuint (name_walk_check (GTK_WIDGET (fixture->intake)), >, 8);
}

/* Of what a record takes in one slot; it takes a few hundred in all. */
#define MAX_IN_SLOT 20

/* Names that say what a scan is; nothing gets more than it takes. */
static char *
make_name (Fixture *fixture,
           guint    i)
{
  GPtrArray *slots = yeji_dictionary_get_slots (fixture->base.dictionary);
  const YejiSlot *slot = g_ptr_array_index (slots, i / 2 % slots->len);
  gboolean room = i / 2 / slots->len < MAX_IN_SLOT;

  return g_strdup_printf ("%s %04u.jpg", room ? slot->synonyms[0] : "扫描", i + 1);
}

/* So many that a window that worked while it reads would stand still. */
static void
fill_many (Fixture *fixture,
           guint    n)
{
  g_autofree char *first = make_path (fixture, fixture->name, "第一张.jpg");
  g_autofree char *content = NULL;
  gsize length;

  scan_write_image (first, "jpeg", 620, 877, "x");
  g_assert_true (g_file_get_contents (first, &content, &length, NULL));
  for (guint i = 1; i < n; i++)
    {
      g_autofree char *name = make_name (fixture, i);
      g_autofree char *path = make_path (fixture, i % 2 == 0 ? fixture->name : OTHER, name);
      g_autofree char *own = g_malloc (length + 4);

      memcpy (own, content, length);
      memcpy (own + length, &i, 4);          /* behind the end of the picture: another sum */
      g_assert_true (g_file_set_contents (path, own, (gssize) length + 4, NULL));
    }
}

static void
take_many (Fixture *fixture,
           guint    n)
{
  gint64 start;
  guint total;

  fill_many (fixture, n);
  start = g_get_monotonic_time ();
  open_folder (fixture, NULL);
  g_test_message ("%u files: the plan after %.2f s", n,
                  (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  yeji_intake_tree_expand_all (yeji_intake_window_get_tree (fixture->intake));
  yeji_test_wait_until (is_examined, fixture, PATIENCE_MS * 5);
  g_test_message ("looked at after %.2f s",
                  (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  total = g_list_model_get_n_items (G_LIST_MODEL (yeji_intake_window_get_plan (fixture->intake)));
  g_assert_cmpuint (total, ==, n);
  select_item (fixture, "第一张.jpg");
  act (fixture, "intake.next");
  start = g_get_monotonic_time ();
  act (fixture, "intake.attach");
  yeji_test_wait_until (yeji_test_is_gone, &fixture->intake, PATIENCE_MS * 5);
  g_test_message ("attached in %.2f s",
                  (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  wait_for (fixture, "attached to 2 records");
}

static void
test_hundreds (Fixture       *fixture,
               gconstpointer  data)
{
  take_many (fixture, 500);
}

static void
test_thousands (Fixture       *fixture,
                gconstpointer  data)
{
  if (!g_test_slow ())
    {
      g_test_skip ("takes minutes");
      return;
    }
  take_many (fixture, 5000);
}

static void
add_tests (void)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/app/intake/shows-a-plan-takes-it-and-undoes-it", test_plan_and_undo },
    { "/app/intake/changes-record-and-kind-by-keyboard", test_changed_by_keyboard },
    { "/app/intake/orders-pages", test_order },
    { "/app/intake/says-what-is-wrong-with-hostile-files", test_hostile },
    { "/app/intake/cancels", test_cancelled },
    { "/app/intake/asks-before-choices-are-lost", test_close_asks },
    { "/app/intake/takes-all-for-a-given-record", test_given_record },
    { "/app/intake/undoes-the-last-from-the-menu", test_undo_from_menu },
    { "/app/intake/names-everything", test_names },
    { "/app/intake/takes-hundreds-without-a-stall", test_hundreds },
    { "/app/intake/takes-thousands", test_thousands },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("YEJI_WATCHDOG", STALL, FALSE);
  return app_fixture_main (&argc, &argv, add_tests);
}
