// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-audit.h"

G_BEGIN_DECLS

/* The end of the log. Who notes it elsewhere can tell later that nothing before it was changed. */
typedef struct
{
  gint64 seq;                  /* 0 for an empty log */
  char *hash;                  /* "" for an empty log */
  gint64 last;                 /* the last number that was ever given */
} YejiAuditHead;

/**
 * YejiAuditFault:
 * @YEJI_AUDIT_RIGHT: nothing is wrong
 * @YEJI_AUDIT_CHANGED: the line is not what was written
 * @YEJI_AUDIT_MISSING: there is no line with this number
 * @YEJI_AUDIT_CUT: the lines from this one on are gone
 * @YEJI_AUDIT_NOT_NOTED: the line is not the one that was noted elsewhere
 */
typedef enum
{
  YEJI_AUDIT_RIGHT,
  YEJI_AUDIT_CHANGED,
  YEJI_AUDIT_MISSING,
  YEJI_AUDIT_CUT,
  YEJI_AUDIT_NOT_NOTED,
} YejiAuditFault;

typedef gboolean (*YejiAuditFunc) (const YejiAuditLine *line,
                                   const char          *previous,
                                   const char          *hash,
                                   gpointer             data);

/* What was found; to be cleared. */
typedef struct
{
  YejiAuditFault fault;
  gint64 seq;                  /* of the first line that is wrong */
  YejiAuditHead head;
} YejiAuditReport;

gboolean yeji_audit_find_head    (YejiSql              *sql,
                                  YejiAuditHead        *head,
                                  GError              **error);
gboolean yeji_audit_check        (YejiSql              *sql,
                                  const YejiAuditHead  *noted,
                                  YejiAuditFunc         func,
                                  gpointer              data,
                                  YejiAuditReport      *report,
                                  GError              **error);
gboolean yeji_audit_head_parse   (YejiAuditHead        *head,
                                  const char           *text);
void     yeji_audit_head_clear   (YejiAuditHead        *head);
void     yeji_audit_report_clear (YejiAuditReport      *report);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (YejiAuditHead, yeji_audit_head_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (YejiAuditReport, yeji_audit_report_clear)

G_END_DECLS
