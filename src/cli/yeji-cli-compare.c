// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "yeji-change-text.h"
#include "yeji-cli-options.h"
#include "yeji-cli-output.h"
#include "yeji-comparison-apply.h"
#include "yeji-conflicts.h"
#include "yeji-submission.h"

static YejiExit
complain (const char   *uuid,
          const GError *error)
{
  if (g_error_matches (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND))
    yeji_cli_complain (_("There is no record %s"), uuid);
  else
    yeji_cli_complain ("%s: %s", uuid, error->message);
  return YEJI_EXIT_FAILED;
}

/* ---- Output */

static const char *const side_names[N_YEJI_SIDES] = { "base", "mine", "theirs" };

static JsonNode *
comparison_to_json (GPtrArray *differences)
{
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < differences->len; i++)
    {
      const YejiDifference *difference = g_ptr_array_index (differences, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "table", difference->table);
      json_object_set_string_member (object, "row", difference->row);
      json_object_set_string_member (object, "field", difference->field);
      json_object_set_string_member (object, "kind", yeji_difference_get_kind_name (difference));
      for (guint side = 0; side < N_YEJI_SIDES; side++)
        if (difference->texts[side] != NULL)
          json_object_set_string_member (object, side_names[side], difference->texts[side]);
        else
          json_object_set_null_member (object, side_names[side]);
      json_array_add_object_element (array, object);
    }
  json_node_take_array (node, array);
  return node;
}

/* A personal number is not for who looks over one's shoulder; of a row that is there its title. */
static char *
side_to_line (const YejiDifference *difference,
              YejiDictionary       *dictionary,
              YejiSide              side)
{
  const YejiChange change = { difference->table, difference->row, difference->field };
  g_autofree char *masked = NULL;

  if (difference->texts[side] == NULL)
    return g_strdup ("—");
  if (yeji_difference_is_row (difference) && !yeji_difference_is_move (difference)
      && difference->rows[side] != NULL)
    return yeji_cli_dup_line (yeji_row_get_title (difference->rows[side]));
  masked = yeji_change_mask (&change, dictionary, difference->texts[side]);
  return yeji_cli_dup_line (masked);
}

static void
print_differences (GPtrArray      *differences,
                   YejiDictionary *dictionary,
                   gboolean        with_base)
{
  for (guint i = 0; i < differences->len; i++)
    {
      const YejiDifference *difference = g_ptr_array_index (differences, i);
      const char *field = *difference->field != '\0' ? difference->field : "*";
      g_autofree char *base = side_to_line (difference, dictionary, YEJI_SIDE_BASE);
      g_autofree char *mine = side_to_line (difference, dictionary, YEJI_SIDE_MINE);
      g_autofree char *theirs = side_to_line (difference, dictionary, YEJI_SIDE_THEIRS);
      g_autofree char *place = *difference->table != '\0'
                                 ? g_strdup_printf ("%s %s %s", difference->table, difference->row,
                                                    field)
                                 : g_strdup (field);

      if (with_base)
        yeji_cli_print ("%s: “%s” | “%s” | “%s”\n", place, base, mine, theirs);
      else
        yeji_cli_print ("%s: “%s” | “%s”\n", place, mine, theirs);
    }
}

static void
print_all (YejiCliSession *session,
           GPtrArray      *differences,
           YejiDictionary *dictionary,
           gboolean        with_base)
{
  if (yeji_cli_session_wants_json (session))
    yeji_cli_print_json (comparison_to_json (differences));
  else
    print_differences (differences, dictionary, with_base);
}

/* ---- compare */

/* The other record, or what the province has of the only one. */
static YejiRecord *
load_other (YejiCliSession *session,
            YejiStore      *store,
            guint           n_args,
            char          **args)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiSubmission) submission = NULL;

  if (n_args > 1)
    return yeji_cli_session_load (session, args[1]);
  submission = yeji_store_get_submission (store, args[0], &error);
  if (submission == NULL)
    complain (args[0], error);
  else if (submission->record == NULL)
    yeji_cli_complain (_("%s was not submitted yet"), args[0]);
  return submission != NULL ? g_steal_pointer (&submission->record) : NULL;
}

