// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <json-glib/json-glib.h>

#include "yeji-request.h"
#include "yeji-wire.h"

G_BEGIN_DECLS

/* What a handler answers. */
typedef struct
{
  guint status;                /* 0: the route's work is to be done first */
  GPtrArray *headers;          /* name, value, name, value ... */
  JsonNode *body;              /* (nullable) */
  GBytes *content;             /* (nullable): instead of a body */
  char *type;                  /* (nullable): of content or file */
  char *file;                  /* (nullable): path of what to send instead of a body */
  gint64 first;                /* of the file's bytes */
  gint64 n_bytes;              /* of them, from there on */
  gboolean changed;            /* somebody may be waiting for what was written */
  gboolean received;           /* a document has come in */
  guint hold_seconds;          /* there is nothing yet: ask again on a change, or after so long */
} YejiResponse;

YejiResponse *yeji_response_new        (guint         status,
                                        JsonNode     *body);
YejiResponse *yeji_response_new_text   (guint         status,
                                        char         *json);
YejiResponse *yeji_response_go_on      (void);
void          yeji_response_set_header (YejiResponse *self,
                                        const char   *name,
                                        const char   *value);
const char   *yeji_response_get_header (YejiResponse *self,
                                        const char   *name);
void          yeji_response_set_revision (YejiResponse *self,
                                        gint64        revision);
void          yeji_response_free       (YejiResponse *self);

YejiResponse *yeji_refuse              (YejiRequest  *request,
                                        const char   *kind,
                                        const char   *detail_zh,
                                        const char   *detail_en);
YejiResponse *yeji_refuse_status       (YejiRequest  *request,
                                        guint         status,
                                        const char   *kind,
                                        const char   *detail_zh,
                                        const char   *detail_en);
YejiResponse *yeji_refuse_errors       (YejiRequest  *request,
                                        const char   *kind,
                                        GPtrArray    *errors);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiResponse, yeji_response_free)

G_END_DECLS
