// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "name-walk.h"
#include "scan-fixture.h"
#include "yeji-combine-window.h"
#include "yeji-documents-pane.h"
#include "yeji-shrink-window.h"
#include "yeji-slots.h"
#include "yeji-thumbnail.h"

static gboolean
is_loaded (gpointer data)
{
  return yeji_thumbnail_get_n_pages (YEJI_THUMBNAIL (data)) > 0
         || yeji_thumbnail_get_problem (YEJI_THUMBNAIL (data)) != NULL;
}

static gboolean
shows_text (GtkWidget  *root,
            const char *text)
{
  if (GTK_IS_LABEL (root) && strstr (gtk_label_get_text (GTK_LABEL (root)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_visible (child) && shows_text (child, text))
      return TRUE;
  return FALSE;
}

static void
do_action (ScanFixture *fixture,
           const char  *action,
           const char  *filename)
{
  g_assert_true (gtk_widget_activate_action (scan_get_card (fixture, filename), action, "s",
                                             scan_get_id (fixture, filename)));
}

/* What is required comes first, is marked in words, and is counted. */
static void
test_required (ScanFixture   *fixture,
               gconstpointer  data)
{
  GPtrArray *slots = yeji_dictionary_get_slots (fixture->base.dictionary);
  g_autofree char *none = NULL;
  g_autofree char *one = NULL;
  guint n_needed = 0;
  GtkWidget *card;

  for (guint i = 0; i < slots->len; i++)
    n_needed += yeji_slot_is_required (g_ptr_array_index (slots, i),
                                       yeji_draft_get_record (fixture->base.draft));
  for (guint i = 0; (card = scan_get (fixture, YEJI_TYPE_SLOT_CARD, i)) != NULL; i++)
    {
      g_assert_cmpint (yeji_slot_card_is_needed (YEJI_SLOT_CARD (card)), ==, i < n_needed);
      g_assert_true (shows_text (card, i < n_needed ? "Required, missing" : "Optional"));
    }
  none = g_strdup_printf ("0 of %u required documents are there", n_needed);
  g_assert_true (shows_text (scan_get_pane (fixture), none));
  scan_attach_jpeg (fixture, "contract", "a.jpg");
  scan_wait_for_n (fixture, 1);
  one = g_strdup_printf ("1 of %u required documents are there", n_needed);
  g_assert_true (shows_text (scan_get_pane (fixture), one));
  g_assert_true (shows_text (GTK_WIDGET (scan_get_slot (fixture, "contract")), "Required, there"));
}

static void
test_thumbnails (ScanFixture   *fixture,
                 gconstpointer  data)
{
  g_autofree char *cut = scan_path (fixture, "cut.jpg");
  static const struct { const char *name; const char *says; gboolean pdf; } cases[] = {
    { "a.jpg", "1 page ·" }, { "b.pdf", "3 pages ·", TRUE }, { "cut.jpg", "Cannot be shown ·" },
  };

  scan_attach_jpeg (fixture, "contract", "a.jpg");
  scan_attach_pdf (fixture, "contract", "b.pdf", 3);
  scan_write_image (cut, "jpeg", 400, 500, "x");
  scan_truncate (cut);
  scan_attach_path (fixture, "contract", cut);
  scan_wait_for_n (fixture, 3);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkWidget *card = scan_get_card (fixture, cases[i].name);

      if (cases[i].pdf && !yeji_page_source_has_pdf ())
        continue;
      yeji_test_wait_until (is_loaded, scan_find (card, YEJI_TYPE_THUMBNAIL, NULL),
                            SCAN_PATIENCE_MS);
      g_assert_true (shows_text (card, cases[i].says));
    }
}

static void
test_order_by_keyboard (ScanFixture   *fixture,
                        gconstpointer  data)
{
  static const struct { const char *key; const char *file; const char *order; } steps[] = {
    { "<Alt>Down", "a.jpg", "contract:b.jpg a.jpg c.jpg" },
    { "<Alt>Down", "a.jpg", "contract:b.jpg c.jpg a.jpg" },
    { "<Alt>Down", "a.jpg", "contract:b.jpg c.jpg a.jpg" },
    { "<Alt>Up", "c.jpg", "contract:c.jpg b.jpg a.jpg" },
    { "<Alt>Up", "c.jpg", "contract:c.jpg b.jpg a.jpg" },
  };

  scan_attach_jpeg (fixture, "contract", "a.jpg");
  scan_attach_jpeg (fixture, "contract", "b.jpg");
  scan_attach_jpeg (fixture, "contract", "c.jpg");
  scan_wait_for_n (fixture, 3);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      GtkWidget *focus;

      yeji_file_card_focus (YEJI_FILE_CARD (scan_get_card (fixture, steps[i].file)));
      focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
      g_assert_true (scan_press (focus, steps[i].key));
      scan_wait_for_order (fixture, steps[i].order);
      /* The keyboard goes with the file. */
      focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
      g_assert_true (gtk_widget_is_ancestor (focus, scan_get_card (fixture, steps[i].file)));
    }
}

