// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-cli-session.h"

G_BEGIN_DECLS

/* Other people's scripts rely on these. */
typedef enum
{
  YEJI_EXIT_OK,
  YEJI_EXIT_FAILED,
  YEJI_EXIT_USAGE,
  YEJI_EXIT_INVALID,
  YEJI_EXIT_OFFLINE,
} YejiExit;

#define YEJI_CLI_KEY_USAGE \
  "[--status|--passphrase|--no-passphrase|--recovery-code|--recover|--rotate|--forget [--yes]]"

#define YEJI_CLI_PIN_USAGE "[--set KEY|--set now|--clear|--authority FILE|--no-authority]"

#define YEJI_CLI_CHECK_USAGE "[--online] UUID...|FILE...|-"
#define YEJI_CLI_MATCH_USAGE \
  "DIR|ZIP|FILE... [--record UUID] [--sure] [--dry-run] [--json] | --undo"

#define YEJI_CLI_TRAY_USAGE \
  "list | place UUID SLOT FILE... | remove FILE... | restore ID..."

#define YEJI_CLI_RECEIPT_USAGE \
  "UUID [--verify] [--out FILE] [--pdf FILE] | --verify FILE|CODE [--key KEY] | --forget-key"

#define YEJI_CLI_QUALIFY_USAGE \
  "KIND UUID... [--name NAME] [--again] [--draft] | --list | KIND --candidates | --show ID" \
  " | --send ID [--again] | --withdraw ID | --remove ID [--csv FILE] [--pdf FILE]"

#define YEJI_CLI_EVIDENCE_USAGE "[--missing] [--csv FILE]"

#define YEJI_CLI_PACK_USAGE "FILE UUID...|--all"
#define YEJI_CLI_UNPACK_USAGE "FILE [--dry-run] [--force] [--json] | --undo"

typedef YejiExit (*YejiCommandFunc) (YejiCliSession  *session,
                                     guint            n_args,
                                     char           **args);

int yeji_cli_run (int    argc,
                  char **argv);

/* The commands; `args` are what follows the command's name, their number is checked already. */
YejiExit yeji_cli_new        (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_list       (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_search     (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_show       (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_reply      (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_set        (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_remove     (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_bin        (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_compare    (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_conflicts  (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_history    (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_undo       (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_redo       (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_grade      (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_check      (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_import     (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_attach     (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_match      (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_tray       (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_evidence   (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_dictionary (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_normalise  (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_profiles   (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_key        (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_login      (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_pin        (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_sync       (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_submit     (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_backup     (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_restore    (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_pack       (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_unpack     (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_verify     (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_notices    (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_transfers  (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_receipt    (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_qualify    (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_withdraw   (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_fetch      (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_status     (YejiCliSession *session, guint n_args, char **args);

G_END_DECLS
