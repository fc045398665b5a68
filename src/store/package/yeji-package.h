// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-backup.h"
#include "yeji-undo.h"

G_BEGIN_DECLS

/* Records with their history and documents as one file that a passphrase opens, for another
 * computer; docs/hand-over.md has the format. */

#define YEJI_PACKAGE_ERROR (yeji_package_error_quark ())

#define YEJI_PACKAGE_SUFFIX ".yeji-package"
#define YEJI_PACKAGE_MEDIA_TYPE "application/x-yeji-package"

/**
 * YejiPackageError:
 * @YEJI_PACKAGE_ERROR_FILE: a file cannot be read, written, synced or renamed
 * @YEJI_PACKAGE_ERROR_FOREIGN: the file is no package
 * @YEJI_PACKAGE_ERROR_NEWER: a newer version of the program made it
 * @YEJI_PACKAGE_ERROR_PASSPHRASE: the passphrase is another one
 * @YEJI_PACKAGE_ERROR_DAMAGED: it was altered, is cut off, or holds what no package holds
 * @YEJI_PACKAGE_ERROR_COST: it asks for more memory or work than there is
 * @YEJI_PACKAGE_ERROR_FULL: there is no room for it on the disk
 * @YEJI_PACKAGE_ERROR_ENTERPRISE: it is of another enterprise than the profile
 * @YEJI_PACKAGE_ERROR_NOTHING: there is nothing to pack
 */
typedef enum
{
  YEJI_PACKAGE_ERROR_FILE,
  YEJI_PACKAGE_ERROR_FOREIGN,
  YEJI_PACKAGE_ERROR_NEWER,
  YEJI_PACKAGE_ERROR_PASSPHRASE,
  YEJI_PACKAGE_ERROR_DAMAGED,
  YEJI_PACKAGE_ERROR_COST,
  YEJI_PACKAGE_ERROR_FULL,
  YEJI_PACKAGE_ERROR_ENTERPRISE,
  YEJI_PACKAGE_ERROR_NOTHING,
} YejiPackageError;

/**
 * YejiPackageReport:
 * @n_records: how many records are in it
 * @n_documents: how many documents they have, in their slots
 * @n_bytes: of the contents, each counted once
 * @missing: (element-type utf8): file names of documents whose contents are not in the profile
 *
 * What is packed, or would be.
 */
typedef struct
{
  guint n_records;
  guint n_documents;
  guint64 n_bytes;
  GPtrArray *missing;
} YejiPackageReport;

/**
 * YejiTakeKind:
 * @YEJI_TAKE_NEW: it was not here
 * @YEJI_TAKE_SAME: it is here, and says the same
 * @YEJI_TAKE_OLDER: what came is what the one here was made of: there is nothing to take
 * @YEJI_TAKE_FOLLOWED: only there it was gone on with: the one here says what came now
 * @YEJI_TAKE_MERGED: both were gone on with, in different places
 * @YEJI_TAKE_CONFLICT: merged, and the clerk is asked about some places
 * @YEJI_TAKE_FIXED: the province has it in its hands here, so that it stays as it is
 *
 * What becomes of a record that comes.
 */
typedef enum
{
  YEJI_TAKE_NEW,
  YEJI_TAKE_SAME,
  YEJI_TAKE_OLDER,
  YEJI_TAKE_FOLLOWED,
  YEJI_TAKE_MERGED,
  YEJI_TAKE_CONFLICT,
  YEJI_TAKE_FIXED,
  N_YEJI_TAKE_KINDS
} YejiTakeKind;

/**
 * YejiTakeItem:
 * @name: of the project, maybe ""
 * @version: (nullable): of a dictionary that is not known here, under which it was written; it was
 *     read under the present one
 * @restored: it was in the bin here, and is taken out
 * @n_conflicts: places that the clerk is asked about
 * @n_documents: documents that are new to it here
 * @n_to_tray: those that came into the tray, their slot being full or of another kind
 *
 * One record of a package.
 */
typedef struct
{
  char *uuid;
  char *name;
  YejiTakeKind kind;
  char *version;
  gboolean restored;
  guint n_conflicts;
  guint n_documents;
  guint n_to_tray;
} YejiTakeItem;

/**
 * YejiTakeReport:
 * @items: (element-type YejiTakeItem): in the order of the package
 * @batch: (nullable): for yeji_package_undo(); %NULL when nothing was changed
 * @missing: (element-type utf8): file names of documents whose contents are neither in the package
 *     nor here
 *
 * What became of a package, or would.
 */
typedef struct
{
  GPtrArray *items;
  char *batch;
  GPtrArray *missing;
} YejiTakeReport;

/* A file that was opened with its passphrase. For one thread at a time. */
typedef struct _YejiPackage YejiPackage;

GQuark         yeji_package_error_quark     (void);
gboolean       yeji_package_is_package      (const char              *path);
void           yeji_package_report_free     (YejiPackageReport       *self);
void           yeji_take_report_free        (YejiTakeReport          *self);
const char    *yeji_take_kind_to_text       (YejiTakeKind             kind);

/* yeji-package-write.c. @uuids: (nullable): %NULL for all records that are not in the bin */
YejiPackageReport *yeji_package_measure     (YejiStore               *store,
                                             const char *const       *uuids,
                                             GError                 **error);
gboolean       yeji_package_write           (YejiStore               *store,
                                             const char              *path,
                                             const char *const       *uuids,
                                             const char              *passphrase,
                                             YejiBackupProgressFunc   progress,
                                             gpointer                 data,
                                             GCancellable            *cancellable,
                                             YejiPackageReport      **report,
                                             GError                 **error);

/* yeji-package-read.c */
YejiPackage   *yeji_package_open            (const char              *path,
                                             const char              *passphrase,
                                             GCancellable            *cancellable,
                                             GError                 **error);
void           yeji_package_free            (YejiPackage             *self);
const char    *yeji_package_get_path        (YejiPackage             *self);
const char    *yeji_package_get_made_at     (YejiPackage             *self);
const char    *yeji_package_get_made_by     (YejiPackage             *self);
const char    *yeji_package_get_enterprise  (YejiPackage             *self);
const char    *yeji_package_get_code        (YejiPackage             *self);
guint          yeji_package_get_n_records   (YejiPackage             *self);
guint          yeji_package_get_n_documents (YejiPackage             *self);
guint64        yeji_package_get_n_bytes     (YejiPackage             *self);

/* yeji-package-take.c */
gboolean       yeji_package_check_enterprise (YejiPackage            *self,
                                             YejiStore               *store,
                                             GError                 **error);
YejiTakeReport *yeji_package_plan           (YejiPackage             *self,
                                             YejiStore               *store,
                                             YejiBackupProgressFunc   progress,
                                             gpointer                 data,
                                             GCancellable            *cancellable,
                                             GError                 **error);
YejiTakeReport *yeji_package_take           (YejiPackage             *self,
                                             YejiStore               *store,
                                             YejiBackupProgressFunc   progress,
                                             gpointer                 data,
                                             GCancellable            *cancellable,
                                             GError                 **error);

/* yeji-package-undo.c */
YejiBatchUndo *yeji_package_undo            (YejiStore               *store,
                                             const char              *batch,
                                             GError                 **error);
char          *yeji_package_find_last       (YejiStore               *store,
                                             GError                 **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiPackage, yeji_package_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiPackageReport, yeji_package_report_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiTakeReport, yeji_take_report_free)

G_END_DECLS
