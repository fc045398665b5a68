// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include <string.h>

#include "app-fixture.h"
#include "name-walk.h"
#include "yeji-backup.h"
#include "yeji-db.h"
#include "yeji-opening.h"
#include "yeji-platform.h"
#include "yeji-store-vault.h"
#include "yeji-test.h"

#define PATIENCE 20000

typedef struct
{
  AppFixture base;
  char *directory;
  YejiWindow *window;          /* (nullable): weak */
  YejiOpening *opening;
  YejiStore *opened;           /* (nullable) */
  guint n_gone;
  guint n_changed;
} Fixture;

static void
on_opened (Fixture   *fixture,
           YejiStore *store)
{
  g_assert_null (fixture->opened);
  fixture->opened = g_object_ref (store);
}

static void
on_gone (Fixture *fixture)
{
  fixture->n_gone++;
}

/* The profile of the base fixture, closed. */
static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  app_fixture_set_up_bare (&fixture->base, data);
  fixture->directory = g_strdup (yeji_store_get_directory (fixture->base.store));
  yeji_store_close (fixture->base.store);
  g_clear_object (&fixture->base.store);
}

static YejiOpeningPage *
get_page (Fixture *fixture)
{
  return yeji_opening_get_page (fixture->opening);
}

static void
start (Fixture *fixture)
{
  const GActionEntry enterprises = { .name = "enterprises" };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  fixture->window = YEJI_WINDOW (yeji_window_new (NULL, NULL, NULL));
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  g_action_map_add_action_entries (G_ACTION_MAP (group), &enterprises, 1, NULL);
  gtk_widget_insert_action_group (GTK_WIDGET (fixture->window), "app", G_ACTION_GROUP (group));
  fixture->opening = yeji_opening_new (fixture->window, fixture->directory);
  g_signal_connect_swapped (fixture->opening, "opened", G_CALLBACK (on_opened), fixture);
  g_signal_connect_swapped (fixture->opening, "gone", G_CALLBACK (on_gone), fixture);
  yeji_opening_start (fixture->opening);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  if (fixture->window != NULL)
    gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_null (fixture->window);
  yeji_test_wait_until (yeji_test_is_last, fixture->opening, PATIENCE);
  g_assert_finalize_object (g_steal_pointer (&fixture->opening));
  if (fixture->opened != NULL)
    {
      yeji_store_close (fixture->opened);
      g_assert_finalize_object (g_steal_pointer (&fixture->opened));
    }
  /* whoever ends it cleanly leaves the profile free */
  fixture->base.store = yeji_store_open (fixture->directory, fixture->base.dictionary, &error);
  g_assert_no_error (error);
  g_free (fixture->directory);
  app_fixture_tear_down (&fixture->base, data);
}

static gboolean
is_opened (gpointer data)
{
  return ((Fixture *) data)->opened != NULL;
}

static gboolean
is_failed (gpointer data)
{
  return yeji_opening_page_get_name (get_page (data)) != NULL;
}

static gboolean
is_gone (gpointer data)
{
  return ((Fixture *) data)->n_gone > 0;
}

static gboolean
is_changed (gpointer data)
{
  return ((Fixture *) data)->n_changed > 0;
}

static void
await_failure (Fixture    *fixture,
               const char *name)
{
  yeji_test_wait_until (is_failed, fixture, PATIENCE);
  g_assert_cmpstr (yeji_opening_page_get_name (get_page (fixture)), ==, name);
  g_assert_cmpuint (name_walk_check (GTK_WIDGET (fixture->window)), >, 1);
}

