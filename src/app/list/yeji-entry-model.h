// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-entry-item.h"
#include "yeji-query.h"

G_BEGIN_DECLS

/* Rows that are read together. */
#define YEJI_ENTRY_MODEL_PAGE 100

/* Pages that are kept, beside those of which a row is on screen. */
#define YEJI_ENTRY_MODEL_PAGES 8

/* The records that a query means, of which no more than a few pages are in memory. Signals
 * "changing" before rows change, "answered" after an answer: rows and counts are the store's. */
#define YEJI_TYPE_ENTRY_MODEL (yeji_entry_model_get_type ())

G_DECLARE_FINAL_TYPE (YejiEntryModel, yeji_entry_model, YEJI, ENTRY_MODEL, GObject)

YejiEntryModel *yeji_entry_model_new          (const YejiQuery *filters,
                                               guint            n_filters);
void            yeji_entry_model_set_store    (YejiEntryModel  *self,
                                               YejiStore       *store);
gboolean        yeji_entry_model_has_store    (YejiEntryModel  *self);
void            yeji_entry_model_set_query    (YejiEntryModel  *self,
                                               const YejiQuery *query);
void            yeji_entry_model_refresh      (YejiEntryModel  *self);
void            yeji_entry_model_seek         (YejiEntryModel  *self,
                                               const char      *uuid);
gboolean        yeji_entry_model_is_answered  (YejiEntryModel  *self);
guint           yeji_entry_model_find         (YejiEntryModel  *self,
                                               const char      *uuid);
const YejiQuery *yeji_entry_model_get_query   (YejiEntryModel  *self);
guint           yeji_entry_model_get_n_all    (YejiEntryModel  *self);
guint           yeji_entry_model_get_count    (YejiEntryModel  *self,
                                               guint            filter);
guint           yeji_entry_model_get_n_held   (YejiEntryModel  *self);

G_END_DECLS
