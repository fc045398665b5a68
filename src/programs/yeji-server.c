// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-server-cli.h"

int
main (int    argc,
      char **argv)
{
  return yeji_server_cli_main (argc, argv);
}
