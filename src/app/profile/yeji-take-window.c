// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-take-window"

#include "config.h"

#include "yeji-take-window.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-focus.h"
#include "yeji-messages.h"
#include "yeji-package-job.h"
#include "yeji-secret.h"
#include "yeji-take-row.h"

/* Rows that are shown; more would take the window a while, and nobody reads them. */
#define MAX_ROWS 200

/* Which page the window shows; what its button does follows. */
#define PAGE_ASK "ask"
#define PAGE_BUSY "busy"
#define PAGE_PLAN "plan"

struct _YejiTakeWindow
{
  AdwWindow parent_instance;

  GtkWidget *cancel_button;
  GtkWidget *next_button;
  GtkStack *stack;
  AdwActionRow *file_row;
  GtkEditable *passphrase;
  GtkLabel *busy_label;
  GtkProgressBar *progress;
  AdwActionRow *origin_row;
  GtkWidget *other_group;
  AdwActionRow *other_row;
  GtkSwitch *other_switch;
  AdwPreferencesGroup *records_group;
  GtkListBox *list;
  GtkLabel *error;

  YejiStore *store;            /* (nullable): the window was closed */
  char *path;
  GCancellable *cancellable;
  struct _Opened *opened;      /* (nullable) */
  gboolean other;              /* it is of another enterprise */
};

/* What was opened: used by one thread at a time, and by this window between. */
typedef struct _Opened
{
  gatomicrefcount references;
  YejiStore *store;
  char *path;
  YejiSecretText *passphrase;
  YejiPackage *package;        /* (nullable) */
  char *other;                 /* (nullable): why it is not of this enterprise */
} Opened;

enum
{
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiTakeWindow, yeji_take_window, ADW_TYPE_WINDOW)

static void
unref_opened (gpointer data)
{
  Opened *opened = data;

  if (!g_atomic_ref_count_dec (&opened->references))
    return;
  yeji_package_free (opened->package);
  yeji_secret_wipe_text (opened->passphrase);
  g_object_unref (opened->store);
  g_free (opened->path);
  g_free (opened->other);
  g_free (opened);
}

static Opened *
ref_opened (Opened *opened)
{
  g_atomic_ref_count_inc (&opened->references);
  return opened;
}

/* ---- Pages */

static gboolean
is_page (YejiTakeWindow *self,
         const char     *name)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), name) == 0;
}

static void
update (YejiTakeWindow *self)
{
  gboolean plan = is_page (self, PAGE_PLAN);
  gboolean ready = is_page (self, PAGE_ASK) ? *gtk_editable_get_text (self->passphrase) != '\0'
                   : plan && (!self->other || gtk_switch_get_active (self->other_switch));

  gtk_button_set_label (GTK_BUTTON (self->next_button),
                        plan ? C_("hand-over", "_Take Over") : _("_Open"));
  gtk_widget_set_sensitive (self->next_button, ready);
}

static void
show_page (YejiTakeWindow *self,
           const char     *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  update (self);
}

static void
on_changed (YejiTakeWindow *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->error), FALSE);
  update (self);
}

static void
fail (YejiTakeWindow *self,
      const char     *page,
      const GError   *error)
{
  g_autofree char *sentence = NULL;

  show_page (self, page);
  g_cancellable_reset (self->cancellable);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  sentence = yeji_error_to_sentence (error);
  g_message ("%s", error->message);
  gtk_label_set_text (self->error, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->error), TRUE);
  if (g_str_equal (page, PAGE_ASK))
    gtk_widget_grab_focus (GTK_WIDGET (self->passphrase));
}

static void
work_on (YejiTakeWindow      *self,
         const char          *words,
         YejiPackageWork      work,
         GAsyncReadyCallback  callback)
{
  gtk_widget_set_visible (GTK_WIDGET (self->error), FALSE);
  gtk_label_set_text (self->busy_label, words);
  gtk_window_set_focus (GTK_WINDOW (self), self->cancel_button);
  show_page (self, PAGE_BUSY);
  yeji_package_job_run (self->progress, self->cancellable, work, ref_opened (self->opened),
                        unref_opened, (GDestroyNotify) yeji_take_report_free, callback,
                        g_object_ref (self));
}

/* ---- What would become of it */

static void
show_origin (YejiTakeWindow *self)
{
  YejiPackage *package = self->opened->package;
  const char *enterprise = yeji_package_get_enterprise (package);
  g_autofree char *moment = yeji_moment_to_text (yeji_package_get_made_at (package));
  /* Translators: who handed records over, and when */
  g_autofree char *text = g_strdup_printf (_("By %s, %s"), yeji_package_get_made_by (package),
                                           moment);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->origin_row),
                                 enterprise != NULL && *enterprise != '\0'
                                 ? enterprise : _("An enterprise without a name"));
  adw_action_row_set_subtitle (self->origin_row, text);
  self->other = self->opened->other != NULL;
  gtk_widget_set_visible (self->other_group, self->other);
}

