// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "fake-message.h"
#include "fake-province.h"
#include "yeji-wire.h"

#include <string.h>

G_BEGIN_DECLS

typedef struct
{
  char *record;
  char *sha256;
  gsize length;
  GByteArray *content;
} FakeUpload;

typedef struct
{
  SoupServerMessage *message;
  const char *path;
  GHashTable *query;
  JsonObject *body;            /* (nullable) */
} Visit;

static inline void
respond (SoupServerMessage *message,
         guint              status,
         char              *text)
{
  soup_server_message_set_status (message, status, NULL);
  if (text != NULL)
    soup_server_message_set_response (message, status < 400 ? "application/json"
                                                            : YEJI_WIRE_PROBLEM_TYPE,
                                      SOUP_MEMORY_TAKE, text, strlen (text));
}

static inline void
refuse (SoupServerMessage *message,
        guint              status,
        const char        *kind,
        const char        *more)
{
  respond (message, status,
           g_strdup_printf ("{\"type\": \"urn:yeji:problem:%s\", \"title\": \"title of %s\","
                            " \"status\": %u%s}", kind, kind, status, more));
}

/* fake-files.c */
void fake_upload_free (gpointer data);
void fake_files_post_have (FakeProvince *self,
                           Visit        *visit);
void fake_files_post (FakeProvince *self,
                      Visit        *visit);
void fake_files_post_batch (FakeProvince *self,
                            Visit        *visit);
void fake_files_head (FakeProvince *self,
                      Visit        *visit);
void fake_files_patch (FakeProvince *self,
                       Visit        *visit);
void fake_files_options (FakeProvince *self,
                         Visit        *visit);
void fake_files_delete (FakeProvince *self,
                        Visit        *visit);
void fake_files_keep_half (FakeProvince *self,
                           Visit        *visit);
void fake_files_lose_sum (FakeProvince *self,
                          Visit        *visit);

G_END_DECLS
