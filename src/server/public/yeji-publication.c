// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-publication"

#include "config.h"

#include "yeji-publication.h"

#include <string.h>

#include "yeji-clock.h"
#include "yeji-json.h"
#include "yeji-listing.h"

static gboolean
take_serial (YejiSql     *sql,
             const char  *prefix,
             gint64      *serial,
             GError     **error)
{
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "INSERT INTO serial (prefix, last) VALUES (?1, 1)"
                         " ON CONFLICT (prefix) DO UPDATE SET last = last + 1 RETURNING last",
                         "s", prefix);
  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  *serial = yeji_rows_int (rows, 0);
  return TRUE;
}

/* 1 taken, 0 free, -1 failed */
static int
is_taken (YejiSql     *sql,
          const char  *number,
          GError     **error)
{
  return yeji_sql_has_row (sql, error,
                           "SELECT 1 FROM publication WHERE number = ?1"
                           " UNION ALL SELECT 1 FROM listing WHERE number = ?1"
                           "  AND state IN ('revoked', 'withdrawn')", "s", number);
}

/**
 * yeji_publication_give_number:
 *
 * Takes the next number of today in @area that no published project has.
 *
 * Returns: (transfer full) (nullable): the number
 */
char *
yeji_publication_give_number (YejiServerContext  *context,
                              YejiSql            *sql,
                              const char         *area,
                              GError            **error)
{
  g_autofree char *prefix = yeji_mapping_make_prefix (context->mapping, area);
  int taken = 1;

  while (taken > 0)
    {
      g_autofree char *number = NULL;
      gint64 serial;

      if (!take_serial (sql, prefix, &serial, error))
        return NULL;
      number = yeji_mapping_make_number (context->mapping, prefix, serial);
      if (number == NULL)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                       "no project number is left for %s today", area);
          return NULL;
        }
      taken = is_taken (sql, number, error);
      if (taken == 0)
        return g_steal_pointer (&number);
    }
  return NULL;
}

/* Whether an approval is published that was not before: -1 failed. What is regraded or corrected
 * keeps the time of its approval. */
static int
is_new (YejiSql     *sql,
        YejiCase    *approved,
        GError     **error)
{
  const int found = yeji_sql_has_row (sql, error,
                                      "SELECT 1 FROM publication WHERE uuid = ?1"
                                      " AND approved_at = ?2", "ss", approved->uuid,
                                      approved->approved_at);

  return found < 0 ? -1 : !found;
}

/* With the grade of the published copy, if there is one. */
static gboolean
write_event (YejiSql     *sql,
             const char  *uuid,
             const char  *at,
             const char  *kind,
             const char  *office,
             const char  *reviewer,
             const char  *reason,
             const char  *detail,
             GError     **error)
{
  return yeji_sql_exec (sql, error,
                        "INSERT INTO publication_event (uuid, at, kind, grade, office, reviewer,"
                        "  reason, detail) VALUES (?1, ?2, ?3,"
                        "  (SELECT grade FROM publication WHERE uuid = ?1), ?4, ?5, ?6, ?7)",
                        "sssssss", uuid, at, kind, office, reviewer, reason, detail);
}

static gboolean
list (YejiServerContext  *context,
      YejiSql            *sql,
      const YejiCase     *approved,
      YejiRecord         *record,
      GError            **error)
{
  const YejiPublicLayout *layout = context->layout;
  const char *number = yeji_mapping_get_number (context->mapping, record);
  const char *title = yeji_mapping_get_title (context->mapping, record);
  g_autofree char *names = yeji_public_layout_collect (layout, layout->names, record, title);
  g_autofree char *enterprises = yeji_public_layout_collect (layout, layout->enterprises, record,
                                                             approved->enterprise_name);
  g_autofree char *numbers = yeji_public_layout_collect (layout, layout->numbers, record, number);
  YejiListing listing = {
    .uuid = approved->uuid, .state = YEJI_LISTING_APPROVED, .grade = approved->grade,
    .kind = yeji_public_layout_get_kind (layout, record), .role = yeji_record_get_role (record),
    .area = approved->area, .number = number, .name = title,
    .enterprise = approved->enterprise_name, .office = approved->office,
    .reviewer = approved->reviewer, .at = approved->approved_at, .names = names,
    .enterprises = enterprises, .numbers = numbers, .batch = approved->batch,
  };

  return yeji_listing_put (sql, &listing, error);
}

