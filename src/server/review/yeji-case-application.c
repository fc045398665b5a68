// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-applications"

#include "config.h"

#include "yeji-case-application.h"

#include "yeji-clock.h"
#include "yeji-json.h"

#define SELECT \
  "SELECT id, uuid, enterprise, kind, state, reason, changes, account, key, request_hash, at," \
  " decided_at, decided_office, decided_by, decided_account, message, revision FROM application "

/* In the order of the columns, but for the revision, which is the last. */
static const gsize texts[] = {
  G_STRUCT_OFFSET (YejiApplication, id), G_STRUCT_OFFSET (YejiApplication, uuid),
  G_STRUCT_OFFSET (YejiApplication, enterprise), G_STRUCT_OFFSET (YejiApplication, kind),
  G_STRUCT_OFFSET (YejiApplication, state), G_STRUCT_OFFSET (YejiApplication, reason),
  G_STRUCT_OFFSET (YejiApplication, changes), G_STRUCT_OFFSET (YejiApplication, account),
  G_STRUCT_OFFSET (YejiApplication, key), G_STRUCT_OFFSET (YejiApplication, request_hash),
  G_STRUCT_OFFSET (YejiApplication, at), G_STRUCT_OFFSET (YejiApplication, decided_at),
  G_STRUCT_OFFSET (YejiApplication, decided_office),
  G_STRUCT_OFFSET (YejiApplication, decided_by),
  G_STRUCT_OFFSET (YejiApplication, decided_account), G_STRUCT_OFFSET (YejiApplication, message),
};

/* Takes the rows; NULL without an error when there is none. */
static YejiApplication *
read_one (YejiRows  *rows,
          GError   **error)
{
  g_autoptr (YejiRows) taken = rows;
  YejiApplication *self;

  if (taken == NULL || !yeji_rows_next (taken, error))
    return NULL;
  self = g_new0 (YejiApplication, 1);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    G_STRUCT_MEMBER (char *, self, texts[i]) = yeji_rows_dup_text (taken, (int) i);
  self->revision = yeji_rows_int (taken, G_N_ELEMENTS (texts));
  return self;
}

/**
 * yeji_application_load:
 *
 * Returns: (transfer full) (nullable): the application; %NULL without @error when there is none
 */
YejiApplication *
yeji_application_load (YejiSql     *sql,
                       const char  *id,
                       GError     **error)
{
  return read_one (yeji_sql_query (sql, error, SELECT "WHERE id = ?1", "s", id), error);
}

/**
 * yeji_application_load_by_key:
 *
 * Returns: (transfer full) (nullable): what was asked for under an idempotency key; %NULL without
 *   @error when the key is new
 */
YejiApplication *
yeji_application_load_by_key (YejiSql     *sql,
                              const char  *enterprise,
                              const char  *key,
                              GError     **error)
{
  return read_one (yeji_sql_query (sql, error, SELECT "WHERE enterprise = ?1 AND key = ?2", "ss",
                                   enterprise, key), error);
}

/**
 * yeji_application_load_open:
 *
 * Returns: (transfer full) (nullable): the application for a record that nobody has decided on;
 *   %NULL without @error when there is none
 */
YejiApplication *
yeji_application_load_open (YejiSql     *sql,
                            const char  *uuid,
                            GError     **error)
{
  return read_one (yeji_sql_query (sql, error,
                                   SELECT "WHERE uuid = ?1 AND state = '"
                                   YEJI_APPLICATION_REQUESTED "'", "s", uuid), error);
}

/**
 * yeji_application_insert:
 *
 * Stores one that is new.
 */
gboolean
yeji_application_insert (YejiApplication  *self,
                         YejiSql          *sql,
                         GError          **error)
{
  return yeji_sql_exec (sql, error,
                        "INSERT INTO application (id, uuid, enterprise, kind, state, reason,"
                        "  changes, revision, account, key, request_hash, at)"
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
                        "sssssssissss", self->id, self->uuid, self->enterprise, self->kind,
                        self->state, self->reason, self->changes, self->revision, self->account,
                        self->key, self->request_hash, self->at);
}

static void
set_string (char       **member,
            const char  *text)
{
  g_free (*member);
  *member = g_strdup (text);
}

