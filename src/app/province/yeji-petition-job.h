// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-petition.h"

G_BEGIN_DECLS

/* What is done with a petition in a thread. */
typedef enum
{
  YEJI_PETITION_JOB_LOAD,
  YEJI_PETITION_JOB_SAVE,
  YEJI_PETITION_JOB_SEND,
  YEJI_PETITION_JOB_ATTACH,
  YEJI_PETITION_JOB_REOPEN,
  YEJI_PETITION_JOB_DISCARD,
  YEJI_PETITION_JOB_CANCEL,
} YejiPetitionJobKind;

void yeji_petition_job_run (YejiStore           *store,
                            const char          *uuid,
                            YejiPetitionJobKind  kind,
                            const YejiPetition  *petition,
                            GPtrArray           *files,
                            GAsyncReadyCallback  callback,
                            gpointer             data);

G_END_DECLS
