// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-intake-edits"

#include "config.h"

#include "yeji-intake-window-private.h"

#include <glib/gi18n.h>

#include "yeji-choice.h"
#include "yeji-combine-window.h"
#include "yeji-initials.h"
#include "yeji-intake-memory.h"
#include "yeji-intake-words.h"
#include "yeji-match.h"
#include "yeji-messages.h"
#include "yeji-shrink-window.h"

/* What the clerk changes in a plan, and takes back. */

#define STEPS_KEY "yeji-intake-steps"
#define ASKING_KEY "yeji-intake-asking"
#define CLOSING_KEY "yeji-intake-closing"

/* What stands for the tray among the records. */
#define TRAY "-"

static GPtrArray *
get_steps (YejiIntakeWindow *self)
{
  GPtrArray *steps = g_object_get_data (G_OBJECT (self), STEPS_KEY);

  if (steps != NULL)
    return steps;
  steps = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_intake_memory_free);
  g_object_set_data_full (G_OBJECT (self), STEPS_KEY, steps, (GDestroyNotify) g_ptr_array_unref);
  return steps;
}

static void
remember (YejiIntakeWindow *self,
          GPtrArray        *items)
{
  g_ptr_array_add (get_steps (self), yeji_intake_memory_new (items));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "intake.undo", TRUE);
}

static GPtrArray *
dup_selected (YejiIntakeWindow *self)
{
  return yeji_intake_tree_dup_selected (yeji_intake_window_get_tree (self));
}

/* ---- Where they go */

/* Those that have the same of something, together. */
static GHashTable *
split (GPtrArray    *items,
       const char *(*get) (YejiIntakeItem *item))
{
  GHashTable *parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                             (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < items->len; i++)
    {
      YejiIntakeItem *item = g_ptr_array_index (items, i);
      const char *key = get (item) != NULL ? get (item) : "";
      GPtrArray *part = g_hash_table_lookup (parts, key);

      if (part == NULL)
        {
          part = g_ptr_array_new_with_free_func (g_object_unref);
          g_hash_table_insert (parts, g_strdup (key), part);
        }
      g_ptr_array_add (part, g_object_ref (item));
    }
  return parts;
}

static const char *
null_if_empty (const char *text)
{
  return text != NULL && *text != '\0' ? text : NULL;
}

void
yeji_intake_edits_place (YejiIntakeWindow *self,
                         GPtrArray        *items,
                         const char       *uuid,
                         const char       *slot)
{
  if (items->len == 0)
    return;
  remember (self, items);
  yeji_intake_plan_set_target (yeji_intake_window_get_plan (self), items, uuid, slot);
}

/* (nullable) @uuid: %NULL is the tray; else each keeps its kind. */
void
yeji_intake_edits_set_record (YejiIntakeWindow *self,
                              GPtrArray        *items,
                              const char       *uuid)
{
  g_autoptr (GHashTable) parts = NULL;
  GHashTableIter iter;
  gpointer slot, part;

  if (uuid == NULL)
    {
      yeji_intake_edits_place (self, items, NULL, NULL);
      return;
    }
  remember (self, items);
  parts = split (items, yeji_intake_item_get_slot);
  g_hash_table_iter_init (&iter, parts);
  while (g_hash_table_iter_next (&iter, &slot, &part))
    yeji_intake_plan_set_target (yeji_intake_window_get_plan (self), part, uuid,
                                 null_if_empty (slot));
}

static void
set_slot (YejiIntakeWindow *self,
          GPtrArray        *items,
          const char       *slot)
{
  g_autoptr (GHashTable) parts = split (items, yeji_intake_item_get_uuid);
  GHashTableIter iter;
  gpointer uuid, part;

  remember (self, items);
  g_hash_table_iter_init (&iter, parts);
  while (g_hash_table_iter_next (&iter, &uuid, &part))
    yeji_intake_plan_set_target (yeji_intake_window_get_plan (self), part, null_if_empty (uuid),
                                 slot);
}

/* ---- The questions */

