// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-page-cache"

#include "config.h"

#include "yeji-page-cache.h"

#include <stdlib.h>
#include <string.h>

#include <cairo.h>
#include <glib/gstdio.h>

/* What a file is called after: a document's digest, then its number of pages. The first two letters
 * are a folder, as they are where the documents are. */
#define ENDING ".png"

/* Width and height of a PNG (its specification, 11.2.2). */
#define HEADER_SIZE 24

typedef struct
{
  const guint8 *data;
  gsize left;
} Input;

static char *
make_shelf_path (const char *folder,
                 const char *name)
{
  const char shelf[3] = { name[0], name[1], '\0' };

  return g_build_filename (folder, shelf, NULL);
}

static char *
find (const char *folder,
      const char *name,
      guint      *n_pages)
{
  g_autofree char *shelf = make_shelf_path (folder, name);
  g_autoptr (GDir) dir = g_dir_open (shelf, 0, NULL);
  gsize length = strlen (name);
  const char *file;

  while (dir != NULL && (file = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (file, name) && file[length] == '-' && g_str_has_suffix (file, ENDING))
      {
        *n_pages = (guint) CLAMP (strtoul (file + length + 1, NULL, 10), 1, YEJI_PAGE_MAX_PAGES);
        return g_build_filename (shelf, file, NULL);
      }
  return NULL;
}

static cairo_status_t
read_some (void          *closure,
           unsigned char *data,
           unsigned int   length)
{
  Input *input = closure;

  if (length > input->left)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (data, input->data, length);
  input->data += length;
  input->left -= length;
  return CAIRO_STATUS_SUCCESS;
}

static cairo_status_t
write_some (void                *closure,
            const unsigned char *data,
            unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* It is made by this program, but what lies on a disk may have become anything. */
static gboolean
is_small (const guint8 *data,
          gsize         length)
{
  return length > HEADER_SIZE && data[16] == 0 && data[17] == 0 && data[18] == 0
    && data[20] == 0 && data[21] == 0 && data[22] == 0;
}

static YejiPagePicture *
take_picture (cairo_surface_t *surface)
{
  YejiPagePicture *picture;

  if (cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS
      || (cairo_image_surface_get_format (surface) != CAIRO_FORMAT_RGB24
          && cairo_image_surface_get_format (surface) != CAIRO_FORMAT_ARGB32))
    {
      cairo_surface_destroy (surface);
      return NULL;
    }
  picture = g_new0 (YejiPagePicture, 1);
  picture->width = cairo_image_surface_get_width (surface);
  picture->height = cairo_image_surface_get_height (surface);
  picture->stride = (gsize) cairo_image_surface_get_stride (surface);
  picture->pixels = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                                picture->stride * (gsize) picture->height,
                                                (GDestroyNotify) cairo_surface_destroy, surface);
  return picture;
}

/**
 * yeji_page_cache_read:
 * @name: of the document, letters and digits
 * @n_pages: (out): how many pages it has
 *
 * Returns: (transfer full) (nullable): its first page, %NULL when it is not kept
 */
YejiPagePicture *
yeji_page_cache_read (const char *folder,
                      const char *name,
                      guint      *n_pages)
{
  g_autofree char *path = find (folder, name, n_pages);
  g_autofree char *content = NULL;
  Input input;

  if (path == NULL || !g_file_get_contents (path, &content, &input.left, NULL))
    return NULL;
  input.data = (const guint8 *) content;
  if (!is_small (input.data, input.left))
    return NULL;
  return take_picture (cairo_image_surface_create_from_png_stream (read_some, &input));
}

/**
 * yeji_page_cache_write:
 *
 * Keeps the first page of a document. When that fails, it is drawn again another time.
 */
void
yeji_page_cache_write (const char            *folder,
                       const char            *name,
                       const YejiPagePicture *picture,
                       guint                  n_pages)
{
  g_autoptr (GByteArray) png = g_byte_array_new ();
  g_autofree char *shelf = make_shelf_path (folder, name);
  g_autofree char *file = g_strdup_printf ("%s-%u" ENDING, name, n_pages);
  g_autofree char *path = g_build_filename (shelf, file, NULL);
  g_autoptr (GError) error = NULL;
  cairo_surface_t *surface;

  surface = cairo_image_surface_create_for_data (
    (guchar *) g_bytes_get_data (picture->pixels, NULL), CAIRO_FORMAT_RGB24, picture->width,
    picture->height, (int) picture->stride);
  if (cairo_surface_write_to_png_stream (surface, write_some, png) == CAIRO_STATUS_SUCCESS
      && (g_mkdir_with_parents (shelf, 0700) != 0
          || !g_file_set_contents_full (path, (const char *) png->data, (gssize) png->len,
                                        G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error)))
    g_debug ("%s is not kept: %s", path, error != NULL ? error->message : "no folder");
  cairo_surface_destroy (surface);
}

/**
 * yeji_page_cache_sweep:
 *
 * Deletes what was made of documents that are gone.
 */
void
yeji_page_cache_sweep (const char        *folder,
                       YejiPageCacheFunc  stays,
                       gpointer           data)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *shelf_name;

  while (dir != NULL && (shelf_name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *shelf = g_build_filename (folder, shelf_name, NULL);
      g_autoptr (GDir) files = g_dir_open (shelf, 0, NULL);
      const char *file;

      while (files != NULL && (file = g_dir_read_name (files)) != NULL)
        {
          g_autofree char *name = g_strndup (file, strcspn (file, "-"));
          g_autofree char *path = g_build_filename (shelf, file, NULL);

          if (!stays (name, data))
            g_remove (path);
        }
    }
}
