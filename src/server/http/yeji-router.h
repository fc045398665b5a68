// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-handlers.h"

G_BEGIN_DECLS

/* Which thread does a route's work. */
typedef enum
{
  YEJI_LANE_NONE,
  YEJI_LANE_PASSWORDS,
  YEJI_LANE_DISK,
  YEJI_LANE_THUMBNAILS,
  YEJI_LANE_PARSING,
} YejiLane;

/* How a request is answered: by its handler, or, when that says so, by work and what follows. */
typedef struct
{
  const char *method;
  const char *pattern;         /* {uuid}, {id} and {asset} stand for a segment, up to its :verb */
  YejiAccess access;           /* looked at in yeji_router_begin() and nowhere else */
  YejiHandler handler;
  YejiLane lane;
  YejiWork work;
  YejiHandler then;
  gboolean streams;            /* the body goes to the upload between handler and work */
  gboolean reads;              /* the handler writes nothing: it waits for no commit */
  YejiWork prepare;            /* (nullable): what can be done with the body before anybody has a turn
                                * at the database, on a thread of its own */
  gboolean raw;                /* that reads the body itself: it is not read before */
  gboolean batch;              /* the body begins with a list, which is prepared; the rest streams */
} YejiRoute;

const YejiRoute *yeji_router_find   (YejiRequest         *request,
                                     YejiResponse       **refusal);
YejiResponse    *yeji_router_read   (const YejiRoute     *route,
                                     YejiServerContext   *context,
                                     YejiRequest         *request,
                                     const char          *text,
                                     gsize                length);
YejiResponse    *yeji_router_begin  (const YejiRoute     *route,
                                     YejiServerContext   *context,
                                     YejiSql             *sql,
                                     YejiRequest         *request,
                                     GError             **error);
YejiResponse    *yeji_router_finish (const YejiRoute     *route,
                                     YejiServerContext   *context,
                                     YejiSql             *sql,
                                     YejiRequest         *request,
                                     GError             **error);
const char      *yeji_router_find_pattern (const char    **method,
                                     const char          *path);
const YejiRoute *yeji_router_get_routes (guint              *n_routes);

G_END_DECLS
