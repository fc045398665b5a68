// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-notices.h"

#include <glib/gi18n-lib.h>

#include "yeji-cli-output.h"
#include "yeji-cli.h"
#include "yeji-healing-words.h"
#include "yeji-json.h"
#include "yeji-notice.h"
#include "yeji-store-chores.h"

/* The last notice of a recovery that this program has told of. Whether the clerk has seen it in the
 * window is another matter. */
#define SETTING_TOLD "cli.told"

static const struct
{
  const char *reason;
  const char *text;
} reasons[] = {
  { "damaged",     N_("The database was damaged.") },
  { "missing",     N_("The database was gone.") },
  { "empty",       N_("The database was empty.") },
};

static const struct
{
  const char *reason;
  const char *text;
} log_reasons[] = {
  { "log-lost",    N_("The log of the last session was gone; its last changes may be missing.") },
  { "log-damaged", N_("The log of the last session was damaged; its last changes may be "
                      "missing.") },
  { "log-foreign", N_("The log beside the database was of another one; the last changes may be "
                      "missing.") },
};

static guint
get_count (JsonObject *details,
           const char *member)
{
  return (guint) CLAMP (yeji_json_get_int (details, member, 0), 0, G_MAXUINT32);
}

static void
add (GString *text,
     char    *sentence)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence);
  g_free (sentence);
}

/* "A, B, …" of {uuid, name} entries; the uuid where there is no name. */
static char *
list_names (JsonObject *details,
            const char *member)
{
  JsonArray *array = yeji_json_get_array (details, member);
  GString *text = g_string_new (NULL);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *entry = yeji_json_node_object (json_array_get_element (array, i));
      const char *name = entry != NULL ? yeji_json_get_string (entry, "name") : NULL;
      g_autofree char *line = NULL;

      if (entry == NULL)
        continue;
      if (name == NULL || *name == '\0')
        name = yeji_json_get_string (entry, "uuid");
      line = yeji_cli_dup_line (name != NULL ? name : "");
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", line);
    }
  return g_string_free (text, FALSE);
}

static void
add_named (GString    *text,
           const char *format,
           guint       count,
           JsonObject *details,
           const char *member)
{
  g_autofree char *names = list_names (details, member);

  if (count > 0)
    add (text, g_strdup_printf (format, count, names));
}

static char *
describe_recovered (JsonObject *details)
{
  const char *reason = yeji_json_get_string (details, "reason");
  const char *backup = yeji_json_get_string (details, "backup");
  const char *folder = yeji_json_get_string (details, "folder");
  guint records = get_count (details, "records");
  guint from_backup = get_count (details, "n_from_backup");
  guint from_province = get_count (details, "n_from_province");
  guint lost = get_count (details, "n_lost");
  guint lines = get_count (details, "lost_lines");
  guint documents = get_count (details, "lost_documents");
  guint others = get_count (details, "lost_others");
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_strcmp0 (reasons[i].reason, reason) == 0)
      add (text, g_strdup (_(reasons[i].text)));
  add (text, g_strdup_printf (ngettext ("%u record is in the new one.",
                                        "%u records are in the new one.", records), records));
  if (from_backup > 0 && backup != NULL)
    {
      g_autofree char *names = list_names (details, "from_backup");

      add (text, g_strdup_printf (ngettext ("%u of them is as it was in the backup %s: %s.",
                                            "%u of them are as they were in the backup %s: %s.",
                                            from_backup), from_backup, backup, names));
    }
  add_named (text, ngettext ("%u is as the province last had it: %s.",
                             "%u are as the province last had them: %s.", from_province),
             from_province, details, "from_province");
  add_named (text, ngettext ("%u is lost: %s.", "%u are lost: %s.", lost), lost, details, "lost");
  if (lines > 0)
    add (text, g_strdup_printf (ngettext ("%u line of the history is lost.",
                                          "%u lines of the history are lost.", lines), lines));
  if (documents > 0)
    add (text, g_strdup_printf (ngettext ("%u document is not attached any more.",
                                          "%u documents are not attached any more.", documents),
                                documents));
  if (others > 0)
    add (text, g_strdup_printf (ngettext ("%u other entry is lost.", "%u other entries are lost.",
                                          others), others));
  if (json_object_get_boolean_member_with_default (details, "uncertain", FALSE))
    add (text, g_strdup (_("More may be missing than could be counted.")));
  add (text, g_strdup_printf (_("The old files are in %s."), folder != NULL ? folder : ""));
  return g_string_free (text, FALSE);
}

