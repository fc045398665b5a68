// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-legacy"

#include "config.h"

#include "yeji-legacy-command.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "yeji-digest.h"
#include "yeji-legacy-judge.h"
#include "yeji-legacy-publish.h"
#include "yeji-legacy-report.h"
#include "yeji-legacy-stage.h"
#include "yeji-platform.h"
#include "yeji-province-resources.h"
#include "yeji-server-cli.h"
#include "yeji-server-schema.h"
#include "yeji-sheets.h"

#define MAP_NAME "legacy.json"
#define MAP_RESOURCE "/org/yeji/province/" MAP_NAME
#define CHUNK (256 * 1024)

typedef struct
{
  gboolean dry_run;
  gboolean except_refused;
  gboolean json;
  char *map_path;              /* (nullable) */
} Options;

/* What all files need. */
typedef struct
{
  const char *data_dir;
  const Options *options;
  YejiServerContext *context;
  YejiLegacyMap *map;
  char *version;               /* of what rows are understood by */
  YejiDb *province;
  YejiDb *reader;
  gboolean first;              /* until something was printed */
} Import;

static char *
sum_file (const char  *path,
          GError     **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autoptr (YejiDigest) digest = yeji_digest_new (YEJI_DIGEST_SHA256);
  g_autofree char *chunk = g_malloc (CHUNK);
  gssize n = -1;

  while (stream != NULL
         && (n = g_input_stream_read (G_INPUT_STREAM (stream), chunk, CHUNK, NULL, error)) > 0)
    yeji_digest_update (digest, chunk, (gsize) n);
  return n == 0 ? yeji_digest_finish_hex (digest) : NULL;
}

/* The one that is named, else the province's own, else that of the program. */
static GBytes *
read_map (const char     *data_dir,
          const Options  *options,
          GError        **error)
{
  g_autofree char *own = g_build_filename (data_dir, MAP_NAME, NULL);
  const char *path = options->map_path != NULL ? options->map_path : own;
  char *text;
  gsize length;

  if (options->map_path == NULL && !g_file_test (own, G_FILE_TEST_EXISTS))
    return g_resource_lookup_data (yeji_province_get_resource (), MAP_RESOURCE,
                                   G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  return g_bytes_new_take (text, length);
}

static gboolean
open_all (Import  *self,
          GError **error)
{
  g_autoptr (GBytes) json = read_map (self->data_dir, self->options, error);
  g_autofree char *sum = NULL;

  if (json == NULL)
    return FALSE;
  self->context = yeji_server_context_new (self->data_dir, NULL, error);
  if (self->context == NULL)
    return FALSE;
  self->map = yeji_legacy_map_new (json, self->context->dictionary, self->context->offices, error);
  if (self->map == NULL)
    return FALSE;
  sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, json);
  self->version = g_strjoin (" ", "1", yeji_dictionary_get_version (self->context->dictionary), sum,
                             NULL);
  self->province = yeji_server_schema_open (self->data_dir, error);
  if (self->province != NULL)
    self->reader = yeji_db_open_reader (self->province, error);
  return self->reader != NULL;
}

static void
close_db (YejiDb **db)
{
  if (*db != NULL)
    yeji_db_close (*db);
  g_clear_object (db);
}

static void
close_all (Import *self)
{
  close_db (&self->reader);
  close_db (&self->province);
  g_clear_pointer (&self->map, yeji_legacy_map_free);
  g_clear_pointer (&self->context, yeji_server_context_free);
  g_free (self->version);
}

/* What is wrong with a file in words for who made it. */
static char *
describe (const GError *error)
{
  if (error->domain != YEJI_SHEETS_ERROR)
    return g_strdup (error->message);
  return g_strdup_printf ("%s (%s)", yeji_sheets_error_to_text (error), error->message);
}

static gboolean
report (Import             *self,
        YejiDb             *stage,
        const char         *path,
        const char         *sha256,
        YejiLegacyOutcome   outcome,
        const char         *message,
        GError            **error)
{
  gboolean first = self->first;

  self->first = FALSE;
  if (self->options->json)
    return yeji_legacy_report_json (stage, path, sha256, outcome, message, first, error);
  if (message != NULL)
    g_printerr ("yeji-server: %s: %s\n", path, message);
  return message != NULL || yeji_legacy_report_text (stage, path, outcome, error);
}

static gboolean
get_step (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  return yeji_legacy_stage_get (sql, data, error);
}

