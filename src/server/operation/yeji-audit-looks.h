// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-sql.h"

G_BEGIN_DECLS

/* Who looked at which document lately, so that the audit log says it once an hour. For the
 * database's thread. */
typedef struct _YejiAuditLooks YejiAuditLooks;

YejiAuditLooks *yeji_audit_looks_new  (void);
gboolean        yeji_audit_looks_note (YejiAuditLooks  *self,
                                       YejiSql         *sql,
                                       const char      *who,
                                       const char      *uuid,
                                       const char      *sha256,
                                       GError         **error);
void            yeji_audit_looks_free (YejiAuditLooks  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiAuditLooks, yeji_audit_looks_free)

G_END_DECLS
