// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-history.h"
#include "yeji-cli-options.h"
#include "yeji-cli-output.h"
#include "yeji-cli-progress.h"
#include "yeji-cli.h"
#include "yeji-package.h"
#include "yeji-passphrase.h"
#include "yeji-platform.h"
#include "yeji-secret.h"
#include "yeji-store-facts.h"

#include <glib/gi18n-lib.h>

static const struct
{
  YejiPackageError code;
  const char *text;
} causes[] = {
  { YEJI_PACKAGE_ERROR_FILE,       N_("a file cannot be read or written") },
  { YEJI_PACKAGE_ERROR_FOREIGN,    N_("the file is no hand-over package of Yeji") },
  { YEJI_PACKAGE_ERROR_NEWER,      N_("it was made by a newer version of the program") },
  { YEJI_PACKAGE_ERROR_PASSPHRASE, N_("the passphrase is another one") },
  { YEJI_PACKAGE_ERROR_DAMAGED,    N_("the package is damaged or cut off; copy it again") },
  { YEJI_PACKAGE_ERROR_COST,       N_("opening it would take more memory than there is") },
  { YEJI_PACKAGE_ERROR_FULL,       N_("there is not enough room on the disk") },
  { YEJI_PACKAGE_ERROR_NOTHING,    N_("there is no record to hand over") },
};

static const struct
{
  YejiTakeKind kind;
  const char *text;
} outcomes[] = {
  { YEJI_TAKE_NEW,      NC_("what becomes of a record", "new") },
  { YEJI_TAKE_SAME,     NC_("what becomes of a record", "the same is here") },
  { YEJI_TAKE_OLDER,    NC_("what becomes of a record", "newer here, nothing to take") },
  { YEJI_TAKE_FOLLOWED, NC_("what becomes of a record", "brought up to date") },
  { YEJI_TAKE_MERGED,   NC_("what becomes of a record", "merged") },
  { YEJI_TAKE_CONFLICT, NC_("what becomes of a record", "merged, to be decided") },
  { YEJI_TAKE_FIXED,    NC_("what becomes of a record", "with the province, left as it is") },
};

typedef struct
{
  const char *path;
  gboolean dry;
  gboolean force;
  gboolean json;
} Wish;

static YejiExit
complain (const char   *what,
          const GError *error)
{
  for (guint i = 0; i < G_N_ELEMENTS (causes); i++)
    if (g_error_matches (error, YEJI_PACKAGE_ERROR, (int) causes[i].code))
      {
        yeji_cli_complain ("%s: %s (%s)", what, _(causes[i].text), error->message);
        return YEJI_EXIT_FAILED;
      }
  return yeji_cli_fail (what, error);
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

      yeji_cli_complain (_("The document %s has no content and is not in it"), name);
    }
}

/* ---- pack */

/* Twice on a terminal, where nobody sees what is typed. */
static char *
read_new_passphrase (void)
{
  g_autoptr (YejiSecretText) first = NULL;
  g_autoptr (YejiSecretText) second = NULL;

  first = yeji_platform_read_password (_("Passphrase of the package: "), NULL);
  if (first == NULL || *first == '\0' || !g_utf8_validate (first, -1, NULL))
    {
      yeji_cli_complain ("%s", _("No passphrase was given"));
      return NULL;
    }
  if (yeji_platform_has_terminal ())
    {
      second = yeji_platform_read_password (_("Once more: "), NULL);
      if (g_strcmp0 (first, second) != 0)
        {
          yeji_cli_complain ("%s", _("They are not the same"));
          return NULL;
        }
    }
  if (yeji_passphrase_judge (first) == YEJI_PASSPHRASE_WEAK)
    yeji_cli_complain ("%s", _("This passphrase is weak: who gets hold of the file could find it "
                               "out. Four or five words that have nothing to do with each other "
                               "are better."));
  return g_steal_pointer (&first);
}

static void
print_packed (YejiCliSession          *session,
              const char              *path,
              const YejiPackageReport *report)
{
  g_autofree char *size = g_format_size (report->n_bytes);
  JsonObject *object;

  complain_of_missing (report->missing);
  if (!yeji_cli_session_wants_json (session))
    {
      yeji_cli_print (ngettext ("%s: %u record, documents: %u (%s)\n",
                                "%s: %u records, documents: %u (%s)\n", report->n_records),
                      path, report->n_records, report->n_documents, size);
      return;
    }
  object = json_object_new ();
  json_object_set_string_member (object, "path", path);
  json_object_set_int_member (object, "records", report->n_records);
  json_object_set_int_member (object, "documents", report->n_documents);
  json_object_set_int_member (object, "bytes", (gint64) report->n_bytes);
  set_missing (object, report->missing);
  yeji_cli_print_object (object);
}

