// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-messages"

#include "config.h"

#include "yeji-messages.h"

#include <glib/gi18n.h>
#include <gtk/gtk.h>

#include "yeji-backup.h"
#include "yeji-clock.h"
#include "yeji-findings.h"
#include "yeji-package.h"
#include "yeji-province.h"
#include "yeji-record-file.h"
#include "yeji-recovery-code.h"
#include "yeji-sample.h"
#include "yeji-sql.h"
#include "yeji-state-name.h"
#include "yeji-store.h"
#include "yeji-sync-words.h"
#include "yeji-vault.h"

typedef struct
{
  const char *style;
  const char *help;
} StateText;

static const StateText state_texts[N_YEJI_STATES] = {
  [YEJI_STATE_DRAFT] = { "draft", NULL },
  [YEJI_STATE_READY] = { "ready", NULL },
  [YEJI_STATE_QUEUED] = {
    "queued",
    N_("This record waits to be sent. It goes out by itself as soon as the province can be reached.")
  },
  [YEJI_STATE_SUBMITTED] = {
    "submitted",
    N_("The province has received this record. It cannot be changed while it waits for review.")
  },
  [YEJI_STATE_IN_REVIEW] = {
    "submitted",
    N_("A reviewer is looking at this record. It cannot be changed meanwhile.")
  },
  [YEJI_STATE_RETURNED] = {
    "returned",
    N_("The reviewer returned this record. Correct what the points name and submit it again.")
  },
  [YEJI_STATE_APPROVED] = {
    "approved",
    N_("This record is approved. To change it, apply for a correction in the menu.")
  },
  [YEJI_STATE_INCOMPLETE] = {
    "returned",
    N_("This record has grade D: it is shown by the province alone. Complete it and submit it again.")
  },
  [YEJI_STATE_CORRECTION_REQUESTED] = {
    "submitted",
    N_("A correction or withdrawal of this record was applied for. It stays as it is until the "
       "province decides.")
  },
  [YEJI_STATE_WITHDRAWN] = {
    "returned",
    N_("This record was withdrawn from the review. Change what you want and submit it again.")
  },
  [YEJI_STATE_REMOVED] = {
    "draft",
    N_("This record is in the bin. Restore it to work on it.")
  },
  [YEJI_STATE_REMOVED_THERE] = {
    "returned",
    N_("The province does not have this record any more. What is here stays, and can be changed and "
       "submitted again.")
  },
  [YEJI_STATE_REVOKED] = {
    "returned",
    N_("The province revoked this record. It can neither be used nor submitted again; the public "
       "page says so.")
  },
};

typedef struct
{
  const char *label;
  const char *icon;
  const char *style;
} SeverityText;

static const SeverityText severity_texts[] = {
  [YEJI_SEVERITY_HINT] = { NC_("severity", "Hint"), "dialog-information-symbolic", "hint" },
  [YEJI_SEVERITY_WARNING] = { NC_("severity", "Warning"), "dialog-warning-symbolic", "warning" },
  [YEJI_SEVERITY_ERROR] = { NC_("severity", "Error"), "dialog-error-symbolic", "error" },
};

typedef struct
{
  GQuark (*domain) (void);
  int code;
  const char *sentence;
} ErrorText;

