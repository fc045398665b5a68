// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-page-view"

#include "config.h"

#include "yeji-page-view.h"

#include <math.h>

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-page-canvas.h"
#include "yeji-page-lane.h"
#include "yeji-texture.h"

/* Around the page. */
#define MARGIN 12

#define MIN_ZOOM 0.05
#define MAX_ZOOM 8.

/* All of a page is drawn in so many pixels at most; what is zoomed further is drawn as far as it is
 * in sight. */
#define MAX_WHOLE (2500 * 1000)

/* While it is moved about nothing is drawn anew, and a spinner only shows when there is a wait. */
#define SETTLE_MS 90
#define WAIT_MS 300

static const double zooms[] = {
  0.05, 0.1, 0.15, 0.25, 0.35, 0.5, 0.7, 0.85, 1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8,
};

/* What is asked of the decoder. */
typedef struct
{
  guint page;
  int rotation;
  YejiPageFit fit;
  double zoom;                 /* where nothing is to fit */
  int room_width;              /* where the page is to fit */
  int room_height;
  int scale_factor;
  gboolean part;               /* of the page, from 0 to 1 */
  graphene_rect_t place;
} Ask;

/* And what it answers. */
typedef struct
{
  YejiPagePicture *picture;
  guint n_pages;
  double width;                /* of the turned page, unzoomed */
  double height;
  graphene_rect_t place;
} Found;

struct _YejiPageView
{
  AdwBin parent_instance;

  GtkStack *stack;
  GtkScrolledWindow *scroller;
  YejiPageCanvas *canvas;
  AdwStatusPage *trouble;
  GtkSpinner *spinner;

  GFile *file;                 /* (nullable) */
  guint page;
  int rotation;
  YejiPageFit fit;
  double zoom;
  guint n_pages;               /* 0: not known */
  double width;                /* of the turned page, unzoomed; 0: not known */
  double height;
  GdkTexture *texture;         /* (nullable) */
  gboolean shown;              /* what is on screen is what was asked for */
  char *problem;               /* (nullable) */
  GCancellable *whole;         /* (nullable): on its way */
  GCancellable *part;          /* (nullable): on its way */
  guint settle;
  guint wait;
  guint refit;
  gboolean anchored;           /* the point that stays where it is while the page grows */
  double anchor_x, anchor_y;   /* in the page, from 0 to 1 */
  double anchor_at_x, anchor_at_y; /* in the room */
  double drag_x, drag_y;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiPageView, yeji_page_view, ADW_TYPE_BIN)

static void
found_free (gpointer data)
{
  Found *found = data;

  g_clear_pointer (&found->picture, yeji_page_picture_free);
  g_free (found);
}

static double
fit_zoom (YejiPageFit fit,
          double      zoom,
          int         room_width,
          int         room_height,
          double      width,
          double      height)
{
  double across = MAX (1, room_width - 2 * MARGIN) / width;
  double down = MAX (1, room_height - 2 * MARGIN) / height;

  if (fit == YEJI_PAGE_FIT_NONE)
    return zoom;
  return CLAMP (fit == YEJI_PAGE_FIT_WIDTH ? across : MIN (across, down), MIN_ZOOM, MAX_ZOOM);
}

