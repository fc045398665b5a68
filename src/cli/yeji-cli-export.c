// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-options.h"
#include "yeji-cli-output.h"
#include "yeji-cli-progress.h"
#include "yeji-cli.h"
#include "yeji-entry.h"
#include "yeji-record-file.h"
#include "yeji-record-sheets.h"
#include "yeji-record-target.h"
#include "yeji-template.h"

#include <glib/gi18n-lib.h>

/* What is to be written. */
typedef struct
{
  gboolean to_json;
  const char *path;
  char **uuids;
  guint n_uuids;
  YejiSheetWriterKind kind;
  const YejiTableDef *table;   /* (nullable) */
  YejiLanguage language;
} Wish;

static YejiExit
complain (const char   *path,
          const GError *error)
{
  g_autofree char *what = g_strdup_printf (_("Nothing was written to %s"), path);

  if (g_error_matches (error, YEJI_EXCHANGE_ERROR, YEJI_EXCHANGE_ERROR_TOO_LARGE))
    yeji_cli_complain ("%s", _("A sheet cannot hold that, and nothing is cut; export such records "
                               "with --json"));
  return yeji_cli_fail (what, error);
}

static gboolean
find_language (YejiCliSession *session,
               YejiLanguage   *language)
{
  const char *wanted = yeji_cli_get (session, "--language");

  *language = wanted != NULL ? yeji_language_parse (wanted) : yeji_language_get_current ();
  if (wanted == NULL || g_str_equal (wanted, "zh") || g_str_equal (wanted, "en"))
    return TRUE;
  yeji_cli_complain (_("There is no language “%s”; zh and en are there"), wanted);
  return FALSE;
}

static const YejiTableDef *
find_table (YejiDictionary *dictionary,
            const char     *name)
{
  const YejiTableDef *table = yeji_dictionary_find_member (dictionary, name);

  if (table == NULL)
    table = yeji_dictionary_find_table (dictionary, name);
  if (table == NULL)
    yeji_cli_complain (_("There is no table “%s”"), name);
  return table;
}

static gboolean
find_kind (Wish       *wish,
           const char *xlsx,
           const char *csv)
{
  YejiSheetWriterKind kind;
  gboolean known = yeji_record_sheets_find_kind (wish->path, &kind);

  wish->kind = xlsx != NULL ? YEJI_SHEET_WRITER_XLSX : YEJI_SHEET_WRITER_CSV;
  if (csv != NULL && known && kind == YEJI_SHEET_WRITER_ZIP)
    wish->kind = kind;
  if (!known || kind == wish->kind)
    return TRUE;
  yeji_cli_complain (_("%s: the name says something else than the option"), wish->path);
  return FALSE;
}

/* The option --json, which every command has, with a file behind it. */
static gboolean
find_wish (YejiCliSession  *session,
           guint            n_args,
           char           **args,
           Wish            *wish)
{
  const char *xlsx = yeji_cli_get (session, "--xlsx");
  const char *csv = yeji_cli_get (session, "--csv");
  const char *table = yeji_cli_get (session, "--table");
  gboolean to_json = xlsx == NULL && csv == NULL;
  guint skipped = to_json ? 1 : 0;

  if ((to_json && (!yeji_cli_session_wants_json (session) || n_args == 0 || table != NULL))
      || (n_args == skipped) != yeji_cli_has (session, "--all"))
    {
      yeji_cli_complain_usage (session);
      return FALSE;
    }
  wish->to_json = to_json;
  wish->path = to_json ? args[0] : xlsx != NULL ? xlsx : csv;
  wish->uuids = args + skipped;
  wish->n_uuids = n_args - skipped;
  if (table != NULL)
    wish->table = find_table (yeji_cli_session_get_dictionary (session), table);
  return (table == NULL || wish->table != NULL) && find_language (session, &wish->language)
         && (to_json || find_kind (wish, xlsx, csv));
}

static YejiRecordTarget *
open_file (YejiDictionary  *dictionary,
           const Wish      *wish,
           GError         **error)
{
  g_autoptr (GFile) file = NULL;

  if (!wish->to_json)
    return yeji_record_target_new_sheets (dictionary, wish->path, wish->kind, wish->table,
                                          wish->language, error);
  file = g_file_new_for_path (wish->path);
  return yeji_record_target_new_json (file, error);
}

/* Each record once, in the order in which they were named. */
static GPtrArray *
list_uuids (YejiStore   *store,
            const Wish  *wish,
            GError     **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) uuids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) entries = NULL;

  for (guint i = 0; i < wish->n_uuids; i++)
    if (g_hash_table_add (seen, wish->uuids[i]))
      g_ptr_array_add (uuids, g_strdup (wish->uuids[i]));
  if (wish->n_uuids > 0)
    return g_steal_pointer (&uuids);
  entries = yeji_store_list (store, error);
  if (entries == NULL)
    return NULL;
  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (uuids, g_strdup (yeji_entry_get_uuid (g_ptr_array_index (entries, i))));
  return g_steal_pointer (&uuids);
}

/* --- records are read while others are written --- */

#define MOST_READ 16

typedef struct
{
  YejiStore *store;
  GPtrArray *uuids;
  GMutex mutex;
  GCond changed;
  GQueue records;              /* read, and not written yet */
  GError *error;               /* (nullable): after the records before it */
  gboolean ended;              /* all are read, or nobody wants more */
} Reader;

