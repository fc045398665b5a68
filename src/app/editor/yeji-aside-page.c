// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-aside-page"

#include "config.h"

#include "yeji-aside-page.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-messages.h"
#include "yeji-tooltip.h"

/* Nobody reads more of them in one go, and each is a row of widgets. */
#define MAX_SHOWN 300

struct _YejiAsidePage
{
  AdwBin parent_instance;

  AdwPreferencesGroup *group;
  GtkListBox *list;
  GtkLabel *more;

  YejiDraft *draft;
  GSignalGroup *record_signals;
};

G_DEFINE_FINAL_TYPE (YejiAsidePage, yeji_aside_page, ADW_TYPE_BIN)

typedef struct
{
  YejiDraft *draft;
  YejiAside *aside;
} Question;

static void
free_question (gpointer  data,
               GClosure *closure)
{
  Question *question = data;

  g_object_unref (question->draft);
  yeji_aside_free (question->aside);
  g_free (question);
}

static void
on_response (AdwMessageDialog *dialog,
             const char       *response,
             Question         *question)
{
  if (!g_str_equal (response, "delete") || !yeji_draft_is_editable (question->draft))
    return;
  yeji_draft_begin_step (question->draft);
  yeji_record_remove_aside (yeji_draft_get_record (question->draft), question->aside);
}

static void
on_delete (GtkButton     *button,
           YejiAsidePage *self)
{
  gtk_window_present (GTK_WINDOW (yeji_aside_page_ask (self, g_object_get_data (G_OBJECT (button),
                                                                                "aside"))));
}

static void
on_copy (GtkButton     *button,
         YejiAsidePage *self)
{
  const YejiAside *aside = g_object_get_data (G_OBJECT (button), "aside");

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), aside->value);
}

static GtkWidget *
make_button (YejiAsidePage   *self,
             const YejiAside *aside,
             const char      *icon,
             const char      *name,
             GCallback        clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  g_autofree char *spoken = g_strdup_printf ("%s: %s", name, aside->label);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  yeji_tooltip_set (button, name);
  yeji_a11y_set_name (button, spoken);
  g_object_set_data_full (G_OBJECT (button), "aside", yeji_aside_copy (aside),
                          (GDestroyNotify) yeji_aside_free);
  g_signal_connect_object (button, "clicked", clicked, self, 0);
  return button;
}

static GtkWidget *
make_value (const YejiAside *aside)
{
  GtkWidget *value = gtk_label_new (aside->value);

  gtk_label_set_xalign (GTK_LABEL (value), 0);
  gtk_label_set_wrap (GTK_LABEL (value), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (value), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (value), TRUE);
  yeji_a11y_set_name (value, aside->label);
  return value;
}

static GtkWidget *
make_row (YejiAsidePage   *self,
          const YejiAside *aside)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  /* Translators: a field's name, and the version of the dictionary that had it */
  g_autofree char *title = g_strdup_printf (_("%s (version %s)"), aside->label, aside->version);
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), label);
  gtk_box_append (GTK_BOX (texts), make_value (aside));
  gtk_box_append (GTK_BOX (line), texts);
  gtk_box_append (GTK_BOX (line), make_button (self, aside, "edit-copy-symbolic", _("Copy"),
                                               G_CALLBACK (on_copy)));
  if (yeji_draft_is_editable (self->draft))
    gtk_box_append (GTK_BOX (line), make_button (self, aside, "user-trash-symbolic", _("Delete…"),
                                                 G_CALLBACK (on_delete)));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_widget_add_css_class (row, "yeji-aside");
  return row;
}

static void
update (YejiAsidePage *self)
{
  GPtrArray *aside = yeji_record_get_aside (yeji_draft_get_record (self->draft));
  g_autofree char *more = NULL;
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < MIN (aside->len, MAX_SHOWN); i++)
    gtk_list_box_append (self->list, make_row (self, g_ptr_array_index (aside, i)));
  gtk_widget_set_visible (GTK_WIDGET (self->list), aside->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->more), aside->len > MAX_SHOWN);
  if (aside->len <= MAX_SHOWN)
    return;
  more = g_strdup_printf (ngettext ("%u more is not shown.", "%u more are not shown.",
                                    aside->len - MAX_SHOWN), aside->len - MAX_SHOWN);
  gtk_label_set_text (self->more, more);
}

/* Another record object stands for the same record. */
static void
follow (YejiAsidePage *self)
{
  g_signal_group_set_target (self->record_signals, yeji_draft_get_record (self->draft));
  update (self);
}

static void
yeji_aside_page_dispose (GObject *object)
{
  YejiAsidePage *self = YEJI_ASIDE_PAGE (object);

  g_clear_object (&self->record_signals);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (yeji_aside_page_parent_class)->dispose (object);
}

static void
yeji_aside_page_class_init (YejiAsidePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_aside_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-aside-page.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiAsidePage, group);
  gtk_widget_class_bind_template_child (widget_class, YejiAsidePage, list);
  gtk_widget_class_bind_template_child (widget_class, YejiAsidePage, more);
}

static void
yeji_aside_page_init (YejiAsidePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  yeji_a11y_set_name (GTK_WIDGET (self->list), _("Kept Aside"));
  self->record_signals = g_signal_group_new (YEJI_TYPE_RECORD);
  g_signal_group_connect_swapped (self->record_signals, "notes-changed", G_CALLBACK (update), self);
}

/**
 * yeji_aside_page_new:
 *
 * Returns: (transfer floating): a page of what a draft keeps aside
 */
GtkWidget *
yeji_aside_page_new (YejiDraft *draft)
{
  YejiAsidePage *self = g_object_new (YEJI_TYPE_ASIDE_PAGE, NULL);

  self->draft = g_object_ref (draft);
  g_signal_connect_object (draft, "replaced", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "entry-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  follow (self);
  return GTK_WIDGET (self);
}

/**
 * yeji_aside_page_ask:
 *
 * Returns: (transfer none): a dialog that asks whether a value may be dropped, and drops it; owned
 * by GTK
 */
GtkWidget *
yeji_aside_page_ask (YejiAsidePage   *self,
                     const YejiAside *aside)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                              _("Delete This Value?"), NULL);
  Question *question = g_new0 (Question, 1);

  question->draft = g_object_ref (self->draft);
  question->aside = yeji_aside_copy (aside);
  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  _("“%s” is kept in the record's history alone from then on."),
                                  aside->label);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "delete",
                                    _("_Delete"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "delete",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), question, free_question, 0);
  return dialog;
}
