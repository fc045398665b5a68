// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <cairo.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/* A text as a QR code (ISO/IEC 18004), to be drawn on paper or screen. */
typedef struct _YejiQr YejiQr;

YejiQr   *yeji_qr_new       (const char   *text,
                             GError      **error);
guint     yeji_qr_get_width (const YejiQr *self);
gboolean  yeji_qr_is_dark   (const YejiQr *self,
                             guint         column,
                             guint         row);
void      yeji_qr_draw      (const YejiQr *self,
                             cairo_t      *cairo,
                             double        x,
                             double        y,
                             double        size);
void      yeji_qr_free      (YejiQr       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiQr, yeji_qr_free)

G_END_DECLS
