// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "app-fixture.h"
#include "yeji-mask.h"
#include "yeji-personal-entry.h"
#include "yeji-test.h"

/* The first personal number of the record in a window of its own, with another control beside it. */
typedef struct
{
  GtkWidget *window;
  GtkWidget *entry;
  GtkWidget *other;
  YejiFormField *field;
  char *value;
} Shown;

static YejiFormField *
find_personal (AppFixture *fixture)
{
  GPtrArray *tables = yeji_dictionary_get_tables (fixture->dictionary);

  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);
      guint n = yeji_record_get_n_rows (fixture->record, table);

      for (guint j = 0; n > 0 && j < table->fields->len; j++)
        {
          const YejiFieldDef *field = g_ptr_array_index (table->fields, j);
          YejiRow *row = yeji_record_get_row (fixture->record, table, 0);

          if (field->personal != YEJI_PERSONAL_NO && *yeji_row_get (row, field) != '\0')
            return yeji_form_field_new (fixture->draft, row, field);
        }
    }
  g_assert_not_reached ();
}

static Shown
show (AppFixture *fixture)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  Shown shown = { gtk_window_new () };

  shown.field = find_personal (fixture);
  shown.value = g_strdup (yeji_form_field_get_text (shown.field));
  shown.entry = yeji_personal_entry_new (shown.field);
  shown.other = gtk_entry_new ();
  gtk_box_append (GTK_BOX (box), shown.other);
  gtk_box_append (GTK_BOX (box), shown.entry);
  gtk_window_set_child (GTK_WINDOW (shown.window), box);
  gtk_window_present (GTK_WINDOW (shown.window));
  gtk_widget_grab_focus (shown.other);
  return shown;
}

static void
hide (Shown *shown)
{
  gtk_window_destroy (GTK_WINDOW (shown->window));
  g_object_unref (shown->field);
  g_free (shown->value);
}

static const char *
get_text (Shown *shown)
{
  return gtk_editable_get_text (GTK_EDITABLE (shown->entry));
}

static void
press (Shown *shown,
       guint  keyval)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (shown->entry);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      gboolean taken;

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, 0, &taken);
    }
}

static gboolean
is_hidden (gpointer data)
{
  return !yeji_personal_entry_is_shown (((Shown *) data)->entry);
}

static void
test_masked_until_asked (AppFixture    *fixture,
                         gconstpointer  data)
{
  Shown shown = show (fixture);
  g_autofree char *masked = yeji_mask (shown.value);

  g_assert_cmpstr (get_text (&shown), ==, masked);
  g_assert_cmpstr (masked, !=, shown.value);
  g_assert_false (gtk_editable_get_editable (GTK_EDITABLE (shown.entry)));

  gtk_widget_grab_focus (shown.entry);
  g_assert_cmpstr (get_text (&shown), ==, masked);
  press (&shown, GDK_KEY_Return);
  g_assert_cmpstr (get_text (&shown), ==, shown.value);
  g_assert_true (gtk_editable_get_editable (GTK_EDITABLE (shown.entry)));

  gtk_widget_grab_focus (shown.other);
  yeji_test_wait_until (is_hidden, &shown, 5000);
  g_assert_cmpstr (get_text (&shown), ==, masked);
  hide (&shown);
}

static void
count_edit (guint *n_edits)
{
  (*n_edits)++;
}

/* What is masked is never taken for what is typed. */
static void
test_masking_is_no_edit (AppFixture    *fixture,
                         gconstpointer  data)
{
  Shown shown = show (fixture);
  guint n_edits = 0;

  g_signal_connect_swapped (fixture->draft, "value-changed", G_CALLBACK (count_edit), &n_edits);
  g_signal_emit_by_name (shown.entry, "icon-release", GTK_ENTRY_ICON_SECONDARY);
  g_signal_emit_by_name (shown.entry, "icon-release", GTK_ENTRY_ICON_SECONDARY);
  g_assert_true (is_hidden (&shown));
  g_assert_cmpstr (yeji_form_field_get_text (shown.field), ==, shown.value);
  g_assert_cmpuint (n_edits, ==, 0);
  g_signal_handlers_disconnect_by_data (fixture->draft, &n_edits);
  hide (&shown);
}

