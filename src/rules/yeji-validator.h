// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-declared.h"
#include "yeji-problem.h"
#include "yeji-record.h"

G_BEGIN_DECLS

#define YEJI_TYPE_VALIDATOR (yeji_validator_get_type ())

G_DECLARE_FINAL_TYPE (YejiValidator, yeji_validator, YEJI, VALIDATOR, GObject)

YejiValidator  *yeji_validator_new            (YejiDictionary     *dictionary,
                                               YejiLanguage        language);
YejiDictionary *yeji_validator_get_dictionary (YejiValidator      *self);
YejiLanguage    yeji_validator_get_language   (YejiValidator      *self);
GPtrArray      *yeji_validator_check          (YejiValidator      *self,
                                               YejiRecord         *record,
                                               const char         *today,
                                               const char * const *slots);
GPtrArray      *yeji_validator_check_against  (YejiValidator      *self,
                                               YejiRecord         *record,
                                               const char         *today,
                                               const char * const *slots,
                                               YejiDeclared       *declared);
gboolean        yeji_validator_keep           (YejiRecord         *record,
                                               YejiProblem        *problem,
                                               const char         *reason);

G_END_DECLS
