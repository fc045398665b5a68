// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-listing"

#include "config.h"

/* The public page's search: the table "listing", and the contentless full text table
 * "listing_text" with the grams of names, enterprises and numbers, and with facets: words for what
 * one narrows a search by. So every search is one of words, and the index, read from its end, gives
 * the newest projects first and stops after a page of them, however many there are.
 *
 * A long word is a phrase of many common grams, and to follow them all takes long, such as for the
 * whole name of an enterprise. So every window of four characters is a token, too, and a long word
 * is asked for by some of its windows, and looked for in what comes.
 *
 * For that order a row's id is the day of `at`, and a count within that day. A contentless table
 * forgets a row only if it is told the same words again; they follow from the columns of "listing".
 */

#include "yeji-listing.h"

#include <stdio.h>
#include <string.h>

#include "yeji-grams.h"

/* Projects of one day; a whole system of declared projects may come on one. */
#define DAY (G_GINT64_CONSTANT (1) << 24)

#define FACET_AREA "fa"
#define FACET_GRADE "fg"
#define FACET_KIND "fk"
#define FACET_ROLE "fr"
#define FACET_STATE "fs"

#define WINDOW "e"
#define WINDOW_LENGTH 4
#define LONG_WORD 6

static const char *
read_text (YejiRows *rows,
           int       column)
{
  const char *text = yeji_rows_text (rows, column);

  return text != NULL ? text : "";
}

/**
 * yeji_listing_read:
 * @rows: of %YEJI_LISTING_COLUMNS
 * @listing: (out caller-allocates): good until the next step
 *
 * Reads a row.
 */
void
yeji_listing_read (YejiRows    *rows,
                   YejiListing *listing)
{
  const char **texts[] = {
    &listing->uuid, &listing->state, &listing->grade, &listing->kind, &listing->role,
    &listing->area, &listing->number, &listing->name, &listing->enterprise, &listing->office,
    &listing->reviewer, &listing->at, &listing->system, &listing->names, &listing->enterprises,
    &listing->numbers,
  };

  listing->id = yeji_rows_int (rows, 0);
  listing->batch = 0;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = read_text (rows, (int) i + 1);
  if (*listing->system == '\0')
    listing->system = NULL;
}

/**
 * yeji_listing_is_gone:
 *
 * Returns: whether nothing of a project in that state is shown but that it was there
 */
gboolean
yeji_listing_is_gone (const char *state)
{
  return g_str_equal (state, YEJI_LISTING_REVOKED) || g_str_equal (state, YEJI_LISTING_WITHDRAWN);
}

/* A facet is one token, whatever the value is. */
static void
add_facet (GString    *tokens,
           const char *facet,
           const char *value,
           gsize       length)
{
  if (tokens->len > 0 && tokens->str[tokens->len - 1] != '"')
    g_string_append_c (tokens, ' ');
  g_string_append (tokens, facet);
  for (gsize i = 0; i < length && value[i] != '\0'; i++)
    if (g_ascii_isalnum (value[i]))
      g_string_append_c (tokens, value[i]);
}

static char *
make_facets (const YejiListing *listing)
{
  GString *tokens = g_string_new (NULL);

  for (gsize length = 2; length <= 6 && length <= strlen (listing->area); length += 2)
    add_facet (tokens, FACET_AREA, listing->area, length);
  add_facet (tokens, FACET_GRADE, listing->grade, G_MAXSIZE);
  add_facet (tokens, FACET_KIND, listing->kind, G_MAXSIZE);
  add_facet (tokens, FACET_ROLE, listing->role, G_MAXSIZE);
  add_facet (tokens, FACET_STATE, listing->state, G_MAXSIZE);
  return g_string_free (tokens, FALSE);
}

static void
add_windows (GString    *tokens,
             GHashTable *seen,
             const char *text)
{
  g_autofree char *folded = yeji_grams_fold (text);
  glong length = g_utf8_strlen (folded, -1);
  const char *begin = folded;

  /* What has no Chinese character has windows among its grams. */
  if (length == (glong) strlen (folded))
    return;
  for (glong i = 0; i + WINDOW_LENGTH <= length; i++, begin = g_utf8_next_char (begin))
    {
      const char *end = g_utf8_offset_to_pointer (begin, WINDOW_LENGTH);
      char *window = g_strndup (begin, (gsize) (end - begin));

      if (g_hash_table_add (seen, window))
        g_string_append_printf (tokens, " " WINDOW "%s", window);
    }
}

