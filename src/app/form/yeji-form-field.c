// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-form-field"

#include "config.h"

#include "yeji-form-field.h"

#include <glib/gi18n.h>

#include "yeji-field-demand.h"
#include "yeji-issues.h"
#include "yeji-messages.h"
#include "yeji-point.h"

struct _YejiFormField
{
  GObject parent_instance;

  YejiDraft *draft;
  YejiRow *row;
  const YejiFieldDef *def;
  GPtrArray *issues;           /* (element-type YejiIssue): what is said of it, gravest first */
  char *message;               /* (nullable): what the control shows of them */
  GPtrArray *demands;          /* (element-type YejiRule): that make it mandatory when they apply */
  char *comment;               /* (nullable): what the reviewer said, and what became of it */
  YejiCarried *offer;          /* (nullable): what stands elsewhere for an empty value */
  char *typed;                 /* (nullable): what the value was read from */
  char *read;                  /* (nullable): the value as it was read then */
  gboolean required;
  gboolean visited;            /* the focus was in it and left it */
  const char *why;             /* (nullable): of the next change; static */
  guint n_expected;            /* how often something was expected */
};

enum
{
  PROP_0,
  PROP_TEXT,
  PROP_PLACEHOLDER,
  PROP_MESSAGE,
  PROP_SEVERITY,
  PROP_COMMENT,
  PROP_REQUIRED,
  PROP_EDITABLE,
  PROP_OFFERED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (YejiFormField, yeji_form_field, G_TYPE_OBJECT)

static void
update_required (YejiFormField *self)
{
  gboolean required = yeji_field_demand_holds (self->def, self->demands,
                                               yeji_draft_get_record (self->draft), self->row);

  if (self->required == required)
    return;
  self->required = required;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REQUIRED]);
}

/* A condition may look at the project and at other tables, and a rule may be for one role. */
static gboolean
is_conditional (YejiFormField *self)
{
  return self->def->required_when != NULL || self->demands->len > 0;
}

static gboolean
is_same_offer (const YejiCarried *a,
               const YejiCarried *b)
{
  return a == b || (a != NULL && b != NULL && a->source == b->source && a->row == b->row
                    && a->number == b->number && g_str_equal (a->value, b->value));
}

static void
update_offer (YejiFormField *self)
{
  YejiCarried *offer = yeji_draft_carry (self->draft, self->row, self->def);

  if (is_same_offer (offer, self->offer))
    {
      g_clear_pointer (&offer, yeji_carried_free);
      return;
    }
  g_clear_pointer (&self->offer, yeji_carried_free);
  self->offer = offer;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLACEHOLDER]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OFFERED]);
}

static void
update_comment (YejiFormField *self)
{
  YejiIssue *point = yeji_draft_find_point (self->draft, self->row, self->def);
  g_autofree char *comment = point != NULL ? yeji_point_describe (self->draft, point) : NULL;

  if (g_strcmp0 (comment, self->comment) == 0)
    return;
  g_free (self->comment);
  self->comment = g_steal_pointer (&comment);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMMENT]);
}

static void
on_value_changed (YejiDraft          *draft,
                  YejiRow            *row,
                  const YejiFieldDef *field,
                  YejiFormField      *self)
{
  if (row == self->row && field == self->def)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
  if (row == self->row && field == self->def && self->comment != NULL)
    update_comment (self);
  if (is_conditional (self))
    update_required (self);
  if (self->def->inherits != NULL && field == self->def->inherits)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLACEHOLDER]);
  if (yeji_carry_looks_at (self->def, yeji_row_get_table (row)))
    update_offer (self);
}

static void
on_rows_changed (YejiDraft     *draft,
                 gpointer       table,
                 YejiFormField *self)
{
  if (is_conditional (self))
    update_required (self);
  if (yeji_carry_looks_at (self->def, table))
    update_offer (self);
}

static gboolean
are_same (GPtrArray *a,
          GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (g_ptr_array_index (a, i) != g_ptr_array_index (b, i))
      return FALSE;
  return TRUE;
}

