// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-intake-row"

#include "config.h"

#include "yeji-intake-row.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-intake-words.h"

/* Hundreds of these are made at once, so there are as few widgets in one as can be, and texts that
 * measure nothing. */
struct _YejiIntakeRow
{
  GtkWidget parent_instance;

  GtkCheckButton *included;
  GtkImage *icon;              /* of a heading, or of what is wrong */
  GtkInscription *name;
  GtkInscription *detail;
  GtkInscription *slot;
  GtkInscription *position;
  GtkImage *sure_icon;
  GtkInscription *sure;
  GtkInscription *size;

  GObject *line;               /* (nullable): YejiIntakeItem or YejiIntakeGroup */
  gulong handler;
  const char *detail_style;    /* (nullable): that it has now */
  const char *sure_style;      /* (nullable) */
};

G_DEFINE_FINAL_TYPE (YejiIntakeRow, yeji_intake_row, GTK_TYPE_WIDGET)

static void
set_style (GtkWidget   *one,
           GtkWidget   *other,
           const char **has,
           const char  *wanted)
{
  if (*has == wanted)
    return;
  if (*has != NULL)
    {
      gtk_widget_remove_css_class (one, *has);
      gtk_widget_remove_css_class (other, *has);
    }
  if (wanted != NULL)
    {
      gtk_widget_add_css_class (one, wanted);
      gtk_widget_add_css_class (other, wanted);
    }
  *has = wanted;
}

/* What a screen reader says of the line. */
static void
speak (YejiIntakeRow *self,
       const char    *words)
{
  GtkWidget *expander = gtk_widget_get_parent (GTK_WIDGET (self));
  GtkWidget *line = expander != NULL ? gtk_widget_get_parent (expander) : NULL;

  if (line != NULL)
    yeji_a11y_set_name (line, words);
  /* the expander has the keyboard, and is called what its child is called */
  yeji_a11y_set_name (GTK_WIDGET (self), words);
}

static void
update_group (YejiIntakeRow *self)
{
  YejiIntakeGroup *group = YEJI_INTAKE_GROUP (self->line);
  g_autofree char *title = yeji_intake_group_get_title (group);
  g_autofree char *words = yeji_intake_group_get_words (group);
  g_autofree char *spoken = g_strdup_printf ("%s, %s", title, words);

  gtk_inscription_set_text (self->name, title);
  gtk_inscription_set_text (self->detail, words);
  gtk_image_set_from_icon_name (self->icon, yeji_intake_group_is_tray (group)
                                              ? "folder-documents-symbolic" : "folder-symbolic");
  set_style (GTK_WIDGET (self->detail), GTK_WIDGET (self->detail), &self->detail_style,
             "dim-label");
  speak (self, spoken);
}

/* What is wrong with the file; else where the same one is; else where it came from. */
static void
update_detail (YejiIntakeRow  *self,
               YejiIntakeItem *item)
{
  const char *problem = yeji_intake_item_get_problem (item);
  const char *same_as = yeji_intake_item_get_same_as (item);
  YejiIntakeSeverity severity = yeji_intake_item_get_severity (item);
  g_autofree char *both = NULL;
  g_autofree char *folder = NULL;

  if (problem == NULL && same_as == NULL)
    {
      folder = g_path_get_dirname (yeji_intake_item_get_path (item));
      gtk_inscription_set_text (self->detail, g_str_equal (folder, ".") ? "" : folder);
      gtk_image_clear (self->icon);
      set_style (GTK_WIDGET (self->detail), GTK_WIDGET (self->icon), &self->detail_style,
                 "dim-label");
      return;
    }
  if (problem != NULL && same_as != NULL)
    both = g_strdup_printf ("%s · %s", problem, same_as);
  gtk_inscription_set_text (self->detail, both != NULL ? both
                                          : problem != NULL ? problem : same_as);
  gtk_image_set_from_icon_name (self->icon, yeji_intake_severity_get_icon (severity));
  set_style (GTK_WIDGET (self->detail), GTK_WIDGET (self->icon), &self->detail_style,
             yeji_intake_severity_get_style (severity));
}

