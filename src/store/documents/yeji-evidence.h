// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-query.h"

G_BEGIN_DECLS

/* Records against the slots of the dictionary: what must be there, and what is. */

/**
 * YejiEvidenceMark:
 * @YEJI_EVIDENCE_NONE: nothing is there, and nothing must be
 * @YEJI_EVIDENCE_MISSING: required, and nothing is there; red
 * @YEJI_EVIDENCE_DOUBTFUL: there, but something was found in a file, or one was not examined; amber
 * @YEJI_EVIDENCE_THERE: there, and nothing was found; green
 */
typedef enum
{
  YEJI_EVIDENCE_NONE,
  YEJI_EVIDENCE_MISSING,
  YEJI_EVIDENCE_DOUBTFUL,
  YEJI_EVIDENCE_THERE,
  N_YEJI_EVIDENCE_MARKS
} YejiEvidenceMark;

/* What a record has in one slot. */
typedef struct
{
  gboolean required;
  guint n_files;
  guint n_flawed;              /* in which the examiner found something to complain of */
  guint n_unexamined;
  guint n_received;            /* by the province */
} YejiEvidenceCell;

/**
 * YejiEvidence:
 * @name: maybe ""
 * @known: whether it is known what the record must have; if not, nothing is marked as required, and
 *     the next check of the record tells
 * @cells: (array length=n_cells): one for each of yeji_dictionary_get_slots(), in its order
 *
 * One row of the matrix.
 */
typedef struct
{
  char *uuid;
  char *name;
  char *role;
  YejiState state;
  gboolean known;
  guint n_cells;
  YejiEvidenceCell *cells;
} YejiEvidence;

void              yeji_evidence_free              (YejiEvidence           *self);
YejiEvidenceMark  yeji_evidence_cell_get_mark     (const YejiEvidenceCell *self);
const char       *yeji_evidence_mark_to_text      (YejiEvidenceMark        mark);

GPtrArray        *yeji_store_list_evidence        (YejiStore              *self,
                                                   const YejiQuery        *query,
                                                   GError                **error);
void              yeji_store_list_evidence_async  (YejiStore              *self,
                                                   const YejiQuery        *query,
                                                   GCancellable           *cancellable,
                                                   GAsyncReadyCallback     callback,
                                                   gpointer                user_data);
GPtrArray        *yeji_store_list_evidence_finish (YejiStore              *self,
                                                   GAsyncResult           *result,
                                                   GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiEvidence, yeji_evidence_free)

G_END_DECLS
