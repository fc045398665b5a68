// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-sync-error.h"

/* A refusal travels with its error, through every layer of the push and from the upload threads. */
typedef struct
{
  YejiRefusal *refusal;
  guint retry_after;
} YejiSyncErrorPrivate;

static void
yeji_sync_error_private_init (YejiSyncErrorPrivate *priv)
{
  priv->refusal = NULL;
  priv->retry_after = 0;
}

static YejiRefusal *
copy_refusal (const YejiRefusal *refusal)
{
  if (refusal == NULL)
    return NULL;
  return yeji_refusal_new (refusal->status, refusal->kind, refusal->title, refusal->detail,
                           refusal->errors);
}

static void
yeji_sync_error_private_copy (const YejiSyncErrorPrivate *source,
                              YejiSyncErrorPrivate       *copy)
{
  copy->refusal = copy_refusal (source->refusal);
  copy->retry_after = source->retry_after;
}

static void
yeji_sync_error_private_clear (YejiSyncErrorPrivate *priv)
{
  g_clear_pointer (&priv->refusal, yeji_refusal_free);
}

G_DEFINE_EXTENDED_ERROR (YejiSyncError, yeji_sync_error)

/**
 * yeji_sync_error_new_refused:
 * @refusal: (transfer none): what the province said
 * @retry_after: seconds after which it wants to be asked again, 0 if it did not say
 *
 * Makes an error that carries a refusal.
 *
 * Returns: (transfer full): an error
 */
GError *
yeji_sync_error_new_refused (YejiSyncError      code,
                             const YejiRefusal *refusal,
                             guint              retry_after)
{
  GError *error;
  YejiSyncErrorPrivate *priv;

  g_return_val_if_fail (refusal != NULL, NULL);

  error = g_error_new (YEJI_SYNC_ERROR, code, "the province said %u %s", refusal->status,
                       refusal->kind);
  priv = yeji_sync_error_get_private (error);
  priv->refusal = copy_refusal (refusal);
  priv->retry_after = retry_after;
  return error;
}

/**
 * yeji_sync_error_get_refusal:
 *
 * Returns: (transfer none) (nullable): what the province said, %NULL if it did not speak
 */
const YejiRefusal *
yeji_sync_error_get_refusal (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  return error->domain == YEJI_SYNC_ERROR ? yeji_sync_error_get_private (error)->refusal : NULL;
}

/**
 * yeji_sync_error_get_retry_after:
 *
 * Returns: seconds after which the province wants to be asked again, 0 if it did not say
 */
guint
yeji_sync_error_get_retry_after (const GError *error)
{
  g_return_val_if_fail (error != NULL, 0);

  return error->domain == YEJI_SYNC_ERROR ? yeji_sync_error_get_private (error)->retry_after : 0;
}
