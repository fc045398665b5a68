// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-intake-side"

#include "config.h"

#include "yeji-intake-side.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-chooser.h"
#include "yeji-intake-words.h"
#include "yeji-page-view.h"

/* While somebody walks through the list, only what is looked at for so long is drawn. */
#define SETTLE_MS 120

struct _YejiIntakeSide
{
  AdwBin parent_instance;

  GtkStack *stack;
  YejiPageView *view;
  AdwStatusPage *many;
  GtkWidget *facts;
  GtkLabel *name;
  GtkLabel *details;
  GtkWidget *problem_box;
  GtkImage *problem_icon;
  GtkLabel *problem;
  GtkLabel *reason;
  GtkWidget *record;
  GtkLabel *record_label;
  GtkWidget *slot;
  GtkLabel *slot_label;
  GtkButton *leave;

  YejiChooser *record_chooser;
  YejiChooser *slot_chooser;
  GListModel *records;         /* (nullable): of YejiChoice */
  GListModel *slots;           /* (nullable): of YejiChoice */
  char *record_id;             /* (nullable): what all that is selected has */
  char *slot_id;               /* (nullable) */
  GFile *shown;                /* (nullable): in the view, or soon */
  int rotation;
  guint settle;                /* source, 0 when nothing is to be drawn */
};

enum
{
  RECORD_CHOSEN,
  SLOT_CHOSEN,
  ASKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiIntakeSide, yeji_intake_side, ADW_TYPE_BIN)

static gboolean
on_settled (gpointer data)
{
  YejiIntakeSide *self = data;

  self->settle = 0;
  yeji_page_view_show (self->view, self->shown, 0, self->rotation);
  return G_SOURCE_REMOVE;
}

static void
show_picture (YejiIntakeSide *self,
              YejiIntakeItem *item)
{
  GFile *file = yeji_intake_item_get_shrunk (item);
  const YejiFindings *findings = yeji_intake_item_get_shrunk_findings (item);
  int rotation;

  if (file == NULL)
    {
      file = yeji_intake_item_get_file (item);
      findings = yeji_intake_item_get_findings (item);
    }
  rotation = findings != NULL ? findings->rotation : 0;
  yeji_page_view_set_name (self->view, yeji_intake_item_get_filename (item));
  if (!g_set_object (&self->shown, file) && rotation == self->rotation)
    return;
  self->rotation = rotation;
  g_clear_handle_id (&self->settle, g_source_remove);
  self->settle = g_timeout_add (SETTLE_MS, on_settled, self);
}

static void
show_problem (YejiIntakeSide *self,
              YejiIntakeItem *item)
{
  const char *problem = yeji_intake_item_get_problem (item);
  const char *same_as = yeji_intake_item_get_same_as (item);
  g_autofree char *both = NULL;

  if (problem != NULL && same_as != NULL)
    both = g_strdup_printf ("%s\n%s", problem, same_as);
  gtk_label_set_text (self->problem, both != NULL ? both : problem != NULL ? problem
                                     : same_as != NULL ? same_as : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->problem),
                               gtk_label_get_text (self->problem));
  gtk_image_set_from_icon_name (self->problem_icon, yeji_intake_severity_get_icon (
                                                      yeji_intake_item_get_severity (item)));
  gtk_widget_set_visible (self->problem_box, problem != NULL || same_as != NULL);
}

static void
show_one (YejiIntakeSide *self,
          YejiIntakeItem *item)
{
  g_autofree char *details = yeji_intake_item_to_details (item);
  const char *reason = yeji_intake_item_get_reason (item);

  gtk_label_set_text (self->name, yeji_intake_item_get_filename (item));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name), yeji_intake_item_get_path (item));
  gtk_label_set_text (self->details, details);
  gtk_label_set_text (self->reason, reason != NULL ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reason), reason != NULL && *reason != '\0');
  show_problem (self, item);
  show_picture (self, item);
  gtk_stack_set_visible_child_name (self->stack, "one");
}