/**
 * yeji_application_decide:
 * @account: (nullable): of the reviewer; %NULL when its enterprise takes it back
 * @message: (nullable)
 *
 * Notes what became of it, once and for all.
 */
gboolean
yeji_application_decide (YejiApplication    *self,
                         YejiServerContext  *context,
                         YejiSql            *sql,
                         YejiAccount        *account,
                         const char         *state,
                         const char         *message,
                         GError            **error)
{
  g_assert (g_str_equal (self->state, YEJI_APPLICATION_REQUESTED));
  set_string (&self->state, state);
  set_string (&self->message, message != NULL && *message != '\0' ? message : NULL);
  g_free (self->decided_at);
  self->decided_at = yeji_clock_now ();
  if (account != NULL)
    {
      g_free (self->decided_office);
      self->decided_office = yeji_account_get_office (account, context->offices);
      set_string (&self->decided_by, account->display_name);
      set_string (&self->decided_account, account->name);
    }
  return yeji_sql_exec (sql, error,
                        "UPDATE application SET state = ?2, decided_at = ?3, decided_office = ?4,"
                        " decided_by = ?5, decided_account = ?6, message = ?7 WHERE id = ?1",
                        "sssssss", self->id, self->state, self->decided_at, self->decided_office,
                        self->decided_by, self->decided_account, self->message);
}

static JsonArray *
list_evidence (YejiApplication  *self,
               YejiSql          *sql,
               GError          **error)
{
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT file, sha256, filename, filetype, length"
                         " FROM application_evidence WHERE application = ?1 ORDER BY position",
                         "s", self->id);
  if (rows == NULL)
    return NULL;
  while (yeji_rows_next (rows, &local_error))
    {
      JsonObject *file = json_object_new ();

      json_object_set_string_member (file, "id", yeji_rows_text (rows, 0));
      json_object_set_string_member (file, "sha256", yeji_rows_text (rows, 1));
      json_object_set_string_member (file, "filename", yeji_rows_text (rows, 2));
      json_object_set_string_member (file, "filetype", yeji_rows_text (rows, 3));
      json_object_set_int_member (file, "size", yeji_rows_int (rows, 4));
      json_array_add_object_element (array, file);
    }
  if (local_error == NULL)
    return g_steal_pointer (&array);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static void
set_known (JsonObject *object,
           const char *member,
           const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, member, text);
}

/* What a list shows of the record beside the application. */
static gboolean
add_record (YejiApplication  *self,
            YejiSql          *sql,
            JsonObject       *object,
            GError          **error)
{
  static const char * const members[] = {
    "name", "number", "enterprise", "area", "grade", "office", "reviewer",
  };
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT record.name, number, enterprise.name, area, grade, office,"
                         " reviewer FROM record JOIN enterprise"
                         " ON enterprise.code = record.enterprise WHERE uuid = ?1", "s",
                         self->uuid);
  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    set_known (object, members[i], yeji_rows_text (rows, (int) i));
  return TRUE;
}

/* Why somebody may not decide; NULL: he may. */
static const char *
find_obstacle (YejiServerContext *context,
               YejiAccount       *account,
               YejiLanguage       language,
               gboolean           any_section)
{
  const char *department;
  const char *office = yeji_mapping_get_corrections_office (context->mapping, &department);

  if (account->role == YEJI_ACCOUNT_REVIEWER && g_strcmp0 (account->office, office) == 0
      && (any_section || department == NULL || g_strcmp0 (account->department, department) == 0))
    return NULL;
  return language == YEJI_LANGUAGE_EN
           ? "Only the province's department in charge of corrections decides on this."
           : "只能由省级主管处室（建筑管理处）决定。";
}

/**
 * yeji_application_refuse_decider:
 * @any_section: whether all sections of the office may, as for a revocation
 *
 * Returns: (transfer full) (nullable): 403 when who asks does not decide on what is approved; %NULL
 *   when he does
 */
YejiResponse *
yeji_application_refuse_decider (YejiServerContext *context,
                                 YejiRequest       *request,
                                 gboolean           any_section)
{
  YejiAccount *account = request->account;

  if (find_obstacle (context, account, request->language, any_section) == NULL)
    return NULL;
  return yeji_refuse (request, YEJI_WIRE_FORBIDDEN,
                      find_obstacle (context, account, YEJI_LANGUAGE_ZH, any_section),
                      find_obstacle (context, account, YEJI_LANGUAGE_EN, any_section));
}

