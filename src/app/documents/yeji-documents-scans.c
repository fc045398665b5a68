// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-documents-pane"

#include "config.h"

#include "yeji-documents-private.h"

#include <string.h>

#include <glib/gi18n.h>

#include "yeji-arrange.h"
#include "yeji-background.h"
#include "yeji-combine-window.h"
#include "yeji-intake-flow.h"
#include "yeji-intake-store.h"
#include "yeji-messages.h"
#include "yeji-scratch.h"
#include "yeji-shrink-window.h"
#include "yeji-toast.h"

/* What is made of scans that are attached already: smaller ones, and one PDF of several. The first
 * ones are kept, and can be put back. */

/* Something that is done away from the window, and what takes it back. */
typedef struct
{
  YejiStore *store;
  char *uuid;
  char *id;                    /* of the document that is made smaller, or the PDF */
  GFile *smaller;              /* (nullable): its content; %NULL puts back the original */
  char *findings;              /* (nullable) */
  GPtrArray *pictures;         /* (nullable) (element-type YejiAttachment): that become a PDF */
  gboolean undo;               /* the PDF goes, the pictures come back */
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_object_unref (work->store);
  g_free (work->uuid);
  g_free (work->id);
  g_clear_object (&work->smaller);
  g_free (work->findings);
  g_clear_pointer (&work->pictures, g_ptr_array_unref);
  g_free (work);
}

static Work *
new_work (YejiDocumentsPane *self,
          const char        *id)
{
  YejiDraft *draft = yeji_documents_pane_get_draft (self);
  Work *work = g_new0 (Work, 1);

  work->store = g_object_ref (yeji_draft_get_store (draft));
  work->uuid = g_strdup (yeji_draft_get_uuid (draft));
  work->id = g_strdup (id);
  return work;
}

static char *
make_name (YejiAttachment *first)
{
  const char *name = yeji_attachment_get_filename (first);
  const char *dot = strrchr (name, '.');
  g_autofree char *stem = dot != NULL ? g_strndup (name, (gsize) (dot - name)) : g_strdup (name);

  return g_strconcat (stem, ".pdf", NULL);
}

static gboolean
make_pdf (Work    *work,
          GFile   *to,
          GError **error)
{
  g_autoptr (YejiExaminer) examiner = yeji_intake_new_examiner (work->store);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (YejiFindings) findings = NULL;
  gboolean made;

  for (guint i = 0; i < work->pictures->len; i++)
    g_ptr_array_add (files, yeji_store_get_file (work->store, yeji_attachment_get_sha256 (
                                                   g_ptr_array_index (work->pictures, i))));
  made = yeji_examiner_combine (examiner, (GFile **) files->pdata, files->len, to, &findings, NULL,
                                error);
  yeji_examiner_close (examiner);
  if (made && findings != NULL)
    work->findings = yeji_findings_to_json (findings);
  return made;
}

/* The PDF is in the slot before the first picture leaves it. */
static gboolean
combine (Work    *work,
         GError **error)
{
  YejiAttachment *first = g_ptr_array_index (work->pictures, 0);
  g_autofree char *name = make_name (first);
  g_autoptr (GFile) file = yeji_scratch_new (name, error);
  g_autoptr (GPtrArray) incoming = NULL;
  g_autofree char *batch = NULL;
  YejiIncoming *one;

  if (file == NULL || !make_pdf (work, file, error))
    return FALSE;
  incoming = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_incoming_free);
  one = yeji_incoming_new (file, work->uuid, yeji_attachment_get_slot (first));
  one->filename = g_strdup (name);
  one->findings = g_strdup (work->findings);
  g_ptr_array_add (incoming, one);
  if (!yeji_store_take_files (work->store, incoming, &batch, NULL, NULL, NULL, error))
    return FALSE;
  if (one->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&one->error));
      return FALSE;
    }
  work->id = g_strdup (one->id);
  for (guint i = 0; i < work->pictures->len; i++)
    if (!yeji_store_detach (work->store, work->uuid,
                            yeji_attachment_get_id (g_ptr_array_index (work->pictures, i)), error))
      return FALSE;
  return TRUE;
}

