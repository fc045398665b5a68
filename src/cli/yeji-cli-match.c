// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-options.h"
#include "yeji-cli-output.h"
#include "yeji-cli-progress.h"
#include "yeji-cli.h"
#include "yeji-intake-plan.h"
#include "yeji-intake-store.h"
#include "yeji-platform.h"
#include "yeji-source.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* What was asked for. */
typedef struct
{
  GPtrArray *roots;            /* (element-type GFile) */
  const char *uuid;            /* (nullable) */
  gboolean dry_run;
  gboolean sure;               /* what is only guessed goes to the tray */
  gboolean json;
} Options;

/* Waits for what is done in the background; the command line has nothing else to do. */
typedef struct
{
  GAsyncResult *result;
} Wait;

static void
on_done (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  ((Wait *) data)->result = g_object_ref (result);
}

static GAsyncResult *
wait_for (Wait *wait)
{
  while (wait->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return wait->result;
}

/* --- output --- */

static JsonObject *
describe_item (YejiIntakeItem *item)
{
  static const char * const severities[] = { "fine", "hint", "warning", "error" };
  const YejiMatch *match = yeji_intake_item_get_match (item);
  const YejiFindings *findings = yeji_intake_item_get_findings (item);
  JsonObject *object = json_object_new ();
  const struct
  {
    const char *name;
    const char *value;
  } texts[] = {
    { "path", yeji_intake_item_get_path (item) },
    { "record", yeji_intake_item_get_uuid (item) },
    { "record_name", yeji_intake_item_get_record_name (item) },
    { "slot", yeji_intake_item_get_slot (item) },
    { "certainty", yeji_certainty_to_code (yeji_intake_item_get_certainty (item)) },
    { "matched_by", yeji_match_reason_to_code (match->reason) },
    { "why", yeji_intake_item_get_reason (item) },
    { "best", match->best },
    { "rival", match->rival },
    { "problem", yeji_intake_item_get_problem (item) },
    { "severity", severities[yeji_intake_item_get_severity (item)] },
    { "same_as", yeji_intake_item_get_same_as (item) },
    { "sha256", findings != NULL ? findings->sha256 : NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i].value != NULL)
      json_object_set_string_member (object, texts[i].name, texts[i].value);
    else
      json_object_set_null_member (object, texts[i].name);
  json_object_set_int_member (object, "size", yeji_intake_item_get_size (item));
  json_object_set_int_member (object, "position", yeji_intake_item_get_position (item));
  json_object_set_int_member (object, "page", match->page);
  json_object_set_int_member (object, "score", match->score);
  json_object_set_boolean_member (object, "shrunk", yeji_intake_item_get_shrunk (item) != NULL);
  return object;
}

static JsonArray *
describe_skipped (GPtrArray *skipped)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < skipped->len; i++)
    {
      const YejiSkippedFile *one = g_ptr_array_index (skipped, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "path", one->path);
      json_object_set_string_member (object, "reason", yeji_skip_reason_to_code (one->reason));
      json_object_set_string_member (object, "message", yeji_skip_reason_to_text (one->reason));
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonObject *
describe_taken (const YejiTaken *taken)
{
  JsonObject *object = json_object_new ();
  JsonArray *failures = json_array_new ();

  if (taken->batch != NULL)
    json_object_set_string_member (object, "batch", taken->batch);
  else
    json_object_set_null_member (object, "batch");
  json_object_set_int_member (object, "placed", taken->n_placed);
  json_object_set_int_member (object, "tray", taken->n_tray);
  json_object_set_int_member (object, "there", taken->n_there);
  for (guint i = 0; i < taken->failures->len; i++)
    {
      const YejiIntakeFailure *failure = g_ptr_array_index (taken->failures, i);
      JsonObject *one = json_object_new ();

      json_object_set_string_member (one, "path", failure->path);
      json_object_set_string_member (one, "message", failure->message);
      json_array_add_object_element (failures, one);
    }
  json_object_set_array_member (object, "failures", failures);
  return object;
}

static void
print_json (YejiIntakePlan  *plan,
            const YejiTaken *taken)
{
  GListModel *model = G_LIST_MODEL (plan);
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *files = json_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (YejiIntakeItem) item = g_list_model_get_item (model, i);

      json_array_add_object_element (files, describe_item (item));
    }
  json_object_set_array_member (object, "files", files);
  json_object_set_array_member (object, "skipped",
                                describe_skipped (yeji_intake_plan_get_skipped (plan)));
  if (taken != NULL)
    json_object_set_object_member (object, "taken", describe_taken (taken));
  else
    json_object_set_null_member (object, "taken");
  json_node_take_object (node, object);
  yeji_cli_print_json (node);
}

