// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-columns"

#include "config.h"

#include "yeji-columns.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-entry-item.h"
#include "yeji-messages.h"

typedef struct
{
  const char *title;
  int width;                   /* 0: what is left */
  gboolean numeric;
  char *(*to_text) (YejiEntry *entry, YejiDictionary *dictionary);
  const char *(*to_style) (YejiEntry *entry);  /* (nullable): the text is a pill */
  YejiSort sort;
} Column;

/* No record, but what a sorter is asked about, to find out what it sorts by: for each column a
 * rank. GTK 4.8 does not tell in another way. */
#define YEJI_TYPE_RANKS (yeji_ranks_get_type ())

G_DECLARE_FINAL_TYPE (YejiRanks, yeji_ranks, YEJI, RANKS, GObject)

struct _YejiRanks
{
  GObject parent_instance;

  int ranks[N_YEJI_COLUMNS];
};

G_DEFINE_FINAL_TYPE (YejiRanks, yeji_ranks, G_TYPE_OBJECT)

static void
yeji_ranks_class_init (YejiRanksClass *klass)
{
}

static void
yeji_ranks_init (YejiRanks *self)
{
}

static char *
name_to_text (YejiEntry      *entry,
              YejiDictionary *dictionary)
{
  const char *name = yeji_entry_get_name (entry);

  return g_strdup (name != NULL && *name != '\0' ? name : _("Not named yet"));
}

static char *
role_to_text (YejiEntry      *entry,
              YejiDictionary *dictionary)
{
  return g_strdup (yeji_role_get_label (dictionary, yeji_entry_get_role (entry)));
}

static char *
state_to_text (YejiEntry      *entry,
               YejiDictionary *dictionary)
{
  return g_strdup (yeji_state_get_label (yeji_entry_get_state (entry)));
}

static const char *
state_to_style (YejiEntry *entry)
{
  return yeji_state_get_style (yeji_entry_get_state (entry));
}

static char *
problems_to_text (YejiEntry      *entry,
                  YejiDictionary *dictionary)
{
  guint errors = yeji_entry_get_n_errors (entry);
  guint warnings = yeji_entry_get_n_warnings (entry);

  if (!yeji_entry_is_editable (entry))
    return g_strdup ("");      /* nothing that the clerk could do about them */
  if (errors > 0)
    return g_strdup_printf (ngettext ("%u error", "%u errors", errors), errors);
  if (warnings > 0)
    return g_strdup_printf (ngettext ("%u warning", "%u warnings", warnings), warnings);
  return g_strdup ("");
}

static const char *
problems_to_style (YejiEntry *entry)
{
  if (yeji_entry_get_n_errors (entry) > 0)
    return "error";
  return yeji_entry_get_n_warnings (entry) > 0 ? "warning" : "none";
}

static char *
documents_to_text (YejiEntry      *entry,
                   YejiDictionary *dictionary)
{
  if (yeji_entry_get_n_documents (entry) == 0)
    return g_strdup ("");
  return g_strdup_printf ("%u/%u", yeji_entry_get_n_received (entry),
                          yeji_entry_get_n_documents (entry));
}

static char *
grade_to_text (YejiEntry      *entry,
               YejiDictionary *dictionary)
{
  return g_strdup (yeji_entry_get_grade (entry));
}

static char *
changed_to_text (YejiEntry      *entry,
                 YejiDictionary *dictionary)
{
  return yeji_moment_to_text (yeji_entry_get_changed_at (entry));
}

static char *
left_to_text (YejiEntry      *entry,
              YejiDictionary *dictionary)
{
  const char *removed_at = yeji_entry_get_removed_at (entry);
  guint days = yeji_entry_get_days_left (entry);

  if (removed_at == NULL)
    return g_strdup ("");
  if (days == 0)
    return g_strdup (C_("days left in the bin", "Soon"));
  return g_strdup_printf (ngettext ("%u day", "%u days", days), days);
}

