// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-response.h"
#include "yeji-server-context.h"

G_BEGIN_DECLS

/**
 * YejiHandler:
 * @sql: the connection, in a transaction
 *
 * Answers a request on the database's thread, without knowing of HTTP. What it wrote is committed
 * when it returns an answer, be it a refusal; so it refuses before it writes, or means it. With
 * %NULL and @error nothing is committed and the client is told of an internal error.
 *
 * Returns: (transfer full) (nullable): the answer; status 0 when the route's work comes first
 */
typedef YejiResponse *(*YejiHandler) (YejiServerContext  *context,
                                      YejiSql            *sql,
                                      YejiRequest        *request,
                                      GError            **error);

/* What takes long and needs no database, between two handlers, on a thread of its own. */
typedef void (*YejiWork) (YejiServerContext *context,
                          YejiRequest       *request);

#define YEJI_DECLARE_HANDLER(name) \
  YejiResponse *name (YejiServerContext  *context, \
                      YejiSql            *sql, \
                      YejiRequest        *request, \
                      GError            **error)

/* yeji-sessions.c */
YEJI_DECLARE_HANDLER (yeji_sessions_begin);
YEJI_DECLARE_HANDLER (yeji_sessions_finish);
YEJI_DECLARE_HANDLER (yeji_sessions_end);
void yeji_sessions_verify (YejiServerContext *context,
                           YejiRequest       *request);

/* yeji-configuration.c */
YEJI_DECLARE_HANDLER (yeji_configuration_get);
YEJI_DECLARE_HANDLER (yeji_configuration_get_dictionary);
YEJI_DECLARE_HANDLER (yeji_configuration_get_description);

/* yeji-records.c */
YEJI_DECLARE_HANDLER (yeji_records_get);
YEJI_DECLARE_HANDLER (yeji_records_put);

/* yeji-removal.c */
YEJI_DECLARE_HANDLER (yeji_records_withdraw);
YEJI_DECLARE_HANDLER (yeji_records_remove);

/* yeji-submissions.c */
YEJI_DECLARE_HANDLER (yeji_submissions_submit);

/* yeji-applications.c */
YEJI_DECLARE_HANDLER (yeji_applications_correct);
YEJI_DECLARE_HANDLER (yeji_applications_withdraw);
YEJI_DECLARE_HANDLER (yeji_applications_list_of_record);
YEJI_DECLARE_HANDLER (yeji_applications_cancel);

/* yeji-application-decisions.c */
YEJI_DECLARE_HANDLER (yeji_applications_list);
YEJI_DECLARE_HANDLER (yeji_applications_grant);
YEJI_DECLARE_HANDLER (yeji_applications_refuse);
YEJI_DECLARE_HANDLER (yeji_applications_revoke);

/* yeji-receipts.c */
YEJI_DECLARE_HANDLER (yeji_receipts_get);

/* yeji-account-routes.c */
YEJI_DECLARE_HANDLER (yeji_account_get);
YEJI_DECLARE_HANDLER (yeji_account_mend);
YEJI_DECLARE_HANDLER (yeji_account_list_offices);

/* yeji-user-routes.c */
YEJI_DECLARE_HANDLER (yeji_users_list);
YEJI_DECLARE_HANDLER (yeji_users_add);
YEJI_DECLARE_HANDLER (yeji_users_change);
YEJI_DECLARE_HANDLER (yeji_users_finish);
void yeji_users_hash (YejiServerContext *context,
                      YejiRequest       *request);

/* yeji-review-queue.c */
YEJI_DECLARE_HANDLER (yeji_reviews_list);

/* yeji-review-view.c */
YEJI_DECLARE_HANDLER (yeji_reviews_view);

/* yeji-reviews.c */
YEJI_DECLARE_HANDLER (yeji_reviews_return);
YEJI_DECLARE_HANDLER (yeji_reviews_approve);

/* yeji-review-undo.c, yeji-handing.c, yeji-regrading.c, yeji-claims.c */
YEJI_DECLARE_HANDLER (yeji_reviews_undo);
YEJI_DECLARE_HANDLER (yeji_reviews_hand);
YEJI_DECLARE_HANDLER (yeji_reviews_regrade);
YEJI_DECLARE_HANDLER (yeji_claims_take);
YEJI_DECLARE_HANDLER (yeji_claims_release);

/* yeji-qualification-candidates.c, -make.c, -routes.c */
YEJI_DECLARE_HANDLER (yeji_qualifications_list_candidates);
YEJI_DECLARE_HANDLER (yeji_qualifications_make);
YEJI_DECLARE_HANDLER (yeji_qualifications_list);
YEJI_DECLARE_HANDLER (yeji_qualifications_get);
YEJI_DECLARE_HANDLER (yeji_qualifications_withdraw);
YEJI_DECLARE_HANDLER (yeji_qualifications_use);

/* yeji-editing-routes.c */
YEJI_DECLARE_HANDLER (yeji_editing_begin);
YEJI_DECLARE_HANDLER (yeji_editing_cease);

/* yeji-changes.c */
YEJI_DECLARE_HANDLER (yeji_changes_list);

/* yeji-operation.c */
YEJI_DECLARE_HANDLER (yeji_operation_get_health);
YEJI_DECLARE_HANDLER (yeji_operation_get_readiness);
YEJI_DECLARE_HANDLER (yeji_operation_get_metrics);
YEJI_DECLARE_HANDLER (yeji_operation_get_status);

/* yeji-public.c */
YEJI_DECLARE_HANDLER (yeji_public_list);
YEJI_DECLARE_HANDLER (yeji_public_get);

/* yeji-public-search.c */
YEJI_DECLARE_HANDLER (yeji_public_search_page);

/* yeji-public-project.c */
YEJI_DECLARE_HANDLER (yeji_public_project_page);

/* yeji-documents.c */
YEJI_DECLARE_HANDLER (yeji_documents_get);
YEJI_DECLARE_HANDLER (yeji_documents_have);

/* yeji-web.c */
YEJI_DECLARE_HANDLER (yeji_web_get_asset);
YEJI_DECLARE_HANDLER (yeji_web_get_desk);

/* yeji-thumbnails.c */
YEJI_DECLARE_HANDLER (yeji_thumbnails_find);
YEJI_DECLARE_HANDLER (yeji_thumbnails_send);
void yeji_thumbnails_make (YejiServerContext *context,
                           YejiRequest       *request);

/* yeji-tus-headers.c */
YEJI_DECLARE_HANDLER (yeji_files_options);

/* yeji-batches.c */
YEJI_DECLARE_HANDLER (yeji_batches_begin);
YEJI_DECLARE_HANDLER (yeji_batches_settle);
void yeji_batches_read     (YejiServerContext *context,
                            YejiRequest       *request);
void yeji_batches_complete (YejiServerContext *context,
                            YejiRequest       *request);

/* yeji-file-creation.c */
YEJI_DECLARE_HANDLER (yeji_files_create);

/* yeji-files.c */
YEJI_DECLARE_HANDLER (yeji_files_find);
YEJI_DECLARE_HANDLER (yeji_files_resume);
YEJI_DECLARE_HANDLER (yeji_files_settle);
void yeji_files_complete (YejiServerContext *context,
                          YejiRequest       *request);

/* yeji-file-removal.c */
YEJI_DECLARE_HANDLER (yeji_files_remove);
YEJI_DECLARE_HANDLER (yeji_files_removed);
void yeji_files_unlink   (YejiServerContext *context,
                          YejiRequest       *request);

G_END_DECLS
