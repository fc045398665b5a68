// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-record-list"

#include "config.h"

#include "yeji-record-list.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-bin.h"
#include "yeji-composing.h"
#include "yeji-empty-page.h"
#include "yeji-filter-choice.h"
#include "yeji-filter-sidebar.h"
#include "yeji-messages.h"
#include "yeji-record-table.h"
#include "yeji-settings.h"
#include "yeji-tray-page.h"
#include "yeji-type-ahead.h"
#include "yeji-welcome-page.h"

struct _YejiRecordList
{
  AdwBin parent_instance;

  GtkSearchEntry *search;
  GtkMenuButton *new_button;
  GtkMenuButton *menu_button;
  GtkMenuButton *columns_button;
  GtkLabel *bin_note;
  GtkBox *right;
  GtkStack *stack;
  GMenuModel *row_menu;
  YejiFilterSidebar *sidebar;
  YejiFilterChoice *choice;
  YejiRecordTable *table;
  YejiEmptyPage *empty;
  YejiWelcomePage *welcome;
  YejiTrayPage *tray;
  YejiBulkBar *bar;

  YejiStore *store;            /* (nullable) */
  gboolean was_shown;          /* it could be seen once */
  gboolean is_stale;           /* the store changed while nobody could see it */
};

enum
{
  OPENED,
  REMOVED,
  RESTORED,
  DESTROYED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiRecordList, yeji_record_list, ADW_TYPE_BIN)

static YejiFilter
get_filter (YejiRecordList *self)
{
  return yeji_filter_sidebar_get_selected (self->sidebar);
}

static gboolean
is_bin (YejiRecordList *self)
{
  return get_filter (self) == YEJI_FILTER_BIN && !yeji_filter_sidebar_is_tray (self->sidebar);
}

static const char *
get_typed (YejiRecordList *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->search));
}

/* ---- What can be done */

/* What is done with selected records, or where they are not the matter. */
typedef struct
{
  const char *name;
  guint min;                   /* selected records, at least */
  guint max;
  enum { ANYWHERE, OUTSIDE, IN_BIN } place;
  int signal;                  /* gets the records; -1 where there is a window action */
  const char *window_action;   /* (nullable): gets them */
  gboolean wants_one;          /* its target is a string, not an array of them */
  gboolean changes;            /* what the province has in its hands it cannot be done with */
} RecordAction;

static const RecordAction record_actions[] = {
  { "records.check", 1, G_MAXUINT, OUTSIDE, -1, "win.check-records", FALSE },
  { "records.submit", 1, G_MAXUINT, OUTSIDE, -1, "win.submit-records", FALSE, TRUE },
  { "records.submit-first", 1, G_MAXUINT, OUTSIDE, -1, "win.submit-records-first", FALSE,
    TRUE },
  { "records.export", 1, G_MAXUINT, ANYWHERE, -1, "win.export-records", FALSE },
  { "records.print", 1, G_MAXUINT, ANYWHERE, -1, "win.print-records", FALSE },
  { "records.hand-over", 1, G_MAXUINT, OUTSIDE, -1, "win.hand-over-records", FALSE },
  { "records.attach", 1, G_MAXUINT, OUTSIDE, -1, "win.attach-to-records", FALSE, TRUE },
  { "records.duplicate", 1, 1, OUTSIDE, -1, "win.copy-record", TRUE },
  { "records.compare", 2, 2, OUTSIDE, -1, "win.compare-records", FALSE },
  { "records.open", 1, 1, OUTSIDE, OPENED, NULL, TRUE },
  { "records.remove", 1, G_MAXUINT, OUTSIDE, REMOVED, NULL, FALSE },
  { "records.restore", 1, G_MAXUINT, IN_BIN, RESTORED, NULL, FALSE },
  { "records.destroy", 1, G_MAXUINT, IN_BIN, DESTROYED, NULL, FALSE },
};

typedef struct
{
  const char *name;
  YejiFilter filter;
} ShowAction;

