// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-record.h"

G_BEGIN_DECLS

/**
 * YejiServerDictionary:
 * @current: the dictionary that the province uses
 * @sha256: of its bundle, hexadecimal digits
 * @key: (nullable): the Ed25519 public key, base64; %NULL where the province does not sign
 * @signature: (nullable): of the bundle, base64
 *
 * The province's dictionary and the versions that it had before.
 */
typedef struct
{
  YejiDictionary *current;
  char *sha256;
  char *key;
  char *signature;

  /* private */
  char *old_dir;
  GMutex mutex;
  GHashTable *old;             /* version -> YejiDictionary */
} YejiServerDictionary;

YejiServerDictionary *yeji_server_dictionary_new  (const char            *data_dir,
                                                   GBytes                *settings,
                                                   GError               **error);
void                  yeji_server_dictionary_free (YejiServerDictionary  *self);
YejiRecord           *yeji_server_dictionary_read (YejiServerDictionary  *self,
                                                   const char            *body,
                                                   char                 **version,
                                                   GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiServerDictionary, yeji_server_dictionary_free)

G_END_DECLS
