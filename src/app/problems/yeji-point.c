// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-point"

#include "config.h"

#include "yeji-point.h"

#include <glib/gi18n.h>

#include "yeji-clock.h"
#include "yeji-explanation.h"
#include "yeji-mask.h"
#include "yeji-messages.h"
#include "yeji-same-value.h"

static const struct
{
  const char *label;
  const char *icon;
  const char *style;
} statuses[YEJI_N_POINT_STATUSES] = {
  [YEJI_POINT_OPEN] = { NC_("point", "Open"), "checkbox-symbolic", "open" },
  [YEJI_POINT_MENDED] = { NC_("point", "Mended"), "checkbox-checked-symbolic", "mended" },
  [YEJI_POINT_EXPLAINED] = { NC_("point", "Explained"), "mail-reply-sender-symbolic", "explained" },
};

const char *
yeji_point_status_get_label (YejiPointStatus status)
{
  return g_dpgettext2 (NULL, "point", statuses[status].label);
}

const char *
yeji_point_status_get_icon (YejiPointStatus status)
{
  return statuses[status].icon;
}

const char *
yeji_point_status_get_style (YejiPointStatus status)
{
  return statuses[status].style;
}

static YejiRecord *
get_submitted (YejiDraft *draft)
{
  const YejiSubmission *submission = yeji_draft_get_submission (draft);

  return submission != NULL ? submission->record : NULL;
}

/* The row as it is now; NULL where the point speaks of none, and where it is no more. */
static YejiRow *
get_row (YejiDraft *draft,
         YejiIssue *point)
{
  YejiRecord *record = yeji_draft_get_record (draft);
  const YejiTableDef *table = yeji_issue_get_table (point);
  YejiRow *before = yeji_issue_get_before (point);

  if (table == NULL || before == NULL)
    return NULL;
  if (table->index == 0)
    return yeji_record_get_project (record);
  return yeji_record_find_row (record, table, yeji_row_get_id (before), NULL);
}

/* A number or a day that is only written in another way was not mended. */
static gboolean
is_changed (YejiDraft          *draft,
            YejiRow            *before,
            YejiRow            *now,
            const YejiFieldDef *field)
{
  return !yeji_value_is_same (yeji_draft_get_normaliser (draft), field,
                              yeji_row_get (before, field), yeji_row_get (now, field));
}

static gboolean
is_row_changed (YejiDraft *draft,
                YejiRow   *before,
                YejiRow   *now)
{
  const YejiTableDef *table = yeji_row_get_table (before);

  for (guint i = 0; i < table->fields->len; i++)
    if (is_changed (draft, before, now, g_ptr_array_index (table->fields, i)))
      return TRUE;
  return FALSE;
}

