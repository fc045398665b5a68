// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-push"

#include "config.h"

#include "yeji-push-answer.h"

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "yeji-json.h"

#define MAX_MESSAGE 1000
#define MAX_RECEIPT 200
#define MAX_ERRORS 5
#define MAX_RETRY_AFTER (24 * 60 * 60)

/* What the platform's word means with a status that fits. */
static const struct
{
  guint least, most;
  const char *state;
  YejiPushVerdict verdict;
} words[] = {
  { 200, 201, "accepted", YEJI_PUSH_ACCEPTED },
  { 202, 202, "received", YEJI_PUSH_RECEIVED },
  { 400, 400, "refused", YEJI_PUSH_REFUSED },
  { 409, 409, "refused", YEJI_PUSH_REFUSED },
  { 422, 422, "refused", YEJI_PUSH_REFUSED },
};

/* Control characters come from nobody who means well. */
static char *
clean (const char *text,
       glong       max_length)
{
  g_autofree char *cut = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), max_length));
  GString *clean = g_string_new (NULL);

  for (const char *c = cut; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      g_string_append_unichar (clean, g_unichar_iscntrl (character) ? ' ' : character);
    }
  return g_strstrip (g_string_free (clean, FALSE));
}

/* `60`, or a date. */
static gint64
read_retry_after (const char *text)
{
  gint64 seconds = 0;

  if (text == NULL)
    return 0;
  if (!g_ascii_string_to_signed (text, 10, 0, G_MAXINT32, &seconds, NULL))
    {
      g_autoptr (GDateTime) date = soup_date_time_new_from_http_string (text);
      g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

      if (date != NULL)
        seconds = g_date_time_difference (date, now) / G_USEC_PER_SEC;
    }
  return CLAMP (seconds, 0, MAX_RETRY_AFTER);
}

/* Where it is, as the clerk knows the place, and what is wrong there. */
static void
append_error (GString        *message,
              JsonObject     *object,
              YejiDictionary *dictionary)
{
  const char *table = yeji_json_get_string (object, "table");
  const char *field = yeji_json_get_string (object, "field");
  const char *text = yeji_json_get_string (object, "message");
  const YejiFieldDef *def = NULL;

  if (text == NULL)
    return;
  if (message->len > 0)
    g_string_append (message, "; ");
  if (dictionary != NULL && table != NULL && field != NULL)
    def = yeji_dictionary_find_field (dictionary, table, field);
  if (def != NULL)
    g_string_append_printf (message, "%s %s: ",
                            yeji_text_get (&def->table->label, YEJI_LANGUAGE_ZH),
                            yeji_text_get (&def->label, YEJI_LANGUAGE_ZH));
  else if (table != NULL && field != NULL)
    g_string_append_printf (message, "%s.%s: ", table, field);
  g_string_append (message, text);
}

static char *
read_message (JsonObject     *object,
              YejiDictionary *dictionary)
{
  JsonArray *errors = yeji_json_get_array (object, "errors");
  const char *text = yeji_json_get_string (object, "message");
  g_autoptr (GString) message = g_string_new (text);

  for (guint i = 0; errors != NULL && i < MIN (json_array_get_length (errors), MAX_ERRORS); i++)
    {
      JsonObject *error = yeji_json_node_object (json_array_get_element (errors, i));

      if (error != NULL)
        append_error (message, error, dictionary);
    }
  return message->len > 0 ? clean (message->str, MAX_MESSAGE) : NULL;
}

static YejiPushVerdict
read_verdict (guint       status,
              JsonObject *object,
              const char *key)
{
  const char *said = yeji_json_get_string (object, "key");
  const char *state = yeji_json_get_string (object, "state");

  if (g_strcmp0 (said, key) != 0)
    return YEJI_PUSH_UNCLEAR;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (status >= words[i].least && status <= words[i].most
        && g_strcmp0 (state, words[i].state) == 0)
      return words[i].verdict;
  return YEJI_PUSH_UNCLEAR;
}

/**
 * yeji_push_answer_new:
 * @status: of HTTP
 * @retry_after: (nullable): the header
 * @key: what was sent under
 * @dictionary: (nullable): in whose words places are called
 *
 * Reads what the national platform answers. Only what names the very key, with a word and a status
 * that fit each other, decides anything: a page of somebody in between does not.
 *
 * Returns: (transfer full): the answer
 */
YejiPushAnswer *
yeji_push_answer_new (guint           status,
                      const char     *body,
                      gssize          length,
                      const char     *retry_after,
                      const char     *key,
                      YejiDictionary *dictionary)
{
  g_autoptr (JsonNode) node = yeji_json_parse (body, length, NULL);
  JsonObject *object = node != NULL ? yeji_json_node_object (node) : NULL;
  YejiPushAnswer *self = g_new0 (YejiPushAnswer, 1);

  self->retry_after = read_retry_after (retry_after);
  if (object != NULL)
    {
      const char *receipt = yeji_json_get_string (object, "receipt");

      self->verdict = read_verdict (status, object, key);
      self->message = read_message (object, dictionary);
      if (receipt != NULL && self->verdict != YEJI_PUSH_UNCLEAR)
        self->receipt = clean (receipt, MAX_RECEIPT);
    }
  if (self->verdict != YEJI_PUSH_UNCLEAR)
    return self;
  self->trouble = TRUE;
  if (self->message == NULL)
    self->message = g_strdup_printf ("HTTP %u", status);
  return self;
}

/**
 * yeji_push_answer_failed:
 *
 * Returns: (transfer full): that there was no answer
 */
YejiPushAnswer *
yeji_push_answer_failed (const char *message)
{
  YejiPushAnswer *self = g_new0 (YejiPushAnswer, 1);

  self->trouble = TRUE;
  self->message = clean (message, MAX_MESSAGE);
  return self;
}

/**
 * yeji_push_answer_free:
 * @self: (transfer full)
 *
 * Frees the answer.
 */
void
yeji_push_answer_free (YejiPushAnswer *self)
{
  g_free (self->message);
  g_free (self->receipt);
  g_free (self);
}
