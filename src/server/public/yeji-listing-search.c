// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-listing"

#include "config.h"

#include "yeji-listing-search.h"

#include <string.h>

#include "yeji-grams.h"

/* Nobody who finds a thousand counts them; who looks for nothing in particular is told from a table
 * that is kept. */
#define MAX_COUNTED 1000
/* Of a question of somebody who need not sign in. */
#define MAX_QUESTION 64
#define MAX_VALUE 32
#define MAX_PAGES 50

/* Where nothing is on its way, which is nearly always, no row is looked at for it. */
#define SEEN \
  " AND (NOT EXISTS (SELECT 1 FROM staging) OR NOT EXISTS (SELECT 1 FROM listing AS hidden" \
  "  WHERE hidden.id = listing_text.rowid AND hidden.batch IN (SELECT id FROM staging)))"

#define GONE "state IN ('revoked', 'withdrawn')"

/* The ids come first, so that nothing keeps the index from giving them in its own order. ?1 is the
 * match, ?2 the id to go on from, ?3 how many. */
#define MATCHED(beyond, order) \
  "SELECT " YEJI_LISTING_COLUMNS " FROM listing WHERE id IN (SELECT rowid FROM listing_text" \
  " WHERE listing_text MATCH ?1 AND rowid " beyond " ?2" SEEN \
  " ORDER BY rowid " order " LIMIT ?3)" \
  " ORDER BY id " order
#define UNMATCHED(beyond, order) \
  "SELECT " YEJI_LISTING_COLUMNS " FROM listing WHERE NOT " GONE " AND id " beyond " ?1" \
  " AND " YEJI_STAGING_SEEN ("listing") \
  " ORDER BY id " order " LIMIT ?2"
/* They are few, and no index holds their words. ?1 is the state, ?2 the text in lower case, ?3 the id
 * to go on from, ?4 how many, ?5 the beginning of the area. */
#define ENDED(beyond, order) \
  "SELECT " YEJI_LISTING_COLUMNS " FROM listing WHERE " GONE " AND state = ?1" \
  " AND (?2 = '' OR instr (lower (names || '\n' || enterprises || '\n' || numbers), ?2) > 0)" \
  " AND substr (area, 1, length (?5)) = ?5 AND id " beyond " ?3 ORDER BY id " order " LIMIT ?4"

/* Newest first, and oldest first. */
static const char * const matched[] = { MATCHED ("<", "DESC"), MATCHED (">", "ASC") };
static const char * const unmatched[] = { UNMATCHED ("<", "DESC"), UNMATCHED (">", "ASC") };
static const char * const ended[] = { ENDED ("<", "DESC"), ENDED (">", "ASC") };

static const char *
get_text (YejiRequest *request,
          const char  *name,
          gsize        longest)
{
  const char *value = yeji_request_get_query (request, name);

  return value != NULL && strlen (value) <= longest ? value : "";
}

static gint64
get_id (YejiRequest *request,
        const char  *name)
{
  const char *value = get_text (request, name, MAX_VALUE);
  gint64 id = 0;

  return g_ascii_string_to_signed (value, 10, 1, G_MAXINT64, &id, NULL) ? id : 0;
}

/**
 * yeji_listing_query_read:
 * @self: (out caller-allocates): good while @request lives
 *
 * Reads what an address looks for. A member that is longer than anything that can be meant is as
 * good as none.
 *
 * Returns: whether it can be asked: a text that is too long cannot
 */
gboolean
yeji_listing_query_read (YejiListingQuery  *self,
                         YejiServerContext *context,
                         YejiRequest       *request)
{
  const char *text = yeji_request_get_query (request, "q");

  self->text = text != NULL ? text : "";
  self->column = get_text (request, "in", MAX_VALUE);
  self->area = get_text (request, "area", MAX_VALUE);
  self->grade = get_text (request, "grade", MAX_VALUE);
  self->kind = get_text (request, "kind", MAX_VALUE);
  self->role = get_text (request, "role", MAX_VALUE);
  self->state = get_text (request, "state", MAX_VALUE);
  self->oldest_first = g_str_equal (get_text (request, "order", MAX_VALUE), "oldest");
  self->after = get_id (request, "after");
  self->before = self->after == 0 ? get_id (request, "before") : 0;
  self->patience = context->settings.search_milliseconds * G_GINT64_CONSTANT (1000);
  return g_utf8_strlen (self->text, -1) <= MAX_QUESTION;
}

