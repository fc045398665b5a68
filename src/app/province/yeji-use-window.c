// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-use-window"

#include "config.h"

#include "yeji-use-window-private.h"

#include <string.h>

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-background.h"
#include "yeji-composing.h"
#include "yeji-messages.h"
#include "yeji-toast.h"
#include "yeji-use-row.h"
#include "yeji-use-sync.h"
#include "yeji-use-words.h"

/* Many changes of the store that come one after another are read once. */
#define REFRESH_MS 300
/* After which what is typed as a name is kept. */
#define SAVE_MS 400
#define LIST_KEY "yeji-use-list"

G_DEFINE_FINAL_TYPE (YejiUseWindow, yeji_use_window, ADW_TYPE_WINDOW)

static const YejiQualification *
get_kind (YejiUseWindow *self)
{
  const YejiQualifications *all =
    yeji_dictionary_get_qualifications (yeji_store_get_dictionary (self->store));
  guint selected = gtk_drop_down_get_selected (self->kind);

  return selected < all->kinds->len ? g_ptr_array_index (all->kinds, selected) : NULL;
}

/* ---- YejiUseKeeping */

static gpointer
run_save (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  YejiUseKeeping *keeping = data;

  return yeji_store_save_use_list (keeping->store, keeping->list, error)
           ? g_strdup (keeping->list->id) : NULL;
}

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  YejiUseWindow *self = YEJI_USE_WINDOW (source);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = yeji_background_finish (result, &error);
  g_autofree char *sentence = error != NULL ? yeji_error_to_sentence (error) : NULL;

  if (id != NULL)
    self->saved = MAX (self->saved, self->saving);
  self->saving = 0;
  if (self->store == NULL)
    return;
  if (id == NULL)
    {
      self->sending = YEJI_USE_SENDING_NOT;
      yeji_toast_say (self->toasts, sentence);
      return;
    }
  if (self->sending != YEJI_USE_SENDING_NOT)
    yeji_use_steps_send (self, self->sending);
  else if (self->saved < self->edited)   /* typed meanwhile */
    yeji_use_window_save (self);
  else
    yeji_use_window_refresh (self);
}

/**
 * yeji_use_window_save: (skip)
 *
 * Keeps what is ticked. Each list is kept by itself, one after the other: what was ticked last counts.
 */
void
yeji_use_window_save (YejiUseWindow *self)
{
  g_clear_handle_id (&self->save_due, g_source_remove);
  if (self->saving != 0 || self->saved >= self->edited || self->store == NULL)
    return;
  self->saving = self->edited;
  yeji_background_run (self, run_save, yeji_use_keeping_new (self), yeji_use_keeping_free, g_free, on_saved, NULL);
}

static gboolean
save_now (gpointer data)
{
  YejiUseWindow *self = data;

  self->save_due = 0;
  yeji_use_window_save (self);
  return G_SOURCE_REMOVE;
}

static void
save_soon (YejiUseWindow *self)
{
  self->edited++;
  g_clear_handle_id (&self->save_due, g_source_remove);
  self->save_due = g_timeout_add (SAVE_MS, save_now, self);
}

/* ---- What is shown */

static void
update_actions (YejiUseWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const gboolean read = self->choice != NULL && self->list != NULL;
  const gboolean any = read && self->list->records[0] != NULL;
  const gboolean editable = read && yeji_use_list_is_editable (self->list);
  const gboolean named = *gtk_editable_get_text (GTK_EDITABLE (self->name)) != '\0';
  static const char * const gifts[] = {
    "use.export-csv", "use.export-json", "use.export-pdf", "use.print",
  };

  gtk_widget_action_set_enabled (widget, "use.send",
                                 any && named && editable && self->list->state != YEJI_USE_QUEUED);
  gtk_widget_action_set_enabled (widget, "use.send-again",
                                 any && self->list->state == YEJI_USE_REFUSED
                                 && self->list->doubled);
  gtk_widget_action_set_enabled (widget, "use.withdraw",
                                 read && (self->list->state == YEJI_USE_OPEN
                                          || (self->list->state == YEJI_USE_QUEUED
                                              && !self->list->tried)));
  gtk_widget_action_set_enabled (widget, "use.remove", editable && self->saved > 0);
  for (guint i = 0; i < G_N_ELEMENTS (gifts); i++)
    gtk_widget_action_set_enabled (widget, gifts[i], any);
}

