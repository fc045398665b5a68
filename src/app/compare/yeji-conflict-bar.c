// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-compare"

#include "config.h"

#include "yeji-conflict-bar.h"

#include <glib/gi18n.h>

#include "yeji-background.h"
#include "yeji-compare-text.h"
#include "yeji-conflicts.h"
#include "yeji-tooltip.h"

/* So many places are named. */
#define MAX_NAMED 6

/* The places of a draft's conflicts in words, once they were read. */
#define NAMES_KEY "yeji-conflict-names"

struct _YejiConflictBar
{
  AdwBin parent_instance;

  GtkRevealer *revealer;
  GtkLabel *label;

  YejiDraft *draft;            /* (nullable) */
  GSignalGroup *draft_signals;
};

G_DEFINE_FINAL_TYPE (YejiConflictBar, yeji_conflict_bar, ADW_TYPE_BIN)

typedef struct
{
  YejiStore *store;
  char *uuid;
} Question;

static void
free_question (gpointer data)
{
  Question *question = data;

  g_object_unref (question->store);
  g_free (question->uuid);
  g_free (question);
}

static char *
name_place (const YejiDifference *difference,
            YejiDictionary       *dictionary)
{
  g_autofree char *section = yeji_difference_to_section (difference, dictionary);
  g_autofree char *label = yeji_difference_to_label (difference, dictionary);

  return g_strdup_printf ("%s · %s", section, label);
}

static gpointer
read_names (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Question *question = data;
  g_autoptr (GPtrArray) conflicts = yeji_store_get_conflicts (question->store, question->uuid,
                                                              error);
  GString *text;

  if (conflicts == NULL)
    return NULL;
  text = g_string_new (NULL);
  for (guint i = 0; i < conflicts->len && i <= MAX_NAMED; i++)
    {
      g_autofree char *place = i < MAX_NAMED
                                 ? name_place (g_ptr_array_index (conflicts, i),
                                               yeji_store_get_dictionary (question->store))
                                 : g_strdup ("…");

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", place);
    }
  return g_string_free (text, FALSE);
}

static void
on_names (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (YejiConflictBar) self = data;
  g_autofree char *names = yeji_background_finish (result, NULL);

  if (names == NULL)
    return;
  if (self->draft == (gpointer) source)
    yeji_tooltip_set (GTK_WIDGET (self->label), names);
  g_object_set_data_full (source, NAMES_KEY, g_steal_pointer (&names), g_free);
}

static void
update (YejiConflictBar *self)
{
  guint n = yeji_entry_get_n_conflicts (yeji_draft_get_entry (self->draft));
  g_autofree char *text = NULL;
  Question *question;

  if (n > 0)
    {
      text = g_strdup_printf (ngettext ("%u place that you changed was changed elsewhere as well. "
                                        "Yours is kept until you decide.",
                                        "%u places that you changed were changed elsewhere as "
                                        "well. Yours are kept until you decide.", n), n);
      gtk_label_set_text (self->label, text);
      question = g_new (Question, 1);
      question->store = g_object_ref (yeji_draft_get_store (self->draft));
      question->uuid = g_strdup (yeji_draft_get_uuid (self->draft));
      yeji_background_run (self->draft, read_names, question, free_question, g_free, on_names,
                           g_object_ref (self));
    }
  gtk_revealer_set_reveal_child (self->revealer, n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->revealer), n > 0);
}

static void
yeji_conflict_bar_dispose (GObject *object)
{
  YejiConflictBar *self = YEJI_CONFLICT_BAR (object);

  g_clear_object (&self->draft_signals);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (yeji_conflict_bar_parent_class)->dispose (object);
}

static void
yeji_conflict_bar_class_init (YejiConflictBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_conflict_bar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-conflict-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiConflictBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, YejiConflictBar, label);
}

static void
yeji_conflict_bar_init (YejiConflictBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->draft_signals = g_signal_group_new (YEJI_TYPE_DRAFT);
  g_signal_group_connect_swapped (self->draft_signals, "entry-changed", G_CALLBACK (update), self);
}

/**
 * yeji_conflict_bar_set_draft:
 * @draft: (nullable): %NULL lets go of the one before
 *
 * Says whose conflicts are spoken of.
 */
void
yeji_conflict_bar_set_draft (YejiConflictBar *self,
                             YejiDraft       *draft)
{
  g_return_if_fail (YEJI_IS_CONFLICT_BAR (self));

  g_set_object (&self->draft, draft);
  g_signal_group_set_target (self->draft_signals, draft);
  if (draft != NULL)
    update (self);
}

/**
 * yeji_conflict_bar_get_text:
 *
 * Returns: (nullable): what it says; %NULL when it is not there
 */
const char *
yeji_conflict_bar_get_text (YejiConflictBar *self)
{
  return gtk_revealer_get_reveal_child (self->revealer) ? gtk_label_get_text (self->label) : NULL;
}

/**
 * yeji_conflicts_get_names:
 *
 * Returns: (nullable): the places that both changed, one a line, of many the first; %NULL until
 *   they were read
 */
const char *
yeji_conflicts_get_names (YejiDraft *draft)
{
  return g_object_get_data (G_OBJECT (draft), NAMES_KEY);
}