static GListModel *
make_records (YejiIntakeWindow *self)
{
  GPtrArray *records = yeji_intake_plan_get_records (yeji_intake_window_get_plan (self));
  YejiDictionary *dictionary = yeji_store_get_dictionary (yeji_intake_window_get_store (self));
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func (g_object_unref);
  GListStore *list = g_list_store_new (YEJI_TYPE_CHOICE);

  g_ptr_array_add (choices, yeji_choice_new_with_details (TRAY, _("No record: to the tray"), "",
                                                          ""));
  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      const YejiMatchRecord *record = g_ptr_array_index (records, i);
      const char *name = null_if_empty (record->name);
      const char *number = null_if_empty (record->number);
      g_autofree char *initials = yeji_initials_of (name != NULL ? name : "");
      g_autofree char *details = NULL;
      YejiChoice *choice;

      details = g_strdup_printf ("%s%s%s", yeji_role_get_label (dictionary, record->role),
                                 number != NULL ? " · " : "", number != NULL ? number : "");
      choice = yeji_choice_new_with_details (record->uuid,
                                             name != NULL ? name : _("(without a name)"), "",
                                             details);
      if (initials != NULL)
        yeji_choice_add_words (choice, initials);
      g_ptr_array_add (choices, choice);
    }
  g_list_store_splice (list, 0, 0, choices->pdata, choices->len);
  return G_LIST_MODEL (list);
}

static GListModel *
make_slots (YejiIntakeWindow *self)
{
  GPtrArray *slots = yeji_dictionary_get_slots (
    yeji_store_get_dictionary (yeji_intake_window_get_store (self)));
  GListStore *list = g_list_store_new (YEJI_TYPE_CHOICE);

  for (guint i = 0; i < slots->len; i++)
    {
      const YejiSlot *slot = g_ptr_array_index (slots, i);
      g_autoptr (YejiChoice) choice = NULL;
      g_autofree char *synonyms = g_strjoinv (" ", slot->synonyms);
      g_autofree char *initials = yeji_initials_of (yeji_label (&slot->label));

      choice = yeji_choice_new_with_details (slot->id, yeji_label (&slot->label), "", "");
      yeji_choice_add_words (choice, synonyms);
      if (initials != NULL)
        yeji_choice_add_words (choice, initials);
      g_list_store_append (list, choice);
    }
  return G_LIST_MODEL (list);
}

/* Asks for the kind of those that have none, right after their record was chosen. */
static gboolean
ask_next (gpointer data)
{
  YejiIntakeWindow *self = data;
  g_autoptr (GPtrArray) items = NULL;

  if (yeji_intake_window_get_tree (self) == NULL)
    return G_SOURCE_REMOVE;
  items = dup_selected (self);
  for (guint i = 0; i < items->len; i++)
    if (yeji_intake_item_get_slot (g_ptr_array_index (items, i)) == NULL)
      {
        yeji_intake_side_ask_slot (yeji_intake_window_get_side (self));
        break;
      }
  return G_SOURCE_REMOVE;
}

static void
on_record_chosen (YejiIntakeWindow *self,
                  const char       *uuid)
{
  g_autoptr (GPtrArray) items = dup_selected (self);
  gboolean tray = g_str_equal (uuid, TRAY) || *uuid == '\0';

  if (items->len == 0)
    return;
  yeji_intake_edits_set_record (self, items, tray ? NULL : uuid);
  /* when the plan has put them into their place */
  if (!tray)
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, ask_next, g_object_ref (self), g_object_unref);
}

static void
on_slot_chosen (YejiIntakeWindow *self,
                const char       *slot)
{
  g_autoptr (GPtrArray) items = dup_selected (self);

  if (items->len > 0)
    set_slot (self, items, null_if_empty (slot));
}

/* GTK gives the keyboard to what follows the popover. */
static void
on_asked (YejiIntakeWindow *self)
{
  yeji_intake_window_grab (self);
}

