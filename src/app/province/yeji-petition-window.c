// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-petition-window"

#include "config.h"

#include "yeji-petition-window.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-background.h"
#include "yeji-chooser.h"
#include "yeji-draft-private.h"
#include "yeji-messages.h"
#include "yeji-petition-job.h"
#include "yeji-petition-rows.h"
#include "yeji-petition-words.h"
#include "yeji-text-limit.h"

/* After the last key, milliseconds: a keystroke is on the disk within a second. */
#define SAVE_PAUSE 300

struct _YejiPetitionWindow
{
  AdwWindow parent_instance;

  GtkLabel *intro;
  GtkLabel *words;
  GtkTextView *reason;
  GtkWidget *changes_head;
  GtkMenuButton *add_field;
  GtkListBox *changes;
  GtkWidget *files_head;
  GtkWidget *add_file;
  GtkListBox *files;
  GtkWidget *earlier_head;
  GtkListBox *earlier;
  GtkLabel *note;
  GtkButton *back;
  GtkButton *send;
  YejiChooser *chooser;

  YejiDraft *draft;            /* as it was approved */
  YejiDraft *copy;             /* (nullable): as it shall be, while it is written */
  YejiSyncEngine *engine;
  YejiPetitionKind kind;
  YejiPetition *petition;      /* (nullable): until it was read */
  gboolean filling;            /* the reason is being shown, not typed */
  guint timer;
  guint64 edited;
  guint64 flying;              /* the last edit that is being saved */
  guint64 saved;               /* the last edit that is on the disk */
  gboolean busy;               /* a job is under way; one after the other, as each has a copy */
  gboolean closes;             /* when that is done */
};

G_DEFINE_FINAL_TYPE (YejiPetitionWindow, yeji_petition_window, ADW_TYPE_WINDOW)

static void
run (YejiPetitionWindow  *self,
     YejiPetitionJobKind  kind,
     GPtrArray           *files,
     GAsyncReadyCallback  callback)
{
  self->busy = self->busy || kind != YEJI_PETITION_JOB_LOAD;
  self->flying = self->edited;
  yeji_petition_job_run (yeji_draft_get_store (self->draft), yeji_draft_get_uuid (self->draft),
                         kind, self->petition, files, callback, g_object_ref (self));
}

static gboolean
is_draft (YejiPetitionWindow *self)
{
  return self->petition != NULL && self->petition->state == YEJI_PETITION_DRAFT;
}

static void
update_note (YejiPetitionWindow *self)
{
  const char *missing = is_draft (self) ? yeji_petition_find_missing (self->petition) : NULL;
  const char *note = missing;

  if (is_draft (self) && missing == NULL)
    note = self->saved < self->edited ? _("Saving…") : _("Saved on this computer as a draft.");
  gtk_label_set_text (self->note, note != NULL ? note : "");
  gtk_widget_set_sensitive (GTK_WIDGET (self->send), missing == NULL && !self->busy);
  gtk_widget_set_visible (GTK_WIDGET (self->send), is_draft (self));
  gtk_widget_set_sensitive (GTK_WIDGET (self->back), !self->busy);
}

static void
say (YejiPetitionWindow *self,
     const GError       *error)
{
  g_autofree char *sentence = yeji_error_to_sentence (error);

  g_message ("an application: %s", error->message);
  gtk_label_set_text (self->note, sentence);
}

static void schedule (YejiPetitionWindow *self);

/* A job has ended; what was typed meanwhile is saved next. */
static void
end_job (YejiPetitionWindow *self,
         gboolean            saved)
{
  self->busy = FALSE;
  if (saved)
    self->saved = self->flying;
  if (is_draft (self) && self->saved < self->edited)
    schedule (self);
  update_note (self);
  if (self->closes)
    {
      self->closes = FALSE;
      gtk_window_close (GTK_WINDOW (self));
    }
}

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (YejiPetitionWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = yeji_background_finish (result, &error);

  if (self->draft == NULL)
    return;
  end_job (self, list != NULL);
  if (list == NULL)
    say (self, error);
}

