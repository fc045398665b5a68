// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-import-file.h"
#include "yeji-store.h"

G_BEGIN_DECLS

#define YEJI_IMPORT_ERROR (yeji_import_error_quark ())

/**
 * YejiImportError:
 * @YEJI_IMPORT_ERROR_BAD: some cells cannot be taken, and they are not to be left out
 * @YEJI_IMPORT_ERROR_UNCLEAR: it is not clear which record of the profile some are
 * @YEJI_IMPORT_ERROR_NOTHING: there is nothing to import
 */
typedef enum
{
  YEJI_IMPORT_ERROR_BAD,
  YEJI_IMPORT_ERROR_UNCLEAR,
  YEJI_IMPORT_ERROR_NOTHING,
} YejiImportError;

/**
 * YejiImportFate:
 * @YEJI_IMPORT_NEW: a record that the profile has not got
 * @YEJI_IMPORT_UPDATE: one that it has, which says something else
 * @YEJI_IMPORT_SAME: one that says the same
 * @YEJI_IMPORT_FIXED: one that is in the province's hands, or in the bin; it is not touched
 * @YEJI_IMPORT_UNCLEAR: several records are called so; the clerk says which, or that it is new
 * @YEJI_IMPORT_BAD: cells of it cannot be taken, or nothing says which project it is of
 *
 * What becomes of a record of the file.
 */
typedef enum
{
  YEJI_IMPORT_NEW,
  YEJI_IMPORT_UPDATE,
  YEJI_IMPORT_SAME,
  YEJI_IMPORT_FIXED,
  YEJI_IMPORT_UNCLEAR,
  YEJI_IMPORT_BAD,
  N_YEJI_IMPORT_FATES
} YejiImportFate;

typedef struct
{
  YejiImportFate fate;
  char *uuid;                  /* (nullable): of the profile's record, or of the one to be made */
  GStrv candidates;            /* (nullable): uuids, where it is unclear */
  guint n_values;              /* that an update changes in rows that are there */
  guint n_rows;                /* that it adds */
} YejiImportItem;

typedef struct
{
  gboolean skip_bad;           /* leave out what is bad or unclear, instead of everything */
} YejiImportOptions;

/**
 * YejiImportPlan:
 *
 * What importing a file into a profile would do, found before anything is changed. Items are the
 * records of the file, by its numbers. The calls block; they may come from any thread but the
 * database's, one at a time.
 */
#define YEJI_TYPE_IMPORT_PLAN (yeji_import_plan_get_type ())

G_DECLARE_FINAL_TYPE (YejiImportPlan, yeji_import_plan, YEJI, IMPORT_PLAN, GObject)

GQuark                yeji_import_error_quark     (void);
YejiImportPlan       *yeji_import_plan_new        (YejiStore                *store,
                                                   YejiImportFile           *file,
                                                   gboolean                  clear,
                                                   YejiImportProgress        progress,
                                                   gpointer                  progress_data,
                                                   GCancellable             *cancellable,
                                                   GError                  **error);
YejiImportFile       *yeji_import_plan_get_file   (YejiImportPlan           *self);
guint                 yeji_import_plan_get_n      (YejiImportPlan           *self);
const YejiImportItem *yeji_import_plan_get_item   (YejiImportPlan           *self,
                                                   guint                     index);
guint                 yeji_import_plan_count      (YejiImportPlan           *self,
                                                   YejiImportFate            fate);
guint                 yeji_import_plan_get_n_errors (YejiImportPlan         *self);
gboolean              yeji_import_plan_refresh    (YejiImportPlan           *self,
                                                   guint                     index,
                                                   GError                  **error);
gboolean              yeji_import_plan_choose     (YejiImportPlan           *self,
                                                   guint                     index,
                                                   const char               *uuid,
                                                   GError                  **error);
gboolean              yeji_import_plan_check      (YejiImportPlan           *self,
                                                   YejiImportProgress        progress,
                                                   gpointer                  progress_data,
                                                   GCancellable             *cancellable,
                                                   GError                  **error);
gboolean              yeji_import_plan_apply      (YejiImportPlan           *self,
                                                   const YejiImportOptions  *options,
                                                   YejiImportProgress        progress,
                                                   gpointer                  progress_data,
                                                   char                    **batch,
                                                   GCancellable             *cancellable,
                                                   GError                  **error);
guint                 yeji_import_plan_save_bad   (YejiImportPlan           *self,
                                                   const char               *path,
                                                   GError                  **error);

G_END_DECLS
