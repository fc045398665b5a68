// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-petition"

#include "config.h"

#include "yeji-petition.h"

#include "yeji-clock.h"

/* The wire's words, but for those of what only this computer knows. */
static const char * const kind_texts[N_YEJI_PETITION_KINDS] = {
  [YEJI_PETITION_CORRECTION] = "correction",
  [YEJI_PETITION_WITHDRAWAL] = "withdrawal",
};

static const char * const state_texts[N_YEJI_PETITION_STATES] = {
  [YEJI_PETITION_DRAFT] = "draft",
  [YEJI_PETITION_QUEUED] = "queued",
  [YEJI_PETITION_REQUESTED] = "requested",
  [YEJI_PETITION_GRANTED] = "granted",
  [YEJI_PETITION_REFUSED] = "refused",
  [YEJI_PETITION_CANCELLED] = "cancelled",
};

static void
free_change (gpointer data)
{
  YejiPetitionChange *change = data;

  g_free (change->table);
  g_free (change->row);
  g_free (change->field);
  g_free (change->pointer);
  g_free (change->before);
  g_free (change->after);
  g_free (change);
}

static void
free_file (gpointer data)
{
  YejiPetitionFile *file = data;

  g_free (file->sha256);
  g_free (file->filename);
  g_free (file->media_type);
  g_free (file);
}

/**
 * yeji_petition_new:
 * @record: uuid
 *
 * Makes a draft that nothing is written in. It is stored by yeji_store_save_petition().
 *
 * Returns: (transfer full): the draft
 */
YejiPetition *
yeji_petition_new (const char       *record,
                   YejiPetitionKind  kind)
{
  YejiPetition *self = g_new0 (YejiPetition, 1);

  self->id = g_uuid_string_random ();
  self->record = g_strdup (record);
  self->kind = kind;
  self->reason = g_strdup ("");
  self->created_at = yeji_clock_now ();
  self->changes = g_ptr_array_new_with_free_func (free_change);
  self->files = g_ptr_array_new_with_free_func (free_file);
  return self;
}

/**
 * yeji_petition_free:
 * @self: (transfer full)
 *
 * Frees the petition.
 */
void
yeji_petition_free (YejiPetition *self)
{
  g_free (self->id);
  g_free (self->record);
  g_free (self->reason);
  g_ptr_array_unref (self->changes);
  g_ptr_array_unref (self->files);
  g_free (self->there);
  g_free (self->message);
  g_free (self->office);
  g_free (self->reviewer);
  g_free (self->failure);
  g_free (self->created_at);
  g_free (self->sent_at);
  g_free (self->decided_at);
  g_free (self);
}

/**
 * yeji_petition_kind_to_text:
 *
 * Returns: the word for a kind, on the wire and for scripts
 */
const char *
yeji_petition_kind_to_text (YejiPetitionKind kind)
{
  g_return_val_if_fail (kind < N_YEJI_PETITION_KINDS, NULL);

  return kind_texts[kind];
}

/**
 * yeji_petition_state_to_text:
 *
 * Returns: the word for a state, on the wire and for scripts
 */
const char *
yeji_petition_state_to_text (YejiPetitionState state)
{
  g_return_val_if_fail (state < N_YEJI_PETITION_STATES, NULL);

  return state_texts[state];
}

/**
 * yeji_petition_state_from_text:
 * @state: (out)
 *
 * Returns: whether @text is a word for a state
 */
gboolean
yeji_petition_state_from_text (const char        *text,
                               YejiPetitionState *state)
{
  for (guint i = 0; i < N_YEJI_PETITION_STATES; i++)
    if (g_strcmp0 (state_texts[i], text) == 0)
      {
        *state = (YejiPetitionState) i;
        return TRUE;
      }
  return FALSE;
}

/**
 * yeji_petition_is_open:
 *
 * Returns: whether it waits to be sent or to be decided on
 */
gboolean
yeji_petition_is_open (const YejiPetition *self)
{
  return self->state == YEJI_PETITION_QUEUED || self->state == YEJI_PETITION_REQUESTED;
}

/**
 * yeji_petition_add_change:
 *
 * Adds a value that is to be another.
 */
void
yeji_petition_add_change (YejiPetition *self,
                          const char   *table,
                          const char   *row,
                          const char   *field,
                          const char   *pointer,
                          const char   *before,
                          const char   *after)
{
  YejiPetitionChange *change = g_new0 (YejiPetitionChange, 1);

  change->table = g_strdup (table);
  change->row = g_strdup (row);
  change->field = g_strdup (field);
  change->pointer = g_strdup (pointer);
  change->before = g_strdup (before);
  change->after = g_strdup (after);
  g_ptr_array_add (self->changes, change);
}

