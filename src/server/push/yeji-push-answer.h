// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-dictionary.h"

G_BEGIN_DECLS

/* What an answer has at most. */
#define YEJI_PUSH_MAX_ANSWER (64 * 1024)

/**
 * YejiPushVerdict:
 * @YEJI_PUSH_UNCLEAR: nothing was said for certain: it is sent again
 * @YEJI_PUSH_RECEIVED: the platform has it and has not decided: it is asked again
 * @YEJI_PUSH_ACCEPTED: done
 * @YEJI_PUSH_REFUSED: the platform will not have it as it is
 */
typedef enum
{
  YEJI_PUSH_UNCLEAR,
  YEJI_PUSH_RECEIVED,
  YEJI_PUSH_ACCEPTED,
  YEJI_PUSH_REFUSED,
} YejiPushVerdict;

typedef struct
{
  YejiPushVerdict verdict;
  gboolean trouble;            /* the platform itself is not well: everybody waits */
  char *message;               /* (nullable) */
  char *receipt;               /* (nullable) */
  gint64 retry_after;          /* seconds, 0: it does not say */
} YejiPushAnswer;

YejiPushAnswer *yeji_push_answer_new    (guint           status,
                                         const char     *body,
                                         gssize          length,
                                         const char     *retry_after,
                                         const char     *key,
                                         YejiDictionary *dictionary);
YejiPushAnswer *yeji_push_answer_failed (const char     *message);
void            yeji_push_answer_free   (YejiPushAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiPushAnswer, yeji_push_answer_free)

G_END_DECLS
