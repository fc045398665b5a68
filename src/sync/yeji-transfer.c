// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-transfer.h"

struct _YejiTransfer
{
  GObject parent_instance;

  gint64 id;
  char *record;
  char *record_name;
  char *slot;
  char *filename;
  gint64 size;

  YejiTransferState state;
  gint64 sent;
  char *message;
  double rate;
};

enum
{
  PROP_ID = 1,
  PROP_RECORD,
  PROP_RECORD_NAME,
  PROP_SLOT,
  PROP_FILENAME,
  PROP_SIZE,
  PROP_STATE,
  PROP_SENT,
  PROP_MESSAGE,
  PROP_RATE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (YejiTransfer, yeji_transfer, G_TYPE_OBJECT)

static void
yeji_transfer_get_property (GObject    *object,
                            guint       property,
                            GValue     *value,
                            GParamSpec *pspec)
{
  YejiTransfer *self = YEJI_TRANSFER (object);

  switch (property)
    {
    case PROP_ID:
      g_value_set_int64 (value, self->id);
      break;
    case PROP_RECORD:
      g_value_set_string (value, self->record);
      break;
    case PROP_RECORD_NAME:
      g_value_set_string (value, self->record_name);
      break;
    case PROP_SLOT:
      g_value_set_string (value, self->slot);
      break;
    case PROP_FILENAME:
      g_value_set_string (value, self->filename);
      break;
    case PROP_SIZE:
      g_value_set_int64 (value, self->size);
      break;
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;
    case PROP_SENT:
      g_value_set_int64 (value, self->sent);
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, self->message);
      break;
    case PROP_RATE:
      g_value_set_double (value, self->rate);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
yeji_transfer_finalize (GObject *object)
{
  YejiTransfer *self = YEJI_TRANSFER (object);

  g_free (self->record);
  g_free (self->record_name);
  g_free (self->slot);
  g_free (self->filename);
  g_free (self->message);
  G_OBJECT_CLASS (yeji_transfer_parent_class)->finalize (object);
}

static void
yeji_transfer_class_init (YejiTransferClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = yeji_transfer_get_property;
  object_class->finalize = yeji_transfer_finalize;

  properties[PROP_ID] = g_param_spec_int64 ("id", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_RECORD] = g_param_spec_string ("record", NULL, NULL, NULL, flags);
  properties[PROP_RECORD_NAME] = g_param_spec_string ("record-name", NULL, NULL, NULL, flags);
  properties[PROP_SLOT] = g_param_spec_string ("slot", NULL, NULL, NULL, flags);
  properties[PROP_FILENAME] = g_param_spec_string ("filename", NULL, NULL, NULL, flags);
  properties[PROP_SIZE] = g_param_spec_int64 ("size", NULL, NULL, -1, G_MAXINT64, 0, flags);
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, YEJI_TRANSFER_WAITING,
                                             YEJI_TRANSFER_CANCELLED, YEJI_TRANSFER_WAITING,
                                             flags);
  properties[PROP_SENT] = g_param_spec_int64 ("sent", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, flags);
  properties[PROP_RATE] = g_param_spec_double ("rate", NULL, NULL, 0, G_MAXDOUBLE, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
yeji_transfer_init (YejiTransfer *self)
{
}

/**
 * yeji_transfer_new:
 * @id: of the row in the store
 * @record: the uuid of the record
 * @size: bytes
 *
 * Returns: (transfer full): a transfer that waits
 */
YejiTransfer *
yeji_transfer_new (gint64      id,
                   const char *record,
                   const char *record_name,
                   const char *slot,
                   const char *filename,
                   gint64      size)
{
  YejiTransfer *self = g_object_new (YEJI_TYPE_TRANSFER, NULL);

  self->id = id;
  self->record = g_strdup (record);
  self->record_name = g_strdup (record_name);
  self->slot = g_strdup (slot);
  self->filename = g_strdup (filename);
  self->size = size;
  return self;
}

/**
 * yeji_transfer_get_id:
 *
 * Returns: what the transfer is called in calls of #YejiTransfers
 */
gint64
yeji_transfer_get_id (YejiTransfer *self)
{
  g_return_val_if_fail (YEJI_IS_TRANSFER (self), 0);

  return self->id;
}

/**
 * yeji_transfer_get_record:
 *
 * Returns: the uuid of the record
 */
const char *
yeji_transfer_get_record (YejiTransfer *self)
{
  g_return_val_if_fail (YEJI_IS_TRANSFER (self), NULL);

  return self->record;
}

/**
 * yeji_transfer_get_record_name:
 *
 * Returns: the name of the record, maybe empty
 */
const char *
yeji_transfer_get_record_name (YejiTransfer *self)
{
  g_return_val_if_fail (YEJI_IS_TRANSFER (self), NULL);

  return self->record_name;
}

/**
 * yeji_transfer_get_slot:
 *
 * Returns: the id of the document's slot
 */
const char *
yeji_transfer_get_slot (YejiTransfer *self)
{
  g_return_val_if_fail (YEJI_IS_TRANSFER (self), NULL);

  return self->slot;
}

/**
 * yeji_transfer_get_filename:
 *
 * Returns: what the clerk's file was called
 */
const char *
yeji_transfer_get_filename (YejiTransfer *self)
{
  g_return_val_if_fail (YEJI_IS_TRANSFER (self), NULL);

  return self->filename;
}

/**
 * yeji_transfer_get_size:
 *
 * Returns: bytes, -1 when it is not known
 */
gint64
yeji_transfer_get_size (YejiTransfer *self)
{
  g_return_val_if_fail (YEJI_IS_TRANSFER (self), 0);

  return self->size;
}

/**
 * yeji_transfer_get_state:
 *
 * Returns: how far it is
 */
YejiTransferState
yeji_transfer_get_state (YejiTransfer *self)
{
  g_return_val_if_fail (YEJI_IS_TRANSFER (self), YEJI_TRANSFER_WAITING);

  return self->state;
}

/**
 * yeji_transfer_get_sent:
 *
 * Returns: bytes that left this computer; after a break it goes back to what arrived
 */
gint64
yeji_transfer_get_sent (YejiTransfer *self)
{
  g_return_val_if_fail (YEJI_IS_TRANSFER (self), 0);

  return self->sent;
}

/**
 * yeji_transfer_get_message:
 *
 * Returns: (nullable): why the last try failed
 */
const char *
yeji_transfer_get_message (YejiTransfer *self)
{
  g_return_val_if_fail (YEJI_IS_TRANSFER (self), NULL);

  return self->message;
}

/**
 * yeji_transfer_get_rate:
 *
 * Returns: bytes a second, 0 while it is not under way
 */
double
yeji_transfer_get_rate (YejiTransfer *self)
{
  g_return_val_if_fail (YEJI_IS_TRANSFER (self), 0);

  return self->rate;
}

/**
 * yeji_transfer_update:
 * @message: (nullable)
 *
 * Takes over how far the transfer is, and notifies what is new of it.
 */
void
yeji_transfer_update (YejiTransfer      *self,
                      YejiTransferState  state,
                      gint64             sent,
                      const char        *message,
                      double             rate)
{
  g_return_if_fail (YEJI_IS_TRANSFER (self));

  g_object_freeze_notify (G_OBJECT (self));
  if (self->state != state)
    {
      self->state = state;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
    }
  if (self->sent != sent)
    {
      self->sent = sent;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SENT]);
    }
  if (g_strcmp0 (self->message, message) != 0)
    {
      g_free (self->message);
      self->message = g_strdup (message);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MESSAGE]);
    }
  /* what differs by less than a byte a second cannot be seen */
  if ((gint64) self->rate != (gint64) rate)
    {
      self->rate = rate;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RATE]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}
