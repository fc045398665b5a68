// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-entry-model"

#include "config.h"

#include "yeji-entry-model.h"

#include "yeji-db.h"

/* Pages that are read at once when the store changed: more than a screen has. */
#define MAX_VISIBLE 4

/* Who scrolls fast wants the pages asked for last: earlier ones are off the screen again. */
#define MAX_WANTED 4

typedef enum
{
  ASK_NOTHING,
  ASK_NEW,                     /* the first page of another query */
  ASK_AGAIN,                   /* what is on screen, after the store changed */
  ASK_COUNT,                   /* how many the query means */
  ASK_AROUND,                  /* the page of a certain record */
  ASK_PAGE,
} Ask;

typedef struct
{
  guint index;
  guint64 used;                /* by the clock of the model */
  gboolean read;
  YejiEntryItem *items[YEJI_ENTRY_MODEL_PAGE];  /* each nullable */
} Page;

struct _YejiEntryModel
{
  GObject parent_instance;

  YejiStore *store;            /* (nullable) */
  GArray *filters;             /* (element-type YejiQuery) */
  YejiQuery query;             /* its texts are owned */
  guint n_items;
  guint n_all;
  GArray *counts;              /* (element-type guint) */

  GHashTable *pages;           /* index -> Page */
  guint64 clock;

  Ask asked;                   /* what an answer is awaited for */
  guint asked_first;
  GCancellable *cancellable;   /* (nullable): of what was asked */
  gboolean is_new;             /* the query was not answered yet */
  gboolean is_stale;           /* the store changed since it was asked */
  gboolean is_uncounted;
  char *sought;                /* (nullable): a record whose page is wanted */
  GArray *wanted;              /* (element-type guint): pages, the last is the most wanted */
};