static char *
describe_log (JsonObject *details)
{
  const char *reason = yeji_json_get_string (details, "reason");
  const char *folder = yeji_json_get_string (details, "folder");
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (log_reasons); i++)
    if (g_strcmp0 (log_reasons[i].reason, reason) == 0)
      add (text, g_strdup (_(log_reasons[i].text)));
  if (folder != NULL)
    add (text, g_strdup_printf (_("It is kept in %s."), folder));
  return g_string_free (text, FALSE);
}

static char *
describe_checked (JsonObject *details)
{
  guint records = get_count (details, "records");

  return g_strdup_printf (ngettext ("The program had not ended properly. Everything was checked, "
                                    "%u record, and nothing is missing.",
                                    "The program had not ended properly. Everything was checked, "
                                    "%u records, and nothing is missing.", records), records);
}

static char *
describe_damaged (JsonObject *details)
{
  return g_strdup (_("The database is damaged. It is recovered when the profile is opened next."));
}

static char *
describe_documents (JsonObject *details)
{
  guint count = get_count (details, "count");
  g_autofree char *names = list_names (details, "documents");

  return g_strdup_printf (ngettext ("%u document is gone or was changed: %s.",
                                    "%u documents are gone or were changed: %s.", count), count,
                          names);
}

static char *
describe_expired (JsonObject *details)
{
  guint count = get_count (details, "count");
  g_autofree char *names = list_names (details, "records");

  if (count == 0)
    return g_strdup (_("Documents that had been taken out of records for 30 days were deleted."));
  return g_strdup_printf (ngettext ("%u record that had been in the bin for 30 days was deleted: "
                                    "%s.",
                                    "%u records that had been in the bin for 30 days were deleted: "
                                    "%s.", count), count, names);
}

static char *
describe_backup (JsonObject *details)
{
  const char *message = yeji_json_get_string (details, "message");

  return g_strdup_printf (_("No backup could be made: %s"), message != NULL ? message : "");
}

static char *
describe_key (JsonObject *details)
{
  guint count = get_count (details, "count");
  guint withdrawn = get_count (details, "withdrawn");
  GString *text = g_string_new (NULL);

  add_named (text, ngettext ("The key of the personal numbers was lost and a new one made. The "
                             "numbers of %u record have to be typed again: %s.",
                             "The key of the personal numbers was lost and a new one made. The "
                             "numbers of %u records have to be typed again: %s.", count),
             count, details, "records");
  if (withdrawn > 0)
    add (text, g_strdup_printf (ngettext ("%u of them waited to be sent and does not any more.",
                                          "%u of them waited to be sent and do not any more.",
                                          withdrawn), withdrawn));
  return g_string_free (text, FALSE);
}

static char *
describe_no_code (JsonObject *details)
{
  return g_strdup (_("There is neither a passphrase nor a recovery code: if the key of this "
                     "computer is lost, the personal numbers are lost with it. Make a code with "
                     "yeji key --recovery-code."));
}

static const struct
{
  const char *kind;
  char *(*describe) (JsonObject *details);
} kinds[] = {
  { YEJI_NOTICE_RECOVERED,         describe_recovered },
  { YEJI_NOTICE_LOG,               describe_log },
  { YEJI_NOTICE_CHECKED,           describe_checked },
  { YEJI_NOTICE_DAMAGED,           describe_damaged },
  { YEJI_NOTICE_DOCUMENTS_MISSING, describe_documents },
  { YEJI_NOTICE_BIN_EXPIRED,       describe_expired },
  { YEJI_NOTICE_BACKUP_FAILED,     describe_backup },
  { YEJI_NOTICE_KEY_LOST,          describe_key },
  { YEJI_NOTICE_NO_RECOVERY_CODE,  describe_no_code },
};

/* What is to be said at once, and not only when it is asked for. */
static const char * const urgent[] = {
  YEJI_NOTICE_RECOVERED, YEJI_NOTICE_LOG, YEJI_NOTICE_PROVINCE_RESTORED, YEJI_NOTICE_RECORD_REMOVED,
  YEJI_NOTICE_RECORD_WITHDRAWN, NULL
};

static char *
describe (const YejiNotice *notice)
{
  char *words = yeji_healing_words (notice->kind, notice->details);

  if (words != NULL)
    return words;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].kind, notice->kind))
      return kinds[i].describe (notice->details);
  return g_strdup (notice->kind);
}

