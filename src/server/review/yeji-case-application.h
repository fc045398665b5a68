// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-case.h"

G_BEGIN_DECLS

#define YEJI_APPLICATION_CORRECTION "correction"
#define YEJI_APPLICATION_WITHDRAWAL "withdrawal"

#define YEJI_APPLICATION_REQUESTED "requested"
#define YEJI_APPLICATION_GRANTED "granted"
#define YEJI_APPLICATION_REFUSED "refused"
#define YEJI_APPLICATION_CANCELLED "cancelled"

/* What an enterprise asks for of an approved record, and what became of that. */
typedef struct
{
  char *id;
  char *uuid;                  /* of the record */
  char *enterprise;            /* code */
  char *kind;
  char *state;
  char *reason;
  char *changes;               /* JSON array of {pointer, before, after} */
  gint64 revision;             /* of the record that it was written for */
  char *account;
  char *key;                   /* idempotency key */
  char *request_hash;
  char *at;
  char *decided_at;            /* (nullable) */
  char *decided_office;        /* (nullable) */
  char *decided_by;            /* (nullable): real name */
  char *decided_account;       /* (nullable) */
  char *message;               /* (nullable) */
} YejiApplication;

YejiApplication *yeji_application_load        (YejiSql            *sql,
                                               const char         *id,
                                               GError            **error);
YejiApplication *yeji_application_load_by_key (YejiSql            *sql,
                                               const char         *enterprise,
                                               const char         *key,
                                               GError            **error);
YejiApplication *yeji_application_load_open   (YejiSql            *sql,
                                               const char         *uuid,
                                               GError            **error);
gboolean         yeji_application_insert      (YejiApplication    *self,
                                               YejiSql            *sql,
                                               GError            **error);
gboolean         yeji_application_decide      (YejiApplication    *self,
                                               YejiServerContext  *context,
                                               YejiSql            *sql,
                                               YejiAccount        *account,
                                               const char         *state,
                                               const char         *message,
                                               GError            **error);
gboolean         yeji_application_write_change (YejiApplication   *self,
                                               YejiServerContext  *context,
                                               YejiSql            *sql,
                                               YejiCase           *found,
                                               gboolean            with_record,
                                               GError            **error);
JsonNode        *yeji_application_to_json     (YejiApplication    *self,
                                               YejiServerContext  *context,
                                               YejiSql            *sql,
                                               YejiRequest        *request,
                                               GError            **error);
YejiResponse    *yeji_application_answer      (YejiApplication    *self,
                                               YejiServerContext  *context,
                                               YejiSql            *sql,
                                               YejiRequest        *request,
                                               guint               status,
                                               GError            **error);
YejiResponse    *yeji_application_refuse_decider (YejiServerContext *context,
                                               YejiRequest        *request,
                                               gboolean            any_section);
void             yeji_application_free        (YejiApplication    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiApplication, yeji_application_free)

G_END_DECLS
