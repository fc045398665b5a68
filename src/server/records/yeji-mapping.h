// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-record.h"

G_BEGIN_DECLS

/* What approval writes into a record. */
typedef struct
{
  const char *office;          /* department and its section, as registered */
  const char *reviewer;        /* real name */
  const char *today;           /* YYYY-MM-DD */
  const char *grade;
} YejiApproval;

typedef struct _YejiMapping YejiMapping;

YejiMapping *yeji_mapping_new          (GBytes             *json,
                                        YejiDictionary     *dictionary,
                                        GError            **error);
const char  *yeji_mapping_get_name     (const YejiMapping  *self,
                                        YejiLanguage        language);
const char  *yeji_mapping_get_corrections_office (const YejiMapping *self,
                                        const char        **department);
const char  *yeji_mapping_get_title    (const YejiMapping  *self,
                                        YejiRecord         *record);
const char  *yeji_mapping_get_number   (const YejiMapping  *self,
                                        YejiRecord         *record);
const char  *yeji_mapping_get_area     (const YejiMapping  *self,
                                        YejiRecord         *record);
void         yeji_mapping_set_number   (const YejiMapping  *self,
                                        YejiRecord         *record,
                                        const char         *number);
char        *yeji_mapping_make_prefix  (const YejiMapping  *self,
                                        const char         *area);
char        *yeji_mapping_make_number  (const YejiMapping  *self,
                                        const char         *prefix,
                                        gint64              serial);
void         yeji_mapping_approve      (const YejiMapping  *self,
                                        YejiRecord         *record,
                                        const YejiApproval *approval);
void         yeji_mapping_approve_row  (const YejiMapping  *self,
                                        YejiRecord         *record,
                                        YejiRow            *row,
                                        const YejiApproval *approval);
gboolean     yeji_mapping_is_content   (const YejiMapping  *self,
                                        const char         *type,
                                        const guint8       *head,
                                        gsize               length);
void         yeji_mapping_free         (YejiMapping        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiMapping, yeji_mapping_free)

G_END_DECLS
