// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "name-walk.h"
#include "scan-fixture.h"
#include "yeji-field-row.h"

static YejiPreviewDock *
get_dock (ScanFixture *fixture)
{
  return YEJI_PREVIEW_DOCK (scan_get (fixture, YEJI_TYPE_PREVIEW_DOCK, 0));
}

static YejiPreview *
get_preview (ScanFixture *fixture)
{
  return yeji_preview_dock_get_preview (get_dock (fixture));
}

static YejiPageView *
get_view (ScanFixture *fixture)
{
  return yeji_preview_get_view (get_preview (fixture));
}

static gboolean
is_shown (gpointer data)
{
  return yeji_page_view_is_shown (get_view (data));
}

static void
wait_for_page (ScanFixture *fixture)
{
  yeji_test_wait_until (is_shown, fixture, SCAN_PATIENCE_MS);
}

static void
open_file (ScanFixture *fixture,
           const char  *filename)
{
  gtk_widget_activate_action (scan_get_card (fixture, filename), "documents.preview", "s",
                              scan_get_id (fixture, filename));
  wait_for_page (fixture);
}

static void
assert_at (ScanFixture *fixture,
           const char  *filename,
           guint        page)
{
  g_assert_cmpstr (yeji_attachment_get_filename (
                     yeji_preview_get_attachment (get_preview (fixture))), ==, filename);
  g_assert_cmpuint (yeji_preview_get_page (get_preview (fixture)), ==, page);
}

static void
press (ScanFixture *fixture,
       const char  *key)
{
  scan_press (GTK_WIDGET (get_view (fixture)), key);
  wait_for_page (fixture);
}

/* From file to file of the slot, and back to the last page of the one before. */
static void
test_pages (ScanFixture   *fixture,
            gconstpointer  data)
{
  static const struct { const char *key; const char *file; guint page; } steps[] = {
    { "Page_Down", "b.pdf", 0 }, { "Page_Down", "b.pdf", 1 }, { "Page_Down", "b.pdf", 2 },
    { "<Alt>Page_Down", "c.jpg", 0 }, { "Page_Down", "c.jpg", 0 }, { "Page_Up", "b.pdf", 2 },
    { "<Alt>Page_Up", "b.pdf", 1 },
  };

  if (!yeji_page_source_has_pdf ())
    {
      g_test_skip ("built without poppler");
      return;
    }
  scan_attach_jpeg (fixture, "contract", "a.jpg");
  scan_attach_pdf (fixture, "contract", "b.pdf", 3);
  scan_attach_jpeg (fixture, "contract", "c.jpg");
  scan_wait_for_n (fixture, 3);
  open_file (fixture, "a.jpg");
  assert_at (fixture, "a.jpg", 0);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      press (fixture, steps[i].key);
      assert_at (fixture, steps[i].file, steps[i].page);
      g_assert_null (yeji_page_view_get_problem (get_view (fixture)));
    }
}

typedef struct
{
  ScanFixture *fixture;
  int rotation;
} Turned;

static gboolean
is_turned (gpointer data)
{
  Turned *turned = data;
  GPtrArray *all = yeji_draft_get_attachments (turned->fixture->base.draft);

  return yeji_attachment_get_rotation (g_ptr_array_index (all, 0)) == turned->rotation;
}

/* The turn is kept with the document, whatever was pressed how fast. */
static void
test_turned (ScanFixture   *fixture,
             gconstpointer  data)
{
  static const struct { const char *keys[4]; int rotation; } cases[] = {
    { { "<Control>r" }, 90 },
    { { "<Control>r", "<Control>r" }, 270 },
    { { "<Shift><Control>r", "<Shift><Control>r", "<Shift><Control>r" }, 0 },
    { { "<Shift><Control>r" }, 270 },
  };

  scan_attach_jpeg (fixture, "contract", "a.jpg");
  scan_wait_for_n (fixture, 1);
  open_file (fixture, "a.jpg");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Turned turned = { fixture, cases[i].rotation };

      for (guint j = 0; j < G_N_ELEMENTS (cases[i].keys) && cases[i].keys[j] != NULL; j++)
        g_assert_true (scan_press (GTK_WIDGET (get_view (fixture)), cases[i].keys[j]));
      yeji_test_wait_until (is_turned, &turned, SCAN_PATIENCE_MS);
      wait_for_page (fixture);
    }
}

