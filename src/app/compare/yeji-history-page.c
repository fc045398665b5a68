// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-history-page"

#include "config.h"

#include "yeji-history-page.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-background.h"
#include "yeji-change-text.h"
#include "yeji-history-text.h"
#include "yeji-messages.h"
#include "yeji-store-copy.h"
#include "yeji-tooltip.h"

/* Nobody reads more of them in one go, and each is a row of widgets. */
#define MAX_STEPS 100
#define MAX_LINES 6

struct _YejiHistoryPage
{
  AdwBin parent_instance;

  GtkCheckButton *only;
  GtkLabel *place_label;
  GtkListBox *list;
  GtkLabel *more;
  GtkLabel *empty;

  YejiDraft *draft;            /* (nullable) */
  GSignalGroup *draft_signals;
  GPtrArray *lines;            /* (nullable) (element-type YejiHistoryLine) */
  char *row;                   /* (nullable): of the place */
  const YejiFieldDef *field;   /* (nullable): of the place; of the draft's dictionary */
  guint64 asked;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiHistoryPage, yeji_history_page, ADW_TYPE_BIN)

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

/* Of a copy: from what. */
static void
tell_source (Question  *question,
             GPtrArray *lines)
{
  g_autoptr (YejiCopyNote) note = yeji_store_get_copy_note (question->store, question->uuid, NULL);

  for (guint i = 0; note != NULL && i < lines->len; i++)
    {
      YejiHistoryLine *line = g_ptr_array_index (lines, i);

      if (!g_str_equal (line->why, "copied"))
        continue;
      g_free (line->why);
      /* Translators: why a value changed; the name of the record from which it was copied */
      line->why = g_strdup_printf (_("copied from “%s”"),
                                   *note->name != '\0' ? note->name : note->source);
    }
}

static gpointer
read_history (gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Question *question = data;

  GPtrArray *lines = yeji_store_get_history (question->store, question->uuid, error);

  if (lines != NULL)
    tell_source (question, lines);
  return lines;
}

/* ---- One step */

static GtkWidget *
make_label (const char *text,
            const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static YejiRow *
find_row (YejiHistoryPage  *self,
          const YejiChange *change)
{
  const YejiFieldDef *field = yeji_change_find_field (change,
                                                      yeji_draft_get_dictionary (self->draft));

  if (field == NULL || yeji_change_split_kept (change, NULL, NULL))
    return NULL;
  return yeji_record_find_row (yeji_draft_get_record (self->draft), field->table, change->row,
                               NULL);
}

static void
on_take (GtkButton       *button,
         YejiHistoryPage *self)
{
  const YejiChange *change = g_object_get_data (G_OBJECT (button), "change");
  const char *value = g_object_get_data (G_OBJECT (button), "value");
  YejiRow *row = find_row (self, change);

  if (row == NULL || !yeji_draft_is_editable (self->draft))
    return;
  yeji_draft_begin (self->draft, "suggested", NULL);
  yeji_draft_set_value (self->draft, row,
                        yeji_change_find_field (change, yeji_draft_get_dictionary (self->draft)),
                        value);
  yeji_draft_end (self->draft);
  g_signal_emit (self, signals[CHOSEN], 0, change->table, change->row, change->field);
}

/* The value that the line made; of the line that made the present one, the value before. */
static GtkWidget *
make_take_button (YejiHistoryPage  *self,
                  const YejiChange *change)
{
  YejiDictionary *dictionary = yeji_draft_get_dictionary (self->draft);
  const YejiFieldDef *field = yeji_change_find_field (change, dictionary);
  YejiRow *row = find_row (self, change);
  const char *value = change->after != NULL ? change->after : "";
  g_autofree char *shown = NULL;
  g_autofree char *name = NULL;
  GtkWidget *button;

  if (row == NULL || field->by_platform || !yeji_draft_is_editable (self->draft))
    return NULL;
  if (g_str_equal (yeji_row_get (row, field), value))
    value = change->before != NULL ? change->before : "";
  if (g_str_equal (yeji_row_get (row, field), value))
    return NULL;
  shown = yeji_change_value_text (change, dictionary, value);
  /* Translators: a button that gives a field a value again that it had */
  name = g_strdup_printf (_("Take “%s” again"), shown);
  button = gtk_button_new_from_icon_name ("edit-undo-symbolic");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  yeji_tooltip_set (button, name);
  yeji_a11y_set_name (button, name);
  g_object_set_data_full (G_OBJECT (button), "change", yeji_change_copy (change),
                          (GDestroyNotify) yeji_change_free);
  g_object_set_data_full (G_OBJECT (button), "value", g_strdup (value), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_take), self, 0);
  return button;
}

