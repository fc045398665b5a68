// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-issue"

#include "config.h"

#include "yeji-issue.h"

#include <glib/gi18n.h>

#include "yeji-messages.h"

struct _YejiIssue
{
  GObject parent_instance;

  YejiDictionary *dictionary;
  YejiProblem *problem;        /* (nullable): what the rules found; a reviewer's point has none */
  YejiSeverity severity;
  char *pointer;
  char *message;
  const YejiTableDef *table;   /* (nullable) */
  YejiRow *row;                /* (nullable): kept, so that a removed row stays a valid key */
  const YejiFieldDef *field;   /* (nullable) */
  const YejiSlot *slot;        /* (nullable) */
  guint number;                /* of the row, from 1 */
  gboolean placed;             /* the pointer names something in the record */
  YejiRow *before;             /* (nullable): of a point, the row as it was submitted */
  gboolean gone;               /* of a point: the row is no more */
};

G_DEFINE_FINAL_TYPE (YejiIssue, yeji_issue, G_TYPE_OBJECT)

static void
yeji_issue_finalize (GObject *object)
{
  YejiIssue *self = YEJI_ISSUE (object);

  g_clear_object (&self->row);
  g_clear_object (&self->before);
  g_clear_object (&self->problem);
  g_clear_object (&self->dictionary);
  g_free (self->pointer);
  g_free (self->message);
  G_OBJECT_CLASS (yeji_issue_parent_class)->finalize (object);
}

static void
yeji_issue_class_init (YejiIssueClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_issue_finalize;
}

static void
yeji_issue_init (YejiIssue *self)
{
}

/**
 * yeji_issue_new:
 * @pointer: a JSON Pointer into @record, or `/documents/SLOT`; one that names nothing speaks of the
 *   record as a whole
 *
 * Resolves what is said to the row and field that it is said of, which stay the same when rows
 * before it come or go.
 *
 * Returns: (transfer full): an issue
 */
YejiIssue *
yeji_issue_new (YejiRecord   *record,
                YejiSeverity  severity,
                const char   *pointer,
                const char   *message)
{
  YejiIssue *self = g_object_new (YEJI_TYPE_ISSUE, NULL);
  YejiPlace place = { NULL };

  self->dictionary = g_object_ref (yeji_record_get_dictionary (record));
  self->severity = severity;
  self->pointer = g_strdup (pointer);
  self->message = g_strdup (message);
  if (g_str_has_prefix (pointer, "/documents/"))
    self->slot = yeji_dictionary_find_slot (self->dictionary, pointer + strlen ("/documents/"));
  else if (yeji_record_resolve (record, pointer, &place, NULL))
    {
      self->placed = TRUE;
      self->table = place.table;
      self->field = place.field;
      if (place.row != NULL && yeji_record_find_row (record, place.table,
                                                     yeji_row_get_id (place.row), &self->number))
        self->number++;
      g_set_object (&self->row, place.row);
    }
  return self;
}

/**
 * yeji_issue_new_for_problem:
 * @problem: a problem of @record
 *
 * Returns: (transfer full): an issue that says the same
 */
YejiIssue *
yeji_issue_new_for_problem (YejiRecord  *record,
                            YejiProblem *problem)
{
  YejiIssue *self = yeji_issue_new (record, yeji_problem_get_severity (problem),
                                    yeji_problem_get_pointer (problem),
                                    yeji_problem_get_message (problem));

  self->problem = g_object_ref (problem);
  return self;
}

/**
 * yeji_issue_new_for_point:
 * @submitted: (nullable): the record as the reviewer saw it, into which @pointer points; %NULL when
 *   it is not known, then it is as if @record was submitted
 *
 * Finds what a reviewer's point speaks of in what became of the record since: rows are the same by
 * their id, wherever they stand now.
 *
 * Returns: (transfer full): an issue
 */
YejiIssue *
yeji_issue_new_for_point (YejiRecord *record,
                          YejiRecord *submitted,
                          const char *pointer,
                          const char *comment)
{
  YejiPlace place = { NULL };
  YejiRow *row = NULL;
  g_autofree char *here = NULL;
  YejiIssue *self;

  if (submitted != NULL && !g_str_has_prefix (pointer, "/documents/")
      && yeji_record_resolve (submitted, pointer, &place, NULL) && place.row != NULL)
    {
      row = place.table->index == 0
              ? yeji_record_get_project (record)
              : yeji_record_find_row (record, place.table, yeji_row_get_id (place.row), NULL);
      here = row != NULL ? yeji_record_get_pointer (record, place.table, row, place.field)
                         : g_strdup_printf ("/%s", place.table->member);
    }
  self = yeji_issue_new (record, YEJI_SEVERITY_WARNING, here != NULL ? here : pointer, comment);
  if (place.row != NULL)
    {
      self->gone = row == NULL;
      self->field = place.field;
      self->before = g_object_ref (place.row);
      if (self->gone && yeji_record_find_row (submitted, place.table, yeji_row_get_id (place.row),
                                              &self->number))
        self->number++;
    }
  return self;
}

