// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* What a value means, under its control: an amount as it stands on the contract, a day with what
 * was typed for it. */

#define G_LOG_DOMAIN "yeji-field-caption"

#include "config.h"

#include "yeji-field-caption.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-amount.h"

static char *
make_text (YejiFormField *field)
{
  const char *typed = yeji_form_field_get_read_from (field);
  g_autofree char *plain = NULL;
  g_autofree char *words = NULL;

  if (typed != NULL)
    /* Translators: what was typed before a date was put right */
    return g_strdup_printf (_("Read from “%s” (Ctrl+Z brings it back)"), typed);
  if (yeji_amount_write (yeji_draft_get_dictionary (yeji_form_field_get_draft (field)),
                         yeji_form_field_get_def (field), yeji_form_field_get_text (field), &plain,
                         &words))
    return g_strdup_printf ("%s · %s", plain, words);
  return NULL;
}

static void
update (GtkWidget *caption,
        GObject   *source,
        gpointer   data)
{
  YejiFormField *field = g_object_get_data (G_OBJECT (caption), "yeji-field");
  g_autofree char *text = make_text (field);

  gtk_label_set_text (GTK_LABEL (caption), text != NULL ? text : "");
  gtk_widget_set_visible (caption, text != NULL);
}

/**
 * yeji_field_caption_new:
 *
 * Returns: (transfer floating): a line that is there only while it has something to say
 */
GtkWidget *
yeji_field_caption_new (YejiFormField *field)
{
  GtkWidget *caption = gtk_label_new (NULL);

  g_object_set_data_full (G_OBJECT (caption), "yeji-field", g_object_ref (field), g_object_unref);
  gtk_label_set_xalign (GTK_LABEL (caption), 0);
  gtk_label_set_wrap (GTK_LABEL (caption), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (caption), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (caption), FALSE);
  gtk_widget_add_css_class (caption, "caption");
  gtk_widget_add_css_class (caption, "dim-label");
  gtk_widget_add_css_class (caption, "yeji-caption");
  g_signal_connect_object (field, "notify::text", G_CALLBACK (update), caption, G_CONNECT_SWAPPED);
  update (caption, NULL, NULL);
  return caption;
}

/**
 * yeji_field_caption_get_text:
 *
 * Returns: (nullable): what it says
 */
const char *
yeji_field_caption_get_text (GtkWidget *caption)
{
  return gtk_widget_get_visible (caption) ? gtk_label_get_text (GTK_LABEL (caption)) : NULL;
}
