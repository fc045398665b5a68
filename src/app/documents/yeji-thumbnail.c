// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-thumbnail"

#include "config.h"

#include "yeji-thumbnail.h"

#include "yeji-page-canvas.h"
#include "yeji-texture.h"
#include "yeji-thumbnails.h"

struct _YejiThumbnail
{
  AdwBin parent_instance;

  YejiStore *store;            /* (nullable) */
  YejiAttachment *attachment;  /* (nullable) */
  guint page;
  int width;                   /* the picture fits into it */
  int height;
  guint n_pages;               /* 0: not known */
  char *problem;               /* (nullable) */
  GCancellable *loading;       /* (nullable) */
};

enum
{
  LOADED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiThumbnail, yeji_thumbnail, ADW_TYPE_BIN)

static void
show_icon (YejiThumbnail *self,
           const char    *icon)
{
  GtkWidget *image = gtk_image_new_from_icon_name (icon);

  gtk_image_set_pixel_size (GTK_IMAGE (image), 24);
  gtk_widget_add_css_class (image, "dim-label");
  gtk_widget_set_size_request (image, self->width, self->height);
  adw_bin_set_child (ADW_BIN (self), image);
}

static void
show_texture (YejiThumbnail *self,
              GdkTexture    *texture)
{
  GtkWidget *picture = yeji_page_canvas_new ();
  double width = gdk_texture_get_width (texture);
  double height = gdk_texture_get_height (texture);
  double scale = MIN (self->width / width, self->height / height);

  yeji_page_canvas_set_page (YEJI_PAGE_CANVAS (picture), texture, MAX (8, (int) (width * scale)),
                             MAX (8, (int) (height * scale)));
  gtk_widget_remove_css_class (picture, "yeji-page");
  gtk_widget_add_css_class (picture, "yeji-thumbnail");
  gtk_accessible_update_state (GTK_ACCESSIBLE (picture), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_bin_set_child (ADW_BIN (self), picture);
}

static const char *
get_icon (YejiThumbnail *self)
{
  const char *type = yeji_attachment_get_media_type (self->attachment);

  return g_str_has_prefix (type, "image/") ? "image-x-generic-symbolic"
                                           : "x-office-document-symbolic";
}

static void
stop (YejiThumbnail *self)
{
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (YejiThumbnail) self = data;
  g_autoptr (GError) error = NULL;
  guint n_pages;
  g_autoptr (GdkTexture) texture = yeji_thumbnails_load_finish (result, &n_pages, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->loading);
  self->n_pages = n_pages;
  g_clear_pointer (&self->problem, g_free);
  if (texture != NULL)
    show_texture (self, texture);
  /* One of a kind that is not shown here is nothing to worry about. */
  else if (!g_error_matches (error, YEJI_PAGE_ERROR, YEJI_PAGE_ERROR_FOREIGN))
    {
      self->problem = yeji_page_error_to_sentence (error);
      show_icon (self, "image-missing-symbolic");
    }
  g_signal_emit (self, signals[LOADED], 0, self->n_pages);
}

static void
load (YejiThumbnail *self)
{
  GdkTexture *texture;

  stop (self);
  if (self->attachment == NULL)
    return;
  texture = yeji_thumbnails_peek (self->attachment, self->page, &self->n_pages);
  if (texture != NULL)
    {
      self->n_pages = yeji_thumbnails_count_pages (self->attachment);
      show_texture (self, texture);
      g_signal_emit (self, signals[LOADED], 0, self->n_pages);
      return;
    }
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->loading = g_cancellable_new ();
  yeji_thumbnails_load_async (self->store, self->attachment, self->page, self->loading, on_loaded,
                              g_object_ref (self));
}

static void
yeji_thumbnail_map (GtkWidget *widget)
{
  YejiThumbnail *self = YEJI_THUMBNAIL (widget);

  GTK_WIDGET_CLASS (yeji_thumbnail_parent_class)->map (widget);
  if (self->n_pages == 0 && self->problem == NULL)
    load (self);
}

static void
yeji_thumbnail_unmap (GtkWidget *widget)
{
  stop (YEJI_THUMBNAIL (widget));
  GTK_WIDGET_CLASS (yeji_thumbnail_parent_class)->unmap (widget);
}

static void
yeji_thumbnail_dispose (GObject *object)
{
  YejiThumbnail *self = YEJI_THUMBNAIL (object);

  stop (self);
  g_clear_object (&self->store);
  g_clear_object (&self->attachment);
  g_clear_pointer (&self->problem, g_free);
  G_OBJECT_CLASS (yeji_thumbnail_parent_class)->dispose (object);
}

static void
yeji_thumbnail_class_init (YejiThumbnailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_thumbnail_dispose;
  widget_class->map = yeji_thumbnail_map;
  widget_class->unmap = yeji_thumbnail_unmap;
  signals[LOADED] = g_signal_new ("loaded", YEJI_TYPE_THUMBNAIL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
yeji_thumbnail_init (YejiThumbnail *self)
{
}

/**
 * yeji_thumbnail_new:
 *
 * Returns: (transfer floating): a place for a picture of at most that size
 */
GtkWidget *
yeji_thumbnail_new (int width,
                    int height)
{
  YejiThumbnail *self = g_object_new (YEJI_TYPE_THUMBNAIL, NULL);

  self->width = width;
  self->height = height;
  gtk_widget_set_size_request (GTK_WIDGET (self), width, height);
  return GTK_WIDGET (self);
}

/**
 * yeji_thumbnail_show:
 * @attachment: (nullable): %NULL shows nothing
 */
void
yeji_thumbnail_show (YejiThumbnail  *self,
                     YejiStore      *store,
                     YejiAttachment *attachment,
                     guint           page)
{
  g_return_if_fail (YEJI_IS_THUMBNAIL (self));

  g_set_object (&self->store, store);
  g_set_object (&self->attachment, attachment);
  self->page = page;
  self->n_pages = 0;
  g_clear_pointer (&self->problem, g_free);
  if (attachment != NULL)
    show_icon (self, get_icon (self));
  else
    adw_bin_set_child (ADW_BIN (self), NULL);
  load (self);
}

/**
 * yeji_thumbnail_get_n_pages:
 *
 * Returns: of the document, 0 when it is not known (yet)
 */
guint
yeji_thumbnail_get_n_pages (YejiThumbnail *self)
{
  return self->n_pages;
}

/**
 * yeji_thumbnail_get_problem:
 *
 * Returns: (nullable): why there is no picture, a sentence
 */
const char *
yeji_thumbnail_get_problem (YejiThumbnail *self)
{
  return self->problem;
}
