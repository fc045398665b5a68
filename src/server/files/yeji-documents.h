// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-handlers.h"

G_BEGIN_DECLS

/* A complete document that who asks may see. */
typedef struct
{
  char *sha256;
  char *type;                  /* media type */
  char *filename;              /* as the client named it: never part of a path */
  gint64 size;
  char *path;
} YejiDocument;

YejiDocument *yeji_documents_find (YejiServerContext  *context,
                                   YejiSql            *sql,
                                   YejiRequest        *request,
                                   YejiResponse      **refusal,
                                   GError            **error);
void          yeji_document_free  (YejiDocument       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiDocument, yeji_document_free)

G_END_DECLS
