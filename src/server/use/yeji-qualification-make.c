// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-qualifications"

#include "config.h"

#include "yeji-qualification-lists.h"

#include <string.h>

#include "yeji-audit.h"
#include "yeji-case.h"
#include "yeji-clock.h"
#include "yeji-digest.h"
#include "yeji-json.h"
#include "yeji-mapping.h"

#define MAX_KEY 200
/* Rules of the problems that a refusal carries. */
#define RULE_PREFIX "qualification."
#define RULE_UNKNOWN RULE_PREFIX "unknown"
#define RULE_USED RULE_PREFIX "used"

/* A list that is asked for. */
typedef struct
{
  const YejiQualification *kind;
  const char *name;
  JsonArray *records;
  gboolean again;              /* who asks knows that records are used elsewhere */
  const char *key;
  GPtrArray *cases;            /* (element-type YejiCase) */
  GPtrArray *parsed;           /* (element-type YejiRecord), of the cases */
} Wish;

static void
clear_wish (Wish *wish)
{
  g_clear_pointer (&wish->cases, g_ptr_array_unref);
  g_clear_pointer (&wish->parsed, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wish, clear_wish)

static char *
hash_request (YejiRequest *request)
{
  g_autofree char *body = yeji_json_print (request->body, FALSE);

  return yeji_digest_sum_text (body);
}

static gboolean
get_flag (JsonObject *object,
          const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
         && json_node_get_value_type (node) == G_TYPE_BOOLEAN && json_node_get_boolean (node);
}

static gboolean
are_uuids (JsonArray *records)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  const guint n = records != NULL ? json_array_get_length (records) : 0;

  for (guint i = 0; i < n; i++)
    {
      const char *uuid = yeji_json_node_string (json_array_get_element (records, i));

      if (uuid == NULL || !g_uuid_string_is_valid (uuid)
          || !g_hash_table_add (seen, (gpointer) uuid))
        return FALSE;
    }
  return n > 0 && n <= YEJI_QUALIFICATION_MAX_RECORDS;
}

/* NULL: it can be read */
static YejiResponse *
read_wish (YejiServerContext *context,
           YejiRequest       *request,
           Wish              *wish)
{
  JsonObject *object = yeji_request_get_object (request);
  const char *kind = yeji_request_get_string (request, "kind");

  wish->key = yeji_request_get_header (request, "idempotency-key");
  if (wish->key == NULL || *wish->key == '\0' || strlen (wish->key) > MAX_KEY)
    return yeji_refuse (request, YEJI_WIRE_MALFORMED, "需要 Idempotency-Key。",
                        "An Idempotency-Key is required.");
  if (kind != NULL)
    wish->kind = yeji_qualifications_find
                   (yeji_dictionary_get_qualifications (context->dictionary), kind);
  if (wish->kind == NULL)
    return yeji_refuse (request, YEJI_WIRE_MALFORMED, "没有这一类资质申报清单。",
                        "There is no such kind of qualification list.");
  wish->name = yeji_request_get_string (request, "name");
  if (wish->name == NULL || *wish->name == '\0'
      || g_utf8_strlen (wish->name, -1) > YEJI_QUALIFICATION_MAX_NAME)
    return yeji_refuse (request, YEJI_WIRE_MALFORMED, "清单要有名称，不超过 100 字。",
                        "A list has a name of 100 characters at most.");
  wish->records = yeji_request_get_array (request, "records");
  if (!are_uuids (wish->records))
    return yeji_refuse (request, YEJI_WIRE_MALFORMED,
                        "records 应列出 1 到 200 条业绩的 uuid，不得重复。",
                        "records must list the uuids of 1 to 200 records, each once.");
  wish->again = get_flag (object, "again");
  return NULL;
}

