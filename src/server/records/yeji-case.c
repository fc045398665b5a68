// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-case"

#include "config.h"

#include "yeji-case.h"

#include "yeji-announced.h"
#include "yeji-audit.h"
#include "yeji-claims.h"
#include "yeji-clock.h"
#include "yeji-epoch.h"
#include "yeji-json.h"
#include "yeji-push-work.h"
#include "yeji-removal.h"
#include "yeji-review-events.h"

#define MINIMAL "return=minimal"

/**
 * yeji_case_load:
 *
 * Returns: (transfer full) (nullable): the record; %NULL without @error when there is none
 */
YejiCase *
yeji_case_load (YejiSql     *sql,
                const char  *uuid,
                GError     **error)
{
  g_autoptr (YejiRows) rows = NULL;
  YejiCase *self;

  rows = yeji_sql_query (sql, error,
                         "SELECT uuid, record.enterprise, enterprise.name, revision, state, body,"
                         " sent_hash, area, grade, office, reviewer, message, points, submitted_at,"
                         " approved_at, submitted_revision, submitted_hash, files_due_at,"
                         " files_complete_at, changed_at,"
                         " max (content_revision, coalesce (submitted_revision, 0)) FROM record"
                         " JOIN enterprise ON enterprise.code = record.enterprise"
                         " WHERE uuid = ?1",
                         "s", uuid);
  if (rows == NULL || !yeji_rows_next (rows, error))
    return NULL;
  self = g_new0 (YejiCase, 1);
  self->uuid = yeji_rows_dup_text (rows, 0);
  self->enterprise = yeji_rows_dup_text (rows, 1);
  self->enterprise_name = yeji_rows_dup_text (rows, 2);
  self->revision = yeji_rows_int (rows, 3);
  self->state = yeji_rows_dup_text (rows, 4);
  self->body = yeji_rows_dup_text (rows, 5);
  self->sent_hash = yeji_rows_dup_text (rows, 6);
  self->area = yeji_rows_dup_text (rows, 7);
  self->grade = yeji_rows_dup_text (rows, 8);
  self->office = yeji_rows_dup_text (rows, 9);
  self->reviewer = yeji_rows_dup_text (rows, 10);
  self->message = yeji_rows_dup_text (rows, 11);
  self->points = yeji_rows_dup_text (rows, 12);
  self->submitted_at = yeji_rows_dup_text (rows, 13);
  self->approved_at = yeji_rows_dup_text (rows, 14);
  self->submitted_revision = yeji_rows_int (rows, 15);
  self->submitted_hash = yeji_rows_dup_text (rows, 16);
  self->files_due_at = yeji_rows_dup_text (rows, 17);
  self->files_complete_at = yeji_rows_dup_text (rows, 18);
  self->changed_at = yeji_rows_dup_text (rows, 19);
  self->content_revision = yeji_rows_int (rows, 20);
  return self;
}

/**
 * yeji_case_is_handed_in:
 * @state: of a record
 *
 * Returns: whether it is for reviewers: what its enterprise has not handed in, or has taken back,
 *   is its own
 */
gboolean
yeji_case_is_handed_in (const char *state)
{
  static const char * const states[] = {
    YEJI_STATE_SUBMITTED, YEJI_STATE_RETURNED, YEJI_STATE_APPROVED, YEJI_STATE_REVOKED, NULL,
  };

  return g_strv_contains (states, state);
}

/* What the person who asks may not see does not exist, but for a reviewer of another area. */
static YejiResponse *
refuse_reader (YejiServerContext *context,
               YejiRequest       *request,
               YejiCase          *self)
{
  YejiAccount *account = request->account;
  const YejiOffice *office;

  switch (request->reach)
    {
    case YEJI_REACH_OWN:
      if (g_strcmp0 (account->enterprise, self->enterprise) == 0)
        return NULL;
      break;
    case YEJI_REACH_AREA:
      /* who has seen it wait for a decision is told what became of it */
      if (!yeji_case_is_handed_in (self->state)
          && (!g_str_equal (self->state, YEJI_STATE_REMOVED) || self->submitted_at == NULL))
        break;
      office = yeji_offices_find (context->offices, account->office);
      if (!yeji_office_covers (office, self->area))
        return yeji_refuse (request, YEJI_WIRE_OUT_OF_AREA, NULL, NULL);
      return NULL;
    case YEJI_REACH_ALL:
      return NULL;
    case YEJI_REACH_NOTHING:
    case N_YEJI_REACHES:
    default:
      g_assert_not_reached ();
    }
  return yeji_refuse (request, YEJI_WIRE_NOT_FOUND, NULL, NULL);
}

