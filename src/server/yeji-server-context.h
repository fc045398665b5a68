// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-editing.h"
#include "yeji-examiner.h"
#include "yeji-mapping.h"
#include "yeji-offices.h"
#include "yeji-receipt-keys.h"
#include "yeji-recent.h"
#include "yeji-server-dictionary.h"
#include "yeji-throttle.h"
#include "yeji-upload-sums.h"
#include "yeji-validator.h"

G_BEGIN_DECLS

/* What differs between a province and a test of it; 0 stands for the default. */
typedef struct
{
  guint64 password_passes;     /* of Argon2id, default crypto_pwhash_OPSLIMIT_INTERACTIVE */
  gsize password_memory;       /* bytes, default crypto_pwhash_MEMLIMIT_INTERACTIVE */
  gint64 file_size;            /* bytes a document; mapping.json, or the dictionary's */
  guint wait_seconds;          /* the longest wait for changes, default 25 */
  gint64 quota;                /* bytes of documents an enterprise; mapping.json */
  gint64 upload_seconds;       /* after which an upload that nobody goes on with is swept; there */
  gint64 follow_seconds;       /* for which documents may follow a submission; there */
  guint sweep_seconds;         /* between two looks for what is over, default 60 */
  guint header_seconds;        /* until all headers of a request are there, default 20 */
  guint idle_seconds;          /* between two requests of a connection, default 75 */
  guint slow_seconds;          /* in which a body brings or takes `slow_bytes`, default 30 */
  guint slow_bytes;            /* default 15 KiB, which the worst telephone line does */
  guint connections;           /* at once, default what the system lets one have */
} YejiServerSettings;

/* What every handler needs and nobody changes while the server runs. */
typedef struct
{
  YejiServerSettings settings; /* without zeros */
  YejiDictionary *dictionary;  /* that of `versions` that counts */
  YejiServerDictionary *versions;
  YejiValidator *validators[N_YEJI_LANGUAGES];  /* used on the database's thread alone */
  YejiOffices *offices;
  YejiMapping *mapping;
  YejiReceiptKeys *receipt_keys;
  YejiUploadSums *sums;        /* of what has arrived of uploads */
  YejiRecent *recent;          /* records on their way to be submitted; on the database's thread */
  YejiThrottle *throttle;      /* of sign-ins */
  YejiExaminer *examiner;      /* for thumbnails; what comes in has one of its own */
  YejiEditing *editing;        /* who types where, as the computers say */
  char *part_dir;              /* uploads that are not complete, by their id */
  char *content_dir;           /* documents, by their sha256 */
  char *thumbnail_dir;         /* pictures of their pages, that can be made again */
} YejiServerContext;

YejiServerContext *yeji_server_context_new  (const char                *data_dir,
                                             const YejiServerSettings  *settings,
                                             GError                   **error);
void               yeji_server_context_free (YejiServerContext         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiServerContext, yeji_server_context_free)

G_END_DECLS
