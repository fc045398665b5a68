// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-backup-private.h"
#include "yeji-bundle.h"

G_BEGIN_DECLS

#define YEJI_BUNDLE_DATABASE "yeji.sqlite"
#define YEJI_BUNDLE_CHEST "vault.json"
#define YEJI_BUNDLE_MANIFEST "manifest.json"
/* In the name of a folder that is being unpacked into, before what makes it the only one. */
#define YEJI_BUNDLE_PART ".part-"

/* What this program writes, and the newest that it reads. */
#define YEJI_BUNDLE_FORMAT 1

/* One file of a bundle. */
typedef struct
{
  char *name;
  guint64 size;
  char *sha256;                /* in hexadecimal; of a document that was damaged not its name */
  gboolean seen;
} YejiBundleEntry;

/* What a bundle says of itself. */
typedef struct
{
  guint version;               /* of the schema */
  GPtrArray *entries;          /* (element-type YejiBundleEntry) */
  GHashTable *by_name;
  guint64 size;                /* of all entries together */
} YejiManifest;

/* How far the work is; shared by the writing and the reading back. */
typedef struct
{
  YejiBackupProgressFunc func; /* (nullable) */
  gpointer data;
  guint64 done;
  guint64 total;
} YejiBundleProgress;

/* yeji-bundle-manifest.c */
YejiManifest *yeji_manifest_new           (guint                version);
void          yeji_manifest_free          (YejiManifest        *self);
gboolean      yeji_manifest_add           (YejiManifest        *self,
                                           const char          *name,
                                           guint64              size,
                                           const char          *sha256);
char         *yeji_manifest_to_text       (YejiManifest        *self);
YejiManifest *yeji_manifest_parse         (const char          *text,
                                           gsize                length,
                                           GError             **error);
gboolean      yeji_manifest_is_file_name  (const char          *name);
void          yeji_bundle_advance         (YejiBundleProgress  *self,
                                           guint64              n_bytes);
gboolean      yeji_bundle_take_io_error   (GError              *io_error,
                                           const char          *path,
                                           GError             **error);

/* yeji-bundle-read.c */
YejiManifest *yeji_bundle_survey          (const char          *path,
                                           GCancellable        *cancellable,
                                           GError             **error);
gboolean      yeji_bundle_unpack          (const char          *path,
                                           YejiManifest        *manifest,
                                           const char          *directory,
                                           YejiBundleProgress  *progress,
                                           GCancellable        *cancellable,
                                           GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiManifest, yeji_manifest_free)

G_END_DECLS
