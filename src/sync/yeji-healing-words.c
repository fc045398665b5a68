// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-healing-words.h"

#include <glib/gi18n-lib.h>

#include "yeji-json.h"
#include "yeji-notice.h"

/* So many records are named. */
#define MANY 5

static void
add (GString *text,
     char    *sentence)
{
  g_autofree char *before = g_strdup (text->str);

  if (text->len == 0)
    g_string_assign (text, sentence);
  else
    g_string_printf (text, C_("two sentences", "%s %s"), before, sentence);
  g_free (sentence);
}

/* The minute here, as people write it. */
static char *
format_moment (const char *text)
{
  g_autoptr (GDateTime) moment = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;
  g_autoptr (GDateTime) local = moment != NULL ? g_date_time_to_local (moment) : NULL;

  return local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M") : NULL;
}

static char *
name_records (JsonArray *records,
              guint      count)
{
  GString *text = g_string_new (NULL);
  guint n = records != NULL ? MIN (json_array_get_length (records), MANY) : 0;

  for (guint i = 0; i < n; i++)
    {
      JsonObject *record = yeji_json_node_object (json_array_get_element (records, i));
      const char *name = record != NULL ? yeji_json_get_string (record, "name") : NULL;
      const char *uuid = record != NULL ? yeji_json_get_string (record, "uuid") : NULL;

      g_string_append (text, i > 0 ? C_("between names", ", ") : "");
      g_string_append (text, name != NULL && *name != '\0' ? name : uuid != NULL ? uuid : "?");
    }
  if (count > n)
    g_string_append_printf (text, " + %u", count - n);
  return g_string_free (text, FALSE);
}

static void
add_part (GString    *text,
          JsonObject *details,
          const char *member,
          char       *(*say) (guint       count,
                              const char *names))
{
  JsonObject *part = yeji_json_get_object (details, member);
  guint count = part != NULL ? (guint) CLAMP (yeji_json_get_int (part, "count", 0), 0, G_MAXINT32)
                             : 0;
  g_autofree char *names = NULL;

  if (count == 0)
    return;
  names = name_records (yeji_json_get_array (part, "records"), count);
  add (text, say (count, names));
}

static char *
say_resent (guint       count,
            const char *names)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "%u submission is sent again just as it was: %s.",
                                       "%u submissions are sent again just as they were: %s.",
                                       count), count, names);
}

static char *
say_returned (guint       count,
              const char *names)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "The province does not know any more that it returned %u "
                                       "record: %s. The points and what you changed are kept here. "
                                       "Mend it and submit it again; withdraw it first if it is "
                                       "being reviewed.",
                                       "The province does not know any more that it returned %u "
                                       "records: %s. The points and what you changed are kept "
                                       "here. Mend them and submit them again; withdraw first what "
                                       "is being reviewed.",
                                       count), count, names);
}

static char *
say_kept (guint       count,
          const char *names)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "The province decided on an older content of %u record: "
                                       "%s. What you had submitted since is kept here as changes "
                                       "that are not sent: submit it again, or apply for a "
                                       "correction.",
                                       "The province decided on older contents of %u records: "
                                       "%s. What you had submitted since is kept here as changes "
                                       "that are not sent: submit them again, or apply for "
                                       "corrections.",
                                       count), count, names);
}

static char *
say_others (guint       count,
            const char *names)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "Look at %u record of which the province knows less than "
                                       "it had said: %s.",
                                       "Look at %u records of which the province knows less than "
                                       "it had said: %s.",
                                       count), count, names);
}

static char *
describe_restored (JsonObject *details)
{
  GString *text = g_string_new (NULL);
  g_autofree char *at = format_moment (yeji_json_get_string (details, "restored_at"));

  if (at != NULL)
    add (text, g_strdup_printf (_("The province restored an older state of its data on %s."), at));
  else
    add (text, g_strdup (_("The province has an older state of its data than it had told.")));
  add_part (text, details, "resent", say_resent);
  add_part (text, details, "returned", say_returned);
  add_part (text, details, "kept", say_kept);
  add_part (text, details, "others", say_others);
  return g_string_free (text, FALSE);
}

static char *
describe_removal (JsonObject *details,
                  const char *sentence)
{
  GString *text = g_string_new (NULL);
  const char *name = yeji_json_get_string (details, "name");
  const char *message = yeji_json_get_string (details, "message");

  if (name == NULL || *name == '\0')
    name = yeji_json_get_string (details, "uuid");
  add (text, g_strdup_printf (sentence, name != NULL ? name : "?"));
  if (message != NULL && *message != '\0')
    add (text, g_strdup_printf (_("The reason: %s"), message));
  return g_string_free (text, FALSE);
}

static char *
describe_removed (JsonObject *details)
{
  return describe_removal (details,
                           _("“%s” was removed at the province. Your own copy with its documents "
                             "is here, and can be submitted again."));
}

static char *
describe_withdrawn (JsonObject *details)
{
  return describe_removal (details,
                           _("“%s” was withdrawn from the review on another computer. It can be "
                             "changed and submitted again."));
}

static const struct
{
  const char *kind;
  char *(*describe) (JsonObject *details);
} kinds[] = {
  { YEJI_NOTICE_PROVINCE_RESTORED, describe_restored },
  { YEJI_NOTICE_RECORD_REMOVED, describe_removed },
  { YEJI_NOTICE_RECORD_WITHDRAWN, describe_withdrawn },
};

/**
 * yeji_healing_words:
 * @kind: of a notice
 * @details: of it
 *
 * Says what a province lost and what was done about it, or that a record was withdrawn or removed
 * there.
 *
 * Returns: (transfer full) (nullable): sentences for the clerk, %NULL for a notice of another kind
 */
char *
yeji_healing_words (const char *kind,
                    JsonObject *details)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].kind, kind))
      return kinds[i].describe (details);
  return NULL;
}
