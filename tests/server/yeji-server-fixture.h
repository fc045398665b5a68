// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* A province in a directory of its own, with accounts, to be asked without HTTP. */

#pragma once

#include <string.h>

#include <glib/gstdio.h>

#include "yeji-clock.h"
#include "yeji-json.h"
#include "yeji-passwords.h"
#include "yeji-router.h"
#include "yeji-server-schema.h"
#include "yeji-test.h"
#include "yeji-tokens.h"

#define UUID "6f1c2d3e-4a5b-4c6d-8e7f-102030405001"
#define OTHER_UUID "6f1c2d3e-4a5b-4c6d-8e7f-1020304050ff"
#define PASSWORD "right-password"

/* Argon2id at its cheapest: what is tested is not the hash. */
static const YejiServerSettings fixture_settings = {
  .password_passes = 1, .password_memory = 8192, .file_size = 0, .wait_seconds = 0,
};

static const YejiAccount fixture_accounts[] = {
  { "qiye", YEJI_ACCOUNT_ENTERPRISE, "张经办", "", "", "91220000MA00000001", "示例建设集团" },
  { "other", YEJI_ACCOUNT_ENTERPRISE, "别人", "", "", "91220000MA00000002", "其他集团" },
  { "sheng", YEJI_ACCOUNT_REVIEWER, "李审核", "province", "建筑管理处", NULL, NULL },
  { "shi", YEJI_ACCOUNT_REVIEWER, "王审核", "220100", "建筑业管理处", NULL, NULL },
  { "xian", YEJI_ACCOUNT_REVIEWER, "赵审核", "220104", "建筑业管理科", NULL, NULL },
  { "jilin", YEJI_ACCOUNT_REVIEWER, "孙审核", "220200", "建筑业管理处", NULL, NULL },
  { "nameless", YEJI_ACCOUNT_REVIEWER, "", "220100", "建筑业管理处", NULL, NULL },
  { "sectionless", YEJI_ACCOUNT_REVIEWER, "周审核", "220100", "", NULL, NULL },
  { "guanli", YEJI_ACCOUNT_ADMINISTRATOR, "系统管理员", "", "", NULL, NULL },
};

typedef struct
{
  char *dir;
  YejiServerContext *context;
  YejiDb *db;
  GHashTable *tokens;          /* account -> access token */
} Province;

typedef struct
{
  Province *province;
  const YejiRoute *route;
  YejiRequest *request;
  YejiResponse *response;
} ProvinceCall;

static gboolean
fixture_add_accounts (YejiSql   *sql,
                      gpointer   tokens_by_name,
                      GError   **error)
{
  g_autofree char *hash = yeji_password_hash (PASSWORD, 1, 8192, error);

  g_assert_nonnull (hash);
  for (guint i = 0; i < G_N_ELEMENTS (fixture_accounts); i++)
    {
      YejiAccount account = fixture_accounts[i];
      g_auto (YejiTokens) tokens = { NULL };

      account.password = hash;
      if (!yeji_account_save (sql, &account, "test", error)
          || !yeji_tokens_issue (sql, account.name, g_get_real_time () / G_USEC_PER_SEC, &tokens,
                                 error))
        return FALSE;
      g_hash_table_insert (tokens_by_name, g_strdup (account.name),
                           g_steal_pointer (&tokens.access));
    }
  return TRUE;
}

G_GNUC_UNUSED static GHashTable *
fixture_fill (YejiDb *db)
{
  GHashTable *tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GError) error = NULL;

  yeji_db_run (db, fixture_add_accounts, tokens, &error);
  g_assert_no_error (error);
  return tokens;
}

G_GNUC_UNUSED static void
province_set_up (Province      *self,
                 gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  self->dir = yeji_test_dir_new ();
  self->context = yeji_server_context_new (self->dir, &fixture_settings, &error);
  g_assert_no_error (error);
  self->db = yeji_server_schema_open (self->dir, &error);
  g_assert_no_error (error);
  self->tokens = fixture_fill (self->db);
}

