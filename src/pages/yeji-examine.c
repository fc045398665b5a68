// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* What the other process does: a request, an answer. */

#define G_LOG_DOMAIN "yeji-examine"

#include "config.h"

#include "yeji-examine.h"

#include <math.h>

#include "yeji-examine-private.h"
#include "yeji-json.h"
#include "yeji-page-ink.h"

/* Of the time that there is, pages are looked at for so much. */
#define LOOKING_SHARE 0.5

#define POINTS_PER_UNIT (72 / 96.)

#define MAX_SMALL 4096

typedef gboolean (*Doer) (JsonObject *request, JsonObject *answer, GError **error);

typedef struct
{
  const char *name;
  Doer doer;
} Task;

static const char * const words[] = {
  [YEJI_PAGE_ERROR_UNREADABLE] = "unreadable",
  [YEJI_PAGE_ERROR_FOREIGN] = "foreign",
  [YEJI_PAGE_ERROR_TOO_LARGE] = "too_large",
  [YEJI_PAGE_ERROR_LOCKED] = "locked",
  [YEJI_PAGE_ERROR_SLOW] = "slow",
};

static gboolean
fail (GError     **error,
      const char  *reason)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, reason);
  return FALSE;
}

static double
get_number (JsonObject *request,
            const char *member)
{
  JsonNode *node = json_object_get_member (request, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return 0;
  return json_node_get_value_type (node) == G_TYPE_INT64 ? (double) json_node_get_int (node)
         : json_node_get_value_type (node) == G_TYPE_DOUBLE ? json_node_get_double (node) : 0;
}

static GFile *
get_file (JsonObject  *request,
          const char  *member,
          GError     **error)
{
  const char *path = yeji_json_get_string (request, member);

  if (path != NULL)
    return yeji_examine_get_file (path);
  fail (error, "no path");
  return NULL;
}

/* Numbers of the pages that are empty. */
static void
look_for_blank (YejiPageSource *source,
                JsonObject     *request,
                JsonObject     *answer)
{
  guint n_pages = MIN (yeji_page_source_get_n_pages (source),
                       (guint) CLAMP (get_number (request, "pages"), 0, YEJI_PAGE_MAX_PAGES));
  gint64 until = g_get_monotonic_time ()
                 + (gint64) (get_number (request, "seconds") * LOOKING_SHARE * G_USEC_PER_SEC);
  double least = get_number (request, "ink");
  JsonArray *blank = json_array_new ();
  guint page;

  for (page = 0; page < n_pages && least > 0 && g_get_monotonic_time () < until; page++)
    {
      g_autoptr (YejiPagePicture) picture = yeji_page_source_draw_small (source, page,
                                                                         YEJI_PAGE_INK_SIDE, NULL,
                                                                         NULL);

      if (picture != NULL && yeji_page_measure_ink (picture) < least)
        json_array_add_int_element (blank, page + 1);
    }
  json_object_set_int_member (answer, "looked", page);
  json_object_set_array_member (answer, "blank", blank);
}

/* @careful: a first attempt ended the process; only what is needed is done. */
static gboolean
describe (YejiInspected *inspected,
          JsonObject    *request,
          JsonObject    *answer,
          GError       **error)
{
  g_autoptr (YejiPageSource) source = yeji_inspected_open (inspected, error);
  gboolean careful = json_object_get_boolean_member_with_default (request, "careful", FALSE);
  gboolean is_pdf;
  double width, height;
  double unit;

  if (source == NULL || !yeji_page_source_get_size (source, 0, &width, &height, error))
    return FALSE;
  is_pdf = g_str_equal (inspected->media_type, "application/pdf");
  unit = is_pdf ? POINTS_PER_UNIT : 1;
  json_object_set_int_member (answer, "pages", is_pdf ? yeji_page_source_get_n_pages (source)
                                                      : inspected->head.n_pages);
  json_object_set_double_member (answer, "width", round (width * unit * 100) / 100);
  json_object_set_double_member (answer, "height", round (height * unit * 100) / 100);
  json_object_set_int_member (answer, "rotation",
                              yeji_document_get_rotation (inspected->head.orientation));
  if (!is_pdf)
    json_object_set_int_member (answer, "dpi", yeji_inspected_get_dpi (inspected));
  if (careful)
    return TRUE;
  /* To know how fine a picture is it must be decoded as a whole. */
  if (is_pdf && (gint64) inspected->head.width * inspected->head.height <= YEJI_PAGE_MAX_DECODED)
    json_object_set_int_member (answer, "dpi",
                                (gint64) CLAMP (round (yeji_page_source_get_resolution (source, 0)),
                                                0, 100000));
  look_for_blank (source, request, answer);
  return TRUE;
}

static gboolean
examine (JsonObject  *request,
         JsonObject  *answer,
         GError     **error)
{
  g_autoptr (GFile) file = get_file (request, "path", error);
  g_auto (YejiInspected) inspected = { 0 };
  gboolean done;

  if (file == NULL)
    return FALSE;
  done = yeji_inspected_read (&inspected, file, error);
  if (inspected.media_type != NULL)
    json_object_set_string_member (answer, "type", inspected.media_type);
  json_object_set_int_member (answer, "size", inspected.size);
  if (inspected.sha256 != NULL)
    json_object_set_string_member (answer, "sha256", inspected.sha256);
  return done && describe (&inspected, request, answer, error);
}

static void
tell (const YejiMade *made,
      JsonObject     *answer)
{
  json_object_set_string_member (answer, "type", made->media_type);
  json_object_set_int_member (answer, "size", made->size);
  json_object_set_int_member (answer, "pages", made->n_pages);
  json_object_set_int_member (answer, "dpi", made->dpi);
}

static gboolean
shrink (JsonObject  *request,
        JsonObject  *answer,
        GError     **error)
{
  g_autoptr (GFile) file = get_file (request, "path", error);
  g_autoptr (GFile) to = file != NULL ? get_file (request, "to", error) : NULL;
  YejiMade made;

  if (to == NULL)
    return FALSE;
  if (g_file_equal (file, to))
    return fail (error, "an original is not touched");
  if (!yeji_shrink (file, to, (gint64) get_number (request, "limit"), &made, error))
    return FALSE;
  tell (&made, answer);
  return TRUE;
}

static gboolean
combine (JsonObject  *request,
         JsonObject  *answer,
         GError     **error)
{
  g_autoptr (GFile) to = get_file (request, "to", error);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  JsonArray *paths = yeji_json_get_array (request, "paths");
  YejiMade made;

  if (to == NULL)
    return FALSE;
  for (guint i = 0; paths != NULL && i < json_array_get_length (paths); i++)
    {
      const char *path = yeji_json_node_string (json_array_get_element (paths, i));

      if (path == NULL)
        return fail (error, "no path");
      g_ptr_array_add (files, yeji_examine_get_file (path));
      if (g_file_equal (g_ptr_array_index (files, i), to))
        return fail (error, "an original is not touched");
    }
  if (files->len == 0)
    return fail (error, "no paths");
  if (!yeji_combine (files, to, &made, error))
    return FALSE;
  tell (&made, answer);
  return TRUE;
}

static gboolean
write_png (const YejiPagePicture *picture,
           GFile                 *to,
           YejiMade              *made,
           GError               **error)
{
  g_auto (YejiSink) sink = { 0 };
  cairo_surface_t *surface;

  if (!yeji_sink_open (&sink, to, 0, error))
    return FALSE;
  surface = cairo_image_surface_create_for_data (
    (guchar *) g_bytes_get_data (picture->pixels, NULL), CAIRO_FORMAT_RGB24, picture->width,
    picture->height, (int) picture->stride);
  cairo_surface_write_to_png_stream (surface, yeji_sink_write, &sink);
  cairo_surface_destroy (surface);
  *made = (YejiMade) { "image/png", sink.written, 1, 0 };
  return yeji_sink_finish (&sink, error);
}

static gboolean
draw_thumbnail (JsonObject  *request,
                JsonObject  *answer,
                GError     **error)
{
  g_autoptr (GFile) file = get_file (request, "path", error);
  g_autoptr (GFile) to = file != NULL ? get_file (request, "to", error) : NULL;
  double page = get_number (request, "page");
  int longest = (int) CLAMP (get_number (request, "longest"), 16, MAX_SMALL);
  g_auto (YejiInspected) inspected = { 0 };
  g_autoptr (YejiPageSource) source = NULL;
  g_autoptr (YejiPagePicture) picture = NULL;
  YejiMade made;

  if (to == NULL || !yeji_inspected_read (&inspected, file, error))
    return FALSE;
  if (g_file_equal (file, to))
    return fail (error, "an original is not touched");
  source = yeji_inspected_open (&inspected, error);
  if (source == NULL)
    return FALSE;
  if (!(page >= 1 && page <= yeji_page_source_get_n_pages (source)))
    {
      g_set_error (error, YEJI_PAGE_ERROR, YEJI_PAGE_ERROR_UNREADABLE, "no page %g", page);
      return FALSE;
    }
  picture = yeji_page_source_draw_small (source, (guint) page - 1, longest, NULL, error);
  if (picture == NULL || !write_png (picture, to, &made, error))
    return FALSE;
  tell (&made, answer);
  return TRUE;
}

static const Task tasks[] = {
  { "examine", examine },
  { "shrink", shrink },
  { "combine", combine },
  { "thumbnail", draw_thumbnail },
};

static gboolean
run (JsonObject  *request,
     JsonObject  *answer,
     GError     **error)
{
  const char *name = yeji_json_get_string (request, "do");

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (tasks); i++)
    if (g_str_equal (tasks[i].name, name))
      return tasks[i].doer (request, answer, error);
  return fail (error, "nothing to do");
}

/**
 * yeji_examine_answer:
 * @request: an object: `id`, which the answer repeats, `do`, and what that takes
 *
 * Does what is asked for. What is wrong with the file or the request is part of the answer.
 *
 * Returns: (transfer full): an object
 */
JsonNode *
yeji_examine_answer (JsonNode *request)
{
  JsonNode *node = json_node_init_object (json_node_alloc (), json_object_new ());
  JsonObject *answer = json_node_get_object (node);
  g_autoptr (GError) error = NULL;
  gboolean done;

  json_object_unref (answer);
  if (JSON_NODE_HOLDS_OBJECT (request))
    json_object_set_int_member (answer, "id", yeji_json_get_int (json_node_get_object (request),
                                                                 "id", 0));
  done = JSON_NODE_HOLDS_OBJECT (request)
           ? run (json_node_get_object (request), answer, &error) : fail (&error, "no object");
  if (done)
    return node;
  json_object_set_string_member (answer, "error", error->domain == YEJI_PAGE_ERROR
                                                    ? words[error->code] : "failed");
  json_object_set_string_member (answer, "message", error->message);
  return node;
}
