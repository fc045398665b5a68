// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-accounts"

#include "config.h"

#include "yeji-accounts.h"

#include <string.h>

#include <sodium.h>

#include "yeji-audit.h"
#include "yeji-clock.h"

#define SELECT_ACCOUNT \
  "SELECT account.name, role, display_name, office, department, enterprise, enterprise.name," \
  " password, created_at, locked_at IS NOT NULL FROM account" \
  " LEFT JOIN enterprise ON enterprise.code = account.enterprise "

#define WHERE_FOUND \
  "WHERE (?2 = '' OR role = ?2) AND (instr (lower (account.name), ?1) > 0" \
  "  OR instr (lower (display_name), ?1) > 0 OR instr (lower (department), ?1) > 0" \
  "  OR instr (lower (coalesce (enterprise.name, '')), ?1) > 0" \
  "  OR instr (lower (coalesce (enterprise.code, '')), ?1) > 0) "

static const char * const roles[N_YEJI_ACCOUNT_ROLES] = {
  [YEJI_ACCOUNT_ENTERPRISE] = "enterprise",
  [YEJI_ACCOUNT_REVIEWER] = "reviewer",
  [YEJI_ACCOUNT_ADMINISTRATOR] = "administrator",
};

/**
 * yeji_account_role_to_text:
 *
 * Returns: the role's name on the wire
 */
const char *
yeji_account_role_to_text (YejiAccountRole role)
{
  return roles[role];
}

/**
 * yeji_account_role_from_text:
 *
 * Returns: whether @text names a role
 */
gboolean
yeji_account_role_from_text (const char      *text,
                             YejiAccountRole *role)
{
  for (guint i = 0; i < N_YEJI_ACCOUNT_ROLES; i++)
    if (g_strcmp0 (roles[i], text) == 0)
      {
        *role = (YejiAccountRole) i;
        return TRUE;
      }
  return FALSE;
}

/**
 * yeji_account_is_name:
 *
 * Returns: whether @text, maybe percent-encoded, can be the name of an account in an address
 */
gboolean
yeji_account_is_name (const char *text)
{
  gsize length = strlen (text);

  if (length == 0 || length > 3 * YEJI_ACCOUNT_MAX_NAME || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_isgraph (g_utf8_get_char (at)))
      return FALSE;
  return TRUE;
}

static YejiAccount *
read_account (YejiRows *rows)
{
  YejiAccount *self = g_new0 (YejiAccount, 1);

  self->name = yeji_rows_dup_text (rows, 0);
  yeji_account_role_from_text (yeji_rows_text (rows, 1), &self->role);
  self->display_name = yeji_rows_dup_text (rows, 2);
  self->office = yeji_rows_dup_text (rows, 3);
  self->department = yeji_rows_dup_text (rows, 4);
  self->enterprise = yeji_rows_dup_text (rows, 5);
  self->enterprise_name = yeji_rows_dup_text (rows, 6);
  self->password = yeji_rows_dup_text (rows, 7);
  self->created_at = yeji_rows_dup_text (rows, 8);
  self->locked = yeji_rows_int (rows, 9) != 0;
  return self;
}

/**
 * yeji_account_load:
 *
 * Returns: (transfer full) (nullable): the account; %NULL without @error when there is none
 */
YejiAccount *
yeji_account_load (YejiSql     *sql,
                   const char  *name,
                   GError     **error)
{
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error, SELECT_ACCOUNT "WHERE account.name = ?1",
                                              "s", name);

  return rows != NULL && yeji_rows_next (rows, error) ? read_account (rows) : NULL;
}

/**
 * yeji_account_list:
 *
 * Returns: (transfer full) (element-type YejiAccount) (nullable): all accounts by name
 */
