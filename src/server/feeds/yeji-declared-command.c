// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-declared"

#include "config.h"

#include "yeji-declared-command.h"

#include <glib/gi18n.h>

#include "yeji-audit.h"
#include "yeji-declared-apply.h"
#include "yeji-declared-stage.h"
#include "yeji-json.h"
#include "yeji-platform.h"
#include "yeji-server-cli.h"
#include "yeji-server-context.h"
#include "yeji-server-schema.h"

/* A full list that lacks more than this share of what was there is taken for one that was cut. */
#define MOST_GONE 0.2
/* Of few projects anything may be right. */
#define FEW 100
/* Faults on the terminal; with --json all that are kept are told. */
#define MAX_PRINTED 20

typedef struct
{
  gboolean replace;
  gboolean force;
  gboolean dry_run;
  gboolean json;
} Options;

/* What became of the list; nothing is kept but of the first. */
typedef enum
{
  KEPT,
  BAD_ROWS,
  TOO_MANY_GONE,
  DRY_RUN,
} Outcome;

typedef struct
{
  YejiDeclaredImport import;
  const Options *options;
  const char *file;
  YejiDeclaredReport *report;
  Outcome outcome;
} Work;

static gboolean
write_audit (const Work  *work,
             YejiSql     *sql,
             GError     **error)
{
  const YejiDeclaredReport *report = work->report;
  g_autofree char *name = g_path_get_basename (work->file);
  g_autofree char *detail = g_strdup_printf (
    "%s %s%s: +%u ~%u -%u",
    work->import.system->id, name, work->import.replace ? " (replace)" : "",
    report->added, report->changed, report->removed);

  return report->added + report->changed + report->removed == 0
         || yeji_audit_write (sql, "", "declared.imported", NULL, detail, error);
}

static gboolean
run_audit (YejiSql   *sql,
           gpointer   data,
           GError   **error)
{
  return write_audit (data, sql, error);
}

static Outcome
judge (const Work *work)
{
  const YejiDeclaredReport *report = work->report;

  if (work->import.replace && !work->options->force && report->before > FEW
      && report->removed > (double) report->before * MOST_GONE)
    return TOO_MANY_GONE;
  return work->options->dry_run ? DRY_RUN : KEPT;
}

static gboolean
run_import (Work    *work,
            YejiDb  *stage,
            YejiDb  *province,
            YejiDb  *reader,
            GError **error)
{
  const YejiDeclaredApply apply = {
    work->import.system, work->import.replace, stage, province, reader, YEJI_DECLARED_AT_ONCE,
  };

  if (!yeji_declared_import_read (&work->import, stage, work->report, error))
    return FALSE;
  if (work->report->n_bad > 0)
    {
      work->outcome = BAD_ROWS;
      return TRUE;
    }
  if (!yeji_declared_apply_compare (&apply, work->report, error))
    return FALSE;
  work->outcome = judge (work);
  return work->outcome != KEPT
         || yeji_declared_apply_run (&apply, work->report, run_audit, work, error);
}

static void
close_db (YejiDb *db)
{
  if (db != NULL)
    yeji_db_close (db);
}

static gboolean
import_into (Work        *work,
             const char  *data_dir,
             GError     **error)
{
  g_autoptr (YejiDb) province = yeji_server_schema_open (data_dir, error);
  g_autoptr (YejiDb) reader = NULL;
  g_autoptr (YejiDb) stage = NULL;
  gboolean done;

  if (province != NULL)
    reader = yeji_db_open_reader (province, error);
  if (reader != NULL)
    stage = yeji_declared_stage_open (data_dir, error);
  done = stage != NULL && run_import (work, stage, province, reader, error);
  close_db (stage);
  yeji_declared_stage_remove (data_dir);
  close_db (reader);
  close_db (province);
  return done;
}

/* One at a time, of whatever kind: two would take each other's steps. */
static YejiLock *
lock_imports (const char *data_dir)
{
  g_autofree char *folder = g_build_filename (data_dir, "imports", NULL);
  g_autofree char *path = g_build_filename (folder, "lock", NULL);
  YejiLock *lock = NULL;

  if (g_mkdir_with_parents (folder, 0700) == 0)
    lock = yeji_platform_lock (path, NULL, NULL);
  if (lock == NULL)
    g_printerr ("yeji-server: %s\n", _("another import is at work"));
  return lock;
}

static void
print_json (const Work *work)
{
  static const char * const outcomes[] = { "imported", "bad-rows", "too-many-gone", "dry-run" };
  const YejiDeclaredReport *report = work->report;
  const struct
  {
    const char *member;
    gint64 n;
  } numbers[] = {
    { "rows", report->rows }, { "added", report->added },
    { "changed", report->changed }, { "same", report->same },
    { "removed", report->removed }, { "repeated", report->repeated },
    { "bad", report->n_bad }, { "before", report->before }, { "after", report->after },
    { "numbers", report->n_numbers },
  };
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;
  JsonObject *object = json_object_new ();
  JsonArray *bad = json_array_new ();

  json_node_take_object (node, object);
  json_object_set_string_member (object, "outcome", outcomes[work->outcome]);
  json_object_set_string_member (object, "system", work->import.system->id);
  json_object_set_string_member (object, "sheet", report->sheet != NULL ? report->sheet : "");
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    json_object_set_int_member (object, numbers[i].member, numbers[i].n);
  for (guint i = 0; i < report->bad->len; i++)
    {
      const YejiDeclaredBadRow *row = g_ptr_array_index (report->bad, i);
      g_autofree char *words = g_strdup_printf (yeji_declared_fault_to_text (row->fault),
                                                row->value);
      JsonObject *entry = json_object_new ();

      json_object_set_int_member (entry, "row", row->row);
      json_object_set_string_member (entry, "message", words);
      json_array_add_object_element (bad, entry);
    }
  json_object_set_array_member (object, "bad_rows", bad);
  text = yeji_json_print (node, TRUE);
  g_print ("%s\n", text);
}

