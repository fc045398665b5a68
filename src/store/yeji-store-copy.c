// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* New drafts from earlier records. What the copy has not got is a setting of the profile: it helps
 * the clerk at this computer and is no part of the record. */

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-store-copy.h"

static char *
make_setting (const char *uuid)
{
  return g_strconcat ("copied.", uuid, NULL);
}

static gboolean
write_note (YejiStore           *self,
            const char          *uuid,
            const YejiCopyNote  *note,
            GError             **error)
{
  g_autofree char *setting = make_setting (uuid);
  g_autofree char *text = yeji_copy_note_write (note);

  return yeji_store_set_setting (self, setting, text, error);
}

/**
 * yeji_store_copy_record:
 * @uuid: of a record in whatever state
 *
 * Makes a new draft from an earlier record, see yeji_record_copy_as_new(). Its documents are not
 * copied. Blocks.
 *
 * Returns: (transfer full): the uuid of the draft; %NULL with @error set
 */
char *
yeji_store_copy_record (YejiStore   *self,
                        const char  *uuid,
                        GError     **error)
{
  g_autoptr (YejiRecord) record = NULL;
  g_autoptr (YejiRecord) copy = NULL;
  g_autoptr (YejiCopyNote) note = NULL;

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);
  g_return_val_if_fail (uuid != NULL, NULL);

  record = yeji_store_load (self, uuid, error);
  if (record == NULL)
    return NULL;
  copy = yeji_record_copy_as_new (record, &note);
  /* the note first: a note without a record is nothing, a record without its note would be a copy
   * of which nobody knows */
  if (!write_note (self, yeji_record_get_uuid (copy), note, error)
      || !yeji_store_save (self, copy, NULL, "copied", error))
    return NULL;
  return g_strdup (yeji_record_get_uuid (copy));
}

/**
 * yeji_store_get_copy_note:
 *
 * Blocks.
 *
 * Returns: (transfer full) (nullable): from what the record was copied; %NULL without @error set if
 *   it was not
 */
YejiCopyNote *
yeji_store_get_copy_note (YejiStore   *self,
                          const char  *uuid,
                          GError     **error)
{
  g_autofree char *setting = make_setting (uuid);
  g_autofree char *text = NULL;

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);

  text = yeji_store_get_setting (self, setting, error);
  return text != NULL ? yeji_copy_note_read (text) : NULL;
}

/**
 * yeji_store_close_copy_note:
 *
 * Forgets what the copy has not got; from what it was copied stays known. Blocks.
 *
 * Returns: %FALSE with @error set
 */
gboolean
yeji_store_close_copy_note (YejiStore   *self,
                            const char  *uuid,
                            GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiCopyNote) note = yeji_store_get_copy_note (self, uuid, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (note == NULL)
    return TRUE;
  g_ptr_array_set_size (note->emptied, 0);
  return write_note (self, uuid, note, error);
}
