// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-bulk-report"

#include "config.h"

#include "yeji-bulk-report.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"

/* Nobody reads on; how many more there are is said. */
#define MAX_ROWS 500

#define UUID_KEY "yeji-uuid"

struct _YejiBulkReport
{
  AdwWindow parent_instance;

  AdwWindowTitle *title;
  GtkLabel *text;
  GtkListBox *list;
  GtkLabel *more;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiBulkReport, yeji_bulk_report, ADW_TYPE_WINDOW)

static void
on_row_activated (YejiBulkReport *self,
                  GtkListBoxRow  *row)
{
  g_autofree char *uuid = g_strdup (g_object_get_data (G_OBJECT (row), UUID_KEY));

  g_signal_emit (self, signals[CHOSEN], 0, uuid);
  gtk_window_close (GTK_WINDOW (self));
}

static void
add_row (YejiBulkReport       *self,
         const YejiBulkResult *result)
{
  GtkWidget *row = adw_action_row_new ();
  const char *name = result->name != NULL && *result->name != '\0' ? result->name
                                                                   : _("Not named yet");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), result->text != NULL ? result->text : "");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  yeji_a11y_set_name (row, name);
  yeji_a11y_set_description (row, result->text);
  g_object_set_data_full (G_OBJECT (row), UUID_KEY, g_strdup (result->uuid), g_free);
  gtk_list_box_append (self->list, row);
}

static void
yeji_bulk_report_class_init (YejiBulkReportClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-bulk-report.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiBulkReport, title);
  gtk_widget_class_bind_template_child (widget_class, YejiBulkReport, text);
  gtk_widget_class_bind_template_child (widget_class, YejiBulkReport, list);
  gtk_widget_class_bind_template_child (widget_class, YejiBulkReport, more);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  signals[CHOSEN] = g_signal_new ("chosen", YEJI_TYPE_BULK_REPORT, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
yeji_bulk_report_init (YejiBulkReport *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * yeji_bulk_report_new:
 * @text: what was done with how many, and what can be done now
 * @results: (element-type YejiBulkResult): shown are those that have a text
 *
 * Returns: (transfer none): the window, owned by GTK
 */
GtkWidget *
yeji_bulk_report_new (GtkWindow  *parent,
                      const char *title,
                      const char *text,
                      GPtrArray  *results)
{
  YejiBulkReport *self = g_object_new (YEJI_TYPE_BULK_REPORT, "transient-for", parent, "title",
                                       title, NULL);
  g_autofree char *more = NULL;
  guint n = 0;

  adw_window_title_set_title (self->title, title);
  gtk_label_set_text (self->text, text);
  yeji_a11y_set_name (GTK_WIDGET (self->list), title);
  for (guint i = 0; i < results->len; i++)
    {
      const YejiBulkResult *result = g_ptr_array_index (results, i);

      if (result->text != NULL && n++ < MAX_ROWS)
        add_row (self, result);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->list), n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->more), n > MAX_ROWS);
  if (n > MAX_ROWS)
    {
      more = g_strdup_printf (_("and %u more"), n - MAX_ROWS);
      gtk_label_set_text (self->more, more);
    }
  return GTK_WIDGET (self);
}