/**
 * yeji_listing_is_long:
 * @word: folded
 *
 * Returns: whether a word is looked for by its windows
 */
gboolean
yeji_listing_is_long (const char *word)
{
  glong length = g_utf8_strlen (word, -1);

  return length >= LONG_WORD && length < (glong) strlen (word);
}

/**
 * yeji_listing_add_windows:
 * @match: a question for "listing_text"
 * @word: a long one, folded
 *
 * Asks for every second window of a word, and for its last one. What has them all has the word, but
 * for the odd one, in which they stand in another order.
 */
void
yeji_listing_add_windows (GString    *match,
                          const char *word)
{
  glong last = g_utf8_strlen (word, -1) - WINDOW_LENGTH;

  for (glong i = 0; i < last + 2; i += 2)
    {
      const char *begin = g_utf8_offset_to_pointer (word, MIN (i, last));
      const char *end = g_utf8_offset_to_pointer (begin, WINDOW_LENGTH);

      g_string_append_printf (match, "%s\"" WINDOW "%.*s\"", match->len > 0 ? " AND " : "",
                              (int) (end - begin), begin);
    }
}

/**
 * yeji_listing_has:
 * @column: `name`, `enterprise`, `number`, or anything else for all of them
 * @word: folded
 *
 * Returns: whether a text of the project has the word
 */
gboolean
yeji_listing_has (const YejiListing *self,
                  const char        *column,
                  const char        *word)
{
  static const char * const names[] = { "name", "enterprise", "number" };
  const char *columns[] = { self->names, self->enterprises, self->numbers };
  gboolean named = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    named = named || g_str_equal (column, names[i]);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_auto (GStrv) texts = NULL;

      if (named && !g_str_equal (column, names[i]))
        continue;
      texts = g_strsplit (columns[i], "\n", -1);
      for (guint j = 0; texts[j] != NULL; j++)
        {
          g_autofree char *folded = yeji_grams_fold (texts[j]);

          if (strstr (folded, word) != NULL)
            return TRUE;
        }
    }
  return FALSE;
}

static const struct
{
  const char *name;
  const char *facet;
} facets[] = {
  { "area", FACET_AREA },
  { "grade", FACET_GRADE },
  { "kind", FACET_KIND },
  { "role", FACET_ROLE },
  { "state", FACET_STATE },
};

/**
 * yeji_listing_add_facet:
 * @match: a question for "listing_text"
 * @facet: `area`, `grade`, `kind`, `role` or `state`
 * @value: 2201 and 220100 stand for everything below 2201
 *
 * Narrows a search down to the projects with a value, if it is not empty.
 */
void
yeji_listing_add_facet (GString    *match,
                        const char *facet,
                        const char *value)
{
  gsize length = strlen (value);
  guint i = 0;

  if (length == 0)
    return;
  while (!g_str_equal (facets[i].name, facet))
    g_assert (++i < G_N_ELEMENTS (facets));
  if (g_str_equal (facet, "area"))
    while (length > 2 && value[length - 1] == '0' && value[length - 2] == '0')
      length -= 2;
  g_string_append (match, match->len > 0 ? " AND \"" : "\"");
  add_facet (match, facets[i].facet, value, length);
  g_string_append_c (match, '"');
}

static char *
make_grams (const char *lines)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) texts = g_strsplit (lines, "\n", -1);
  g_autofree char *tokens = NULL;
  YejiGrams *grams = yeji_grams_new ();
  GString *all;

  for (guint i = 0; texts[i] != NULL; i++)
    yeji_grams_add (grams, texts[i]);
  tokens = yeji_grams_end (grams);
  all = g_string_new (tokens);
  for (guint i = 0; texts[i] != NULL; i++)
    add_windows (all, seen, texts[i]);
  return g_string_free (all, FALSE);
}