static void
test_zoom (ScanFixture   *fixture,
           gconstpointer  data)
{
  YejiPageView *view;
  double fit;

  scan_attach_jpeg (fixture, "contract", "a.jpg");
  scan_wait_for_n (fixture, 1);
  open_file (fixture, "a.jpg");
  view = get_view (fixture);
  fit = yeji_page_view_get_zoom (view);
  /* 794 pixels fit into the room beside the form. */
  g_assert_cmpfloat (fit, >, 0.3);
  g_assert_cmpfloat (fit, <, 1.3);
  press (fixture, "<Control>0");
  g_assert_cmpfloat (yeji_page_view_get_zoom (view), ==, 1);
  press (fixture, "<Control>plus");
  g_assert_cmpfloat (yeji_page_view_get_zoom (view), ==, 1.25);
  press (fixture, "<Control>minus");
  press (fixture, "<Control>minus");
  g_assert_cmpfloat (yeji_page_view_get_zoom (view), ==, 0.85);
  for (int i = 0; i < 30; i++)
    yeji_page_view_step_zoom (view, 1);
  wait_for_page (fixture);
  g_assert_cmpfloat (yeji_page_view_get_zoom (view), ==, 8);
  press (fixture, "w");
  g_assert_cmpfloat_with_epsilon (yeji_page_view_get_zoom (view), fit, 0.01);
  press (fixture, "f");
  g_assert_cmpfloat (yeji_page_view_get_zoom (view), <=, fit + 0.01);
}

/* The window lives on, and says why. */
static void
test_hostile (ScanFixture   *fixture,
              gconstpointer  data)
{
  g_autofree char *cut = scan_path (fixture, "1.jpg");
  g_autofree char *wide = scan_path (fixture, "2.jpg");
  g_autofree char *head = scan_path (fixture, "3.pdf");
  g_autofree char *locked = scan_path (fixture, "4.pdf");
  static const struct { const char *file; const char *says; gboolean pdf; } cases[] = {
    { "1.jpg", "damaged" }, { "2.jpg", "too large" }, { "3.pdf", "damaged", TRUE },
    { "4.pdf", "password", TRUE },
  };

  scan_write_image (cut, "jpeg", 300, 400, "x");
  scan_truncate (cut);
  scan_write_image (wide, "jpeg", 64, 64, "x");
  scan_patch_jpeg (wide, 0xc0, 50000, 50000);
  g_assert_true (g_file_set_contents (head, "%PDF-1.7\n", -1, NULL));
  scan_write_pdf_text (locked, "0 0 9 9", "/Encrypt 4 0 R");
  scan_attach_path (fixture, "contract", cut);
  scan_attach_path (fixture, "contract", wide);
  scan_attach_path (fixture, "contract", head);
  scan_attach_path (fixture, "contract", locked);
  scan_attach_jpeg (fixture, "contract", "5.jpg");
  scan_wait_for_n (fixture, 5);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      if (cases[i].pdf && !yeji_page_source_has_pdf ())
        continue;
      open_file (fixture, cases[i].file);
      g_assert_nonnull (strstr (yeji_page_view_get_problem (get_view (fixture)), cases[i].says));
    }
  open_file (fixture, "5.jpg");
  g_assert_null (yeji_page_view_get_problem (get_view (fixture)));
}

static gboolean
has_focus_in (ScanFixture *fixture,
              GtkWidget   *area)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (fixture->window));

  return focus != NULL && (focus == area || gtk_widget_is_ancestor (focus, area));
}