static gpointer
read_records (gpointer data)
{
  Reader *self = data;
  gboolean ended = FALSE;

  for (guint i = 0; i < self->uuids->len && !ended; i++)
    {
      g_autoptr (GError) error = NULL;
      YejiRecord *record = yeji_store_load (self->store, g_ptr_array_index (self->uuids, i),
                                            &error);

      if (record == NULL)
        g_prefix_error (&error, "%s: ", (const char *) g_ptr_array_index (self->uuids, i));
      g_mutex_lock (&self->mutex);
      while (self->records.length >= MOST_READ && !self->ended)
        g_cond_wait (&self->changed, &self->mutex);
      if (record != NULL)
        g_queue_push_tail (&self->records, record);
      else
        self->error = g_steal_pointer (&error);
      ended = self->ended || record == NULL;
      g_cond_signal (&self->changed);
      g_mutex_unlock (&self->mutex);
    }
  return NULL;
}

/* The next record; %NULL when it could not be read. */
static YejiRecord *
take_record (Reader  *self,
             GError **error)
{
  YejiRecord *record;

  g_mutex_lock (&self->mutex);
  while (self->records.length == 0 && self->error == NULL)
    g_cond_wait (&self->changed, &self->mutex);
  record = g_queue_pop_head (&self->records);
  if (record == NULL)
    g_propagate_error (error, g_steal_pointer (&self->error));
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
  return record;
}

static gboolean
write_records (YejiCliSession    *session,
               YejiRecordTarget  *target,
               Reader            *reader,
               GError           **error)
{
  g_autoptr (YejiCliProgress) progress = yeji_cli_progress_new (session, _("Exporting"));
  GCancellable *cancellable = yeji_cli_progress_get_cancellable (progress);

  for (guint i = 0; i < reader->uuids->len; i++)
    {
      g_autoptr (YejiRecord) record = take_record (reader, error);

      if (record == NULL || g_cancellable_set_error_if_cancelled (cancellable, error)
          || !yeji_record_target_add (target, record, error))
        return FALSE;
      yeji_cli_progress_step (progress, i + 1, reader->uuids->len);
    }
  return TRUE;
}

static gboolean
add_records (YejiCliSession    *session,
             YejiRecordTarget  *target,
             GPtrArray         *uuids,
             GError           **error)
{
  Reader reader = { yeji_cli_session_get_store (session), uuids };
  GThread *thread;
  gboolean added;

  g_mutex_init (&reader.mutex);
  g_cond_init (&reader.changed);
  g_queue_init (&reader.records);
  thread = g_thread_new ("export", read_records, &reader);
  added = write_records (session, target, &reader, error);
  g_mutex_lock (&reader.mutex);
  reader.ended = TRUE;
  g_cond_signal (&reader.changed);
  g_mutex_unlock (&reader.mutex);
  g_thread_join (thread);
  g_queue_clear_full (&reader.records, g_object_unref);
  g_clear_error (&reader.error);
  g_mutex_clear (&reader.mutex);
  g_cond_clear (&reader.changed);
  return added;
}

static void
print_written (YejiCliSession *session,
               const char     *path,
               guint           n_records)
{
  JsonObject *object;

  if (!yeji_cli_session_wants_json (session))
    {
      yeji_cli_print (ngettext ("%s: %u record\n", "%s: %u records\n", n_records), path,
                      n_records);
      return;
    }
  object = json_object_new ();
  json_object_set_string_member (object, "path", path);
  json_object_set_int_member (object, "records", n_records);
  yeji_cli_print_object (object);
}

/* export */
YejiExit
yeji_cli_export (YejiCliSession  *session,
                 guint            n_args,
                 char           **args)
{
  Wish wish = { 0 };
  YejiStore *store;
  g_autoptr (GPtrArray) uuids = NULL;
  g_autoptr (GError) error = NULL;
  YejiRecordTarget *target;

  if (!find_wish (session, n_args, args, &wish))
    return YEJI_EXIT_USAGE;
  store = yeji_cli_session_get_store (session);
  if (store == NULL)
    return YEJI_EXIT_FAILED;
  uuids = list_uuids (store, &wish, &error);
  if (uuids == NULL)
    return complain (wish.path, error);
  target = open_file (yeji_cli_session_get_dictionary (session), &wish, &error);
  if (target == NULL)
    return complain (wish.path, error);
  if (!add_records (session, target, uuids, &error))
    {
      yeji_record_target_close (target, FALSE, NULL);
      return complain (wish.path, error);
    }
  if (!yeji_record_target_close (target, TRUE, &error))
    return complain (wish.path, error);
  if (!wish.to_json && wish.kind == YEJI_SHEET_WRITER_CSV && wish.table == NULL)
    yeji_cli_complain ("%s", _("A CSV file holds one table, here that of the projects: with "
                               "--table another one, in a .zip all of them"));
  print_written (session, wish.path, uuids->len);
  return YEJI_EXIT_OK;
}

/* template */
YejiExit
yeji_cli_template (YejiCliSession  *session,
                   guint            n_args,
                   char           **args)
{
  YejiDictionary *dictionary = yeji_cli_session_get_dictionary (session);
  const char *id = yeji_cli_get (session, "--role");
  const YejiRole *role = id != NULL ? yeji_dictionary_find_role (dictionary, id) : NULL;
  g_autoptr (GError) error = NULL;
  YejiLanguage language;

  if (id != NULL && role == NULL)
    {
      yeji_cli_complain (_("There is no role “%s”"), id);
      return YEJI_EXIT_USAGE;
    }
  if (!find_language (session, &language))
    return YEJI_EXIT_USAGE;
  if (!yeji_template_write (dictionary, role, language, args[0], &error))
    return complain (args[0], error);
  if (yeji_cli_session_wants_json (session))
    {
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "path", args[0]);
      yeji_cli_print_object (object);
    }
  return YEJI_EXIT_OK;
}
