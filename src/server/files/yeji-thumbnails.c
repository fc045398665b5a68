// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-thumbnails"

#include "config.h"

#include "yeji-documents.h"

#include <string.h>

#include <glib/gstdio.h>

#include "yeji-examiner.h"

/* The longer side, in pixels: what a list shows at twice the density. */
#define LONGEST 400
/* A record's scan has a few hundred pages at most; a client does not fill the disk with requests. */
#define MAX_PAGE 999

static guint
read_page (YejiRequest *request)
{
  const char *text = yeji_request_get_query (request, "page");
  guint64 page = 0;

  if (text == NULL)
    return 1;
  return g_ascii_string_to_unsigned (text, 10, 1, MAX_PAGE, &page, NULL) ? (guint) page : 0;
}

/**
 * yeji_thumbnails_find:
 *
 * `GET /v1/files/{id}/thumbnail?page=N`: a small picture of a page, for who may see the document.
 */
YejiResponse *
yeji_thumbnails_find (YejiServerContext  *context,
                      YejiSql            *sql,
                      YejiRequest        *request,
                      GError            **error)
{
  g_autoptr (YejiDocument) document = NULL;
  g_autofree char *name = NULL;
  guint page = read_page (request);
  YejiResponse *response;

  document = yeji_documents_find (context, sql, request, &response, error);
  if (document == NULL)
    return response;
  if (page == 0)
    return yeji_refuse (request, YEJI_WIRE_MALFORMED, "page", "page");
  name = g_strdup_printf ("%s-%u.png", document->sha256, page);
  request->thumbnail = g_build_filename (context->thumbnail_dir, name, NULL);
  request->document = g_strdup (document->path);
  request->page = page;
  return yeji_response_go_on ();
}

/**
 * yeji_thumbnails_make:
 *
 * Draws the page, if nobody has asked for it before. Blocks.
 */
void
yeji_thumbnails_make (YejiServerContext *context,
                      YejiRequest       *request)
{
  g_autoptr (GFile) from = g_file_new_for_path (request->document);
  g_autofree char *part = g_strconcat (request->thumbnail, ".part", NULL);
  g_autoptr (GFile) to = g_file_new_for_path (part);
  g_autoptr (GError) error = NULL;

  if (g_file_test (request->thumbnail, G_FILE_TEST_EXISTS))
    return;
  if (!yeji_examiner_thumbnail (context->examiner, from, request->page, LONGEST, to, NULL, &error))
    g_info ("%s: %s", request->document, error->message);
  else if (g_rename (part, request->thumbnail) != 0)
    g_warning ("%s: cannot be renamed", part);
  g_remove (part);
}

/**
 * yeji_thumbnails_send:
 *
 * Sends it, or says that there is none: the page is not there, or nobody here can draw it.
 */
YejiResponse *
yeji_thumbnails_send (YejiServerContext  *context,
                      YejiSql            *sql,
                      YejiRequest        *request,
                      GError            **error)
{
  YejiResponse *response;
  GStatBuf buf;

  if (g_stat (request->thumbnail, &buf) != 0)
    return yeji_refuse (request, YEJI_WIRE_NOT_FOUND, "没有这一页的缩略图。",
                        "There is no thumbnail of this page.");
  response = yeji_response_new (200, NULL);
  response->file = g_strdup (request->thumbnail);
  response->type = g_strdup ("image/png");
  response->n_bytes = (gint64) buf.st_size;
  yeji_response_set_header (response, "Cache-Control", "private, max-age=86400");
  yeji_response_set_header (response, "X-Content-Type-Options", "nosniff");
  return response;
}