static void
save_now (YejiPetitionWindow *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (is_draft (self) && self->saved < self->edited && !self->busy)
    run (self, YEJI_PETITION_JOB_SAVE, NULL, on_saved);
}

static gboolean
save_on_time (gpointer data)
{
  YejiPetitionWindow *self = data;

  self->timer = 0;
  save_now (self);
  return G_SOURCE_REMOVE;
}

static void
schedule (YejiPetitionWindow *self)
{
  if (self->timer == 0)
    self->timer = g_timeout_add (SAVE_PAUSE, save_on_time, self);
}

static void
touch (YejiPetitionWindow *self)
{
  self->edited++;
  schedule (self);
  update_note (self);
}

static void
clear_list (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

static gboolean
find_approved (YejiPetitionWindow *self,
               YejiRow            *row,
               const YejiFieldDef *field,
               YejiPlace          *place)
{
  YejiRecord *record = yeji_draft_get_record (self->draft);

  place->table = yeji_dictionary_find_table (yeji_record_get_dictionary (record),
                                             yeji_row_get_table (row)->id);
  place->row = place->table != NULL
                 ? yeji_record_find_row (record, place->table, yeji_row_get_id (row), NULL) : NULL;
  place->field = place->table != NULL ? yeji_table_def_find_field (place->table, field->id) : NULL;
  return place->row != NULL && place->field != NULL;
}

/* Somebody typed in the copy: that is what is asked for. */
static void
on_value_changed (YejiPetitionWindow *self,
                  YejiRow            *row,
                  const YejiFieldDef *field)
{
  const char *value = yeji_row_get (row, field);
  YejiPlace place = { yeji_row_get_table (row), row, field };

  if (!is_draft (self))
    return;
  if (yeji_petition_find_row (self->petition, row) == YEJI_PETITION_ROW_COMES)
    {
      yeji_petition_set (self->petition, yeji_draft_get_record (self->copy), &place, value);
      touch (self);
      return;
    }
  if (!find_approved (self, row, field, &place))
    return;
  yeji_petition_set (self->petition, yeji_draft_get_record (self->draft), &place,
                     g_str_equal (yeji_row_get (place.row, place.field), value) ? NULL : value);
  touch (self);
}

static void
on_remove_change (YejiPetitionWindow *self,
                  GtkWidget          *button)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW);
  const char *pointer = g_object_get_data (G_OBJECT (button), "pointer");
  YejiPlace here, there;

  if (!yeji_record_resolve (yeji_draft_get_record (self->copy), pointer, &here, NULL)
      || !find_approved (self, here.row, here.field, &there))
    return;
  yeji_draft_set_value (self->copy, here.row, here.field, yeji_row_get (there.row, there.field));
  yeji_petition_set (self->petition, yeji_draft_get_record (self->draft), &there, NULL);
  gtk_list_box_remove (self->changes, row);
  touch (self);
}

/* Pointers that stand in the buttons mean the copy, which a row leaves. */
static void show_changes (YejiPetitionWindow *self);

static void
on_remove_row (YejiPetitionWindow *self,
               GtkWidget          *button)
{
  const char *pointer = g_object_get_data (G_OBJECT (button), "pointer");
  YejiPlace place;

  if (!yeji_record_resolve (yeji_draft_get_record (self->copy), pointer, &place, NULL)
      || place.row == NULL)
    return;
  if (yeji_petition_find_row (self->petition, place.row) == YEJI_PETITION_ROW_COMES)
    {
      g_autoptr (YejiRow) row = g_object_ref (place.row);

      yeji_draft_remove_row (self->copy, row);
      yeji_petition_keep_row (self->petition, row);
      yeji_petition_renumber (self->petition, yeji_draft_get_record (self->copy));
    }
  else
    yeji_petition_keep_row (self->petition, place.row);
  show_changes (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->add_field));
  touch (self);
}

