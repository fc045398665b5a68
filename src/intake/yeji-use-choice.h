// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-qualify.h"
#include "yeji-use-list.h"

G_BEGIN_DECLS

/* A record that may be ticked, or the reasons why not. */
typedef struct
{
  char *uuid;
  char *name;
  char *number;
  char *grade;                 /* (nullable) */
  char *office;                /* (nullable): who approved it */
  gboolean gone;               /* a list carries it, and it is not here */
  GPtrArray *reasons;          /* (element-type YejiQualifyReason), empty: it may be ticked */
  double *values;              /* one an indicator */
} YejiUseCandidate;

/**
 * YejiUseChoice:
 *
 * What a clerk chooses from for a list of one kind, all of one moment: the records of the profile,
 * those that count first, and the lists that there are. Knows of no network.
 */
typedef struct
{
  YejiDictionary *dictionary;
  const YejiQualification *kind;
  GPtrArray *candidates;       /* (element-type YejiUseCandidate) */
  GHashTable *by_uuid;
  GPtrArray *lists;            /* (element-type YejiUseList): of every kind */
  char *enterprise;            /* (nullable): its name */
  char *code;                  /* (nullable): its credit code */
} YejiUseChoice;

YejiUseChoice    *yeji_use_choice_load       (YejiStore               *store,
                                              const char              *kind,
                                              GError                 **error);
void              yeji_use_choice_free       (YejiUseChoice           *self);
YejiUseCandidate *yeji_use_choice_find       (const YejiUseChoice     *self,
                                              const char              *uuid);
double           *yeji_use_choice_total      (const YejiUseChoice     *self,
                                              const char * const      *uuids);
GPtrArray        *yeji_use_choice_find_uses  (const YejiUseChoice     *self,
                                              const char              *uuid,
                                              const char              *except);
char             *yeji_use_candidate_print_reasons (const YejiUseCandidate *self,
                                              YejiLanguage             language);
JsonNode         *yeji_use_choice_to_json    (const YejiUseChoice     *self,
                                              const YejiUseList       *list);
char             *yeji_use_choice_to_csv     (const YejiUseChoice     *self,
                                              const YejiUseList       *list,
                                              YejiLanguage             language);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiUseChoice, yeji_use_choice_free)

G_END_DECLS
