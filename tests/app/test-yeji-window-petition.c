// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-petition-window.h"

#include <adwaita.h>

#include "app-fixture.h"
#include "name-walk.h"
#include "yeji-field-row.h"
#include "yeji-petition-words.h"
#include "yeji-test.h"
#include "yeji-window-petition.h"

#define PATIENCE 10000
#define POINTER "/project/Address"
#define NEW "示例大街2号（虚构）"

typedef struct
{
  AppFixture base;
  YejiSyncEngine *engine;
  YejiWindow *window;          /* (nullable): weak */
  YejiPetitionWindow *petition; /* (nullable): weak */
  YejiState state;             /* that is waited for */
  YejiPetitionState asked;
  guint revision;
} Fixture;

static gboolean
is_open_so (gpointer data)
{
  Fixture *fixture = data;
  YejiDraft *draft = yeji_window_get_draft (fixture->window);

  return draft != NULL && yeji_entry_get_state (yeji_draft_get_entry (draft)) == fixture->state;
}

static gboolean
is_draft_saved (gpointer data)
{
  Fixture *fixture = data;
  YejiDraft *draft = yeji_window_get_draft (fixture->window);

  return yeji_draft_keeper_get_state (yeji_draft_get_keeper (draft)) == YEJI_KEEPER_SAVED;
}

static gboolean
is_saved (gpointer data)
{
  Fixture *fixture = data;

  return yeji_petition_window_is_saved (fixture->petition);
}

static gboolean
is_asked (gpointer data)
{
  Fixture *fixture = data;
  YejiPetition *petition = yeji_petition_window_get_petition (fixture->petition);

  return petition != NULL && petition->state == fixture->asked && is_saved (data);
}

static void
hear (Fixture      *fixture,
      const char   *state,
      const char   *grade,
      YejiPetition *petition)
{
  g_autoptr (GPtrArray) answers
    = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_answer_free);
  YejiAnswer *answer = yeji_answer_new ();
  g_autoptr (GError) error = NULL;

  answer->uuid = g_strdup (yeji_record_get_uuid (fixture->base.record));
  answer->revision = g_strdup_printf ("r%u", ++fixture->revision);
  answer->state = g_strdup (state);
  answer->grade = g_strdup (grade);
  answer->office = g_strdup ("示例市住房和城乡建设局");
  answer->at = g_strdup ("2026-11-22T02:00:00Z");
  answer->petition = petition;
  g_ptr_array_add (answers, answer);
  yeji_store_apply_answers (fixture->base.store, answers, "e-1", &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  app_fixture_set_up_bare (&fixture->base, data);
  hear (fixture, "approved", "B", NULL);
  fixture->engine = yeji_sync_engine_new (fixture->base.store);
  fixture->window = YEJI_WINDOW (yeji_window_new (NULL, fixture->base.store, fixture->engine));
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
  yeji_window_open_record (fixture->window, yeji_record_get_uuid (fixture->base.record));
  fixture->state = YEJI_STATE_APPROVED;
  yeji_test_wait_until (is_open_so, fixture, PATIENCE);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_close (GTK_WINDOW (fixture->window));
  yeji_test_wait_until (yeji_test_is_gone, &fixture->window, PATIENCE);
  yeji_sync_engine_stop (fixture->engine);
  yeji_test_wait_until (yeji_test_is_last, fixture->engine, PATIENCE);
  g_assert_finalize_object (g_steal_pointer (&fixture->engine));
  app_fixture_tear_down (&fixture->base, data);
}

static void
open_window (Fixture          *fixture,
             YejiPetitionKind  kind)
{
  GtkWidget *window = yeji_window_petition_open (fixture->window, kind);

  fixture->petition = YEJI_PETITION_WINDOW (window);
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &fixture->petition);
  yeji_test_wait_until (is_saved, fixture, PATIENCE);
}

static void
close_window (Fixture *fixture)
{
  gtk_window_close (GTK_WINDOW (fixture->petition));
  yeji_test_wait_until (yeji_test_is_gone, &fixture->petition, PATIENCE);
}