static GtkWidget *
append_row (YejiPetitionWindow *self,
            YejiRow            *row)
{
  gboolean comes = yeji_petition_find_row (self->petition, row) == YEJI_PETITION_ROW_COMES;
  GtkWidget *remove, *target, *line;

  line = yeji_petition_make_row (self->copy, row, comes, &remove, &target);
  g_object_set_data_full (G_OBJECT (remove), "pointer",
                          yeji_record_get_pointer (yeji_draft_get_record (self->copy),
                                                   yeji_row_get_table (row), row, NULL), g_free);
  g_signal_connect_object (remove, "clicked", G_CALLBACK (on_remove_row), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (self->changes, line);
  return target;
}

static GtkWidget *
append_change (YejiPetitionWindow *self,
               const YejiPlace    *place)
{
  GtkWidget *remove, *target, *row;
  YejiPlace approved;

  if (!find_approved (self, place->row, place->field, &approved))
    return NULL;
  row = yeji_petition_make_change (self->copy, place->row, place->field,
                                   yeji_row_get (approved.row, approved.field), &remove, &target);
  g_object_set_data_full (G_OBJECT (remove), "pointer",
                          yeji_record_get_pointer (yeji_draft_get_record (self->copy),
                                                   place->table, place->row, place->field),
                          g_free);
  g_signal_connect_object (remove, "clicked", G_CALLBACK (on_remove_change), self,
                           G_CONNECT_SWAPPED);
  gtk_list_box_append (self->changes, row);
  return target;
}

static gboolean
is_shown (YejiPetitionWindow *self,
          const char         *pointer)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->changes, i)) != NULL; i++)
    {
      GtkWidget *line = gtk_list_box_row_get_child (row);
      GtkWidget *last = gtk_widget_get_last_child (line);

      if (g_strcmp0 (g_object_get_data (G_OBJECT (last), "pointer"), pointer) == 0)
        return TRUE;
    }
  return FALSE;
}

/* (nullable): the table that a pointer wants one more row of */
static const YejiTableDef *
find_growing (YejiPetitionWindow *self,
              const char         *pointer)
{
  g_auto (GStrv) parts = g_strsplit (pointer, "/", 4);

  if (g_strv_length (parts) != 3 || !g_str_equal (parts[2], YEJI_PETITION_NEW_ROW))
    return NULL;
  return yeji_dictionary_find_member (yeji_draft_get_dictionary (self->copy), parts[1]);
}

static void
add_row (YejiPetitionWindow *self,
         const YejiTableDef *table)
{
  YejiRow *row = yeji_draft_add_row (self->copy, table);

  yeji_petition_bring_row (self->petition, yeji_draft_get_record (self->copy), row);
  gtk_widget_grab_focus (append_row (self, row));
  touch (self);
}

/* What was asked for its values is in vain. */
static void
take_row (YejiPetitionWindow *self,
          YejiRow            *row)
{
  if (yeji_petition_find_row (self->petition, row) != YEJI_PETITION_ROW_STAYS)
    return;
  yeji_petition_take_row (self->petition, yeji_draft_get_record (self->copy), row);
  show_changes (self);
  touch (self);
}

/**
 * yeji_petition_window_add_field:
 * @pointer: into the record; of a field, of a row, or of a table with %YEJI_PETITION_NEW_ROW
 *
 * Offers to write what a field shall be, has a row go, or offers to write a new one.
 */
void
yeji_petition_window_add_field (YejiPetitionWindow *self,
                                const char         *pointer)
{
  const YejiTableDef *table;
  GtkWidget *target;
  YejiPlace place;

  g_return_if_fail (YEJI_IS_PETITION_WINDOW (self));

  if (self->copy == NULL || !is_draft (self) || is_shown (self, pointer))
    return;
  table = find_growing (self, pointer);
  if (table != NULL)
    add_row (self, table);
  if (!yeji_record_resolve (yeji_draft_get_record (self->copy), pointer, &place, NULL)
      || place.row == NULL)
    return;
  if (place.field == NULL && place.table->index != 0)
    take_row (self, place.row);
  if (place.field == NULL
      || yeji_petition_find_row (self->petition, place.row) != YEJI_PETITION_ROW_STAYS)
    return;
  target = append_change (self, &place);
  if (target != NULL)
    gtk_widget_grab_focus (target);
}

