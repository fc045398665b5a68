// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* What is said of an import, for people and for programs. Lines are printed as they are read: there
 * may be a hundred thousand. */

#define G_LOG_DOMAIN "yeji-legacy"

#include "config.h"

#include "yeji-legacy-report.h"

#include <glib/gi18n.h>

#include "yeji-json.h"
#include "yeji-legacy-judge.h"

/* On the terminal; programs are told all. */
#define MAX_PRINTED 20

typedef struct
{
  YejiLegacyCounts *counts;
  GString *grades;             /* "A 3, B 2" */
} Count;

static gboolean
run_count (YejiSql   *sql,
           gpointer   data,
           GError   **error)
{
  Count *count = data;
  YejiLegacyCounts *counts = count->counts;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT taken, count (*) FROM record"
                                              " GROUP BY taken ORDER BY taken", "");
  const struct
  {
    const char *taken;
    gint64 *n;
  } others[] = {
    { YEJI_LEGACY_TAKEN_PENDING, &counts->pending },
    { YEJI_LEGACY_TAKEN_REFUSED, &counts->refused }, { YEJI_LEGACY_TAKEN_KNOWN, &counts->known },
  };

  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &local_error))
    {
      const char *taken = yeji_rows_text (rows, 0);
      const gint64 n = yeji_rows_int (rows, 1);
      gboolean found = FALSE;

      counts->total += n;
      for (guint i = 0; i < G_N_ELEMENTS (others); i++)
        if (g_str_equal (taken, others[i].taken))
          {
            *others[i].n = n;
            found = TRUE;
          }
      if (!found && count->grades != NULL)
        g_string_append_printf (count->grades, "%s%s %" G_GINT64_FORMAT,
                                count->grades->len > 0 ? ", " : "", taken, n);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * yeji_legacy_count:
 * @counts: (out):
 *
 * Counts what becomes of the records of a file that was judged.
 */
gboolean
yeji_legacy_count (YejiDb            *stage,
                   YejiLegacyCounts  *counts,
                   GError           **error)
{
  Count count = { counts, NULL };

  *counts = (YejiLegacyCounts) { 0 };
  return yeji_db_run (stage, run_count, &count, error);
}

/* --- for people --- */

static const struct
{
  const char *kind;
  const char *text;
} note_texts[] = {
  { "unknown-column", N_("a column that is not known, and is left out") },
  { "repeated-column", N_("a column that is there twice: the first one counts") },
  { "sheet-not-read", N_("no headings are known: the sheet is left out") },
  { "hidden-sheet", N_("the sheet is hidden, and read all the same") },
  { "digits-lost", N_("a number that has lost its last digits: the cell should be a text") },
  { "formula-without-value", N_("a formula whose value was not saved") },
  { "formula-failed", N_("a formula that failed") },
};

static const char *
describe_note (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (note_texts); i++)
    if (g_str_equal (note_texts[i].kind, kind))
      return _(note_texts[i].text);
  return kind;
}

static gboolean
print_notes (YejiSql   *sql,
             gpointer   data,
             GError   **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT kind, sheet, cell, text FROM note ORDER BY n"
                                              " LIMIT ?1", "i", (gint64) MAX_PRINTED);

  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &local_error))
    g_print ("  %s %s %s: %s\n", yeji_rows_text (rows, 1), yeji_rows_text (rows, 2),
             yeji_rows_text (rows, 3), describe_note (yeji_rows_text (rows, 0)));
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static char *
join_reasons (const char *text)
{
  g_autoptr (JsonNode) node = yeji_json_parse (text, -1, NULL);
  JsonArray *array = json_node_get_array (node);
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (array) && i < 3; i++)
    g_string_append_printf (joined, "%s%s", i > 0 ? "; " : "",
                            json_array_get_string_element (array, i));
  if (json_array_get_length (array) > 3)
    g_string_append_printf (joined, " (+%u)", json_array_get_length (array) - 3);
  return g_string_free (joined, FALSE);
}