/* On the decoder's thread. */
static gboolean
draw (YejiPageSource *source,
      const Ask      *ask,
      Found          *found,
      GCancellable   *cancellable,
      GError        **error)
{
  YejiPageWish wish = { .page = ask->page, .rotation = ask->rotation };
  double width, height, zoom;

  if (ask->page >= found->n_pages)
    {
      g_set_error (error, YEJI_PAGE_ERROR, YEJI_PAGE_ERROR_UNREADABLE, "no page %u", ask->page + 1);
      return FALSE;
    }
  if (!yeji_page_source_get_size (source, ask->page, &width, &height, error))
    return FALSE;
  found->width = ask->rotation % 180 == 0 ? width : height;
  found->height = ask->rotation % 180 == 0 ? height : width;
  zoom = fit_zoom (ask->fit, ask->zoom, ask->room_width, ask->room_height, found->width,
                   found->height) * ask->scale_factor;
  wish.scale = ask->part ? zoom : MIN (zoom, sqrt (MAX_WHOLE / (width * height)));
  found->place = GRAPHENE_RECT_INIT (0, 0, 1, 1);
  if (ask->part)
    {
      double w = found->width * zoom;
      double h = found->height * zoom;

      wish.x = (int) floor (ask->place.origin.x * w);
      wish.y = (int) floor (ask->place.origin.y * h);
      wish.width = (int) ceil (ask->place.size.width * w);
      wish.height = (int) ceil (ask->place.size.height * h);
    }
  found->picture = yeji_page_source_draw (source, &wish, cancellable, error);
  if (found->picture != NULL && ask->part)
    found->place = GRAPHENE_RECT_INIT ((float) (wish.x / (found->width * zoom)),
                                       (float) (wish.y / (found->height * zoom)),
                                       (float) (found->picture->width / (found->width * zoom)),
                                       (float) (found->picture->height / (found->height * zoom)));
  return found->picture != NULL;
}

static gpointer
load (GFile           *file,
      YejiPageSource **source,
      gpointer         data,
      GCancellable    *cancellable,
      GError         **error)
{
  Found *found;

  if (*source == NULL)
    *source = yeji_page_source_open (file, cancellable, error);
  if (*source == NULL)
    return NULL;
  found = g_new0 (Found, 1);
  found->n_pages = yeji_page_source_get_n_pages (*source);
  if (draw (*source, data, found, cancellable, error))
    return found;
  found_free (found);
  return NULL;
}

static void
stop (GCancellable **cancellable)
{
  if (*cancellable != NULL)
    g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

static void
stop_waiting (YejiPageView *self)
{
  g_clear_handle_id (&self->wait, g_source_remove);
  gtk_spinner_stop (self->spinner);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
}

static int
get_room (YejiPageView   *self,
          GtkOrientation  orientation)
{
  return orientation == GTK_ORIENTATION_HORIZONTAL
           ? gtk_widget_get_width (GTK_WIDGET (self->scroller))
           : gtk_widget_get_height (GTK_WIDGET (self->scroller));
}

static void
ask_for (YejiPageView        *self,
         const graphene_rect_t *place,
         GCancellable        *cancellable,
         GAsyncReadyCallback  callback)
{
  Ask *ask = g_new0 (Ask, 1);

  ask->page = self->page;
  ask->rotation = self->rotation;
  ask->fit = self->fit;
  ask->zoom = self->zoom;
  ask->room_width = get_room (self, GTK_ORIENTATION_HORIZONTAL);
  ask->room_height = get_room (self, GTK_ORIENTATION_VERTICAL);
  ask->scale_factor = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  ask->part = place != NULL;
  if (place != NULL)
    ask->place = *place;
  yeji_page_lane_run_async (yeji_page_lane_get_front (), self->file, load, ask, g_free, found_free,
                            cancellable, callback, g_object_ref (self));
}

static void
on_part (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (YejiPageView) self = data;
  g_autoptr (GError) error = NULL;
  Found *found = yeji_page_lane_run_finish (YEJI_PAGE_LANE (source), result, &error);
  g_autoptr (GdkTexture) texture = NULL;

  if (found == NULL)
    {
      g_debug ("no detail: %s", error->message);
      return;
    }
  texture = yeji_texture_new (found->picture);
  yeji_page_canvas_set_detail (self->canvas, texture, &found->place);
  g_clear_object (&self->part);
  found_free (found);
}

/* What of the page is in sight, with as much again around it as one moves in a moment. */
static gboolean
find_place (YejiPageView    *self,
            graphene_rect_t *place)
{
  graphene_rect_t room;
  double width = self->width * self->zoom;
  double height = self->height * self->zoom;
  graphene_rect_t page = GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height);

  if (!gtk_widget_compute_bounds (GTK_WIDGET (self->scroller), GTK_WIDGET (self->canvas), &room))
    return FALSE;
  graphene_rect_inset (&room, -room.size.width * 0.2f, -room.size.height * 0.2f);
  if (!graphene_rect_intersection (&room, &page, &room))
    return FALSE;
  *place = GRAPHENE_RECT_INIT ((float) (room.origin.x / width), (float) (room.origin.y / height),
                               (float) (room.size.width / width),
                               (float) (room.size.height / height));
  return TRUE;
}

