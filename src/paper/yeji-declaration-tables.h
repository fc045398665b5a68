// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-declaration.h"
#include "yeji-paper-flow.h"

G_BEGIN_DECLS

/* What a name of a field has of a sheet, in points. */
#define YEJI_DECLARATION_NAME_WIDTH 98.0

void  yeji_declaration_put_tables     (const YejiDeclaration *self,
                                       gboolean               full,
                                       YejiPaperFlow         *flow,
                                       guint                 *n_sections);
void  yeji_declaration_put_notes      (const YejiDeclaration *self,
                                       gboolean               full,
                                       YejiPaperFlow         *flow,
                                       guint                 *n_sections);
void  yeji_declaration_begin_section  (YejiPaperFlow         *flow,
                                       const char            *title,
                                       guint                 *n_sections);
void  yeji_declaration_put_fact       (YejiPaperFlow         *flow,
                                       const char            *label,
                                       YejiPaperStyle         style,
                                       const char            *value,
                                       const char            *note);
char *yeji_declaration_write_value    (const YejiDeclaration *self,
                                       YejiRow               *row,
                                       const YejiFieldDef    *field,
                                       gboolean               full,
                                       char                 **note);

G_END_DECLS
