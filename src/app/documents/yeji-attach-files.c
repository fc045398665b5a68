// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-attach-files"

#include "config.h"

#include "yeji-attach-files.h"

#include <glib/gi18n.h>

#include "yeji-background.h"
#include "yeji-examiner.h"
#include "yeji-messages.h"

/* Files that somebody chose for one slot of one record: nothing is to be guessed, so there is no
 * preview; they are examined all the same. */

typedef struct
{
  YejiStore *store;
  GPtrArray *incoming;         /* (element-type YejiIncoming) */
  char *batch;                 /* (nullable): of what is undone */
} Job;

static void
free_job (gpointer data)
{
  Job *job = data;

  g_clear_object (&job->store);
  g_clear_pointer (&job->incoming, g_ptr_array_unref);
  g_free (job->batch);
  g_free (job);
}

void
yeji_attached_free (YejiAttached *self)
{
  g_free (self->batch);
  g_ptr_array_unref (self->failures);
  g_free (self);
}

/* A file that cannot be looked at is not kept back: that it could not be is what was found. */
static gboolean
examine (YejiExaminer     *examiner,
         const YejiLimits *limits,
         YejiIncoming     *incoming,
         GCancellable     *cancellable)
{
  g_autoptr (YejiFindings) findings = NULL;
  g_autoptr (GArray) problems = NULL;

  findings = yeji_examiner_look (examiner, incoming->file, cancellable, NULL);
  if (findings == NULL)
    return FALSE;
  incoming->findings = yeji_findings_to_json (findings);
  incoming->rotation = findings->rotation;
  problems = yeji_findings_list_problems (findings, limits);
  return problems->len == 0;
}

static gpointer
attach (gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  Job *job = data;
  const YejiLimits *limits = yeji_dictionary_get_limits (yeji_store_get_dictionary (job->store));
  g_autoptr (YejiAttached) attached = g_new0 (YejiAttached, 1);
  g_autoptr (YejiExaminer) examiner = yeji_examiner_is_there () ? yeji_examiner_new () : NULL;

  attached->failures = g_ptr_array_new_with_free_func (g_free);
  if (examiner != NULL)
    yeji_examiner_set_limits (examiner, limits);
  for (guint i = 0; i < job->incoming->len; i++)
    if (examiner == NULL
        || !examine (examiner, limits, g_ptr_array_index (job->incoming, i), cancellable))
      attached->n_doubtful++;
  if (examiner != NULL)
    yeji_examiner_close (examiner);
  if (!yeji_store_take_files (job->store, job->incoming, &attached->batch, NULL, NULL, cancellable,
                              error))
    return NULL;
  for (guint i = 0; i < job->incoming->len; i++)
    {
      const YejiIncoming *incoming = g_ptr_array_index (job->incoming, i);
      g_autofree char *path = g_file_get_basename (incoming->file);
      g_autofree char *name = g_filename_display_name (path);
      g_autofree char *why = NULL;

      if (incoming->error == NULL && incoming->was_there)
        attached->n_there++;
      else if (incoming->error == NULL)
        attached->n_taken++;
      if (incoming->error == NULL)
        continue;
      why = yeji_error_to_sentence (incoming->error);
      g_ptr_array_add (attached->failures, g_strdup_printf ("%s: %s", name, why));
    }
  attached->n_doubtful = MIN (attached->n_doubtful, attached->n_taken);
  return g_steal_pointer (&attached);
}

/**
 * yeji_attach_files_async:
 * @files: of #GFile
 *
 * Examines files and takes them into a slot of a record, all in one step that can be undone.
 */
void
yeji_attach_files_async (YejiStore           *store,
                         GListModel          *files,
                         const char          *uuid,
                         const char          *slot,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  Job *job = g_new0 (Job, 1);

  job->store = g_object_ref (store);
  job->incoming = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_incoming_free);
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      g_ptr_array_add (job->incoming, yeji_incoming_new (file, uuid, slot));
    }
  yeji_background_run (store, attach, job, free_job, (GDestroyNotify) yeji_attached_free, callback,
                       user_data);
}

YejiAttached *
yeji_attach_files_finish (GAsyncResult  *result,
                          GError       **error)
{
  return yeji_background_finish (result, error);
}

static gpointer
undo (gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Job *job = data;

  return yeji_store_undo_taking (job->store, job->batch, NULL, error) ? g_object_ref (job->store)
                                                                      : NULL;
}

/**
 * yeji_attach_undo_async:
 *
 * Takes back what was done in one go: files that were taken, placed or removed.
 */
void
yeji_attach_undo_async (YejiStore           *store,
                        const char          *batch,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  Job *job = g_new0 (Job, 1);

  job->store = g_object_ref (store);
  job->batch = g_strdup (batch);
  yeji_background_run (store, undo, job, free_job, g_object_unref, callback, user_data);
}

gboolean
yeji_attach_undo_finish (GAsyncResult  *result,
                         GError       **error)
{
  g_autoptr (GObject) done = yeji_background_finish (result, error);

  return done != NULL;
}

/**
 * yeji_attached_to_text:
 * @where: the slot's name
 *
 * Returns: (transfer full): what became of it, in one sentence
 */
char *
yeji_attached_to_text (const YejiAttached *self,
                       const char         *where)
{
  GString *text = g_string_new (NULL);

  if (self->n_taken > 0)
    g_string_append_printf (text, ngettext ("%u file attached: %s", "%u files attached: %s",
                                            self->n_taken), self->n_taken, where);
  if (self->n_doubtful > 0)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, ngettext ("%u to be looked at", "%u to be looked at",
                                              self->n_doubtful), self->n_doubtful);
    }
  if (self->n_there > 0)
    {
      g_string_append (text, text->len > 0 ? " · " : "");
      g_string_append_printf (text, ngettext ("%u was there already", "%u were there already",
                                              self->n_there), self->n_there);
    }
  if (self->failures->len > 0)
    {
      g_string_append (text, text->len > 0 ? " · " : "");
      g_string_append (text, g_ptr_array_index (self->failures, 0));
    }
  if (self->failures->len > 1)
    g_string_append_printf (text, ngettext (" and %u more", " and %u more",
                                            self->failures->len - 1), self->failures->len - 1);
  return g_string_free (text, FALSE);
}
