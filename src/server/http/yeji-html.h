// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A page for people that is being written. Whatever comes from a record, a query or a setting gets
 * into it as text or as the value of an attribute, and nowhere else. */
typedef struct _YejiHtml YejiHtml;

YejiHtml *yeji_html_new      (void);
void      yeji_html_open     (YejiHtml   *self,
                              const char *element,
                              ...) G_GNUC_NULL_TERMINATED;
void      yeji_html_close    (YejiHtml   *self);
void      yeji_html_void     (YejiHtml   *self,
                              const char *element,
                              ...) G_GNUC_NULL_TERMINATED;
void      yeji_html_text     (YejiHtml   *self,
                              const char *text);
void      yeji_html_lines    (YejiHtml   *self,
                              const char *text);
void      yeji_html_leaf     (YejiHtml   *self,
                              const char *element,
                              const char *text,
                              ...) G_GNUC_NULL_TERMINATED;
char     *yeji_html_end      (YejiHtml   *self);
void      yeji_html_free     (YejiHtml   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiHtml, yeji_html_free)

G_END_DECLS
