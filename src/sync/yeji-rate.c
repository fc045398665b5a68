// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-rate.h"

/* What a bucket holds at most: a tenth of a second's bytes, so that a late timer loses nothing. */
#define FULL_SECONDS 0.1
#define MOST_TOKENS (256 * 1024)
/* What is worth a system call: less is waited for. */
#define LEAST_GRANT (8 * 1024)
#define SMALLEST_BUCKET 512
/* How soon a cancellation is noticed. */
#define LONGEST_WAIT (50 * 1000)

struct _YejiRate
{
  GMutex mutex;
  GCond changed;
  YejiBucket bucket;           /* rate 0: no limit */
};

/**
 * yeji_bucket_take:
 * @now: microseconds of a clock that never goes back
 * @wanted: bytes, above 0
 * @wait: (out): microseconds until it is worth to ask again, when nothing is granted
 *
 * Returns: how many bytes may be sent now, at most @wanted; 0: none yet
 */
gsize
yeji_bucket_take (YejiBucket *self,
                  gint64      now,
                  gsize       wanted,
                  gint64     *wait)
{
  double full = CLAMP ((double) self->rate * FULL_SECONDS, SMALLEST_BUCKET, MOST_TOKENS);
  double least = MIN (MIN ((double) wanted, LEAST_GRANT), full / 2);
  gsize granted;

  if (self->at != 0)
    self->tokens += (double) (now - self->at) * (double) self->rate / G_USEC_PER_SEC;
  self->at = now;
  self->tokens = MIN (self->tokens, full);
  *wait = 0;
  if (self->tokens < least)
    {
      *wait = 1 + (gint64) ((least - self->tokens) * G_USEC_PER_SEC / (double) self->rate);
      return 0;
    }
  granted = MIN (wanted, (gsize) self->tokens);
  self->tokens -= (double) granted;
  return granted;
}

/**
 * yeji_rate_new:
 *
 * Returns: (transfer full): a rate without a limit
 */
YejiRate *
yeji_rate_new (void)
{
  YejiRate *self = g_new0 (YejiRate, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  return self;
}

/**
 * yeji_rate_free:
 * @self: (nullable) (transfer full)
 *
 * Frees a rate that nobody takes from.
 */
void
yeji_rate_free (YejiRate *self)
{
  if (self == NULL)
    return;
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
  g_free (self);
}

/**
 * yeji_rate_set:
 * @rate: bytes a second, 0 for no limit
 *
 * Sets the limit, for who waits too.
 */
void
yeji_rate_set (YejiRate *self,
               gint64    rate)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->bucket.rate = MAX (rate, 0);
  g_cond_broadcast (&self->changed);
}

/**
 * yeji_rate_take:
 * @self: (nullable): %NULL has no limit
 * @wanted: bytes, above 0
 *
 * Waits until something may be sent.
 *
 * Returns: how many bytes, at most @wanted; 0 when it was cancelled
 */
gsize
yeji_rate_take (YejiRate     *self,
                gsize         wanted,
                GCancellable *cancellable)
{
  g_autoptr (GMutexLocker) locker = self != NULL ? g_mutex_locker_new (&self->mutex) : NULL;

  while (!g_cancellable_is_cancelled (cancellable))
    {
      gint64 now = g_get_monotonic_time ();
      gint64 wait;
      gsize granted;

      if (self == NULL || self->bucket.rate == 0)
        return wanted;
      granted = yeji_bucket_take (&self->bucket, now, wanted, &wait);
      if (granted > 0)
        return granted;
      g_cond_wait_until (&self->changed, &self->mutex, now + MIN (wait, LONGEST_WAIT));
    }
  return 0;
}
