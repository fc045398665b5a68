// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib-object.h>

#include "yeji-facts.h"
#include "yeji-national.h"

G_BEGIN_DECLS

/* What the clerk sees. Derived from facts by yeji_entry_get_state(), stored nowhere. */
typedef enum
{
  YEJI_STATE_DRAFT,
  YEJI_STATE_READY,
  YEJI_STATE_QUEUED,
  YEJI_STATE_SUBMITTED,
  YEJI_STATE_IN_REVIEW,
  YEJI_STATE_RETURNED,
  YEJI_STATE_APPROVED,
  YEJI_STATE_INCOMPLETE,
  YEJI_STATE_CORRECTION_REQUESTED,
  YEJI_STATE_WITHDRAWN,
  YEJI_STATE_REMOVED,           /* into the bin */
  YEJI_STATE_REMOVED_THERE,     /* by the province; what is here can be submitted again */
  YEJI_STATE_REVOKED,           /* by the province, for falsehood */
  N_YEJI_STATES
} YejiState;

/* One word of a reviewer about one place of a record. */
typedef struct
{
  char *pointer;
  char *comment;
} YejiPoint;

/* A document that the province has. */
typedef struct
{
  char *slot;
  char *sha256;
  char *filename;
  char *media_type;            /* (nullable): it was submitted and is still to come */
  gint64 size;
} YejiProvinceFile;

/* See yeji-petition.h. */
typedef struct _YejiPetition YejiPetition;

/* What the province said of a record. */
typedef struct
{
  char *uuid;
  char *revision;              /* entity tag without quotes, "r18" */
  char *state;                 /* the wire's word: submitted, in_review, returned, approved, ... */
  char *grade;                 /* (nullable): A, B, C or D */
  char *office;                /* (nullable): department and office that decided */
  char *reviewer;              /* (nullable) */
  char *message;               /* (nullable) */
  char *at;                    /* RFC 3339 */
  char *files_at;              /* (nullable): when the province had all files, RFC 3339 */
  GPtrArray *points;           /* (element-type YejiPoint) */
  char *record;                /* (nullable): the record as the province has it, JSON */
  char *national;              /* (nullable): JSON, see yeji_national_parse() */
  char *content;               /* (nullable): the revision that brought content or documents last */
  GPtrArray *files;            /* (nullable) (element-type YejiProvinceFile): of the submission */
  char *receipt;               /* (nullable): what the province signed, JSON, proven */
  gboolean receipt_complete;   /* it tells of all documents that they came */
  YejiPetition *petition;      /* (nullable): what became of something that was asked for it */
} YejiAnswer;

YejiAnswer *yeji_answer_new  (void);
void        yeji_answer_free (YejiAnswer *self);
YejiProvinceFile *yeji_province_file_new (const char *slot,
                              const char *sha256,
                              const char *filename,
                              const char *media_type,
                              gint64      size);
void        yeji_province_file_free (YejiProvinceFile *self);
YejiPoint  *yeji_point_new   (const char *pointer,
                              const char *comment);
void        yeji_point_free  (YejiPoint  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiAnswer, yeji_answer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiPoint, yeji_point_free)

/* Everything that a list shows of a record, read in one go. */
#define YEJI_TYPE_ENTRY (yeji_entry_get_type ())

G_DECLARE_FINAL_TYPE (YejiEntry, yeji_entry, YEJI, ENTRY, GObject)

const char *yeji_entry_get_uuid         (YejiEntry *self);
const char *yeji_entry_get_name         (YejiEntry *self);
const char *yeji_entry_get_number       (YejiEntry *self);
const char *yeji_entry_get_role         (YejiEntry *self);
YejiState   yeji_entry_get_state        (YejiEntry *self);
const char *yeji_entry_get_grade        (YejiEntry *self);
const char *yeji_entry_get_office       (YejiEntry *self);
const char *yeji_entry_get_reviewer     (YejiEntry *self);
const YejiNational *yeji_entry_get_national (YejiEntry *self);
const char *yeji_entry_get_revision     (YejiEntry *self);
const char *yeji_entry_get_message      (YejiEntry *self);
GPtrArray  *yeji_entry_get_points       (YejiEntry *self);
gboolean    yeji_entry_is_checked       (YejiEntry *self);
const YejiFacts *yeji_entry_get_facts   (YejiEntry *self);
guint       yeji_entry_get_n_errors     (YejiEntry *self);
guint       yeji_entry_get_n_warnings   (YejiEntry *self);
int         yeji_entry_get_completeness (YejiEntry *self);
int         yeji_entry_get_outcome      (YejiEntry *self);
guint       yeji_entry_get_n_slots      (YejiEntry *self);
guint       yeji_entry_get_n_filled_slots (YejiEntry *self);
guint       yeji_entry_get_n_conflicts  (YejiEntry *self);
guint       yeji_entry_get_n_documents  (YejiEntry *self);
guint       yeji_entry_get_n_received   (YejiEntry *self);
const char *yeji_entry_get_changed_at   (YejiEntry *self);
const char *yeji_entry_get_removed_at   (YejiEntry *self);
guint       yeji_entry_get_days_left    (YejiEntry *self);
gboolean    yeji_entry_get_edited_since (YejiEntry *self);
gboolean    yeji_entry_is_editable      (YejiEntry *self);
const char *yeji_state_to_text          (YejiState  state);

G_END_DECLS