static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
write_reason (Fixture    *fixture,
              const char *text)
{
  GtkWidget *view = find (GTK_WIDGET (fixture->petition), GTK_TYPE_TEXT_VIEW);

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
}

/* Types into the editor of a field that was added. */
static void
write_field (Fixture    *fixture,
             const char *pointer,
             const char *text)
{
  GtkWidget *focus;

  yeji_petition_window_add_field (fixture->petition, pointer);
  focus = gtk_window_get_focus (GTK_WINDOW (fixture->petition));
  g_assert_true (GTK_IS_EDITABLE (focus));
  gtk_editable_set_text (GTK_EDITABLE (focus), text);
}

/* (nullable): the editor of a field somewhere in @widget */
static GtkWidget *
find_editor (GtkWidget  *widget,
             const char *field)
{
  GtkWidget *found = NULL;

  if (YEJI_IS_FIELD_ROW (widget))
    {
      YejiFormField *form = yeji_field_row_get_field (YEJI_FIELD_ROW (widget));

      return g_str_equal (yeji_form_field_get_def (form)->id, field)
               ? yeji_field_row_get_target (YEJI_FIELD_ROW (widget)) : NULL;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_editor (child, field);
  return found;
}

static void
add_file (Fixture *fixture)
{
  static const char content[] = "%PDF-1.4 evidence";
  g_autofree char *path = g_build_filename (fixture->base.dir, "门牌证明.pdf", NULL);
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, content, -1, &error);
  g_assert_no_error (error);
  g_list_store_append (files, file);
  yeji_test_wait_until (is_saved, fixture, PATIENCE);
  yeji_petition_window_add_files (fixture->petition, G_LIST_MODEL (files));
  yeji_test_wait_until (is_saved, fixture, PATIENCE);
}

static void
take_picture (Fixture    *fixture,
              const char *name)
{
  const char *directory = g_getenv ("YEJI_PICTURES");
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *path = NULL;
  GtkWidget *widget = GTK_WIDGET (fixture->petition);

  gtk_test_widget_wait_for_draw (widget);
  if (directory == NULL)
    return;
  paintable = gtk_widget_paintable_new (widget);
  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (widget),
                          gtk_widget_get_height (widget));
  node = gtk_snapshot_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (widget)), node, NULL);
  path = g_strdup_printf ("%s/%s.png", directory, name);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

static YejiPetition *
load (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = NULL;

  list = yeji_store_list_petitions (fixture->base.store,
                                    yeji_record_get_uuid (fixture->base.record), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 1);
  return g_ptr_array_steal_index (list, 0);
}

/* What is typed is there when the window is opened again; nothing of the record changes. */
static void
test_keeps_a_draft (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (YejiPetition) stored = NULL;

  open_window (fixture, YEJI_PETITION_CORRECTION);
  take_picture (fixture, "petition-empty");
  g_assert_cmpuint (name_walk_check (GTK_WIDGET (fixture->petition)), >, 3);
  write_reason (fixture, "门牌号有误（虚构）");
  write_field (fixture, POINTER, NEW);
  add_file (fixture);
  write_reason (fixture, "门牌号有误，见证明（虚构）");
  close_window (fixture);      /* before the pause of the last key is over */
  stored = load (fixture);
  g_assert_cmpstr (stored->reason, ==, "门牌号有误，见证明（虚构）");
  g_assert_cmpuint (stored->changes->len, ==, 1);
  g_assert_cmpuint (stored->files->len, ==, 1);
  g_assert_cmpstr (((YejiPetitionChange *) g_ptr_array_index (stored->changes, 0))->after, ==, NEW);

  open_window (fixture, YEJI_PETITION_CORRECTION);
  g_assert_cmpstr (yeji_petition_window_get_petition (fixture->petition)->reason, ==,
                   stored->reason);
  take_picture (fixture, "petition-draft");
  g_assert_cmpuint (name_walk_check (GTK_WIDGET (fixture->petition)), >, 5);
  close_window (fixture);
  g_assert_true (is_open_so (fixture));
}

