// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A page as large as it is shown: all of it from one picture, and over that the part in sight,
 * sharp. */
#define YEJI_TYPE_PAGE_CANVAS (yeji_page_canvas_get_type ())

G_DECLARE_FINAL_TYPE (YejiPageCanvas, yeji_page_canvas, YEJI, PAGE_CANVAS, GtkWidget)

GtkWidget *yeji_page_canvas_new        (void);
void       yeji_page_canvas_set_page   (YejiPageCanvas        *self,
                                        GdkTexture            *texture,
                                        int                    width,
                                        int                    height);
void       yeji_page_canvas_set_detail (YejiPageCanvas        *self,
                                        GdkTexture            *texture,
                                        const graphene_rect_t *place);

G_END_DECLS