/* The choices are made when the first question is asked. */
static YejiIntakeSide *
prepare (YejiIntakeWindow *self)
{
  YejiIntakeSide *side = yeji_intake_window_get_side (self);
  g_autoptr (GListModel) records = NULL;
  g_autoptr (GListModel) slots = NULL;

  if (g_object_get_data (G_OBJECT (side), ASKING_KEY) != NULL)
    return side;
  g_object_set_data (G_OBJECT (side), ASKING_KEY, side);
  records = make_records (self);
  slots = make_slots (self);
  yeji_intake_side_set_choices (side, records, slots);
  g_signal_connect_object (side, "record-chosen", G_CALLBACK (on_record_chosen), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (side, "slot-chosen", G_CALLBACK (on_slot_chosen), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (side, "asked", G_CALLBACK (on_asked), self, G_CONNECT_SWAPPED);
  return side;
}

static void
act_ask (GtkWidget  *widget,
         const char *name,
         GVariant   *target)
{
  YejiIntakeSide *side = prepare (YEJI_INTAKE_WINDOW (widget));

  if (g_str_equal (name, "intake.record"))
    yeji_intake_side_ask_record (side);
  else
    yeji_intake_side_ask_slot (side);
}

/* What is not known is asked for: the record first. */
void
yeji_intake_edits_choose (YejiIntakeWindow *self)
{
  g_autoptr (GPtrArray) items = dup_selected (self);

  if (items->len == 0)
    return;
  if (yeji_intake_item_get_uuid (g_ptr_array_index (items, 0)) == NULL)
    yeji_intake_side_ask_record (prepare (self));
  else
    yeji_intake_side_ask_slot (prepare (self));
}

/* ---- Left out, and back */

static void
act_leave (GtkWidget  *widget,
           const char *name,
           GVariant   *target)
{
  YejiIntakeWindow *self = YEJI_INTAKE_WINDOW (widget);
  g_autoptr (GPtrArray) items = dup_selected (self);
  gboolean any = FALSE;

  for (guint i = 0; i < items->len; i++)
    any = any || yeji_intake_item_is_included (g_ptr_array_index (items, i));
  if (items->len == 0)
    return;
  remember (self, items);
  for (guint i = 0; i < items->len; i++)
    yeji_intake_item_set_included (g_ptr_array_index (items, i), !any);
}

static void
act_undo (GtkWidget  *widget,
          const char *name,
          GVariant   *target)
{
  YejiIntakeWindow *self = YEJI_INTAKE_WINDOW (widget);
  GPtrArray *steps = get_steps (self);
  g_autoptr (YejiIntakeMemory) last = NULL;
  g_autoptr (GPtrArray) items = NULL;

  if (steps->len == 0)
    return;
  last = g_ptr_array_steal_index (steps, steps->len - 1);
  items = yeji_intake_memory_recall (last, yeji_intake_window_get_plan (self));
  yeji_intake_tree_select (yeji_intake_window_get_tree (self), items);
  gtk_widget_action_set_enabled (widget, "intake.undo", steps->len > 0);
}

static gboolean
close_now (gpointer data)
{
  gtk_window_close (GTK_WINDOW (data));
  return G_SOURCE_REMOVE;
}

static void
on_close_answer (YejiIntakeWindow *self,
                 const char       *response)
{
  g_object_set_data (G_OBJECT (self), CLOSING_KEY, NULL);
  if (!g_str_equal (response, "close"))
    return;
  g_ptr_array_set_size (get_steps (self), 0);
  /* the question is still busy with its own closing, and goes with its parent */
  g_idle_add_full (G_PRIORITY_DEFAULT, close_now, g_object_ref (self), g_object_unref);
}

/* Returns: whether the clerk is asked first, as work would be lost */
gboolean
yeji_intake_edits_ask_close (YejiIntakeWindow *self)
{
  GtkWidget *dialog;

  if (g_object_get_data (G_OBJECT (self), CLOSING_KEY) != NULL)
    return TRUE;
  if (get_steps (self)->len == 0)
    return FALSE;
  dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Close Without Attaching?"),
                                   _("Where the files go was changed. These choices would be"
                                     " lost; the files themselves stay where they are."));
  gtk_window_set_title (GTK_WINDOW (dialog), _("Close Without Attaching?"));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "stay", _("_Go On Choosing"),
                                    "close", _("_Close"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "close",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "stay");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "stay");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_close_answer), self,
                           G_CONNECT_SWAPPED);
  g_object_set_data (G_OBJECT (self), CLOSING_KEY, dialog);
  gtk_window_present (GTK_WINDOW (dialog));
  return TRUE;
}

