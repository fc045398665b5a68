// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-arrange.h"
#include "yeji-cli-documents.h"
#include "yeji-cli-options.h"
#include "yeji-cli-output.h"
#include "yeji-cli-progress.h"
#include "yeji-examiner.h"
#include "yeji-intake-folder.h"
#include "yeji-intake-store.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* What is done to documents that are attached already. `words` are what stands behind the record:
 * the document's id first, but for those that take several. What is returned is the document as it
 * is now, or an error. */
typedef struct
{
  YejiCliSession *session;
  YejiStore *store;
  YejiCliProgress *progress;
  const char *uuid;
  guint n_words;
  char **words;
} Work;

static YejiAttachment *
find (Work        *work,
      const char  *id,
      GError     **error)
{
  g_autoptr (GPtrArray) all = yeji_store_get_attachments (work->store, work->uuid, error);

  for (guint i = 0; all != NULL && i < all->len; i++)
    if (g_str_equal (yeji_attachment_get_id (g_ptr_array_index (all, i)), id))
      return g_object_ref (g_ptr_array_index (all, i));
  if (all != NULL)
    g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND,
                 _("the record has no document “%s”"), id);
  return NULL;
}

static void
set_usage_error (GError     **error,
                 const char  *format,
                 const char  *word)
{
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, format, word);
}

/* documents move UUID ID SLOT [POSITION] */
static YejiAttachment *
move (Work    *work,
      GError **error)
{
  YejiDictionary *dictionary = yeji_store_get_dictionary (work->store);
  guint64 position = G_MAXUINT;

  if (yeji_dictionary_find_slot (dictionary, work->words[1]) == NULL)
    {
      set_usage_error (error, _("there is no document slot “%s”"), work->words[1]);
      return NULL;
    }
  if (work->n_words > 2
      && !g_ascii_string_to_unsigned (work->words[2], 10, 1, G_MAXINT, &position, NULL))
    {
      set_usage_error (error, _("“%s” is no position; the first one is 1"), work->words[2]);
      return NULL;
    }
  return yeji_store_move_document (work->store, work->uuid, work->words[0], work->words[1],
                                   (guint) position - 1, error);
}

/* documents turn UUID ID DEGREES */
static YejiAttachment *
turn (Work    *work,
      GError **error)
{
  g_autoptr (YejiAttachment) document = find (work, work->words[0], error);
  guint64 degrees;

  if (document == NULL)
    return NULL;
  if (!g_ascii_string_to_unsigned (work->words[1], 10, 0, 270, &degrees, NULL) || degrees % 90 != 0)
    {
      set_usage_error (error, _("“%s” is no turn; 0, 90, 180 and 270 are"), work->words[1]);
      return NULL;
    }
  if (!yeji_store_set_rotation (work->store, work->words[0], (int) degrees, error))
    return NULL;
  return find (work, work->words[0], error);
}

/* Bytes, with K or M so many times 1024 or 1024 * 1024; 0 where it is no size. */
static gint64
read_size (const char *text)
{
  char *end;
  gint64 size = g_ascii_strtoll (text, &end, 10);
  gint64 times = g_ascii_toupper (*end) == 'M' ? 1 << 20 : g_ascii_toupper (*end) == 'K' ? 1 << 10
                                                                                         : 1;

  if (end == text || size <= 0 || size > G_MAXINT || (*end != '\0' && (times == 1 || end[1] != '\0')))
    return 0;
  return size * times;
}

static YejiExaminer *
new_examiner (Work    *work,
              GError **error)
{
  YejiExaminer *examiner;

  if (!yeji_examiner_is_there ())
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           _("yeji-examiner is missing"));
      return NULL;
    }
  examiner = yeji_examiner_new ();
  yeji_examiner_set_limits (examiner,
                            yeji_dictionary_get_limits (yeji_store_get_dictionary (work->store)));
  return examiner;
}

static gboolean
replace (Work            *work,
         YejiExaminer    *examiner,
         YejiAttachment  *document,
         GFile           *to,
         gint64           limit,
         GError         **error)
{
  g_autoptr (GFile) file = yeji_store_get_file (work->store, yeji_attachment_get_sha256 (document));
  g_autoptr (YejiFindings) findings = NULL;
  g_autofree char *text = NULL;
  GCancellable *cancellable = yeji_cli_progress_get_cancellable (work->progress);

  if (!yeji_examiner_shrink (examiner, file, to, limit, NULL, cancellable, error))
    return FALSE;
  findings = yeji_examiner_examine (examiner, to, cancellable, error);
  if (findings == NULL)
    return FALSE;
  text = yeji_findings_to_json (findings);
  return yeji_store_replace_content (work->store, yeji_attachment_get_id (document), to, text,
                                     error);
}

