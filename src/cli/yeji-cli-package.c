// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-output.h"
#include "yeji-cli.h"
#include "yeji-package.h"
#include "yeji-passphrase.h"
#include "yeji-platform.h"
#include "yeji-secret.h"
#include "yeji-store-facts.h"

#include <glib/gi18n-lib.h>

/* What takes long enough to be told of while it lasts. */
#define BIG_SIZE (64 * 1024 * 1024)
#define PERCENT_STEP 10

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
  yeji_cli_complain ("%s: %s", what, error->message);
  return YEJI_EXIT_FAILED;
}

static YejiExit
complain_usage (const char *command,
                const char *usage)
{
  yeji_cli_complain (_("Usage: yeji %s %s"), command, usage);
  return YEJI_EXIT_USAGE;
}

static void
show_progress (guint64  done,
               guint64  total,
               gpointer data)
{
  guint *shown = data;
  guint percent = (guint) ((double) done * 100.0 / (double) total);

  if (total < BIG_SIZE || percent < *shown + PERCENT_STEP)
    return;
  *shown = percent;
  yeji_cli_complain (_("%u %% done"), percent);
}

static void
print_object (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  yeji_cli_print_json (g_steal_pointer (&node));
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
  print_object (object);
}

/* pack FILE UUID...|--all */
YejiExit
yeji_cli_pack (YejiCliSession  *session,
               guint            n_args,
               char           **args)
{
  gboolean all = n_args == 2 && g_str_equal (args[1], "--all");
  const char *const *uuids = all ? NULL : (const char *const *) args + 1;
  g_autoptr (YejiPackageReport) report = NULL;
  g_autoptr (YejiSecretText) passphrase = NULL;
  g_autoptr (GError) error = NULL;
  YejiStore *store;
  guint shown = 0;

  for (guint i = 0; i < n_args; i++)
    if (*args[i] == '\0' || (g_str_has_prefix (args[i], "--") && !(all && i == 1)))
      return complain_usage ("pack", YEJI_CLI_PACK_USAGE);
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
  if (!yeji_package_write (store, args[0], uuids, passphrase, show_progress, &shown, NULL, &report,
                           &error))
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
  print_object (object);
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
  guint shown = 0;

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
  package = yeji_package_open (wish->path, passphrase, NULL, &error);
  if (package == NULL)
    return complain (_("Nothing was unpacked"), error);
  if (!require_enterprise (wish, package, store))
    return YEJI_EXIT_FAILED;
  report = wish->dry ? yeji_package_plan (package, store, show_progress, &shown, NULL, &error)
                     : yeji_package_take (package, store, show_progress, &shown, NULL, &error);
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
  for (guint i = 0; i < done->left->len; i++)
    yeji_cli_complain (_("%s was changed since, and stays as it is"),
                       (const char *) g_ptr_array_index (done->left, i));
  yeji_cli_print (_("In the bin: %u, as before: %u\n"), done->removed->len, done->reverted->len);
  return YEJI_EXIT_OK;
}

/* unpack FILE [--dry-run] [--force] [--json] | --undo */
YejiExit
yeji_cli_unpack (YejiCliSession  *session,
                 guint            n_args,
                 char           **args)
{
  Wish wish = { NULL, FALSE, FALSE, yeji_cli_session_wants_json (session) };
  const struct { const char *name; gboolean *wanted; } options[] = {
    { "--dry-run", &wish.dry },
    { "--force", &wish.force },
    { "--json", &wish.json },
  };

  if (n_args == 1 && g_str_equal (args[0], "--undo"))
    return undo_last (session);
  for (guint i = 0; i < n_args; i++)
    {
      gboolean *wanted = NULL;

      for (guint j = 0; j < G_N_ELEMENTS (options); j++)
        if (g_str_equal (args[i], options[j].name))
          wanted = options[j].wanted;
      if (wanted != NULL)
        *wanted = TRUE;
      else if (wish.path == NULL && *args[i] != '\0' && !g_str_has_prefix (args[i], "--"))
        wish.path = args[i];
      else
        return complain_usage ("unpack", YEJI_CLI_UNPACK_USAGE);
    }
  return wish.path != NULL ? unpack (session, &wish)
                           : complain_usage ("unpack", YEJI_CLI_UNPACK_USAGE);
}
