// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <cairo.h>
#include <json-glib/json-glib.h>

#include "yeji-language.h"

G_BEGIN_DECLS

/* A qualification list on sheets of A4. */
typedef struct _YejiUsePaper YejiUsePaper;

YejiUsePaper *yeji_use_paper_new         (JsonNode       *list,
                                          YejiLanguage    language);
guint         yeji_use_paper_count_pages (YejiUsePaper   *self);
void          yeji_use_paper_draw        (YejiUsePaper   *self,
                                          cairo_t        *cairo,
                                          guint           page);
gboolean      yeji_use_paper_write_pdf   (YejiUsePaper   *self,
                                          const char     *path,
                                          GError        **error);
void          yeji_use_paper_free        (YejiUsePaper   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiUsePaper, yeji_use_paper_free)

G_END_DECLS