static void
print_item (YejiIntakeItem *item)
{
  const char *uuid = yeji_intake_item_get_uuid (item);
  const char *slot = yeji_intake_item_get_slot (item);
  const char *problem = yeji_intake_item_get_problem (item);
  const char *same_as = yeji_intake_item_get_same_as (item);
  const char *unsure =
    yeji_intake_item_get_certainty (item) == YEJI_CERTAINTY_GUESS ? " (?)" : "";
  g_autofree char *path = yeji_cli_dup_line (yeji_intake_item_get_path (item));
  g_autofree char *why = yeji_cli_dup_line (yeji_intake_item_get_reason (item));
  g_autofree char *to = NULL;

  if (uuid != NULL && slot != NULL)
    {
      g_autofree char *name = yeji_cli_dup_line (yeji_intake_item_get_record_name (item));

      to = g_strdup_printf ("%s / %s / %u", *name != '\0' ? name : uuid,
                            yeji_intake_item_get_slot_label (item),
                            yeji_intake_item_get_position (item));
    }
  else
    to = g_strdup (_("tray"));
  yeji_cli_print ("%s -> %s%s / %s%s%s%s%s\n", path, to, unsure, why,
                  problem != NULL ? " / " : "", problem != NULL ? problem : "",
                  same_as != NULL ? " / " : "", same_as != NULL ? same_as : "");
}

static void
print_plan (YejiIntakePlan *plan)
{
  GListModel *model = G_LIST_MODEL (plan);
  GPtrArray *skipped = yeji_intake_plan_get_skipped (plan);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (YejiIntakeItem) item = g_list_model_get_item (model, i);

      print_item (item);
    }
  for (guint i = 0; i < skipped->len; i++)
    {
      const YejiSkippedFile *one = g_ptr_array_index (skipped, i);
      g_autofree char *path = yeji_cli_dup_line (one->path);

      yeji_cli_complain ("%s: %s", path, yeji_skip_reason_to_text (one->reason));
    }
}

static void
print_taken (const YejiTaken *taken)
{
  for (guint i = 0; i < taken->failures->len; i++)
    {
      const YejiIntakeFailure *failure = g_ptr_array_index (taken->failures, i);
      g_autofree char *path = yeji_cli_dup_line (failure->path);

      yeji_cli_complain (_("%s was not attached: %s"), path, failure->message);
    }
  yeji_cli_print (_("%u in their slots, %u in the tray, %u were there already\n"), taken->n_placed,
                  taken->n_tray, taken->n_there);
  if (taken->batch != NULL)
    yeji_cli_print (_("“yeji match --undo” takes it back\n"));
}

static JsonArray *
describe_left (GPtrArray *left)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < left->len; i++)
    {
      const YejiFilePlace *place = g_ptr_array_index (left, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "record", place->uuid);
      json_object_set_string_member (object, "slot", place->slot);
      json_object_set_string_member (object, "filename", place->filename);
      json_array_add_object_element (array, object);
    }
  return array;
}

static void
print_undone (const char *batch,
              GPtrArray  *left,
              gboolean    json)
{
  JsonNode *node;
  JsonObject *object;

  for (guint i = 0; !json && i < left->len; i++)
    {
      const YejiFilePlace *place = g_ptr_array_index (left, i);
      g_autofree char *name = yeji_cli_dup_line (place->name);
      g_autofree char *filename = yeji_cli_dup_line (place->filename);

      yeji_cli_complain (_("%s / %s / %s was changed since and stays as it is"),
                         *name != '\0' ? name : place->uuid, place->slot, filename);
    }
  if (!json)
    return;
  node = json_node_new (JSON_NODE_OBJECT);
  object = json_object_new ();
  json_object_set_string_member (object, "undone", batch);
  json_object_set_array_member (object, "left", describe_left (left));
  json_node_take_object (node, object);
  yeji_cli_print_json (node);
}

/* --- work --- */

static YejiExit
undo_last (YejiStore *store,
           gboolean   json)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *batch = yeji_store_find_last_taking (store, &error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) left = NULL;
  Wait wait = { NULL };

  if (batch == NULL)
    {
      yeji_cli_complain ("%s", error != NULL ? error->message : _("There is nothing to undo"));
      return YEJI_EXIT_FAILED;
    }
  yeji_intake_undo_async (store, batch, NULL, on_done, &wait);
  result = wait_for (&wait);
  if (!yeji_intake_undo_finish (store, result, &left, &error))
    {
      yeji_cli_complain ("%s", error->message);
      return YEJI_EXIT_FAILED;
    }
  print_undone (batch, left, json);
  return left->len == 0 ? YEJI_EXIT_OK : YEJI_EXIT_FAILED;
}

