// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-query.h"

#include "yeji-grams.h"
#include "yeji-store-index.h"
#include "yeji-store-private.h"

/* The parameters of every statement that filters: ?1 states, ?2 errors, ?3 role, ?4 outcomes, ?5
 * limit, ?6 offset, and ?7 where a text is looked for. The indexes record_by_change and
 * record_by_name hold all that it asks of a record, so that the long rows need not be read to be
 * passed over. */
#define FILTER \
  "((?1 >> (%s)) & 1) <> 0 AND (?2 = 0 OR r.n_errors > 0) AND (?3 IS NULL OR r.role = ?3)" \
  " AND (?4 = 0 OR ((?4 >> (coalesce (r.outcome, -1) + 1)) & 1) <> 0)"

/* What the index finds leads to its record. */
#define FOUND \
  "search CROSS JOIN search_doc d ON d.id = search.rowid CROSS JOIN record r ON r.uuid = d.record"

/* What a sort looks at first, and then, both in its direction. What is sorted without an index ends
 * with the newest change. */
static const struct
{
  const char *key;             /* (nullable): the state */
  const char *second;          /* (nullable) */
} orders[N_YEJI_SORTS] = {
  [YEJI_SORT_CHANGED] = { "r.changed_at", "r.uuid" },
  [YEJI_SORT_NAME] = { "r.sort_name", "r.uuid" },
  [YEJI_SORT_ROLE] = { "r.role", NULL },
  [YEJI_SORT_STATE] = { NULL, NULL },
  [YEJI_SORT_PROBLEMS] = { "coalesce (r.n_errors, 0)", "coalesce (r.n_warnings, 0)" },
  [YEJI_SORT_DOCUMENTS] = { "(SELECT count (*) FROM attachment a WHERE a.record = r.uuid"
                            " AND a.removed_at IS NULL)", NULL },
  [YEJI_SORT_GRADE] = { "r.grade", NULL },
  [YEJI_SORT_COMPLETENESS] = { "r.completeness", NULL },
  [YEJI_SORT_EXPECTED] = { "r.outcome", "r.completeness" },
  [YEJI_SORT_REMOVED] = { "r.removed_at", NULL },
};

/* What yeji_entry_get_outcome() can say, from -1 on. */
#define N_OUTCOMES (YEJI_FACTS_BEST_OUTCOME + 2)

/* How many records of a role there are of each state, with errors and without, of each outcome. */
typedef struct
{
  const char *role;            /* interned */
  guint n[N_YEJI_STATES][2][N_OUTCOMES];
} Tally;

typedef struct
{
  YejiStore *store;            /* (unowned): it waits for its database */
  YejiDbFunc func;
  YejiQuery query;             /* its text is owned, its role interned */
  char *match;                 /* (nullable): what the text asks of the index */
  guint first;
  guint n;
  char *around;                /* (nullable) */
  gboolean count;
  GArray *filters;             /* (element-type YejiQuery) without texts; roles are interned */
  GCancellable *cancellable;
  GStrv uuids;
  YejiLook *look;
  gboolean answered;           /* by a transaction that was then undone */
} Ask;

static void
free_ask (gpointer data)
{
  Ask *ask = data;

  g_free ((char *) ask->query.text);
  g_free (ask->match);
  g_free (ask->around);
  g_clear_pointer (&ask->filters, g_array_unref);
  g_clear_object (&ask->cancellable);
  g_clear_pointer (&ask->uuids, g_strfreev);
  g_clear_pointer (&ask->look, yeji_look_free);
  g_free (ask);
}

static Ask *
new_ask (YejiStore       *store,
         YejiDbFunc       func,
         const YejiQuery *query,
         guint            first,
         guint            n)
{
  Ask *ask = g_new0 (Ask, 1);

  ask->store = store;
  ask->func = func;
  ask->query = *query;
  ask->query.text = g_strdup (query->text);
  ask->query.role = g_intern_string (query->role);
  ask->match = query->text != NULL ? yeji_grams_make_match (query->text) : NULL;
  ask->first = first;
  ask->n = n;
  ask->filters = g_array_new (FALSE, FALSE, sizeof (YejiQuery));
  return ask;
}

static void
add_filters (Ask             *ask,
             const YejiQuery *filters,
             guint            n_filters)
{
  for (guint i = 0; i < n_filters; i++)
    {
      YejiQuery filter = filters[i];

      filter.text = NULL;
      filter.role = g_intern_string (filter.role);
      g_array_append_val (ask->filters, filter);
    }
}