static void
update_sureness (YejiIntakeRow  *self,
                 YejiIntakeItem *item)
{
  const char *icon, *style;
  const char *words = yeji_intake_item_get_sureness (item, &icon, &style);

  if (!yeji_intake_item_is_included (item))
    {
      words = _("Left out");
      icon = "action-unavailable-symbolic";
      style = "dim-label";
    }
  gtk_inscription_set_text (self->sure, words);
  gtk_image_set_from_icon_name (self->sure_icon, icon);
  set_style (GTK_WIDGET (self->sure), GTK_WIDGET (self->sure_icon), &self->sure_style, style);
}

static void
update_place (YejiIntakeRow  *self,
              YejiIntakeItem *item)
{
  const char *label = yeji_intake_item_get_slot_label (item);
  const char *record = yeji_intake_item_get_record_name (item);
  g_autofree char *position = NULL;
  g_autofree char *half = NULL;

  /* of those that are not matched the record may be known, or the kind */
  if (yeji_intake_item_is_placed (item))
    position = g_strdup_printf ("%u", yeji_intake_item_get_position (item));
  else if (record != NULL && *record != '\0')
    label = half = g_strdup_printf ("%s · %s", _("kind not known"), record);
  gtk_inscription_set_text (self->slot, label != NULL ? label : "—");
  gtk_inscription_set_text (self->position, position != NULL ? position : "");
}

static void
update_item (YejiIntakeRow *self)
{
  YejiIntakeItem *item = YEJI_INTAKE_ITEM (self->line);
  const YejiFindings *smaller = yeji_intake_item_get_shrunk_findings (item);
  g_autofree char *size = g_format_size ((guint64) (smaller != NULL
                                                      ? smaller->size
                                                      : yeji_intake_item_get_size (item)));
  g_autofree char *spoken = yeji_intake_item_to_spoken (item);

  gtk_inscription_set_text (self->name, yeji_intake_item_get_filename (item));
  gtk_inscription_set_text (self->size, size);
  gtk_check_button_set_active (self->included, yeji_intake_item_is_included (item));
  yeji_a11y_set_name (GTK_WIDGET (self->included), yeji_intake_item_get_filename (item));
  if (yeji_intake_item_is_included (item))
    gtk_widget_remove_css_class (GTK_WIDGET (self), "left-out");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "left-out");
  update_place (self, item);
  update_sureness (self, item);
  update_detail (self, item);
  speak (self, spoken);
}

static void
update (YejiIntakeRow *self)
{
  if (YEJI_IS_INTAKE_GROUP (self->line))
    update_group (self);
  else
    update_item (self);
}

static void
on_toggled (YejiIntakeRow *self)
{
  if (YEJI_IS_INTAKE_ITEM (self->line))
    yeji_intake_item_set_included (YEJI_INTAKE_ITEM (self->line),
                                   gtk_check_button_get_active (self->included));
}

/* What has no room in the line. */
static gboolean
on_query_tooltip (GtkWidget  *widget,
                  int         x,
                  int         y,
                  gboolean    keyboard,
                  GtkTooltip *tooltip)
{
  YejiIntakeItem *item = yeji_intake_row_get_item (YEJI_INTAKE_ROW (widget));
  const char *reason;
  g_autofree char *text = NULL;

  if (item == NULL)
    return FALSE;
  reason = yeji_intake_item_get_reason (item);
  text = g_strdup_printf ("%s\n%s%s%s", yeji_intake_item_get_path (item),
                          gtk_inscription_get_text (YEJI_INTAKE_ROW (widget)->slot),
                          reason != NULL ? "\n" : "", reason != NULL ? reason : "");
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
yeji_intake_row_dispose (GObject *object)
{
  GtkWidget *child;

  yeji_intake_row_show (YEJI_INTAKE_ROW (object), NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (yeji_intake_row_parent_class)->dispose (object);
}

static void
yeji_intake_row_class_init (YejiIntakeRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_intake_row_dispose;
  widget_class->query_tooltip = on_query_tooltip;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "yeji-intake-row");
}

/* @chars: how wide it is; 0: as there is room */
static GtkInscription *
add_text (GtkWidget  *parent,
          guint       chars,
          float       xalign,
          const char *style)
{
  GtkWidget *text = gtk_inscription_new (NULL);

  gtk_inscription_set_xalign (GTK_INSCRIPTION (text), xalign);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (text), chars);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (text), chars);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (text), chars == 0
                                       ? GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_MIDDLE
                                       : GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_widget_set_valign (text, GTK_ALIGN_CENTER);
  if (style != NULL)
    gtk_widget_add_css_class (text, style);
  gtk_widget_set_parent (text, parent);
  return GTK_INSCRIPTION (text);
}

