// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-backup.h"

G_BEGIN_DECLS

/* A whole profile, records and documents, as one file for another computer. It is a zip archive
 * whose entries are stored as they are:
 *
 *   yeji.sqlite              the database; its personal numbers are sealed
 *   vault.json               (if there is one) the keys that open them, themselves wrapped: on the
 *                            other computer the passphrase or the recovery code is wanted
 *   files/ab/abcdef...       the documents, by their SHA-256
 *   manifest.json            {"format": 1, "program", "version" of the schema, "made_at",
 *                            "entries": [{"name", "size", "sha256"}]}
 *
 * `kept_as` of a report is not used here, `n_before` is 0. */

#define YEJI_BUNDLE_SUFFIX ".yeji-profile"

gboolean yeji_bundle_is_bundle    (const char              *path);
gboolean yeji_bundle_write        (YejiStore               *store,
                                   const char              *path,
                                   YejiBackupProgressFunc   progress,
                                   gpointer                 data,
                                   GCancellable            *cancellable,
                                   YejiBackupReport       **report,
                                   GError                 **error);
void     yeji_bundle_write_async  (YejiStore               *store,
                                   const char              *path,
                                   YejiBackupProgressFunc   progress,
                                   gpointer                 data,
                                   GCancellable            *cancellable,
                                   GAsyncReadyCallback      callback,
                                   gpointer                 user_data);
YejiBackupReport *yeji_bundle_write_finish (YejiStore      *store,
                                   GAsyncResult            *result,
                                   GError                 **error);
gboolean yeji_bundle_restore      (const char              *path,
                                   const char              *directory,
                                   YejiBackupProgressFunc   progress,
                                   gpointer                 data,
                                   GCancellable            *cancellable,
                                   YejiBackupReport       **report,
                                   GError                 **error);

G_END_DECLS