/* What was found has the order of the index, which is that of the changes: that is not sorted. */
static char *
make_order_sql (const YejiQuery *query,
                const char      *state,
                gboolean         found)
{
  const char *direction = query->descending ? "DESC" : "ASC";
  const char *key = orders[query->sort].key;
  const char *second = orders[query->sort].second;
  GString *sql = g_string_new (NULL);

  if (found && query->sort == YEJI_SORT_CHANGED)
    g_string_append_printf (sql, "search.rowid %s", direction);
  else
    {
      g_string_append_printf (sql, "%s %s", key != NULL ? key : state, direction);
      if (second != NULL)
        g_string_append_printf (sql, ", %s %s", second, direction);
      if (query->sort != YEJI_SORT_CHANGED && query->sort != YEJI_SORT_NAME)
        g_string_append (sql, ", r.changed_at DESC, r.uuid DESC");
    }
  return g_string_free (sql, FALSE);
}

static char *
make_page_sql (const YejiQuery *query,
               const char      *columns,
               gboolean         found)
{
  g_autofree char *state = yeji_entry_make_state_sql (TRUE);
  g_autofree char *filter = g_strdup_printf (FILTER, state);
  g_autofree char *order = make_order_sql (query, state, found);

  return g_strdup_printf ("SELECT %s FROM %s WHERE %s%s ORDER BY %s LIMIT ?5 OFFSET ?6", columns,
                          found ? FOUND : "record r", found ? "search MATCH ?7 AND " : "", filter,
                          order);
}

/**
 * yeji_query_run: (skip)
 * @match: (nullable): what the query's text asks of the index, as yeji_grams_make_match() says
 * @columns: SQL, of the record r
 *
 * Reads what a query means, on the database's thread.
 */
YejiRows *
yeji_query_run (YejiSql          *sql,
                const YejiQuery  *query,
                const char       *match,
                const char       *columns,
                guint             first,
                guint             n,
                GError          **error)
{
  g_autofree char *statement = make_page_sql (query, columns, match != NULL);

  return yeji_sql_query (sql, error, statement, match != NULL ? "iisiiis" : "iisiii",
                         (gint64) query->states, (gint64) query->with_errors, query->role,
                         (gint64) query->outcomes, (gint64) n, (gint64) first, match);
}