static gboolean
run_on_index (YejiSql            *sql,
              const char         *statement,
              const YejiListing  *listing,
              GError            **error)
{
  g_autofree char *names = make_grams (listing->names);
  g_autofree char *enterprises = make_grams (listing->enterprises);
  g_autofree char *numbers = make_grams (listing->numbers);
  g_autofree char *facet = make_facets (listing);

  return yeji_sql_exec (sql, error, statement, "issss", listing->id, names, enterprises, numbers,
                        facet);
}

/* Takes what is in the index of a project out of it; FALSE with @error. */
static gboolean
take_out (YejiSql     *sql,
          const char  *uuid,
          GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT " YEJI_LISTING_COLUMNS
                                              " FROM listing WHERE uuid = ?1", "s", uuid);
  YejiListing listing;

  if (rows == NULL)
    return FALSE;
  if (!yeji_rows_next (rows, &local_error))
    {
      if (local_error == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  yeji_listing_read (rows, &listing);
  return yeji_listing_is_gone (listing.state)
         || run_on_index (sql,
                          "INSERT INTO listing_text (listing_text, rowid, name, enterprise, number,"
                          " facet) VALUES ('delete', ?1, ?2, ?3, ?4, ?5)", &listing, error);
}

/* The day that a time is of, counted from the year 1; what is none is the first one. */
static gint64
get_day (const char *at)
{
  g_autofree char *text = g_strndup (at, 10);
  GDate date;
  guint year, month, day;

  if (sscanf (text, "%4u-%2u-%2u", &year, &month, &day) != 3 || year > 9999 || month > 12
      || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return 1;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return g_date_get_julian (&date);
}

static gboolean
give_id (YejiSql      *sql,
         YejiListing  *listing,
         GError      **error)
{
  gint64 first = get_day (listing->at) * DAY;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT coalesce (max (id), ?1 - 1) + 1 FROM listing"
                                              " WHERE id BETWEEN ?1 AND ?2", "ii", first,
                                              first + DAY - 1);

  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  listing->id = yeji_rows_int (rows, 0);
  return TRUE;
}

/**
 * yeji_listing_put:
 * @listing: its id is not read
 *
 * Puts a project into the search, in place of what was there of it.
 */
gboolean
yeji_listing_put (YejiSql            *sql,
                  const YejiListing  *listing,
                  GError            **error)
{
  YejiListing placed = *listing;

  if (!yeji_listing_remove (sql, listing->uuid, error) || !give_id (sql, &placed, error))
    return FALSE;
  if (!yeji_sql_exec (sql, error,
                      "INSERT INTO listing (" YEJI_LISTING_COLUMNS ", batch) VALUES (?1, ?2, ?3, ?4,"
                      " ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,"
                      " nullif (?18, 0))",
                      "issssssssssssssssi", placed.id, placed.uuid, placed.state, placed.grade,
                      placed.kind, placed.role, placed.area, placed.number, placed.name,
                      placed.enterprise, placed.office, placed.reviewer, placed.at, placed.system,
                      placed.names, placed.enterprises, placed.numbers, placed.batch))
    return FALSE;
  return yeji_listing_is_gone (placed.state)
         || run_on_index (sql,
                          "INSERT INTO listing_text (rowid, name, enterprise, number, facet)"
                          " VALUES (?1, ?2, ?3, ?4, ?5)", &placed, error);
}

/**
 * yeji_listing_end:
 * @state: one of a project that is gone
 *
 * Takes a project out of the search; that it was there can still be found out.
 */
gboolean
yeji_listing_end (YejiSql     *sql,
                  const char  *uuid,
                  const char  *state,
                  GError     **error)
{
  g_return_val_if_fail (yeji_listing_is_gone (state), FALSE);

  return take_out (sql, uuid, error)
         && yeji_sql_exec (sql, error, "UPDATE listing SET state = ?2 WHERE uuid = ?1", "ss", uuid,
                           state);
}

/**
 * yeji_listing_remove:
 *
 * Forgets a project, if there is one.
 */
gboolean
yeji_listing_remove (YejiSql     *sql,
                     const char  *uuid,
                     GError     **error)
{
  return take_out (sql, uuid, error)
         && yeji_sql_exec (sql, error, "DELETE FROM listing WHERE uuid = ?1", "s", uuid);
}
