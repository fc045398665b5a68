// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-handlers.h"

G_BEGIN_DECLS

#define YEJI_STATE_DRAFT "draft"
#define YEJI_STATE_SUBMITTED "submitted"
#define YEJI_STATE_RETURNED "returned"
#define YEJI_STATE_APPROVED "approved"
#define YEJI_STATE_WITHDRAWN "withdrawn"
#define YEJI_STATE_REMOVED "removed"       /* a tombstone: the content is gone */
#define YEJI_STATE_REVOKED "revoked"       /* by the province, for falsehood: nobody changes it */

/* What is incomplete or not confirmed: public, and its enterprise may complete it. */
#define YEJI_GRADE_INCOMPLETE "D"

/* A record with everything that the province knows of it. */
typedef struct
{
  char *uuid;
  char *enterprise;            /* code */
  char *enterprise_name;
  gint64 revision;             /* grows with every change, of the state too */
  char *state;
  char *body;                  /* the record as text */
  char *text;                  /* (nullable): what the body shall be, where it is known already */
  char *sent_hash;             /* of the body as it was sent last */
  char *area;
  char *grade;                 /* (nullable) */
  char *office;                /* (nullable) */
  char *reviewer;              /* (nullable) */
  char *message;               /* (nullable) */
  char *points;                /* JSON array */
  char *submitted_at;          /* (nullable) */
  char *approved_at;           /* (nullable) */
  gint64 submitted_revision;   /* that was submitted last, 0 when none was */
  char *submitted_hash;        /* (nullable): of exactly what was sent then */
  char *files_due_at;          /* (nullable): while documents are to follow */
  char *files_complete_at;     /* (nullable): when the last document of the submission was there */
  char *changed_at;            /* (nullable): when it became what it is, NULL until it was loaded */
  gint64 content_revision;     /* that brought a content last, 0: not known */
  gint64 batch;                /* what its public page comes with, unseen yet; 0: nothing */
} YejiCase;

YejiCase     *yeji_case_load         (YejiSql            *sql,
                                      const char         *uuid,
                                      GError            **error);
YejiCase     *yeji_case_load_for     (YejiServerContext  *context,
                                      YejiSql            *sql,
                                      YejiRequest        *request,
                                      YejiResponse      **refusal,
                                      GError            **error);
gboolean      yeji_case_is_writable  (YejiCase           *self);
gboolean      yeji_case_is_public    (YejiCase           *self);
gboolean      yeji_case_waits_for_files (YejiCase        *self);
YejiRecord   *yeji_case_read_record  (YejiCase           *self,
                                      YejiServerContext  *context,
                                      char              **version,
                                      GError            **error);
GStrv         yeji_case_list_slots   (YejiCase           *self,
                                      YejiSql            *sql,
                                      GError            **error);
gboolean      yeji_case_save         (YejiCase           *self,
                                      YejiServerContext  *context,
                                      YejiSql            *sql,
                                      YejiRecord         *record,
                                      GError            **error);
gboolean      yeji_case_write_change (YejiCase           *self,
                                      YejiSql            *sql,
                                      gboolean            with_record,
                                      GError            **error);
gboolean      yeji_case_return       (YejiCase           *self,
                                      YejiServerContext  *context,
                                      YejiSql            *sql,
                                      const char         *message,
                                      JsonNode           *points,
                                      const char         *what,
                                      GError            **error);
YejiResponse *yeji_case_answer       (YejiCase           *self,
                                      YejiSql            *sql,
                                      YejiRequest        *request,
                                      guint               status,
                                      GError            **error);
YejiResponse *yeji_case_refuse_stale (YejiCase           *self,
                                      YejiSql            *sql,
                                      YejiRequest        *request,
                                      GError            **error);
gboolean      yeji_case_is_handed_in (const char         *state);
YejiResponse *yeji_case_refuse_state (YejiCase           *self,
                                      YejiRequest        *request);
YejiResponse *yeji_case_refuse_dictionary (YejiServerContext *context,
                                      YejiRequest        *request,
                                      const char         *version);
JsonNode     *yeji_points_to_json    (const char         *points);
void          yeji_case_free         (YejiCase           *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiCase, yeji_case_free)

G_END_DECLS
