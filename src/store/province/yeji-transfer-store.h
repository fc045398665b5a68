// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

G_BEGIN_DECLS

/* The files that are to be sent, in their order, and what the province said to have. All that is
 * needed to go on after a crash is here, and nowhere else. */

/**
 * YejiTransferState:
 * @YEJI_TRANSFER_WAITING: its turn has not come, or it comes again after a failure
 * @YEJI_TRANSFER_SENDING: it is under way
 * @YEJI_TRANSFER_RECEIVED: the province has said that it has the whole file with the right sum
 * @YEJI_TRANSFER_FAILED: it cannot be sent as it is; the message says why
 * @YEJI_TRANSFER_CANCELLED: the user does not want it to be sent
 */
typedef enum
{
  YEJI_TRANSFER_WAITING,
  YEJI_TRANSFER_SENDING,
  YEJI_TRANSFER_RECEIVED,
  YEJI_TRANSFER_FAILED,
  YEJI_TRANSFER_CANCELLED,
  N_YEJI_TRANSFER_STATES,
} YejiTransferState;

/* What the message of a transfer begins with when it is not in the province's words: the document
 * of the profile is gone or was changed; or the line failed, and it is tried again. */
#define YEJI_TRANSFER_LOCAL_FILE "file"
#define YEJI_TRANSFER_LOCAL_LINE "line"

/* One file of one record. @id, @record_name, @position, @state, @url, @sent, @message, @failures
 * and @next_attempt are not looked at when it is put into the queue. */
typedef struct
{
  gint64 id;
  char *record;
  char *record_name;
  char *slot;
  char *sha256;
  char *filename;
  char *media_type;
  gint64 size;                 /* bytes, -1: not known */
  gint64 position;             /* grows in the order of the queue */
  YejiTransferState state;
  char *url;                   /* (nullable): where an earlier try had begun */
  gint64 sent;                 /* bytes that the province has acknowledged */
  char *message;               /* (nullable): why the last try failed */
  guint failures;              /* in a row */
  gint64 next_attempt;         /* Unix seconds, 0 at once */
} YejiTransferRow;

/* What the province said to one submission. */
typedef struct
{
  char *revision;
  char *submitted_at;          /* RFC 3339, the province's clock */
  char *sum;                   /* sha256 of exactly what was sent */
  char *files;                 /* JSON array of {slot, sha256, filename} */
  char *files_at;              /* (nullable): when it had all of them; %NULL: not yet */
  char *text;                  /* (nullable): what the province signed, JSON */
} YejiReceipt;

const char  *yeji_transfer_state_to_text (YejiTransferState  state);
gboolean     yeji_store_queue_submit_following (YejiStore   *self,
                                          const char        *uuid,
                                          GError           **error);
gboolean     yeji_store_enqueue_transfers (YejiStore        *self,
                                          const char        *record,
                                          gint64             seq,
                                          GPtrArray         *rows,
                                          GError           **error);
GPtrArray   *yeji_store_list_transfers   (YejiStore         *self,
                                          const char        *record,
                                          GError           **error);
gboolean     yeji_store_note_transfer    (YejiStore         *self,
                                          const YejiTransferRow *row,
                                          GError           **error);
gboolean     yeji_store_note_transfers_received (YejiStore  *self,
                                          GPtrArray         *rows,
                                          GError           **error);
gboolean     yeji_store_set_transfer_state (YejiStore       *self,
                                          gint64             id,
                                          YejiTransferState  state,
                                          GError           **error);
gboolean     yeji_store_move_transfer    (YejiStore         *self,
                                          gint64             id,
                                          guint              position,
                                          GError           **error);
YejiReceipt *yeji_store_get_receipt      (YejiStore         *self,
                                          const char        *uuid,
                                          GError           **error);
YejiTransferRow *yeji_transfer_row_copy  (const YejiTransferRow *self);
void         yeji_transfer_row_free      (YejiTransferRow   *self);
void         yeji_receipt_free           (YejiReceipt       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiTransferRow, yeji_transfer_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiReceipt, yeji_receipt_free)

G_END_DECLS