static const ErrorText error_texts[] = {
  { yeji_db_error_quark, YEJI_DB_ERROR_FULL,
    N_("The disk is full. Free some space; the program goes on trying.") },
  { yeji_db_error_quark, YEJI_DB_ERROR_IO, N_("The disk cannot be read or written.") },
  { yeji_db_error_quark, YEJI_DB_ERROR_READ_ONLY,
    N_("The folder of this profile may not be written to.") },
  { yeji_db_error_quark, YEJI_DB_ERROR_DAMAGED,
    N_("The file of this profile is damaged. Open it again to recover it, or restore a backup.") },
  { yeji_db_error_quark, YEJI_DB_ERROR_NEWER,
    N_("This profile was made by a newer version of the program. Update the program.") },
  { yeji_db_error_quark, YEJI_DB_ERROR_CLOSED, N_("The profile has been closed.") },
  { yeji_store_error_quark, YEJI_STORE_ERROR_NOT_FOUND, N_("There is no such record any more.") },
  { yeji_store_error_quark, YEJI_STORE_ERROR_LOCKED,
    N_("Another program uses this profile. Close it and try again.") },
  { yeji_store_error_quark, YEJI_STORE_ERROR_STATE, N_("The record's state does not allow this.") },
  { yeji_store_error_quark, YEJI_STORE_ERROR_FILE, N_("A document cannot be read or copied.") },
  { yeji_store_error_quark, YEJI_STORE_ERROR_FULL,
    N_("This document has as many files as it may have. Put pages together into one PDF first.") },
  { yeji_store_error_quark, YEJI_STORE_ERROR_UNREADABLE,
    N_("A text of the record is too long, or a table has too many rows. Shorten it.") },
  { yeji_store_error_quark, YEJI_STORE_ERROR_PLACE,
    N_("Where the file of this profile should be there is something else. Move it away.") },
  { yeji_store_error_quark, YEJI_STORE_ERROR_SEALED,
    N_("The personal numbers in this profile are encrypted, and its key is not at hand. "
       "If the keyring of this computer is locked, unlock it and try again.") },
  { gtk_print_error_quark, GTK_PRINT_ERROR_GENERAL,
    N_("Nothing was printed. Look whether a printer is set up and ready, or save a PDF instead.") },
  { yeji_sample_error_quark, YEJI_SAMPLE_ERROR_SUBMIT,
    N_("This is a sample: everything in it is invented, and it cannot be submitted.") },
  { yeji_sample_error_quark, YEJI_SAMPLE_ERROR_COPY,
    N_("This record was copied from a sample. Replace the values marked “（虚构）” (invented) by the "
       "real ones, then submit it.") },
  { yeji_backup_error_quark, YEJI_BACKUP_ERROR_NOT_FOUND, N_("There is no such backup any more.") },
  { yeji_backup_error_quark, YEJI_BACKUP_ERROR_FORMAT,
    N_("This is no backup of this program, or it is damaged. Choose another one.") },
  { yeji_backup_error_quark, YEJI_BACKUP_ERROR_NEWER,
    N_("This backup was made by a newer version of the program. Update the program.") },
  { yeji_backup_error_quark, YEJI_BACKUP_ERROR_EXISTS,
    N_("There is something already where it should go. Choose another name or place.") },
  { yeji_backup_error_quark, YEJI_BACKUP_ERROR_FULL,
    N_("There is no room for it on the disk. Free some space and try again.") },
  { yeji_backup_error_quark, YEJI_BACKUP_ERROR_FILE,
    N_("A file could not be read or written. Check the disk and try again.") },
  { yeji_backup_error_quark, YEJI_BACKUP_ERROR_DIFFERS,
    N_("What was written was not read back the same, and was thrown away. Check the disk and try again.") },
  { yeji_package_error_quark, YEJI_PACKAGE_ERROR_FILE,
    N_("A file could not be read or written. Check the disk and try again.") },
  { yeji_package_error_quark, YEJI_PACKAGE_ERROR_FOREIGN,
    N_("This is no hand-over package of this program. Choose another file.") },
  { yeji_package_error_quark, YEJI_PACKAGE_ERROR_NEWER,
    N_("This package was made by a newer version of the program. Update the program.") },
  { yeji_package_error_quark, YEJI_PACKAGE_ERROR_PASSPHRASE,
    N_("The passphrase is not the right one. Type it as it was told to you.") },
  { yeji_package_error_quark, YEJI_PACKAGE_ERROR_DAMAGED,
    N_("The package is damaged or cut off. Nothing was taken over; have it sent again.") },
  { yeji_package_error_quark, YEJI_PACKAGE_ERROR_COST,
    N_("Opening this package would take more memory than this computer has.") },
  { yeji_package_error_quark, YEJI_PACKAGE_ERROR_FULL,
    N_("There is no room for it on the disk. Free some space and try again.") },
  { yeji_package_error_quark, YEJI_PACKAGE_ERROR_NOTHING,
    N_("There is no record to hand over.") },
  { yeji_vault_error_quark, YEJI_VAULT_ERROR_CHEST,
    N_("The keys of this profile are damaged. Restore a backup.") },
  { yeji_vault_error_quark, YEJI_VAULT_ERROR_KEY,
    N_("That is not the right passphrase or recovery code.") },
  { yeji_vault_error_quark, YEJI_VAULT_ERROR_NO_LOCK,
    N_("No passphrase or recovery code was set for this profile.") },
  { yeji_vault_error_quark, YEJI_VAULT_ERROR_TOKEN,
    N_("An encrypted number cannot be opened: it was altered, or is of another profile.") },
  { yeji_vault_error_quark, YEJI_VAULT_ERROR_MEMORY,
    N_("There is not enough memory for this. Close other programs and try again.") },
  { yeji_examiner_error_quark, YEJI_EXAMINER_ERROR_UNREADABLE,
    N_("The file is damaged: it cannot be read.") },
  { yeji_examiner_error_quark, YEJI_EXAMINER_ERROR_FOREIGN,
    N_("The file is neither a PDF nor a picture.") },
  { yeji_examiner_error_quark, YEJI_EXAMINER_ERROR_TOO_LARGE,
    N_("It would not be readable any more. Allow a larger size.") },
  { yeji_examiner_error_quark, YEJI_EXAMINER_ERROR_LOCKED,
    N_("The file is locked with a password.") },
  { yeji_examiner_error_quark, YEJI_EXAMINER_ERROR_SLOW,
    N_("The file takes too long. It may be damaged.") },
  { yeji_examiner_error_quark, YEJI_EXAMINER_ERROR_FAILED,
    N_("The file could not be worked with. It may be damaged.") },
  { yeji_examiner_error_quark, YEJI_EXAMINER_ERROR_MISSING,
    N_("A part of this program is missing. Install it anew.") },
  { yeji_recovery_code_error_quark, YEJI_RECOVERY_CODE_ERROR_LENGTH,
    N_("The recovery code has too few or too many characters.") },
  { yeji_recovery_code_error_quark, YEJI_RECOVERY_CODE_ERROR_CHARACTER,
    N_("There is a character in it that no recovery code has.") },
  { yeji_recovery_code_error_quark, YEJI_RECOVERY_CODE_ERROR_TYPO,
    N_("The recovery code is mistyped. Compare each character.") },
  { yeji_sync_error_quark, YEJI_SYNC_ERROR_REFUSED, N_("The province refused.") },
  { yeji_sync_error_quark, YEJI_SYNC_ERROR_STALE,
    N_("The record changed at the province meanwhile.") },
  { yeji_sync_error_quark, YEJI_SYNC_ERROR_FILE,
    N_("A document of this profile is gone or was changed.") },
  { yeji_record_error_quark, YEJI_RECORD_ERROR_SYNTAX,
    N_("The file is not a record file: it is not valid JSON.") },
  { yeji_record_error_quark, YEJI_RECORD_ERROR_SHAPE, N_("The file is JSON, but not a record.") },
  { yeji_json_error_quark, YEJI_JSON_ERROR_TEXT,
    N_("The file is not a record file: it is not valid JSON.") },
  { yeji_json_error_quark, YEJI_JSON_ERROR_DEPTH,
    N_("The file is not a record file: it is not valid JSON.") },
  { yeji_json_error_quark, YEJI_JSON_ERROR_SYNTAX,
    N_("The file is not a record file: it is not valid JSON.") },
  { yeji_json_error_quark, YEJI_JSON_ERROR_MEMBER, N_("The file is JSON, but not a record.") },
  { yeji_exchange_error_quark, YEJI_EXCHANGE_ERROR_READ, N_("The file cannot be read.") },
  { yeji_exchange_error_quark, YEJI_EXCHANGE_ERROR_FORMAT,
    N_("The file is not a record file, or it is cut off or damaged.") },
  { yeji_exchange_error_quark, YEJI_EXCHANGE_ERROR_TOO_LARGE, N_("The file is too large.") },
  { g_file_error_quark, G_FILE_ERROR_NOENT, N_("The file does not exist.") },
  { g_file_error_quark, G_FILE_ERROR_ACCES, N_("The file may not be read.") },
};

