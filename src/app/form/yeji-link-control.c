// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-link-control"

#include "config.h"

#include "yeji-link-control.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-chooser.h"
#include "yeji-messages.h"
#include "yeji-row-choices.h"
#include "yeji-tooltip.h"

/* A title and a number of 23 characters, side by side. */
#define POPOVER_WIDTH 460

struct _YejiLinkControl
{
  GtkBox parent_instance;

  GtkWidget *button;
  GtkLabel *label;
  GtkWidget *go;
  YejiFormField *field;
};

G_DEFINE_FINAL_TYPE (YejiLinkControl, yeji_link_control, GTK_TYPE_BOX)

static const YejiFieldDef *
get_key (YejiLinkControl *self)
{
  return yeji_form_field_get_def (self->field)->link;
}

static YejiRecord *
get_record (YejiLinkControl *self)
{
  return yeji_draft_get_record (yeji_form_field_get_draft (self->field));
}

static void
update (YejiLinkControl *self)
{
  const char *value = yeji_form_field_get_text (self->field);
  YejiRow *row = yeji_link_control_find_row (self);
  const char *title = row != NULL ? yeji_row_choices_get_title (row, get_key (self)) : "";
  g_autofree char *offered = yeji_form_field_dup_placeholder (self->field);
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;

  if (*value == '\0')
    text = g_strdup (offered != NULL && *offered != '\0' ? offered
                     : yeji_form_field_is_editable (self->field)
                       ? C_("no row chosen", "Choose…") : "");
  else
    text = g_strdup_printf (*title != '\0' ? "%s · %s" : "%s%s", value, title);
  gtk_label_set_text (self->label, text);
  gtk_widget_set_opacity (GTK_WIDGET (self->label), *value == '\0' ? 0.55 : 1.0);
  yeji_tooltip_set (self->button, *value != '\0' ? text : NULL);
  gtk_widget_set_visible (self->go, row != NULL);
  if (row == NULL)
    return;
  /* Translators: the title or number of a row */
  name = g_strdup_printf (_("Go to %s"), *title != '\0' ? title : value);
  yeji_tooltip_set (self->go, name);
  yeji_a11y_set_name (self->go, name);
}

static void
go_to (YejiLinkControl    *self,
       YejiRow            *row,
       const YejiFieldDef *field)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "place.go-to", "(sss)",
                              yeji_row_get_table (row)->id, yeji_row_get_id (row),
                              field != NULL ? field->id : "");
}

static void
on_go (YejiLinkControl *self)
{
  YejiRow *row = yeji_link_control_find_row (self);

  if (row != NULL)
    go_to (self, row, NULL);
}

/* Without its number a row cannot be named: first it gets one, and then there is a way back. */
static void
on_chosen (YejiLinkControl *self,
           const char      *value)
{
  const YejiFieldDef *key = get_key (self);
  YejiRow *row;

  if (!yeji_row_choices_is_mark (value))
    {
      yeji_form_field_set_text (self->field, value);
      return;
    }
  row = yeji_row_choices_find_marked (get_record (self), key, value);
  if (row != NULL)
    go_to (self, row, key);
}

static void
on_add (YejiLinkControl *self)
{
  YejiDraft *draft = yeji_form_field_get_draft (self->field);
  const YejiFieldDef *key = get_key (self);

  if (yeji_draft_is_editable (draft))
    go_to (self, yeji_draft_add_row (draft, key->table), key);
}

