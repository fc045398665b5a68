// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* What becomes of each project of the old system, decided and kept before anything of it is
 * seen. */

#define G_LOG_DOMAIN "yeji-legacy"

#include "config.h"

#include "yeji-legacy-judge.h"

#include <string.h>

#include <glib/gi18n.h>

#include "yeji-clock.h"
#include "yeji-grade.h"
#include "yeji-json.h"
#include "yeji-legacy-assemble.h"
#include "yeji-legacy-stage.h"
#include "yeji-publication.h"

/* Records of one step: a kill costs no more. */
#define STEP 500
#define MAX_POINTS 500
#define CODE_LENGTH 18

typedef struct
{
  YejiDb *province;            /* read only */
  YejiServerContext *context;
  YejiLegacyMap *map;
  YejiNormaliser *normaliser;
  char *today;
  gboolean more;
} Judge;

/* One project. */
typedef struct
{
  const YejiLegacyRoot *root;
  YejiRecord *record;          /* (nullable): there was no need of one */
  char *uuid;
  const char *taken;
  char *code;
  char *number;
  char *office;                /* (nullable) */
  const char *reviewer;
  char *submitted_at;          /* (nullable) */
  char *approved_at;           /* (nullable) */
  JsonArray *reasons;
  JsonArray *points;
} Verdict;

static void
clear_verdict (Verdict *self)
{
  g_clear_object (&self->record);
  g_free (self->uuid);
  g_free (self->code);
  g_free (self->number);
  g_free (self->office);
  g_free (self->submitted_at);
  g_free (self->approved_at);
  json_array_unref (self->reasons);
  json_array_unref (self->points);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Verdict, clear_verdict)

static void
give_reason (Verdict    *self,
             const char *text)
{
  json_array_add_string_element (self->reasons, text);
}

static void
refuse (Verdict    *self,
        const char *text)
{
  self->taken = YEJI_LEGACY_TAKEN_REFUSED;
  give_reason (self, text);
}

/* What is missing, where the clerk will see it; in Chinese, as all that an office writes. */
static void
add_point (Verdict    *self,
           const char *pointer,
           const char *comment)
{
  JsonObject *point;

  if (json_array_get_length (self->points) >= MAX_POINTS)
    return;
  point = json_object_new ();
  json_object_set_string_member (point, "pointer", pointer);
  json_object_set_string_member (point, "comment", comment);
  json_array_add_object_element (self->points, point);
}

/* A moment in China as the old system writes it: year, month and day, and maybe a time, with
 * anything between them; NULL where it is none. */
static char *
read_moment (const char *text)
{
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (8 * 60 * 60);
  g_autoptr (GDateTime) moment = NULL;
  g_autoptr (GDateTime) utc = NULL;
  int parts[6] = { 0, 0, 0, 0, 0, 0 };
  guint n = 0;

  for (const char *at = text; *at != '\0' && n < G_N_ELEMENTS (parts);)
    {
      guint digits = 0;

      for (; g_ascii_isdigit (*at) && digits < 4; at++, digits++)
        parts[n] = parts[n] * 10 + (*at - '0');
      n += digits > 0;
      while (*at != '\0' && !g_ascii_isdigit (*at))
        at++;
      if (digits == 0 && *at == '\0')
        break;
    }
  if (n < 3 || parts[0] < 1949)
    return NULL;
  moment = g_date_time_new (china, parts[0], parts[1], parts[2], parts[3], parts[4],
                            (double) parts[5]);
  utc = moment != NULL ? g_date_time_to_utc (moment) : NULL;
  return utc != NULL ? g_date_time_format (utc, "%Y-%m-%dT%H:%M:%S.000Z") : NULL;
}

/* The day of a moment, in China. */
static char *
get_day (const char *moment)
{
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (8 * 60 * 60);
  g_autoptr (GDateTime) utc = g_date_time_new_from_iso8601 (moment, NULL);
  g_autoptr (GDateTime) there = g_date_time_to_timezone (utc, china);

  return g_date_time_format (there, "%Y-%m-%d");
}

/* The same project gets the same record whenever its file is imported. */
static char *
make_uuid (const Verdict *self,
           const char    *role)
{
  const YejiLegacyRoot *root = self->root;
  g_autofree char *key = *root->id != '\0'
                           ? g_strconcat ("id/", root->id, NULL)
                           : g_strjoin ("/", "number", self->code, root->num, role, NULL);

  return yeji_publication_make_uuid ("legacy", key);
}

static gboolean
is_code (const char *code)
{
  return strlen (code) == CODE_LENGTH
         && strspn (code, "0123456789ABCDEFGHJKLMNPQRTUWXY") == CODE_LENGTH;
}

