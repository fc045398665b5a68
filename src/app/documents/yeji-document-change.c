// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-document-change"

#include "config.h"

#include "yeji-document-change.h"

#include "yeji-arrange.h"

static gboolean
bring_back (YejiDocumentChange  *change,
            GError             **error)
{
  const char *id = yeji_attachment_get_id (change->back);

  if (change->instead != NULL)
    return yeji_store_unmove_document (change->store, change->uuid, change->instead, id, error);
  return yeji_store_bring_back (change->store, change->uuid, id, error);
}

/**
 * yeji_document_change_new:
 *
 * Returns: (transfer full): a change of nothing yet, of which one member is to be set
 */
YejiDocumentChange *
yeji_document_change_new (YejiStore  *store,
                          const char *uuid)
{
  YejiDocumentChange *change = g_new0 (YejiDocumentChange, 1);

  change->store = g_object_ref (store);
  change->uuid = g_strdup (uuid);
  return change;
}

void
yeji_document_change_free (gpointer data)
{
  YejiDocumentChange *change = data;

  g_object_unref (change->store);
  g_free (change->uuid);
  g_free (change->slot);
  g_free (change->instead);
  g_clear_object (&change->moved);
  g_clear_object (&change->back);
  g_clear_object (&change->removed);
  g_free (change);
}

/**
 * yeji_document_change_make:
 * @data: a #YejiDocumentChange
 *
 * Makes the change; a #YejiBackgroundFunc.
 *
 * Returns: (transfer full): the document that was moved, or the store
 */
gpointer
yeji_document_change_make (gpointer       data,
                           GCancellable  *cancellable,
                           GError       **error)
{
  YejiDocumentChange *change = data;

  if (change->moved != NULL)
    return yeji_store_move_document (change->store, change->uuid,
                                     yeji_attachment_get_id (change->moved), change->slot,
                                     change->index, error);
  if ((change->removed != NULL
       && !yeji_store_detach (change->store, change->uuid,
                              yeji_attachment_get_id (change->removed), error))
      || (change->back != NULL && !bring_back (change, error)))
    return NULL;
  return g_object_ref (change->store);
}