static void
click (Fixture    *fixture,
       const char *name)
{
  GObject *button = gtk_widget_get_template_child (GTK_WIDGET (fixture->petition),
                                                   YEJI_TYPE_PETITION_WINDOW, name);

  g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (button)));
  g_signal_emit_by_name (button, "clicked");
}

static guint
count_lines (Fixture *fixture)
{
  GObject *list = gtk_widget_get_template_child (GTK_WIDGET (fixture->petition),
                                                 YEJI_TYPE_PETITION_WINDOW, "changes");
  guint n = 0;

  while (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), (int) n) != NULL)
    n++;
  return n;
}

/* The button at the end of a line, which leaves the place as it was approved. */
static void
leave_line (Fixture *fixture,
            guint    index)
{
  GObject *list = gtk_widget_get_template_child (GTK_WIDGET (fixture->petition),
                                                 YEJI_TYPE_PETITION_WINDOW, "changes");
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), (int) index);
  GtkWidget *button = gtk_widget_get_last_child (gtk_list_box_row_get_child (row));

  g_assert_true (GTK_IS_BUTTON (button));
  g_signal_emit_by_name (button, "clicked");
}

/* A row that was forgotten is written like one of a record; one that is wrong is to go. Both are
 * there when the window is opened again, and can be left as they were. */
static void
test_rows (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (YejiPetition) stored = NULL;
  YejiRecord *record = fixture->base.record;
  const YejiTableDef *table = yeji_dictionary_find_member (yeji_record_get_dictionary (record),
                                                           "participants");
  guint n = yeji_record_get_n_rows (record, table);
  g_autofree char *added = g_strdup_printf ("/participants/%u", n);
  const YejiPetitionChange *first, *value, *last;
  GtkWidget *focus;

  open_window (fixture, YEJI_PETITION_CORRECTION);
  yeji_petition_window_add_field (fixture->petition, "/participants/-");
  focus = gtk_window_get_focus (GTK_WINDOW (fixture->petition));
  g_assert_true (GTK_IS_WIDGET (focus));
  yeji_petition_window_add_field (fixture->petition, "/participants/-");
  yeji_petition_window_add_field (fixture->petition, "/participants/0");
  yeji_petition_window_add_field (fixture->petition, "/participants/0");   /* once is enough */
  g_assert_cmpuint (count_lines (fixture), ==, 3);
  write_reason (fixture, "漏报一人，另一人未参与（虚构）");
  leave_line (fixture, 0);                         /* the second one has its number now */
  g_assert_cmpuint (count_lines (fixture), ==, 2);
  focus = find_editor (GTK_WIDGET (fixture->petition), "PersonName");
  g_assert_true (GTK_IS_EDITABLE (focus));
  gtk_editable_set_text (GTK_EDITABLE (focus), "周增补（虚构）");
  g_assert_cmpuint (name_walk_check (GTK_WIDGET (fixture->petition)), >, 5);
  take_picture (fixture, "petition-rows");
  close_window (fixture);

  stored = load (fixture);
  g_assert_cmpuint (stored->changes->len, ==, 3);
  first = g_ptr_array_index (stored->changes, 0);
  g_assert_cmpint (yeji_petition_change_get_row (first), ==, YEJI_PETITION_ROW_COMES);
  g_assert_cmpstr (first->pointer, ==, added);
  last = g_ptr_array_index (stored->changes, 1);
  g_assert_cmpint (yeji_petition_change_get_row (last), ==, YEJI_PETITION_ROW_GOES);
  value = g_ptr_array_index (stored->changes, 2);
  g_assert_cmpstr (value->after, ==, "周增补（虚构）");
  g_assert_true (g_str_has_prefix (value->pointer, added));

  open_window (fixture, YEJI_PETITION_CORRECTION);
  g_assert_cmpuint (count_lines (fixture), ==, 2);
  take_picture (fixture, "petition-rows-again");
  leave_line (fixture, 1);
  leave_line (fixture, 0);
  g_assert_cmpuint (count_lines (fixture), ==, 0);
  g_assert_cmpuint (yeji_petition_window_get_petition (fixture->petition)->changes->len, ==, 0);
  close_window (fixture);
  g_assert_true (is_open_so (fixture));
}

