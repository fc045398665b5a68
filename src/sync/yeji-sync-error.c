// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-sync-error.h"

#include "yeji-certificate.h"

/* A refusal travels with its error, through every layer of the push and from the upload threads. */
typedef struct
{
  YejiRefusal *refusal;
  guint retry_after;
  GTlsCertificateFlags certificate;
  YejiSyncCause cause;         /* NONE: what the code says */
} YejiSyncErrorPrivate;

static void
yeji_sync_error_private_init (YejiSyncErrorPrivate *priv)
{
  priv->refusal = NULL;
  priv->retry_after = 0;
  priv->certificate = 0;
  priv->cause = YEJI_SYNC_CAUSE_NONE;
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
  copy->certificate = source->certificate;
  copy->cause = source->cause;
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
 * yeji_sync_error_new_cause:
 * @message: a fragment for logs
 *
 * Returns: (transfer full): an error that says what is the matter
 */
GError *
yeji_sync_error_new_cause (YejiSyncError  code,
                           YejiSyncCause  cause,
                           const char    *message)
{
  GError *error;

  g_return_val_if_fail (message != NULL, NULL);

  error = g_error_new_literal (YEJI_SYNC_ERROR, code, message);
  yeji_sync_error_get_private (error)->cause = cause;
  return error;
}

/**
 * yeji_sync_error_get_cause:
 *
 * Returns: what the error was made with, %YEJI_SYNC_CAUSE_NONE if that was nothing;
 *   yeji_sync_cause_of() knows more
 */
YejiSyncCause
yeji_sync_error_get_cause (const GError *error)
{
  g_return_val_if_fail (error != NULL, YEJI_SYNC_CAUSE_NONE);

  return error->domain == YEJI_SYNC_ERROR ? yeji_sync_error_get_private (error)->cause
                                          : YEJI_SYNC_CAUSE_NONE;
}

/**
 * yeji_sync_error_set_cause:
 * @error: of %YEJI_SYNC_ERROR
 *
 * Notes what is the matter, where the code and the refusal do not say it.
 */
void
yeji_sync_error_set_cause (GError        *error,
                           YejiSyncCause  cause)
{
  g_return_if_fail (error != NULL && error->domain == YEJI_SYNC_ERROR);

  yeji_sync_error_get_private (error)->cause = cause;
}

/**
 * yeji_sync_error_set_retry_after:
 * @error: of %YEJI_SYNC_ERROR
 * @retry_after: seconds, 0 for none
 *
 * Notes when it may be tried again.
 */
void
yeji_sync_error_set_retry_after (GError *error,
                                 guint   retry_after)
{
  g_return_if_fail (error != NULL && error->domain == YEJI_SYNC_ERROR);

  yeji_sync_error_get_private (error)->retry_after = retry_after;
}

/**
 * yeji_sync_error_is_line:
 *
 * Returns: whether nothing at all can be sent to the province just now, whatever it is about
 */
gboolean
yeji_sync_error_is_line (const GError *error)
{
  return g_error_matches (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE)
         || g_error_matches (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_CERTIFICATE)
         || g_error_matches (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_VERSION);
}

/**
 * yeji_sync_error_new_certificate:
 * @flags: what is wrong with the certificate
 *
 * Returns: (transfer full): an error whose message is that of yeji_certificate_words()
 */
GError *
yeji_sync_error_new_certificate (GTlsCertificateFlags flags)
{
  g_autofree char *words = yeji_certificate_words (flags);
  GError *error = g_error_new_literal (YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_CERTIFICATE, words);

  yeji_sync_error_get_private (error)->certificate = flags;
  return error;
}

/**
 * yeji_sync_error_get_certificate:
 *
 * Returns: what is wrong with the certificate, 0 if that is not what the error is about
 */
GTlsCertificateFlags
yeji_sync_error_get_certificate (const GError *error)
{
  g_return_val_if_fail (error != NULL, 0);

  return error->domain == YEJI_SYNC_ERROR ? yeji_sync_error_get_private (error)->certificate : 0;
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