/* The clerk types from the scan: to the form and back with one key, at the place where it was. */
static void
test_areas (ScanFixture   *fixture,
            gconstpointer  data)
{
  const YejiTableDef *root = yeji_dictionary_get_root (fixture->base.dictionary);
  GtkWidget *page = yeji_editor_get_page (fixture->editor, root);
  GtkWidget *field;

  scan_attach_jpeg (fixture, "contract", "a.jpg");
  scan_wait_for_n (fixture, 1);
  yeji_editor_focus_first (fixture->editor);
  field = gtk_root_get_focus (GTK_ROOT (fixture->window));
  g_assert_true (has_focus_in (fixture, page));
  open_file (fixture, "a.jpg");
  g_assert_true (has_focus_in (fixture, GTK_WIDGET (get_preview (fixture))));
  g_assert_true (gtk_widget_get_mapped (page));
  g_assert_true (scan_press (gtk_root_get_focus (GTK_ROOT (fixture->window)), "<Shift>F6"));
  g_assert_true (has_focus_in (fixture, page));
  /* The keys of the preview work from here, too. */
  g_assert_true (scan_press (gtk_root_get_focus (GTK_ROOT (fixture->window)), "F6"));
  g_assert_true (has_focus_in (fixture, GTK_WIDGET (get_preview (fixture))));
  g_assert_true (scan_press (gtk_root_get_focus (GTK_ROOT (fixture->window)), "<Shift>F6"));
  g_assert_true (has_focus_in (fixture, page));
  /* Closed, it gives the keyboard back. */
  yeji_preview_focus (get_preview (fixture));
  g_assert_true (scan_press (GTK_WIDGET (get_view (fixture)), "Escape"));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (get_dock (fixture))));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == field
                 || has_focus_in (fixture, page));
}

static void
test_full (ScanFixture   *fixture,
           gconstpointer  data)
{
  const YejiTableDef *root = yeji_dictionary_get_root (fixture->base.dictionary);
  GtkWidget *page = yeji_editor_get_page (fixture->editor, root);
  GtkWidget *grade = GTK_WIDGET (yeji_editor_get_grade_bar (fixture->editor));

  scan_attach_jpeg (fixture, "contract", "a.jpg");
  scan_wait_for_n (fixture, 1);
  open_file (fixture, "a.jpg");
  press (fixture, "F11");
  g_assert_true (yeji_preview_dock_is_full (get_dock (fixture)));
  g_assert_false (gtk_widget_get_mapped (page));
  g_assert_false (gtk_widget_get_mapped (grade));
  press (fixture, "Escape");
  g_assert_false (yeji_preview_dock_is_full (get_dock (fixture)));
  g_assert_true (gtk_widget_get_mapped (page));
  g_assert_true (gtk_widget_get_mapped (grade));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (get_dock (fixture))));
}

/* What is shown goes away while it is shown. */
static void
test_removed (ScanFixture   *fixture,
              gconstpointer  data)
{
  scan_attach_jpeg (fixture, "contract", "a.jpg");
  scan_attach_jpeg (fixture, "contract", "b.jpg");
  scan_wait_for_n (fixture, 2);
  open_file (fixture, "a.jpg");
  gtk_widget_activate_action (scan_get_card (fixture, "a.jpg"), "documents.remove", "s",
                              scan_get_id (fixture, "a.jpg"));
  scan_wait_for_n (fixture, 1);
  assert_at (fixture, "b.jpg", 0);
  gtk_widget_activate_action (scan_get_card (fixture, "b.jpg"), "documents.remove", "s",
                              scan_get_id (fixture, "b.jpg"));
  scan_wait_for_n (fixture, 0);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (get_dock (fixture))));
}

static void
test_names (ScanFixture   *fixture,
            gconstpointer  data)
{
  scan_attach_jpeg (fixture, "contract", "a.jpg");
  scan_wait_for_n (fixture, 1);
  open_file (fixture, "a.jpg");
  g_assert_cmpuint (name_walk_check (GTK_WIDGET (get_preview (fixture))), >, 8);
  g_assert_nonnull (name_walk_find (GTK_WIDGET (get_preview (fixture)), YEJI_TYPE_PAGE_VIEW,
                                    "a.jpg, page 1 / 1"));
}

static void
add_tests (void)
{
  SCAN_ADD ("/app/preview/pages-go-on-in-the-next-file", test_pages);
  SCAN_ADD ("/app/preview/a-turn-is-kept", test_turned);
  SCAN_ADD ("/app/preview/zoom-and-fit", test_zoom);
  SCAN_ADD ("/app/preview/hostile-files-say-why", test_hostile);
  SCAN_ADD ("/app/preview/the-form-stays-in-reach", test_areas);
  SCAN_ADD ("/app/preview/it-fills-the-window-and-goes-back", test_full);
  SCAN_ADD ("/app/preview/what-is-removed-is-not-shown", test_removed);
  SCAN_ADD ("/app/preview/every-control-has-a-name", test_names);
}

int
main (int   argc,
      char *argv[])
{
  return app_fixture_main (&argc, &argv, add_tests);
}
