// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-language.h"
#include "yeji-number-filter.h"

#include <glib-object.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * YejiDeclaredAnswer:
 * @YEJI_DECLARED_NO: in none of the systems
 * @YEJI_DECLARED_PROBABLY: the filter holds it, and nobody was asked yet
 * @YEJI_DECLARED_YES: in one of them, the province said so
 */
typedef enum
{
  YEJI_DECLARED_NO,
  YEJI_DECLARED_PROBABLY,
  YEJI_DECLARED_YES,
} YejiDeclaredAnswer;

#define YEJI_TYPE_DECLARED (yeji_declared_get_type ())

G_DECLARE_FINAL_TYPE (YejiDeclared, yeji_declared, YEJI, DECLARED, GObject)

YejiDeclared      *yeji_declared_new            (void);
void               yeji_declared_set_filter     (YejiDeclared      *self,
                                                 YejiNumberFilter  *filter);
void               yeji_declared_learn          (YejiDeclared      *self,
                                                 const char        *number,
                                                 const YejiText    *system,
                                                 const char        *name);
gboolean           yeji_declared_learn_json     (YejiDeclared      *self,
                                                 const char        *number,
                                                 JsonNode          *answer);
void               yeji_declared_forget         (YejiDeclared      *self);
void               yeji_declared_exempt         (YejiDeclared      *self,
                                                 GHashTable        *uuids);
YejiDeclaredAnswer yeji_declared_look_up        (YejiDeclared      *self,
                                                 const char        *uuid,
                                                 const char        *number,
                                                 YejiLanguage       language,
                                                 char             **system,
                                                 char             **name);
guint64            yeji_declared_get_generation (YejiDeclared      *self);
gboolean           yeji_declared_is_empty       (YejiDeclared      *self);

G_END_DECLS