/**
 * yeji_state_get_label:
 *
 * Returns: the state's name in the user's language
 */
const char *
yeji_state_get_label (YejiState state)
{
  return yeji_state_get_name (state);
}

/**
 * yeji_state_get_style:
 *
 * Returns: the style class that colours the state
 */
const char *
yeji_state_get_style (YejiState state)
{
  g_return_val_if_fail (state < N_YEJI_STATES, "");

  return state_texts[state].style;
}

/**
 * yeji_state_get_help:
 *
 * Returns: (nullable): what the state means for the clerk; %NULL for one that needs no words
 */
const char *
yeji_state_get_help (YejiState state)
{
  g_return_val_if_fail (state < N_YEJI_STATES, NULL);

  return state_texts[state].help != NULL ? _(state_texts[state].help) : NULL;
}

/**
 * yeji_severity_get_label:
 *
 * Returns: the severity's name in the user's language
 */
const char *
yeji_severity_get_label (YejiSeverity severity)
{
  return g_dpgettext2 (NULL, "severity", severity_texts[severity].label);
}

/**
 * yeji_severity_get_icon:
 *
 * Returns: the name of an icon
 */
const char *
yeji_severity_get_icon (YejiSeverity severity)
{
  return severity_texts[severity].icon;
}

/**
 * yeji_severity_get_style:
 *
 * Returns: the style class that colours the severity
 */
