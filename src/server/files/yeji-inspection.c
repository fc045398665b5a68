// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-inspection"

#include "config.h"

#include "yeji-inspection.h"

#include "yeji-case.h"
#include "yeji-clock.h"
#include "yeji-examiner.h"
#include "yeji-json.h"
#include "yeji-worker.h"

#define GOOD "good"
#define UNKNOWN "unknown"
#define PAGE 100
/* Who sends a batch wants it to be there soon, and does not wait for us: we begin when nothing has
 * come for a moment, but do not wait for that for ever. */
#define QUIET_MILLISECONDS 300
#define PATIENCE (10 * G_USEC_PER_SEC)

struct _YejiInspection
{
  YejiServerContext *context;  /* (unowned) */
  YejiDb *db;
  YejiWorker *worker;
  YejiExaminer *examiner;
  GCancellable *cancellable;
  YejiInspectionChanged changed;
  gpointer data;
  guint n_asked;               /* looks that are queued or running */
  guint source;                /* of the next look */
  gint64 since;                /* monotonic: since when something waits; 0: nothing does */
  int gives_way;               /* atomic: a look is to end early, as another one will follow */
};

/* A content under the type that it was announced as. */
typedef struct
{
  char *sha256;
  char *filetype;
  const char *verdict;
} Content;

/* What is not good, in words; the placeholder is the file's name. */
static const struct
{
  const char *verdict;
  const char *text[N_YEJI_LANGUAGES];
} words[] = {
  { "unreadable", { "“%s”已损坏或不完整，无法打开，请重新扫描后上传。",
                    "“%s” is damaged or incomplete and cannot be opened: scan it again." } },
  { "locked", { "“%s”有密码保护，无法打开，请去掉密码后上传。",
                "“%s” wants a password: remove it and send the file again." } },
  { "foreign", { "“%s”的内容与其文件类型不符，请换成 PDF 或 JPG。",
                 "“%s” is not what its type says: send a PDF or a JPEG." } },
  { "too_large", { "“%s”的页数或像素过多，无法打开，请压缩或拆分。",
                   "“%s” has more pages or pixels than can be opened: shrink or split it." } },
  { "failed", { "“%s”无法打开，请重新扫描后上传。",
                "“%s” cannot be opened: scan it again." } },
};

static void
free_content (gpointer data)
{
  Content *content = data;

  g_free (content->sha256);
  g_free (content->filetype);
  g_free (content);
}

static gboolean
read_next (YejiSql   *sql,
           gpointer   data,
           GError   **error)
{
  GPtrArray *list = data;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT DISTINCT sha256, filetype FROM file"
                         " LEFT JOIN content USING (sha256, filetype)"
                         " WHERE complete = 1 AND verdict IS NULL LIMIT ?1",
                         "i", (gint64) PAGE);
  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &local_error))
    {
      Content *content = g_new0 (Content, 1);

      content->sha256 = yeji_rows_dup_text (rows, 0);
      content->filetype = yeji_rows_dup_text (rows, 1);
      g_ptr_array_add (list, content);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* NULL: nothing can be said, now or at all */
static const char *
judge (YejiInspection *self,
       const Content  *content)
{
  g_autofree char *path = yeji_upload_get_content_path (self->context->content_dir,
                                                        content->sha256);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (YejiFindings) findings = NULL;

  if (!g_file_query_exists (file, NULL))
    return UNKNOWN;
  findings = yeji_examiner_look (self->examiner, file, self->cancellable, NULL);
  if (findings == NULL || g_strcmp0 (findings->failure, "missing") == 0)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (findings->failure, words[i].verdict) == 0)
      return words[i].verdict;
  if (findings->failure != NULL)
    return UNKNOWN;
  return g_strcmp0 (findings->media_type, content->filetype) == 0 ? GOOD : "foreign";
}

