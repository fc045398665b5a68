// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-place-picker"

#include "config.h"

#include "yeji-place-picker.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-composing.h"
#include "yeji-matrix.h"
#include "yeji-messages.h"

/* More are found by typing. */
#define MAX_SHOWN 60

/* Whoever drags onto a record and waits wants to see its slots. */
#define OPEN_MS 500

struct _YejiPlacePicker
{
  AdwBin parent_instance;

  GtkStack *stack;
  GtkSearchEntry *search;
  GtkStack *found;
  GtkListBox *records;
  GtkListBox *slots;
  GtkButton *back;
  GtkLabel *name;

  YejiStore *store;            /* (nullable) */
  YejiMatrix *matrix;          /* (nullable): what is found, with the documents that are there */
  GType dragged;
  char *uuid;                  /* (nullable): the record whose slots are shown */
  char *suggested;             /* (nullable): a record that is likely */
  char *suggested_slot;        /* (nullable) */
  GCancellable *reading;       /* (nullable) */
  guint opening;               /* source: will show the slots of what is dragged over */
  char *over;                  /* (nullable): that record */
  gboolean is_read;
};

enum
{
  PICKED,
  LEFT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiPlacePicker, yeji_place_picker, ADW_TYPE_BIN)

static const char *
get_key (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "key");
}

static void
clear_list (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

static GtkListBoxRow *
find_row (GtkListBox *list,
          const char *key)
{
  GtkListBoxRow *row;

  for (int i = 0; key != NULL && (row = gtk_list_box_get_row_at_index (list, i)) != NULL; i++)
    if (g_str_equal (get_key (row), key))
      return row;
  return NULL;
}

/* ---- Dragging */

static void
stop_opening (YejiPlacePicker *self)
{
  g_clear_handle_id (&self->opening, g_source_remove);
  g_clear_pointer (&self->over, g_free);
}

static gboolean
open_over (gpointer data)
{
  YejiPlacePicker *self = data;
  g_autofree char *uuid = g_steal_pointer (&self->over);

  self->opening = 0;
  if (uuid != NULL)
    yeji_place_picker_choose (self, uuid);
  return G_SOURCE_REMOVE;
}

static GdkDragAction
on_enter (GtkDropTarget   *target,
          double           x,
          double           y,
          YejiPlacePicker *self)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));

  stop_opening (self);
  if (gtk_widget_get_parent (row) == GTK_WIDGET (self->records))
    {
      self->over = g_strdup (get_key (GTK_LIST_BOX_ROW (row)));
      self->opening = g_timeout_add (OPEN_MS, open_over, self);
    }
  return GDK_ACTION_MOVE;
}

static gboolean
on_drop (GtkDropTarget   *target,
         const GValue    *value,
         double           x,
         double           y,
         YejiPlacePicker *self)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));
  g_autofree char *key = g_strdup (get_key (GTK_LIST_BOX_ROW (row)));

  stop_opening (self);
  if (gtk_widget_get_parent (row) == GTK_WIDGET (self->records))
    yeji_place_picker_choose (self, key);
  else
    g_signal_emit (self, signals[PICKED], 0, self->uuid, key);
  return TRUE;
}

static GtkWidget *
make_row (YejiPlacePicker *self,
          const char      *key,
          GtkWidget       *child,
          const char      *spoken)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkDropTarget *target = gtk_drop_target_new (self->dragged, GDK_ACTION_MOVE);

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), child);
  g_object_set_data_full (G_OBJECT (row), "key", g_strdup (key), g_free);
  g_signal_connect (target, "enter", G_CALLBACK (on_enter), self);
  g_signal_connect_swapped (target, "leave", G_CALLBACK (stop_opening), self);
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (target));
  yeji_a11y_set_name (row, spoken);
  return row;
}