/* First what the clerk has to think about, last what nothing happens to. */
static int
compare_items (gconstpointer a,
               gconstpointer b)
{
  static const int order[N_YEJI_TAKE_KINDS] = {
    [YEJI_TAKE_CONFLICT] = 0,
    [YEJI_TAKE_FIXED] = 1,
    [YEJI_TAKE_MERGED] = 2,
    [YEJI_TAKE_FOLLOWED] = 3,
    [YEJI_TAKE_NEW] = 4,
    [YEJI_TAKE_OLDER] = 5,
    [YEJI_TAKE_SAME] = 6,
  };
  const YejiTakeItem *one = *(const YejiTakeItem *const *) a;
  const YejiTakeItem *other = *(const YejiTakeItem *const *) b;

  return order[one->kind] != order[other->kind] ? order[one->kind] - order[other->kind]
                                                : g_utf8_collate (one->name, other->name);
}

static void
show_plan (YejiTakeWindow *self,
           YejiTakeReport *report)
{
  g_autofree char *sum = yeji_take_row_sum_up (report);
  g_autofree char *missing = NULL;
  g_autofree char *more = NULL;
  guint n = MIN (report->items->len, MAX_ROWS);

  show_origin (self);
  g_ptr_array_sort (report->items, compare_items);
  for (guint i = 0; i < n; i++)
    gtk_list_box_append (self->list, yeji_take_row_new (g_ptr_array_index (report->items, i)));
  if (report->items->len > n)
    more = g_strdup_printf (ngettext ("%s\nThe first %u of them:", "%s\nThe first %u of them:", n),
                            sum, n);
  if (report->missing->len > 0)
    missing = g_strdup_printf (ngettext ("%s\nThe content of %u document is not in the file.",
                                         "%s\nThe contents of %u documents are not in the file.",
                                         report->missing->len), sum, report->missing->len);
  adw_preferences_group_set_description (self->records_group,
                                         missing != NULL ? missing : more != NULL ? more : sum);
  show_page (self, PAGE_PLAN);
  gtk_widget_grab_focus (self->next_button);
}

static gpointer
plan (YejiPackageJob  *job,
      gpointer         data,
      GCancellable    *cancellable,
      GError         **error)
{
  Opened *opened = data;
  g_autoptr (GError) reason = NULL;

  opened->package = yeji_package_open (opened->path, opened->passphrase, cancellable, error);
  if (opened->package == NULL)
    return NULL;
  if (!yeji_package_check_enterprise (opened->package, opened->store, &reason))
    opened->other = g_strdup (reason->message);
  return yeji_package_plan (opened->package, opened->store, yeji_package_job_advance, job,
                            cancellable, error);
}

static void
on_planned (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (YejiTakeWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiTakeReport) report = yeji_package_job_finish (result, &error);

  if (self->store == NULL)
    return;
  if (report != NULL)
    show_plan (self, report);
  else
    fail (self, PAGE_ASK, error);
}

static void
open_package (YejiTakeWindow *self)
{
  Opened *opened = g_new0 (Opened, 1);

  g_atomic_ref_count_init (&opened->references);
  opened->store = g_object_ref (self->store);
  opened->path = g_strdup (self->path);
  opened->passphrase = g_strdup (gtk_editable_get_text (self->passphrase));
  g_clear_pointer (&self->opened, unref_opened);
  self->opened = opened;
  work_on (self, _("Reading and checking the file…"), plan, on_planned);
}

/* ---- Taking over */

static gpointer
take (YejiPackageJob  *job,
      gpointer         data,
      GCancellable    *cancellable,
      GError         **error)
{
  Opened *opened = data;

  return yeji_package_take (opened->package, opened->store, yeji_package_job_advance, job,
                            cancellable, error);
}

static void
on_taken (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (YejiTakeWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiTakeReport) report = yeji_package_job_finish (result, &error);
  g_autofree char *sum = NULL;
  g_autofree char *text = NULL;

  if (self->store == NULL)
    return;
  if (report == NULL)
    {
      fail (self, PAGE_PLAN, error);
      return;
    }
  sum = yeji_take_row_sum_up (report);
  /* Translators: records were taken over; what became of them */
  text = report->batch != NULL ? g_strdup_printf (_("Taken over. %s"), sum)
                               : g_strdup (_("There was nothing new to take over"));
  g_signal_emit (self, signals[DONE], 0, text, report->batch);
  gtk_window_close (GTK_WINDOW (self));
}

