// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* All that the dictionary says of a field, in words. */

#define G_LOG_DOMAIN "yeji-field-help"

#include "config.h"

#include "yeji-field-help.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-carry-source.h"
#include "yeji-condition-words.h"
#include "yeji-field-demand.h"
#include "yeji-messages.h"

#define WIDTH 400
#define MAX_HEIGHT 420

/* More rules than that are no help. */
#define MAX_RULES 8

typedef struct
{
  const char *title;           /* translated */
  char *text;
} Part;

static const struct
{
  const char *word;
  const char *text;
} sources[] = {
  { "confirmed", NC_("how sure a fact of the standard is", "confirmed") },
  { "inferred", NC_("how sure a fact of the standard is", "inferred from other systems") },
  { "assumed", NC_("how sure a fact of the standard is", "assumed; the province may change it") },
  { "notice", NC_("how sure a fact of the standard is", "by the province's notice") },
};

static void
clear_part (gpointer data)
{
  g_free (((Part *) data)->text);
}

static void
add (GArray     *parts,
     const char *title,
     char       *text)
{
  Part part = { title, text };

  if (text != NULL && *text != '\0')
    g_array_append_val (parts, part);
  else
    g_free (text);
}

static char *
describe_number (const YejiFieldDef *field)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  if (field->scale > 0)
    g_string_append_printf (text, _("A number with at most %u digits before the point and %u behind "
                                    "it, such as 1234.5"), field->precision - field->scale,
                            field->scale);
  else
    g_string_append_printf (text, _("A whole number of at most %u digits, such as 12"),
                            field->precision);
  if (field->unit != NULL)
    g_string_append_printf (text, _(", in %s"), field->unit);
  if (!isinf (field->min))
    g_string_append_printf (text, _(", not below %s"),
                            g_ascii_formatd (number, sizeof number, "%.15g", field->min));
  if (!isinf (field->max))
    g_string_append_printf (text, _(", not above %s"),
                            g_ascii_formatd (number, sizeof number, "%.15g", field->max));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
describe_form (const YejiFieldDef *field)
{
  switch (field->kind)
    {
    case YEJI_FIELD_NUMBER:
      return describe_number (field);
    case YEJI_FIELD_DATE:
      return g_strdup (_("A day, such as 2016-03-30. Other forms are understood: 20160330, "
                         "2016.3.30, 2016年3月30日. Up and Down move it by a day, Ctrl+; is today."));
    case YEJI_FIELD_CODE:
      return g_strdup_printf (_("A code of the list “%s”, which has %u"),
                              yeji_label (&field->codes->label), field->codes->items->len);
    case YEJI_FIELD_LINK:
      return g_strdup_printf (_("A row of “%s”, chosen by its number"),
                              yeji_label (&field->link->table->label));
    case YEJI_FIELD_LONG_TEXT:
      return g_strdup_printf (_("A text of several lines, at most %u characters"), field->length);
    case YEJI_FIELD_TEXT:
    case N_YEJI_FIELD_KINDS:
    default:
      return g_strdup_printf (_("A text of at most %u characters"), field->length);
    }
}

static void
add_line (GString    *text,
          const char *line)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
}