/* documents shrink UUID ID [--to SIZE] */
static YejiAttachment *
shrink (Work    *work,
        GError **error)
{
  const YejiLimits *limits = yeji_dictionary_get_limits (yeji_store_get_dictionary (work->store));
  const char *size = yeji_cli_get (work->session, "--to");
  gint64 limit = size != NULL ? read_size (size) : limits->file_size;
  g_autoptr (YejiAttachment) document = find (work, work->words[0], error);
  g_autoptr (YejiIntakeFolder) folder = NULL;
  g_autoptr (YejiExaminer) examiner = NULL;
  g_autoptr (GFile) to = NULL;
  g_autofree char *path = NULL;
  gboolean done;

  if (document == NULL)
    return NULL;
  if (limit == 0)
    {
      set_usage_error (error, _("“%s” is no size; 500K and 2M are"), size);
      return NULL;
    }
  folder = yeji_intake_folder_new (error);
  examiner = folder != NULL ? new_examiner (work, error) : NULL;
  if (examiner == NULL)
    return NULL;
  path = yeji_intake_folder_name (folder, yeji_attachment_get_filename (document));
  to = g_file_new_for_path (path);
  done = replace (work, examiner, document, to, limit, error);
  yeji_examiner_close (examiner);
  return done ? find (work, work->words[0], error) : NULL;
}

/* documents original UUID ID */
static YejiAttachment *
put_back (Work    *work,
          GError **error)
{
  if (!yeji_store_restore_original (work->store, work->words[0], error))
    return NULL;
  return find (work, work->words[0], error);
}

/* documents restore UUID ID */
static YejiAttachment *
restore (Work    *work,
         GError **error)
{
  if (!yeji_store_bring_back (work->store, work->uuid, work->words[0], error))
    return NULL;
  return find (work, work->words[0], error);
}

/* documents save UUID ID FILE */
static YejiAttachment *
save (Work    *work,
      GError **error)
{
  g_autoptr (YejiAttachment) document = find (work, work->words[0], error);
  g_autoptr (GFile) to = g_file_new_for_path (work->words[1]);
  g_autoptr (GFile) file = NULL;

  if (document == NULL)
    return NULL;
  file = yeji_store_get_file (work->store, yeji_attachment_get_sha256 (document));
  if (!g_file_copy (file, to, G_FILE_COPY_OVERWRITE | G_FILE_COPY_TARGET_DEFAULT_PERMS,
                    yeji_cli_progress_get_cancellable (work->progress), NULL, NULL, error))
    return NULL;
  return g_steal_pointer (&document);
}

/* ---- documents combine UUID ID ID... */

static char *
name_pdf (YejiAttachment *first)
{
  const char *name = yeji_attachment_get_filename (first);
  const char *dot = strrchr (name, '.');
  g_autofree char *stem = dot != NULL ? g_strndup (name, (gsize) (dot - name)) : g_strdup (name);

  return g_strconcat (stem, ".pdf", NULL);
}

static gboolean
make_pdf (Work          *work,
          GPtrArray     *pictures,
          GFile         *to,
          YejiFindings **findings,
          GError       **error)
{
  g_autoptr (YejiExaminer) examiner = new_examiner (work, error);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean made;

  if (examiner == NULL)
    return FALSE;
  for (guint i = 0; i < pictures->len; i++)
    g_ptr_array_add (files, yeji_store_get_file (work->store, yeji_attachment_get_sha256 (
                                                   g_ptr_array_index (pictures, i))));
  made = yeji_examiner_combine (examiner, (GFile **) files->pdata, files->len, to, findings,
                                yeji_cli_progress_get_cancellable (work->progress), error);
  yeji_examiner_close (examiner);
  return made;
}