/* The button of the toast that is on screen. */
static void
press_undo (ScanFixture *fixture)
{
  GtkWidget *toast = NULL;
  GtkWidget *button = NULL;

  for (guint i = 0; (toast = scan_find (fixture->overlay, GTK_TYPE_BUTTON, &(guint) { i })) != NULL;
       i++)
    if (shows_text (toast, "Undo"))
      button = toast;
  g_assert_nonnull (button);
  gtk_widget_activate (button);
}

static gboolean
has_toast (gpointer data)
{
  ScanFixture *fixture = data;

  return shows_text (fixture->overlay, fixture->text);
}

static void
wait_for_toast (ScanFixture *fixture,
                const char  *text)
{
  fixture->text = text;
  yeji_test_wait_until (has_toast, fixture, SCAN_PATIENCE_MS);
}

static void
test_removed_and_back (ScanFixture   *fixture,
                       gconstpointer  data)
{
  scan_attach_jpeg (fixture, "contract", "a.jpg");
  scan_attach_jpeg (fixture, "contract", "b.jpg");
  scan_wait_for_n (fixture, 2);
  yeji_file_card_focus (YEJI_FILE_CARD (scan_get_card (fixture, "a.jpg")));
  g_assert_true (scan_press (gtk_root_get_focus (GTK_ROOT (fixture->window)), "Delete"));
  scan_wait_for_order (fixture, "contract:b.jpg");
  wait_for_toast (fixture, "“a.jpg” removed");
  press_undo (fixture);
  scan_wait_for_order (fixture, "contract:a.jpg b.jpg");
}

static void
test_moved_and_back (ScanFixture   *fixture,
                     gconstpointer  data)
{
  scan_attach_jpeg (fixture, "contract", "a.jpg");
  scan_attach_jpeg (fixture, "contract", "b.jpg");
  scan_wait_for_n (fixture, 2);
  g_assert_true (gtk_widget_activate_action (scan_get_card (fixture, "a.jpg"), "documents.move-to",
                                             "(ss)", scan_get_id (fixture, "a.jpg"),
                                             "construction_permit"));
  scan_wait_for_order (fixture, "construction_permit:a.jpg");
  scan_wait_for_order (fixture, "contract:b.jpg");
  wait_for_toast (fixture, "“a.jpg” moved in “");
  press_undo (fixture);
  scan_wait_for_order (fixture, "contract:a.jpg b.jpg");
}

