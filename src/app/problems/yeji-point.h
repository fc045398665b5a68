// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-draft.h"

G_BEGIN_DECLS

/**
 * YejiPointStatus:
 * @YEJI_POINT_OPEN: nothing was done about it yet
 * @YEJI_POINT_MENDED: what it speaks of is another since it was returned, or is no more
 * @YEJI_POINT_EXPLAINED: the clerk says why it stays as it is
 *
 * What became of a reviewer's point. Derived from the record, stored nowhere.
 */
typedef enum
{
  YEJI_POINT_OPEN,
  YEJI_POINT_MENDED,
  YEJI_POINT_EXPLAINED,
  YEJI_N_POINT_STATUSES
} YejiPointStatus;

YejiPointStatus yeji_point_get_status (YejiDraft       *draft,
                                       YejiIssue       *point);
const char     *yeji_point_get_reply  (YejiDraft       *draft,
                                       YejiIssue       *point);
gboolean        yeji_point_set_reply  (YejiDraft       *draft,
                                       YejiIssue       *point,
                                       const char      *text);
char           *yeji_point_get_before (YejiIssue       *point);
char           *yeji_point_get_now    (YejiDraft       *draft,
                                       YejiIssue       *point);
char           *yeji_point_describe   (YejiDraft       *draft,
                                       YejiIssue       *point);
guint           yeji_points_count     (YejiDraft       *draft,
                                       YejiPointStatus  status);
const char     *yeji_point_status_get_label (YejiPointStatus status);
const char     *yeji_point_status_get_icon  (YejiPointStatus status);
const char     *yeji_point_status_get_style (YejiPointStatus status);

G_END_DECLS
