// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-intake-bar"

#include "config.h"

#include "yeji-intake-bar.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-intake-words.h"
#include "yeji-source.h"

/* More are counted. */
#define MAX_LISTED 200

struct _YejiIntakeBar
{
  AdwBin parent_instance;

  GtkStack *stack;
  GtkLabel *totals;
  GtkLabel *more_totals;
  GtkMenuButton *skipped;
  GtkCheckButton *shrink;
  GtkButton *attach;
  GtkLabel *doing;
  GtkProgressBar *progress;
  GtkWidget *stop;

  YejiIntakePlan *plan;        /* (nullable): until the names are read */
};

G_DEFINE_FINAL_TYPE (YejiIntakeBar, yeji_intake_bar, ADW_TYPE_BIN)

static guint
get_number (YejiIntakeBar *self,
            const char       *property)
{
  guint n;

  g_object_get (self->plan, property, &n, NULL);
  return n;
}

static guint
count_records (YejiIntakeBar *self)
{
  g_autoptr (GHashTable) uuids = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->plan));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (YejiIntakeItem) item = g_list_model_get_item (G_LIST_MODEL (self->plan), i);

      if (yeji_intake_item_is_included (item) && yeji_intake_item_is_placed (item))
        g_hash_table_add (uuids, (char *) yeji_intake_item_get_uuid (item));
    }
  return g_hash_table_size (uuids);
}

static guint
count_large (YejiIntakeBar *self)
{
  gint64 limit = yeji_dictionary_get_limits (
    yeji_store_get_dictionary (yeji_intake_plan_get_store (self->plan)))->file_size;
  guint n_large = 0;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->plan));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (YejiIntakeItem) item = g_list_model_get_item (G_LIST_MODEL (self->plan), i);

      n_large += yeji_intake_item_is_included (item) && yeji_intake_item_get_size (item) > limit;
    }
  return n_large;
}

static void
update_attach (YejiIntakeBar *self,
               guint          n)
{
  g_autofree char *label = NULL;

  label = g_strdup_printf (ngettext ("_Attach %u File", "_Attach %u Files", n), n);
  gtk_button_set_label (self->attach, label);
}

static void
update_totals (YejiIntakeBar *self)
{
  guint n_placed = get_number (self, "n-placed");
  guint n_tray = get_number (self, "n-tray");
  guint n_unsure = get_number (self, "n-unsure");
  guint n_problems = get_number (self, "n-problems");
  guint n_records = count_records (self);
  guint n_large = count_large (self);
  g_autofree char *files = NULL;
  g_autofree char *records = NULL;
  g_autofree char *tray = NULL;
  g_autofree char *text = NULL;
  g_autofree char *unsure = NULL;
  g_autofree char *problems = NULL;
  g_autofree char *size = NULL;
  g_autofree char *more = NULL;
  g_autofree char *large = NULL;
  gint64 bytes;

  g_object_get (self->plan, "size", &bytes, NULL);
  files = g_strdup_printf (ngettext ("%u file", "%u files", n_placed), n_placed);
  records = g_strdup_printf (ngettext ("%u record", "%u records", n_records), n_records);
  tray = g_strdup_printf (ngettext ("%u to the tray", "%u to the tray", n_tray), n_tray);
  /* Translators: "487 files to 23 records · 13 to the tray" */
  text = g_strdup_printf (_("%s to %s · %s"), files, records, tray);
  gtk_label_set_text (self->totals, text);
  unsure = g_strdup_printf (ngettext ("%u guess", "%u guesses", n_unsure), n_unsure);
  problems = g_strdup_printf (ngettext ("%u with problems", "%u with problems", n_problems),
                              n_problems);
  size = g_format_size ((guint64) bytes);
  /* nobody need read of none */
  more = g_strconcat (size, n_unsure > 0 ? " · " : "", n_unsure > 0 ? unsure : "",
                      n_problems > 0 ? " · " : "", n_problems > 0 ? problems : "", NULL);
  gtk_label_set_text (self->more_totals, more);
  large = g_strdup_printf (ngettext ("Make %u file _smaller", "Make %u files _smaller", n_large),
                           n_large);
  gtk_check_button_set_label (self->shrink, large);
  gtk_widget_set_visible (GTK_WIDGET (self->shrink), n_large > 0);
  update_attach (self, n_placed + n_tray);
}

static void
on_shrink_toggled (YejiIntakeBar *self)
{
  if (self->plan != NULL)
    yeji_intake_plan_set_shrink (self->plan, gtk_check_button_get_active (self->shrink));
}