static gboolean
on_settled (gpointer data)
{
  YejiPageView *self = data;
  int factor = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  graphene_rect_t place;

  self->settle = 0;
  if (self->texture == NULL || !self->shown
      || gdk_texture_get_width (self->texture) + 1 >= self->width * self->zoom * factor)
    {
      yeji_page_canvas_set_detail (self->canvas, NULL, NULL);
      return G_SOURCE_REMOVE;
    }
  if (!find_place (self, &place))
    return G_SOURCE_REMOVE;
  stop (&self->part);
  self->part = g_cancellable_new ();
  ask_for (self, &place, self->part, on_part);
  return G_SOURCE_REMOVE;
}

static void
settle (YejiPageView *self)
{
  g_clear_handle_id (&self->settle, g_source_remove);
  self->settle = g_timeout_add (SETTLE_MS, on_settled, self);
}

static void
update_canvas (YejiPageView *self)
{
  yeji_page_canvas_set_page (self->canvas, self->texture,
                             MAX (1, (int) round (self->width * self->zoom)),
                             MAX (1, (int) round (self->height * self->zoom)));
}

static void
show_problem (YejiPageView *self,
              const GError *error)
{
  g_free (self->problem);
  self->problem = yeji_page_error_to_sentence (error);
  adw_status_page_set_description (self->trouble, self->problem);
  gtk_stack_set_visible_child_name (self->stack, "trouble");
  g_clear_object (&self->texture);
}

