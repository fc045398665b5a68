// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* What somebody who is signed in sees and mends of his own account. A reviewer whose real name and
 * office are not registered gets here, and nowhere else. */

#define G_LOG_DOMAIN "yeji-accounts"

#include "config.h"

#include "yeji-handlers.h"

#include "yeji-json.h"
#include "yeji-account-change.h"

/**
 * yeji_account_get:
 *
 * `GET /v1/account`: who asks, and what is missing before he may review.
 */
YejiResponse *
yeji_account_get (YejiServerContext  *context,
                  YejiSql            *sql,
                  YejiRequest        *request,
                  GError            **error)
{
  return yeji_response_new (200, yeji_account_describe (request->account, context->offices));
}

/* Name and office stand on every table that a reviewer confirms, and say what he may confirm: he
 * fills in what is missing, and what is registered an administrator changes. */
static YejiResponse *
refuse_registered (YejiServerContext *context,
                   YejiRequest       *request)
{
  YejiAccount *account = request->account;
  const struct
  {
    const char *member;
    const char *registered;    /* "" when nothing is */
  } facts[] = {
    { "display_name", account->display_name },
    { "department", account->department },
    { "office", yeji_offices_find (context->offices, account->office) != NULL ? account->office
                                                                             : "" },
  };

  for (guint i = 0; account->role == YEJI_ACCOUNT_REVIEWER && i < G_N_ELEMENTS (facts); i++)
    {
      const char *given = yeji_request_get_string (request, facts[i].member);

      if (given != NULL && *facts[i].registered != '\0'
          && !g_str_equal (given, facts[i].registered))
        return yeji_refuse (request, YEJI_WIRE_FORBIDDEN,
                            "姓名、部门和处（科）室已登记，变更请联系管理员。",
                            "What is registered of name, office and section an administrator can"
                            " change.");
    }
  return NULL;
}

/**
 * yeji_account_mend:
 *
 * `PATCH /v1/account`: registers what is missing of one's real name, office and section.
 */
YejiResponse *
yeji_account_mend (YejiServerContext  *context,
                   YejiSql            *sql,
                   YejiRequest        *request,
                   GError            **error)
{
  static const char * const own[] = { "display_name", "department", "office", NULL };
  YejiResponse *refusal = yeji_account_change_refuse_shape (request, own);
  g_autoptr (GPtrArray) wrong = NULL;

  if (refusal == NULL)
    refusal = refuse_registered (context, request);
  if (refusal != NULL)
    return refusal;
  wrong = yeji_account_change_apply (context, request, request->account);
  if (wrong->len > 0)
    return yeji_refuse_errors (request, YEJI_WIRE_INVALID, wrong);
  if (!yeji_account_save (sql, request->account, request->account->name, error)
      || !yeji_account_change_note (sql, request, request->account, error))
    return NULL;
  return yeji_account_get (context, sql, request, error);
}

/**
 * yeji_account_list_offices:
 *
 * `GET /v1/offices`: the departments, their levels and areas.
 */
YejiResponse *
yeji_account_list_offices (YejiServerContext  *context,
                           YejiSql            *sql,
                           YejiRequest        *request,
                           GError            **error)
{
  return yeji_response_new (200, yeji_offices_to_json (context->offices));
}
