// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-entry.h"
#include "yeji-record.h"

G_BEGIN_DECLS

const char *yeji_state_get_label     (YejiState        state);
const char *yeji_state_get_style     (YejiState        state);
const char *yeji_state_get_help      (YejiState        state);
const char *yeji_severity_get_label  (YejiSeverity     severity);
const char *yeji_severity_get_icon   (YejiSeverity     severity);
const char *yeji_severity_get_style  (YejiSeverity     severity);
char       *yeji_error_to_sentence   (const GError    *error);
char       *yeji_time_to_text        (const char      *moment);
char       *yeji_moment_to_text      (const char      *moment);
const char *yeji_label               (const YejiText  *text);
const char *yeji_role_get_label      (YejiDictionary  *dictionary,
                                      const char      *role);
char       *yeji_grade_to_text       (YejiDictionary  *dictionary,
                                      const char      *grade);
char       *yeji_code_to_text        (const YejiFieldDef *field,
                                      const char      *value);

G_END_DECLS