const char *
yeji_severity_get_style (YejiSeverity severity)
{
  return severity_texts[severity].style;
}

/**
 * yeji_error_to_sentence:
 *
 * Returns: (transfer full): what the user reads; the error's own text is for the log
 */
char *
yeji_error_to_sentence (const GError *error)
{
  g_return_val_if_fail (error != NULL, g_strdup (""));

  /* says which of many things it is */
  if (g_error_matches (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_CERTIFICATE))
    return g_strdup (error->message);
  for (guint i = 0; i < G_N_ELEMENTS (error_texts); i++)
    if (g_error_matches (error, error_texts[i].domain (), error_texts[i].code))
      return g_strdup (_(error_texts[i].sentence));
  if (error->domain == YEJI_SYNC_ERROR)
    return yeji_sync_words_error (error);
  return g_strdup_printf (_("Something went wrong: %s"), error->message);
}

static GDateTime *
parse_moment (const char *moment)
{
  g_autoptr (GDateTime) utc = moment != NULL ? g_date_time_new_from_iso8601 (moment, NULL) : NULL;

  return utc != NULL ? g_date_time_to_local (utc) : NULL;
}

/**
 * yeji_time_to_text:
 * @moment: RFC 3339
 *
 * Returns: (transfer full): the time of day here, to the second
 */
char *
yeji_time_to_text (const char *moment)
{
  g_autoptr (GDateTime) local = parse_moment (moment);

  return local != NULL ? g_date_time_format (local, "%H:%M:%S") : g_strdup ("");
}

/**
 * yeji_moment_to_text:
 * @moment: RFC 3339
 *
 * Returns: (transfer full): day and time here, to the minute; the time alone for today
 */
char *
yeji_moment_to_text (const char *moment)
{
  g_autofree char *clock = yeji_clock_now ();
  g_autoptr (GDateTime) local = parse_moment (moment);
  g_autoptr (GDateTime) now = parse_moment (clock);

  if (local == NULL)
    return g_strdup ("");
  if (g_date_time_get_year (local) == g_date_time_get_year (now)
      && g_date_time_get_day_of_year (local) == g_date_time_get_day_of_year (now))
    return g_date_time_format (local, "%H:%M");
  return g_date_time_format (local, "%Y-%m-%d %H:%M");
}

/**
 * yeji_label:
 *
 * Returns: the dictionary's text in the user's language, "" where there is none
 */
const char *
yeji_label (const YejiText *text)
{
  const char *words = yeji_text_get (text, yeji_language_get_current ());

  return words != NULL ? words : "";
}

/**
 * yeji_role_get_label:
 * @role: (nullable): a role's id
 *
 * Returns: the role's name in the user's language, the id itself when it is unknown
 */
const char *
yeji_role_get_label (YejiDictionary *dictionary,
                     const char     *role)
{
  const YejiRole *found = role != NULL ? yeji_dictionary_find_role (dictionary, role) : NULL;

  if (found != NULL)
    return yeji_label (&found->label);
  return role != NULL ? role : "";
}

/**
 * yeji_grade_to_text:
 *
 * Returns: (transfer full): the grade and, from the dictionary, what it means
 */
char *
yeji_grade_to_text (YejiDictionary *dictionary,
                    const char     *grade)
{
  const YejiCodeList *list = yeji_dictionary_find_codes (dictionary, "data_level");
  const YejiCode *code = list != NULL ? yeji_code_list_find (list, grade) : NULL;

  if (code == NULL)
    return g_strdup_printf (_("Grade %s"), grade);
  /* Translators: a grade from A to D, and what it means */
  return g_strdup_printf (_("Grade %s · %s"), grade, code->name);
}

/**
 * yeji_code_to_text:
 * @field: of kind code
 *
 * Returns: (transfer full): code and name, the value alone when the list does not have it
 */
char *
yeji_code_to_text (const YejiFieldDef *field,
                   const char         *value)
{
  const YejiCode *code = field->codes != NULL ? yeji_code_list_find (field->codes, value) : NULL;

  if (code == NULL)
    return g_strdup (value);
  return g_strdup_printf ("%s  %s", code->name, code->code);
}
