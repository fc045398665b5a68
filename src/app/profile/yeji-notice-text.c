// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-notice-text"

#include "config.h"

#include "yeji-notice-text.h"

#include <glib/gi18n.h>

#include "yeji-healing-words.h"
#include "yeji-messages.h"
#include "yeji-notice.h"

/* So many names are told one by one. */
#define MAX_NAMES 20

/* ---- What lies in the details, whatever a later version or a damaged file has put there */

static guint
get_count (JsonObject *details,
           const char *member)
{
  gint64 count = json_object_get_int_member_with_default (details, member, 0);

  return (guint) CLAMP (count, 0, G_MAXINT);
}

static const char *
get_text (JsonObject *details,
          const char *member)
{
  JsonNode *node = json_object_get_member (details, member);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
         ? json_node_get_string (node) : NULL;
}

static JsonArray *
get_list (JsonObject *details,
          const char *member)
{
  JsonNode *node = json_object_get_member (details, member);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/* ---- Sentences, one a line */

static void
add_line (GString *lines,
          char    *line)
{
  g_autofree char *owned = line;

  if (lines->len > 0)
    g_string_append_c (lines, '\n');
  g_string_append (lines, owned);
}

/* The record's name, and the document's where it is about one. */
static char *
name_element (JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *name = object != NULL ? get_text (object, "name") : NULL;
  const char *file = object != NULL ? get_text (object, "filename") : NULL;

  if (object == NULL)
    return json_node_get_value_type (node) == G_TYPE_STRING ? json_node_dup_string (node) : NULL;
  if (name == NULL || *name == '\0')
    name = _("Unnamed record");
  /* Translators: a record's name and the name of a document's file */
  return file != NULL ? g_strdup_printf (_("%s: %s"), name, file) : g_strdup (name);
}

static void
add_names (GString    *lines,
           JsonObject *details,
           const char *member,
           guint       count)
{
  JsonArray *list = get_list (details, member);
  guint shown = list != NULL ? MIN (json_array_get_length (list), MAX_NAMES) : 0;

  for (guint i = 0; i < shown; i++)
    {
      g_autofree char *name = name_element (json_array_get_element (list, i));

      if (name != NULL)
        add_line (lines, g_strdup_printf ("  • %s", name));
    }
  if (count > shown && shown > 0)
    add_line (lines, g_strdup_printf (ngettext ("  and %u more", "  and %u more", count - shown),
                                      count - shown));
}

static char *
make_checked (JsonObject *details)
{
  guint n_records = get_count (details, "records");
  guint n_documents = get_count (details, "documents");
  g_autofree char *records = g_strdup_printf (ngettext ("%u record", "%u records", n_records),
                                              n_records);
  g_autofree char *documents = g_strdup_printf (ngettext ("%u document", "%u documents",
                                                          n_documents), n_documents);

  return g_strdup_printf (_("The program was not closed properly the last time. Everything was "
                            "checked and is in order: %s, %s."), records, documents);
}

static char *
make_damaged (JsonObject *details)
{
  GString *lines = g_string_new (_("It is repaired when the profile is opened the next time: close "
                                   "the program and start it again."));

  add_names (lines, details, "flaws", 0);
  return g_string_free (lines, FALSE);
}

static char *
count_from_backup (guint count)
{
  return g_strdup_printf (ngettext ("%u record is as it was in the last good backup:",
                                    "%u records are as they were in the last good backup:", count),
                          count);
}

static char *
count_from_province (guint count)
{
  return g_strdup_printf (ngettext ("%u record is as the province last sent it:",
                                    "%u records are as the province last sent them:", count),
                          count);
}

static char *
count_lost (guint count)
{
  return g_strdup_printf (ngettext ("%u record is lost:", "%u records are lost:", count), count);
}

static char *
count_lost_lines (guint count)
{
  return g_strdup_printf (ngettext ("%u line of the history is lost.",
                                    "%u lines of the history are lost.", count), count);
}

static char *
count_lost_documents (guint count)
{
  return g_strdup_printf (ngettext ("%u document is no longer attached; its file is kept.",
                                    "%u documents are no longer attached; their files are kept.",
                                    count), count);
}

/* What the damaged file did not have any more: records, with their names, and other things. */
static const struct
{
  const char *count;
  const char *names;           /* (nullable) */
  char *(*tell) (guint count);
} rests[] = {
  { "n_from_backup", "from_backup", count_from_backup },
  { "n_from_province", "from_province", count_from_province },
  { "n_lost", "lost", count_lost },
  { "lost_lines", NULL, count_lost_lines },
  { "lost_documents", NULL, count_lost_documents },
};

static const struct
{
  const char *reason;
  const char *sentence;
} reasons[] = {
  { "damaged", N_("The database was damaged.") },
  { "missing", N_("The database was gone.") },
  { "empty", N_("The database was empty.") },
};

static const struct
{
  const char *reason;
  const char *sentence;
} log_reasons[] = {
  { "log-lost", N_("A part of the database, its log, was gone.") },
  { "log-damaged", N_("A part of the database, its log, was damaged.") },
  { "log-foreign", N_("A part of the database, its log, was that of another one.") },
};

static char *
make_recovered (JsonObject *details)
{
  const char *reason = get_text (details, "reason");
  const char *folder = get_text (details, "folder");
  const char *sentence = reasons[0].sentence;
  GString *lines = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_strcmp0 (reason, reasons[i].reason) == 0)
      sentence = reasons[i].sentence;
  add_line (lines, g_strdup (_(sentence)));
  add_line (lines, g_strdup_printf (_("Records that are there now: %u, of them unchanged from the "
                                      "old file: %u."),
                                    get_count (details, "records"),
                                    get_count (details, "from_file")));
  for (guint i = 0; i < G_N_ELEMENTS (rests); i++)
    {
      guint count = get_count (details, rests[i].count);

      if (count == 0)
        continue;
      add_line (lines, rests[i].tell (count));
      if (rests[i].names != NULL)
        add_names (lines, details, rests[i].names, count);
    }
  if (json_object_get_boolean_member_with_default (details, "uncertain", FALSE))
    add_line (lines, g_strdup (_("More may be missing that could not be counted: look through your "
                                 "records.")));
  else if (get_count (details, "n_lost") == 0)
    add_line (lines, g_strdup (_("No record is lost.")));
  if (folder != NULL)
    add_line (lines, g_strdup_printf (_("The old file is kept in “%s”."), folder));
  return g_string_free (lines, FALSE);
}

