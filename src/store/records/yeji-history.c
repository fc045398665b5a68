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

/**
 * yeji_history_line_is_elsewhere:
 *
 * Returns: whether it tells what was done on another computer; to be read, and never undone here
 */
gboolean
yeji_history_line_is_elsewhere (const YejiHistoryLine *self)
{
  return g_str_has_prefix (self->why, YEJI_HISTORY_ELSEWHERE);
}

/**
 * yeji_history_line_is_taken:
 *
 * Returns: whether it says that the record was handed over, and nothing else
 */
gboolean
yeji_history_line_is_taken (const YejiHistoryLine *self)
{
  return *self->change->table == '\0' && g_str_equal (self->change->field, YEJI_HISTORY_TAKEN);
}

/**
 * yeji_history_line_is_idle:
 *
 * Returns: whether it changed nothing in the record: it was put into the bin or taken out of it, or
 * this was done elsewhere
 */
gboolean
yeji_history_line_is_idle (const YejiHistoryLine *self)
{
  return yeji_change_is_bin (self->change) || yeji_history_line_is_taken (self)
    || yeji_history_line_is_elsewhere (self);
}
