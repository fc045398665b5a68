// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

typedef enum
{
  YEJI_PAGE_FIT_WIDTH,
  YEJI_PAGE_FIT_PAGE,
  YEJI_PAGE_FIT_NONE,          /* as the clerk has set it */
} YejiPageFit;

/**
 * YejiPageView:
 *
 * One page of a document, zoomed and moved about. Decoding happens elsewhere: what is on screen
 * stays until what is asked for is there. Signal "changed" when the page that was asked for is
 * shown, or cannot be, and when the zoom changes.
 */
#define YEJI_TYPE_PAGE_VIEW (yeji_page_view_get_type ())

G_DECLARE_FINAL_TYPE (YejiPageView, yeji_page_view, YEJI, PAGE_VIEW, AdwBin)

GtkWidget  *yeji_page_view_new         (void);
void        yeji_page_view_show        (YejiPageView *self,
                                        GFile        *file,
                                        guint         page,
                                        int           rotation);
void        yeji_page_view_set_fit     (YejiPageView *self,
                                        YejiPageFit   fit);
YejiPageFit yeji_page_view_get_fit     (YejiPageView *self);
void        yeji_page_view_set_zoom    (YejiPageView *self,
                                        double        zoom);
double      yeji_page_view_get_zoom    (YejiPageView *self);
void        yeji_page_view_step_zoom   (YejiPageView *self,
                                        int           step);
void        yeji_page_view_pan         (YejiPageView *self,
                                        double        dx,
                                        double        dy);
guint       yeji_page_view_get_n_pages (YejiPageView *self);
gboolean    yeji_page_view_is_shown    (YejiPageView *self);
const char *yeji_page_view_get_problem (YejiPageView *self);
void        yeji_page_view_set_name    (YejiPageView *self,
                                        const char   *name);

G_END_DECLS
