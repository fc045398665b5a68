// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-issue-outline"

#include "config.h"

#include "yeji-issue-outline.h"

#include <glib/gi18n.h>

#include "yeji-messages.h"

/* So many of one section are shown at first, and more each time that they are asked for: a list of
 * a thousand widgets is slow to make and nobody reads it to the end. */
#define FEW 25
#define MORE 100

/* So far it is looked for what has moved, since an error that goes takes one row with it. */
#define LOOK_AHEAD 40

/* The group of those that are kept, folded until somebody looks. */
#define KEPT "kept"

struct _YejiIssueOutline
{
  GObject parent_instance;

  GListModel *issues;          /* (nullable) */
  GListStore *rows;            /* of YejiIssue and YejiIssueHead */
  GHashTable *folded;          /* (element-type utf8): keys of heads */
  GHashTable *limits;          /* key of a section -> how many are shown */
  gboolean only;               /* one section alone is shown */
  const YejiTableDef *table;   /* (nullable): which; %NULL: what is of no table */
};

G_DEFINE_FINAL_TYPE (YejiIssueOutline, yeji_issue_outline, G_TYPE_OBJECT)

static char *
make_group_key (YejiIssue *issue)
{
  return yeji_issue_get_reason (issue) != NULL
           ? g_strdup (KEPT) : g_strdup_printf ("%d", (int) yeji_issue_get_severity (issue));
}

static char *
make_section_key (YejiIssue *issue)
{
  const YejiTableDef *table = yeji_issue_get_table (issue);
  g_autofree char *group = make_group_key (issue);

  return g_strconcat (group, "/", yeji_issue_get_slot (issue) != NULL ? "documents"
                                  : table != NULL ? table->id : "", NULL);
}

static const char *
get_group_label (YejiIssue *issue)
{
  return yeji_issue_get_reason (issue) != NULL
           ? _("Kept") : yeji_severity_get_label (yeji_issue_get_severity (issue));
}

static const char *
get_section_label (YejiIssue *issue)
{
  const YejiTableDef *table = yeji_issue_get_table (issue);

  if (yeji_issue_get_slot (issue) != NULL)
    return _("Documents");
  return table != NULL ? yeji_label (&table->label) : _("The record as a whole");
}

static guint
get_limit (YejiIssueOutline *self,
           const char       *key)
{
  gpointer limit = g_hash_table_lookup (self->limits, key);

  return limit != NULL ? GPOINTER_TO_UINT (limit) : FEW;
}

/* One section of one group. */
typedef struct
{
  char *group;
  char *key;
  GPtrArray *issues;           /* (element-type YejiIssue) */
} Section;

static void
free_section (gpointer data)
{
  Section *section = data;

  g_free (section->group);
  g_free (section->key);
  g_ptr_array_unref (section->issues);
  g_free (section);
}

/* The model has them by severity and then in form order; what is of no table may come anywhere. */
static GPtrArray *
list_sections (YejiIssueOutline *self)
{
  GPtrArray *sections = g_ptr_array_new_with_free_func (free_section);
  g_autoptr (GHashTable) by_key = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = self->issues != NULL ? g_list_model_get_n_items (self->issues) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (YejiIssue) issue = g_list_model_get_item (self->issues, i);
      g_autofree char *key = make_section_key (issue);
      Section *section = g_hash_table_lookup (by_key, key);

      if (self->only && (yeji_issue_get_table (issue) != self->table
                         || yeji_issue_get_slot (issue) != NULL))
        continue;
      if (section == NULL)
        {
          section = g_new0 (Section, 1);
          section->group = make_group_key (issue);
          section->key = g_steal_pointer (&key);
          section->issues = g_ptr_array_new_with_free_func (g_object_unref);
          g_ptr_array_add (sections, section);
          g_hash_table_insert (by_key, section->key, section);
        }
      g_ptr_array_add (section->issues, g_steal_pointer (&issue));
    }
  return sections;
}

static YejiIssue *
get_first (Section *section)
{
  return g_ptr_array_index (section->issues, 0);
}

