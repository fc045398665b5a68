// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-db.h"
#include "yeji-declared-project.h"

G_BEGIN_DECLS

/* Numbers of a project are kept with this between them. */
#define YEJI_DECLARED_SEPARATOR "\n"

/* What becomes of a row of the list. */
typedef enum
{
  YEJI_DECLARED_NEW,
  YEJI_DECLARED_SAME,
  YEJI_DECLARED_CHANGED,
  YEJI_DECLARED_GONE,
  YEJI_DECLARED_LACKING,       /* no row at all: the list has it no more */
} YejiDeclaredFate;

/* A row of a list. */
typedef struct
{
  gint64 n;                    /* its number in the stage, from 1 */
  const char *key;             /* the first number, as it is compared */
  const char *numbers;         /* all of them as they are written, separated */
  YejiDeclaredProject project;
  YejiDeclaredFate fate;
} YejiDeclaredStaged;

YejiDb    *yeji_declared_stage_open   (const char                *data_dir,
                                       GError                   **error);
void       yeji_declared_stage_remove (const char                *data_dir);
gboolean   yeji_declared_stage_put    (YejiSql                   *sql,
                                       const YejiDeclaredStaged  *staged,
                                       gboolean                  *repeated,
                                       GError                   **error);
gboolean   yeji_declared_stage_lack   (YejiSql                   *sql,
                                       const char                *key,
                                       GError                   **error);
GPtrArray *yeji_declared_stage_list   (YejiSql                   *sql,
                                       const char                *system,
                                       int                        fate,
                                       gint64                     after,
                                       guint                      n,
                                       GError                   **error);
gboolean   yeji_declared_stage_mark   (YejiSql                   *sql,
                                       GPtrArray                 *list,
                                       GError                   **error);
gboolean   yeji_declared_stage_has    (YejiSql                   *sql,
                                       const char                *key,
                                       int                        fate,
                                       gboolean                  *has,
                                       GError                   **error);

G_END_DECLS
