// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-petition-words"

#include "config.h"

#include "yeji-petition-words.h"

#include <glib/gi18n.h>

static const struct
{
  const char *label;
  const char *sentences[N_YEJI_PETITION_KINDS];
} texts[N_YEJI_PETITION_STATES] = {
  [YEJI_PETITION_DRAFT] = {
    NC_("application state", "Draft"),
    { N_("An application for a correction is a draft, and not sent yet."),
      N_("An application for withdrawal is a draft, and not sent yet.") }
  },
  [YEJI_PETITION_QUEUED] = {
    NC_("application state", "Waiting to be sent"),
    { N_("An application for a correction waits to be sent, with its documents."),
      N_("An application for withdrawal waits to be sent.") }
  },
  [YEJI_PETITION_REQUESTED] = {
    NC_("application state", "Waiting for the province"),
    { N_("The province has an application for a correction, and has not decided on it yet."),
      N_("The province has an application for withdrawal, and has not decided on it yet.") }
  },
  [YEJI_PETITION_GRANTED] = {
    NC_("application state", "Granted"),
    { N_("A correction was granted: the record and its public page are changed."),
      N_("The withdrawal was granted: the record is off the public page.") }
  },
  [YEJI_PETITION_REFUSED] = {
    NC_("application state", "Refused"),
    { N_("An application for a correction was refused; the record stays as it is."),
      N_("An application for withdrawal was refused; the record stays as it is.") }
  },
  [YEJI_PETITION_CANCELLED] = {
    NC_("application state", "Taken back"),
    { N_("An application for a correction was taken back."),
      N_("An application for withdrawal was taken back.") }
  },
};

/**
 * yeji_petition_get_state_label:
 *
 * Returns: its state, in a word or two
 */
const char *
yeji_petition_get_state_label (const YejiPetition *petition)
{
  return g_dpgettext2 (NULL, "application state", texts[petition->state].label);
}

/**
 * yeji_petition_to_words:
 *
 * Returns: (transfer full): how it stands, and what the province said to it
 */
char *
yeji_petition_to_words (const YejiPetition *petition)
{
  GString *words = g_string_new (_(texts[petition->state].sentences[petition->kind]));

  if (petition->office != NULL)
    {
      g_autofree char *who = petition->reviewer != NULL
                               ? g_strdup_printf (_("%s, %s"), petition->office,
                                                  petition->reviewer)
                               : g_strdup (petition->office);

      g_string_append_printf (words, "\n%s", who);
    }
  if (petition->message != NULL)
    g_string_append_printf (words, "\n%s", petition->message);
  if (petition->failure != NULL)
    g_string_append_printf (words, "\n%s", petition->failure);
  return g_string_free (words, FALSE);
}

/**
 * yeji_petition_load_words:
 *
 * Blocks.
 *
 * Returns: (transfer full) (nullable): how the newest application for a record stands
 */
char *
yeji_petition_load_words (YejiStore  *store,
                          const char *uuid)
{
  g_autoptr (GPtrArray) list = yeji_store_list_petitions (store, uuid, NULL);

  return list != NULL && list->len > 0 ? yeji_petition_to_words (g_ptr_array_index (list, 0))
                                       : NULL;
}

/**
 * yeji_petition_find_missing:
 *
 * Returns: (nullable): what keeps a draft from being sent
 */
const char *
yeji_petition_find_missing (const YejiPetition *petition)
{
  g_autofree char *reason = g_strstrip (g_strdup (petition->reason));

  if (*reason == '\0')
    return _("Say why, for the province and the public page.");
  if (petition->kind == YEJI_PETITION_CORRECTION && petition->changes->len == 0)
    return _("Choose a field and write what it should be, or a row to add or remove.");
  if (petition->kind == YEJI_PETITION_CORRECTION && petition->files->len == 0)
    return _("Add the documents that prove it.");
  return NULL;
}

/**
 * yeji_petition_get_back_label:
 *
 * Returns: (nullable): what the button that takes it back says; %NULL when that is over
 */
const char *
yeji_petition_get_back_label (const YejiPetition *petition)
{
  if (petition->state == YEJI_PETITION_DRAFT)
    return _("_Discard Draft");
  if (petition->state == YEJI_PETITION_QUEUED && !petition->begun)
    return _("_Change It Again");
  return petition->state == YEJI_PETITION_REQUESTED ? _("_Take Back") : NULL;
}