/* The widget that shows a text: a label, or a button with it. */
static GtkWidget *
find_shown (GtkWidget  *root,
            GType       type,
            const char *text)
{
  const char *shown = NULL;

  if (GTK_IS_BUTTON (root))
    shown = gtk_button_get_label (GTK_BUTTON (root));
  if (GTK_IS_LABEL (root))
    shown = gtk_label_get_text (GTK_LABEL (root));
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type) && g_strcmp0 (shown, text) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_shown (child, type, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
click (Fixture    *fixture,
       const char *name)
{
  GtkWidget *button = find_shown (GTK_WIDGET (get_page (fixture)), GTK_TYPE_BUTTON, name);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static void
on_changed (Fixture *fixture)
{
  g_assert_true (g_main_context_is_owner (g_main_context_default ()));
  fixture->n_changed++;
}

/* The store emits in the main context, although another thread opened it. */
static void
test_opens (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  GtkWidget *content;

  start (fixture);
  g_assert_null (fixture->opened);
  content = adw_application_window_get_content (ADW_APPLICATION_WINDOW (fixture->window));
  g_assert_true (GTK_IS_BOX (content));
  yeji_test_wait_until (is_opened, fixture, PATIENCE);
  content = adw_application_window_get_content (ADW_APPLICATION_WINDOW (fixture->window));
  g_assert_null (content);
  g_signal_connect_swapped (fixture->opened, "changed", G_CALLBACK (on_changed), fixture);
  yeji_store_remove (fixture->opened, yeji_record_get_uuid (fixture->base.record), &error);
  g_assert_no_error (error);
  yeji_test_wait_until (is_changed, fixture, PATIENCE);
  g_assert_cmpuint (fixture->n_gone, ==, 0);
}

static void
test_locked (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "lock", NULL);
  g_autoptr (GError) error = NULL;
  YejiLock *lock = yeji_platform_lock (path, NULL, &error);
  const char *text;

  g_assert_no_error (error);
  start (fixture);
  await_failure (fixture, "locked");
  text = yeji_opening_page_get_text (get_page (fixture));
  g_assert_nonnull (strstr (text, g_get_prgname ()));
  g_assert_nonnull (strstr (text, "process "));
  click (fixture, "_Try Again");
  await_failure (fixture, "locked");
  yeji_platform_unlock (lock);
  click (fixture, "_Try Again");
  yeji_test_wait_until (is_opened, fixture, PATIENCE);
}

/* What the window could do with a profile it cannot do without one. */
static void
test_no_actions (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "lock", NULL);
  YejiLock *lock = yeji_platform_lock (path, NULL, NULL);

  start (fixture);
  await_failure (fixture, "locked");
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.new-default", NULL);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.sync", NULL);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.notices", NULL);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.sign-in", NULL);
  yeji_platform_unlock (lock);
}

static void
test_newer (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *other = g_build_filename (fixture->base.dir, "newer", NULL);
  g_autofree char *path = g_build_filename (other, "yeji.sqlite", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiDb) db = NULL;
  YejiMigration migrations[99];
  char *profile = fixture->directory;

  for (guint i = 0; i < G_N_ELEMENTS (migrations); i++)
    migrations[i] = (YejiMigration) { "later", "" };
  g_mkdir_with_parents (other, 0700);
  db = yeji_db_open (path, migrations, G_N_ELEMENTS (migrations), &error);
  g_assert_no_error (error);
  yeji_db_close (db);

  fixture->directory = other;
  start (fixture);
  await_failure (fixture, "newer");
  fixture->directory = profile;
}

/* The key is not on this computer any more: the recovery code opens, what is not it says so. */
static void
test_sealed (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *keys = g_build_filename (g_get_user_config_dir (), "yeji", "keys", NULL);
  g_autoptr (GError) error = NULL;
  YejiStore *store = yeji_store_open (fixture->directory, fixture->base.dictionary, &error);
  g_autofree char *code = NULL;
  GtkWidget *entry, *note;

  g_assert_no_error (error);
  code = yeji_store_make_recovery_code (store, &error);
  g_assert_no_error (error);
  yeji_store_close (store);
  g_object_unref (store);
  yeji_test_dir_remove (keys);

  start (fixture);
  await_failure (fixture, "sealed");
  entry = name_walk_find (GTK_WIDGET (get_page (fixture)), GTK_TYPE_TEXT, "Recovery code");
  g_assert_nonnull (entry);
  g_assert_true (gtk_widget_has_focus (entry) || gtk_widget_is_focus (entry));
  gtk_editable_set_text (GTK_EDITABLE (entry), "not the code");
  click (fixture, "_Open");
  g_assert_null (yeji_opening_page_get_name (get_page (fixture)));   /* a spinner meanwhile */
  g_assert_nonnull (yeji_opening_page_get_text (get_page (fixture)));
  await_failure (fixture, "sealed");
  note = find_shown (GTK_WIDGET (get_page (fixture)), GTK_TYPE_LABEL,
                     "That is not the right one. Compare each character.");
  g_assert_nonnull (note);
  g_assert_true (gtk_widget_get_visible (note));

  gtk_editable_set_text (GTK_EDITABLE (entry), code);
  g_assert_false (gtk_widget_get_visible (note));
  click (fixture, "_Open");
  yeji_test_wait_until (is_opened, fixture, PATIENCE);
}

