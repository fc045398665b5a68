// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-scroller"

#include "config.h"

#include "yeji-scroller.h"

/* In the order of GtkOrientation, each adjustment before its policy. */
enum
{
  PROP_0,
  PROP_HADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VADJUSTMENT,
  PROP_VSCROLL_POLICY,
  N_PROPS
};

/* Of a page, by how much a click into the trough moves. */
#define PAGE_SHARE 0.9

/**
 * yeji_scroller_install:
 * @owner_class: of a class that implements #GtkScrollable and has no properties of its own
 *
 * Gives it the interface's properties.
 */
void
yeji_scroller_install (GObjectClass *owner_class)
{
  static const char *const names[N_PROPS] = {
    [PROP_HADJUSTMENT] = "hadjustment", [PROP_HSCROLL_POLICY] = "hscroll-policy",
    [PROP_VADJUSTMENT] = "vadjustment", [PROP_VSCROLL_POLICY] = "vscroll-policy",
  };

  for (guint id = 1; id < N_PROPS; id++)
    g_object_class_override_property (owner_class, id, names[id]);
}

/**
 * yeji_scroller_init:
 * @on_scrolled: `void (*) (owner)`, called after one of the adjustments has moved
 */
void
yeji_scroller_init (YejiScroller *self,
                    GtkWidget    *owner,
                    GCallback     on_scrolled)
{
  self->owner = owner;
  self->on_scrolled = on_scrolled;
}

static void
set_adjustment (YejiScroller   *self,
                GtkOrientation  orientation,
                GtkAdjustment  *adjustment)
{
  GtkAdjustment **place = &self->adjustments[orientation];

  if (*place != NULL)
    g_signal_handlers_disconnect_by_func (*place, self->on_scrolled, self->owner);
  g_set_object (place, adjustment);
  if (adjustment != NULL)
    g_signal_connect_object (adjustment, "value-changed", self->on_scrolled, self->owner,
                             G_CONNECT_SWAPPED);
  gtk_widget_queue_resize (self->owner);
}

/**
 * yeji_scroller_clear:
 *
 * Lets the adjustments go, for the owner's dispose.
 */
void
yeji_scroller_clear (YejiScroller *self)
{
  set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, NULL);
  set_adjustment (self, GTK_ORIENTATION_VERTICAL, NULL);
}

/**
 * yeji_scroller_get_property:
 *
 * Returns: whether the property is one of the interface's
 */
gboolean
yeji_scroller_get_property (YejiScroller *self,
                            guint         id,
                            GValue       *value)
{
  guint i = (id - 1) / 2;

  if (id == PROP_0 || id >= N_PROPS)
    return FALSE;
  if (id == PROP_HADJUSTMENT || id == PROP_VADJUSTMENT)
    g_value_set_object (value, self->adjustments[i]);
  else
    g_value_set_enum (value, self->policies[i]);
  return TRUE;
}

/**
 * yeji_scroller_set_property:
 *
 * Returns: whether the property is one of the interface's
 */
gboolean
yeji_scroller_set_property (YejiScroller *self,
                            guint         id,
                            const GValue *value)
{
  guint i = (id - 1) / 2;

  if (id == PROP_0 || id >= N_PROPS)
    return FALSE;
  if (id == PROP_HADJUSTMENT || id == PROP_VADJUSTMENT)
    set_adjustment (self, i, g_value_get_object (value));
  else
    self->policies[i] = g_value_get_enum (value);
  return TRUE;
}

/**
 * yeji_scroller_is_ready:
 *
 * Returns: whether there is something to scroll with: both adjustments, and a size
 */
gboolean
yeji_scroller_is_ready (YejiScroller *self)
{
  return self->adjustments[GTK_ORIENTATION_HORIZONTAL] != NULL
         && self->adjustments[GTK_ORIENTATION_VERTICAL] != NULL
         && gtk_widget_get_width (self->owner) > 0;
}

static int
get_value (GtkAdjustment *adjustment)
{
  return adjustment != NULL ? (int) gtk_adjustment_get_value (adjustment) : 0;
}

/**
 * yeji_scroller_get_x:
 *
 * Returns: by how many pixels it is scrolled sideways
 */
int
yeji_scroller_get_x (YejiScroller *self)
{
  return get_value (self->adjustments[GTK_ORIENTATION_HORIZONTAL]);
}

/**
 * yeji_scroller_get_y:
 *
 * Returns: by how many pixels it is scrolled down
 */
int
yeji_scroller_get_y (YejiScroller *self)
{
  return get_value (self->adjustments[GTK_ORIENTATION_VERTICAL]);
}

/**
 * yeji_scroller_configure:
 * @upper: pixels that there are
 * @step: pixels of one line
 * @page: pixels that are in sight
 */
void
yeji_scroller_configure (YejiScroller   *self,
                         GtkOrientation  orientation,
                         double          upper,
                         double          step,
                         double          page)
{
  GtkAdjustment *adjustment = self->adjustments[orientation];

  if (adjustment != NULL)
    gtk_adjustment_configure (adjustment, gtk_adjustment_get_value (adjustment), 0,
                              MAX (upper, page), step, page * PAGE_SHARE, page);
}

/**
 * yeji_scroller_show:
 *
 * Scrolls as far as is needed to have a range in sight, its beginning where it does not fit.
 */
void
yeji_scroller_show (YejiScroller   *self,
                    GtkOrientation  orientation,
                    double          from,
                    double          length)
{
  GtkAdjustment *adjustment = self->adjustments[orientation];
  double page = gtk_adjustment_get_page_size (adjustment);
  double value = gtk_adjustment_get_value (adjustment);

  if (from < value || length > page)
    gtk_adjustment_set_value (adjustment, from);
  else if (from + length > value + page)
    gtk_adjustment_set_value (adjustment, from + length - page);
}