/**
 * yeji_case_load_for:
 * @request: whose target is the record
 * @refusal: (out): why not
 *
 * Loads the record that a request is about, if who asks may know of it: its enterprise, and
 * registered reviewers of its area once it was submitted.
 *
 * Returns: (transfer full) (nullable): the record; %NULL with @refusal or with @error
 */
YejiCase *
yeji_case_load_for (YejiServerContext  *context,
                    YejiSql            *sql,
                    YejiRequest        *request,
                    YejiResponse      **refusal,
                    GError            **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiCase) self = yeji_case_load (sql, request->target, &local_error);

  *refusal = NULL;
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  *refusal = self != NULL ? refuse_reader (context, request, self)
                          : yeji_refuse (request, YEJI_WIRE_NOT_FOUND, NULL, NULL);
  if (*refusal == NULL && g_str_equal (self->state, YEJI_STATE_REMOVED))
    *refusal = yeji_removal_refuse (self, request);
  if (*refusal != NULL
      || (request->account->role == YEJI_ACCOUNT_REVIEWER
          && !yeji_claim_touch (sql, self->uuid, request->account, error)))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * yeji_case_is_writable:
 *
 * Returns: whether its enterprise may change it now: what is public with grade D may be completed,
 *   and the public page keeps its copy until that is approved
 */
gboolean
yeji_case_is_writable (YejiCase *self)
{
  return g_str_equal (self->state, YEJI_STATE_DRAFT)
         || g_str_equal (self->state, YEJI_STATE_RETURNED)
         || g_str_equal (self->state, YEJI_STATE_WITHDRAWN)
         || (g_str_equal (self->state, YEJI_STATE_APPROVED)
             && g_strcmp0 (self->grade, YEJI_GRADE_INCOMPLETE) == 0);
}

/**
 * yeji_case_is_public:
 *
 * Returns: whether the public page has a copy that counts. Of one that was published with grade D
 *   it stays while that is being completed.
 */
gboolean
yeji_case_is_public (YejiCase *self)
{
  return self->grade != NULL && !g_str_equal (self->state, YEJI_STATE_REVOKED);
}

/**
 * yeji_case_waits_for_files:
 *
 * Returns: whether it was submitted and documents that were announced are still to come
 */
gboolean
yeji_case_waits_for_files (YejiCase *self)
{
  return g_str_equal (self->state, YEJI_STATE_SUBMITTED) && self->files_complete_at == NULL;
}

/**
 * yeji_case_read_record:
 * @version: (out) (optional) (transfer full): of the dictionary under which it was written
 *
 * Returns: (transfer full) (nullable): the record itself, under the dictionary that counts now
 */
YejiRecord *
yeji_case_read_record (YejiCase           *self,
                       YejiServerContext  *context,
                       char              **version,
                       GError            **error)
{
  return yeji_server_dictionary_read (context->versions, self->body, version, error);
}

/**
 * yeji_case_list_slots:
 *
 * Returns: (transfer full) (nullable): the slots for which a document was submitted
 */
GStrv
yeji_case_list_slots (YejiCase  *self,
                      YejiSql   *sql,
                      GError   **error)
{
  g_autoptr (GStrvBuilder) slots = g_strv_builder_new ();
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT DISTINCT slot FROM file"
                         " WHERE record = ?1 AND submitted = 1 AND complete = 1",
                         "s", self->uuid);
  if (rows == NULL)
    return NULL;
  while (yeji_rows_next (rows, &local_error))
    g_strv_builder_add (slots, yeji_rows_text (rows, 0));
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  return g_strv_builder_end (slots);
}

/**
 * yeji_case_save:
 * @record: (nullable): what the body shall be; %NULL leaves it
 *
 * Stores everything that may have changed, as the next revision.
 */
