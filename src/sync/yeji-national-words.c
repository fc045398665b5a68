// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-national-words.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *label;           /* in a list */
  const char *sentence;
} words[N_YEJI_NATIONAL_STATES] = {
  [YEJI_NATIONAL_WAITING] = {
    NC_("national platform", "Waiting"),
    N_("The province is about to send it to the national platform") },
  [YEJI_NATIONAL_SENT] = {
    NC_("national platform", "Sent"),
    N_("The national platform has it and has not answered yet") },
  [YEJI_NATIONAL_ACCEPTED] = {
    NC_("national platform", "Shown"),
    N_("The national platform shows it") },
  [YEJI_NATIONAL_REFUSED] = {
    NC_("national platform", "Refused"),
    N_("The national platform refused it") },
  [YEJI_NATIONAL_REMOVED] = {
    NC_("national platform", "Taken off"),
    N_("The national platform does not show it any more") },
};

/**
 * yeji_national_words_label:
 *
 * Returns: one word for a list
 */
const char *
yeji_national_words_label (YejiNationalState state)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "national platform", words[state].label);
}

/* The day, as far as a clerk cares. */
static char *
print_day (const char *moment)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) then = moment != NULL ? g_date_time_new_from_iso8601 (moment, NULL) : NULL;
  g_autoptr (GDateTime) here = then != NULL ? g_date_time_to_timezone (then, zone) : NULL;

  return here != NULL ? g_date_time_format (here, "%Y-%m-%d") : NULL;
}

/**
 * yeji_national_words:
 *
 * Returns: (transfer full): how it stands with the national platform, in one sentence, for window
 *   and command line
 */
char *
yeji_national_words (const YejiNational *national)
{
  const char *sentence = _(words[national->state].sentence);
  g_autofree char *day = print_day (national->at);

  if (national->state == YEJI_NATIONAL_REFUSED && national->message != NULL)
    /* Translators: that the national platform refused a record, and why */
    return g_strdup_printf (_("%s: %s"), sentence, national->message);
  if (national->receipt != NULL && day != NULL)
    /* Translators: how it stands with the national platform, since when, its receipt */
    return g_strdup_printf (_("%s, since %s (receipt %s)"), sentence, day, national->receipt);
  if (day != NULL)
    /* Translators: how it stands with the national platform, since when */
    return g_strdup_printf (_("%s, since %s"), sentence, day);
  return g_strdup (sentence);
}
