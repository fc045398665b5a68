// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-response.h"
#include "yeji-server-context.h"

G_BEGIN_DECLS

/* A record as a request brought it. */
struct _YejiSentRecord
{
  YejiRecord *record;          /* NULL: it is refused */
  char *text;                  /* as it is to be stored */
  char *sum;                   /* SHA-256 of its canonical form, exactly as it was sent */
  YejiResponse *refusal;       /* (nullable) */
  YejiResponse *unreadable;    /* (nullable): it is not even JSON, whoever sent it */
};

void yeji_sent_record_read (YejiServerContext *context,
                            YejiRequest       *request);
void yeji_sent_record_free (YejiSentRecord    *self);

G_END_DECLS
