// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

G_BEGIN_DECLS

/**
 * YejiFlawKind:
 * @YEJI_FLAW_DATABASE: SQLite says that its file is damaged; the next opening recovers it
 * @YEJI_FLAW_REFERENCE: a row belongs to a record that is not there
 * @YEJI_FLAW_RECORD: a record cannot be read, or is not what was saved
 * @YEJI_FLAW_DOCUMENT: the copy of a document is gone, or is not what was attached
 */
typedef enum
{
  YEJI_FLAW_DATABASE,
  YEJI_FLAW_REFERENCE,
  YEJI_FLAW_RECORD,
  YEJI_FLAW_DOCUMENT,
} YejiFlawKind;

/* One thing that is wrong with a profile. */
typedef struct
{
  YejiFlawKind kind;
  char *uuid;                  /* (nullable): of the record that it is about */
  char *name;                  /* (nullable): of that record, maybe "" */
  char *slot;                  /* (nullable): of the document */
  char *filename;              /* (nullable): of the document */
  char *text;                  /* what is wrong: a fragment for logs, in English */
} YejiFlaw;

/* YEJI_DEPTH_QUICK: the structure of the database, and that documents are there with the size that
 * they had. YEJI_DEPTH_FULL: everything is read: indexes, every record, every document's digest. */
typedef enum
{
  YEJI_DEPTH_QUICK,
  YEJI_DEPTH_FULL,
} YejiDepth;

/* At most so many flaws are listed; the last one then says that there are more. */
#define YEJI_VERIFY_MAX_FLAWS 1000

void       yeji_flaw_free    (YejiFlaw      *self);
GPtrArray *yeji_store_verify (YejiStore     *self,
                              YejiDepth      depth,
                              GCancellable  *cancellable,
                              GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiFlaw, yeji_flaw_free)

G_END_DECLS
