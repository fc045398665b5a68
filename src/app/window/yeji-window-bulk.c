// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-window-bulk"

#include "config.h"

#include "yeji-window-bulk.h"

#include <glib/gi18n.h>

#include "yeji-bulk-choices.h"
#include "yeji-bulk-report.h"
#include "yeji-bulk-steps.h"
#include "yeji-export-format.h"
#include "yeji-submit-first.h"
#include "yeji-toast.h"

/* What the window does with several records at once. One thing at a time: how far it is, the list
 * says, and lets it be cancelled. */

#define JOB_KEY "yeji-bulk-job"
#define FIRST_KEY "yeji-bulk-first"

typedef enum
{
  KIND_CHECK,
  KIND_SUBMIT,
  KIND_SUBMIT_FIRST,
  KIND_TAKE_BACK,
  KIND_EXPORT,
  KIND_ATTACH,
  KIND_DETACH,
  N_KINDS
} Kind;

typedef struct
{
  YejiWindow *window;
  Kind kind;
  GCancellable *cancellable;
  YejiExport *export;          /* (nullable): what is being written */
  const YejiBulkErrand *errand; /* (nullable): of another file */
  gpointer data;               /* of the errand; borrowed */
  GPtrArray *results;          /* (nullable): while the file is closed */
  GFile *file;                 /* (nullable): what was written */
  gboolean personal;           /* it holds personal numbers */
  guint n_all;
} Job;

typedef struct
{
  YejiBulkStep step;
  const char *doing;           /* with how many are done, and of how many */
  void (*tell) (Job *job, GPtrArray *results);
} KindDef;

static void
free_job (Job *job)
{
  g_object_unref (job->window);
  g_object_unref (job->cancellable);
  g_clear_pointer (&job->results, g_ptr_array_unref);
  g_clear_object (&job->file);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, free_job)

static YejiValidator *
make_validator (YejiWindow *window)
{
  return yeji_validator_new (yeji_store_get_dictionary (yeji_window_get_store (window)),
                             yeji_language_get_current ());
}

/* ---- What became of it */

typedef struct
{
  guint n_done;
  guint n_not;
  guint n_with_errors;
  guint n_with_warnings;
} Count;

static Count
count_results (GPtrArray *results)
{
  Count count = { 0 };

  for (guint i = 0; i < results->len; i++)
    {
      const YejiBulkResult *result = g_ptr_array_index (results, i);

      count.n_done += result->done ? 1 : 0;
      count.n_not += result->done ? 0 : 1;
      count.n_with_errors += result->n_errors > 0 ? 1 : 0;
      count.n_with_warnings += result->n_errors == 0 && result->n_warnings > 0 ? 1 : 0;
    }
  return count;
}

/* "12 checked, 3 with errors" */
static char *
join (char *first,
      char *second)
{
  char *text = g_strdup_printf (C_("two findings", "%s, %s"), first, second);

  g_free (first);
  g_free (second);
  return text;
}

static char *
add_not_done (char  *text,
              guint  n_not)
{
  if (n_not == 0)
    return text;
  return join (text, g_strdup_printf (ngettext ("%u not", "%u not", n_not), n_not));
}

static char *
add_cancelled (Job       *job,
               char      *text,
               GPtrArray *results)
{
  guint n = job->n_all - results->len;

  if (n == 0)
    return text;
  return join (text, g_strdup_printf (ngettext ("cancelled before %u more",
                                                "cancelled before %u more", n), n));
}

/* What is shown when somebody wants to see it. */
typedef struct
{
  YejiWindow *window;          /* weak */
  const char *title;
  char *text;
  GPtrArray *results;
} Report;

static void
free_report (gpointer  data,
             GClosure *closure)
{
  Report *report = data;

  g_clear_weak_pointer (&report->window);
  g_free (report->text);
  g_ptr_array_unref (report->results);
  g_free (report);
}