static void
add_section (YejiIssueOutline *self,
             GPtrArray        *rows,
             Section          *section)
{
  gboolean folded = g_hash_table_contains (self->folded, section->key);
  const char *label = get_section_label (get_first (section));
  guint n = section->issues->len;
  guint shown = MIN (get_limit (self, section->key), n);

  g_ptr_array_add (rows, yeji_issue_head_new (YEJI_ISSUE_HEAD_SECTION, section->key, label, n,
                                              folded));
  for (guint i = 0; !folded && i < shown; i++)
    g_ptr_array_add (rows, g_object_ref (g_ptr_array_index (section->issues, i)));
  if (!folded && shown < n)
    g_ptr_array_add (rows, yeji_issue_head_new (YEJI_ISSUE_HEAD_MORE, section->key, label,
                                                n - shown, FALSE));
}

static guint
count_group (GPtrArray  *sections,
             const char *group)
{
  guint n = 0;

  for (guint i = 0; i < sections->len; i++)
    {
      Section *section = g_ptr_array_index (sections, i);

      if (g_str_equal (section->group, group))
        n += section->issues->len;
    }
  return n;
}

static GPtrArray *
list_rows (YejiIssueOutline *self)
{
  g_autoptr (GPtrArray) sections = list_sections (self);
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  const char *group = "";
  gboolean folded = FALSE;

  for (guint i = 0; i < sections->len; i++)
    {
      Section *section = g_ptr_array_index (sections, i);

      if (!g_str_equal (section->group, group))
        {
          group = section->group;
          folded = g_hash_table_contains (self->folded, group);
          g_ptr_array_add (rows, yeji_issue_head_new (YEJI_ISSUE_HEAD_GROUP, group,
                                                      get_group_label (get_first (section)),
                                                      count_group (sections, group), folded));
        }
      if (!folded)
        add_section (self, rows, section);
    }
  return rows;
}

static gboolean
are_equal (gpointer a,
           gpointer b)
{
  if (YEJI_IS_ISSUE (a) && YEJI_IS_ISSUE (b))
    return a == b || yeji_issue_equal (a, b);
  return YEJI_IS_ISSUE_HEAD (a) && YEJI_IS_ISSUE_HEAD (b) && yeji_issue_head_equal (a, b);
}

static gboolean
is_same (YejiIssueOutline *self,
         guint             position,
         gpointer          item)
{
  g_autoptr (GObject) old = g_list_model_get_item (G_LIST_MODEL (self->rows), position);

  return are_equal (old, item);
}

/* The same head with another number. */
static gboolean
is_same_head (YejiIssueOutline *self,
              guint             position,
              gpointer          item)
{
  g_autoptr (GObject) old = g_list_model_get_item (G_LIST_MODEL (self->rows), position);

  return YEJI_IS_ISSUE_HEAD (item) && YEJI_IS_ISSUE_HEAD (old)
         && yeji_issue_head_get_kind (item)
              == yeji_issue_head_get_kind (YEJI_ISSUE_HEAD (old))
         && g_str_equal (yeji_issue_head_get_key (item),
                         yeji_issue_head_get_key (YEJI_ISSUE_HEAD (old)));
}

/* How many rows from @position on are gone before @item comes; 0 if it does not come soon. */
static guint
find_gone (YejiIssueOutline *self,
           guint             position,
           gpointer          item)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));

  for (guint i = 1; i <= LOOK_AHEAD && position + i < n; i++)
    if (is_same (self, position + i, item))
      return i;
  return 0;
}

/* How many of @rows from @index on are new before the one that stands there comes. */
static guint
find_new (YejiIssueOutline *self,
          GPtrArray        *rows,
          guint             index)
{
  for (guint i = 1; i <= LOOK_AHEAD && index + i < rows->len; i++)
    if (is_same (self, index, g_ptr_array_index (rows, index + i)))
      return i;
  return 0;
}

/* Takes out and puts in what differs alone, so that a list keeps its place and its widgets. */
static void
update (YejiIssueOutline *self)
{
  g_autoptr (GPtrArray) rows = list_rows (self);
  guint i = 0;

  while (i < rows->len)
    {
      gpointer *item = &g_ptr_array_index (rows, i);
      guint n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
      guint gone, added;

      if (i >= n)
        {
          g_list_store_splice (self->rows, n, 0, item, rows->len - i);
          return;
        }
      if (is_same (self, i, *item))
        i++;
      else if (is_same_head (self, i, *item))
        g_list_store_splice (self->rows, i++, 1, item, 1);
      else if ((gone = find_gone (self, i, *item)) > 0)
        g_list_store_splice (self->rows, i, gone, NULL, 0);
      else if ((added = find_new (self, rows, i)) > 0)
        {
          g_list_store_splice (self->rows, i, 0, item, added);
          i += added;
        }
      else
        g_list_store_splice (self->rows, i++, 1, item, 1);
    }
  g_list_store_splice (self->rows, i,
                       g_list_model_get_n_items (G_LIST_MODEL (self->rows)) - i, NULL, 0);
}

