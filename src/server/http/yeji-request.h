// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <json-glib/json-glib.h>

#include "yeji-language.h"
#include "yeji-roles.h"
#include "yeji-upload.h"

G_BEGIN_DECLS

typedef struct _YejiBatch YejiBatch;
typedef struct _YejiSentRecord YejiSentRecord;
typedef struct _YejiSentSubmission YejiSentSubmission;

/* What a handler knows of a request. Used by one thread after the other, never by two at once. */
typedef struct
{
  char *method;
  char *path;
  GHashTable *query;           /* name -> value */
  GHashTable *headers;         /* name in lower case -> value */
  JsonNode *body;              /* (nullable) */
  const char *text;            /* (nullable): of the body, or of the list that a batch begins with,
                                * while it is prepared */
  gsize length;                /* of @text */
  YejiLanguage language;

  char *target;                /* (nullable): the uuid or id that the path names; by the router */
  YejiAccount *account;        /* (nullable): who asks; by the router */
  char *address;               /* (nullable): where it comes from, as yeji_peer_find() tells it */
  YejiReach reach;             /* which records are there for who asks; by the router */

  YejiSentRecord *sent;        /* (nullable): the record that the body was */
  YejiSentSubmission *submission;  /* (nullable): the submission that the body was */
  YejiUpload *upload;          /* (nullable): the file that the request is about; by its handler */
  YejiBatch *batch;            /* (nullable): the files that the request brings */
  char *document;              /* (nullable): path of what a thumbnail is asked of */
  char *thumbnail;             /* (nullable): path of the thumbnail */
  guint page;                  /* of it, from 1 */
  YejiSignIn *sign_in;         /* (nullable): a sign-in whose password is being checked */
} YejiRequest;

YejiRequest *yeji_request_new          (const char   *method,
                                        const char   *path,
                                        const char   *query);
void         yeji_request_set_header   (YejiRequest  *self,
                                        const char   *name,
                                        const char   *value);
const char  *yeji_request_get_header   (YejiRequest  *self,
                                        const char   *name);
const char  *yeji_request_get_query    (YejiRequest  *self,
                                        const char   *name);
char        *yeji_request_dup_token    (YejiRequest  *self);
JsonObject  *yeji_request_get_object   (YejiRequest  *self);
const char  *yeji_request_get_string   (YejiRequest  *self,
                                        const char   *member);
JsonArray   *yeji_request_get_array    (YejiRequest  *self,
                                        const char   *member);
gboolean     yeji_request_get_revision (YejiRequest  *self,
                                        gint64       *revision);
gboolean     yeji_request_knows        (YejiRequest  *self,
                                        const char   *tag);
void         yeji_request_free         (YejiRequest  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiRequest, yeji_request_free)

G_END_DECLS
