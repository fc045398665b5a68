// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-estimate.h"

/* What is older does not say how the line is now. */
#define WINDOW 30
#define SPEED_WINDOW 5
#define N_SAMPLES 64
/* Before so much is known nothing is said: seconds, bytes or requests. */
#define LEAST_TIME 3.0
#define LEAST_BYTES (256 * 1024)
#define LEAST_REQUESTS 5
/* Requests of sizes that differ by so much tell what one costs whatever its size. */
#define SPREAD 4
/* Nobody plans by it, and the line will have changed. */
#define LONGEST (7 * 24 * 3600)

typedef struct
{
  gint64 second;
  gint64 n_bytes;
  guint n_requests;
} Slot;

typedef struct
{
  double duration;             /* seconds */
  double n_bytes;
} Sample;

struct _YejiEstimate
{
  gint64 began;                /* 0: nothing has been seen */
  Slot slots[WINDOW + 1];      /* one a second, by its number */
  Sample samples[N_SAMPLES];   /* the last requests */
  guint n_samples;             /* ever */
};

/**
 * yeji_estimate_new:
 *
 * Returns: (transfer full): an estimate that knows nothing
 */
YejiEstimate *
yeji_estimate_new (void)
{
  return g_new0 (YejiEstimate, 1);
}

/**
 * yeji_estimate_free:
 * @self: (nullable) (transfer full)
 *
 * Frees an estimate.
 */
void
yeji_estimate_free (YejiEstimate *self)
{
  g_free (self);
}

/**
 * yeji_estimate_reset:
 *
 * Forgets what was seen: sending begins, after a pause for instance, whose time does not count.
 */
void
yeji_estimate_reset (YejiEstimate *self,
                     gint64        now)
{
  *self = (YejiEstimate) { .began = now };
}

static Slot *
get_slot (YejiEstimate *self,
          gint64        now)
{
  gint64 second = now / G_USEC_PER_SEC;
  Slot *slot = &self->slots[second % (WINDOW + 1)];

  if (self->began == 0)
    self->began = now;
  if (slot->second != second)
    *slot = (Slot) { .second = second };
  return slot;
}

/**
 * yeji_estimate_add_bytes:
 *
 * Counts bytes that have just left.
 */
void
yeji_estimate_add_bytes (YejiEstimate *self,
                         gint64        now,
                         gint64        n_bytes)
{
  get_slot (self, now)->n_bytes += n_bytes;
}

/**
 * yeji_estimate_add_request:
 * @duration: from its beginning to its answer
 * @n_bytes: of its body
 *
 * Counts a request that was answered. Its bytes were counted as they left.
 */
void
yeji_estimate_add_request (YejiEstimate *self,
                           gint64        now,
                           gint64        duration,
                           gint64        n_bytes)
{
  Sample *sample = &self->samples[self->n_samples++ % N_SAMPLES];

  get_slot (self, now)->n_requests++;
  sample->duration = (double) duration / G_USEC_PER_SEC;
  sample->n_bytes = (double) n_bytes;
}

/* What the last seconds saw, and how many seconds that were. */
static double
sum_up (YejiEstimate *self,
        gint64        now,
        int           window,
        gint64       *n_bytes,
        guint        *n_requests)
{
  gint64 first = now / G_USEC_PER_SEC - window + 1;
  gint64 since = MAX (self->began, first * G_USEC_PER_SEC);

  *n_bytes = 0;
  *n_requests = 0;
  if (self->began == 0)
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (self->slots); i++)
    if (self->slots[i].second >= first)
      {
        *n_bytes += self->slots[i].n_bytes;
        *n_requests += self->slots[i].n_requests;
      }
  return (double) (now - since) / G_USEC_PER_SEC;
}

/* What a request costs beside its bytes, in seconds: where the line through the samples meets no
 * bytes at all. Samples of one size do not say, and need not: what is left is like them then. */
static double
get_request_time (YejiEstimate *self)
{
  guint n = MIN (self->n_samples, N_SAMPLES);
  double sum_x = 0, sum_y = 0, sum_xx = 0, sum_xy = 0;
  double shortest = G_MAXDOUBLE, least = G_MAXDOUBLE, most = 0;
  double spread, slope;

  if (n < LEAST_REQUESTS)
    return 0;
  for (guint i = 0; i < n; i++)
    {
      double x = self->samples[i].n_bytes, y = self->samples[i].duration;

      sum_x += x;
      sum_y += y;
      sum_xx += x * x;
      sum_xy += x * y;
      shortest = MIN (shortest, y);
      least = MIN (least, x);
      most = MAX (most, x);
    }
  spread = n * sum_xx - sum_x * sum_x;
  if (most < SPREAD * MAX (least, 1) || spread <= 0)
    return 0;
  slope = (n * sum_xy - sum_x * sum_y) / spread;
  return CLAMP ((sum_y - slope * sum_x) / n, 0, shortest);
}

/**
 * yeji_estimate_get_speed:
 *
 * Returns: bytes a second, of the last five
 */
double
yeji_estimate_get_speed (YejiEstimate *self,
                         gint64        now)
{
  gint64 n_bytes;
  guint n_requests;
  double time = sum_up (self, now, SPEED_WINDOW, &n_bytes, &n_requests);

  return time >= 0.5 ? (double) n_bytes / time : 0;
}

/**
 * yeji_estimate_get_seconds:
 * @requests_left: how many it will take at least
 * @workers: how many requests run at once
 *
 * Tells how long the rest will take if the line goes on as in the last 30 seconds. Many small files
 * cost the time of their requests, large ones that of their bytes; both are counted.
 *
 * Returns: seconds, -1 when too little is known to say anything
 */
int
yeji_estimate_get_seconds (YejiEstimate *self,
                           gint64        now,
                           gint64        bytes_left,
                           guint         requests_left,
                           guint         workers)
{
  gint64 n_bytes;
  guint n_requests;
  double time = sum_up (self, now, WINDOW, &n_bytes, &n_requests);
  double request_time = get_request_time (self);
  double of_bytes, seconds;

  if (bytes_left == 0 && requests_left == 0)
    return 0;
  if (time < LEAST_TIME || n_bytes == 0
      || (n_bytes < LEAST_BYTES && n_requests < LEAST_REQUESTS))
    return -1;
  workers = MAX (workers, 1);
  /* the time in which bytes went, all requests of the window together taken as one line */
  of_bytes = MAX (time - n_requests * request_time / workers, time / 10);
  seconds = (double) bytes_left * of_bytes / (double) n_bytes
            + requests_left * request_time / MIN (workers, MAX (requests_left, 1));
  return seconds < LONGEST ? (int) (seconds + 0.5) : -1;
}
