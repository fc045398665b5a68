// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * YejiBulkResult:
 * @name: (nullable): of the record; %NULL when it could not even be found
 * @done: whether it was done with this record
 * @n_errors: that a check found
 * @n_warnings: that a check found
 * @text: (nullable): why it was not done, or what is wrong, in the user's language
 * @made: (element-type utf8): ids of what was made, to be undone
 *
 * What became of one record.
 */
typedef struct
{
  char *uuid;
  char *name;
  gboolean done;
  guint n_errors;
  guint n_warnings;
  char *text;
  GPtrArray *made;
} YejiBulkResult;

/**
 * YejiBulkStep:
 * @entry: one of the records
 * @data: of the job
 * @result: filled in where there is more to say than that it was done
 *
 * Does it with one record, on a thread of its own.
 *
 * Returns: whether it was done; %FALSE with @error set, or with a text in @result
 */
typedef gboolean (*YejiBulkStep) (YejiStore       *store,
                                  YejiEntry       *entry,
                                  gpointer         data,
                                  YejiBulkResult  *result,
                                  GCancellable    *cancellable,
                                  GError         **error);

typedef void (*YejiBulkProgress) (guint    n_done,
                                  guint    n_all,
                                  gpointer user_data);

void       yeji_bulk_job_run_async  (YejiStore           *store,
                                     const char * const  *uuids,
                                     YejiBulkStep         step,
                                     gpointer             data,
                                     GDestroyNotify       free_data,
                                     YejiBulkProgress     progress,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
GPtrArray *yeji_bulk_job_run_finish (GAsyncResult        *result);

G_END_DECLS
