// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-file-picture"

#include "config.h"

#include "yeji-file-picture.h"

#include "yeji-page-canvas.h"
#include "yeji-page-lane.h"
#include "yeji-texture.h"

struct _YejiFilePicture
{
  AdwBin parent_instance;

  GFile *file;
  int longest;
  GCancellable *loading;       /* (nullable) */
  gboolean loaded;
};

G_DEFINE_FINAL_TYPE (YejiFilePicture, yeji_file_picture, ADW_TYPE_BIN)

static void
free_picture (gpointer data)
{
  yeji_page_picture_free (data);
}

static gpointer
load (GFile           *file,
      YejiPageSource **source,
      gpointer         data,
      GCancellable    *cancellable,
      GError         **error)
{
  g_autoptr (YejiPageSource) own = yeji_page_source_open (file, cancellable, error);

  if (own == NULL)
    return NULL;
  return yeji_page_source_draw_small (own, 0, GPOINTER_TO_INT (data), cancellable, error);
}

static void
show_icon (YejiFilePicture *self,
           const char      *name)
{
  GtkWidget *image = gtk_image_new_from_icon_name (name);

  gtk_image_set_pixel_size (GTK_IMAGE (image), 24);
  gtk_widget_add_css_class (image, "dim-label");
  adw_bin_set_child (ADW_BIN (self), image);
}

static void
show_texture (YejiFilePicture *self,
              GdkTexture      *texture)
{
  GtkWidget *canvas = yeji_page_canvas_new ();
  double width = gdk_texture_get_width (texture);
  double height = gdk_texture_get_height (texture);
  double scale = self->longest / MAX (width, height);

  yeji_page_canvas_set_page (YEJI_PAGE_CANVAS (canvas), texture, MAX (8, (int) (width * scale)),
                             MAX (8, (int) (height * scale)));
  gtk_widget_remove_css_class (canvas, "yeji-page");
  gtk_widget_add_css_class (canvas, "yeji-thumbnail");
  gtk_widget_set_halign (canvas, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (canvas, GTK_ALIGN_CENTER);
  gtk_accessible_update_state (GTK_ACCESSIBLE (canvas), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_bin_set_child (ADW_BIN (self), canvas);
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (YejiFilePicture) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiPagePicture) picture = yeji_page_lane_run_finish (YEJI_PAGE_LANE (source), result,
                                                                   &error);
  g_autoptr (GdkTexture) texture = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->loading);
  self->loaded = TRUE;
  if (picture == NULL)
    {
      show_icon (self, "image-missing-symbolic");
      return;
    }
  texture = yeji_texture_new (picture);
  show_texture (self, texture);
}

static void
stop (YejiFilePicture *self)
{
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
}

static void
yeji_file_picture_map (GtkWidget *widget)
{
  YejiFilePicture *self = YEJI_FILE_PICTURE (widget);

  GTK_WIDGET_CLASS (yeji_file_picture_parent_class)->map (widget);
  if (self->loaded || self->loading != NULL)
    return;
  self->loading = g_cancellable_new ();
  yeji_page_lane_run_async (yeji_page_lane_get_back (), self->file, load,
                            GINT_TO_POINTER (self->longest), NULL, free_picture, self->loading,
                            on_loaded, g_object_ref (self));
}

static void
yeji_file_picture_unmap (GtkWidget *widget)
{
  stop (YEJI_FILE_PICTURE (widget));
  GTK_WIDGET_CLASS (yeji_file_picture_parent_class)->unmap (widget);
}

static void
yeji_file_picture_dispose (GObject *object)
{
  YejiFilePicture *self = YEJI_FILE_PICTURE (object);

  stop (self);
  g_clear_object (&self->file);
  G_OBJECT_CLASS (yeji_file_picture_parent_class)->dispose (object);
}

static void
yeji_file_picture_class_init (YejiFilePictureClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_file_picture_dispose;
  widget_class->map = yeji_file_picture_map;
  widget_class->unmap = yeji_file_picture_unmap;
}

static void
yeji_file_picture_init (YejiFilePicture *self)
{
}

/**
 * yeji_file_picture_new:
 * @longest: of the sides, in pixels
 *
 * Returns: (transfer floating): a picture of the first page
 */
GtkWidget *
yeji_file_picture_new (GFile *file,
                       int    longest)
{
  YejiFilePicture *self = g_object_new (YEJI_TYPE_FILE_PICTURE, NULL);

  self->file = g_object_ref (file);
  self->longest = longest;
  gtk_widget_set_size_request (GTK_WIDGET (self), longest, longest);
  show_icon (self, "image-x-generic-symbolic");
  return GTK_WIDGET (self);
}
