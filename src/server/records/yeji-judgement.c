// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* What the rules say of a record as it lies at the province, with the documents of its submission:
 * by the very code that the client checked itself with. */

#define G_LOG_DOMAIN "yeji-reviews"

#include "config.h"

#include "yeji-judgement.h"

#include "yeji-clock.h"
#include "yeji-declared-book.h"

/* How a list of records tells what it says of each. */
enum { ERRORS, WARNINGS, KEPT, HINTS, N_COUNTS };

static const char * const count_names[N_COUNTS] = { "errors", "warnings", "kept", "hints" };

static GPtrArray *
list_problems (YejiServerContext  *context,
               YejiSql            *sql,
               YejiRecord         *record,
               GStrv               slots,
               YejiLanguage        language,
               GError            **error)
{
  g_autofree char *today = yeji_clock_today ();
  g_autoptr (YejiDeclared) declared = yeji_declared_book_ask (context, sql, record, error);

  if (declared == NULL)
    return NULL;
  return yeji_validator_check_against (context->validators[language], record, today,
                                       (const char * const *) slots, declared);
}

/**
 * yeji_judgement_list_problems:
 *
 * Returns: (transfer full) (element-type YejiProblem) (nullable): what the rules say, kept warnings
 *   with the clerk's reason among them
 */
GPtrArray *
yeji_judgement_list_problems (YejiServerContext  *context,
                              YejiSql            *sql,
                              YejiCase           *found,
                              YejiRecord         *record,
                              YejiLanguage        language,
                              GError            **error)
{
  g_auto (GStrv) slots = yeji_case_list_slots (found, sql, error);

  return slots != NULL ? list_problems (context, sql, record, slots, language, error) : NULL;
}

/**
 * yeji_judgement_is_complete:
 * @complete: (out): whether the record is complete for the national platform
 *
 * Judges a record.
 */
gboolean
yeji_judgement_is_complete (YejiServerContext  *context,
                            YejiSql            *sql,
                            YejiCase           *found,
                            YejiRecord         *record,
                            gboolean           *complete,
                            GError            **error)
{
  g_autoptr (GPtrArray) problems = NULL;

  problems = yeji_judgement_list_problems (context, sql, found, record, YEJI_LANGUAGE_ZH, error);
  if (problems == NULL)
    return FALSE;
  *complete = yeji_grade_get_outcome (problems) == YEJI_OUTCOME_NATIONAL;
  return TRUE;
}

/**
 * yeji_judgement_to_json:
 * @problems: (element-type YejiProblem)
 *
 * Returns: (transfer full): `problems` of docs/protocol.md
 */
JsonNode *
yeji_judgement_to_json (GPtrArray *problems)
{
  JsonNode *node = yeji_problems_to_json (problems);
  JsonArray *array = json_node_get_array (node);

  for (guint i = 0; i < problems->len; i++)
    json_object_set_boolean_member (json_array_get_object_element (array, i), "incomplete",
                                    yeji_problem_get_incomplete (g_ptr_array_index (problems, i)));
  return node;
}

static JsonNode *
print_counts (const gint64 *counts)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  for (guint i = 0; i < N_COUNTS; i++)
    json_object_set_int_member (object, count_names[i], counts[i]);
  json_node_take_object (node, object);
  return node;
}

/* 1 read, 0 not there, -1 failed */
static int
read_counts (YejiServerContext  *context,
             YejiSql            *sql,
             const char         *uuid,
             gint64             *counts,
             GError            **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT errors, warnings, kept, hints FROM review_summary"
                         " JOIN record ON record.uuid = review_summary.record"
                         "  AND record.revision = review_summary.revision"
                         " WHERE record.uuid = ?1 AND dictionary = ?2",
                         "ss", uuid, yeji_dictionary_get_version (context->dictionary));
  if (rows == NULL)
    return -1;
  if (yeji_rows_next (rows, &local_error))
    {
      for (guint i = 0; i < N_COUNTS; i++)
        counts[i] = yeji_rows_int (rows, (int) i);
      return 1;
    }
  if (local_error == NULL)
    return 0;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return -1;
}

/* The slots of documents that are there or announced: what is on its way is told as that, and is no
 * error yet. */
static GStrv
list_coming (YejiCase  *found,
             YejiSql   *sql,
             GError   **error)
{
  g_autoptr (GStrvBuilder) slots = g_strv_builder_new ();
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  if (found->files_complete_at != NULL || found->files_due_at == NULL)
    return yeji_case_list_slots (found, sql, error);
  rows = yeji_sql_query (sql, error, "SELECT DISTINCT slot FROM announced WHERE record = ?1", "s",
                         found->uuid);
  if (rows == NULL)
    return NULL;
  while (yeji_rows_next (rows, &local_error))
    g_strv_builder_add (slots, yeji_rows_text (rows, 0));
  if (local_error == NULL)
    return g_strv_builder_end (slots);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static gboolean
take_counts (YejiServerContext  *context,
             YejiSql            *sql,
             const char         *uuid,
             gint64             *counts,
             GError            **error)
{
  g_autoptr (YejiCase) found = yeji_case_load (sql, uuid, error);
  g_autoptr (YejiRecord) record = found != NULL
                                   ? yeji_case_read_record (found, context, NULL, error) : NULL;
  g_auto (GStrv) slots = record != NULL ? list_coming (found, sql, error) : NULL;
  g_autoptr (GPtrArray) problems = NULL;

  if (slots == NULL)
    return FALSE;
  problems = list_problems (context, sql, record, slots, YEJI_LANGUAGE_ZH, error);
  if (problems == NULL)
    return FALSE;
  for (guint i = 0; i < problems->len; i++)
    {
      YejiProblem *problem = g_ptr_array_index (problems, i);
      YejiSeverity severity = yeji_problem_get_severity (problem);

      if (severity == YEJI_SEVERITY_ERROR)
        counts[ERRORS]++;
      else if (severity == YEJI_SEVERITY_HINT)
        counts[HINTS]++;
      else
        counts[yeji_problem_get_reason (problem) != NULL ? KEPT : WARNINGS]++;
    }
  return yeji_sql_exec (sql, error,
                        "INSERT OR REPLACE INTO review_summary (record, revision, dictionary,"
                        "  errors, warnings, kept, hints) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                        "sisiiii", uuid, found->revision,
                        yeji_dictionary_get_version (context->dictionary), counts[ERRORS],
                        counts[WARNINGS], counts[KEPT], counts[HINTS]);
}

/**
 * yeji_judgement_count:
 *
 * Counts what the rules say of a record. It is kept until the record changes: a queue is looked at
 * more often than a record is.
 *
 * Returns: (transfer full) (nullable): `problems` of the queue, see docs/protocol.md
 */
JsonNode *
yeji_judgement_count (YejiServerContext  *context,
                      YejiSql            *sql,
                      const char         *uuid,
                      GError            **error)
{
  gint64 counts[N_COUNTS] = { 0 };
  int known = read_counts (context, sql, uuid, counts, error);

  if (known < 0 || (known == 0 && !take_counts (context, sql, uuid, counts, error)))
    return NULL;
  return print_counts (counts);
}