/* A picture of the clipboard becomes a file of a type that the slot takes. */
static void
test_pasted_picture (ScanFixture   *fixture,
                     gconstpointer  data)
{
  g_autofree char *path = scan_path (fixture, "screen.png");
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GError) error = NULL;
  YejiAttachment *attachment;

  scan_write_image (path, "png", 1240, 1754, "x");
  texture = gdk_texture_new_from_filename (path, &error);
  g_assert_no_error (error);
  yeji_documents_pane_attach_picture (YEJI_DOCUMENTS_PANE (scan_get_pane (fixture)), "contract",
                                      texture);
  scan_wait_for_n (fixture, 1);
  attachment = g_ptr_array_index (yeji_draft_get_attachments (fixture->base.draft), 0);
  g_assert_cmpstr (yeji_attachment_get_media_type (attachment), ==, "image/jpeg");
  g_assert_true (g_str_has_prefix (yeji_attachment_get_filename (attachment), "Pasted picture "));
}

/* The pane does not build what nobody looks at. */
static void
test_many (ScanFixture   *fixture,
           gconstpointer  data)
{
  YejiSlotCard *slot;

  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *name = g_strdup_printf ("%02u.pdf", i);
      g_autofree char *path = scan_path (fixture, name);

      scan_write_pdf_text (path, "0 0 100 100", name);
      scan_attach_path (fixture, "contract", path);
    }
  scan_wait_for_n (fixture, 30);
  slot = scan_get_slot (fixture, "contract");
  g_assert_cmpuint (yeji_slot_card_get_n_files (slot), ==, 30);
  g_assert_nonnull (yeji_slot_card_find_file (slot, scan_get_id (fixture, "00.pdf")));
  g_assert_null (yeji_slot_card_find_file (slot, scan_get_id (fixture, "29.pdf")));
  g_assert_true (shows_text (GTK_WIDGET (slot), "Show All 30 Files"));
  gtk_widget_activate_action (GTK_WIDGET (slot), "documents.show-all", "s", "contract");
  slot = scan_get_slot (fixture, "contract");
  g_assert_nonnull (yeji_slot_card_find_file (slot, scan_get_id (fixture, "29.pdf")));
}

static void
test_names (ScanFixture   *fixture,
            gconstpointer  data)
{
  scan_attach_jpeg (fixture, "contract", "a.jpg");
  scan_wait_for_n (fixture, 1);
  g_assert_cmpuint (name_walk_check (scan_get_pane (fixture)), >, 8);
  g_assert_nonnull (name_walk_find (scan_get_pane (fixture), GTK_TYPE_BUTTON, "Show a.jpg"));
  g_assert_nonnull (name_walk_find (scan_get_pane (fixture), GTK_TYPE_BUTTON, "Remove a.jpg"));
}

static gboolean
has_room (gpointer widget)
{
  return gtk_widget_get_width (widget) > 0;
}

