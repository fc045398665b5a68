// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* How long it counts, seconds; a client says it again before. */
#define YEJI_EDITING_LEASE 120
/* So many an enterprise: of more, those that were said longest ago are forgotten. */
#define YEJI_EDITING_MAX 200

/**
 * YejiEditing:
 *
 * On which computers of an enterprise which records are being edited, as the computers say. Kept in
 * memory alone: nothing depends on it. Thread-safe.
 */
typedef struct _YejiEditing YejiEditing;

YejiEditing *yeji_editing_new   (void);
gboolean     yeji_editing_set   (YejiEditing  *self,
                                 const char   *enterprise,
                                 const char   *uuid,
                                 const char   *computer,
                                 const char   *who,
                                 gint64        now);
gboolean     yeji_editing_end   (YejiEditing  *self,
                                 const char   *enterprise,
                                 const char   *uuid,
                                 const char   *computer);
JsonArray   *yeji_editing_list  (YejiEditing  *self,
                                 const char   *enterprise,
                                 const char   *computer,
                                 gint64        now,
                                 char        **tag);
void         yeji_editing_free  (YejiEditing  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiEditing, yeji_editing_free)

G_END_DECLS
