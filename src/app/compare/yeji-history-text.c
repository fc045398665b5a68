// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-history"

#include "config.h"

#include "yeji-history-text.h"

#include <string.h>

#include <glib/gi18n.h>

#include "yeji-change-text.h"
#include "yeji-history.h"
#include "yeji-messages.h"

/* Why a step was made, in words. */
static const struct
{
  const char *why;
  const char *words;
} whys[] = {
  { "typed", NC_("why a value changed", "typed") },
  { "pasted", NC_("why a value changed", "pasted") },
  { "imported", NC_("why a value changed", "imported") },
  { "merged", NC_("why a value changed", "merged") },
  { "migrated", NC_("why a value changed", "new data standard") },
  { "suggested", NC_("why a value changed", "offered and taken") },
  { "created", NC_("why a value changed", "new record") },
  { "copied", NC_("why a value changed", "copied") },
  { "answered", NC_("why a value changed", "from the province") },
  { "undone", NC_("why a value changed", "undone") },
  { "redone", NC_("why a value changed", "done again") },
  { "removed", NC_("why a value changed", "removed") },
  { "restored", NC_("why a value changed", "restored") },
  { "taken", NC_("why a value changed", "taken over") },
  { "followed", NC_("why a value changed", "taken over") },
};

/**
 * yeji_why_to_text:
 * @why: of a line of the history
 *
 * Returns: (transfer full): in the user's words
 */
char *
yeji_why_to_text (const char *why)
{
  if (g_str_has_prefix (why, YEJI_HISTORY_ELSEWHERE))
    {
      g_autofree char *there = yeji_why_to_text (why + strlen (YEJI_HISTORY_ELSEWHERE));

      /* Translators: why a value changed, on the computer from which the record was taken over */
      return g_strdup_printf (_("%s on another computer"), there);
    }
  for (guint i = 0; i < G_N_ELEMENTS (whys); i++)
    if (g_str_equal (whys[i].why, why))
      return g_strdup (g_dpgettext2 (NULL, "why a value changed", whys[i].words));
  return g_strdup (why);
}

static gboolean
is_member (const YejiChange *change,
           const char       *field)
{
  return *change->table == '\0' && g_str_equal (change->field, field);
}

/**
 * yeji_change_to_label:
 *
 * Returns: (transfer full): what was changed, in the user's words
 */
char *
yeji_change_to_label (const YejiChange *change,
                      YejiDictionary   *dictionary)
{
  g_autofree char *label = NULL;

  if (is_member (change, "role"))
    return g_strdup (_("Declared as"));
  if (is_member (change, "dictionary"))
    return g_strdup (_("Data standard"));
  if (yeji_change_is_bin (change))
    return g_strdup (_("Bin"));
  if (is_member (change, YEJI_HISTORY_TAKEN))
    return g_strdup (_("Hand-over"));
  label = yeji_change_dup_label (change, dictionary, yeji_language_get_current ());
  if (yeji_change_is_reply (change))
    /* Translators: what the clerk says to a reviewer's remark about this field */
    return g_strdup_printf (_("Explanation: %s"), label);
  if (yeji_change_split_kept (change, NULL, NULL))
    /* Translators: the reason why a warning about this field was kept */
    return g_strdup_printf (_("Reason: %s"), label);
  if (yeji_change_is_aside (change))
    /* Translators: a value for which the data standard has no field */
    return g_strdup_printf (_("Kept aside: %s"), label);
  return g_steal_pointer (&label);
}

/**
 * yeji_change_value_text:
 * @value: (nullable): of the change
 *
 * Returns: (transfer full): the value as it is shown: a code by its name, a personal one masked
 */
char *
yeji_change_value_text (const YejiChange *change,
                        YejiDictionary   *dictionary,
                        const char       *value)
{
  const YejiFieldDef *field = yeji_change_find_field (change, dictionary);
  g_autofree char *masked = yeji_change_mask (change, dictionary, value);

  if (*masked == '\0')
    return g_strdup (_("(empty)"));
  if (is_member (change, "role"))
    return g_strdup (yeji_role_get_label (dictionary, masked));
  if (field != NULL && field->kind == YEJI_FIELD_CODE
      && !yeji_change_split_kept (change, NULL, NULL))
    return yeji_code_to_text (field, masked);
  return g_steal_pointer (&masked);
}

static gboolean
is_row (const YejiChange *change)
{
  return *change->table != '\0' && *change->field == '\0';
}

/**
 * yeji_change_to_text:
 *
 * Returns: (transfer full): what it was before and after, on one line
 */
char *
yeji_change_to_text (const YejiChange *change,
                     YejiDictionary   *dictionary)
{
  g_autofree char *before = yeji_change_value_text (change, dictionary, change->before);
  g_autofree char *after = yeji_change_value_text (change, dictionary, change->after);

  if (yeji_change_is_bin (change))
    return g_strdup (g_strcmp0 (change->after, YEJI_CHANGE_IN_BIN) == 0
                       ? _("put into the bin") : _("taken out of the bin"));
  if (is_member (change, YEJI_HISTORY_TAKEN))
    return g_strdup (g_strcmp0 (change->after, YEJI_HISTORY_TAKEN_NEW) == 0
                       ? _("came from another computer") : _("asked what is to stay"));
  if (is_row (change) && change->before == NULL)
    return g_strdup (_("row added"));
  if (is_row (change) && change->after == NULL)
    return g_strdup (_("row removed"));
  if (is_row (change))
    return g_strdup (_("row moved"));
  return g_strdup_printf ("%s → %s", before, after);
}

/**
 * yeji_changes_to_text:
 * @changes: (element-type YejiChange): what an undo changed
 * @again: whether something was done again
 *
 * Returns: (transfer full): what was undone, for the user
 */
char *
yeji_changes_to_text (GPtrArray      *changes,
                      YejiDictionary *dictionary,
                      gboolean        again)
{
  const YejiChange *first = changes->len > 0 ? g_ptr_array_index (changes, 0) : NULL;
  g_autofree char *label = first != NULL ? yeji_change_to_label (first, dictionary) : NULL;
  gboolean alone = changes->len == 1 || (first != NULL && is_row (first));
  g_autofree char *many = g_strdup_printf (ngettext ("%u change", "%u changes", changes->len),
                                           changes->len);

  /* Translators: a field, a table, or how many changes */
  return g_strdup_printf (again ? _("Done again: %s") : _("Undone: %s"), alone ? label : many);
}

/**
 * yeji_day_to_text:
 * @moment: RFC 3339
 *
 * Returns: (transfer full): the day here
 */
char *
yeji_day_to_text (const char *moment)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_iso8601 (moment, NULL);
  g_autoptr (GDateTime) local = then != NULL ? g_date_time_to_local (then) : NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *day = local != NULL ? g_date_time_format (local, "%Y-%m-%d") : g_strdup ("");

  return g_str_equal (day, today) ? g_strdup (_("Today")) : g_steal_pointer (&day);
}