static void
test_menu (ScanFixture   *fixture,
           gconstpointer  data)
{
  GtkWidget *card;

  scan_attach_jpeg (fixture, "contract", "a.jpg");
  scan_wait_for_n (fixture, 1);
  card = scan_get_card (fixture, "a.jpg");
  yeji_test_wait_until (has_room, card, SCAN_PATIENCE_MS);
  g_assert_true (scan_press (card, "Menu"));
  g_assert_nonnull (scan_find (card, GTK_TYPE_POPOVER_MENU, NULL));
  do_action (fixture, "documents.remove", "a.jpg");
  scan_wait_for_n (fixture, 0);
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

/* The button that is offered, as soon as it is. */
static gboolean
is_ready (gpointer window)
{
  return gtk_widget_is_sensitive (gtk_window_get_default_widget (window));
}

static gboolean
has_original (gpointer data)
{
  ScanFixture *fixture = data;
  GPtrArray *attachments = yeji_draft_get_attachments (fixture->base.draft);

  return attachments->len == 1
         && (yeji_attachment_get_original (g_ptr_array_index (attachments, 0)) != NULL)
            == (fixture->wanted == 1);
}

/* What is made smaller says so, keeps what it was, and becomes that again. */
static void
test_smaller (ScanFixture   *fixture,
              gconstpointer  data)
{
  g_autofree char *path = scan_path (fixture, "a.jpg");
  GtkWidget *window;
  gint64 before;

  scan_write_image (path, "jpeg", 1240, 1754, "a");
  scan_attach_path (fixture, "contract", path);
  scan_wait_for_n (fixture, 1);
  before = yeji_attachment_get_size (g_ptr_array_index (
    yeji_draft_get_attachments (fixture->base.draft), 0));
  do_action (fixture, "documents.shrink", "a.jpg");
  window = find_window (YEJI_TYPE_SHRINK_WINDOW);
  g_assert_cmpuint (name_walk_check (window), >, 4);
  yeji_test_wait_until (is_ready, window, SCAN_PATIENCE_MS);
  gtk_widget_activate (gtk_window_get_default_widget (GTK_WINDOW (window)));
  fixture->wanted = 1;
  yeji_test_wait_until (has_original, fixture, SCAN_PATIENCE_MS);
  g_assert_cmpint (yeji_attachment_get_size (g_ptr_array_index (
    yeji_draft_get_attachments (fixture->base.draft), 0)), <=, before / 2);
  g_assert_true (shows_text (scan_get_card (fixture, "a.jpg"), "the original is kept"));
  do_action (fixture, "documents.original", "a.jpg");
  fixture->wanted = 0;
  yeji_test_wait_until (has_original, fixture, SCAN_PATIENCE_MS);
}

/* Pictures become the pages of one PDF, and come back. */
static void
test_combined (ScanFixture   *fixture,
               gconstpointer  data)
{
  GtkWidget *window;

  scan_attach_jpeg (fixture, "contract", "a.jpg");
  scan_attach_jpeg (fixture, "contract", "b.jpg");
  scan_wait_for_n (fixture, 2);
  g_assert_true (gtk_widget_activate_action (scan_get_card (fixture, "a.jpg"),
                                             "documents.combine", "s", "contract"));
  window = find_window (YEJI_TYPE_COMBINE_WINDOW);
  g_assert_cmpuint (name_walk_check (window), >, 4);
  gtk_widget_activate (gtk_window_get_default_widget (GTK_WINDOW (window)));
  scan_wait_for_order (fixture, "contract:a.pdf");
  wait_for_toast (fixture, "One PDF made of 2 pictures");
  press_undo (fixture);
  scan_wait_for_order (fixture, "contract:a.jpg b.jpg");
}

/* Where else a scan is used is read on its card. */
static void
test_same (ScanFixture   *fixture,
           gconstpointer  data)
{
  g_autofree char *path = scan_path (fixture, "a.jpg");

  scan_attach_jpeg (fixture, "contract", "a.jpg");
  scan_attach_path (fixture, "construction_permit", path);
  scan_wait_for_n (fixture, 2);
  wait_for_toast (fixture, "The same scan is also in “");
}

static void
add_tests (void)
{
  SCAN_ADD ("/app/documents-pane/required-documents-come-first", test_required);
  SCAN_ADD ("/app/documents-pane/each-file-has-its-picture", test_thumbnails);
  SCAN_ADD ("/app/documents-pane/keys-put-files-in-order", test_order_by_keyboard);
  SCAN_ADD ("/app/documents-pane/removed-comes-back-to-its-place", test_removed_and_back);
  SCAN_ADD ("/app/documents-pane/moved-comes-back-to-its-slot", test_moved_and_back);
  SCAN_ADD ("/app/documents-pane/a-pasted-picture-fits-the-slot", test_pasted_picture);
  SCAN_ADD ("/app/documents-pane/many-files-are-shown-when-asked-for", test_many);
  SCAN_ADD ("/app/documents-pane/every-control-has-a-name", test_names);
  SCAN_ADD ("/app/documents-pane/a-file-has-a-menu", test_menu);
  SCAN_ADD ("/app/documents-pane/a-scan-gets-smaller-and-back", test_smaller);
  SCAN_ADD ("/app/documents-pane/pictures-become-one-pdf-and-back", test_combined);
  SCAN_ADD ("/app/documents-pane/a-card-says-where-else-its-scan-is", test_same);
}

int
main (int   argc,
      char *argv[])
{
  return app_fixture_main (&argc, &argv, add_tests);
}