/**
 * yeji_publication_write:
 * @approved: the record with grade, office and reviewer
 *
 * Puts an approved record on the public page. The page has its own copy, so that a record that is
 * being corrected stays as it was published. An approval of another time than that of the copy is
 * told in the project's trace; what else happened is told with yeji_publication_note(), afterwards.
 */
gboolean
yeji_publication_write (YejiServerContext  *context,
                        YejiSql            *sql,
                        YejiCase           *approved,
                        YejiRecord         *record,
                        GError            **error)
{
  int news = is_new (sql, approved, error);

  return news >= 0
         && yeji_sql_exec (sql, error,
                           "INSERT INTO publication (uuid, number, name, area, enterprise, grade,"
                           "  office, reviewer, approved_at, body)"
                           " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
                           " ON CONFLICT (uuid) DO UPDATE SET number = excluded.number,"
                           "  name = excluded.name, area = excluded.area, grade = excluded.grade,"
                           "  office = excluded.office, reviewer = excluded.reviewer,"
                           "  approved_at = excluded.approved_at, body = excluded.body",
                           "ssssssssss", approved->uuid,
                           yeji_mapping_get_number (context->mapping, record),
                           yeji_mapping_get_title (context->mapping, record), approved->area,
                           approved->enterprise_name, approved->grade, approved->office,
                           approved->reviewer, approved->approved_at, approved->body)
         && list (context, sql, approved, record, error)
         && (news == 0
             || write_event (sql, approved->uuid, approved->approved_at,
                             YEJI_PUBLICATION_PUBLISHED, approved->office, approved->reviewer, NULL,
                             NULL, error));
}

/**
 * yeji_publication_note:
 * @kind: YEJI_PUBLICATION_...
 * @reason: (nullable)
 * @detail: (nullable): an array of `{"pointer", "before", "after"}`; no personal values
 *
 * Adds to what everybody may read of a project: what was done, by whom and why, and the grade that
 * it has now.
 */
gboolean
yeji_publication_note (YejiSql     *sql,
                       const char  *uuid,
                       const char  *kind,
                       const char  *office,
                       const char  *reviewer,
                       const char  *reason,
                       JsonNode    *detail,
                       GError     **error)
{
  g_autofree char *now = yeji_clock_now ();
  g_autofree char *text = detail != NULL ? yeji_json_print (detail, FALSE) : NULL;

  return write_event (sql, uuid, now, kind, office, reviewer, reason, text, error);
}

/**
 * yeji_publication_revoke:
 * @kind: %YEJI_PUBLICATION_REVOKED or %YEJI_PUBLICATION_WITHDRAWN
 *
 * Takes a project off the public page: its tables go, and it is found only by who looks for what is
 * gone. Its page stays, and says what happened, by whom and why.
 */
gboolean
yeji_publication_revoke (YejiSql     *sql,
                         const char  *uuid,
                         const char  *kind,
                         const char  *office,
                         const char  *reviewer,
                         const char  *reason,
                         GError     **error)
{
  return yeji_publication_note (sql, uuid, kind, office, reviewer, reason, NULL, error)
         && yeji_sql_exec (sql, error, "DELETE FROM publication WHERE uuid = ?1", "s", uuid)
         && yeji_listing_end (sql, uuid,
                              g_str_equal (kind, YEJI_PUBLICATION_WITHDRAWN)
                                ? YEJI_LISTING_WITHDRAWN : YEJI_LISTING_REVOKED, error);
}

/* The texts of a row by the names of its columns; NULL without @error: there is none. */
static JsonObject *
read_row (YejiSql             *sql,
          const char          *statement,
          const char * const  *columns,
          const char          *uuid,
          GError             **error)
{
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error, statement, "s", uuid);
  JsonObject *object;

  if (rows == NULL || !yeji_rows_next (rows, error))
    return NULL;
  object = json_object_new ();
  for (int i = 0; columns[i] != NULL; i++)
    if (!yeji_rows_is_null (rows, i))
      json_object_set_string_member (object, columns[i], yeji_rows_text (rows, i));
  return object;
}

static const char * const publication_columns[] = {
  "number", "name", "area", "enterprise", "grade", "office", "reviewer", "approved_at", "body",
  NULL,
};
static const char * const listing_columns[] = {
  "state", "grade", "kind", "role", "area", "number", "name", "enterprise", "office", "reviewer",
  "at", "system", "names", "enterprises", "numbers", NULL,
};

