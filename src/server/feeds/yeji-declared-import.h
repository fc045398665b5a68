// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-declared-systems.h"
#include "yeji-db.h"

#include "yeji-sheets.h"

G_BEGIN_DECLS

/* Why a row cannot be taken. */
typedef enum
{
  YEJI_DECLARED_FAULT_NO_NUMBER,
  YEJI_DECLARED_FAULT_SHORT,
  YEJI_DECLARED_FAULT_LONG,
  YEJI_DECLARED_FAULT_ROUNDED,
  YEJI_DECLARED_FAULT_NO_NAME,
  YEJI_DECLARED_FAULT_STATE,
  N_YEJI_DECLARED_FAULTS
} YejiDeclaredFault;

typedef struct
{
  YejiDeclaredFault fault;
  guint row;                   /* of the sheet, from 1 */
  char *value;                 /* that is wrong */
} YejiDeclaredBadRow;

/* What a list brought, or would bring. */
typedef struct
{
  char *sheet;
  guint rows;                  /* with something in them, without the heads */
  guint added;
  guint changed;
  guint same;
  guint removed;
  guint repeated;              /* numbers that were in the list before; the last row counts */
  guint n_bad;
  GPtrArray *bad;              /* (element-type YejiDeclaredBadRow): the first ones */
  gint64 before;               /* projects of the system */
  gint64 after;
  gint64 n_numbers;            /* of all systems, in the filter */
} YejiDeclaredReport;

typedef struct
{
  const YejiDeclaredSystems *systems;
  const YejiDeclaredSystem *system;
  YejiSheets *sheets;
  gboolean replace;            /* what the list lacks is removed */
} YejiDeclaredImport;

YejiDeclaredReport *yeji_declared_report_new  (void);
void                yeji_declared_report_free (YejiDeclaredReport        *self);
const char         *yeji_declared_fault_to_text (YejiDeclaredFault        fault);
gboolean            yeji_declared_import_read (const YejiDeclaredImport  *self,
                                               YejiDb                    *stage,
                                               YejiDeclaredReport        *report,
                                               GError                   **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiDeclaredReport, yeji_declared_report_free)

G_END_DECLS
