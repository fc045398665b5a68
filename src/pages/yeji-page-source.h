// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What may be asked of a decoder at most. Files come from anywhere: who made one that asks for more
 * memory than a scan needs gets an error. */
#define YEJI_PAGE_MAX_FILE_SIZE (64 * 1024 * 1024)
#define YEJI_PAGE_MAX_PAGES 5000
#define YEJI_PAGE_MAX_SIDE 32000                /* of an image, in its own pixels */
#define YEJI_PAGE_MAX_PIXELS (144 * 1000 * 1000) /* of a JPEG that is decoded smaller: A0 at 300 dpi */
#define YEJI_PAGE_MAX_DECODED (36 * 1000 * 1000) /* of what is in memory at once */
#define YEJI_PAGE_MAX_PICTURE (16 * 1000 * 1000) /* of one picture that is asked for */

/**
 * YejiPageError:
 * @YEJI_PAGE_ERROR_UNREADABLE: damaged, truncated or empty
 * @YEJI_PAGE_ERROR_FOREIGN: of a kind that is not shown
 * @YEJI_PAGE_ERROR_TOO_LARGE: more pixels, pages or bytes than are decoded
 * @YEJI_PAGE_ERROR_LOCKED: wants a password
 * @YEJI_PAGE_ERROR_SLOW: took longer than anybody waits
 */
typedef enum
{
  YEJI_PAGE_ERROR_UNREADABLE,
  YEJI_PAGE_ERROR_FOREIGN,
  YEJI_PAGE_ERROR_TOO_LARGE,
  YEJI_PAGE_ERROR_LOCKED,
  YEJI_PAGE_ERROR_SLOW,
} YejiPageError;

#define YEJI_PAGE_ERROR (yeji_page_error_quark ())

GQuark yeji_page_error_quark (void);

/* Pixels as cairo has them: 32 bits each, blue in the lowest byte, alpha multiplied in. */
typedef struct
{
  GBytes *pixels;              /* height * stride bytes */
  int width;
  int height;
  gsize stride;                /* bytes from row to row */
} YejiPagePicture;

void             yeji_page_picture_free (YejiPagePicture *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiPagePicture, yeji_page_picture_free)

/* A part of a page, as it is to be drawn. */
typedef struct
{
  guint page;                  /* from 0 */
  int rotation;                /* clockwise: 0, 90, 180 or 270 */
  double scale;                /* pixels a unit of the page's size */
  int x;                       /* the part's corner in the turned and scaled page, pixels */
  int y;
  int width;                   /* of the part; 0: all of the page */
  int height;
} YejiPageWish;

/**
 * YejiPageSource:
 *
 * A scanned document that is open: an image is one page, a PDF has many. Plain data in, plain
 * pixels out, and no widget near it, so that it can run in a thread or a process of its own. Every
 * call blocks; one thread at a time.
 */
typedef struct _YejiPageSource YejiPageSource;

YejiPageSource  *yeji_page_source_open  (GFile               *file,
                                         GCancellable        *cancellable,
                                         GError             **error);
YejiPageSource  *yeji_page_source_open_rough (GFile         *file,
                                         goffset              most,
                                         GCancellable        *cancellable,
                                         GError             **error);
void             yeji_page_source_close (YejiPageSource      *self);
guint            yeji_page_source_get_n_pages (YejiPageSource *self);
gboolean         yeji_page_source_get_size (YejiPageSource   *self,
                                         guint                page,
                                         double              *width,
                                         double              *height,
                                         GError             **error);
double           yeji_page_source_get_resolution (YejiPageSource *self,
                                         guint                page);
YejiPagePicture *yeji_page_source_draw  (YejiPageSource      *self,
                                         const YejiPageWish  *wish,
                                         GCancellable        *cancellable,
                                         GError             **error);
YejiPagePicture *yeji_page_source_draw_small (YejiPageSource *self,
                                         guint                page,
                                         int                  longest,
                                         GCancellable        *cancellable,
                                         GError             **error);
gboolean         yeji_page_source_has_pdf (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiPageSource, yeji_page_source_close)

G_END_DECLS
