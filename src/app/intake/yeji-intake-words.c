// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-intake-words"

#include "config.h"

#include "yeji-intake-words.h"

#include <string.h>

#include <glib/gi18n.h>

#include "yeji-finding-words.h"

static const struct
{
  const char *words;
  const char *icon;
  const char *style;
} surenesses[N_YEJI_CERTAINTIES] = {
  [YEJI_CERTAINTY_NONE] = { NC_("match", "Not matched"), "dialog-question-symbolic", "warning" },
  [YEJI_CERTAINTY_GUESS] = { NC_("match", "Guess"), "dialog-question-symbolic", "warning" },
  [YEJI_CERTAINTY_SURE] = { NC_("match", "Sure"), "emblem-ok-symbolic", "success" },
};

static const struct
{
  const char *icon;
  const char *style;
} severities[] = {
  [YEJI_INTAKE_FINE] = { "dialog-information-symbolic", "dim-label" },
  [YEJI_INTAKE_HINT] = { "dialog-information-symbolic", "dim-label" },
  [YEJI_INTAKE_WARNING] = { "dialog-warning-symbolic", "warning" },
  [YEJI_INTAKE_ERROR] = { "dialog-error-symbolic", "error" },
};

/**
 * yeji_intake_item_is_placed:
 *
 * Returns: whether it goes to a slot; else it goes to the tray
 */
gboolean
yeji_intake_item_is_placed (YejiIntakeItem *item)
{
  return yeji_intake_item_get_uuid (item) != NULL && yeji_intake_item_get_slot (item) != NULL;
}

/**
 * yeji_intake_item_is_open:
 *
 * Returns: whether somebody should look at it before it is taken
 */
gboolean
yeji_intake_item_is_open (YejiIntakeItem *item)
{
  return yeji_intake_item_is_included (item)
         && (!yeji_intake_item_is_placed (item)
             || yeji_intake_item_get_certainty (item) != YEJI_CERTAINTY_SURE
             || yeji_intake_item_get_severity (item) >= YEJI_INTAKE_WARNING);
}

/**
 * yeji_intake_item_to_details:
 *
 * Returns: (transfer full): pages, size and resolution, as far as they are known
 */
char *
yeji_intake_item_to_details (YejiIntakeItem *item)
{
  const YejiFindings *findings = yeji_intake_item_get_findings (item);

  if (findings != NULL)
    return yeji_findings_to_details (findings);
  return g_format_size ((guint64) yeji_intake_item_get_size (item));
}

/**
 * yeji_intake_item_get_sureness:
 * @icon: (out): and its name
 * @style: (out): and how it is coloured
 *
 * Returns: in a word, how sure it is where the file belongs
 */
const char *
yeji_intake_item_get_sureness (YejiIntakeItem  *item,
                               const char     **icon,
                               const char     **style)
{
  YejiCertainty certainty = yeji_intake_item_get_certainty (item);

  if (!yeji_intake_item_is_placed (item))
    certainty = YEJI_CERTAINTY_NONE;
  *icon = surenesses[certainty].icon;
  *style = surenesses[certainty].style;
  return g_dpgettext2 (NULL, "match", surenesses[certainty].words);
}

const char *
yeji_intake_severity_get_icon (YejiIntakeSeverity severity)
{
  return severities[severity].icon;
}

const char *
yeji_intake_severity_get_style (YejiIntakeSeverity severity)
{
  return severities[severity].style;
}

/**
 * yeji_intake_item_to_spoken:
 *
 * Returns: (transfer full): all that its line shows, in words
 */
char *
yeji_intake_item_to_spoken (YejiIntakeItem *item)
{
  const char *icon, *style;
  const char *slot = yeji_intake_item_get_slot_label (item);
  const char *problem = yeji_intake_item_get_problem (item);
  const char *same_as = yeji_intake_item_get_same_as (item);
  g_autoptr (GString) text = g_string_new (yeji_intake_item_get_filename (item));

  if (!yeji_intake_item_is_included (item))
    g_string_append_printf (text, ", %s", _("left out"));
  g_string_append_printf (text, ", %s", slot != NULL ? slot : _("kind not known"));
  g_string_append_printf (text, ", %s", yeji_intake_item_get_sureness (item, &icon, &style));
  if (problem != NULL)
    g_string_append_printf (text, ", %s", problem);
  if (same_as != NULL)
    g_string_append_printf (text, ", %s", same_as);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add (GString *text,
     char    *more)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? _(", ") : "", more);
  g_free (more);
}

/**
 * yeji_taken_to_words:
 *
 * Returns: (transfer full): what became of a plan, in one line
 */
char *
yeji_taken_to_words (const YejiTaken *taken)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_records = taken->uuids != NULL ? g_strv_length (taken->uuids) : 0;

  if (taken->n_placed > 0 && n_records > 1)
    /* Translators: numbers of files and of records; there are at least two records */
    add (text, g_strdup_printf (ngettext ("%u file attached to %u records",
                                          "%u files attached to %u records", taken->n_placed),
                                taken->n_placed, n_records));
  else if (taken->n_placed > 0)
    add (text, g_strdup_printf (ngettext ("%u file attached", "%u files attached",
                                          taken->n_placed), taken->n_placed));
  if (taken->n_tray > 0)
    add (text, g_strdup_printf (ngettext ("%u waits in the tray", "%u wait in the tray",
                                          taken->n_tray), taken->n_tray));
  if (taken->n_there > 0)
    add (text, g_strdup_printf (ngettext ("%u was there already", "%u were there already",
                                          taken->n_there), taken->n_there));
  if (taken->failures != NULL && taken->failures->len > 0)
    add (text, g_strdup_printf (ngettext ("%u not taken", "%u not taken", taken->failures->len),
                                taken->failures->len));
  if (text->len == 0)
    return g_strdup (_("Nothing was attached"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}
