// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-intake-window"

#include "config.h"

#include "yeji-intake-window-private.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-intake-bar.h"
#include "yeji-intake-flow.h"
#include "yeji-intake-words.h"
#include "yeji-messages.h"

/* More are counted. */
#define MAX_LISTED 200

/* What the window is at. */
typedef enum
{
  READING,                     /* names and matches */
  DECIDING,                    /* the clerk looks; the examiner may look, too */
  WAITING,                     /* for the examiner, to attach then */
  TAKING,
  ENDED
} Phase;

struct _YejiIntakeWindow
{
  AdwWindow parent_instance;

  GtkWidget *header;
  AdwWindowTitle *title;
  GtkToggleButton *narrow;
  GtkProgressBar *examining;
  GtkStack *stack;
  GtkLabel *reading;
  GtkWidget *plan_box;
  GtkBox *titles;
  GtkListView *list;
  YejiIntakeSide *side;
  AdwStatusPage *nothing;
  AdwStatusPage *failures;
  GtkListBox *failed;
  GtkButton *take_back;
  YejiIntakeBar *bar;

  YejiStore *store;            /* (nullable): until it is closed */
  YejiExaminer *examiner;
  YejiIntakePlan *plan;        /* (nullable): until the names are read */
  YejiIntakeTree *tree;        /* (nullable) */
  Phase phase;
  GCancellable *cancellable;   /* of reading and examining */
  GCancellable *taking;        /* (nullable) */
  gboolean is_examining;
  char *batch;                 /* (nullable): of what was taken beside what was not */
  guint n_included;            /* files, when the clerk said yes */
  guint n_errors;              /* that were there when the clerk said yes */
  guint ticker;                /* that gives the keyboard to a row, 0 when none waits */
};

enum
{
  TAKEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiIntakeWindow, yeji_intake_window, ADW_TYPE_WINDOW)

/* ---- The list */

static void
on_activated (YejiIntakeWindow *self,
              guint             position)
{
  GtkSelectionModel *selection = yeji_intake_tree_get_selection (self->tree);
  g_autoptr (GtkTreeListRow) line = g_list_model_get_item (G_LIST_MODEL (selection), position);
  g_autoptr (GObject) object = line != NULL ? gtk_tree_list_row_get_item (line) : NULL;

  if (YEJI_IS_INTAKE_GROUP (object))
    gtk_tree_list_row_set_expanded (line, !gtk_tree_list_row_get_expanded (line));
  else if (object != NULL)
    yeji_intake_edits_choose (self);
}

/* The row of what is selected gets the keyboard, as soon as the layout has made it. */
static gboolean
focus_selected (GtkWidget     *widget,
                GdkFrameClock *clock,
                gpointer       data)
{
  YejiIntakeWindow *self = data;
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));

  self->ticker = 0;
  /* a question has come up meanwhile */
  if (focus != NULL && gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL)
    return G_SOURCE_REMOVE;
  for (GtkWidget *row = gtk_widget_get_first_child (widget); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if ((gtk_widget_get_state_flags (row) & GTK_STATE_FLAG_SELECTED) != 0
        && gtk_widget_get_mapped (row))
      {
        gtk_widget_grab_focus (row);
        break;
      }
  return G_SOURCE_REMOVE;
}

static void
show_row (YejiIntakeWindow *self,
          guint             position)
{
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
  if (self->ticker == 0)
    self->ticker = gtk_widget_add_tick_callback (GTK_WIDGET (self->list), focus_selected, self,
                                                 NULL);
}

static guint
get_first_selected (YejiIntakeWindow *self)
{
  g_autoptr (GtkBitset) selected = NULL;

  selected = gtk_selection_model_get_selection (yeji_intake_tree_get_selection (self->tree));
  return gtk_bitset_is_empty (selected) ? GTK_INVALID_LIST_POSITION
                                        : gtk_bitset_get_minimum (selected);
}

/* What was selected is under another heading now: it stays in sight. */
static void
on_moved (YejiIntakeWindow *self)
{
  guint position = get_first_selected (self);

  if (position != GTK_INVALID_LIST_POSITION)
    show_row (self, position);
}

static void
on_selected (YejiIntakeWindow *self)
{
  g_autoptr (GPtrArray) items = NULL;

  if (self->tree == NULL)
    return;
  items = yeji_intake_tree_dup_selected (self->tree);
  yeji_intake_side_show (self->side, items);
  if (self->phase != DECIDING)
    g_ptr_array_set_size (items, 0);
  yeji_intake_edits_update (self, items);
}

