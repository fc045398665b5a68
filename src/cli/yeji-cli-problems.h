// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-problem.h"
#include "yeji-record.h"

G_BEGIN_DECLS

/* Prints problems as they are found: lines of text, or the elements of one JSON array. */
typedef struct
{
  gboolean json;
  gboolean begun;              /* an element was printed */
  guint n_errors;
} YejiCliProblems;

void yeji_cli_problems_begin  (YejiCliProblems *self,
                               gboolean         json);
void yeji_cli_problems_format (YejiCliProblems *self,
                               GString         *text,
                               GPtrArray       *problems,
                               const char      *uuid,
                               const char      *source);
void yeji_cli_problems_print  (YejiCliProblems *self,
                               const char      *text,
                               guint            n_errors);
void yeji_cli_problems_end    (YejiCliProblems *self);

G_END_DECLS
