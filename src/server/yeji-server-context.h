// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-audit-looks.h"
#include "yeji-declared-systems.h"
#include "yeji-editing.h"
#include "yeji-examiner.h"
#include "yeji-mapping.h"
#include "yeji-metrics.h"
#include "yeji-offices.h"
#include "yeji-province-settings.h"
#include "yeji-public-layout.h"
#include "yeji-receipt-keys.h"
#include "yeji-recent.h"
#include "yeji-server-dictionary.h"
#include "yeji-throttle.h"
#include "yeji-upload-sums.h"
#include "yeji-validator.h"

G_BEGIN_DECLS

/* What every handler needs and nobody changes while the server runs. */
typedef struct
{
  YejiServerSettings settings; /* without zeros */
  YejiDictionary *dictionary;  /* that of `versions` that counts */
  YejiServerDictionary *versions;
  YejiValidator *validators[N_YEJI_LANGUAGES];
  YejiOffices *offices;
  YejiMapping *mapping;
  YejiPublicLayout *layout;    /* of the public page */
  YejiDeclaredSystems *declared_systems;
  YejiReceiptKeys *receipt_keys;
  YejiProvinceSettings *province;  /* as they were read */
  const YejiPushSettings *push;  /* (nullable): how the national platform is told */
  YejiUploadSums *sums;        /* of what has arrived of uploads */
  YejiRecent *recent;          /* records on their way to be submitted */
  YejiThrottle *throttle;      /* of sign-ins */
  YejiExaminer *examiner;      /* for thumbnails; what comes in has one of its own */
  YejiEditing *editing;        /* who types where, as the computers say */
  YejiAuditLooks *looks;       /* at documents; on the database's thread */
  YejiMetrics *metrics;        /* of what was answered */
  char *metrics_token;         /* (nullable): who has it may read them from elsewhere */
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