static void
on_whole (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (YejiPageView) self = data;
  g_autoptr (GError) error = NULL;
  Found *found = yeji_page_lane_run_finish (YEJI_PAGE_LANE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  stop_waiting (self);
  g_clear_object (&self->whole);
  self->shown = TRUE;
  if (found == NULL)
    show_problem (self, error);
  else
    {
      g_clear_object (&self->texture);
      g_clear_pointer (&self->problem, g_free);
      self->texture = yeji_texture_new (found->picture);
      self->n_pages = found->n_pages;
      self->width = found->width;
      self->height = found->height;
      self->zoom = fit_zoom (self->fit, self->zoom, get_room (self, GTK_ORIENTATION_HORIZONTAL),
                             get_room (self, GTK_ORIENTATION_VERTICAL), self->width, self->height);
      found_free (found);
      update_canvas (self);
      gtk_stack_set_visible_child_name (self->stack, "page");
      settle (self);
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
on_wait (gpointer data)
{
  YejiPageView *self = data;

  self->wait = 0;
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), TRUE);
  gtk_spinner_start (self->spinner);
  return G_SOURCE_REMOVE;
}

/* Draws all of the page again; what is on screen stays until that is there. */
static void
reload (YejiPageView *self)
{
  stop (&self->whole);
  stop (&self->part);
  g_clear_handle_id (&self->settle, g_source_remove);
  if (self->file == NULL || get_room (self, GTK_ORIENTATION_HORIZONTAL) <= 0)
    return;
  self->whole = g_cancellable_new ();
  ask_for (self, NULL, self->whole, on_whole);
  if (self->wait == 0)
    self->wait = g_timeout_add (WAIT_MS, on_wait, self);
}

/* Whether the picture of all of the page has fewer pixels than there are on screen, and may have
 * more, or has many more. */
static gboolean
is_coarse (YejiPageView *self)
{
  double factor = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  double wanted = MIN (self->zoom * factor, sqrt (MAX_WHOLE / (self->width * self->height)));
  double is = gdk_texture_get_width (self->texture) / self->width;

  return wanted > is * 1.02 || wanted < is * 0.8;
}

static void
apply_zoom (YejiPageView *self,
            double        zoom)
{
  zoom = CLAMP (zoom, MIN_ZOOM, MAX_ZOOM);
  if (fabs (zoom - self->zoom) < 0.0001)
    return;
  self->zoom = zoom;
  if (self->texture != NULL)
    {
      update_canvas (self);
      if (is_coarse (self))
        reload (self);
      else
        settle (self);
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

/* The room has changed: what fits, fits again. */
static gboolean
on_refit (gpointer data)
{
  YejiPageView *self = data;

  self->refit = 0;
  if (self->file != NULL && self->texture == NULL && self->problem == NULL)
    reload (self);
  else if (self->width > 0 && self->fit != YEJI_PAGE_FIT_NONE)
    apply_zoom (self, fit_zoom (self->fit, self->zoom, get_room (self, GTK_ORIENTATION_HORIZONTAL),
                                get_room (self, GTK_ORIENTATION_VERTICAL), self->width,
                                self->height));
  else if (self->texture != NULL)
    settle (self);
  return G_SOURCE_REMOVE;
}

static void
on_room_changed (YejiPageView *self)
{
  if (self->refit == 0)
    self->refit = g_idle_add_full (GDK_PRIORITY_REDRAW + 10, on_refit, self, NULL);
}

/* Keeps the anchored point where it is, once the canvas has its new size. */
static void
on_extent_changed (YejiPageView *self)
{
  GtkAdjustment *across = gtk_scrolled_window_get_hadjustment (self->scroller);
  GtkAdjustment *down = gtk_scrolled_window_get_vadjustment (self->scroller);

  if (self->anchored)
    {
      gtk_adjustment_set_value (across, self->anchor_x * self->width * self->zoom + MARGIN
                                          - self->anchor_at_x);
      gtk_adjustment_set_value (down, self->anchor_y * self->height * self->zoom + MARGIN
                                        - self->anchor_at_y);
    }
  on_room_changed (self);
}

static void
anchor (YejiPageView *self,
        double        x,
        double        y)
{
  GtkAdjustment *across = gtk_scrolled_window_get_hadjustment (self->scroller);
  GtkAdjustment *down = gtk_scrolled_window_get_vadjustment (self->scroller);

  if (self->width <= 0)
    return;
  self->anchored = TRUE;
  self->anchor_at_x = x;
  self->anchor_at_y = y;
  self->anchor_x = (gtk_adjustment_get_value (across) + x - MARGIN) / (self->width * self->zoom);
  self->anchor_y = (gtk_adjustment_get_value (down) + y - MARGIN) / (self->height * self->zoom);
}

static void
on_scrolled_by_user (YejiPageView *self)
{
  if (self->texture != NULL)
    settle (self);
}

static gboolean
on_wheel (GtkEventControllerScroll *controller,
          double                    dx,
          double                    dy,
          YejiPageView             *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (
    GTK_EVENT_CONTROLLER (controller));
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));
  double x, y;
  double left, top;

  self->anchored = FALSE;
  if ((state & GDK_CONTROL_MASK) == 0)
    return GDK_EVENT_PROPAGATE;
  if (gdk_event_get_position (event, &x, &y))
    {
      gtk_native_get_surface_transform (gtk_widget_get_native (GTK_WIDGET (self)), &left, &top);
      gtk_widget_translate_coordinates (GTK_WIDGET (gtk_widget_get_native (GTK_WIDGET (self))),
                                        GTK_WIDGET (self->scroller), x - left, y - top, &x, &y);
      anchor (self, x, y);
    }
  self->fit = YEJI_PAGE_FIT_NONE;
  apply_zoom (self, self->zoom * pow (1.15, -CLAMP (dy, -3, 3)));
  return GDK_EVENT_STOP;
}

static void
on_drag_begin (GtkGestureDrag *gesture,
               double          x,
               double          y,
               YejiPageView   *self)
{
  self->anchored = FALSE;
  self->drag_x = gtk_adjustment_get_value (gtk_scrolled_window_get_hadjustment (self->scroller));
  self->drag_y = gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (self->scroller));
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self->canvas), "grabbing");
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
on_drag_update (GtkGestureDrag *gesture,
                double          x,
                double          y,
                YejiPageView   *self)
{
  gtk_adjustment_set_value (gtk_scrolled_window_get_hadjustment (self->scroller), self->drag_x - x);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), self->drag_y - y);
}

