// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-record"

#include "config.h"

#include "yeji-explanation.h"

#include <string.h>

#include "yeji-record-private.h"

/* In place of a rule's id, which begins with a letter. Of a document slot its id follows. */
#define REPLY "@reply"
#define REPLY_TO_SLOT REPLY "/"

/**
 * yeji_kept_is_reply:
 *
 * Returns: whether it is a reply to a reviewer's point, and no warning
 */
gboolean
yeji_kept_is_reply (const YejiKept *self)
{
  return g_str_has_prefix (self->rule, REPLY);
}

/**
 * yeji_kept_get_slot:
 *
 * Returns: (nullable): the id of the document slot that a reply speaks of
 */
const char *
yeji_kept_get_slot (const YejiKept *self)
{
  return g_str_has_prefix (self->rule, REPLY_TO_SLOT) ? self->rule + strlen (REPLY_TO_SLOT) : NULL;
}

/**
 * yeji_explanation_new:
 * @pointer: a JSON Pointer into @record, or `/documents/SLOT`; the slot may be one that the
 *   dictionary does not have: what was said of it is not dropped
 *
 * Returns: (transfer full): a reply that is not the record's yet; %NULL with
 *   %YEJI_RECORD_ERROR_POINTER if the pointer names nothing
 */
YejiKept *
yeji_explanation_new (YejiRecord  *record,
                const char  *pointer,
                const char  *text,
                const char  *who,
                const char  *at,
                GError     **error)
{
  YejiPlace place = { NULL };
  g_autofree char *rule = NULL;

  if (g_str_has_prefix (pointer, YEJI_EXPLANATION_DOCUMENTS))
    {
      const char *slot = pointer + strlen (YEJI_EXPLANATION_DOCUMENTS);

      if (!g_ascii_isalpha (*slot)
          || slot[strspn (slot, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_.-")] != '\0')
        {
          g_set_error (error, YEJI_RECORD_ERROR, YEJI_RECORD_ERROR_POINTER,
                       "%s: names no document", pointer);
          return NULL;
        }
      rule = g_strconcat (REPLY_TO_SLOT, slot, NULL);
    }
  else if (!yeji_record_resolve (record, pointer, &place, error))
    return NULL;
  return yeji_kept_new (rule != NULL ? rule : REPLY, place.table != NULL ? place.table->id : "",
                        place.row != NULL ? yeji_row_get_id (place.row) : "",
                        place.field != NULL ? place.field->id : "", who, at, text);
}

/**
 * yeji_record_reply:
 * @pointer: a JSON Pointer into the record, or `/documents/SLOT`
 * @text: what is said; empty takes back what was said there
 * @who: who says it
 * @at: when, RFC 3339
 *
 * Says something to what a reviewer said of a place, instead of what was said before. Fails with
 * %YEJI_RECORD_ERROR_POINTER if the pointer names nothing. Who lets a clerk write it sees to
 * %YEJI_EXPLANATION_MAX_LENGTH, and the province to what it gets: where a record is read it is not
 * looked at, since a sealed text that cannot be opened is longer than what it holds.
 *
 * Returns: whether it was said
 */
gboolean
yeji_record_reply (YejiRecord  *self,
                   const char  *pointer,
                   const char  *text,
                   const char  *who,
                   const char  *at,
                   GError     **error)
{
  g_autoptr (YejiKept) reply = NULL;

  g_return_val_if_fail (YEJI_IS_RECORD (self), FALSE);

  reply = yeji_explanation_new (self, pointer, text, who, at, error);
  if (reply == NULL)
    return FALSE;
  yeji_record_keep (self, reply);
  return TRUE;
}

/**
 * yeji_record_find_reply:
 * @pointer: as for yeji_record_reply()
 *
 * Returns: (nullable) (transfer none): what is said there
 */
const YejiKept *
yeji_record_find_reply (YejiRecord *self,
                        const char *pointer)
{
  g_autoptr (YejiKept) place = yeji_explanation_new (self, pointer, "", "", "", NULL);

  return place != NULL
         ? yeji_record_find_kept (self, place->rule, place->table, place->row, place->field) : NULL;
}

/**
 * yeji_record_get_replies:
 *
 * Returns: (transfer container) (element-type YejiKept): the replies whose place is still there
 */
GPtrArray *
yeji_record_get_replies (YejiRecord *self)
{
  GPtrArray *replies = g_ptr_array_new ();
  YejiPlace place;

  for (guint i = 0; i < self->kept->len; i++)
    {
      YejiKept *kept = g_ptr_array_index (self->kept, i);

      if (yeji_kept_is_reply (kept) && yeji_record_place_kept (self, kept, &place))
        g_ptr_array_add (replies, kept);
    }
  return replies;
}

/**
 * yeji_explanation_get_pointer:
 * @record: whose reply it is
 *
 * Returns: (transfer full) (nullable): the pointer to its place, %NULL if that is no more
 */
char *
yeji_explanation_get_pointer (const YejiKept *self,
                        YejiRecord     *record)
{
  YejiPlace place;

  if (yeji_kept_get_slot (self) != NULL)
    return g_strconcat (YEJI_EXPLANATION_DOCUMENTS, yeji_kept_get_slot (self), NULL);
  if (!yeji_record_place_kept (record, self, &place))
    return NULL;
  return yeji_record_get_pointer (record, place.table, place.row, place.field);
}