static void
update_notice (YejiUseWindow *self)
{
  g_autofree char *warning = self->list != NULL ? yeji_use_list_warn (self->list) : NULL;

  gtk_label_set_text (self->notice_text, warning != NULL ? warning : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->notice_text), warning);
  gtk_widget_set_visible (GTK_WIDGET (self->notice), warning != NULL);
  gtk_revealer_set_reveal_child (self->notice, warning != NULL);
  gtk_widget_set_visible (self->again, self->list != NULL && self->list->doubled
                                       && self->list->state == YEJI_USE_REFUSED);
}

static void
update (YejiUseWindow *self)
{
  g_autofree char *subtitle = self->list != NULL ? yeji_use_list_describe (self->list) : NULL;
  const char *page;

  if (self->choice == NULL || self->list == NULL)
    return;
  adw_window_title_set_subtitle (self->title, subtitle);
  yeji_use_totals_fill (self->totals, self->choice, self->list);
  update_notice (self);
  update_actions (self);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->items)) == 0)
    page = "empty";
  else
    page = g_list_model_get_n_items (G_LIST_MODEL (self->filtered)) > 0 ? "records" : "nothing";
  gtk_stack_set_visible_child_name (self->stack, page);
}

static void
on_ticked (YejiUseItem   *item,
           GParamSpec    *pspec,
           YejiUseWindow *self)
{
  if (self->filling || self->list == NULL || !yeji_use_list_is_editable (self->list))
    return;
  yeji_use_list_tick (self->list, yeji_use_item_get_uuid (item), yeji_use_item_get_ticked (item));
  self->list->state = YEJI_USE_DRAFT;
  self->edited++;
  yeji_use_window_save (self);
  update (self);
}

static gboolean
is_shown (YejiUseWindow *self,
          guint          position,
          gpointer       item)
{
  g_autoptr (YejiUseItem) old = g_list_model_get_item (G_LIST_MODEL (self->items), position);

  return yeji_use_item_equal (old, item);
}

/* Leaves those alone that stay as they are: the keyboard may be in one. */
static void
replace_items (YejiUseWindow *self,
               GPtrArray     *items)
{
  guint before = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  guint head = 0, tail = 0;

  while (head < MIN (before, items->len) && is_shown (self, head, items->pdata[head]))
    head++;
  while (tail < MIN (before, items->len) - head
         && is_shown (self, before - tail - 1, items->pdata[items->len - tail - 1]))
    tail++;
  if (head + tail < MAX (before, items->len))
    g_list_store_splice (self->items, head, before - head - tail, items->pdata + head,
                         items->len - head - tail);
}

/* A list that the province has shows what it carries, and nothing else. */
static void
fill_items (YejiUseWindow *self)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  const gboolean editable = yeji_use_list_is_editable (self->list);

  for (guint i = 0; i < self->choice->candidates->len; i++)
    {
      const YejiUseCandidate *candidate = g_ptr_array_index (self->choice->candidates, i);
      YejiUseItem *item;

      if (!yeji_use_list_carries (self->list, candidate->uuid) && (!editable || candidate->gone))
        continue;
      item = yeji_use_item_new (self->choice, candidate, self->list);
      g_signal_connect_object (item, "notify::ticked", G_CALLBACK (on_ticked), self, 0);
      g_ptr_array_add (items, item);
    }
  replace_items (self, items);
}

static void
fill_form (YejiUseWindow *self)
{
  const gboolean editable = yeji_use_list_is_editable (self->list);

  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->name)), self->list->name))
    gtk_editable_set_text (GTK_EDITABLE (self->name), self->list->name);
  gtk_editable_set_editable (GTK_EDITABLE (self->name), editable);
  gtk_widget_set_sensitive (GTK_WIDGET (self->kind), editable);
}

