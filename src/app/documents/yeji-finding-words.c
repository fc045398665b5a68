// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-finding-words"

#include "config.h"

#include "yeji-finding-words.h"

#include <glib/gi18n.h>

/* More pages than these are counted instead of named. */
#define MAX_NAMED 5

/* Those that need no figures. */
static const char *const words[YEJI_N_FINDING_KINDS] = {
  [YEJI_FINDING_UNREADABLE] = N_("Damaged: it cannot be read"),
  [YEJI_FINDING_FOREIGN] = N_("Neither a PDF nor a picture"),
  [YEJI_FINDING_TOO_LARGE] = N_("Too many pages or pixels to be looked at"),
  [YEJI_FINDING_LOCKED] = N_("Locked with a password"),
  [YEJI_FINDING_SLOW] = N_("Could not be looked at in time"),
  [YEJI_FINDING_FAILED] = N_("Could not be looked at: it may be damaged"),
  [YEJI_FINDING_NOT_EXAMINED] = N_("Not examined"),
  [YEJI_FINDING_ALL_BLANK] = N_("Every page is empty"),
};

static char *
blank_to_words (const YejiFindings *findings)
{
  g_autoptr (GString) list = g_string_new (NULL);

  if (findings->blank->len > MAX_NAMED)
    return g_strdup_printf (ngettext ("%u empty page", "%u empty pages", findings->blank->len),
                            findings->blank->len);
  for (guint i = 0; i < findings->blank->len; i++)
    g_string_append_printf (list, "%s%u", i > 0 ? _(", ") : "",
                            g_array_index (findings->blank, guint, i));
  /* Translators: numbers of pages, "2, 5" */
  return g_strdup_printf (ngettext ("Page %s is empty", "Pages %s are empty",
                                    findings->blank->len), list->str);
}

static char *
problem_to_words (const YejiFindings        *findings,
                  const YejiFindingsProblem *problem)
{
  g_autofree char *limit = NULL;

  if (problem->kind == YEJI_FINDING_OVERSIZE)
    {
      limit = g_format_size ((guint64) problem->limit);
      /* Translators: a size, "20 MB" */
      return g_strdup_printf (_("Larger than %s"), limit);
    }
  if (problem->kind == YEJI_FINDING_COARSE)
    return g_strdup_printf (_("Only %u dpi: it may be hard to read"), (guint) problem->value);
  if (problem->kind == YEJI_FINDING_BLANK)
    return blank_to_words (findings);
  return g_strdup (_(words[problem->kind]));
}

/**
 * yeji_findings_to_words:
 * @worst: (out): the severity of the gravest
 *
 * Returns: (transfer full) (nullable): what is to be said of a document, in one line; %NULL when
 *   there is nothing
 */
char *
yeji_findings_to_words (const YejiFindings *findings,
                        const YejiLimits   *limits,
                        YejiSeverity       *worst)
{
  g_autoptr (GArray) problems = yeji_findings_list_problems (findings, limits);
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean blank_said = FALSE;

  *worst = YEJI_SEVERITY_HINT;
  for (guint i = 0; i < problems->len; i++)
    {
      const YejiFindingsProblem *problem = &g_array_index (problems, YejiFindingsProblem, i);
      g_autofree char *said = NULL;

      if (problem->kind == YEJI_FINDING_BLANK && blank_said)
        continue;              /* one sentence has all of them */
      blank_said = blank_said || problem->kind == YEJI_FINDING_BLANK;
      said = problem_to_words (findings, problem);
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", said);
      *worst = MAX (*worst, problem->severity);
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/**
 * yeji_findings_to_details:
 *
 * Returns: (transfer full): pages, measures and size of a document, as far as they are known
 */
char *
yeji_findings_to_details (const YejiFindings *findings)
{
  g_autofree char *size = g_format_size ((guint64) findings->size);
  g_autoptr (GString) text = g_string_new (NULL);

  if (findings->n_pages > 0)
    {
      g_autofree char *pages = NULL;

      pages = g_strdup_printf (ngettext ("%u page", "%u pages", findings->n_pages),
                               findings->n_pages);
      g_string_append_printf (text, "%s · ", pages);
    }
  g_string_append (text, size);
  if (findings->dpi > 0)
    g_string_append_printf (text, " · %u dpi", findings->dpi);
  if (findings->width > 0 && findings->media_type != NULL
      && g_str_has_prefix (findings->media_type, "image/"))
    g_string_append_printf (text, " · %.0f × %.0f", findings->width, findings->height);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