static void
show_report (Report *report)
{
  GtkWidget *window;

  if (report->window == NULL)
    return;
  window = yeji_bulk_report_new (GTK_WINDOW (report->window), _(report->title), report->text,
                                 report->results);
  g_signal_connect_object (window, "chosen", G_CALLBACK (yeji_window_open_record), report->window,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

static void
on_show_report (AdwToast *toast,
                Report   *report)
{
  show_report (report);
}

static gboolean
has_texts (GPtrArray *results)
{
  for (guint i = 0; i < results->len; i++)
    if (((const YejiBulkResult *) g_ptr_array_index (results, i))->text != NULL)
      return TRUE;
  return FALSE;
}

/* Says it in passing; the reasons are a click away, or shown at once where something was asked for
 * that could not be done. */
static void
say (Job        *job,
     GPtrArray  *results,
     const char *title,
     const char *text,
     gboolean    at_once)
{
  Report *report;
  g_autoptr (AdwToast) toast = NULL;

  if (!has_texts (results))
    {
      yeji_window_say (job->window, text);
      return;
    }
  report = g_new0 (Report, 1);
  g_set_weak_pointer (&report->window, job->window);
  report->title = title;
  report->text = g_strdup (text);
  report->results = g_ptr_array_ref (results);
  if (at_once)
    {
      show_report (report);
      free_report (report, NULL);
      return;
    }
  toast = yeji_toast_ask (yeji_window_get_toasts (job->window), text, _("_Show"), NULL);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_show_report), report,
                         free_report, 0);
}

static void
tell_checked (Job       *job,
              GPtrArray *results)
{
  Count count = count_results (results);
  char *text = g_strdup_printf (ngettext ("%u checked", "%u checked", count.n_done),
                                count.n_done);
  g_autofree char *whole = NULL;

  text = join (text, count.n_with_errors == 0
                       ? g_strdup (_("none with errors"))
                       : g_strdup_printf (ngettext ("%u with errors", "%u with errors",
                                                    count.n_with_errors), count.n_with_errors));
  whole = add_cancelled (job, add_not_done (text, count.n_not), results);
  say (job, results, N_("Records with Errors"), whole, FALSE);
}

/* The list of what was submitted, and a button that takes it back. */
static void
offer_take_back (Job        *job,
                 GPtrArray  *results,
                 const char *text)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) uuids = NULL;

  for (guint i = 0; i < results->len; i++)
    {
      const YejiBulkResult *result = g_ptr_array_index (results, i);

      if (result->done)
        g_strv_builder_add (builder, result->uuid);
    }
  uuids = g_strv_builder_end (builder);
  yeji_window_bulk_offer_take_back (yeji_window_get_toasts (job->window), text,
                                    (const char *const *) uuids);
}

static void
tell_submitted (Job       *job,
                GPtrArray *results)
{
  Count count = count_results (results);
  char *text = g_strdup_printf (ngettext ("%u submitted", "%u submitted", count.n_done),
                                count.n_done);
  g_autofree char *whole = NULL;

  if (count.n_with_warnings > 0)
    text = join (text, g_strdup_printf (ngettext ("%u of them with warnings",
                                                  "%u of them with warnings",
                                                  count.n_with_warnings),
                                        count.n_with_warnings));
  whole = add_cancelled (job, add_not_done (text, count.n_not), results);
  if (count.n_done > 0)
    yeji_sync_engine_wake (yeji_window_get_engine (job->window));
  if (count.n_not > 0 || count.n_done == 0)
    say (job, results, N_("Not Submitted"), whole, count.n_not > 0);
  if (count.n_done > 0)
    offer_take_back (job, results, whole);
}

static void
tell_taken_back (Job       *job,
                 GPtrArray *results)
{
  Count count = count_results (results);
  char *text = g_strdup_printf (ngettext ("%u submission taken back", "%u submissions taken back",
                                          count.n_done), count.n_done);
  g_autofree char *whole = add_cancelled (job, add_not_done (text, count.n_not), results);

  if (count.n_done == 0 && count.n_not == 1)
    yeji_window_say (job->window, _("Too late: it is on its way to the province already."));
  else
    say (job, results, N_("Not Taken Back"), whole, count.n_not > 0);
}

static void
tell_exported (Job       *job,
               GPtrArray *results)
{
  Count count = count_results (results);
  gboolean cancelled = results->len < job->n_all;
  g_autofree char *name = g_file_get_basename (job->file);
  g_autofree char *shown = g_filename_display_name (name);
  g_autofree char *text = NULL;
  g_autofree char *whole = NULL;

  if (cancelled)
    {
      yeji_window_say (job->window, _("Cancelled: no file was written"));
      return;
    }
  text = g_strdup_printf (ngettext ("%u record exported to %s", "%u records exported to %s",
                                    count.n_done), count.n_done, shown);
  whole = add_not_done (g_steal_pointer (&text), count.n_not);
  if (job->personal)
    whole = join (g_steal_pointer (&whole), g_strdup (_("personal numbers in it in clear text")));
  say (job, results, N_("Not Exported"), whole, count.n_not > 0);
}

static void on_undo_attach (AdwToast   *toast,
                            YejiWindow *window);