static void
fill_lists (YejiUseWindow *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->lists))) != NULL)
    gtk_list_box_remove (self->lists, child);
  for (guint i = 0; i < self->choice->lists->len; i++)
    {
      const YejiUseList *list = g_ptr_array_index (self->choice->lists, i);
      GtkWidget *row = yeji_use_list_make_row (list);

      g_object_set_data_full (G_OBJECT (row), LIST_KEY, g_strdup (list->id), g_free);
      gtk_list_box_append (self->lists, row);
      if (g_str_equal (list->id, self->list->id))
        gtk_list_box_select_row (self->lists, GTK_LIST_BOX_ROW (row));
    }
}

static const YejiUseList *
find_list (YejiUseWindow *self,
           const char    *id)
{
  for (guint i = 0; id != NULL && i < self->choice->lists->len; i++)
    {
      const YejiUseList *list = g_ptr_array_index (self->choice->lists, i);

      if (g_str_equal (list->id, id))
        return list;
    }
  return NULL;
}

static YejiUseList *
make_new (YejiUseWindow *self)
{
  const YejiQualification *kind = get_kind (self);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *name = g_strdup_printf (_("Works %s"), day);

  return yeji_use_list_new (kind->id, name);
}

/* What the clerk is typing is newer than what was read. */
static void
take_list (YejiUseWindow *self)
{
  const YejiUseList *found;

  if (self->list != NULL && self->wanted == NULL && self->saved < self->edited)
    return;
  found = find_list (self, self->wanted != NULL ? self->wanted
                           : self->list != NULL ? self->list->id : NULL);
  if (found == NULL && self->wanted == NULL && self->list != NULL
      && self->list->server_id == NULL && self->saved == 0
      && g_str_equal (self->list->kind, self->choice->kind->id))
    return;
  g_clear_pointer (&self->list, yeji_use_list_free);
  g_clear_pointer (&self->wanted, g_free);
  self->list = found != NULL ? yeji_use_list_copy (found) : make_new (self);
  self->edited = self->saved = found != NULL ? 1 : 0;
}

/* ---- Reading */

typedef struct
{
  YejiStore *store;
  char *kind;
} Question;

static void
free_question (gpointer data)
{
  Question *question = data;

  g_object_unref (question->store);
  g_free (question->kind);
  g_free (question);
}

static gpointer
run_read (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Question *question = data;

  return yeji_use_choice_load (question->store, question->kind, error);
}

static void
free_choice (gpointer data)
{
  yeji_use_choice_free (data);
}

static void
show_kind (YejiUseWindow *self,
           const char    *id)
{
  const YejiQualifications *all =
    yeji_dictionary_get_qualifications (yeji_store_get_dictionary (self->store));

  for (guint i = 0; i < all->kinds->len; i++)
    if (g_str_equal (((const YejiQualification *) g_ptr_array_index (all->kinds, i))->id, id))
      gtk_drop_down_set_selected (self->kind, i);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  YejiUseWindow *self = YEJI_USE_WINDOW (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiUseChoice) choice = yeji_background_finish (result, &error);
  const YejiUseList *wanted;
  g_autofree char *sentence = NULL;

  self->reading--;
  if (self->store == NULL || self->reading > 0)        /* a later question was asked */
    return;
  if (choice == NULL)
    {
      sentence = yeji_error_to_sentence (error);
      adw_status_page_set_description (self->failure, sentence);
      gtk_stack_set_visible_child_name (self->stack, "failure");
      return;
    }
  g_clear_pointer (&self->choice, yeji_use_choice_free);
  self->choice = g_steal_pointer (&choice);
  wanted = find_list (self, self->wanted);
  self->filling = TRUE;
  if (wanted != NULL && !g_str_equal (wanted->kind, self->choice->kind->id))
    {
      show_kind (self, wanted->kind);
      self->filling = FALSE;
      yeji_use_window_refresh (self);
      return;
    }
  take_list (self);
  fill_form (self);
  fill_items (self);
  fill_lists (self);
  self->filling = FALSE;
  update (self);
}

