// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-upload"

#include "config.h"

#include "yeji-upload-sums.h"

/* About a kilobyte each. */
#define MAX_SUMS 1024

struct _YejiUploadSums
{
  GMutex mutex;
  GHashTable *sums;            /* id -> Sum */
};

typedef struct
{
  gint64 offset;               /* of how many bytes it is */
  YejiDigest *digest;
} Sum;

static void
free_sum (gpointer data)
{
  Sum *sum = data;

  g_clear_pointer (&sum->digest, yeji_digest_free);
  g_free (sum);
}

/**
 * yeji_upload_sums_new:
 *
 * Returns: (transfer full): no sums
 */
YejiUploadSums *
yeji_upload_sums_new (void)
{
  YejiUploadSums *self = g_new0 (YejiUploadSums, 1);

  g_mutex_init (&self->mutex);
  self->sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_sum);
  return self;
}

/* Any will do: what is lost costs one reading. */
static void
make_room (YejiUploadSums *self)
{
  GHashTableIter iter;
  gpointer id;

  if (g_hash_table_size (self->sums) < MAX_SUMS)
    return;
  g_hash_table_iter_init (&iter, self->sums);
  if (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_iter_remove (&iter);
}

/**
 * yeji_upload_sums_put:
 * @offset: how many bytes went into the sum
 * @digest: (transfer full): the sum, to be gone on with
 *
 * Keeps a sum until it is taken.
 */
void
yeji_upload_sums_put (YejiUploadSums *self,
                      const char     *id,
                      gint64          offset,
                      YejiDigest     *digest)
{
  Sum *sum = g_new0 (Sum, 1);

  sum->offset = offset;
  sum->digest = digest;
  g_mutex_lock (&self->mutex);
  make_room (self);
  g_hash_table_replace (self->sums, g_strdup (id), sum);
  g_mutex_unlock (&self->mutex);
}

/**
 * yeji_upload_sums_take:
 * @offset: how many bytes there are
 *
 * Takes an upload's sum out.
 *
 * Returns: (transfer full) (nullable): the sum of exactly so many bytes
 */
YejiDigest *
yeji_upload_sums_take (YejiUploadSums *self,
                       const char     *id,
                       gint64          offset)
{
  YejiDigest *digest = NULL;
  Sum *sum;

  g_mutex_lock (&self->mutex);
  sum = g_hash_table_lookup (self->sums, id);
  if (sum != NULL && sum->offset == offset)
    digest = g_steal_pointer (&sum->digest);
  g_hash_table_remove (self->sums, id);
  g_mutex_unlock (&self->mutex);
  return digest;
}

/**
 * yeji_upload_sums_free:
 * @self: (transfer full)
 *
 * Frees the sums.
 */
void
yeji_upload_sums_free (YejiUploadSums *self)
{
  g_hash_table_unref (self->sums);
  g_mutex_clear (&self->mutex);
  g_free (self);
}
