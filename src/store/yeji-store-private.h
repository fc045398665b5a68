// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-db.h"
#include "yeji-query.h"
#include "yeji-shelf.h"
#include "yeji-store.h"

G_BEGIN_DECLS

extern const YejiMigration yeji_store_migrations[];
extern const guint yeji_store_n_migrations;

/* yeji-store.c */
YejiStore      *yeji_store_open_anyhow      (const char       *directory,
                                             YejiDictionary   *dictionary,
                                             gboolean          new_key,
                                             GError          **error);
YejiDb         *yeji_store_get_db           (YejiStore    *self);
YejiShelf      *yeji_store_get_shelf        (YejiStore    *self);
void            yeji_store_announce_offer   (YejiStore    *self);
const char     *yeji_store_get_opened_at    (YejiStore    *self);
gboolean        yeji_store_is_unclean       (YejiStore    *self);
void            yeji_store_set_checked      (YejiStore    *self);
GRWLock        *yeji_store_get_files_lock   (YejiStore    *self);
GMutex         *yeji_store_get_chores_mutex (YejiStore    *self);
GCancellable   *yeji_store_get_closing      (YejiStore    *self);
void            yeji_store_announce_notice  (YejiStore    *self);
void            yeji_store_announce         (YejiStore    *self,
                                             const char   *uuid);
void            yeji_store_announce_tray    (YejiStore    *self);
void            yeji_store_start            (YejiStore           *self,
                                             YejiDbFunc           func,
                                             gpointer             data,
                                             GDestroyNotify       destroy,
                                             gpointer             source_tag,
                                             GCancellable        *cancellable,
                                             GAsyncReadyCallback  on_done,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);

/* On the database's thread, inside a transaction. yeji-store-slots.c */
gboolean        yeji_store_read_slots       (YejiSql      *sql,
                                             const char   *uuid,
                                             GStrvBuilder *slots,
                                             GError      **error);
gboolean        yeji_store_note_slots       (YejiStore    *self,
                                             YejiSql      *sql,
                                             const char   *uuid,
                                             GError      **error);

/* On the database's thread, inside a transaction. yeji-store-save.c */
gboolean        yeji_store_save_one         (YejiStore    *self,
                                             YejiSql      *sql,
                                             YejiRecord   *record,
                                             const YejiFacts *facts,
                                             const char   *why,
                                             const char   *at,
                                             const char   *batch,
                                             GError      **error);
gboolean        yeji_store_write_record     (YejiStore    *self,
                                             YejiSql      *sql,
                                             YejiRecord   *record,
                                             const char   *why,
                                             const char   *at,
                                             GError      **error);
gboolean        yeji_store_write_facts      (YejiSql         *sql,
                                             const char      *uuid,
                                             const YejiFacts *facts,
                                             GError         **error);
char           *yeji_store_digest           (YejiStore    *self,
                                             YejiRecord   *record);
char           *yeji_store_make_body        (YejiStore    *self,
                                             YejiRecord   *record,
                                             gint64        revision,
                                             GError      **error);
const char     *yeji_store_get_number       (YejiRecord   *record);
gboolean        yeji_store_write_change     (YejiStore        *self,
                                             YejiSql          *sql,
                                             const char       *uuid,
                                             gint64            step,
                                             const YejiChange *change,
                                             const char       *why,
                                             const char       *at,
                                             GError          **error);
gboolean        yeji_store_read_next_step   (YejiSql      *sql,
                                             const char   *uuid,
                                             gint64       *step,
                                             GError      **error);
gboolean        yeji_store_mark_step        (YejiSql      *sql,
                                             const char   *uuid,
                                             gint64        step,
                                             const char   *batch,
                                             gint64        undoes,
                                             GError      **error);

/* yeji-store-records.c */
YejiRecord     *yeji_store_read_record      (YejiStore    *self,
                                             YejiSql      *sql,
                                             const char   *uuid,
                                             gboolean      as_is,
                                             GError      **error);
gboolean        yeji_store_put_into_bin     (YejiStore    *self,
                                             YejiSql      *sql,
                                             const char   *uuid,
                                             GError      **error);
GPtrArray      *yeji_store_read_history     (YejiStore    *self,
                                             YejiSql      *sql,
                                             const char   *uuid,
                                             GError      **error);

/* yeji-store-move.c */
gboolean        yeji_store_move_editable    (YejiStore    *self,
                                             YejiSql      *sql,
                                             const char   *uuid,
                                             const char   *at,
                                             GError      **error);
gboolean        yeji_store_move_all         (YejiStore    *self,
                                             YejiSql      *sql,
                                             GError      **error);

/* yeji-store-move-reports.c */
GPtrArray      *yeji_store_read_move_reports (YejiStore   *self,
                                             YejiSql      *sql,
                                             const char   *uuid,
                                             gint64        after,
                                             GError      **error);
gboolean        yeji_store_read_last_move   (YejiSql      *sql,
                                             gint64       *seq,
                                             GError      **error);
YejiRecord     *yeji_store_read_before_move (YejiStore    *self,
                                             YejiSql      *sql,
                                             gint64        seq,
                                             GError      **error);

/* yeji-store-answers.c */
gboolean        yeji_store_is_answered_later (YejiSql          *sql,
                                              const char       *uuid,
                                              const char       *at,
                                              gboolean         *later,
                                              GError          **error);