static void
tell_attached (Job       *job,
               GPtrArray *results)
{
  Count count = count_results (results);
  g_autofree char *whole = NULL;
  g_autoptr (GHashTable) made = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                       (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (AdwToast) toast = NULL;

  whole = g_strdup_printf (ngettext ("Attached to %u record", "Attached to %u records",
                                     count.n_done), count.n_done);
  whole = add_cancelled (job, add_not_done (g_steal_pointer (&whole), count.n_not), results);
  if (count.n_not > 0)
    say (job, results, N_("Not Attached"), whole, TRUE);
  for (guint i = 0; i < results->len; i++)
    {
      const YejiBulkResult *result = g_ptr_array_index (results, i);

      if (result->made->len > 0)
        g_hash_table_insert (made, g_strdup (result->uuid), g_ptr_array_ref (result->made));
    }
  if (g_hash_table_size (made) == 0)
    return;
  toast = yeji_toast_offer_undo (yeji_window_get_toasts (job->window), whole);
  g_object_set_data_full (G_OBJECT (toast), "made", g_steal_pointer (&made),
                          (GDestroyNotify) g_hash_table_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_undo_attach), job->window, 0);
}

static void
tell_detached (Job       *job,
               GPtrArray *results)
{
  Count count = count_results (results);
  g_autofree char *text = NULL;

  text = g_strdup_printf (ngettext ("Documents taken back from %u record",
                                    "Documents taken back from %u records", count.n_done),
                          count.n_done);
  say (job, results, N_("Not Taken Back"), text, count.n_not > 0);
}

static const KindDef kinds[N_KINDS] = {
  [KIND_CHECK] = { yeji_bulk_step_check, N_("Checking %u of %u…"), tell_checked },
  [KIND_SUBMIT] = { yeji_bulk_step_submit, N_("Submitting %u of %u…"), tell_submitted },
  [KIND_SUBMIT_FIRST] = { yeji_bulk_step_submit_first, N_("Submitting %u of %u…"),
                          tell_submitted },
  [KIND_TAKE_BACK] = { yeji_bulk_step_take_back, N_("Undoing %u of %u…"), tell_taken_back },
  [KIND_EXPORT] = { yeji_bulk_step_export, N_("Exporting %u of %u…"), tell_exported },
  [KIND_ATTACH] = { yeji_bulk_step_attach, N_("Attaching %u of %u…"), tell_attached },
  [KIND_DETACH] = { yeji_bulk_step_detach, N_("Undoing %u of %u…"), tell_detached },
};

/* ---- The job */

/* An answer that comes after the window went is an answer to nobody. */
static gboolean
is_gone (YejiWindow *window)
{
  return !gtk_widget_get_realized (GTK_WIDGET (window));
}

static void
on_progress (guint    n_done,
             guint    n_all,
             gpointer data)
{
  Job *job = data;
  g_autofree char *text = NULL;

  if (is_gone (job->window))
    {
      g_cancellable_cancel (job->cancellable);
      return;
    }
  text = g_strdup_printf (_(job->errand != NULL ? job->errand->doing : kinds[job->kind].doing),
                          MIN (n_done + 1, n_all), n_all);
  yeji_bulk_bar_set_progress (yeji_record_list_get_bar (yeji_window_get_list (job->window)), text,
                              (double) n_done / n_all);
}

/* Whether the window is still there to be told. */
static gboolean
end_job (Job *job)
{
  g_object_set_data (G_OBJECT (job->window), JOB_KEY, NULL);
  if (is_gone (job->window))
    return FALSE;
  gtk_widget_action_set_enabled (GTK_WIDGET (job->window), "win.cancel-bulk", FALSE);
  yeji_bulk_bar_set_progress (yeji_record_list_get_bar (yeji_window_get_list (job->window)), NULL,
                              0);
  return TRUE;
}

static void
on_closed (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (Job) job = data;
  g_autoptr (GError) error = NULL;
  gboolean closed = yeji_export_close_finish (result, &error);

  if (!end_job (job))
    return;
  if (closed)
    tell_exported (job, job->results);
  else
    yeji_window_say_error (job->window, error);
}

/* Takes the job. What is half written is thrown away when it was cancelled. */
static void
close_export (Job       *job,
              GPtrArray *results)
{
  gboolean keep = results->len == job->n_all && count_results (results).n_done > 0;

  job->results = g_ptr_array_ref (results);
  job->file = g_object_ref (job->export->file);
  job->personal = job->export->personal;
  gtk_widget_action_set_enabled (GTK_WIDGET (job->window), "win.cancel-bulk", FALSE);
  yeji_bulk_bar_set_progress (yeji_record_list_get_bar (yeji_window_get_list (job->window)),
                              _("Writing the file"), 1);
  yeji_export_close_async (g_steal_pointer (&job->export), keep, on_closed, job);
}

