// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-tooltip"

#include "config.h"

#include "yeji-tooltip.h"

/* A widget that is to be seen asks at once whether the pointer is over it when it gets a tooltip,
 * and so waits three times for an answer of the X server. A form has a hundred tooltips, and of a
 * widget that is not on screen yet it is known that the pointer is elsewhere: it is hidden
 * meanwhile. */

/* What the toolkit does by itself. */
static void (*set_property) (GObject      *object,
                             guint         id,
                             const GValue *value,
                             GParamSpec   *property);

static gboolean
needs_no_query (GtkWidget *widget)
{
  return gtk_widget_get_visible (widget) && !gtk_widget_get_mapped (widget)
         && !GTK_IS_ROOT (widget);
}

/* Where a tooltip is set by the name of the property, as from a template. */
static void
set_any_property (GObject      *object,
                  guint         id,
                  const GValue *value,
                  GParamSpec   *property)
{
  GtkWidget *widget = GTK_WIDGET (object);

  if (!g_str_has_prefix (property->name, "tooltip-") || !needs_no_query (widget))
    {
      set_property (object, id, value, property);
      return;
    }
  g_object_freeze_notify (object);
  gtk_widget_set_visible (widget, FALSE);
  set_property (object, id, value, property);
  gtk_widget_set_visible (widget, TRUE);
  g_object_thaw_notify (object);
}

/**
 * yeji_tooltip_init:
 *
 * Makes the tooltips of templates as cheap as yeji_tooltip_set() does. To be called once, before
 * any widget is made.
 */
void
yeji_tooltip_init (void)
{
  GObjectClass *klass = g_type_class_ref (GTK_TYPE_WIDGET);

  g_return_if_fail (set_property == NULL);

  set_property = klass->set_property;
  klass->set_property = set_any_property;
}

/**
 * yeji_tooltip_set:
 * @text: (nullable): plain text
 *
 * As gtk_widget_set_tooltip_text(), which takes a hundred times as long before the widget is shown,
 * or if nothing changes.
 */
void
yeji_tooltip_set (GtkWidget  *widget,
                  const char *text)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) != 0)
    g_object_set (widget, "tooltip-text", text, NULL);
}