/* Goes through what is not done yet. */
static gboolean
run_steps (Import             *self,
           YejiDb             *stage,
           const char         *path,
           const char         *sha256,
           gboolean            begun,
           YejiLegacyOutcome  *outcome,
           GError            **error)
{
  g_autofree char *name = g_path_get_basename (path);
  YejiLegacyStep step = YEJI_LEGACY_READING;
  YejiLegacyCounts counts;

  if (!yeji_db_run (stage, get_step, &step, error))
    return FALSE;
  if (step == YEJI_LEGACY_READING
      && !yeji_legacy_read (stage, self->map, self->context->dictionary, path, error))
    return FALSE;
  if (step != YEJI_LEGACY_JUDGED
      && !yeji_legacy_judge (stage, self->reader, self->context, self->map, error))
    return FALSE;
  if (!yeji_legacy_count (stage, &counts, error))
    return FALSE;
  if (self->options->dry_run)
    *outcome = YEJI_LEGACY_TRIAL;
  else if (counts.refused > 0 && !begun && !self->options->except_refused)
    *outcome = YEJI_LEGACY_REFUSED;
  else
    {
      *outcome = YEJI_LEGACY_IMPORTED;
      return yeji_legacy_publish (stage, self->province, self->context, sha256, name,
                                  YEJI_LEGACY_STEP, NULL, error);
    }
  return TRUE;
}

/* Returns whether the file is in the province, or would be. */
static gboolean
import_file (Import      *self,
             const char  *path,
             GError     **error)
{
  g_autofree char *sha256 = sum_file (path, error);
  YejiLegacyOutcome outcome = YEJI_LEGACY_FAILED;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiDb) stage = NULL;
  gboolean begun, done, good;

  if (sha256 == NULL || !yeji_legacy_is_done (self->reader, sha256, &begun, &done, error))
    return FALSE;
  if (done)
    return report (self, NULL, path, sha256, YEJI_LEGACY_ALREADY, NULL, error);
  stage = yeji_legacy_stage_open (self->data_dir, sha256, self->version, error);
  if (stage == NULL)
    return FALSE;
  good = run_steps (self, stage, path, sha256, begun, &outcome, &local_error)
         && report (self, stage, path, sha256, outcome, NULL, &local_error);
  yeji_db_close (stage);
  /* What failed is gone on with, unless it is the file itself; what was decided is not needed, and
   * has personal numbers in it. But what is half in the province is needed until all of it is
   * there. */
  if (good ? outcome == YEJI_LEGACY_IMPORTED || !begun
           : !begun && local_error->domain == YEJI_SHEETS_ERROR)
    good = yeji_legacy_stage_remove (self->data_dir, sha256, good ? error : NULL) && good;
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return good && outcome != YEJI_LEGACY_REFUSED;
}

static int
run (Import *self,
     GStrv   files)
{
  g_autoptr (GError) error = NULL;
  int status = YEJI_SERVER_EXIT_OK;

  if (!open_all (self, &error))
    {
      g_printerr ("yeji-server: %s\n", error->message);
      return YEJI_SERVER_EXIT_FAILED;
    }
  if (self->options->json)
    g_print ("[");
  for (guint i = 0; files[i] != NULL; i++)
    {
      g_autoptr (GError) local_error = NULL;
      g_autofree char *message = NULL;

      if (import_file (self, files[i], &local_error))
        continue;
      status = YEJI_SERVER_EXIT_FAILED;
      if (local_error == NULL)
        continue;
      message = describe (local_error);
      report (self, NULL, files[i], NULL, YEJI_LEGACY_FAILED, message, NULL);
    }
  if (self->options->json)
    g_print ("]\n");
  return status;
}

/* One at a time: two would take each other's steps. */
static int
run_alone (Import *self,
           GStrv   files)
{
  g_autofree char *folder = g_build_filename (self->data_dir, "imports", NULL);
  g_autofree char *path = g_build_filename (folder, "lock", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiLock) lock = NULL;

  if (g_mkdir_with_parents (folder, 0700) == 0)
    lock = yeji_platform_lock (path, NULL, &error);
  if (lock != NULL)
    return run (self, files);
  g_printerr ("yeji-server: %s\n", _("another import is at work"));
  return YEJI_SERVER_EXIT_FAILED;
}

/**
 * yeji_legacy_command:
 *
 * `import-legacy FILE...`: takes the records of the old system in, each file as a whole or not at
 * all, whether a server runs or not.
 *
 * Returns: the exit status
 */
int
yeji_legacy_command (const char *data_dir,
                     GStrv       arguments)
{
  Options options = { FALSE };
  const GOptionEntry entries[] = {
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &options.dry_run, NULL, NULL },
    { "except-refused", 0, 0, G_OPTION_ARG_NONE, &options.except_refused, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, NULL, NULL },
    { "map", 0, 0, G_OPTION_ARG_FILENAME, &options.map_path, NULL, NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_auto (GStrv) rest = g_strdupv (arguments);
  g_autofree char *map_path = NULL;
  g_autoptr (GError) error = NULL;
  Import import = { .data_dir = data_dir, .options = &options, .first = TRUE };
  gboolean parsed;
  int status;

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  parsed = g_option_context_parse_strv (context, &rest, &error);
  map_path = options.map_path;
  if (!parsed || g_strv_length (rest) < 2)
    {
      g_printerr ("yeji-server: %s\n", error != NULL ? error->message
                                                     : _("a file of the old system is needed"));
      return YEJI_SERVER_EXIT_USAGE;
    }
  status = run_alone (&import, rest + 1);
  close_all (&import);
  return status;
}
