// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-bulk-bar.h"
#include "yeji-store.h"
#include "yeji-tray-page.h"
#include "yeji-welcome-page.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* All records of a profile. Signals "opened" (const char *uuid), "removed" (GStrv uuids)
 * to move to the bin, "restored" (GStrv uuids), "destroyed" (GStrv uuids, NULL for all in the bin)
 * to delete for good. What else is done with several records, the window's actions check-records,
 * submit-records, export-records, attach-to-records, copy-record and compare-records do. */
#define YEJI_TYPE_RECORD_LIST (yeji_record_list_get_type ())

G_DECLARE_FINAL_TYPE (YejiRecordList, yeji_record_list, YEJI, RECORD_LIST, AdwBin)

GtkWidget *yeji_record_list_new          (void);
void       yeji_record_list_set_store    (YejiRecordList *self,
                                          YejiStore      *store);
void       yeji_record_list_set_enterprise (YejiRecordList *self,
                                          const char     *name);
void       yeji_record_list_set_account  (YejiRecordList *self,
                                          const char     *account);
void       yeji_record_list_save_state   (YejiRecordList *self);
YejiBulkBar *yeji_record_list_get_bar    (YejiRecordList *self);
YejiWelcomePage *yeji_record_list_get_welcome (YejiRecordList *self);
void       yeji_record_list_search       (YejiRecordList *self);
void       yeji_record_list_remove       (YejiRecordList *self);
guint      yeji_record_list_get_n_shown  (YejiRecordList *self);
guint      yeji_record_list_get_n_all    (YejiRecordList *self);
void       yeji_record_list_grab         (YejiRecordList *self);
void       yeji_record_list_select       (YejiRecordList *self,
                                          const char     *uuid);
char      *yeji_record_list_get_selected (YejiRecordList *self);
YejiTrayPage *yeji_record_list_get_tray     (YejiRecordList *self);
void        yeji_record_list_show_tray      (YejiRecordList *self);

G_END_DECLS