static YejiIntakePlan *
make_plan (YejiStore        *store,
           const Options    *options,
           YejiCliProgress  *progress,
           GError          **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  Wait wait = { NULL };

  yeji_intake_plan_make_async (store, (GFile **) options->roots->pdata, options->roots->len,
                               options->uuid, NULL, NULL, NULL,
                               yeji_cli_progress_get_cancellable (progress), on_done, &wait);
  result = wait_for (&wait);
  return yeji_intake_plan_make_finish (result, error);
}

/* What cannot be examined is taken all the same, and that is said. */
static gboolean
examine (YejiIntakePlan   *plan,
         YejiCliProgress  *progress,
         GError          **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  Wait wait = { NULL };

  if (!yeji_examiner_is_there ())
    yeji_cli_complain (_("The files are not examined: yeji-examiner is missing"));
  yeji_cli_progress_set_label (progress, _("Examined:"));
  yeji_intake_plan_examine_async (plan, NULL, yeji_cli_progress_on_count, progress,
                                  yeji_cli_progress_get_cancellable (progress), on_done, &wait);
  result = wait_for (&wait);
  return yeji_intake_plan_examine_finish (plan, result, error);
}

static void
leave_guesses_out (YejiIntakePlan *plan)
{
  GListModel *model = G_LIST_MODEL (plan);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (YejiIntakeItem) item = g_list_model_get_item (model, i);

      if (yeji_intake_item_get_certainty (item) == YEJI_CERTAINTY_GUESS)
        g_ptr_array_add (items, g_steal_pointer (&item));
    }
  yeji_intake_plan_set_target (plan, items, NULL, NULL);
}

/* Nobody looks at a preview here: what the plan would leave out is taken, too, and what is wrong
 * with it is said. */
static void
include_all (YejiIntakePlan *plan)
{
  GListModel *model = G_LIST_MODEL (plan);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (YejiIntakeItem) item = g_list_model_get_item (model, i);

      yeji_intake_item_set_included (item, TRUE);
    }
}

static YejiTaken *
carry_out (YejiIntakePlan   *plan,
           YejiCliProgress  *progress,
           GError          **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  Wait wait = { NULL };

  yeji_cli_progress_set_label (progress, _("Taken:"));
  yeji_intake_plan_carry_out_async (plan, yeji_cli_progress_on_count, progress,
                                    yeji_cli_progress_get_cancellable (progress), on_done, &wait);
  result = wait_for (&wait);
  return yeji_intake_plan_carry_out_finish (plan, result, error);
}

static YejiExit
take_plan (YejiIntakePlan  *plan,
           const Options   *options,
           YejiCliProgress *progress)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiTaken) taken = NULL;

  if (options->sure)
    leave_guesses_out (plan);
  if (g_list_model_get_n_items (G_LIST_MODEL (plan)) > 0 && !examine (plan, progress, &error))
    return yeji_cli_fail (_("Nothing was attached"), error);
  if (!options->json)
    print_plan (plan);
  if (!options->dry_run)
    {
      include_all (plan);
      taken = carry_out (plan, progress, &error);
      if (taken == NULL)
        return yeji_cli_fail (_("Nothing was attached"), error);
    }
  if (options->json)
    print_json (plan, taken);
  else if (taken != NULL)
    print_taken (taken);
  return yeji_intake_plan_get_skipped (plan)->len == 0
             && (taken == NULL || taken->failures->len == 0)
           ? YEJI_EXIT_OK
           : YEJI_EXIT_FAILED;
}

static YejiExit
match_files (YejiCliSession *session,
             YejiStore      *store,
             const Options  *options)
{
  g_autoptr (YejiCliProgress) progress = yeji_cli_progress_new (session, _("Read:"));
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiIntakePlan) plan = make_plan (store, options, progress, &error);
  YejiExit code;

  if (plan == NULL)
    return yeji_cli_fail (_("Nothing was attached"), error);
  code = take_plan (plan, options, progress);
  /* a thread that is about to end may hold the plan when the program does */
  yeji_intake_plan_close (plan);
  return code;
}

/* match */
YejiExit
yeji_cli_match (YejiCliSession  *session,
                guint            n_args,
                char           **args)
{
  g_autoptr (GPtrArray) roots = g_ptr_array_new_with_free_func (g_object_unref);
  const Options options = {
    .roots = roots,
    .uuid = yeji_cli_get (session, "--record"),
    .dry_run = yeji_cli_has (session, "--dry-run"),
    .sure = yeji_cli_has (session, "--sure"),
    .json = yeji_cli_session_wants_json (session),
  };
  YejiStore *store;

  for (guint i = 0; i < n_args; i++)
    g_ptr_array_add (roots, g_file_new_for_commandline_arg (args[i]));
  store = yeji_cli_session_get_store (session);
  if (store == NULL)
    return YEJI_EXIT_FAILED;
  return yeji_cli_has (session, "--undo") ? undo_last (store, options.json)
                                          : match_files (session, store, &options);
}
