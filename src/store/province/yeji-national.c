// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-national.h"

#include "yeji-json.h"

/* the wire's words */
static const char * const states[N_YEJI_NATIONAL_STATES] = {
  [YEJI_NATIONAL_WAITING] = "waiting",
  [YEJI_NATIONAL_SENT] = "sent",
  [YEJI_NATIONAL_ACCEPTED] = "accepted",
  [YEJI_NATIONAL_REFUSED] = "refused",
  [YEJI_NATIONAL_REMOVED] = "removed",
};

/**
 * yeji_national_parse:
 * @text: (nullable): `{"state", "at", "message", "receipt"}`
 *
 * Returns: (transfer full) (nullable): what it says; %NULL where that is nothing, or a word of a
 *   newer province
 */
YejiNational *
yeji_national_parse (const char *text)
{
  g_autoptr (JsonNode) node = text != NULL ? yeji_json_parse (text, -1, NULL) : NULL;
  JsonObject *object = node != NULL ? yeji_json_node_object (node) : NULL;
  const char *word = object != NULL ? yeji_json_get_string (object, "state") : NULL;

  for (guint i = 0; word != NULL && i < G_N_ELEMENTS (states); i++)
    if (g_str_equal (states[i], word))
      {
        YejiNational *self = g_new0 (YejiNational, 1);

        self->state = (YejiNationalState) i;
        self->at = g_strdup (yeji_json_get_string (object, "at"));
        self->message = g_strdup (yeji_json_get_string (object, "message"));
        self->receipt = g_strdup (yeji_json_get_string (object, "receipt"));
        return self;
      }
  return NULL;
}

/**
 * yeji_national_to_text:
 *
 * Returns: the word for scripts, never translated
 */
const char *
yeji_national_to_text (YejiNationalState state)
{
  return states[state];
}

/**
 * yeji_national_free:
 * @self: (transfer full) (nullable)
 *
 * Frees it.
 */
void
yeji_national_free (YejiNational *self)
{
  if (self == NULL)
    return;
  g_free (self->at);
  g_free (self->message);
  g_free (self->receipt);
  g_free (self);
}