static const ShowAction show_actions[] = {
  { "records.show-all", YEJI_FILTER_ALL },
  { "records.show-problems", YEJI_FILTER_PROBLEMS },
  { "records.show-ready", YEJI_FILTER_READY },
  { "records.show-in-review", YEJI_FILTER_IN_REVIEW },
  { "records.show-bin", YEJI_FILTER_BIN },
};

/* Of several that are selected, those that cannot are named when it is done; of one, or where it is
 * true of all, it is said before. */
static void
say_obstacle (YejiRecordList *self,
              gboolean        fixed,
              int             state)
{
  g_autofree char *why = NULL;

  if (fixed && state >= 0)
    why = g_strdup_printf (_("Not possible in this state: %s"), yeji_state_get_label (state));
  else if (fixed)
    why = g_strdup (_("Not possible: what is selected is in the province's hands or approved"));
  yeji_bulk_bar_set_obstacle (self->bar, why);
}

static void
update_actions (YejiRecordList *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  guint n = yeji_record_table_get_n_selected (self->table);
  gboolean bin = is_bin (self);
  gboolean any = yeji_entry_model_get_count (yeji_record_table_get_model (self->table),
                                             YEJI_FILTER_BIN) > 0;
  int state;
  gboolean fixed = !bin && yeji_record_table_is_fixed (self->table, &state);

  say_obstacle (self, fixed, fixed ? state : -1);
  for (guint i = 0; i < G_N_ELEMENTS (record_actions); i++)
    {
      const RecordAction *action = &record_actions[i];
      gboolean here = !yeji_filter_sidebar_is_tray (self->sidebar)
                      && (action->place == ANYWHERE || (action->place == IN_BIN) == bin);

      gtk_widget_action_set_enabled (widget, action->name,
                                     here && n >= action->min && n <= action->max
                                     && !(fixed && action->changes));
    }
  gtk_widget_action_set_enabled (widget, "records.empty-bin", bin && any);
  gtk_widget_action_set_enabled (widget, "records.clear",
                                 *get_typed (self) != '\0'
                                 || yeji_filter_choice_is_narrow (self->choice));
}

/* A wish about the selected records, until all of them are known. */
typedef struct
{
  YejiRecordList *list;
  const RecordAction *action;
} Wish;

static void
free_wish (gpointer data)
{
  g_object_unref (((Wish *) data)->list);
  g_free (data);
}

static void
grant (const char * const *uuids,
       gpointer            data)
{
  const Wish *wish = data;
  const RecordAction *action = wish->action;
  GVariant *target;

  if (action->signal >= 0 && action->wants_one)
    g_signal_emit (wish->list, signals[action->signal], 0, uuids[0]);
  else if (action->signal >= 0)
    g_signal_emit (wish->list, signals[action->signal], 0, uuids);
  if (action->signal >= 0)
    return;
  target = action->wants_one ? g_variant_new_string (uuids[0]) : g_variant_new_strv (uuids, -1);
  g_variant_ref_sink (target);
  gtk_widget_activate_action_variant (GTK_WIDGET (wish->list), action->window_action, target);
  g_variant_unref (target);
}

static void
on_record_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *target)
{
  YejiRecordList *self = YEJI_RECORD_LIST (widget);

  for (guint i = 0; i < G_N_ELEMENTS (record_actions); i++)
    if (g_str_equal (record_actions[i].name, name))
      {
        Wish *wish = g_new (Wish, 1);

        wish->list = g_object_ref (self);
        wish->action = &record_actions[i];
        yeji_record_table_with_selected (self->table, grant, wish, free_wish);
        return;
      }
}

static void
on_show_action (GtkWidget  *widget,
                const char *name,
                GVariant   *target)
{
  YejiRecordList *self = YEJI_RECORD_LIST (widget);

  for (guint i = 0; i < G_N_ELEMENTS (show_actions); i++)
    if (g_str_equal (show_actions[i].name, name))
      yeji_filter_sidebar_select (self->sidebar, show_actions[i].filter);
  yeji_filter_sidebar_grab (self->sidebar);
}

