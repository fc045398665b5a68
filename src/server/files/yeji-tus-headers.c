// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-files"

#include "config.h"

#include "yeji-tus-headers.h"

#include <string.h>

#include <libsoup/soup.h>

#include "yeji-batch.h"

#define BASE64 "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

/**
 * yeji_tus_refuse_version:
 *
 * Every request of tus but OPTIONS names its version; another version is not ours to guess at.
 *
 * Returns: (transfer full) (nullable): 412 with what is spoken, or %NULL
 */
YejiResponse *
yeji_tus_refuse_version (YejiRequest *request)
{
  YejiResponse *response;

  if (g_strcmp0 (yeji_request_get_header (request, "tus-resumable"), YEJI_WIRE_TUS_VERSION) == 0)
    return NULL;
  response = yeji_refuse_status (request, 412, YEJI_WIRE_MALFORMED, "需要 Tus-Resumable: 1.0.0。",
                                 "Tus-Resumable: 1.0.0 is required.");
  yeji_response_set_header (response, "Tus-Version", YEJI_WIRE_TUS_VERSION);
  return response;
}

/* g_base64_decode() skips what it does not know; here that is a fault of the sender. */
static gboolean
is_base64 (const char *text)
{
  size_t length = strlen (text);
  size_t letters = strspn (text, BASE64);
  size_t padding = length - letters;

  return length > 0 && length % 4 == 0 && padding <= 2
         && strspn (text + letters, "=") == padding;
}

static gboolean
decode_sum (const char   *text,
            YejiPieceSum *sum)
{
  g_autofree guchar *bytes = NULL;
  gsize length = 0;

  if (!is_base64 (text))
    return FALSE;
  bytes = g_base64_decode (text, &length);
  if (length != yeji_digest_get_length (sum->kind))
    return FALSE;
  memcpy (sum->sum, bytes, length);
  sum->length = length;
  return TRUE;
}

/**
 * yeji_tus_read_sum:
 * @sum: (out): what the client says of the request's bytes; of length 0 when it says nothing
 *
 * Reads `Upload-Checksum: ALGORITHM BASE64`.
 *
 * Returns: (transfer full) (nullable): 400 for an algorithm that is not spoken and for what is no
 *   sum, or %NULL
 */
YejiResponse *
yeji_tus_read_sum (YejiRequest  *request,
                   YejiPieceSum *sum)
{
  const char *header = yeji_request_get_header (request, "upload-checksum");
  g_auto (GStrv) parts = NULL;

  memset (sum, 0, sizeof *sum);
  if (header == NULL)
    return NULL;
  parts = g_strsplit (header, " ", -1);
  if (g_strv_length (parts) != 2 || !yeji_digest_parse_kind (parts[0], &sum->kind))
    return yeji_refuse (request, YEJI_WIRE_MALFORMED,
                        "Upload-Checksum 只支持 " YEJI_WIRE_TUS_ALGORITHMS "。",
                        "Upload-Checksum: " YEJI_WIRE_TUS_ALGORITHMS " are spoken.");
  if (decode_sum (parts[1], sum))
    return NULL;
  return yeji_refuse (request, YEJI_WIRE_MALFORMED, "Upload-Checksum 不是 Base64 校验值。",
                      "Upload-Checksum is no sum in base64.");
}

/**
 * yeji_tus_read_number:
 * @header: in lower case
 *
 * Returns: whether the header is there and a number that is not negative
 */
gboolean
yeji_tus_read_number (YejiRequest *request,
                      const char  *header,
                      gint64      *number)
{
  const char *text = yeji_request_get_header (request, header);
  guint64 parsed = 0;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &parsed, NULL))
    return FALSE;
  *number = (gint64) parsed;
  return TRUE;
}

/**
 * yeji_tus_set_number:
 *
 * Adds a header.
 */
void
yeji_tus_set_number (YejiResponse *response,
                     const char   *header,
                     gint64        number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  yeji_response_set_header (response, header, text);
}

/**
 * yeji_tus_set_expires:
 * @moment: (nullable): as yeji_clock_after() writes it; %NULL for an upload that is complete
 *
 * Says until when an upload can be gone on with, as a date of RFC 9110.
 */
void
yeji_tus_set_expires (YejiResponse *response,
                      const char   *moment)
{
  g_autoptr (GDateTime) parsed = NULL;
  g_autofree char *text = NULL;

  if (moment == NULL)
    return;
  parsed = g_date_time_new_from_iso8601 (moment, NULL);
  g_assert (parsed != NULL);
  text = soup_date_time_to_string (parsed, SOUP_DATE_HTTP);
  yeji_response_set_header (response, "Upload-Expires", text);
}

/**
 * yeji_files_options:
 *
 * `OPTIONS /v1/files`: what of tus is spoken here, and how much of it fits in one request.
 */
YejiResponse *
yeji_files_options (YejiServerContext  *context,
                    YejiSql            *sql,
                    YejiRequest        *request,
                    GError            **error)
{
  YejiResponse *response = yeji_response_new (204, NULL);

  yeji_response_set_header (response, "Tus-Version", YEJI_WIRE_TUS_VERSION);
  yeji_response_set_header (response, "Tus-Extension", YEJI_WIRE_TUS_EXTENSIONS);
  yeji_response_set_header (response, "Tus-Checksum-Algorithm", YEJI_WIRE_TUS_ALGORITHMS);
  yeji_tus_set_number (response, "Tus-Max-Size", context->settings.file_size);
  yeji_response_set_header (response, YEJI_WIRE_BATCH_HEADER, YEJI_WIRE_BATCH_VERSION);
  yeji_tus_set_number (response, YEJI_WIRE_BATCH_FILES_HEADER, YEJI_BATCH_FILES);
  yeji_tus_set_number (response, YEJI_WIRE_BATCH_SIZE_HEADER, YEJI_BATCH_SIZE);
  return response;
}
