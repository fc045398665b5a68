// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* A list comes as a whole or not at all, and nobody waits long for it. What it changes is found out
 * while nothing is locked. Many new projects are written in steps, with the id of a line of `staging`
 * that keeps them unseen; one short transaction then takes that line away, changes what was there,
 * and puts the filter in its place. Who was killed before that goes on with the same system's next
 * list: what is there and right is not written again, what is not in the list goes. */

#define G_LOG_DOMAIN "yeji-declared"

#include "config.h"

#include "yeji-declared-apply.h"

#include "yeji-declared-book.h"
#include "yeji-declared-stage.h"
#include "yeji-listing.h"
#include "yeji-publication.h"
#include "yeji-staging.h"

#define KIND "declared"
/* Rows that are in memory at a time. */
#define PAGE 5000
/* Microseconds of a step, and between two: the pause is longer than SQLite waits between two looks
 * whether it may write, so that who waited for a step comes before the next one. */
#define STEP 400000
#define PAUSE 120000

#define SEEN YEJI_STAGING_SEEN ("declared")

/* What one piece of work is about. */
typedef struct
{
  const YejiDeclaredApply *apply;
  YejiDeclaredReport *report;
  GPtrArray *list;             /* (nullable) (element-type YejiDeclaredStaged) */
  GPtrArray *keys;             /* (nullable) (element-type utf8) */
  guint next;                  /* of the list */
  int fate;
  gint64 after;
  gint64 batch;                /* 0: none */
  gboolean begun;              /* by somebody who was killed */
  gint64 n;
  GArray *hashes;              /* (nullable) (element-type guint64) */
  GBytes *filter;              /* (nullable) */
  YejiDbFunc finish;
  gpointer data;
} Work;

static void
work_clear (Work *work)
{
  g_clear_pointer (&work->list, g_ptr_array_unref);
  g_clear_pointer (&work->keys, g_ptr_array_unref);
  g_clear_pointer (&work->hashes, g_array_unref);
  g_clear_pointer (&work->filter, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

static gboolean
end (GError  *local_error,
     GError **error)
{
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, local_error);
  return FALSE;
}

/* ---- What the list changes */

static gboolean
run_page (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Work *work = data;

  g_clear_pointer (&work->list, g_ptr_array_unref);
  work->list = yeji_declared_stage_list (sql, work->apply->system->id, work->fate, work->after, PAGE,
                                         error);
  return work->list != NULL;
}

/* The next rows of the stage; an empty list behind the last ones. */
static gboolean
read_page (Work    *work,
           GError **error)
{
  if (!yeji_db_run (work->apply->stage, run_page, work, error))
    return FALSE;
  if (work->list->len > 0)
    work->after = ((YejiDeclaredStaged *) work->list->pdata[work->list->len - 1])->n;
  work->next = 0;
  return TRUE;
}

/* Compares a row with what stands under its key: @batch 0: and is seen, else: came with it.
 * -1 failed, 0 nothing stands there, 1 something else, 2 the same */
static int
compare (YejiSql                   *sql,
         const YejiDeclaredStaged  *staged,
         gint64                     batch,
         GError                   **error)
{
  const YejiDeclaredProject *project = &staged->project;
  const char *wanted[] = {
    project->number, staged->numbers, project->name, project->area, project->enterprise,
    project->state, project->at,
  };
  g_autoptr (YejiRows) rows = NULL;
  GError *local_error = NULL;
  int same = 2;

  rows = yeji_sql_query (sql, error,
                         "SELECT number, numbers, name, area, enterprise, state, at FROM declared"
                         " WHERE system = ?1 AND key = ?2 AND iif (?3 = 0, " SEEN ", batch IS ?3)",
                         "ssi", project->system, staged->key, batch);
  if (rows == NULL)
    return -1;
  if (!yeji_rows_next (rows, &local_error))
    return end (local_error, error) ? 0 : -1;
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    if (!g_str_equal (yeji_rows_text (rows, (int) i), wanted[i]))
      same = 1;
  return same;
}

static gboolean
run_compare (YejiSql   *sql,
             gpointer   data,
             GError   **error)
{
  Work *work = data;
  YejiDeclaredReport *report = work->report;

  for (guint i = 0; i < work->list->len; i++)
    {
      YejiDeclaredStaged *staged = g_ptr_array_index (work->list, i);
      gboolean gone = g_str_equal (staged->project.state, YEJI_DECLARED_REMOVED);
      int there = compare (sql, staged, 0, error);

      if (there < 0)
        return FALSE;
      if (there == 2 || (there == 0 && gone))
        staged->fate = YEJI_DECLARED_SAME;
      else if (gone)
        staged->fate = YEJI_DECLARED_GONE;
      else
        staged->fate = there == 0 ? YEJI_DECLARED_NEW : YEJI_DECLARED_CHANGED;
      report->same += staged->fate == YEJI_DECLARED_SAME;
      report->removed += staged->fate == YEJI_DECLARED_GONE;
      report->added += staged->fate == YEJI_DECLARED_NEW;
      report->changed += staged->fate == YEJI_DECLARED_CHANGED;
    }
  return TRUE;
}

static gboolean
run_mark (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  return yeji_declared_stage_mark (sql, ((Work *) data)->list, error);
}

static gboolean
run_count (YejiSql   *sql,
           gpointer   data,
           GError   **error)
{
  Work *work = data;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT count (*) FROM declared WHERE system = ?1"
                                              " AND " SEEN, "s", work->apply->system->id);

  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  work->n = yeji_rows_int (rows, 0);
  return TRUE;
}