static void
on_empty_bin (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  g_signal_emit (widget, signals[DESTROYED], 0, NULL);
}

static void
on_clear (GtkWidget  *widget,
          const char *name,
          GVariant   *target)
{
  YejiRecordList *self = YEJI_RECORD_LIST (widget);

  if (*get_typed (self) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  else
    yeji_filter_choice_set (self->choice, NULL, -1);
  yeji_record_list_grab (self);
}

static void
on_search_all (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  YejiRecordList *self = YEJI_RECORD_LIST (widget);

  yeji_filter_choice_set (self->choice, NULL, -1);
  yeji_filter_sidebar_select (self->sidebar, YEJI_FILTER_ALL);
  yeji_record_list_search (self);
}

static void
on_filter (GtkWidget  *widget,
           const char *name,
           GVariant   *target)
{
  yeji_filter_choice_open (YEJI_RECORD_LIST (widget)->choice);
}

/* ---- What is shown */

static const char *
choose_page (YejiRecordList *self)
{
  gboolean narrowed = yeji_filter_choice_is_narrow (self->choice);

  if (yeji_filter_sidebar_is_tray (self->sidebar))
    return "tray";
  if (yeji_record_list_get_n_shown (self) > 0)
    return "list";
  if (yeji_record_list_get_n_all (self) == 0)
    return "first";
  if (*get_typed (self) != '\0' || narrowed)
    yeji_empty_page_show_search (self->empty, get_filter (self), get_typed (self), narrowed);
  else
    yeji_empty_page_show_filter (self->empty, get_filter (self));
  return "none";
}

static void
update_bar (YejiRecordList *self)
{
  gboolean listed = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "list") == 0;

  yeji_bulk_bar_set_in_bin (self->bar, is_bin (self));
  yeji_bulk_bar_set_numbers (self->bar, yeji_record_list_get_n_shown (self),
                             yeji_record_table_get_n_selected (self->table));
  gtk_widget_set_visible (GTK_WIDGET (self->bar),
                          listed || is_bin (self) || yeji_bulk_bar_is_busy (self->bar));
}

static void
update_shown (YejiRecordList *self)
{
  const char *page = choose_page (self);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), page) != 0)
    {
      gtk_stack_set_visible_child_name (self->stack, page);
      /* it would go back to what is hidden now, and Tab would stop there */
      gtk_widget_set_focus_child (GTK_WIDGET (self->stack), NULL);
    }
  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (self->search)),
                          !g_str_equal (page, "first") && !g_str_equal (page, "tray"));
  gtk_widget_set_visible (GTK_WIDGET (self->bin_note), is_bin (self));
  update_actions (self);
  update_bar (self);
}

static void
on_answered (YejiRecordList *self)
{
  YejiEntryModel *model = yeji_record_table_get_model (self->table);

  for (guint i = 0; i < N_YEJI_FILTERS; i++)
    yeji_filter_sidebar_set_count (self->sidebar, i, yeji_entry_model_get_count (model, i));
  update_shown (self);
}

static void
on_selected (YejiRecordList *self)
{
  update_actions (self);
  update_bar (self);
}

/* What nobody sees is read when it is seen again. */
static void
refresh (YejiRecordList *self)
{
  self->is_stale = !gtk_widget_get_mapped (GTK_WIDGET (self)) && self->was_shown;
  if (!self->is_stale)
    yeji_record_table_refresh (self->table);
}

static void
update_query (YejiRecordList *self)
{
  YejiQuery query = { NULL };

  if (self->store == NULL)
    return;                    /* not there yet, or going */
  query.text = get_typed (self);
  yeji_filter_fill_query (get_filter (self), &query);
  yeji_filter_choice_fill_query (self->choice, &query);
  yeji_record_table_set_query (self->table, &query);
  update_actions (self);
}

static void
on_opened (YejiRecordList *self,
           const char     *uuid)
{
  g_signal_emit (self, signals[OPENED], 0, uuid);
}

