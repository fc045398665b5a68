// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What a notice tells of. Words of the database: a program makes the sentences, and shows one that
 * it does not know by its kind and moment. */

/* After an unclean end everything was checked and is sound: {records, documents} */
#define YEJI_NOTICE_CHECKED "checked"

/* The check found damage; the next opening recovers: {flaws: [text]} */
#define YEJI_NOTICE_DAMAGED "damaged"

/* The database was recovered: what yeji_salvage_report_to_json() says */
#define YEJI_NOTICE_RECOVERED "recovered"

/* There was trouble with the log of the last session, whose last changes may be missing: {reason,
 * folder}; log-lost: it is gone, log-damaged: a part of it could not be read, and a copy of it is
 * in the folder, log-foreign: it was another database's, and is in the folder now. The folder is
 * relative to the profile. */
#define YEJI_NOTICE_LOG "log"

/* Documents are gone or were changed: {count, documents: [{uuid, name, slot, filename}]}, at most
 * the first YEJI_NOTICE_MAX_NAMES of them */
#define YEJI_NOTICE_DOCUMENTS_MISSING "documents-missing"

/* What lay in the bin for too long was deleted: {count, records: [{uuid, name}], documents} */
#define YEJI_NOTICE_BIN_EXPIRED "bin-expired"

/* No backup could be made: {message} */
#define YEJI_NOTICE_BACKUP_FAILED "backup-failed"

/* The key of the personal numbers was lost and a new one made: {count, records: [{uuid, name}],
 * withdrawn}; the records have numbers to be typed again, and so many waited to be sent */
#define YEJI_NOTICE_KEY_LOST "key-lost"

/* Personal numbers are sealed, and there is neither passphrase nor recovery code: {} */
#define YEJI_NOTICE_NO_RECOVERY_CODE "no-recovery-code"

/* The province has an older state than it had said: {restored_at (maybe), resent: {count, records:
 * [{uuid, name}]}, returned, kept, others: the same}; resent: what it lost was sent again,
 * returned: a return that it does not know any more, kept: what it decided on is older than what is
 * here, which stays, others: what the clerk must look at */
#define YEJI_NOTICE_PROVINCE_RESTORED "province-restored"

/* The province does not have a record any more, by its administrator or another hand: {uuid, name,
 * message}; or it was withdrawn by another hand: the same. */
#define YEJI_NOTICE_RECORD_REMOVED "record-removed"
#define YEJI_NOTICE_RECORD_WITHDRAWN "record-withdrawn"

/* Lists in a notice's details end here; their counts say how many there were. */
#define YEJI_NOTICE_MAX_NAMES 200

/* One thing that happened to the profile and that the clerk is to be told. */
typedef struct
{
  gint64 id;                   /* counts up */
  char *kind;                  /* one of the above, or a later version's */
  char *at;                    /* RFC 3339 */
  JsonObject *details;         /* as said with the kind; maybe without members, never NULL */
  gboolean seen;
} YejiNotice;

void       yeji_notice_free              (YejiNotice           *self);

/* yeji-store-notices.c */
gboolean   yeji_store_add_notice         (YejiStore            *self,
                                          const char           *kind,
                                          JsonObject           *details,
                                          GError              **error);
GPtrArray *yeji_store_list_notices       (YejiStore            *self,
                                          GError              **error);
void       yeji_store_list_notices_async (YejiStore            *self,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
GPtrArray *yeji_store_list_notices_finish (YejiStore           *self,
                                          GAsyncResult         *result,
                                          GError              **error);
gboolean   yeji_store_set_notice_seen    (YejiStore            *self,
                                          gint64                id,
                                          GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiNotice, yeji_notice_free)

G_END_DECLS
