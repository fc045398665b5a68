// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-filter-choice"

#include "config.h"

#include "yeji-filter-choice.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-columns.h"
#include "yeji-messages.h"
#include "yeji-tooltip.h"

#define N_OUTCOMES 3

/* What can be chosen of: the first answer of each is "any". */
enum
{
  ASPECT_ROLE,
  ASPECT_OUTCOME,
  N_ASPECTS
};

static const char *const titles[N_ASPECTS] = {
  [ASPECT_ROLE] = N_("Declared as"),
  [ASPECT_OUTCOME] = N_("Expected grade"),
};

struct _YejiFilterChoice
{
  AdwBin parent_instance;

  GtkMenuButton *button;
  GtkBox *box;
  GPtrArray *answers[N_ASPECTS];  /* (element-type GtkCheckButton): of the popover */
  GtkBox *chips;               /* (nullable): weak */

  YejiDictionary *dictionary;  /* (nullable) */
  guint chosen[N_ASPECTS];     /* index into answers */
  gboolean is_setting;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiFilterChoice, yeji_filter_choice, ADW_TYPE_BIN)

static void
choose (YejiFilterChoice *self,
        guint             aspect,
        guint             answer)
{
  gtk_check_button_set_active (g_ptr_array_index (self->answers[aspect], answer), TRUE);
}

/* ---- Chips */

static void
on_chip (GtkButton        *chip,
         YejiFilterChoice *self)
{
  GtkWidget *next = gtk_widget_get_next_sibling (GTK_WIDGET (chip));

  /* the chip goes, but the keyboard shall not be lost with it */
  if (next == NULL || !gtk_widget_grab_focus (next))
    gtk_widget_grab_focus (GTK_WIDGET (self->button));
  choose (self, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (chip), "aspect")), 0);
}

static GtkWidget *
make_chip (YejiFilterChoice *self,
           guint             aspect)
{
  GtkCheckButton *answer = g_ptr_array_index (self->answers[aspect], self->chosen[aspect]);
  GtkWidget *chip = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *text = NULL;
  g_autofree char *spoken = NULL;

  /* Translators: what is filtered by, and for what */
  text = g_strdup_printf (C_("filter", "%s: %s"), _(titles[aspect]),
                          gtk_check_button_get_label (answer));
  spoken = g_strdup_printf (_("Remove the filter “%s”"), text);
  gtk_box_append (GTK_BOX (box), gtk_label_new (text));
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("window-close-symbolic"));
  gtk_button_set_child (GTK_BUTTON (chip), box);
  gtk_widget_add_css_class (chip, "yeji-chip");
  yeji_tooltip_set (chip, spoken);
  yeji_a11y_set_name (chip, spoken);
  g_object_set_data (G_OBJECT (chip), "aspect", GUINT_TO_POINTER (aspect));
  g_signal_connect (chip, "clicked", G_CALLBACK (on_chip), self);
  return chip;
}

static void
update_chips (YejiFilterChoice *self)
{
  GtkWidget *child;

  if (self->chips == NULL)
    return;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->chips))) != NULL)
    gtk_box_remove (self->chips, child);
  for (guint i = 0; i < N_ASPECTS; i++)
    if (self->chosen[i] > 0)
      gtk_box_append (self->chips, make_chip (self, i));
  gtk_widget_set_visible (GTK_WIDGET (self->chips), yeji_filter_choice_is_narrow (self));
}

/* ---- The popover */

static void
on_toggled (GtkCheckButton   *answer,
            YejiFilterChoice *self)
{
  guint aspect = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (answer), "aspect"));
  guint index;

  if (!gtk_check_button_get_active (answer)
      || !g_ptr_array_find (self->answers[aspect], answer, &index) || self->chosen[aspect] == index)
    return;
  self->chosen[aspect] = index;
  update_chips (self);
  if (yeji_filter_choice_is_narrow (self))
    gtk_widget_add_css_class (GTK_WIDGET (self->button), "yeji-narrowed");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->button), "yeji-narrowed");
  if (!self->is_setting)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
add_answer (YejiFilterChoice *self,
            guint             aspect,
            const char       *label)
{
  GPtrArray *answers = self->answers[aspect];
  GtkWidget *answer = gtk_check_button_new_with_label (label);

  if (answers->len > 0)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (answer), g_ptr_array_index (answers, 0));
  else
    gtk_check_button_set_active (GTK_CHECK_BUTTON (answer), TRUE);
  g_object_set_data (G_OBJECT (answer), "aspect", GUINT_TO_POINTER (aspect));
  g_ptr_array_add (answers, answer);
  gtk_box_append (self->box, answer);
  g_signal_connect (answer, "toggled", G_CALLBACK (on_toggled), self);
}

static void
begin_aspect (YejiFilterChoice *self,
              guint             aspect)
{
  GtkWidget *title = gtk_label_new (_(titles[aspect]));

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  gtk_box_append (self->box, title);
  add_answer (self, aspect, _("Any"));
}

static void
yeji_filter_choice_dispose (GObject *object)
{
  YejiFilterChoice *self = YEJI_FILTER_CHOICE (object);

  g_clear_weak_pointer (&self->chips);
  g_clear_object (&self->dictionary);
  G_OBJECT_CLASS (yeji_filter_choice_parent_class)->dispose (object);
}

static void
yeji_filter_choice_finalize (GObject *object)
{
  YejiFilterChoice *self = YEJI_FILTER_CHOICE (object);

  for (guint i = 0; i < N_ASPECTS; i++)
    g_ptr_array_unref (self->answers[i]);
  G_OBJECT_CLASS (yeji_filter_choice_parent_class)->finalize (object);
}