static void
on_tray_selected (YejiRecordList *self)
{
  update_shown (self);
}

static void
on_tray_counted (YejiRecordList *self,
                 guint           n)
{
  yeji_filter_sidebar_set_tray_count (self->sidebar, n);
}

static void
on_filter_selected (YejiRecordList *self)
{
  if (self->store == NULL)
    return;
  yeji_record_table_set_in_bin (self->table, is_bin (self));
  update_query (self);
  update_shown (self);
}

/* ---- Search */

/* Enter goes to the first record found, Enter again opens it. */
static void
on_search_activated (YejiRecordList *self)
{
  update_query (self);
  yeji_record_table_select_first (self->table);
}

static void
on_stop_search (YejiRecordList *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  yeji_record_list_grab (self);
}

/* Typing in the list begins a search; from the first letter on it is typed where it can be seen,
 * and where an input method works. */
static void
on_search_started (YejiRecordList *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  gtk_editable_set_position (GTK_EDITABLE (self->search), -1);
}

static gboolean
on_search_down (GtkWidget *widget,
                GVariant  *arguments,
                gpointer   data)
{
  if (yeji_composing_is_on (widget))
    return FALSE;
  yeji_record_list_grab (data);
  return TRUE;
}

static gboolean
on_table_key (GtkEventControllerKey *controller,
              guint                  keyval,
              guint                  keycode,
              GdkModifierType        state,
              YejiRecordList        *self)
{
  if (keyval == GDK_KEY_Escape)
    return gtk_widget_activate_action (GTK_WIDGET (self), "records.clear", NULL);
  if (keyval == GDK_KEY_Delete || keyval == GDK_KEY_KP_Delete)
    return gtk_widget_activate_action (GTK_WIDGET (self),
                                       is_bin (self) ? "records.destroy" : "records.remove", NULL);
  return GDK_EVENT_PROPAGATE;
}

/* ---- */

static void
add_roles (YejiRecordList *self)
{
  GPtrArray *roles = yeji_dictionary_get_roles (yeji_store_get_dictionary (self->store));
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) section = g_menu_new ();

  for (guint i = 0; i < roles->len; i++)
    {
      const YejiRole *role = g_ptr_array_index (roles, i);
      g_autoptr (GMenuItem) item = g_menu_item_new (yeji_label (&role->label), NULL);

      g_menu_item_set_action_and_target (item, "win.new", "s", role->id);
      g_menu_append_item (section, item);
    }
  g_menu_append_section (menu, _("Declared as"), G_MENU_MODEL (section));
  gtk_menu_button_set_menu_model (self->new_button, G_MENU_MODEL (menu));
}

static void
load_filters (YejiRecordList *self)
{
  g_autoptr (GSettings) settings = yeji_settings_open ();
  g_autofree char *id = NULL;
  g_autofree char *role = NULL;

  if (settings == NULL)
    return;
  id = g_settings_get_string (settings, "filter");
  role = g_settings_get_string (settings, "filter-role");
  if (yeji_filter_find (id) != N_YEJI_FILTERS)
    yeji_filter_sidebar_select (self->sidebar, yeji_filter_find (id));
  yeji_filter_choice_set (self->choice, role, g_settings_get_int (settings, "filter-outcome"));
}

static void
yeji_record_list_dispose (GObject *object)
{
  g_clear_object (&YEJI_RECORD_LIST (object)->store);
  G_OBJECT_CLASS (yeji_record_list_parent_class)->dispose (object);
}

static void
yeji_record_list_map (GtkWidget *widget)
{
  YejiRecordList *self = YEJI_RECORD_LIST (widget);

  GTK_WIDGET_CLASS (yeji_record_list_parent_class)->map (widget);
  self->was_shown = TRUE;
  if (self->is_stale)
    refresh (self);
}

