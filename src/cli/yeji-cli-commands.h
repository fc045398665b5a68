// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-cli.h"

G_BEGIN_DECLS

#define YEJI_CLI_MANY G_MAXUINT
#define YEJI_CLI_N_ARGUMENTS 4

/* What may stand at a place; what a shell offers there follows from it. */
typedef enum
{
  YEJI_ARG_NONE     = 0,       /* an option without a value */
  YEJI_ARG_TEXT     = 1 << 0,  /* anything, also what looks like an option */
  YEJI_ARG_WORD     = 1 << 1,  /* one of `words`, or a word of which nobody knows more */
  YEJI_ARG_FILE     = 1 << 2,  /* with one of the suffixes `words` */
  YEJI_ARG_DIR      = 1 << 3,
  YEJI_ARG_UUID     = 1 << 4,  /* a record of the profile */
  YEJI_ARG_BINNED   = 1 << 5,  /* a record in the bin */
  YEJI_ARG_SLOT     = 1 << 6,
  YEJI_ARG_ROLE     = 1 << 7,
  YEJI_ARG_CLAIM    = 1 << 8,  /* a kind of qualification */
  YEJI_ARG_KIND     = 1 << 9,  /* a kind of value */
  YEJI_ARG_TABLE    = 1 << 10,
  YEJI_ARG_POINTER  = 1 << 11,
  YEJI_ARG_BACKUP   = 1 << 12,
  YEJI_ARG_WAITING  = 1 << 13, /* a file of the tray */
  YEJI_ARG_TRANSFER = 1 << 14,
  YEJI_ARG_LIST     = 1 << 15, /* a list of records for a qualification */
} YejiArgKind;

typedef struct
{
  YejiArgKind kind;
  const char *words;           /* (nullable): suffixes or words, separated by blanks */
} YejiCliArgument;

typedef enum
{
  YEJI_OPTION_ALONE    = 1 << 0, /* with it the command takes no arguments */
  YEJI_OPTION_REPEATED = 1 << 1,
} YejiOptionFlags;

/* An option of a command. */
typedef struct
{
  const char *name;            /* with its dashes */
  YejiArgKind kind;
  const char *shown;           /* (nullable): its value in the usage, without one what the kind says */
  const char *summary;
  YejiOptionFlags flags;
  char group;                  /* of one group there can be one alone; 0: of none */
  const char *words;           /* (nullable): as of an argument */
} YejiCliOption;

/* A command; two words where one name has several, "tray place". */
typedef struct
{
  const char *name;
  const char *args;            /* (nullable): without the options, as shown */
  const char *summary;
  guint min_args;
  guint max_args;
  YejiCommandFunc run;         /* of two words the second one is the first argument */
  const YejiCliOption *options;          /* (nullable): ends with a name of NULL */
  YejiCliArgument arguments[YEJI_CLI_N_ARGUMENTS];   /* the last one is that of all that follow */
} YejiCliCommand;

extern const YejiCliOption yeji_cli_common_options[];

const YejiCliCommand *yeji_cli_get_commands  (guint                 *n);
const YejiCliCommand *yeji_cli_find_command  (char                 **words,
                                              guint                 *n_words);
char                 *yeji_cli_dup_usage     (const YejiCliCommand  *command);
const YejiCliOption  *yeji_cli_find_option   (const YejiCliCommand  *command,
                                              const char            *name,
                                              gsize                  length);
const YejiCliArgument *yeji_cli_get_argument (const YejiCliCommand  *command,
                                              guint                  n);
const char           *yeji_cli_get_shown     (const YejiCliOption   *option);

G_END_DECLS