static gboolean
bring_back (Work    *work,
            GError **error)
{
  for (guint i = 0; i < work->pictures->len; i++)
    if (!yeji_store_bring_back (work->store, work->uuid,
                                yeji_attachment_get_id (g_ptr_array_index (work->pictures, i)),
                                error))
      return FALSE;
  return yeji_store_detach (work->store, work->uuid, work->id, error);
}

static gpointer
run (gpointer       data,
     GCancellable  *cancellable,
     GError       **error)
{
  Work *work = data;
  gboolean done;

  if (work->pictures != NULL)
    done = work->undo ? bring_back (work, error) : combine (work, error);
  else if (work->smaller != NULL)
    done = yeji_store_replace_content (work->store, work->id, work->smaller, work->findings,
                                       error);
  else
    done = yeji_store_restore_original (work->store, work->id, error);
  return done ? g_strdup (work->id) : NULL;
}

static void start (YejiDocumentsPane *self,
                   Work              *work,
                   Work              *undo,
                   const char        *words);

static void
on_undo (AdwToast          *toast,
         YejiDocumentsPane *self)
{
  if (yeji_documents_pane_get_draft (self) != NULL)
    start (self, g_object_steal_data (G_OBJECT (toast), "undo"), NULL, NULL);
}

/* What was done, the way back, and what is said of it. */
typedef struct
{
  Work *undo;                  /* (nullable) */
  char *words;                 /* (nullable) */
} Done;

static void
offer_undo (YejiDocumentsPane *self,
            const char        *words,
            Work              *undo)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  g_autoptr (AdwToast) toast = NULL;

  if (overlay == NULL)
    {
      work_free (undo);
      return;
    }
  toast = yeji_toast_offer_undo (ADW_TOAST_OVERLAY (overlay), words);
  g_object_set_data_full (G_OBJECT (toast), "undo", undo, work_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_undo), self, 0);
}

static void
on_done (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  YejiDocumentsPane *self = YEJI_DOCUMENTS_PANE (source);
  g_autofree Done *done = data;
  g_autofree char *words = done->words;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = yeji_background_finish (result, &error);
  g_autofree char *sentence = error != NULL ? yeji_error_to_sentence (error) : NULL;
  gboolean here = yeji_documents_pane_get_draft (self) != NULL;

  if (here)
    {
      yeji_documents_pane_show_error (self, sentence);
      yeji_draft_refresh (yeji_documents_pane_get_draft (self));
    }
  if (done->undo == NULL)
    return;
  if (done->undo->id == NULL)
    done->undo->id = g_strdup (id);
  if (here && id != NULL)
    offer_undo (self, words, done->undo);
  else
    work_free (done->undo);
}

/* @work and @undo are taken. */
static void
start (YejiDocumentsPane *self,
       Work              *work,
       Work              *undo,
       const char        *words)
{
  Done *done = g_new (Done, 1);

  *done = (Done) { undo, g_strdup (words) };
  yeji_background_run (self, run, work, work_free, g_free, on_done, done);
}

/* ---- Smaller, and back */

static void
on_chosen (YejiShrinkWindow  *window,
           GFile             *smaller,
           YejiFindings      *findings,
           YejiDocumentsPane *self)
{
  const char *id = g_object_get_data (G_OBJECT (window), "id");
  Work *work;

  if (yeji_documents_pane_get_draft (self) == NULL)
    return;
  work = new_work (self, id);
  work->smaller = g_object_ref (smaller);
  work->findings = yeji_findings_to_json (findings);
  start (self, work, new_work (self, id), _("The document is smaller now; its original is kept"));
}

static void
forget_examiner (YejiExaminer *examiner)
{
  yeji_intake_close_examiner (examiner);
}

