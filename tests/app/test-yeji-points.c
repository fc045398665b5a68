// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include <adwaita.h>

#include "app-fixture.h"
#include "name-walk.h"
#include "yeji-draft-undo.h"
#include "yeji-editor.h"
#include "yeji-explanation.h"
#include "yeji-form-field.h"
#include "yeji-point.h"
#include "yeji-points-page.h"
#include "yeji-submit.h"
#include "yeji-test.h"
#include "yeji-text-dialog.h"

#define PATIENCE_MS 5000

/* What the reviewer says in these tests, and of which place. */
static const struct
{
  const char *pointer;
  const char *comment;
} remarks[] = {
  { "/contracts/0/ContractMoney", "与中标金额不一致" },
  { "/participants/1", "该单位未参与本工程" },
  { "/documents/construction_permit", "施工许可证看不清" },
};

typedef struct
{
  AppFixture base;
  GtkWidget *window;
  YejiEditor *editor;
  YejiPointsPage *page;
} Fixture;

static GtkWidget *
find_type (GtkWidget *root,
           GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type))
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

static gboolean
is_told (gpointer data)
{
  Fixture *fixture = data;

  return yeji_draft_get_submission (fixture->base.draft) != NULL
         && g_list_model_get_n_items (yeji_draft_get_points (fixture->base.draft)) > 0;
}

/* The province has the record as @submitted is, and returns it. */
static void
return_record (Fixture    *fixture,
               YejiRecord *submitted,
               const char *cursor)
{
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_answer_free);
  YejiAnswer *answer = yeji_answer_new ();
  g_autoptr (GError) error = NULL;

  answer->uuid = g_strdup (yeji_record_get_uuid (submitted));
  answer->revision = g_strdup (cursor);
  answer->state = g_strdup ("returned");
  answer->office = g_strdup ("长春市城乡建设委员会 建筑业管理处");
  answer->reviewer = g_strdup ("李审核");
  answer->message = g_strdup ("请按意见补正后重新提交。");
  answer->at = g_strdup ("2026-11-20T02:30:00Z");
  answer->record = yeji_record_to_text (submitted);
  for (guint i = 0; i < G_N_ELEMENTS (remarks); i++)
    g_ptr_array_add (answer->points, yeji_point_new (remarks[i].pointer, remarks[i].comment));
  g_ptr_array_add (answers, answer);
  g_assert_true (yeji_store_apply_answers (fixture->base.store, answers, cursor, &error));
  g_assert_no_error (error);
  yeji_draft_refresh (fixture->base.draft);
  yeji_test_wait_until (is_told, fixture, PATIENCE_MS);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  app_fixture_set_up (&fixture->base, data);
  return_record (fixture, fixture->base.record, "r1");
  fixture->window = adw_window_new ();
  fixture->editor = YEJI_EDITOR (yeji_editor_new ());
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1280, 720);
  adw_window_set_content (ADW_WINDOW (fixture->window), GTK_WIDGET (fixture->editor));
  yeji_editor_set_draft (fixture->editor, fixture->base.draft);
  fixture->page = YEJI_POINTS_PAGE (find_type (GTK_WIDGET (fixture->editor),
                                               YEJI_TYPE_POINTS_PAGE));
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (fixture->window);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  app_fixture_tear_down (&fixture->base, data);
}

static YejiIssue *
get_point (Fixture *fixture,
           guint    index)
{
  g_autoptr (YejiIssue) point = g_list_model_get_item (yeji_draft_get_points (fixture->base.draft),
                                                       index);

  return point;                /* the list keeps it */
}

static YejiPointStatus
get_status (Fixture *fixture,
            guint    index)
{
  return yeji_point_get_status (fixture->base.draft, get_point (fixture, index));
}

static const YejiTableDef *
find_table (Fixture    *fixture,
            const char *id)
{
  return yeji_dictionary_find_table (fixture->base.dictionary, id);
}

static YejiRow *
get_row (Fixture    *fixture,
         const char *table,
         guint       index)
{
  return yeji_record_get_row (yeji_draft_get_record (fixture->base.draft),
                              find_table (fixture, table), index);
}

static void
set_value (Fixture    *fixture,
           YejiRow    *row,
           const char *field,
           const char *value)
{
  yeji_draft_set_value (fixture->base.draft, row,
                        yeji_table_def_find_field (yeji_row_get_table (row), field), value);
  yeji_draft_validate (fixture->base.draft);
}

typedef struct
{
  Fixture *fixture;
  guint n;
} Wanted;