static void
on_chosen (YejiPetitionWindow *self,
           const char         *pointer)
{
  gtk_menu_button_popdown (self->add_field);
  yeji_petition_window_add_field (self, pointer);
}

/* The copy has what was asked for before. */
static void
make_copy (YejiPetitionWindow *self)
{
  g_autoptr (YejiRecord) record = yeji_petition_apply (self->petition,
                                                       yeji_draft_get_record (self->draft));
  g_autoptr (GListModel) places = yeji_petition_list_places (yeji_draft_get_record (self->draft));

  g_clear_object (&self->copy);
  self->copy = yeji_draft_new_detached (yeji_draft_get_store (self->draft),
                                        yeji_draft_get_validator (self->draft), record,
                                        yeji_draft_get_entry (self->draft),
                                        yeji_draft_get_attachments (self->draft));
  g_signal_connect_object (self->copy, "value-changed", G_CALLBACK (on_value_changed), self,
                           G_CONNECT_SWAPPED);
  yeji_chooser_set_choices (self->chooser, places, "");
}

static void
show_changes (YejiPetitionWindow *self)
{
  YejiRecord *record = yeji_draft_get_record (self->draft);

  clear_list (self->changes);
  if (is_draft (self))
    make_copy (self);
  for (guint i = 0; i < self->petition->changes->len; i++)
    {
      const YejiPetitionChange *change = g_ptr_array_index (self->petition->changes, i);
      YejiPlace place;

      if (!is_draft (self))
        gtk_list_box_append (self->changes, yeji_petition_make_fixed (record, change));
      else if (!yeji_record_resolve (yeji_draft_get_record (self->copy), change->pointer, &place,
                                     NULL) || place.row == NULL)
        continue;
      else if (place.field == NULL)
        append_row (self, place.row);
      else if (yeji_petition_find_row (self->petition, place.row) == YEJI_PETITION_ROW_STAYS)
        append_change (self, &place);
    }
}

static void
on_remove_file (YejiPetitionWindow *self,
                GtkWidget          *button)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW);
  int index = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));

  if (!is_draft (self) || index < 0 || (guint) index >= self->petition->files->len)
    return;
  g_ptr_array_remove_index (self->petition->files, (guint) index);
  gtk_list_box_remove (self->files, row);
  touch (self);
}

static void
show_files (YejiPetitionWindow *self)
{
  clear_list (self->files);
  for (guint i = 0; i < self->petition->files->len; i++)
    {
      GtkWidget *remove = NULL;

      gtk_list_box_append (self->files,
                           yeji_petition_make_file (g_ptr_array_index (self->petition->files, i),
                                                    is_draft (self) ? &remove : NULL));
      if (remove != NULL)
        g_signal_connect_object (remove, "clicked", G_CALLBACK (on_remove_file), self,
                                 G_CONNECT_SWAPPED);
    }
}

static void
show_petition (YejiPetitionWindow *self)
{
  gboolean draft = is_draft (self);
  gboolean corrects = self->kind == YEJI_PETITION_CORRECTION;
  const char *back = yeji_petition_get_back_label (self->petition);
  g_autofree char *words = draft ? g_strdup (self->petition->failure)
                                 : yeji_petition_to_words (self->petition);

  self->filling = TRUE;
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->reason), self->petition->reason, -1);
  self->filling = FALSE;
  gtk_text_view_set_editable (self->reason, draft);
  gtk_label_set_text (self->words, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->words), words != NULL);
  gtk_widget_set_visible (self->changes_head, corrects);
  gtk_widget_set_visible (GTK_WIDGET (self->changes), corrects);
  gtk_widget_set_visible (GTK_WIDGET (self->add_field), draft);
  gtk_widget_set_visible (self->add_file, draft);
  gtk_button_set_label (self->back, back != NULL ? back : "");
  gtk_widget_set_visible (GTK_WIDGET (self->back), back != NULL);
  show_changes (self);
  show_files (self);
  update_note (self);
}

