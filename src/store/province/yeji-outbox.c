// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-outbox"

#include "config.h"

#include "yeji-outbox.h"

void
yeji_outbox_item_free (YejiOutboxItem *self)
{
  if (self == NULL)
    return;
  g_free (self->uuid);
  g_free (self->body);
  g_free (self->files);
  g_free (self->key);
  g_free (self->base_revision);
  g_free (self->queued_at);
  g_free (self->message);
  g_free (self);
}
