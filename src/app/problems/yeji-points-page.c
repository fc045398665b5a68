// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-points-page"

#include "config.h"

#include "yeji-points-page.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-messages.h"
#include "yeji-point-row.h"
#include "yeji-point.h"

/* More than anybody writes of one record; a list of them is not built for who sends a million. */
#define MAX_SHOWN 200

struct _YejiPointsPage
{
  AdwBin parent_instance;

  GtkStack *stack;
  GtkLabel *progress;
  GtkProgressBar *bar;
  GtkLabel *who;
  GtkListBox *list;

  YejiDraft *draft;            /* (nullable) */
  GSignalGroup *draft_signals;
  guint n_open;
  guint update;                /* waits until the present change is through */
};

enum
{
  CHOSEN,
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiPointsPage, yeji_points_page, ADW_TYPE_BIN)

static GtkWidget *
make_row (gpointer item,
          gpointer data)
{
  return yeji_point_row_new (YEJI_POINTS_PAGE (data)->draft, item);
}

static void
set_text (GtkLabel   *label,
          const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

/* Who returned it, and when. */
static char *
describe_reviewer (YejiPointsPage *self)
{
  YejiEntry *entry = yeji_draft_get_entry (self->draft);
  const YejiSubmission *submission = yeji_draft_get_submission (self->draft);
  g_autofree char *when = submission != NULL && submission->at != NULL
                            ? yeji_moment_to_text (submission->at) : NULL;
  const char *words[] = { yeji_entry_get_office (entry), yeji_entry_get_reviewer (entry), when };
  g_autoptr (GString) text = g_string_new (NULL);

  /* the moment has a line of its own: what wraps would end in a dot */
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i] != NULL && *words[i] != '\0')
      g_string_append_printf (text, "%s%s", text->len == 0 ? "" : words[i] == when ? "\n" : " · ",
                              words[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
update_progress (YejiPointsPage *self)
{
  guint n = g_list_model_get_n_items (yeji_draft_get_points (self->draft));
  guint done = n - self->n_open;
  gboolean editable = yeji_draft_is_editable (self->draft);
  g_autofree char *text = NULL;

  if (!editable)
    text = g_strdup_printf (ngettext ("%u remark", "%u remarks", n), n);
  else if (self->n_open == 0)
    text = g_strdup_printf (ngettext ("%u of %u done: it can be submitted again",
                                      "All %u of %u done: it can be submitted again", n), n, n);
  else
    /* Translators: how many of the reviewer's points are mended or explained */
    text = g_strdup_printf (_("%u of %u done"), done, n);
  gtk_label_set_text (self->progress, text);
  gtk_progress_bar_set_fraction (self->bar, n > 0 ? done / (double) n : 0);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), editable);
  yeji_a11y_set_name (GTK_WIDGET (self->bar), text);
}

static gboolean
update_now (gpointer data)
{
  YejiPointsPage *self = data;
  guint before = self->n_open;
  g_autofree char *who = NULL;
  GtkListBoxRow *row;

  self->update = 0;
  if (self->draft == NULL)
    return G_SOURCE_REMOVE;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    yeji_point_row_update (YEJI_POINT_ROW (row));
  self->n_open = yeji_draft_is_editable (self->draft)
                   ? yeji_points_count (self->draft, YEJI_POINT_OPEN) : 0;
  who = describe_reviewer (self);
  set_text (self->who, who);
  update_progress (self);
  gtk_stack_set_visible_child_name (self->stack,
                                    g_list_model_get_n_items (yeji_draft_get_points (self->draft))
                                      > 0 ? "list" : "empty");
  if (self->n_open != before)
    g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

/* A step may change a hundred values: what became of the points is looked at once after it. */
static void
update_soon (YejiPointsPage *self)
{
  if (self->update == 0
      && (g_list_model_get_n_items (yeji_draft_get_points (self->draft)) > 0 || self->n_open > 0))
    self->update = g_idle_add (update_now, self);
}

static void
on_row_activated (YejiPointsPage *self,
                  YejiPointRow   *row)
{
  g_signal_emit (self, signals[CHOSEN], 0, yeji_point_row_get_point (row));
}

static void
yeji_points_page_dispose (GObject *object)
{
  YejiPointsPage *self = YEJI_POINTS_PAGE (object);

  g_clear_handle_id (&self->update, g_source_remove);
  g_clear_object (&self->draft_signals);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (yeji_points_page_parent_class)->dispose (object);
}

static void
yeji_points_page_class_init (YejiPointsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_points_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-points-page.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiPointsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, YejiPointsPage, progress);
  gtk_widget_class_bind_template_child (widget_class, YejiPointsPage, bar);
  gtk_widget_class_bind_template_child (widget_class, YejiPointsPage, who);
  gtk_widget_class_bind_template_child (widget_class, YejiPointsPage, list);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);

  signals[CHOSEN] = g_signal_new ("chosen", YEJI_TYPE_POINTS_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, YEJI_TYPE_ISSUE);
  signals[CHANGED] = g_signal_new ("changed", YEJI_TYPE_POINTS_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
yeji_points_page_init (YejiPointsPage *self)
{
  static const char * const names[] = {
    "issues-changed", "value-changed", "rows-changed", "replaced", "entry-changed"
  };

  gtk_widget_init_template (GTK_WIDGET (self));
  yeji_a11y_set_name (GTK_WIDGET (self->list), _("Reviewer"));
  self->draft_signals = g_signal_group_new (YEJI_TYPE_DRAFT);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_signal_group_connect_swapped (self->draft_signals, names[i], G_CALLBACK (update_soon), self);
}

/**
 * yeji_points_page_set_draft:
 * @draft: (nullable): %NULL lets go of the one before
 */
void
yeji_points_page_set_draft (YejiPointsPage *self,
                            YejiDraft      *draft)
{
  GListModel *points;

  g_return_if_fail (YEJI_IS_POINTS_PAGE (self));

  g_clear_handle_id (&self->update, g_source_remove);
  gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  g_set_object (&self->draft, draft);
  g_signal_group_set_target (self->draft_signals, draft);
  if (draft == NULL)
    return;
  points = G_LIST_MODEL (gtk_slice_list_model_new (g_object_ref (yeji_draft_get_points (draft)), 0,
                                                   MAX_SHOWN));
  gtk_list_box_bind_model (self->list, points, make_row, self, NULL);
  g_object_unref (points);
  update_now (self);
}

/**
 * yeji_points_page_get_n_open:
 *
 * Returns: how many points are neither mended nor explained; 0 of a record that cannot be edited
 */
guint
yeji_points_page_get_n_open (YejiPointsPage *self)
{
  return self->n_open;
}