static gboolean
has_open (gpointer data)
{
  Wanted *wanted = data;

  return yeji_points_page_get_n_open (wanted->fixture->page) == wanted->n;
}

static void
wait_for_open (Fixture *fixture,
               guint    n)
{
  Wanted wanted = { fixture, n };

  yeji_test_wait_until (has_open, &wanted, PATIENCE_MS);
}

static gboolean
says (Fixture    *fixture,
      const char *name)
{
  return name_walk_find (GTK_WIDGET (fixture->page), GTK_TYPE_LIST_BOX_ROW, name) != NULL;
}

/* Full width digits, with zeros behind the point. */
static char *
write_wide (const char *number)
{
  GString *text = g_string_new (NULL);

  for (const char *c = number; *c != '\0'; c++)
    if (g_ascii_isdigit (*c))
      g_string_append_unichar (text, 0xff10 + (gunichar) (*c - '0'));
    else
      g_string_append_c (text, *c);
  g_string_append (text, strchr (number, '.') != NULL ? "00" : ".00");
  return g_string_free (text, FALSE);
}

/* A value that was changed, and changed back; a row that was removed. Nobody ticks anything. */
static void
test_mended (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *before = NULL, *now = NULL;
  YejiRow *contract = get_row (fixture, "TBContractRecordManage", 0);
  g_autofree char *money = g_strdup (yeji_row_get_by_id (contract, "ContractMoney"));

  wait_for_open (fixture, 3);
  name_walk_check (fixture->window);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (get_status (fixture, i), ==, YEJI_POINT_OPEN);
  g_assert_true (says (fixture, "Open: Contracts 1 › Contract amount: 与中标金额不一致"));
  set_value (fixture, contract, "ContractMoney", "2900");
  wait_for_open (fixture, 2);
  g_assert_cmpint (get_status (fixture, 0), ==, YEJI_POINT_MENDED);
  g_assert_true (says (fixture, "Mended: Contracts 1 › Contract amount: 与中标金额不一致"));
  before = yeji_point_get_before (get_point (fixture, 0));
  now = yeji_point_get_now (fixture->base.draft, get_point (fixture, 0));
  g_assert_cmpstr (before, ==, money);
  g_assert_cmpstr (now, ==, "2900");
  set_value (fixture, contract, "ContractMoney", money);
  wait_for_open (fixture, 3);
  /* the same number in other words is no other number */
  g_free (money);
  money = write_wide (before);
  set_value (fixture, contract, "ContractMoney", money);
  g_assert_cmpint (get_status (fixture, 0), ==, YEJI_POINT_OPEN);
  set_value (fixture, contract, "ContractMoney", before);

  yeji_draft_remove_row (fixture->base.draft, get_row (fixture, "TBProjectCorpInfo", 1));
  wait_for_open (fixture, 2);
  g_assert_cmpint (get_status (fixture, 1), ==, YEJI_POINT_MENDED);
  name_walk_check (fixture->window);
}

/* The point stays with its row when one before it goes. */
static void
test_moved (Fixture       *fixture,
            gconstpointer  data)
{
  YejiRow *second = get_row (fixture, "TBProjectCorpInfo", 1);

  yeji_draft_remove_row (fixture->base.draft, get_row (fixture, "TBProjectCorpInfo", 0));
  g_assert_cmpint (get_status (fixture, 1), ==, YEJI_POINT_OPEN);
  g_assert_true (yeji_issue_get_row (get_point (fixture, 1)) == second);
  yeji_draft_refresh (fixture->base.draft);
  g_assert_true (yeji_issue_get_row (get_point (fixture, 1)) == second);
  set_value (fixture, second, "CorpName", "另一家公司");
  g_assert_cmpint (get_status (fixture, 1), ==, YEJI_POINT_MENDED);
}

static GtkWidget *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item != NULL; item = item->next)
    if (ADW_IS_MESSAGE_DIALOG (item->data))
      return item->data;
  return NULL;
}

static GtkWidget *
find_explain (Fixture    *fixture,
              const char *row,
              const char *label)
{
  GtkWidget *found = name_walk_find (GTK_WIDGET (fixture->page), GTK_TYPE_LIST_BOX_ROW, row);

  g_assert_nonnull (found);
  return name_walk_find (found, GTK_TYPE_BUTTON, label);
}

static gboolean
is_stored (gpointer data)
{
  Fixture *fixture = data;
  g_autoptr (YejiRecord) record = yeji_store_load (fixture->base.store,
                                                   yeji_draft_get_uuid (fixture->base.draft), NULL);
  g_autoptr (GPtrArray) replies = yeji_record_get_replies (record);

  return replies->len == 1;
}