/* What must be known of any record; its role, or NULL with the reasons. */
static const char *
check_basics (const Judge *judge,
              Verdict     *self)
{
  const YejiLegacyRoot *root = self->root;
  const char *role = yeji_legacy_map_find_role (judge->map, root->meta[YEJI_LEGACY_ROLE]);

  self->code = g_ascii_strup (root->code, -1);
  if (root->again != 0)
    refuse (self, _("the same project stands in the file twice, and differs"));
  if (*root->id == '\0' && *root->num == '\0')
    refuse (self, _("neither a key nor a project number: nobody could tell it from others"));
  if (!is_code (self->code))
    refuse (self, _("the enterprise has no unified social credit code of 18 characters"));
  if (*root->meta[YEJI_LEGACY_ENTERPRISE] == '\0')
    refuse (self, _("the enterprise has no name"));
  if (role == NULL)
    refuse (self, _("what the enterprise was in the project is not known"));
  if (yeji_legacy_map_find_state (judge->map, root->meta[YEJI_LEGACY_STATE])
      == YEJI_LEGACY_UNKNOWN)
    refuse (self, _("neither approved nor waiting for a decision"));
  return self->taken == NULL ? role : NULL;
}

/* The moment of the decision, and who made it; what is not known of it is missing. */
static const YejiOffice *
read_approval (const Judge *judge,
               Verdict     *self)
{
  const YejiLegacyRoot *root = self->root;
  const YejiOffice *office = yeji_legacy_map_find_office (judge->map,
                                                          root->meta[YEJI_LEGACY_OFFICE]);

  if (office == NULL)
    {
      refuse (self, _("the office that approved it is none of the province's"));
      return NULL;
    }
  self->office = g_strconcat (office->name, root->meta[YEJI_LEGACY_DEPARTMENT], NULL);
  self->reviewer = root->meta[YEJI_LEGACY_REVIEWER];
  if (*self->reviewer == '\0')
    {
      self->reviewer = "原系统未记录";
      add_point (self, "", "原系统没有记录审核人。");
    }
  self->approved_at = read_moment (root->meta[YEJI_LEGACY_APPROVED_AT]);
  if (self->approved_at != NULL)
    return office;
  add_point (self, "", "原系统没有记录审核时间。");
  self->approved_at = self->submitted_at != NULL ? g_strdup (self->submitted_at)
                                                 : yeji_clock_now ();
  return office;
}

/* By the rules for the national platform; the documents were seen by who approved it. */
static void
judge_approved (const Judge *judge,
                Verdict     *self)
{
  const YejiOffice *office = read_approval (judge, self);
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GPtrArray) reasons = NULL;
  g_autofree char *day = NULL;
  YejiApproval approval = { 0 };

  if (office == NULL)
    return;
  problems = yeji_validator_check (judge->context->validators[YEJI_LANGUAGE_ZH], self->record,
                                   judge->today, NULL);
  reasons = yeji_grade_list_reasons (problems);
  for (guint i = 0; i < reasons->len; i++)
    {
      YejiProblem *problem = g_ptr_array_index (reasons, i);

      add_point (self, yeji_problem_get_pointer (problem), yeji_problem_get_message (problem));
    }
  self->taken = yeji_offices_get_grade (judge->context->offices, office,
                                        json_array_get_length (self->points) == 0);
  day = get_day (self->approved_at);
  approval.office = self->office;
  approval.reviewer = self->reviewer;
  approval.today = day;
  approval.grade = self->taken;
  yeji_mapping_approve (judge->context->mapping, self->record, &approval);
  for (guint i = 0; i < json_array_get_length (self->points); i++)
    {
      JsonObject *point = json_array_get_object_element (self->points, i);
      g_autofree char *text = g_strdup_printf ("%s: %s",
                                               json_object_get_string_member (point, "pointer"),
                                               json_object_get_string_member (point, "comment"));

      give_reason (self, text);
    }
}

/* Whether the province has it already: it is known, or its number is that of another record. */
typedef struct
{
  Verdict *verdict;
  const char *role;
} Lookup;

static gboolean
look_up (YejiSql   *sql,
         gpointer   data,
         GError   **error)
{
  const Lookup *lookup = data;
  Verdict *verdict = lookup->verdict;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT uuid = ?1, uuid FROM record WHERE uuid = ?1 OR (enterprise = ?2"
                         " AND number = ?3 AND ?3 <> '' AND state <> 'removed'"
                         " AND json_extract (body, '$.role') = ?4) ORDER BY 1 DESC LIMIT 1",
                         "ssss", verdict->uuid, verdict->code, verdict->number, lookup->role);
  if (rows == NULL)
    return FALSE;
  if (yeji_rows_next (rows, &local_error))
    {
      if (yeji_rows_int (rows, 0) != 0)
        verdict->taken = YEJI_LEGACY_TAKEN_KNOWN;
      else
        {
          g_autofree char *text = g_strdup_printf (_("the enterprise has declared this project here"
                                                     " already: %s"), yeji_rows_text (rows, 1));

          refuse (verdict, text);
        }
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static char *
print_array (JsonArray *array)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);

  json_node_set_array (node, array);
  return yeji_json_print (node, FALSE);
}