/* Sent it is fixed; taken back before it left it is a draft; what the province says is shown. */
static void
test_tells_what_became (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr (YejiPetition) stored = NULL;
  YejiPetition *answer;

  open_window (fixture, YEJI_PETITION_CORRECTION);
  write_reason (fixture, "门牌号有误（虚构）");
  write_field (fixture, POINTER, NEW);
  add_file (fixture);
  click (fixture, "send");
  fixture->asked = YEJI_PETITION_QUEUED;
  yeji_test_wait_until (is_asked, fixture, PATIENCE);
  fixture->state = YEJI_STATE_CORRECTION_REQUESTED;
  yeji_test_wait_until (is_open_so, fixture, PATIENCE);
  click (fixture, "back");
  fixture->asked = YEJI_PETITION_DRAFT;
  yeji_test_wait_until (is_asked, fixture, PATIENCE);
  click (fixture, "send");
  fixture->asked = YEJI_PETITION_QUEUED;
  yeji_test_wait_until (is_asked, fixture, PATIENCE);
  take_picture (fixture, "petition-queued");

  stored = load (fixture);
  answer = yeji_petition_copy (stored);
  answer->state = YEJI_PETITION_REFUSED;
  answer->there = g_strdup ("0123456789abcdef0123456789abcdef");
  answer->message = g_strdup ("依据不足，请附派出所证明（虚构）");
  answer->office = g_strdup ("示例省住房和城乡建设厅建筑管理处");
  answer->reviewer = g_strdup ("李审核");
  hear (fixture, "approved", "B", answer);
  fixture->asked = YEJI_PETITION_DRAFT;
  yeji_test_wait_until (is_asked, fixture, PATIENCE);
  fixture->state = YEJI_STATE_APPROVED;
  yeji_test_wait_until (is_open_so, fixture, PATIENCE);
  take_picture (fixture, "petition-refused");
  close_window (fixture);
}

/* Grade D can be changed at once and is told what is missing; what is revoked cannot. */
static void
test_follows_the_state (Fixture       *fixture,
                        gconstpointer  data)
{
  static const struct
  {
    const char *word, *grade;
    YejiState state;
    gboolean editable;
  } states[] = {
    { "incomplete", "D", YEJI_STATE_INCOMPLETE, TRUE },
    { "approved", "B", YEJI_STATE_APPROVED, FALSE },
    { "revoked", "B", YEJI_STATE_REVOKED, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      hear (fixture, states[i].word, states[i].grade, NULL);
      fixture->state = states[i].state;
      yeji_test_wait_until (is_open_so, fixture, PATIENCE);
      g_assert_true (yeji_draft_is_editable (yeji_window_get_draft (fixture->window))
                     == states[i].editable);
      yeji_test_wait_until (is_draft_saved, fixture, PATIENCE);
    }
}

static void
test_withdrawal (Fixture       *fixture,
                 gconstpointer  data)
{
  open_window (fixture, YEJI_PETITION_WITHDRAWAL);
  write_reason (fixture, "重复申报（虚构）");
  yeji_test_wait_until (is_saved, fixture, PATIENCE);
  take_picture (fixture, "petition-withdrawal");
  click (fixture, "send");
  fixture->asked = YEJI_PETITION_QUEUED;
  yeji_test_wait_until (is_asked, fixture, PATIENCE);
  close_window (fixture);
}

static void
add_tests (void)
{
#define ADD(path, test) \
  g_test_add ("/app/window-petition/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("keeps-a-draft-of-its-own", test_keeps_a_draft);
  ADD ("adds-rows-and-takes-them-out", test_rows);
  ADD ("is-fixed-when-sent-and-tells-what-became-of-it", test_tells_what_became);
  ADD ("grade-d-is-completed-and-a-revoked-record-is-fixed", test_follows_the_state);
  ADD ("asks-for-a-withdrawal", test_withdrawal);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