static const Column columns[N_YEJI_COLUMNS] = {
  [YEJI_COLUMN_NAME] = { N_("Name"), 0, FALSE, name_to_text, NULL, YEJI_SORT_NAME },
  [YEJI_COLUMN_ROLE] = { N_("Declared as"), 112, FALSE, role_to_text, NULL, YEJI_SORT_ROLE },
  [YEJI_COLUMN_STATE] = { N_("State"), 130, FALSE, state_to_text, state_to_style,
                          YEJI_SORT_STATE },
  [YEJI_COLUMN_PROBLEMS] = { N_("Problems"), 96, FALSE, problems_to_text, problems_to_style,
                             YEJI_SORT_PROBLEMS },
  [YEJI_COLUMN_DOCUMENTS] = { N_("Documents Sent"), 112, TRUE, documents_to_text, NULL,
                              YEJI_SORT_DOCUMENTS },
  [YEJI_COLUMN_GRADE] = { N_("Grade"), 60, FALSE, grade_to_text, NULL, YEJI_SORT_GRADE },
  [YEJI_COLUMN_CHANGED] = { N_("Changed"), 136, TRUE, changed_to_text, NULL, YEJI_SORT_CHANGED },
  [YEJI_COLUMN_LEFT] = { N_("Days Left"), 96, TRUE, left_to_text, NULL, YEJI_SORT_REMOVED },
};

/* The store sorts; this is there for the titles to be clicked. */
static int
compare (gconstpointer a,
         gconstpointer b,
         gpointer      data)
{
  const Column *column = data;
  gsize index = (gsize) (column - columns);

  if (!YEJI_IS_RANKS ((gpointer) a) || !YEJI_IS_RANKS ((gpointer) b))
    return 0;
  return ((const YejiRanks *) a)->ranks[index] - ((const YejiRanks *) b)->ranks[index];
}

static void
setup_cell (GtkSignalListItemFactory *factory,
            GtkListItem              *item,
            const Column             *column)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (column->width == 0)
    gtk_label_set_width_chars (GTK_LABEL (label), 18);  /* the name is never squeezed out */
  if (column->numeric)
    gtk_widget_add_css_class (label, "numeric");
  if (column->to_style != NULL)
    {
      gtk_widget_add_css_class (label, "yeji-pill");
      gtk_widget_set_halign (label, GTK_ALIGN_START);
      gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
    }
  else if (column->width != 0)
    gtk_widget_add_css_class (label, "dim-label");
  gtk_list_item_set_child (item, label);
}

/* A row has no name of its own in GTK 4.8: it gets that of the record, and its state. */
static void
name_row (GtkWidget      *label,
          YejiEntry      *entry,
          YejiDictionary *dictionary)
{
  GtkWidget *cell = gtk_widget_get_parent (label);
  GtkWidget *row = cell != NULL ? gtk_widget_get_parent (cell) : NULL;
  g_autofree char *name = name_to_text (entry, dictionary);
  g_autofree char *state = state_to_text (entry, dictionary);
  g_autofree char *problems = problems_to_text (entry, dictionary);
  g_autofree char *description = g_strdup_printf ("%s %s", state, problems);

  if (row == NULL)
    return;
  yeji_a11y_set_name (row, name);
  yeji_a11y_set_description (row, description);
}

static void
show_cell (GtkListItem    *item,
           YejiDictionary *dictionary,
           const Column   *column)
{
  YejiEntry *entry = yeji_entry_item_get_entry (gtk_list_item_get_item (item));
  GtkWidget *label = gtk_list_item_get_child (item);
  g_autofree char *text = entry != NULL ? column->to_text (entry, dictionary) : NULL;

  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_tooltip_text (label, column->width == 0 ? text : NULL);
  if (column->to_style != NULL)
    {
      const char *classes[] = { "yeji-pill", entry != NULL ? column->to_style (entry) : NULL,
                                NULL };

      gtk_widget_set_css_classes (label, classes);
      gtk_widget_set_visible (label, text != NULL && *text != '\0');
    }
  if (entry != NULL && column == &columns[YEJI_COLUMN_NAME])
    name_row (label, entry, dictionary);
}

