// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-deadline.h"

/* The time limits of sockets are about silence. A name that is looked up, and an answer that drips
 * byte by byte, have none of their own. */
struct _YejiDeadline
{
  GCancellable *cancellable;
  GCancellable *outer;         /* (nullable) */
  gulong outer_id;
  gint64 at;                   /* monotonic */
  gboolean expired;
};

static GMutex mutex;           /* guards what follows, and `at` and `expired` of all */
static GCond changed;
static GPtrArray *deadlines;   /* those that have not ended; NULL: nobody watches */

static YejiDeadline *
find_next (void)
{
  YejiDeadline *next = NULL;

  for (guint i = 0; i < deadlines->len; i++)
    {
      YejiDeadline *one = g_ptr_array_index (deadlines, i);

      if (!one->expired && (next == NULL || one->at < next->at))
        next = one;
    }
  return next;
}

static void
expire (YejiDeadline *self)
{
  g_autoptr (GCancellable) cancellable = g_object_ref (self->cancellable);

  self->expired = TRUE;
  g_mutex_unlock (&mutex);
  g_cancellable_cancel (cancellable);
  g_mutex_lock (&mutex);
}

/* Lives as long as there is something to watch. */
static gpointer
watch (gpointer data)
{
  g_mutex_lock (&mutex);
  while (deadlines->len > 0)
    {
      YejiDeadline *next = find_next ();

      if (next == NULL)
        g_cond_wait (&changed, &mutex);
      else if (next->at <= g_get_monotonic_time ())
        expire (next);
      else
        g_cond_wait_until (&changed, &mutex, next->at);
    }
  g_clear_pointer (&deadlines, g_ptr_array_unref);
  g_mutex_unlock (&mutex);
  return NULL;
}

static void
cancel (GCancellable *outer,
        gpointer      cancellable)
{
  g_cancellable_cancel (cancellable);
}

/**
 * yeji_deadline_begin:
 * @outer: (nullable): cancels too
 * @seconds: from now on
 *
 * Returns: (transfer full): a deadline, to be ended by yeji_deadline_end()
 */
YejiDeadline *
yeji_deadline_begin (GCancellable *outer,
                     guint         seconds)
{
  YejiDeadline *self = g_new0 (YejiDeadline, 1);

  self->cancellable = g_cancellable_new ();
  self->at = g_get_monotonic_time () + seconds * G_TIME_SPAN_SECOND;
  if (outer != NULL)
    {
      self->outer = g_object_ref (outer);
      self->outer_id = g_cancellable_connect (outer, G_CALLBACK (cancel),
                                              g_object_ref (self->cancellable), g_object_unref);
    }
  g_mutex_lock (&mutex);
  if (deadlines == NULL)
    {
      deadlines = g_ptr_array_new ();
      g_thread_unref (g_thread_new ("yeji-deadline", watch, NULL));
    }
  g_ptr_array_add (deadlines, self);
  g_cond_signal (&changed);
  g_mutex_unlock (&mutex);
  return self;
}

/**
 * yeji_deadline_get_cancellable:
 *
 * Returns: (transfer none): what is cancelled
 */
GCancellable *
yeji_deadline_get_cancellable (YejiDeadline *self)
{
  return self->cancellable;
}

/**
 * yeji_deadline_move:
 * @seconds: from now on
 *
 * Sets another limit. One that is over stays over.
 */
void
yeji_deadline_move (YejiDeadline *self,
                    guint         seconds)
{
  g_mutex_lock (&mutex);
  self->at = g_get_monotonic_time () + seconds * G_TIME_SPAN_SECOND;
  g_cond_signal (&changed);
  g_mutex_unlock (&mutex);
}

/**
 * yeji_deadline_end:
 * @self: (transfer full)
 *
 * Ends a deadline. It does not cancel anything any more.
 *
 * Returns: whether it had come
 */
gboolean
yeji_deadline_end (YejiDeadline *self)
{
  gboolean expired;

  if (self->outer != NULL)
    g_cancellable_disconnect (self->outer, self->outer_id);
  g_mutex_lock (&mutex);
  g_ptr_array_remove_fast (deadlines, self);
  expired = self->expired;
  g_cond_signal (&changed);
  g_mutex_unlock (&mutex);
  g_clear_object (&self->outer);
  g_object_unref (self->cancellable);
  g_free (self);
  return expired;
}
