// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-handlers.h"
#include "yeji-qualify.h"

G_BEGIN_DECLS

/* Records of a list, and letters of what it is called. */
#define YEJI_QUALIFICATION_MAX_RECORDS 200
#define YEJI_QUALIFICATION_MAX_NAME 100

#define YEJI_QUALIFICATION_OPEN "open"
#define YEJI_QUALIFICATION_USED "used"
#define YEJI_QUALIFICATION_WITHDRAWN "withdrawn"

/* What is known of a list but for its records. */
typedef struct
{
  char *id;
  char *enterprise;            /* code */
  char *enterprise_name;
  char *kind;
  char *name;
  char *state;
  char *made_at;
  char *made_by;
  char *changed_at;
  char *application;           /* (nullable): the number of the application that carries it */
  char *request_hash;
} YejiQualificationList;

/* On the columns of yeji_qualification_lists_read(). */
#define YEJI_QUALIFICATION_COLUMNS \
  "id, q.enterprise, enterprise.name, kind, q.name, state, made_at, made_by, changed_at," \
  " application, request_hash"
#define YEJI_QUALIFICATION_TABLES \
  "qualification q JOIN enterprise ON enterprise.code = q.enterprise"

YejiQualificationList *yeji_qualification_list_read  (YejiRows              *rows);
YejiQualificationList *yeji_qualification_list_load  (YejiSql               *sql,
                                                      const char            *id,
                                                      GError               **error);
void                   yeji_qualification_list_free  (YejiQualificationList *self);
JsonNode              *yeji_qualification_list_to_json (YejiQualificationList *self,
                                                      YejiServerContext     *context,
                                                      YejiSql               *sql,
                                                      GError               **error);

GHashTable            *yeji_qualification_find_uses  (YejiSql               *sql,
                                                      const char            *enterprise,
                                                      const char            *except,
                                                      const char            *uuids,
                                                      GError               **error);
void                   yeji_qualification_set_uses   (JsonObject            *object,
                                                      GHashTable            *uses,
                                                      const char            *uuid);
JsonArray             *yeji_qualification_print_reasons (GPtrArray          *reasons);
JsonObject            *yeji_qualification_print_values (const YejiQualification *kind,
                                                      const double          *values);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiQualificationList, yeji_qualification_list_free)

G_END_DECLS
