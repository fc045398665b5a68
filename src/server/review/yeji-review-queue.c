// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-reviews"

#include "config.h"

#include "yeji-handlers.h"

#include <string.h>

#include "yeji-case.h"
#include "yeji-claims.h"
#include "yeji-clock.h"
#include "yeji-json.h"
#include "yeji-judgement.h"
#include "yeji-review-case.h"

#define MAX_LISTED 500         /* of who asks for no page */
#define PAGE 50
#define DAY_SECONDS (24 * 60 * 60)

/* What the reviewer's office reviews, as yeji_office_covers() tells it: ?2 has the beginnings of
 * its area codes, and those of which one is needed for not being its own, too. */
#define IN_REACH \
  "(EXISTS (SELECT 1 FROM json_each (?2, '$.own') AS covered" \
  "  WHERE substr (area, 1, length (covered.value)) = covered.value)" \
  " OR NOT EXISTS (SELECT 1 FROM json_each (?2, '$.all') AS covered" \
  "  WHERE substr (area, 1, length (covered.value)) = covered.value))"
/* What is asked for: ?1 the state, ?3 an area, ?4 the latest submission, ?5 the office that has
 * those which were handed to one, ?6 which of those are meant, ?7 who has claimed it, ?8 the moment,
 * ?9 a part of name, number or enterprise as it was typed, ?10 the same in other widths. */
#define HAS(column) "instr (lower (" column "), ?9) + instr (lower (" column "), ?10) > 0"
#define FILTER \
  " FROM record WHERE state = ?1" \
  " AND substr (area, 1, length (?3)) = ?3 AND (?4 = '' OR submitted_at <= ?4)" \
  " AND CASE ?6 WHEN 0 THEN handed IN ('', ?5) WHEN 1 THEN handed NOT IN ('', ?5) ELSE 1 END" \
  " AND (?7 = '' OR uuid IN (SELECT record FROM claim WHERE account = ?7 AND until > ?8))" \
  " AND (?9 = '' OR " HAS ("record.name") " OR " HAS ("number") \
  "  OR enterprise IN (SELECT code FROM enterprise WHERE " HAS ("name") "))"
#define FILTER_TYPES "sssssissss"

#define MAX_QUESTION 100

/* What of that which was handed to an office: who decided on what is of interest no more. */
enum { HANDED_OURS, HANDED_TO_OTHERS, HANDED_ANYWHERE };

/* What the queue is asked for. */
typedef struct
{
  const char *state;
  char *areas;                 /* JSON, see IN_REACH */
  char *area;                  /* beginning of a code, maybe empty */
  char *latest;                /* maybe empty */
  const char *office;
  gint64 handed;
  const char *account;         /* maybe empty */
  char *now;
  char *text;                  /* in lower case, maybe empty */
  char *normal;                /* the same in other widths */
  gint64 page;                 /* from 1, 0: the first ones, without pages */
} Asked;

static void
asked_clear (Asked *self)
{
  g_free (self->areas);
  g_free (self->area);
  g_free (self->latest);
  g_free (self->now);
  g_free (self->text);
  g_free (self->normal);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Asked, asked_clear)

static const char *
get_query (YejiRequest *request,
           const char  *name)
{
  const char *value = yeji_request_get_query (request, name);

  return value != NULL ? value : "";
}

static gint64
get_number (YejiRequest *request,
            const char  *name,
            gint64       max)
{
  return CLAMP (g_ascii_strtoll (get_query (request, name), NULL, 10), 0, max);
}

/* 220100 stands for everything below 2201. */
static char *
get_area_beginning (YejiRequest *request)
{
  char *area = g_strdup (get_query (request, "area"));

  while (strlen (area) > 2 && g_str_has_suffix (area, "00"))
    area[strlen (area) - 2] = '\0';
  return area;
}

/* Case does not count, and what is longer than any name is cut. */
static char *
get_text (YejiRequest *request)
{
  g_autofree char *text = g_utf8_strdown (get_query (request, "q"), -1);

  g_strstrip (text);
  return g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), MAX_QUESTION));
}

static void
read_asked (YejiServerContext *context,
            YejiRequest       *request,
            Asked             *asked)
{
  YejiAccount *account = request->account;
  const YejiOffice *office = yeji_offices_find (context->offices, account->office);
  const char *state = get_query (request, "state");
  gint64 days = get_number (request, "age", 36500);
  g_autofree char *own = NULL;
  g_autofree char *all = NULL;

  asked->state = *state != '\0' ? state : YEJI_STATE_SUBMITTED;
  own = yeji_office_get_areas_json (office);
  all = yeji_office_get_all_areas_json (office);
  asked->areas = g_strdup_printf ("{\"own\": %s, \"all\": %s}", own, all);
  asked->area = get_area_beginning (request);
  asked->latest = days > 0 ? yeji_clock_after (-days * DAY_SECONDS) : g_strdup ("");
  asked->office = office->id;
  asked->handed = !g_str_equal (asked->state, YEJI_STATE_SUBMITTED) ? HANDED_ANYWHERE
                  : g_str_equal (get_query (request, "handed"), "1") ? HANDED_TO_OTHERS
                                                                     : HANDED_OURS;
  asked->account = g_str_equal (get_query (request, "mine"), "1") ? account->name : "";
  asked->now = yeji_clock_now ();
  asked->text = get_text (request);
  asked->normal = g_utf8_normalize (asked->text, -1, G_NORMALIZE_NFKC);
  asked->page = *get_query (request, "page") != '\0'
                  ? MAX (get_number (request, "page", G_MAXINT32), 1) : 0;
}

