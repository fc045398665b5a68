// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-import-plan.h"
#include "yeji-package-job.h"

G_BEGIN_DECLS

/* How many of its first rows the clerk sees of a sheet. */
#define YEJI_IMPORT_N_SAMPLES 3

/* What an import does on a thread of its own, step by step. */
typedef struct
{
  YejiStore *store;
  char *path;
  YejiNormaliser *normaliser;
  YejiNormaliser *offers;      /* the same, for the main thread */
  YejiImportLayout *layout;    /* (nullable): found, then changed by the clerk */
  GPtrArray *samples;          /* (nullable) (element-type GPtrArray): see below */
  gboolean is_known;           /* a file of the kind was imported before */
  char *role;                  /* (nullable): of records of which the file does not say it */
  gboolean clear;              /* empty cells clear values */
  gboolean skip_bad;
  char *saved;                 /* (nullable): where bad rows go */
  YejiImportPlan *plan;        /* (nullable) */
  char *batch;                 /* (nullable): what was imported, to be undone */
  guint n_saved;               /* rows */
} YejiImportWork;

YejiImportWork *yeji_import_work_new        (YejiStore         *store,
                                             const char        *path);
YejiImportWork *yeji_import_work_ref        (YejiImportWork    *self);
void            yeji_import_work_unref      (gpointer           self);
gpointer        yeji_import_work_look       (YejiPackageJob    *job,
                                             gpointer           self,
                                             GCancellable      *cancellable,
                                             GError           **error);
gpointer        yeji_import_work_read       (YejiPackageJob    *job,
                                             gpointer           self,
                                             GCancellable      *cancellable,
                                             GError           **error);
gpointer        yeji_import_work_plan       (YejiPackageJob    *job,
                                             gpointer           self,
                                             GCancellable      *cancellable,
                                             GError           **error);
gpointer        yeji_import_work_apply      (YejiPackageJob    *job,
                                             gpointer           self,
                                             GCancellable      *cancellable,
                                             GError           **error);
gpointer        yeji_import_work_save_bad   (YejiPackageJob    *job,
                                             gpointer           self,
                                             GCancellable      *cancellable,
                                             GError           **error);
gboolean        yeji_import_work_is_sure    (YejiImportWork    *self);
char           *yeji_import_work_get_samples (YejiImportWork   *self,
                                             guint              sheet,
                                             guint              column);

G_END_DECLS