/* pack */
YejiExit
yeji_cli_pack (YejiCliSession  *session,
               guint            n_args,
               char           **args)
{
  gboolean all = yeji_cli_has (session, "--all");
  const char *const *uuids = all ? NULL : (const char *const *) args + 1;
  g_autoptr (YejiPackageReport) report = NULL;
  g_autoptr (YejiSecretText) passphrase = NULL;
  g_autoptr (GError) error = NULL;
  YejiStore *store;
  g_autoptr (YejiCliProgress) progress = NULL;

  if (all == (n_args > 1))
    return yeji_cli_complain_usage (session);
  store = yeji_cli_session_get_store (session);
  if (store == NULL)
    return YEJI_EXIT_FAILED;
  report = yeji_package_measure (store, uuids, &error);   /* before anybody types a passphrase */
  if (report == NULL)
    return complain (_("Nothing was packed"), error);
  passphrase = read_new_passphrase ();
  if (passphrase == NULL)
    return YEJI_EXIT_USAGE;
  g_clear_pointer (&report, yeji_package_report_free);
  progress = yeji_cli_progress_new (session, _("Packing"));
  if (!yeji_package_write (store, args[0], uuids, passphrase, yeji_cli_progress_on_bytes, progress,
                           yeji_cli_progress_get_cancellable (progress), &report, &error))
    return complain (_("Nothing was packed"), error);
  print_packed (session, args[0], report);
  return YEJI_EXIT_OK;
}

/* ---- unpack */

static JsonObject *
item_to_json (const YejiTakeItem *item)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "uuid", item->uuid);
  json_object_set_string_member (object, "name", item->name);
  json_object_set_string_member (object, "outcome", yeji_take_kind_to_text (item->kind));
  json_object_set_int_member (object, "conflicts", item->n_conflicts);
  json_object_set_int_member (object, "documents", item->n_documents);
  json_object_set_int_member (object, "tray", item->n_to_tray);
  json_object_set_boolean_member (object, "restored", item->restored);
  if (item->version != NULL)
    json_object_set_string_member (object, "unknown_dictionary", item->version);
  return object;
}

static void
print_json (const Wish           *wish,
            YejiPackage          *package,
            const YejiTakeReport *report)
{
  JsonObject *object = json_object_new ();
  JsonArray *records = json_array_new ();

  json_object_set_boolean_member (object, "dry_run", wish->dry);
  json_object_set_string_member (object, "made_at", yeji_package_get_made_at (package));
  json_object_set_string_member (object, "made_by", yeji_package_get_made_by (package));
  if (yeji_package_get_enterprise (package) != NULL)
    json_object_set_string_member (object, "enterprise", yeji_package_get_enterprise (package));
  for (guint i = 0; i < report->items->len; i++)
    json_array_add_object_element (records, item_to_json (g_ptr_array_index (report->items, i)));
  json_object_set_array_member (object, "records", records);
  set_missing (object, report->missing);
  yeji_cli_print_object (object);
}

static void
print_item (const YejiTakeItem *item)
{
  g_autofree char *name = yeji_cli_dup_line (item->name);
  const char *outcome = "";

  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    if (outcomes[i].kind == item->kind)
      outcome = g_dpgettext2 (NULL, "what becomes of a record", outcomes[i].text);
  yeji_cli_print ("%s  %s  %s\n", item->uuid, outcome, name);
  if (item->n_conflicts > 0)
    yeji_cli_complain (ngettext ("%s: %u place is to be decided, see yeji conflicts",
                                 "%s: %u places are to be decided, see yeji conflicts",
                                 item->n_conflicts), item->uuid, item->n_conflicts);
  if (item->n_to_tray > 0)
    yeji_cli_complain (ngettext ("%s: %u document has no place there and lies in the tray",
                                 "%s: %u documents have no place there and lie in the tray",
                                 item->n_to_tray), item->uuid, item->n_to_tray);
  if (item->version != NULL)
    yeji_cli_complain (_("%s: written under dictionary version %s, which is not known here"),
                       item->uuid, item->version);
  if (item->restored)
    yeji_cli_complain (_("%s: taken out of the bin"), item->uuid);
}

