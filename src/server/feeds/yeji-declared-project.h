// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define YEJI_DECLARED_ONGOING  "ongoing"
#define YEJI_DECLARED_FINISHED "finished"
#define YEJI_DECLARED_REMOVED  "removed"   /* the system has it no more */

/* A project that another system has: of its list, system and number name it. */
typedef struct
{
  const char *system;          /* id, see data/province/declared.json */
  const char *number;          /* as it was written there */
  const char *name;
  const char *area;            /* code, "" where it is not known */
  const char *enterprise;      /* "" where it is not known */
  const char *state;           /* YEJI_DECLARED_... */
  const char *at;              /* YYYY-MM-DD, since when it is so; "" where it is not known */
} YejiDeclaredProject;

G_END_DECLS