/**
 * yeji_publication_keep:
 *
 * Makes what yeji_publication_restore() needs to bring a project's public page back to what it is
 * now: to be kept before a decision that can be taken back.
 *
 * Returns: (transfer full) (nullable): JSON
 */
char *
yeji_publication_keep (YejiSql     *sql,
                       const char  *uuid,
                       GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonObject *publication, *listing = NULL;

  json_node_take_object (node, object);
  publication = read_row (sql,
                          "SELECT number, name, area, enterprise, grade, office, reviewer,"
                          " approved_at, body FROM publication WHERE uuid = ?1",
                          publication_columns, uuid, &local_error);
  if (publication != NULL)
    json_object_set_object_member (object, "publication", publication);
  if (local_error == NULL)
    listing = read_row (sql,
                        "SELECT state, grade, kind, role, area, number, name, enterprise, office,"
                        " reviewer, at, system, names, enterprises, numbers FROM listing"
                        " WHERE uuid = ?1", listing_columns, uuid, &local_error);
  if (listing != NULL)
    json_object_set_object_member (object, "listing", listing);
  if (local_error == NULL)
    rows = yeji_sql_query (sql, &local_error,
                           "SELECT coalesce (max (seq), 0) FROM publication_event", "");
  if (rows == NULL || !yeji_rows_next (rows, &local_error))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  json_object_set_int_member (object, "event", yeji_rows_int (rows, 0));
  return yeji_json_print (node, FALSE);
}

static const char *
get_kept (JsonObject *object,
          const char *member)
{
  const char *text = yeji_json_get_string (object, member);

  return text != NULL ? text : "";
}

static gboolean
restore_publication (YejiSql     *sql,
                     const char  *uuid,
                     JsonObject  *kept,
                     GError     **error)
{
  if (!yeji_sql_exec (sql, error, "DELETE FROM publication WHERE uuid = ?1", "s", uuid))
    return FALSE;
  return kept == NULL
         || yeji_sql_exec (sql, error,
                           "INSERT INTO publication (uuid, number, name, area, enterprise, grade,"
                           "  office, reviewer, approved_at, body)"
                           " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)", "ssssssssss", uuid,
                           get_kept (kept, "number"), get_kept (kept, "name"),
                           get_kept (kept, "area"), get_kept (kept, "enterprise"),
                           get_kept (kept, "grade"), get_kept (kept, "office"),
                           get_kept (kept, "reviewer"), get_kept (kept, "approved_at"),
                           get_kept (kept, "body"));
}

static gboolean
restore_listing (YejiSql     *sql,
                 const char  *uuid,
                 JsonObject  *kept,
                 GError     **error)
{
  YejiListing listing = { .uuid = uuid };

  if (kept == NULL)
    return yeji_listing_remove (sql, uuid, error);
  listing.state = get_kept (kept, "state");
  listing.grade = get_kept (kept, "grade");
  listing.kind = get_kept (kept, "kind");
  listing.role = get_kept (kept, "role");
  listing.area = get_kept (kept, "area");
  listing.number = get_kept (kept, "number");
  listing.name = get_kept (kept, "name");
  listing.enterprise = get_kept (kept, "enterprise");
  listing.office = get_kept (kept, "office");
  listing.reviewer = get_kept (kept, "reviewer");
  listing.at = get_kept (kept, "at");
  listing.system = yeji_json_get_string (kept, "system");
  listing.names = get_kept (kept, "names");
  listing.enterprises = get_kept (kept, "enterprises");
  listing.numbers = get_kept (kept, "numbers");
  return yeji_listing_put (sql, &listing, error);
}

/**
 * yeji_publication_restore:
 * @kept: of yeji_publication_keep()
 *
 * Brings a project's public page back to what it was, its trace as well.
 */
gboolean
yeji_publication_restore (YejiSql     *sql,
                          const char  *uuid,
                          const char  *kept,
                          GError     **error)
{
  g_autoptr (JsonNode) node = yeji_json_parse (kept, -1, error);
  JsonObject *object = yeji_json_node_object (node);

  if (node == NULL)
    return FALSE;
  g_return_val_if_fail (object != NULL, FALSE);
  return restore_publication (sql, uuid, yeji_json_get_object (object, "publication"), error)
         && restore_listing (sql, uuid, yeji_json_get_object (object, "listing"), error)
         && yeji_sql_exec (sql, error,
                           "DELETE FROM publication_event WHERE uuid = ?1 AND seq > ?2", "si", uuid,
                           yeji_json_get_int (object, "event", G_MAXINT64));
}