/* Keys of the list; the table has its own for what a text has another use for. */
static const struct
{
  guint key;
  GdkModifierType modifiers;
  const char *action;
} shortcuts[] = {
  { GDK_KEY_F7, 0, "records.check" },
  { GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "records.submit" },
  { GDK_KEY_Return, GDK_CONTROL_MASK, "records.submit" },
  { GDK_KEY_Return, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "records.submit-first" },
  { GDK_KEY_e, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "records.export" },
  { GDK_KEY_h, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "records.hand-over" },
  { GDK_KEY_d, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "records.attach" },
  { GDK_KEY_d, GDK_CONTROL_MASK, "records.duplicate" },
  { GDK_KEY_k, GDK_CONTROL_MASK, "records.compare" },
  { GDK_KEY_f, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "records.filter" },
  /* from the sidebar and the tray, too; entries paste text before it comes here */
  { GDK_KEY_v, GDK_CONTROL_MASK, "win.paste-files" },
};

static void
install_actions (GtkWidgetClass *klass)
{
  for (guint i = 0; i < G_N_ELEMENTS (record_actions); i++)
    gtk_widget_class_install_action (klass, record_actions[i].name, NULL, on_record_action);
  for (guint i = 0; i < G_N_ELEMENTS (show_actions); i++)
    gtk_widget_class_install_action (klass, show_actions[i].name, NULL, on_show_action);
  gtk_widget_class_install_action (klass, "records.empty-bin", NULL, on_empty_bin);
  gtk_widget_class_install_action (klass, "records.clear", NULL, on_clear);
  gtk_widget_class_install_action (klass, "records.search-all", NULL, on_search_all);
  gtk_widget_class_install_action (klass, "records.filter", NULL, on_filter);
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_widget_class_add_binding_action (klass, shortcuts[i].key, shortcuts[i].modifiers,
                                         shortcuts[i].action, NULL);
}

static void
yeji_record_list_class_init (YejiRecordListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_record_list_dispose;
  widget_class->map = yeji_record_list_map;
  g_type_ensure (YEJI_TYPE_FILTER_SIDEBAR);
  g_type_ensure (YEJI_TYPE_FILTER_CHOICE);
  g_type_ensure (YEJI_TYPE_RECORD_TABLE);
  g_type_ensure (YEJI_TYPE_EMPTY_PAGE);
  g_type_ensure (YEJI_TYPE_WELCOME_PAGE);
  g_type_ensure (YEJI_TYPE_TRAY_PAGE);
  g_type_ensure (YEJI_TYPE_BULK_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-record-list.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiRecordList, search);
  gtk_widget_class_bind_template_child (widget_class, YejiRecordList, welcome);
  gtk_widget_class_bind_template_child (widget_class, YejiRecordList, new_button);
  gtk_widget_class_bind_template_child (widget_class, YejiRecordList, menu_button);
  gtk_widget_class_bind_template_child (widget_class, YejiRecordList, columns_button);
  gtk_widget_class_bind_template_child (widget_class, YejiRecordList, bin_note);
  gtk_widget_class_bind_template_child (widget_class, YejiRecordList, right);
  gtk_widget_class_bind_template_child (widget_class, YejiRecordList, stack);
  gtk_widget_class_bind_template_child (widget_class, YejiRecordList, row_menu);
  gtk_widget_class_bind_template_child (widget_class, YejiRecordList, sidebar);
  gtk_widget_class_bind_template_child (widget_class, YejiRecordList, choice);
  gtk_widget_class_bind_template_child (widget_class, YejiRecordList, table);
  gtk_widget_class_bind_template_child (widget_class, YejiRecordList, empty);
  gtk_widget_class_bind_template_child (widget_class, YejiRecordList, tray);
  gtk_widget_class_bind_template_child (widget_class, YejiRecordList, bar);
  gtk_widget_class_bind_template_callback (widget_class, update_query);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_search_started);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_tray_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_tray_counted);
  gtk_widget_class_bind_template_callback (widget_class, on_opened);
  gtk_widget_class_bind_template_callback (widget_class, on_answered);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
  gtk_widget_class_bind_template_callback (widget_class, update_bar);
  install_actions (widget_class);

  signals[OPENED] = g_signal_new ("opened", YEJI_TYPE_RECORD_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[REMOVED] = g_signal_new ("removed", YEJI_TYPE_RECORD_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRV);
  signals[RESTORED] = g_signal_new ("restored", YEJI_TYPE_RECORD_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRV);
  signals[DESTROYED] = g_signal_new ("destroyed", YEJI_TYPE_RECORD_LIST, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRV);
}

