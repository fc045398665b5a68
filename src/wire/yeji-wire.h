// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-json.h"
#include "yeji-problem.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The protocol's names, in one place for both sides. docs/protocol.md is their description. */
#define YEJI_WIRE_VERSION "1"
#define YEJI_WIRE_PROBLEM_TYPE "application/problem+json"
#define YEJI_WIRE_TUS_VERSION "1.0.0"
#define YEJI_WIRE_OFFSET_TYPE "application/offset+octet-stream"
#define YEJI_WIRE_TUS_EXTENSIONS \
  "creation,creation-with-upload,checksum,termination,expiration"
#define YEJI_WIRE_TUS_ALGORITHMS "sha256,sha1,crc32"

/* Many small files in one request: what OPTIONS says of it beside tus, and the type of its body,
 * which begins with the length of the list in so many bytes. */
#define YEJI_WIRE_BATCH_VERSION "1"
#define YEJI_WIRE_BATCH_HEADER "Yeji-Batch"
#define YEJI_WIRE_BATCH_FILES_HEADER "Yeji-Batch-Files"
#define YEJI_WIRE_BATCH_SIZE_HEADER "Yeji-Batch-Size"
#define YEJI_WIRE_BATCH_TYPE "application/vnd.yeji.batch.v1"
#define YEJI_WIRE_BATCH_PREFIX 4
/* How long the list may be, in bytes. */
#define YEJI_WIRE_BATCH_LIST (256 * 1024)

/* libsoup 3.2 has no name for it */
#define YEJI_STATUS_PRECONDITION_REQUIRED 428
#define YEJI_STATUS_TOO_MANY_REQUESTS 429
#define YEJI_STATUS_UPGRADE_REQUIRED 426
#define YEJI_STATUS_CHECKSUM_MISMATCH 460

/* Kinds of refusal: the last part of a problem's `type`, urn:yeji:problem:KIND. */
#define YEJI_WIRE_INVALID          "invalid"
#define YEJI_WIRE_MISSING_FILES    "missing-documents"
#define YEJI_WIRE_STALE            "stale"
#define YEJI_WIRE_PRECONDITION     "precondition-required"
#define YEJI_WIRE_STATE            "state"
#define YEJI_WIRE_UNAUTHORISED     "unauthorised"
#define YEJI_WIRE_FORBIDDEN        "forbidden"
#define YEJI_WIRE_NOT_FOUND        "not-found"
#define YEJI_WIRE_MALFORMED        "malformed"
#define YEJI_WIRE_UNREGISTERED     "unregistered-reviewer"
#define YEJI_WIRE_OUT_OF_AREA      "out-of-area"
#define YEJI_WIRE_DICTIONARY       "dictionary"
#define YEJI_WIRE_TOO_LARGE        "too-large"
#define YEJI_WIRE_THROTTLED        "throttled"
#define YEJI_WIRE_INTERNAL         "internal"
#define YEJI_WIRE_QUOTA            "quota"             /* with members `used`, `allowed` */
#define YEJI_WIRE_EXPIRED          "expired"           /* an upload that nobody went on with */
#define YEJI_WIRE_FILES_FOLLOW     "files-follow"      /* documents are still to come */
#define YEJI_WIRE_CHECKSUM         "checksum"          /* a piece was thrown away */
#define YEJI_WIRE_OTHER_VERSION    "version"           /* with a member `supported` */
#define YEJI_WIRE_REMOVED          "removed"           /* a record that is no more */
#define YEJI_WIRE_CLAIMED          "claimed"           /* with a member `claim` */
#define YEJI_WIRE_HANDED           "handed"            /* another office decides on it */
#define YEJI_WIRE_EXISTS           "exists"            /* the name is taken */

#define YEJI_WIRE_USED             "used"              /* other lists carry these records */

/* Members of a submission whose documents follow, of its answer, of changes and of receipts. */
#define YEJI_WIRE_MEMBER_FILES_FOLLOW      "files_follow"
#define YEJI_WIRE_MEMBER_FILES_COMPLETE_AT "files_complete_at"
#define YEJI_WIRE_MEMBER_FILES_DUE_AT      "files_due_at"
/* Of the answer to a submission, and of `/receipts`: see #YejiSignedReceipt. */
#define YEJI_WIRE_MEMBER_RECEIPT           "receipt"
/* When a record became what it is; since when a province counts its changes anew. */
#define YEJI_WIRE_MEMBER_CHANGED_AT        "changed_at"
#define YEJI_WIRE_MEMBER_RESTORED_AT       "restored_at"
/* of a change: the last revision that brought a content or a list of documents */
#define YEJI_WIRE_MEMBER_CONTENT           "content"
/* of a document, for its enterprise: whether the last submission listed it */
#define YEJI_WIRE_MEMBER_FILE_SUBMITTED    "submitted"
/* of a record: documents of the last submission that are still to come */
#define YEJI_WIRE_MEMBER_FILES_EXPECTED    "files_expected"
/* of documents that prove why a record is to be corrected: no slot of the dictionary */
#define YEJI_WIRE_SLOT_EVIDENCE            "evidence"
/* of a change: an application to correct or to withdraw the record, see docs/protocol.md */
#define YEJI_WIRE_MEMBER_APPLICATION       "application"
/* of the changes: what is being edited on other computers, and what is the same for the same list */
#define YEJI_WIRE_MEMBER_EDITING           "editing"
#define YEJI_WIRE_MEMBER_EDITING_TAG       "editing_tag"

/* of a record and of a change: how it stands with the national platform, {state, at, message,
 * receipt}; missing while nothing was ever told there */
#define YEJI_WIRE_MEMBER_NATIONAL          "national"

/* A refusal, RFC 9457, with the dictionary's problems in `errors`. */
typedef struct
{
  guint status;
  char *kind;
  char *title;
  char *detail;                /* (nullable) */
  GPtrArray *errors;           /* (element-type YejiProblem), maybe empty */
} YejiRefusal;

YejiRefusal *yeji_refusal_new       (guint         status,
                                     const char   *kind,
                                     const char   *title,
                                     const char   *detail,
                                     GPtrArray    *errors);
YejiRefusal *yeji_refusal_from_json (JsonNode     *node,
                                     GError      **error);
JsonNode    *yeji_refusal_to_json   (YejiRefusal  *self);
void         yeji_refusal_free      (YejiRefusal  *self);

JsonNode    *yeji_problems_to_json   (GPtrArray   *problems);
GPtrArray   *yeji_problems_from_json (JsonArray   *array);

/* tus: `Upload-Metadata: key base64, key base64` */
char        *yeji_metadata_print    (const char   *first_key,
                                     ...) G_GNUC_NULL_TERMINATED;
GHashTable  *yeji_metadata_parse    (const char   *header);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiRefusal, yeji_refusal_free)

G_END_DECLS