/* ---- What is said of all of it */

static guint
count_errors (YejiIntakeWindow *self)
{
  guint n_errors = 0;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->plan));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (YejiIntakeItem) item = g_list_model_get_item (G_LIST_MODEL (self->plan), i);

      n_errors += yeji_intake_item_is_included (item)
                  && yeji_intake_item_get_severity (item) == YEJI_INTAKE_ERROR;
    }
  return n_errors;
}

static guint
count_included (YejiIntakeWindow *self)
{
  guint n;

  g_object_get (self->plan, "n-included", &n, NULL);
  return n;
}

static void
update_narrow (YejiIntakeWindow *self)
{
  guint n = yeji_intake_tree_count_open (self->tree);
  g_autofree char *label = g_strdup_printf (_("To Look At (%u)"), n);

  gtk_button_set_label (GTK_BUTTON (self->narrow), label);
  gtk_widget_set_visible (GTK_WIDGET (self->narrow),
                          n > 0 || gtk_toggle_button_get_active (self->narrow));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "intake.next", n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "intake.previous", n > 0);
}

static void
on_changed (YejiIntakeWindow *self)
{
  if (self->tree == NULL)
    return;
  yeji_intake_bar_update (self->bar);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "intake.attach",
                                 self->phase == DECIDING && count_included (self) > 0);
  update_narrow (self);
  on_selected (self);
}

static void
on_narrow (YejiIntakeWindow *self)
{
  if (self->tree != NULL)
    yeji_intake_tree_set_narrow (self->tree, gtk_toggle_button_get_active (self->narrow));
}

/* ---- Reading */

static void
show_nothing (YejiIntakeWindow *self,
              const char       *words)
{
  self->phase = ENDED;
  adw_status_page_set_description (self->nothing, words);
  gtk_stack_set_visible_child_name (self->stack, "nothing");
  gtk_widget_set_visible (GTK_WIDGET (self->bar), FALSE);
}

static void
on_read_progress (guint    n_done,
                  guint    n_all,
                  gpointer data)
{
  YejiIntakeWindow *self = data;
  g_autofree char *text = NULL;

  if (self->store == NULL)
    return;
  text = g_strdup_printf (ngettext ("Reading… %u file", "Reading… %u files", n_done), n_done);
  gtk_label_set_text (self->reading, text);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (YejiIntakeWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiIntakePlan) plan = yeji_intake_plan_make_finish (result, &error);
  g_autofree char *sentence = NULL;

  if (self->store == NULL)
    {
      if (plan != NULL)
        yeji_intake_plan_close (plan);
      return;                  /* the clerk thought better of it */
    }
  if (plan != NULL)
    {
      yeji_intake_window_show_plan (self, plan);
      return;
    }
  sentence = yeji_error_to_sentence (error);
  show_nothing (self, sentence);
}

/* ---- Taking */

/* Nothing is changed while it is taken. To make hundreds of rows insensitive would take longer than
 * a frame. */
static void
set_busy (YejiIntakeWindow *self,
          gboolean          busy)
{
  gtk_widget_set_can_target (self->plan_box, !busy);
  gtk_widget_set_can_focus (self->plan_box, !busy);
  gtk_widget_set_opacity (self->plan_box, busy ? 0.5 : 1);
}

static void
go_back_to_deciding (YejiIntakeWindow *self)
{
  self->phase = DECIDING;
  yeji_intake_bar_show_deciding (self->bar);
  set_busy (self, FALSE);
  on_changed (self);
}

static GtkWidget *
make_failure_row (const YejiIntakeFailure *failure)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), failure->path);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), failure->message);
  return row;
}

static void
show_failures (YejiIntakeWindow *self,
               const YejiTaken  *taken)
{
  g_autofree char *words = yeji_taken_to_words (taken);
  g_autofree char *title = NULL;

  title = g_strdup_printf (ngettext ("%u File Was Not Taken", "%u Files Were Not Taken",
                                     taken->failures->len), taken->failures->len);
  adw_status_page_set_title (self->failures, title);
  adw_status_page_set_description (self->failures, words);
  for (guint i = 0; i < MIN (taken->failures->len, MAX_LISTED); i++)
    gtk_list_box_append (self->failed,
                         make_failure_row (g_ptr_array_index (taken->failures, i)));
  self->batch = g_strdup (taken->batch);
  gtk_widget_set_visible (GTK_WIDGET (self->take_back), taken->batch != NULL);
  gtk_stack_set_visible_child_name (self->stack, "failures");
  gtk_widget_set_visible (GTK_WIDGET (self->bar), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->narrow), FALSE);
}