/**
 * yeji_use_window_refresh: (skip)
 *
 * Reads records and lists anew.
 */
void
yeji_use_window_refresh (YejiUseWindow *self)
{
  Question *question;
  const YejiQualification *kind;

  g_clear_handle_id (&self->due, g_source_remove);
  if (self->store == NULL)
    return;
  kind = get_kind (self);
  if (kind == NULL)
    {
      gtk_stack_set_visible_child_name (self->stack, "empty");
      return;
    }
  question = g_new0 (Question, 1);
  question->store = g_object_ref (self->store);
  question->kind = g_strdup (kind->id);
  self->reading++;
  yeji_background_run (self, run_read, question, free_question, free_choice, on_read, NULL);
}

static gboolean
refresh_now (gpointer data)
{
  YejiUseWindow *self = data;

  self->due = 0;
  yeji_use_window_refresh (self);
  return G_SOURCE_REMOVE;
}

static void
refresh_soon (YejiUseWindow *self)
{
  if (self->due == 0)
    self->due = g_timeout_add (REFRESH_MS, refresh_now, self);
}

/* ---- What the clerk does */

/* Records of another kind do not count: the ticks of a draft go with it. */
static void
on_kind (YejiUseWindow *self)
{
  const YejiQualification *kind;

  if (self->filling || self->store == NULL || self->list == NULL)
    return;
  kind = get_kind (self);
  if (kind == NULL || g_str_equal (kind->id, self->list->kind))
    return;
  g_free (self->list->kind);
  self->list->kind = g_strdup (kind->id);
  g_strfreev (self->list->records);
  self->list->records = g_new0 (char *, 1);
  if (self->saved > 0)
    {
      self->edited++;
      yeji_use_window_save (self);
    }
  yeji_use_window_refresh (self);
}

static void
on_name (YejiUseWindow *self)
{
  if (self->filling || self->list == NULL || !yeji_use_list_is_editable (self->list))
    return;
  g_free (self->list->name);
  self->list->name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name)));
  if (self->list->records[0] != NULL || self->saved > 0)
    save_soon (self);
  update_actions (self);
}

static void
on_search_changed (YejiUseWindow *self)
{
  g_free (self->sought);
  self->sought = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  update (self);
}

static void
on_stop_search (YejiUseWindow *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)) == '\0')
    gtk_window_close (GTK_WINDOW (self));
  else
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
}

static void
on_search (GtkWidget  *widget,
           const char *name,
           GVariant   *target)
{
  gtk_widget_grab_focus (GTK_WIDGET (YEJI_USE_WINDOW (widget)->search));
}

static gboolean
matches (gpointer object,
         gpointer data)
{
  YejiUseWindow *self = data;

  return self->sought == NULL || yeji_use_item_matches (object, self->sought);
}

static void
on_activate (YejiUseWindow *self,
             guint          position)
{
  g_autoptr (YejiUseItem) item = g_list_model_get_item (G_LIST_MODEL (self->filtered), position);

  if (item != NULL && yeji_use_item_is_editable (item))
    yeji_use_item_set_ticked (item, !yeji_use_item_get_ticked (item));
}

static void
on_list_selected (YejiUseWindow *self,
                  GtkListBoxRow *row)
{
  const char *id = row != NULL ? g_object_get_data (G_OBJECT (row), LIST_KEY) : NULL;

  if (!self->filling && id != NULL && self->list != NULL && !g_str_equal (id, self->list->id))
    yeji_use_window_show_list (self, id);
}

static void
on_new (GtkWidget  *widget,
        const char *name,
        GVariant   *target)
{
  YejiUseWindow *self = YEJI_USE_WINDOW (widget);

  if (self->choice == NULL)
    return;
  yeji_use_window_save (self);
  g_clear_pointer (&self->list, yeji_use_list_free);
  self->list = make_new (self);
  self->edited = self->saved = 0;
  self->filling = TRUE;
  fill_form (self);
  fill_items (self);
  gtk_list_box_select_row (self->lists, NULL);
  self->filling = FALSE;
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
}

