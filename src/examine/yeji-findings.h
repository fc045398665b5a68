// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-dictionary.h"
#include "yeji-json.h"

G_BEGIN_DECLS

#define YEJI_EXAMINER_ERROR (yeji_examiner_error_quark ())

/**
 * YejiExaminerError:
 * @YEJI_EXAMINER_ERROR_UNREADABLE: damaged, truncated, empty, no file, or changed while it was read
 * @YEJI_EXAMINER_ERROR_FOREIGN: of a kind that nobody asks for; the message is the media type
 * @YEJI_EXAMINER_ERROR_TOO_LARGE: more pixels, pages or bytes than are decoded, or does not get as
 *     small as was asked for
 * @YEJI_EXAMINER_ERROR_LOCKED: wants a password
 * @YEJI_EXAMINER_ERROR_SLOW: took longer than anybody waits
 * @YEJI_EXAMINER_ERROR_FAILED: the examiner died of it, or could not write
 * @YEJI_EXAMINER_ERROR_MISSING: there is no examiner on this computer
 */
typedef enum
{
  YEJI_EXAMINER_ERROR_UNREADABLE,
  YEJI_EXAMINER_ERROR_FOREIGN,
  YEJI_EXAMINER_ERROR_TOO_LARGE,
  YEJI_EXAMINER_ERROR_LOCKED,
  YEJI_EXAMINER_ERROR_SLOW,
  YEJI_EXAMINER_ERROR_FAILED,
  YEJI_EXAMINER_ERROR_MISSING,
} YejiExaminerError;

GQuark      yeji_examiner_error_quark   (void);
const char *yeji_examiner_error_to_word (YejiExaminerError  code);
gboolean    yeji_examiner_error_from_word (const char      *word,
                                         YejiExaminerError *code);

/**
 * YejiFindings:
 *
 * What was found out about a document.
 */
typedef struct
{
  char *media_type;            /* (nullable): by content; NULL: not known */
  gint64 size;                 /* bytes */
  guint n_pages;               /* 0: could not be opened */
  double width;                /* of an image as it stands upright, pixels; of the first page of a
                                * PDF, points */
  double height;
  guint dpi;                   /* dots an inch of the image, or of the largest one on the first
                                * page; 0: not known */
  int rotation;                /* clockwise, what the camera noted: 0, 90, 180, 270 */
  guint n_looked;              /* pages that were looked at for @blank */
  GArray *blank;               /* (element-type guint): pages that are empty, from 1, ascending */
  char *sha256;                /* (nullable): lower case */
  char *failure;               /* (nullable): the word of a YejiExaminerError: why the content could
                                * not be looked at; the members above are then what is known */
} YejiFindings;

YejiFindings *yeji_findings_new         (void);
YejiFindings *yeji_findings_new_for_error (const GError    *error);
YejiFindings *yeji_findings_copy        (const YejiFindings *self);
void          yeji_findings_free        (YejiFindings       *self);
gboolean      yeji_findings_equal       (const YejiFindings *self,
                                         const YejiFindings *other);
char         *yeji_findings_to_json     (const YejiFindings *self);
YejiFindings *yeji_findings_from_json   (const char         *text,
                                         GError            **error);
YejiFindings *yeji_findings_from_object (JsonObject         *object,
                                         GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiFindings, yeji_findings_free)

/**
 * YejiFindingKind:
 * @YEJI_FINDING_UNREADABLE: damaged, truncated or empty
 * @YEJI_FINDING_FOREIGN: neither PDF nor image; `media_type` says what it is, when that is known
 * @YEJI_FINDING_TOO_LARGE: more pixels or pages than can be looked at
 * @YEJI_FINDING_LOCKED: wants a password
 * @YEJI_FINDING_SLOW: could not be looked at in time
 * @YEJI_FINDING_FAILED: the examiner died of it
 * @YEJI_FINDING_NOT_EXAMINED: there is no examiner on this computer
 * @YEJI_FINDING_OVERSIZE: more bytes than the limit
 * @YEJI_FINDING_ALL_BLANK: every page is empty
 * @YEJI_FINDING_BLANK: a page is empty
 * @YEJI_FINDING_COARSE: fewer dots an inch than the limit
 */
typedef enum
{
  YEJI_FINDING_UNREADABLE,
  YEJI_FINDING_FOREIGN,
  YEJI_FINDING_TOO_LARGE,
  YEJI_FINDING_LOCKED,
  YEJI_FINDING_SLOW,
  YEJI_FINDING_FAILED,
  YEJI_FINDING_NOT_EXAMINED,
  YEJI_FINDING_OVERSIZE,
  YEJI_FINDING_ALL_BLANK,
  YEJI_FINDING_BLANK,
  YEJI_FINDING_COARSE,
} YejiFindingKind;

#define YEJI_N_FINDING_KINDS (YEJI_FINDING_COARSE + 1)

typedef struct
{
  YejiFindingKind kind;
  YejiSeverity severity;
  guint page;                  /* from 1; 0: the document */
  gint64 value;                /* bytes of OVERSIZE, dots an inch of COARSE, else 0 */
  gint64 limit;                /* that the value is compared with */
} YejiFindingsProblem;

GArray       *yeji_findings_list_problems (const YejiFindings *self,
                                         const YejiLimits   *limits);
const char   *yeji_finding_kind_to_word (YejiFindingKind     kind);

G_END_DECLS
