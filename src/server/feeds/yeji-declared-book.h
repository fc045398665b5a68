// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-declared-project.h"
#include "yeji-declared.h"
#include "yeji-record.h"
#include "yeji-server-context.h"
#include "yeji-sql.h"

G_BEGIN_DECLS

/* What the table says of a number. */
typedef struct
{
  char *system;                /* id */
  char *number;                /* as it is written there */
  char *name;
  char *area;
  char *enterprise;
  char *state;
  char *at;
} YejiDeclaredEntry;

YejiDeclared      *yeji_declared_book_ask        (YejiServerContext  *context,
                                                  YejiSql            *sql,
                                                  YejiRecord         *record,
                                                  GError            **error);
gboolean           yeji_declared_book_find       (YejiSql            *sql,
                                                  const char         *number,
                                                  YejiDeclaredEntry **entry,
                                                  GError            **error);
gboolean           yeji_declared_book_find_tag   (YejiSql            *sql,
                                                  char              **tag,
                                                  GError            **error);
GBytes            *yeji_declared_book_read_filter (YejiSql           *sql,
                                                  GError            **error);
gboolean           yeji_declared_book_add_hashes (YejiSql            *sql,
                                                  GArray             *hashes,
                                                  GError            **error);
GBytes            *yeji_declared_book_pack       (GArray             *hashes,
                                                  gint64             *n_numbers);
gboolean           yeji_declared_book_write_filter (YejiSql          *sql,
                                                  GBytes             *filter,
                                                  GError            **error);
char              *yeji_declared_book_make_tag   (GBytes             *filter);
void               yeji_declared_entry_free      (YejiDeclaredEntry  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiDeclaredEntry, yeji_declared_entry_free)

G_END_DECLS