/* What is under way, else the draft; a new one where there is neither. */
static YejiPetition *
choose (YejiPetitionWindow *self,
        GPtrArray          *list)
{
  for (guint wanted = YEJI_PETITION_REQUESTED + 1; wanted > 0; wanted--)
    for (guint i = 0; i < list->len; i++)
      {
        const YejiPetition *one = g_ptr_array_index (list, i);

        if (one->kind == self->kind && one->state == wanted - 1)
          return g_ptr_array_steal_index (list, i);
      }
  return yeji_petition_new (yeji_draft_get_uuid (self->draft), self->kind);
}

static void
take_list (YejiPetitionWindow *self,
           GPtrArray          *list)
{
  gboolean any = FALSE;

  g_clear_pointer (&self->petition, yeji_petition_free);
  self->petition = choose (self, list);
  self->saved = self->edited;
  clear_list (self->earlier);
  for (guint i = 0; i < list->len; i++)
    {
      const YejiPetition *one = g_ptr_array_index (list, i);

      if (one->state < YEJI_PETITION_GRANTED)
        continue;
      any = TRUE;
      gtk_list_box_append (self->earlier,
                           yeji_petition_make_earlier (yeji_draft_get_record (self->draft), one));
    }
  gtk_widget_set_visible (self->earlier_head, any);
  gtk_widget_set_visible (GTK_WIDGET (self->earlier), any);
  show_petition (self);
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (YejiPetitionWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = yeji_background_finish (result, &error);

  if (self->draft == NULL)
    return;
  /* who types meanwhile goes on typing: only what left the computer is taken over */
  if (list == NULL)
    say (self, error);
  else if (self->petition == NULL || !is_draft (self))
    take_list (self, list);
}

static void
on_done (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (YejiPetitionWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = yeji_background_finish (result, &error);

  if (self->draft == NULL)
    return;
  if (list != NULL)
    take_list (self, list);
  end_job (self, FALSE);
  if (list == NULL)
    say (self, error);
  if (self->engine != NULL)
    yeji_sync_engine_wake (self->engine);
}

static void
on_attached (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (YejiPetitionWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = yeji_background_finish (result, &error);
  const YejiPetition *came = list != NULL ? g_ptr_array_index (list, 0) : NULL;

  if (self->draft == NULL)
    return;
  for (guint i = 0; came != NULL && i < came->files->len; i++)
    {
      const YejiPetitionFile *file = g_ptr_array_index (came->files, i);

      yeji_petition_add_file (self->petition, file->sha256, file->filename, file->media_type,
                              file->size);
    }
  if (came != NULL)
    {
      show_files (self);
    }
  end_job (self, came != NULL);
  if (came == NULL)
    say (self, error);
}

/**
 * yeji_petition_window_add_files:
 * @files: of #GFile
 *
 * Adds documents as evidence.
 */
void
yeji_petition_window_add_files (YejiPetitionWindow *self,
                                GListModel         *files)
{
  GPtrArray *list;

  g_return_if_fail (YEJI_IS_PETITION_WINDOW (self));

  if (!is_draft (self) || self->busy || g_list_model_get_n_items (files) == 0)
    return;
  list = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    g_ptr_array_add (list, g_list_model_get_item (files, i));
  run (self, YEJI_PETITION_JOB_ATTACH, list, on_attached);
  update_note (self);
}

static void
on_files_chosen (GtkFileChooserNative *dialog,
                 int                   response,
                 YejiPetitionWindow   *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));

      yeji_petition_window_add_files (self, files);
    }
  g_object_unref (dialog);
}

