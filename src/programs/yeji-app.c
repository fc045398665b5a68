// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-application.h"

int
main (int    argc,
      char **argv)
{
  g_autoptr (YejiApplication) application = NULL;

  yeji_app_init ();
  application = yeji_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