/* What is to be put right, of the contents that are known not to be good. */
static JsonNode *
list_points (YejiSql     *sql,
             const char  *record,
             GError     **error)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  json_node_take_array (node, array);
  rows = yeji_sql_query (sql, error,
                         "SELECT DISTINCT slot, filename, verdict FROM file"
                         " JOIN content USING (sha256, filetype)"
                         " WHERE record = ?1 AND submitted = 1 AND complete = 1"
                         "  AND verdict NOT IN ('" GOOD "', '" UNKNOWN "')"
                         " ORDER BY slot, filename",
                         "s", record);
  if (rows == NULL)
    return NULL;
  while (yeji_rows_next (rows, &local_error))
    {
      g_autofree char *pointer = g_strconcat ("/documents/", yeji_rows_text (rows, 0), NULL);
      g_autofree char *comment = yeji_inspection_describe (yeji_rows_text (rows, 2),
                                                           yeji_rows_text (rows, 1),
                                                           YEJI_LANGUAGE_ZH);
      JsonObject *point = json_object_new ();

      json_object_set_string_member (point, "pointer", pointer);
      json_object_set_string_member (point, "comment", comment);
      json_array_add_object_element (array, point);
    }
  if (local_error == NULL)
    return g_steal_pointer (&node);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static GPtrArray *
list_records (YejiSql        *sql,
              const Content  *content,
              GError        **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT DISTINCT record FROM file JOIN record ON uuid = record"
                         " WHERE sha256 = ?1 AND filetype = ?2 AND submitted = 1 AND complete = 1"
                         "  AND state = '" YEJI_STATE_SUBMITTED "'",
                         "ss", content->sha256, content->filetype);
  if (rows == NULL)
    return NULL;
  while (yeji_rows_next (rows, &local_error))
    g_ptr_array_add (records, yeji_rows_dup_text (rows, 0));
  if (local_error == NULL)
    return g_steal_pointer (&records);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static gboolean
return_record (YejiInspection  *self,
               YejiSql         *sql,
               const char      *record,
               GError         **error)
{
  g_autoptr (YejiCase) found = yeji_case_load (sql, record, error);
  g_autoptr (JsonNode) points = found != NULL ? list_points (sql, record, error) : NULL;

  return points != NULL
         && yeji_case_return (found, self->context, sql,
                              "有材料无法打开或与文件类型不符，已自动退回，请更换后重新提交。", points,
                              "record.returned.content", error);
}

typedef struct
{
  YejiInspection *inspection;
  const Content *content;
  gboolean changed;
} Verdict;

static gboolean
write_verdict (YejiSql   *sql,
               gpointer   data,
               GError   **error)
{
  Verdict *verdict = data;
  const Content *content = verdict->content;
  g_autofree char *now = yeji_clock_now ();
  g_autoptr (GPtrArray) records = NULL;

  if (!yeji_sql_exec (sql, error,
                      "INSERT OR REPLACE INTO content (sha256, filetype, verdict, at)"
                      " VALUES (?1, ?2, ?3, ?4)",
                      "ssss", content->sha256, content->filetype, content->verdict, now))
    return FALSE;
  if (yeji_inspection_is_good (content->verdict))
    return TRUE;
  records = list_records (sql, content, error);
  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    if (!return_record (verdict->inspection, sql, g_ptr_array_index (records, i), error))
      return FALSE;
  verdict->changed = records->len > 0;
  return TRUE;
}

/* Returns whether records were given back. */
static gboolean
look_at (YejiInspection  *self,
         GPtrArray       *contents,
         GError         **error)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < contents->len && *error == NULL; i++)
    {
      Content *content = g_ptr_array_index (contents, i);
      Verdict verdict = { self, content };

      content->verdict = judge (self, content);
      if (content->verdict == NULL)
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "nobody can look");
      else if (yeji_db_run (self->db, write_verdict, &verdict, error))
        changed = changed || verdict.changed;
      if (g_atomic_int_get (&self->gives_way))
        break;
    }
  return changed;
}

/* Everything that has not been looked at. */
static void
look (GTask        *task,
      gpointer      source,
      gpointer      data,
      GCancellable *cancellable)
{
  YejiInspection *self = data;
  g_autoptr (GError) error = NULL;
  gboolean changed = FALSE;
  guint n = PAGE;

  while (n == PAGE && error == NULL && !g_atomic_int_get (&self->gives_way))
    {
      g_autoptr (GPtrArray) contents = g_ptr_array_new_with_free_func (free_content);

      if (yeji_db_run (self->db, read_next, contents, &error))
        changed = look_at (self, contents, &error) || changed;
      n = contents->len;
    }
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("%s", error->message);
  g_task_return_boolean (task, changed);
}