/* Keys of the system behind those that are known: @batch as in compare(). */
static gboolean
run_keys (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Work *work = data;
  g_autofree char *last = NULL;
  g_autoptr (YejiRows) rows = NULL;
  GError *local_error = NULL;

  if (work->keys != NULL && work->keys->len > 0)
    last = g_strdup (g_ptr_array_index (work->keys, work->keys->len - 1));
  g_clear_pointer (&work->keys, g_ptr_array_unref);
  work->keys = g_ptr_array_new_with_free_func (g_free);
  rows = yeji_sql_query (sql, error,
                         "SELECT key FROM declared WHERE system = ?1 AND key > ?2"
                         " AND iif (?3 = 0, " SEEN ", batch IS ?3) ORDER BY key LIMIT "
                         G_STRINGIFY (PAGE), "ssi", work->apply->system->id,
                         last != NULL ? last : "", work->batch);
  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &local_error))
    g_ptr_array_add (work->keys, yeji_rows_dup_text (rows, 0));
  return end (local_error, error);
}

static gboolean
run_lack (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Work *work = data;

  for (guint i = 0; i < work->keys->len; i++)
    {
      const char *key = g_ptr_array_index (work->keys, i);
      gboolean has;

      if (!yeji_declared_stage_has (sql, key, -1, &has, error))
        return FALSE;
      if (has)
        continue;
      if (!yeji_declared_stage_lack (sql, key, error))
        return FALSE;
      work->report->removed++;
    }
  return TRUE;
}

static gboolean
find_lacking (const YejiDeclaredApply  *self,
              YejiDeclaredReport       *report,
              GError                  **error)
{
  g_auto (Work) work = { self, report };

  do
    if (!yeji_db_run (self->reader, run_keys, &work, error)
        || !yeji_db_run (self->stage, run_lack, &work, error))
      return FALSE;
  while (work.keys->len == PAGE);
  return TRUE;
}

/**
 * yeji_declared_apply_compare:
 *
 * Finds out what the list in the stage changes, and tells it in @report. Nothing is locked.
 */
