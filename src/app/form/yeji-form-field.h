// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-enterprise.h"

G_BEGIN_DECLS

/**
 * YejiFormField:
 *
 * One value of a draft as a control sees it. Properties: text (read and written), placeholder (what
 * holds or is offered while it is empty), offered (whether anything is), message and severity (what
 * is wrong; -1: nothing), comment (the reviewer's), required and editable.
 */
#define YEJI_TYPE_FORM_FIELD (yeji_form_field_get_type ())

G_DECLARE_FINAL_TYPE (YejiFormField, yeji_form_field, YEJI, FORM_FIELD, GObject)

YejiFormField      *yeji_form_field_new             (YejiDraft          *draft,
                                                     YejiRow            *row,
                                                     const YejiFieldDef *def);
const YejiFieldDef *yeji_form_field_get_def         (YejiFormField      *self);
YejiRow            *yeji_form_field_get_row         (YejiFormField      *self);
YejiDraft          *yeji_form_field_get_draft       (YejiFormField      *self);
const char         *yeji_form_field_get_label       (YejiFormField      *self);
const char         *yeji_form_field_get_text        (YejiFormField      *self);
void                yeji_form_field_set_text        (YejiFormField      *self,
                                                     const char         *text);
void                yeji_form_field_expect          (YejiFormField      *self,
                                                     const char         *why);
char               *yeji_form_field_dup_placeholder (YejiFormField      *self);
const YejiCarried  *yeji_form_field_get_offer       (YejiFormField      *self);
void                yeji_form_field_set_read_from   (YejiFormField      *self,
                                                     const char         *typed);
const char         *yeji_form_field_get_read_from   (YejiFormField      *self);
YejiIssue          *yeji_form_field_get_issue       (YejiFormField      *self);
const char         *yeji_form_field_get_message     (YejiFormField      *self);
int                 yeji_form_field_get_severity    (YejiFormField      *self);
const char         *yeji_form_field_get_comment     (YejiFormField      *self);
void                yeji_form_field_visit           (YejiFormField      *self);
gboolean            yeji_form_field_is_calm         (YejiFormField      *self);
gboolean            yeji_form_field_is_required     (YejiFormField      *self);
gboolean            yeji_form_field_is_editable     (YejiFormField      *self);

G_END_DECLS
