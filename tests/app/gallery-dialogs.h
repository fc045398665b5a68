// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "gallery-screens.h"

G_BEGIN_DECLS

/* Of gallery-screens.c */
GtkWidget *gallery_open_list     (Gallery    *gallery);
GtkWidget *gallery_open_record   (Gallery    *gallery,
                                  guint       i);
GtkWidget *gallery_open_section  (Gallery    *gallery,
                                  const char *table);
GtkWidget *gallery_find_named    (GtkWidget  *root,
                                  const char *type);
GtkWidget *gallery_get_dialog    (Gallery    *gallery);
char      *gallery_make_uuid     (guint       i);

/* A field of the project, as if it had been typed */
void       gallery_type          (YejiRecord *record,
                                  const char *field,
                                  const char *value);

GtkWidget *gallery_open_compare_records   (Gallery *gallery);
GtkWidget *gallery_open_compare_submitted (Gallery *gallery);
GtkWidget *gallery_open_compare_conflicts (Gallery *gallery);
GtkWidget *gallery_open_compare_picker    (Gallery *gallery);
GtkWidget *gallery_open_bulk_report       (Gallery *gallery);
GtkWidget *gallery_open_explain           (Gallery *gallery);
GtkWidget *gallery_open_keep              (Gallery *gallery);
GtkWidget *gallery_open_paste             (Gallery *gallery);
GtkWidget *gallery_open_cell              (Gallery *gallery);
GtkWidget *gallery_open_preview           (Gallery *gallery);
GtkWidget *gallery_open_copy              (Gallery *gallery);
GtkWidget *gallery_open_help              (Gallery *gallery);
GtkWidget *gallery_open_link              (Gallery *gallery);
GtkWidget *gallery_open_damaged           (Gallery *gallery);

G_END_DECLS