/* By the button of the row and a text; it is saved with the record, and can be taken back. */
static void
test_explained (Fixture       *fixture,
                gconstpointer  data)
{
  static const char row[] = "Open: Contracts 1 › Contract amount: 与中标金额不一致";
  YejiRecord *record = yeji_draft_get_record (fixture->base.draft);
  GtkWidget *button, *dialog, *view;

  wait_for_open (fixture, 3);
  button = find_explain (fixture, row, "Explain…");
  g_assert_nonnull (button);
  g_assert_true (gtk_widget_grab_focus (button));
  g_signal_emit_by_name (button, "clicked");
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  name_walk_check (dialog);
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog),
                                                          YEJI_TEXT_DIALOG_DONE));
  view = find_type (dialog, GTK_TYPE_TEXT_VIEW);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), " 合同含补充协议\n", -1);
  g_assert_true (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog),
                                                          YEJI_TEXT_DIALOG_DONE));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), YEJI_TEXT_DIALOG_DONE);
  gtk_window_destroy (GTK_WINDOW (dialog));
  wait_for_open (fixture, 2);
  g_assert_cmpint (get_status (fixture, 0), ==, YEJI_POINT_EXPLAINED);
  g_assert_cmpstr (yeji_record_find_reply (record, remarks[0].pointer)->reason, ==,
                   "合同含补充协议");
  yeji_test_wait_until (is_stored, fixture, PATIENCE_MS);
  g_assert_nonnull (find_explain (fixture, "Explained: Contracts 1 › Contract amount: 与中标金额不一致",
                                  "Change Explanation…"));
  g_assert_true (yeji_point_set_reply (fixture->base.draft, get_point (fixture, 0), ""));
  wait_for_open (fixture, 3);

  g_assert_true (yeji_point_set_reply (fixture->base.draft, get_point (fixture, 2), "原件如此"));
  wait_for_open (fixture, 2);
  g_assert_nonnull (yeji_record_find_reply (record, remarks[2].pointer));
}

/* The reviewer has read it, and returns the record all the same. */
static void
test_returned_again (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (YejiRecord) sent = NULL;

  g_assert_true (yeji_point_set_reply (fixture->base.draft, get_point (fixture, 0), "原件如此"));
  g_assert_cmpint (get_status (fixture, 0), ==, YEJI_POINT_EXPLAINED);
  yeji_test_wait_until (is_stored, fixture, PATIENCE_MS);
  sent = yeji_store_load (fixture->base.store, yeji_draft_get_uuid (fixture->base.draft), NULL);
  return_record (fixture, sent, "r2");
  wait_for_open (fixture, 3);
  g_assert_cmpint (get_status (fixture, 0), ==, YEJI_POINT_OPEN);
  g_assert_cmpstr (yeji_point_get_reply (fixture->base.draft, get_point (fixture, 0)), ==,
                   "原件如此");
}

/* The field says it too, and what became of it. */
static void
test_field (Fixture       *fixture,
            gconstpointer  data)
{
  YejiRow *contract = get_row (fixture, "TBContractRecordManage", 0);
  g_autofree char *money = g_strdup (yeji_row_get_by_id (contract, "ContractMoney"));
  g_autoptr (YejiFormField) field = NULL;

  field = yeji_form_field_new (fixture->base.draft, contract,
                               yeji_table_def_find_field (yeji_row_get_table (contract),
                                                          "ContractMoney"));
  g_assert_cmpstr (yeji_form_field_get_comment (field), ==, remarks[0].comment);
  set_value (fixture, contract, "ContractMoney", "2900");
  g_assert_cmpstr (yeji_form_field_get_comment (field), ==, "与中标金额不一致 (changed since)");
  set_value (fixture, contract, "ContractMoney", money);
  g_assert_true (yeji_point_set_reply (fixture->base.draft, get_point (fixture, 0), "原件如此"));
  g_assert_nonnull (strstr (yeji_form_field_get_comment (field), "原件如此"));
}

static void
add (const char *path,
     void      (*test) (Fixture       *fixture,
                        gconstpointer  data))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

static void
add_tests (void)
{
  add ("/app/points/are-mended-by-what-was-changed", test_mended);
  add ("/app/points/stay-with-their-row", test_moved);
  add ("/app/points/are-explained", test_explained);
  add ("/app/points/are-open-when-returned-again", test_returned_again);
  add ("/app/points/are-said-of-their-field", test_field);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