G_GNUC_UNUSED static void
province_tear_down (Province      *self,
                    gconstpointer  data)
{
  yeji_db_close (self->db);
  g_assert_finalize_object (self->db);
  yeji_server_context_free (self->context);
  g_hash_table_unref (self->tokens);
  yeji_test_dir_remove (self->dir);
  g_free (self->dir);
}

static gboolean
province_run_begin (YejiSql   *sql,
                    gpointer   data,
                    GError   **error)
{
  ProvinceCall *call = data;

  call->response = yeji_router_begin (call->route, call->province->context, sql, call->request,
                                      error);
  return call->response != NULL;
}

static gboolean
province_run_then (YejiSql   *sql,
                   gpointer   data,
                   GError   **error)
{
  ProvinceCall *call = data;

  yeji_response_free (call->response);
  call->response = yeji_router_finish (call->route, call->province->context, sql, call->request,
                                       error);
  return call->response != NULL;
}

/* What was printed already is read, so that tests find all answers alike. */
static void
province_read_answer (YejiResponse *response)
{
  gconstpointer text;
  gsize length;

  if (response->content == NULL || g_strcmp0 (response->type, "application/json") != 0)
    return;
  text = g_bytes_get_data (response->content, &length);
  response->body = yeji_json_parse (text, (gssize) length, NULL);
  g_assert_nonnull (response->body);
}

/* Answers a request as the HTTP side would, with a NULL-terminated list of headers and values. */
G_GNUC_NULL_TERMINATED G_GNUC_UNUSED static YejiResponse *
province_ask (Province   *self,
              const char *account,
              const char *method,
              const char *path,
              const char *body,
              ...)
{
  g_auto (GStrv) parts = g_strsplit (path, "?", 2);
  g_autoptr (YejiRequest) request = yeji_request_new (method, parts[0], parts[1]);
  ProvinceCall call = { self, NULL, request };
  g_autoptr (GError) error = NULL;
  va_list arguments;

  va_start (arguments, body);
  for (const char *name = va_arg (arguments, const char *); name != NULL;
       name = va_arg (arguments, const char *))
    yeji_request_set_header (request, name, va_arg (arguments, const char *));
  va_end (arguments);
  if (account != NULL)
    {
      const char *token = g_hash_table_lookup (self->tokens, account);
      g_autofree char *value = g_strconcat ("Bearer ", token != NULL ? token : account, NULL);

      yeji_request_set_header (request, "authorization", value);
    }
  call.route = yeji_router_find (request, &call.response);
  if (call.route == NULL)
    return call.response;
  call.response = yeji_router_read (call.route, self->context, request, body,
                                    body != NULL ? strlen (body) : 0);
  if (call.response != NULL)
    return call.response;
  yeji_db_run (self->db, province_run_begin, &call, &error);
  g_assert_no_error (error);
  if (call.response->status == 0)
    {
      call.route->work (self->context, request);
      yeji_db_run (self->db, province_run_then, &call, &error);
      g_assert_no_error (error);
    }
  province_read_answer (call.response);
  return call.response;
}

/* The kind of a refusal. */
G_GNUC_UNUSED static const char *
get_kind (YejiResponse *response)
{
  const char *type = yeji_json_get_string (json_node_get_object (response->body), "type");

  g_assert_true (g_str_has_prefix (type, "urn:yeji:problem:"));
  return type + strlen ("urn:yeji:problem:");
}

G_GNUC_UNUSED static JsonObject *
get_body (YejiResponse *response)
{
  g_assert_nonnull (response->body);
  return json_node_get_object (response->body);
}

G_GNUC_UNUSED static const char *
get_text (YejiResponse *response,
          const char   *member)
{
  return yeji_json_get_string (get_body (response), member);
}

