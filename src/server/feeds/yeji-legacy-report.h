// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-db.h"

G_BEGIN_DECLS

/* What became of a file. */
typedef enum
{
  YEJI_LEGACY_IMPORTED,
  YEJI_LEGACY_TRIAL,           /* a dry run */
  YEJI_LEGACY_REFUSED,         /* some records cannot be taken, so none was */
  YEJI_LEGACY_ALREADY,         /* it was imported before */
  YEJI_LEGACY_FAILED,
} YejiLegacyOutcome;

/* How many records became what. */
typedef struct
{
  gint64 total;
  gint64 pending;
  gint64 refused;
  gint64 known;
} YejiLegacyCounts;

gboolean yeji_legacy_count        (YejiDb             *stage,
                                   YejiLegacyCounts   *counts,
                                   GError            **error);
gboolean yeji_legacy_report_text  (YejiDb             *stage,
                                   const char         *file,
                                   YejiLegacyOutcome   outcome,
                                   GError            **error);
gboolean yeji_legacy_report_json  (YejiDb             *stage,
                                   const char         *file,
                                   const char         *sha256,
                                   YejiLegacyOutcome   outcome,
                                   const char         *message,
                                   gboolean            first,
                                   GError            **error);

G_END_DECLS