/**
 * yeji_petition_find_change:
 *
 * Returns: (transfer none) (nullable): what is asked for a value
 */
YejiPetitionChange *
yeji_petition_find_change (YejiPetition *self,
                           const char   *table,
                           const char   *row,
                           const char   *field)
{
  for (guint i = 0; i < self->changes->len; i++)
    {
      YejiPetitionChange *change = g_ptr_array_index (self->changes, i);

      if (g_str_equal (change->table, table) && g_str_equal (change->row, row)
          && g_str_equal (change->field, field))
        return change;
    }
  return NULL;
}

/**
 * yeji_petition_set:
 * @record: as it was approved, or with the rows that come
 * @place: of a field in it
 * @value: (nullable): what it shall be; %NULL: nothing is asked for it any more
 *
 * Asks for another value, in place of what was asked for it before.
 *
 * Returns: %FALSE when nobody can ask for it: the platform writes that field, or its row shall go
 */
gboolean
yeji_petition_set (YejiPetition    *self,
                   YejiRecord      *record,
                   const YejiPlace *place,
                   const char      *value)
{
  YejiPetitionChange *change;
  YejiPetitionRow row;
  g_autofree char *pointer = NULL;

  g_return_val_if_fail (place->row != NULL && place->field != NULL, FALSE);

  row = yeji_petition_find_row (self, place->row);
  if (place->field->by_platform || row == YEJI_PETITION_ROW_GOES)
    return FALSE;
  if (row == YEJI_PETITION_ROW_COMES && value != NULL && *value == '\0')
    value = NULL;
  change = yeji_petition_find_change (self, place->table->id, yeji_row_get_id (place->row),
                                      place->field->id);
  if (value == NULL)
    {
      if (change != NULL)
        g_ptr_array_remove (self->changes, change);
      return TRUE;
    }
  pointer = yeji_record_get_pointer (record, place->table, place->row, place->field);
  if (change == NULL)
    yeji_petition_add_change (self, place->table->id, yeji_row_get_id (place->row),
                              place->field->id, pointer,
                              row == YEJI_PETITION_ROW_COMES
                                ? "" : yeji_row_get (place->row, place->field), value);
  else
    {
      g_free (change->after);
      change->after = g_strdup (value);
      g_free (change->pointer);
      change->pointer = g_steal_pointer (&pointer);
    }
  return TRUE;
}

/**
 * yeji_petition_add_file:
 *
 * Adds a document whose content is in the profile; the same one once.
 */
void
yeji_petition_add_file (YejiPetition *self,
                        const char   *sha256,
                        const char   *filename,
                        const char   *media_type,
                        gint64        size)
{
  YejiPetitionFile *file;

  for (guint i = 0; i < self->files->len; i++)
    if (g_str_equal (((YejiPetitionFile *) g_ptr_array_index (self->files, i))->sha256, sha256))
      return;
  file = g_new0 (YejiPetitionFile, 1);
  file->sha256 = g_strdup (sha256);
  file->filename = g_strdup (filename);
  file->media_type = g_strdup (media_type);
  file->size = size;
  g_ptr_array_add (self->files, file);
}

/**
 * yeji_petition_copy:
 *
 * Returns: (transfer full): all of it
 */
YejiPetition *
yeji_petition_copy (const YejiPetition *self)
{
  YejiPetition *copy = yeji_petition_new (self->record, self->kind);

  g_free (copy->id);
  g_free (copy->reason);
  g_free (copy->created_at);
  copy->id = g_strdup (self->id);
  copy->state = self->state;
  copy->reason = g_strdup (self->reason);
  copy->there = g_strdup (self->there);
  copy->message = g_strdup (self->message);
  copy->office = g_strdup (self->office);
  copy->reviewer = g_strdup (self->reviewer);
  copy->failure = g_strdup (self->failure);
  copy->created_at = g_strdup (self->created_at);
  copy->sent_at = g_strdup (self->sent_at);
  copy->decided_at = g_strdup (self->decided_at);
  copy->begun = self->begun;
  copy->attempts = self->attempts;
  copy->next_attempt = self->next_attempt;
  for (guint i = 0; i < self->changes->len; i++)
    {
      const YejiPetitionChange *change = g_ptr_array_index (self->changes, i);

      yeji_petition_add_change (copy, change->table, change->row, change->field, change->pointer,
                                change->before, change->after);
    }
  for (guint i = 0; i < self->files->len; i++)
    {
      const YejiPetitionFile *file = g_ptr_array_index (self->files, i);

      yeji_petition_add_file (copy, file->sha256, file->filename, file->media_type, file->size);
    }
  return copy;
}
