// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-intake"

#include "config.h"

#include "yeji-intake-progress.h"

#define INTERVAL (G_USEC_PER_SEC / 20)

struct _YejiIntakeTeller
{
  YejiIntakeProgress progress; /* (nullable) */
  gpointer data;
  GMainContext *context;
  gint64 told;                 /* monotonic time */
};

typedef struct
{
  YejiIntakeProgress progress;
  gpointer data;
  guint n_done;
  guint n_all;
} News;

static gboolean
tell (gpointer data)
{
  News *news = data;

  news->progress (news->n_done, news->n_all, news->data);
  return G_SOURCE_REMOVE;
}

/**
 * yeji_intake_teller_new: (skip)
 * @progress: (nullable): called in the thread-default main context of now
 */
YejiIntakeTeller *
yeji_intake_teller_new (YejiIntakeProgress  progress,
                        gpointer            data)
{
  YejiIntakeTeller *self = g_new0 (YejiIntakeTeller, 1);

  self->progress = progress;
  self->data = data;
  self->context = g_main_context_ref_thread_default ();
  return self;
}

void
yeji_intake_teller_free (YejiIntakeTeller *self)
{
  g_main_context_unref (self->context);
  g_free (self);
}

/**
 * yeji_intake_teller_tell: (skip)
 * @at_once: whether it is worth telling although something was told just before
 *
 * From any one thread. What is told before a task returns arrives before its callback.
 */
void
yeji_intake_teller_tell (YejiIntakeTeller *self,
                         guint             n_done,
                         guint             n_all,
                         gboolean          at_once)
{
  gint64 now = g_get_monotonic_time ();
  g_autoptr (GSource) source = NULL;
  News *news;

  if (self->progress == NULL || (!at_once && now - self->told < INTERVAL))
    return;
  self->told = now;
  news = g_new (News, 1);
  news->progress = self->progress;
  news->data = self->data;
  news->n_done = n_done;
  news->n_all = n_all;
  /* an idle source of the priority that a task's callback has: they stay in their order */
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, tell, news, g_free);
  g_source_attach (source, self->context);
}
