// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A department that reviews. */
typedef struct
{
  char *id;
  char *name;
  char *grade;                 /* what its approval gives to a complete record, by its level */
  GStrv areas;                 /* beginnings of area codes */
} YejiOffice;

typedef struct _YejiOffices YejiOffices;

YejiOffices      *yeji_offices_new    (GBytes             *json,
                                       GError            **error);
const YejiOffice *yeji_offices_find   (const YejiOffices  *self,
                                       const char         *id);
GPtrArray        *yeji_offices_list   (const YejiOffices  *self);
const char       *yeji_offices_get_grade (const YejiOffices *self,
                                       const YejiOffice   *office,
                                       gboolean            complete);
gboolean          yeji_office_covers  (const YejiOffice   *self,
                                       const char         *area);
char             *yeji_office_get_areas_json (const YejiOffice *self);
void              yeji_offices_free   (YejiOffices        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiOffices, yeji_offices_free)

G_END_DECLS
