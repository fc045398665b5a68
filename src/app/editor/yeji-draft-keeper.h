// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

G_BEGIN_DECLS

/**
 * YejiKeeperState:
 * @YEJI_KEEPER_SAVED: everything that was typed is on disk
 * @YEJI_KEEPER_PENDING: something was typed within the last second
 * @YEJI_KEEPER_FAILED: the last try to save failed; it is tried again by itself
 */
typedef enum
{
  YEJI_KEEPER_SAVED,
  YEJI_KEEPER_PENDING,
  YEJI_KEEPER_FAILED,
} YejiKeeperState;

/* How a record is saved: what yeji_store_save_async() and its finish do for a store. The record is
 * taken as it is during the call; it may change as soon as that returns. */
typedef struct
{
  void  (*save)   (gpointer             target,
                   YejiRecord          *record,
                   const YejiFacts     *facts,
                   const char          *why,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data);
  char *(*finish) (gpointer             target,
                   GAsyncResult        *result,
                   GError             **error);
} YejiSaver;

#define YEJI_TYPE_DRAFT_KEEPER (yeji_draft_keeper_get_type ())

G_DECLARE_FINAL_TYPE (YejiDraftKeeper, yeji_draft_keeper, YEJI, DRAFT_KEEPER, GObject)

YejiDraftKeeper *yeji_draft_keeper_new          (YejiStore            *store,
                                                 YejiRecord           *record);
YejiDraftKeeper *yeji_draft_keeper_new_full     (gpointer              target,
                                                 const YejiSaver      *saver,
                                                 YejiRecord           *record);
void             yeji_draft_keeper_set_record   (YejiDraftKeeper      *self,
                                                 YejiRecord           *record);
void             yeji_draft_keeper_set_facts    (YejiDraftKeeper      *self,
                                                 const YejiFacts      *facts);
void             yeji_draft_keeper_begin        (YejiDraftKeeper      *self,
                                                 const char           *key);
void             yeji_draft_keeper_release      (YejiDraftKeeper      *self);
void             yeji_draft_keeper_touch        (YejiDraftKeeper      *self,
                                                 const char           *why);
YejiKeeperState  yeji_draft_keeper_get_state    (YejiDraftKeeper      *self);
const char      *yeji_draft_keeper_get_saved_at (YejiDraftKeeper      *self);
const GError    *yeji_draft_keeper_get_error    (YejiDraftKeeper      *self);
char            *yeji_draft_keeper_get_text     (YejiDraftKeeper      *self);
void             yeji_draft_keeper_flush_async  (YejiDraftKeeper      *self,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
void             yeji_draft_keeper_flush_and_hold_async (YejiDraftKeeper *self,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean         yeji_draft_keeper_flush_finish (YejiDraftKeeper      *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);

G_END_DECLS
