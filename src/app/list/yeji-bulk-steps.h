// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-bulk-job.h"
#include "yeji-validator.h"

G_BEGIN_DECLS

/* What yeji_bulk_step_attach() attaches. */
typedef struct
{
  YejiValidator *validator;
  char *slot;
  GPtrArray *files;            /* (element-type GFile) */
} YejiBulkFiles;

/* What yeji_bulk_step_detach() takes back. */
typedef struct
{
  YejiValidator *validator;
  GHashTable *made;            /* uuid -> GPtrArray of ids of attachments */
} YejiBulkMade;

void     yeji_bulk_files_free   (gpointer         data);
void     yeji_bulk_made_free    (gpointer         data);

gboolean yeji_bulk_step_check   (YejiStore       *store,
                                 YejiEntry       *entry,
                                 gpointer         validator,
                                 YejiBulkResult  *result,
                                 GCancellable    *cancellable,
                                 GError         **error);
gboolean yeji_bulk_step_submit  (YejiStore       *store,
                                 YejiEntry       *entry,
                                 gpointer         validator,
                                 YejiBulkResult  *result,
                                 GCancellable    *cancellable,
                                 GError         **error);
gboolean yeji_bulk_step_submit_first (YejiStore  *store,
                                 YejiEntry       *entry,
                                 gpointer         validator,
                                 YejiBulkResult  *result,
                                 GCancellable    *cancellable,
                                 GError         **error);
gboolean yeji_bulk_step_take_back (YejiStore     *store,
                                 YejiEntry       *entry,
                                 gpointer         data,
                                 YejiBulkResult  *result,
                                 GCancellable    *cancellable,
                                 GError         **error);
gboolean yeji_bulk_step_export  (YejiStore       *store,
                                 YejiEntry       *entry,
                                 gpointer         export,
                                 YejiBulkResult  *result,
                                 GCancellable    *cancellable,
                                 GError         **error);
gboolean yeji_bulk_step_attach  (YejiStore       *store,
                                 YejiEntry       *entry,
                                 gpointer         files,
                                 YejiBulkResult  *result,
                                 GCancellable    *cancellable,
                                 GError         **error);
gboolean yeji_bulk_step_detach  (YejiStore       *store,
                                 YejiEntry       *entry,
                                 gpointer         made,
                                 YejiBulkResult  *result,
                                 GCancellable    *cancellable,
                                 GError         **error);

G_END_DECLS
