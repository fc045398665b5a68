// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-compare"

#include "config.h"

#include "yeji-compare-load.h"

#include "yeji-background.h"
#include "yeji-conflicts.h"
#include "yeji-submission.h"

typedef struct
{
  YejiStore *store;
  YejiCompareKind kind;
  char *uuid;
  char *other;                 /* (nullable) */
  YejiRecord *mine;            /* (nullable): as it is on screen */
} Question;

static void
free_question (gpointer data)
{
  Question *question = data;

  g_object_unref (question->store);
  g_free (question->uuid);
  g_free (question->other);
  g_clear_object (&question->mine);
  g_free (question);
}

static char *
dup_title (YejiRecord *record)
{
  return g_strdup (yeji_row_get_title (yeji_record_get_project (record)));
}

static gboolean
load_conflicts (Question         *question,
                YejiCompareLoad  *load,
                GError          **error)
{
  GPtrArray *conflicts = yeji_store_get_conflicts (question->store, question->uuid, error);

  if (conflicts == NULL)
    return FALSE;
  load->comparison = yeji_comparison_new_of (yeji_store_get_dictionary (question->store),
                                             conflicts);
  return TRUE;
}

static gboolean
load_submitted (Question         *question,
                YejiCompareLoad  *load,
                GError          **error)
{
  g_autoptr (YejiSubmission) submission = NULL;

  submission = yeji_store_get_submission (question->store, question->uuid, error);
  if (submission == NULL)
    return FALSE;
  if (submission->record == NULL)
    {
      g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE, "%s: never submitted",
                   question->uuid);
      return FALSE;
    }
  load->at = g_strdup (submission->at);
  load->names[0] = dup_title (question->mine);
  load->names[1] = dup_title (submission->record);
  load->comparison = yeji_comparison_new (NULL, question->mine, submission->record, TRUE);
  return TRUE;
}

static gboolean
load_records (Question         *question,
              YejiCompareLoad  *load,
              GError          **error)
{
  g_autoptr (YejiRecord) theirs = yeji_store_load (question->store, question->other, error);

  if (theirs == NULL)
    return FALSE;
  load->names[0] = dup_title (question->mine);
  load->names[1] = dup_title (theirs);
  load->comparison = yeji_comparison_new (NULL, question->mine, theirs, TRUE);
  return TRUE;
}

static gpointer
run_load (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  static gboolean (*const loads[]) (Question         *question,
                                    YejiCompareLoad  *load,
                                    GError          **error) = {
    [YEJI_COMPARE_CONFLICTS] = load_conflicts,
    [YEJI_COMPARE_SUBMITTED] = load_submitted,
    [YEJI_COMPARE_RECORDS] = load_records,
  };
  Question *question = data;
  g_autoptr (YejiCompareLoad) load = g_new0 (YejiCompareLoad, 1);

  if (question->mine == NULL)
    question->mine = yeji_store_load (question->store, question->uuid, error);
  if (question->mine == NULL || !loads[question->kind] (question, load, error))
    return NULL;
  return g_steal_pointer (&load);
}

/**
 * yeji_compare_load_async:
 * @uuid: a record
 * @other: (nullable): the other one of two
 * @mine: (nullable): the first one as it is on screen; %NULL as it is stored
 * @source: (type GObject): whose call it is
 *
 * Reads and compares on a thread of its own.
 */
void
yeji_compare_load_async (YejiStore           *store,
                         YejiCompareKind      kind,
                         const char          *uuid,
                         const char          *other,
                         YejiRecord          *mine,
                         gpointer             source,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  Question *question = g_new0 (Question, 1);

  question->store = g_object_ref (store);
  question->kind = kind;
  question->uuid = g_strdup (uuid);
  question->other = g_strdup (other);
  question->mine = mine != NULL ? yeji_record_copy (mine) : NULL;
  yeji_background_run (source, run_load, question, free_question,
                       (GDestroyNotify) yeji_compare_load_free, callback, user_data);
}

/**
 * yeji_compare_load_finish:
 *
 * Returns: (transfer full) (nullable): the comparison; %NULL with %YEJI_STORE_ERROR_STATE where a
 *   record was never submitted
 */
YejiCompareLoad *
yeji_compare_load_finish (GAsyncResult  *result,
                          GError       **error)
{
  return yeji_background_finish (result, error);
}

void
yeji_compare_load_free (YejiCompareLoad *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->comparison, yeji_comparison_free);
  g_free (self->names[0]);
  g_free (self->names[1]);
  g_free (self->at);
  g_free (self);
}
