// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "test-use-window"

#include "config.h"

#include <string.h>

#include "app-fixture.h"
#include "name-walk.h"
#include "yeji-test.h"
#include "yeji-use-item.h"
#include "yeji-use-window.h"

#define PATIENCE_MS 10000
#define OTHER "6f1c2d3e-4a5b-4c6d-8e7f-102030405777"

typedef struct
{
  AppFixture base;
  YejiUseWindow *window;
  char *uuid;
  guint wanted;
} Fixture;

static void
approve (Fixture    *fixture,
         YejiRecord *record,
         const char *revision)
{
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_answer_free);
  YejiAnswer *said = yeji_answer_new ();
  g_autoptr (GError) error = NULL;

  said->uuid = g_strdup (yeji_record_get_uuid (record));
  said->revision = g_strdup (revision);
  said->state = g_strdup ("approved");
  said->grade = g_strdup ("B");
  said->office = g_strdup ("长春市城乡建设委员会 建筑业管理处");
  said->at = g_strdup ("2026-11-20T02:30:00Z");
  said->record = yeji_record_to_text (record);
  g_ptr_array_add (answers, said);
  yeji_store_apply_answers (fixture->base.store, answers, revision, &error);
  g_assert_no_error (error);
}

/* One record that was approved, and one that was not. */
static void
fill_store (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (g_getenv ("YEJI_SAMPLES"), "complete-construction.json",
                                            NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiRecord) record = NULL;
  g_autoptr (YejiRecord) other = NULL;
  g_autoptr (GString) changed = NULL;
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  record = yeji_record_new_from_text (fixture->base.dictionary, text, -1, &error);
  g_assert_no_error (error);
  changed = g_string_new (text);
  g_string_replace (changed, yeji_record_get_uuid (record), OTHER, 0);
  other = yeji_record_new_from_text (fixture->base.dictionary, changed->str, -1, &error);
  g_assert_no_error (error);
  fixture->uuid = g_strdup (yeji_record_get_uuid (record));
  yeji_store_save (fixture->base.store, record, NULL, "typed", &error);
  g_assert_no_error (error);
  yeji_store_save (fixture->base.store, other, NULL, "typed", &error);
  g_assert_no_error (error);
  approve (fixture, record, "r3");
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  app_fixture_set_up_bare (&fixture->base, data);
  fill_store (fixture);
  fixture->window = YEJI_USE_WINDOW (yeji_use_window_new (NULL, fixture->base.store, NULL));
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  yeji_test_wait_until (yeji_test_is_gone, &fixture->window, PATIENCE_MS);
  g_free (fixture->uuid);
  app_fixture_tear_down (&fixture->base, data);
}

static gboolean
is_settled (gpointer data)
{
  return yeji_use_window_is_settled (((Fixture *) data)->window);
}

static YejiUseItem *
find_item (Fixture    *fixture,
           const char *uuid)
{
  GListModel *items = yeji_use_window_get_items (fixture->window);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (YejiUseItem) item = g_list_model_get_item (items, i);

      if (g_str_equal (yeji_use_item_get_uuid (item), uuid))
        return item;           /* the model keeps it */
    }
  return NULL;
}

static YejiUseList *
get_kept (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lists = yeji_store_get_use_lists (fixture->base.store, &error);

  g_assert_no_error (error);
  return lists->len > 0 ? g_ptr_array_steal_index (lists, 0) : NULL;
}

/* What a label within says, of the first one that has @part. */
static const char *
find_label (GtkWidget  *root,
            const char *part)
{
  const char *found;

  if (GTK_IS_LABEL (root) && strstr (gtk_label_get_text (GTK_LABEL (root)), part) != NULL)
    return gtk_label_get_text (GTK_LABEL (root));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if ((found = find_label (child, part)) != NULL)
      return found;
  return NULL;
}

static void
test_tick (Fixture       *fixture,
           gconstpointer  data)
{
  YejiUseItem *item;
  g_autoptr (YejiUseList) nothing = NULL;
  g_autoptr (YejiUseList) kept = NULL;

  yeji_test_wait_until (is_settled, fixture, PATIENCE_MS);
  nothing = get_kept (fixture);
  g_assert_null (nothing);             /* looking makes no list */
  item = find_item (fixture, fixture->uuid);
  g_assert_true (yeji_use_item_is_editable (item));
  yeji_use_item_set_ticked (item, TRUE);
  g_assert_nonnull (find_label (GTK_WIDGET (fixture->window), "2928.28"));
  yeji_test_wait_until (is_settled, fixture, PATIENCE_MS);
  kept = get_kept (fixture);
  g_assert_cmpstr (kept->records[0], ==, fixture->uuid);
  g_assert_cmpint (kept->state, ==, YEJI_USE_DRAFT);
}

/* Rows are made when they are laid out. */
static gboolean
shows_why_not (gpointer data)
{
  Fixture *fixture = data;
  YejiUseItem *item = find_item (fixture, OTHER);

  return item != NULL
         && find_label (GTK_WIDGET (fixture->window), yeji_use_item_get_note (item)) != NULL;
}

static void
test_why_not (Fixture       *fixture,
              gconstpointer  data)
{
  YejiUseItem *item;

  yeji_test_wait_until (is_settled, fixture, PATIENCE_MS);
  item = find_item (fixture, OTHER);
  g_assert_false (yeji_use_item_is_editable (item));
  g_assert_cmpstr (yeji_use_item_get_note (item), !=, "");
  yeji_test_wait_until (shows_why_not, fixture, PATIENCE_MS);
}

