// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-shrink-window"

#include "config.h"

#include "yeji-shrink-window.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-background.h"
#include "yeji-finding-words.h"
#include "yeji-messages.h"
#include "yeji-page-view.h"
#include "yeji-scratch.h"

/* Of the page that a PDF is on: its points are so many to the inch. */
#define POINTS_AN_INCH 72.

/* What may be asked for, beside the limit of the province, in bytes. */
static const gint64 sizes[] = { 10000000, 5000000, 2000000, 1000000, 500000, 200000 };

struct _YejiShrinkWindow
{
  AdwWindow parent_instance;

  AdwWindowTitle *title;
  GtkLabel *before_text;
  GtkLabel *after_text;
  YejiPageView *before;
  YejiPageView *after;
  GtkStack *stack;
  AdwStatusPage *failure;
  GtkWidget *pages;
  GtkWidget *previous;
  GtkWidget *next;
  GtkLabel *page_text;
  GtkLabel *limit_label;
  GtkDropDown *limit;
  GtkWidget *use;

  YejiExaminer *examiner;
  GFile *file;
  char *name;
  int rotation;
  GArray *limits;              /* (element-type gint64): those of the drop-down */
  gint64 wanted;               /* what is being made, or was */
  guint page;                  /* from 0 */
  GFile *smaller;              /* (nullable): as soon as it is there */
  YejiFindings *was;           /* (nullable) */
  YejiFindings *is;            /* (nullable) */
  GCancellable *making;        /* (nullable) */
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiShrinkWindow, yeji_shrink_window, ADW_TYPE_WINDOW)

typedef struct
{
  YejiExaminer *examiner;
  GFile *file;
  GFile *to;
  gint64 limit;
  GCancellable *cancellable;
} Job;

typedef struct
{
  YejiFindings *was;
  YejiFindings *is;
} Made;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->examiner);
  g_object_unref (job->file);
  g_object_unref (job->to);
  g_object_unref (job->cancellable);
  g_free (job);
}

static void
made_free (gpointer data)
{
  Made *made = data;

  yeji_findings_free (made->was);
  g_clear_pointer (&made->is, yeji_findings_free);
  g_free (made);
}

static gpointer
make (gpointer       data,
      GCancellable  *none,
      GError       **error)
{
  Job *job = data;
  Made *made;
  YejiFindings *was = yeji_examiner_examine (job->examiner, job->file, job->cancellable, error);

  if (was == NULL)
    return NULL;
  made = g_new0 (Made, 1);
  made->was = was;
  if (yeji_examiner_shrink (job->examiner, job->file, job->to, job->limit, NULL,
                            job->cancellable, error))
    made->is = yeji_examiner_examine (job->examiner, job->to, job->cancellable, error);
  if (made->is != NULL)
    return made;
  made_free (made);
  return NULL;
}

/* ---- What is shown */

static gboolean
is_pdf (const YejiFindings *findings)
{
  return g_strcmp0 (findings->media_type, "application/pdf") == 0;
}

/* At 100 % a dot of the scan is a dot of the screen. The smaller one is drawn as large as that. */
static void
show_views (YejiShrinkWindow *self)
{
  double zoom = 1;
  double factor = 1;

  if (is_pdf (self->was) && self->was->dpi > 0)
    zoom = MIN (4, self->was->dpi / POINTS_AN_INCH);
  if (self->is != NULL && self->is->width > 0 && self->was->width > 0)
    factor = self->was->width / self->is->width;
  yeji_page_view_show (self->before, self->file, self->page, self->rotation);
  yeji_page_view_set_zoom (self->before, zoom);
  if (self->smaller == NULL)
    return;
  yeji_page_view_show (self->after, self->smaller, self->page, self->rotation);
  yeji_page_view_set_zoom (self->after, zoom * factor);
}

static void
update_pages (YejiShrinkWindow *self)
{
  guint n = self->was != NULL ? self->was->n_pages : 0;
  g_autofree char *text = g_strdup_printf ("%u / %u", self->page + 1, n);

  gtk_widget_set_visible (self->pages, n > 1);
  gtk_label_set_text (self->page_text, text);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "shrink.previous", self->page > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "shrink.next", self->page + 1 < n);
}

