// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-columns"

#include "config.h"

#include "yeji-columns.h"

#include <glib/gi18n.h>

#include "yeji-colleagues.h"
#include "yeji-grade.h"
#include "yeji-messages.h"
#include "yeji-national-words.h"

typedef struct
{
  const char *id;              /* as the settings know it */
  const char *title;
  int width;                   /* with text of the usual size; 0: what is left */
  YejiSort sort;
  YejiCellDef cell;
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

/* ---- What is shown */

static char *
name_to_text (YejiEntry      *entry,
              YejiDictionary *dictionary)
{
  const char *name = yeji_entry_get_name (entry);

  return g_strdup (name != NULL && *name != '\0' ? name : _("Not named yet"));
}

static char *
name_to_help (YejiEntry      *entry,
              YejiDictionary *dictionary)
{
  g_autofree char *name = name_to_text (entry, dictionary);
  g_autofree char *who = yeji_colleagues_to_text (yeji_entry_get_uuid (entry));
  const char *number = yeji_entry_get_number (entry);
  GString *text = g_string_new (name);

  if (number != NULL && *number != '\0')
    g_string_append_printf (text, "\n%s", number);
  if (who != NULL)
    g_string_append_printf (text, "\n%s", who);
  return g_string_free (text, FALSE);
}

/* Of a record that somebody edits on another computer. */
static const char *
name_to_icon (YejiEntry *entry)
{
  g_autofree char *who = yeji_colleagues_to_text (yeji_entry_get_uuid (entry));

  return who != NULL ? "system-users-symbolic" : NULL;
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
state_to_help (YejiEntry      *entry,
               YejiDictionary *dictionary)
{
  return g_strdup (yeji_state_get_help (yeji_entry_get_state (entry)));
}

static char *
completeness_to_text (YejiEntry      *entry,
                      YejiDictionary *dictionary)
{
  int percent = yeji_entry_get_completeness (entry);

  if (percent < 0)
    return g_strdup ("–");
  /* Translators: how much of a record is filled in */
  return g_strdup_printf (C_("completeness", "%d %%"), percent);
}

static double
completeness_to_fraction (YejiEntry *entry)
{
  return yeji_entry_get_completeness (entry) / 100.;
}

static char *
completeness_to_help (YejiEntry      *entry,
                      YejiDictionary *dictionary)
{
  int percent = yeji_entry_get_completeness (entry);

  if (percent < 0)
    return g_strdup (_("Not checked yet. Select it and press F7."));
  if (percent == 100)
    return g_strdup (_("Everything that the standard asks for is filled in."));
  return g_strdup_printf (_("%d %% of what the standard asks for is filled in."), percent);
}

/* Of what the clerk could do something about. */
static guint
count_errors (YejiEntry *entry)
{
  return yeji_entry_is_editable (entry) ? yeji_entry_get_n_errors (entry) : 0;
}

static guint
count_warnings (YejiEntry *entry)
{
  return yeji_entry_is_editable (entry) ? yeji_entry_get_n_warnings (entry) : 0;
}

/* The province changed what the clerk changed: that is to be decided before anything else. */
static guint
count_conflicts (YejiEntry *entry)
{
  return yeji_entry_is_editable (entry) ? yeji_entry_get_n_conflicts (entry) : 0;
}

static char *
problems_to_text (YejiEntry      *entry,
                  YejiDictionary *dictionary)
{
  guint errors = count_errors (entry);
  guint warnings = count_warnings (entry);
  guint conflicts = count_conflicts (entry);

  if (!yeji_entry_is_editable (entry))
    return g_strdup ("");
  if (conflicts > 0)
    return g_strdup_printf (ngettext ("%u conflict", "%u conflicts", conflicts), conflicts);
  if (errors > 0)
    return g_strdup_printf (ngettext ("%u error", "%u errors", errors), errors);
  if (warnings > 0)
    return g_strdup_printf (ngettext ("%u warning", "%u warnings", warnings), warnings);
  return g_strdup (yeji_entry_is_checked (entry) ? C_("problems", "None")
                                                 : C_("problems", "Not checked"));
}

static const char *
problems_to_style (YejiEntry *entry)
{
  if (count_errors (entry) > 0)
    return "error";
  return count_warnings (entry) > 0 || count_conflicts (entry) > 0 ? "warning" : "dim-label";
}

static const char *
problems_to_icon (YejiEntry *entry)
{
  if (count_errors (entry) > 0)
    return yeji_severity_get_icon (YEJI_SEVERITY_ERROR);
  return count_warnings (entry) > 0 || count_conflicts (entry) > 0
           ? yeji_severity_get_icon (YEJI_SEVERITY_WARNING) : NULL;
}

static char *
problems_to_help (YejiEntry      *entry,
                  YejiDictionary *dictionary)
{
  guint errors = count_errors (entry);
  guint warnings = count_warnings (entry);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  if (errors == 0 || warnings == 0)
    return problems_to_text (entry, dictionary);
  first = g_strdup_printf (ngettext ("%u error", "%u errors", errors), errors);
  second = g_strdup_printf (ngettext ("%u warning", "%u warnings", warnings), warnings);
  /* Translators: "3 errors, 2 warnings" */
  return g_strdup_printf (C_("problems", "%s, %s"), first, second);
}

static char *
documents_to_text (YejiEntry      *entry,
                   YejiDictionary *dictionary)
{
  guint needed = yeji_entry_get_n_slots (entry);

  if (needed > 0)
    return g_strdup_printf ("%u/%u", yeji_entry_get_n_filled_slots (entry), needed);
  if (yeji_entry_get_n_documents (entry) > 0)
    return g_strdup_printf ("%u", yeji_entry_get_n_documents (entry));
  return g_strdup ("");
}

static char *
documents_to_help (YejiEntry      *entry,
                   YejiDictionary *dictionary)
{
  GString *text = g_string_new (NULL);
  guint needed = yeji_entry_get_n_slots (entry);
  guint files = yeji_entry_get_n_documents (entry);

  if (needed > 0)
    g_string_append_printf (text, ngettext ("%u of %u required document is there",
                                            "%u of %u required documents are there", needed),
                            yeji_entry_get_n_filled_slots (entry), needed);
  if (needed > 0 && files > 0)
    g_string_append_c (text, '\n');
  if (files > 0)
    g_string_append_printf (text, ngettext ("%u file, of which the province has %u",
                                            "%u files, of which the province has %u", files),
                            files, yeji_entry_get_n_received (entry));
  return g_string_free (text, FALSE);
}

/* What the self-check expects, for YejiOutcome. */
static const char *const expected_texts[] = {
  N_("Cannot be submitted yet"), N_("Expected: D"), N_("Expected: national"),
};

static const char *const expected_helps[] = {
  N_("As it is, the province does not take it: there are errors. Self-check, not the decision."),
  N_("As it is, it would become D, shown by the province alone. Self-check, not the decision."),
  N_("Complete enough for the national platform (A, B or C, as the department decides that "
     "confirms it). Self-check, not the decision."),
};

/* What is expected, or -1. Of a record that the province has it is not said that it cannot be
 * submitted. */
static int
get_expected (YejiEntry *entry)
{
  int outcome = yeji_entry_get_outcome (entry);

  return outcome == YEJI_OUTCOME_REFUSED && !yeji_entry_is_editable (entry) ? -1 : outcome;
}

static char *
grade_to_text (YejiEntry      *entry,
               YejiDictionary *dictionary)
{
  const char *grade = yeji_entry_get_grade (entry);
  int outcome = get_expected (entry);

  if (grade != NULL && *grade != '\0')
    return g_strdup_printf (_("Grade %s"), grade);
  if (outcome < 0 || outcome >= (int) G_N_ELEMENTS (expected_texts))
    return g_strdup ("–");
  return g_strdup (_(expected_texts[outcome]));
}

static const char *
grade_to_style (YejiEntry *entry)
{
  const char *grade = yeji_entry_get_grade (entry);

  return grade != NULL && *grade != '\0' ? "heading" : "dim-label";
}

/* How it stands with the national platform, where that was told of it. */
static const char *const national_icons[N_YEJI_NATIONAL_STATES] = {
  [YEJI_NATIONAL_WAITING] = "content-loading-symbolic",
  [YEJI_NATIONAL_SENT] = "content-loading-symbolic",
  [YEJI_NATIONAL_ACCEPTED] = "object-select-symbolic",
  [YEJI_NATIONAL_REFUSED] = "dialog-warning-symbolic",
  [YEJI_NATIONAL_REMOVED] = "action-unavailable-symbolic",
};

static const char *
grade_to_icon (YejiEntry *entry)
{
  const YejiNational *national = yeji_entry_get_national (entry);

  return national != NULL ? national_icons[national->state] : NULL;
}

/* The grade, and below it how it stands with the national platform. */
static char *
given_grade_to_help (YejiEntry      *entry,
                     YejiDictionary *dictionary)
{
  const YejiNational *national = yeji_entry_get_national (entry);
  g_autofree char *text = yeji_grade_to_text (dictionary, yeji_entry_get_grade (entry));
  g_autofree char *words = national != NULL ? yeji_national_words (national) : NULL;

  return words != NULL ? g_strconcat (text, "\n", words, NULL) : g_steal_pointer (&text);
}

static char *
grade_to_help (YejiEntry      *entry,
               YejiDictionary *dictionary)
{
  const char *grade = yeji_entry_get_grade (entry);
  int outcome = get_expected (entry);

  if (grade != NULL && *grade != '\0')
    return given_grade_to_help (entry, dictionary);
  if (outcome < 0 && !yeji_entry_is_editable (entry))
    return g_strdup (_("The province decides."));
  if (outcome < 0 || outcome >= (int) G_N_ELEMENTS (expected_helps))
    return g_strdup (_("Not checked yet. Select it and press F7."));
  return g_strdup (_(expected_helps[outcome]));
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
  [YEJI_COLUMN_NAME] = { "name", N_("Name"), 0, YEJI_SORT_NAME,
    { .is_name = TRUE, .to_text = name_to_text, .to_icon = name_to_icon,
      .to_help = name_to_help } },
  [YEJI_COLUMN_ROLE] = { "role", N_("Declared as"), 92, YEJI_SORT_ROLE,
    { .quiet = TRUE, .to_text = role_to_text } },
  [YEJI_COLUMN_STATE] = { "state", N_("State"), 118, YEJI_SORT_STATE,
    { .to_text = state_to_text, .to_style = state_to_style, .is_pill = TRUE,
      .to_help = state_to_help } },
  [YEJI_COLUMN_COMPLETENESS] = { "completeness", N_("Complete"), 104, YEJI_SORT_COMPLETENESS,
    { .quiet = TRUE, .numeric = TRUE, .to_text = completeness_to_text,
      .to_fraction = completeness_to_fraction, .to_help = completeness_to_help } },
  [YEJI_COLUMN_PROBLEMS] = { "problems", N_("Problems"), 104, YEJI_SORT_PROBLEMS,
    { .to_text = problems_to_text, .to_style = problems_to_style, .to_icon = problems_to_icon,
      .to_help = problems_to_help } },
  [YEJI_COLUMN_DOCUMENTS] = { "documents", N_("Documents"), 78, YEJI_SORT_DOCUMENTS,
    { .quiet = TRUE, .numeric = TRUE, .to_text = documents_to_text,
      .to_help = documents_to_help } },
  [YEJI_COLUMN_GRADE] = { "grade", N_("Grade"), 128, YEJI_SORT_EXPECTED,
    { .to_text = grade_to_text, .to_style = grade_to_style, .to_icon = grade_to_icon,
      .to_help = grade_to_help } },
  [YEJI_COLUMN_CHANGED] = { "changed", N_("Changed"), 146, YEJI_SORT_CHANGED,
    { .quiet = TRUE, .numeric = TRUE, .to_text = changed_to_text } },
  [YEJI_COLUMN_LEFT] = { "left", N_("Days Left"), 96, YEJI_SORT_REMOVED,
    { .quiet = TRUE, .numeric = TRUE, .to_text = left_to_text } },
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

/* A clerk who chose larger text needs the columns as much wider. */
static int
scale_width (int width)
{
  GdkDisplay *display = gdk_display_get_default ();
  int dpi = 0;

  if (display != NULL)
    g_object_get (gtk_settings_get_for_display (display), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 96 * 1024 ? width * dpi / (96 * 1024) : width;
}

/**
 * yeji_column_new:
 * @context: of all columns of the view
 *
 * Returns: (transfer full): a sortable column of #YejiEntryItem
 */
GtkColumnViewColumn *
yeji_column_new (YejiColumn       column,
                 YejiCellContext *context)
{
  const Column *this = &columns[column];
  g_autoptr (GtkSorter) sorter = NULL;
  GtkColumnViewColumn *view;

  sorter = GTK_SORTER (gtk_custom_sorter_new (compare, (gpointer) this, NULL));
  view = gtk_column_view_column_new (_(this->title), yeji_cell_factory_new (&this->cell, context));
  gtk_column_view_column_set_sorter (view, sorter);
  gtk_column_view_column_set_resizable (view, TRUE);
  gtk_column_view_column_set_expand (view, this->width == 0);
  if (this->width != 0)
    gtk_column_view_column_set_fixed_width (view, scale_width (this->width));
  return view;
}

const char *
yeji_column_get_id (YejiColumn column)
{
  return columns[column].id;
}

const char *
yeji_column_get_title (YejiColumn column)
{
  return _(columns[column].title);
}

/**
 * yeji_column_find:
 *
 * Returns: the column with an id or that sorts so, %N_YEJI_COLUMNS if there is none
 */
YejiColumn
yeji_column_find (const char *id)
{
  for (guint i = 0; i < N_YEJI_COLUMNS; i++)
    if (g_str_equal (columns[i].id, id))
      return i;
  return N_YEJI_COLUMNS;
}

YejiColumn
yeji_column_find_by_sort (YejiSort sort)
{
  for (guint i = 0; i < N_YEJI_COLUMNS; i++)
    if (columns[i].sort == sort)
      return i;
  return N_YEJI_COLUMNS;
}

/**
 * yeji_outcome_get_label:
 * @outcome: a YejiOutcome
 *
 * Returns: what is expected to become of a record, in the user's language
 */
const char *
yeji_outcome_get_label (int outcome)
{
  g_return_val_if_fail (outcome >= 0 && outcome < (int) G_N_ELEMENTS (expected_texts), NULL);

  return _(expected_texts[outcome]);
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
  return columns[column].cell.to_text (entry, dictionary);
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