static void
yeji_filter_choice_class_init (YejiFilterChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = yeji_filter_choice_dispose;
  G_OBJECT_CLASS (klass)->finalize = yeji_filter_choice_finalize;
  signals[CHANGED] = g_signal_new ("changed", YEJI_TYPE_FILTER_CHOICE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
yeji_filter_choice_init (YejiFilterChoice *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  for (guint i = 0; i < N_ASPECTS; i++)
    self->answers[i] = g_ptr_array_new ();
  self->box = GTK_BOX (box);
  gtk_widget_add_css_class (box, "yeji-filter-choice");
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->button, "yeji-filter-symbolic");
  gtk_menu_button_set_popover (self->button, popover);
  yeji_tooltip_set (GTK_WIDGET (self->button), _("Filter (Ctrl+Shift+F)"));
  yeji_a11y_set_name (GTK_WIDGET (self->button), _("Filter"));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->button));
}

/**
 * yeji_filter_choice_set_dictionary:
 *
 * Offers the roles of a dictionary. May be called once, before anything else.
 */
void
yeji_filter_choice_set_dictionary (YejiFilterChoice *self,
                                   YejiDictionary   *dictionary)
{
  GPtrArray *roles = yeji_dictionary_get_roles (dictionary);

  g_return_if_fail (YEJI_IS_FILTER_CHOICE (self));
  g_return_if_fail (self->dictionary == NULL);

  self->dictionary = g_object_ref (dictionary);
  begin_aspect (self, ASPECT_ROLE);
  for (guint i = 0; i < roles->len; i++)
    {
      const YejiRole *role = g_ptr_array_index (roles, i);

      add_answer (self, ASPECT_ROLE, yeji_label (&role->label));
    }
  begin_aspect (self, ASPECT_OUTCOME);
  for (int i = 0; i < N_OUTCOMES; i++)
    add_answer (self, ASPECT_OUTCOME, yeji_outcome_get_label (i));
}

/**
 * yeji_filter_choice_set:
 * @role: (nullable): one that the dictionary does not have is none
 * @outcome: a YejiOutcome, -1 for any
 *
 * Chooses, and says so once.
 */
void
yeji_filter_choice_set (YejiFilterChoice *self,
                        const char       *role,
                        int               outcome)
{
  guint before[N_ASPECTS];
  guint answer = 0;

  g_return_if_fail (YEJI_IS_FILTER_CHOICE (self));
  g_return_if_fail (self->dictionary != NULL);

  memcpy (before, self->chosen, sizeof before);
  for (guint i = 1; role != NULL && i < self->answers[ASPECT_ROLE]->len; i++)
    {
      const YejiRole *known = g_ptr_array_index (yeji_dictionary_get_roles (self->dictionary),
                                                 i - 1);

      if (g_str_equal (known->id, role))
        answer = i;
    }
  self->is_setting = TRUE;
  choose (self, ASPECT_ROLE, answer);
  choose (self, ASPECT_OUTCOME, outcome >= 0 && outcome < N_OUTCOMES ? (guint) outcome + 1 : 0);
  self->is_setting = FALSE;
  if (memcmp (before, self->chosen, sizeof before) != 0)
    g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * yeji_filter_choice_get_role:
 *
 * Returns: (nullable): whose records are shown, %NULL for any
 */
const char *
yeji_filter_choice_get_role (YejiFilterChoice *self)
{
  GPtrArray *roles;

  if (self->chosen[ASPECT_ROLE] == 0)
    return NULL;
  roles = yeji_dictionary_get_roles (self->dictionary);
  return ((const YejiRole *) g_ptr_array_index (roles, self->chosen[ASPECT_ROLE] - 1))->id;
}

/**
 * yeji_filter_choice_get_outcome:
 *
 * Returns: a YejiOutcome, -1 for any
 */
int
yeji_filter_choice_get_outcome (YejiFilterChoice *self)
{
  return (int) self->chosen[ASPECT_OUTCOME] - 1;
}

gboolean
yeji_filter_choice_is_narrow (YejiFilterChoice *self)
{
  return self->chosen[ASPECT_ROLE] > 0 || self->chosen[ASPECT_OUTCOME] > 0;
}

/**
 * yeji_filter_choice_fill_query:
 *
 * Narrows a query down to what is chosen.
 */
void
yeji_filter_choice_fill_query (YejiFilterChoice *self,
                               YejiQuery        *query)
{
  int outcome = yeji_filter_choice_get_outcome (self);

  query->role = yeji_filter_choice_get_role (self);
  query->outcomes = outcome >= 0 ? YEJI_OUTCOME_BIT (outcome) : 0;
}

/**
 * yeji_filter_choice_open:
 *
 * Shows what can be chosen.
 */
void
yeji_filter_choice_open (YejiFilterChoice *self)
{
  g_return_if_fail (YEJI_IS_FILTER_CHOICE (self));

  gtk_menu_button_popup (self->button);
}

/**
 * yeji_filter_choice_make_chips:
 *
 * Makes the row in which each thing that is filtered by can be seen and removed; it hides itself
 * where there is none. May be called once.
 *
 * Returns: (transfer floating): that row
 */
GtkWidget *
yeji_filter_choice_make_chips (YejiFilterChoice *self)
{
  GtkWidget *chips = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  g_return_val_if_fail (self->chips == NULL, chips);

  gtk_widget_add_css_class (chips, "yeji-chips");
  gtk_widget_hide (chips);
  yeji_a11y_set_name (chips, _("Filters"));
  g_set_weak_pointer (&self->chips, GTK_BOX (chips));
  return chips;
}