/**
 * yeji_issue_is_gone:
 *
 * Returns: whether a point speaks of a row that is no more
 */
gboolean
yeji_issue_is_gone (YejiIssue *self)
{
  return self->gone;
}

/**
 * yeji_issue_get_before:
 *
 * Returns: (nullable) (transfer none): the row that a point speaks of, as it was submitted
 */
YejiRow *
yeji_issue_get_before (YejiIssue *self)
{
  return self->before;
}

/**
 * yeji_issue_get_problem:
 *
 * Returns: (nullable) (transfer none): the problem that it speaks of
 */
YejiProblem *
yeji_issue_get_problem (YejiIssue *self)
{
  return self->problem;
}

/**
 * yeji_issue_get_reason:
 *
 * Returns: (nullable): why the clerk keeps it, %NULL while it is open
 */
const char *
yeji_issue_get_reason (YejiIssue *self)
{
  return self->problem != NULL ? yeji_problem_get_reason (self->problem) : NULL;
}

/**
 * yeji_issue_is_keepable:
 *
 * Returns: whether a reason may be given for it: never for an error, nor for a missing document
 */
gboolean
yeji_issue_is_keepable (YejiIssue *self)
{
  return self->problem != NULL && self->placed && self->severity != YEJI_SEVERITY_ERROR;
}

/**
 * yeji_issue_get_severity:
 *
 * Returns: how grave it is
 */
YejiSeverity
yeji_issue_get_severity (YejiIssue *self)
{
  return self->severity;
}

/**
 * yeji_issue_get_pointer:
 *
 * Returns: the JSON Pointer as given
 */
const char *
yeji_issue_get_pointer (YejiIssue *self)
{
  return self->pointer;
}

/**
 * yeji_issue_get_message:
 *
 * Returns: what is said, in the user's language
 */
const char *
yeji_issue_get_message (YejiIssue *self)
{
  return self->message;
}

/**
 * yeji_issue_get_table:
 *
 * Returns: (nullable): the table that is spoken of
 */
const YejiTableDef *
yeji_issue_get_table (YejiIssue *self)
{
  return self->table;
}

/**
 * yeji_issue_get_row:
 *
 * Returns: (nullable) (transfer none): the row that is spoken of
 */
YejiRow *
yeji_issue_get_row (YejiIssue *self)
{
  return self->row;
}

/**
 * yeji_issue_get_field:
 *
 * Returns: (nullable): the field that is spoken of
 */
const YejiFieldDef *
yeji_issue_get_field (YejiIssue *self)
{
  return self->field;
}

/**
 * yeji_issue_get_slot:
 *
 * Returns: (nullable): the id of the document that is spoken of
 */
const char *
yeji_issue_get_slot (YejiIssue *self)
{
  return self->slot != NULL ? self->slot->id : NULL;
}

/**
 * yeji_issue_get_place:
 *
 * Returns: (transfer full): where it is, for the user: section, number of the row, field
 */
char *
yeji_issue_get_place (YejiIssue *self)
{
  g_autoptr (GString) place = g_string_new (NULL);

  if (self->slot != NULL)
    return g_strdup_printf ("%s › %s", _("Documents"), yeji_label (&self->slot->label));
  if (self->table == NULL)
    return g_strdup (_("The record as a whole"));
  g_string_append (place, yeji_label (&self->table->label));
  if ((self->row != NULL || self->gone) && self->table->index != 0)
    g_string_append_printf (place, " %u", self->number);
  if (self->field != NULL)
    g_string_append_printf (place, " › %s", yeji_label (&self->field->label));
  return g_string_free (g_steal_pointer (&place), FALSE);
}

/**
 * yeji_issue_equal:
 *
 * Returns: whether both say the same of the same place
 */
gboolean
yeji_issue_equal (YejiIssue *self,
                  YejiIssue *other)
{
  return self->severity == other->severity && self->row == other->row && self->field == other->field
         && self->gone == other->gone && g_str_equal (self->pointer, other->pointer)
         && g_str_equal (self->message, other->message)
         && g_strcmp0 (yeji_issue_get_reason (self), yeji_issue_get_reason (other)) == 0;
}
