// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-estimate.h"

#include <math.h>

#define WORKERS 3
#define TICK 10000
#define SMALL_FILE (2 * 1024 * 1024)
#define PIECE (4 * 1024 * 1024)
#define MOST_FILES 4096
#define LONGEST 2000

/* A line in small: its bytes are shared by the workers, and each request waits for the way there
 * and back before its bytes go. */
typedef struct
{
  gint64 rate;                 /* bytes a second */
  gint64 later_rate;           /* from `change` on */
  int change;                  /* seconds, 0: never */
  int latency;                 /* milliseconds of a request */
  struct { guint n; gint64 size; } files[3];
} Line;

typedef struct
{
  gint64 left;                 /* of the request; -1: no request */
  gint64 size;
  gint64 waits;                /* microseconds until its bytes go */
  gint64 began;
} Request;

typedef struct
{
  const Line *line;
  YejiEstimate *estimate;
  Request requests[WORKERS];
  gint64 sizes[MOST_FILES];    /* of requests to come, in order */
  guint n_sizes;
  guint next;
  gint64 now;
  gint64 bytes_left;
  int estimates[LONGEST];      /* by second */
} Simulation;

static void
add_file (Simulation *self,
          gint64      size)
{
  if (size > SMALL_FILE)
    self->sizes[self->n_sizes++] = 0;   /* the creation */
  for (gint64 at = 0; at < size; at += PIECE)
    self->sizes[self->n_sizes++] = MIN (PIECE, size - at);
  g_assert_cmpuint (self->n_sizes, <, MOST_FILES);
  self->bytes_left += size;
}

static guint
count_requests_left (Simulation *self)
{
  guint count = self->n_sizes - self->next;

  for (guint i = 0; i < WORKERS; i++)
    count += self->requests[i].left >= 0;
  return count;
}

static void
tick (Simulation *self)
{
  gint64 seconds = self->now / G_USEC_PER_SEC - 1;
  gint64 rate = self->line->change > 0 && seconds >= self->line->change ? self->line->later_rate
                                                                        : self->line->rate;
  guint n_sending = 0;

  for (guint i = 0; i < WORKERS; i++)
    {
      Request *request = &self->requests[i];

      if (request->left < 0 && self->next < self->n_sizes)
        {
          request->size = request->left = self->sizes[self->next++];
          request->waits = (gint64) self->line->latency * 1000;
          request->began = self->now;
        }
      request->waits -= TICK;
      n_sending += request->left > 0 && request->waits <= 0;
    }
  for (guint i = 0; i < WORKERS; i++)
    {
      Request *request = &self->requests[i];
      gint64 moved;

      if (request->left < 0 || request->waits > 0)
        continue;
      moved = n_sending > 0 ? MIN (request->left, rate * TICK / G_USEC_PER_SEC / n_sending) : 0;
      request->left -= moved;
      self->bytes_left -= moved;
      if (moved > 0)
        yeji_estimate_add_bytes (self->estimate, self->now, moved);
      if (request->left == 0)
        {
          yeji_estimate_add_request (self->estimate, self->now, self->now - request->began,
                                     request->size);
          request->left = -1;
        }
    }
  self->now += TICK;
}

/* Returns: how many seconds it took. */
static int
simulate (Simulation *self,
          const Line *line)
{
  *self = (Simulation) { .line = line, .estimate = yeji_estimate_new (), .now = G_USEC_PER_SEC };
  for (guint i = 0; i < WORKERS; i++)
    self->requests[i].left = -1;
  for (guint i = 0; i < G_N_ELEMENTS (line->files); i++)
    for (guint j = 0; j < line->files[i].n; j++)
      add_file (self, line->files[i].size);

  yeji_estimate_reset (self->estimate, self->now);
  while (self->bytes_left > 0)
    {
      gint64 second = self->now / G_USEC_PER_SEC - 1;

      g_assert_cmpint (second, <, LONGEST);
      if (self->now % G_USEC_PER_SEC == 0)
        self->estimates[second] = yeji_estimate_get_seconds (self->estimate, self->now,
                                                             self->bytes_left,
                                                             count_requests_left (self), WORKERS);
      tick (self);
    }
  yeji_estimate_free (self->estimate);
  return (int) (self->now / G_USEC_PER_SEC - 1);
}