static GtkWidget *
make_line (YejiHistoryPage       *self,
           const YejiHistoryLine *line,
           GString               *spoken)
{
  YejiDictionary *dictionary = yeji_draft_get_dictionary (self->draft);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *label = yeji_change_to_label (line->change, dictionary);
  g_autofree char *text = yeji_change_to_text (line->change, dictionary);
  GtkWidget *button = make_take_button (self, line->change);

  gtk_box_append (GTK_BOX (texts), make_label (label, "caption-heading"));
  gtk_box_append (GTK_BOX (texts), make_label (text, NULL));
  gtk_box_append (GTK_BOX (box), texts);
  if (button != NULL)
    gtk_box_append (GTK_BOX (box), button);
  g_string_append_printf (spoken, ". %s: %s", label, text);
  return box;
}

static gboolean
is_nothing (const YejiChange *change)
{
  return *change->table == '\0' && *change->field == '\0';
}

/* The lines of a step that are to be seen. */
static GPtrArray *
list_lines (YejiHistoryPage *self,
            guint            start,
            guint            end)
{
  GPtrArray *shown = g_ptr_array_new ();
  gboolean only = gtk_check_button_get_active (self->only) && self->field != NULL;

  for (guint i = start; i < end; i++)
    {
      YejiHistoryLine *line = g_ptr_array_index (self->lines, i);
      const YejiChange *change = line->change;

      if (is_nothing (change)
          || (only && (!g_str_equal (change->table, self->field->table->id)
                       || !g_str_equal (change->field, self->field->id)
                       || !g_str_equal (change->row, self->row))))
        continue;
      g_ptr_array_add (shown, line);
    }
  return shown;
}

static GtkWidget *
make_step (YejiHistoryPage *self,
           GPtrArray       *lines)
{
  const YejiHistoryLine *first = g_ptr_array_index (lines, 0);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  g_autofree char *time = yeji_time_to_text (first->at);
  g_autofree char *why = yeji_why_to_text (first->why);
  g_autofree char *head = g_strdup_printf ("%s · %s · %s", time, why, first->who);
  g_autofree char *rest = NULL;
  g_autoptr (GString) spoken = g_string_new (head);
  GtkWidget *caption = make_label (head, "caption");

  gtk_widget_add_css_class (caption, "dim-label");
  gtk_box_append (GTK_BOX (box), caption);
  for (guint i = 0; i < MIN (lines->len, MAX_LINES); i++)
    gtk_box_append (GTK_BOX (box), make_line (self, g_ptr_array_index (lines, i), spoken));
  if (lines->len > MAX_LINES)
    {
      rest = g_strdup_printf (ngettext ("and %u more", "and %u more", lines->len - MAX_LINES),
                              lines->len - MAX_LINES);
      gtk_box_append (GTK_BOX (box), make_label (rest, "dim-label"));
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_add_css_class (row, "yeji-step");
  g_object_set_data (G_OBJECT (row), "line", (gpointer) first);
  yeji_a11y_set_name (row, spoken->str);
  return row;
}

static void
set_day (GtkListBoxRow *row,
         GtkListBoxRow *before,
         gpointer       data)
{
  const YejiHistoryLine *line = g_object_get_data (G_OBJECT (row), "line");
  const YejiHistoryLine *above = before != NULL ? g_object_get_data (G_OBJECT (before), "line")
                                                : NULL;
  g_autofree char *day = yeji_day_to_text (line->at);
  g_autofree char *day_above = above != NULL ? yeji_day_to_text (above->at) : NULL;
  GtkWidget *header = NULL;

  if (g_strcmp0 (day, day_above) != 0)
    {
      header = make_label (day, "heading");
      gtk_widget_add_css_class (header, "yeji-day");
    }
  gtk_list_box_row_set_header (row, header);
}

/* ---- All of them */

/* The step that was looked at keeps the keyboard when the list is made again. */
static int
find_focus (YejiHistoryPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list)))
    row = GTK_IS_LIST_BOX_ROW (focus) ? focus
                                      : gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW);
  return row != NULL ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) : -1;
}

