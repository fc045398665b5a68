// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-import.h"

#include "yeji-cli-history.h"
#include "yeji-cli-import-choices.h"
#include "yeji-cli-options.h"
#include "yeji-cli-output.h"
#include "yeji-cli-progress.h"
#include "yeji-import-memory.h"
#include "yeji-import-plan.h"
#include "yeji-mask.h"
#include "yeji-undo.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* Cells that are listed for people; a script gets all, and --bad has them in their place. */
#define MAX_SHOWN 50

/* A file that is read row by row. */
typedef struct
{
  YejiCliSession *session;
  const char *path;
  YejiCliProgress *progress;
  YejiStore *store;
  YejiDictionary *dictionary;
  YejiNormaliser *normaliser;
  YejiSheets *sheets;
  YejiImportLayout *layout;
  YejiImportFile *file;
  YejiImportPlan *plan;
  char *batch;
  guint n_saved_bad;
  gboolean dry_run;
  gboolean refused;            /* nothing is saved because of what is wrong with some of it */
} Import;

static const char *const fates[N_YEJI_IMPORT_FATES] = {
  [YEJI_IMPORT_NEW] = "new",
  [YEJI_IMPORT_UPDATE] = "updated",
  [YEJI_IMPORT_SAME] = "same",
  [YEJI_IMPORT_FIXED] = "fixed",
  [YEJI_IMPORT_UNCLEAR] = "unclear",
  [YEJI_IMPORT_BAD] = "bad",
};

static const char *const hows[] = {
  [YEJI_IMPORT_HOW_NONE] = "none",
  [YEJI_IMPORT_HOW_CHOSEN] = "chosen",
  [YEJI_IMPORT_HOW_KEPT] = "kept",
  [YEJI_IMPORT_HOW_ID] = "id",
  [YEJI_IMPORT_HOW_NAME] = "name",
  [YEJI_IMPORT_HOW_SYNONYM] = "synonym",
  [YEJI_IMPORT_HOW_CONTENT] = "content",
};

static const char *const states[] = {
  [YEJI_IMPORT_SHEET_TAKEN] = "taken",
  [YEJI_IMPORT_SHEET_HIDDEN] = "hidden",
  [YEJI_IMPORT_SHEET_EMPTY] = "empty",
  [YEJI_IMPORT_SHEET_HELP] = "help",
  [YEJI_IMPORT_SHEET_UNKNOWN] = "unknown",
  [YEJI_IMPORT_SHEET_CHOSEN] = "chosen",
};

static void
clear_import (Import *import)
{
  g_clear_object (&import->plan);
  g_clear_object (&import->file);
  g_clear_pointer (&import->layout, yeji_import_layout_free);
  g_clear_pointer (&import->sheets, yeji_sheets_free);
  g_clear_object (&import->normaliser);
  g_clear_pointer (&import->progress, yeji_cli_progress_end);
  g_clear_pointer (&import->batch, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Import, clear_import)

static YejiExit
complain (Import       *import,
          const GError *error)
{
  const char *reason = error->domain == YEJI_SHEETS_ERROR ? yeji_sheets_error_to_text (error)
                                                          : NULL;

  if (reason != NULL)
    yeji_cli_complain (_("Nothing was imported: %s: %s (%s)"), import->path, reason,
                       error->message);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    yeji_cli_complain (_("Nothing was imported: %s: %s"), import->path, _("it was stopped"));
  else
    yeji_cli_complain (_("Nothing was imported: %s: %s"), import->path, error->message);
  return YEJI_EXIT_FAILED;
}

static gboolean
find_layout (Import  *import,
             GError **error)
{
  g_autofree char *kept = NULL;

  import->layout = yeji_import_layout_guess (import->dictionary, import->normaliser,
                                             import->sheets, NULL, error);
  if (import->layout == NULL)
    return FALSE;
  kept = yeji_import_memory_get (import->store, yeji_import_layout_get_kind (import->layout),
                                 NULL);
  if (kept == NULL)
    return TRUE;
  yeji_import_layout_free (import->layout);
  import->layout = yeji_import_layout_guess (import->dictionary, import->normaliser,
                                             import->sheets, kept, error);
  return import->layout != NULL;
}

/* ---- What is told */

static JsonArray *
sheets_to_json (Import *import)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < yeji_import_layout_get_n (import->layout); i++)
    {
      const YejiImportSheet *sheet = yeji_import_layout_get_sheet (import->layout, i);
      JsonObject *object = json_object_new ();
      JsonArray *columns = json_array_new ();

      json_object_set_string_member (object, "name", sheet->name);
      json_object_set_string_member (object, "state", states[sheet->state]);
      json_object_set_string_member (object, "table",
                                     sheet->table != NULL ? sheet->table->member : NULL);
      json_object_set_int_member (object, "rows",
                                  import->file != NULL
                                    ? yeji_import_file_get_n_rows (import->file, i) : 0);
      for (guint j = 0; sheet->table != NULL && j < sheet->columns->len; j++)
        {
          const YejiImportColumn *column = g_ptr_array_index (sheet->columns, j);
          JsonObject *one = json_object_new ();
          g_autofree char *name = NULL;

          if (column->field != NULL)
            name = g_strdup_printf ("%s.%s", column->field->table->id, column->field->id);
          json_object_set_string_member (one, "heading", column->heading);
          json_object_set_string_member (one, "field",
                                         name != NULL ? name
                                                      : yeji_cli_import_get_word (column->key));
          json_object_set_string_member (one, "by", hows[column->how]);
          json_array_add_object_element (columns, one);
        }
      json_object_set_array_member (object, "columns", columns);
      json_array_add_object_element (list, object);
    }
  return list;
}

