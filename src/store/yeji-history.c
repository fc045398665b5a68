// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-history"

#include "config.h"

#include "yeji-history.h"

void
yeji_history_line_free (YejiHistoryLine *self)
{
  yeji_change_free (self->change);
  g_free (self->at);
  g_free (self->who);
  g_free (self->why);
  g_free (self->batch);
  g_free (self);
}