static void
test_typed_is_seen_until_left (AppFixture    *fixture,
                               gconstpointer  data)
{
  Shown shown = show (fixture);

  yeji_form_field_set_text (shown.field, "");
  g_assert_true (gtk_editable_get_editable (GTK_EDITABLE (shown.entry)));
  gtk_widget_grab_focus (shown.entry);
  gtk_editable_set_text (GTK_EDITABLE (shown.entry), "139000000001");
  g_assert_cmpstr (get_text (&shown), ==, "139000000001");
  g_assert_cmpstr (yeji_form_field_get_text (shown.field), ==, "139000000001");
  gtk_widget_grab_focus (shown.other);
  yeji_test_wait_until (is_hidden, &shown, 5000);
  g_assert_cmpstr (get_text (&shown), ==, "139*****0001");
  g_assert_cmpstr (yeji_form_field_get_text (shown.field), ==, "139000000001");
  hide (&shown);
}

/* One that was sealed with a lost key: there is nothing to be seen, and typing replaces it. */
static void
test_sealed (AppFixture    *fixture,
             gconstpointer  data)
{
  static const char token[] = YEJI_SEALED_PREFIX "1:00000000:1:AAAA";
  Shown shown = show (fixture);

  yeji_form_field_set_text (shown.field, token);
  g_assert_cmpstr (get_text (&shown), ==, "••••");
  g_assert_false (gtk_editable_get_editable (GTK_EDITABLE (shown.entry)));
  gtk_widget_grab_focus (shown.entry);
  press (&shown, GDK_KEY_Return);
  g_assert_cmpstr (get_text (&shown), ==, "");
  g_assert_cmpstr (yeji_form_field_get_text (shown.field), ==, token);
  gtk_widget_grab_focus (shown.other);
  yeji_test_wait_until (is_hidden, &shown, 5000);
  g_assert_cmpstr (yeji_form_field_get_text (shown.field), ==, token);

  gtk_widget_grab_focus (shown.entry);
  press (&shown, GDK_KEY_Return);
  gtk_editable_set_text (GTK_EDITABLE (shown.entry), "139000000001");
  g_assert_cmpstr (yeji_form_field_get_text (shown.field), ==, "139000000001");
  hide (&shown);
}

/* A key that types shows the number, with what was selected selected; the key does the rest. */
static void
test_typing_shows (AppFixture    *fixture,
                   gconstpointer  data)
{
  Shown shown = show (fixture);
  int begin, end;

  gtk_widget_grab_focus (shown.entry);
  gtk_editable_select_region (GTK_EDITABLE (shown.entry), 2, 5);
  press (&shown, GDK_KEY_7);
  g_assert_cmpstr (get_text (&shown), ==, shown.value);
  g_assert_true (gtk_editable_get_editable (GTK_EDITABLE (shown.entry)));
  g_assert_true (gtk_editable_get_selection_bounds (GTK_EDITABLE (shown.entry), &begin, &end));
  g_assert_cmpint (begin, ==, 2);
  g_assert_cmpint (end, ==, 5);
  hide (&shown);
}

static void
add_tests (void)
{
  app_fixture_add ("/app/personal-entry/is-masked-until-asked", test_masked_until_asked);
  app_fixture_add ("/app/personal-entry/masking-is-no-edit", test_masking_is_no_edit);
  app_fixture_add ("/app/personal-entry/typing-shows-the-number", test_typing_shows);
  app_fixture_add ("/app/personal-entry/shows-what-is-typed-until-left",
                   test_typed_is_seen_until_left);
  app_fixture_add ("/app/personal-entry/replaces-what-a-lost-key-sealed", test_sealed);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
