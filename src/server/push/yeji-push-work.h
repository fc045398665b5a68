// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-push-answer.h"
#include "yeji-push-queue.h"

G_BEGIN_DECLS

/* How it stands with the national platform, as JSON; of a record whose uuid is the expression. */
#define YEJI_PUSH_STATE(uuid) \
  "(SELECT json_object ('state', national.state, 'at', national.at, 'message', national.message," \
  " 'receipt', national.receipt) FROM national WHERE national.uuid = " uuid ")"

/* What is to be sent now. */
typedef struct
{
  gint64 seq;
  char *uuid;
  char *key;
  char *payload;
  guint tries;                 /* this one among them */
} YejiPushItem;

/* How many there are in each state. */
typedef struct
{
  gint64 waiting;              /* tried or not */
  gint64 sent;
  gint64 accepted;
  gint64 refused;
  char *oldest_at;             /* (nullable): of those that wait */
  char *message;               /* (nullable): of the last try of the oldest one */
} YejiPushCounts;

GPtrArray *yeji_push_take         (YejiServerContext     *context,
                                   YejiSql               *sql,
                                   guint                  n_items,
                                   gboolean              *changed,
                                   GError               **error);
gboolean   yeji_push_settle       (YejiServerContext     *context,
                                   YejiSql               *sql,
                                   const YejiPushItem    *item,
                                   const YejiPushAnswer  *answer,
                                   gboolean              *changed,
                                   GError               **error);
gint64     yeji_push_delay        (YejiServerContext     *context,
                                   guint                  tries,
                                   gint64                 retry_after);
gboolean   yeji_push_count        (YejiSql               *sql,
                                   YejiPushCounts        *counts,
                                   GError               **error);
void       yeji_push_add_state    (YejiSql               *sql,
                                   const char            *uuid,
                                   JsonObject            *object);
void       yeji_push_counts_clear (YejiPushCounts        *counts);
void       yeji_push_item_free    (YejiPushItem          *item);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (YejiPushCounts, yeji_push_counts_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiPushItem, yeji_push_item_free)

G_END_DECLS
