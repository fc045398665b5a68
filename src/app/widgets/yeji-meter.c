// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-meter"

#include "config.h"

#include "yeji-meter.h"

#define HEIGHT 4
#define WIDTH 28

/* How much of the text's colour the empty part has. */
#define TROUGH_ALPHA 0.16f

struct _YejiMeter
{
  GtkWidget parent_instance;

  double fraction;             /* 0 to 1 */
};

G_DEFINE_FINAL_TYPE (YejiMeter, yeji_meter, GTK_TYPE_WIDGET)

static void
yeji_meter_measure (GtkWidget      *widget,
                    GtkOrientation  orientation,
                    int             for_size,
                    int            *minimum,
                    int            *natural,
                    int            *minimum_baseline,
                    int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static void
fill (GtkSnapshot   *snapshot,
      float          x,
      float          y,
      float          width,
      const GdkRGBA *color)
{
  GskRoundedRect shape;

  if (width <= 0)
    return;
  gsk_rounded_rect_init_from_rect (&shape, &GRAPHENE_RECT_INIT (x, y, width, HEIGHT), HEIGHT / 2.f);
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_color (snapshot, color, &shape.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
yeji_meter_snapshot (GtkWidget   *widget,
                     GtkSnapshot *snapshot)
{
  YejiMeter *self = YEJI_METER (widget);
  float width = (float) gtk_widget_get_width (widget);
  float y = ((float) gtk_widget_get_height (widget) - HEIGHT) / 2;
  float full = width * (float) self->fraction;
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GdkRGBA color, trough;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  trough = color;
  trough.alpha *= TROUGH_ALPHA;
  fill (snapshot, 0, y, width, &trough);
  fill (snapshot, mirrored ? width - full : 0, y, full, &color);
}

static void
yeji_meter_class_init (YejiMeterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = yeji_meter_measure;
  widget_class->snapshot = yeji_meter_snapshot;
  gtk_widget_class_set_css_name (widget_class, "meter");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
yeji_meter_init (YejiMeter *self)
{
}

GtkWidget *
yeji_meter_new (void)
{
  return g_object_new (YEJI_TYPE_METER, NULL);
}

/**
 * yeji_meter_set_fraction:
 * @fraction: 0 to 1; what is beyond is cut off
 */
void
yeji_meter_set_fraction (YejiMeter *self,
                         double     fraction)
{
  g_return_if_fail (YEJI_IS_METER (self));

  fraction = CLAMP (fraction, 0, 1);
  if (fraction == self->fraction)
    return;
  self->fraction = fraction;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

double
yeji_meter_get_fraction (YejiMeter *self)
{
  return self->fraction;
}
