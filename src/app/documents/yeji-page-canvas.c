// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-page-canvas"

#include "config.h"

#include "yeji-page-canvas.h"

struct _YejiPageCanvas
{
  GtkWidget parent_instance;

  GdkTexture *page;            /* (nullable) */
  GdkTexture *detail;          /* (nullable) */
  graphene_rect_t place;       /* of the detail, in the page, from 0 to 1 */
  int width;
  int height;
};

G_DEFINE_FINAL_TYPE (YejiPageCanvas, yeji_page_canvas, GTK_TYPE_WIDGET)

static void
yeji_page_canvas_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  YejiPageCanvas *self = YEJI_PAGE_CANVAS (widget);

  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? self->width : self->height;
}

/* Whether the detail covers all of the page that is in sight. */
static gboolean
is_covered (YejiPageCanvas        *self,
            const graphene_rect_t *detail)
{
  GtkWidget *room = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t page = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (GTK_WIDGET (self)),
                                             (float) gtk_widget_get_height (GTK_WIDGET (self)));
  graphene_rect_t sight;
  graphene_rect_t grown = *detail;

  graphene_rect_inset (&grown, -1, -1);
  return room != NULL && gtk_widget_compute_bounds (room, GTK_WIDGET (self), &sight)
         && graphene_rect_intersection (&sight, &page, &sight)
         && graphene_rect_contains_rect (&grown, &sight);
}

static void
yeji_page_canvas_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  YejiPageCanvas *self = YEJI_PAGE_CANVAS (widget);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);

  graphene_rect_t detail = GRAPHENE_RECT_INIT (self->place.origin.x * width,
                                               self->place.origin.y * height,
                                               self->place.size.width * width,
                                               self->place.size.height * height);

  if (self->page == NULL)
    return;
  if (self->detail == NULL || !is_covered (self, &detail))
    gtk_snapshot_append_texture (snapshot, self->page,
                                 &GRAPHENE_RECT_INIT (0, 0, width, height));
  if (self->detail != NULL)
    gtk_snapshot_append_texture (snapshot, self->detail, &detail);
}

static void
yeji_page_canvas_dispose (GObject *object)
{
  YejiPageCanvas *self = YEJI_PAGE_CANVAS (object);

  g_clear_object (&self->page);
  g_clear_object (&self->detail);
  G_OBJECT_CLASS (yeji_page_canvas_parent_class)->dispose (object);
}

static void
yeji_page_canvas_class_init (YejiPageCanvasClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_page_canvas_dispose;
  widget_class->measure = yeji_page_canvas_measure;
  widget_class->snapshot = yeji_page_canvas_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
yeji_page_canvas_init (YejiPageCanvas *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "yeji-page");
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

/**
 * yeji_page_canvas_new:
 *
 * Returns: (transfer floating): a canvas without a page
 */
GtkWidget *
yeji_page_canvas_new (void)
{
  return g_object_new (YEJI_TYPE_PAGE_CANVAS, NULL);
}

/**
 * yeji_page_canvas_set_page:
 * @texture: (nullable): all of the page, of whatever size
 * @width: on the screen
 *
 * Shows a page, or the same one in another size.
 */
void
yeji_page_canvas_set_page (YejiPageCanvas *self,
                           GdkTexture     *texture,
                           int             width,
                           int             height)
{
  g_return_if_fail (YEJI_IS_PAGE_CANVAS (self));

  if (g_set_object (&self->page, texture))
    g_clear_object (&self->detail);
  if (self->width != width || self->height != height)
    {
      self->width = width;
      self->height = height;
      gtk_widget_queue_resize (GTK_WIDGET (self));
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * yeji_page_canvas_set_detail:
 * @texture: (nullable)
 * @place: (nullable): where it lies in the page, from 0 to 1
 *
 * Shows a part of the page sharper than all of it.
 */
void
yeji_page_canvas_set_detail (YejiPageCanvas        *self,
                             GdkTexture            *texture,
                             const graphene_rect_t *place)
{
  g_return_if_fail (YEJI_IS_PAGE_CANVAS (self));

  g_set_object (&self->detail, texture);
  if (place != NULL)
    self->place = *place;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