static void
act_shrink (GtkWidget  *widget,
            const char *name,
            GVariant   *target)
{
  YejiDocumentsPane *self = YEJI_DOCUMENTS_PANE (widget);
  YejiAttachment *attachment = yeji_documents_pane_find (self, g_variant_get_string (target, NULL));
  YejiDraft *draft = yeji_documents_pane_get_draft (self);
  g_autoptr (GFile) file = NULL;
  YejiExaminer *examiner;
  GtkWidget *window;
  gint64 limit, most;

  if (attachment == NULL || !yeji_draft_is_editable (draft))
    return;
  most = yeji_dictionary_get_limits (yeji_draft_get_dictionary (draft))->file_size;
  limit = MAX (1, MIN (most, yeji_attachment_get_size (attachment) / 2));
  file = yeji_store_get_file (yeji_draft_get_store (draft),
                              yeji_attachment_get_sha256 (attachment));
  examiner = yeji_intake_new_examiner (yeji_draft_get_store (draft));
  window = yeji_shrink_window_new (GTK_WINDOW (gtk_widget_get_root (widget)), examiner, file,
                                   yeji_attachment_get_filename (attachment),
                                   yeji_attachment_get_rotation (attachment), limit, most);
  g_object_set_data_full (G_OBJECT (window), "id", g_strdup (yeji_attachment_get_id (attachment)),
                          g_free);
  g_object_set_data_full (G_OBJECT (window), "examiner", examiner,
                          (GDestroyNotify) forget_examiner);
  g_signal_connect_object (window, "chosen", G_CALLBACK (on_chosen), self, 0);
  gtk_window_present (GTK_WINDOW (window));
}

static void
act_original (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  YejiDocumentsPane *self = YEJI_DOCUMENTS_PANE (widget);
  YejiAttachment *attachment = yeji_documents_pane_find (self, g_variant_get_string (target, NULL));

  if (attachment != NULL && yeji_draft_is_editable (yeji_documents_pane_get_draft (self)))
    start (self, new_work (self, yeji_attachment_get_id (attachment)), NULL, NULL);
}

/* ---- One PDF */

static gboolean
is_picture (YejiAttachment *attachment)
{
  const char *type = yeji_attachment_get_media_type (attachment);

  return g_str_equal (type, "image/jpeg") || g_str_equal (type, "image/png");
}

static void
on_combine (YejiDocumentsPane *self,
            GPtrArray         *pictures)
{
  g_autofree char *words = NULL;
  Work *work;
  Work *undo;

  if (yeji_documents_pane_get_draft (self) == NULL)
    return;
  work = new_work (self, NULL);
  work->pictures = g_ptr_array_ref (pictures);
  undo = new_work (self, NULL);
  undo->pictures = g_ptr_array_ref (pictures);
  undo->undo = TRUE;
  words = g_strdup_printf (ngettext ("One PDF made of %u picture", "One PDF made of %u pictures",
                                     pictures->len), pictures->len);
  start (self, work, undo, words);
}

static void
act_combine (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  YejiDocumentsPane *self = YEJI_DOCUMENTS_PANE (widget);
  YejiDraft *draft = yeji_documents_pane_get_draft (self);
  const char *slot = g_variant_get_string (target, NULL);
  GPtrArray *attachments = yeji_draft_get_attachments (draft);
  GtkWidget *window;

  if (!yeji_draft_is_editable (draft))
    return;
  window = yeji_combine_window_new (GTK_WINDOW (gtk_widget_get_root (widget)),
                                    _("The pictures go into the PDF as they are. Undo brings them "
                                      "back."));
  for (guint i = 0; i < attachments->len; i++)
    {
      YejiAttachment *attachment = g_ptr_array_index (attachments, i);
      g_autoptr (GFile) file = NULL;

      if (!g_str_equal (yeji_attachment_get_slot (attachment), slot) || !is_picture (attachment))
        continue;
      file = yeji_store_get_file (yeji_draft_get_store (draft),
                                  yeji_attachment_get_sha256 (attachment));
      yeji_combine_window_add (YEJI_COMBINE_WINDOW (window), file,
                               yeji_attachment_get_filename (attachment), G_OBJECT (attachment));
    }
  g_signal_connect_object (window, "combine", G_CALLBACK (on_combine), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

/**
 * yeji_documents_scans_install: (skip)
 *
 * Adds the actions of this file to the pane's class.
 */
void
yeji_documents_scans_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "documents.shrink", "s", act_shrink);
  gtk_widget_class_install_action (klass, "documents.original", "s", act_original);
  gtk_widget_class_install_action (klass, "documents.combine", "s", act_combine);
}