static gboolean
print_records (YejiSql   *sql,
               gpointer   data,
               GError   **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT sheet, line, taken, name, number, reasons"
                                              " FROM record WHERE reasons <> '[]'"
                                              " ORDER BY taken <> 'refused', n LIMIT ?1", "i",
                                              (gint64) MAX_PRINTED);

  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &local_error))
    {
      g_autofree char *reasons = join_reasons (yeji_rows_text (rows, 5));

      /* Translators: the name of a sheet, the number of a row, what became of its record, the
       * project's name and number, why */
      g_print (_("  %s, row %u, %s: %s %s: %s\n"), yeji_rows_text (rows, 0),
               (guint) yeji_rows_int (rows, 1), yeji_rows_text (rows, 2), yeji_rows_text (rows, 3),
               yeji_rows_text (rows, 4), reasons);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * yeji_legacy_report_text:
 *
 * Prints what became of a file, with the first of what is to be looked at.
 */
gboolean
yeji_legacy_report_text (YejiDb             *stage,
                         const char         *file,
                         YejiLegacyOutcome   outcome,
                         GError            **error)
{
  static const char * const endings[] = {
    [YEJI_LEGACY_IMPORTED] = N_("Imported"),
    [YEJI_LEGACY_TRIAL] = N_("Nothing was kept: this was a trial"),
    [YEJI_LEGACY_REFUSED] = N_("Nothing was imported: put the refused records right, or import the"
                               " others with --except-refused"),
    [YEJI_LEGACY_ALREADY] = N_("It was imported before: nothing has changed"),
    [YEJI_LEGACY_FAILED] = N_("Nothing was imported"),
  };
  g_autoptr (GString) grades = g_string_new (NULL);
  YejiLegacyCounts counts = { 0 };
  Count count = { &counts, grades };

  if (stage != NULL)
    {
      if (!yeji_db_run (stage, run_count, &count, error))
        return FALSE;
      /* Translators: a file; how many records; of which grades; to be reviewed, refused, known */
      g_print (_("%s: records %u; grades: %s; to be reviewed %u, refused %u, here already %u\n"),
               file, (guint) counts.total, grades->len > 0 ? grades->str : "-",
               (guint) counts.pending, (guint) counts.refused, (guint) counts.known);
      if (!yeji_db_run (stage, print_notes, NULL, error)
          || !yeji_db_run (stage, print_records, NULL, error))
        return FALSE;
    }
  g_print ("%s: %s\n", file, _(endings[outcome]));
  return TRUE;
}

/* --- for programs --- */

static void
print_member (const char *before,
              JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_node_take_object (node, object);
  text = yeji_json_print (node, FALSE);
  g_print ("%s%s", before, text);
}

static gboolean
print_json_notes (YejiSql   *sql,
                  gpointer   data,
                  GError   **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT kind, sheet, line, cell, text FROM note"
                                              " ORDER BY n", "");
  gboolean first = TRUE;

  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &local_error))
    {
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "kind", yeji_rows_text (rows, 0));
      json_object_set_string_member (object, "sheet", yeji_rows_text (rows, 1));
      json_object_set_int_member (object, "row", yeji_rows_int (rows, 2));
      json_object_set_string_member (object, "cell", yeji_rows_text (rows, 3));
      json_object_set_string_member (object, "text", yeji_rows_text (rows, 4));
      print_member (first ? "\n" : ",\n", object);
      first = FALSE;
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
print_json_records (YejiSql   *sql,
                    gpointer   data,
                    GError   **error)
{
  static const char * const members[] = {
    "sheet", "uuid", "taken", "number", "name", "enterprise",
  };
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT sheet, uuid, taken, number, name, code, line,"
                                              " reasons FROM record ORDER BY n", "");
  gboolean first = TRUE;

  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &local_error))
    {
      JsonObject *object = json_object_new ();

      for (guint i = 0; i < G_N_ELEMENTS (members); i++)
        json_object_set_string_member (object, members[i], yeji_rows_text (rows, (int) i));
      json_object_set_int_member (object, "row", yeji_rows_int (rows, 6));
      json_object_set_member (object, "reasons",
                              yeji_json_parse (yeji_rows_text (rows, 7), -1, NULL));
      print_member (first ? "\n" : ",\n", object);
      first = FALSE;
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * yeji_legacy_report_json:
 * @stage: (nullable): %NULL when there is nothing of it
 * @message: (nullable): what went wrong
 * @first: whether it is the first element of the array
 *
 * Prints what became of a file, and of each record.
 */
gboolean
yeji_legacy_report_json (YejiDb             *stage,
                         const char         *file,
                         const char         *sha256,
                         YejiLegacyOutcome   outcome,
                         const char         *message,
                         gboolean            first,
                         GError            **error)
{
  static const char * const outcomes[] = {
    [YEJI_LEGACY_IMPORTED] = "imported", [YEJI_LEGACY_TRIAL] = "dry-run",
    [YEJI_LEGACY_REFUSED] = "refused", [YEJI_LEGACY_ALREADY] = "already",
    [YEJI_LEGACY_FAILED] = "failed",
  };
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "file", file);
  json_object_set_string_member (object, "sha256", sha256 != NULL ? sha256 : "");
  json_object_set_string_member (object, "outcome", outcomes[outcome]);
  if (message != NULL)
    json_object_set_string_member (object, "message", message);
  print_member (first ? "{\"about\":" : ",{\"about\":", object);
  g_print (",\"notes\":[");
  if (stage != NULL && !yeji_db_run (stage, print_json_notes, NULL, error))
    return FALSE;
  g_print ("],\"records\":[");
  if (stage != NULL && !yeji_db_run (stage, print_json_records, NULL, error))
    return FALSE;
  g_print ("]}");
  return TRUE;
}
