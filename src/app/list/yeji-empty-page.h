// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-filters.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What an empty list says: what would be there, and what to do next. */
#define YEJI_TYPE_EMPTY_PAGE (yeji_empty_page_get_type ())

G_DECLARE_FINAL_TYPE (YejiEmptyPage, yeji_empty_page, YEJI, EMPTY_PAGE, AdwBin)

GtkWidget *yeji_empty_page_new         (void);
void       yeji_empty_page_show_filter (YejiEmptyPage *self,
                                        YejiFilter     filter);
void       yeji_empty_page_show_search (YejiEmptyPage *self,
                                        YejiFilter     filter,
                                        const char    *typed,
                                        gboolean       narrowed);

G_END_DECLS