GPtrArray *
yeji_account_list (YejiSql  *sql,
                   GError  **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_account_free);
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error, SELECT_ACCOUNT "ORDER BY account.name",
                                              "");
  g_autoptr (GError) local_error = NULL;

  if (rows == NULL)
    return NULL;
  while (yeji_rows_next (rows, &local_error))
    g_ptr_array_add (list, read_account (rows));
  if (local_error == NULL)
    return g_steal_pointer (&list);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static gboolean
count_found (YejiSql     *sql,
             const char  *text,
             const char  *role,
             gint64      *total,
             GError     **error)
{
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT count (*) FROM account LEFT JOIN enterprise"
                                              " ON enterprise.code = account.enterprise "
                                              WHERE_FOUND, "ss", text, role);

  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  *total = yeji_rows_int (rows, 0);
  return TRUE;
}

/**
 * yeji_account_search:
 * @text: that the name, the real name, the section or the enterprise has; "" for all
 * @role: "" for all
 * @first: how many are left out
 * @n: how many are wanted
 * @total: (out): how many there are
 *
 * Returns: (transfer full) (element-type YejiAccount) (nullable): accounts by name
 */
GPtrArray *
yeji_account_search (YejiSql     *sql,
                     const char  *text,
                     const char  *role,
                     gint64       first,
                     gint64       n,
                     gint64      *total,
                     GError     **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_account_free);
  g_autofree char *folded = g_utf8_strdown (text, -1);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  if (!count_found (sql, folded, role, total, error))
    return NULL;
  rows = yeji_sql_query (sql, error,
                         SELECT_ACCOUNT WHERE_FOUND " ORDER BY account.name LIMIT ?3 OFFSET ?4",
                         "ssii", folded, role, n, first);
  if (rows == NULL)
    return NULL;
  while (yeji_rows_next (rows, &local_error))
    g_ptr_array_add (list, read_account (rows));
  if (local_error == NULL)
    return g_steal_pointer (&list);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/**
 * yeji_account_save:
 * @who: who changes it, for the audit log
 *
 * Adds or changes an account, and its enterprise.
 */
gboolean
yeji_account_save (YejiSql      *sql,
                   YejiAccount  *self,
                   const char   *who,
                   GError      **error)
{
  g_autofree char *now = yeji_clock_now ();

  if (self->enterprise != NULL
      && !yeji_sql_exec (sql, error,
                         "INSERT INTO enterprise (code, name) VALUES (?1, ?2)"
                         " ON CONFLICT (code) DO UPDATE SET name = excluded.name",
                         "ss", self->enterprise, self->enterprise_name))
    return FALSE;
  return yeji_sql_exec (sql, error,
                        "INSERT INTO account (name, role, display_name, office, department,"
                        "  enterprise, password, created_at, locked_at)"
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, iif (?9, ?8, NULL))"
                        " ON CONFLICT (name) DO UPDATE SET role = excluded.role,"
                        "  display_name = excluded.display_name, office = excluded.office,"
                        "  department = excluded.department, enterprise = excluded.enterprise,"
                        "  password = excluded.password,"
                        "  locked_at = iif (?9, coalesce (locked_at, ?8), NULL)",
                        "ssssssssi", self->name, roles[self->role], self->display_name,
                        self->office, self->department, self->enterprise, self->password, now,
                        (gint64) self->locked)
         && yeji_audit_write (sql, who, "account.saved", NULL, self->name, error);
}

/**
 * yeji_account_is_registered:
 *
 * Returns: whether a reviewer's real name, office and section are registered, without which the
 * notice 吉建办〔2020〕108号 lets nobody review
 */
gboolean
yeji_account_is_registered (YejiAccount       *self,
                            const YejiOffices *offices)
{
  return *self->display_name != '\0' && *self->department != '\0'
         && yeji_offices_find (offices, self->office) != NULL;
}

/**
 * yeji_account_list_missing:
 *
 * Returns: (transfer full): what a reviewer has to have registered before he may review, by the
 *   names that it has on the wire; empty for everybody else
 */
