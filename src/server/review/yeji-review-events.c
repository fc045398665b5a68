// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* The history of each record at the province: who did what to it, and when. Lines are added and
 * never changed, but for the mark of a decision that was undone, and for what undoing needs, which
 * is forgotten when its minute is over. */

#define G_LOG_DOMAIN "yeji-reviews"

#include "config.h"

#include "yeji-review-events.h"

#include "yeji-clock.h"
#include "yeji-json.h"
#include "yeji-review-undo.h"

#define COLUMNS \
  "seq, revision, undone, record, kind, at, account, reviewer, office, grade, grade_before," \
  " message, points, target, body, files, before"

/* From the fourth column on, in that order. */
static const gsize texts[] = {
  G_STRUCT_OFFSET (YejiReviewEvent, record), G_STRUCT_OFFSET (YejiReviewEvent, kind),
  G_STRUCT_OFFSET (YejiReviewEvent, at), G_STRUCT_OFFSET (YejiReviewEvent, account),
  G_STRUCT_OFFSET (YejiReviewEvent, reviewer), G_STRUCT_OFFSET (YejiReviewEvent, office),
  G_STRUCT_OFFSET (YejiReviewEvent, grade), G_STRUCT_OFFSET (YejiReviewEvent, grade_before),
  G_STRUCT_OFFSET (YejiReviewEvent, message), G_STRUCT_OFFSET (YejiReviewEvent, points),
  G_STRUCT_OFFSET (YejiReviewEvent, target), G_STRUCT_OFFSET (YejiReviewEvent, body),
  G_STRUCT_OFFSET (YejiReviewEvent, files), G_STRUCT_OFFSET (YejiReviewEvent, before),
};

/**
 * yeji_review_event_write:
 *
 * Adds a line to the history of a record, in the transaction of what it tells of.
 */
gboolean
yeji_review_event_write (YejiSql                *sql,
                         const YejiReviewEvent  *event,
                         GError                **error)
{
  g_autofree char *now = yeji_clock_now ();
  g_autofree char *over = yeji_clock_after (-YEJI_UNDO_SECONDS);

  return yeji_sql_exec (sql, error,
                        "UPDATE review_event SET before = NULL"
                        " WHERE before IS NOT NULL AND at < ?1", "s", over)
         && yeji_sql_exec (sql, error,
                           "INSERT INTO review_event (record, revision, kind, at, account,"
                           "  reviewer, office, grade, grade_before, message, points, target, body, files,"
                           "  before)"
                           " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14,"
                           "  ?15)",
                           "sisssssssssssss", event->record, event->revision, event->kind,
                           event->at != NULL ? event->at : now,
                           event->account != NULL ? event->account : "", event->reviewer,
                           event->office, event->grade, event->grade_before, event->message,
                           event->points, event->target, event->body, event->files, event->before);
}

/**
 * yeji_review_event_note:
 * @account: its name, "" for the province itself
 *
 * Adds a line that says what the record itself says now.
 */
gboolean
yeji_review_event_note (YejiSql     *sql,
                        YejiCase    *found,
                        const char  *kind,
                        const char  *account,
                        GError     **error)
{
  gboolean returned = g_str_equal (kind, YEJI_EVENT_RETURNED);
  gboolean submitted = g_str_equal (kind, YEJI_EVENT_SUBMITTED);
  YejiReviewEvent event = {
    .record = found->uuid, .revision = found->revision, .kind = kind, .account = account,
    .message = found->message,
    .reviewer = submitted ? NULL : found->reviewer, .office = submitted ? NULL : found->office,
    .points = returned ? found->points : NULL, .body = returned ? found->body : NULL,
  };

  return yeji_review_event_write (sql, &event, error);
}