static void
add_keys (YejiRecordList *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *down = gtk_shortcut_controller_new ();
  GtkShortcut *shortcut;

  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_table_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self->table), keys);
  shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Down, 0),
                               gtk_callback_action_new (on_search_down, self, NULL));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (down), shortcut);
  gtk_event_controller_set_propagation_phase (down, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self->search), down);
  yeji_composing_watch (GTK_WIDGET (self->search));
  yeji_type_ahead (GTK_WIDGET (self->table), self->search);
}

static void
yeji_record_list_init (YejiRecordList *self)
{
  g_autofree char *note = NULL;
  GtkWidget *chips;

  gtk_widget_init_template (GTK_WIDGET (self));
  note = g_strdup_printf (ngettext ("What is in the bin is deleted for good after %d day on which "
                                    "the profile is opened.",
                                    "What is in the bin is deleted for good after %d days on which "
                                    "the profile is opened.",
                                    YEJI_BIN_DAYS), YEJI_BIN_DAYS);
  gtk_label_set_text (self->bin_note, note);
  chips = yeji_filter_choice_make_chips (self->choice);
  gtk_box_insert_child_after (self->right, chips,
                              gtk_widget_get_first_child (GTK_WIDGET (self->right)));
  yeji_record_table_set_menu (self->table, self->row_menu);
  add_keys (self);
  yeji_a11y_set_name (GTK_WIDGET (self->search), _("Search"));
  yeji_a11y_set_name (GTK_WIDGET (self->new_button), _("New"));
  yeji_a11y_set_name (GTK_WIDGET (self->menu_button), _("Main menu"));
  yeji_a11y_set_name (GTK_WIDGET (self->columns_button), _("Columns"));
  update_shown (self);
}

/**
 * yeji_record_list_new:
 *
 * Returns: (transfer floating): a list without records
 */
GtkWidget *
yeji_record_list_new (void)
{
  return g_object_new (YEJI_TYPE_RECORD_LIST, NULL);
}

/**
 * yeji_record_list_set_store:
 *
 * Lists the records of a profile and follows it. May be called once.
 */