static char *
make_log (JsonObject *details)
{
  const char *reason = get_text (details, "reason");
  const char *folder = get_text (details, "folder");
  GString *lines = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (log_reasons); i++)
    if (g_strcmp0 (reason, log_reasons[i].reason) == 0)
      add_line (lines, g_strdup (_(log_reasons[i].sentence)));
  add_line (lines, g_strdup (_("What was changed last may be missing: look through your "
                               "records.")));
  if (folder != NULL)
    add_line (lines, g_strdup_printf (_("The old file is kept in “%s”."), folder));
  return g_string_free (lines, FALSE);
}

static char *
make_documents_missing (JsonObject *details)
{
  guint count = get_count (details, "count");
  GString *lines = g_string_new (NULL);

  add_line (lines, g_strdup_printf (ngettext ("%u document is gone from the profile's folder or "
                                              "was changed there. Attach it again:",
                                              "%u documents are gone from the profile's folder or "
                                              "were changed there. Attach them again:", count),
                                    count));
  add_names (lines, details, "documents", count);
  return g_string_free (lines, FALSE);
}

static char *
make_bin_expired (JsonObject *details)
{
  guint count = get_count (details, "count");
  guint documents = get_count (details, "documents");
  GString *lines = g_string_new (NULL);

  if (count > 0)
    add_line (lines, g_strdup_printf (ngettext ("%u record lay in the bin for more than 30 days "
                                                "and was deleted:",
                                                "%u records lay in the bin for more than 30 days "
                                                "and were deleted:", count), count));
  add_names (lines, details, "records", count);
  if (documents > 0)
    add_line (lines, g_strdup_printf (ngettext ("%u document that nothing used any more was "
                                                "deleted.",
                                                "%u documents that nothing used any more were "
                                                "deleted.", documents), documents));
  return g_string_free (lines, FALSE);
}

static char *
make_backup_failed (JsonObject *details)
{
  const char *message = get_text (details, "message");

  return g_strdup_printf ("%s\n%s", _("Your records are saved, but there is no new copy of them. "
                                      "See whether the disk is full."),
                          message != NULL ? message : "");
}

static char *
make_key_lost (JsonObject *details)
{
  guint count = get_count (details, "count");
  guint withdrawn = get_count (details, "withdrawn");
  GString *lines = g_string_new (NULL);

  add_line (lines, g_strdup (_("The program goes on with a new key. Personal numbers that were "
                               "typed before show as dots; type them again. Should the passphrase "
                               "or the recovery code of that time be found, “yeji key --recover” "
                               "opens them.")));
  if (withdrawn > 0)
    add_line (lines, g_strdup_printf (ngettext ("%u record waited to be sent and does not any "
                                                "more: submit it again.",
                                                "%u records waited to be sent and do not any "
                                                "more: submit them again.", withdrawn),
                                      withdrawn));
  add_line (lines, g_strdup_printf (ngettext ("Numbers are missing in %u record:",
                                              "Numbers are missing in %u records:", count),
                                    count));
  add_names (lines, details, "records", count);
  return g_string_free (lines, FALSE);
}

static char *
make_no_recovery_code (JsonObject *details)
{
  return g_strdup (_("If the key of this computer is lost, the personal numbers are lost with it. "
                     "Open the menu, choose “Protection of Personal Numbers”, and make a recovery "
                     "code or set a passphrase."));
}