/* ---- One PDF of several pictures */

static gboolean
is_picture (YejiIntakeItem *item)
{
  const YejiFindings *findings = yeji_intake_item_get_findings (item);

  return findings != NULL && findings->failure == NULL && findings->media_type != NULL
         && (g_str_equal (findings->media_type, "image/jpeg")
             || g_str_equal (findings->media_type, "image/png"));
}

static void
on_combined (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (YejiIntakeWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiIntakeItem) item = NULL;
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  g_autofree char *sentence = NULL;

  item = yeji_intake_plan_combine_finish (YEJI_INTAKE_PLAN (source), result, &error);
  if (yeji_intake_window_get_tree (self) == NULL)
    return;                    /* the window has gone meanwhile */
  if (item == NULL)
    sentence = yeji_error_to_sentence (error);
  yeji_intake_window_say (self, sentence);
  if (item == NULL)
    return;
  /* what was chosen for the pictures has gone with them */
  g_ptr_array_set_size (get_steps (self), 0);
  g_ptr_array_add (items, item);
  yeji_intake_tree_select (yeji_intake_window_get_tree (self), items);
}

static void
on_combine (YejiIntakeWindow *self,
            GPtrArray        *items)
{
  yeji_intake_window_say (self, _("Making one PDF…"));
  yeji_intake_plan_combine_async (yeji_intake_window_get_plan (self), items,
                                  yeji_intake_window_get_examiner (self), NULL, on_combined,
                                  g_object_ref (self));
}

