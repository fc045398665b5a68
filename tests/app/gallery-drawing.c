// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "gallery-screens.h"

#include "yeji-clock.h"

/* The moment of every picture. */
#define MOMENT "2026-11-23T01:30:00Z"

/**
 * gallery_set_clock:
 *
 * Sets the program's clock to the moment of all pictures.
 */
void
gallery_set_clock (void)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_iso8601 (MOMENT, NULL);

  yeji_clock_set_offset (g_date_time_to_unix (moment) - g_get_real_time () / G_USEC_PER_SEC);
}

/* The window without the frame that GTK draws around it where nobody else does. */
static graphene_rect_t
get_area (GtkWidget *root)
{
  graphene_rect_t whole, area;

  g_assert_true (gtk_widget_compute_bounds (root, root, &whole));
  if (!gtk_widget_compute_bounds (gtk_widget_get_first_child (root), root, &area))
    area = whole;
  area.origin.x -= whole.origin.x;
  area.origin.y -= whole.origin.y;
  return area;
}

/* What pops up has a surface of its own, over the window's. */
static void
draw_popovers (GtkWidget   *widget,
               GtkWidget   *root,
               GtkSnapshot *snapshot)
{
  if (GTK_IS_POPOVER (widget) && gtk_widget_get_mapped (widget))
    {
      g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
      GdkPopup *popup = GDK_POPUP (gtk_native_get_surface (GTK_NATIVE (widget)));
      double x, y, of_root_x, of_root_y;

      gtk_native_get_surface_transform (GTK_NATIVE (widget), &x, &y);
      gtk_native_get_surface_transform (GTK_NATIVE (root), &of_root_x, &of_root_y);
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (
        (float) (gdk_popup_get_position_x (popup) + x - of_root_x),
        (float) (gdk_popup_get_position_y (popup) + y - of_root_y)));
      gdk_paintable_snapshot (paintable, snapshot, gdk_paintable_get_intrinsic_width (paintable),
                              gdk_paintable_get_intrinsic_height (paintable));
      gtk_snapshot_restore (snapshot);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    draw_popovers (child, root, snapshot);
}

static GdkTexture *
draw_once (GtkWidget *root)
{
  graphene_rect_t area = get_area (root);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (root);
  g_autoptr (GskRenderNode) node = NULL;
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  gdk_paintable_snapshot (paintable, snapshot, gdk_paintable_get_intrinsic_width (paintable),
                          gdk_paintable_get_intrinsic_height (paintable));
  draw_popovers (root, root, snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  if (node == NULL)
    return NULL;
  return gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (root)), node, &area);
}

static gboolean
set_flag (gpointer flag)
{
  *(gboolean *) flag = TRUE;
  return G_SOURCE_REMOVE;
}

static void
let_pass (guint milliseconds)
{
  gboolean over = FALSE;

  g_timeout_add (milliseconds, set_flag, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static GBytes *
read_pixels (GdkTexture *texture)
{
  gsize stride = (gsize) gdk_texture_get_width (texture) * 4;
  gsize size = stride * (gsize) gdk_texture_get_height (texture);
  guchar *data = g_malloc (size);

  gdk_texture_download (texture, data, stride);
  return g_bytes_new_take (data, size);
}

/**
 * gallery_draw:
 * @root: a window that is shown
 *
 * Draws a window when it changes no more: what it shows is read on other threads.
 *
 * Returns: (transfer full): its picture
 */
GdkTexture *
gallery_draw (GtkWidget *root)
{
  g_autoptr (GBytes) last = NULL;
  guint same = 0;

  gtk_test_widget_wait_for_draw (root);
  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (GdkTexture) texture = NULL;
      g_autoptr (GBytes) pixels = NULL;

      let_pass (40);
      texture = draw_once (root);
      if (texture == NULL)
        continue;
      pixels = read_pixels (texture);
      same = last != NULL && g_bytes_equal (last, pixels) ? same + 1 : 0;
      if (same == 3)
        return g_steal_pointer (&texture);
      g_clear_pointer (&last, g_bytes_unref);
      last = g_steal_pointer (&pixels);
    }
  return draw_once (root);
}
