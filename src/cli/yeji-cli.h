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
YejiExit yeji_cli_print_forms (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_attach     (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_match      (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_tray       (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_evidence   (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_completion (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_dictionary (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_normalise  (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_profiles   (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_profiles_change (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_key        (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_login      (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_logout     (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_keep       (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_row        (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_documents  (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_arrange    (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_suggest    (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_pin        (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_sync       (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_submit     (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_backup     (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_restore    (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_export     (YejiCliSession *session, guint n_args, char **args);
YejiExit yeji_cli_template   (YejiCliSession *session, guint n_args, char **args);
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
