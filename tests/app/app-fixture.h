// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-draft.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Milliseconds after which a callback fails a test. */
#define APP_FIXTURE_WATCHDOG 100

/* A profile in a directory of its own, with one record of data/samples, and a draft of it, unless
 * the set-up is bare. */
typedef struct
{
  char *dir;
  YejiDictionary *dictionary;
  YejiStore *store;
  YejiRecord *record;
  YejiDraft *draft;            /* (nullable) */
} AppFixture;

int         app_fixture_main  (int          *argc,
                               char       ***argv,
                               void        (*add_tests) (void));
void        app_fixture_set_up    (AppFixture    *fixture,
                                   gconstpointer  data);
void        app_fixture_set_up_bare (AppFixture  *fixture,
                                   gconstpointer  data);
void        app_fixture_set_up_with (AppFixture  *fixture,
                                   const char    *dir,
                                   YejiDictionary *dictionary);
void        app_fixture_tear_down (AppFixture    *fixture,
                                   gconstpointer  data);
YejiRecord *app_fixture_read      (AppFixture    *fixture,
                                   const char    *sample);
char       *app_fixture_stored    (AppFixture    *fixture,
                                   const char    *table,
                                   guint          row,
                                   const char    *field);

#define app_fixture_add_bare(path, test)                                                           \
  g_test_add (path, AppFixture, NULL, app_fixture_set_up_bare, test, app_fixture_tear_down)
#define app_fixture_add(path, test)                                                                \
  g_test_add (path, AppFixture, NULL, app_fixture_set_up, test, app_fixture_tear_down)

G_END_DECLS
