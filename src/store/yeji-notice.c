// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-notice.h"

/**
 * yeji_notice_free:
 * @self: (nullable) (transfer full)
 */
void
yeji_notice_free (YejiNotice *self)
{
  if (self == NULL)
    return;
  g_free (self->kind);
  g_free (self->at);
  g_clear_pointer (&self->details, json_object_unref);
  g_free (self);
}
