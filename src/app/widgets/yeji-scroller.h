// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What every #GtkScrollable has to keep, as a part of its own struct. The two are no subclasses of
 * one: what they lay out has nothing in common, and what they share is this. */
typedef struct
{
  GtkWidget *owner;            /* (unowned) */
  GCallback on_scrolled;       /* void (*) (owner): after one of the adjustments has moved */
  GtkAdjustment *adjustments[2];
  GtkScrollablePolicy policies[2];
} YejiScroller;

void     yeji_scroller_install      (GObjectClass   *owner_class);
void     yeji_scroller_init         (YejiScroller   *self,
                                     GtkWidget      *owner,
                                     GCallback       on_scrolled);
void     yeji_scroller_clear        (YejiScroller   *self);
gboolean yeji_scroller_get_property (YejiScroller   *self,
                                     guint           id,
                                     GValue         *value);
gboolean yeji_scroller_set_property (YejiScroller   *self,
                                     guint           id,
                                     const GValue   *value);
gboolean yeji_scroller_is_ready     (YejiScroller   *self);
int      yeji_scroller_get_x        (YejiScroller   *self);
int      yeji_scroller_get_y        (YejiScroller   *self);
void     yeji_scroller_configure    (YejiScroller   *self,
                                     GtkOrientation  orientation,
                                     double          upper,
                                     double          step,
                                     double          page);
void     yeji_scroller_show         (YejiScroller   *self,
                                     GtkOrientation  orientation,
                                     double          from,
                                     double          length);

G_END_DECLS