static YejiIncoming *
take_pdf (Work            *work,
          GPtrArray       *pictures,
          YejiAttachment  *first,
          GError         **error)
{
  g_autoptr (YejiIntakeFolder) folder = yeji_intake_folder_new (error);
  g_autoptr (GPtrArray) incoming = g_ptr_array_new ();
  g_autoptr (YejiIncoming) one = NULL;
  g_autoptr (YejiFindings) findings = NULL;
  g_autoptr (GFile) file = NULL;
  g_autofree char *name = name_pdf (first);
  g_autofree char *path = folder != NULL ? yeji_intake_folder_name (folder, name) : NULL;
  g_autofree char *batch = NULL;

  if (folder == NULL)
    return NULL;
  file = g_file_new_for_path (path);
  if (!make_pdf (work, pictures, file, &findings, error))
    return NULL;
  one = yeji_incoming_new (file, work->uuid, yeji_attachment_get_slot (first));
  one->filename = g_strdup (name);
  one->findings = findings != NULL ? yeji_findings_to_json (findings) : NULL;
  g_ptr_array_add (incoming, one);
  if (!yeji_store_take_files (work->store, incoming, &batch, NULL, NULL, NULL, error))
    return NULL;
  if (one->error == NULL)
    return g_steal_pointer (&one);
  g_propagate_error (error, g_steal_pointer (&one->error));
  return NULL;
}

/* The PDF is in the slot before the first picture leaves it. */
static YejiAttachment *
combine (Work    *work,
         GError **error)
{
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (YejiIncoming) pdf = NULL;

  for (guint i = 0; i < work->n_words; i++)
    {
      YejiAttachment *picture = find (work, work->words[i], error);

      if (picture == NULL)
        return NULL;
      g_ptr_array_add (pictures, picture);
    }
  pdf = take_pdf (work, pictures, g_ptr_array_index (pictures, 0), error);
  for (guint i = 0; pdf != NULL && i < pictures->len; i++)
    if (!yeji_store_detach (work->store, work->uuid, work->words[i], error))
      return NULL;
  return pdf != NULL ? find (work, pdf->id, error) : NULL;
}

/* ---- */

static const struct
{
  const char *word;
  YejiAttachment *(*run) (Work *work, GError **error);
  gboolean reads;              /* and changes nothing */
} ways[] = {
  { "move", move },        { "turn", turn },       { "shrink", shrink },
  { "original", put_back }, { "combine", combine }, { "restore", restore },
  { "save", save, TRUE },
};

/* What was submitted is the province's until it answers. */
static gboolean
require_editable (Work *work)
{
  g_autoptr (YejiEntry) entry = yeji_store_get_entry (work->store, work->uuid, NULL);

  if (entry != NULL && yeji_entry_is_editable (entry))
    return TRUE;
  yeji_cli_complain (_("%s is in the province's hands or in the bin, and stays as it is"),
                     work->uuid);
  return FALSE;
}

static YejiAttachment *
arrange (Work        *work,
         const char  *word,
         GError     **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    if (g_str_equal (ways[i].word, word))
      return ways[i].run (work, error);
  g_return_val_if_reached (NULL);
}

static gboolean
only_reads (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    if (g_str_equal (ways[i].word, word))
      return ways[i].reads;
  return FALSE;
}

/* documents move, turn, shrink, original, combine, restore, save */
YejiExit
yeji_cli_arrange (YejiCliSession  *session,
                  guint            n_args,
                  char           **args)
{
  g_autoptr (YejiRecord) record = yeji_cli_session_load (session, args[1]);
  g_autoptr (YejiCliProgress) progress = NULL;
  g_autoptr (YejiAttachment) document = NULL;
  g_autoptr (GError) error = NULL;
  Work work = { session, NULL, NULL, args[1], n_args - 2, args + 2 };

  if (record == NULL)
    return YEJI_EXIT_FAILED;
  work.store = yeji_cli_session_get_store (session);
  work.progress = progress = yeji_cli_progress_new (session, _("Documents:"));
  if (!only_reads (args[0]) && !require_editable (&work))
    return YEJI_EXIT_FAILED;
  document = arrange (&work, args[0], &error);
  if (document == NULL)
    {
      yeji_cli_fail (args[2], error);
      return error->domain == G_OPTION_ERROR ? YEJI_EXIT_USAGE : YEJI_EXIT_FAILED;
    }
  /* a slot that is filled or empty now is a problem less or more */
  if (!only_reads (args[0]) && !yeji_cli_session_save (session, record, "attached"))
    return YEJI_EXIT_FAILED;
  yeji_cli_print_document (session, document);
  return YEJI_EXIT_OK;
}
