// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What may go wrong with one request. */
typedef enum
{
  FAKE_NONE,
  /* instead of the work */
  FAKE_CAPTIVE,                /* a portal's 200 in HTML */
  FAKE_STRANGER,               /* a good answer that does not say that it is the province's */
  FAKE_REDIRECT,
  FAKE_SILENT,                 /* never answers */
  FAKE_HANG_UP,
  FAKE_INTERNAL,               /* 500 */
  FAKE_THROTTLE,               /* 429, Retry-After: 100 */
  FAKE_INVALID,                /* 422 with a problem */
  FAKE_MISSING,                /* 409 missing-documents */
  FAKE_STATE,                  /* 409 state */
  FAKE_DICTIONARY,             /* 409 dictionary */
  FAKE_GONE,                   /* 410 */
  FAKE_CONFLICT,               /* 409 without a body, as tus does */
  FAKE_CHECKSUM,               /* 460 */
  FAKE_NOT_JSON,
  FAKE_TRUNCATED,              /* half of an answer, complete by HTTP */
  FAKE_HUGE,                   /* 17 MB */
  FAKE_EMPTY,                  /* {} */
  /* after the work */
  FAKE_LOSE_ANSWER,
  FAKE_CAPTIVE_AFTER,          /* a portal's 200 in HTML in place of the answer */
  FAKE_NO_ETAG,
  FAKE_WRONG_OFFSET,
  FAKE_KEEP_HALF,              /* of an upload, and says so */
  FAKE_LOSE_SUM,               /* every byte arrived, the sum was never compared */
  FAKE_ELSEWHERE,              /* Location at another host */
} FakeFault;

typedef struct
{
  char *uuid;
  char *body;
  guint revision;
  char *state;
  char *key;                   /* of the submission */
  char *files;                 /* of the submission, JSON */
  GHashTable *held;            /* sha256 of whole files */
  gboolean files_follow;       /* was submitted before them */
  guint n_submissions;         /* that were taken, not those that were asked for again */
} FakeRecord;

typedef struct _FakeProvince FakeProvince;

typedef void (*FakeHook) (FakeProvince *self,
                          const char   *request,
                          gpointer      data);

/**
 * FakeSign:
 *
 * Returns: (transfer full) (nullable): the receipt of a submission, JSON
 */
typedef char *(*FakeSign) (FakeRecord *record,
                           gpointer    data);

/* The protocol's client side in small, in the main context, with a list of faults. */
struct _FakeProvince
{
  SoupServer *server;
  char *url;

  guint session;               /* the newest; access tokens name theirs, ... */
  guint expired;               /* ... and are good if it came after this one */
  guint renewed;               /* the session whose refresh token was used last */
  const char *enterprise;      /* (nullable): the code of whom the users act for */
  gboolean closed;             /* refreshing is refused */
  guint refreshes;

  GHashTable *records;         /* FakeRecord by uuid */
  GHashTable *uploads;         /* by id */
  GPtrArray *changes;          /* texts */
  GHashTable *lists;           /* qualification lists, JSON by their keys */
  guint page_size;
  guint epoch;                 /* counts how often it was restored */
  gboolean impatient;          /* answers at once who would wait for news */
  SoupServerMessage *waiting;

  char *config;                /* (nullable): what it announces, JSON; NULL: nothing */
  GBytes *dictionary;          /* (nullable) */
  GBytes *declared;            /* (nullable): the filter of what other systems have */
  const char *declared_answer; /* (nullable): what it says of any number, JSON */

  const char *extensions;      /* (nullable): what it announces of tus; NULL: all */
  const char *algorithms;      /* (nullable) */
  guint batch_files;           /* how many it takes in one request; 0: it is an older one */
  guint n_sums;                /* of pieces that came with one */
  gint64 n_bytes;              /* of files that came */

  GPtrArray *faults;
  GPtrArray *requests;         /* "METHOD /path" */
  FakeHook hook;
  gpointer hook_data;
  FakeSign sign;               /* (nullable) */
  gpointer sign_data;
};

FakeProvince *fake_province_new        (void);
void          fake_province_free       (FakeProvince *self);
void          fake_province_stop       (FakeProvince *self);
void          fake_province_plan       (FakeProvince *self,
                                        const char   *request,
                                        FakeFault     fault,
                                        guint         times);
void          fake_province_expire     (FakeProvince *self);
void          fake_province_decide     (FakeProvince *self,
                                        const char   *uuid,
                                        const char   *state,
                                        const char   *record);
FakeRecord   *fake_province_find       (FakeProvince *self,
                                        const char   *uuid);
guint         fake_province_count      (FakeProvince *self,
                                        const char   *request);

G_END_DECLS
