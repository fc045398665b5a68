// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* All records of a profile. Signals "opened" (const char *uuid), "removed" (GStrv uuids, char *name)
 * to move to the bin, "restored" (GStrv uuids), "destroyed" (GStrv uuids, NULL for all in the bin) to
 * delete for good. */
#define YEJI_TYPE_RECORD_LIST (yeji_record_list_get_type ())

G_DECLARE_FINAL_TYPE (YejiRecordList, yeji_record_list, YEJI, RECORD_LIST, AdwBin)

GtkWidget *yeji_record_list_new          (void);
void       yeji_record_list_set_store    (YejiRecordList *self,
                                          YejiStore      *store);
void       yeji_record_list_set_title    (YejiRecordList *self,
                                          const char     *title);
void       yeji_record_list_search       (YejiRecordList *self);
void       yeji_record_list_remove       (YejiRecordList *self);
guint      yeji_record_list_get_n_shown  (YejiRecordList *self);
guint      yeji_record_list_get_n_all    (YejiRecordList *self);
void       yeji_record_list_grab         (YejiRecordList *self);
void       yeji_record_list_select       (YejiRecordList *self,
                                          const char     *uuid);
char      *yeji_record_list_get_selected (YejiRecordList *self);

G_END_DECLS