/* What the records need is known at once, not when the window is opened next. */
static void
check_taken (YejiCliSession       *session,
             YejiStore            *store,
             const YejiTakeReport *report)
{
  for (guint i = 0; i < report->items->len; i++)
    {
      const YejiTakeItem *item = g_ptr_array_index (report->items, i);
      g_autoptr (YejiRecord) record = yeji_store_load (store, item->uuid, NULL);
      g_autoptr (GPtrArray) problems = NULL;
      g_autoptr (YejiFacts) facts = NULL;

      if (record == NULL || item->kind == YEJI_TAKE_FIXED)
        continue;
      problems = yeji_cli_session_check (session, record, TRUE, &facts);
      yeji_store_note_check (store, record, facts, NULL);
    }
}

static gboolean
require_enterprise (const Wish   *wish,
                    YejiPackage  *package,
                    YejiStore    *store)
{
  g_autoptr (GError) error = NULL;

  if (yeji_package_check_enterprise (package, store, &error))
    return TRUE;
  if (wish->force)
    {
      yeji_cli_complain (_("The package is of another enterprise than the profile: %s"),
                         error->message);
      return TRUE;
    }
  yeji_cli_complain (_("Nothing was unpacked: the package is of another enterprise than the "
                       "profile: %s. Choose the right one with --profile DIR, or say --force."),
                     error->message);
  return FALSE;
}

static YejiExit
unpack (YejiCliSession *session,
        const Wish     *wish)
{
  YejiStore *store = yeji_cli_session_get_store (session);
  g_autoptr (YejiTakeReport) report = NULL;
  g_autoptr (YejiSecretText) passphrase = NULL;
  g_autoptr (YejiPackage) package = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiCliProgress) progress = NULL;

  if (store == NULL)
    return YEJI_EXIT_FAILED;
  if (g_file_test (wish->path, G_FILE_TEST_EXISTS) && !yeji_package_is_package (wish->path))
    {
      g_set_error_literal (&error, YEJI_PACKAGE_ERROR, YEJI_PACKAGE_ERROR_FOREIGN, wish->path);
      return complain (_("Nothing was unpacked"), error);
    }
  passphrase = yeji_platform_read_password (_("Passphrase of the package: "), NULL);
  if (passphrase == NULL || *passphrase == '\0' || !g_utf8_validate (passphrase, -1, NULL))
    {
      yeji_cli_complain ("%s", _("No passphrase was given"));
      return YEJI_EXIT_USAGE;
    }
  progress = yeji_cli_progress_new (session, _("Unpacking"));
  package = yeji_package_open (wish->path, passphrase,
                               yeji_cli_progress_get_cancellable (progress), &error);
  if (package == NULL)
    return complain (_("Nothing was unpacked"), error);
  if (!require_enterprise (wish, package, store))
    return YEJI_EXIT_FAILED;
  report = (wish->dry ? yeji_package_plan : yeji_package_take)
             (package, store, yeji_cli_progress_on_bytes, progress,
              yeji_cli_progress_get_cancellable (progress), &error);
  if (report == NULL)
    return complain (_("Nothing was unpacked"), error);
  if (!wish->dry)
    check_taken (session, store, report);
  complain_of_missing (report->missing);
  if (wish->json)
    print_json (wish, package, report);
  for (guint i = 0; i < report->items->len && !wish->json; i++)
    print_item (g_ptr_array_index (report->items, i));
  return YEJI_EXIT_OK;
}

static YejiExit
undo_last (YejiCliSession *session)
{
  YejiStore *store = yeji_cli_session_get_store (session);
  g_autoptr (YejiBatchUndo) done = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *batch = NULL;

  if (store == NULL)
    return YEJI_EXIT_FAILED;
  batch = yeji_package_find_last (store, &error);
  if (batch == NULL)
    {
      yeji_cli_complain ("%s", error != NULL ? error->message
                                             : _("There is no package to take back"));
      return YEJI_EXIT_FAILED;
    }
  done = yeji_package_undo (store, batch, &error);
  if (done == NULL)
    return complain (_("Nothing was taken back"), error);
  yeji_cli_print_batch_undo (session, done);
  return YEJI_EXIT_OK;
}

/* unpack */
YejiExit
yeji_cli_unpack (YejiCliSession  *session,
                 guint            n_args,
                 char           **args)
{
  const Wish wish = {
    .path = n_args > 0 ? args[0] : NULL,
    .dry = yeji_cli_has (session, "--dry-run"),
    .force = yeji_cli_has (session, "--force"),
    .json = yeji_cli_session_wants_json (session),
  };

  return yeji_cli_has (session, "--undo") ? undo_last (session) : unpack (session, &wish);
}