static JsonArray *
cells_to_json (Import *import)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < yeji_import_file_get_n_bad (import->file); i++)
    {
      JsonObject *object = json_object_new ();
      YejiImportPlace place;
      YejiImportCell cell;
      const YejiImportSheet *sheet;
      const YejiImportColumn *column;
      g_autofree char *name = NULL;
      g_autofree char *words = NULL;
      g_autofree char *shown = NULL;

      yeji_import_file_get_bad (import->file, i, &place);
      yeji_import_file_get_cell (import->file, &place, &cell);
      sheet = yeji_import_layout_get_sheet (import->layout, place.sheet);
      column = g_ptr_array_index (sheet->columns, place.column);
      name = yeji_import_file_name_cell (import->file, &place);
      words = yeji_import_file_explain (import->file, &place);
      shown = cell.field != NULL ? yeji_field_mask_value (cell.field, cell.text)
                                 : g_strdup (cell.text);
      json_object_set_string_member (object, "sheet", sheet->name);
      json_object_set_string_member (object, "cell", name);
      json_object_set_string_member (object, "heading", column->heading);
      json_object_set_string_member (object, "text", shown);
      json_object_set_string_member (object, "trouble", yeji_import_trouble_get_id (cell.trouble));
      json_object_set_string_member (object, "message", words);
      json_array_add_object_element (list, object);
    }
  return list;
}

static JsonArray *
items_to_json (Import         *import,
               YejiImportFate  fate)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < yeji_import_plan_get_n (import->plan); i++)
    {
      const YejiImportItem *item = yeji_import_plan_get_item (import->plan, i);
      JsonObject *object;

      if (item->fate != fate)
        continue;
      object = json_object_new ();
      json_object_set_string_member (object, "uuid", item->uuid);
      json_object_set_string_member (object, "number",
                                     yeji_import_file_get_number (import->file, i));
      json_object_set_string_member (object, "name", yeji_import_file_get_name (import->file, i));
      if (fate == YEJI_IMPORT_UPDATE)
        {
          json_object_set_int_member (object, "values", item->n_values);
          json_object_set_int_member (object, "rows", item->n_rows);
        }
      if (fate == YEJI_IMPORT_UNCLEAR)
        {
          JsonArray *candidates = json_array_new ();

          for (char **uuid = item->candidates; uuid != NULL && *uuid != NULL; uuid++)
            json_array_add_string_element (candidates, *uuid);
          json_object_set_array_member (object, "candidates", candidates);
          json_object_set_int_member (object, "item", i + 1);
        }
      json_array_add_object_element (list, object);
    }
  return list;
}

/* Those that are, or would be, saved. */
static JsonArray *
records_to_json (Import *import)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < yeji_import_plan_get_n (import->plan); i++)
    {
      const YejiImportItem *item = yeji_import_plan_get_item (import->plan, i);

      if (!(import->refused && !import->dry_run)
          && (item->fate == YEJI_IMPORT_NEW || item->fate == YEJI_IMPORT_UPDATE))
        json_array_add_string_element (list, item->uuid);
    }
  return list;
}

