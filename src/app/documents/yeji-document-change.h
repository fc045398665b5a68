// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A change of how a record's documents lie, done away from the window. What comes in does so by
 * yeji-intake-flow.h. */
typedef struct
{
  YejiStore *store;
  char *uuid;
  char *slot;                  /* (nullable): where @moved is to lie */
  YejiAttachment *moved;       /* (nullable): to lie at @index */
  guint index;
  YejiAttachment *back;        /* (nullable): to lie where it lay before it was moved or removed */
  char *instead;               /* (nullable): the id of what takes @back's place, to be removed */
  YejiAttachment *removed;     /* (nullable): to be removed */
} YejiDocumentChange;

YejiDocumentChange *yeji_document_change_new  (YejiStore      *store,
                                               const char     *uuid);
void                yeji_document_change_free (gpointer        data);
gpointer            yeji_document_change_make (gpointer        data,
                                               GCancellable   *cancellable,
                                               GError        **error);

G_END_DECLS