JsonArray *
yeji_account_list_missing (YejiAccount       *self,
                           const YejiOffices *offices)
{
  const struct
  {
    const char *name;
    gboolean there;
  } needed[] = {
    { "display_name", *self->display_name != '\0' },
    { "office", yeji_offices_find (offices, self->office) != NULL },
    { "department", *self->department != '\0' },
  };
  JsonArray *missing = json_array_new ();

  for (guint i = 0; self->role == YEJI_ACCOUNT_REVIEWER && i < G_N_ELEMENTS (needed); i++)
    if (!needed[i].there)
      json_array_add_string_element (missing, needed[i].name);
  return missing;
}

/**
 * yeji_account_get_office:
 *
 * Returns: (transfer full): office and section as they are written into a record, maybe empty
 */
char *
yeji_account_get_office (YejiAccount       *self,
                         const YejiOffices *offices)
{
  const YejiOffice *office = yeji_offices_find (offices, self->office);

  return g_strconcat (office != NULL ? office->name : "", self->department, NULL);
}

static void
add_enterprise (YejiAccount *self,
                JsonObject  *object)
{
  JsonObject *enterprise;

  if (self->enterprise == NULL)
    return;
  enterprise = json_object_new ();
  json_object_set_string_member (enterprise, "name", self->enterprise_name);
  json_object_set_string_member (enterprise, "code", self->enterprise);
  json_object_set_object_member (object, "enterprise", enterprise);
}

/**
 * yeji_account_to_json:
 *
 * Returns: (transfer full): `user` of docs/protocol.md
 */
JsonNode *
yeji_account_to_json (YejiAccount       *self,
                      const YejiOffices *offices)
{
  g_autofree char *office = yeji_account_get_office (self, offices);
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "name", self->name);
  json_object_set_string_member (object, "role", roles[self->role]);
  json_object_set_string_member (object, "display_name", self->display_name);
  json_object_set_string_member (object, "office", office);
  add_enterprise (self, object);
  json_node_take_object (node, object);
  return node;
}

/**
 * yeji_account_describe:
 *
 * Returns: (transfer full): what `GET /v1/account` answers, and USER of docs/protocol.md
 */
JsonNode *
yeji_account_describe (YejiAccount       *self,
                       const YejiOffices *offices)
{
  const YejiOffice *office = yeji_offices_find (offices, self->office);
  JsonArray *missing = yeji_account_list_missing (self, offices);
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "name", self->name);
  json_object_set_string_member (object, "role", roles[self->role]);
  json_object_set_string_member (object, "display_name", self->display_name);
  json_object_set_member (object, "office", yeji_office_to_json (office));
  json_object_set_string_member (object, "department", self->department);
  json_object_set_boolean_member (object, "registered", json_array_get_length (missing) == 0);
  json_object_set_array_member (object, "missing", missing);
  json_object_set_array_member (object, "areas", office != NULL ? yeji_office_list_areas (office)
                                                                : json_array_new ());
  json_object_set_boolean_member (object, "locked", self->locked);
  add_enterprise (self, object);
  if (self->created_at != NULL)
    json_object_set_string_member (object, "created_at", self->created_at);
  json_node_take_object (node, object);
  return node;
}

/**
 * yeji_account_free:
 * @self: (transfer full)
 *
 * Frees an account.
 */
void
yeji_account_free (YejiAccount *self)
{
  g_free (self->name);
  g_free (self->display_name);
  g_free (self->office);
  g_free (self->department);
  g_free (self->enterprise);
  g_free (self->enterprise_name);
  g_free (self->password);
  g_free (self->created_at);
  g_free (self);
}

/**
 * yeji_sign_in_free:
 * @self: (transfer full)
 *
 * Wipes the password and frees the rest.
 */
void
yeji_sign_in_free (YejiSignIn *self)
{
  sodium_memzero (self->password, strlen (self->password));
  g_free (self->password);
  g_free (self->name);
  g_free (self->hash);
  if (self->throttle != NULL)
    yeji_throttle_leave (self->throttle);
  g_free (self);
}
