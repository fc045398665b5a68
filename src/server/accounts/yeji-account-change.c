// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* What a request changes of an account: read, judged, and written down. */

#define G_LOG_DOMAIN "yeji-accounts"

#include "config.h"

#include "yeji-account-change.h"

#include <string.h>

#include "yeji-audit.h"
#include "yeji-json.h"

#define MAX_CODE 50

/* All but these are strings. */
static gboolean
has_shape (const char *name,
           JsonNode   *value)
{
  if (g_str_equal (name, "enterprise"))
    return yeji_json_node_object (value) != NULL;
  if (g_str_equal (name, "locked"))
    return JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_BOOLEAN;
  return yeji_json_node_string (value) != NULL;
}

/**
 * yeji_account_change_refuse_shape:
 * @members: what the request may have
 *
 * Returns: (transfer full) (nullable): 400 for what is no change of an account, an empty one too, or
 *   one of something that cannot be changed there
 */
YejiResponse *
yeji_account_change_refuse_shape (YejiRequest        *request,
                                  const char * const *members)
{
  JsonObject *object = yeji_request_get_object (request);
  gboolean right = object != NULL && json_object_get_size (object) > 0;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (right)
    {
      json_object_iter_init (&iter, object);
      while (right && json_object_iter_next (&iter, &name, &value))
        right = g_strv_contains (members, name) && has_shape (name, value);
    }
  if (right)
    return NULL;
  return yeji_refuse (request, YEJI_WIRE_MALFORMED, "请求的内容不是可以修改的帐号信息。",
                      "The request is no change of an account, or one of what cannot be changed.");
}

/**
 * yeji_account_change_complain:
 * @wrong: (element-type YejiProblem)
 * @member: of the request
 *
 * Adds what is wrong with a member.
 */
void
yeji_account_change_complain (YejiRequest *request,
                              GPtrArray   *wrong,
                              const char  *member,
                              const char  *zh,
                              const char  *en)
{
  g_autofree char *pointer = g_strconcat ("/", member, NULL);

  g_ptr_array_add (wrong, yeji_problem_new ("", YEJI_SEVERITY_ERROR, pointer,
                                            request->language == YEJI_LANGUAGE_EN ? en : zh));
}

/* Words that people read: nothing that cannot be seen or turns the line around. */
static gboolean
is_text (const char *text,
         glong       max)
{
  if (g_utf8_strlen (text, -1) > max)
    return FALSE;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_isprint (g_utf8_get_char (at)))
      return FALSE;
  return TRUE;
}

/* @empty: whether there may be none */
static void
take_text (YejiRequest  *request,
           GPtrArray    *wrong,
           const char   *member,
           gboolean      empty,
           char        **text)
{
  const char *given = yeji_request_get_string (request, member);
  g_autofree char *value = given != NULL ? g_strstrip (g_strdup (given)) : NULL;

  if (value == NULL)
    return;
  if (!is_text (value, YEJI_ACCOUNT_MAX_TEXT))
    yeji_account_change_complain (request, wrong, member, "不超过 100 字，不含不可见的字符。",
                                  "At most 100 characters that can be seen.");
  else if (*value == '\0' && !empty)
    yeji_account_change_complain (request, wrong, member, "请填写。", "It must not be empty.");
  else
    {
      g_free (*text);
      *text = g_steal_pointer (&value);
    }
}

static void
take_office (YejiServerContext *context,
             YejiRequest       *request,
             GPtrArray         *wrong,
             YejiAccount       *account)
{
  const char *office = yeji_request_get_string (request, "office");

  if (office == NULL)
    return;
  if (*office != '\0' && yeji_offices_find (context->offices, office) == NULL)
    {
      yeji_account_change_complain (request, wrong, "office", "没有这个部门。",
                                    "There is no such office.");
      return;
    }
  g_free (account->office);
  account->office = g_strdup (office);
}

static void
take_role (YejiRequest *request,
           GPtrArray   *wrong,
           YejiAccount *account)
{
  const char *role = yeji_request_get_string (request, "role");

  if (role != NULL && !yeji_account_role_from_text (role, &account->role))
    yeji_account_change_complain (request, wrong, "role",
                                  "角色是 enterprise、reviewer 或 administrator。",
                                  "The role is enterprise, reviewer or administrator.");
}

/* One that acts for an enterprise has one, and nobody else. */
static void
take_enterprise (YejiRequest *request,
                 GPtrArray   *wrong,
                 YejiAccount *account)
{
  JsonObject *object = yeji_request_get_object (request);
  JsonObject *enterprise = object != NULL ? yeji_json_get_object (object, "enterprise") : NULL;
  const char *name = enterprise != NULL ? yeji_json_get_string (enterprise, "name") : NULL;
  const char *code = enterprise != NULL ? yeji_json_get_string (enterprise, "code") : NULL;

  if (account->role != YEJI_ACCOUNT_ENTERPRISE)
    {
      g_clear_pointer (&account->enterprise, g_free);
      g_clear_pointer (&account->enterprise_name, g_free);
      return;
    }
  if (enterprise == NULL && account->enterprise != NULL)
    return;
  if (name == NULL || code == NULL || *name == '\0' || *code == '\0'
      || !is_text (name, YEJI_ACCOUNT_MAX_TEXT) || !is_text (code, MAX_CODE))
    {
      yeji_account_change_complain (request, wrong, "enterprise",
                                    "企业帐号须有企业名称和统一社会信用代码。",
                                    "An enterprise's account needs its name and credit code.");
      return;
    }
  g_free (account->enterprise);
  account->enterprise = g_strdup (code);
  g_free (account->enterprise_name);
  account->enterprise_name = g_strdup (name);
}

static void
take_lock (YejiRequest *request,
           YejiAccount *account)
{
  JsonObject *object = yeji_request_get_object (request);

  if (object != NULL && json_object_has_member (object, "locked"))
    account->locked = json_object_get_boolean_member (object, "locked");
}

/**
 * yeji_account_change_apply:
 * @account: who is changed; of no use when something is wrong
 *
 * Does what the request says, but for the password.
 *
 * Returns: (transfer full) (element-type YejiProblem): what is wrong with it
 */
GPtrArray *
yeji_account_change_apply (YejiServerContext *context,
                           YejiRequest       *request,
                           YejiAccount       *account)
{
  GPtrArray *wrong = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean others = request->account != account;

  take_role (request, wrong, account);
  take_text (request, wrong, "display_name", others, &account->display_name);
  take_text (request, wrong, "department", others, &account->department);
  take_office (context, request, wrong, account);
  take_enterprise (request, wrong, account);
  take_lock (request, account);
  return wrong;
}

/**
 * yeji_account_change_note:
 *
 * Writes into the audit log what the account is called and where it belongs from now on: who
 * reviewed what under which name has to be found out years later.
 */
gboolean
yeji_account_change_note (YejiSql      *sql,
                          YejiRequest  *request,
                          YejiAccount  *account,
                          GError      **error)
{
  g_autofree char *detail = NULL;

  detail = g_strdup_printf ("%s: %s, %s, %s, %s%s%s", account->name,
                            yeji_account_role_to_text (account->role), account->display_name,
                            account->office, account->department,
                            yeji_request_get_string (request, "password") != NULL ? ", password"
                                                                                 : "",
                            account->locked ? ", locked" : "");
  return yeji_audit_write (sql, request->account->name, "account.changed", NULL, detail, error);
}
