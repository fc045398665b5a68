// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-window-bin"

#include "config.h"

#include "yeji-window-bin.h"

#include <glib/gi18n.h>

#include "yeji-background.h"
#include "yeji-bin.h"
#include "yeji-messages.h"

/* What the clerk wants to be gone for good: first it is counted, then the clerk is asked, then it
 * is done. */
typedef struct
{
  YejiWindow *window;
  YejiStore *store;
  GStrv uuids;                 /* (nullable): %NULL for everything in the bin */
  guint n_records;
  guint n_documents;
} Wish;

static void
free_wish (gpointer data)
{
  Wish *wish = data;

  g_object_unref (wish->window);
  g_object_unref (wish->store);
  g_strfreev (wish->uuids);
  g_free (wish);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wish, free_wish)

static void
drop_wish (gpointer  data,
           GClosure *closure)
{
  free_wish (data);
}

static void
say_error (YejiWindow   *window,
           const GError *error)
{
  g_autofree char *sentence = yeji_error_to_sentence (error);

  g_message ("%s", error->message);
  yeji_window_say (window, sentence);
}

/* An answer that comes after the window went is an answer to nobody. */
static gboolean
is_gone (YejiWindow *window)
{
  return !gtk_widget_get_realized (GTK_WIDGET (window));
}

static void
on_deleted (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (Wish) wish = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gboolean deleted = yeji_store_empty_bin_finish (YEJI_STORE (source), result, &error);

  if (is_gone (wish->window))
    return;
  if (!deleted)
    {
      say_error (wish->window, error);
      return;
    }
  text = g_strdup_printf (ngettext ("%u record deleted for good", "%u records deleted for good",
                                    wish->n_records), wish->n_records);
  yeji_window_say (wish->window, text);
}

static void
on_response (AdwMessageDialog *dialog,
             const char       *response,
             const Wish       *wish)
{
  Wish *order;

  if (!g_str_equal (response, "delete"))
    return;
  order = g_new0 (Wish, 1);
  order->window = g_object_ref (wish->window);
  order->store = g_object_ref (wish->store);
  order->n_records = wish->n_records;
  yeji_store_empty_bin_async (wish->store, (const char *const *) wish->uuids, NULL, on_deleted,
                              order);
}

/* How much goes, and that it does not come back. */
static char *
describe (const Wish *wish)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, ngettext ("%u record is deleted with its history.",
                                          "%u records are deleted with their history.",
                                          wish->n_records), wish->n_records);
  g_string_append_c (text, '\n');
  if (wish->n_documents > 0)
    {
      g_string_append_printf (text, ngettext ("%u document goes with it.",
                                              "%u documents go with it.",
                                              wish->n_documents), wish->n_documents);
      g_string_append_c (text, '\n');
    }
  g_string_append (text, _("This cannot be undone."));
  return g_string_free (text, FALSE);
}

static void
ask (Wish *wish)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (wish->window),
                                              wish->uuids == NULL ? _("Empty the Bin?")
                                                                  : _("Delete for Good?"), NULL);
  g_autofree char *body = describe (wish);

  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "delete",
                                    wish->uuids == NULL ? _("_Empty Bin") : _("_Delete for Good"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "delete",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), wish, drop_wish, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gpointer
list_bin (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  return yeji_store_list_bin (data, error);
}

static void
on_listed (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (Wish) wish = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = yeji_background_finish (result, &error);

  if (is_gone (wish->window))
    return;
  if (items == NULL)
    {
      say_error (wish->window, error);
      return;
    }
  for (guint i = 0; i < items->len; i++)
    {
      const YejiBinItem *item = g_ptr_array_index (items, i);

      if (wish->uuids != NULL && !g_strv_contains ((const char *const *) wish->uuids, item->uuid))
        continue;
      wish->n_records++;
      wish->n_documents += item->n_documents;
    }
  if (wish->n_records > 0)
    ask (g_steal_pointer (&wish));
}

static void
on_destroyed (YejiRecordList     *list,
              const char *const  *uuids,
              YejiStore          *store)
{
  Wish *wish = g_new0 (Wish, 1);

  wish->window = g_object_ref (YEJI_WINDOW (gtk_widget_get_root (GTK_WIDGET (list))));
  wish->store = g_object_ref (store);
  wish->uuids = g_strdupv ((GStrv) uuids);
  yeji_background_run (store, list_bin, g_object_ref (store), g_object_unref,
                       (GDestroyNotify) g_ptr_array_unref, on_listed, wish);
}

/**
 * yeji_window_bin_watch:
 *
 * Deletes for good what the list asks for, after the clerk said yes.
 */
void
yeji_window_bin_watch (YejiWindow *window,
                       YejiStore  *store)
{
  g_signal_connect_object (yeji_window_get_list (window), "destroyed", G_CALLBACK (on_destroyed),
                           store, 0);
}