static AdwMessageDialog *
find_question (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item != NULL; item = item->next)
    if (ADW_IS_MESSAGE_DIALOG (item->data))
      return item->data;
  return NULL;
}

static gboolean
is_asked (gpointer data)
{
  return find_question () != NULL;
}

static gboolean
is_not_asked (gpointer data)
{
  return find_question () == NULL;
}

/* There is nothing that could be typed: the one way on is without the numbers, and it is asked. */
static void
test_forgotten (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *keys = g_build_filename (g_get_user_config_dir (), "yeji", "keys", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiRecord) record = NULL;
  const char *uuid = yeji_record_get_uuid (fixture->base.record);
  GtkWidget *entry;

  yeji_test_dir_remove (keys);
  start (fixture);
  await_failure (fixture, "sealed");
  entry = name_walk_find (GTK_WIDGET (get_page (fixture)), GTK_TYPE_TEXT, "Recovery code");
  g_assert_true (entry == NULL || !gtk_widget_get_mapped (entry));
  for (guint i = 0; i < 2; i++)
    {
      click (fixture, "Go On without the Personal _Numbers…");
      yeji_test_wait_until (is_asked, NULL, PATIENCE);
      adw_message_dialog_response (find_question (), i == 0 ? "cancel" : "forget");
      gtk_window_destroy (GTK_WINDOW (find_question ()));
      yeji_test_wait_until (is_not_asked, NULL, PATIENCE);
      g_assert_true (i == 1 || fixture->opened == NULL);
    }
  yeji_test_wait_until (is_opened, fixture, PATIENCE);
  record = yeji_store_load (fixture->opened, uuid, &error);
  g_assert_no_error (error);
  g_assert_true (yeji_store_has_lost_key (fixture->opened));
}

/* Each failure has words of its own, every control a name, and the keyboard a place to begin. */
static void
test_pages (Fixture       *fixture,
            gconstpointer  data)
{
  const struct
  {
    GQuark domain;
    int code;
    const char *name;
  } cases[] = {
    { YEJI_STORE_ERROR, YEJI_STORE_ERROR_LOCKED, "locked" },
    { YEJI_STORE_ERROR, YEJI_STORE_ERROR_SEALED, "sealed" },
    { YEJI_STORE_ERROR, YEJI_STORE_ERROR_FILE, "read-only" },
    { YEJI_DB_ERROR, YEJI_DB_ERROR_NEWER, "newer" },
    { YEJI_DB_ERROR, YEJI_DB_ERROR_DAMAGED, "damaged" },
    { YEJI_DB_ERROR, YEJI_DB_ERROR_FULL, "full" },
    { YEJI_DB_ERROR, YEJI_DB_ERROR_READ_ONLY, "read-only" },
    { YEJI_DB_ERROR, YEJI_DB_ERROR_IO, "other" },
    { G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full" },
    { G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "read-only" },
    { G_IO_ERROR, G_IO_ERROR_FAILED, "other" },
  };
  g_autoptr (GHashTable) texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  start (fixture);
  g_assert_nonnull (get_page (fixture));       /* made before the window is given back */
  yeji_test_wait_until (is_opened, fixture, PATIENCE);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (fixture->window),
                                      GTK_WIDGET (get_page (fixture)));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = g_error_new (cases[i].domain, cases[i].code, "no <b> & co");
      GtkWidget *focus;

      yeji_opening_page_show_error (get_page (fixture), error, NULL, NULL);
      g_assert_cmpstr (yeji_opening_page_get_name (get_page (fixture)), ==, cases[i].name);
      g_hash_table_add (texts, g_strdup (yeji_opening_page_get_text (get_page (fixture))));
      g_assert_cmpuint (name_walk_check (GTK_WIDGET (fixture->window)), >, 1);
      focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
      g_assert_true (focus != NULL && gtk_widget_get_mapped (focus));
    }
  g_assert_cmpuint (g_hash_table_size (texts), ==, 8);   /* two of "other" */
  g_object_ref (get_page (fixture));
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (fixture->window), NULL);
  g_object_unref (get_page (fixture));
}