static void
on_done (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (Job) job = data;
  g_autoptr (GPtrArray) results = yeji_bulk_job_run_finish (result);

  if (job->export != NULL && is_gone (job->window))
    yeji_export_close (g_steal_pointer (&job->export), FALSE, NULL);
  else if (job->export != NULL)
    {
      close_export (g_steal_pointer (&job), results);
      return;
    }
  if (!end_job (job))
    return;
  if (job->errand != NULL)
    job->errand->end (job->window, results, job->n_all, job->data);
  else
    kinds[job->kind].tell (job, results);
}

/* What was typed last is on its way to the disk before the first record is read: the store takes
 * one thing after the other. */
static void
save_drafts (YejiWindow *window)
{
  g_autoptr (GList) keepers = yeji_window_list_keepers (window);

  for (GList *item = keepers; item != NULL; item = item->next)
    yeji_draft_keeper_flush_async (item->data, NULL, NULL);
}

static void
start (Job                *job,
       YejiWindow         *window,
       YejiBulkStep        step,
       const char * const *uuids,
       gpointer            data,
       GDestroyNotify      free_data)
{
  save_drafts (window);
  job->window = g_object_ref (window);
  job->cancellable = g_cancellable_new ();
  job->n_all = g_strv_length ((GStrv) uuids);
  g_object_set_data (G_OBJECT (window), JOB_KEY, job);
  gtk_widget_action_set_enabled (GTK_WIDGET (window), "win.cancel-bulk", TRUE);
  yeji_bulk_job_run_async (yeji_window_get_store (window), uuids, step, data, free_data,
                           on_progress, job->cancellable, on_done, job);
}

static void
run (YejiWindow         *window,
     Kind                kind,
     const char * const *uuids,
     gpointer            data,
     GDestroyNotify      free_data)
{
  Job *job = g_new0 (Job, 1);

  job->kind = kind;
  if (kind == KIND_EXPORT)
    job->export = data;
  start (job, window, kinds[kind].step, uuids, data, free_data);
}

/* One at a time. */
static gboolean
refuse (YejiWindow *window)
{
  if (!yeji_window_bulk_is_busy (window))
    return FALSE;
  yeji_window_say (window, _("Something else is being done. Wait for it, or cancel it."));
  return TRUE;
}

static void
on_undo_attach (AdwToast   *toast,
                YejiWindow *window)
{
  GHashTable *made = g_object_get_data (G_OBJECT (toast), "made");
  g_autofree char **uuids = (char **) g_hash_table_get_keys_as_array (made, NULL);
  YejiBulkMade *data;

  if (refuse (window))
    return;
  data = g_new (YejiBulkMade, 1);
  data->validator = make_validator (window);
  data->made = g_hash_table_ref (made);
  run (window, KIND_DETACH, (const char *const *) uuids, data, yeji_bulk_made_free);
}

/* ---- The actions */

static void
on_check (GtkWidget  *widget,
          const char *name,
          GVariant   *target)
{
  g_autofree const char **uuids = g_variant_get_strv (target, NULL);
  Kind kind = g_str_equal (name, "win.submit-records") ? KIND_SUBMIT : KIND_CHECK;

  if (uuids[0] != NULL && !refuse (YEJI_WINDOW (widget)))
    run (YEJI_WINDOW (widget), kind, uuids, make_validator (YEJI_WINDOW (widget)),
         g_object_unref);
}

static void
on_take_back (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  g_autofree const char **uuids = g_variant_get_strv (target, NULL);

  if (uuids[0] != NULL && !refuse (YEJI_WINDOW (widget)))
    run (YEJI_WINDOW (widget), KIND_TAKE_BACK, uuids, NULL, NULL);
}

static void
on_first_asked (gpointer data)
{
  YejiWindow *window = data;
  g_auto (GStrv) uuids = g_object_steal_data (G_OBJECT (window), FIRST_KEY);

  if (uuids != NULL && !refuse (window))
    run (window, KIND_SUBMIT_FIRST, (const char *const *) uuids, make_validator (window),
         g_object_unref);
}

static void
on_submit_first (GtkWidget  *widget,
                 const char *name,
                 GVariant   *target)
{
  char **uuids = g_variant_dup_strv (target, NULL);

  g_object_set_data_full (G_OBJECT (widget), FIRST_KEY, uuids, (GDestroyNotify) g_strfreev);
  if (uuids[0] != NULL && !refuse (YEJI_WINDOW (widget)))
    yeji_submit_first_ask (GTK_WINDOW (widget), g_strv_length (uuids), on_first_asked, widget);
}

