// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-field-row"

#include "config.h"

#include "yeji-field-row.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-carry-offer.h"
#include "yeji-field-caption.h"
#include "yeji-field-help.h"
#include "yeji-messages.h"
#include "yeji-row-makers.h"
#include "yeji-tooltip.h"

struct _YejiFieldRow
{
  GtkBox parent_instance;

  GtkLabel *title;
  GtkLabel *star;
  GtkBox *line;
  GtkLabel *unit;
  GtkBox *note_box;
  GtkImage *note_icon;
  GtkLabel *note;
  GtkLabel *comment;
  YejiIssueActions *actions;

  YejiFormField *field;
  YejiCarryOffer *offer;       /* (nullable): of a field that can be filled from elsewhere */
  GtkWidget *caption;
  GtkWidget *help;             /* (nullable): made when the field is visited first */
  GtkWidget *target;           /* (transfer none): lives as long as the row */
};

G_DEFINE_FINAL_TYPE (YejiFieldRow, yeji_field_row, GTK_TYPE_BOX)

/* Said after the name: what is wrong, what the reviewer said, what the field is for. */
static void
update_description (YejiFieldRow *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const YejiFieldDef *def = yeji_form_field_get_def (self->field);
  const char *parts[9];
  guint n = 0;
  g_autofree char *value = NULL;
  g_autofree char *offer = yeji_issue_actions_describe (self->actions);
  g_autofree char *carried = self->offer != NULL ? yeji_carry_offer_describe (self->offer) : NULL;

  if (def->kind == YEJI_FIELD_CODE && *yeji_form_field_get_text (self->field) != '\0')
    parts[n++] = value = yeji_code_to_text (def, yeji_form_field_get_text (self->field));
  if (yeji_form_field_is_required (self->field))
    parts[n++] = _("Required");
  if (def->unit != NULL)
    parts[n++] = def->unit;
  parts[n++] = yeji_form_field_get_message (self->field);
  parts[n++] = offer;
  parts[n++] = carried;
  if (self->caption != NULL)
    parts[n++] = yeji_field_caption_get_text (self->caption);
  parts[n++] = yeji_form_field_get_comment (self->field);
  parts[n++] = yeji_label (&def->help);
  for (guint i = 0; i < n; i++)
    if (parts[i] != NULL && *parts[i] != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? ". " : "", parts[i]);
  yeji_a11y_set_description (self->target, text->str);
}

static void
set_severity (YejiFieldRow *self,
              int           severity)
{
  static const char *styles[] = { "error", "warning", "hint", "kept" };

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self), styles[i]);
  if (severity >= 0)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self), yeji_severity_get_style (severity));
      gtk_image_set_from_icon_name (self->note_icon, yeji_severity_get_icon (severity));
    }
  else
    {
      gtk_widget_add_css_class (GTK_WIDGET (self), "kept");
      gtk_image_set_from_icon_name (self->note_icon, "object-select-symbolic");
    }
  yeji_a11y_set_invalid (self->target, severity == YEJI_SEVERITY_ERROR);
}

static void
on_message (YejiFieldRow *self)
{
  const char *message = yeji_form_field_get_message (self->field);
  gboolean shown = message != NULL && !yeji_form_field_is_calm (self->field);

  gtk_label_set_text (self->note, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note_box), shown);
  set_severity (self, shown ? yeji_form_field_get_severity (self->field) : -1);
  update_description (self);
  yeji_issue_actions_set_issue (self->actions,
                                shown ? yeji_form_field_get_issue (self->field) : NULL);
}

static void
on_comment (YejiFieldRow *self)
{
  const char *comment = yeji_form_field_get_comment (self->field);
  g_autofree char *text = NULL;

  if (comment != NULL)
    text = g_strdup_printf (_("Reviewer: %s"), comment);
  gtk_label_set_text (self->comment, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->comment), comment != NULL);
  update_description (self);
}

static void
on_required (YejiFieldRow *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->star), yeji_form_field_is_required (self->field));
  update_description (self);
}

static void
on_leave (YejiFieldRow *self)
{
  if (self->field == NULL)
    return;
  yeji_form_field_visit (self->field);
  yeji_issue_actions_update (self->actions);
}

static void
on_actions_changed (YejiFieldRow *self)
{
  if (self->field != NULL)
    update_description (self);
}