static void
test_tells_the_truth (void)
{
  static const struct
  {
    Line line;
    int at;                    /* seconds */
    double tolerance;
  } cases[] = {
    /* large files, a steady line */
    { { 1000000, 0, 0, 50, { { 20, 5000000 } } }, 5, 0.15 },
    { { 50000, 0, 0, 200, { { 3, 3000000 } } }, 20, 0.15 },
    /* small files cost requests: at first, in the middle */
    { { 10000000, 0, 0, 60, { { 1500, 20000 } } }, 4, 0.15 },
    { { 10000000, 0, 0, 60, { { 1500, 20000 } } }, 15, 0.15 },
    /* the line becomes slower, or faster */
    { { 1000000, 200000, 20, 50, { { 20, 5000000 } } }, 52, 0.15 },
    { { 200000, 1000000, 20, 50, { { 20, 5000000 } } }, 52, 0.15 },
    /* large ones first, and small ones whose requests are to be counted */
    { { 2000000, 0, 0, 90, { { 4, 15000000 }, { 900, 10000 } } }, 20, 0.25 },
    /* and the other way round, once large ones go */
    { { 2000000, 0, 0, 90, { { 300, 10000 }, { 8, 15000000 } } }, 30, 0.25 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree Simulation *simulation = g_new (Simulation, 1);
      int end = simulate (simulation, &cases[i].line);
      int left = end - cases[i].at;
      int estimate = simulation->estimates[cases[i].at];

      g_test_message ("case %u: %d s left, estimated %d s", i, left, estimate);
      g_assert_cmpint (left, >, 5);
      g_assert_cmpfloat (ABS (estimate - left), <=, MAX (left * cases[i].tolerance, 2));
    }
}

static void
test_says_nothing_too_early (void)
{
  static const Line line = { 1000000, 0, 0, 50, { { 20, 5000000 } } };
  g_autofree Simulation *simulation = g_new (Simulation, 1);

  simulate (simulation, &line);
  g_assert_cmpint (simulation->estimates[1], ==, -1);
  g_assert_cmpint (simulation->estimates[2], ==, -1);
  g_assert_cmpint (simulation->estimates[4], >, 0);
}

static void
test_says_nothing_when_nothing_moves (void)
{
  static const Line line = { 1000000, 1, 10, 50, { { 20, 5000000 } } };
  g_autoptr (YejiEstimate) estimate = yeji_estimate_new ();
  gint64 now = 1000000;

  yeji_estimate_reset (estimate, now);
  for (; now < 11000000; now += TICK)
    yeji_estimate_add_bytes (estimate, now, line.rate * TICK / G_USEC_PER_SEC);
  g_assert_cmpint (yeji_estimate_get_seconds (estimate, now, 10000000, 10, WORKERS), ==, 10);
  g_assert_cmpfloat (fabs (yeji_estimate_get_speed (estimate, now) - 1000000), <, 50000);
  now += 6 * G_USEC_PER_SEC;
  g_assert_cmpfloat (yeji_estimate_get_speed (estimate, now), <, 1);
  now += 30 * G_USEC_PER_SEC;
  g_assert_cmpint (yeji_estimate_get_seconds (estimate, now, 10000000, 10, WORKERS), ==, -1);
  g_assert_cmpint (yeji_estimate_get_seconds (estimate, now, 0, 0, WORKERS), ==, 0);
  /* what was before a pause does not count */
  yeji_estimate_reset (estimate, now);
  g_assert_cmpint (yeji_estimate_get_seconds (estimate, now, 10000000, 10, WORKERS), ==, -1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/estimate/tells-the-truth", test_tells_the_truth);
  g_test_add_func ("/sync/estimate/says-nothing-too-early", test_says_nothing_too_early);
  g_test_add_func ("/sync/estimate/says-nothing-when-nothing-moves",
                   test_says_nothing_when_nothing_moves);
  return g_test_run ();
}