enum
{
  CHANGING,
  ANSWERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void yeji_entry_model_init_list (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (YejiEntryModel, yeji_entry_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      yeji_entry_model_init_list))

static void ask_next (YejiEntryModel *self);

static void
free_page (gpointer data)
{
  Page *page = data;

  for (guint i = 0; i < YEJI_ENTRY_MODEL_PAGE; i++)
    g_clear_object (&page->items[i]);
  g_free (page);
}

static Page *
find_page (YejiEntryModel *self,
           guint           index)
{
  return g_hash_table_lookup (self->pages, GUINT_TO_POINTER (index));
}

/* Whoever shows a row holds it. */
static gboolean
is_on_screen (const Page *page)
{
  for (guint i = 0; i < YEJI_ENTRY_MODEL_PAGE; i++)
    if (page->items[i] != NULL && G_OBJECT (page->items[i])->ref_count > 1)
      return TRUE;
  return FALSE;
}

/* Lets go of the pages that were not used for longest. */
static void
trim_pages (YejiEntryModel *self)
{
  while (g_hash_table_size (self->pages) >= YEJI_ENTRY_MODEL_PAGES)
    {
      GHashTableIter iter;
      gpointer value;
      Page *oldest = NULL;

      g_hash_table_iter_init (&iter, self->pages);
      while (g_hash_table_iter_next (&iter, NULL, &value))
        {
          Page *page = value;

          if ((oldest == NULL || page->used < oldest->used) && !is_on_screen (page))
            oldest = page;
        }
      if (oldest == NULL)
        return;
      g_hash_table_remove (self->pages, GUINT_TO_POINTER (oldest->index));
    }
}

static Page *
ensure_page (YejiEntryModel *self,
             guint           index)
{
  Page *page = find_page (self, index);

  if (page == NULL)
    {
      trim_pages (self);
      page = g_new0 (Page, 1);
      page->index = index;
      g_hash_table_insert (self->pages, GUINT_TO_POINTER (index), page);
    }
  page->used = ++self->clock;
  return page;
}

static void
want_page (YejiEntryModel *self,
           guint           index)
{
  for (guint i = 0; i < self->wanted->len; i++)
    if (g_array_index (self->wanted, guint, i) == index)
      {
        g_array_remove_index (self->wanted, i);
        break;
      }
  g_array_append_val (self->wanted, index);
  if (self->wanted->len > MAX_WANTED)
    g_array_remove_index (self->wanted, 0);
  ask_next (self);
}

static GType
yeji_entry_model_get_item_type (GListModel *model)
{
  return YEJI_TYPE_ENTRY_ITEM;
}

static guint
yeji_entry_model_get_n_items (GListModel *model)
{
  return YEJI_ENTRY_MODEL (model)->n_items;
}

static gpointer
yeji_entry_model_get_item (GListModel *model,
                           guint       position)
{
  YejiEntryModel *self = YEJI_ENTRY_MODEL (model);
  Page *page;
  YejiEntryItem **item;

  if (position >= self->n_items)
    return NULL;
  page = ensure_page (self, position / YEJI_ENTRY_MODEL_PAGE);
  item = &page->items[position % YEJI_ENTRY_MODEL_PAGE];
  if (*item == NULL)
    *item = yeji_entry_item_new ();
  if (yeji_entry_item_get_entry (*item) == NULL)
    want_page (self, page->index);
  return g_object_ref (*item);
}

static void
yeji_entry_model_init_list (GListModelInterface *interface)
{
  interface->get_item_type = yeji_entry_model_get_item_type;
  interface->get_n_items = yeji_entry_model_get_n_items;
  interface->get_item = yeji_entry_model_get_item;
}

/* ---- Answers */

static const char *
peek_uuid (YejiEntryModel *self,
           guint           position)
{
  Page *page = find_page (self, position / YEJI_ENTRY_MODEL_PAGE);
  YejiEntryItem *item = page != NULL ? page->items[position % YEJI_ENTRY_MODEL_PAGE] : NULL;

  return item != NULL ? yeji_entry_item_get_uuid (item) : NULL;
}

static gboolean
equal_texts (YejiEntry *a,
             YejiEntry *b)
{
  return g_strcmp0 (yeji_entry_get_name (a), yeji_entry_get_name (b)) == 0
         && g_strcmp0 (yeji_entry_get_number (a), yeji_entry_get_number (b)) == 0
         && g_strcmp0 (yeji_entry_get_role (a), yeji_entry_get_role (b)) == 0
         && g_strcmp0 (yeji_entry_get_grade (a), yeji_entry_get_grade (b)) == 0
         && g_strcmp0 (yeji_entry_get_changed_at (a), yeji_entry_get_changed_at (b)) == 0
         && yeji_entry_get_state (a) == yeji_entry_get_state (b)
         && yeji_entry_get_n_errors (a) == yeji_entry_get_n_errors (b)
         && yeji_entry_get_n_warnings (a) == yeji_entry_get_n_warnings (b)
         && yeji_entry_get_n_documents (a) == yeji_entry_get_n_documents (b)
         && yeji_entry_get_n_received (a) == yeji_entry_get_n_received (b)
         && yeji_entry_is_checked (a) == yeji_entry_is_checked (b)
         && yeji_entry_get_completeness (a) == yeji_entry_get_completeness (b)
         && yeji_entry_get_outcome (a) == yeji_entry_get_outcome (b)
         && yeji_entry_get_n_slots (a) == yeji_entry_get_n_slots (b)
         && yeji_entry_get_n_filled_slots (a) == yeji_entry_get_n_filled_slots (b);
}

static void
set_entry (YejiEntryItem *item,
           YejiEntry     *entry)
{
  YejiEntry *before = yeji_entry_item_get_entry (item);

  if (before == NULL || g_strcmp0 (yeji_entry_get_uuid (before), yeji_entry_get_uuid (entry)) != 0
      || !equal_texts (before, entry))
    yeji_entry_item_set_entry (item, entry);
}

/* Fills rows in where they are. */
static void
fill_rows (YejiEntryModel *self,
           guint           first,
           GPtrArray      *entries)
{
  for (guint i = 0; i < entries->len && first + i < self->n_items; i++)
    {
      guint position = first + i;
      Page *page = ensure_page (self, position / YEJI_ENTRY_MODEL_PAGE);
      YejiEntryItem **item = &page->items[position % YEJI_ENTRY_MODEL_PAGE];

      if (*item == NULL)
        *item = yeji_entry_item_new ();
      set_entry (*item, g_ptr_array_index (entries, i));
      page->read = TRUE;
    }
}

/* The rows whose records are read anew, by record; the others are to be read again when they are
 * looked at. */
static GHashTable *
take_rows (YejiEntryModel *self)
{
  GHashTable *rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  GHashTableIter iter;
  gpointer page;

  g_hash_table_iter_init (&iter, self->pages);
  while (g_hash_table_iter_next (&iter, NULL, &page))
    for (guint i = 0; i < YEJI_ENTRY_MODEL_PAGE; i++)
      {
        YejiEntryItem *item = ((Page *) page)->items[i];
        const char *uuid = item != NULL ? yeji_entry_item_get_uuid (item) : NULL;

        if (uuid != NULL)
          g_hash_table_replace (rows, g_strdup (uuid), g_object_ref (item));
      }
  g_hash_table_remove_all (self->pages);
  return rows;
}

/* Puts the rows that are known to where they are now, and makes the others. */
static void
place_rows (YejiEntryModel *self,
            GHashTable     *rows,
            guint           first,
            GPtrArray      *entries)
{
  for (guint i = 0; i < entries->len && first + i < self->n_items; i++)
    {
      YejiEntry *entry = g_ptr_array_index (entries, i);
      guint position = first + i;
      Page *page = ensure_page (self, position / YEJI_ENTRY_MODEL_PAGE);
      YejiEntryItem *item = g_hash_table_lookup (rows, yeji_entry_get_uuid (entry));

      page->read = TRUE;
      page->items[position % YEJI_ENTRY_MODEL_PAGE] = item != NULL ? g_object_ref (item)
                                                                   : yeji_entry_item_new ();
      set_entry (page->items[position % YEJI_ENTRY_MODEL_PAGE], entry);
    }
}

/* Another query: everything is new. */
static void
replace_all (YejiEntryModel *self,
             const YejiLook *look)
{
  guint before = self->n_items;
  g_autoptr (GHashTable) rows = NULL;

  g_signal_emit (self, signals[CHANGING], 0);
  rows = take_rows (self);
  /* More than a page may be found; how many, is counted after the page is shown. */
  self->is_uncounted = look->n_found == G_MAXUINT && look->entries->len == YEJI_ENTRY_MODEL_PAGE;
  self->n_items = look->n_found != G_MAXUINT ? look->n_found : look->entries->len;
  g_array_set_size (self->wanted, 0);
  place_rows (self, rows, 0, look->entries);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->n_items);
}