static void
on_export (GtkWidget  *widget,
           const char *name,
           GVariant   *target)
{
  g_autofree const char **uuids = g_variant_get_strv (target, NULL);

  if (uuids[0] != NULL && !refuse (YEJI_WINDOW (widget)))
    yeji_bulk_choose_export (YEJI_WINDOW (widget), uuids);
}

static void
on_attach (GtkWidget  *widget,
           const char *name,
           GVariant   *target)
{
  g_autofree const char **uuids = g_variant_get_strv (target, NULL);

  if (uuids[0] != NULL && !refuse (YEJI_WINDOW (widget)))
    yeji_bulk_choose_attach (YEJI_WINDOW (widget), uuids);
}

static void
on_cancel (GtkWidget  *widget,
           const char *name,
           GVariant   *target)
{
  Job *job = g_object_get_data (G_OBJECT (widget), JOB_KEY);

  if (job != NULL)
    g_cancellable_cancel (job->cancellable);
}

/**
 * yeji_window_bulk_export:
 * @format: index of yeji_export_get_format()
 *
 * Writes records to a file.
 */
void
yeji_window_bulk_export (YejiWindow         *window,
                         const char * const *uuids,
                         GFile              *file,
                         guint               format)
{
  g_autoptr (GError) error = NULL;
  YejiExport *export;

  if (refuse (window))
    return;
  export = yeji_export_open (file, format,
                             yeji_store_get_dictionary (yeji_window_get_store (window)), &error);
  if (export == NULL)
    yeji_window_say_error (window, error);
  else
    run (window, KIND_EXPORT, uuids, export, NULL);
}

/**
 * yeji_window_bulk_attach:
 * @files: of #GFile
 *
 * Attaches the same documents to several records; a toast undoes it.
 */
void
yeji_window_bulk_attach (YejiWindow         *window,
                         const char * const *uuids,
                         const char         *slot,
                         GListModel         *files)
{
  YejiBulkFiles *data;

  if (refuse (window))
    return;
  data = g_new (YejiBulkFiles, 1);
  data->validator = make_validator (window);
  data->slot = g_strdup (slot);
  data->files = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    g_ptr_array_add (data->files, g_list_model_get_item (files, i));
  run (window, KIND_ATTACH, uuids, data, yeji_bulk_files_free);
}

/**
 * yeji_window_bulk_offer_take_back:
 * @text: says that they were submitted
 *
 * Says so, and offers to undo it: what has not begun to be sent leaves the outbox.
 */
void
yeji_window_bulk_offer_take_back (AdwToastOverlay    *toasts,
                                  const char         *text,
                                  const char * const *uuids)
{
  g_autoptr (AdwToast) toast = yeji_toast_offer_undo (toasts, text);

  adw_toast_set_action_target_value (toast, g_variant_new_strv (uuids, -1));
  adw_toast_set_action_name (toast, "win.take-back-records");
}

gboolean
yeji_window_bulk_is_busy (YejiWindow *window)
{
  return g_object_get_data (G_OBJECT (window), JOB_KEY) != NULL;
}

/**
 * yeji_window_bulk_refuse:
 *
 * Returns: whether something is being done already; then that is said
 */
gboolean
yeji_window_bulk_refuse (YejiWindow *window)
{
  return refuse (window);
}

/**
 * yeji_window_bulk_run:
 * @errand: lives for ever
 * @data: of the errand; freed when it is over, after its end
 *
 * Does something of another file with many records, unless something else is being done.
 */
void
yeji_window_bulk_run (YejiWindow           *window,
                      const YejiBulkErrand *errand,
                      const char * const   *uuids,
                      gpointer              data,
                      GDestroyNotify        free_data)
{
  Job *job;

  if (refuse (window))
    {
      free_data (data);
      return;
    }
  job = g_new0 (Job, 1);
  job->errand = errand;
  job->data = data;
  start (job, window, errand->step, uuids, data, free_data);
}

/**
 * yeji_window_bulk_install:
 *
 * Adds the actions of this file to the window's class.
 */
void
yeji_window_bulk_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.check-records", "as", on_check);
  gtk_widget_class_install_action (klass, "win.submit-records", "as", on_check);
  gtk_widget_class_install_action (klass, "win.submit-records-first", "as", on_submit_first);
  gtk_widget_class_install_action (klass, "win.take-back-records", "as", on_take_back);
  gtk_widget_class_install_action (klass, "win.export-records", "as", on_export);
  gtk_widget_class_install_action (klass, "win.attach-to-records", "as", on_attach);
  gtk_widget_class_install_action (klass, "win.cancel-bulk", NULL, on_cancel);
}
