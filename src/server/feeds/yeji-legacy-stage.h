// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-db.h"
#include "yeji-legacy-map.h"

G_BEGIN_DECLS

/* How far an import is. */
typedef enum
{
  YEJI_LEGACY_READING,         /* rows are incomplete: they are read anew */
  YEJI_LEGACY_JUDGING,         /* all rows are there; records are made of them, one after another */
  YEJI_LEGACY_JUDGED,
} YejiLegacyStep;

YejiDb   *yeji_legacy_stage_open   (const char      *data_dir,
                                    const char      *sha256,
                                    const char      *version,
                                    GError         **error);
YejiDb   *yeji_legacy_stage_open_again (const char  *data_dir,
                                    const char      *sha256,
                                    GError         **error);
gboolean  yeji_legacy_stage_remove (const char      *data_dir,
                                    const char      *sha256,
                                    GError         **error);
gboolean  yeji_legacy_stage_get    (YejiSql         *sql,
                                    YejiLegacyStep  *step,
                                    GError         **error);
gboolean  yeji_legacy_stage_set    (YejiSql         *sql,
                                    YejiLegacyStep   step,
                                    GError         **error);
gboolean  yeji_legacy_stage_note   (YejiSql         *sql,
                                    const char      *kind,
                                    const char      *sheet,
                                    guint            row,
                                    const char      *cell,
                                    const char      *text,
                                    GError         **error);
gboolean  yeji_legacy_read         (YejiDb          *stage,
                                    YejiLegacyMap   *map,
                                    YejiDictionary  *dictionary,
                                    const char      *path,
                                    GError         **error);

G_END_DECLS
