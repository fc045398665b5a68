// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-backup.h"
#include "yeji-bundle.h"
#include "yeji-cli-options.h"
#include "yeji-cli-output.h"
#include "yeji-cli-progress.h"
#include "yeji-cli.h"
#include "yeji-platform.h"

#include <string.h>

#include <glib/gi18n-lib.h>


#define PASSPHRASE_VARIABLE "YEJI_PASSPHRASE"


static const struct
{
  YejiBackupError code;
  const char *text;
} causes[] = {
  { YEJI_BACKUP_ERROR_NOT_FOUND, N_("there is no such file") },
  { YEJI_BACKUP_ERROR_FORMAT,    N_("the file is no backup of Yeji, or it is damaged") },
  { YEJI_BACKUP_ERROR_NEWER,     N_("it was made by a newer version of the program") },
  { YEJI_BACKUP_ERROR_EXISTS,    N_("something is there already") },
  { YEJI_BACKUP_ERROR_FULL,      N_("there is not enough room on the disk") },
  { YEJI_BACKUP_ERROR_FILE,      N_("a file cannot be read or written") },
  { YEJI_BACKUP_ERROR_DIFFERS,   N_("what was written could not be read back") },
};

static const struct
{
  YejiBackupKind kind;
  const char *text;
} kinds[] = {
  { YEJI_BACKUP_DAILY,          N_("daily") },
  { YEJI_BACKUP_MANUAL,         N_("by hand") },
  { YEJI_BACKUP_BEFORE_VERSION, N_("before a new version of the program") },
  { YEJI_BACKUP_BEFORE_RESTORE, N_("before a backup was restored") },
};

/* What to say first, and what follows from the cause. */
static YejiExit
complain (const char   *what,
          const GError *error)
{
  for (guint i = 0; i < G_N_ELEMENTS (causes); i++)
    if (g_error_matches (error, YEJI_BACKUP_ERROR, (int) causes[i].code))
      {
        yeji_cli_complain ("%s: %s (%s)", what, _(causes[i].text), error->message);
        return YEJI_EXIT_FAILED;
      }
  return yeji_cli_fail (what, error);
}

/* The error's own words are for logs, and English. */
static YejiExit
complain_locked (const char   *directory,
                 const GError *error)
{
  g_autofree char *path = g_build_filename (directory, "lock", NULL);
  g_autofree char *holder = yeji_platform_find_lock_holder (path);

  yeji_cli_complain (_("The profile is in use: %s. Close that program and try again."),
                     holder != NULL && *holder != '\0' ? holder : error->message);
  return YEJI_EXIT_FAILED;
}

static JsonNode *
take_object (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

static void
set_missing (JsonObject *object,
             GPtrArray  *missing)
{
  JsonArray *names = json_array_new ();

  for (guint i = 0; i < missing->len; i++)
    json_array_add_string_element (names, g_ptr_array_index (missing, i));
  json_object_set_array_member (object, "missing", names);
}

static void
complain_of_missing (GPtrArray *missing)
{
  for (guint i = 0; i < missing->len; i++)
    {
      g_autofree char *name = yeji_cli_dup_line (g_ptr_array_index (missing, i));

      yeji_cli_complain (_("The document %s is not in the profile"), name);
    }
}

static JsonObject *
backup_to_json (const YejiBackup *backup)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "name", backup->name);
  json_object_set_string_member (object, "kind", yeji_backup_kind_to_text (backup->kind));
  json_object_set_string_member (object, "at", backup->at);
  json_object_set_int_member (object, "size", backup->size);
  json_object_set_string_member (object, "path", backup->path);
  return object;
}

/* Without opening the profile, which another program may have open. */
static YejiExit
list_backups (YejiCliSession *session)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) backups = yeji_backup_list (yeji_cli_session_get_profile (session), &error);
  JsonArray *array;
  JsonNode *node;

  if (backups == NULL)
    return complain (_("The backups cannot be listed"), error);
  if (!yeji_cli_session_wants_json (session))
    {
      for (guint i = 0; i < backups->len; i++)
        {
          const YejiBackup *backup = g_ptr_array_index (backups, i);
          g_autofree char *size = g_format_size ((guint64) backup->size);

          yeji_cli_print ("%s  %s  %s\n", backup->name, size, _(kinds[backup->kind].text));
        }
      return YEJI_EXIT_OK;
    }
  array = json_array_new ();
  for (guint i = 0; i < backups->len; i++)
    json_array_add_object_element (array, backup_to_json (g_ptr_array_index (backups, i)));
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, array);
  yeji_cli_print_json (node);
  return YEJI_EXIT_OK;
}

static YejiExit
make_backup (YejiCliSession *session,
             YejiStore      *store)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = yeji_store_backup (store, YEJI_BACKUP_MANUAL, NULL, &error);
  g_autofree char *name = NULL;
  JsonObject *object;

  if (path == NULL)
    return complain (_("No backup was made"), error);
  name = g_path_get_basename (path);
  if (!yeji_cli_session_wants_json (session))
    {
      yeji_cli_print ("%s\n", name);
      return YEJI_EXIT_OK;
    }
  object = json_object_new ();
  json_object_set_string_member (object, "name", name);
  json_object_set_string_member (object, "path", path);
  yeji_cli_print_json (take_object (object));
  return YEJI_EXIT_OK;
}

/* On another computer the key is not at hand. */
static void
warn_of_no_lock (YejiStore *store)
{
  g_autoptr (YejiKeyStatus) status = yeji_store_get_key_status (store, NULL);

  if (status != NULL && !status->has_passphrase && !status->has_recovery_code)
    yeji_cli_complain ("%s", _("There is neither a passphrase nor a recovery code: on another "
                               "computer the personal numbers of this backup stay closed. Make "
                               "one with yeji key --recovery-code, and the backup after that."));
}