static GtkWidget *
make_label (const char *text,
            const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

/* ---- Records */

static GtkWidget *
make_record (YejiPlacePicker *self,
             guint            row)
{
  const YejiEvidence *evidence = yeji_matrix_get_row (self->matrix, row);
  YejiMatrixStand stand;
  g_autofree char *name = yeji_matrix_get_label (self->matrix, (int) row, YEJI_MATRIX_NAME);
  g_autofree char *number = yeji_matrix_get_number (self->matrix, (int) row, YEJI_MATRIX_SUM,
                                                    &stand);
  g_autofree char *sum = yeji_matrix_describe (self->matrix, (int) row, YEJI_MATRIX_SUM);
  g_autofree char *spoken = g_strdup_printf (C_("two findings", "%s, %s"), name, sum);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *count = make_label (number, "numeric");

  gtk_widget_add_css_class (count, stand == YEJI_MATRIX_MISSING ? "error" : "dim-label");
  gtk_widget_set_tooltip_text (line, name);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), make_label (name, NULL));
  gtk_box_append (GTK_BOX (texts), make_label (yeji_state_get_label (evidence->state), "caption"));
  gtk_widget_add_css_class (gtk_widget_get_last_child (texts), "dim-label");
  gtk_box_append (GTK_BOX (line), texts);
  gtk_box_append (GTK_BOX (line), count);
  return make_row (self, evidence->uuid, line, spoken);
}

/* What is likely comes first. */
static void
fill_records (YejiPlacePicker *self)
{
  guint n = yeji_matrix_get_n_rows (self->matrix);
  guint likely = self->suggested != NULL ? yeji_matrix_find (self->matrix, self->suggested)
                                         : G_MAXUINT;
  GtkListBoxRow *first;

  clear_list (self->records);
  if (likely != G_MAXUINT)
    gtk_list_box_append (self->records, make_record (self, likely));
  for (guint i = 0; i < MIN (n, MAX_SHOWN); i++)
    if (i != likely)
      gtk_list_box_append (self->records, make_record (self, i));
  first = gtk_list_box_get_row_at_index (self->records, 0);
  if (first != NULL)
    gtk_list_box_select_row (self->records, first);
  gtk_stack_set_visible_child_name (self->found, first != NULL ? "list" : "none");
}

/* ---- Slots */

static GtkWidget *
make_slot (YejiPlacePicker *self,
           guint            row,
           guint            column)
{
  const YejiSlot *slot = yeji_matrix_get_slot (self->matrix, column);
  YejiMatrixStand stand;
  g_autofree char *number = yeji_matrix_get_number (self->matrix, (int) row, column, &stand);
  g_autofree char *spoken = yeji_matrix_describe (self->matrix, (int) row, column);
  const char *icon = yeji_matrix_stand_get_icon (stand);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = make_label (yeji_label (&slot->label), NULL);
  GtkWidget *count = make_label (number, stand == YEJI_MATRIX_MISSING ? "error" : "dim-label");

  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (count, "numeric");
  gtk_box_append (GTK_BOX (line), label);
  if (icon != NULL)
    {
      GtkWidget *image = gtk_image_new_from_icon_name (icon);

      gtk_widget_add_css_class (image, yeji_matrix_stand_get_style (stand));
      gtk_box_append (GTK_BOX (line), image);
    }
  gtk_box_append (GTK_BOX (line), count);
  gtk_widget_set_tooltip_text (line, spoken);
  return make_row (self, slot->id, line, spoken);
}

/* The likely one, else the first that lacks something. */
static void
select_slot (YejiPlacePicker *self,
             guint            row)
{
  GtkListBoxRow *chosen = find_row (self->slots, self->suggested_slot);

  for (guint i = YEJI_MATRIX_N_FIXED;
       chosen == NULL && i < yeji_matrix_get_n_columns (self->matrix); i++)
    if (yeji_matrix_get_stand (self->matrix, row, i) == YEJI_MATRIX_MISSING)
      chosen = find_row (self->slots, yeji_matrix_get_slot (self->matrix, i)->id);
  if (chosen == NULL)
    chosen = gtk_list_box_get_row_at_index (self->slots, 0);
  gtk_list_box_select_row (self->slots, chosen);
}

static gboolean
fill_slots (YejiPlacePicker *self)
{
  guint row = self->uuid != NULL ? yeji_matrix_find (self->matrix, self->uuid) : G_MAXUINT;
  g_autofree char *name = NULL;
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (self->slots);
  g_autofree char *before = selected != NULL ? g_strdup (get_key (selected)) : NULL;
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self->slots));

  if (row == G_MAXUINT)
    return FALSE;
  name = yeji_matrix_get_label (self->matrix, (int) row, YEJI_MATRIX_NAME);
  gtk_label_set_text (self->name, name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name), name);
  clear_list (self->slots);
  for (guint i = YEJI_MATRIX_N_FIXED; i < yeji_matrix_get_n_columns (self->matrix); i++)
    gtk_list_box_append (self->slots, make_slot (self, row, i));
  select_slot (self, row);
  if (before != NULL && focus != NULL && find_row (self->slots, before) != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (find_row (self->slots, before)));
  return TRUE;
}

