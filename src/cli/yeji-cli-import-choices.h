// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-cli-session.h"
#include "yeji-import-plan.h"

G_BEGIN_DECLS

/* What the clerk says of a file in the window, for scripts. */
const char *yeji_cli_import_get_word (YejiImportKey     key);
gboolean    yeji_cli_choose_columns  (YejiCliSession   *session,
                                      YejiDictionary   *dictionary,
                                      YejiImportLayout *layout);
gboolean    yeji_cli_mend_cells      (YejiCliSession   *session,
                                      YejiImportFile   *file);
gboolean    yeji_cli_choose_records  (YejiCliSession   *session,
                                      YejiImportPlan   *plan);

G_END_DECLS
