// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-handlers.h"
#include "yeji-html.h"
#include "yeji-listing.h"

G_BEGIN_DECLS

/* A public page while it is being written. */
typedef struct
{
  YejiServerContext *context;
  YejiRequest *request;
  YejiLanguage language;
  YejiHtml *html;
} YejiPublicPage;

void          yeji_public_page_begin      (YejiPublicPage     *self,
                                           YejiServerContext  *context,
                                           YejiRequest        *request,
                                           const char         *title);
YejiResponse *yeji_public_page_end        (YejiPublicPage     *self,
                                           guint               status);
const char   *yeji_public_page_say        (YejiPublicPage     *self,
                                           const char         *zh,
                                           const char         *en);
char         *yeji_public_page_address    (YejiPublicPage     *self,
                                           const char         *path,
                                           ...) G_GNUC_NULL_TERMINATED;
void          yeji_public_page_paper      (YejiPublicPage     *self,
                                           const char         *address);
char         *yeji_public_page_name_area  (YejiPublicPage     *self,
                                           const char         *code);
const char   *yeji_public_page_name_grade (YejiPublicPage     *self,
                                           const char         *grade);
const char   *yeji_public_page_name_role  (YejiPublicPage     *self,
                                           const char         *role);
const char   *yeji_public_page_name_state (YejiPublicPage     *self,
                                           const char         *state);
const char   *yeji_public_page_name_code  (const YejiFieldDef *field,
                                           const char         *code);
void          yeji_public_page_badges     (YejiPublicPage     *self,
                                           const YejiListing  *listing);
char         *yeji_public_page_format_count (gint64           n);
char         *yeji_public_page_format_day (const char         *at);
char         *yeji_public_page_format     (YejiPublicPage     *self,
                                           const YejiFieldDef *field,
                                           const char         *value);

G_END_DECLS