static void
print_text (const Work *work)
{
  const YejiDeclaredReport *report = work->report;

  for (guint i = 0; i < MIN (report->bad->len, MAX_PRINTED); i++)
    {
      const YejiDeclaredBadRow *row = g_ptr_array_index (report->bad, i);
      g_autofree char *words = g_strdup_printf (yeji_declared_fault_to_text (row->fault),
                                                row->value);

      /* Translators: the name of a sheet, the number of a row, what is wrong with it */
      g_print (_("%s, row %u: %s\n"), report->sheet, row->row, words);
    }
  g_print (_("%u rows: %u new, %u changed, %u as before, %u removed, %u repeated, %u wrong\n"),
           report->rows, report->added, report->changed, report->same, report->removed,
           report->repeated, report->n_bad);
  if (work->outcome == KEPT || work->outcome == DRY_RUN)
    /* Translators: the name of a system */
    g_print (_("%s: %u projects before, %u now\n"),
             yeji_text_get (&work->import.system->label, yeji_language_get_current ()),
             (guint) report->before, (guint) report->after);
  if (work->outcome == DRY_RUN)
    g_print ("%s\n", _("Nothing was kept: this was a trial"));
}

static int
report_outcome (const Work *work)
{
  if (work->options->json)
    print_json (work);
  else
    print_text (work);
  if (work->outcome == BAD_ROWS)
    g_printerr ("yeji-server: %s\n",
                _("nothing was imported: put the rows right, or take them out of the file"));
  if (work->outcome == TOO_MANY_GONE)
    g_printerr ("yeji-server: %s\n",
                _("nothing was imported: more than a fifth of the projects would go, so the list "
                  "may be cut off; --force takes it all the same"));
  return work->outcome == KEPT || work->outcome == DRY_RUN ? YEJI_SERVER_EXIT_OK
                                                           : YEJI_SERVER_EXIT_FAILED;
}

static int
fail (const GError *error)
{
  g_printerr ("yeji-server: %s\n", error->message);
  return YEJI_SERVER_EXIT_FAILED;
}

static int
refuse_system (const YejiServerContext *context,
               const char              *name)
{
  GPtrArray *systems = yeji_declared_systems_list (context->declared_systems);

  g_printerr (_("yeji-server: there is no system “%s”; these are known:\n"), name);
  for (guint i = 0; i < systems->len; i++)
    {
      const YejiDeclaredSystem *system = g_ptr_array_index (systems, i);

      g_printerr ("  %s\t%s\n", system->id,
                  yeji_text_get (&system->label, yeji_language_get_current ()));
    }
  return YEJI_SERVER_EXIT_USAGE;
}

static int
import (const char    *data_dir,
        const char    *name,
        const char    *file,
        const Options *options)
{
  g_autoptr (YejiDeclaredReport) report = yeji_declared_report_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiServerContext) context = yeji_server_context_new (data_dir, NULL, &error);
  g_autoptr (YejiSheets) sheets = NULL;
  g_autoptr (YejiLock) lock = NULL;
  Work work = { .options = options, .file = file, .report = report };

  if (context == NULL)
    return fail (error);
  work.import.systems = context->declared_systems;
  work.import.system = yeji_declared_systems_find (context->declared_systems, name);
  work.import.replace = options->replace;
  if (work.import.system == NULL)
    return refuse_system (context, name);
  sheets = yeji_sheets_open (file, &error);
  if (sheets == NULL)
    {
      g_printerr ("yeji-server: %s: %s\n", file, yeji_sheets_error_to_text (error));
      return YEJI_SERVER_EXIT_FAILED;
    }
  work.import.sheets = sheets;
  lock = lock_imports (data_dir);
  if (lock == NULL)
    return YEJI_SERVER_EXIT_FAILED;
  if (!import_into (&work, data_dir, &error))
    return fail (error);
  return report_outcome (&work);
}

/**
 * yeji_declared_command:
 *
 * `import-declared SYSTEM FILE [--replace [--force]] [--dry-run] [--json]`: takes over the list of
 * another system, all or nothing.
 *
 * Returns: the exit status
 */
int
yeji_declared_command (const char *data_dir,
                       GStrv       arguments)
{
  Options options = { 0 };
  const GOptionEntry entries[] = {
    { "replace", 0, 0, G_OPTION_ARG_NONE, &options.replace, NULL, NULL },
    { "force", 0, 0, G_OPTION_ARG_NONE, &options.force, NULL, NULL },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &options.dry_run, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, NULL, NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_auto (GStrv) rest = g_strdupv (arguments);
  g_autoptr (GError) error = NULL;

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse_strv (context, &rest, &error))
    {
      g_printerr ("yeji-server: %s\n", error->message);
      return YEJI_SERVER_EXIT_USAGE;
    }
  if (g_strv_length (rest) != 3 || (options.force && !options.replace))
    {
      g_printerr ("yeji-server: import-declared %s\n", YEJI_DECLARED_USAGE);
      return YEJI_SERVER_EXIT_USAGE;
    }
  return import (data_dir, rest[1], rest[2], &options);
}
