// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-db.h"
#include "yeji-dictionary.h"
#include "yeji-key-place.h"
#include "yeji-store.h"
#include "yeji-vault.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What was personal when everything was sealed; set together with it. */
#define YEJI_SEALED_SETTING "vault.sealed"

/* How what is personal is sealed where it is stored. All on the database's thread.
 *
 * Sealed are the values of fields that the dictionary calls personal, what stands under names that
 * it does not know, and what was noted beside a record; whatever begins as a sealed text does is
 * sealed, too, so that nothing is opened that was not. What cannot be opened stays as it is. */

/* yeji-body-seal.c: JSON */
void        yeji_body_seal            (JsonNode        *body,
                                       YejiDictionary  *dictionary,
                                       YejiVault       *vault,
                                       gint64           revision);
void        yeji_body_unseal          (JsonNode        *body,
                                       YejiVault       *vault);
void        yeji_move_notes_seal      (JsonNode        *notes,
                                       YejiDictionary  *dictionary,
                                       YejiVault       *vault,
                                       const char      *uuid);
void        yeji_move_notes_unseal    (JsonNode        *notes,
                                       YejiVault       *vault,
                                       const char      *uuid);
gboolean    yeji_seal_is_wanted       (YejiDictionary  *dictionary,
                                       const char      *table,
                                       const char      *field,
                                       const char      *value);
char       *yeji_seal_open            (YejiVault       *vault,
                                       const char      *text,
                                       const char      *place);

/* yeji-store-seal.c: what a store writes and reads */
YejiVault  *yeji_store_get_vault      (YejiStore       *self);
void        yeji_store_take_vault     (YejiStore       *self,
                                       YejiVault       *vault);
char       *yeji_store_digest_text    (YejiStore       *self,
                                       const char      *text);
char       *yeji_store_seal_node      (YejiStore       *self,
                                       JsonNode        *node,
                                       YejiDictionary  *dictionary,
                                       gint64           revision);
char       *yeji_store_seal_record    (YejiStore       *self,
                                       YejiRecord      *record,
                                       gint64           revision);
char       *yeji_store_open_body      (YejiStore       *self,
                                       const char      *body);
char       *yeji_store_seal_line      (YejiStore       *self,
                                       const char      *uuid,
                                       gint64           step,
                                       const YejiChange *change,
                                       const char      *text);
void        yeji_store_open_line      (YejiStore       *self,
                                       const char      *uuid,
                                       YejiChange      *change);
char       *yeji_store_seal_notes     (YejiStore       *self,
                                       YejiDictionary  *dictionary,
                                       const char      *uuid,
                                       JsonNode        *notes);
void        yeji_store_open_notes     (YejiStore       *self,
                                       const char      *uuid,
                                       JsonNode        *notes);

GPtrArray  *yeji_store_list_personal  (YejiStore       *self,
                                       YejiSql         *sql,
                                       const char      *uuid);
char       *yeji_seal_mask_words      (GPtrArray       *personal,
                                       const char      *text);

/* yeji-store-seal-all.c: everything in a database of any version */
gboolean    yeji_seal_all             (YejiSql         *sql,
                                       YejiVault       *vault,
                                       YejiDictionary  *current,
                                       gboolean        *any,
                                       GError         **error);
gboolean    yeji_seal_copies          (const char      *directory,
                                       YejiVault       *vault,
                                       YejiDictionary  *current);
gboolean    yeji_seal_clear_traces    (const char      *path,
                                       GError         **error);

/* yeji-store-vault.c */
gboolean    yeji_store_open_vault     (YejiStore       *self,
                                       YejiSql         *sql,
                                       GError         **error);
void        yeji_store_finish_vault   (YejiStore       *self);
gboolean    yeji_seal_write_chest     (const char      *directory,
                                       YejiSql         *sql,
                                       YejiVault       *vault,
                                       const char      *setting,
                                       const char      *file,
                                       GError         **error);
gboolean    yeji_seal_read_setting    (YejiSql         *sql,
                                       const char      *name,
                                       char           **value,
                                       GError         **error);
gboolean    yeji_seal_write_setting   (YejiSql         *sql,
                                       const char      *name,
                                       const char      *value,
                                       GError         **error);

YejiVault  *yeji_seal_open_chest      (const char      *chest,
                                       YejiKeyPlace    *place,
                                       GError         **error);
YejiVault  *yeji_seal_make_vault      (YejiKeyPlace    *place,
                                       GError         **error);
YejiSecret *yeji_seal_unlock          (const char      *chest,
                                       const char      *phrase);

/* yeji-store-lost-key.c */
void        yeji_store_allow_new_key  (YejiStore       *self,
                                       gboolean         allowed);
gboolean    yeji_store_may_make_new_key (YejiStore     *self);
YejiVault  *yeji_store_replace_vault  (YejiStore       *self,
                                       YejiSql         *sql,
                                       const char      *setting,
                                       const char      *file,
                                       YejiKeyPlace    *place,
                                       GError         **error);
gboolean    yeji_store_settle_keys    (YejiStore       *self,
                                       YejiSql         *sql,
                                       gboolean         replaced,
                                       GError         **error);

/* yeji-store-keys.c */
void        yeji_store_set_key_place  (YejiStore       *self,
                                       YejiKeyPlace     place);

/* Settings whose value is sealed as a whole. */
extern const char * const yeji_sealed_settings[];

char       *yeji_seal_make_setting_place (const char   *name);
char       *yeji_seal_make_line_place (const char      *uuid,
                                       const char      *table,
                                       const char      *row,
                                       const char      *field);

G_END_DECLS
