// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include <string.h>

#include "app-fixture.h"
#include "receipt-fixture.h"
#include "yeji-receipt-window.h"
#include "yeji-test.h"

#define PATIENCE 20000

static gboolean
is_read (gpointer data)
{
  return !g_str_equal (yeji_receipt_window_get_page (data), "waiting");
}

static YejiReceiptWindow *
open_window (AppFixture *self)
{
  YejiReceiptWindow *window = YEJI_RECEIPT_WINDOW (
    yeji_receipt_window_new (NULL, self->store, yeji_record_get_uuid (self->record)));

  gtk_window_present (GTK_WINDOW (window));
  yeji_test_wait_until (is_read, window, PATIENCE);
  return window;
}

static void
attach (AppFixture *self)
{
  g_autofree char *path = g_build_filename (self->dir, "合同.pdf", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (YejiAttachment) attachment = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "%PDF-1.7\n示例\n", -1, &error));
  attachment = yeji_store_attach (self->store, yeji_record_get_uuid (self->record), "contract",
                                  file, NULL, &error);
  g_assert_no_error (error);
}

/* All texts of labels below a widget. */
static void
collect (GtkWidget *widget,
         GString   *texts)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget))
    g_string_append_printf (texts, "%s\n", gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, texts);
}

static void
test_says_what_is_proven (AppFixture    *self,
                          gconstpointer  data)
{
  static const struct
  {
    ReceiptFlaw flaw;
    const char *words;
  } cases[] = {
    { RECEIPT_GOOD, "The signature is right" },
    { RECEIPT_GOOD, "The record is the one that is kept here." },
    { RECEIPT_GOOD, "Documents that are here and the same: 1." },
    { RECEIPT_GOOD, "合同.pdf" },
    { RECEIPT_FORGED, "The signature is wrong" },
    { RECEIPT_STRANGER, "cannot be proven" },
    { RECEIPT_REVOKED, "which the province has revoked" },
    { RECEIPT_REVOKED, "The record is the one that is kept here." },
    { RECEIPT_OTHER_FILE, "of which the copy here is another: 1!" },
  };
  const ReceiptFlaw flaw = (ReceiptFlaw) GPOINTER_TO_INT (data);
  YejiReceiptWindow *window;
  g_autoptr (GString) texts = g_string_new (NULL);

  attach (self);
  receipt_fixture_add (self->store, yeji_record_get_uuid (self->record), flaw);
  window = open_window (self);
  g_assert_cmpstr (yeji_receipt_window_get_page (window), ==, "receipt");
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  collect (GTK_WIDGET (window), texts);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (cases[i].flaw == flaw && strstr (texts->str, cases[i].words) == NULL)
      g_test_fail_printf ("“%s” is not said:\n%s", cases[i].words, texts->str);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Whether the button of an action can be pressed. */
static gboolean
can_press (GtkWidget  *widget,
           const char *action)
{
  if (GTK_IS_BUTTON (widget)
      && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0)
    return gtk_widget_get_sensitive (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (can_press (child, action))
      return TRUE;
  return FALSE;
}

static void
test_says_that_there_is_none (AppFixture    *self,
                              gconstpointer  data)
{
  YejiReceiptWindow *window = open_window (self);

  g_assert_cmpstr (yeji_receipt_window_get_page (window), ==, "none");
  g_assert_false (can_press (GTK_WIDGET (window), "receipt.copy"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_saves (AppFixture    *self,
            gconstpointer  data)
{
  static const struct
  {
    const char *name, *start;
  } cases[] = {
    { "回执.pdf", "%PDF-" }, { "回执", "%PDF-" }, { "回执.JSON", "{\n  \"version\" : 1," },
  };
  YejiReceiptWindow *window;

  receipt_fixture_add (self->store, yeji_record_get_uuid (self->record), RECEIPT_GOOD);
  window = open_window (self);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_build_filename (self->dir, cases[i].name, NULL);
      g_autofree char *content = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (yeji_receipt_window_save (window, path, &error));
      g_assert_no_error (error);
      g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
      g_assert_true (g_str_has_prefix (content, cases[i].start));
    }
  {
    g_autofree char *nowhere = g_build_filename (self->dir, "none", "回执.pdf", NULL);
    g_autoptr (GError) error = NULL;

    g_assert_false (yeji_receipt_window_save (window, nowhere, &error));
    g_assert_nonnull (error);
  }
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
on_text (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  *(char **) data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static gboolean
has_text (gpointer data)
{
  return *(char **) data != NULL;
}

static void
test_copies (AppFixture    *self,
             gconstpointer  data)
{
  YejiReceiptWindow *window;
  g_autofree char *text = NULL;

  receipt_fixture_add (self->store, yeji_record_get_uuid (self->record), RECEIPT_GOOD);
  window = open_window (self);
  g_assert_true (can_press (GTK_WIDGET (window), "receipt.copy"));
  yeji_receipt_window_copy (window);
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (window)), NULL, on_text,
                                 &text);
  yeji_test_wait_until (has_text, &text, PATIENCE);
  g_assert_true (g_str_has_prefix (text, "yeji-receipt:1/"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
add_tests (void)
{
  static const struct
  {
    const char *path;
    ReceiptFlaw flaw;
  } cases[] = {
    { "/app/receipt-window/says-that-all-is-proven", RECEIPT_GOOD },
    { "/app/receipt-window/says-that-it-is-forged", RECEIPT_FORGED },
    { "/app/receipt-window/says-that-the-key-is-not-known", RECEIPT_STRANGER },
    { "/app/receipt-window/says-that-the-key-is-revoked", RECEIPT_REVOKED },
    { "/app/receipt-window/says-that-a-document-is-another", RECEIPT_OTHER_FILE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].path, AppFixture, GINT_TO_POINTER (cases[i].flaw), app_fixture_set_up,
                test_says_what_is_proven, app_fixture_tear_down);
  app_fixture_add_bare ("/app/receipt-window/says-that-there-is-none",
                        test_says_that_there_is_none);
  app_fixture_add_bare ("/app/receipt-window/saves-paper-and-proof", test_saves);
  app_fixture_add_bare ("/app/receipt-window/copies-the-code", test_copies);
}

int
main (int   argc,
      char *argv[])
{
  return app_fixture_main (&argc, &argv, add_tests);
}