static void
on_add_file (YejiPetitionWindow *self)
{
  static const char * const types[] = { "application/pdf", "image/jpeg" };
  GtkFileChooserNative *dialog;
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  dialog = gtk_file_chooser_native_new (_("Evidence"), GTK_WINDOW (self),
                                        GTK_FILE_CHOOSER_ACTION_OPEN, _("_Attach"), _("_Cancel"));
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    gtk_file_filter_add_mime_type (filter, types[i]);
  gtk_file_filter_set_name (filter, _("Scans"));
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_files_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static gboolean
on_drop (GtkDropTarget      *target,
         const GValue       *value,
         double              x,
         double              y,
         YejiPetitionWindow *self)
{
  GSList *list = g_value_get_boxed (value);
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);

  for (GSList *item = list; item != NULL; item = item->next)
    g_list_store_append (files, item->data);
  yeji_petition_window_add_files (self, G_LIST_MODEL (files));
  return is_draft (self);
}

static void
on_reason_changed (GtkTextBuffer      *buffer,
                   YejiPetitionWindow *self)
{
  GtkTextIter start, end;

  if (self->filling || !is_draft (self))
    return;
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  g_free (self->petition->reason);
  self->petition->reason = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  touch (self);
}

static void
on_send (YejiPetitionWindow *self)
{
  if (!is_draft (self) || yeji_petition_find_missing (self->petition) != NULL || self->busy)
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  run (self, YEJI_PETITION_JOB_SEND, NULL, on_done);
  update_note (self);
}

static void
on_back (YejiPetitionWindow *self)
{
  if (self->petition == NULL || self->busy)
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  if (is_draft (self))
    run (self, YEJI_PETITION_JOB_DISCARD, NULL, on_done);
  else
    run (self, self->petition->state == YEJI_PETITION_QUEUED ? YEJI_PETITION_JOB_REOPEN
                                                             : YEJI_PETITION_JOB_CANCEL, NULL,
         on_done);
  update_note (self);
}

/* What became of it, as the province says it while the window is open. */
static void
on_store_changed (YejiPetitionWindow *self,
                  const char         *uuid)
{
  if (self->petition != NULL && !is_draft (self) && !self->busy
      && (uuid == NULL || g_str_equal (uuid, yeji_draft_get_uuid (self->draft))))
    run (self, YEJI_PETITION_JOB_LOAD, NULL, on_loaded);
}

/* What was typed last is on the disk before the window is gone. */
static gboolean
yeji_petition_window_close_request (GtkWindow *window)
{
  YejiPetitionWindow *self = YEJI_PETITION_WINDOW (window);
  g_autoptr (GError) error = NULL;

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->busy)
    {
      self->closes = TRUE;
      return TRUE;
    }
  if (is_draft (self) && self->saved < self->edited)
    {
      if (!yeji_store_save_petition (yeji_draft_get_store (self->draft), self->petition, &error))
        {
          say (self, error);
          return TRUE;
        }
      self->saved = self->edited;
    }
  return GTK_WINDOW_CLASS (yeji_petition_window_parent_class)->close_request (window);
}

static void
yeji_petition_window_dispose (GObject *object)
{
  YejiPetitionWindow *self = YEJI_PETITION_WINDOW (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->copy);
  g_clear_object (&self->draft);
  g_clear_object (&self->engine);
  g_clear_pointer (&self->petition, yeji_petition_free);
  G_OBJECT_CLASS (yeji_petition_window_parent_class)->dispose (object);
}

