// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-findings.h"
#include "yeji-match.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * YejiIntakeSeverity:
 * @YEJI_INTAKE_FINE: nothing is wrong
 * @YEJI_INTAKE_HINT: worth knowing: a resolution, an empty page, the same file elsewhere
 * @YEJI_INTAKE_WARNING: it may be taken, but probably not like this
 * @YEJI_INTAKE_ERROR: it cannot be taken, or the province would not take it
 *
 * How bad it is what was found in a file.
 */
typedef enum
{
  YEJI_INTAKE_FINE,
  YEJI_INTAKE_HINT,
  YEJI_INTAKE_WARNING,
  YEJI_INTAKE_ERROR,
} YejiIntakeSeverity;

/**
 * YejiIntakeItem:
 *
 * One file of a plan. Read it and let yourself be told by "notify"; what the clerk decides is set
 * through the plan, but for "included". All in the main context.
 *
 * Properties: path (string, as it came), file (GFile), size (int64, bytes), uuid, record-name,
 * slot, slot-label (strings, nullable: no record or no slot is the tray), position (uint, from 1, in its
 * slot or in the tray), certainty (int, #YejiCertainty), reason (string, nullable, translated: by
 * what it was matched), problem (string, nullable, translated, sentences), severity (int,
 * #YejiIntakeSeverity), same-as (string, nullable, translated), included (boolean), examined
 * (boolean), shrunk (GFile, nullable: what is taken instead of the file when the plan shrinks).
 */
#define YEJI_TYPE_INTAKE_ITEM (yeji_intake_item_get_type ())

G_DECLARE_FINAL_TYPE (YejiIntakeItem, yeji_intake_item, YEJI, INTAKE_ITEM, GObject)

const char         *yeji_intake_item_get_path        (YejiIntakeItem *self);
const char         *yeji_intake_item_get_filename    (YejiIntakeItem *self);
GFile              *yeji_intake_item_get_file        (YejiIntakeItem *self);
gint64              yeji_intake_item_get_size        (YejiIntakeItem *self);
const char         *yeji_intake_item_get_uuid        (YejiIntakeItem *self);
const char         *yeji_intake_item_get_record_name (YejiIntakeItem *self);
const char         *yeji_intake_item_get_slot        (YejiIntakeItem *self);
const char         *yeji_intake_item_get_slot_label  (YejiIntakeItem *self);
guint               yeji_intake_item_get_position    (YejiIntakeItem *self);
YejiCertainty       yeji_intake_item_get_certainty   (YejiIntakeItem *self);
const char         *yeji_intake_item_get_reason      (YejiIntakeItem *self);
const char         *yeji_intake_item_get_problem     (YejiIntakeItem *self);
YejiIntakeSeverity  yeji_intake_item_get_severity    (YejiIntakeItem *self);
const char         *yeji_intake_item_get_same_as     (YejiIntakeItem *self);
const YejiFindings *yeji_intake_item_get_findings    (YejiIntakeItem *self);
const YejiMatch    *yeji_intake_item_get_match       (YejiIntakeItem *self);
GFile              *yeji_intake_item_get_shrunk      (YejiIntakeItem *self);
const YejiFindings *yeji_intake_item_get_shrunk_findings (YejiIntakeItem *self);
gboolean            yeji_intake_item_is_examined     (YejiIntakeItem *self);
gboolean            yeji_intake_item_is_included     (YejiIntakeItem *self);
void                yeji_intake_item_set_included    (YejiIntakeItem *self,
                                                      gboolean        included);

G_END_DECLS