static void
show_many (YejiIntakeSide *self,
           GPtrArray      *items)
{
  g_autofree char *title = g_strdup_printf (ngettext ("%u File", "%u Files", items->len),
                                            items->len);
  g_autofree char *size = NULL;
  gint64 sum = 0;

  for (guint i = 0; i < items->len; i++)
    sum += yeji_intake_item_get_size (g_ptr_array_index (items, i));
  size = g_format_size ((guint64) sum);
  adw_status_page_set_title (self->many, title);
  adw_status_page_set_description (self->many, size);
  gtk_label_set_text (self->name, title);
  gtk_label_set_text (self->details, size);
  gtk_widget_set_visible (self->problem_box, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->reason), FALSE);
  gtk_stack_set_visible_child_name (self->stack, "many");
}

/* What they have in common; (nullable): %NULL for different ones. */
static const char *
get_common (GPtrArray    *items,
            const char *(*get) (YejiIntakeItem *item),
            gboolean     *same)
{
  const char *first = get (g_ptr_array_index (items, 0));

  *same = TRUE;
  for (guint i = 1; i < items->len && *same; i++)
    *same = g_strcmp0 (first, get (g_ptr_array_index (items, i))) == 0;
  return *same ? first : NULL;
}

static void
show_place (GtkLabel   *label,
            GtkWidget  *button,
            const char *title,
            const char *text,
            gboolean    same)
{
  g_autofree char *spoken = NULL;

  if (!same)
    text = _("different ones");
  else if (text == NULL || *text == '\0')
    text = _("not known");
  gtk_label_set_text (label, text);
  spoken = g_strdup_printf (_("%s: %s"), title, text);
  yeji_a11y_set_name (button, spoken);
}

static gboolean
is_any_included (GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    if (yeji_intake_item_is_included (g_ptr_array_index (items, i)))
      return TRUE;
  return FALSE;
}

static void
ask (YejiIntakeSide *self,
     YejiChooser    *chooser,
     GtkWidget      *button,
     GListModel     *choices,
     const char     *value)
{
  double x, y;

  if (choices == NULL || !gtk_widget_get_mapped (button)
      || !gtk_widget_translate_coordinates (button, GTK_WIDGET (self), 0, 0, &x, &y))
    return;
  yeji_chooser_set_choices (chooser, choices, value != NULL ? value : "");
  gtk_popover_set_pointing_to (GTK_POPOVER (chooser), &(GdkRectangle) {
    (int) x, (int) y, gtk_widget_get_width (button), gtk_widget_get_height (button) });
  gtk_popover_popup (GTK_POPOVER (chooser));
}

static void
on_record_chosen (YejiIntakeSide *self,
                  const char     *id)
{
  g_signal_emit (self, signals[RECORD_CHOSEN], 0, id);
}

static void
on_slot_chosen (YejiIntakeSide *self,
                const char     *id)
{
  g_signal_emit (self, signals[SLOT_CHOSEN], 0, id);
}

static void
on_closed (YejiIntakeSide *self)
{
  g_signal_emit (self, signals[ASKED], 0);
}

static YejiChooser *
make_chooser (YejiIntakeSide *self,
              const char     *label,
              GCallback       callback)
{
  YejiChooser *chooser = yeji_chooser_new (label);

  gtk_widget_set_parent (GTK_WIDGET (chooser), GTK_WIDGET (self));
  gtk_popover_set_position (GTK_POPOVER (chooser), GTK_POS_TOP);
  g_signal_connect_swapped (chooser, "chosen", callback, self);
  g_signal_connect_swapped (chooser, "closed", G_CALLBACK (on_closed), self);
  return chooser;
}

static void
yeji_intake_side_dispose (GObject *object)
{
  YejiIntakeSide *self = YEJI_INTAKE_SIDE (object);

  if (self->record_chooser != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->record_chooser));
  if (self->slot_chooser != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->slot_chooser));
  self->record_chooser = NULL;
  self->slot_chooser = NULL;
  g_clear_object (&self->records);
  g_clear_object (&self->slots);
  g_clear_pointer (&self->record_id, g_free);
  g_clear_pointer (&self->slot_id, g_free);
  g_clear_handle_id (&self->settle, g_source_remove);
  g_clear_object (&self->shown);
  G_OBJECT_CLASS (yeji_intake_side_parent_class)->dispose (object);
}