static gboolean
count_found (YejiSql      *sql,
             const Asked  *asked,
             gint64       *total,
             GError      **error)
{
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error, "SELECT coalesce (sum (n), 0) FROM"
                                              " (SELECT count (*) AS n" FILTER
                                              "  GROUP BY area HAVING " IN_REACH ")", FILTER_TYPES,
                                              asked->state, asked->areas, asked->area,
                                              asked->latest, asked->office, asked->handed,
                                              asked->account, asked->now, asked->text,
                                              asked->normal);

  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  *total = yeji_rows_int (rows, 0);
  return TRUE;
}

/* Which of them are on the page. */
static GPtrArray *
list_found (YejiSql      *sql,
            const Asked  *asked,
            GError      **error)
{
  gint64 n = asked->page > 0 ? PAGE : MAX_LISTED;
  gint64 first = asked->page > 0 ? (asked->page - 1) * PAGE : 0;
  g_autoptr (GPtrArray) uuids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT uuid" FILTER " AND " IN_REACH
                         " ORDER BY submitted_at, uuid LIMIT ?11 OFFSET ?12",
                         FILTER_TYPES "ii", asked->state, asked->areas, asked->area, asked->latest,
                         asked->office, asked->handed, asked->account, asked->now,
                         asked->text, asked->normal, n, first);
  if (rows == NULL)
    return NULL;
  while (yeji_rows_next (rows, &local_error))
    g_ptr_array_add (uuids, yeji_rows_dup_text (rows, 0));
  if (local_error == NULL)
    return g_steal_pointer (&uuids);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/* What is read of each, as text, and as numbers behind it. */
static const char * const texts[] = {
  "uuid", "name", "number", "enterprise", "area", "state", "submitted_at",
};
static const char * const numbers[] = { "files_missing", "n_documents" };

enum
{
  COLUMN_NUMBERS = G_N_ELEMENTS (texts),
  COLUMN_REVISION = COLUMN_NUMBERS + G_N_ELEMENTS (numbers),
  COLUMN_REPLIES,
  COLUMN_DUE,
  COLUMN_GRADE,
  COLUMN_HANDED,
  COLUMN_RESUBMISSION,
};

#define COLUMNS \
  "uuid, record.name, number, enterprise.name, area, state, submitted_at," \
  " CASE WHEN files_complete_at IS NULL THEN" \
  "  (SELECT count (*) FROM announced WHERE announced.record = uuid" \
  "    AND NOT EXISTS (SELECT 1 FROM file WHERE file.record = uuid" \
  "     AND file.slot = announced.slot AND file.sha256 = announced.sha256" \
  "     AND complete = 1)) ELSE 0 END," \
  " (SELECT count (*) FROM announced WHERE announced.record = uuid)," \
  " revision, json_extract (body, '$.replies'), files_due_at, grade, handed," \
  " EXISTS (SELECT 1 FROM review_event WHERE review_event.record = uuid AND undone = 0" \
  "  AND kind IN ('" YEJI_STATE_RETURNED "', '" YEJI_STATE_APPROVED "'))"

static void
set_text (JsonObject *object,
          const char *member,
          const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, member, text);
  else
    json_object_set_null_member (object, member);
}

static JsonObject *
read_listed (YejiServerContext *context,
             YejiRows          *rows)
{
  g_autofree char *revision = g_strdup_printf ("r%" G_GINT64_FORMAT,
                                               yeji_rows_int (rows, COLUMN_REVISION));
  const char *replies = yeji_rows_text (rows, COLUMN_REPLIES);
  JsonNode *node = replies != NULL ? yeji_json_parse (replies, -1, NULL) : NULL;
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *text = yeji_rows_text (rows, (int) i);

      json_object_set_string_member (object, texts[i], text != NULL ? text : "");
    }
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    json_object_set_int_member (object, numbers[i],
                                yeji_rows_int (rows, COLUMN_NUMBERS + (int) i));
  json_object_set_string_member (object, "revision", revision);
  if (node != NULL)
    json_object_set_member (object, "replies", node);
  if (!yeji_rows_is_null (rows, COLUMN_DUE))
    json_object_set_string_member (object, YEJI_WIRE_MEMBER_FILES_DUE_AT,
                                   yeji_rows_text (rows, COLUMN_DUE));
  json_object_set_int_member (object, "days",
                              yeji_review_case_count_days (yeji_rows_text (rows, 6)));
  set_text (object, "grade", yeji_rows_is_null (rows, COLUMN_GRADE)
                               ? NULL : yeji_rows_text (rows, COLUMN_GRADE));
  json_object_set_member (object, "handed",
                          yeji_office_to_json (yeji_offices_find (context->offices,
                                                                  yeji_rows_text (rows,
                                                                                  COLUMN_HANDED))));
  json_object_set_boolean_member (object, "resubmission",
                                  yeji_rows_int (rows, COLUMN_RESUBMISSION) != 0);
  return object;
}

