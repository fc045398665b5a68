// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

G_BEGIN_DECLS

typedef enum
{
  YEJI_USE_DRAFT,
  YEJI_USE_QUEUED,             /* waits to be sent, or for the answer */
  YEJI_USE_REFUSED,            /* the province did not take it: @message says why */
  YEJI_USE_OPEN,               /* the province has it */
  YEJI_USE_WITHDRAWING,        /* waits to be taken back */
  YEJI_USE_USED,               /* an application carries it */
  YEJI_USE_WITHDRAWN,
  N_YEJI_USE_STATES
} YejiUseState;

/**
 * YejiUseList:
 * @id: made here; the key under which it is sent, so that it arrives once
 * @kind: of the dictionary's qualifications
 * @records: their uuids, in the order in which they were ticked
 * @again: whether who sent it knows that other lists carry some of the records
 * @doubled: whether it was refused for that
 * @tried: whether it was sent and nothing was heard: it can be changed no more until something is
 * @server_id: (nullable): what the province calls it
 * @answer: (nullable): what the province last said of it, JSON
 * @message: (nullable): why it was refused, in the user's language
 * @application: (nullable): the number of the application that carries it
 * @n_lost: records of it that do not count any more, as the province said last
 * @made_at: RFC 3339
 *
 * A qualification list: the approved records that an application for a qualification carries.
 */
typedef struct
{
  char *id;
  char *kind;
  char *name;
  YejiUseState state;
  GStrv records;
  gboolean again;
  gboolean doubled;
  gboolean tried;
  char *server_id;
  char *answer;
  char *message;
  char *application;
  guint n_lost;
  char *made_at;
} YejiUseList;

YejiUseList *yeji_use_list_new           (const char         *kind,
                                          const char         *name);
YejiUseList *yeji_use_list_copy          (const YejiUseList  *self);
void         yeji_use_list_free          (YejiUseList        *self);
void         yeji_use_list_tick          (YejiUseList        *self,
                                          const char         *uuid,
                                          gboolean            ticked);
gboolean     yeji_use_list_is_editable   (const YejiUseList  *self);
gboolean     yeji_use_list_carries       (const YejiUseList  *self,
                                          const char         *uuid);
gboolean     yeji_use_list_is_live       (const YejiUseList  *self);
const char  *yeji_use_state_to_text      (YejiUseState        state);

GPtrArray   *yeji_store_get_use_lists    (YejiStore          *self,
                                          GError            **error);
YejiUseList *yeji_store_load_use_list    (YejiStore          *self,
                                          const char         *id,
                                          GError            **error);
gboolean     yeji_store_save_use_list    (YejiStore          *self,
                                          const YejiUseList  *list,
                                          GError            **error);
gboolean     yeji_store_queue_use_list   (YejiStore          *self,
                                          const char         *id,
                                          gboolean            again,
                                          GError            **error);
gboolean     yeji_store_withdraw_use_list (YejiStore         *self,
                                          const char         *id,
                                          GError            **error);
gboolean     yeji_store_remove_use_list  (YejiStore          *self,
                                          const char         *id,
                                          gboolean            removed,
                                          GError            **error);

/* What becomes of it at the province. */
gboolean     yeji_store_note_use_tried   (YejiStore          *self,
                                          const char         *id,
                                          GError            **error);
gboolean     yeji_store_note_use_refused (YejiStore          *self,
                                          const char         *id,
                                          gboolean            doubled,
                                          const char         *message,
                                          GError            **error);
gboolean     yeji_store_note_use_answer  (YejiStore          *self,
                                          const char         *id,
                                          JsonNode           *answer,
                                          GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiUseList, yeji_use_list_free)

G_END_DECLS