/* What this key made before; NULL without an error when it is new. */
static YejiResponse *
answer_again (YejiServerContext  *context,
              YejiSql            *sql,
              YejiRequest        *request,
              const char         *key,
              GError            **error)
{
  g_autofree char *hash = hash_request (request);
  g_autoptr (YejiQualificationList) list = NULL;
  g_autoptr (YejiRows) rows = NULL;
  JsonNode *node;

  rows = yeji_sql_query (sql, error,
                         "SELECT " YEJI_QUALIFICATION_COLUMNS " FROM " YEJI_QUALIFICATION_TABLES
                         " WHERE q.enterprise = ?1 AND key = ?2", "ss",
                         request->account->enterprise, key);
  if (rows == NULL || !yeji_rows_next (rows, error))
    return NULL;
  list = yeji_qualification_list_read (rows);
  if (!g_str_equal (list->request_hash, hash))
    return yeji_refuse (request, YEJI_WIRE_MALFORMED, "此 Idempotency-Key 已用于另一请求。",
                        "This Idempotency-Key was used for another request.");
  node = yeji_qualification_list_to_json (list, context, sql, error);
  return node != NULL ? yeji_response_new (200, node) : NULL;
}

static void
add_problem (GPtrArray    *problems,
             guint         index,
             const char   *rule,
             YejiSeverity  severity,
             const char   *message)
{
  g_autofree char *pointer = g_strdup_printf ("/records/%u", index);

  g_ptr_array_add (problems, yeji_problem_new (rule, severity, pointer, message));
}

/* Puts the reasons of one record into @problems; FALSE with an error. */
static gboolean
judge_record (YejiServerContext  *context,
              YejiSql            *sql,
              YejiRequest        *request,
              Wish               *wish,
              guint               index,
              GPtrArray          *problems,
              GError            **error)
{
  static const char * const unknown[N_YEJI_LANGUAGES] = {
    [YEJI_LANGUAGE_ZH] = "本企业没有这条业绩。",
    [YEJI_LANGUAGE_EN] = "The enterprise has no such record.",
  };
  g_autoptr (GError) local_error = NULL;
  YejiCase *found = yeji_case_load (sql, json_array_get_string_element (wish->records, index),
                                    &local_error);
  g_autoptr (YejiRecord) record = NULL;
  g_autoptr (GPtrArray) reasons = NULL;

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (found == NULL || !g_str_equal (found->enterprise, request->account->enterprise))
    {
      g_clear_pointer (&found, yeji_case_free);
      add_problem (problems, index, RULE_UNKNOWN, YEJI_SEVERITY_ERROR, unknown[request->language]);
      return TRUE;
    }
  g_ptr_array_add (wish->cases, found);
  if (yeji_use_standing_from_state (found->state) == YEJI_STANDING_APPROVED)
    {
      record = yeji_case_read_record (found, context, NULL, error);
      if (record == NULL)
        return FALSE;
    }
  reasons = yeji_qualify_list_reasons (context->dictionary, wish->kind, record,
                                       yeji_use_standing_from_state (found->state), found->grade);
  for (guint i = 0; i < reasons->len; i++)
    {
      const YejiQualifyReason *reason = g_ptr_array_index (reasons, i);
      g_autofree char *rule = g_strconcat (RULE_PREFIX, reason->id, NULL);

      add_problem (problems, index, rule, YEJI_SEVERITY_ERROR,
                   yeji_text_get (&reason->text, request->language));
    }
  if (reasons->len == 0)
    g_ptr_array_add (wish->parsed, g_steal_pointer (&record));
  return TRUE;
}

static char *
print_records (Wish *wish)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);

  json_node_set_array (node, wish->records);
  return yeji_json_print (node, FALSE);
}

/* Records that other lists carry are told once, and taken when who asks says that this is meant;
 * NULL without an error: nothing speaks against it. */
static YejiResponse *
refuse_used (YejiSql      *sql,
             YejiRequest  *request,
             Wish         *wish,
             GError      **error)
{
  static const char * const formats[N_YEJI_LANGUAGES] = {
    [YEJI_LANGUAGE_ZH] = "已用于清单“%s”。", [YEJI_LANGUAGE_EN] = "The list “%s” carries it already.",
  };
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *uuids = print_records (wish);
  g_autoptr (GHashTable) uses = NULL;

  if (wish->again)
    return NULL;
  uses = yeji_qualification_find_uses (sql, request->account->enterprise, "", uuids, error);
  for (guint i = 0; uses != NULL && i < json_array_get_length (wish->records); i++)
    {
      JsonArray *lists = g_hash_table_lookup (uses, json_array_get_string_element (wish->records,
                                                                                  i));

      for (guint j = 0; lists != NULL && j < json_array_get_length (lists); j++)
        {
          JsonObject *list = json_array_get_object_element (lists, j);
          const char *name = json_object_get_string_member (list, "name");
          g_auto (GStrv) parts = g_strsplit (formats[request->language], "%s", 2);
          g_autofree char *message = g_strjoin (name, parts[0], parts[1], NULL);

          add_problem (problems, i, RULE_USED, YEJI_SEVERITY_WARNING, message);
        }
    }
  return problems->len > 0 ? yeji_refuse_errors (request, YEJI_WIRE_USED, problems) : NULL;
}

