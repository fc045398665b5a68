// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-examiner.h"
#include "yeji-intake-item.h"
#include "yeji-store.h"

G_BEGIN_DECLS

/* Called in the main context in which the operation was started, at most 20 times a second and once
 * at the end; @n_all is 0 as long as it is not known. */
typedef void (*YejiIntakeProgress) (guint    n_done,
                                    guint    n_all,
                                    gpointer user_data);

/**
 * YejiIntakePlan:
 *
 * What is to become of files that come in: a #GListModel of #YejiIntakeItem, in the order of
 * record, slot and page, what goes to the tray last. Nothing is done before it is carried out. All blocking
 * work is done on other threads, and no callback of it takes long; use it in one main context.
 *
 * Properties: shrink (boolean, TRUE: whether files above the limit are taken shrunk, the original
 * kept), n-included, n-placed, n-tray, n-unsure, n-problems (uint; of what is included: all, those
 * with record and slot, those without, those whose certainty is a guess, those with a warning or
 * an error, which count too when they are left out for that), size (int64, of what is included).
 */
#define YEJI_TYPE_INTAKE_PLAN (yeji_intake_plan_get_type ())

G_DECLARE_FINAL_TYPE (YejiIntakePlan, yeji_intake_plan, YEJI, INTAKE_PLAN, GObject)

/* One file that was not taken, and why, translated. */
typedef struct
{
  char *path;
  char *message;
} YejiIntakeFailure;

/**
 * YejiTaken:
 * @batch: (nullable): what undoes all of it, see yeji_intake_undo_async(); %NULL when nothing was
 *     taken
 * @n_placed: files that are in slots now
 * @n_tray: files that are in the tray now
 * @n_there: files that were there already, counted in neither
 * @uuids: the records that got files
 * @failures: (element-type YejiIntakeFailure): what was not taken
 *
 * What became of a plan.
 */
typedef struct
{
  char *batch;
  guint n_placed;
  guint n_tray;
  guint n_there;
  GStrv uuids;
  GPtrArray *failures;
} YejiTaken;

void            yeji_taken_free                  (YejiTaken            *self);

void            yeji_intake_plan_make_async      (YejiStore            *store,
                                                  GFile * const        *roots,
                                                  guint                 n_roots,
                                                  const char           *uuid,
                                                  const char           *slot,
                                                  YejiIntakeProgress    progress,
                                                  gpointer              progress_data,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
YejiIntakePlan *yeji_intake_plan_make_finish     (GAsyncResult         *result,
                                                  GError              **error);
void            yeji_intake_plan_close           (YejiIntakePlan       *self);

YejiStore      *yeji_intake_plan_get_store       (YejiIntakePlan       *self);
GPtrArray      *yeji_intake_plan_get_skipped     (YejiIntakePlan       *self);
GPtrArray      *yeji_intake_plan_get_records     (YejiIntakePlan       *self);
void            yeji_intake_plan_set_target      (YejiIntakePlan       *self,
                                                  GPtrArray            *items,
                                                  const char           *uuid,
                                                  const char           *slot);
void            yeji_intake_plan_move            (YejiIntakePlan       *self,
                                                  YejiIntakeItem       *item,
                                                  guint                 position);
void            yeji_intake_plan_use_shrunk      (YejiIntakePlan       *self,
                                                  YejiIntakeItem       *item,
                                                  GFile                *smaller,
                                                  const YejiFindings   *findings);
gboolean        yeji_intake_plan_get_shrink      (YejiIntakePlan       *self);
void            yeji_intake_plan_set_shrink      (YejiIntakePlan       *self,
                                                  gboolean              shrink);

void            yeji_intake_plan_examine_async   (YejiIntakePlan       *self,
                                                  YejiExaminer         *examiner,
                                                  YejiIntakeProgress    progress,
                                                  gpointer              progress_data,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
gboolean        yeji_intake_plan_examine_finish  (YejiIntakePlan       *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);
void            yeji_intake_plan_combine_async   (YejiIntakePlan       *self,
                                                  GPtrArray            *items,
                                                  YejiExaminer         *examiner,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
YejiIntakeItem *yeji_intake_plan_combine_finish  (YejiIntakePlan       *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);
void            yeji_intake_plan_carry_out_async (YejiIntakePlan       *self,
                                                  YejiIntakeProgress    progress,
                                                  gpointer              progress_data,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
YejiTaken      *yeji_intake_plan_carry_out_finish (YejiIntakePlan      *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);
void            yeji_intake_undo_async           (YejiStore            *store,
                                                  const char           *batch,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
gboolean        yeji_intake_undo_finish          (YejiStore            *store,
                                                  GAsyncResult         *result,
                                                  GPtrArray           **left,
                                                  GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiTaken, yeji_taken_free)

G_END_DECLS
