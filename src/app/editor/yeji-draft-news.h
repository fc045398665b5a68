// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-submission.h"

G_BEGIN_DECLS

/* What the store knows of one record, read in one go. */
typedef struct
{
  YejiStore *store;
  YejiRecord *record;          /* (nullable): %NULL when it was not asked for */
  YejiEntry *entry;
  GPtrArray *attachments;      /* (element-type YejiAttachment) */
  YejiSubmission *submission;  /* (nullable): what the reviewer's points speak of, if there are any */
} YejiDraftNews;

void           yeji_draft_news_ask    (gpointer             source,
                                       YejiStore           *store,
                                       const char          *uuid,
                                       gboolean             with_record,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
YejiDraftNews *yeji_draft_news_finish (GAsyncResult        *result,
                                       GError             **error);
void           yeji_draft_news_free   (YejiDraftNews       *news);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiDraftNews, yeji_draft_news_free)

G_END_DECLS