/**
 * yeji_cli_tell_recovery:
 *
 * Says once, on standard error, that a database was recovered, that there was trouble with its log,
 * or that the province lost, removed or gave back something by itself.
 */
void
yeji_cli_tell_recovery (YejiStore *store)
{
  g_autoptr (GPtrArray) notices = yeji_store_list_notices (store, NULL);
  g_autofree char *text = yeji_store_get_setting (store, SETTING_TOLD, NULL);
  gint64 told = text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
  gint64 last = told;

  for (guint i = notices != NULL ? notices->len : 0; i-- > 0; )
    {
      const YejiNotice *notice = g_ptr_array_index (notices, i);
      g_autofree char *sentence = NULL;

      if (notice->id <= told || !g_strv_contains (urgent, notice->kind))
        continue;
      sentence = describe (notice);
      yeji_cli_complain ("%s", sentence);
      last = MAX (last, notice->id);
    }
  if (last > told)
    {
      g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, last);

      yeji_store_set_setting (store, SETTING_TOLD, value, NULL);
    }
}

/**
 * yeji_cli_do_chores:
 *
 * Does what is due before the profile is closed. A command that was done is done, whatever becomes
 * of the chores: their failures are said, and are notices.
 */
void
yeji_cli_do_chores (YejiStore *store)
{
  g_autoptr (GError) error = NULL;

  if (!yeji_store_do_brief_chores (store, NULL, &error))
    yeji_cli_complain (_("The profile could not be looked after: %s"), error->message);
}

static JsonNode *
notices_to_json (GPtrArray *notices)
{
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < notices->len; i++)
    {
      const YejiNotice *notice = g_ptr_array_index (notices, i);
      JsonObject *object = json_object_new ();

      json_object_set_int_member (object, "id", notice->id);
      json_object_set_string_member (object, "kind", notice->kind);
      json_object_set_string_member (object, "at", notice->at);
      json_object_set_boolean_member (object, "seen", notice->seen);
      json_object_set_object_member (object, "details", json_object_ref (notice->details));
      json_array_add_object_element (array, object);
    }
  json_node_take_array (node, array);
  return node;
}

static gboolean
is_wanted (const YejiNotice *notice,
           guint             n_ids,
           char            **ids)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, notice->id);
  gboolean wanted = n_ids == 0;

  for (guint i = 0; i < n_ids; i++)
    wanted = wanted || g_str_equal (ids[i], id);
  return wanted && !notice->seen;
}

static gboolean
has_notice (GPtrArray  *notices,
            const char *text)
{
  gint64 id;

  if (g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, &id, NULL))
    for (guint i = 0; i < notices->len; i++)
      if (((const YejiNotice *) g_ptr_array_index (notices, i))->id == id)
        return TRUE;
  yeji_cli_complain (_("There is no notice “%s”"), text);
  return FALSE;
}

static YejiExit
mark_seen (YejiStore  *store,
           GPtrArray  *notices,
           guint       n_ids,
           char      **ids)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n_ids; i++)
    if (!has_notice (notices, ids[i]))
      return YEJI_EXIT_USAGE;
  for (guint i = 0; i < notices->len; i++)
    {
      const YejiNotice *notice = g_ptr_array_index (notices, i);

      if (!is_wanted (notice, n_ids, ids)
          || yeji_store_set_notice_seen (store, notice->id, &error))
        continue;
      yeji_cli_complain ("%s", error->message);
      return YEJI_EXIT_FAILED;
    }
  return YEJI_EXIT_OK;
}

/* notices, notices seen */
YejiExit
yeji_cli_notices (YejiCliSession  *session,
                  guint            n_args,
                  char           **args)
{
  YejiStore *store = yeji_cli_session_get_store (session);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) notices = NULL;

  if (store == NULL)
    return YEJI_EXIT_FAILED;
  notices = yeji_store_list_notices (store, &error);
  if (notices == NULL)
    {
      yeji_cli_complain ("%s", error->message);
      return YEJI_EXIT_FAILED;
    }
  if (n_args > 0)
    return mark_seen (store, notices, n_args - 1, args + 1);
  if (yeji_cli_session_wants_json (session))
    yeji_cli_print_json (notices_to_json (notices));
  for (guint i = 0; !yeji_cli_session_wants_json (session) && i < notices->len; i++)
    {
      const YejiNotice *notice = g_ptr_array_index (notices, i);
      g_autofree char *sentence = describe (notice);

      yeji_cli_print ("%s %s\n", notice->at, sentence);
    }
  return YEJI_EXIT_OK;
}