static YejiReviewEventRow *
read_row (YejiRows *rows)
{
  YejiReviewEventRow *self = g_new0 (YejiReviewEventRow, 1);

  self->texts = g_ptr_array_new_with_free_func (g_free);
  self->event.seq = yeji_rows_int (rows, 0);
  self->event.revision = yeji_rows_int (rows, 1);
  self->undone = yeji_rows_int (rows, 2) != 0;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char **text = G_STRUCT_MEMBER_P (&self->event, texts[i]);

      if (yeji_rows_is_null (rows, (int) i + 3))
        continue;
      *text = yeji_rows_dup_text (rows, (int) i + 3);
      g_ptr_array_add (self->texts, (char *) *text);
    }
  return self;
}

/**
 * yeji_review_events_list:
 *
 * Returns: (transfer full) (element-type YejiReviewEventRow) (nullable): what was done to a record,
 *   the oldest first
 */
GPtrArray *
yeji_review_events_list (YejiSql     *sql,
                         const char  *record,
                         GError     **error)
{
  g_autoptr (GPtrArray) list =
    g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_review_event_row_free);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT " COLUMNS " FROM review_event WHERE record = ?1 ORDER BY seq", "s",
                         record);
  if (rows == NULL)
    return NULL;
  while (yeji_rows_next (rows, &local_error))
    g_ptr_array_add (list, read_row (rows));
  if (local_error == NULL)
    return g_steal_pointer (&list);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/**
 * yeji_review_event_mark_undone:
 *
 * Marks a decision that was taken back.
 */
gboolean
yeji_review_event_mark_undone (YejiSql  *sql,
                               gint64    seq,
                               GError  **error)
{
  return yeji_sql_exec (sql, error,
                        "UPDATE review_event SET undone = 1, before = NULL, body = NULL,"
                        " files = NULL WHERE seq = ?1", "i", seq);
}

/**
 * yeji_review_events_strip:
 *
 * Forgets the content of a record that is removed; who did what when stays.
 */
gboolean
yeji_review_events_strip (YejiSql     *sql,
                          const char  *record,
                          GError     **error)
{
  return yeji_sql_exec (sql, error,
                        "UPDATE review_event SET body = NULL, files = NULL, before = NULL"
                        " WHERE record = ?1", "s", record);
}

static void
set_known (JsonObject *object,
           const char *member,
           const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, member, text);
}

static void
set_text (JsonObject *object,
          const char *member,
          const char *text)
{
  if (text != NULL && *text != '\0')
    json_object_set_string_member (object, member, text);
  else
    json_object_set_null_member (object, member);
}

static JsonObject *
print_event (YejiReviewEventRow *row,
             const YejiOffices  *offices)
{
  const YejiReviewEvent *event = &row->event;
  const YejiOffice *target = yeji_offices_find (offices, event->target);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "kind", event->kind);
  json_object_set_string_member (object, "at", event->at);
  set_text (object, "reviewer", event->reviewer);
  set_text (object, "office", event->office);
  set_known (object, "grade", event->grade);
  set_known (object, "message", event->message);
  if (event->points != NULL)
    json_object_set_member (object, "points", yeji_points_to_json (event->points));
  if (target != NULL)
    json_object_set_member (object, "to", yeji_office_to_json (target));
  if (event->grade_before != NULL)
    {
      JsonObject *before = json_object_new ();

      json_object_set_string_member (before, "grade", event->grade_before);
      json_object_set_object_member (object, "before", before);
    }
  if (row->undone)
    json_object_set_boolean_member (object, "undone", TRUE);
  return object;
}

/**
 * yeji_review_events_to_json:
 * @events: (element-type YejiReviewEventRow)
 *
 * Returns: (transfer full): `history` of docs/protocol.md
 */
JsonNode *
yeji_review_events_to_json (GPtrArray         *events,
                            const YejiOffices *offices)
{
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < events->len; i++)
    json_array_add_object_element (array, print_event (g_ptr_array_index (events, i), offices));
  json_node_take_array (node, array);
  return node;
}

/**
 * yeji_review_event_row_free:
 * @self: (transfer full)
 *
 * Frees a line.
 */
void
yeji_review_event_row_free (YejiReviewEventRow *self)
{
  g_ptr_array_unref (self->texts);
  g_free (self);
}
