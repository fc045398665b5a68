// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Things of a profile that have a name for programs and one for people. */
typedef enum
{
  YEJI_GLANCE_RECORDS,
  YEJI_GLANCE_BIN,
  YEJI_GLANCE_TRAY,
  YEJI_GLANCE_TRANSFERS,
  YEJI_GLANCE_LISTS,
  N_YEJI_GLANCES
} YejiGlance;

typedef struct
{
  char *id;
  char *name;
} YejiGlanced;

void       yeji_glanced_free  (YejiGlanced  *self);
GPtrArray *yeji_store_glance  (const char   *directory,
                               YejiGlance    what,
                               const char   *prefix,
                               guint         most,
                               GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiGlanced, yeji_glanced_free)

G_END_DECLS