static void
grab_slot (YejiPlacePicker *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->slots);

  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
show_records (YejiPlacePicker *self)
{
  g_clear_pointer (&self->uuid, g_free);
  gtk_stack_set_visible_child_name (self->stack, "records");
}

/* ---- Reading */

static void
on_listed (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (YejiPlacePicker) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  rows = yeji_store_list_evidence_finish (YEJI_STORE (source), result, &error);
  if (self->store == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->is_read = TRUE;
  if (rows == NULL)
    {
      g_message ("%s", error->message);
      return;
    }
  yeji_matrix_take (self->matrix, rows);
  fill_records (self);
  if (self->uuid != NULL && !fill_slots (self))
    show_records (self);
}

static void
search_records (YejiPlacePicker *self)
{
  const YejiQuery query = {
    .text = gtk_editable_get_text (GTK_EDITABLE (self->search)),
    .states = YEJI_MATRIX_EDITABLE_STATES,
    .sort = YEJI_SORT_CHANGED,
    .descending = TRUE,
  };

  if (self->store == NULL)
    return;
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  self->is_read = FALSE;
  yeji_store_list_evidence_async (self->store, &query, self->reading, on_listed,
                                  g_object_ref (self));
}

/* ---- What the clerk does */

static void
on_record (YejiPlacePicker *self,
           GtkListBoxRow   *row)
{
  if (row == NULL)
    return;
  yeji_place_picker_choose (self, get_key (row));
  grab_slot (self);
}

static void
on_entered (YejiPlacePicker *self)
{
  on_record (self, gtk_list_box_get_selected_row (self->records));
}

static void
on_slot (YejiPlacePicker *self,
         GtkListBoxRow   *row)
{
  g_autofree char *uuid = g_strdup (self->uuid);
  g_autofree char *slot = g_strdup (get_key (row));

  g_signal_emit (self, signals[PICKED], 0, uuid, slot);
}

static void
on_back (YejiPlacePicker *self)
{
  show_records (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
on_stop (YejiPlacePicker *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  else
    g_signal_emit (self, signals[LEFT], 0);
}

static gboolean
on_escape (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   data)
{
  YejiPlacePicker *self = YEJI_PLACE_PICKER (widget);

  if (self->uuid != NULL)
    on_back (self);
  else
    on_stop (self);
  return TRUE;
}

/* The focus stays where one types; the arrows walk through what was found. */
static gboolean
on_search_key (GtkEventControllerKey *controller,
               guint                  keyval,
               guint                  keycode,
               GdkModifierType        state,
               YejiPlacePicker       *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->records);
  int step = keyval == GDK_KEY_Down ? 1 : keyval == GDK_KEY_Up ? -1 : 0;

  if (step == 0 || row == NULL || yeji_composing_is_on (GTK_WIDGET (self->search)))
    return GDK_EVENT_PROPAGATE;
  row = gtk_list_box_get_row_at_index (self->records, gtk_list_box_row_get_index (row) + step);
  if (row != NULL)
    {
      gtk_list_box_select_row (self->records, row);
      yeji_a11y_set_description (GTK_WIDGET (self->search), get_key (row));
    }
  return GDK_EVENT_STOP;
}

static void
yeji_place_picker_dispose (GObject *object)
{
  YejiPlacePicker *self = YEJI_PLACE_PICKER (object);

  stop_opening (self);
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (yeji_place_picker_parent_class)->dispose (object);
}

static void
yeji_place_picker_finalize (GObject *object)
{
  YejiPlacePicker *self = YEJI_PLACE_PICKER (object);

  g_clear_object (&self->matrix);
  g_free (self->uuid);
  g_free (self->suggested);
  g_free (self->suggested_slot);
  G_OBJECT_CLASS (yeji_place_picker_parent_class)->finalize (object);
}

static void
yeji_place_picker_class_init (YejiPlacePickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = YEJI_TYPE_PLACE_PICKER;

  G_OBJECT_CLASS (klass)->dispose = yeji_place_picker_dispose;
  G_OBJECT_CLASS (klass)->finalize = yeji_place_picker_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-place-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiPlacePicker, stack);
  gtk_widget_class_bind_template_child (widget_class, YejiPlacePicker, search);
  gtk_widget_class_bind_template_child (widget_class, YejiPlacePicker, found);
  gtk_widget_class_bind_template_child (widget_class, YejiPlacePicker, records);
  gtk_widget_class_bind_template_child (widget_class, YejiPlacePicker, slots);
  gtk_widget_class_bind_template_child (widget_class, YejiPlacePicker, back);
  gtk_widget_class_bind_template_child (widget_class, YejiPlacePicker, name);
  gtk_widget_class_bind_template_callback (widget_class, search_records);
  gtk_widget_class_bind_template_callback (widget_class, on_entered);
  gtk_widget_class_bind_template_callback (widget_class, on_stop);
  gtk_widget_class_bind_template_callback (widget_class, on_record);
  gtk_widget_class_bind_template_callback (widget_class, on_slot);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape, NULL);

  signals[PICKED] = g_signal_new ("picked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[LEFT] = g_signal_new ("left", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                0);
}

static void
yeji_place_picker_init (YejiPlacePicker *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->dragged = G_TYPE_OBJECT;
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_search_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self->search), keys);
  yeji_composing_watch (GTK_WIDGET (self->search));
  yeji_a11y_set_name (GTK_WIDGET (self->search), _("Record"));
  yeji_a11y_set_name (GTK_WIDGET (self->records), _("Records"));
  yeji_a11y_set_name (GTK_WIDGET (self->slots), _("Documents of the record"));
  yeji_a11y_set_name (GTK_WIDGET (self->back), _("Another record"));
}