static void
print_json (Import *import)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_array_member (object, "records", records_to_json (import));
  json_object_set_int_member (object, "errors", yeji_import_plan_get_n_errors (import->plan));
  json_object_set_array_member (object, "converted", json_array_new ());
  json_object_set_int_member (object, "new",
                              yeji_import_plan_count (import->plan, YEJI_IMPORT_NEW));
  json_object_set_int_member (object, "same",
                              yeji_import_plan_count (import->plan, YEJI_IMPORT_SAME));
  json_object_set_array_member (object, "updated", items_to_json (import, YEJI_IMPORT_UPDATE));
  json_object_set_array_member (object, "fixed", items_to_json (import, YEJI_IMPORT_FIXED));
  json_object_set_array_member (object, "unclear", items_to_json (import, YEJI_IMPORT_UNCLEAR));
  json_object_set_array_member (object, "bad", items_to_json (import, YEJI_IMPORT_BAD));
  json_object_set_array_member (object, "cells", cells_to_json (import));
  json_object_set_array_member (object, "sheets", sheets_to_json (import));
  json_object_set_string_member (object, "batch", import->batch);
  json_node_take_object (node, object);
  yeji_cli_print_json (node);
}

static void
print_cells (Import *import)
{
  guint n = yeji_import_file_get_n_bad (import->file);

  for (guint i = 0; i < n && i < MAX_SHOWN; i++)
    {
      YejiImportPlace place;
      g_autofree char *name = NULL;
      g_autofree char *words = NULL;
      g_autofree char *line = NULL;

      yeji_import_file_get_bad (import->file, i, &place);
      name = yeji_import_file_name_cell (import->file, &place);
      words = yeji_import_file_explain (import->file, &place);
      line = yeji_cli_dup_line (words);
      yeji_cli_complain ("%s!%s: %s",
                         yeji_import_layout_get_sheet (import->layout, place.sheet)->name, name,
                         line);
    }
  if (n > MAX_SHOWN)
    yeji_cli_complain (ngettext ("and %u more cell", "and %u more cells", n - MAX_SHOWN),
                       n - MAX_SHOWN);
}

/* What of the file is not read, so that nobody thinks it was. */
static void
print_left (Import *import)
{
  for (guint i = 0; i < yeji_import_layout_get_n (import->layout); i++)
    {
      const YejiImportSheet *sheet = yeji_import_layout_get_sheet (import->layout, i);

      if (sheet->state == YEJI_IMPORT_SHEET_HIDDEN)
        yeji_cli_complain (_("The sheet “%s” is hidden and was left out"), sheet->name);
      else if (sheet->state == YEJI_IMPORT_SHEET_UNKNOWN)
        yeji_cli_complain (_("The sheet “%s” was left out: no row of it has the names of fields"),
                           sheet->name);
      for (guint j = 0; sheet->table != NULL && j < sheet->columns->len; j++)
        {
          const YejiImportColumn *column = g_ptr_array_index (sheet->columns, j);

          if (column->field == NULL && column->key == YEJI_IMPORT_KEY_NONE
              && *column->heading != '\0')
            yeji_cli_complain (_("The column “%s” of “%s” was left out: it is no field; say which "
                                 "with --column"), column->heading, sheet->name);
          else if (column->how == YEJI_IMPORT_HOW_CONTENT)
            yeji_cli_complain (_("The column “%s” of “%s” was taken for “%s” by what stands in it"),
                               column->heading, sheet->name,
                               yeji_text_get (&column->field->label, yeji_language_get_current ()));
        }
    }
}

static void
print_items (Import *import)
{
  for (guint i = 0; i < yeji_import_plan_get_n (import->plan); i++)
    {
      const YejiImportItem *item = yeji_import_plan_get_item (import->plan, i);
      g_autofree char *name = yeji_cli_dup_line (yeji_import_file_get_name (import->file, i));

      if (item->fate == YEJI_IMPORT_NEW || item->fate == YEJI_IMPORT_UPDATE)
        {
          if (import->dry_run || !import->refused)
            yeji_cli_print ("%s\n", item->uuid);
        }
      else if (item->fate == YEJI_IMPORT_FIXED)
        yeji_cli_complain (_("%s (%s) is in the province's hands or in the bin, and was left as it "
                             "is"), name, item->uuid);
      else if (item->fate == YEJI_IMPORT_UNCLEAR)
        {
          g_autofree char *uuids = g_strjoinv (" ", item->candidates);

          yeji_cli_complain (_("%s may be any of %s: say which with --which “%s=UUID”, or that it is "
                               "new with --which “%s=new”"), name, uuids, name, name);
        }
    }
}

