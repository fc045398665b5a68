// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef gboolean (*YejiTestCondition) (gpointer data);

char         *yeji_test_dir_new    (void);
void          yeji_test_dir_remove (const char          *path);
const char   *yeji_test_find_bytes (const char          *content,
                                    gsize                length,
                                    const char          *bytes,
                                    gsize                n_bytes);
char         *yeji_test_ask        (const char          *program,
                                    ...) G_GNUC_NULL_TERMINATED;
GAsyncResult *yeji_test_await      (GAsyncResult       **slot,
                                    guint                milliseconds);
void          yeji_test_wait_until (YejiTestCondition    condition,
                                    gpointer             data,
                                    guint                milliseconds);
gboolean      yeji_test_is_gone    (gpointer             place);
gboolean      yeji_test_is_last    (gpointer             object);
void          yeji_test_store_result (GObject           *source,
                                    GAsyncResult        *result,
                                    gpointer             slot);

G_END_DECLS
