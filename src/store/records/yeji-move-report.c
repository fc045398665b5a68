// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-move-report.h"

/**
 * yeji_move_report_free:
 * @self: (nullable) (transfer full)
 *
 * Frees a report.
 */
void
yeji_move_report_free (YejiMoveReport *self)
{
  if (self == NULL)
    return;
  g_free (self->uuid);
  g_free (self->name);
  g_free (self->from);
  g_free (self->to);
  g_free (self->at);
  g_clear_pointer (&self->notes, g_ptr_array_unref);
  g_free (self);
}