static GtkImage *
add_icon (GtkWidget *parent)
{
  GtkWidget *image = gtk_image_new ();

  gtk_widget_set_parent (image, parent);
  return GTK_IMAGE (image);
}

static void
yeji_intake_row_init (YejiIntakeRow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkWidget *names = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (widget)), 8);
  self->included = GTK_CHECK_BUTTON (gtk_check_button_new ());
  gtk_widget_set_focusable (GTK_WIDGET (self->included), FALSE);
  gtk_widget_set_parent (GTK_WIDGET (self->included), widget);
  g_signal_connect_swapped (self->included, "toggled", G_CALLBACK (on_toggled), self);
  self->icon = add_icon (widget);
  gtk_widget_set_hexpand (names, TRUE);
  gtk_widget_set_valign (names, GTK_ALIGN_CENTER);
  self->name = add_text (names, 0, 0, NULL);
  self->detail = add_text (names, 0, 0, "caption");
  gtk_inscription_set_text_overflow (self->detail, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_widget_set_parent (names, widget);
  self->slot = add_text (widget, YEJI_INTAKE_SLOT_CHARS, 0, NULL);
  self->position = add_text (widget, YEJI_INTAKE_POSITION_CHARS, 1, "dim-label");
  self->sure_icon = add_icon (widget);
  self->sure = add_text (widget, YEJI_INTAKE_SURE_CHARS, 0, NULL);
  self->size = add_text (widget, YEJI_INTAKE_SIZE_CHARS, 1, "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->position), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (self->size), "numeric");
  gtk_widget_set_has_tooltip (widget, TRUE);
}

/**
 * yeji_intake_row_new:
 *
 * Returns: (transfer floating): a line that shows nothing yet
 */
GtkWidget *
yeji_intake_row_new (void)
{
  return g_object_new (YEJI_TYPE_INTAKE_ROW, NULL);
}

/**
 * yeji_intake_row_show:
 * @line: (nullable): a #YejiIntakeItem or a #YejiIntakeGroup
 *
 * Shows it, and what becomes of it.
 */
void
yeji_intake_row_show (YejiIntakeRow *self,
                      GObject       *line)
{
  gboolean is_group = YEJI_IS_INTAKE_GROUP (line);

  g_return_if_fail (YEJI_IS_INTAKE_ROW (self));

  if (self->line != NULL)
    g_clear_signal_handler (&self->handler, self->line);
  g_set_object (&self->line, line);
  if (line == NULL)
    return;
  self->handler = g_signal_connect_swapped (line, is_group ? "changed" : "notify",
                                            G_CALLBACK (update), self);
  gtk_widget_set_visible (GTK_WIDGET (self->included), !is_group);
  for (GtkWidget *child = GTK_WIDGET (self->slot); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_visible (child, !is_group);
  if (is_group)
    gtk_widget_add_css_class (GTK_WIDGET (self), "heading-line");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "heading-line");
  update (self);
}

/**
 * yeji_intake_row_get_item:
 *
 * Returns: (transfer none) (nullable): the file; %NULL for a heading
 */
YejiIntakeItem *
yeji_intake_row_get_item (YejiIntakeRow *self)
{
  return YEJI_IS_INTAKE_ITEM (self->line) ? YEJI_INTAKE_ITEM (self->line) : NULL;
}

/**
 * yeji_intake_row_get_group:
 *
 * Returns: (transfer none) (nullable): the heading; %NULL for a file
 */
YejiIntakeGroup *
yeji_intake_row_get_group (YejiIntakeRow *self)
{
  return YEJI_IS_INTAKE_GROUP (self->line) ? YEJI_INTAKE_GROUP (self->line) : NULL;
}