static void
on_restore (YejiOpeningPage *page,
            const char      *path,
            char           **chosen)
{
  *chosen = g_strdup (path);
}

static gboolean
is_chosen (gpointer data)
{
  return *(char **) data != NULL;
}

static void
test_backups (Fixture       *fixture,
              gconstpointer  data)
{
  YejiBackup backups[] = {
    { (char *) "/backups/a", (char *) "a", YEJI_BACKUP_DAILY, (char *) "2026-11-22T09:45:00Z", 1000,
      4, 0 },
    { (char *) "/backups/b", (char *) "b", YEJI_BACKUP_BEFORE_VERSION,
      (char *) "2026-11-01T09:45:00Z", 2000, 3, 0 },
  };
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  g_autoptr (GError) error = g_error_new (YEJI_DB_ERROR, YEJI_DB_ERROR_DAMAGED, "damaged");
  g_autoptr (GtkWidget) page = g_object_ref_sink (yeji_opening_page_new (fixture->directory));
  g_autofree char *chosen = NULL;
  GtkWidget *button;

  start (fixture);
  yeji_test_wait_until (is_opened, fixture, PATIENCE);
  for (guint i = 0; i < G_N_ELEMENTS (backups); i++)
    g_ptr_array_add (list, &backups[i]);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (fixture->window), page);
  g_signal_connect (page, "restore", G_CALLBACK (on_restore), &chosen);
  yeji_opening_page_show_error (YEJI_OPENING_PAGE (page), error, list, NULL);
  g_assert_cmpuint (name_walk_check (page), >, 3);
  button = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  g_assert_nonnull (gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW));
  gtk_widget_activate (gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW));
  yeji_test_wait_until (is_chosen, &chosen, PATIENCE);   /* a button is seen to go down first */
  g_assert_cmpstr (chosen, ==, "/backups/a");
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (fixture->window), NULL);
}

/* What has begun ends by itself, and leaves nothing open. */
static void
test_close (Fixture       *fixture,
            gconstpointer  data)
{
  start (fixture);
  gtk_window_close (GTK_WINDOW (fixture->window));
  yeji_test_wait_until (is_gone, fixture, PATIENCE);
  g_assert_null (fixture->opened);
  g_assert_cmpuint (fixture->n_gone, ==, 1);
}

static void
test_close_failure (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "lock", NULL);
  YejiLock *lock = yeji_platform_lock (path, NULL, NULL);

  start (fixture);
  await_failure (fixture, "locked");
  gtk_window_close (GTK_WINDOW (fixture->window));
  yeji_test_wait_until (is_gone, fixture, PATIENCE);
  yeji_platform_unlock (lock);
}

#define add(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

static void
add_tests (void)
{
  add ("/app/opening/gives-the-window-its-profile", test_opens);
  add ("/app/opening/tells-who-has-the-profile-and-tries-again", test_locked);
  add ("/app/opening/has-no-actions-without-a-profile", test_no_actions);
  add ("/app/opening/refuses-a-newer-profile-in-words", test_newer);
  add ("/app/opening/takes-a-recovery-code-and-refuses-another", test_sealed);
  add ("/app/opening/goes-on-without-the-personal-numbers", test_forgotten);
  add ("/app/opening/has-a-page-for-each-failure", test_pages);
  add ("/app/opening/offers-backups-of-a-damaged-profile", test_backups);
  add ("/app/opening/ends-cleanly-when-the-window-is-closed", test_close);
  add ("/app/opening/ends-when-a-failure-is-closed", test_close_failure);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