/**
 * yeji_publication_make_uuid:
 *
 * Returns: (transfer full): what the page of a project of another system is called, always the same
 */
char *
yeji_publication_make_uuid (const char *system,
                            const char *number)
{
  g_autofree char *name = g_strconcat (system, "/", number, NULL);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, name, -1);

  /* RFC 9562, 5.8: a version for what is made in one's own way */
  return g_strdup_printf ("%.8s-%.4s-8%.3s-8%.3s-%.12s", sum, sum + 8, sum + 12, sum + 15, sum + 18);
}

/**
 * yeji_publication_write_declared:
 * @batch: what it comes with, unseen until all of it is there; 0: nothing
 *
 * Puts a project of another system into the public search, without a grade, or takes it out where
 * that system has it no more.
 */
gboolean
yeji_publication_write_declared (YejiSql                    *sql,
                                 const YejiDeclaredProject  *project,
                                 gint64                      batch,
                                 GError                    **error)
{
  g_autofree char *uuid = yeji_publication_make_uuid (project->system, project->number);
  YejiListing listing = {
    .uuid = uuid, .grade = "", .kind = "", .role = "", .area = project->area,
    .number = project->number, .name = project->name, .enterprise = project->enterprise,
    .office = "", .reviewer = "", .at = project->at, .system = project->system,
    .names = project->name, .enterprises = project->enterprise, .numbers = project->number,
    .batch = batch,
  };

  if (g_str_equal (project->state, YEJI_DECLARED_REMOVED))
    return yeji_listing_remove (sql, uuid, error);
  listing.state = g_str_equal (project->state, YEJI_DECLARED_FINISHED) ? YEJI_LISTING_FINISHED
                                                                       : YEJI_LISTING_ONGOING;
  return yeji_listing_put (sql, &listing, error);
}

/**
 * yeji_publication_list_unlisted:
 * @uuids: (element-type utf8): gets those of publications that the search does not have
 *
 * Finds what was published before there was a search, the oldest first.
 */
gboolean
yeji_publication_list_unlisted (YejiSql    *sql,
                                GPtrArray  *uuids,
                                GError    **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT uuid FROM publication p WHERE NOT EXISTS"
                         "  (SELECT 1 FROM listing WHERE listing.uuid = p.uuid)"
                         " ORDER BY approved_at, uuid", "");
  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &local_error))
    g_ptr_array_add (uuids, yeji_rows_dup_text (rows, 0));
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * yeji_publication_list_again:
 *
 * Puts a publication into the search, unless it is in it, or is no more.
 */
gboolean
yeji_publication_list_again (YejiServerContext  *context,
                             YejiSql            *sql,
                             const char         *uuid,
                             GError            **error)
{
  g_autoptr (YejiCase) approved = g_new0 (YejiCase, 1);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRecord) record = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT uuid, area, enterprise, grade, office, reviewer, approved_at, body"
                         " FROM publication p WHERE uuid = ?1 AND NOT EXISTS"
                         "  (SELECT 1 FROM listing WHERE listing.uuid = p.uuid)", "s", uuid);
  if (rows == NULL)
    return FALSE;
  if (!yeji_rows_next (rows, &local_error))
    {
      if (local_error == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  approved->uuid = yeji_rows_dup_text (rows, 0);
  approved->area = yeji_rows_dup_text (rows, 1);
  approved->enterprise_name = yeji_rows_dup_text (rows, 2);
  approved->grade = yeji_rows_dup_text (rows, 3);
  approved->office = yeji_rows_dup_text (rows, 4);
  approved->reviewer = yeji_rows_dup_text (rows, 5);
  approved->approved_at = yeji_rows_dup_text (rows, 6);
  approved->body = yeji_rows_dup_text (rows, 7);
  g_clear_pointer (&rows, yeji_rows_free);
  record = yeji_server_dictionary_read (context->versions, approved->body, NULL, &local_error);
  if (record != NULL)
    return list (context, sql, approved, record, error);
  /* one that cannot be read keeps no other from being found */
  g_message ("%s is not put into the search: %s", uuid, local_error->message);
  return TRUE;
}