/* What became of it is said below, where what was taken can be seen. */
static void
on_take_back (YejiIntakeWindow *self)
{
  GtkWindow *below = gtk_window_get_transient_for (GTK_WINDOW (self));

  yeji_intake_undo (below != NULL ? GTK_WIDGET (below) : GTK_WIDGET (self), self->store,
                    self->batch);
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_take_progress (guint    n_done,
                  guint    n_all,
                  gpointer data)
{
  YejiIntakeWindow *self = data;
  g_autofree char *text = NULL;

  if (self->store == NULL || n_all == 0)
    return;
  text = g_strdup_printf (_("Attaching %u of %u…"), MIN (n_done + 1, n_all), n_all);
  yeji_intake_bar_show_doing (self->bar, text, (double) n_done / n_all);
}

static void
on_taken (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (YejiIntakeWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiTaken) taken = NULL;

  taken = yeji_intake_plan_carry_out_finish (YEJI_INTAKE_PLAN (source), result, &error);
  g_clear_object (&self->taking);
  if (taken != NULL)
    g_signal_emit (self, signals[TAKEN], 0, taken);
  if (self->store == NULL)
    return;
  if (taken == NULL)
    {
      g_autofree char *sentence = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                                    ? g_strdup (_("Cancelled: nothing was attached"))
                                    : yeji_error_to_sentence (error);

      go_back_to_deciding (self);
      yeji_intake_window_say (self, sentence);
      return;
    }
  self->phase = ENDED;
  if (taken->failures != NULL && taken->failures->len > 0)
    show_failures (self, taken);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
start_taking (YejiIntakeWindow *self)
{
  self->phase = TAKING;
  self->taking = g_cancellable_new ();
  yeji_intake_bar_show_doing (self->bar, _("Attaching…"), 0);
  yeji_intake_plan_carry_out_async (self->plan, on_take_progress, self, self->taking, on_taken,
                                    g_object_ref (self));
}

/* ---- Examining */

static void
on_examine_progress (guint    n_done,
                     guint    n_all,
                     gpointer data)
{
  YejiIntakeWindow *self = data;
  g_autofree char *text = NULL;
  double fraction = n_all > 0 ? (double) n_done / n_all : 0;

  if (self->store == NULL || n_all == 0)
    return;
  text = g_strdup_printf (_("Looking at file %u of %u"), MIN (n_done + 1, n_all), n_all);
  gtk_progress_bar_set_fraction (self->examining, fraction);
  adw_window_title_set_subtitle (self->title, text);
  if (self->phase != WAITING)
    return;
  yeji_intake_bar_show_doing (self->bar, text, fraction);
}

static void
on_examined (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (YejiIntakeWindow) self = data;
  g_autoptr (GError) error = NULL;

  yeji_intake_plan_examine_finish (YEJI_INTAKE_PLAN (source), result, &error);
  if (self->store == NULL)
    return;
  self->is_examining = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->examining), FALSE);
  yeji_intake_window_say (self, NULL);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *sentence = yeji_error_to_sentence (error);

      yeji_intake_window_say (self, sentence);
    }
  if (self->phase != WAITING)
    return;
  if (count_errors (self) <= self->n_errors && count_included (self) >= self->n_included)
    {
      start_taking (self);
      return;
    }
  /* nobody said yes to those, nor to leaving them out */
  go_back_to_deciding (self);
  yeji_intake_window_say (self, _("Something is wrong with some of the files"));
  gtk_widget_activate_action (GTK_WIDGET (self), "intake.next", NULL);
}

static gboolean
is_examined (YejiIntakeWindow *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->plan));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (YejiIntakeItem) item = g_list_model_get_item (G_LIST_MODEL (self->plan), i);

      if (!yeji_intake_item_is_examined (item))
        return FALSE;
    }
  return TRUE;
}