static void
on_drag_end (GtkGestureDrag *gesture,
             double          x,
             double          y,
             YejiPageView   *self)
{
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self->canvas), "grab");
}

static void
add_controllers (YejiPageView *self)
{
  GtkEventController *wheel = gtk_event_controller_scroll_new (
    GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkAdjustment *adjustments[] = {
    gtk_scrolled_window_get_hadjustment (self->scroller),
    gtk_scrolled_window_get_vadjustment (self->scroller),
  };

  gtk_event_controller_set_propagation_phase (wheel, GTK_PHASE_CAPTURE);
  g_signal_connect (wheel, "scroll", G_CALLBACK (on_wheel), self);
  gtk_widget_add_controller (GTK_WIDGET (self->scroller), wheel);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  gtk_widget_add_controller (GTK_WIDGET (self->scroller), GTK_EVENT_CONTROLLER (drag));
  for (guint i = 0; i < G_N_ELEMENTS (adjustments); i++)
    {
      g_signal_connect_object (adjustments[i], "changed", G_CALLBACK (on_extent_changed), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (adjustments[i], "value-changed", G_CALLBACK (on_scrolled_by_user),
                               self, G_CONNECT_SWAPPED);
    }
}

static void
yeji_page_view_unmap (GtkWidget *widget)
{
  YejiPageView *self = YEJI_PAGE_VIEW (widget);

  stop (&self->whole);
  stop (&self->part);
  stop_waiting (self);
  g_clear_handle_id (&self->settle, g_source_remove);
  g_clear_handle_id (&self->refit, g_source_remove);
  GTK_WIDGET_CLASS (yeji_page_view_parent_class)->unmap (widget);
}

static void
yeji_page_view_dispose (GObject *object)
{
  YejiPageView *self = YEJI_PAGE_VIEW (object);

  stop (&self->whole);
  stop (&self->part);
  g_clear_handle_id (&self->settle, g_source_remove);
  g_clear_handle_id (&self->wait, g_source_remove);
  g_clear_handle_id (&self->refit, g_source_remove);
  g_clear_object (&self->file);
  g_clear_object (&self->texture);
  g_clear_pointer (&self->problem, g_free);
  G_OBJECT_CLASS (yeji_page_view_parent_class)->dispose (object);
}

static void
yeji_page_view_class_init (YejiPageViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_page_view_dispose;
  widget_class->unmap = yeji_page_view_unmap;
  g_type_ensure (YEJI_TYPE_PAGE_CANVAS);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-page-view.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiPageView, stack);
  gtk_widget_class_bind_template_child (widget_class, YejiPageView, scroller);
  gtk_widget_class_bind_template_child (widget_class, YejiPageView, canvas);
  gtk_widget_class_bind_template_child (widget_class, YejiPageView, trouble);
  gtk_widget_class_bind_template_child (widget_class, YejiPageView, spinner);
  signals[CHANGED] = g_signal_new ("changed", YEJI_TYPE_PAGE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
yeji_page_view_init (YejiPageView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->zoom = 1;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self->canvas), "grab");
  add_controllers (self);
}

/**
 * yeji_page_view_new:
 *
 * Returns: (transfer floating): a view without a page
 */
GtkWidget *
yeji_page_view_new (void)
{
  return g_object_new (YEJI_TYPE_PAGE_VIEW, NULL);
}

/**
 * yeji_page_view_show:
 * @file: (nullable): the content of a document, of whatever kind; %NULL lets go of the one before
 * @page: from 0
 * @rotation: clockwise, degrees
 *
 * Shows a page, as soon as it is decoded.
 */
void
yeji_page_view_show (YejiPageView *self,
                     GFile        *file,
                     guint         page,
                     int           rotation)
{
  gboolean same_file;

  g_return_if_fail (YEJI_IS_PAGE_VIEW (self));

  same_file = file != NULL && self->file != NULL && g_file_equal (file, self->file);
  if (same_file && self->page == page && self->rotation == rotation)
    return;
  g_set_object (&self->file, file);
  self->page = page;
  self->rotation = rotation;
  self->anchored = FALSE;
  self->shown = FALSE;
  if (!same_file)
    self->n_pages = 0;
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  if (file != NULL)
    {
      reload (self);
      return;
    }
  stop (&self->whole);
  stop (&self->part);
  stop_waiting (self);
  g_clear_object (&self->texture);
  g_clear_pointer (&self->problem, g_free);
  yeji_page_canvas_set_page (self->canvas, NULL, 1, 1);
  yeji_page_lane_forget (yeji_page_lane_get_front ());
}

/**
 * yeji_page_view_set_fit:
 *
 * Makes the page fit, whatever size the view has.
 */
void
yeji_page_view_set_fit (YejiPageView *self,
                        YejiPageFit   fit)
{
  g_return_if_fail (YEJI_IS_PAGE_VIEW (self));

  self->fit = fit;
  self->anchored = FALSE;
  g_clear_handle_id (&self->refit, g_source_remove);
  on_refit (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

YejiPageFit
yeji_page_view_get_fit (YejiPageView *self)
{
  return self->fit;
}

/**
 * yeji_page_view_set_zoom:
 * @zoom: pixels of the screen for one of the page
 *
 * Zooms about the middle of what is in sight.
 */
void
yeji_page_view_set_zoom (YejiPageView *self,
                         double        zoom)
{
  g_return_if_fail (YEJI_IS_PAGE_VIEW (self));

  anchor (self, get_room (self, GTK_ORIENTATION_HORIZONTAL) / 2.,
          get_room (self, GTK_ORIENTATION_VERTICAL) / 2.);
  self->fit = YEJI_PAGE_FIT_NONE;
  apply_zoom (self, zoom);
}

double
yeji_page_view_get_zoom (YejiPageView *self)
{
  return self->zoom;
}

/**
 * yeji_page_view_step_zoom:
 * @step: 1 goes nearer, -1 farther
 */
void
yeji_page_view_step_zoom (YejiPageView *self,
                          int           step)
{
  guint at = 0;

  g_return_if_fail (YEJI_IS_PAGE_VIEW (self));

  if (step > 0)
    {
      while (at + 1 < G_N_ELEMENTS (zooms) && zooms[at] <= self->zoom * 1.01)
        at++;
    }
  else
    {
      for (at = G_N_ELEMENTS (zooms) - 1; at > 0 && zooms[at] >= self->zoom * 0.99; at--)
        ;
    }
  yeji_page_view_set_zoom (self, zooms[at]);
}

/**
 * yeji_page_view_pan:
 *
 * Moves the page about under the view, by pixels.
 */
void
yeji_page_view_pan (YejiPageView *self,
                    double        dx,
                    double        dy)
{
  GtkAdjustment *across = gtk_scrolled_window_get_hadjustment (self->scroller);
  GtkAdjustment *down = gtk_scrolled_window_get_vadjustment (self->scroller);

  g_return_if_fail (YEJI_IS_PAGE_VIEW (self));

  self->anchored = FALSE;
  gtk_adjustment_set_value (across, gtk_adjustment_get_value (across) + dx);
  gtk_adjustment_set_value (down, gtk_adjustment_get_value (down) + dy);
}

/**
 * yeji_page_view_get_n_pages:
 *
 * Returns: of the document, 0 when it is not known (yet)
 */
guint
yeji_page_view_get_n_pages (YejiPageView *self)
{
  return self->n_pages;
}

/**
 * yeji_page_view_is_shown:
 *
 * Returns: whether the page that was asked for is on screen, or the reason why it cannot be
 */
gboolean
yeji_page_view_is_shown (YejiPageView *self)
{
  return self->shown;
}

/**
 * yeji_page_view_get_problem:
 *
 * Returns: (nullable): why the page cannot be shown, a sentence
 */
const char *
yeji_page_view_get_problem (YejiPageView *self)
{
  return self->problem;
}

/**
 * yeji_page_view_set_name:
 *
 * Says what a screen reader calls the page.
 */
void
yeji_page_view_set_name (YejiPageView *self,
                         const char   *name)
{
  yeji_a11y_set_name (GTK_WIDGET (self), name);
  yeji_a11y_set_name (GTK_WIDGET (self->canvas), name);
}