/* A complete record from data/samples. */
G_GNUC_UNUSED static char *
read_sample (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("YEJI_SAMPLES"), name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

G_GNUC_UNUSED static char *
replace_text (const char *text,
              const char *find,
              const char *with)
{
  GString *changed = g_string_new (text);

  g_assert_cmpuint (g_string_replace (changed, find, with, 0), >, 0);
  return g_string_free (changed, FALSE);
}

/* The smallest thing that has the shape of a record. */
G_GNUC_UNUSED static char *
make_record (Province   *self,
             const char *uuid,
             const char *name)
{
  return g_strdup_printf ("{\"uuid\": \"%s\", \"dictionary\": \"%s\", \"role\": \"construction\","
                          " \"project\": {\"PrjName\": \"%s\", \"CityNum\": \"220100\","
                          " \"CountyNum\": \"220104\"}}",
                          uuid, yeji_dictionary_get_version (self->context->dictionary), name);
}

G_GNUC_UNUSED static void
put_record (Province   *self,
            const char *uuid,
            const char *text)
{
  g_autofree char *path = g_strconcat ("/v1/records/", uuid, NULL);
  g_autoptr (YejiResponse) response = province_ask (self, "qiye", "PUT", path, text,
                                                    "If-None-Match", "*", NULL);

  g_assert_cmpuint (response->status, ==, 201);
}

typedef struct
{
  const char *statement;
  const char *value;
} ProvinceStatement;

G_GNUC_UNUSED static gboolean
province_run_statement (YejiSql   *sql,
                        gpointer   data,
                        GError   **error)
{
  ProvinceStatement *statement = data;

  return statement->value != NULL
           ? yeji_sql_exec (sql, error, statement->statement, "s", statement->value)
           : yeji_sql_exec (sql, error, statement->statement, "");
}

/* Changes the database behind the province's back. */
G_GNUC_UNUSED static void
province_exec (Province   *self,
               const char *statement,
               const char *value)
{
  ProvinceStatement call = { statement, value };
  g_autoptr (GError) error = NULL;

  yeji_db_run (self->db, province_run_statement, &call, &error);
  g_assert_no_error (error);
}

/* As if the documents that a construction enterprise needs had been uploaded. */
G_GNUC_UNUSED static char *
give_documents (Province   *self,
                const char *uuid)
{
  static const char * const slots[] = {
    "award_notice", "contract", "construction_permit", "acceptance_report",
  };
  GString *list = g_string_new ("{\"files\": [");

  for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
    {
      g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, slots[i], -1);
      g_autofree char *statement = NULL;

      statement = g_strdup_printf ("INSERT INTO file (id, record, slot, sha256, filename, filetype,"
                                   "  length, metadata, complete, created_at)"
                                   " VALUES ('%032u', ?1, '%s', '%s', 'scan.pdf',"
                                   "  'application/pdf', 100, '', 1, '2020')",
                                   i + 1, slots[i], sha256);
      province_exec (self, statement, uuid);
      g_string_append_printf (list, "%s{\"slot\": \"%s\", \"sha256\": \"%s\","
                                    " \"filename\": \"scan.pdf\"}",
                              i > 0 ? ", " : "", slots[i], sha256);
    }
  g_string_append (list, "]}");
  return g_string_free (list, FALSE);
}

/* A complete record that was submitted; its revision is r2 then. */
G_GNUC_UNUSED static void
submit_sample (Province *self)
{
  g_autofree char *text = read_sample ("complete-construction.json");
  g_autofree char *files = NULL;
  g_autoptr (YejiResponse) response = NULL;

  put_record (self, UUID, text);
  files = give_documents (self, UUID);
  response = province_ask (self, "qiye", "POST", "/v1/records/" UUID ":submit", files,
                           "Idempotency-Key", "sample", "If-Match", "\"r1\"", NULL);
  if (response->status != 200)
    g_test_message ("%s", yeji_json_print (response->body, TRUE));
  g_assert_cmpuint (response->status, ==, 200);
}
