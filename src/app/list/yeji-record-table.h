// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-column-choice.h"
#include "yeji-entry-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * YejiUuidsFunc:
 * @uuids: of the records that were selected; never empty
 */
typedef void (*YejiUuidsFunc) (const char * const *uuids,
                               gpointer            data);

/* The records that a query means, as a table. Signals "opened" (const char *uuid), "sorted" when
 * another query is due because the clerk sorted anew, "answered" when rows or counts changed,
 * "selected" when the selection did. */
#define YEJI_TYPE_RECORD_TABLE (yeji_record_table_get_type ())

G_DECLARE_FINAL_TYPE (YejiRecordTable, yeji_record_table, YEJI, RECORD_TABLE, AdwBin)

GMenuModel     *yeji_record_table_set_store     (YejiRecordTable    *self,
                                                 YejiStore          *store);
void            yeji_record_table_set_menu      (YejiRecordTable    *self,
                                                 GMenuModel         *menu);
void            yeji_record_table_set_query     (YejiRecordTable    *self,
                                                 const YejiQuery    *query);
void            yeji_record_table_refresh       (YejiRecordTable    *self);
void            yeji_record_table_set_in_bin    (YejiRecordTable    *self,
                                                 gboolean            in_bin);
void            yeji_record_table_save          (YejiRecordTable    *self);
YejiEntryModel *yeji_record_table_get_model     (YejiRecordTable    *self);
guint           yeji_record_table_get_n_shown   (YejiRecordTable    *self);
guint           yeji_record_table_get_n_selected (YejiRecordTable   *self);
gboolean        yeji_record_table_is_fixed      (YejiRecordTable    *self,
                                                 int                *state);
void            yeji_record_table_grab          (YejiRecordTable    *self);
void            yeji_record_table_select        (YejiRecordTable    *self,
                                                 const char         *uuid);
void            yeji_record_table_select_first  (YejiRecordTable    *self);
GStrv           yeji_record_table_get_selected  (YejiRecordTable    *self,
                                                 gboolean           *complete);
void            yeji_record_table_with_selected (YejiRecordTable    *self,
                                                 YejiUuidsFunc       func,
                                                 gpointer            data,
                                                 GDestroyNotify      destroy);

G_END_DECLS