/**
 * yeji_listing_query_is_blank:
 *
 * Returns: whether nothing in particular is looked for
 */
gboolean
yeji_listing_query_is_blank (const YejiListingQuery *self)
{
  return *self->text == '\0' && *self->area == '\0' && *self->grade == '\0' && *self->kind == '\0'
         && *self->role == '\0' && *self->state == '\0';
}

/* Words that are asked for by their windows go to @windows and @long_words, the others to @rest. */
static void
sort_words (const char *text,
            GString    *windows,
            GPtrArray  *long_words,
            GString    *rest)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  g_auto (GStrv) words = g_strsplit_set (normal != NULL ? normal : "", " \t\n\r\v\f", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *folded = yeji_grams_fold (words[i]);

      if (!yeji_listing_is_long (folded))
        {
          g_string_append_printf (rest, " %s", folded);
          continue;
        }
      yeji_listing_add_windows (windows, folded);
      g_ptr_array_add (long_words, g_steal_pointer (&folded));
    }
}

static gboolean
has_nothing (const char *text)
{
  g_autofree char *words = yeji_grams_make_match (text);

  return words != NULL && g_str_equal (words, YEJI_GRAMS_NOTHING);
}

/* (transfer full) (nullable): what the index is asked; NULL: for everything */
static char *
make_match (const YejiListingQuery *query,
            GPtrArray              *long_words)
{
  static const char * const columns[] = { "name", "enterprise", "number", NULL };
  g_autoptr (GString) rest = g_string_new (NULL);
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *phrases = NULL;
  GString *match = g_string_new (NULL);

  sort_words (query->text, words, long_words, rest);
  phrases = yeji_grams_make_match (rest->str);
  if (phrases != NULL)
    g_string_append_printf (words, "%s(%s)", words->len > 0 ? " AND " : "", phrases);
  if (words->len > 0 && g_strv_contains (columns, query->column))
    g_string_append_printf (match, "{%s} : (%s)", query->column, words->str);
  else if (words->len > 0)
    g_string_append_printf (match, "(%s)", words->str);
  yeji_listing_add_facet (match, "area", query->area);
  yeji_listing_add_facet (match, "grade", query->grade);
  yeji_listing_add_facet (match, "kind", query->kind);
  yeji_listing_add_facet (match, "role", query->role);
  yeji_listing_add_facet (match, "state", query->state);
  return g_string_free (match, match->len == 0);
}

/* The page as it was asked for, in one order or the other. */
typedef struct
{
  const YejiListingQuery *query;
  gboolean ascending;
  gint64 from;
  gint64 n;                    /* one more than a page, to see whether there is another */
} Way;

static Way
find_way (const YejiListingQuery *query)
{
  Way way = { query, query->oldest_first != (query->before != 0), 0, YEJI_LISTING_PAGE + 1 };

  if (query->after != 0 || query->before != 0)
    way.from = MAX (query->after, query->before);
  else
    way.from = way.ascending ? 0 : G_MAXINT64;
  return way;
}

static YejiRows *
find_gone (YejiSql     *sql,
           const Way   *way,
           GError     **error)
{
  const YejiListingQuery *query = way->query;
  g_autofree char *text = g_utf8_strdown (query->text, -1);
  g_autofree char *area = g_strdup (query->area);
  gsize length = strlen (area);

  while (length > 2 && area[length - 1] == '0' && area[length - 2] == '0')
    area[length -= 2] = '\0';
  return yeji_sql_query (sql, error, ended[way->ascending], "ssiis", query->state, g_strstrip (text),
                         way->from, way->n, area);
}

