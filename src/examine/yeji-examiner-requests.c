// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* What is asked for, as the other process understands it. */

#define G_LOG_DOMAIN "yeji-examiner"

#include "config.h"

#include "yeji-examiner.h"

#include "yeji-examiner-private.h"
#include "yeji-json.h"

/* How long anybody waits, seconds. */
#define EXAMINE_SECONDS 30
#define THUMBNAIL_SECONDS 20
#define MAKE_SECONDS 300       /* of shrinking and combining, which draw every page */

/* What is made has this behind its name while it is made. */
#define PART ".part"

static gboolean
fail (GError            **error,
      YejiExaminerError   code,
      const char         *reason)
{
  g_set_error_literal (error, YEJI_EXAMINER_ERROR, (int) code, reason);
  return FALSE;
}

/* What stands in an answer, also in one that says what is wrong. */
static YejiFindings *
read_answer (JsonNode  *answer,
             char     **message,
             GError   **error)
{
  JsonObject *object = json_node_get_object (answer);
  g_autoptr (GError) reason = NULL;
  YejiFindings *findings = yeji_findings_from_object (object, &reason);

  *message = g_strdup (yeji_json_get_string (object, "message"));
  if (findings == NULL)
    fail (error, YEJI_EXAMINER_ERROR_FAILED, reason->message);
  return findings;
}

static void
add_file (JsonNode   *request,
          const char *member,
          GFile      *file)
{
  g_autofree char *path = g_file_get_path (file);

  /* JSON cannot say every name that a file may have, an address can. */
  if (path == NULL || !g_utf8_validate (path, -1, NULL))
    {
      g_free (path);
      path = g_file_get_uri (file);
    }
  json_object_set_string_member (json_node_get_object (request), member, path);
}

static JsonNode *
make_request (const char *what)
{
  JsonNode *node = json_node_init_object (json_node_alloc (), json_object_new ());
  JsonObject *object = json_node_get_object (node);

  json_object_unref (object);
  json_object_set_string_member (object, "do", what);
  return node;
}

/* What was asked for, when the answer says that it was done. */
static YejiFindings *
run (YejiExaminer  *self,
     JsonNode      *request,
     double         usual,
     GCancellable  *cancellable,
     GError       **error)
{
  g_autoptr (JsonNode) answer = yeji_examiner_ask (self, request, usual, cancellable, error);
  g_autoptr (YejiFindings) findings = NULL;
  g_autofree char *message = NULL;
  YejiExaminerError code;

  findings = answer != NULL ? read_answer (answer, &message, error) : NULL;
  if (findings == NULL || findings->failure == NULL)
    return g_steal_pointer (&findings);
  yeji_examiner_error_from_word (findings->failure, &code);
  fail (error, code, message != NULL ? message : findings->failure);
  return NULL;
}

/* Findings also of a file with which something is wrong. */
static YejiFindings *
look (YejiExaminer  *self,
      GFile         *file,
      char         **message,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr (JsonNode) request = make_request ("examine");
  JsonObject *object = json_node_get_object (request);
  const YejiLimits *limits = yeji_examiner_get_limits (self);
  g_autoptr (JsonNode) answer = NULL;

  add_file (request, "path", file);
  json_object_set_double_member (object, "ink", limits->scan_ink);
  json_object_set_int_member (object, "pages", limits->scan_pages);
  answer = yeji_examiner_ask (self, request, EXAMINE_SECONDS, cancellable, error);
  return answer != NULL ? read_answer (answer, message, error) : NULL;
}

/**
 * yeji_examiner_examine:
 *
 * Looks at a document. Blocks.
 *
 * Returns: (transfer full) (nullable): what was found; %NULL with #YejiExaminerError when the
 *   content could not be looked at, or %G_IO_ERROR_CANCELLED
 */