void
yeji_record_list_set_store (YejiRecordList *self,
                            YejiStore      *store)
{
  g_autoptr (GMenuModel) columns = NULL;

  g_return_if_fail (YEJI_IS_RECORD_LIST (self));
  g_return_if_fail (self->store == NULL);

  columns = yeji_record_table_set_store (self->table, store);
  gtk_menu_button_set_menu_model (self->columns_button, columns);
  yeji_filter_choice_set_dictionary (self->choice, yeji_store_get_dictionary (store));
  load_filters (self);
  self->store = g_object_ref (store);
  yeji_tray_page_set_store (self->tray, store);
  add_roles (self);
  g_signal_connect_object (store, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  on_filter_selected (self);
}

/**
 * yeji_record_list_set_enterprise:
 * @name: (nullable): of the enterprise
 */
void
yeji_record_list_set_enterprise (YejiRecordList *self,
                                 const char     *name)
{
  g_return_if_fail (YEJI_IS_RECORD_LIST (self));

  yeji_filter_sidebar_set_enterprise (self->sidebar, name);
}

/**
 * yeji_record_list_set_account:
 * @account: who is signed in, or that nobody is
 */
void
yeji_record_list_set_account (YejiRecordList *self,
                              const char     *account)
{
  g_return_if_fail (YEJI_IS_RECORD_LIST (self));

  yeji_filter_sidebar_set_account (self->sidebar, account);
}

/**
 * yeji_record_list_save_state:
 *
 * Remembers filters, columns and sort for the next start.
 */
void
yeji_record_list_save_state (YejiRecordList *self)
{
  g_autoptr (GSettings) settings = yeji_settings_open ();
  const char *role = yeji_filter_choice_get_role (self->choice);

  g_return_if_fail (YEJI_IS_RECORD_LIST (self));

  if (settings == NULL || self->store == NULL)
    return;
  g_settings_set_string (settings, "filter", yeji_filter_get (get_filter (self))->id);
  g_settings_set_string (settings, "filter-role", role != NULL ? role : "");
  g_settings_set_int (settings, "filter-outcome", yeji_filter_choice_get_outcome (self->choice));
  yeji_record_table_save (self->table);
}

/**
 * yeji_record_list_get_bar:
 *
 * Returns: (transfer none): what says how far a job with selected records is
 */
YejiBulkBar *
yeji_record_list_get_bar (YejiRecordList *self)
{
  return self->bar;
}

/**
 * yeji_record_list_get_welcome:
 *
 * Returns: (transfer none): what is shown while there is no record
 */
YejiWelcomePage *
yeji_record_list_get_welcome (YejiRecordList *self)
{
  return self->welcome;
}

/**
 * yeji_record_list_search:
 *
 * Goes to the search.
 */
void
yeji_record_list_search (YejiRecordList *self)
{
  g_return_if_fail (YEJI_IS_RECORD_LIST (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

/**
 * yeji_record_list_remove:
 *
 * Asks for the selected records to be moved to the bin.
 */
void
yeji_record_list_remove (YejiRecordList *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "records.remove", NULL);
}

/**
 * yeji_record_list_get_n_shown:
 *
 * Returns: how many records filter and search leave
 */
guint
yeji_record_list_get_n_shown (YejiRecordList *self)
{
  return yeji_record_table_get_n_shown (self->table);
}

/**
 * yeji_record_list_get_n_all:
 *
 * Returns: how many records there are, the bin included
 */
guint
yeji_record_list_get_n_all (YejiRecordList *self)
{
  return yeji_entry_model_get_n_all (yeji_record_table_get_model (self->table));
}

/**
 * yeji_record_list_grab:
 *
 * Gives the focus to the records, to the filter where there are none.
 */
void
yeji_record_list_grab (YejiRecordList *self)
{
  g_return_if_fail (YEJI_IS_RECORD_LIST (self));

  if (yeji_filter_sidebar_is_tray (self->sidebar))
    yeji_tray_page_grab (self->tray);
  else if (yeji_record_list_get_n_shown (self) > 0)
    yeji_record_table_grab (self->table);
  else
    yeji_filter_sidebar_grab (self->sidebar);
}

/**
 * yeji_record_list_select:
 *
 * Selects one record and gives it the focus, if filter and search show it.
 */
void
yeji_record_list_select (YejiRecordList *self,
                         const char     *uuid)
{
  g_return_if_fail (YEJI_IS_RECORD_LIST (self));

  yeji_record_list_grab (self);
  yeji_record_table_select (self->table, uuid);
}

/**
 * yeji_record_list_get_selected:
 *
 * Returns: (transfer full) (nullable): the record that is selected, %NULL for none or several
 */
char *
yeji_record_list_get_selected (YejiRecordList *self)
{
  gboolean complete;
  g_auto (GStrv) uuids = yeji_record_table_get_selected (self->table, &complete);

  return complete && g_strv_length (uuids) == 1 ? g_strdup (uuids[0]) : NULL;
}

/**
 * yeji_record_list_get_tray:
 *
 * Returns: (transfer none): the files that nobody could match
 */
YejiTrayPage *
yeji_record_list_get_tray (YejiRecordList *self)
{
  return self->tray;
}

/**
 * yeji_record_list_show_tray:
 *
 * Shows them.
 */
void
yeji_record_list_show_tray (YejiRecordList *self)
{
  yeji_filter_sidebar_select_tray (self->sidebar);
  yeji_tray_page_grab (self->tray);
}