/* What other computers made comes from the province, if it can be reached. */
static gpointer
run_fetch (gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Question *question = data;
  g_autoptr (YejiProvince) province = yeji_province_new (question->store, error);

  return province != NULL
         && yeji_use_sync_fetch (question->store, province, cancellable, error)
           ? g_strdup ("") : NULL;
}

/* ---- */

static void
on_setup (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  gtk_list_item_set_child (item, yeji_use_row_new ());
}

static void
on_bind (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  GtkWidget *row = gtk_list_item_get_child (item);
  YejiUseItem *record = gtk_list_item_get_item (item);

  yeji_use_row_bind (YEJI_USE_ROW (row), record);
  yeji_a11y_set_name (gtk_widget_get_parent (row), yeji_use_item_get_name (record));
}

static void
on_unbind (GtkSignalListItemFactory *factory,
           GtkListItem              *item)
{
  yeji_use_row_unbind (YEJI_USE_ROW (gtk_list_item_get_child (item)));
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

static void
fill_kinds (YejiUseWindow *self)
{
  const YejiQualifications *all =
    yeji_dictionary_get_qualifications (yeji_store_get_dictionary (self->store));
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  for (guint i = 0; i < all->kinds->len; i++)
    {
      const YejiQualification *kind = g_ptr_array_index (all->kinds, i);

      gtk_string_list_append (words, yeji_text_get (&kind->label, yeji_language_get_current ()));
    }
  self->filling = TRUE;
  gtk_drop_down_set_model (self->kind, G_LIST_MODEL (words));
  yeji_a11y_set_name (GTK_WIDGET (self->kind), _("What the list is for"));
  name_choice (GTK_WIDGET (self->kind), _("What the list is for"));
  self->filling = FALSE;
}

static void
yeji_use_window_dispose (GObject *object)
{
  YejiUseWindow *self = YEJI_USE_WINDOW (object);

  if (self->list != NULL)
    yeji_use_window_save (self);
  /* the save keeps this alive, maybe for longer than the parent, to which it would turn at last */
  gtk_window_set_transient_for (GTK_WINDOW (self), NULL);
  g_clear_handle_id (&self->due, g_source_remove);
  g_clear_handle_id (&self->save_due, g_source_remove);
  g_clear_object (&self->store);
  g_clear_object (&self->engine);
  G_OBJECT_CLASS (yeji_use_window_parent_class)->dispose (object);
}

static void
yeji_use_window_finalize (GObject *object)
{
  YejiUseWindow *self = YEJI_USE_WINDOW (object);

  g_clear_pointer (&self->choice, yeji_use_choice_free);
  g_clear_pointer (&self->list, yeji_use_list_free);
  g_clear_object (&self->items);
  g_clear_object (&self->filtered);
  g_free (self->wanted);
  g_free (self->sought);
  G_OBJECT_CLASS (yeji_use_window_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "use.new", NULL, on_new);
  gtk_widget_class_install_action (klass, "use.search", NULL, on_search);
  yeji_use_give_install (klass);
  yeji_use_steps_install (klass);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_n, GDK_CONTROL_MASK, "use.new", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_f, GDK_CONTROL_MASK, "use.search", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Return, GDK_CONTROL_MASK, "use.send", NULL);
}

static void
yeji_use_window_class_init (YejiUseWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_use_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = yeji_use_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-use-window.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiUseWindow, title);
  gtk_widget_class_bind_template_child (widget_class, YejiUseWindow, lists);
  gtk_widget_class_bind_template_child (widget_class, YejiUseWindow, kind);
  gtk_widget_class_bind_template_child (widget_class, YejiUseWindow, name);
  gtk_widget_class_bind_template_child (widget_class, YejiUseWindow, search);
  gtk_widget_class_bind_template_child (widget_class, YejiUseWindow, notice);
  gtk_widget_class_bind_template_child (widget_class, YejiUseWindow, notice_text);
  gtk_widget_class_bind_template_child (widget_class, YejiUseWindow, again);
  gtk_widget_class_bind_template_child (widget_class, YejiUseWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, YejiUseWindow, records);
  gtk_widget_class_bind_template_child (widget_class, YejiUseWindow, failure);
  gtk_widget_class_bind_template_child (widget_class, YejiUseWindow, totals);
  gtk_widget_class_bind_template_child (widget_class, YejiUseWindow, toasts);
  gtk_widget_class_bind_template_callback (widget_class, on_kind);
  gtk_widget_class_bind_template_callback (widget_class, on_name);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_list_selected);
  install_actions (widget_class);
}

