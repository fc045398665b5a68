// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-row-makers"

#include "config.h"

#include "yeji-row-makers.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-calendar.h"
#include "yeji-chooser.h"
#include "yeji-code-offer.h"
#include "yeji-date-reading.h"
#include "yeji-json-reader.h"
#include "yeji-link-control.h"
#include "yeji-messages.h"
#include "yeji-paste.h"
#include "yeji-personal-entry.h"
#include "yeji-text-limit.h"
#include "yeji-tooltip.h"

typedef YejiControl (*YejiRowMaker) (YejiFormField *field);

static GtkWidget *
make_entry (YejiFormField *field)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_widget_set_hexpand (entry, TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 8);
  g_object_bind_property (field, "text", entry, "text",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  /* The record's undo is the one that counts; two of them would take turns. */
  gtk_editable_set_enable_undo (GTK_EDITABLE (entry), FALSE);
  g_object_bind_property (field, "placeholder", entry, "placeholder-text", G_BINDING_SYNC_CREATE);
  g_object_bind_property (field, "editable", entry, "editable", G_BINDING_SYNC_CREATE);
  return entry;
}

static YejiControl
make_text (YejiFormField *field)
{
  gboolean is_personal = yeji_form_field_get_def (field)->personal != YEJI_PERSONAL_NO;
  GtkWidget *entry = is_personal ? yeji_personal_entry_new (field) : make_entry (field);

  return (YejiControl) { entry, entry };
}

static YejiControl
make_number (YejiFormField *field)
{
  GtkWidget *entry = make_entry (field);

  gtk_entry_set_input_purpose (GTK_ENTRY (entry), GTK_INPUT_PURPOSE_NUMBER);
  gtk_widget_add_css_class (entry, "numeric");
  return (YejiControl) { entry, entry };
}

static YejiControl
make_long_text (YejiFormField *field)
{
  GtkWidget *view = gtk_text_view_new ();

  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (view, TRUE);
  gtk_widget_add_css_class (view, "yeji-text");
  /* what is longer could be saved by nobody, because nobody could read it */
  yeji_text_limit_set (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), YEJI_JSON_MAX_STRING);
  gtk_text_buffer_set_enable_undo (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), FALSE);
  g_object_bind_property (field, "text", gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "text",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_object_bind_property (field, "editable", view, "editable", G_BINDING_SYNC_CREATE);
  return (YejiControl) { view, view };
}

static gboolean
on_open_key (GtkEventControllerKey *controller,
             guint                  keyval,
             guint                  keycode,
             GdkModifierType        state,
             GtkMenuButton         *button)
{
  if (keyval != GDK_KEY_Down || (state & GDK_ALT_MASK) == 0)
    return GDK_EVENT_PROPAGATE;
  gtk_menu_button_popup (button);
  return GDK_EVENT_STOP;
}

static void
open_with_key (GtkWidget *widget,
               GtkWidget *button)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_open_key), button, 0);
  gtk_widget_add_controller (widget, keys);
}

static GtkWidget *
make_side_button (YejiFormField                *field,
                  GtkWidget                    *entry,
                  const char                   *icon,
                  const char                   *name_format,
                  GtkMenuButtonCreatePopupFunc  create)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autofree char *name = g_strdup_printf (name_format, yeji_form_field_get_label (field));

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), icon);
  yeji_tooltip_set (button, name);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  yeji_a11y_set_name (button, name);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), create, g_object_ref (field),
                                         g_object_unref);
  g_object_bind_property (field, "editable", button, "sensitive", G_BINDING_SYNC_CREATE);
  open_with_key (entry, button);
  return button;
}

static GtkWidget *
join (GtkWidget *entry,
      GtkWidget *button)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), button);
  return box;
}

static gboolean
to_date_placeholder (GBinding     *binding,
                     const GValue *from,
                     GValue       *to,
                     gpointer      data)
{
  const char *text = g_value_get_string (from);

  /* Translators: the form of a date, year, month and day */
  g_value_set_string (to, text != NULL ? text : _("YYYY-MM-DD"));
  return TRUE;
}

static YejiControl
make_date (YejiFormField *field)
{
  GtkWidget *entry = make_entry (field);
  GtkWidget *button = make_side_button (field, entry, "x-office-calendar-symbolic",
                                        _("Calendar of “%s”"), yeji_calendar_make);

  gtk_widget_add_css_class (entry, "numeric");
  g_object_bind_property_full (field, "placeholder", entry, "placeholder-text",
                               G_BINDING_SYNC_CREATE, to_date_placeholder, NULL, NULL, NULL);
  yeji_date_reading_watch (entry, field);
  return (YejiControl) { join (entry, button), entry };
}

static void
on_chosen (YejiChooser   *chooser,
           const char    *value,
           YejiFormField *field)
{
  yeji_form_field_set_text (field, value);
}

static GListModel *
list_codes (YejiFormField *field)
{
  GListStore *choices = g_list_store_new (YEJI_TYPE_CHOICE);
  g_autoptr (GPtrArray) codes = NULL;

  codes = yeji_code_offer_get (yeji_draft_get_dictionary (yeji_form_field_get_draft (field)),
                               yeji_form_field_get_row (field), yeji_form_field_get_def (field));
  for (guint i = 0; i < codes->len; i++)
    {
      const YejiCode *code = g_ptr_array_index (codes, i);
      g_autoptr (YejiChoice) choice = yeji_choice_new (code->code, code->name);

      g_list_store_append (choices, choice);
    }
  return G_LIST_MODEL (choices);
}

