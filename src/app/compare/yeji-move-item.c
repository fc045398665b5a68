// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-move-item"

#include "config.h"

#include "yeji-move-item.h"

#include <glib/gi18n.h>

struct _YejiMoveItem
{
  GObject parent_instance;

  GPtrArray *reports;          /* that own @report */
  const YejiMoveReport *report;
  const YejiMoveNote *note;    /* (nullable) */
};

G_DEFINE_FINAL_TYPE (YejiMoveItem, yeji_move_item, G_TYPE_OBJECT)

/* What the clerk should look at has an icon. */
static const char * const icons[N_YEJI_MOVE_KINDS] = {
  [YEJI_MOVE_NEW_TABLE] = "list-add-symbolic",
  [YEJI_MOVE_NEW_FIELD] = "list-add-symbolic",
  [YEJI_MOVE_RENAMED_TABLE] = "object-select-symbolic",
  [YEJI_MOVE_RENAMED_FIELD] = "object-select-symbolic",
  [YEJI_MOVE_REMOVED_TABLE] = "list-remove-symbolic",
  [YEJI_MOVE_REMOVED_FIELD] = "list-remove-symbolic",
  [YEJI_MOVE_CODE_MAPPED] = "object-select-symbolic",
  [YEJI_MOVE_NO_LONGER_FITS] = "dialog-warning-symbolic",
  [YEJI_MOVE_KEPT_ASIDE] = "dialog-information-symbolic",
  [YEJI_MOVE_PUT_BACK] = "object-select-symbolic",
};

static void
yeji_move_item_finalize (GObject *object)
{
  g_ptr_array_unref (YEJI_MOVE_ITEM (object)->reports);
  G_OBJECT_CLASS (yeji_move_item_parent_class)->finalize (object);
}

static void
yeji_move_item_class_init (YejiMoveItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_move_item_finalize;
}

static void
yeji_move_item_init (YejiMoveItem *self)
{
}

static void
append (GListStore           *list,
        GPtrArray            *reports,
        const YejiMoveReport *report,
        const YejiMoveNote   *note)
{
  g_autoptr (YejiMoveItem) self = g_object_new (YEJI_TYPE_MOVE_ITEM, NULL);

  self->reports = g_ptr_array_ref (reports);
  self->report = report;
  self->note = note;
  g_list_store_append (list, self);
}

/**
 * yeji_move_item_list:
 * @reports: (element-type YejiMoveReport): not changed from now on
 *
 * Returns: (transfer full): a line for each
 */
GListModel *
yeji_move_item_list (GPtrArray *reports)
{
  GListStore *list = g_list_store_new (YEJI_TYPE_MOVE_ITEM);

  for (guint i = 0; i < reports->len; i++)
    append (list, reports, g_ptr_array_index (reports, i), NULL);
  return G_LIST_MODEL (list);
}

/**
 * yeji_move_item_list_notes:
 *
 * Returns: (transfer full) (nullable): the lines below a record's, %NULL where there are none
 */
GListModel *
yeji_move_item_list_notes (YejiMoveItem *self)
{
  GListStore *list;

  g_return_val_if_fail (YEJI_IS_MOVE_ITEM (self), NULL);

  if (self->note != NULL || self->report->notes->len == 0)
    return NULL;
  list = g_list_store_new (YEJI_TYPE_MOVE_ITEM);
  for (guint i = 0; i < self->report->notes->len; i++)
    append (list, self->reports, self->report, g_ptr_array_index (self->report->notes, i));
  return G_LIST_MODEL (list);
}

const YejiMoveReport *
yeji_move_item_get_report (YejiMoveItem *self)
{
  return self->report;
}

/**
 * yeji_move_item_get_note:
 *
 * Returns: (nullable) (transfer none): what became of it; %NULL for the record's line
 */
const YejiMoveNote *
yeji_move_item_get_note (YejiMoveItem *self)
{
  return self->note;
}

/**
 * yeji_move_item_get_title:
 *
 * Returns: (transfer full): the record's name, or a sentence
 */
char *
yeji_move_item_get_title (YejiMoveItem *self)
{
  if (self->note != NULL)
    return yeji_move_note_get_message (self->note, yeji_language_get_current ());
  return g_strdup (*self->report->name != '\0' ? self->report->name : _("New record"));
}

/**
 * yeji_move_item_get_subtitle:
 *
 * Returns: (transfer full) (nullable): what is said under a record's name
 */
char *
yeji_move_item_get_subtitle (YejiMoveItem *self)
{
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;
  g_autofree char *at = NULL;
  g_autofree char *changes = NULL;
  guint n = self->report->notes->len;

  if (self->note != NULL)
    return NULL;
  utc = g_date_time_new_from_iso8601 (self->report->at, NULL);
  local = utc != NULL ? g_date_time_to_local (utc) : NULL;
  at = local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M") : g_strdup ("");
  changes = n > 0 ? g_strdup_printf (ngettext ("%u change", "%u changes", n), n)
                  : g_strdup (_("nothing changed"));
  return g_strdup_printf ("%s → %s · %s · %s", self->report->from, self->report->to, changes, at);
}

/**
 * yeji_move_item_get_icon:
 *
 * Returns: (nullable): the name of the icon that says what kind of line it is
 */
const char *
yeji_move_item_get_icon (YejiMoveItem *self)
{
  return self->note != NULL ? icons[self->note->kind] : NULL;
}