static void
yeji_use_window_init (YejiUseWindow *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkSingleSelection *selection;

  gtk_widget_init_template (GTK_WIDGET (self));
  yeji_a11y_set_name (GTK_WIDGET (self->search), _("Search"));
  yeji_composing_watch (GTK_WIDGET (self->search));
  yeji_composing_watch (GTK_WIDGET (self->name));
  self->items = g_list_store_new (YEJI_TYPE_USE_ITEM);
  self->filter = GTK_FILTER (gtk_custom_filter_new (matches, self, NULL));
  self->filtered = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->items)),
                                              self->filter);
  selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->filtered)));
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), NULL);
  gtk_list_view_set_model (self->records, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
  gtk_list_view_set_factory (self->records, factory);
  update_actions (self);
}

/**
 * yeji_use_window_new:
 * @parent: (nullable)
 * @engine: (nullable): is told when something is to be sent
 *
 * Returns: (transfer none): a window on the lists of a profile; owned by GTK
 */
GtkWidget *
yeji_use_window_new (GtkWindow      *parent,
                     YejiStore      *store,
                     YejiSyncEngine *engine)
{
  YejiUseWindow *self = g_object_new (YEJI_TYPE_USE_WINDOW, "transient-for", parent, NULL);
  Question *question = g_new0 (Question, 1);

  self->store = g_object_ref (store);
  if (engine != NULL)
    self->engine = g_object_ref (engine);
  fill_kinds (self);
  g_signal_connect_object (store, "changed", G_CALLBACK (refresh_soon), self, G_CONNECT_SWAPPED);
  yeji_use_window_refresh (self);
  question->store = g_object_ref (store);
  yeji_background_run (self, run_fetch, question, free_question, g_free, NULL, NULL);
  return GTK_WIDGET (self);
}

/**
 * yeji_use_window_is_settled:
 *
 * Returns: whether it shows what the store has, and the store has what is ticked
 */
gboolean
yeji_use_window_is_settled (YejiUseWindow *self)
{
  return self->choice != NULL && self->list != NULL && self->reading == 0 && self->due == 0
         && self->saving == 0 && self->save_due == 0 && self->saved >= self->edited;
}

/**
 * yeji_use_window_show_list:
 *
 * Goes to another list, after what is ticked here was kept.
 */
void
yeji_use_window_show_list (YejiUseWindow *self,
                           const char    *id)
{
  yeji_use_window_save (self);
  g_free (self->wanted);
  self->wanted = g_strdup (id);
  yeji_use_window_refresh (self);
}

/**
 * yeji_use_window_get_list:
 *
 * Returns: (transfer none) (nullable): the list on the screen
 */
const YejiUseList *
yeji_use_window_get_list (YejiUseWindow *self)
{
  return self->list;
}

/**
 * yeji_use_window_get_choice:
 *
 * Returns: (transfer none) (nullable): what there is to choose from
 */
const YejiUseChoice *
yeji_use_window_get_choice (YejiUseWindow *self)
{
  return self->choice;
}

/**
 * yeji_use_window_get_items:
 *
 * Returns: (transfer none): the records on the screen, of #YejiUseItem
 */
GListModel *
yeji_use_window_get_items (YejiUseWindow *self)
{
  return G_LIST_MODEL (self->filtered);
}

/**
 * yeji_use_window_get_toasts:
 *
 * Returns: (transfer none): where it says what was done
 */
AdwToastOverlay *
yeji_use_window_get_toasts (YejiUseWindow *self)
{
  return self->toasts;
}