static void
make_popover (GtkMenuButton *button,
              gpointer       data)
{
  YejiLinkControl *self = data;
  GtkPopover *popover = gtk_menu_button_get_popover (button);
  const char *value = yeji_form_field_get_text (self->field);
  g_autoptr (GListModel) rows = yeji_row_choices_list (get_record (self), get_key (self));
  g_autofree char *note = yeji_row_choices_make_note (get_record (self), get_key (self), value);

  if (popover == NULL)
    {
      g_autofree char *add = yeji_row_choices_make_add (get_key (self));

      popover = GTK_POPOVER (yeji_chooser_new (yeji_form_field_get_label (self->field)));
      yeji_chooser_set_add (YEJI_CHOOSER (popover), add);
      gtk_widget_set_size_request (GTK_WIDGET (popover), POPOVER_WIDTH, -1);
      g_signal_connect_object (popover, "chosen", G_CALLBACK (on_chosen), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (popover, "add", G_CALLBACK (on_add), self, G_CONNECT_SWAPPED);
      gtk_menu_button_set_popover (button, GTK_WIDGET (popover));
    }
  yeji_chooser_set_note (YEJI_CHOOSER (popover), note);
  yeji_chooser_set_choices (YEJI_CHOOSER (popover), rows, value);
}

static gboolean
on_open_key (GtkEventControllerKey *controller,
             guint                  keyval,
             guint                  keycode,
             GdkModifierType        state,
             YejiLinkControl       *self)
{
  if (keyval != GDK_KEY_Down || (state & GDK_ALT_MASK) == 0)
    return GDK_EVENT_PROPAGATE;
  gtk_menu_button_popup (GTK_MENU_BUTTON (self->button));
  return GDK_EVENT_STOP;
}

static void
on_changed (YejiDraft          *draft,
            YejiRow            *row,
            const YejiFieldDef *field,
            YejiLinkControl    *self)
{
  if (yeji_row_get_table (row) == get_key (self)->table)
    update (self);
}

static void
on_rows_changed (YejiDraft          *draft,
                 const YejiTableDef *table,
                 YejiLinkControl    *self)
{
  if (table == get_key (self)->table)
    update (self);
}

static void
yeji_link_control_dispose (GObject *object)
{
  g_clear_object (&YEJI_LINK_CONTROL (object)->field);
  G_OBJECT_CLASS (yeji_link_control_parent_class)->dispose (object);
}

static void
yeji_link_control_class_init (YejiLinkControlClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = yeji_link_control_dispose;
}

static void
yeji_link_control_init (YejiLinkControl *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->label, 0);
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("pan-down-symbolic"));
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), box);
  gtk_widget_set_halign (gtk_widget_get_parent (box), GTK_ALIGN_FILL);  /* GTK centres it */
  gtk_widget_add_css_class (self->button, "yeji-code");
  gtk_widget_set_hexpand (self->button, TRUE);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->button), make_popover, self, NULL);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_open_key), self);
  gtk_widget_add_controller (self->button, keys);
  self->go = gtk_button_new_from_icon_name ("go-next-symbolic");
  gtk_widget_set_valign (self->go, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->go, "flat");
  g_signal_connect_swapped (self->go, "clicked", G_CALLBACK (on_go), self);
  gtk_box_set_spacing (GTK_BOX (self), 4);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_box_append (GTK_BOX (self), self->button);
  gtk_box_append (GTK_BOX (self), self->go);
}

/**
 * yeji_link_control_new:
 * @field: of the kind link
 *
 * Goes to rows by the action "place.go-to" (table, row, field) of a widget around it.
 *
 * Returns: (transfer floating): a control
 */
GtkWidget *
yeji_link_control_new (YejiFormField *field)
{
  YejiLinkControl *self = g_object_new (YEJI_TYPE_LINK_CONTROL, NULL);
  YejiDraft *draft = yeji_form_field_get_draft (field);

  self->field = g_object_ref (field);
  g_signal_connect_object (field, "notify::text", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (field, "notify::placeholder", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "value-changed", G_CALLBACK (on_changed), self, 0);
  g_signal_connect_object (draft, "rows-changed", G_CALLBACK (on_rows_changed), self, 0);
  g_object_bind_property (field, "editable", self->button, "sensitive", G_BINDING_SYNC_CREATE);
  update (self);
  return GTK_WIDGET (self);
}

/**
 * yeji_link_control_get_target:
 *
 * Returns: (transfer none): what takes the focus
 */
GtkWidget *
yeji_link_control_get_target (YejiLinkControl *self)
{
  return self->button;
}

/**
 * yeji_link_control_find_row:
 *
 * Returns: (nullable) (transfer none): the row that is chosen; %NULL if there is none of that
 *   number
 */
YejiRow *
yeji_link_control_find_row (YejiLinkControl *self)
{
  return yeji_row_choices_find (get_record (self), get_key (self),
                                yeji_form_field_get_text (self->field));
}
