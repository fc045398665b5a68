// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-grid-texts"

#include "config.h"

#include "yeji-grid-texts.h"

struct _YejiGridTexts
{
  GObject parent_instance;

  YejiGridView *view;          /* (transfer none): owns the texts */
  GtkWidget *texts[2];         /* (transfer none) */
  guint active;
  gboolean is_filling;         /* the text is set, and not typed */
  gboolean is_composing;       /* by an input method */
  gboolean has_focus;
};

enum
{
  TYPED,
  COMPOSING,
  LEFT,
  DESCRIBE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiGridTexts, yeji_grid_texts, G_TYPE_OBJECT)

static GtkWidget *
get_text (YejiGridTexts *self)
{
  return self->texts[self->active];
}

static void
on_text (YejiGridTexts *self)
{
  if (self->is_filling)
    return;
  g_signal_emit (self, signals[TYPED], 0);
  gtk_widget_queue_resize (get_text (self));
}

static void
on_preedit (YejiGridTexts *self,
            const char    *preedit)
{
  self->is_composing = *preedit != '\0';
  g_signal_emit (self, signals[COMPOSING], 0);
}

static void
on_enter (YejiGridTexts *self)
{
  self->has_focus = TRUE;
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "focused");
}

static void
on_leave (GtkEventController *controller,
          YejiGridTexts      *self)
{
  if (gtk_event_controller_get_widget (controller) != get_text (self))
    return;                    /* the other one has taken its turn */
  self->has_focus = FALSE;
  self->is_composing = FALSE;  /* not every input method says so when the focus goes */
  gtk_widget_remove_css_class (GTK_WIDGET (self->view), "focused");
  g_signal_emit (self, signals[LEFT], 0);
}

static GtkWidget *
make_text (YejiGridTexts *self)
{
  /* without a role it would be nothing to a screen reader, and so would the whole grid */
  GtkWidget *text = g_object_new (GTK_TYPE_TEXT, "accessible-role", GTK_ACCESSIBLE_ROLE_TEXT_BOX,
                                  NULL);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_widget_add_css_class (text, "yeji-grid-text");
  gtk_widget_add_css_class (text, "idle");
  /* the undo of what the grid shows is the one that counts */
  gtk_editable_set_enable_undo (GTK_EDITABLE (text), FALSE);
  gtk_editable_set_width_chars (GTK_EDITABLE (text), 1);
  gtk_text_set_max_length (GTK_TEXT (text), G_MAXUINT16 - 1);
  gtk_widget_set_can_target (text, FALSE);
  gtk_widget_set_visible (text, FALSE);
  g_signal_connect_object (text, "changed", G_CALLBACK (on_text), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (text, "preedit-changed", G_CALLBACK (on_preedit), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "enter", G_CALLBACK (on_enter), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (on_leave), self, 0);
  gtk_widget_add_controller (text, focus);
  gtk_widget_set_parent (text, GTK_WIDGET (self->view));
  return text;
}

static guint
make_signal (const char *name)
{
  return g_signal_new (name, YEJI_TYPE_GRID_TEXTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 0);
}

static void
yeji_grid_texts_class_init (YejiGridTextsClass *klass)
{
  signals[TYPED] = make_signal ("typed");
  signals[COMPOSING] = make_signal ("composing");
  signals[LEFT] = make_signal ("left");
  signals[DESCRIBE] = make_signal ("describe");
}

static void
yeji_grid_texts_init (YejiGridTexts *self)
{
}

/**
 * yeji_grid_texts_new:
 *
 * Returns: (transfer full): the texts of @view, which must outlive it; the first one has its turn,
 *   and is not described yet
 */
YejiGridTexts *
yeji_grid_texts_new (YejiGridView *view)
{
  YejiGridTexts *self = g_object_new (YEJI_TYPE_GRID_TEXTS, NULL);

  self->view = view;
  for (guint i = 0; i < G_N_ELEMENTS (self->texts); i++)
    self->texts[i] = make_text (self);
  gtk_widget_set_visible (get_text (self), TRUE);
  return self;
}

/**
 * yeji_grid_texts_get_widget:
 *
 * Returns: (transfer none): the text that takes the keys; another one after each turn
 */
GtkWidget *
yeji_grid_texts_get_widget (YejiGridTexts *self)
{
  return get_text (self);
}

/**
 * yeji_grid_texts_get:
 *
 * Returns: (transfer none): what is in it, until it is changed
 */
const char *
yeji_grid_texts_get (YejiGridTexts *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (get_text (self)));
}

/**
 * yeji_grid_texts_fill:
 *
 * Sets the text without telling that it was typed.
 */
void
yeji_grid_texts_fill (YejiGridTexts *self,
                      const char    *text)
{
  self->is_filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (get_text (self)), text);
  self->is_filling = FALSE;
}

/**
 * yeji_grid_texts_set_seen:
 *
 * Lets the text cover its cell, or the cell be seen through it.
 */
void
yeji_grid_texts_set_seen (YejiGridTexts *self,
                          gboolean       seen)
{
  if (seen)
    gtk_widget_remove_css_class (get_text (self), "idle");
  else
    gtk_widget_add_css_class (get_text (self), "idle");
}

/**
 * yeji_grid_texts_begin:
 *
 * Gives it the keyboard, behind what is in it.
 */
void
yeji_grid_texts_begin (YejiGridTexts *self)
{
  gtk_widget_grab_focus (get_text (self));
  gtk_editable_set_position (GTK_EDITABLE (get_text (self)), -1);
  gtk_widget_queue_resize (get_text (self));
}

/**
 * yeji_grid_texts_turn:
 *
 * Goes to the cell of the cursor, where the other text has its turn, and is empty.
 */
void
yeji_grid_texts_turn (YejiGridTexts *self)
{
  GtkWidget *before = get_text (self);
  gboolean had_focus = self->has_focus;

  self->active = 1 - self->active;
  yeji_grid_texts_fill (self, "");
  self->is_composing = FALSE;
  gtk_widget_set_visible (get_text (self), TRUE);
  g_signal_emit (self, signals[DESCRIBE], 0);
  if (had_focus)
    gtk_widget_grab_focus (get_text (self));
  gtk_widget_set_visible (before, FALSE);
}

/**
 * yeji_grid_texts_is_composing:
 *
 * Returns: whether an input method is at work, and every key is for it
 */
gboolean
yeji_grid_texts_is_composing (YejiGridTexts *self)
{
  return self->is_composing;
}

gboolean
yeji_grid_texts_has_focus (YejiGridTexts *self)
{
  return self->has_focus;
}
