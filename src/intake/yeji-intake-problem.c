// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* What the clerk is told of a file, in words. */

#define G_LOG_DOMAIN "yeji-intake"

#include "config.h"

#include "yeji-intake-plan-private.h"

#include "yeji-intake-store.h"

#include <glib/gi18n-lib.h>

/* Empty pages that are named one by one. */
#define MAX_PAGES 5

static const char * const sentences[YEJI_N_FINDING_KINDS] = {
  [YEJI_FINDING_UNREADABLE] = N_("The file is damaged or cannot be read."),
  [YEJI_FINDING_FOREIGN] = N_("This is neither PDF nor image."),
  [YEJI_FINDING_TOO_LARGE] = N_("The picture is too large to be looked at."),
  [YEJI_FINDING_LOCKED] = N_("The file needs a password."),
  [YEJI_FINDING_SLOW] = N_("Looking at the file takes too long."),
  [YEJI_FINDING_FAILED] = N_("The file could not be looked at: it may be damaged."),
  [YEJI_FINDING_NOT_EXAMINED] = N_("The file was not examined."),
  [YEJI_FINDING_ALL_BLANK] = N_("Every page is empty."),
};

static YejiIntakeSeverity
get_severity (YejiSeverity severity)
{
  return severity == YEJI_SEVERITY_ERROR     ? YEJI_INTAKE_ERROR
         : severity == YEJI_SEVERITY_WARNING ? YEJI_INTAKE_WARNING
                                             : YEJI_INTAKE_HINT;
}

static char *
describe_oversize (YejiIntakePlan            *plan,
                   YejiIntakeItem            *item,
                   const YejiFindingsProblem *problem,
                   YejiIntakeSeverity        *severity)
{
  const YejiFindings *shrunk = yeji_intake_item_get_shrunk_findings (item);
  g_autofree char *size = g_format_size_full ((guint64) problem->value, G_FORMAT_SIZE_IEC_UNITS);
  g_autofree char *limit = g_format_size_full ((guint64) problem->limit, G_FORMAT_SIZE_IEC_UNITS);
  g_autofree char *small = NULL;

  if (yeji_intake_item_get_shrunk (item) == NULL || shrunk == NULL)
    return g_strdup_printf (_("The file has %s, more than the limit of %s."), size, limit);
  small = g_format_size_full ((guint64) shrunk->size, G_FORMAT_SIZE_IEC_UNITS);
  if (!yeji_intake_plan_get_shrink (plan))
    return g_strdup_printf (_("The file has %s, more than the limit of %s; shrunk it has %s."),
                            size, limit, small);
  *severity = YEJI_INTAKE_HINT;
  return g_strdup_printf (_("Shrunk from %s to %s, the original is kept."), size, small);
}

static void
add_sentence (GString    *text,
              const char *sentence)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence);
}

static char *
describe_blank (const YejiFindings *findings)
{
  g_autoptr (GString) pages = g_string_new (NULL);

  for (guint i = 0; i < MIN (findings->blank->len, MAX_PAGES); i++)
    g_string_append_printf (pages, i > 0 ? ", %u" : "%u",
                            g_array_index (findings->blank, guint, i));
  if (findings->blank->len > MAX_PAGES)
    g_string_append (pages, " …");
  return g_strdup_printf (ngettext ("Page %s is empty.", "Pages %s are empty.",
                                    findings->blank->len),
                          pages->str);
}

/* A file that could be looked at is of a type, which need not be one that a document may have. */
static gboolean
is_taken_nowhere (YejiDictionary     *dictionary,
                  const YejiFindings *findings)
{
  GPtrArray *slots = yeji_dictionary_get_slots (dictionary);

  if (findings->failure != NULL || findings->media_type == NULL)
    return FALSE;
  for (guint i = 0; i < slots->len; i++)
    {
      const YejiSlot *slot = g_ptr_array_index (slots, i);

      if (g_strv_contains ((const char * const *) slot->types, findings->media_type))
        return FALSE;
    }
  return TRUE;
}

