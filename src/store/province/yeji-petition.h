// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

G_BEGIN_DECLS

/* What the clerk asks of the province for a record that is approved: a correction or a withdrawal.
 * It is a draft of its own beside the record, which stays as it was approved until the province says
 * so. */

/* Characters of a reason, as the province limits it. */
#define YEJI_PETITION_MAX_REASON 2000
/* Documents that prove it. */
#define YEJI_PETITION_MAX_FILES 50

typedef enum
{
  YEJI_PETITION_CORRECTION,
  YEJI_PETITION_WITHDRAWAL,
  N_YEJI_PETITION_KINDS,
} YejiPetitionKind;

/**
 * YejiPetitionState:
 * @YEJI_PETITION_DRAFT: the clerk writes it, or the province did not take it: see `failure`
 * @YEJI_PETITION_QUEUED: it is to be sent
 * @YEJI_PETITION_REQUESTED: the province has it
 * @YEJI_PETITION_GRANTED: and did as it asks for
 * @YEJI_PETITION_REFUSED: and did not
 * @YEJI_PETITION_CANCELLED: the enterprise took it back
 */
typedef enum
{
  YEJI_PETITION_DRAFT,
  YEJI_PETITION_QUEUED,
  YEJI_PETITION_REQUESTED,
  YEJI_PETITION_GRANTED,
  YEJI_PETITION_REFUSED,
  YEJI_PETITION_CANCELLED,
  N_YEJI_PETITION_STATES,
} YejiPetitionState;

/**
 * YejiPetitionRow:
 * @YEJI_PETITION_ROW_STAYS: only values of it are to be others
 * @YEJI_PETITION_ROW_COMES: it is a new one
 * @YEJI_PETITION_ROW_GOES: it is to be taken out
 *
 * What shall become of a row as a whole.
 */
typedef enum
{
  YEJI_PETITION_ROW_STAYS,
  YEJI_PETITION_ROW_COMES,
  YEJI_PETITION_ROW_GOES,
} YejiPetitionRow;

/* One value that is to be another, or a row as a whole, whose field is "". */
typedef struct
{
  char *table;                 /* its id; "" where the record has no such place any more */
  char *row;
  char *field;
  char *pointer;               /* into the record as it was when it was written */
  char *before;
  char *after;
} YejiPetitionChange;

/* A document that proves it; its content is in the profile as that of all documents. */
typedef struct
{
  char *sha256;
  char *filename;
  char *media_type;
  gint64 size;
} YejiPetitionFile;

struct _YejiPetition
{
  char *id;                    /* made here; the idempotency key */
  char *record;                /* uuid */
  YejiPetitionKind kind;
  YejiPetitionState state;
  char *reason;
  GPtrArray *changes;          /* (element-type YejiPetitionChange) */
  GPtrArray *files;            /* (element-type YejiPetitionFile) */
  char *there;                 /* (nullable): the province's name for it */
  char *message;               /* (nullable): what the province said to it */
  char *office;                /* (nullable): that decided */
  char *reviewer;              /* (nullable) */
  char *failure;               /* (nullable): why it could not be sent, or was not taken */
  char *created_at;
  char *sent_at;               /* (nullable) */
  char *decided_at;            /* (nullable) */
  gboolean begun;              /* it may have reached the province */
  guint attempts;
  gint64 next_attempt;         /* Unix seconds */
};

YejiPetition       *yeji_petition_new             (const char         *record,
                                                   YejiPetitionKind    kind);
YejiPetition       *yeji_petition_copy            (const YejiPetition *self);
void                yeji_petition_free            (YejiPetition       *self);
const char         *yeji_petition_kind_to_text    (YejiPetitionKind    kind);
const char         *yeji_petition_state_to_text   (YejiPetitionState   state);
gboolean            yeji_petition_state_from_text (const char         *text,
                                                   YejiPetitionState  *state);
gboolean            yeji_petition_is_open         (const YejiPetition *self);
void                yeji_petition_add_change      (YejiPetition       *self,
                                                   const char         *table,
                                                   const char         *row,
                                                   const char         *field,
                                                   const char         *pointer,
                                                   const char         *before,
                                                   const char         *after);
YejiPetitionChange *yeji_petition_find_change     (YejiPetition       *self,
                                                   const char         *table,
                                                   const char         *row,
                                                   const char         *field);
gboolean            yeji_petition_set             (YejiPetition       *self,
                                                   YejiRecord         *record,
                                                   const YejiPlace    *place,
                                                   const char         *value);
YejiPetitionRow     yeji_petition_change_get_row  (const YejiPetitionChange *change);
YejiPetitionRow     yeji_petition_find_row        (YejiPetition       *self,
                                                   YejiRow            *row);
void                yeji_petition_add_row_change  (YejiPetition       *self,
                                                   YejiPetitionRow     row,
                                                   const char         *table,
                                                   const char         *id,
                                                   const char         *pointer);
void                yeji_petition_bring_row       (YejiPetition       *self,
                                                   YejiRecord         *record,
                                                   YejiRow            *row);
void                yeji_petition_take_row        (YejiPetition       *self,
                                                   YejiRecord         *record,
                                                   YejiRow            *row);
void                yeji_petition_keep_row        (YejiPetition       *self,
                                                   YejiRow            *row);
YejiRecord         *yeji_petition_apply           (const YejiPetition *self,
                                                   YejiRecord         *record);
void                yeji_petition_renumber        (YejiPetition       *self,
                                                   YejiRecord         *record);
gboolean            yeji_petition_fits            (const YejiPetition *self,
                                                   YejiRecord         *record);
void                yeji_petition_add_file        (YejiPetition       *self,
                                                   const char         *sha256,
                                                   const char         *filename,
                                                   const char         *media_type,
                                                   gint64              size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiPetition, yeji_petition_free)

/* Blocking, from any thread but the database's. */
GPtrArray    *yeji_store_list_petitions   (YejiStore           *self,
                                           const char          *uuid,
                                           GError             **error);
YejiPetition *yeji_store_get_petition     (YejiStore           *self,
                                           const char          *id,
                                           GError             **error);
gboolean      yeji_store_save_petition    (YejiStore           *self,
                                           const YejiPetition  *petition,
                                           GError             **error);
gboolean      yeji_store_add_petition_file (YejiStore          *self,
                                           YejiPetition        *petition,
                                           GFile               *file,
                                           GCancellable        *cancellable,
                                           GError             **error);
gboolean      yeji_store_queue_petition   (YejiStore           *self,
                                           const char          *id,
                                           GError             **error);
gboolean      yeji_store_reopen_petition  (YejiStore           *self,
                                           const char          *id,
                                           GError             **error);
gboolean      yeji_store_discard_petition (YejiStore           *self,
                                           const char          *id,
                                           GError             **error);

/* For who sends them. */
gboolean      yeji_store_begin_petition   (YejiStore           *self,
                                           const char          *id,
                                           GPtrArray           *rows,
                                           GError             **error);
gboolean      yeji_store_note_petition    (YejiStore           *self,
                                           const YejiPetition  *petition,
                                           GError             **error);

G_END_DECLS