gboolean
yeji_declared_apply_compare (const YejiDeclaredApply  *self,
                             YejiDeclaredReport       *report,
                             GError                  **error)
{
  g_auto (Work) work = { self, report, .fate = -1 };

  if (!yeji_db_run (self->reader, run_count, &work, error))
    return FALSE;
  report->before = work.n;
  do
    if (!read_page (&work, error)
        || !yeji_db_run (self->reader, run_compare, &work, error)
        || !yeji_db_run (self->stage, run_mark, &work, error))
      return FALSE;
  while (work.list->len > 0);
  if (self->replace && !find_lacking (self, report, error))
    return FALSE;
  report->after = report->before + report->added - report->removed;
  return TRUE;
}

/* ---- One project */

static gboolean
remove_project (YejiSql     *sql,
                const char  *system,
                const char  *key,
                GError     **error)
{
  YejiDeclaredProject gone = { system, NULL, "", "", "", YEJI_DECLARED_REMOVED, "" };
  g_autofree char *number = NULL;
  g_autofree char *numbers = NULL;
  g_auto (GStrv) all = NULL;
  GError *local_error = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT number, numbers FROM declared"
                                              " WHERE system = ?1 AND key = ?2", "ss", system, key);

  if (rows == NULL)
    return FALSE;
  if (!yeji_rows_next (rows, &local_error))
    return end (local_error, error);
  number = yeji_rows_dup_text (rows, 0);
  numbers = yeji_rows_dup_text (rows, 1);
  g_clear_pointer (&rows, yeji_rows_free);
  all = g_strsplit (numbers, YEJI_DECLARED_SEPARATOR, -1);
  for (guint i = 0; all[i] != NULL; i++)
    {
      g_autofree char *other = yeji_number_fold (all[i]);

      if (other != NULL
          && !yeji_sql_exec (sql, error, "DELETE FROM declared_number WHERE key = ?1"
                             " AND system = ?2 AND project = ?3", "sss", other, system, key))
        return FALSE;
    }
  gone.number = number;
  return yeji_sql_exec (sql, error, "DELETE FROM declared WHERE system = ?1 AND key = ?2", "ss",
                        system, key)
         && yeji_publication_write_declared (sql, &gone, 0, error);
}

static gboolean
write_project (YejiSql                   *sql,
               const YejiDeclaredStaged  *staged,
               gint64                     batch,
               GError                   **error)
{
  const YejiDeclaredProject *project = &staged->project;
  g_auto (GStrv) all = g_strsplit (staged->numbers, YEJI_DECLARED_SEPARATOR, -1);

  if (!yeji_sql_exec (sql, error,
                      "INSERT INTO declared (system, key, number, numbers, name, area,"
                      "  enterprise, state, at, batch)"
                      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, nullif (?10, 0))",
                      "sssssssssi", project->system, staged->key, project->number, staged->numbers,
                      project->name, project->area, project->enterprise, project->state,
                      project->at, batch))
    return FALSE;
  for (guint i = 0; all[i] != NULL; i++)
    {
      g_autofree char *key = yeji_number_fold (all[i]);

      if (key != NULL
          && !yeji_sql_exec (sql, error,
                             "INSERT OR IGNORE INTO declared_number (key, system, project)"
                             " VALUES (?1, ?2, ?3)", "sss", key, project->system, staged->key))
        return FALSE;
    }
  return yeji_publication_write_declared (sql, project, batch, error);
}

/* ---- Unseen, in steps */

static gboolean
run_begin (YejiSql   *sql,
           gpointer   data,
           GError   **error)
{
  Work *work = data;

  return yeji_staging_begin (sql, KIND, work->apply->system->id, &work->batch, error);
}

static gboolean
run_find_begun (YejiSql   *sql,
                gpointer   data,
                GError   **error)
{
  Work *work = data;
  gint64 batch;

  if (!yeji_staging_find (sql, KIND, work->apply->system->id, &batch, error))
    return FALSE;
  work->begun = batch != 0;
  return TRUE;
}

