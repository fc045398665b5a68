// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-options.h"
#include "yeji-cli-output.h"
#include "yeji-cli-progress.h"
#include "yeji-declaration-paper.h"

#include <glib/gi18n-lib.h>

/* In the user's words. */
static void
tell_missing (const char  *uuid,
              GError     **error)
{
  if (!g_error_matches (*error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND))
    {
      g_prefix_error (error, "%s: ", uuid);
      return;
    }
  g_clear_error (error);
  g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND, _("There is no record %s"),
               uuid);
}

/* One after the other: however many there are, one is in memory. */
static gboolean
add_records (YejiCliSession   *session,
             YejiStore        *store,
             YejiPaperPdf     *pdf,
             char            **uuids,
             guint             n_uuids,
             YejiCliProgress  *progress,
             GError          **error)
{
  GCancellable *cancellable = yeji_cli_progress_get_cancellable (progress);

  for (guint i = 0; i < n_uuids; i++)
    {
      g_autoptr (YejiDeclaration) declaration = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      declaration = yeji_declaration_load (store, uuids[i], error);
      if (declaration == NULL)
        {
          tell_missing (uuids[i], error);
          return FALSE;
        }
      if (!yeji_declaration_add_to_pdf (declaration, yeji_cli_has (session, "--full"), pdf, error))
        return FALSE;
      yeji_cli_progress_step (progress, i + 1, n_uuids);
    }
  return TRUE;
}

static void
print_done (YejiCliSession *session,
            const char     *path,
            char          **uuids,
            guint           n_uuids,
            guint           n_pages)
{
  JsonObject *object = json_object_new ();
  JsonArray *records = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  if (!yeji_cli_session_wants_json (session))
    yeji_cli_print (ngettext ("%s: %u page\n", "%s: %u pages\n", n_pages), path, n_pages);
  for (guint i = 0; i < n_uuids; i++)
    json_array_add_string_element (records, uuids[i]);
  json_object_set_string_member (object, "path", path);
  json_object_set_int_member (object, "pages", n_pages);
  json_object_set_array_member (object, "records", records);
  json_node_take_object (node, object);
  if (yeji_cli_session_wants_json (session))
    yeji_cli_print_json (node);
  else
    json_node_unref (node);
}

static YejiExit
print_records (YejiCliSession  *session,
               YejiStore       *store,
               char           **uuids,
               guint            n_uuids,
               const char      *path)
{
  g_autoptr (YejiCliProgress) progress = yeji_cli_progress_new (session, _("Printing"));
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GError) error = NULL;
  YejiPaperPdf *pdf = yeji_paper_pdf_open (file, G_FILE_CREATE_PRIVATE, &error);
  gboolean done;
  guint n_pages;

  if (pdf == NULL)
    return yeji_cli_fail (path, error);
  done = add_records (session, store, pdf, uuids, n_uuids, progress, &error);
  n_pages = yeji_paper_pdf_count_pages (pdf);
  done = yeji_paper_pdf_close (pdf, done, done ? &error : NULL) && done;
  if (done)
    {
      print_done (session, path, uuids, n_uuids, n_pages);
      return YEJI_EXIT_OK;
    }
  return yeji_cli_fail (_("Nothing was printed"), error);
}

/* print UUID... FILE.pdf [--full] */
YejiExit
yeji_cli_print_forms (YejiCliSession  *session,
                      guint            n_args,
                      char           **args)
{
  YejiStore *store;

  for (guint i = 0; i + 1 < n_args; i++)
    if (!g_uuid_string_is_valid (args[i]))
      {
        yeji_cli_complain (_("“%s” is no record"), args[i]);
        return YEJI_EXIT_USAGE;
      }
  if (g_uuid_string_is_valid (args[n_args - 1]))   /* the file was forgotten */
    return yeji_cli_complain_usage (session);
  store = yeji_cli_session_get_store (session);
  return store != NULL ? print_records (session, store, args, n_args - 1, args[n_args - 1])
                       : YEJI_EXIT_FAILED;
}