static void
clear_list (YejiHistoryPage *self)
{
  GtkWidget *row;

  while ((row = GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0))) != NULL)
    gtk_list_box_remove (self->list, row);
}

static const YejiHistoryLine *
get_line (YejiHistoryPage *self,
          guint            index)
{
  return g_ptr_array_index (self->lines, index);
}

static guint
fill_list (YejiHistoryPage *self)
{
  guint n = 0;
  guint start;

  for (guint end = self->lines->len; end > 0; end = start)
    {
      const YejiHistoryLine *last = g_ptr_array_index (self->lines, end - 1);
      g_autoptr (GPtrArray) lines = NULL;

      start = end - 1;
      while (start > 0 && get_line (self, start - 1)->step == last->step)
        start--;
      lines = list_lines (self, start, end);
      if (lines->len == 0)
        continue;
      if (n++ < MAX_STEPS)
        gtk_list_box_append (self->list, make_step (self, lines));
    }
  return n;
}

static void
rebuild (YejiHistoryPage *self)
{
  int focus = find_focus (self);
  g_autofree char *more = NULL;
  GtkListBoxRow *row;
  guint n;

  clear_list (self);
  if (self->lines == NULL || self->draft == NULL)
    return;
  n = fill_list (self);
  gtk_widget_set_visible (GTK_WIDGET (self->list), n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->empty), n == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->more), n > MAX_STEPS);
  if (n > MAX_STEPS)
    {
      more = g_strdup_printf (ngettext ("%u older step is not shown.",
                                        "%u older steps are not shown.", n - MAX_STEPS),
                              n - MAX_STEPS);
      gtk_label_set_text (self->more, more);
    }
  row = focus >= 0 ? gtk_list_box_get_row_at_index (self->list, focus) : NULL;
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (YejiHistoryPage) self = YEJI_HISTORY_PAGE (g_object_ref (source));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = yeji_background_finish (result, &error);

  if (GPOINTER_TO_SIZE (data) != self->asked || self->draft == NULL)
    return;
  if (lines == NULL)
    {
      g_message ("the history cannot be read: %s", error->message);
      return;
    }
  clear_list (self);           /* its rows borrow the lines */
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  self->lines = g_steal_pointer (&lines);
  rebuild (self);
}

/* What nobody looks at is read when somebody does. */
static void
refresh (YejiHistoryPage *self)
{
  Question *question;

  if (self->draft == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  question = g_new (Question, 1);
  question->store = g_object_ref (yeji_draft_get_store (self->draft));
  question->uuid = g_strdup (yeji_draft_get_uuid (self->draft));
  yeji_background_run (self, read_history, question, free_question,
                       (GDestroyNotify) g_ptr_array_unref, on_read,
                       GSIZE_TO_POINTER (++self->asked));
}

static void
on_only (YejiHistoryPage *self)
{
  rebuild (self);
}

static void
on_activated (YejiHistoryPage *self,
              GtkListBoxRow   *row)
{
  const YejiHistoryLine *line = g_object_get_data (G_OBJECT (row), "line");
  g_autoptr (YejiChange) change = yeji_change_copy (line->change);
  const char *field = change->field;

  yeji_change_split_kept (change, NULL, &field);
  g_signal_emit (self, signals[CHOSEN], 0, change->table, change->row, field);
}

static void
yeji_history_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (yeji_history_page_parent_class)->map (widget);
  refresh (YEJI_HISTORY_PAGE (widget));
}

