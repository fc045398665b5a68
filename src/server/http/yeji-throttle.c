// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sessions"

#include "config.h"

#include "yeji-throttle.h"

/* An office has one address and many clerks: more of them may fail than of those with one name,
 * which the sessions count. */
#define FREE_FAILURES 40
#define SPAN_SECONDS (15 * 60)

/* Each check takes a tenth of a second and 64 MiB, one after the other. */
#define MAX_WAITING 64
#define WAITING_SECONDS 5

/* An attacker with more addresses than this is not held up by them; the names still are. */
#define MAX_ADDRESSES 10000

typedef struct
{
  guint n_failures;
  gint64 until;                /* then they are forgotten */
} Count;

struct _YejiThrottle
{
  GMutex mutex;
  GHashTable *counts;          /* address -> Count */
  guint n_waiting;
};

static gboolean
is_over (gpointer key,
         gpointer value,
         gpointer data)
{
  return ((Count *) value)->until <= *(gint64 *) data;
}

static Count *
find_count (YejiThrottle *self,
            const char   *address,
            gint64        now)
{
  Count *count = address != NULL ? g_hash_table_lookup (self->counts, address) : NULL;

  if (count == NULL || count->until > now)
    return count;
  g_hash_table_remove (self->counts, address);
  return NULL;
}

/**
 * yeji_throttle_new:
 *
 * Returns: (transfer full): nobody has failed yet
 */
YejiThrottle *
yeji_throttle_new (void)
{
  YejiThrottle *self = g_new0 (YejiThrottle, 1);

  g_mutex_init (&self->mutex);
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

/**
 * yeji_throttle_enter:
 * @address: (nullable): where the password comes from, %NULL where nobody is to be told apart
 * @now: seconds
 *
 * Asks whether a password may be checked. After a 0, yeji_throttle_leave() has to follow.
 *
 * Returns: 0, or in how many seconds it may be
 */
guint
yeji_throttle_enter (YejiThrottle *self,
                     const char   *address,
                     gint64        now)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  Count *count = find_count (self, address, now);

  if (count != NULL && count->n_failures >= FREE_FAILURES)
    return (guint) (count->until - now);
  if (self->n_waiting >= MAX_WAITING)
    return WAITING_SECONDS;
  self->n_waiting++;
  return 0;
}

/**
 * yeji_throttle_leave:
 *
 * A password was checked, or will not be.
 */
void
yeji_throttle_leave (YejiThrottle *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_assert (self->n_waiting > 0);
  self->n_waiting--;
}

/**
 * yeji_throttle_fail:
 *
 * Counts a password that was wrong. One that was right forgives nobody else's.
 */
void
yeji_throttle_fail (YejiThrottle *self,
                    const char   *address,
                    gint64        now)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  Count *count = find_count (self, address, now);

  if (address == NULL)
    return;
  if (count == NULL)
    {
      if (g_hash_table_size (self->counts) >= MAX_ADDRESSES)
        g_hash_table_foreach_remove (self->counts, is_over, &now);
      if (g_hash_table_size (self->counts) >= MAX_ADDRESSES)
        return;
      count = g_new0 (Count, 1);
      count->until = now + SPAN_SECONDS;
      g_hash_table_insert (self->counts, g_strdup (address), count);
    }
  count->n_failures++;
}

/**
 * yeji_throttle_free:
 * @self: (transfer full)
 *
 * Forgets everything.
 */
void
yeji_throttle_free (YejiThrottle *self)
{
  g_hash_table_unref (self->counts);
  g_mutex_clear (&self->mutex);
  g_free (self);
}
