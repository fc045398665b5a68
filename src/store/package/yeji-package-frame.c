// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-package"

#include "config.h"

#include "yeji-package-private.h"

#include <string.h>

#define LETTERS 4
#define HEAD_SIZE (LETTERS + 8)

static const char *const letters[N_YEJI_MEMBERS] = {
  [YEJI_MEMBER_HEAD] = "head",
  [YEJI_MEMBER_RECORD] = "reco",
  [YEJI_MEMBER_BODY] = "body",
  [YEJI_MEMBER_BASE] = "base",
  [YEJI_MEMBER_HISTORY] = "hist",
  [YEJI_MEMBER_FILE] = "file",
  [YEJI_MEMBER_END] = "ends",
};

G_DEFINE_QUARK (yeji-package-error-quark, yeji_package_error)

gboolean
yeji_package_fail (const char  *why,
                   GError     **error)
{
  g_set_error_literal (error, YEJI_PACKAGE_ERROR, YEJI_PACKAGE_ERROR_DAMAGED, why);
  return FALSE;
}

/**
 * yeji_package_take_error: (skip)
 * @cause: (transfer full): of any domain
 *
 * Tells what went wrong as one of ours; that it was cancelled, and what the profile's database
 * says, stays as it is.
 *
 * Returns: %FALSE
 */
gboolean
yeji_package_take_error (GError      *cause,
                         const char  *path,
                         GError     **error)
{
  static const struct { GQuark (*domain) (void); int code; YejiPackageError told; } causes[] = {
    { yeji_sealed_error_quark, YEJI_SEALED_ERROR_FOREIGN, YEJI_PACKAGE_ERROR_FOREIGN },
    { yeji_sealed_error_quark, YEJI_SEALED_ERROR_NEWER,   YEJI_PACKAGE_ERROR_NEWER },
    { yeji_sealed_error_quark, YEJI_SEALED_ERROR_KEY,     YEJI_PACKAGE_ERROR_PASSPHRASE },
    { yeji_sealed_error_quark, YEJI_SEALED_ERROR_DAMAGED, YEJI_PACKAGE_ERROR_DAMAGED },
    { yeji_sealed_error_quark, YEJI_SEALED_ERROR_COST,    YEJI_PACKAGE_ERROR_COST },
    { yeji_backup_error_quark, YEJI_BACKUP_ERROR_FULL,    YEJI_PACKAGE_ERROR_FULL },
    { yeji_backup_error_quark, YEJI_BACKUP_ERROR_FILE,    YEJI_PACKAGE_ERROR_FILE },
    { g_io_error_quark,        G_IO_ERROR_NO_SPACE,       YEJI_PACKAGE_ERROR_FULL },
  };

  if (cause->domain == YEJI_PACKAGE_ERROR || cause->domain == YEJI_DB_ERROR
      || cause->domain == YEJI_STORE_ERROR
      || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, cause);
      return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (causes); i++)
    if (g_error_matches (cause, causes[i].domain (), causes[i].code))
      {
        g_set_error (error, YEJI_PACKAGE_ERROR, (int) causes[i].told, "%s: %s", path,
                     cause->message);
        g_error_free (cause);
        return FALSE;
      }
  g_set_error (error, YEJI_PACKAGE_ERROR, YEJI_PACKAGE_ERROR_FILE, "%s: %s", path, cause->message);
  g_error_free (cause);
  return FALSE;
}

gboolean
yeji_package_write_head (YejiSealedWriter  *writer,
                         YejiMember         kind,
                         guint64            length,
                         GError           **error)
{
  guint8 head[HEAD_SIZE];
  guint64 size = GUINT64_TO_LE (length);

  memcpy (head, letters[kind], LETTERS);
  memcpy (head + LETTERS, &size, sizeof size);
  return yeji_sealed_writer_write (writer, head, sizeof head, error);
}

gboolean
yeji_package_write_text (YejiSealedWriter  *writer,
                         YejiMember         kind,
                         const char        *text,
                         GError           **error)
{
  gsize length = strlen (text);

  if (length > YEJI_PACKAGE_MAX_TEXT)
    {
      g_set_error (error, YEJI_PACKAGE_ERROR, YEJI_PACKAGE_ERROR_FILE,
                   "a record of %" G_GSIZE_FORMAT " bytes is too large to be handed over", length);
      return FALSE;
    }
  return yeji_package_write_head (writer, kind, length, error)
    && yeji_sealed_writer_write (writer, text, length, error);
}

gboolean
yeji_package_read_exactly (YejiSealedReader  *reader,
                           gpointer           data,
                           gsize              length,
                           GError           **error)
{
  gsize n_read;

  if (!yeji_sealed_reader_read (reader, data, length, &n_read, error))
    return FALSE;
  return n_read == length || yeji_package_fail ("it ends within something", error);
}

gboolean
yeji_package_read_head (YejiSealedReader  *reader,
                        YejiMember        *kind,
                        guint64           *length,
                        GError           **error)
{
  guint8 head[HEAD_SIZE];
  guint64 size;

  if (!yeji_package_read_exactly (reader, head, sizeof head, error))
    return FALSE;
  memcpy (&size, head + LETTERS, sizeof size);
  *length = GUINT64_FROM_LE (size);
  for (guint i = 0; i < N_YEJI_MEMBERS; i++)
    if (memcmp (head, letters[i], LETTERS) == 0)
      {
        *kind = i;
        return TRUE;
      }
  return yeji_package_fail ("it has a part that no package has", error);
}

/**
 * yeji_package_read_text: (skip)
 *
 * Memory grows with what is there, not with what the length says.
 *
 * Returns: (transfer full) (nullable): valid UTF-8 without a NUL
 */
char *
yeji_package_read_text (YejiSealedReader  *reader,
                        guint64            length,
                        GError           **error)
{
  g_autoptr (GString) text = NULL;

  if (length > YEJI_PACKAGE_MAX_TEXT)
    {
      yeji_package_fail ("a part is longer than any may be", error);
      return NULL;
    }
  text = g_string_sized_new (MIN (length, YEJI_SEALED_PIECE));
  while (text->len < length)
    {
      gsize before = text->len;
      gsize part = MIN ((gsize) length - before, YEJI_SEALED_PIECE);

      g_string_set_size (text, before + part);
      if (!yeji_package_read_exactly (reader, text->str + before, part, error))
        return NULL;
    }
  if (g_utf8_validate_len (text->str, text->len, NULL))
    return g_string_free (g_steal_pointer (&text), FALSE);
  yeji_package_fail ("a text is no UTF-8", error);
  return NULL;
}