static gboolean
run_step (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Work *work = data;
  gint64 deadline = g_get_monotonic_time () + STEP;

  for (; work->next < work->list->len && g_get_monotonic_time () < deadline; work->next++)
    {
      const YejiDeclaredStaged *staged = g_ptr_array_index (work->list, work->next);
      int there = work->begun ? compare (sql, staged, work->batch, error) : 0;

      if (there < 0)
        return FALSE;
      if (there == 2)
        continue;
      if ((there == 1 && !remove_project (sql, staged->project.system, staged->key, error))
          || !write_project (sql, staged, work->batch, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
stage_new (Work    *work,
           GError **error)
{
  work->fate = YEJI_DECLARED_NEW;
  work->after = 0;
  while (read_page (work, error))
    {
      if (work->list->len == 0)
        return TRUE;
      while (work->next < work->list->len)
        {
          if (!yeji_db_run (work->apply->province, run_step, work, error))
            return FALSE;
          g_usleep (PAUSE);
        }
    }
  return FALSE;
}

static gboolean
run_keep_strange (YejiSql   *sql,
                  gpointer   data,
                  GError   **error)
{
  Work *work = data;

  for (guint i = work->keys->len; i > 0; i--)
    {
      gboolean has;

      if (!yeji_declared_stage_has (sql, g_ptr_array_index (work->keys, i - 1), YEJI_DECLARED_NEW,
                                    &has, error))
        return FALSE;
      if (has)
        g_ptr_array_remove_index (work->keys, i - 1);
    }
  return TRUE;
}

static gboolean
run_remove (YejiSql   *sql,
            gpointer   data,
            GError   **error)
{
  Work *work = data;

  for (guint i = 0; i < work->keys->len; i++)
    if (!remove_project (sql, work->apply->system->id, g_ptr_array_index (work->keys, i), error))
      return FALSE;
  return TRUE;
}

/* What somebody who was killed had begun to take out of another list. */
static gboolean
remove_strange (const Work  *begun,
                GError     **error)
{
  g_auto (Work) work = { begun->apply, .batch = begun->batch };
  g_autofree char *last = NULL;
  gboolean more = TRUE;

  while (more)
    {
      if (!yeji_db_run (work.apply->reader, run_keys, &work, error))
        return FALSE;
      more = work.keys->len == PAGE;
      g_free (last);
      last = more ? g_strdup (g_ptr_array_index (work.keys, PAGE - 1)) : NULL;
      if (!yeji_db_run (work.apply->stage, run_keep_strange, &work, error)
          || (work.keys->len > 0
              && !yeji_db_run (work.apply->province, run_remove, &work, error)))
        return FALSE;
      if (work.keys->len > 0)
        g_usleep (PAUSE);
      g_ptr_array_set_size (work.keys, 0);
      if (last != NULL)
        g_ptr_array_add (work.keys, g_strdup (last));
    }
  return TRUE;
}

/* ---- The filter */

static gboolean
run_hash_known (YejiSql   *sql,
                gpointer   data,
                GError   **error)
{
  Work *work = data;

  return yeji_declared_book_add_hashes (sql, work->hashes, error);
}

static void
hash_staged (Work *work)
{
  for (guint i = 0; i < work->list->len; i++)
    {
      const YejiDeclaredStaged *staged = g_ptr_array_index (work->list, i);
      g_auto (GStrv) all = g_strsplit (staged->numbers, YEJI_DECLARED_SEPARATOR, -1);

      for (guint j = 0; all[j] != NULL; j++)
        {
          g_autofree char *key = yeji_number_fold (all[j]);
          guint64 hash = key != NULL ? yeji_number_hash (key) : 0;

          if (key != NULL)
            g_array_append_val (work->hashes, hash);
        }
    }
}

/* All that there is and all that comes, before it is locked for a moment: it may hold a number too
 * many, but never lacks one. */
static gboolean
make_filter (Work      *work,
             gboolean   staged,
             GError   **error)
{
  static const int fates[] = { YEJI_DECLARED_NEW, YEJI_DECLARED_CHANGED };

  g_clear_pointer (&work->hashes, g_array_unref);
  work->hashes = g_array_new (FALSE, FALSE, sizeof (guint64));
  if (!yeji_db_run (work->apply->reader, run_hash_known, work, error))
    return FALSE;
  for (guint i = 0; staged && i < G_N_ELEMENTS (fates); i++)
    {
      work->fate = fates[i];
      work->after = 0;
      do
        {
          if (!read_page (work, error))
            return FALSE;
          hash_staged (work);
        }
      while (work->list->len > 0);
    }
  g_clear_pointer (&work->filter, g_bytes_unref);
  work->filter = yeji_declared_book_pack (work->hashes, &work->n);
  return TRUE;
}

static gboolean
run_write_filter (YejiSql   *sql,
                  gpointer   data,
                  GError   **error)
{
  return yeji_declared_book_write_filter (sql, ((Work *) data)->filter, error);
}

/* ---- The moment */

/* Those of one fate; on the province's thread, so that all of it is one transaction. */
static gboolean
apply_fate (Work              *work,
            YejiSql           *sql,
            YejiDeclaredFate   fate,
            GError           **error)
{
  work->fate = (int) fate;
  work->after = 0;
  do
    {
      if (!read_page (work, error))
        return FALSE;
      for (guint i = 0; i < work->list->len; i++)
        {
          const YejiDeclaredStaged *staged = g_ptr_array_index (work->list, i);

          if ((fate != YEJI_DECLARED_NEW
               && !remove_project (sql, staged->project.system, staged->key, error))
              || ((fate == YEJI_DECLARED_NEW || fate == YEJI_DECLARED_CHANGED)
                  && !write_project (sql, staged, 0, error)))
            return FALSE;
        }
    }
  while (work->list->len > 0);
  return TRUE;
}

static gboolean
run_switch (YejiSql   *sql,
            gpointer   data,
            GError   **error)
{
  Work *work = data;

  return (work->batch != 0 ? yeji_staging_show (sql, work->batch, error)
                           : apply_fate (work, sql, YEJI_DECLARED_NEW, error))
         && apply_fate (work, sql, YEJI_DECLARED_CHANGED, error)
         && apply_fate (work, sql, YEJI_DECLARED_GONE, error)
         && apply_fate (work, sql, YEJI_DECLARED_LACKING, error)
         && yeji_declared_book_write_filter (sql, work->filter, error)
         && work->finish (sql, work->data, error);
}

/**
 * yeji_declared_apply_run:
 * @report: of yeji_declared_apply_compare()
 * @finish: runs in the transaction with which everything is there
 *
 * Takes over the list: what is new or different, and what goes. The public search follows, and the
 * filter is made anew. Where it fails, or is killed, nobody sees anything of it.
 */
gboolean
yeji_declared_apply_run (const YejiDeclaredApply  *self,
                         YejiDeclaredReport       *report,
                         YejiDbFunc                finish,
                         gpointer                  data,
                         GError                  **error)
{
  g_auto (Work) work = { self, report, .finish = finish, .data = data };

  if (!yeji_db_run (self->reader, run_find_begun, &work, error))
    return FALSE;
  if ((report->added > self->at_once || work.begun)
      && (!yeji_db_run (self->province, run_begin, &work, error) || !stage_new (&work, error)
          || (work.begun && !remove_strange (&work, error))))
    return FALSE;
  if (work.batch == 0 && report->added + report->changed + report->removed == 0)
    return TRUE;
  if (!make_filter (&work, TRUE, error)
      || !yeji_db_run (self->province, run_switch, &work, error))
    return FALSE;
  report->n_numbers = work.n;
  if (report->changed + report->removed == 0)
    return TRUE;
  if (!make_filter (&work, FALSE, error)
      || !yeji_db_run (self->province, run_write_filter, &work, error))
    return FALSE;
  report->n_numbers = work.n;
  return TRUE;
}
