// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-compare"

#include "config.h"

#include "yeji-compare-picker.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-background.h"
#include "yeji-messages.h"
#include "yeji-query.h"
#include "yeji-type-ahead.h"

/* More are found by typing. */
#define MAX_SHOWN 50

struct _YejiComparePicker
{
  AdwWindow parent_instance;

  GtkSearchEntry *search;
  GtkStack *stack;
  GtkListBox *list;

  YejiStore *store;
  char *uuid;                  /* of the record that is compared */
  guint asked;
};

enum
{
  PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiComparePicker, yeji_compare_picker, ADW_TYPE_WINDOW)

typedef struct
{
  YejiStore *store;
  char *text;
} Question;

static void
free_question (gpointer data)
{
  Question *question = data;

  g_object_unref (question->store);
  g_free (question->text);
  g_free (question);
}

/* One more than is shown: the record itself is left out. */
static gpointer
find_records (gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Question *question = data;
  const YejiQuery query = {
    .text = question->text,
    .states = ((1u << N_YEJI_STATES) - 1) & ~(1u << YEJI_STATE_REMOVED),
    .sort = YEJI_SORT_CHANGED,
    .descending = TRUE,
  };

  return yeji_store_query (question->store, &query, 0, MAX_SHOWN + 1, error);
}

static GtkWidget *
make_row (YejiComparePicker *self,
          YejiEntry         *entry)
{
  const char *name = yeji_entry_get_name (entry);
  const char *number = yeji_entry_get_number (entry);
  const char *state = yeji_state_get_label (yeji_entry_get_state (entry));
  g_autofree char *details = number != NULL && *number != '\0'
                               ? g_strdup_printf ("%s · %s", state, number) : g_strdup (state);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 name != NULL && *name != '\0' ? name : _("(without a name)"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), details);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "uuid", g_strdup (yeji_entry_get_uuid (entry)), g_free);
  return row;
}

static void
on_found (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (YejiComparePicker) self = YEJI_COMPARE_PICKER (g_object_ref (source));
  g_autoptr (GPtrArray) entries = yeji_background_finish (result, NULL);
  GtkListBoxRow *row;

  if (GPOINTER_TO_UINT (data) != self->asked || self->list == NULL)
    return;
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      YejiEntry *entry = g_ptr_array_index (entries, i);

      if (!g_str_equal (yeji_entry_get_uuid (entry), self->uuid))
        gtk_list_box_append (self->list, make_row (self, entry));
    }
  row = gtk_list_box_get_row_at_index (self->list, 0);
  if (row != NULL)
    gtk_list_box_select_row (self->list, row);
  gtk_stack_set_visible_child_name (self->stack, row != NULL ? "list" : "empty");
}

static void
search (YejiComparePicker *self)
{
  Question *question = g_new (Question, 1);

  question->store = g_object_ref (self->store);
  question->text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  yeji_background_run (self, find_records, question, free_question,
                       (GDestroyNotify) g_ptr_array_unref, on_found,
                       GUINT_TO_POINTER (++self->asked));
}

static void
pick (YejiComparePicker *self,
      GtkListBoxRow     *row)
{
  g_autofree char *uuid = NULL;

  if (row == NULL)
    return;
  uuid = g_strdup (g_object_get_data (G_OBJECT (row), "uuid"));
  g_signal_emit (self, signals[PICKED], 0, uuid);
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_entered (YejiComparePicker *self)
{
  pick (self, gtk_list_box_get_selected_row (self->list));
}

static void
on_down (YejiComparePicker *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static gboolean
on_down_key (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   data)
{
  on_down (YEJI_COMPARE_PICKER (widget));
  return GDK_EVENT_STOP;
}

static void
yeji_compare_picker_dispose (GObject *object)
{
  YejiComparePicker *self = YEJI_COMPARE_PICKER (object);

  self->asked++;
  g_clear_object (&self->store);
  G_OBJECT_CLASS (yeji_compare_picker_parent_class)->dispose (object);
}

static void
yeji_compare_picker_finalize (GObject *object)
{
  g_free (YEJI_COMPARE_PICKER (object)->uuid);
  G_OBJECT_CLASS (yeji_compare_picker_parent_class)->finalize (object);
}

static void
yeji_compare_picker_class_init (YejiComparePickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_compare_picker_dispose;
  G_OBJECT_CLASS (klass)->finalize = yeji_compare_picker_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-compare-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiComparePicker, search);
  gtk_widget_class_bind_template_child (widget_class, YejiComparePicker, stack);
  gtk_widget_class_bind_template_child (widget_class, YejiComparePicker, list);
  gtk_widget_class_bind_template_callback (widget_class, search);
  gtk_widget_class_bind_template_callback (widget_class, pick);
  gtk_widget_class_bind_template_callback (widget_class, on_entered);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Down, 0, on_down_key, NULL);

  signals[PICKED] = g_signal_new ("picked", YEJI_TYPE_COMPARE_PICKER, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
yeji_compare_picker_init (YejiComparePicker *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  yeji_a11y_set_name (GTK_WIDGET (self->search), _("Search"));
  yeji_a11y_set_name (GTK_WIDGET (self->list), _("Records"));
  yeji_type_ahead (GTK_WIDGET (self), self->search);
}

/**
 * yeji_compare_picker_new:
 * @parent: the window whose record it is
 * @uuid: the record, which is not offered
 *
 * Returns: (transfer floating): a window that asks for another record
 */
GtkWidget *
yeji_compare_picker_new (GtkWindow  *parent,
                         YejiStore  *store,
                         const char *uuid)
{
  YejiComparePicker *self = g_object_new (YEJI_TYPE_COMPARE_PICKER, NULL);

  gtk_window_set_transient_for (GTK_WINDOW (self), parent);
  self->store = g_object_ref (store);
  self->uuid = g_strdup (uuid);
  search (self);
  return GTK_WIDGET (self);
}