static gboolean
is_table_changed (YejiDraft          *draft,
                  YejiRecord         *before,
                  const YejiTableDef *table)
{
  YejiRecord *now = yeji_draft_get_record (draft);
  guint n = yeji_record_get_n_rows (before, table);

  if (n != yeji_record_get_n_rows (now, table))
    return TRUE;
  for (guint i = 0; i < n; i++)
    {
      YejiRow *row = yeji_record_get_row (before, table, i);
      YejiRow *here = table->index == 0
                        ? yeji_record_get_project (now)
                        : yeji_record_find_row (now, table, yeji_row_get_id (row), NULL);

      if (here == NULL || is_row_changed (draft, row, here))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_record_changed (YejiDraft  *draft,
                   YejiRecord *before)
{
  YejiRecord *now = yeji_draft_get_record (draft);
  GPtrArray *tables = yeji_dictionary_get_tables (yeji_record_get_dictionary (now));

  if (!g_str_equal (yeji_record_get_role (before), yeji_record_get_role (now)))
    return TRUE;
  for (guint i = 0; i < tables->len; i++)
    if (is_table_changed (draft, before, g_ptr_array_index (tables, i)))
      return TRUE;
  return FALSE;
}

/* A file that the province has not got yet was attached since. */
static gboolean
is_slot_changed (YejiDraft  *draft,
                 const char *slot)
{
  GPtrArray *attachments = yeji_draft_get_attachments (draft);

  for (guint i = 0; i < attachments->len; i++)
    {
      YejiAttachment *attachment = g_ptr_array_index (attachments, i);

      if (g_str_equal (yeji_attachment_get_slot (attachment), slot)
          && !yeji_attachment_is_received (attachment))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_mended (YejiDraft *draft,
           YejiIssue *point)
{
  YejiRecord *before = get_submitted (draft);
  YejiRow *row = get_row (draft, point);
  const YejiFieldDef *field = yeji_issue_get_field (point);
  YejiRow *old = yeji_issue_get_before (point);

  if (yeji_issue_get_slot (point) != NULL)
    return is_slot_changed (draft, yeji_issue_get_slot (point));
  if (before == NULL)
    return FALSE;
  if (old != NULL && field != NULL)
    return row == NULL || is_changed (draft, old, row, field);
  if (old != NULL)
    return row == NULL || is_row_changed (draft, old, row);
  if (yeji_issue_get_table (point) != NULL)
    return is_table_changed (draft, before, yeji_issue_get_table (point));
  return is_record_changed (draft, before);
}

/* To the place where it is now; NULL where there is none any more. */
static char *
get_pointer (YejiDraft *draft,
             YejiIssue *point)
{
  YejiRow *row = get_row (draft, point);

  if (yeji_issue_get_slot (point) != NULL)
    return g_strconcat (YEJI_EXPLANATION_DOCUMENTS, yeji_issue_get_slot (point), NULL);
  if (yeji_issue_get_before (point) != NULL && row == NULL)
    return NULL;
  if (yeji_issue_get_table (point) == NULL)
    return g_strdup ("");
  if (row == NULL)
    return g_strdup (yeji_issue_get_pointer (point));
  return yeji_record_get_pointer (yeji_draft_get_record (draft), yeji_issue_get_table (point), row,
                                  yeji_issue_get_field (point));
}

static const YejiKept *
find_reply (YejiDraft *draft,
            YejiIssue *point)
{
  g_autofree char *pointer = get_pointer (draft, point);

  return pointer != NULL ? yeji_record_find_reply (yeji_draft_get_record (draft), pointer) : NULL;
}

/* The reviewer has read it, and returned the record all the same. */
static gboolean
was_submitted (YejiDraft      *draft,
               const YejiKept *reply)
{
  YejiRecord *before = get_submitted (draft);
  const YejiKept *old = before != NULL
                          ? yeji_record_find_kept (before, reply->rule, reply->table, reply->row,
                                                   reply->field) : NULL;

  return old != NULL && yeji_kept_equal (old, reply);
}

/**
 * yeji_point_get_status:
 * @point: one of yeji_draft_get_points()
 *
 * Returns: what became of it; a reply that was submitted already does not count, since the record
 *   was returned all the same
 */
YejiPointStatus
yeji_point_get_status (YejiDraft *draft,
                       YejiIssue *point)
{
  const YejiKept *reply;

  if (is_mended (draft, point))
    return YEJI_POINT_MENDED;
  reply = find_reply (draft, point);
  return reply != NULL && !was_submitted (draft, reply) ? YEJI_POINT_EXPLAINED : YEJI_POINT_OPEN;
}

/**
 * yeji_point_get_reply:
 *
 * Returns: (nullable): what the clerk says to it
 */
const char *
yeji_point_get_reply (YejiDraft *draft,
                      YejiIssue *point)
{
  const YejiKept *reply = find_reply (draft, point);

  return reply != NULL ? reply->reason : NULL;
}

/**
 * yeji_point_set_reply:
 * @text: why it stays as it is; empty: nothing is said any more
 *
 * Says something to a point. It is saved, can be undone, and goes to the province with the record.
 *
 * Returns: %FALSE if nothing can be said: the record is the province's, or the place is gone
 */
gboolean
yeji_point_set_reply (YejiDraft  *draft,
                      YejiIssue  *point,
                      const char *text)
{
  g_autofree char *pointer = get_pointer (draft, point);
  g_autofree char *now = yeji_clock_now ();

  if (pointer == NULL || !yeji_draft_is_editable (draft))
    return FALSE;
  yeji_draft_begin_step (draft);
  if (!yeji_record_reply (yeji_draft_get_record (draft), pointer, text,
                          yeji_store_get_who (yeji_draft_get_store (draft)), now, NULL))
    return FALSE;
  g_signal_emit_by_name (draft, "issues-changed");
  return TRUE;
}

static char *
describe_value (YejiRow            *row,
                const YejiFieldDef *field)
{
  const char *value = yeji_row_get (row, field);
  g_autofree char *masked = yeji_field_mask_value (field, value);

  if (*value == '\0')
    return g_strdup (_("(empty)"));
  return yeji_code_to_text (field, masked);
}

/**
 * yeji_point_get_before:
 *
 * Returns: (transfer full) (nullable): the value as it was submitted, for the user; %NULL where the
 *   point speaks of no field
 */
char *
yeji_point_get_before (YejiIssue *point)
{
  YejiRow *row = yeji_issue_get_before (point);
  const YejiFieldDef *field = yeji_issue_get_field (point);

  return row != NULL && field != NULL ? describe_value (row, field) : NULL;
}

/**
 * yeji_point_get_now:
 *
 * Returns: (transfer full) (nullable): the value as it is, for the user; %NULL where the point
 *   speaks of no field
 */
char *
yeji_point_get_now (YejiDraft *draft,
                    YejiIssue *point)
{
  YejiRow *row = get_row (draft, point);
  const YejiFieldDef *field = yeji_issue_get_field (point);

  if (yeji_issue_get_before (point) != NULL && row == NULL)
    return g_strdup (_("(removed)"));
  return row != NULL && field != NULL ? describe_value (row, field) : NULL;
}

/**
 * yeji_point_describe:
 *
 * Returns: (transfer full): the comment, and what became of it
 */
char *
yeji_point_describe (YejiDraft *draft,
                     YejiIssue *point)
{
  const char *comment = yeji_issue_get_message (point);

  if (yeji_draft_is_editable (draft))
    switch (yeji_point_get_status (draft, point))
      {
      case YEJI_POINT_MENDED:
        /* Translators: a reviewer's comment on a value that was changed since */
        return g_strdup_printf (_("%s (changed since)"), comment);
      case YEJI_POINT_EXPLAINED:
        /* Translators: a reviewer's comment, and what the clerk says to it */
        return g_strdup_printf (_("%s (explained: %s)"), comment,
                                yeji_point_get_reply (draft, point));
      case YEJI_POINT_OPEN:
      case YEJI_N_POINT_STATUSES:
      default:
        break;
      }
  return g_strdup (comment);
}

/**
 * yeji_points_count:
 *
 * Returns: how many of the reviewer's points are so
 */
guint
yeji_points_count (YejiDraft       *draft,
                   YejiPointStatus  status)
{
  GListModel *points = yeji_draft_get_points (draft);
  guint n = g_list_model_get_n_items (points);
  guint count = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (YejiIssue) point = g_list_model_get_item (points, i);

      count += yeji_point_get_status (draft, point) == status;
    }
  return count;
}
