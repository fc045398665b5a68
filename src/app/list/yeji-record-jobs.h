// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-draft.h"

G_BEGIN_DECLS

void      yeji_record_jobs_create_async  (YejiStore            *store,
                                          YejiRecord           *record,
                                          const char           *role_setting,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
char     *yeji_record_jobs_create_finish (GAsyncResult         *result,
                                          GError              **error);
void      yeji_record_jobs_move_async    (YejiStore            *store,
                                          const char * const   *uuids,
                                          gboolean              into_bin,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
GStrv     yeji_record_jobs_move_finish   (GAsyncResult         *result,
                                          GError              **error);
void      yeji_record_jobs_submit_async  (YejiDraft            *draft,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
void      yeji_record_jobs_submit_first_async (YejiDraft       *draft,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
gboolean  yeji_record_jobs_submit_finish (GAsyncResult         *result,
                                          GError              **error);

G_END_DECLS