gboolean        yeji_store_write_answer      (YejiStore        *self,
                                              YejiSql          *sql,
                                              const char       *uuid,
                                              const YejiAnswer *answer,
                                              GError          **error);

/* yeji-store-copy.c */
gboolean        yeji_store_require_real      (YejiStore    *self,
                                              YejiSql      *sql,
                                              const char   *uuid,
                                              GError      **error);

/* yeji-store-take-back.c */
gboolean        yeji_store_note_unsent       (YejiSql      *sql,
                                              GError      **error);

/* yeji-entry.c */
char           *yeji_entry_make_state_sql   (gboolean      with_outbox);
GPtrArray      *yeji_entry_read_all         (YejiSql      *sql,
                                             GError      **error);
YejiEntry      *yeji_entry_read             (YejiSql      *sql,
                                             const char   *uuid,
                                             GError      **error);
gboolean        yeji_entry_is_in_hand       (YejiEntry    *self);
gboolean        yeji_entry_require_editable (YejiSql      *sql,
                                             const char   *uuid,
                                             GError      **error);

/* yeji-attachment.c: a query that starts so yields what yeji_attachment_new_from_rows() reads */
#define YEJI_ATTACHMENT_SELECT \
  "SELECT a.id, a.record, a.slot, a.sha256, a.filename, a.media_type, a.size, a.upload_url," \
  " a.received_at IS NOT NULL, a.rotation, a.findings, a.original, a.origin," \
  " coalesce (a.n_flaws, 0) FROM attachment a "

YejiAttachment *yeji_attachment_new_from_rows (YejiRows   *rows);

/* yeji-store-documents.c */
gboolean        yeji_attachment_check_room    (YejiSql           *sql,
                                               const char        *uuid,
                                               const YejiSlot    *slot,
                                               const YejiLimits  *limits,
                                               GError           **error);
gboolean        yeji_attachment_check_type    (const YejiSlot    *slot,
                                               const char        *media_type,
                                               GError           **error);

/* yeji-store-same.c. The living attachment of a content in a slot; @id NULL: there is none. */
gboolean        yeji_attachment_find_same     (YejiSql           *sql,
                                               const char        *uuid,
                                               const char        *slot,
                                               const char        *sha256,
                                               const char        *original,
                                               char             **id,
                                               GError           **error);
gboolean        yeji_attachment_find_origin   (YejiSql           *sql,
                                               const char        *sha256,
                                               const char        *original,
                                               const char        *origin,
                                               char             **id,
                                               GError           **error);
gboolean        yeji_attachment_find_content  (YejiSql           *sql,
                                               const char        *uuid,
                                               const char        *slot,
                                               const char        *sha256,
                                               char             **id,
                                               GError           **error);

/* yeji-store-takings.c */
gboolean        yeji_taking_begin             (YejiSql           *sql,
                                               const char        *batch,
                                               const char        *now,
                                               GError           **error);
void            yeji_store_announce_all       (YejiStore         *self,
                                               GHashTable        *uuids,
                                               gboolean           tray);

/* yeji-store-findings.c: how much the examiner found to complain of, -1: it was not asked */
int             yeji_store_count_flaws        (const char        *findings,
                                               const YejiLimits  *limits);

/* yeji-store-query.c, on the database's thread */
YejiRows       *yeji_query_run                (YejiSql           *sql,
                                               const YejiQuery   *query,
                                               const char        *match,
                                               const char        *columns,
                                               guint              first,
                                               guint              n,
                                               GError           **error);

/* Every content that a document or a file of the tray holds, or was made of. */
#define YEJI_CONTENTS_SQL \
  "SELECT sha256 FROM attachment UNION SELECT sha256 FROM tray UNION" \
  " SELECT original FROM attachment WHERE original IS NOT NULL UNION" \
  " SELECT original FROM tray WHERE original IS NOT NULL"

/* The version of the schema from which on there is a tray. */
#define YEJI_TRAY_VERSION 10

/* yeji-store-files.c: the profile's content-addressed copies */

/* A copy that is on the disk, but not yet under its own name. */
typedef struct
{
  char *path;                  /* (nullable): NULL when it has been kept */
  char *sha256;
  char *media_type;
  gint64 size;
} YejiCopy;

YejiCopy       *yeji_copy_make              (const char    *directory,
                                             GFile         *file,
                                             gint64         max_size,
                                             GCancellable  *cancellable,
                                             GError       **error);
gboolean        yeji_copy_sync              (YejiCopy      *self,
                                             GError       **error);
YejiCopy       *yeji_copy_new               (const char    *directory,
                                             GFile         *file,
                                             gint64         max_size,
                                             GCancellable  *cancellable,
                                             GError       **error);
gboolean        yeji_copy_keep              (YejiCopy      *self,
                                             const char    *directory,
                                             GError       **error);
gboolean        yeji_copies_keep            (GPtrArray     *copies,
                                             const char    *directory,
                                             GError       **error);
gboolean        yeji_copies_look_at         (const char    *directory,
                                             const char    *sha256,
                                             char         **media_type,
                                             gint64        *size,
                                             GError       **error);
void            yeji_copy_free              (YejiCopy      *self);
void            yeji_copies_clean           (const char    *directory);
char           *yeji_copies_get_path        (const char    *directory,
                                             const char    *sha256);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiCopy, yeji_copy_free)

G_END_DECLS