static void
examine (YejiIntakeWindow *self)
{
  if (is_examined (self))
    return;
  self->is_examining = TRUE;
  gtk_widget_set_visible (GTK_WIDGET (self->examining), TRUE);
  yeji_intake_plan_examine_async (self->plan, self->examiner, on_examine_progress, self,
                                  self->cancellable, on_examined, g_object_ref (self));
}

static void
act_attach (GtkWidget  *widget,
            const char *name,
            GVariant   *target)
{
  YejiIntakeWindow *self = YEJI_INTAKE_WINDOW (widget);

  if (self->phase != DECIDING)
    return;
  set_busy (self, TRUE);
  yeji_intake_bar_show_doing (self->bar, _("Attaching…"), 0);
  yeji_intake_window_say (self, NULL);
  self->phase = WAITING;
  on_changed (self);
  if (!self->is_examining)
    {
      start_taking (self);
      return;
    }
  self->n_errors = count_errors (self);
  self->n_included = count_included (self);
  yeji_intake_bar_show_doing (self->bar, _("Looking at the files first…"), 0);
}

static void
act_stop (GtkWidget  *widget,
          const char *name,
          GVariant   *target)
{
  YejiIntakeWindow *self = YEJI_INTAKE_WINDOW (widget);

  if (self->phase == TAKING)
    g_cancellable_cancel (self->taking);
  else if (self->phase == WAITING)
    go_back_to_deciding (self);
}

/* ---- Going about */

static void
act_step (GtkWidget  *widget,
          const char *name,
          GVariant   *target)
{
  YejiIntakeWindow *self = YEJI_INTAKE_WINDOW (widget);
  int step = g_str_equal (name, "intake.next") ? 1 : -1;
  guint position;

  if (self->tree == NULL)
    return;
  yeji_intake_tree_expand_all (self->tree);
  position = yeji_intake_tree_find_open (self->tree, get_first_selected (self), step);
  if (position == GTK_INVALID_LIST_POSITION)
    return;
  yeji_intake_window_go_to (self, position);
}

/* Esc cancels what is being done; else it closes the window. Nothing has been done before. */
static void
act_cancel (GtkWidget  *widget,
            const char *name,
            GVariant   *target)
{
  YejiIntakeWindow *self = YEJI_INTAKE_WINDOW (widget);

  if (self->phase == TAKING || self->phase == WAITING)
    act_stop (widget, name, target);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static gboolean
yeji_intake_window_close_request (GtkWindow *window)
{
  YejiIntakeWindow *self = YEJI_INTAKE_WINDOW (window);

  if (self->phase == TAKING)
    {
      g_cancellable_cancel (self->taking);
      return TRUE;             /* the store answers first: what it says must be heard */
    }
  if (self->phase == DECIDING && yeji_intake_edits_ask_close (self))
    return TRUE;
  return GTK_WINDOW_CLASS (yeji_intake_window_parent_class)->close_request (window);
}

static void
yeji_intake_window_dispose (GObject *object)
{
  YejiIntakeWindow *self = YEJI_INTAKE_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  if (self->taking != NULL)
    g_cancellable_cancel (self->taking);
  if (self->ticker != 0 && self->list != NULL)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->list), self->ticker);
  self->ticker = 0;
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  if (self->tree != NULL)
    {
      g_signal_handlers_disconnect_by_data (yeji_intake_tree_get_selection (self->tree), self);
      g_signal_handlers_disconnect_by_data (self->tree, self);
      yeji_intake_tree_close (self->tree);
    }
  g_clear_object (&self->tree);
  if (self->plan != NULL && self->taking == NULL)
    yeji_intake_plan_close (self->plan);
  g_clear_object (&self->plan);
  g_clear_pointer (&self->examiner, yeji_intake_close_examiner);
  g_clear_object (&self->store);
  self->list = NULL;
  G_OBJECT_CLASS (yeji_intake_window_parent_class)->dispose (object);
}

static void
yeji_intake_window_finalize (GObject *object)
{
  YejiIntakeWindow *self = YEJI_INTAKE_WINDOW (object);

  g_object_unref (self->cancellable);
  g_clear_object (&self->taking);
  g_free (self->batch);
  G_OBJECT_CLASS (yeji_intake_window_parent_class)->finalize (object);
}