/* What the command line says, too. */
static char *
make_restored (JsonObject *details)
{
  return yeji_healing_words (YEJI_NOTICE_PROVINCE_RESTORED, details);
}

static char *
make_removed (JsonObject *details)
{
  return yeji_healing_words (YEJI_NOTICE_RECORD_REMOVED, details);
}

static char *
make_withdrawn (JsonObject *details)
{
  return yeji_healing_words (YEJI_NOTICE_RECORD_WITHDRAWN, details);
}

static const struct
{
  const char *kind;
  const char *icon;
  const char *title;
  char *(*make_text) (JsonObject *details);
  gboolean quiet;
} kinds[] = {
  { YEJI_NOTICE_CHECKED, "emblem-ok-symbolic", N_("Everything Is in Order"), make_checked, TRUE },
  { YEJI_NOTICE_DAMAGED, "dialog-error-symbolic", N_("The Database Is Damaged"), make_damaged,
    FALSE },
  { YEJI_NOTICE_RECOVERED, "dialog-warning-symbolic", N_("The Database Was Recovered"),
    make_recovered, FALSE },
  { YEJI_NOTICE_LOG, "dialog-warning-symbolic", N_("The Last Changes May Be Missing"), make_log,
    FALSE },
  { YEJI_NOTICE_DOCUMENTS_MISSING, "dialog-warning-symbolic", N_("Documents Are Missing"),
    make_documents_missing, FALSE },
  { YEJI_NOTICE_BIN_EXPIRED, "user-trash-symbolic", N_("The Bin Was Cleared of Old Records"),
    make_bin_expired, FALSE },
  { YEJI_NOTICE_BACKUP_FAILED, "dialog-warning-symbolic", N_("No Backup Could Be Made"),
    make_backup_failed, FALSE },
  { YEJI_NOTICE_KEY_LOST, "dialog-password-symbolic", N_("The Key Was Lost"), make_key_lost,
    FALSE },
  { YEJI_NOTICE_NO_RECOVERY_CODE, "dialog-password-symbolic",
    N_("The Personal Numbers Have No Second Key"), make_no_recovery_code, FALSE },
  { YEJI_NOTICE_PROVINCE_RESTORED, "dialog-warning-symbolic",
    N_("The Province Has Lost Something"), make_restored, FALSE },
  { YEJI_NOTICE_RECORD_REMOVED, "dialog-warning-symbolic", N_("A Record Was Removed"),
    make_removed, FALSE },
  { YEJI_NOTICE_RECORD_WITHDRAWN, "dialog-information-symbolic", N_("A Record Was Withdrawn"),
    make_withdrawn, FALSE },
};

static guint
find_kind (const YejiNotice *notice)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (kinds) && !g_str_equal (kinds[i].kind, notice->kind))
    i++;
  return i;
}

/**
 * yeji_notice_is_quiet:
 *
 * Returns: whether the notice says that all is well, and so is told in passing
 */
gboolean
yeji_notice_is_quiet (const YejiNotice *notice)
{
  guint i = find_kind (notice);

  return i < G_N_ELEMENTS (kinds) && kinds[i].quiet;
}

/**
 * yeji_notice_get_icon:
 *
 * Returns: the name of an icon
 */
const char *
yeji_notice_get_icon (const YejiNotice *notice)
{
  guint i = find_kind (notice);

  return i < G_N_ELEMENTS (kinds) ? kinds[i].icon : "dialog-information-symbolic";
}

/**
 * yeji_notice_get_title:
 *
 * Returns: (transfer full): what happened, in a few words; for a notice of a later version its kind
 */
char *
yeji_notice_get_title (const YejiNotice *notice)
{
  guint i = find_kind (notice);

  return g_strdup (i < G_N_ELEMENTS (kinds) ? _(kinds[i].title) : notice->kind);
}

/**
 * yeji_notice_get_text:
 *
 * Returns: (transfer full): what it means for the clerk, and what to do; some lines
 */
char *
yeji_notice_get_text (const YejiNotice *notice)
{
  guint i = find_kind (notice);

  if (i < G_N_ELEMENTS (kinds))
    return kinds[i].make_text (notice->details);
  return g_strdup (_("A newer version of the program can say more about this."));
}

/**
 * yeji_notice_get_folder:
 * @directory: the profile's
 *
 * Returns: (transfer full) (nullable): the folder of which the notice speaks
 */
char *
yeji_notice_get_folder (const YejiNotice *notice,
                        const char       *directory)
{
  const char *folder = get_text (notice->details, "folder");
  g_autofree char *inside = g_strconcat (directory, G_DIR_SEPARATOR_S, NULL);
  g_autofree char *path = NULL;

  if (folder == NULL)
    return NULL;
  path = g_canonicalize_filename (folder, directory);
  return g_str_has_prefix (path, inside) ? g_steal_pointer (&path) : NULL;
}