static gboolean
write_verdict (const Judge    *judge,
               YejiSql        *sql,
               const Verdict  *self,
               GError        **error)
{
  const YejiLegacyRoot *root = self->root;
  gboolean kept = self->record != NULL
                  && !g_str_equal (self->taken, YEJI_LEGACY_TAKEN_REFUSED)
                  && !g_str_equal (self->taken, YEJI_LEGACY_TAKEN_KNOWN);
  g_autofree char *body = kept ? yeji_record_to_text (self->record) : NULL;
  g_autofree char *reasons = print_array (self->reasons);
  g_autofree char *points = print_array (self->points);
  const char *name = self->record != NULL
                       ? yeji_mapping_get_title (judge->context->mapping, self->record) : "";

  return yeji_sql_exec (sql, error,
                        "INSERT INTO record (n, uuid, taken, number, name, code, enterprise,"
                        "  reasons, points, office, reviewer, submitted_at, approved_at, sheet,"
                        "  line, body)"
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14,"
                        "  ?15, ?16)", "isssssssssssssis", root->n,
                        self->uuid != NULL ? self->uuid : "", self->taken,
                        self->number != NULL ? self->number : root->num, name, self->code,
                        root->meta[YEJI_LEGACY_ENTERPRISE], reasons, points, self->office,
                        self->reviewer, self->submitted_at, self->approved_at, root->sheet,
                        (gint64) root->line, body);
}

static gboolean
judge_root (const Judge           *judge,
            YejiSql               *sql,
            const YejiLegacyRoot  *root,
            GError               **error)
{
  g_auto (Verdict) self = {
    .root = root, .reasons = json_array_new (), .points = json_array_new (),
  };
  const char *role = check_basics (judge, &self);
  Lookup lookup = { &self, role };

  if (role == NULL)
    return write_verdict (judge, sql, &self, error);
  self.uuid = make_uuid (&self, role);
  self.submitted_at = read_moment (root->meta[YEJI_LEGACY_SUBMITTED_AT]);
  self.record = yeji_legacy_assemble (sql, judge->context->dictionary, judge->normaliser, root,
                                      self.uuid, role, error);
  if (self.record == NULL)
    return FALSE;
  self.number = g_strdup (yeji_mapping_get_number (judge->context->mapping, self.record));
  if (*yeji_mapping_get_title (judge->context->mapping, self.record) == '\0')
    refuse (&self, _("the project has no name"));
  else if (!yeji_db_run (judge->province, look_up, &lookup, error))
    return FALSE;
  if (self.taken != NULL)
    return write_verdict (judge, sql, &self, error);
  if (yeji_legacy_map_find_state (judge->map, root->meta[YEJI_LEGACY_STATE])
      == YEJI_LEGACY_APPROVED)
    judge_approved (judge, &self);
  else
    self.taken = YEJI_LEGACY_TAKEN_PENDING;
  return write_verdict (judge, sql, &self, error);
}

/* Rows of other tables that lead to no project. */
static gboolean
note_orphans (YejiSql  *sql,
              GError  **error)
{
  return yeji_sql_exec (sql, error,
                        "INSERT INTO record (uuid, taken, number, name, code, enterprise, reasons,"
                        "  points, sheet, line)"
                        " SELECT '', 'refused', num, '', code, '', json_array (?1), '[]', sheet,"
                        "  line FROM child WHERE CASE WHEN id <> ''"
                        "  THEN NOT EXISTS (SELECT 1 FROM root WHERE root.id = child.id)"
                        "  ELSE num = '' OR NOT EXISTS (SELECT 1 FROM root"
                        "   WHERE root.num = child.num"
                        "    AND (child.code = '' OR child.code = root.code)) END"
                        " ORDER BY child.n", "s", _("the row belongs to no project of the file"));
}

static gboolean
run_step (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Judge *judge = data;
  g_autoptr (GPtrArray) roots = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT coalesce (max (n), 0) FROM record", "");
  gint64 after;

  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  after = yeji_rows_int (rows, 0);
  g_clear_pointer (&rows, yeji_rows_free);
  roots = yeji_legacy_list_roots (sql, after, STEP, error);
  if (roots == NULL)
    return FALSE;
  for (guint i = 0; i < roots->len; i++)
    if (!judge_root (judge, sql, g_ptr_array_index (roots, i), error))
      return FALSE;
  judge->more = roots->len > 0;
  return judge->more
         || (note_orphans (sql, error)
             && yeji_legacy_stage_set (sql, YEJI_LEGACY_JUDGED, error));
}

/**
 * yeji_legacy_judge:
 * @province: to look up what is there already; nothing is written
 *
 * Makes records of what was read and decides what becomes of each, some hundred at a time; goes on
 * where it was ended.
 */
gboolean
yeji_legacy_judge (YejiDb             *stage,
                   YejiDb             *province,
                   YejiServerContext  *context,
                   YejiLegacyMap      *map,
                   GError            **error)
{
  g_autoptr (YejiNormaliser) normaliser = yeji_normaliser_new (context->dictionary);
  g_autofree char *today = yeji_clock_today ();
  Judge judge = { province, context, map, normaliser, today, TRUE };

  while (judge.more)
    if (!yeji_db_run (stage, run_step, &judge, error))
      return FALSE;
  return TRUE;
}