static gboolean
is_same (YejiEntryModel *self,
         guint           position,
         YejiEntry      *entry)
{
  const char *uuid = peek_uuid (self, position);

  return uuid != NULL && g_str_equal (uuid, yeji_entry_get_uuid (entry));
}

/* Where the rows end that changed, of those that were there: behind it all is the same. The row at
 * a position is the one at position + growth now; after a great import that is beyond what was
 * read, and nothing is known of what follows. */
static guint
find_changed_end (YejiEntryModel *self,
                  const YejiLook *look,
                  guint           begin)
{
  gint64 growth = (gint64) look->n_found - self->n_items;
  guint new_end = MIN (look->n_found, look->first + look->entries->len);
  gint64 end = MIN (self->n_items, look->first + MAX_VISIBLE * YEJI_ENTRY_MODEL_PAGE);

  end = MIN (end, (gint64) new_end - growth);
  if (end < (gint64) begin)
    return self->n_items;
  while (end > begin && peek_uuid (self, (guint) end - 1) == NULL)
    end--;
  while (end > begin && end + growth > begin
         && is_same (self, (guint) end - 1,
                     g_ptr_array_index (look->entries, (guint) (end - 1 + growth) - look->first)))
    end--;
  return (guint) end;
}

/* What is on screen was read anew. Says only what moved, so that the view stays where it is: what
 * is the same at the beginning of the screen, and at its end, does not change. */