static void
yeji_issue_outline_finalize (GObject *object)
{
  YejiIssueOutline *self = YEJI_ISSUE_OUTLINE (object);

  g_clear_object (&self->issues);
  g_object_unref (self->rows);
  g_hash_table_unref (self->folded);
  g_hash_table_unref (self->limits);
  G_OBJECT_CLASS (yeji_issue_outline_parent_class)->finalize (object);
}

static void
yeji_issue_outline_class_init (YejiIssueOutlineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_issue_outline_finalize;
}

static void
yeji_issue_outline_init (YejiIssueOutline *self)
{
  self->rows = g_list_store_new (G_TYPE_OBJECT);
  self->folded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->limits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * yeji_issue_outline_new:
 *
 * Returns: (transfer full): an outline of nothing
 */
YejiIssueOutline *
yeji_issue_outline_new (void)
{
  return g_object_new (YEJI_TYPE_ISSUE_OUTLINE, NULL);
}

/**
 * yeji_issue_outline_get_rows:
 *
 * Returns: (transfer none): of #YejiIssue and #YejiIssueHead
 */
GListModel *
yeji_issue_outline_get_rows (YejiIssueOutline *self)
{
  return G_LIST_MODEL (self->rows);
}

/**
 * yeji_issue_outline_set_model:
 * @issues: (nullable): of #YejiIssue, as yeji_draft_get_issues() has them
 *
 * Shows other problems; what was folded is forgotten.
 */
void
yeji_issue_outline_set_model (YejiIssueOutline *self,
                              GListModel       *issues)
{
  g_return_if_fail (YEJI_IS_ISSUE_OUTLINE (self));

  if (self->issues != NULL)
    g_signal_handlers_disconnect_by_data (self->issues, self);
  g_set_object (&self->issues, issues);
  g_hash_table_remove_all (self->folded);
  g_hash_table_remove_all (self->limits);
  g_hash_table_add (self->folded, g_strdup (KEPT));
  if (issues != NULL)
    g_signal_connect_object (issues, "items-changed", G_CALLBACK (update), self,
                             G_CONNECT_SWAPPED);
  update (self);
}

/**
 * yeji_issue_outline_set_only:
 * @only: whether one section alone is shown
 * @table: (nullable): which
 */
void
yeji_issue_outline_set_only (YejiIssueOutline   *self,
                             gboolean            only,
                             const YejiTableDef *table)
{
  g_return_if_fail (YEJI_IS_ISSUE_OUTLINE (self));

  if (self->only == only && self->table == table)
    return;
  self->table = table;
  if (self->only || only)
    {
      self->only = only;
      update (self);
    }
}

/**
 * yeji_issue_outline_toggle:
 * @head: one of its rows
 *
 * Folds what is below it, unfolds it, or shows more.
 */
void
yeji_issue_outline_toggle (YejiIssueOutline *self,
                           YejiIssueHead    *head)
{
  const char *key = yeji_issue_head_get_key (head);

  if (yeji_issue_head_get_kind (head) == YEJI_ISSUE_HEAD_MORE)
    g_hash_table_insert (self->limits, g_strdup (key),
                         GUINT_TO_POINTER (get_limit (self, key) + MORE));
  else if (!g_hash_table_remove (self->folded, key))
    g_hash_table_add (self->folded, g_strdup (key));
  update (self);
}

/**
 * yeji_issue_outline_reveal:
 * @position: (out): where it is in the rows
 *
 * Unfolds what hides a problem.
 *
 * Returns: whether it is there, and shown
 */
gboolean
yeji_issue_outline_reveal (YejiIssueOutline *self,
                           YejiIssue        *issue,
                           guint            *position)
{
  g_autofree char *group = make_group_key (issue);
  g_autofree char *section = make_section_key (issue);
  gboolean was_hidden = g_hash_table_remove (self->folded, group);

  was_hidden |= g_hash_table_remove (self->folded, section);
  if (was_hidden)
    update (self);
  for (*position = 0; *position < g_list_model_get_n_items (G_LIST_MODEL (self->rows));
       (*position)++)
    if (is_same (self, *position, issue))
      return TRUE;
  return FALSE;
}