static void
add_may (YejiApplication   *self,
         YejiServerContext *context,
         YejiRequest       *request,
         JsonObject        *object)
{
  const char *obstacle = find_obstacle (context, request->account, request->language, FALSE);
  JsonObject *may = json_object_new ();

  if (!g_str_equal (self->state, YEJI_APPLICATION_REQUESTED))
    obstacle = request->language == YEJI_LANGUAGE_EN ? "It is decided." : "已有决定。";
  json_object_set_boolean_member (may, "decide", obstacle == NULL);
  set_known (may, "why_not", obstacle);
  json_object_set_object_member (object, "may", may);
}

/**
 * yeji_application_to_json:
 * @request: (nullable): who asks; %NULL for its enterprise, by the changes
 *
 * Returns: (transfer full) (nullable): the application as docs/protocol.md shows it
 */
JsonNode *
yeji_application_to_json (YejiApplication    *self,
                          YejiServerContext  *context,
                          YejiSql            *sql,
                          YejiRequest        *request,
                          GError            **error)
{
  g_autofree char *revision = g_strdup_printf ("r%" G_GINT64_FORMAT, self->revision);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonArray *evidence = list_evidence (self, sql, error);
  JsonObject *object;

  if (evidence == NULL)
    return NULL;
  object = json_object_new ();
  json_node_take_object (node, object);
  json_object_set_string_member (object, "id", self->id);
  json_object_set_string_member (object, "key", self->key);
  json_object_set_string_member (object, "uuid", self->uuid);
  json_object_set_string_member (object, "kind", self->kind);
  json_object_set_string_member (object, "state", self->state);
  json_object_set_string_member (object, "reason", self->reason);
  json_object_set_member (object, "changes", yeji_points_to_json (self->changes));
  json_object_set_array_member (object, "evidence", evidence);
  json_object_set_string_member (object, "at", self->at);
  json_object_set_string_member (object, "revision", revision);
  set_known (object, "decided_at", self->decided_at);
  set_known (object, "decided_office", self->decided_office);
  set_known (object, "decided_by", self->decided_by);
  set_known (object, "message", self->message);
  if (!add_record (self, sql, object, error))
    return NULL;
  if (request != NULL && request->account->role != YEJI_ACCOUNT_ENTERPRISE)
    {
      json_object_remove_member (object, "key");
      add_may (self, context, request, object);
    }
  return g_steal_pointer (&node);
}

/**
 * yeji_application_answer:
 *
 * Returns: (transfer full) (nullable): the application
 */
YejiResponse *
yeji_application_answer (YejiApplication    *self,
                         YejiServerContext  *context,
                         YejiSql            *sql,
                         YejiRequest        *request,
                         guint               status,
                         GError            **error)
{
  JsonNode *node = yeji_application_to_json (self, context, sql, request, error);

  return node != NULL ? yeji_response_new (status, node) : NULL;
}

/**
 * yeji_application_write_change:
 * @found: its record, as it is now
 *
 * Tells the enterprise what became of its application, as a change of the record.
 */
gboolean
yeji_application_write_change (YejiApplication    *self,
                               YejiServerContext  *context,
                               YejiSql            *sql,
                               YejiCase           *found,
                               gboolean            with_record,
                               GError            **error)
{
  g_autoptr (JsonNode) node = yeji_application_to_json (self, context, sql, NULL, error);
  g_autofree char *text = NULL;

  if (node == NULL || !yeji_case_write_change (found, sql, with_record, error))
    return FALSE;
  text = yeji_json_print (node, FALSE);
  return yeji_sql_exec (sql, error,
                        "UPDATE change SET application = ?2"
                        " WHERE seq = (SELECT max (seq) FROM change) AND uuid = ?1", "ss",
                        found->uuid, text);
}

/**
 * yeji_application_free:
 * @self: (transfer full)
 *
 * Frees the application.
 */
void
yeji_application_free (YejiApplication *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (G_STRUCT_MEMBER (char *, self, texts[i]));
  g_free (self);
}
