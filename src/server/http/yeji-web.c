// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-web"

#include "config.h"

#include "yeji-web.h"

#include <string.h>

#include "yeji-web-resources.h"

#define PREFIX "/org/yeji/web/"
#define MAX_NAME 64

/* Nothing runs that did not come from here as a file of its own, nothing is sent elsewhere, nobody
 * frames a page. Documents of a record are shown as blob: in a frame or an image. */
#define POLICY \
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:;" \
  " connect-src 'self'; font-src 'self'; form-action 'self'; frame-src blob:; base-uri 'none';" \
  " frame-ancestors 'none'"

static const struct
{
  const char *ending;
  const char *type;
} types[] = {
  { ".css", "text/css; charset=utf-8" },
  { ".js", "text/javascript; charset=utf-8" },
  { ".json", "application/json" },
  { ".svg", "image/svg+xml" },
  { ".png", "image/png" },
  { ".woff2", "font/woff2" },
};

/* (nullable) */
static const char *
get_type (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_has_suffix (name, types[i].ending))
      return types[i].type;
  return NULL;
}

static void
set_headers (YejiResponse *response)
{
  yeji_response_set_header (response, "Content-Security-Policy", POLICY);
  yeji_response_set_header (response, "X-Content-Type-Options", "nosniff");
  yeji_response_set_header (response, "Referrer-Policy", "no-referrer");
  /* Kept, but asked for again each time: a province that was updated has its new pages at once. */
  yeji_response_set_header (response, "Cache-Control", "no-cache");
}

/* Takes the bytes; with a status of 200 who has them already is told so. */
static YejiResponse *
answer (YejiRequest *request,
        guint        status,
        const char  *type,
        GBytes      *bytes)
{
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autofree char *tag = g_strdup_printf ("\"%.32s\"", sum);
  YejiResponse *response;

  if (status == 200 && yeji_request_knows (request, tag))
    {
      response = yeji_response_new (304, NULL);
      g_bytes_unref (bytes);
    }
  else
    {
      response = yeji_response_new (status, NULL);
      response->content = bytes;
      response->type = g_strdup (type);
    }
  set_headers (response);
  if (status == 200)
    yeji_response_set_header (response, "ETag", tag);
  return response;
}

static YejiResponse *
answer_file (YejiRequest *request,
             const char  *name,
             const char  *type)
{
  g_autofree char *path = g_strconcat (PREFIX, name, NULL);
  GBytes *bytes = g_resource_lookup_data (yeji_web_get_resource (), path,
                                          G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  if (bytes == NULL)
    return yeji_refuse (request, YEJI_WIRE_NOT_FOUND, NULL, NULL);
  return answer (request, 200, type, bytes);
}

/**
 * yeji_web_page:
 * @html: (transfer full): the whole page, everything of a record or a query in it escaped
 *
 * Makes the answer of a page for people, with the headers that keep whatever stands in it from
 * doing anything.
 *
 * Returns: (transfer full): the answer; 304 instead of 200 for who has this very page
 */
YejiResponse *
yeji_web_page (YejiRequest *request,
               guint        status,
               char        *html)
{
  return answer (request, status, "text/html; charset=utf-8",
                 g_bytes_new_take (html, strlen (html)));
}

/**
 * yeji_web_is_asset:
 *
 * Returns: whether it may be the name of a file that belongs to a page; there may be none
 */
gboolean
yeji_web_is_asset (const char *name)
{
  const char *dot = strchr (name, '.');

  return dot != NULL && dot > name && strlen (name) <= MAX_NAME
         && strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789-") == (gsize) (dot - name)
         && get_type (name) != NULL && strchr (dot + 1, '.') == NULL;
}

/**
 * yeji_web_get_asset:
 *
 * `GET /web/{asset}`: a file that belongs to a page.
 */
YejiResponse *
yeji_web_get_asset (YejiServerContext  *context,
                    YejiSql            *sql,
                    YejiRequest        *request,
                    GError            **error)
{
  return answer_file (request, request->target, get_type (request->target));
}

/**
 * yeji_web_get_desk:
 *
 * `GET /desk`: the reviewers' and administrators' page. What it shows it asks for itself, signed in.
 */
YejiResponse *
yeji_web_get_desk (YejiServerContext  *context,
                   YejiSql            *sql,
                   YejiRequest        *request,
                   GError            **error)
{
  return answer_file (request, "desk.html", "text/html; charset=utf-8");
}
