// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-accounts.h"
#include "yeji-db.h"
#include "yeji-server-context.h"

G_BEGIN_DECLS

/* What a command changes of an account; %NULL leaves it as it is. */
typedef struct
{
  char *name;
  char *role;
  char *display_name;
  char *office;
  char *department;
  char *enterprise;            /* name */
  char *code;
  char *password;
  gboolean lock;
  gboolean unlock;
} YejiUserChange;

typedef struct _YejiUserStore YejiUserStore;

YejiUserStore     *yeji_user_store_open  (const char            *data_dir,
                                          GError               **error);
gboolean           yeji_user_store_add   (YejiUserStore         *self,
                                          const YejiUserChange  *change,
                                          GError               **error);
gboolean           yeji_user_store_set   (YejiUserStore         *self,
                                          const YejiUserChange  *change,
                                          GError               **error);
GPtrArray         *yeji_user_store_list  (YejiUserStore         *self,
                                          GError               **error);
gboolean           yeji_user_store_has   (YejiUserStore         *self,
                                          const char            *name,
                                          gboolean              *has,
                                          GError               **error);
YejiServerContext *yeji_user_store_get_context (YejiUserStore   *self);
void               yeji_user_store_close (YejiUserStore         *self);
void               yeji_user_change_clear (YejiUserChange       *change);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiUserStore, yeji_user_store_close)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (YejiUserChange, yeji_user_change_clear)

G_END_DECLS