/* compare UUID [UUID] */
YejiExit
yeji_cli_compare (YejiCliSession  *session,
                  guint            n_args,
                  char           **args)
{
  YejiStore *store = yeji_cli_session_get_store (session);
  g_autoptr (YejiRecord) mine = NULL;
  g_autoptr (YejiRecord) theirs = NULL;
  g_autoptr (YejiComparison) comparison = NULL;

  if (store == NULL)
    return YEJI_EXIT_FAILED;
  mine = yeji_cli_session_load (session, args[0]);
  theirs = mine != NULL ? load_other (session, store, n_args, args) : NULL;
  if (theirs == NULL)
    return YEJI_EXIT_FAILED;
  comparison = yeji_comparison_new (NULL, mine, theirs, FALSE);
  print_all (session, comparison->differences, comparison->dictionary, FALSE);
  return YEJI_EXIT_OK;
}

/* ---- conflicts */

/* Leaves those of a place. */
static gboolean
keep_place (YejiRecord *record,
            const char *pointer,
            GPtrArray  *conflicts)
{
  YejiPlace place;
  gboolean found = FALSE;

  if (!yeji_record_resolve (record, pointer, &place, NULL) || place.table == NULL)
    return FALSE;
  for (guint i = conflicts->len; i-- > 0;)
    {
      const YejiDifference *difference = g_ptr_array_index (conflicts, i);

      if (!g_str_equal (difference->table, place.table->id)
          || (place.row != NULL && !g_str_equal (difference->row, yeji_row_get_id (place.row)))
          || (place.field != NULL && !g_str_equal (difference->field, place.field->id)))
        g_ptr_array_remove_index (conflicts, i);
      else
        found = TRUE;
    }
  return found;
}

static YejiExit
decide (YejiCliSession *session,
        YejiStore      *store,
        YejiRecord     *record,
        GPtrArray      *conflicts,
        gboolean        mine)
{
  g_autoptr (GError) error = NULL;

  if (mine)
    return yeji_store_decide_conflicts (store, yeji_record_get_uuid (record), conflicts, TRUE,
                                        &error)
             ? YEJI_EXIT_OK : complain (yeji_record_get_uuid (record), error);
  for (guint i = 0; i < conflicts->len; i++)
    yeji_difference_apply (g_ptr_array_index (conflicts, i), record, YEJI_SIDE_THEIRS);
  return yeji_cli_session_save (session, record, "merged") ? YEJI_EXIT_OK : YEJI_EXIT_FAILED;
}

/* conflicts */
YejiExit
yeji_cli_conflicts (YejiCliSession  *session,
                    guint            n_args,
                    char           **args)
{
  YejiStore *store = yeji_cli_session_get_store (session);
  gboolean mine = yeji_cli_has (session, "--mine");
  gboolean decides = mine || yeji_cli_has (session, "--theirs");
  g_autoptr (YejiRecord) record = NULL;
  g_autoptr (GPtrArray) conflicts = NULL;
  g_autoptr (GError) error = NULL;

  if (store == NULL)
    return YEJI_EXIT_FAILED;
  record = yeji_cli_session_load (session, args[0]);
  if (record == NULL)
    return YEJI_EXIT_FAILED;
  conflicts = yeji_store_get_conflicts (store, args[0], &error);
  if (conflicts == NULL)
    return complain (args[0], error);
  if (n_args > 1 && !keep_place (record, args[1], conflicts))
    {
      yeji_cli_complain (_("There is no conflict at “%s”"), args[1]);
      return YEJI_EXIT_USAGE;
    }
  if (decides)
    return decide (session, store, record, conflicts, mine);
  print_all (session, conflicts, yeji_store_get_dictionary (store), TRUE);
  return YEJI_EXIT_OK;
}