static GStrv
read_uuids (Ask      *ask,
            YejiSql  *sql,
            GError  **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_query_run (sql, &ask->query, ask->match, "r.uuid", ask->first, ask->n, error);
  if (rows == NULL)
    return NULL;
  while (yeji_rows_next (rows, &local_error))
    g_strv_builder_add (builder, yeji_rows_text (rows, 0));
  if (local_error == NULL)
    return g_strv_builder_end (builder);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/* Counts down to the record: there is no key that all orders have in common. */
static gboolean
find_page (Ask      *ask,
           YejiSql  *sql,
           GError  **error)
{
  guint n = ask->n, first = ask->first;
  g_auto (GStrv) uuids = NULL;

  ask->n = G_MAXUINT;
  ask->first = 0;
  uuids = read_uuids (ask, sql, error);
  ask->n = n;
  ask->first = first;
  if (uuids == NULL)
    return FALSE;
  for (guint i = 0; uuids[i] != NULL; i++)
    if (g_str_equal (uuids[i], ask->around))
      {
        ask->first = i - i % MAX (n, 1);
        break;
      }
  return TRUE;
}

static GPtrArray *
read_entries (Ask      *ask,
              YejiSql  *sql,
              GError  **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (GStrv) uuids = read_uuids (ask, sql, error);

  if (uuids == NULL)
    return NULL;
  for (guint i = 0; uuids[i] != NULL; i++)
    {
      YejiEntry *entry = yeji_entry_read (sql, uuids[i], error);

      if (entry == NULL)
        return NULL;
      g_ptr_array_add (entries, entry);
    }
  return g_steal_pointer (&entries);
}

static Tally *
find_tally (GArray     *tallies,
            const char *role)
{
  Tally new_tally = { g_intern_string (role) };

  for (guint i = 0; i < tallies->len; i++)
    if (g_array_index (tallies, Tally, i).role == new_tally.role)
      return &g_array_index (tallies, Tally, i);
  g_array_append_val (tallies, new_tally);
  return &g_array_index (tallies, Tally, tallies->len - 1);
}

/* Counts from an index by what is stored, and puts those that wait to be sent, which are few, from
 * where they would be to where they are. */
static GArray *
read_tallies (YejiSql  *sql,
              GError  **error)
{
  g_autofree char *state = yeji_entry_make_state_sql (TRUE);
  g_autofree char *stored = yeji_entry_make_state_sql (FALSE);
  g_autofree char *statement = NULL;
  g_autoptr (GArray) tallies = g_array_new (FALSE, FALSE, sizeof (Tally));
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  statement = g_strdup_printf ("SELECT %s, coalesce (r.n_errors > 0, 0), count (*), r.role,"
                               " coalesce (r.outcome, -1) FROM record r"
                               " GROUP BY r.removed_at, r.server_state, r.n_errors, r.role,"
                               "  r.outcome"
                               " UNION ALL SELECT %s, coalesce (r.n_errors > 0, 0), -1, r.role,"
                               " coalesce (r.outcome, -1) FROM"
                               " (SELECT DISTINCT uuid FROM outbox) q JOIN record r USING (uuid)"
                               " UNION ALL SELECT %s, coalesce (r.n_errors > 0, 0), 1, r.role,"
                               " coalesce (r.outcome, -1) FROM"
                               " (SELECT DISTINCT uuid FROM outbox) q JOIN record r USING (uuid)",
                               stored, stored, state);
  rows = yeji_sql_query (sql, error, statement, "");
  if (rows == NULL)
    return NULL;
  while (yeji_rows_next (rows, &local_error))
    {
      Tally *tally = find_tally (tallies, yeji_rows_text (rows, 3));
      gint64 outcome = yeji_rows_int (rows, 4) + 1;

      if (outcome < 0 || outcome >= N_OUTCOMES)
        outcome = 0;
      tally->n[yeji_rows_int (rows, 0)][yeji_rows_int (rows, 1)][outcome]
        += (guint) yeji_rows_int (rows, 2);
    }
  if (local_error == NULL)
    return g_steal_pointer (&tallies);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static guint
sum_tally (const Tally     *tally,
           const YejiQuery *filter)
{
  guint sum = 0;

  for (guint i = 0; i < N_YEJI_STATES; i++)
    for (guint j = filter->with_errors; j < 2; j++)
      for (guint k = 0; k < N_OUTCOMES; k++)
        if ((filter->states & YEJI_STATE_BIT (i)) != 0
            && (filter->outcomes == 0 || (filter->outcomes & 1u << k) != 0))
          sum += tally->n[i][j][k];
  return sum;
}

static guint
sum_tallies (GArray          *tallies,
             const YejiQuery *filter)
{
  guint sum = 0;

  for (guint i = 0; i < tallies->len; i++)
    {
      const Tally *tally = &g_array_index (tallies, Tally, i);

      if (filter->role == NULL || g_str_equal (filter->role, tally->role))
        sum += sum_tally (tally, filter);
    }
  return sum;
}

/* The index alone counts fast. Where the filter leaves something out, each record must be looked
 * at, which is done for so many only. */
static gboolean
count_found (Ask      *ask,
             YejiSql  *sql,
             gboolean  means_all,
             guint    *n,
             GError  **error)
{
  const YejiQuery *query = &ask->query;
  g_autofree char *state = yeji_entry_make_state_sql (TRUE);
  g_autofree char *filter = g_strdup_printf (FILTER, state);
  g_autofree char *statement = NULL;
  g_autoptr (YejiRows) rows = NULL;

  statement = g_strdup_printf ("SELECT count (*) FROM (SELECT 1 FROM " FOUND
                               " WHERE search MATCH ?5 AND %s LIMIT ?6)", filter);
  if (means_all)
    rows = yeji_sql_query (sql, error, "SELECT count (*) FROM search WHERE search MATCH ?1", "s",
                           ask->match);
  else
    rows = yeji_sql_query (sql, error, statement, "iisisi", (gint64) query->states,
                           (gint64) query->with_errors, query->role, (gint64) query->outcomes,
                           ask->match, (gint64) YEJI_QUERY_MAX_FOUND);
  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  *n = (guint) yeji_rows_int (rows, 0);
  return TRUE;
}

static gboolean
read_counts (Ask      *ask,
             YejiSql  *sql,
             GError  **error)
{
  YejiLook *look = ask->look;
  const YejiQuery all = { NULL, YEJI_STATES_ALL };
  g_autoptr (GArray) tallies = NULL;

  look->n_found = G_MAXUINT;
  look->n_all = G_MAXUINT;
  if (!ask->count)
    return TRUE;
  tallies = read_tallies (sql, error);
  if (tallies == NULL)
    return FALSE;
  look->n_all = sum_tallies (tallies, &all);
  for (guint i = 0; i < ask->filters->len; i++)
    {
      guint count = sum_tallies (tallies, &g_array_index (ask->filters, YejiQuery, i));

      g_array_append_val (look->counts, count);
    }
  look->n_found = sum_tallies (tallies, &ask->query);
  return ask->match == NULL
    || count_found (ask, sql, look->n_found == look->n_all, &look->n_found, error);
}

static gboolean
run_look (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Ask *ask = data;

  if (ask->around != NULL && !find_page (ask, sql, error))
    return FALSE;
  ask->look = g_new0 (YejiLook, 1);
  ask->look->first = ask->first;
  ask->look->counts = g_array_new (FALSE, FALSE, sizeof (guint));
  ask->look->entries = read_entries (ask, sql, error);
  return ask->look->entries != NULL && read_counts (ask, sql, error);
}

static gboolean
run_uuids (YejiSql   *sql,
           gpointer   data,
           GError   **error)
{
  Ask *ask = data;

  ask->uuids = read_uuids (ask, sql, error);
  return ask->uuids != NULL;
}

/* A text is looked for when what was saved is indexed, by a transaction of its own. Where that one
 * had no room on the disk, it is indexed for this look alone and taken back: to look needs none. */
static gboolean
run_ask (YejiSql   *sql,
         gpointer   data,
         GError   **error)
{
  Ask *ask = data;

  /* Who was asked for something newer meanwhile does not wait for this. */
  if (g_cancellable_set_error_if_cancelled (ask->cancellable, error))
    return FALSE;
  if (ask->match == NULL || !yeji_store_has_waiting (sql))
    return ask->func (sql, ask, error);
  yeji_store_index_waiting (sql, ask->store, NULL);
  if (!ask->func (sql, ask, error))
    return FALSE;
  ask->answered = TRUE;
  g_set_error_literal (error, YEJI_DB_ERROR, YEJI_DB_ERROR_FULL, "the index is not kept");
  return FALSE;
}

/* That what was saved cannot be indexed is no reason not to look. */
static gboolean
run_blocking (Ask     *ask,
              GError **error)
{
  YejiDb *db = yeji_store_get_db (ask->store);
  g_autoptr (GError) reason = NULL;

  if (ask->match != NULL && !yeji_db_run (db, yeji_store_index_waiting, ask->store, &reason))
    g_message ("what was saved last is not indexed: %s", reason->message);
  g_clear_error (&reason);
  if (yeji_db_run (db, run_ask, ask, &reason) || ask->answered)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

static void
on_indexed (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (YejiStore) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!yeji_db_run_finish (YEJI_DB (source), result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("what was saved last is not indexed: %s", error->message);
}

/* @ask: (transfer full) */
static void
start (Ask                 *ask,
       gpointer             source_tag,
       GCancellable        *cancellable,
       GAsyncReadyCallback  on_done,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  YejiStore *store = ask->store;

  g_set_object (&ask->cancellable, cancellable);
  if (ask->match != NULL)
    yeji_db_run_async (yeji_store_get_db (store), yeji_store_index_waiting, store, NULL,
                       cancellable, on_indexed, g_object_ref (store));
  yeji_store_start (store, run_ask, ask, free_ask, source_tag, cancellable, on_done, callback,
                    user_data);
}

static gboolean
finish (GObject       *source,
        GAsyncResult  *result,
        const Ask     *ask,
        GError       **error)
{
  g_autoptr (GError) reason = NULL;

  if (yeji_db_run_finish (YEJI_DB (source), result, &reason) || ask->answered)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

static void
on_looked (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Ask *ask = g_task_get_task_data (task);
  GError *error = NULL;

  if (finish (source, result, ask, &error))
    g_task_return_pointer (task, g_steal_pointer (&ask->look), (GDestroyNotify) yeji_look_free);
  else
    g_task_return_error (task, error);
}

static void
on_uuids_read (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Ask *ask = g_task_get_task_data (task);
  GError *error = NULL;

  if (finish (source, result, ask, &error))
    g_task_return_pointer (task, g_steal_pointer (&ask->uuids), (GDestroyNotify) g_strfreev);
  else
    g_task_return_error (task, error);
}

void
yeji_look_free (YejiLook *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->counts, g_array_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_free (self);
}

/**
 * yeji_store_query:
 *
 * Reads a page of what a query means. Blocks.
 *
 * Returns: (transfer full) (nullable) (element-type YejiEntry): up to @n entries from the one at
 *   @first on
 */
GPtrArray *
yeji_store_query (YejiStore        *self,
                  const YejiQuery  *query,
                  guint             first,
                  guint             n,
                  GError          **error)
{
  Ask *ask;
  GPtrArray *entries = NULL;

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);
  g_return_val_if_fail (query->sort < N_YEJI_SORTS, NULL);

  ask = new_ask (self, run_look, query, first, n);
  if (run_blocking (ask, error))
    entries = g_steal_pointer (&ask->look->entries);
  free_ask (ask);
  return entries;
}

/**
 * yeji_store_query_count:
 * @n: (out): how many records a query means
 *
 * Counts. Blocks.
 */
gboolean
yeji_store_query_count (YejiStore        *self,
                        const YejiQuery  *query,
                        guint            *n,
                        GError          **error)
{
  Ask *ask;
  gboolean counted;

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);

  ask = new_ask (self, run_look, query, 0, 0);
  ask->count = TRUE;
  counted = run_blocking (ask, error);
  if (counted)
    *n = ask->look->n_found;
  free_ask (ask);
  return counted;
}

/**
 * yeji_store_query_uuids:
 *
 * Reads which records a page has. Blocks.
 *
 * Returns: (transfer full) (nullable): uuids in the order of the query
 */
GStrv
yeji_store_query_uuids (YejiStore        *self,
                        const YejiQuery  *query,
                        guint             first,
                        guint             n,
                        GError          **error)
{
  Ask *ask;
  GStrv uuids = NULL;

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);
  g_return_val_if_fail (query->sort < N_YEJI_SORTS, NULL);

  ask = new_ask (self, run_uuids, query, first, n);
  if (run_blocking (ask, error))
    uuids = g_steal_pointer (&ask->uuids);
  free_ask (ask);
  return uuids;
}

/**
 * yeji_store_count_filters:
 * @filters: (array length=n_filters): their texts are not looked at
 *
 * Counts for all of them in one statement. Blocks.
 *
 * Returns: (transfer full) (nullable) (element-type guint): how many records each means
 */
GArray *
yeji_store_count_filters (YejiStore        *self,
                          const YejiQuery  *filters,
                          guint             n_filters,
                          GError          **error)
{
  const YejiQuery nothing = { NULL };
  Ask *ask;
  GArray *counts = NULL;

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);

  ask = new_ask (self, run_look, &nothing, 0, 0);
  ask->count = TRUE;
  add_filters (ask, filters, n_filters);
  if (run_blocking (ask, error))
    counts = g_steal_pointer (&ask->look->counts);
  free_ask (ask);
  return counts;
}

/**
 * yeji_store_look_async:
 * @around: (nullable): a record whose page is wanted, rather than the one that begins at @first; if
 *     the query does not mean it, that one all the same
 * @count: whether to count what the query and the filters mean; for a text that many records have
 *     this takes longer than a page
 * @filters: (array length=n_filters): their texts are not looked at
 *
 * Reads a page of what a query means, in one transaction with the counts. A look that is cancelled
 * before it is its turn costs nothing.
 */
void
yeji_store_look_async (YejiStore           *self,
                       const YejiQuery     *query,
                       guint                first,
                       guint                n,
                       const char          *around,
                       gboolean             count,
                       const YejiQuery     *filters,
                       guint                n_filters,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  Ask *ask;

  g_return_if_fail (YEJI_IS_STORE (self));
  g_return_if_fail (query->sort < N_YEJI_SORTS);

  ask = new_ask (self, run_look, query, first, n);
  ask->around = g_strdup (around);
  ask->count = count;
  add_filters (ask, filters, n_filters);
  start (ask, yeji_store_look_async, cancellable, on_looked, callback, user_data);
}

/**
 * yeji_store_look_finish:
 *
 * Returns: (transfer full) (nullable): what was asked for
 */
YejiLook *
yeji_store_look_finish (YejiStore     *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
yeji_store_query_uuids_async (YejiStore           *self,
                              const YejiQuery     *query,
                              guint                first,
                              guint                n,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  Ask *ask;

  g_return_if_fail (YEJI_IS_STORE (self));
  g_return_if_fail (query->sort < N_YEJI_SORTS);

  ask = new_ask (self, run_uuids, query, first, n);
  start (ask, yeji_store_query_uuids_async, cancellable, on_uuids_read, callback, user_data);
}

GStrv
yeji_store_query_uuids_finish (YejiStore     *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