static YejiExit
make_bundle (YejiCliSession *session,
             YejiStore      *store,
             const char     *path)
{
  g_autoptr (YejiBackupReport) report = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiCliProgress) progress = NULL;
  JsonObject *object;

  progress = yeji_cli_progress_new (session, _("Backing up"));
  if (!yeji_bundle_write (store, path, yeji_cli_progress_on_bytes, progress,
                          yeji_cli_progress_get_cancellable (progress), &report, &error))
    return complain (_("No backup was made"), error);
  complain_of_missing (report->missing);
  warn_of_no_lock (store);
  if (!yeji_cli_session_wants_json (session))
    {
      yeji_cli_print (ngettext ("%s: %u record with its documents\n",
                                "%s: %u records with their documents\n", report->n_after),
                      path, report->n_after);
      return YEJI_EXIT_OK;
    }
  object = json_object_new ();
  json_object_set_string_member (object, "path", path);
  json_object_set_int_member (object, "records", report->n_after);
  set_missing (object, report->missing);
  yeji_cli_print_json (take_object (object));
  return YEJI_EXIT_OK;
}

/* backup */
YejiExit
yeji_cli_backup (YejiCliSession  *session,
                 guint            n_args,
                 char           **args)
{
  YejiStore *store;

  if (yeji_cli_has (session, "--list"))
    return list_backups (session);
  store = yeji_cli_session_get_store (session);
  if (store == NULL)
    return YEJI_EXIT_FAILED;
  return n_args == 0 ? make_backup (session, store) : make_bundle (session, store, args[0]);
}

static void
print_report (YejiCliSession         *session,
              const char             *directory,
              const YejiBackupReport *report)
{
  g_autofree char *kept = report->kept_as != NULL ? g_path_get_basename (report->kept_as) : NULL;
  JsonObject *object;

  complain_of_missing (report->missing);
  if (!yeji_cli_session_wants_json (session))
    {
      yeji_cli_print (ngettext ("%s has %u record now; before: %u\n",
                                "%s has %u records now; before: %u\n", report->n_after),
                      directory, report->n_after, report->n_before);
      if (kept != NULL)
        yeji_cli_print (_("What was there before is kept as %s\n"), kept);
      return;
    }
  object = json_object_new ();
  json_object_set_string_member (object, "profile", directory);
  json_object_set_int_member (object, "records", report->n_after);
  json_object_set_int_member (object, "records_before", report->n_before);
  if (report->kept_as != NULL)
    json_object_set_string_member (object, "kept_as", report->kept_as);
  set_missing (object, report->missing);
  yeji_cli_print_json (take_object (object));
}

/* The key is asked for where it is not on the computer. */
static gboolean
restore_backup (YejiCliSession    *session,
                const char        *directory,
                const char        *path,
                YejiBackupReport **report,
                GError           **error)
{
  YejiDictionary *dictionary = yeji_cli_session_get_built_in (session);
  const char *known = g_getenv (PASSPHRASE_VARIABLE);
  g_autoptr (GError) local_error = NULL;
  g_autofree char *secret = NULL;

  if (yeji_backup_restore (directory, path, dictionary, report, &local_error))
    return TRUE;
  if (!g_error_matches (local_error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_SEALED))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  secret = known != NULL ? g_strdup (known)
                         : yeji_platform_read_password (_("Passphrase or recovery code: "), NULL);
  if (secret == NULL || *secret == '\0')
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return yeji_backup_restore_with_key (directory, path, dictionary, YEJI_STORE_KEY_ANY, secret,
                                       report, error);
}

/* A backup of the profile goes by its name, anything else by its path. */
static char *
find_backup (YejiCliSession *session,
             const char     *name)
{
  const char *profile = yeji_cli_session_get_profile (session);
  g_autoptr (GPtrArray) backups = yeji_backup_list (profile, NULL);

  for (guint i = 0; backups != NULL && i < backups->len; i++)
    {
      const YejiBackup *backup = g_ptr_array_index (backups, i);

      if (g_str_equal (backup->name, name))
        return g_strdup (backup->path);
    }
  return g_strdup (name);
}

/* restore */
YejiExit
yeji_cli_restore (YejiCliSession  *session,
                  guint            n_args,
                  char           **args)
{
  const char *to = yeji_cli_get (session, "--to");
  const char *directory = to != NULL ? to : yeji_cli_session_get_profile (session);
  g_autofree char *path = NULL;
  g_autoptr (YejiBackupReport) report = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiCliProgress) progress = NULL;

  path = find_backup (session, args[0]);
  if (yeji_bundle_is_bundle (path))
    progress = yeji_cli_progress_new (session, _("Restoring"));
  if (progress != NULL)
    yeji_bundle_restore (path, directory, yeji_cli_progress_on_bytes, progress,
                         yeji_cli_progress_get_cancellable (progress), &report, &error);
  else
    restore_backup (session, directory, path, &report, &error);
  if (g_error_matches (error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_EXISTS))
    {
      yeji_cli_complain (_("There is a profile in %s, which is left as it is; say with --to where "
                           "that of the file shall go"), directory);
      return YEJI_EXIT_FAILED;
    }
  if (g_error_matches (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_LOCKED))
    return complain_locked (directory, error);
  if (error != NULL)
    return complain (_("Nothing was changed"), error);
  print_report (session, directory, report);
  return YEJI_EXIT_OK;
}