static void
replace_visible (YejiEntryModel *self,
                 const YejiLook *look)
{
  GPtrArray *entries = look->entries;
  gint64 growth = (gint64) look->n_found - self->n_items;
  guint first = MIN (look->first, look->n_found);
  guint new_end = MIN (look->n_found, look->first + entries->len);
  guint same = 0, removed, added;
  g_autoptr (GHashTable) rows = NULL;

  while (first + same < MIN (self->n_items, new_end)
         && is_same (self, first + same, g_ptr_array_index (entries, same)))
    same++;
  if (growth == 0 && first + same == new_end)
    {
      fill_rows (self, first, entries);
      return;
    }
  removed = find_changed_end (self, look, first + same) - (first + same);
  if ((gint64) removed + growth < 0)
    removed = (guint) -growth;
  added = (guint) ((gint64) removed + growth);

  g_signal_emit (self, signals[CHANGING], 0);
  rows = take_rows (self);
  self->n_items = look->n_found;
  place_rows (self, rows, first, entries);
  g_list_model_items_changed (G_LIST_MODEL (self), first + same, removed, added);
}

static void
take_count (YejiEntryModel *self,
            guint           n_found)
{
  guint before = self->n_items;

  self->is_uncounted = FALSE;
  if (n_found <= before)
    return;
  self->n_items = n_found;
  g_list_model_items_changed (G_LIST_MODEL (self), before, 0, n_found - before);
}

static void
take_answer (YejiEntryModel *self,
             Ask             asked,
             const YejiLook *look)
{
  if (look->n_all != G_MAXUINT)
    {
      self->n_all = look->n_all;
      g_array_set_size (self->counts, 0);
      g_array_append_vals (self->counts, look->counts->data, look->counts->len);
    }
  switch (asked)
    {
    case ASK_NEW:
      self->is_new = FALSE;
      replace_all (self, look);
      break;
    case ASK_AGAIN:
      self->is_uncounted = FALSE;
      replace_visible (self, look);
      break;
    case ASK_COUNT:
      take_count (self, look->n_found);
      break;
    case ASK_AROUND:
    case ASK_PAGE:
      fill_rows (self, look->first, look->entries);
      break;
    case ASK_NOTHING:
    default:
      g_assert_not_reached ();
    }
}

static void
on_looked (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (YejiEntryModel) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiLook) look = yeji_store_look_finish (YEJI_STORE (source), result, &error);
  gboolean given_up = g_cancellable_is_cancelled (self->cancellable);
  Ask asked = self->asked;

  self->asked = ASK_NOTHING;
  g_clear_object (&self->cancellable);
  if (look == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      && !g_error_matches (error, YEJI_DB_ERROR, YEJI_DB_ERROR_CLOSED))
    g_warning ("the records cannot be listed: %s", error->message);
  if (self->store == NULL || (look == NULL && !given_up))
    return;
  /* An answer that is asked anew already would only be shown for a moment. */
  if (!given_up)
    take_answer (self, asked, look);
  ask_next (self);
  if (!given_up)
    g_signal_emit (self, signals[ANSWERED], 0);
}

/* ---- Questions */

static void
ask (YejiEntryModel *self,
     Ask             what,
     guint           first,
     guint           n,
     gboolean        count,
     const char     *around)
{
  self->asked = what;
  self->asked_first = first;
  self->cancellable = g_cancellable_new ();
  yeji_store_look_async (self->store, &self->query, first, n, around, count,
                         (const YejiQuery *) (gpointer) self->filters->data, self->filters->len,
                         self->cancellable, on_looked, g_object_ref (self));
}

/* The page that was used last and what is on screen beside it. */
static guint
find_visible (YejiEntryModel *self,
              guint          *n)
{
  GHashTableIter iter;
  gpointer value;
  Page *last = NULL;
  guint begin, end;

  g_hash_table_iter_init (&iter, self->pages);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (last == NULL || (is_on_screen (value) && ((Page *) value)->used > last->used))
      last = value;
  begin = end = last != NULL ? last->index : 0;
  while (begin > 0 && end - begin + 1 < MAX_VISIBLE && find_page (self, begin - 1) != NULL
         && is_on_screen (find_page (self, begin - 1)))
    begin--;
  while (end - begin + 1 < MAX_VISIBLE && find_page (self, end + 1) != NULL
         && is_on_screen (find_page (self, end + 1)))
    end++;
  *n = (end - begin + 1) * YEJI_ENTRY_MODEL_PAGE;
  return begin * YEJI_ENTRY_MODEL_PAGE;
}

static void
ask_again (YejiEntryModel *self)
{
  guint n;
  guint first = find_visible (self, &n);

  self->is_stale = FALSE;
  ask (self, ASK_AGAIN, first, n, TRUE, NULL);
}

