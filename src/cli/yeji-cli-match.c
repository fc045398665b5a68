// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-output.h"
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
  gboolean undo;
  gboolean json;
} Options;

/* Waits for what is done in the background; the command line has nothing else to do. */
typedef struct
{
  GAsyncResult *result;
  const char *what;            /* (nullable): shown with the progress */
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

static void
show_progress (guint    n_done,
               guint    n_all,
               gpointer data)
{
  const Wait *wait = data;

  if (n_all > 0)
    g_printerr ("\r%s %u/%u%s", wait->what, n_done, n_all, n_done == n_all ? "\n" : "");
}

static YejiExit
complain_usage (void)
{
  yeji_cli_complain (_("Usage: yeji %s %s"), "match", YEJI_CLI_MATCH_USAGE);
  return YEJI_EXIT_USAGE;
}

static gboolean
parse (Options  *self,
       guint     n_args,
       char    **args)
{
  for (guint i = 0; i < n_args; i++)
    {
      if (g_str_equal (args[i], "--dry-run"))
        self->dry_run = TRUE;
      else if (g_str_equal (args[i], "--sure"))
        self->sure = TRUE;
      else if (g_str_equal (args[i], "--undo"))
        self->undo = TRUE;
      else if (g_str_equal (args[i], "--json"))
        self->json = TRUE;
      else if (g_str_equal (args[i], "--record") && i + 1 < n_args && self->uuid == NULL)
        self->uuid = args[++i];
      else if (g_str_has_prefix (args[i], "--"))
        return FALSE;
      else
        g_ptr_array_add (self->roots, g_file_new_for_commandline_arg (args[i]));
    }
  if (self->undo)
    return self->roots->len == 0 && !self->dry_run && !self->sure && self->uuid == NULL;
  return self->roots->len > 0;
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
  Wait wait = { NULL, NULL };

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
make_plan (YejiStore     *store,
           const Options *options,
           GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  Wait wait = { NULL, NULL };

  yeji_intake_plan_make_async (store, (GFile **) options->roots->pdata, options->roots->len,
                               options->uuid, NULL, NULL, NULL, NULL, on_done, &wait);
  result = wait_for (&wait);
  return yeji_intake_plan_make_finish (result, error);
}

/* What cannot be examined is taken all the same, and that is said. */
static gboolean
examine (YejiIntakePlan *plan,
         GError        **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  Wait wait = { NULL, _("Examined:") };
  gboolean show = yeji_platform_has_terminal ();

  if (!yeji_examiner_is_there ())
    yeji_cli_complain (_("The files are not examined: yeji-examiner is missing"));
  yeji_intake_plan_examine_async (plan, NULL, show ? show_progress : NULL, &wait, NULL, on_done,
                                  &wait);
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

static YejiTaken *
carry_out (YejiIntakePlan *plan,
           GError        **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  Wait wait = { NULL, _("Taken:") };
  gboolean show = yeji_platform_has_terminal ();

  yeji_intake_plan_carry_out_async (plan, show ? show_progress : NULL, &wait, NULL, on_done,
                                    &wait);
  result = wait_for (&wait);
  return yeji_intake_plan_carry_out_finish (plan, result, error);
}

static YejiExit
take_plan (YejiIntakePlan *plan,
           const Options  *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiTaken) taken = NULL;

  if (options->sure)
    leave_guesses_out (plan);
  if (g_list_model_get_n_items (G_LIST_MODEL (plan)) > 0 && !examine (plan, &error))
    {
      yeji_cli_complain ("%s", error->message);
      return YEJI_EXIT_FAILED;
    }
  if (!options->json)
    print_plan (plan);
  if (!options->dry_run)
    {
      taken = carry_out (plan, &error);
      if (taken == NULL)
        {
          yeji_cli_complain ("%s", error->message);
          return YEJI_EXIT_FAILED;
        }
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
match_files (YejiStore     *store,
             const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiIntakePlan) plan = make_plan (store, options, &error);
  YejiExit code;

  if (plan == NULL)
    {
      yeji_cli_complain ("%s", error->message);
      return YEJI_EXIT_FAILED;
    }
  code = take_plan (plan, options);
  /* a thread that is about to end may hold the plan when the program does */
  yeji_intake_plan_close (plan);
  return code;
}

/* match DIR|ZIP|FILE... [--record UUID] [--sure] [--dry-run] [--json] | --undo */
YejiExit
yeji_cli_match (YejiCliSession  *session,
                guint            n_args,
                char           **args)
{
  g_autoptr (GPtrArray) roots = g_ptr_array_new_with_free_func (g_object_unref);
  Options options = { roots };
  YejiStore *store;

  if (!parse (&options, n_args, args))
    return complain_usage ();
  options.json |= yeji_cli_session_wants_json (session);
  store = yeji_cli_session_get_store (session);
  if (store == NULL)
    return YEJI_EXIT_FAILED;
  return options.undo ? undo_last (store, options.json) : match_files (store, &options);
}
