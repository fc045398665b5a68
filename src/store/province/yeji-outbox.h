// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A submission that waits to be sent: exactly what the clerk submitted, whatever is typed later. */
typedef struct
{
  gint64 seq;
  char *uuid;
  char *body;                  /* the record, JSON */
  char *files;                 /* JSON array of {slot, sha256, filename} in order */
  char *key;                   /* idempotency key */
  char *base_revision;         /* (nullable): what the province has; NULL: no record */
  char *queued_at;
  guint attempts;
  gint64 next_attempt;         /* monotonic-free: Unix seconds, 0 at once */
  char *message;               /* (nullable): why the last attempt failed */
  gboolean files_follow;       /* the record goes first, its files after it */
  gboolean enqueued;           /* its files are in the queue of transfers, or were */
  guint n_pending;             /* those that wait there */
  gboolean pushed;             /* the province had exactly this body as base_revision */
  gboolean healed;             /* the province had taken it, and has lost it since */
  gint64 acknowledged;         /* the highest revision that the province ever gave the record */
  gint64 content;              /* the highest that is known to have brought a content */
} YejiOutboxItem;

void yeji_outbox_item_free (YejiOutboxItem *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiOutboxItem, yeji_outbox_item_free)

G_END_DECLS