static void
yeji_intake_side_class_init (YejiIntakeSideClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_intake_side_dispose;
  g_type_ensure (YEJI_TYPE_PAGE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-intake-side.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiIntakeSide, stack);
  gtk_widget_class_bind_template_child (widget_class, YejiIntakeSide, view);
  gtk_widget_class_bind_template_child (widget_class, YejiIntakeSide, many);
  gtk_widget_class_bind_template_child (widget_class, YejiIntakeSide, facts);
  gtk_widget_class_bind_template_child (widget_class, YejiIntakeSide, name);
  gtk_widget_class_bind_template_child (widget_class, YejiIntakeSide, details);
  gtk_widget_class_bind_template_child (widget_class, YejiIntakeSide, problem_box);
  gtk_widget_class_bind_template_child (widget_class, YejiIntakeSide, problem_icon);
  gtk_widget_class_bind_template_child (widget_class, YejiIntakeSide, problem);
  gtk_widget_class_bind_template_child (widget_class, YejiIntakeSide, reason);
  gtk_widget_class_bind_template_child (widget_class, YejiIntakeSide, record);
  gtk_widget_class_bind_template_child (widget_class, YejiIntakeSide, record_label);
  gtk_widget_class_bind_template_child (widget_class, YejiIntakeSide, slot);
  gtk_widget_class_bind_template_child (widget_class, YejiIntakeSide, slot_label);
  gtk_widget_class_bind_template_child (widget_class, YejiIntakeSide, leave);

  signals[RECORD_CHOSEN] = g_signal_new ("record-chosen", YEJI_TYPE_INTAKE_SIDE, G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SLOT_CHOSEN] = g_signal_new ("slot-chosen", YEJI_TYPE_INTAKE_SIDE, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ASKED] = g_signal_new ("asked", YEJI_TYPE_INTAKE_SIDE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
yeji_intake_side_init (YejiIntakeSide *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  yeji_page_view_set_fit (self->view, YEJI_PAGE_FIT_PAGE);
  yeji_page_view_set_name (self->view, _("Preview"));
  self->record_chooser = make_chooser (self, _("Record"), G_CALLBACK (on_record_chosen));
  self->slot_chooser = make_chooser (self, _("Kind of document"), G_CALLBACK (on_slot_chosen));
}

/**
 * yeji_intake_side_show:
 * @items: (element-type YejiIntakeItem): what is selected, maybe nothing
 */
void
yeji_intake_side_show (YejiIntakeSide *self,
                       GPtrArray      *items)
{
  const char *text;
  gboolean same;

  g_return_if_fail (YEJI_IS_INTAKE_SIDE (self));

  gtk_widget_set_visible (self->facts, items->len > 0);
  if (items->len != 1)
    {
      g_clear_handle_id (&self->settle, g_source_remove);
      if (self->shown != NULL)
        yeji_page_view_show (self->view, NULL, 0, 0);
      g_clear_object (&self->shown);
    }
  if (items->len == 0)
    {
      gtk_stack_set_visible_child_name (self->stack, "none");
      return;
    }
  if (items->len == 1)
    show_one (self, g_ptr_array_index (items, 0));
  else
    show_many (self, items);
  g_free (self->record_id);
  g_free (self->slot_id);
  self->record_id = g_strdup (get_common (items, yeji_intake_item_get_uuid, &same));
  self->slot_id = g_strdup (get_common (items, yeji_intake_item_get_slot, &same));
  text = get_common (items, yeji_intake_item_get_record_name, &same);
  show_place (self->record_label, self->record, _("Record"), text, same);
  text = get_common (items, yeji_intake_item_get_slot_label, &same);
  show_place (self->slot_label, self->slot, _("Kind"), text, same);
  gtk_button_set_label (self->leave, is_any_included (items) ? _("Leave Out") : _("Take"));
}

/**
 * yeji_intake_side_set_choices:
 * @records: of #YejiChoice
 * @slots: of #YejiChoice
 *
 * Sets where files may go.
 */
void
yeji_intake_side_set_choices (YejiIntakeSide *self,
                              GListModel     *records,
                              GListModel     *slots)
{
  g_set_object (&self->records, records);
  g_set_object (&self->slots, slots);
}

/**
 * yeji_intake_side_ask_record:
 *
 * Asks for the record of what is selected.
 */
void
yeji_intake_side_ask_record (YejiIntakeSide *self)
{
  ask (self, self->record_chooser, self->record, self->records, self->record_id);
}

/**
 * yeji_intake_side_ask_slot:
 *
 * Asks for the kind of what is selected.
 */
void
yeji_intake_side_ask_slot (YejiIntakeSide *self)
{
  ask (self, self->slot_chooser, self->slot, self->slots, self->slot_id);
}
