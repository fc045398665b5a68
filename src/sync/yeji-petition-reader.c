// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-petition-reader.h"

#include <string.h>

#include "yeji-json.h"

static void
set_text (char       **member,
          JsonObject  *object,
          const char  *name)
{
  g_free (*member);
  *member = g_strdup (yeji_json_get_string (object, name));
}

static void
read_changes (YejiPetition *self,
              JsonArray    *array)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *change = yeji_json_node_object (json_array_get_element (array, i));
      const char *pointer = change != NULL ? yeji_json_get_string (change, "pointer") : NULL;
      const char *before = change != NULL ? yeji_json_get_string (change, "before") : NULL;
      const char *after = change != NULL ? yeji_json_get_string (change, "after") : NULL;
      const char *row = change != NULL ? yeji_json_get_string (change, "row") : NULL;

      if (pointer != NULL && row != NULL)
        yeji_petition_add_row_change (self, g_str_equal (row, "added") ? YEJI_PETITION_ROW_COMES
                                                                       : YEJI_PETITION_ROW_GOES,
                                      "", "", pointer);
      else if (pointer != NULL && before != NULL && after != NULL)
        yeji_petition_add_change (self, "", "", "", pointer, before, after);
    }
}

static gboolean
is_sum (const char *text)
{
  return text != NULL && strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

static void
read_files (YejiPetition *self,
            JsonArray    *array)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *file = yeji_json_node_object (json_array_get_element (array, i));
      const char *sum = file != NULL ? yeji_json_get_string (file, "sha256") : NULL;
      const char *name = file != NULL ? yeji_json_get_string (file, "filename") : NULL;
      const char *type = file != NULL ? yeji_json_get_string (file, "filetype") : NULL;

      if (is_sum (sum) && name != NULL && *name != '\0' && type != NULL)
        {
          g_autofree char *base = g_path_get_basename (name);

          yeji_petition_add_file (self, sum, base, type,
                                  MAX (yeji_json_get_int (file, "size", 0), 0));
        }
    }
}

/**
 * yeji_petition_reader_read:
 * @object: (nullable): an application, as the province shows it
 *
 * Reads what the province has of something that was asked for a record.
 *
 * Returns: (transfer full) (nullable): the petition, whose places are not looked up yet; %NULL for
 *   what is none
 */
YejiPetition *
yeji_petition_reader_read (JsonObject *object)
{
  g_autoptr (YejiPetition) self = NULL;
  const char *key = object != NULL ? yeji_json_get_string (object, "key") : NULL;
  const char *uuid = object != NULL ? yeji_json_get_string (object, "uuid") : NULL;
  const char *kind = object != NULL ? yeji_json_get_string (object, "kind") : NULL;
  YejiPetitionState state;

  if (key == NULL || *key == '\0' || uuid == NULL || kind == NULL
      || !yeji_petition_state_from_text (yeji_json_get_string (object, "state"), &state)
      || state < YEJI_PETITION_REQUESTED)
    return NULL;
  self = yeji_petition_new (uuid, g_str_equal (kind, "withdrawal") ? YEJI_PETITION_WITHDRAWAL
                                                                  : YEJI_PETITION_CORRECTION);
  g_free (self->id);
  self->id = g_strdup (key);
  self->state = state;
  self->begun = TRUE;
  set_text (&self->reason, object, "reason");
  if (self->reason == NULL)
    self->reason = g_strdup ("");
  set_text (&self->there, object, "id");
  set_text (&self->message, object, "message");
  set_text (&self->office, object, "decided_office");
  set_text (&self->reviewer, object, "decided_by");
  set_text (&self->sent_at, object, "at");
  set_text (&self->decided_at, object, "decided_at");
  if (self->sent_at != NULL)
    set_text (&self->created_at, object, "at");
  read_changes (self, yeji_json_get_array (object, "changes"));
  read_files (self, yeji_json_get_array (object, "evidence"));
  return g_steal_pointer (&self);
}
