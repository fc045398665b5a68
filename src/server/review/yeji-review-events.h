// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-case.h"

G_BEGIN_DECLS

#define YEJI_EVENT_SUBMITTED "submitted"
#define YEJI_EVENT_RETURNED "returned"
#define YEJI_EVENT_APPROVED "approved"
#define YEJI_EVENT_WITHDRAWN "withdrawn"
#define YEJI_EVENT_HANDED "handed"
#define YEJI_EVENT_REGRADED "regraded"
#define YEJI_EVENT_UNDONE "undone"

/* Something that was done to a record. What is %NULL is not there. */
typedef struct
{
  gint64 seq;                  /* of one that was read */
  const char *record;          /* uuid */
  gint64 revision;             /* that came of it */
  const char *kind;
  const char *at;              /* %NULL: now */
  const char *account;         /* name, "" for the province itself */
  const char *reviewer;        /* real name */
  const char *office;          /* with its section */
  const char *grade;           /* that the record got */
  const char *grade_before;
  const char *message;
  const char *points;          /* JSON array */
  const char *target;          /* id of the office that it was handed to */
  const char *body;            /* the record as it was decided on */
  const char *files;           /* JSON array of its documents then */
  const char *before;          /* JSON, what undoing it needs */
} YejiReviewEvent;

/* One that was read; its texts are its own. */
typedef struct
{
  YejiReviewEvent event;
  gboolean undone;
  GPtrArray *texts;
} YejiReviewEventRow;

gboolean   yeji_review_event_write      (YejiSql               *sql,
                                         const YejiReviewEvent *event,
                                         GError               **error);
gboolean   yeji_review_event_note       (YejiSql               *sql,
                                         YejiCase              *found,
                                         const char            *kind,
                                         const char            *account,
                                         GError               **error);
GPtrArray *yeji_review_events_list      (YejiSql               *sql,
                                         const char            *record,
                                         GError               **error);
gboolean   yeji_review_event_mark_undone (YejiSql              *sql,
                                         gint64                 seq,
                                         GError               **error);
gboolean   yeji_review_events_strip     (YejiSql               *sql,
                                         const char            *record,
                                         GError               **error);
JsonNode  *yeji_review_events_to_json   (GPtrArray             *events,
                                         const YejiOffices     *offices);
void       yeji_review_event_row_free   (YejiReviewEventRow    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiReviewEventRow, yeji_review_event_row_free)

G_END_DECLS
