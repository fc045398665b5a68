// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How the program ends; other people's scripts rely on it. */
enum
{
  YEJI_SERVER_EXIT_OK,
  YEJI_SERVER_EXIT_FAILED,
  YEJI_SERVER_EXIT_USAGE,
};

int yeji_server_cli_main (int    argc,
                          char **argv);

G_END_DECLS
