// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-issue.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * YejiIssueHeadKind:
 * @YEJI_ISSUE_HEAD_GROUP: stands above all of one severity, or above those that are kept
 * @YEJI_ISSUE_HEAD_SECTION: stands in a group above those of one section
 * @YEJI_ISSUE_HEAD_MORE: stands behind a section of which only the first are shown
 */
typedef enum
{
  YEJI_ISSUE_HEAD_GROUP,
  YEJI_ISSUE_HEAD_SECTION,
  YEJI_ISSUE_HEAD_MORE
} YejiIssueHeadKind;

/* A line between the problems of a list. */
#define YEJI_TYPE_ISSUE_HEAD (yeji_issue_head_get_type ())

G_DECLARE_FINAL_TYPE (YejiIssueHead, yeji_issue_head, YEJI, ISSUE_HEAD, GObject)

YejiIssueHead    *yeji_issue_head_new       (YejiIssueHeadKind   kind,
                                             const char         *key,
                                             const char         *label,
                                             guint               count,
                                             gboolean            folded);
YejiIssueHeadKind yeji_issue_head_get_kind  (YejiIssueHead      *self);
const char       *yeji_issue_head_get_key   (YejiIssueHead      *self);
const char       *yeji_issue_head_get_label (YejiIssueHead      *self);
guint             yeji_issue_head_get_count (YejiIssueHead      *self);
gboolean          yeji_issue_head_is_folded (YejiIssueHead      *self);
gboolean          yeji_issue_head_equal     (YejiIssueHead      *self,
                                             YejiIssueHead      *other);
GtkWidget        *yeji_issue_head_make_row  (YejiIssueHead      *self);

G_END_DECLS