/* Rows of YEJI_LISTING_COLUMNS. */
static YejiRows *
find_rows (YejiSql     *sql,
           const Way   *way,
           const char  *match,
           GError     **error)
{
  if (yeji_listing_is_gone (way->query->state))
    return find_gone (sql, way, error);
  if (match == NULL)
    return yeji_sql_query (sql, error, unmatched[way->ascending], "ii", way->from, way->n);
  return yeji_sql_query (sql, error, matched[way->ascending], "sii", match, way->from, way->n);
}

static gboolean
count_into (YejiSql     *sql,
            const char  *statement,
            const char  *types,
            const char  *first,
            const char  *second,
            gint64      *n,
            GError     **error)
{
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error, statement, types, first, second);

  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  *n = yeji_rows_int (rows, 0);
  return TRUE;
}

/* What is kept by state and grade needs no search. */
static gboolean
is_kept (const YejiListingQuery *query)
{
  return *query->text == '\0' && *query->area == '\0' && *query->kind == '\0'
         && *query->role == '\0';
}

static gboolean
count (YejiSql                 *sql,
       const YejiListingQuery  *query,
       const char              *match,
       YejiListingPage         *page,
       GError                 **error)
{
  page->at_least = FALSE;
  if (is_kept (query))
    return count_into (sql,
                       "SELECT coalesce (sum (n), 0) FROM listing_count"
                       " WHERE (?2 = '' OR grade = ?2)"
                       " AND (state = ?1 OR (?1 = '' AND NOT " GONE "))", "ss", query->state,
                       query->grade, &page->total, error);
  if (page->previous == 0 && page->next == 0)
    {
      page->total = page->items->len;
      return TRUE;
    }
  if (match == NULL || yeji_listing_is_gone (query->state))
    {
      page->total = page->items->len;
      page->at_least = TRUE;
      return TRUE;
    }
  if (!count_into (sql,
                   "SELECT count (*) FROM (SELECT rowid FROM listing_text"
                   " WHERE listing_text MATCH ?1" SEEN " LIMIT " G_STRINGIFY (MAX_COUNTED) " + 1)",
                   "s", match, NULL, &page->total, error))
    return FALSE;
  page->at_least = page->total > MAX_COUNTED;
  page->total = MIN (page->total, MAX_COUNTED);
  return TRUE;
}

/* Says how to go on, and puts what was read backwards into the order of the page. */
static void
set_ways (const Way       *way,
          gboolean         more,
          YejiListingPage *page)
{
  gboolean back = way->query->before != 0;
  GPtrArray *items = page->items;

  for (guint i = 0; back && i < items->len / 2; i++)
    {
      gpointer first = items->pdata[i];

      items->pdata[i] = items->pdata[items->len - 1 - i];
      items->pdata[items->len - 1 - i] = first;
    }
  if (items->len == 0)
    return;
  if (back || more)
    page->next = ((YejiListing *) g_ptr_array_index (items, items->len - 1))->id;
  if (back ? more : way->query->after != 0)
    page->previous = ((YejiListing *) g_ptr_array_index (items, 0))->id;
}

/* A listing whose texts are its own. */
typedef struct
{
  YejiListing listing;
  GPtrArray *texts;
} Kept;

static void
free_kept (gpointer data)
{
  Kept *kept = data;

  g_ptr_array_unref (kept->texts);
  g_free (kept);
}

static Kept *
keep_row (YejiRows *rows)
{
  Kept *kept = g_new0 (Kept, 1);
  YejiListing *listing = &kept->listing;
  const char **texts[] = {
    &listing->uuid, &listing->state, &listing->grade, &listing->kind, &listing->role,
    &listing->area, &listing->number, &listing->name, &listing->enterprise, &listing->office,
    &listing->reviewer, &listing->at, &listing->system, &listing->names, &listing->enterprises,
    &listing->numbers,
  };

  kept->texts = g_ptr_array_new_with_free_func (g_free);
  yeji_listing_read (rows, listing);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      char *text = g_strdup (*texts[i]);

      g_ptr_array_add (kept->texts, text);
      *texts[i] = text;
    }
  return kept;
}