static char *
make_message (YejiIssue *issue)
{
  if (issue == NULL)
    return NULL;
  if (yeji_issue_get_reason (issue) != NULL)
    /* Translators: a warning that was kept, and the reason that was given for it */
    return g_strdup_printf (_("%s Kept: %s"), yeji_issue_get_message (issue),
                            yeji_issue_get_reason (issue));
  return g_strdup (yeji_issue_get_message (issue));
}

/* Whether anything is said of it that was not said before. */
static gboolean
update_issues (YejiFormField *self)
{
  g_autoptr (GPtrArray) issues = yeji_issues_list (yeji_draft_get_issues (self->draft), self->row,
                                                   self->def);

  if (self->issues != NULL && are_same (issues, self->issues))
    return FALSE;
  g_clear_pointer (&self->issues, g_ptr_array_unref);
  self->issues = g_steal_pointer (&issues);
  g_free (self->message);
  self->message = make_message (yeji_form_field_get_issue (self));
  return TRUE;
}

static void
on_issues_changed (YejiDraft     *draft,
                   YejiFormField *self)
{
  if (update_issues (self))
    {
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MESSAGE]);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEVERITY]);
    }
  update_comment (self);
}

static void
on_insisted (YejiDraft     *draft,
             YejiFormField *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MESSAGE]);
}

static void
on_entry_changed (YejiDraft     *draft,
                  YejiFormField *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EDITABLE]);
  if (is_conditional (self))
    update_required (self);    /* the role may be another one */
  update_offer (self);
}

