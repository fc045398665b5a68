// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-sql.h"

G_BEGIN_DECLS

/* One line of the audit log, without its hash. */
typedef struct
{
  gint64 seq;                  /* counted from 1, without a gap */
  const char *at;
  const char *who;
  const char *what;
  const char *uuid;            /* (nullable) */
  const char *detail;          /* (nullable) */
} YejiAuditLine;

gboolean yeji_audit_write     (YejiSql              *sql,
                               const char           *who,
                               const char           *what,
                               const char           *uuid,
                               const char           *detail,
                               GError              **error);
gboolean yeji_audit_read_line (YejiRows             *rows,
                               YejiAuditLine        *line);
char    *yeji_audit_print     (const YejiAuditLine  *line,
                               const char           *previous);
char    *yeji_audit_hash      (const YejiAuditLine  *line,
                               const char           *previous);

/* What yeji_audit_read_line() reads, and behind it the hash. */
#define YEJI_AUDIT_COLUMNS "seq, at, who, what, uuid, detail, hash"

G_END_DECLS