static GtkWidget *
find_scroller (GtkWidget *view)
{
  if (GTK_IS_SCROLLED_WINDOW (view))
    return view;
  for (GtkWidget *child = gtk_widget_get_first_child (view); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_scroller (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* What is moved about in one is moved in the other. */
static void
tie_views (YejiShrinkWindow *self)
{
  GtkScrolledWindow *one = GTK_SCROLLED_WINDOW (find_scroller (GTK_WIDGET (self->before)));
  GtkScrolledWindow *other = GTK_SCROLLED_WINDOW (find_scroller (GTK_WIDGET (self->after)));

  g_object_bind_property (gtk_scrolled_window_get_hadjustment (one), "value",
                          gtk_scrolled_window_get_hadjustment (other), "value",
                          G_BINDING_BIDIRECTIONAL);
  g_object_bind_property (gtk_scrolled_window_get_vadjustment (one), "value",
                          gtk_scrolled_window_get_vadjustment (other), "value",
                          G_BINDING_BIDIRECTIONAL);
}

static void
show_made (YejiShrinkWindow *self)
{
  g_autofree char *before = yeji_findings_to_details (self->was);
  g_autofree char *after = yeji_findings_to_details (self->is);
  g_autofree char *whole = NULL;
  int saved = (int) (100. * (double) (self->was->size - self->is->size)
                     / (double) MAX (1, self->was->size));

  /* Translators: how a document measures, and by how much it is smaller than before */
  whole = saved > 0 ? g_strdup_printf (_("%s · %d %% smaller"), after, saved) : g_strdup (after);
  gtk_label_set_text (self->before_text, before);
  gtk_label_set_text (self->after_text, whole);
  gtk_stack_set_visible_child_name (self->stack, "done");
  gtk_widget_set_sensitive (self->use, TRUE);
  update_pages (self);
  show_views (self);
  gtk_widget_grab_focus (self->use);
}

static void
on_made (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  YejiShrinkWindow *self = YEJI_SHRINK_WINDOW (source);
  g_autoptr (GFile) to = data;
  g_autoptr (GError) error = NULL;
  Made *made = yeji_background_finish (result, &error);

  if (self->file == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || self->smaller != NULL)
    {
      g_clear_pointer (&made, made_free);
      return;                  /* the window has gone, or wants another size */
    }
  g_clear_object (&self->making);
  if (made == NULL)
    {
      g_autofree char *sentence = yeji_error_to_sentence (error);

      gtk_label_set_text (self->after_text, "");
      adw_status_page_set_description (self->failure, sentence);
      gtk_stack_set_visible_child_name (self->stack, "failed");
      return;
    }
  g_clear_pointer (&self->was, yeji_findings_free);
  g_clear_pointer (&self->is, yeji_findings_free);
  self->was = g_steal_pointer (&made->was);
  self->is = g_steal_pointer (&made->is);
  g_free (made);
  self->smaller = g_steal_pointer (&to);
  show_made (self);
}

static void
stop (YejiShrinkWindow *self)
{
  if (self->making != NULL)
    g_cancellable_cancel (self->making);
  g_clear_object (&self->making);
}

static void
start (YejiShrinkWindow *self,
       gint64            limit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) to = yeji_scratch_new (self->name, &error);
  Job *job;

  stop (self);
  self->wanted = limit;
  g_clear_object (&self->smaller);
  gtk_widget_set_sensitive (self->use, FALSE);
  if (to == NULL)
    {
      adw_status_page_set_description (self->failure, error->message);
      gtk_stack_set_visible_child_name (self->stack, "failed");
      return;
    }
  self->making = g_cancellable_new ();
  gtk_label_set_text (self->after_text, _("Making it smaller…"));
  gtk_stack_set_visible_child_name (self->stack, "doing");
  job = g_new (Job, 1);
  *job = (Job) { g_object_ref (self->examiner), g_object_ref (self->file), g_object_ref (to), limit,
                 g_object_ref (self->making) };
  yeji_background_run (self, make, job, job_free, made_free, on_made, g_steal_pointer (&to));
}

/* ---- What the clerk does */

static void
on_limit (YejiShrinkWindow *self)
{
  guint selected = gtk_drop_down_get_selected (self->limit);

  if (self->file == NULL || selected >= self->limits->len)
    return;
  if (g_array_index (self->limits, gint64, selected) != self->wanted)
    start (self, g_array_index (self->limits, gint64, selected));
}

static void
on_use (YejiShrinkWindow *self)
{
  if (self->smaller == NULL)
    return;
  g_signal_emit (self, signals[CHOSEN], 0, self->smaller, self->is);
  gtk_window_close (GTK_WINDOW (self));
}

static void
act_step (GtkWidget  *widget,
          const char *name,
          GVariant   *target)
{
  YejiShrinkWindow *self = YEJI_SHRINK_WINDOW (widget);

  if (self->was == NULL)
    return;
  self->page = g_str_equal (name, "shrink.next") ? self->page + 1 : self->page - 1;
  update_pages (self);
  show_views (self);
}

/* What is shown of the choice takes the focus, too, and has no name in GTK 4.8. */
static void
name_choice (GtkWidget  *widget,
             const char *name)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkListItemWidget"))
    yeji_a11y_set_name (widget, name);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_choice (child, name);
}

/* Half of what it is may not be readable, so there is something between. */
static void
fill_limits (YejiShrinkWindow *self,
             gint64            limit,
             gint64            most)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  gint64 more = limit + limit / 2;

  g_array_append_val (self->limits, limit);
  if (more <= most)
    g_array_append_val (self->limits, more);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    if (sizes[i] < limit)
      g_array_append_val (self->limits, sizes[i]);
  for (guint i = 0; i < self->limits->len; i++)
    {
      g_autofree char *text = g_format_size ((guint64) g_array_index (self->limits, gint64, i));

      gtk_string_list_append (list, text);
    }
  gtk_drop_down_set_model (self->limit, G_LIST_MODEL (list));
  name_choice (GTK_WIDGET (self->limit), _("At most"));
}