static gboolean
has_all (const YejiListing *listing,
         const char        *column,
         GPtrArray         *words)
{
  for (guint i = 0; i < words->len; i++)
    if (!yeji_listing_has (listing, column, g_ptr_array_index (words, i)))
      return FALSE;
  return TRUE;
}

static gboolean
read_page (YejiRows         *rows,
           const char       *column,
           GPtrArray        *long_words,
           YejiListingPage  *page,
           gint64           *last,
           gboolean         *more,
           GError          **error)
{
  g_autoptr (GError) local_error = NULL;
  guint n = 0;

  *more = FALSE;
  while (yeji_rows_next (rows, &local_error))
    {
      YejiListing listing;

      *more = n++ == YEJI_LISTING_PAGE;
      if (*more)
        break;
      yeji_listing_read (rows, &listing);
      *last = listing.id;
      if (has_all (&listing, column, long_words))
        g_ptr_array_add (page->items, keep_row (rows));
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
find (YejiSql          *sql,
      Way              *way,
      const char       *match,
      GPtrArray        *long_words,
      gboolean         *more,
      YejiListingPage  *page,
      GError          **error)
{
  g_autoptr (YejiRows) rows = NULL;

  /* Hardly ever is a page of what has all windows without the word. */
  for (guint i = 0; i == 0 || (*more && page->items->len == 0 && i < MAX_PAGES); i++)
    {
      g_clear_pointer (&rows, yeji_rows_free);
      rows = find_rows (sql, way, match, error);
      if (rows == NULL
          || !read_page (rows, way->query->column, long_words, page, &way->from, more, error))
        return FALSE;
    }
  return TRUE;
}

/* Somebody else wants to search, too: what was found by then is told. */
static gboolean
give_up (GError           *failure,
         YejiListingPage  *page,
         GError          **error)
{
  if (!g_error_matches (failure, YEJI_DB_ERROR, YEJI_DB_ERROR_GAVE_UP))
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  g_error_free (failure);
  page->gave_up = TRUE;
  page->at_least = TRUE;
  page->total = page->items->len;
  return TRUE;
}

static gboolean
search (YejiSql          *sql,
        Way              *way,
        YejiListingPage  *page,
        GError          **error)
{
  g_autoptr (GPtrArray) long_words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *match = make_match (way->query, long_words);
  gint64 from = way->from;
  gboolean more = FALSE;
  GError *failure = NULL;

  if (!find (sql, way, match, long_words, &more, page, &failure))
    {
      /* who goes on from there gets further each time */
      more = way->from != from;
      set_ways (way, more, page);
      if (more && page->items->len == 0 && way->query->before == 0)
        page->next = way->from;
      return give_up (failure, page, error);
    }
  set_ways (way, more, page);
  return count (sql, way->query, match, page, &failure) || give_up (failure, page, error);
}

/**
 * yeji_listing_search:
 * @page: (out caller-allocates): to be cleared with yeji_listing_page_clear(), be it found or not
 *
 * Looks for projects. It takes as long with a million as with a thousand, unless the words of a
 * question are common and hardly ever together: then it ends with what was found in the time that
 * @query allows.
 */
gboolean
yeji_listing_search (YejiSql                 *sql,
                     const YejiListingQuery  *query,
                     YejiListingPage         *page,
                     GError                 **error)
{
  Way way = find_way (query);
  gboolean done;

  *page = (YejiListingPage) { g_ptr_array_new_with_free_func (free_kept) };
  if (has_nothing (query->text))
    return TRUE;
  yeji_sql_set_patience (sql, query->patience);
  done = search (sql, &way, page, error);
  yeji_sql_set_patience (sql, 0);
  return done;
}

/**
 * yeji_listing_page_clear:
 *
 * Frees what was found, not @self.
 */
void
yeji_listing_page_clear (YejiListingPage *self)
{
  g_clear_pointer (&self->items, g_ptr_array_unref);
}
