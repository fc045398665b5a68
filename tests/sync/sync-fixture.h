// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "fake-province.h"
#include "yeji-sync-engine.h"
#include "yeji-test.h"

G_BEGIN_DECLS

#define SYNC_TIME_LIMIT 20000

/* A profile that is signed in to a fake province. */
typedef struct
{
  char *dir;
  YejiDictionary *dictionary;
  YejiStore *store;
  FakeProvince *fake;
  YejiProvince *province;
  guint tries;                 /* how often a file may fail until a cycle ends: 1 unless set */
} SyncFixture;

typedef gboolean (*SyncFunc) (SyncFixture   *fixture,
                              gpointer       data,
                              GCancellable  *cancellable,
                              GError       **error);

#define sync_test_add(path, func) \
  g_test_add (path, SyncFixture, NULL, sync_fixture_set_up, func, sync_fixture_tear_down)

void     sync_fixture_set_up    (SyncFixture     *self,
                                 gconstpointer    data);
void     sync_fixture_tear_down (SyncFixture     *self,
                                 gconstpointer    data);
gboolean sync_fixture_run       (SyncFixture     *self,
                                 SyncFunc         func,
                                 gpointer         data,
                                 GCancellable    *cancellable,
                                 GError         **error);
gboolean sync_fixture_cycle     (SyncFixture     *self,
                                 YejiSyncReport  *report,
                                 GError         **error);
void     sync_fixture_sign_in   (SyncFixture     *self);
char    *sync_fixture_add       (SyncFixture     *self,
                                 const char      *name);
char    *sync_fixture_attach    (SyncFixture     *self,
                                 const char      *uuid,
                                 const char      *filename,
                                 gsize            size);
void     sync_fixture_queue     (SyncFixture     *self,
                                 const char      *uuid);
void     sync_fixture_edit      (SyncFixture     *self,
                                 const char      *uuid,
                                 const char      *name);
char    *sync_fixture_get_name  (SyncFixture     *self,
                                 const char      *uuid);
YejiState sync_fixture_get_state (SyncFixture    *self,
                                 const char      *uuid);
guint    sync_fixture_get_n_queued (SyncFixture  *self);

G_END_DECLS
