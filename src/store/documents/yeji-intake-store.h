// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

G_BEGIN_DECLS

/* Many files that come in at once: into slots of records, or into the tray, where lies what nobody
 * knows a record and a slot for yet. What was done with many of them in one go is a taking: it has
 * one id, and is undone and done again as a whole, after a restart too. */

/* Called on the calling thread of a long function. */
typedef void (*YejiProgress) (guint    n_done,
                              guint    n_all,
                              gpointer user_data);

/**
 * YejiIncoming:
 * @file: what is to be kept: read to its end, and not needed any more then
 * @uuid: (nullable): the record; %NULL: the tray
 * @slot: (nullable): the id of the slot; %NULL: the tray
 * @filename: (nullable): what it is called, UTF-8, without its folder; %NULL: as @file is
 * @origin: (nullable): the path that it came by, as it is shown
 * @rotation: which way up it is shown, in degrees clockwise: 0, 90, 180 or 270
 * @original: (nullable): what @file was made of when it was shrunk; kept as long as @file
 * @findings: (nullable): JSON, what the examiner found in @file; %NULL: not examined
 * @id: (out): of the attachment or the tray's file
 * @sha256: (out): of its content
 * @was_there: (out): whether that slot, or the tray, had this content already, or, for the tray, a
 *     slot has it that it came to from the same @origin; @id is of that then
 * @error: (out): why it was not taken
 *
 * One file that is to be taken, and what became of it.
 */
typedef struct
{
  GFile *file;
  char *uuid;
  char *slot;
  char *filename;
  char *origin;
  int rotation;
  GFile *original;
  char *findings;
  char *id;
  char *sha256;
  gboolean was_there;
  GError *error;
} YejiIncoming;

/**
 * YejiFilePlace:
 * @id: of the attachment or the tray's file
 * @uuid: (nullable): the record; %NULL: the tray
 * @name: the record's, maybe ""
 * @slot: (nullable): %NULL: the tray
 *
 * Where a content lies.
 */
typedef struct
{
  char *id;
  char *uuid;
  char *name;
  char *slot;
  char *filename;
} YejiFilePlace;

/* A file in the tray; @origin, @findings and @original (a sha256) are nullable. */
typedef struct
{
  char *id;
  char *sha256;
  char *filename;
  char *origin;
  char *media_type;
  char *findings;
  char *original;
  char *added_at;              /* RFC 3339 */
  gint64 size;
  int rotation;
} YejiTrayFile;

/* yeji-incoming.c */
YejiIncoming *yeji_incoming_new           (GFile                *file,
                                           const char           *uuid,
                                           const char           *slot);
void          yeji_incoming_free          (YejiIncoming         *self);
void          yeji_file_place_free        (YejiFilePlace        *self);
void          yeji_tray_file_free         (YejiTrayFile         *self);

/* yeji-store-intake.c */
gboolean      yeji_store_take_files       (YejiStore            *self,
                                           GPtrArray            *incoming,
                                           char                **batch,
                                           YejiProgress          progress,
                                           gpointer              user_data,
                                           GCancellable         *cancellable,
                                           GError              **error);

/* yeji-store-takings.c */
gboolean      yeji_store_undo_taking      (YejiStore            *self,
                                           const char           *batch,
                                           GPtrArray           **left,
                                           GError              **error);
gboolean      yeji_store_redo_taking      (YejiStore            *self,
                                           const char           *batch,
                                           GPtrArray           **left,
                                           GError              **error);
char         *yeji_store_find_last_taking (YejiStore            *self,
                                           GError              **error);

/* yeji-store-tray.c */
GPtrArray    *yeji_store_list_tray        (YejiStore            *self,
                                           GError              **error);
void          yeji_store_list_tray_async  (YejiStore            *self,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
GPtrArray    *yeji_store_list_tray_finish (YejiStore            *self,
                                           GAsyncResult         *result,
                                           GError              **error);
gboolean      yeji_store_place_tray       (YejiStore            *self,
                                           const char *const    *ids,
                                           const char           *uuid,
                                           const char           *slot,
                                           char                **batch,
                                           GError              **error);
gboolean      yeji_store_remove_tray      (YejiStore            *self,
                                           const char *const    *ids,
                                           char                **batch,
                                           GError              **error);
gboolean      yeji_store_restore_tray     (YejiStore            *self,
                                           const char *const    *ids,
                                           GError              **error);

/* yeji-store-originals.c */
gboolean      yeji_store_replace_content  (YejiStore            *self,
                                           const char           *attachment_id,
                                           GFile                *shrunk,
                                           const char           *findings,
                                           GError              **error);
gboolean      yeji_store_restore_original (YejiStore            *self,
                                           const char           *attachment_id,
                                           GError              **error);

/* yeji-store-findings.c */
gboolean      yeji_store_set_findings     (YejiStore            *self,
                                           const char           *id,
                                           const char           *findings,
                                           GError              **error);

/* yeji-store-same.c */
GPtrArray    *yeji_store_find_same        (YejiStore            *self,
                                           const char           *sha256,
                                           GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiIncoming, yeji_incoming_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiFilePlace, yeji_file_place_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiTrayFile, yeji_tray_file_free)

G_END_DECLS