static void
on_take (GtkWidget  *widget,
         const char *name,
         GVariant   *target)
{
  YejiFieldRow *self = YEJI_FIELD_ROW (widget);

  if (!yeji_issue_actions_take (self->actions)
      && (self->offer == NULL || !yeji_carry_offer_take (self->offer)))
    gtk_widget_error_bell (widget);
}

/* All that is offered in the row, or in all rows of the table. */
static void
on_take_all (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  YejiFieldRow *self = YEJI_FIELD_ROW (widget);
  YejiRow *row = yeji_form_field_get_row (self->field);
  gboolean one = g_str_equal (name, "field.take-row");

  if (yeji_draft_carry_take (yeji_form_field_get_draft (self->field), yeji_row_get_table (row),
                             one ? row : NULL) == 0)
    gtk_widget_error_bell (widget);
}

static void
on_help (GtkWidget  *widget,
         const char *name,
         GVariant   *target)
{
  YejiFieldRow *self = YEJI_FIELD_ROW (widget);

  yeji_field_help_show (GTK_WIDGET (self->line), NULL, self->target,
                        yeji_draft_get_dictionary (yeji_form_field_get_draft (self->field)),
                        yeji_form_field_get_def (self->field));
}

/* Beside the field that is looked at; its place is free before, so that nothing moves. Not a stop
 * for Tab: the key is F1. */
static void
show_help_button (YejiFieldRow *self)
{
  g_autofree char *name = NULL;

  if (self->help != NULL)
    return;
  name = g_strdup_printf (_("Help on “%s”"), yeji_form_field_get_label (self->field));
  self->help = gtk_button_new_with_label ("?");
  gtk_widget_set_focusable (self->help, FALSE);
  gtk_widget_set_valign (self->help, GTK_ALIGN_CENTER);
  yeji_tooltip_set (self->help, _("Help on This Field (F1)"));
  gtk_widget_add_css_class (self->help, "flat");
  gtk_widget_add_css_class (self->help, "circular");
  gtk_widget_add_css_class (self->help, "yeji-help");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->help), "field.help");
  yeji_a11y_set_name (self->help, name);
  gtk_box_append (self->line, self->help);
  gtk_widget_remove_css_class (GTK_WIDGET (self->line), "yeji-line");
}

static void
on_offered (YejiFieldRow *self)
{
  if (yeji_form_field_get_offer (self->field) != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "offered");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "offered");
  update_description (self);
}

/* Before the control sees the key: a text of several lines would take it as a new line. */
static void
add_keys (YejiFieldRow *self)
{
  static const struct { guint key; GdkModifierType modifiers; const char *action; } keys[] = {
    { GDK_KEY_Return, GDK_ALT_MASK, "field.take" },
    { GDK_KEY_KP_Enter, GDK_ALT_MASK, "field.take" },
    { GDK_KEY_Return, GDK_ALT_MASK | GDK_SHIFT_MASK, "field.take-row" },
    { GDK_KEY_KP_Enter, GDK_ALT_MASK | GDK_SHIFT_MASK, "field.take-row" },
    { GDK_KEY_Return, GDK_ALT_MASK | GDK_CONTROL_MASK, "field.take-section" },
    { GDK_KEY_KP_Enter, GDK_ALT_MASK | GDK_CONTROL_MASK, "field.take-section" },
    { GDK_KEY_F1, 0, "field.help" },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, keys[i].modifiers),
                        gtk_named_action_new (keys[i].action)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
on_text (YejiFieldRow *self)
{
  YejiFieldKind kind = yeji_form_field_get_def (self->field)->kind;

  if (kind == YEJI_FIELD_CODE || kind == YEJI_FIELD_NUMBER || kind == YEJI_FIELD_DATE)
    update_description (self);
}

static gboolean
yeji_field_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (YEJI_FIELD_ROW (widget)->target);
}

static void
yeji_field_row_dispose (GObject *object)
{
  g_clear_object (&YEJI_FIELD_ROW (object)->field);
  G_OBJECT_CLASS (yeji_field_row_parent_class)->dispose (object);
}