static void
print_counts (Import *import)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < N_YEJI_IMPORT_FATES; i++)
    g_string_append_printf (text, "%s%s %u", i == 0 ? "" : ", ", fates[i],
                            yeji_import_plan_count (import->plan, (YejiImportFate) i));
  yeji_cli_complain ("%s", text->str);
  g_string_free (text, TRUE);
}

static void
print_done (Import *import)
{
  if (yeji_cli_session_wants_json (import->session))
    {
      print_json (import);
      return;
    }
  print_left (import);
  print_cells (import);
  print_items (import);
  print_counts (import);
}

/* ---- The way */

static void
on_progress (guint64  done,
             guint64  total,
             gpointer data)
{
  Import *import = data;

  yeji_cli_progress_step (import->progress, done, total);
}

static gboolean
read_file (Import  *import,
           GError **error)
{
  import->sheets = yeji_sheets_open (import->path, error);
  return import->sheets != NULL && find_layout (import, error);
}

static gboolean
read_rows (Import  *import,
           GError **error)
{
  const char *role = yeji_cli_get (import->session, "--role");

  import->file = yeji_import_file_read_sheets (import->sheets, import->layout, import->dictionary,
                                               import->normaliser, on_progress, import,
                                               yeji_cli_progress_get_cancellable (import->progress),
                                               error);
  if (import->file == NULL)
    return FALSE;
  if (role != NULL)
    yeji_import_file_set_role (import->file, role);
  return TRUE;
}

static gboolean
make_plan (Import  *import,
           GError **error)
{
  import->plan = yeji_import_plan_new (import->store, import->file,
                                       yeji_cli_has (import->session, "--clear"), on_progress,
                                       import,
                                       yeji_cli_progress_get_cancellable (import->progress), error);
  return import->plan != NULL;
}

static gboolean
save_bad (Import  *import,
          GError **error)
{
  const char *path = yeji_cli_get (import->session, "--bad");

  if (path == NULL || yeji_import_file_get_n_bad (import->file) == 0)
    return TRUE;
  import->n_saved_bad = yeji_import_plan_save_bad (import->plan, path, error);
  if (import->n_saved_bad == 0)
    return FALSE;
  yeji_cli_complain (ngettext ("%u row with its reasons was written to %s",
                               "%u rows with their reasons were written to %s",
                               import->n_saved_bad), import->n_saved_bad, path);
  return TRUE;
}

/* What the clerk said of the columns is known for the next file of the kind. */
static void
keep_layout (Import *import)
{
  g_autofree char *text = yeji_import_layout_to_json (import->layout);

  if (yeji_cli_has (import->session, "--column") || yeji_cli_has (import->session, "--table"))
    yeji_import_memory_set (import->store, yeji_import_layout_get_kind (import->layout), text,
                            NULL);
}

static YejiExit
apply (Import *import)
{
  const YejiImportOptions options = { yeji_cli_has (import->session, "--skip-bad") };
  g_autoptr (GError) error = NULL;

  import->refused = !options.skip_bad
                    && (yeji_import_file_get_n_bad (import->file) > 0
                        || yeji_import_plan_count (import->plan, YEJI_IMPORT_BAD) > 0
                        || yeji_import_plan_count (import->plan, YEJI_IMPORT_UNCLEAR) > 0);
  if (import->dry_run
      && !yeji_import_plan_check (import->plan, on_progress, import,
                                  yeji_cli_progress_get_cancellable (import->progress), &error))
    return complain (import, error);
  if (import->dry_run || import->refused)
    {
      print_done (import);
      if (import->refused && !import->dry_run)
        yeji_cli_complain (_("Nothing was imported: %s: put right what is said above, or leave it "
                             "out with --skip-bad"), import->path);
      return import->refused ? YEJI_EXIT_INVALID : YEJI_EXIT_OK;
    }
  if (!yeji_import_plan_apply (import->plan, &options, on_progress, import, &import->batch,
                               yeji_cli_progress_get_cancellable (import->progress), &error)
      && !g_error_matches (error, YEJI_IMPORT_ERROR, YEJI_IMPORT_ERROR_NOTHING))
    return complain (import, error);
  if (import->batch != NULL)
    yeji_import_memory_set_last (import->store, import->batch, NULL);
  keep_layout (import);
  print_done (import);
  return YEJI_EXIT_OK;
}