static void
yeji_history_page_dispose (GObject *object)
{
  YejiHistoryPage *self = YEJI_HISTORY_PAGE (object);

  g_clear_object (&self->draft_signals);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->row, g_free);
  G_OBJECT_CLASS (yeji_history_page_parent_class)->dispose (object);
}

static void
yeji_history_page_finalize (GObject *object)
{
  g_clear_pointer (&YEJI_HISTORY_PAGE (object)->lines, g_ptr_array_unref);
  G_OBJECT_CLASS (yeji_history_page_parent_class)->finalize (object);
}

static void
yeji_history_page_class_init (YejiHistoryPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_history_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = yeji_history_page_finalize;
  widget_class->map = yeji_history_page_map;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-history-page.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiHistoryPage, only);
  gtk_widget_class_bind_template_child (widget_class, YejiHistoryPage, place_label);
  gtk_widget_class_bind_template_child (widget_class, YejiHistoryPage, list);
  gtk_widget_class_bind_template_child (widget_class, YejiHistoryPage, more);
  gtk_widget_class_bind_template_child (widget_class, YejiHistoryPage, empty);
  gtk_widget_class_bind_template_callback (widget_class, on_only);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);

  signals[CHOSEN] = g_signal_new ("chosen", YEJI_TYPE_HISTORY_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING,
                                  G_TYPE_STRING);
}

static void
yeji_history_page_init (YejiHistoryPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->list, set_day, NULL, NULL);
  yeji_a11y_set_name (GTK_WIDGET (self->list), _("History"));
  self->draft_signals = g_signal_group_new (YEJI_TYPE_DRAFT);
  g_signal_group_connect_swapped (self->draft_signals, "entry-changed", G_CALLBACK (refresh), self);
  g_signal_group_connect_swapped (self->draft_signals, "replaced", G_CALLBACK (refresh), self);
}

/**
 * yeji_history_page_new:
 *
 * Returns: (transfer floating): a page without a draft
 */
GtkWidget *
yeji_history_page_new (void)
{
  return g_object_new (YEJI_TYPE_HISTORY_PAGE, NULL);
}

/**
 * yeji_history_page_set_draft:
 * @draft: (nullable): %NULL lets go of the one before
 *
 * Shows the history of a draft, and follows it while it is seen.
 */
void
yeji_history_page_set_draft (YejiHistoryPage *self,
                             YejiDraft       *draft)
{
  g_return_if_fail (YEJI_IS_HISTORY_PAGE (self));

  if (!g_set_object (&self->draft, draft))
    return;
  g_signal_group_set_target (self->draft_signals, draft);
  self->asked++;
  clear_list (self);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  yeji_history_page_set_place (self, NULL, NULL);
  refresh (self);
}

/**
 * yeji_history_page_set_place:
 * @row: (nullable): of the field in which the keyboard is
 * @field: (nullable): that field
 *
 * Says which field "this field only" means.
 */
void
yeji_history_page_set_place (YejiHistoryPage    *self,
                             YejiRow            *row,
                             const YejiFieldDef *field)
{
  gboolean other;

  g_return_if_fail (YEJI_IS_HISTORY_PAGE (self));

  other = self->field != field
          || g_strcmp0 (self->row, row != NULL ? yeji_row_get_id (row) : NULL) != 0;
  if (!other)
    return;
  g_free (self->row);
  self->row = row != NULL ? g_strdup (yeji_row_get_id (row)) : NULL;
  self->field = field;
  gtk_widget_set_sensitive (GTK_WIDGET (self->only), field != NULL);
  gtk_label_set_text (self->place_label, field != NULL ? yeji_label (&field->label) : "");
  if (gtk_check_button_get_active (self->only))
    rebuild (self);
}

/**
 * yeji_history_page_show_only:
 * @only: shows the steps of the field of yeji_history_page_set_place() alone
 */
void
yeji_history_page_show_only (YejiHistoryPage *self,
                             gboolean         only)
{
  g_return_if_fail (YEJI_IS_HISTORY_PAGE (self));

  gtk_check_button_set_active (self->only, only);
}
