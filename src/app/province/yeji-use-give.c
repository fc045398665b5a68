// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* What the window of qualification lists gives away: a table, JSON, a PDF, paper. */

#define G_LOG_DOMAIN "yeji-use-window"

#include "config.h"

#include "yeji-use-window.h"

#include <string.h>

#include <glib/gi18n.h>

#include "yeji-background.h"
#include "yeji-json.h"
#include "yeji-messages.h"
#include "yeji-print.h"
#include "yeji-toast.h"
#include "yeji-use-paper.h"

/* What is written, and where. */
typedef struct
{
  GFile *file;
  char *text;                  /* (nullable): else a PDF of the node */
  JsonNode *node;
} Writing;

static void
free_writing (gpointer data)
{
  Writing *writing = data;

  g_clear_object (&writing->file);
  g_free (writing->text);
  g_clear_pointer (&writing->node, json_node_unref);
  g_free (writing);
}

static char *
make_csv (const YejiUseChoice *choice,
          const YejiUseList   *list)
{
  return yeji_use_choice_to_csv (choice, list, yeji_language_get_current ());
}

static char *
make_json (const YejiUseChoice *choice,
           const YejiUseList   *list)
{
  g_autoptr (JsonNode) node = yeji_use_choice_to_json (choice, list);
  g_autofree char *text = yeji_json_print (node, TRUE);

  return g_strconcat (text, "\n", NULL);
}

static const struct
{
  const char *action;
  const char *title;
  const char *ending;
  char *(*make) (const YejiUseChoice *choice,
                 const YejiUseList   *list); /* NULL: a PDF */
} ways[] = {
  { "use.export-csv", N_("Export as Table"), ".csv", make_csv },
  { "use.export-json", N_("Export as JSON"), ".json", make_json },
  { "use.export-pdf", N_("Save as PDF"), ".pdf", NULL },
};

static gpointer
write_file (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Writing *writing = data;
  g_autoptr (YejiPaper) paper = NULL;
  g_autofree char *path = g_file_get_path (writing->file);
  gboolean done;

  if (writing->text != NULL)
    done = g_file_replace_contents (writing->file, writing->text, strlen (writing->text), NULL,
                                    FALSE, G_FILE_CREATE_NONE, NULL, cancellable, error);
  else
    {
      paper = yeji_use_paper_new (writing->node, yeji_language_get_current ());
      done = path != NULL && yeji_paper_write_pdf (paper, path, error);
      if (path == NULL)
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "not a local file");
    }
  return done ? g_object_ref (writing->file) : NULL;
}

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = yeji_background_finish (result, &error);
  g_autofree char *name = file != NULL ? g_file_get_basename (file) : NULL;
  g_autofree char *shown = name != NULL ? g_filename_display_name (name) : NULL;
  g_autofree char *text = file != NULL ? g_strdup_printf (_("Saved as %s"), shown)
                                       : yeji_error_to_sentence (error);

  yeji_toast_say (yeji_use_window_get_toasts (YEJI_USE_WINDOW (source)), text);
}

static void
write_to (YejiUseWindow *self,
          guint          way,
          GFile         *file)
{
  const YejiUseChoice *choice = yeji_use_window_get_choice (self);
  const YejiUseList *list = yeji_use_window_get_list (self);
  Writing *writing;

  if (choice == NULL || list == NULL)
    return;
  writing = g_new0 (Writing, 1);
  writing->file = g_object_ref (file);
  if (ways[way].make != NULL)
    writing->text = ways[way].make (choice, list);
  else
    writing->node = yeji_use_choice_to_json (choice, list);
  yeji_background_run (self, write_file, writing, free_writing, g_object_unref, on_written, NULL);
}

typedef struct
{
  YejiUseWindow *self;         /* (nullable): weak */
  guint way;
} Asked;

static void
free_asked (gpointer  data,
            GClosure *closure)
{
  Asked *asked = data;

  g_clear_weak_pointer (&asked->self);
  g_free (asked);
}

static void
on_place_chosen (GtkNativeDialog *dialog,
                 int              response,
                 Asked           *asked)
{
  g_autoptr (GtkNativeDialog) kept = dialog;
  g_autoptr (GFile) file = NULL;

  if (response != GTK_RESPONSE_ACCEPT || asked->self == NULL)
    return;
  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  write_to (asked->self, asked->way, file);
}

/* What the list is called may be anything, and a file name has its limits. */
static char *
propose_name (const YejiUseList *list,
              const char        *ending)
{
  g_autofree char *name = g_strdup (*list->name != '\0' ? list->name : _("Qualification List"));

  g_strdelimit (name, "/\\:*?\"<>|\n\t", '_');
  return g_strconcat (name, ending, NULL);
}

static void
on_export (GtkWidget  *widget,
           const char *name,
           GVariant   *target)
{
  YejiUseWindow *self = YEJI_USE_WINDOW (widget);
  const YejiUseList *list = yeji_use_window_get_list (self);
  GtkFileChooserNative *dialog;
  g_autofree char *proposed = NULL;
  Asked *asked;
  guint way = 0;

  while (way + 1 < G_N_ELEMENTS (ways) && !g_str_equal (ways[way].action, name))
    way++;
  if (list == NULL)
    return;
  proposed = propose_name (list, ways[way].ending);
  dialog = gtk_file_chooser_native_new (_(ways[way].title), GTK_WINDOW (self),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), proposed);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  asked = g_new0 (Asked, 1);
  g_set_weak_pointer (&asked->self, self);
  asked->way = way;
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_place_chosen), asked, free_asked, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
on_print (GtkWidget  *widget,
          const char *name,
          GVariant   *target)
{
  YejiUseWindow *self = YEJI_USE_WINDOW (widget);
  const YejiUseChoice *choice = yeji_use_window_get_choice (self);
  const YejiUseList *list = yeji_use_window_get_list (self);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (choice == NULL || list == NULL)
    return;
  node = yeji_use_choice_to_json (choice, list);
  if (yeji_print_run (yeji_use_paper_new (node, yeji_language_get_current ()), GTK_WINDOW (self),
                      &error))
    return;
  sentence = yeji_error_to_sentence (error);
  yeji_toast_say (yeji_use_window_get_toasts (self), sentence);
}

/**
 * yeji_use_give_install:
 *
 * Adds the actions of this file to the window's class.
 */
void
yeji_use_give_install (GtkWidgetClass *klass)
{
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    gtk_widget_class_install_action (klass, ways[i].action, NULL, on_export);
  gtk_widget_class_install_action (klass, "use.print", NULL, on_print);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_s, GDK_CONTROL_MASK, "use.export-csv", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_p, GDK_CONTROL_MASK, "use.print", NULL);
}
