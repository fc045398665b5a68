// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-desk"

#include "config.h"

#include "yeji-desk.h"

/* After the list has been drawn, while nothing else is wanted. */
#define EDITOR_PRIORITY (G_PRIORITY_LOW)

struct _YejiDesk
{
  AdwBin parent_instance;

  GtkBox *content;
  AdwToastOverlay *toasts;
  YejiDictionaryBar *dictionary_bar;
  YejiProgramBar *program_bar;
  GtkStack *stack;
  YejiRecordList *list;
  YejiStatusBar *status_bar;
  YejiEditor *editor;          /* (nullable): until it is wanted */
  guint preparing;             /* source: will make the editor, 0 when there is none */
};

enum
{
  OPENED,
  EDITOR_MADE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiDesk, yeji_desk, ADW_TYPE_BIN)

static void
on_opened (YejiDesk   *self,
           const char *uuid)
{
  g_signal_emit (self, signals[OPENED], 0, uuid);
}

static void
add_escape (GtkWidget *editor)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (controller),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                      gtk_named_action_new ("win.back")));
  gtk_widget_add_controller (editor, controller);
}

static gboolean
prepare_editor (gpointer data)
{
  YejiDesk *self = data;

  self->preparing = 0;
  yeji_desk_get_editor (self);
  return G_SOURCE_REMOVE;
}

/* The list comes first; the editor is there before a clerk can have chosen a record. */
static void
yeji_desk_map (GtkWidget *widget)
{
  YejiDesk *self = YEJI_DESK (widget);

  GTK_WIDGET_CLASS (yeji_desk_parent_class)->map (widget);
  if (self->editor == NULL && self->preparing == 0)
    self->preparing = g_idle_add_full (EDITOR_PRIORITY, prepare_editor, self, NULL);
}

static void
yeji_desk_dispose (GObject *object)
{
  g_clear_handle_id (&YEJI_DESK (object)->preparing, g_source_remove);
  G_OBJECT_CLASS (yeji_desk_parent_class)->dispose (object);
}

static void
yeji_desk_class_init (YejiDeskClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_desk_dispose;
  widget_class->map = yeji_desk_map;
  g_type_ensure (YEJI_TYPE_RECORD_LIST);
  g_type_ensure (YEJI_TYPE_STATUS_BAR);
  g_type_ensure (YEJI_TYPE_DICTIONARY_BAR);
  g_type_ensure (YEJI_TYPE_PROGRAM_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/yeji/Yeji/ui/yeji-desk.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiDesk, content);
  gtk_widget_class_bind_template_child (widget_class, YejiDesk, toasts);
  gtk_widget_class_bind_template_child (widget_class, YejiDesk, dictionary_bar);
  gtk_widget_class_bind_template_child (widget_class, YejiDesk, program_bar);
  gtk_widget_class_bind_template_child (widget_class, YejiDesk, stack);
  gtk_widget_class_bind_template_child (widget_class, YejiDesk, list);
  gtk_widget_class_bind_template_child (widget_class, YejiDesk, status_bar);
  gtk_widget_class_bind_template_callback (widget_class, on_opened);

  signals[OPENED] = g_signal_new ("opened", YEJI_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[EDITOR_MADE] = g_signal_new ("editor-made", YEJI_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 0);
}

static void
yeji_desk_init (YejiDesk *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * yeji_desk_new:
 *
 * Returns: (transfer floating): a desk without a profile, that shows the list
 */
GtkWidget *
yeji_desk_new (void)
{
  return g_object_new (YEJI_TYPE_DESK, NULL);
}

/**
 * yeji_desk_add_bar:
 * @bar: (transfer floating): that tells of something
 *
 * Puts a bar above everything else.
 */
void
yeji_desk_add_bar (YejiDesk  *self,
                   GtkWidget *bar)
{
  g_return_if_fail (YEJI_IS_DESK (self));

  gtk_box_prepend (self->content, bar);
}

/**
 * yeji_desk_show_list:
 *
 * Shows the list of records.
 */
void
yeji_desk_show_list (YejiDesk *self)
{
  g_return_if_fail (YEJI_IS_DESK (self));

  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->list));
}

/**
 * yeji_desk_show_editor:
 *
 * Shows the editor.
 */
void
yeji_desk_show_editor (YejiDesk *self)
{
  g_return_if_fail (YEJI_IS_DESK (self));

  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (yeji_desk_get_editor (self)));
}

/**
 * yeji_desk_has_editor:
 *
 * Returns: whether the editor was made; if not, nothing is in it
 */
gboolean
yeji_desk_has_editor (YejiDesk *self)
{
  return self->editor != NULL;
}

/**
 * yeji_desk_get_editor:
 *
 * Returns: (transfer none): the editor, made if it was not yet
 */
YejiEditor *
yeji_desk_get_editor (YejiDesk *self)
{
  g_return_val_if_fail (YEJI_IS_DESK (self), NULL);

  if (self->editor != NULL)
    return self->editor;
  self->editor = YEJI_EDITOR (yeji_editor_new ());
  add_escape (GTK_WIDGET (self->editor));
  gtk_stack_add_child (self->stack, GTK_WIDGET (self->editor));
  g_signal_emit (self, signals[EDITOR_MADE], 0);
  return self->editor;
}

/**
 * yeji_desk_get_list:
 *
 * Returns: (transfer none): the list of records
 */
YejiRecordList *
yeji_desk_get_list (YejiDesk *self)
{
  return self->list;
}

/**
 * yeji_desk_get_status_bar:
 *
 * Returns: (transfer none): the bar at the foot
 */
YejiStatusBar *
yeji_desk_get_status_bar (YejiDesk *self)
{
  return self->status_bar;
}

/**
 * yeji_desk_get_dictionary_bar:
 *
 * Returns: (transfer none): the bar that offers a newer dictionary
 */
YejiDictionaryBar *
yeji_desk_get_dictionary_bar (YejiDesk *self)
{
  return self->dictionary_bar;
}

/**
 * yeji_desk_get_program_bar:
 *
 * Returns: (transfer none): the bar that says which version the province recommends
 */
YejiProgramBar *
yeji_desk_get_program_bar (YejiDesk *self)
{
  return self->program_bar;
}

/**
 * yeji_desk_get_toasts:
 *
 * Returns: (transfer none): where things are said in passing
 */
AdwToastOverlay *
yeji_desk_get_toasts (YejiDesk *self)
{
  return self->toasts;
}