/**
 * yeji_place_picker_set_store:
 * @dragged: what may be dropped onto a record or slot
 *
 * Offers the records of a profile that can be edited. May be called once.
 */
void
yeji_place_picker_set_store (YejiPlacePicker *self,
                             YejiStore       *store,
                             GType            dragged)
{
  g_return_if_fail (YEJI_IS_PLACE_PICKER (self));
  g_return_if_fail (self->store == NULL);

  self->store = g_object_ref (store);
  self->dragged = dragged;
  self->matrix = yeji_matrix_new (yeji_store_get_dictionary (store));
}

/**
 * yeji_place_picker_refresh:
 *
 * Reads the records anew; what is chosen stays.
 */
void
yeji_place_picker_refresh (YejiPlacePicker *self)
{
  search_records (self);
}

/**
 * yeji_place_picker_suggest:
 * @uuid: (nullable): a record that is likely: offered first
 * @slot: (nullable): a slot that is likely: selected at once
 */
void
yeji_place_picker_suggest (YejiPlacePicker *self,
                           const char      *uuid,
                           const char      *slot)
{
  gboolean same = g_strcmp0 (self->suggested, uuid) == 0;

  g_free (self->suggested_slot);
  self->suggested_slot = g_strdup (slot);
  if (self->uuid != NULL && find_row (self->slots, slot) != NULL)
    gtk_list_box_select_row (self->slots, find_row (self->slots, slot));
  if (same)
    return;
  g_free (self->suggested);
  self->suggested = g_strdup (uuid);
  if (self->matrix != NULL && self->is_read)
    fill_records (self);
}

/**
 * yeji_place_picker_start:
 *
 * Gives the focus to what is chosen next: the slot where a record is chosen, else the record.
 */
void
yeji_place_picker_start (YejiPlacePicker *self)
{
  g_return_if_fail (YEJI_IS_PLACE_PICKER (self));

  if (self->uuid != NULL)
    grab_slot (self);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

/**
 * yeji_place_picker_is_read:
 *
 * Returns: whether what it shows is what was asked for last
 */
gboolean
yeji_place_picker_is_read (YejiPlacePicker *self)
{
  return self->is_read;
}

/**
 * yeji_place_picker_get_uuid:
 *
 * Returns: (nullable): the record whose slots are shown
 */
const char *
yeji_place_picker_get_uuid (YejiPlacePicker *self)
{
  return self->uuid;
}

/**
 * yeji_place_picker_choose:
 *
 * Shows the slots of a record, if it was found.
 */
void
yeji_place_picker_choose (YejiPlacePicker *self,
                          const char      *uuid)
{
  g_autofree char *before = NULL;

  g_return_if_fail (YEJI_IS_PLACE_PICKER (self));

  before = self->uuid;
  self->uuid = g_strdup (uuid);
  if (fill_slots (self))
    {
      gtk_stack_set_visible_child_name (self->stack, "slots");
      return;
    }
  g_free (self->uuid);
  self->uuid = g_steal_pointer (&before);
}