/**
 * yeji_intake_plan_judge: (skip)
 *
 * Says of an item what is wrong with it. What cannot be taken as it is, or would be of no use to a
 * reviewer, is left out unless the clerk wants it.
 */
void
yeji_intake_plan_judge (YejiIntakePlan *self,
                        YejiIntakeItem *item)
{
  const YejiFindings *findings = yeji_intake_item_get_findings (item);
  const char *crowding = yeji_intake_item_get_crowding (item);
  YejiDictionary *dictionary = yeji_store_get_dictionary (yeji_intake_plan_get_store (self));
  g_autoptr (GArray) problems = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  YejiIntakeSeverity worst = YEJI_INTAKE_FINE;
  gboolean blank = FALSE;

  if (findings != NULL)
    problems = yeji_findings_list_problems (findings, yeji_dictionary_get_limits (dictionary));
  for (guint i = 0; problems != NULL && i < problems->len; i++)
    {
      const YejiFindingsProblem *problem = &g_array_index (problems, YejiFindingsProblem, i);
      YejiIntakeSeverity severity = get_severity (problem->severity);
      g_autofree char *sentence = NULL;

      if (problem->kind == YEJI_FINDING_OVERSIZE)
        sentence = describe_oversize (self, item, problem, &severity);
      else if (problem->kind == YEJI_FINDING_COARSE)
        sentence = g_strdup_printf (_("Only %d dots an inch; at least %d are easy to read."),
                                    (int) problem->value, (int) problem->limit);
      else if (problem->kind == YEJI_FINDING_BLANK)
        sentence = blank ? NULL : describe_blank (findings);
      else
        sentence = g_strdup (_(sentences[problem->kind]));
      blank |= problem->kind == YEJI_FINDING_BLANK;
      if (sentence != NULL)
        add_sentence (text, sentence);
      worst = MAX (worst, severity);
    }
  if (findings != NULL && is_taken_nowhere (dictionary, findings))
    {
      g_autofree char *sentence =
        g_strdup_printf (_("No document may be a file of this type (%s)."), findings->media_type);

      add_sentence (text, sentence);
      worst = YEJI_INTAKE_ERROR;
    }
  yeji_intake_item_set_unfit (item, worst == YEJI_INTAKE_ERROR);
  if (crowding != NULL)
    {
      add_sentence (text, crowding);
      worst = YEJI_INTAKE_ERROR;
    }
  yeji_intake_item_set_problem (item, text->len > 0 ? text->str : NULL, worst);
  yeji_intake_item_propose (item, worst < YEJI_INTAKE_ERROR);
}

/**
 * yeji_intake_plan_judge_same: (skip)
 * @places: (element-type YejiFilePlace): where the content lies already
 * @twin: (nullable): another item of the plan with the same content
 *
 * Says where else the same content is.
 */
void
yeji_intake_plan_judge_same (YejiIntakePlan *self,
                             YejiIntakeItem *item,
                             GPtrArray      *places,
                             YejiIntakeItem *twin)
{
  YejiDictionary *dictionary = yeji_store_get_dictionary (yeji_intake_plan_get_store (self));
  g_autoptr (GString) text = g_string_new (NULL);

  if (twin != NULL)
    {
      g_autofree char *sentence = g_strdup_printf (_("The same file as “%s”."),
                                                   yeji_intake_item_get_path (twin));

      add_sentence (text, sentence);
    }
  if (places != NULL && places->len > 0)
    {
      const YejiFilePlace *place = g_ptr_array_index (places, 0);
      const YejiSlot *slot =
        place->slot != NULL ? yeji_dictionary_find_slot (dictionary, place->slot) : NULL;
      g_autofree char *sentence = NULL;

      if (place->uuid == NULL)
        sentence = g_strdup (_("It lies in the tray already."));
      else
        sentence = g_strdup_printf (_("It is there already: “%s”, %s."), place->name,
                                    slot != NULL
                                      ? yeji_text_get (&slot->label, yeji_language_get_current ())
                                      : place->slot);
      add_sentence (text, sentence);
    }
  yeji_intake_item_set_same_as (item, text->len > 0 ? text->str : NULL);
}