/* What lay in the folder and is not in the list. */
static GtkWidget *
make_skipped_list (GPtrArray *skipped)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *popover = gtk_popover_new ();

  for (guint i = 0; i < MIN (skipped->len, MAX_LISTED); i++)
    {
      const YejiSkippedFile *file = g_ptr_array_index (skipped, i);
      GtkWidget *path = gtk_label_new (file->path);
      GtkWidget *reason = gtk_label_new (yeji_skip_reason_to_text (file->reason));

      gtk_label_set_xalign (GTK_LABEL (path), 0);
      gtk_label_set_ellipsize (GTK_LABEL (path), PANGO_ELLIPSIZE_MIDDLE);
      gtk_widget_set_tooltip_text (path, file->path);
      gtk_label_set_xalign (GTK_LABEL (reason), 0);
      gtk_label_set_wrap (GTK_LABEL (reason), TRUE);
      gtk_widget_add_css_class (reason, "caption");
      gtk_widget_add_css_class (reason, "dim-label");
      gtk_box_append (GTK_BOX (box), path);
      gtk_box_append (GTK_BOX (box), reason);
    }
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 320);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_size_request (scroller, 360, -1);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  yeji_a11y_set_name (popover, _("Not in the list"));
  return popover;
}

static void
show_skipped (YejiIntakeBar *self)
{
  GPtrArray *skipped = yeji_intake_plan_get_skipped (self->plan);
  g_autofree char *label = NULL;

  if (skipped == NULL || skipped->len == 0)
    return;
  label = g_strdup_printf (ngettext ("%u not in the list", "%u not in the list", skipped->len),
                           skipped->len);
  gtk_menu_button_set_label (self->skipped, label);
  gtk_menu_button_set_popover (self->skipped, make_skipped_list (skipped));
  gtk_widget_set_visible (GTK_WIDGET (self->skipped), TRUE);
}

static void
yeji_intake_bar_dispose (GObject *object)
{
  g_clear_object (&YEJI_INTAKE_BAR (object)->plan);
  G_OBJECT_CLASS (yeji_intake_bar_parent_class)->dispose (object);
}

static void
yeji_intake_bar_class_init (YejiIntakeBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_intake_bar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-intake-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiIntakeBar, stack);
  gtk_widget_class_bind_template_child (widget_class, YejiIntakeBar, totals);
  gtk_widget_class_bind_template_child (widget_class, YejiIntakeBar, more_totals);
  gtk_widget_class_bind_template_child (widget_class, YejiIntakeBar, skipped);
  gtk_widget_class_bind_template_child (widget_class, YejiIntakeBar, shrink);
  gtk_widget_class_bind_template_child (widget_class, YejiIntakeBar, attach);
  gtk_widget_class_bind_template_child (widget_class, YejiIntakeBar, doing);
  gtk_widget_class_bind_template_child (widget_class, YejiIntakeBar, progress);
  gtk_widget_class_bind_template_child (widget_class, YejiIntakeBar, stop);
  gtk_widget_class_bind_template_callback (widget_class, on_shrink_toggled);
}

static void
yeji_intake_bar_init (YejiIntakeBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  yeji_a11y_set_name (GTK_WIDGET (self->progress), _("Progress"));
}

/**
 * yeji_intake_bar_set_plan:
 *
 * Speaks of a plan. May be called once.
 */
void
yeji_intake_bar_set_plan (YejiIntakeBar  *self,
                          YejiIntakePlan *plan)
{
  g_return_if_fail (YEJI_IS_INTAKE_BAR (self));

  gtk_check_button_set_active (self->shrink, yeji_intake_plan_get_shrink (plan));
  g_set_object (&self->plan, plan);
  show_skipped (self);
}

/**
 * yeji_intake_bar_update:
 *
 * Something of the plan is another now.
 */
void
yeji_intake_bar_update (YejiIntakeBar *self)
{
  g_return_if_fail (YEJI_IS_INTAKE_BAR (self));

  if (self->plan != NULL)
    update_totals (self);
}

/**
 * yeji_intake_bar_show_doing:
 * @fraction: of it, from 0 to 1
 *
 * Says what is being done, and offers to stop it.
 */
void
yeji_intake_bar_show_doing (YejiIntakeBar *self,
                            const char    *text,
                            double         fraction)
{
  gboolean begins = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "doing") != 0;

  gtk_label_set_text (self->doing, text);
  gtk_progress_bar_set_fraction (self->progress, fraction);
  gtk_stack_set_visible_child_name (self->stack, "doing");
  if (begins)
    gtk_widget_grab_focus (self->stop);
}

/**
 * yeji_intake_bar_show_deciding:
 *
 * Offers to attach.
 */
void
yeji_intake_bar_show_deciding (YejiIntakeBar *self)
{
  gtk_stack_set_visible_child_name (self->stack, "decide");
  gtk_widget_grab_focus (GTK_WIDGET (self->attach));
}

/**
 * yeji_intake_bar_get_attach:
 *
 * Returns: (transfer none): the button that does it
 */
GtkWidget *
yeji_intake_bar_get_attach (YejiIntakeBar *self)
{
  return GTK_WIDGET (self->attach);
}
