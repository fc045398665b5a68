// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

G_BEGIN_DECLS

/* A document of a record, as a list of them names it. */
typedef struct
{
  char *slot;                  /* id */
  char *filename;
  guint n_pages;               /* 0: not known */
  gint64 size;                 /* bytes */
  char *sha256;
} YejiDeclarationFile;

/* All that stands on the paper of one record, read in one go. */
typedef struct
{
  YejiRecord *record;          /* under the dictionary under which it is stored */
  YejiState state;
  gboolean draft;              /* the province has not got just this */
  char *enterprise;            /* (nullable): its name */
  char *code;                  /* (nullable): its credit code */
  char *sum;                   /* SHA-256 of the record's canonical JSON */
  char *submitted_at;          /* (nullable): of the last receipt, RFC 3339 */
  char *submitted_sum;         /* (nullable): of what was submitted then */
  char *revision;              /* (nullable) */
  char *grade;                 /* (nullable) */
  char *office;                /* (nullable): that decided */
  char *printed_at;            /* RFC 3339 */
  GPtrArray *files;            /* (element-type YejiDeclarationFile), by slot in form order */
} YejiDeclaration;

YejiDeclaration     *yeji_declaration_new      (YejiRecord             *record);
void                 yeji_declaration_add_file (YejiDeclaration        *self,
                                                const char             *slot,
                                                const char             *filename,
                                                guint                   n_pages,
                                                gint64                  size,
                                                const char             *sha256);
YejiDeclaration     *yeji_declaration_load     (YejiStore              *store,
                                                const char             *uuid,
                                                GError                **error);
char                *yeji_declaration_get_name (const YejiDeclaration  *self);
void                 yeji_declaration_free     (YejiDeclaration        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiDeclaration, yeji_declaration_free)

G_END_DECLS
