// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A department that reviews. */
typedef struct
{
  char *id;
  char *name;
  char *level;                 /* id of it */
  guint rank;                  /* of the level, 0 for the highest one */
  char *grade;                 /* what its approval gives to a complete record, by its level */
  GStrv areas;                 /* beginnings of area codes */
  GStrv all_areas;             /* (nullable): of all offices, for one of the highest level: what
                                * lies in none is its own, or nobody would ever decide on it */
} YejiOffice;

typedef struct _YejiOffices YejiOffices;

YejiOffices      *yeji_offices_new    (GBytes             *json,
                                       GError            **error);
const YejiOffice *yeji_offices_find   (const YejiOffices  *self,
                                       const char         *id);
GPtrArray        *yeji_offices_list   (const YejiOffices  *self);
GPtrArray        *yeji_offices_list_covering (const YejiOffices *self,
                                       const char         *area);
guint             yeji_offices_rank_grade (const YejiOffices *self,
                                       const char         *grade);
JsonNode         *yeji_offices_to_json (const YejiOffices *self);
const char       *yeji_offices_get_grade (const YejiOffices *self,
                                       const YejiOffice   *office,
                                       gboolean            complete);
gboolean          yeji_office_covers  (const YejiOffice   *self,
                                       const char         *area);
char             *yeji_office_get_areas_json (const YejiOffice *self);
char             *yeji_office_get_all_areas_json (const YejiOffice *self);
JsonArray        *yeji_office_list_areas (const YejiOffice *self);
JsonNode         *yeji_office_to_json (const YejiOffice   *self);
void              yeji_offices_free   (YejiOffices        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiOffices, yeji_offices_free)

G_END_DECLS
