// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gio/gio.h>

#include "yeji-findings.h"

G_BEGIN_DECLS

#define YEJI_TYPE_EXAMINER (yeji_examiner_get_type ())

G_DECLARE_FINAL_TYPE (YejiExaminer, yeji_examiner, YEJI, EXAMINER, GObject)

YejiExaminer *yeji_examiner_new         (void);
void          yeji_examiner_set_limits  (YejiExaminer      *self,
                                         const YejiLimits  *limits);
void          yeji_examiner_set_seconds (YejiExaminer      *self,
                                         double             seconds);
gboolean      yeji_examiner_is_there    (void);
YejiFindings *yeji_examiner_examine     (YejiExaminer      *self,
                                         GFile             *file,
                                         GCancellable      *cancellable,
                                         GError           **error);
YejiFindings *yeji_examiner_look        (YejiExaminer      *self,
                                         GFile             *file,
                                         GCancellable      *cancellable,
                                         GError           **error);
gboolean      yeji_examiner_shrink      (YejiExaminer      *self,
                                         GFile             *file,
                                         GFile             *to,
                                         gint64             limit,
                                         YejiFindings     **result,
                                         GCancellable      *cancellable,
                                         GError           **error);
gboolean      yeji_examiner_combine     (YejiExaminer      *self,
                                         GFile            **files,
                                         guint              n_files,
                                         GFile             *to,
                                         YejiFindings     **result,
                                         GCancellable      *cancellable,
                                         GError           **error);
gboolean      yeji_examiner_thumbnail   (YejiExaminer      *self,
                                         GFile             *file,
                                         guint              page,
                                         int                longest,
                                         GFile             *to,
                                         GCancellable      *cancellable,
                                         GError           **error);
void          yeji_examiner_close       (YejiExaminer      *self);

G_END_DECLS