static void
yeji_form_field_get_property (GObject    *object,
                              guint       id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  YejiFormField *self = YEJI_FORM_FIELD (object);

  switch (id)
    {
    case PROP_TEXT:
      g_value_set_string (value, yeji_form_field_get_text (self));
      break;
    case PROP_PLACEHOLDER:
      g_value_take_string (value, yeji_form_field_dup_placeholder (self));
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, yeji_form_field_get_message (self));
      break;
    case PROP_SEVERITY:
      g_value_set_int (value, yeji_form_field_get_severity (self));
      break;
    case PROP_COMMENT:
      g_value_set_string (value, yeji_form_field_get_comment (self));
      break;
    case PROP_REQUIRED:
      g_value_set_boolean (value, self->required);
      break;
    case PROP_EDITABLE:
      g_value_set_boolean (value, yeji_form_field_is_editable (self));
      break;
    case PROP_OFFERED:
      g_value_set_boolean (value, self->offer != NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
yeji_form_field_set_property (GObject      *object,
                              guint         id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  switch (id)
    {
    case PROP_TEXT:
      yeji_form_field_set_text (YEJI_FORM_FIELD (object), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
yeji_form_field_finalize (GObject *object)
{
  YejiFormField *self = YEJI_FORM_FIELD (object);

  g_clear_pointer (&self->issues, g_ptr_array_unref);
  g_clear_pointer (&self->demands, g_ptr_array_unref);
  g_free (self->message);
  g_clear_pointer (&self->comment, g_free);
  g_clear_pointer (&self->offer, yeji_carried_free);
  g_free (self->typed);
  g_free (self->read);
  g_clear_object (&self->row);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (yeji_form_field_parent_class)->finalize (object);
}

static void
yeji_form_field_class_init (YejiFormFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = yeji_form_field_get_property;
  object_class->set_property = yeji_form_field_set_property;
  object_class->finalize = yeji_form_field_finalize;

  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "",
                                               G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY
                                               | G_PARAM_STATIC_STRINGS);
  properties[PROP_PLACEHOLDER] = g_param_spec_string ("placeholder", NULL, NULL, NULL, read);
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, read);
  properties[PROP_SEVERITY] = g_param_spec_int ("severity", NULL, NULL, -1, YEJI_SEVERITY_ERROR,
                                                -1, read);
  properties[PROP_COMMENT] = g_param_spec_string ("comment", NULL, NULL, NULL, read);
  properties[PROP_REQUIRED] = g_param_spec_boolean ("required", NULL, NULL, FALSE, read);
  properties[PROP_EDITABLE] = g_param_spec_boolean ("editable", NULL, NULL, TRUE, read);
  properties[PROP_OFFERED] = g_param_spec_boolean ("offered", NULL, NULL, FALSE, read);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
yeji_form_field_init (YejiFormField *self)
{
}

/**
 * yeji_form_field_new:
 *
 * Returns: (transfer full): the value of @def in @row
 */
YejiFormField *
yeji_form_field_new (YejiDraft          *draft,
                     YejiRow            *row,
                     const YejiFieldDef *def)
{
  YejiFormField *self = g_object_new (YEJI_TYPE_FORM_FIELD, NULL);

  self->draft = g_object_ref (draft);
  self->row = g_object_ref (row);
  self->def = def;
  self->demands = yeji_field_demand_find (yeji_draft_get_dictionary (draft), def);
  self->required = yeji_field_demand_holds (def, self->demands, yeji_draft_get_record (draft), row);
  self->offer = yeji_draft_carry (draft, row, def);
  update_issues (self);
  update_comment (self);
  g_signal_connect_object (draft, "value-changed", G_CALLBACK (on_value_changed), self, 0);
  g_signal_connect_object (draft, "rows-changed", G_CALLBACK (on_rows_changed), self, 0);
  g_signal_connect_object (draft, "issues-changed", G_CALLBACK (on_issues_changed), self, 0);
  g_signal_connect_object (draft, "insisted", G_CALLBACK (on_insisted), self, 0);
  g_signal_connect_object (draft, "entry-changed", G_CALLBACK (on_entry_changed), self, 0);
  return self;
}

/**
 * yeji_form_field_get_def:
 *
 * Returns: (transfer none): the field in the dictionary
 */
const YejiFieldDef *
yeji_form_field_get_def (YejiFormField *self)
{
  return self->def;
}

/**
 * yeji_form_field_get_row:
 *
 * Returns: (transfer none): the row that has the value
 */
YejiRow *
yeji_form_field_get_row (YejiFormField *self)
{
  return self->row;
}

/**
 * yeji_form_field_get_draft:
 *
 * Returns: (transfer none): the draft that has the row
 */
YejiDraft *
yeji_form_field_get_draft (YejiFormField *self)
{
  return self->draft;
}

/**
 * yeji_form_field_get_label:
 *
 * Returns: the field's name in the user's language
 */
const char *
yeji_form_field_get_label (YejiFormField *self)
{
  return yeji_label (&self->def->label);
}

/**
 * yeji_form_field_get_text:
 *
 * Returns: the value as typed
 */
const char *
yeji_form_field_get_text (YejiFormField *self)
{
  return yeji_row_get (self->row, self->def);
}

/* What comes from one paste is one step, in however many changes it comes. */
static void
begin (YejiFormField *self)
{
  g_autofree char *key = NULL;

  if (self->why == NULL)
    return;
  key = g_strdup_printf ("%s %u %s %s", self->why, self->n_expected, yeji_row_get_id (self->row),
                         self->def->id);
  yeji_draft_begin (self->draft, self->why, key);
}

/**
 * yeji_form_field_set_text:
 *
 * Sets the value as typed.
 */
void
yeji_form_field_set_text (YejiFormField *self,
                          const char    *text)
{
  g_return_if_fail (YEJI_IS_FORM_FIELD (self));

  if (!yeji_form_field_is_editable (self))
    return;
  if (g_strcmp0 (text, yeji_form_field_get_text (self)) != 0)
    g_clear_pointer (&self->read, g_free);
  begin (self);
  yeji_draft_set_value (self->draft, self->row, self->def, text != NULL ? text : "");
  if (self->why != NULL)
    yeji_draft_end (self->draft);
}

/**
 * yeji_form_field_expect:
 * @why: (nullable): static; why the text changes from now on, as for yeji_store_save(); %NULL: it is
 *     typed
 */
void
yeji_form_field_expect (YejiFormField *self,
                        const char    *why)
{
  g_return_if_fail (YEJI_IS_FORM_FIELD (self));

  self->why = why;
  self->n_expected++;
}

/**
 * yeji_form_field_dup_placeholder:
 *
 * Returns: (nullable) (transfer full): the value that holds while this one is empty, or the one
 *   that is offered for it
 */
char *
yeji_form_field_dup_placeholder (YejiFormField *self)
{
  if (self->offer != NULL)
    return yeji_carried_to_value (self->offer, self->def);
  if (self->def->inherits == NULL)
    return NULL;
  return g_strdup (yeji_row_get (yeji_record_get_project (yeji_draft_get_record (self->draft)),
                                 self->def->inherits));
}

/**
 * yeji_form_field_get_offer:
 *
 * Returns: (nullable) (transfer none): what stands elsewhere for this value, which is empty
 */
const YejiCarried *
yeji_form_field_get_offer (YejiFormField *self)
{
  return self->offer;
}

/**
 * yeji_form_field_set_read_from:
 * @typed: what the clerk typed
 *
 * Says that the value as it is now was read from it.
 */
void
yeji_form_field_set_read_from (YejiFormField *self,
                               const char    *typed)
{
  g_return_if_fail (YEJI_IS_FORM_FIELD (self));

  g_free (self->typed);
  self->typed = g_strdup (typed);
  g_free (self->read);
  self->read = g_strdup (yeji_form_field_get_text (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

/**
 * yeji_form_field_get_read_from:
 *
 * Returns: (nullable): what was typed for the value that is there; %NULL if it is as typed
 */
const char *
yeji_form_field_get_read_from (YejiFormField *self)
{
  return g_strcmp0 (self->read, yeji_form_field_get_text (self)) == 0 ? self->typed : NULL;
}

/**
 * yeji_form_field_get_issue:
 *
 * Returns: (nullable) (transfer none): the gravest problem; one that is kept if there is no other
 */
YejiIssue *
yeji_form_field_get_issue (YejiFormField *self)
{
  return self->issues->len > 0 ? g_ptr_array_index (self->issues, 0) : NULL;
}

/**
 * yeji_form_field_get_message:
 *
 * Returns: (nullable): what is said of the gravest problem
 */
const char *
yeji_form_field_get_message (YejiFormField *self)
{
  return self->message;
}

/**
 * yeji_form_field_get_severity:
 *
 * Returns: a #YejiSeverity, -1 when nothing is open
 */
int
yeji_form_field_get_severity (YejiFormField *self)
{
  YejiIssue *issue = yeji_form_field_get_issue (self);

  return issue != NULL && yeji_issue_get_reason (issue) == NULL
           ? (int) yeji_issue_get_severity (issue) : -1;
}

/**
 * yeji_form_field_get_comment:
 *
 * Returns: (nullable): what the reviewer said of it, and what became of that
 */
const char *
yeji_form_field_get_comment (YejiFormField *self)
{
  return self->comment;
}

/**
 * yeji_form_field_visit:
 *
 * Says that the user has been in the field.
 */
void
yeji_form_field_visit (YejiFormField *self)
{
  g_return_if_fail (YEJI_IS_FORM_FIELD (self));

  if (self->visited)
    return;
  self->visited = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MESSAGE]);
}

/**
 * yeji_form_field_is_calm:
 *
 * Returns: whether what is wrong with it is not pointed out yet, because it is only empty and the
 *   user has not been there
 */
gboolean
yeji_form_field_is_calm (YejiFormField *self)
{
  return !self->visited && !yeji_draft_insists (self->draft)
         && *yeji_form_field_get_text (self) == '\0';
}

/**
 * yeji_form_field_is_required:
 *
 * Returns: whether it must be filled, as the rest of the record stands now
 */
gboolean
yeji_form_field_is_required (YejiFormField *self)
{
  return self->required;
}

/**
 * yeji_form_field_is_editable:
 *
 * Returns: whether it may be typed into
 */
gboolean
yeji_form_field_is_editable (YejiFormField *self)
{
  return !self->def->by_platform && yeji_draft_is_editable (self->draft);
}