gboolean
yeji_case_save (YejiCase           *self,
                YejiServerContext  *context,
                YejiSql            *sql,
                YejiRecord         *record,
                GError            **error)
{
  g_autofree char *now = yeji_clock_now ();

  if (!yeji_epoch_give_revision (sql, &self->revision, error))
    return FALSE;
  g_free (self->changed_at);
  self->changed_at = g_strdup (now);
  if (record != NULL)
    {
      self->content_revision = self->revision;
      g_free (self->body);
      self->body = self->text != NULL ? g_steal_pointer (&self->text)
                                      : yeji_record_to_text (record);
      g_free (self->area);
      self->area = g_strdup (yeji_mapping_get_area (context->mapping, record));
      /* one statement: a row with its body is written once and not twice */
      return yeji_sql_exec (sql, error,
                            "INSERT INTO record (uuid, enterprise, revision, state, body,"
                            "  sent_hash, name, number, area, created_at, changed_at,"
                            "  content_revision, grade, office, reviewer, message, points,"
                            "  submitted_at, approved_at, submitted_revision, submitted_hash,"
                            "  files_due_at, files_complete_at)"
                            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10, ?3, ?11, ?12,"
                            "  ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)"
                            " ON CONFLICT (uuid) DO UPDATE SET (revision, state, body, sent_hash,"
                            "  name, number, area, changed_at, content_revision, grade, office,"
                            "  reviewer, message, points, submitted_at, approved_at,"
                            "  submitted_revision, submitted_hash, files_due_at,"
                            "  files_complete_at) = (excluded.revision, excluded.state,"
                            "  excluded.body, excluded.sent_hash, excluded.name, excluded.number,"
                            "  excluded.area, excluded.changed_at, excluded.content_revision,"
                            "  excluded.grade, excluded.office, excluded.reviewer,"
                            "  excluded.message, excluded.points, excluded.submitted_at,"
                            "  excluded.approved_at, excluded.submitted_revision,"
                            "  excluded.submitted_hash, excluded.files_due_at,"
                            "  excluded.files_complete_at)",
                            "ssissssssssssssssisss", self->uuid, self->enterprise, self->revision,
                            self->state, self->body, self->sent_hash,
                            yeji_mapping_get_title (context->mapping, record),
                            yeji_mapping_get_number (context->mapping, record), self->area, now,
                            self->grade, self->office, self->reviewer, self->message,
                            self->points, self->submitted_at, self->approved_at,
                            self->submitted_revision, self->submitted_hash, self->files_due_at,
                            self->files_complete_at);
    }
  return yeji_sql_exec (sql, error,
                        "UPDATE record SET revision = ?2, state = ?3, grade = ?4, office = ?5,"
                        " reviewer = ?6, message = ?7, points = ?8, submitted_at = ?9,"
                        " approved_at = ?10, changed_at = ?11, submitted_revision = ?12,"
                        " submitted_hash = ?13, files_due_at = ?14, files_complete_at = ?15"
                        " WHERE uuid = ?1",
                        "sisssssssssisss", self->uuid, self->revision, self->state, self->grade,
                        self->office, self->reviewer, self->message, self->points,
                        self->submitted_at, self->approved_at, now, self->submitted_revision,
                        self->submitted_hash, self->files_due_at, self->files_complete_at);
}

/**
 * yeji_case_write_change:
 * @with_record: whether the province changed the record itself
 *
 * Tells the enterprise what became of its record. The number is taken while the transaction writes,
 * so the order of the numbers is the order of the commits and no cursor passes one by.
 */
gboolean
yeji_case_write_change (YejiCase  *self,
                        YejiSql   *sql,
                        gboolean   with_record,
                        GError   **error)
{
  g_autofree char *now = yeji_clock_now ();

  return yeji_sql_exec (sql, error,
                        "INSERT INTO change (enterprise, uuid, revision, state, grade, office,"
                        "  reviewer, message, points, at, record, files_due_at,"
                        "  files_complete_at, content_revision)"
                        " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13,"
                        "  max (content_revision, coalesce (submitted_revision, 0)) FROM record"
                        "  WHERE uuid = ?2",
                        "ssissssssssss", self->enterprise, self->uuid, self->revision, self->state,
                        self->grade, self->office, self->reviewer, self->message, self->points,
                        now, with_record ? self->body : NULL, self->files_due_at,
                        self->files_complete_at);
}

static void
set_string (char       **member,
            const char  *text)
{
  g_free (*member);
  *member = g_strdup (text);
}

/**
 * yeji_case_return:
 * @message: why
 * @points: an array of what is to be put right, as a reviewer's
 * @what: what the audit log calls it
 *
 * Gives a submitted record back without a reviewer: nobody can decide on it as it is.
 */
gboolean
yeji_case_return (YejiCase           *self,
                  YejiServerContext  *context,
                  YejiSql            *sql,
                  const char         *message,
                  JsonNode           *points,
                  const char         *what,
                  GError            **error)
{
  g_assert (g_str_equal (self->state, YEJI_STATE_SUBMITTED));
  set_string (&self->state, YEJI_STATE_RETURNED);
  set_string (&self->office, yeji_mapping_get_name (context->mapping, YEJI_LANGUAGE_ZH));
  set_string (&self->reviewer, NULL);
  set_string (&self->message, message);
  set_string (&self->files_due_at, NULL);
  g_free (self->points);
  self->points = yeji_json_print (points, FALSE);
  return yeji_case_save (self, context, sql, NULL, error)
         && yeji_case_write_change (self, sql, FALSE, error)
         && yeji_review_event_note (sql, self, YEJI_EVENT_RETURNED, "", error)
         && yeji_audit_write (sql, "", what, self->uuid, message, error);
}

