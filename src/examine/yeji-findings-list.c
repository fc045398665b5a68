// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* What of the findings is wrong, as kinds. Words for people are made in the program. */

#define G_LOG_DOMAIN "yeji-findings"

#include "config.h"

#include "yeji-findings.h"

typedef struct
{
  const char *word;
  YejiSeverity severity;
} Kind;

/* An error keeps the file from being of any use to a reviewer; the clerk judges the rest. */
static const Kind kinds[YEJI_N_FINDING_KINDS] = {
  [YEJI_FINDING_UNREADABLE] = { "unreadable", YEJI_SEVERITY_ERROR },
  [YEJI_FINDING_FOREIGN] = { "foreign", YEJI_SEVERITY_ERROR },
  [YEJI_FINDING_TOO_LARGE] = { "too_large", YEJI_SEVERITY_WARNING },
  [YEJI_FINDING_LOCKED] = { "locked", YEJI_SEVERITY_ERROR },
  [YEJI_FINDING_SLOW] = { "slow", YEJI_SEVERITY_WARNING },
  [YEJI_FINDING_FAILED] = { "failed", YEJI_SEVERITY_WARNING },
  [YEJI_FINDING_NOT_EXAMINED] = { "not_examined", YEJI_SEVERITY_HINT },
  [YEJI_FINDING_OVERSIZE] = { "oversize", YEJI_SEVERITY_ERROR },
  [YEJI_FINDING_ALL_BLANK] = { "all_blank", YEJI_SEVERITY_WARNING },
  [YEJI_FINDING_BLANK] = { "blank", YEJI_SEVERITY_HINT },
  [YEJI_FINDING_COARSE] = { "coarse", YEJI_SEVERITY_WARNING },
};

static const YejiFindingKind failures[] = {
  [YEJI_EXAMINER_ERROR_UNREADABLE] = YEJI_FINDING_UNREADABLE,
  [YEJI_EXAMINER_ERROR_FOREIGN] = YEJI_FINDING_FOREIGN,
  [YEJI_EXAMINER_ERROR_TOO_LARGE] = YEJI_FINDING_TOO_LARGE,
  [YEJI_EXAMINER_ERROR_LOCKED] = YEJI_FINDING_LOCKED,
  [YEJI_EXAMINER_ERROR_SLOW] = YEJI_FINDING_SLOW,
  [YEJI_EXAMINER_ERROR_FAILED] = YEJI_FINDING_FAILED,
  [YEJI_EXAMINER_ERROR_MISSING] = YEJI_FINDING_NOT_EXAMINED,
};

/* What a picture that does not say how large it is would have to be of. */
#define A4_INCHES 11.69

static void
add (GArray          *problems,
     YejiFindingKind  kind,
     guint            page,
     gint64           value,
     gint64           limit)
{
  const YejiFindingsProblem problem = { kind, kinds[kind].severity, page, value, limit };

  g_array_append_val (problems, problem);
}

/* A few empty pages are named; a document of nothing else is one problem. */
static void
add_blank (GArray             *problems,
           const YejiFindings *self)
{
  if (self->blank->len > 0 && self->blank->len == self->n_pages)
    {
      add (problems, YEJI_FINDING_ALL_BLANK, 0, 0, 0);
      return;
    }
  for (guint i = 0; i < self->blank->len; i++)
    add (problems, YEJI_FINDING_BLANK, g_array_index (self->blank, guint, i), 0, 0);
}

/* Of an image that does not say: as if it were of a sheet of A4. */
static gint64
get_dpi (const YejiFindings *self)
{
  gboolean is_image = self->media_type != NULL && g_str_has_prefix (self->media_type, "image/");

  if (self->dpi > 0 || !is_image)
    return self->dpi;
  return (gint64) (MAX (self->width, self->height) / A4_INCHES + 0.5);
}

/**
 * yeji_findings_list_problems:
 * @limits: of the dictionary; its `file_size` is that of the province where it is known
 *
 * Says what is wrong with a document.
 *
 * Returns: (transfer full) (element-type YejiFindingsProblem): the worst first; empty when nothing
 *   is wrong
 */
GArray *
yeji_findings_list_problems (const YejiFindings *self,
                             const YejiLimits   *limits)
{
  GArray *problems = g_array_new (FALSE, FALSE, sizeof (YejiFindingsProblem));
  gint64 dpi = get_dpi (self);
  YejiExaminerError code;

  if (self->failure != NULL && yeji_examiner_error_from_word (self->failure, &code))
    add (problems, failures[code], 0, 0, 0);
  if (limits->file_size > 0 && self->size > limits->file_size)
    add (problems, YEJI_FINDING_OVERSIZE, 0, self->size, limits->file_size);
  if (dpi > 0 && dpi < limits->scan_dpi)
    add (problems, YEJI_FINDING_COARSE, 0, dpi, limits->scan_dpi);
  add_blank (problems, self);
  return problems;
}

/**
 * yeji_finding_kind_to_word:
 *
 * Returns: what the kind is called in JSON
 */
const char *
yeji_finding_kind_to_word (YejiFindingKind kind)
{
  return kinds[kind].word;
}
