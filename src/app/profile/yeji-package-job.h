// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Work on a package that may take minutes, on a thread of its own, while a bar shows how far it is.
 */
typedef struct _YejiPackageJob YejiPackageJob;

/**
 * YejiPackageWork:
 * @job: to be given with yeji_package_job_advance() to what tells its progress
 *
 * Blocks.
 *
 * Returns: (transfer full): the result, never %NULL; or %NULL with @error set
 */
typedef gpointer (*YejiPackageWork) (YejiPackageJob  *job,
                                     gpointer         data,
                                     GCancellable    *cancellable,
                                     GError         **error);

void     yeji_package_job_run     (GtkProgressBar       *bar,
                                   GCancellable         *cancellable,
                                   YejiPackageWork       work,
                                   gpointer              data,
                                   GDestroyNotify        free_data,
                                   GDestroyNotify        free_result,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
gpointer yeji_package_job_finish  (GAsyncResult         *result,
                                   GError              **error);
void     yeji_package_job_advance (guint64               done,
                                   guint64               total,
                                   gpointer              job);

G_END_DECLS