static void
ask_around (YejiEntryModel *self)
{
  g_autofree char *uuid = g_steal_pointer (&self->sought);

  ask (self, ASK_AROUND, 0, YEJI_ENTRY_MODEL_PAGE, FALSE, uuid);
}

static gboolean
ask_wanted (YejiEntryModel *self)
{
  while (self->wanted->len > 0)
    {
      guint index = g_array_index (self->wanted, guint, self->wanted->len - 1);
      Page *page = find_page (self, index);

      g_array_set_size (self->wanted, self->wanted->len - 1);
      /* Maybe it was read meanwhile, or let go of. */
      if (page == NULL || page->read || index * YEJI_ENTRY_MODEL_PAGE >= self->n_items)
        continue;
      ask (self, ASK_PAGE, index * YEJI_ENTRY_MODEL_PAGE, YEJI_ENTRY_MODEL_PAGE, FALSE, NULL);
      return TRUE;
    }
  return FALSE;
}

/* One question at a time, the most pressing first. */
static void
ask_next (YejiEntryModel *self)
{
  if (self->asked != ASK_NOTHING || self->store == NULL)
    return;
  if (self->is_new)
    {
      self->is_stale = FALSE;
      ask (self, ASK_NEW, 0, YEJI_ENTRY_MODEL_PAGE, self->query.text == NULL, NULL);
    }
  else if (self->sought != NULL)
    ask_around (self);
  else if (ask_wanted (self))
    return;
  else if (self->is_stale)
    ask_again (self);
  else if (self->is_uncounted)
    ask (self, ASK_COUNT, 0, 0, TRUE, NULL);
}