YejiFindings *
yeji_examiner_examine (YejiExaminer  *self,
                       GFile         *file,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_autoptr (YejiFindings) findings = NULL;
  g_autofree char *message = NULL;
  YejiExaminerError code;

  g_return_val_if_fail (YEJI_IS_EXAMINER (self), NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  findings = look (self, file, &message, cancellable, error);
  if (findings == NULL || findings->failure == NULL)
    return g_steal_pointer (&findings);
  yeji_examiner_error_from_word (findings->failure, &code);
  fail (error, code, code == YEJI_EXAMINER_ERROR_FOREIGN && findings->media_type != NULL
                       ? findings->media_type : message != NULL ? message : findings->failure);
  return NULL;
}

/**
 * yeji_examiner_look:
 *
 * As yeji_examiner_examine(), but what is wrong with the file is part of the findings: for who
 * takes the file all the same, and keeps what was found. Blocks.
 *
 * Returns: (transfer full) (nullable): what was found; %NULL with %G_IO_ERROR_CANCELLED alone
 */
YejiFindings *
yeji_examiner_look (YejiExaminer  *self,
                    GFile         *file,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autoptr (GError) reason = NULL;
  g_autofree char *message = NULL;
  YejiFindings *findings;

  g_return_val_if_fail (YEJI_IS_EXAMINER (self), NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  findings = look (self, file, &message, cancellable, &reason);
  if (findings != NULL)
    return findings;
  if (reason->domain == YEJI_EXAMINER_ERROR)
    return yeji_findings_new_for_error (reason);
  g_propagate_error (error, g_steal_pointer (&reason));
  return NULL;
}

/* What a process that died, or was ended, had begun to write. */
static void
delete_part (JsonNode *request)
{
  const char *to = yeji_json_get_string (json_node_get_object (request), "to");
  g_autofree char *part = g_strconcat (to, PART, NULL);
  g_autoptr (GFile) file = g_str_has_prefix (part, "file://") ? g_file_new_for_uri (part)
                                                             : g_file_new_for_path (part);

  g_file_delete (file, NULL, NULL);
}

static gboolean
make (YejiExaminer  *self,
      JsonNode      *request,
      double         usual,
      YejiFindings **result,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr (YejiFindings) findings = run (self, request, usual, cancellable, error);

  if (findings == NULL)
    {
      delete_part (request);
      return FALSE;
    }
  if (result != NULL)
    *result = g_steal_pointer (&findings);
  return TRUE;
}

/**
 * yeji_examiner_shrink:
 * @to: is replaced; stands there only when it is whole, and is never @file itself
 * @limit: bytes that it may have
 * @result: (out) (optional) (transfer full): media type, size, pages and resolution of what was
 *     made
 *
 * Makes a document of the best quality that fits: an image becomes a JPEG, a PDF one of pictures.
 * Never touches the original. Blocks.
 *
 * Returns: %FALSE with #YejiExaminerError, of which TOO_LARGE says that 72 dots an inch do not fit
 *   either
 */
gboolean
yeji_examiner_shrink (YejiExaminer  *self,
                      GFile         *file,
                      GFile         *to,
                      gint64         limit,
                      YejiFindings **result,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autoptr (JsonNode) request = make_request ("shrink");

  g_return_val_if_fail (YEJI_IS_EXAMINER (self), FALSE);
  g_return_val_if_fail (G_IS_FILE (file) && G_IS_FILE (to), FALSE);

  add_file (request, "path", file);
  add_file (request, "to", to);
  json_object_set_int_member (json_node_get_object (request), "limit", limit);
  return make (self, request, MAKE_SECONDS, result, cancellable, error);
}

/**
 * yeji_examiner_combine:
 * @files: images, in the order of the pages
 * @to: is replaced; stands there only when it is whole
 * @result: (out) (optional) (transfer full): media type, size and pages of what was made
 *
 * Makes one PDF of several images, JPEG as they are, upright. Blocks.
 *
 * Returns: %FALSE with #YejiExaminerError
 */
gboolean
yeji_examiner_combine (YejiExaminer  *self,
                       GFile        **files,
                       guint          n_files,
                       GFile         *to,
                       YejiFindings **result,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_autoptr (JsonNode) request = make_request ("combine");
  JsonArray *paths = json_array_new ();

  g_return_val_if_fail (YEJI_IS_EXAMINER (self), FALSE);
  g_return_val_if_fail (n_files > 0 && G_IS_FILE (to), FALSE);

  json_object_set_array_member (json_node_get_object (request), "paths", paths);
  for (guint i = 0; i < n_files; i++)
    {
      add_file (request, "path", files[i]);
      json_array_add_string_element (paths, yeji_json_get_string (json_node_get_object (request),
                                                                  "path"));
    }
  json_object_remove_member (json_node_get_object (request), "path");
  add_file (request, "to", to);
  return make (self, request, MAKE_SECONDS, result, cancellable, error);
}

/**
 * yeji_examiner_thumbnail:
 * @page: from 1
 * @longest: the longer side of the picture, pixels
 * @to: is replaced by a PNG
 *
 * Draws a page small. Blocks.
 *
 * Returns: %FALSE with #YejiExaminerError
 */
gboolean
yeji_examiner_thumbnail (YejiExaminer  *self,
                         GFile         *file,
                         guint          page,
                         int            longest,
                         GFile         *to,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_autoptr (JsonNode) request = make_request ("thumbnail");

  g_return_val_if_fail (YEJI_IS_EXAMINER (self), FALSE);
  g_return_val_if_fail (G_IS_FILE (file) && G_IS_FILE (to), FALSE);

  add_file (request, "path", file);
  add_file (request, "to", to);
  json_object_set_int_member (json_node_get_object (request), "page", page);
  json_object_set_int_member (json_node_get_object (request), "longest", longest);
  return make (self, request, THUMBNAIL_SECONDS, NULL, cancellable, error);
}
