// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-declared-import.h"

G_BEGIN_DECLS

/* More new projects than these come in steps, between which others write. */
#define YEJI_DECLARED_AT_ONCE 2000

/* How a list that was read gets into the province. */
typedef struct
{
  const YejiDeclaredSystem *system;
  gboolean replace;            /* what the list lacks is removed */
  YejiDb *stage;
  YejiDb *province;
  YejiDb *reader;              /* of the province */
  guint at_once;               /* YEJI_DECLARED_AT_ONCE; fewer in tests */
} YejiDeclaredApply;

gboolean yeji_declared_apply_compare (const YejiDeclaredApply  *self,
                                      YejiDeclaredReport       *report,
                                      GError                  **error);
gboolean yeji_declared_apply_run     (const YejiDeclaredApply  *self,
                                      YejiDeclaredReport       *report,
                                      YejiDbFunc                finish,
                                      gpointer                  data,
                                      GError                  **error);

G_END_DECLS