/**
 * yeji_take_window_go_on:
 *
 * Opens the file, or takes over what is in it, as the button does.
 */
void
yeji_take_window_go_on (YejiTakeWindow *self)
{
  g_return_if_fail (YEJI_IS_TAKE_WINDOW (self));

  if (!gtk_widget_get_sensitive (self->next_button))
    return;
  if (is_page (self, PAGE_ASK))
    open_package (self);
  else if (is_page (self, PAGE_PLAN))
    work_on (self, _("Taking over…"), take, on_taken);
}

/* While something is done, this stops that; otherwise it closes the window. */
static void
on_cancel (YejiTakeWindow *self)
{
  if (is_page (self, PAGE_BUSY))
    g_cancellable_cancel (self->cancellable);
  else
    gtk_window_close (GTK_WINDOW (self));
}

/* ---- The class */

static void
yeji_take_window_dispose (GObject *object)
{
  YejiTakeWindow *self = YEJI_TAKE_WINDOW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (yeji_take_window_parent_class)->dispose (object);
}

static void
yeji_take_window_finalize (GObject *object)
{
  YejiTakeWindow *self = YEJI_TAKE_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->opened, unref_opened);
  g_free (self->path);
  G_OBJECT_CLASS (yeji_take_window_parent_class)->finalize (object);
}

static void
yeji_take_window_class_init (YejiTakeWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_take_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = yeji_take_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-take-window.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiTakeWindow, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, YejiTakeWindow, next_button);
  gtk_widget_class_bind_template_child (widget_class, YejiTakeWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, YejiTakeWindow, file_row);
  gtk_widget_class_bind_template_child (widget_class, YejiTakeWindow, passphrase);
  gtk_widget_class_bind_template_child (widget_class, YejiTakeWindow, busy_label);
  gtk_widget_class_bind_template_child (widget_class, YejiTakeWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, YejiTakeWindow, origin_row);
  gtk_widget_class_bind_template_child (widget_class, YejiTakeWindow, other_group);
  gtk_widget_class_bind_template_child (widget_class, YejiTakeWindow, other_row);
  gtk_widget_class_bind_template_child (widget_class, YejiTakeWindow, other_switch);
  gtk_widget_class_bind_template_child (widget_class, YejiTakeWindow, records_group);
  gtk_widget_class_bind_template_child (widget_class, YejiTakeWindow, list);
  gtk_widget_class_bind_template_child (widget_class, YejiTakeWindow, error);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, yeji_take_window_go_on);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  signals[DONE] = g_signal_new ("done", YEJI_TYPE_TAKE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
yeji_take_window_init (YejiTakeWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  yeji_focus_leave_at_end (GTK_WINDOW (self));
  self->cancellable = g_cancellable_new ();
  yeji_a11y_name_entry_row (ADW_ENTRY_ROW (self->passphrase));
  yeji_a11y_set_name (GTK_WIDGET (self->progress), _("Progress"));
  yeji_a11y_set_name (GTK_WIDGET (self->list), _("Records of the package"));
  yeji_a11y_set_name (GTK_WIDGET (self->other_switch), _("Take over all the same"));
  update (self);
}

/**
 * yeji_take_window_new:
 * @path: of a package
 *
 * Returns: (transfer none): the window, owned by GTK
 */
GtkWidget *
yeji_take_window_new (GtkWindow  *parent,
                      YejiStore  *store,
                      const char *path)
{
  YejiTakeWindow *self = g_object_new (YEJI_TYPE_TAKE_WINDOW, "transient-for", parent, NULL);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *shown = g_filename_display_name (name);

  self->store = g_object_ref (store);
  self->path = g_strdup (path);
  adw_action_row_set_subtitle (self->file_row, shown);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->passphrase));
  return GTK_WIDGET (self);
}

void
yeji_take_window_type (YejiTakeWindow *self,
                       const char     *passphrase)
{
  g_return_if_fail (YEJI_IS_TAKE_WINDOW (self));

  gtk_editable_set_text (self->passphrase, passphrase);
}

/**
 * yeji_take_window_get_page:
 *
 * Returns: what it shows: ask, busy or plan
 */
const char *
yeji_take_window_get_page (YejiTakeWindow *self)
{
  g_return_val_if_fail (YEJI_IS_TAKE_WINDOW (self), NULL);

  return gtk_stack_get_visible_child_name (self->stack);
}
