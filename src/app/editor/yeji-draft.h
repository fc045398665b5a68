// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-completeness.h"
#include "yeji-draft-keeper.h"
#include "yeji-issue.h"
#include "yeji-normaliser.h"
#include "yeji-submission.h"
#include "yeji-validator.h"

G_BEGIN_DECLS

/**
 * YejiDraft:
 *
 * A record that is open: its values, what is wrong with them, its documents, what the province
 * said, and the keeper that saves it. Widgets change the record through it alone and follow its
 * signals: "value-changed" (row, field), "rows-changed" (table), "issues-changed", "entry-changed",
 * "replaced" (all rows are new), "insisted" (what is missing is pointed out from now on), "taken"
 * (the edits of a suggestion that was taken, GPtrArray of YejiEdit).
 */
#define YEJI_TYPE_DRAFT (yeji_draft_get_type ())

G_DECLARE_FINAL_TYPE (YejiDraft, yeji_draft, YEJI, DRAFT, GObject)

void             yeji_draft_open_async      (YejiStore           *store,
                                             YejiValidator       *validator,
                                             const char          *uuid,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);
YejiDraft       *yeji_draft_open_finish     (GAsyncResult        *result,
                                             GError             **error);
YejiDraft       *yeji_draft_new             (YejiStore           *store,
                                             YejiValidator       *validator,
                                             YejiRecord          *record,
                                             YejiEntry           *entry,
                                             GPtrArray           *attachments);
YejiDraft       *yeji_draft_new_detached    (YejiStore           *store,
                                             YejiValidator       *validator,
                                             YejiRecord          *record,
                                             YejiEntry           *entry,
                                             GPtrArray           *attachments);
YejiStore       *yeji_draft_get_store       (YejiDraft           *self);
YejiDictionary  *yeji_draft_get_dictionary  (YejiDraft           *self);
YejiRecord      *yeji_draft_get_record      (YejiDraft           *self);
YejiEntry       *yeji_draft_get_entry       (YejiDraft           *self);
YejiDraftKeeper *yeji_draft_get_keeper      (YejiDraft           *self);
GPtrArray       *yeji_draft_get_attachments (YejiDraft           *self);
GListModel      *yeji_draft_get_issues      (YejiDraft           *self);
GListModel      *yeji_draft_get_points      (YejiDraft           *self);
const YejiSubmission *yeji_draft_get_submission (YejiDraft      *self);
void             yeji_draft_take_submission (YejiDraft           *self,
                                             YejiSubmission      *submission);
const char      *yeji_draft_get_uuid        (YejiDraft           *self);
const char      *yeji_draft_get_title       (YejiDraft           *self);
gboolean         yeji_draft_is_editable     (YejiDraft           *self);
void             yeji_draft_begin           (YejiDraft           *self,
                                             const char          *why,
                                             const char          *key);
void             yeji_draft_end             (YejiDraft           *self);
void             yeji_draft_begin_step      (YejiDraft           *self);
guint64          yeji_draft_get_n_edits     (YejiDraft           *self);
void             yeji_draft_follow          (YejiDraft           *self,
                                             GPtrArray           *changes);
void             yeji_draft_set_value       (YejiDraft           *self,
                                             YejiRow             *row,
                                             const YejiFieldDef  *field,
                                             const char          *value);
YejiRow         *yeji_draft_add_row         (YejiDraft           *self,
                                             const YejiTableDef  *table);
YejiRow         *yeji_draft_duplicate_row   (YejiDraft           *self,
                                             YejiRow             *row);
guint            yeji_draft_remove_row      (YejiDraft           *self,
                                             YejiRow             *row);
void             yeji_draft_remove_rows     (YejiDraft           *self,
                                             GPtrArray           *rows);
void             yeji_draft_insert_row      (YejiDraft           *self,
                                             guint                index,
                                             YejiRow             *row);
void             yeji_draft_insert_rows     (YejiDraft           *self,
                                             guint                index,
                                             GPtrArray           *rows);
gboolean         yeji_draft_move_row        (YejiDraft           *self,
                                             YejiRow             *row,
                                             guint                to);
void             yeji_draft_set_role        (YejiDraft           *self,
                                             const char          *role);
gboolean         yeji_draft_replace         (YejiDraft           *self,
                                             YejiRecord          *source,
                                             GError             **error);
void             yeji_draft_insist          (YejiDraft           *self);
gboolean         yeji_draft_insists         (YejiDraft           *self);
void             yeji_draft_validate        (YejiDraft           *self);
GPtrArray       *yeji_draft_get_problems    (YejiDraft           *self);
const YejiFacts *yeji_draft_get_facts       (YejiDraft           *self);
gboolean         yeji_draft_keep            (YejiDraft           *self,
                                             YejiIssue           *issue,
                                             const char          *reason);
YejiNormaliser  *yeji_draft_get_normaliser  (YejiDraft           *self);
void             yeji_draft_refresh         (YejiDraft           *self);
YejiIssue       *yeji_draft_find_issue      (YejiDraft           *self,
                                             YejiRow             *row,
                                             const YejiFieldDef  *field);
YejiIssue       *yeji_draft_find_point      (YejiDraft           *self,
                                             YejiRow             *row,
                                             const YejiFieldDef  *field);
YejiCompleteness yeji_draft_count_completeness (YejiDraft        *self,
                                             const YejiTableDef  *table);
guint            yeji_draft_count_issues    (YejiDraft           *self,
                                             const YejiTableDef  *table,
                                             YejiRow             *row,
                                             YejiSeverity         severity);

G_END_DECLS