static void
yeji_shrink_window_dispose (GObject *object)
{
  YejiShrinkWindow *self = YEJI_SHRINK_WINDOW (object);

  stop (self);
  g_clear_object (&self->examiner);
  g_clear_object (&self->file);
  g_clear_object (&self->smaller);
  G_OBJECT_CLASS (yeji_shrink_window_parent_class)->dispose (object);
}

static void
yeji_shrink_window_finalize (GObject *object)
{
  YejiShrinkWindow *self = YEJI_SHRINK_WINDOW (object);

  g_free (self->name);
  g_array_unref (self->limits);
  g_clear_pointer (&self->was, yeji_findings_free);
  g_clear_pointer (&self->is, yeji_findings_free);
  G_OBJECT_CLASS (yeji_shrink_window_parent_class)->finalize (object);
}

static void
yeji_shrink_window_class_init (YejiShrinkWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_shrink_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = yeji_shrink_window_finalize;
  g_type_ensure (YEJI_TYPE_PAGE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-shrink-window.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiShrinkWindow, title);
  gtk_widget_class_bind_template_child (widget_class, YejiShrinkWindow, before_text);
  gtk_widget_class_bind_template_child (widget_class, YejiShrinkWindow, after_text);
  gtk_widget_class_bind_template_child (widget_class, YejiShrinkWindow, before);
  gtk_widget_class_bind_template_child (widget_class, YejiShrinkWindow, after);
  gtk_widget_class_bind_template_child (widget_class, YejiShrinkWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, YejiShrinkWindow, failure);
  gtk_widget_class_bind_template_child (widget_class, YejiShrinkWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, YejiShrinkWindow, previous);
  gtk_widget_class_bind_template_child (widget_class, YejiShrinkWindow, next);
  gtk_widget_class_bind_template_child (widget_class, YejiShrinkWindow, page_text);
  gtk_widget_class_bind_template_child (widget_class, YejiShrinkWindow, limit_label);
  gtk_widget_class_bind_template_child (widget_class, YejiShrinkWindow, limit);
  gtk_widget_class_bind_template_child (widget_class, YejiShrinkWindow, use);
  gtk_widget_class_bind_template_callback (widget_class, on_limit);
  gtk_widget_class_bind_template_callback (widget_class, on_use);
  gtk_widget_class_install_action (widget_class, "shrink.previous", NULL, act_step);
  gtk_widget_class_install_action (widget_class, "shrink.next", NULL, act_step);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Up, GDK_ALT_MASK,
                                       "shrink.previous", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Down, GDK_ALT_MASK,
                                       "shrink.next", NULL);

  signals[CHOSEN] = g_signal_new ("chosen", YEJI_TYPE_SHRINK_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, G_TYPE_FILE, G_TYPE_POINTER);
}

static void
yeji_shrink_window_init (YejiShrinkWindow *self)
{
  self->limits = g_array_new (FALSE, FALSE, sizeof (gint64));
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_window_set_default_widget (GTK_WINDOW (self), self->use);
  yeji_a11y_set_name (GTK_WIDGET (self->limit), _("At most"));
  yeji_a11y_set_name (self->previous, _("Previous page"));
  yeji_a11y_set_name (self->next, _("Next page"));
  yeji_page_view_set_name (self->before, _("Now"));
  yeji_page_view_set_name (self->after, C_("document", "Smaller"));
  yeji_page_view_set_fit (self->before, YEJI_PAGE_FIT_NONE);
  yeji_page_view_set_fit (self->after, YEJI_PAGE_FIT_NONE);
  tie_views (self);
  update_pages (self);
}

/**
 * yeji_shrink_window_new:
 * @name: what the document is called
 * @rotation: which way up it is shown, degrees clockwise
 * @limit: bytes; what it is to fit into at first
 * @most: bytes; what the province takes
 *
 * Returns: (transfer none): a window that is making @file smaller; it is not presented yet
 */
GtkWidget *
yeji_shrink_window_new (GtkWindow    *parent,
                        YejiExaminer *examiner,
                        GFile        *file,
                        const char   *name,
                        int           rotation,
                        gint64        limit,
                        gint64        most)
{
  YejiShrinkWindow *self = g_object_new (YEJI_TYPE_SHRINK_WINDOW, "transient-for", parent, NULL);

  self->examiner = g_object_ref (examiner);
  self->name = g_strdup (name);
  self->rotation = rotation;
  adw_window_title_set_subtitle (self->title, name);
  yeji_page_view_show (self->before, file, 0, rotation);
  fill_limits (self, limit, most);
  self->file = g_object_ref (file);
  start (self, limit);
  return GTK_WIDGET (self);
}
