// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-declared.h"
#include "yeji-province.h"

G_BEGIN_DECLS

/* What a command knows of the projects that other systems have. Thread-safe. */
typedef struct _YejiCliDeclared YejiCliDeclared;

YejiCliDeclared *yeji_cli_declared_new        (const char       *profile);
void             yeji_cli_declared_free       (YejiCliDeclared  *self);
YejiDeclared    *yeji_cli_declared_get        (YejiCliDeclared  *self,
                                               YejiStore        *store);
gboolean         yeji_cli_declared_ask_online (YejiCliDeclared  *self,
                                               YejiStore        *store,
                                               GError          **error);
gboolean         yeji_cli_declared_confirm    (YejiCliDeclared  *self,
                                               YejiStore        *store,
                                               YejiRecord       *record);
const GError    *yeji_cli_declared_get_error  (YejiCliDeclared  *self);

G_END_DECLS
