// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-announced.h"

G_BEGIN_DECLS

/* A submission as a request brought it, and what could be done about it before its turn. */
struct _YejiSentSubmission
{
  YejiAnnounced *announced;    /* NULL: the list of documents is malformed */
  gboolean may_follow;         /* whether the client asks to send its documents later */
  char *hash;                  /* of what its Idempotency-Key stands for */
  char *text;                  /* the body as it came */

  YejiRecord *record;          /* (nullable): that was checked, as it was read when it was written */
  char *today;                 /* when */
  GStrv slots;                 /* as if they had all their documents */
  GPtrArray *problems;         /* (element-type YejiProblem): if no other system has the project */
};

void       yeji_sent_submission_read     (YejiServerContext  *context,
                                          YejiRequest        *request);
gboolean   yeji_sent_submission_is_same  (YejiSentSubmission *self,
                                          YejiRequest        *request,
                                          const char         *hash);
GPtrArray *yeji_sent_submission_ref_problems (YejiSentSubmission *self,
                                          YejiRecord         *record,
                                          const char         *today,
                                          GStrv               slots,
                                          YejiDeclared       *declared);
void       yeji_sent_submission_free     (YejiSentSubmission *self);

G_END_DECLS
