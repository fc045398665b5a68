// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-intake-item"

#include "config.h"

#include "yeji-intake-item-private.h"

#include <string.h>

struct _YejiIntakeItem
{
  GObject parent_instance;

  char *path;
  GFile *file;
  gint64 size;
  YejiMatch *match;            /* (nullable) */
  char *uuid;
  char *record_name;
  char *slot;
  char *slot_label;
  guint position;
  YejiCertainty certainty;
  char *reason;
  char *problem;
  YejiIntakeSeverity severity;
  char *same_as;
  YejiFindings *findings;
  GFile *shrunk;
  YejiFindings *shrunk_findings;
  gboolean included;
  gboolean decided;            /* the clerk said whether it is included */
  gboolean unfit;              /* by its content, wherever it goes */
  GPtrArray *places;           /* (nullable) (element-type YejiFilePlace): where its content lies */
  char *crowding;              /* (nullable): translated; why it is one file too many */
};

enum
{
  PROP_PATH = 1,
  PROP_FILE,
  PROP_SIZE,
  PROP_UUID,
  PROP_RECORD_NAME,
  PROP_SLOT,
  PROP_SLOT_LABEL,
  PROP_POSITION,
  PROP_CERTAINTY,
  PROP_REASON,
  PROP_PROBLEM,
  PROP_SEVERITY,
  PROP_SAME_AS,
  PROP_EXAMINED,
  PROP_SHRUNK,
  PROP_INCLUDED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (YejiIntakeItem, yeji_intake_item, G_TYPE_OBJECT)

static void
set_text (YejiIntakeItem *self,
          char          **member,
          const char     *text,
          guint           property)
{
  if (g_strcmp0 (*member, text) == 0)
    return;
  g_free (*member);
  *member = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
yeji_intake_item_finalize (GObject *object)
{
  YejiIntakeItem *self = YEJI_INTAKE_ITEM (object);

  g_free (self->path);
  g_object_unref (self->file);
  g_clear_pointer (&self->match, yeji_match_free);
  g_free (self->uuid);
  g_free (self->record_name);
  g_free (self->slot);
  g_free (self->slot_label);
  g_free (self->reason);
  g_free (self->problem);
  g_free (self->same_as);
  g_clear_pointer (&self->findings, yeji_findings_free);
  g_clear_object (&self->shrunk);
  g_clear_pointer (&self->shrunk_findings, yeji_findings_free);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  g_free (self->crowding);
  G_OBJECT_CLASS (yeji_intake_item_parent_class)->finalize (object);
}

static void
yeji_intake_item_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  YejiIntakeItem *self = YEJI_INTAKE_ITEM (object);

  switch (id)
    {
    case PROP_PATH:
      g_value_set_string (value, self->path);
      break;
    case PROP_FILE:
      g_value_set_object (value, self->file);
      break;
    case PROP_SIZE:
      g_value_set_int64 (value, self->size);
      break;
    case PROP_UUID:
      g_value_set_string (value, self->uuid);
      break;
    case PROP_RECORD_NAME:
      g_value_set_string (value, self->record_name);
      break;
    case PROP_SLOT:
      g_value_set_string (value, self->slot);
      break;
    case PROP_SLOT_LABEL:
      g_value_set_string (value, self->slot_label);
      break;
    case PROP_POSITION:
      g_value_set_uint (value, self->position);
      break;
    case PROP_CERTAINTY:
      g_value_set_int (value, (int) self->certainty);
      break;
    case PROP_REASON:
      g_value_set_string (value, self->reason);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    case PROP_SEVERITY:
      g_value_set_int (value, (int) self->severity);
      break;
    case PROP_SAME_AS:
      g_value_set_string (value, self->same_as);
      break;
    case PROP_EXAMINED:
      g_value_set_boolean (value, self->findings != NULL);
      break;
    case PROP_SHRUNK:
      g_value_set_object (value, self->shrunk);
      break;
    case PROP_INCLUDED:
      g_value_set_boolean (value, self->included);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
yeji_intake_item_set_property (GObject      *object,
                               guint         id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  if (id == PROP_INCLUDED)
    yeji_intake_item_set_included (YEJI_INTAKE_ITEM (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
yeji_intake_item_class_init (YejiIntakeItemClass *klass)
{
  static const struct
  {
    const char *name;
    guint id;
  } texts[] = {
    { "path", PROP_PATH },
    { "uuid", PROP_UUID },
    { "record-name", PROP_RECORD_NAME },
    { "slot", PROP_SLOT },
    { "slot-label", PROP_SLOT_LABEL },
    { "reason", PROP_REASON },
    { "problem", PROP_PROBLEM },
    { "same-as", PROP_SAME_AS },
  };
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = yeji_intake_item_finalize;
  object_class->get_property = yeji_intake_item_get_property;
  object_class->set_property = yeji_intake_item_set_property;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    properties[texts[i].id] = g_param_spec_string (texts[i].name, NULL, NULL, NULL, flags);
  properties[PROP_FILE] = g_param_spec_object ("file", NULL, NULL, G_TYPE_FILE, flags);
  properties[PROP_SHRUNK] = g_param_spec_object ("shrunk", NULL, NULL, G_TYPE_FILE, flags);
  properties[PROP_SIZE] = g_param_spec_int64 ("size", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_POSITION] = g_param_spec_uint ("position", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_CERTAINTY] = g_param_spec_int ("certainty", NULL, NULL, YEJI_CERTAINTY_NONE,
                                                 YEJI_CERTAINTY_SURE, YEJI_CERTAINTY_NONE, flags);
  properties[PROP_SEVERITY] = g_param_spec_int ("severity", NULL, NULL, YEJI_INTAKE_FINE,
                                                YEJI_INTAKE_ERROR, YEJI_INTAKE_FINE, flags);
  properties[PROP_EXAMINED] = g_param_spec_boolean ("examined", NULL, NULL, FALSE, flags);
  properties[PROP_INCLUDED] =
    g_param_spec_boolean ("included", NULL, NULL, TRUE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
yeji_intake_item_init (YejiIntakeItem *self)
{
  self->included = TRUE;
}

/**
 * yeji_intake_item_new: (skip)
 * @match: (transfer full) (nullable): what the path was found to be
 */
YejiIntakeItem *
yeji_intake_item_new (const char *path,
                      GFile      *file,
                      gint64      size,
                      YejiMatch  *match)
{
  YejiIntakeItem *self = g_object_new (YEJI_TYPE_INTAKE_ITEM, NULL);

  self->path = g_strdup (path);
  self->file = g_object_ref (file);
  self->size = size;
  self->match = match;
  return self;
}

/**
 * yeji_intake_item_place: (skip)
 * @uuid: (nullable): the record
 * @slot: (nullable): the slot; without one of them it goes to the tray
 * @reason: (nullable): by what it was matched, translated
 */
void
yeji_intake_item_place (YejiIntakeItem *self,
                        const char     *uuid,
                        const char     *record_name,
                        const char     *slot,
                        const char     *slot_label,
                        YejiCertainty   certainty,
                        const char     *reason)
{
  g_object_freeze_notify (G_OBJECT (self));
  set_text (self, &self->uuid, uuid, PROP_UUID);
  set_text (self, &self->record_name, record_name, PROP_RECORD_NAME);
  set_text (self, &self->slot, slot, PROP_SLOT);
  set_text (self, &self->slot_label, slot_label, PROP_SLOT_LABEL);
  set_text (self, &self->reason, reason, PROP_REASON);
  if (self->certainty != certainty)
    {
      self->certainty = certainty;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CERTAINTY]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

void
yeji_intake_item_set_position (YejiIntakeItem *self,
                               guint           position)
{
  if (self->position == position)
    return;
  self->position = position;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_POSITION]);
}

/**
 * yeji_intake_item_set_findings: (skip)
 * @findings: (transfer full): what the examiner found
 */
void
yeji_intake_item_set_findings (YejiIntakeItem *self,
                               YejiFindings   *findings)
{
  g_clear_pointer (&self->findings, yeji_findings_free);
  self->findings = findings;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EXAMINED]);
}

void
yeji_intake_item_set_problem (YejiIntakeItem     *self,
                              const char         *problem,
                              YejiIntakeSeverity  severity)
{
  set_text (self, &self->problem, problem, PROP_PROBLEM);
  if (self->severity == severity)
    return;
  self->severity = severity;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEVERITY]);
}

void
yeji_intake_item_set_same_as (YejiIntakeItem *self,
                              const char     *same_as)
{
  set_text (self, &self->same_as, same_as, PROP_SAME_AS);
}

/**
 * yeji_intake_item_set_shrunk: (skip)
 * @findings: (transfer full) (nullable): of the smaller file
 */
void
yeji_intake_item_set_shrunk (YejiIntakeItem *self,
                             GFile          *shrunk,
                             YejiFindings   *findings)
{
  g_clear_pointer (&self->shrunk_findings, yeji_findings_free);
  self->shrunk_findings = findings;
  if (g_set_object (&self->shrunk, shrunk))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHRUNK]);
}

/**
 * yeji_intake_item_get_path:
 *
 * Returns: (transfer none): the path as it came, '/' between its parts
 */
const char *
yeji_intake_item_get_path (YejiIntakeItem *self)
{
  return self->path;
}

/**
 * yeji_intake_item_get_filename:
 *
 * Returns: (transfer none): the last part of the path
 */
const char *
yeji_intake_item_get_filename (YejiIntakeItem *self)
{
  const char *slash = strrchr (self->path, '/');

  return slash != NULL ? slash + 1 : self->path;
}

/**
 * yeji_intake_item_get_file:
 *
 * Returns: (transfer none): where it can be read as long as the plan lives
 */
GFile *
yeji_intake_item_get_file (YejiIntakeItem *self)
{
  return self->file;
}

gint64
yeji_intake_item_get_size (YejiIntakeItem *self)
{
  return self->size;
}

/**
 * yeji_intake_item_get_uuid:
 *
 * Returns: (transfer none) (nullable): the record that it goes to
 */
const char *
yeji_intake_item_get_uuid (YejiIntakeItem *self)
{
  return self->uuid;
}

/**
 * yeji_intake_item_get_record_name:
 *
 * Returns: (transfer none) (nullable): the name of the record, maybe ""
 */
const char *
yeji_intake_item_get_record_name (YejiIntakeItem *self)
{
  return self->record_name;
}

/**
 * yeji_intake_item_get_slot:
 *
 * Returns: (transfer none) (nullable): the id of the slot that it goes to
 */
const char *
yeji_intake_item_get_slot (YejiIntakeItem *self)
{
  return self->slot;
}

/**
 * yeji_intake_item_get_slot_label:
 *
 * Returns: (transfer none) (nullable): the slot's name in the program's language
 */
const char *
yeji_intake_item_get_slot_label (YejiIntakeItem *self)
{
  return self->slot_label;
}

/**
 * yeji_intake_item_get_position:
 *
 * Returns: its place among what goes to the same slot, or to the tray, from 1
 */
guint
yeji_intake_item_get_position (YejiIntakeItem *self)
{
  return self->position;
}

YejiCertainty
yeji_intake_item_get_certainty (YejiIntakeItem *self)
{
  return self->certainty;
}

/**
 * yeji_intake_item_get_reason:
 *
 * Returns: (transfer none) (nullable): by what the record and the slot were found, or why not,
 *     translated
 */
const char *
yeji_intake_item_get_reason (YejiIntakeItem *self)
{
  return self->reason;
}

/**
 * yeji_intake_item_get_problem:
 *
 * Returns: (transfer none) (nullable): what is wrong with the file, translated
 */
const char *
yeji_intake_item_get_problem (YejiIntakeItem *self)
{
  return self->problem;
}

YejiIntakeSeverity
yeji_intake_item_get_severity (YejiIntakeItem *self)
{
  return self->severity;
}

/**
 * yeji_intake_item_get_same_as:
 *
 * Returns: (transfer none) (nullable): where else the same content is, translated
 */
const char *
yeji_intake_item_get_same_as (YejiIntakeItem *self)
{
  return self->same_as;
}

/**
 * yeji_intake_item_get_findings:
 *
 * Returns: (transfer none) (nullable): what was found in the file; %NULL: not examined yet
 */
const YejiFindings *
yeji_intake_item_get_findings (YejiIntakeItem *self)
{
  return self->findings;
}

/**
 * yeji_intake_item_get_match:
 *
 * Returns: (transfer none) (nullable): what the path was found to be
 */
const YejiMatch *
yeji_intake_item_get_match (YejiIntakeItem *self)
{
  return self->match;
}

/**
 * yeji_intake_item_get_shrunk:
 *
 * Returns: (transfer none) (nullable): the smaller file that fits the limit
 */
GFile *
yeji_intake_item_get_shrunk (YejiIntakeItem *self)
{
  return self->shrunk;
}

/**
 * yeji_intake_item_get_shrunk_findings:
 *
 * Returns: (transfer none) (nullable): what the smaller file is: size, pages, resolution
 */
const YejiFindings *
yeji_intake_item_get_shrunk_findings (YejiIntakeItem *self)
{
  return self->shrunk_findings;
}

gboolean
yeji_intake_item_is_examined (YejiIntakeItem *self)
{
  return self->findings != NULL;
}

gboolean
yeji_intake_item_is_included (YejiIntakeItem *self)
{
  return self->included;
}

static void
change_included (YejiIntakeItem *self,
                 gboolean        included)
{
  if (self->included == !!included)
    return;
  self->included = !!included;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_INCLUDED]);
}

