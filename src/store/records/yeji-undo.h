// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

G_BEGIN_DECLS

#define YEJI_UNDO_ERROR (yeji_undo_error_quark ())

/**
 * YejiUndoError:
 * @YEJI_UNDO_ERROR_NOTHING: there is nothing to undo or to do again
 * @YEJI_UNDO_ERROR_TIME: the record was not there yet at that time
 */
typedef enum
{
  YEJI_UNDO_ERROR_NOTHING,
  YEJI_UNDO_ERROR_TIME,
} YejiUndoError;

/**
 * YejiUndo:
 * @step: the new step of the history
 * @undoes: the first step that was undone or done again
 * @why: why that one was made
 * @changes: (element-type YejiChange): what was changed in the record now, before being what it was
 *     until now
 * @record: the record as it is now
 *
 * What yeji_store_undo() or yeji_store_redo() has done.
 */
typedef struct
{
  gint64 step;
  gint64 undoes;
  char *why;
  GPtrArray *changes;
  YejiRecord *record;
} YejiUndo;

/* The first step that would be undone, and that would be done again; 0 where there is none. */
typedef struct
{
  gint64 undo;
  gint64 redo;
} YejiUndoState;

/* What became of the records of a bulk change, their uuids: those that it made are in the bin,
 * those that it changed are as before, and those that were changed since are left alone. */
typedef struct
{
  GPtrArray *removed;
  GPtrArray *reverted;
  GPtrArray *left;
} YejiBatchUndo;

GQuark         yeji_undo_error_quark        (void);
void           yeji_undo_free               (YejiUndo             *self);
void           yeji_batch_undo_free         (YejiBatchUndo        *self);

YejiUndo      *yeji_store_undo              (YejiStore            *self,
                                             const char           *uuid,
                                             GError              **error);
YejiUndo      *yeji_store_redo              (YejiStore            *self,
                                             const char           *uuid,
                                             GError              **error);
void           yeji_store_undo_async        (YejiStore            *self,
                                             const char           *uuid,
                                             gboolean              again,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
YejiUndo      *yeji_store_undo_finish       (YejiStore            *self,
                                             GAsyncResult         *result,
                                             GError              **error);
gboolean       yeji_store_get_undo_state    (YejiStore            *self,
                                             const char           *uuid,
                                             YejiUndoState        *state,
                                             GError              **error);

gboolean       yeji_store_save_batch        (YejiStore            *self,
                                             GPtrArray            *records,
                                             GPtrArray            *facts,
                                             const char           *why,
                                             char                **batch,
                                             GError              **error);
YejiBatchUndo *yeji_store_undo_batch        (YejiStore            *self,
                                             const char           *batch,
                                             GError              **error);

YejiRecord    *yeji_store_load_at           (YejiStore            *self,
                                             const char           *uuid,
                                             const char           *at,
                                             GError              **error);
GPtrArray     *yeji_store_get_field_history (YejiStore            *self,
                                             const char           *uuid,
                                             const char           *table,
                                             const char           *row,
                                             const char           *field,
                                             GError              **error);
gboolean       yeji_store_compact_history   (YejiStore            *self,
                                             GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiUndo, yeji_undo_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiBatchUndo, yeji_batch_undo_free)

G_END_DECLS