static gboolean
is_queued (gpointer data)
{
  g_autoptr (YejiUseList) kept = get_kept (data);

  return is_settled (data) && kept != NULL && kept->state == YEJI_USE_QUEUED;
}

/* Ctrl+Enter right after the tick: what was ticked goes with it. */
static void
test_send (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (YejiUseList) kept = NULL;

  yeji_test_wait_until (is_settled, fixture, PATIENCE_MS);
  yeji_use_item_set_ticked (find_item (fixture, fixture->uuid), TRUE);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "use.send", NULL);
  yeji_test_wait_until (is_queued, fixture, PATIENCE_MS);
  kept = get_kept (fixture);
  g_assert_cmpstr (kept->records[0], ==, fixture->uuid);
  g_assert_false (kept->again);
}

static gboolean
has_wanted (gpointer data)
{
  Fixture *fixture = data;

  return g_list_model_get_n_items (yeji_use_window_get_items (fixture->window)) == fixture->wanted;
}

/* A list to choose from has a search of its own. */
static GtkWidget *
find_child (GtkWidget *root,
            GType      type)
{
  GtkWidget *found;

  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type))
    return root;
  if (GTK_IS_DROP_DOWN (root))
    return NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if ((found = find_child (child, type)) != NULL)
      return found;
  return NULL;
}

static void
test_search (Fixture       *fixture,
             gconstpointer  data)
{
  GtkWidget *search;

  yeji_test_wait_until (is_settled, fixture, PATIENCE_MS);
  search = find_child (GTK_WIDGET (fixture->window), GTK_TYPE_SEARCH_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (search), "长春市");
  fixture->wanted = 1;
  yeji_test_wait_until (has_wanted, fixture, PATIENCE_MS);
  gtk_editable_set_text (GTK_EDITABLE (search), "没有这个");
  fixture->wanted = 0;
  yeji_test_wait_until (has_wanted, fixture, PATIENCE_MS);
}

/* The other kind asks for other records: the ticks do not stay. */
static void
test_kind (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWidget *kind;

  yeji_test_wait_until (is_settled, fixture, PATIENCE_MS);
  yeji_use_item_set_ticked (find_item (fixture, fixture->uuid), TRUE);
  yeji_test_wait_until (is_settled, fixture, PATIENCE_MS);
  kind = find_child (GTK_WIDGET (fixture->window), GTK_TYPE_DROP_DOWN);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (kind), 1);
  yeji_test_wait_until (is_settled, fixture, PATIENCE_MS);
  g_assert_cmpstr (yeji_use_window_get_list (fixture->window)->kind, ==, "survey_design");
  g_assert_null (yeji_use_window_get_list (fixture->window)->records[0]);
  g_assert_false (yeji_use_item_is_editable (find_item (fixture, fixture->uuid)));
}

static gboolean
shows_twice (gpointer data)
{
  Fixture *fixture = data;
  YejiUseItem *item = find_item (fixture, fixture->uuid);

  return is_settled (data) && item != NULL && *yeji_use_item_get_note (item) != '\0';
}

static gboolean
has_dialog (gpointer data)
{
  g_autoptr (GListModel) toplevels = g_object_ref (gtk_window_get_toplevels ());

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (toplevels, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        {
          adw_message_dialog_response (ADW_MESSAGE_DIALOG (window), "send");
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
is_meant (gpointer data)
{
  g_autoptr (GPtrArray) lists = yeji_store_get_use_lists (((Fixture *) data)->base.store, NULL);

  for (guint i = 0; i < lists->len; i++)
    if (((YejiUseList *) g_ptr_array_index (lists, i))->again)
      return is_settled (data);
  return FALSE;
}

static void
test_twice (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (YejiUseList) first = yeji_use_list_new ("construction", "甲清单（虚构）");
  g_autoptr (GError) error = NULL;

  yeji_test_wait_until (is_settled, fixture, PATIENCE_MS);
  yeji_use_list_tick (first, fixture->uuid, TRUE);
  yeji_store_save_use_list (fixture->base.store, first, &error);
  g_assert_no_error (error);
  yeji_store_queue_use_list (fixture->base.store, first->id, FALSE, &error);
  g_assert_no_error (error);
  yeji_test_wait_until (shows_twice, fixture, PATIENCE_MS);
  yeji_use_item_set_ticked (find_item (fixture, fixture->uuid), TRUE);
  yeji_test_wait_until (is_settled, fixture, PATIENCE_MS);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "use.send", NULL);
  yeji_test_wait_until (has_dialog, fixture, PATIENCE_MS);
  yeji_test_wait_until (is_meant, fixture, PATIENCE_MS);
}

static void
test_names (Fixture       *fixture,
            gconstpointer  data)
{
  yeji_test_wait_until (is_settled, fixture, PATIENCE_MS);
  g_assert_cmpuint (name_walk_check (GTK_WIDGET (fixture->window)), >=, 6);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

static void
add_tests (void)
{
  ADD ("/app/use-window/keeps-what-is-ticked-and-adds-it-up", test_tick);
  ADD ("/app/use-window/says-why-a-record-cannot-be-ticked", test_why_not);
  ADD ("/app/use-window/sends-what-was-ticked-a-moment-ago", test_send);
  ADD ("/app/use-window/finds-a-record-by-any-part", test_search);
  ADD ("/app/use-window/asks-for-other-records-for-another-kind", test_kind);
  ADD ("/app/use-window/asks-before-a-record-is-used-twice", test_twice);
  ADD ("/app/use-window/names-everything-it-shows", test_names);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