static void
show_choices (GtkMenuButton *button,
              YejiFormField *field,
              GListModel    *choices)
{
  GtkPopover *popover = gtk_menu_button_get_popover (button);

  if (popover == NULL)
    {
      popover = GTK_POPOVER (yeji_chooser_new (yeji_form_field_get_label (field)));
      g_signal_connect_object (popover, "chosen", G_CALLBACK (on_chosen), field, 0);
      gtk_menu_button_set_popover (button, GTK_WIDGET (popover));
    }
  yeji_chooser_set_choices (YEJI_CHOOSER (popover), choices, yeji_form_field_get_text (field));
}

static void
make_code_popover (GtkMenuButton *button,
                   gpointer       data)
{
  g_autoptr (GListModel) choices = list_codes (data);

  show_choices (button, data, choices);
}

static gboolean
code_to_label (GBinding     *binding,
               const GValue *from,
               GValue       *to,
               gpointer      data)
{
  g_autoptr (YejiFormField) field = YEJI_FORM_FIELD (g_binding_dup_source (binding));
  const char *text = yeji_form_field_get_text (field);
  char *placeholder = *text == '\0' ? yeji_form_field_dup_placeholder (field) : NULL;

  if (placeholder != NULL && *placeholder != '\0')
    g_value_take_string (to, placeholder);
  else if (*text == '\0')
    g_value_set_string (to, yeji_form_field_is_editable (field)
                            ? C_("no code chosen", "Choose…") : "");
  else
    g_value_take_string (to, yeji_code_to_text (yeji_form_field_get_def (field), text));
  return TRUE;
}

static gboolean
text_to_opacity (GBinding     *binding,
                 const GValue *from,
                 GValue       *to,
                 gpointer      data)
{
  g_value_set_double (to, *g_value_get_string (from) == '\0' ? 0.55 : 1.0);
  return TRUE;
}

/* What cannot be chosen is not typed: an unknown code of an import is shown as it came. */
static YejiControl
make_code (YejiFormField *field)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("pan-down-symbolic"));
  gtk_menu_button_set_child (GTK_MENU_BUTTON (button), box);
  gtk_widget_set_halign (gtk_widget_get_parent (box), GTK_ALIGN_FILL);  /* GTK centres it */
  open_with_key (button, button);
  gtk_widget_add_css_class (button, "yeji-code");
  gtk_widget_set_hexpand (button, TRUE);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), make_code_popover,
                                         g_object_ref (field), g_object_unref);
  g_object_bind_property_full (field, "text", label, "label", G_BINDING_SYNC_CREATE, code_to_label,
                               NULL, NULL, NULL);
  g_object_bind_property_full (field, "placeholder", label, "label", G_BINDING_DEFAULT,
                               code_to_label, NULL, NULL, NULL);
  g_object_bind_property_full (field, "text", label, "opacity", G_BINDING_SYNC_CREATE,
                               text_to_opacity, NULL, NULL, NULL);
  g_object_bind_property (field, "editable", button, "sensitive", G_BINDING_SYNC_CREATE);
  return (YejiControl) { button, button };
}

static YejiControl
make_link (YejiFormField *field)
{
  GtkWidget *control = yeji_link_control_new (field);

  return (YejiControl) { control, yeji_link_control_get_target (YEJI_LINK_CONTROL (control)) };
}

/* What the platform sets is read, never typed. */
static YejiControl
make_read_only (YejiFormField *field)
{
  const YejiFieldDef *def = yeji_form_field_get_def (field);
  GtkWidget *label = gtk_label_new (NULL);
  g_autofree char *text = yeji_code_to_text (def, yeji_form_field_get_text (field));

  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  return (YejiControl) { label, label };
}

static const YejiRowMaker row_makers[N_YEJI_FIELD_KINDS] = {
  [YEJI_FIELD_TEXT] = make_text,
  [YEJI_FIELD_LONG_TEXT] = make_long_text,
  [YEJI_FIELD_NUMBER] = make_number,
  [YEJI_FIELD_DATE] = make_date,
  [YEJI_FIELD_CODE] = make_code,
  [YEJI_FIELD_LINK] = make_link,
};

/* The menu of a text has the way to its history. */
static void
add_menu (GtkWidget *control)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  g_menu_append (menu, _("History of This Field"), "win.field-history");
  if (GTK_IS_ENTRY (control))
    gtk_entry_set_extra_menu (GTK_ENTRY (control), G_MENU_MODEL (menu));
  else if (GTK_IS_TEXT_VIEW (control))
    gtk_text_view_set_extra_menu (GTK_TEXT_VIEW (control), G_MENU_MODEL (menu));
}

/**
 * yeji_row_maker_make:
 *
 * Makes the control of a field, by the kind of the field and nothing else.
 *
 * Returns: the control
 */
YejiControl
yeji_row_maker_make (YejiFormField *field)
{
  const YejiFieldDef *def = yeji_form_field_get_def (field);
  YejiControl control = def->by_platform ? make_read_only (field) : row_makers[def->kind] (field);

  yeji_paste_watch (control.target, field);
  add_menu (control.target);
  return control;
}
