// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-cli-declared.h"
#include "yeji-store-vault.h"
#include "yeji-store.h"
#include "yeji-validator.h"

G_BEGIN_DECLS

/* What a command works with: the dictionary, the profile (opened when it is first asked for), and
 * how to answer. */
typedef struct _YejiCliSession YejiCliSession;
typedef struct _YejiCliOptions YejiCliOptions;

YejiCliSession *yeji_cli_session_new            (const char      *profile,
                                                 gboolean         json,
                                                 GError         **error);
void            yeji_cli_session_set_options    (YejiCliSession  *self,
                                                 YejiCliOptions  *options);
YejiCliOptions *yeji_cli_session_get_options    (YejiCliSession  *self);
void            yeji_cli_session_free           (YejiCliSession  *self);
gboolean        yeji_cli_session_wants_json     (YejiCliSession  *self);
const char     *yeji_cli_session_get_profile    (YejiCliSession  *self);
YejiCliDeclared *yeji_cli_session_get_declared  (YejiCliSession  *self);
YejiDictionary *yeji_cli_session_get_built_in   (YejiCliSession  *self);
YejiDictionary *yeji_cli_session_get_dictionary (YejiCliSession  *self);
YejiStore      *yeji_cli_session_get_store      (YejiCliSession  *self);
YejiStore      *yeji_cli_session_open_with_key  (YejiCliSession  *self,
                                                 YejiStoreKey     kind,
                                                 const char      *secret);
YejiStore      *yeji_cli_session_reopen         (YejiCliSession  *self);
YejiRecord     *yeji_cli_session_load           (YejiCliSession  *self,
                                                 const char      *uuid);
YejiRecord     *yeji_cli_session_load_as_is     (YejiCliSession  *self,
                                                 const char      *uuid);
GPtrArray      *yeji_cli_session_check          (YejiCliSession  *self,
                                                 YejiRecord      *record,
                                                 gboolean         with_documents,
                                                 YejiFacts      **facts);
gboolean        yeji_cli_session_save           (YejiCliSession  *self,
                                                 YejiRecord      *record,
                                                 const char      *why);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiCliSession, yeji_cli_session_free)

G_END_DECLS