/**
 * yeji_cli_import_sheets:
 *
 * Imports a workbook, a CSV file, or a zip archive of these.
 */
YejiExit
yeji_cli_import_sheets (YejiCliSession *session,
                        const char     *path)
{
  g_auto (Import) import = { session, path };
  g_autoptr (GError) error = NULL;
  const char *role = yeji_cli_get (session, "--role");

  import.store = yeji_cli_session_get_store (session);
  if (import.store == NULL)
    return YEJI_EXIT_FAILED;
  import.dry_run = yeji_cli_has (session, "--dry-run");
  import.dictionary = yeji_store_get_dictionary (import.store);
  if (role != NULL && yeji_dictionary_find_role (import.dictionary, role) == NULL)
    {
      yeji_cli_complain (_("There is no role “%s”"), role);
      return YEJI_EXIT_USAGE;
    }
  import.normaliser = yeji_normaliser_new (import.dictionary);
  import.progress = yeji_cli_progress_new (session, _("Importing"));
  if (!read_file (&import, &error))
    return complain (&import, error);
  if (!yeji_cli_choose_columns (session, import.dictionary, import.layout))
    return YEJI_EXIT_USAGE;
  if (!yeji_import_layout_is_usable (import.layout))
    {
      yeji_cli_complain (_("Nothing was imported: %s: no sheet has columns that are known"), path);
      return YEJI_EXIT_FAILED;
    }
  if (!read_rows (&import, &error))
    return complain (&import, error);
  if (!yeji_cli_mend_cells (session, import.file))
    return YEJI_EXIT_USAGE;
  if (!make_plan (&import, &error))
    return complain (&import, error);
  if (!yeji_cli_choose_records (session, import.plan))
    return YEJI_EXIT_USAGE;
  if (!save_bad (&import, &error))
    return complain (&import, error);
  return apply (&import);
}

/* What the last import did is taken back. */
static YejiExit
undo_last (YejiCliSession *session)
{
  YejiStore *store = yeji_cli_session_get_store (session);
  g_autofree char *batch = NULL;
  g_autoptr (YejiBatchUndo) done = NULL;
  g_autoptr (GError) error = NULL;

  if (store == NULL)
    return YEJI_EXIT_FAILED;
  batch = yeji_import_memory_get_last (store, NULL);
  if (batch != NULL)
    done = yeji_store_undo_batch (store, batch, &error);
  if (done == NULL)
    {
      yeji_cli_complain (_("There is no import to take back"));
      return YEJI_EXIT_FAILED;
    }
  yeji_import_memory_set_last (store, NULL, NULL);
  yeji_cli_print_batch_undo (session, done);
  return YEJI_EXIT_OK;
}

/* Whether it is no file of records as they are exported in JSON. */
static gboolean
has_sheets (const char *path)
{
  static const char *const endings[] = { ".xlsx", ".xlsm", ".xls", ".csv", ".tsv", ".txt", ".zip" };
  g_autofree char *lower = g_ascii_strdown (path, -1);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = NULL;
  char head[4] = "";

  /* what is no file, a pipe for instance, is not waited for */
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (lower, endings[i]))
      return TRUE;
  stream = g_file_read (file, NULL, NULL);
  return stream != NULL
         && g_input_stream_read_all (G_INPUT_STREAM (stream), head, sizeof head, NULL, NULL, NULL)
         && (memcmp (head, "PK\3\4", 4) == 0 || memcmp (head, "\xd0\xcf\x11\xe0", 4) == 0);
}

/* import FILE | --undo */
YejiExit
yeji_cli_import (YejiCliSession  *session,
                 guint            n_args,
                 char           **args)
{
  if (yeji_cli_has (session, "--undo"))
    return undo_last (session);
  return has_sheets (args[0]) ? yeji_cli_import_sheets (session, args[0])
                              : yeji_cli_import_records (session, args[0]);
}
