// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-tray-item"

#include "config.h"

#include "yeji-tray-item.h"

#include <glib/gi18n.h>

#include "yeji-finding-words.h"

struct _YejiTrayItem
{
  GObject parent_instance;

  YejiTrayFile *file;
  YejiAttachment *content;
  char *uuid;                  /* (nullable): the best record, be it unsure */
  char *slot;                  /* (nullable) */
  char *reason;
};

G_DEFINE_FINAL_TYPE (YejiTrayItem, yeji_tray_item, G_TYPE_OBJECT)

static const char *
find_name (YejiMatcher *matcher,
           const char  *uuid)
{
  const YejiMatchRecord *record = uuid != NULL ? yeji_matcher_find (matcher, uuid) : NULL;

  return record != NULL && *record->name != '\0' ? record->name : _("(without a name)");
}

/* Why nobody but the clerk can say where it belongs. */
static char *
explain (const YejiMatch *match,
         YejiMatcher     *matcher)
{
  if (match == NULL)
    return g_strdup (_("Put here by hand"));
  if (match->rival != NULL)
    return g_strdup_printf (_("Fits “%s” and “%s” alike"), find_name (matcher, match->best),
                            find_name (matcher, match->rival));
  if (match->uuid == NULL)
    return g_strdup (match->slot != NULL
                       ? _("Its name tells what it is, but not of which record")
                       : _("Its name tells neither the record nor what it is"));
  if (match->slot == NULL)
    return g_strdup_printf (_("Of “%s”, but its name does not tell what it is"),
                            find_name (matcher, match->uuid));
  return g_strdup_printf (_("Probably of “%s”: taken out, or not sure enough"),
                          find_name (matcher, match->uuid));
}

static void
yeji_tray_item_finalize (GObject *object)
{
  YejiTrayItem *self = YEJI_TRAY_ITEM (object);

  yeji_tray_file_free (self->file);
  g_clear_object (&self->content);
  g_free (self->uuid);
  g_free (self->slot);
  g_free (self->reason);
  G_OBJECT_CLASS (yeji_tray_item_parent_class)->finalize (object);
}

static void
yeji_tray_item_class_init (YejiTrayItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_tray_item_finalize;
}

static void
yeji_tray_item_init (YejiTrayItem *self)
{
}

/**
 * yeji_tray_item_new:
 * @file: (transfer full)
 * @match: (nullable): what its path was found to be
 * @matcher: that found it
 */
YejiTrayItem *
yeji_tray_item_new (YejiTrayFile *file,
                    YejiMatch    *match,
                    YejiMatcher  *matcher)
{
  YejiTrayItem *self = g_object_new (YEJI_TYPE_TRAY_ITEM, NULL);

  self->file = file;
  self->content = yeji_attachment_new_for_content (file->sha256, file->filename, file->media_type,
                                                   file->size, file->rotation);
  self->reason = explain (match, matcher);
  if (match != NULL)
    {
      self->uuid = g_strdup (match->uuid != NULL ? match->uuid : match->best);
      self->slot = g_strdup (match->slot);
    }
  return self;
}

const char *
yeji_tray_item_get_id (YejiTrayItem *self)
{
  return self->file->id;
}

const char *
yeji_tray_item_get_filename (YejiTrayItem *self)
{
  return self->file->filename;
}

/**
 * yeji_tray_item_get_uuid:
 *
 * Returns: (nullable): the record that it belongs to, if any is likely
 */
const char *
yeji_tray_item_get_uuid (YejiTrayItem *self)
{
  return self->uuid;
}

/**
 * yeji_tray_item_get_slot:
 *
 * Returns: (nullable): the slot that it belongs to, if any is likely
 */
const char *
yeji_tray_item_get_slot (YejiTrayItem *self)
{
  return self->slot;
}

/**
 * yeji_tray_item_get_reason:
 *
 * Returns: why it waits here, a sentence
 */
const char *
yeji_tray_item_get_reason (YejiTrayItem *self)
{
  return self->reason;
}

/**
 * yeji_tray_item_get_origin:
 *
 * Returns: the path that it came by, "" when nobody knows
 */
const char *
yeji_tray_item_get_origin (YejiTrayItem *self)
{
  return self->file->origin != NULL ? self->file->origin : "";
}

/**
 * yeji_tray_item_to_details:
 *
 * Returns: (transfer full): size and pages, and what was found in it
 */
char *
yeji_tray_item_to_details (YejiTrayItem     *self,
                           const YejiLimits *limits)
{
  g_autofree char *size = g_format_size ((guint64) MAX (self->file->size, 0));
  g_autoptr (YejiFindings) findings = NULL;
  g_autofree char *words = NULL;
  g_autofree char *details = NULL;
  YejiSeverity worst;

  if (self->file->findings != NULL)
    findings = yeji_findings_from_json (self->file->findings, NULL);
  if (findings == NULL)
    return g_strdup_printf ("%s · %s", size, _("not examined"));
  details = yeji_findings_to_details (findings);
  words = yeji_findings_to_words (findings, limits, &worst);
  return words != NULL && *words != '\0' ? g_strdup_printf ("%s · %s", details, words)
                                         : g_steal_pointer (&details);
}

/**
 * yeji_tray_item_get_content:
 *
 * Returns: (transfer none): its content, for a picture of it; it is an attachment of no record
 */
YejiAttachment *
yeji_tray_item_get_content (YejiTrayItem *self)
{
  return self->content;
}
