// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-intake-store.h"

/**
 * yeji_incoming_new:
 * @uuid: (nullable): the record; %NULL: the tray
 * @slot: (nullable): the id of the slot; %NULL: the tray
 *
 * Returns: (transfer full): a file that is to be taken
 */
YejiIncoming *
yeji_incoming_new (GFile      *file,
                   const char *uuid,
                   const char *slot)
{
  YejiIncoming *self = g_new0 (YejiIncoming, 1);

  self->file = g_object_ref (file);
  self->uuid = g_strdup (uuid);
  self->slot = g_strdup (slot);
  return self;
}

void
yeji_incoming_free (YejiIncoming *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->file);
  g_clear_object (&self->original);
  g_clear_error (&self->error);
  g_free (self->uuid);
  g_free (self->slot);
  g_free (self->filename);
  g_free (self->origin);
  g_free (self->findings);
  g_free (self->id);
  g_free (self->sha256);
  g_free (self);
}

void
yeji_file_place_free (YejiFilePlace *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->uuid);
  g_free (self->name);
  g_free (self->slot);
  g_free (self->filename);
  g_free (self);
}

void
yeji_tray_file_free (YejiTrayFile *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->sha256);
  g_free (self->filename);
  g_free (self->origin);
  g_free (self->media_type);
  g_free (self->findings);
  g_free (self->original);
  g_free (self->added_at);
  g_free (self);
}
