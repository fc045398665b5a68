// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The length of every key and secret here, in bytes. */
#define YEJI_SECRET_SIZE 32

/* 32 bytes in memory that is locked, guarded and wiped when it is freed. */
typedef struct _YejiSecret YejiSecret;

void          yeji_secret_init      (void);
YejiSecret   *yeji_secret_new       (void);
YejiSecret   *yeji_secret_new_from  (const guint8      *bytes);
YejiSecret   *yeji_secret_new_text  (const char        *text);
YejiSecret   *yeji_secret_copy      (const YejiSecret  *self);
const guint8 *yeji_secret_peek      (const YejiSecret  *self);
gboolean      yeji_secret_equal     (const YejiSecret  *self,
                                     const YejiSecret  *other);
char         *yeji_secret_to_text   (const YejiSecret  *self);
void          yeji_secret_free      (YejiSecret        *self);
void          yeji_secret_wipe_text (char              *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiSecret, yeji_secret_free)

/* A text that is wiped before it is freed. */
typedef char YejiSecretText;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiSecretText, yeji_secret_wipe_text)

G_END_DECLS