/* An enterprise sees all its documents, a reviewer those that were submitted. */
static JsonNode *
list_files (YejiCase     *self,
            YejiSql      *sql,
            YejiRequest  *request,
            GError      **error)
{
  gboolean all = request->account->role == YEJI_ACCOUNT_ENTERPRISE;
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  g_autoptr (YejiRows) rows = NULL;
  g_autoptr (GError) local_error = NULL;
  JsonArray *array = json_array_new ();

  json_node_take_array (node, array);
  rows = yeji_sql_query (sql, error,
                         "SELECT min (id), slot, sha256, filename, filetype, length, verdict,"
                         " max (submitted)"
                         " FROM file LEFT JOIN content USING (sha256, filetype)"
                         " WHERE record = ?1 AND complete = 1 AND (submitted = 1 OR ?2 = 1)"
                         " AND slot <> '" YEJI_WIRE_SLOT_EVIDENCE "'"
                         " GROUP BY slot, sha256 ORDER BY slot, filename",
                         "si", self->uuid, (gint64) all);
  if (rows == NULL)
    return NULL;
  while (yeji_rows_next (rows, &local_error))
    {
      JsonObject *file = json_object_new ();

      json_object_set_string_member (file, "id", yeji_rows_text (rows, 0));
      json_object_set_string_member (file, "slot", yeji_rows_text (rows, 1));
      json_object_set_string_member (file, "sha256", yeji_rows_text (rows, 2));
      json_object_set_string_member (file, "filename", yeji_rows_text (rows, 3));
      json_object_set_string_member (file, "filetype", yeji_rows_text (rows, 4));
      json_object_set_int_member (file, "size", yeji_rows_int (rows, 5));
      if (!yeji_rows_is_null (rows, 6))
        json_object_set_string_member (file, "examined", yeji_rows_text (rows, 6));
      if (all)
        json_object_set_boolean_member (file, YEJI_WIRE_MEMBER_FILE_SUBMITTED,
                                        yeji_rows_int (rows, 7) != 0);
      json_array_add_object_element (array, file);
    }
  if (local_error == NULL)
    return g_steal_pointer (&node);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

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

/**
 * yeji_points_to_json:
 * @points: a JSON array as it is stored
 *
 * Returns: (transfer full): the array
 */
JsonNode *
yeji_points_to_json (const char *points)
{
  JsonNode *node = yeji_json_parse (points, -1, NULL);

  g_assert (node != NULL && JSON_NODE_HOLDS_ARRAY (node));
  return node;
}

static JsonNode *
case_to_json (YejiCase     *self,
              YejiSql      *sql,
              YejiRequest  *request,
              GError      **error)
{
  g_autofree char *content = g_strdup_printf ("r%" G_GINT64_FORMAT, self->content_revision);
  JsonNode *files = list_files (self, sql, request, error);
  JsonNode *record = files != NULL ? yeji_json_parse (self->body, -1, error) : NULL;
  JsonArray *expected = record != NULL ? yeji_announced_list_expected (sql, self->uuid, error)
                                       : NULL;
  JsonNode *node;
  JsonObject *object;

  if (expected == NULL)
    {
      g_clear_pointer (&files, json_node_unref);
      g_clear_pointer (&record, json_node_unref);
      return NULL;
    }
  object = json_object_new ();
  json_object_set_member (object, "record", record);
  json_object_set_string_member (object, "state", self->state);
  set_text (object, "grade", self->grade);
  set_text (object, "office", self->office);
  set_text (object, "reviewer", self->reviewer);
  set_text (object, "message", self->message);
  json_object_set_member (object, "points", yeji_points_to_json (self->points));
  json_object_set_member (object, "files", files);
  json_object_set_array_member (object, YEJI_WIRE_MEMBER_FILES_EXPECTED, expected);
  yeji_push_add_state (sql, self->uuid, object);
  set_text (object, YEJI_WIRE_MEMBER_CHANGED_AT, self->changed_at);
  json_object_set_string_member (object, YEJI_WIRE_MEMBER_CONTENT, content);
  if (self->submitted_at != NULL)
    {
      set_text (object, YEJI_WIRE_MEMBER_FILES_DUE_AT, self->files_due_at);
      set_text (object, YEJI_WIRE_MEMBER_FILES_COMPLETE_AT, self->files_complete_at);
    }
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  return node;
}

/* Who has just written a record knows what is in it (RFC 7240). */
static gboolean
wants_no_body (YejiRequest *request)
{
  return g_str_equal (request->method, "PUT")
         && g_strcmp0 (yeji_request_get_header (request, "prefer"), MINIMAL) == 0;
}

/**
 * yeji_case_answer:
 *
 * Returns: (transfer full) (nullable): the record with its state and entity tag; the tag alone for
 *   who writes it and prefers that
 */
YejiResponse *
yeji_case_answer (YejiCase     *self,
                  YejiSql      *sql,
                  YejiRequest  *request,
                  guint         status,
                  GError      **error)
{
  gboolean minimal = wants_no_body (request);
  JsonNode *node = minimal ? NULL : case_to_json (self, sql, request, error);
  YejiResponse *response;

  if (node == NULL && !minimal)
    return NULL;
  response = yeji_response_new (status, node);
  if (minimal)
    yeji_response_set_header (response, "Preference-Applied", MINIMAL);
  yeji_response_set_revision (response, self->revision);
  return response;
}

/**
 * yeji_case_refuse_stale:
 *
 * Returns: (transfer full) (nullable): 412 with what the record is now
 */
YejiResponse *
yeji_case_refuse_stale (YejiCase     *self,
                        YejiSql      *sql,
                        YejiRequest  *request,
                        GError      **error)
{
  JsonNode *node = case_to_json (self, sql, request, error);
  YejiResponse *response;

  if (node == NULL)
    return NULL;
  response = yeji_refuse (request, YEJI_WIRE_STALE, NULL, NULL);
  json_object_set_member (json_node_get_object (response->body), "current", node);
  yeji_response_set_revision (response, self->revision);
  return response;
}

/**
 * yeji_case_refuse_state:
 *
 * Returns: (transfer full): 409 with the state that is in the way
 */
YejiResponse *
yeji_case_refuse_state (YejiCase    *self,
                        YejiRequest *request)
{
  static const struct
  {
    const char *state, *zh, *en;
  } texts[] = {
    { YEJI_STATE_DRAFT, "尚未提交。", "It was not submitted yet." },
    { YEJI_STATE_SUBMITTED, "已提交，正在审核。", "It was submitted and is being reviewed." },
    { YEJI_STATE_RETURNED, "已退回企业修改。", "It was returned to the enterprise." },
    { YEJI_STATE_APPROVED, "已审核通过。", "It is approved." },
    { YEJI_STATE_WITHDRAWN, "企业已撤回。", "It was withdrawn by the enterprise." },
    { YEJI_STATE_REVOKED, "已被撤销，不能再使用或提交。",
      "It was revoked: it can neither be used nor submitted again." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_str_equal (texts[i].state, self->state))
      return yeji_refuse (request, YEJI_WIRE_STATE, texts[i].zh, texts[i].en);
  return yeji_refuse (request, YEJI_WIRE_STATE, NULL, NULL);
}

/**
 * yeji_case_refuse_dictionary:
 * @version: (nullable): of the record
 *
 * Returns: (transfer full): 409 with both versions and what to do
 */
YejiResponse *
yeji_case_refuse_dictionary (YejiServerContext *context,
                             YejiRequest       *request,
                             const char        *version)
{
  const char *ours = yeji_dictionary_get_version (context->dictionary);
  g_autofree char *zh = NULL;
  g_autofree char *en = NULL;

  version = version != NULL ? version : "?";
  zh = g_strdup_printf ("本平台使用数据字典 %s，这条业绩是按 %s 填写的。请先同步，"
                        "取得新字典并查看变动，核对后重新提交。", ours, version);
  en = g_strdup_printf ("The province uses version %s of the dictionary, and the record was written"
                        " under %s. Synchronise to fetch the dictionary, look at what changed in"
                        " the record, and submit it again.", ours, version);
  return yeji_refuse (request, YEJI_WIRE_DICTIONARY, zh, en);
}

/**
 * yeji_case_free:
 * @self: (transfer full)
 *
 * Frees the record.
 */
void
yeji_case_free (YejiCase *self)
{
  g_free (self->uuid);
  g_free (self->enterprise);
  g_free (self->enterprise_name);
  g_free (self->state);
  g_free (self->body);
  g_free (self->text);
  g_free (self->sent_hash);
  g_free (self->area);
  g_free (self->grade);
  g_free (self->office);
  g_free (self->reviewer);
  g_free (self->message);
  g_free (self->points);
  g_free (self->submitted_at);
  g_free (self->approved_at);
  g_free (self->submitted_hash);
  g_free (self->files_due_at);
  g_free (self->files_complete_at);
  g_free (self->changed_at);
  g_free (self);
}
