// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-editing"

#include "config.h"

#include "yeji-handlers.h"

#include <string.h>

#include "yeji-case.h"
#include "yeji-json.h"

#define MAX_COMPUTER 64
#define MAX_WHO 100

static gboolean
is_computer (const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;

  return length > 0 && length <= MAX_COMPUTER
         && strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-") == length;
}

static gboolean
is_who (const char *text)
{
  return text != NULL && *text != '\0' && g_utf8_validate (text, -1, NULL)
         && g_utf8_strlen (text, -1) <= MAX_WHO;
}

static YejiResponse *
answer (gboolean news)
{
  YejiResponse *response = yeji_response_new (204, NULL);

  response->changed = news;    /* whoever waits for changes hears of it */
  return response;
}

/**
 * yeji_editing_begin:
 *
 * `PUT /v1/records/{uuid}/editing`: a computer of the enterprise says that somebody types there.
 */
YejiResponse *
yeji_editing_begin (YejiServerContext  *context,
                    YejiSql            *sql,
                    YejiRequest        *request,
                    GError            **error)
{
  JsonObject *object = yeji_request_get_object (request);
  const char *computer = object != NULL ? yeji_json_get_string (object, "computer") : NULL;
  const char *who = object != NULL ? yeji_json_get_string (object, "who") : NULL;
  YejiResponse *refusal;
  g_autoptr (YejiCase) found = yeji_case_load_for (context, sql, request, &refusal, error);

  if (found == NULL)
    return refusal;
  if (!is_computer (computer) || !is_who (who))
    return yeji_refuse (request, YEJI_WIRE_MALFORMED, "需要 computer 和 who。",
                        "computer and who are required.");
  return answer (yeji_editing_set (context->editing, request->account->enterprise, request->target,
                                   computer, who, g_get_monotonic_time ()));
}

/**
 * yeji_editing_cease:
 *
 * `DELETE /v1/records/{uuid}/editing?computer=ID`: nobody types there any more, twice too.
 */
YejiResponse *
yeji_editing_cease (YejiServerContext  *context,
                    YejiSql            *sql,
                    YejiRequest        *request,
                    GError            **error)
{
  const char *computer = yeji_request_get_query (request, "computer");

  if (!is_computer (computer))
    return yeji_refuse (request, YEJI_WIRE_MALFORMED, "需要 computer。", "computer is required.");
  return answer (yeji_editing_end (context->editing, request->account->enterprise, request->target,
                                   computer));
}