static void
on_entry_changed (YejiEntryItem *entry_item,
                  GParamSpec    *spec,
                  GtkListItem   *item)
{
  show_cell (item, g_object_get_data (G_OBJECT (item), "dictionary"),
             g_object_get_data (G_OBJECT (item), "column"));
}

static void
bind_cell (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           const Column             *column)
{
  YejiDictionary *dictionary = g_object_get_data (G_OBJECT (factory), "dictionary");

  g_object_set_data (G_OBJECT (item), "dictionary", dictionary);
  g_object_set_data (G_OBJECT (item), "column", (gpointer) column);
  g_signal_connect (gtk_list_item_get_item (item), "notify::entry", G_CALLBACK (on_entry_changed),
                    item);
  show_cell (item, dictionary, column);
}

static void
unbind_cell (GtkSignalListItemFactory *factory,
             GtkListItem              *item,
             const Column             *column)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), on_entry_changed, item);
}

/**
 * yeji_column_new:
 *
 * Returns: (transfer full): a sortable column of #YejiEntryItem
 */
GtkColumnViewColumn *
yeji_column_new (YejiColumn      column,
                 YejiDictionary *dictionary)
{
  const Column *this = &columns[column];
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (compare, (gpointer) this, NULL));
  GtkColumnViewColumn *view;

  g_object_set_data_full (G_OBJECT (factory), "dictionary", g_object_ref (dictionary),
                          g_object_unref);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cell), (gpointer) this);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cell), (gpointer) this);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cell), (gpointer) this);
  view = gtk_column_view_column_new (_(this->title), factory);
  gtk_column_view_column_set_sorter (view, sorter);
  gtk_column_view_column_set_resizable (view, TRUE);
  gtk_column_view_column_set_expand (view, this->width == 0);
  if (this->width != 0)
    gtk_column_view_column_set_fixed_width (view, this->width);
  return view;
}

/**
 * yeji_column_to_text:
 *
 * Returns: (transfer full) (nullable): what a column shows of a record
 */
char *
yeji_column_to_text (YejiColumn      column,
                     YejiEntry      *entry,
                     YejiDictionary *dictionary)
{
  return columns[column].to_text (entry, dictionary);
}

/* How the sorter takes two rows that differ as the signs say: 1 where the first comes before. */
static GtkOrdering
probe (GtkSorter *sorter,
       const int *signs)
{
  g_autoptr (YejiRanks) first = g_object_new (YEJI_TYPE_RANKS, NULL);
  g_autoptr (YejiRanks) second = g_object_new (YEJI_TYPE_RANKS, NULL);

  for (guint i = 0; i < N_YEJI_COLUMNS; i++)
    second->ranks[i] = signs[i];
  return gtk_sorter_compare (sorter, first, second);
}

/**
 * yeji_columns_get_sort:
 * @sorter: of a column view with these columns
 * @descending: (out): the direction
 *
 * Finds out by which column a view is sorted in the first place, by asking how it would sort.
 *
 * Returns: what that column is sorted by
 */
YejiSort
yeji_columns_get_sort (GtkSorter *sorter,
                       gboolean  *descending)
{
  int signs[N_YEJI_COLUMNS];   /* 1 ascending, -1 descending, 0: not sorted by */

  for (guint i = 0; i < N_YEJI_COLUMNS; i++)
    {
      int alone[N_YEJI_COLUMNS] = { 0 };

      alone[i] = 1;
      signs[i] = -(int) probe (sorter, alone);
    }
  for (guint i = 0; i < N_YEJI_COLUMNS; i++)
    {
      int against[N_YEJI_COLUMNS];

      /* This column says before, all others say behind: who is asked first has the last word. */
      for (guint j = 0; j < N_YEJI_COLUMNS; j++)
        against[j] = i == j ? signs[j] : -signs[j];
      if (signs[i] != 0 && probe (sorter, against) == GTK_ORDERING_SMALLER)
        {
          *descending = signs[i] < 0;
          return columns[i].sort;
        }
    }
  *descending = TRUE;
  return YEJI_SORT_CHANGED;
}