/**
 * yeji_intake_item_set_included:
 *
 * Says whether the file is taken when the plan is carried out; from then on the plan does not
 * change it by itself any more.
 */
void
yeji_intake_item_set_included (YejiIntakeItem *self,
                               gboolean        included)
{
  g_return_if_fail (YEJI_IS_INTAKE_ITEM (self));

  if (self->included == !!included)
    return;
  self->decided = TRUE;
  change_included (self, included);
}

/**
 * yeji_intake_item_propose: (skip)
 *
 * Includes a file or leaves it out, as long as the clerk has not said anything of it.
 */
void
yeji_intake_item_propose (YejiIntakeItem *self,
                          gboolean        included)
{
  if (!self->decided)
    change_included (self, included);
}

gboolean
yeji_intake_item_is_decided (YejiIntakeItem *self)
{
  return self->decided;
}

/**
 * yeji_intake_item_set_places: (skip)
 * @places: (nullable) (element-type YejiFilePlace): where the content lies already
 */
void
yeji_intake_item_set_places (YejiIntakeItem *self,
                             GPtrArray      *places)
{
  g_clear_pointer (&self->places, g_ptr_array_unref);
  self->places = places != NULL ? g_ptr_array_ref (places) : NULL;
}

GPtrArray *
yeji_intake_item_get_places (YejiIntakeItem *self)
{
  return self->places;
}

/**
 * yeji_intake_item_set_crowding: (skip)
 * @crowding: (nullable): why there is no room for the file where it goes, translated
 *
 * Returns: whether that is new
 */
gboolean
yeji_intake_item_set_crowding (YejiIntakeItem *self,
                               const char     *crowding)
{
  if (g_strcmp0 (self->crowding, crowding) == 0)
    return FALSE;
  g_free (self->crowding);
  self->crowding = g_strdup (crowding);
  return TRUE;
}

const char *
yeji_intake_item_get_crowding (YejiIntakeItem *self)
{
  return self->crowding;
}

/**
 * yeji_intake_item_set_unfit: (skip)
 *
 * Says that the file is of no use as it is, wherever it goes: damaged, locked, of a wrong type.
 */
void
yeji_intake_item_set_unfit (YejiIntakeItem *self,
                            gboolean        unfit)
{
  self->unfit = unfit;
}

gboolean
yeji_intake_item_is_unfit (YejiIntakeItem *self)
{
  return self->unfit;
}