static void
yeji_petition_window_class_init (YejiPetitionWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_petition_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = yeji_petition_window_close_request;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-petition-window.ui");
#define BIND(child) gtk_widget_class_bind_template_child (widget_class, YejiPetitionWindow, child)
  BIND (intro);
  BIND (words);
  BIND (reason);
  BIND (changes_head);
  BIND (add_field);
  BIND (changes);
  BIND (files_head);
  BIND (add_file);
  BIND (files);
  BIND (earlier_head);
  BIND (earlier);
  BIND (note);
  BIND (back);
  BIND (send);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, on_add_file);
  gtk_widget_class_bind_template_callback (widget_class, on_send);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static GtkWidget *
make_placeholder (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "yeji-petition-change");
  return label;
}

static void
yeji_petition_window_init (YejiPetitionWindow *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->chooser = yeji_chooser_new (_("Field or row"));
  gtk_menu_button_set_popover (self->add_field, GTK_WIDGET (self->chooser));
  g_signal_connect_object (self->chooser, "chosen", G_CALLBACK (on_chosen), self,
                           G_CONNECT_SWAPPED);
  gtk_list_box_set_placeholder (self->changes,
                                make_placeholder (_("Nothing was chosen yet. A value can be "
                                                    "corrected, a row added or removed.")));
  gtk_list_box_set_placeholder (self->files,
                                make_placeholder (_("Drop PDF or JPEG files here, or choose them."
                                                    )));
  yeji_text_limit_set (gtk_text_view_get_buffer (self->reason), YEJI_PETITION_MAX_REASON);
  yeji_a11y_set_name (GTK_WIDGET (self->reason), _("Reason"));
  yeji_a11y_set_name (GTK_WIDGET (self->changes), _("What is to be corrected"));
  yeji_a11y_set_name (GTK_WIDGET (self->files), _("Evidence"));
  yeji_a11y_set_name (GTK_WIDGET (self->earlier), _("Earlier applications"));
  g_signal_connect_object (gtk_text_view_get_buffer (self->reason), "changed",
                           G_CALLBACK (on_reason_changed), self, 0);
  g_signal_connect_object (drop, "drop", G_CALLBACK (on_drop), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
  gtk_widget_set_sensitive (GTK_WIDGET (self->send), FALSE);
}

/**
 * yeji_petition_window_new:
 * @draft: the record that is open
 * @engine: (nullable)
 *
 * Returns: (transfer none): a window in which a correction or a withdrawal is asked for
 */
GtkWidget *
yeji_petition_window_new (GtkWindow        *parent,
                          YejiDraft        *draft,
                          YejiSyncEngine   *engine,
                          YejiPetitionKind  kind)
{
  YejiPetitionWindow *self = g_object_new (YEJI_TYPE_PETITION_WINDOW, "transient-for", parent,
                                           NULL);

  self->draft = g_object_ref (draft);
  self->engine = engine != NULL ? g_object_ref (engine) : NULL;
  self->kind = kind;
  gtk_window_set_title (GTK_WINDOW (self), kind == YEJI_PETITION_CORRECTION
                                             ? _("Apply for a Correction")
                                             : _("Apply for Withdrawal"));
  gtk_label_set_text (self->intro, kind == YEJI_PETITION_CORRECTION
    ? _("The record stays as it was approved until the province grants the correction. Before and "
        "after are shown on the public page, without personal numbers.")
    : _("Until the province grants it the record stays public. After that it is yours again: you "
        "can change it and submit it anew. The public page says that it was withdrawn, and why."));
  g_signal_connect_object (yeji_draft_get_store (draft), "changed", G_CALLBACK (on_store_changed),
                           self, G_CONNECT_SWAPPED);
  run (self, YEJI_PETITION_JOB_LOAD, NULL, on_loaded);
  return GTK_WIDGET (self);
}

/* (transfer none) (nullable): what is shown, once it was read */
YejiPetition *
yeji_petition_window_get_petition (YejiPetitionWindow *self)
{
  return self->petition;
}

/* Whether all that was typed is on the disk, and nothing is under way. */
gboolean
yeji_petition_window_is_saved (YejiPetitionWindow *self)
{
  return self->petition != NULL && self->saved == self->edited && !self->busy;
}
