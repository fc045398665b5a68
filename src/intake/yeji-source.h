// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Where files come from: folders, single files, archives. Not thread-safe; one thread at a time. */
typedef struct _YejiSource YejiSource;

/**
 * YejiSkipReason:
 * @YEJI_SKIP_UNREADABLE: it, or the folder, cannot be read
 * @YEJI_SKIP_SPECIAL: no plain file: a device, a pipe
 * @YEJI_SKIP_LINK: a symbolic link, which is not followed
 * @YEJI_SKIP_EMPTY: it has no content
 * @YEJI_SKIP_DEEP: more folders in folders than %YEJI_SOURCE_MAX_DEPTH
 * @YEJI_SKIP_COUNT: more files than %YEJI_SOURCE_MAX_FILES; this one and all behind it are left out
 * @YEJI_SKIP_SIZE: what is unpacked is larger than %YEJI_SOURCE_MAX_SIZE in all
 * @YEJI_SKIP_BOMB: it unpacks to more than %YEJI_SOURCE_MAX_RATIO times what lies in the archive
 * @YEJI_SKIP_ENCRYPTED: a password is needed
 * @YEJI_SKIP_NAME: a name that cannot be read or leads out of the archive
 * @YEJI_SKIP_NESTED: an archive inside an archive
 * @YEJI_SKIP_DAMAGED: the archive is damaged or cut off here
 * @YEJI_SKIP_FOREIGN: an archive of a kind that must be unpacked first, such as RAR
 *
 * Why a file does not come in.
 */
typedef enum
{
  YEJI_SKIP_UNREADABLE,
  YEJI_SKIP_SPECIAL,
  YEJI_SKIP_LINK,
  YEJI_SKIP_EMPTY,
  YEJI_SKIP_DEEP,
  YEJI_SKIP_COUNT,
  YEJI_SKIP_SIZE,
  YEJI_SKIP_BOMB,
  YEJI_SKIP_ENCRYPTED,
  YEJI_SKIP_NAME,
  YEJI_SKIP_NESTED,
  YEJI_SKIP_DAMAGED,
  YEJI_SKIP_FOREIGN,
  N_YEJI_SKIP_REASONS
} YejiSkipReason;

#define YEJI_SOURCE_MAX_FILES 20000
#define YEJI_SOURCE_MAX_DEPTH 32
#define YEJI_SOURCE_MAX_SIZE G_GINT64_CONSTANT (8589934592)
#define YEJI_SOURCE_MAX_RATIO 200

/**
 * YejiSourceFile:
 * @path: as it came, relative: the dropped folder's or archive's name first, '/' between the parts,
 *     UTF-8 for showing and matching; it is never where anything is written
 * @file: where it can be read, as long as the source lives
 * @size: in bytes
 *
 * One file that came in.
 */
typedef struct
{
  char *path;
  GFile *file;
  gint64 size;
} YejiSourceFile;

/* One that did not. */
typedef struct
{
  char *path;
  YejiSkipReason reason;
} YejiSkippedFile;

/* Called on the thread that reads, for every file; @n is how many there are up to now. */
typedef void (*YejiSourceProgress) (guint    n,
                                    gpointer user_data);

YejiSource *yeji_source_new          (GFile * const       *roots,
                                      guint                n_roots);
void        yeji_source_free         (YejiSource          *self);
gboolean    yeji_source_read         (YejiSource          *self,
                                      YejiSourceProgress   progress,
                                      gpointer             user_data,
                                      GCancellable        *cancellable,
                                      GError             **error);
GPtrArray  *yeji_source_get_files    (YejiSource          *self);
GPtrArray  *yeji_source_get_skipped  (YejiSource          *self);
const char *yeji_skip_reason_to_code (YejiSkipReason       reason);
const char *yeji_skip_reason_to_text (YejiSkipReason       reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiSource, yeji_source_free)

G_END_DECLS
