// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Steps that are undone together. */
typedef struct
{
  gint64 first;                /* names the group for ever */
  GArray *steps;               /* of gint64: taken back from the last to the first, they undo it */
} YejiUndoGroup;

/* What can be undone and done again, the next one last. Nothing but the history says so. */
typedef struct
{
  GPtrArray *undo;             /* (element-type YejiUndoGroup) */
  GPtrArray *redo;             /* (element-type YejiUndoGroup) */
} YejiUndoStack;

YejiUndoStack       *yeji_undo_stack_new  (GPtrArray           *lines);
void                 yeji_undo_stack_free (YejiUndoStack       *self);
const YejiUndoGroup *yeji_undo_stack_peek (const YejiUndoStack *self,
                                           gboolean             again);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiUndoStack, yeji_undo_stack_free)

G_END_DECLS
