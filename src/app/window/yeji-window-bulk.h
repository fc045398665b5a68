// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-bulk-job.h"
#include "yeji-window.h"

G_BEGIN_DECLS

/**
 * YejiBulkErrand:
 * @step: what is done with each record, beside the window
 * @doing: with how many are done, and of how many; not translated yet
 * @end: called when it is over, with the results of those records that had their turn; not when the
 *   window has gone
 *
 * Something that another file does with many records.
 */
typedef struct
{
  YejiBulkStep step;
  const char *doing;
  void (*end) (YejiWindow *window,
               GPtrArray  *results,
               guint       n_all,
               gpointer    data);
} YejiBulkErrand;

void     yeji_window_bulk_export  (YejiWindow         *window,
                                   const char * const *uuids,
                                   GFile              *file,
                                   guint               format);
void     yeji_window_bulk_attach  (YejiWindow         *window,
                                   const char * const *uuids,
                                   const char         *slot,
                                   GListModel         *files);
void     yeji_window_bulk_offer_take_back (AdwToastOverlay *toasts,
                                   const char         *text,
                                   const char * const *uuids);
gboolean yeji_window_bulk_is_busy (YejiWindow         *window);
gboolean yeji_window_bulk_refuse  (YejiWindow         *window);
void     yeji_window_bulk_run     (YejiWindow         *window,
                                   const YejiBulkErrand *errand,
                                   const char * const *uuids,
                                   gpointer            data,
                                   GDestroyNotify      free_data);
void     yeji_window_bulk_install (GtkWidgetClass     *klass);

G_END_DECLS
