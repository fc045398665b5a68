// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-document-change.h"
#include "yeji-documents-pane.h"
#include "yeji-file-card.h"

G_BEGIN_DECLS

/* What the files of the pane share. */
YejiDraft      *yeji_documents_pane_get_draft   (YejiDocumentsPane  *self);
void            yeji_documents_pane_show_error  (YejiDocumentsPane  *self,
                                                 const char         *sentence);
YejiAttachment *yeji_documents_pane_find        (YejiDocumentsPane  *self,
                                                 const char         *id);
YejiFileCard   *yeji_documents_pane_find_card   (YejiDocumentsPane  *self,
                                                 const char         *id);
const char     *yeji_documents_pane_choose_slot (YejiDocumentsPane  *self);

/* yeji-documents-order.c */
void            yeji_documents_order_install    (GtkWidgetClass     *klass);
void            yeji_documents_pane_move        (YejiDocumentsPane  *self,
                                                 YejiAttachment     *attachment,
                                                 const char         *slot,
                                                 guint               index);
void            yeji_documents_pane_run         (YejiDocumentsPane  *self,
                                                 YejiDocumentChange *change);

/* yeji-documents-same.c */
void            yeji_documents_same_load        (YejiDocumentsPane  *self);

/* yeji-documents-scans.c */
void            yeji_documents_scans_install    (GtkWidgetClass     *klass);

/* yeji-documents-paste.c */
void            yeji_documents_paste_install    (GtkWidgetClass     *klass);

G_END_DECLS