static void
act_combine (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  YejiIntakeWindow *self = YEJI_INTAKE_WINDOW (widget);
  g_autoptr (GPtrArray) items = dup_selected (self);
  GtkWidget *window;

  window = yeji_combine_window_new (GTK_WINDOW (self),
                                    _("The pictures go into the PDF as they are. The files in the "
                                      "folder stay as they are, too."));
  for (guint i = 0; i < items->len; i++)
    {
      YejiIntakeItem *item = g_ptr_array_index (items, i);

      if (is_picture (item))
        yeji_combine_window_add (YEJI_COMBINE_WINDOW (window), yeji_intake_item_get_file (item),
                                 yeji_intake_item_get_filename (item), G_OBJECT (item));
    }
  g_signal_connect_object (window, "combine", G_CALLBACK (on_combine), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

/* ---- Smaller */

static gboolean
is_shrinkable (YejiIntakeItem *item)
{
  const YejiFindings *findings = yeji_intake_item_get_findings (item);

  return findings != NULL && findings->failure == NULL && findings->n_pages > 0;
}

static void
on_smaller (YejiShrinkWindow *window,
            GFile            *smaller,
            YejiFindings     *findings,
            YejiIntakeWindow *self)
{
  YejiIntakeItem *item = g_object_get_data (G_OBJECT (window), "item");

  if (yeji_intake_window_get_plan (self) != NULL)
    yeji_intake_plan_use_shrunk (yeji_intake_window_get_plan (self), item, smaller, findings);
}

static void
act_shrink (GtkWidget  *widget,
            const char *name,
            GVariant   *target)
{
  YejiIntakeWindow *self = YEJI_INTAKE_WINDOW (widget);
  g_autoptr (GPtrArray) items = dup_selected (self);
  YejiDictionary *dictionary = yeji_store_get_dictionary (yeji_intake_window_get_store (self));
  YejiIntakeItem *item;
  GtkWidget *window;
  gint64 most = yeji_dictionary_get_limits (dictionary)->file_size;
  gint64 limit;

  if (items->len != 1)
    return;
  item = g_ptr_array_index (items, 0);
  /* what fits already is to become half of what it is */
  limit = yeji_intake_item_get_size (item) > most ? most : yeji_intake_item_get_size (item) / 2;
  window = yeji_shrink_window_new (GTK_WINDOW (self), yeji_intake_window_get_examiner (self),
                                   yeji_intake_item_get_file (item),
                                   yeji_intake_item_get_filename (item),
                                   yeji_intake_item_get_findings (item)->rotation,
                                   MAX (1, limit), most);
  g_object_set_data_full (G_OBJECT (window), "item", g_object_ref (item), g_object_unref);
  g_signal_connect_object (window, "chosen", G_CALLBACK (on_smaller), self, 0);
  gtk_window_present (GTK_WINDOW (window));
}

/* ---- The order */

static void
act_step (GtkWidget  *widget,
          const char *name,
          GVariant   *target)
{
  YejiIntakeWindow *self = YEJI_INTAKE_WINDOW (widget);
  g_autoptr (GPtrArray) items = dup_selected (self);
  guint position;

  if (items->len != 1 || !yeji_intake_item_is_placed (g_ptr_array_index (items, 0)))
    return;
  position = yeji_intake_item_get_position (g_ptr_array_index (items, 0));
  if (g_str_equal (name, "intake.down"))
    position++;
  else if (position > 1)
    position--;
  yeji_intake_plan_move (yeji_intake_window_get_plan (self), g_ptr_array_index (items, 0),
                         position);
}

/**
 * yeji_intake_edits_update: (skip)
 * @items: (element-type YejiIntakeItem): what is selected
 *
 * Only what can be done with it is offered.
 */
void
yeji_intake_edits_update (YejiIntakeWindow *self,
                          GPtrArray        *items)
{
  static const char *const always[] = { "intake.record", "intake.slot", "intake.leave" };
  GtkWidget *widget = GTK_WIDGET (self);
  guint n_pictures = 0;
  gboolean placed = items->len == 1 && yeji_intake_item_is_placed (g_ptr_array_index (items, 0));

  for (guint i = 0; i < items->len; i++)
    n_pictures += is_picture (g_ptr_array_index (items, i));
  for (guint i = 0; i < G_N_ELEMENTS (always); i++)
    gtk_widget_action_set_enabled (widget, always[i], items->len > 0);
  gtk_widget_action_set_enabled (widget, "intake.combine", n_pictures > 1);
  gtk_widget_action_set_enabled (widget, "intake.shrink",
                                 items->len == 1 && is_shrinkable (g_ptr_array_index (items, 0)));
  gtk_widget_action_set_enabled (widget, "intake.up", placed);
  gtk_widget_action_set_enabled (widget, "intake.down", placed);
  gtk_widget_action_set_enabled (widget, "intake.undo", get_steps (self)->len > 0);
}

static const struct
{
  const char *action;
  GtkWidgetActionActivateFunc activate;
  guint key;
  GdkModifierType modifiers;
} actions[] = {
  { "intake.record", act_ask, GDK_KEY_r, GDK_CONTROL_MASK },
  { "intake.slot", act_ask, GDK_KEY_k, GDK_CONTROL_MASK },
  { "intake.leave", act_leave, GDK_KEY_Delete, 0 },
  { "intake.combine", act_combine, GDK_KEY_j, GDK_CONTROL_MASK },
  { "intake.shrink", act_shrink, GDK_KEY_m, GDK_CONTROL_MASK },
  { "intake.undo", act_undo, GDK_KEY_z, GDK_CONTROL_MASK },
  { "intake.up", act_step, GDK_KEY_Up, GDK_ALT_MASK },
  { "intake.down", act_step, GDK_KEY_Down, GDK_ALT_MASK },
};

/**
 * yeji_intake_edits_install: (skip)
 *
 * Adds the actions of this file to the window's class.
 */
void
yeji_intake_edits_install (GtkWidgetClass *klass)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      gtk_widget_class_install_action (klass, actions[i].action, NULL, actions[i].activate);
      gtk_widget_class_add_binding_action (klass, actions[i].key, actions[i].modifiers,
                                           actions[i].action, NULL);
    }
}