/* One line of the queue; NULL with an error. */
static JsonObject *
describe (YejiServerContext  *context,
          YejiSql            *sql,
          YejiRequest        *request,
          const char         *uuid,
          GError            **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiClaim) claim = yeji_claim_find (context, sql, uuid, &local_error);
  g_autoptr (YejiRows) rows = NULL;
  JsonNode *problems;
  JsonObject *object;

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  problems = yeji_judgement_count (context, sql, uuid, error);
  if (problems == NULL)
    return NULL;
  rows = yeji_sql_query (sql, error,
                         "SELECT " COLUMNS " FROM record"
                         " JOIN enterprise ON enterprise.code = record.enterprise WHERE uuid = ?1",
                         "s", uuid);
  if (rows == NULL || !yeji_rows_next (rows, error))
    {
      json_node_unref (problems);
      return NULL;
    }
  object = read_listed (context, rows);
  json_object_set_member (object, "claim", yeji_claim_to_json (claim, request->account));
  json_object_set_member (object, "problems", problems);
  return object;
}

/* How many wait in each area, whatever else is asked for. */
static JsonArray *
count_areas (YejiSql      *sql,
             const Asked  *asked,
             GError      **error)
{
  g_autoptr (JsonArray) areas = json_array_new ();
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT area, count (*), min (submitted_at) FROM record"
                         " WHERE state = ?1"
                         "  AND (state <> '" YEJI_STATE_SUBMITTED "' OR handed IN ('', ?3))"
                         " GROUP BY area HAVING " IN_REACH " ORDER BY area",
                         "sss", asked->state, asked->areas, asked->office);
  if (rows == NULL)
    return NULL;
  while (yeji_rows_next (rows, &local_error))
    {
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "area", yeji_rows_text (rows, 0));
      json_object_set_int_member (object, "total", yeji_rows_int (rows, 1));
      set_text (object, "oldest", yeji_rows_is_null (rows, 2) ? NULL : yeji_rows_text (rows, 2));
      json_array_add_object_element (areas, object);
    }
  if (local_error == NULL)
    return g_steal_pointer (&areas);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/**
 * yeji_reviews_list:
 *
 * `GET /v1/reviews?state=submitted&area=CODE&age=DAYS&mine=1&handed=1&q=TEXT&page=N`: the
 * records of the
 * reviewer's area, the oldest first, with what the clerk says to the points of the last return, who
 * has which, and what the rules say.
 */
YejiResponse *
yeji_reviews_list (YejiServerContext  *context,
                   YejiSql            *sql,
                   YejiRequest        *request,
                   GError            **error)
{
  g_auto (Asked) asked = { NULL };
  g_autoptr (GPtrArray) uuids = NULL;
  g_autoptr (JsonArray) reviews = json_array_new ();
  g_autoptr (JsonArray) areas = NULL;
  JsonObject *object;
  JsonNode *node;
  gint64 total;

  read_asked (context, request, &asked);
  if (!yeji_case_is_handed_in (asked.state))
    return yeji_refuse (request, YEJI_WIRE_FORBIDDEN, "草稿和撤回的业绩只属于企业。",
                        "Drafts and what was taken back are the enterprise's own.");
  areas = count_areas (sql, &asked, error);
  uuids = areas != NULL && count_found (sql, &asked, &total, error)
            ? list_found (sql, &asked, error) : NULL;
  if (uuids == NULL)
    return NULL;
  for (guint i = 0; i < uuids->len; i++)
    {
      JsonObject *line = describe (context, sql, request, g_ptr_array_index (uuids, i), error);

      if (line == NULL)
        return NULL;
      json_array_add_object_element (reviews, line);
    }
  object = json_object_new ();
  json_object_set_array_member (object, "reviews", json_array_ref (reviews));
  json_object_set_int_member (object, "total", total);
  json_object_set_int_member (object, "page", MAX (asked.page, 1));
  json_object_set_int_member (object, "pages", asked.page > 0 ? (total + PAGE - 1) / PAGE : 1);
  json_object_set_array_member (object, "areas", json_array_ref (areas));
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  return yeji_response_new (200, node);
}