static const struct
{
  guint key;
  GdkModifierType modifiers;
  const char *action;
} keys[] = {
  { GDK_KEY_Return, GDK_CONTROL_MASK, "intake.attach" },
  { GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "intake.attach" },
  { GDK_KEY_Escape, 0, "intake.cancel" },
  { GDK_KEY_F8, 0, "intake.next" },
  { GDK_KEY_F8, GDK_SHIFT_MASK, "intake.previous" },
};

static void
yeji_intake_window_class_init (YejiIntakeWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_intake_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = yeji_intake_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = yeji_intake_window_close_request;
  g_type_ensure (YEJI_TYPE_INTAKE_BAR);
  g_type_ensure (YEJI_TYPE_INTAKE_SIDE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-intake-window.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiIntakeWindow, header);
  gtk_widget_class_bind_template_child (widget_class, YejiIntakeWindow, title);
  gtk_widget_class_bind_template_child (widget_class, YejiIntakeWindow, narrow);
  gtk_widget_class_bind_template_child (widget_class, YejiIntakeWindow, examining);
  gtk_widget_class_bind_template_child (widget_class, YejiIntakeWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, YejiIntakeWindow, reading);
  gtk_widget_class_bind_template_child (widget_class, YejiIntakeWindow, plan_box);
  gtk_widget_class_bind_template_child (widget_class, YejiIntakeWindow, titles);
  gtk_widget_class_bind_template_child (widget_class, YejiIntakeWindow, list);
  gtk_widget_class_bind_template_child (widget_class, YejiIntakeWindow, side);
  gtk_widget_class_bind_template_child (widget_class, YejiIntakeWindow, nothing);
  gtk_widget_class_bind_template_child (widget_class, YejiIntakeWindow, failures);
  gtk_widget_class_bind_template_child (widget_class, YejiIntakeWindow, failed);
  gtk_widget_class_bind_template_child (widget_class, YejiIntakeWindow, take_back);
  gtk_widget_class_bind_template_child (widget_class, YejiIntakeWindow, bar);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_take_back);
  gtk_widget_class_bind_template_callback (widget_class, on_narrow);
  gtk_widget_class_install_action (widget_class, "intake.attach", NULL, act_attach);
  gtk_widget_class_install_action (widget_class, "intake.cancel", NULL, act_cancel);
  gtk_widget_class_install_action (widget_class, "intake.stop", NULL, act_stop);
  gtk_widget_class_install_action (widget_class, "intake.next", NULL, act_step);
  gtk_widget_class_install_action (widget_class, "intake.previous", NULL, act_step);
  yeji_intake_edits_install (widget_class);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, keys[i].modifiers,
                                         keys[i].action, NULL);

  signals[TAKEN] = g_signal_new ("taken", YEJI_TYPE_INTAKE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
yeji_intake_window_init (YejiIntakeWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  yeji_intake_list_prepare (self, self->list, self->titles);
  gtk_window_set_default_widget (GTK_WINDOW (self), yeji_intake_bar_get_attach (self->bar));
  yeji_a11y_set_name (GTK_WIDGET (self->list), _("Files"));
  yeji_a11y_set_name (GTK_WIDGET (self->examining), _("Looking at the files"));
  on_selected (self);
}

/**
 * yeji_intake_window_new:
 *
 * Returns: (transfer none): a window without a plan; it is not presented yet
 */
GtkWidget *
yeji_intake_window_new (GtkWindow *parent,
                        YejiStore *store)
{
  YejiIntakeWindow *self = g_object_new (YEJI_TYPE_INTAKE_WINDOW, "transient-for", parent, NULL);

  self->store = g_object_ref (store);
  self->examiner = yeji_intake_new_examiner (store);
  return GTK_WIDGET (self);
}

/**
 * yeji_intake_window_read:
 * @roots: folders, archives and files
 * @uuid: (nullable): the record that all of them belong to
 * @slot: (nullable): and the slot
 *
 * Reads what there is, and shows what would become of it.
 */
void
yeji_intake_window_read (YejiIntakeWindow *self,
                         GFile * const    *roots,
                         guint             n_roots,
                         const char       *uuid,
                         const char       *slot)
{
  g_return_if_fail (YEJI_IS_INTAKE_WINDOW (self));

  if (n_roots == 1)
    {
      g_autofree char *name = g_file_get_basename (roots[0]);
      g_autofree char *shown = name != NULL ? g_filename_display_name (name) : NULL;

      adw_window_title_set_subtitle (self->title, shown != NULL ? shown : "");
    }
  yeji_intake_plan_make_async (self->store, roots, n_roots, uuid, slot, on_read_progress, self,
                               self->cancellable, on_read, g_object_ref (self));
}

/**
 * yeji_intake_window_show_plan:
 *
 * Shows a plan, and has its files looked at where nobody has done so.
 */
void
yeji_intake_window_show_plan (YejiIntakeWindow *self,
                              YejiIntakePlan   *plan)
{
  g_return_if_fail (YEJI_IS_INTAKE_WINDOW (self));
  g_return_if_fail (self->plan == NULL);

  self->plan = g_object_ref (plan);
  if (g_list_model_get_n_items (G_LIST_MODEL (plan)) == 0)
    {
      show_nothing (self, _("No file was found there that could be attached."));
      return;
    }
  self->phase = DECIDING;
  self->tree = yeji_intake_tree_new (plan);
  g_signal_connect_object (self->tree, "changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tree, "moved", G_CALLBACK (on_moved), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (yeji_intake_tree_get_selection (self->tree), "selection-changed",
                           G_CALLBACK (on_selected), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_model (self->list, yeji_intake_tree_get_selection (self->tree));
  gtk_stack_set_visible_child_name (self->stack, "plan");
  gtk_widget_set_visible (GTK_WIDGET (self->bar), TRUE);
  yeji_intake_bar_set_plan (self->bar, plan);
  on_changed (self);
  /* a look, one key, done */
  gtk_widget_grab_focus (yeji_intake_bar_get_attach (self->bar));
  examine (self);
}

YejiIntakePlan *
yeji_intake_window_get_plan (YejiIntakeWindow *self)
{
  return self->plan;
}

/* ---- For the other files of the window */

YejiStore *
yeji_intake_window_get_store (YejiIntakeWindow *self)
{
  return self->store;
}

YejiExaminer *
yeji_intake_window_get_examiner (YejiIntakeWindow *self)
{
  return self->examiner;
}

YejiIntakeTree *
yeji_intake_window_get_tree (YejiIntakeWindow *self)
{
  return self->tree;
}

YejiIntakeSide *
yeji_intake_window_get_side (YejiIntakeWindow *self)
{
  return self->side;
}

/* The row of what is selected, or the first of them. */
guint
yeji_intake_window_get_position (YejiIntakeWindow *self)
{
  return self->tree != NULL ? get_first_selected (self) : GTK_INVALID_LIST_POSITION;
}

/* Selects a row alone, and gives it the keyboard. */
void
yeji_intake_window_go_to (YejiIntakeWindow *self,
                          guint             position)
{
  gtk_selection_model_select_item (yeji_intake_tree_get_selection (self->tree), position, TRUE);
  show_row (self, position);
}

/* From the list to what is before it, or behind it. */
gboolean
yeji_intake_window_leave_list (YejiIntakeWindow *self,
                               gboolean          back)
{
  if (back)
    return gtk_widget_child_focus (self->header, GTK_DIR_TAB_BACKWARD);
  return gtk_widget_child_focus (GTK_WIDGET (self->side), GTK_DIR_TAB_FORWARD)
         || gtk_widget_child_focus (GTK_WIDGET (self->bar), GTK_DIR_TAB_FORWARD);
}

/* Gives the keyboard back to the list. */
void
yeji_intake_window_grab (YejiIntakeWindow *self)
{
  guint position = self->tree != NULL ? get_first_selected (self) : GTK_INVALID_LIST_POSITION;

  if (position != GTK_INVALID_LIST_POSITION)
    show_row (self, position);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

/* (nullable) @words: %NULL says nothing any more */
void
yeji_intake_window_say (YejiIntakeWindow *self,
                        const char       *words)
{
  adw_window_title_set_subtitle (self->title, words != NULL ? words : "");
}

/* What goes along when a file is dragged: all that is selected when it is one of those. */
GPtrArray *
yeji_intake_window_dup_dragged (YejiIntakeWindow *self,
                                YejiIntakeItem   *item)
{
  GPtrArray *items = yeji_intake_tree_dup_selected (self->tree);

  if (g_ptr_array_find (items, item, NULL))
    return items;
  g_ptr_array_set_size (items, 0);
  g_ptr_array_add (items, g_object_ref (item));
  return items;
}