static void
yeji_field_row_class_init (YejiFieldRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_field_row_dispose;
  widget_class->grab_focus = yeji_field_row_grab_focus;
  g_type_ensure (YEJI_TYPE_ISSUE_ACTIONS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-field-row.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiFieldRow, title);
  gtk_widget_class_bind_template_child (widget_class, YejiFieldRow, star);
  gtk_widget_class_bind_template_child (widget_class, YejiFieldRow, line);
  gtk_widget_class_bind_template_child (widget_class, YejiFieldRow, unit);
  gtk_widget_class_bind_template_child (widget_class, YejiFieldRow, note_box);
  gtk_widget_class_bind_template_child (widget_class, YejiFieldRow, note_icon);
  gtk_widget_class_bind_template_child (widget_class, YejiFieldRow, note);
  gtk_widget_class_bind_template_child (widget_class, YejiFieldRow, comment);
  gtk_widget_class_bind_template_child (widget_class, YejiFieldRow, actions);
  gtk_widget_class_install_action (widget_class, "field.take", NULL, on_take);
  gtk_widget_class_install_action (widget_class, "field.take-row", NULL, on_take_all);
  gtk_widget_class_install_action (widget_class, "field.take-section", NULL, on_take_all);
  gtk_widget_class_install_action (widget_class, "field.help", NULL, on_help);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
yeji_field_row_init (YejiFieldRow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_leave), self);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (show_help_button), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  g_signal_connect_swapped (motion, "enter", G_CALLBACK (show_help_button), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  add_keys (self);
}

/**
 * yeji_field_row_new:
 *
 * Returns: (transfer floating): a row that shows @field and edits it
 */
GtkWidget *
yeji_field_row_new (YejiFormField *field)
{
  YejiFieldRow *self = g_object_new (YEJI_TYPE_FIELD_ROW, NULL);
  const YejiFieldDef *def = yeji_form_field_get_def (field);
  const char *label = yeji_form_field_get_label (field);
  const char *help = yeji_label (&def->help);
  YejiControl control = yeji_row_maker_make (field);

  self->field = g_object_ref (field);
  self->target = control.target;
  gtk_label_set_text (self->title, label);
  gtk_box_prepend (self->line, control.widget);
  if (def->carry != NULL)
    {
      self->offer = YEJI_CARRY_OFFER (yeji_carry_offer_new (field));
      gtk_box_insert_child_after (self->line, GTK_WIDGET (self->offer), control.widget);
      g_signal_connect_object (field, "notify::placeholder", G_CALLBACK (on_offered), self,
                               G_CONNECT_SWAPPED);
    }
  if (def->kind == YEJI_FIELD_NUMBER || def->kind == YEJI_FIELD_DATE)
    {
      self->caption = yeji_field_caption_new (field);
      gtk_box_insert_child_after (GTK_BOX (gtk_widget_get_parent (GTK_WIDGET (self->line))),
                                  self->caption, GTK_WIDGET (self->line));
    }
  gtk_label_set_text (self->unit, def->unit != NULL ? def->unit : "");
  gtk_widget_set_visible (GTK_WIDGET (self->unit), def->unit != NULL);
  yeji_tooltip_set (GTK_WIDGET (self), *help != '\0' ? help : NULL);
  yeji_a11y_set_name (control.target, label);
  yeji_a11y_set_name (GTK_WIDGET (self), label);
  g_signal_connect_object (field, "notify::message", G_CALLBACK (on_message), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (field, "notify::comment", G_CALLBACK (on_comment), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (field, "notify::required", G_CALLBACK (on_required), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (field, "notify::text", G_CALLBACK (on_text), self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->actions, "changed", G_CALLBACK (on_actions_changed), self);
  yeji_issue_actions_set_place (self->actions, yeji_form_field_get_draft (field),
                                yeji_form_field_get_row (field), def);
  on_message (self);
  on_comment (self);
  on_required (self);
  on_offered (self);
  return GTK_WIDGET (self);
}

/**
 * yeji_field_row_get_field:
 *
 * Returns: (transfer none): what the row shows
 */
YejiFormField *
yeji_field_row_get_field (YejiFieldRow *self)
{
  return self->field;
}

/**
 * yeji_field_row_get_target:
 *
 * Returns: (transfer none): the control that takes the focus
 */
GtkWidget *
yeji_field_row_get_target (YejiFieldRow *self)
{
  return self->target;
}

/**
 * yeji_field_row_get_actions:
 *
 * Returns: (transfer none): what can be done about the field
 */
YejiIssueActions *
yeji_field_row_get_actions (YejiFieldRow *self)
{
  return self->actions;
}

/**
 * yeji_field_row_get_note:
 *
 * Returns: (nullable): the problem that is shown under the control
 */
const char *
yeji_field_row_get_note (YejiFieldRow *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->note_box)) ? gtk_label_get_text (self->note)
                                                               : NULL;
}