static char *
describe_required (YejiDictionary     *dictionary,
                   const YejiFieldDef *field)
{
  g_autoptr (GPtrArray) demands = yeji_field_demand_find (dictionary, field);
  g_autoptr (GString) text = g_string_new (NULL);

  if (field->by_platform)
    return g_strdup (_("Set by the province's approval, never typed"));
  if (field->inherits != NULL)
    add_line (text, _("May stay empty: then it is what the project says"));
  else if (field->assigned)
    add_line (text, _("May stay empty until approval, which gives a number"));
  else if (field->required == YEJI_REQUIRED_MANDATORY)
    add_line (text, _("Always"));
  if (field->required_when != NULL)
    {
      g_autofree char *words = yeji_condition_to_words (field->required_when);
      /* Translators: a condition, such as “Tender method” is not 003 */
      g_autofree char *line = g_strdup_printf (_("When %s"), words);

      add_line (text, line);
    }
  for (guint i = 0; i < demands->len; i++)
    {
      const YejiRule *rule = g_ptr_array_index (demands, i);
      g_autofree char *words = rule->when != NULL ? yeji_condition_to_words (rule->when) : NULL;
      g_autofree char *line = words != NULL ? g_strdup_printf (_("When %s"), words) : NULL;

      add_line (text, line != NULL ? line : _("Always"));
    }
  if (text->len == 0)
    add_line (text, field->required == YEJI_REQUIRED_OPTIONAL ? _("No") : _("Where it is known"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
describe_sources (const YejiFieldDef *field)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_direct_hash, g_direct_equal);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; field->carry != NULL && i < field->carry->len; i++)
    {
      const YejiCarrySource *source = g_ptr_array_index (field->carry, i);
      const YejiFieldDef *from = source->field;
      g_autofree char *line = NULL;

      if (!g_hash_table_add (seen, (gpointer) from))
        continue;
      line = from != NULL ? g_strdup_printf ("%s · %s", yeji_label (&from->table->label),
                                             yeji_label (&from->label))
                          : g_strdup (_("the enterprise that this profile is of"));
      add_line (text, line);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What a message says before there is a value. */
static char *
write_message (const YejiRule     *rule,
               const YejiFieldDef *field)
{
  const YejiFieldDef *other = rule->fields->len > 1 ? g_ptr_array_index (rule->fields, 1) : NULL;
  const YejiFieldDef *first = rule->fields->len > 0 ? g_ptr_array_index (rule->fields, 0) : field;
  const struct { const char *name; const char *text; } words[] = {
    { "{label}", yeji_label (&first->label) },
    { "{other}", other != NULL ? yeji_label (&other->label) : "…" },
    { "{table}", yeji_label (&first->table->label) },
    { "{value}", "…" }, { "{other_value}", "…" }, { "{row}", "…" }, { "{limit}", "…" },
  };
  GString *text = g_string_new (yeji_label (&rule->message));

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_string_replace (text, words[i].name, words[i].text, 0);
  return g_string_free (text, FALSE);
}

static char *
describe_rules (YejiDictionary     *dictionary,
                const YejiFieldDef *field)
{
  GPtrArray *rules = yeji_dictionary_get_rules (dictionary);
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < rules->len && n < MAX_RULES; i++)
    {
      const YejiRule *rule = g_ptr_array_index (rules, i);
      g_autofree char *message = NULL;
      g_autofree char *line = NULL;

      if (rule->kind == YEJI_RULE_MANDATORY || !g_ptr_array_find (rule->fields, field, NULL))
        continue;
      message = write_message (rule, field);
      line = g_strdup_printf (_("%s: %s"), yeji_severity_get_label (rule->severity), message);
      add_line (text, line);
      n++;
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const char *
get_source (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    if (g_strcmp0 (sources[i].word, word) == 0)
      return g_dpgettext2 (NULL, "how sure a fact of the standard is", sources[i].text);
  return word != NULL ? word : "";
}

static GArray *
list_parts (YejiDictionary     *dictionary,
            const YejiFieldDef *field)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (Part));

  g_array_set_clear_func (parts, clear_part);
  add (parts, C_("help on a field", "Meaning"), g_strdup (yeji_label (&field->help)));
  add (parts, C_("help on a field", "Form"), describe_form (field));
  add (parts, C_("help on a field", "Required"), describe_required (dictionary, field));
  add (parts, C_("help on a field", "Offered from"), describe_sources (field));
  add (parts, C_("help on a field", "Rules"), describe_rules (dictionary, field));
  add (parts, C_("help on a field", "Name in the standard"),
       g_strdup_printf ("%s.%s", field->table->id, field->id));
  add (parts, C_("help on a field", "Source"),
       /* Translators: how sure the name of a field, its form, and whether it is mandatory are */
       g_strdup_printf (_("Name: %s. Form: %s. Required: %s."), get_source (field->confidence[0]),
                        get_source (field->confidence[1]), get_source (field->confidence[2])));
  return parts;
}

/**
 * yeji_field_help_to_text:
 *
 * Returns: (transfer full): the help as it is read aloud
 */
char *
yeji_field_help_to_text (YejiDictionary     *dictionary,
                         const YejiFieldDef *field)
{
  g_autoptr (GArray) parts = list_parts (dictionary, field);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < parts->len; i++)
    {
      const Part *part = &g_array_index (parts, Part, i);

      if (i > 0)
        g_string_append_c (text, '\n');
      g_string_append_printf (text, _("%s: %s"), part->title, part->text);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GtkWidget *
make_label (const char *text,
            const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static void
on_closed (GtkPopover *popover,
           GtkWidget  *target)
{
  gtk_widget_grab_focus (target);
}

static gboolean
unparent (gpointer data)
{
  gtk_widget_unparent (data);
  return G_SOURCE_REMOVE;
}

/* It goes only when GTK is done with it. */
static void
unparent_later (GtkPopover *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent, g_object_ref (popover), g_object_unref);
}

static GtkWidget *
make_content (YejiDictionary     *dictionary,
              const YejiFieldDef *field,
              const char         *heading)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autoptr (GArray) parts = list_parts (dictionary, field);
  g_autofree char *spoken = yeji_field_help_to_text (dictionary, field);

  gtk_box_append (GTK_BOX (box), make_label (yeji_label (&field->label), "heading"));
  for (guint i = 0; i < parts->len; i++)
    {
      const Part *part = &g_array_index (parts, Part, i);
      GtkWidget *title = make_label (part->title, "caption-heading");

      gtk_widget_add_css_class (title, "dim-label");
      gtk_widget_set_margin_top (title, 8);
      gtk_box_append (GTK_BOX (box), title);
      gtk_box_append (GTK_BOX (box), make_label (part->text, NULL));
    }
  gtk_widget_set_focusable (box, TRUE);
  gtk_widget_add_css_class (box, "yeji-help-text");
  yeji_a11y_set_name (box, heading);
  yeji_a11y_set_description (box, spoken);
  return box;
}

/**
 * yeji_field_help_show:
 * @parent: at which it is shown
 * @place: (nullable): the part of it that it points to
 * @target: gets the focus when it is closed
 *
 * Shows the help on a field.
 */
void
yeji_field_help_show (GtkWidget          *parent,
                      const GdkRectangle *place,
                      GtkWidget          *target,
                      YejiDictionary     *dictionary,
                      const YejiFieldDef *field)
{
  /* Translators: the name of a field */
  g_autofree char *heading = g_strdup_printf (_("Help on “%s”"), yeji_label (&field->label));
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *content = make_content (dictionary, field, heading);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MAX_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), content);
  gtk_widget_set_size_request (scroller, WIDTH, -1);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  gtk_widget_add_css_class (popover, "yeji-help-popover");
  yeji_a11y_set_name (popover, heading);
  gtk_widget_set_parent (popover, parent);
  if (place != NULL)
    gtk_popover_set_pointing_to (GTK_POPOVER (popover), place);
  g_signal_connect_object (popover, "closed", G_CALLBACK (on_closed), target, 0);
  g_signal_connect (popover, "closed", G_CALLBACK (unparent_later), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
  gtk_widget_grab_focus (content);
}