/* NULL without an error: all of them count. */
static YejiResponse *
refuse_records (YejiServerContext  *context,
                YejiSql            *sql,
                YejiRequest        *request,
                Wish               *wish,
                GError            **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_object_unref);

  wish->cases = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_case_free);
  wish->parsed = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < json_array_get_length (wish->records); i++)
    if (!judge_record (context, sql, request, wish, i, problems, error))
      return NULL;
  return problems->len > 0 ? yeji_refuse_errors (request, YEJI_WIRE_INVALID, problems)
                           : refuse_used (sql, request, wish, error);
}

static gboolean
write_record (YejiServerContext  *context,
              YejiSql            *sql,
              Wish               *wish,
              const char         *id,
              guint               index,
              GError            **error)
{
  YejiCase *found = g_ptr_array_index (wish->cases, index);
  YejiRecord *record = g_ptr_array_index (wish->parsed, index);
  g_autofree double *values = g_new0 (double, wish->kind->indicators->len + 1);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  yeji_qualify_measure (wish->kind, record, values);
  json_node_take_object (node, yeji_qualification_print_values (wish->kind, values));
  text = yeji_json_print (node, FALSE);
  return yeji_sql_exec (sql, error,
                        "INSERT INTO qualification_record (qualification, position, uuid, name,"
                        " number, area, grade, revision, indicators)"
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)", "sisssssis", id,
                        (gint64) index, found->uuid,
                        yeji_mapping_get_title (context->mapping, record),
                        yeji_mapping_get_number (context->mapping, record), found->area,
                        found->grade, found->revision, text);
}

static YejiResponse *
make (YejiServerContext  *context,
      YejiSql            *sql,
      YejiRequest        *request,
      Wish               *wish,
      GError            **error)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *hash = hash_request (request);
  g_autofree char *now = yeji_clock_now ();
  g_autoptr (YejiQualificationList) list = NULL;
  JsonNode *node;

  if (!yeji_sql_exec (sql, error,
                      "INSERT INTO qualification (id, enterprise, kind, name, state, made_at,"
                      " made_by, changed_at, key, request_hash)"
                      " VALUES (?1, ?2, ?3, ?4, 'open', ?5, ?6, ?5, ?7, ?8)", "ssssssss", id,
                      request->account->enterprise, wish->kind->id, wish->name, now,
                      request->account->name, wish->key, hash))
    return NULL;
  for (guint i = 0; i < wish->cases->len; i++)
    if (!write_record (context, sql, wish, id, i, error))
      return NULL;
  if (!yeji_audit_write (sql, request->account->name, "qualification.made", NULL, id, error))
    return NULL;
  list = yeji_qualification_list_load (sql, id, error);
  node = list != NULL ? yeji_qualification_list_to_json (list, context, sql, error) : NULL;
  return node != NULL ? yeji_response_new (201, node) : NULL;
}

/**
 * yeji_qualifications_make:
 *
 * `POST /v1/qualification-applications` {kind, name, records, again}: makes a list of approved
 * records, once for each Idempotency-Key. A record that does not count is refused with the reason at
 * its place; one that another list carries is told, and taken with `again`.
 */
YejiResponse *
yeji_qualifications_make (YejiServerContext  *context,
                          YejiSql            *sql,
                          YejiRequest        *request,
                          GError            **error)
{
  g_auto (Wish) wish = { NULL };
  g_autoptr (GError) local_error = NULL;
  YejiResponse *response = read_wish (context, request, &wish);

  if (response == NULL)
    response = answer_again (context, sql, request, wish.key, &local_error);
  if (response == NULL && local_error == NULL)
    response = refuse_records (context, sql, request, &wish, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  return response != NULL ? response : make (context, sql, request, &wish, error);
}
