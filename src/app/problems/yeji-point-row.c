// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-point-row"

#include "config.h"

#include "yeji-point-row.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-explain-dialog.h"
#include "yeji-point.h"

struct _YejiPointRow
{
  GtkListBoxRow parent_instance;

  GtkImage *icon;
  GtkLabel *place;
  GtkLabel *status;
  GtkLabel *comment;
  GtkLabel *values;
  GtkLabel *reply;
  GtkButton *explain;

  YejiDraft *draft;
  YejiIssue *point;
};

G_DEFINE_FINAL_TYPE (YejiPointRow, yeji_point_row, GTK_TYPE_LIST_BOX_ROW)

static void
on_explain (YejiPointRow *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  gtk_window_present (GTK_WINDOW (yeji_explain_dialog_new (window, self->draft, self->point)));
}

static void
set_status (YejiPointRow    *self,
            YejiPointStatus  status,
            gboolean         known)
{
  for (guint i = 0; i < YEJI_N_POINT_STATUSES; i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self), yeji_point_status_get_style (i));
  if (known)
    gtk_widget_add_css_class (GTK_WIDGET (self), yeji_point_status_get_style (status));
  gtk_image_set_from_icon_name (self->icon, known ? yeji_point_status_get_icon (status)
                                                  : "avatar-default-symbolic");
  gtk_label_set_text (self->status, known ? yeji_point_status_get_label (status) : "");
  gtk_widget_set_visible (GTK_WIDGET (self->status), known);
}

static void
set_values (YejiPointRow *self)
{
  g_autofree char *before = yeji_point_get_before (self->point);
  g_autofree char *now = yeji_point_get_now (self->draft, self->point);
  g_autofree char *text = NULL;

  if (before == NULL)
    text = g_strdup (now);
  else if (now == NULL || g_str_equal (before, now))
    /* Translators: the value that the reviewer saw, which is still the same */
    text = g_strdup_printf (_("Submitted and now: %s"), before);
  else
    /* Translators: the value that the reviewer saw, and what it is now */
    text = g_strdup_printf (_("Submitted: %s\nNow: %s"), before, now);
  gtk_label_set_text (self->values, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->values), text != NULL);
}

static void
set_reply (YejiPointRow    *self,
           YejiPointStatus  status,
           gboolean         editable)
{
  const char *reply = yeji_point_get_reply (self->draft, self->point);
  g_autofree char *text = NULL;

  if (reply != NULL)
    text = g_strdup_printf (_("Explanation: %s"), reply);
  gtk_label_set_text (self->reply, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reply), reply != NULL);
  gtk_button_set_label (self->explain, reply != NULL ? _("Change Explanation…") : _("Explain…"));
  yeji_a11y_set_description (GTK_WIDGET (self->explain), yeji_issue_get_message (self->point));
  gtk_widget_set_visible (GTK_WIDGET (self->explain),
                          editable && (reply != NULL || status != YEJI_POINT_MENDED));
}

static void
yeji_point_row_dispose (GObject *object)
{
  YejiPointRow *self = YEJI_POINT_ROW (object);

  g_clear_object (&self->draft);
  g_clear_object (&self->point);
  G_OBJECT_CLASS (yeji_point_row_parent_class)->dispose (object);
}

static void
yeji_point_row_class_init (YejiPointRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_point_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-point-row.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiPointRow, icon);
  gtk_widget_class_bind_template_child (widget_class, YejiPointRow, place);
  gtk_widget_class_bind_template_child (widget_class, YejiPointRow, status);
  gtk_widget_class_bind_template_child (widget_class, YejiPointRow, comment);
  gtk_widget_class_bind_template_child (widget_class, YejiPointRow, values);
  gtk_widget_class_bind_template_child (widget_class, YejiPointRow, reply);
  gtk_widget_class_bind_template_child (widget_class, YejiPointRow, explain);
  gtk_widget_class_bind_template_callback (widget_class, on_explain);
}

static void
yeji_point_row_init (YejiPointRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * yeji_point_row_new:
 * @point: one of the points of @draft
 *
 * Returns: (transfer floating): a row of a list box
 */
GtkWidget *
yeji_point_row_new (YejiDraft *draft,
                    YejiIssue *point)
{
  YejiPointRow *self = g_object_new (YEJI_TYPE_POINT_ROW, NULL);

  self->draft = g_object_ref (draft);
  self->point = g_object_ref (point);
  yeji_point_row_update (self);
  return GTK_WIDGET (self);
}

/**
 * yeji_point_row_get_point:
 *
 * Returns: (transfer none): the point
 */
YejiIssue *
yeji_point_row_get_point (YejiPointRow *self)
{
  return self->point;
}

/**
 * yeji_point_row_update:
 *
 * Shows what has become of the point.
 */
void
yeji_point_row_update (YejiPointRow *self)
{
  gboolean editable = yeji_draft_is_editable (self->draft);
  YejiPointStatus status = yeji_point_get_status (self->draft, self->point);
  const char *comment = yeji_issue_get_message (self->point);
  g_autofree char *place = yeji_issue_get_place (self->point);
  g_autofree char *name = NULL;

  gtk_label_set_text (self->place, place);
  gtk_label_set_text (self->comment, comment);
  set_status (self, status, editable);
  set_values (self);
  set_reply (self, status, editable);
  if (editable)
    /* Translators: what became of a point, its place, and what the reviewer says */
    name = g_strdup_printf (_("%s: %s: %s"), yeji_point_status_get_label (status), place, comment);
  else
    name = g_strdup_printf (_("%s: %s"), place, comment);
  yeji_a11y_set_name (GTK_WIDGET (self), name);
  yeji_a11y_set_description (GTK_WIDGET (self), gtk_label_get_text (self->values));
}