static void
on_looked (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  YejiInspection *self = data;

  self->n_asked--;
  if (self->n_asked == 0 && self->source == 0)
    self->since = 0;
  if (g_task_propagate_boolean (G_TASK (result), NULL))
    self->changed (self->data);
}

static gboolean
begin_look (gpointer data)
{
  YejiInspection *self = data;
  g_autoptr (GTask) task = NULL;

  self->source = 0;
  g_atomic_int_set (&self->gives_way, FALSE);
  /* The second look begins after the first and sees all that it missed. */
  if (self->n_asked >= 2)
    return G_SOURCE_REMOVE;
  self->n_asked++;
  task = g_task_new (NULL, NULL, on_looked, self);
  g_task_set_task_data (task, self, NULL);
  yeji_worker_push (self->worker, task, look);
  return G_SOURCE_REMOVE;
}

/**
 * yeji_inspection_new:
 * @context: must outlive it
 * @changed: called when records were given back
 *
 * Begins to look at what has not been looked at. Without an examiner on the computer nothing is
 * looked at, and everything stays as it is.
 *
 * Returns: (transfer full): the inspection, to be ended with yeji_inspection_close()
 */
YejiInspection *
yeji_inspection_new (YejiServerContext     *context,
                     YejiDb                *db,
                     YejiInspectionChanged  changed,
                     gpointer               data)
{
  YejiInspection *self = g_new0 (YejiInspection, 1);

  self->context = context;
  self->db = g_object_ref (db);
  self->worker = yeji_worker_new ("yeji-inspect");
  self->examiner = yeji_examiner_new ();
  yeji_examiner_set_limits (self->examiner, yeji_dictionary_get_limits (context->dictionary));
  self->cancellable = g_cancellable_new ();
  self->changed = changed;
  self->data = data;
  yeji_inspection_wake (self);
  return self;
}

/**
 * yeji_inspection_wake:
 *
 * Says that something has come in. It is looked at soon, but not while more comes.
 */
void
yeji_inspection_wake (YejiInspection *self)
{
  gint64 now = g_get_monotonic_time ();

  if (g_cancellable_is_cancelled (self->cancellable) || !yeji_examiner_is_there ())
    return;
  if (self->since == 0)
    self->since = now;
  if (now - self->since < PATIENCE)
    {
      g_clear_handle_id (&self->source, g_source_remove);
      g_atomic_int_set (&self->gives_way, TRUE);
    }
  if (self->source == 0)
    self->source = g_timeout_add (QUIET_MILLISECONDS, begin_look, self);
}

/**
 * yeji_inspection_put_off:
 *
 * Says that more is on its way. Where something is to be looked at, it waits as for what has come.
 */
void
yeji_inspection_put_off (YejiInspection *self)
{
  if (self->since != 0)
    yeji_inspection_wake (self);
}

/**
 * yeji_inspection_close:
 * @self: (transfer full)
 *
 * Ends it; what was not looked at is looked at after the next start. Blocks.
 */
void
yeji_inspection_close (YejiInspection *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->source, g_source_remove);
  yeji_worker_close (self->worker);
  while (self->n_asked > 0)
    g_main_context_iteration (NULL, TRUE);
  yeji_examiner_close (self->examiner);
  g_clear_object (&self->examiner);
  g_clear_object (&self->worker);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->db);
  g_free (self);
}

/**
 * yeji_inspection_is_good:
 * @verdict: (nullable): %NULL while nobody has looked
 *
 * Returns: whether nothing is known against a content
 */
gboolean
yeji_inspection_is_good (const char *verdict)
{
  return verdict == NULL || g_str_equal (verdict, GOOD) || g_str_equal (verdict, UNKNOWN);
}

/**
 * yeji_inspection_describe:
 * @verdict: of a content that is not good
 *
 * Returns: (transfer full): what is wrong and what to do
 */
char *
yeji_inspection_describe (const char   *verdict,
                          const char   *filename,
                          YejiLanguage  language)
{
  guint i = 0;

  while (i + 1 < G_N_ELEMENTS (words) && !g_str_equal (words[i].verdict, verdict))
    i++;
  return g_strdup_printf (words[i].text[language], filename);
}