static void
yeji_entry_model_dispose (GObject *object)
{
  YejiEntryModel *self = YEJI_ENTRY_MODEL (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (yeji_entry_model_parent_class)->dispose (object);
}

static void
yeji_entry_model_finalize (GObject *object)
{
  YejiEntryModel *self = YEJI_ENTRY_MODEL (object);

  g_clear_object (&self->cancellable);
  g_hash_table_unref (self->pages);
  g_array_unref (self->filters);
  g_array_unref (self->counts);
  g_array_unref (self->wanted);
  g_free ((char *) self->query.text);
  g_free ((char *) self->query.role);
  g_free (self->sought);
  G_OBJECT_CLASS (yeji_entry_model_parent_class)->finalize (object);
}

static void
yeji_entry_model_class_init (YejiEntryModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = yeji_entry_model_dispose;
  object_class->finalize = yeji_entry_model_finalize;
  signals[CHANGING] = g_signal_new ("changing", YEJI_TYPE_ENTRY_MODEL, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
  signals[ANSWERED] = g_signal_new ("answered", YEJI_TYPE_ENTRY_MODEL, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
}

static void
yeji_entry_model_init (YejiEntryModel *self)
{
  self->pages = g_hash_table_new_full (NULL, NULL, NULL, free_page);
  self->filters = g_array_new (FALSE, FALSE, sizeof (YejiQuery));
  self->counts = g_array_new (FALSE, FALSE, sizeof (guint));
  self->wanted = g_array_new (FALSE, FALSE, sizeof (guint));
  self->query.states = YEJI_STATES_ALL;
  self->query.descending = TRUE;
}

/**
 * yeji_entry_model_new:
 * @filters: (array length=n_filters): what is counted at each answer
 *
 * Returns: (transfer full): an empty model of #YejiEntryItem
 */
YejiEntryModel *
yeji_entry_model_new (const YejiQuery *filters,
                      guint            n_filters)
{
  YejiEntryModel *self = g_object_new (YEJI_TYPE_ENTRY_MODEL, NULL);

  g_array_append_vals (self->filters, filters, n_filters);
  return self;
}

/**
 * yeji_entry_model_set_store:
 *
 * Begins to read. May be called once. What changes in the store is asked for by
 * yeji_entry_model_refresh().
 */
void
yeji_entry_model_set_store (YejiEntryModel *self,
                            YejiStore      *store)
{
  g_return_if_fail (YEJI_IS_ENTRY_MODEL (self));
  g_return_if_fail (self->store == NULL);

  self->store = g_object_ref (store);
  self->is_new = TRUE;
  ask_next (self);
}

gboolean
yeji_entry_model_has_store (YejiEntryModel *self)
{
  return self->store != NULL;
}

static gboolean
equal_queries (const YejiQuery *a,
               const YejiQuery *b)
{
  return g_strcmp0 (a->text, b->text) == 0 && a->states == b->states
         && a->with_errors == b->with_errors && a->sort == b->sort
         && a->descending == b->descending && g_strcmp0 (a->role, b->role) == 0
         && a->outcomes == b->outcomes;
}

/**
 * yeji_entry_model_set_query:
 *
 * Shows something else. What is shown stays until there is the first page of it; a question about
 * what was asked before is given up.
 */
void
yeji_entry_model_set_query (YejiEntryModel  *self,
                            const YejiQuery *query)
{
  char *text = query->text != NULL && *query->text != '\0' ? g_strdup (query->text) : NULL;
  YejiQuery next = *query;

  g_return_if_fail (YEJI_IS_ENTRY_MODEL (self));

  next.text = text;
  if (equal_queries (&next, &self->query))
    {
      g_free (text);
      return;
    }
  next.role = g_strdup (query->role);
  g_free ((char *) self->query.text);
  g_free ((char *) self->query.role);
  self->query = next;
  self->is_new = TRUE;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  ask_next (self);
}

const YejiQuery *
yeji_entry_model_get_query (YejiEntryModel *self)
{
  return &self->query;
}

/**
 * yeji_entry_model_refresh:
 *
 * The store changed: reads the counts and what is on screen anew, and nothing else.
 */
void
yeji_entry_model_refresh (YejiEntryModel *self)
{
  g_return_if_fail (YEJI_IS_ENTRY_MODEL (self));

  self->is_stale = TRUE;
  ask_next (self);
}

/**
 * yeji_entry_model_seek:
 *
 * Reads the page on which a record is, wherever that may be. yeji_entry_model_find() knows it after
 * the next answer.
 */
void
yeji_entry_model_seek (YejiEntryModel *self,
                       const char     *uuid)
{
  g_return_if_fail (YEJI_IS_ENTRY_MODEL (self));

  g_free (self->sought);
  self->sought = g_strdup (uuid);
  ask_next (self);
}

/**
 * yeji_entry_model_is_answered:
 *
 * Returns: whether what is shown is what the query means, and nothing changed since
 */
gboolean
yeji_entry_model_is_answered (YejiEntryModel *self)
{
  return self->store != NULL && !self->is_new && !self->is_stale
         && self->asked != ASK_NEW && self->asked != ASK_AGAIN;
}

/**
 * yeji_entry_model_find:
 *
 * Returns: the position of a record among those in memory, %G_MAXUINT if it is not there
 */
guint
yeji_entry_model_find (YejiEntryModel *self,
                       const char     *uuid)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->pages);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Page *page = value;

      for (guint i = 0; i < YEJI_ENTRY_MODEL_PAGE; i++)
        if (page->items[i] != NULL
            && g_strcmp0 (yeji_entry_item_get_uuid (page->items[i]), uuid) == 0)
          return page->index * YEJI_ENTRY_MODEL_PAGE + i;
    }
  return G_MAXUINT;
}

/**
 * yeji_entry_model_get_n_all:
 *
 * Returns: how many records there are, the bin included
 */
guint
yeji_entry_model_get_n_all (YejiEntryModel *self)
{
  return self->n_all;
}

/**
 * yeji_entry_model_get_count:
 *
 * Returns: how many records a filter means
 */
guint
yeji_entry_model_get_count (YejiEntryModel *self,
                            guint           filter)
{
  return filter < self->counts->len ? g_array_index (self->counts, guint, filter) : 0;
}

/**
 * yeji_entry_model_get_n_held:
 *
 * Returns: how many rows are in memory
 */
guint
yeji_entry_model_get_n_held (YejiEntryModel *self)
{
  GHashTableIter iter;
  gpointer value;
  guint n = 0;

  g_hash_table_iter_init (&iter, self->pages);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    for (guint i = 0; i < YEJI_ENTRY_MODEL_PAGE; i++)
      n += ((Page *) value)->items[i] != NULL ? 1 : 0;
  return n;
}
