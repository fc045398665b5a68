// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-handlers.h"

G_BEGIN_DECLS

/* What was done to a published project. */
typedef struct
{
  char *at;
  char *kind;                  /* YEJI_PUBLICATION_... */
  char *grade;                 /* (nullable): that it had then */
  char *office;
  char *reviewer;
  char *reason;                /* (nullable) */
  GPtrArray *changes;          /* (element-type YejiPublicChange) */
} YejiPublicEvent;

/* A value that was changed, never a personal one, or a row as a whole. */
typedef struct
{
  char *pointer;
  const YejiTableDef *table;   /* (nullable): of a row that came or went; %NULL: a value */
  guint number;                /* of that row, from 1 */
  gboolean added;              /* it came */
  const YejiFieldDef *field;   /* (nullable): of a dictionary that has it no more */
  char *before;
  char *after;
} YejiPublicChange;

GPtrArray *yeji_public_trace_read    (YejiServerContext  *context,
                                      YejiSql            *sql,
                                      const char         *uuid,
                                      GError            **error);
JsonArray *yeji_public_trace_to_json (YejiServerContext  *context,
                                      YejiSql            *sql,
                                      const char         *uuid,
                                      GError            **error);

G_END_DECLS
