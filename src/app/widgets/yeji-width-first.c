// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-width-first"

#include "config.h"

#include "yeji-width-first.h"

#include <gtk/gtk.h>

/* What the toolkit does by itself. */
static struct
{
  void (*measure_label) (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline);
  void (*measure_box) (GtkLayoutManager *layout,
                       GtkWidget        *widget,
                       GtkOrientation    orientation,
                       int               for_size,
                       int              *minimum,
                       int              *natural,
                       int              *minimum_baseline,
                       int              *natural_baseline);
} toolkit;

/* However high the place: the width is the same. */
static int
leave_out_height (GtkWidget      *widget,
                  GtkOrientation  orientation,
                  int             for_size)
{
  return orientation == GTK_ORIENTATION_HORIZONTAL
         && gtk_widget_get_request_mode (widget) != GTK_SIZE_REQUEST_WIDTH_FOR_HEIGHT
           ? -1 : for_size;
}

static void
measure_label (GtkWidget      *widget,
               GtkOrientation  orientation,
               int             for_size,
               int            *minimum,
               int            *natural,
               int            *minimum_baseline,
               int            *natural_baseline)
{
  toolkit.measure_label (widget, orientation, leave_out_height (widget, orientation, for_size),
                         minimum, natural, minimum_baseline, natural_baseline);
}

static void
measure_box (GtkLayoutManager *layout,
             GtkWidget        *widget,
             GtkOrientation    orientation,
             int               for_size,
             int              *minimum,
             int              *natural,
             int              *minimum_baseline,
             int              *natural_baseline)
{
  toolkit.measure_box (layout, widget, orientation,
                       leave_out_height (widget, orientation, for_size),
                       minimum, natural, minimum_baseline, natural_baseline);
}

/**
 * yeji_width_first_init:
 *
 * Makes texts that wrap cheap to lay out, for the whole program. A GtkBox of GTK 4 looks for the
 * height at which its children fit side by side by halving, asks each child for its width at every
 * step, and each box in a box does so again; a label answers by halving too, and sets its text for
 * every guess: up to a thousand times a frame. Here labels and boxes name the same width for every
 * height, as in GTK 3, which ends the search at its first step; the height follows from the width
 * as before. To be called once, before any widget is made.
 */
void
yeji_width_first_init (void)
{
  GtkWidgetClass *label = g_type_class_ref (GTK_TYPE_LABEL);
  GtkLayoutManagerClass *box = g_type_class_ref (GTK_TYPE_BOX_LAYOUT);

  g_return_if_fail (toolkit.measure_label == NULL);

  toolkit.measure_label = label->measure;
  toolkit.measure_box = box->measure;
  label->measure = measure_label;
  box->measure = measure_box;
}
