// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-draft"

#include "config.h"

#include "yeji-draft-private.h"

#include "yeji-change-apply.h"
#include "yeji-clock.h"
#include "yeji-colleagues.h"
#include "yeji-declared-watch.h"
#include "yeji-draft-facts.h"
#include "yeji-draft-news.h"
#include "yeji-facts-for.h"
#include "yeji-issues.h"
#include "yeji-live-check.h"
#include "yeji-slots.h"
#include "yeji-store-declared.h"
#include "yeji-store-seen.h"

/* After all keys that have arrived, and before the frame that shows them is laid out and drawn:
 * what follows from a key is seen with it, and a key that repeats is checked once a frame. */
#define VALIDATE_PRIORITY (G_PRIORITY_HIGH_IDLE + 5)

struct _YejiDraft
{
  GObject parent_instance;

  YejiStore *store;
  YejiValidator *validator;
  YejiRecord *record;
  YejiLiveCheck *check;        /* of the record on screen */
  GPtrArray *problems;         /* (element-type YejiProblem), in form order */
  YejiFacts *facts;            /* (nullable): of the same check */
  YejiEntry *entry;
  GPtrArray *attachments;      /* (element-type YejiAttachment) */
  YejiDraftKeeper *keeper;
  GListStore *issues;          /* of YejiIssue, gravest first, kept ones last */
  GListStore *points;          /* of YejiIssue */
  YejiSubmission *submission;  /* (nullable): what they speak of */

  char *scope;                 /* (nullable): the key of edits that are one step */
  const char *scope_why;       /* static */
  guint64 n_scopes;
  guint64 n_edits;

  gboolean detached;           /* a copy that is edited and never saved by itself */
  gboolean insists;            /* on what is missing, even where nobody has been yet */
  guint validation;
  guint64 n_asked;             /* how often the store was asked for news */
  guint64 answered;            /* the last question that was */
};

/* A question to the store. */
typedef struct
{
  guint64 number;              /* they are counted */
  guint64 n_edits;             /* when it was asked */
} Asked;

enum
{
  VALUE_CHANGED,
  ROWS_CHANGED,
  ISSUES_CHANGED,
  ENTRY_CHANGED,
  REPLACED,
  INSISTED,
  TAKEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiDraft, yeji_draft, G_TYPE_OBJECT)

GStrv
yeji_draft_get_filled_slots (YejiDraft *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < self->attachments->len; i++)
    {
      YejiAttachment *attachment = g_ptr_array_index (self->attachments, i);
      const char *slot = yeji_attachment_get_slot (attachment);
      g_autofree char *flaw = g_strconcat (YEJI_SLOT_FLAW, slot, NULL);

      g_strv_builder_add (builder, slot);
      if (yeji_attachment_is_flawed (attachment))
        g_strv_builder_add (builder, flaw);
    }
  return g_strv_builder_end (builder);
}

static void
update_points (YejiDraft *self)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *points = yeji_entry_get_points (self->entry);
  YejiRecord *submitted = self->submission != NULL ? self->submission->record : NULL;

  for (guint i = 0; points != NULL && i < points->len; i++)
    {
      const YejiPoint *point = g_ptr_array_index (points, i);

      g_ptr_array_add (items, yeji_issue_new_for_point (self->record, submitted, point->pointer,
                                                        point->comment));
    }
  if (yeji_issues_update (self->points, items))
    g_signal_emit (self, signals[ISSUES_CHANGED], 0);
}

static gboolean
validate_on_time (gpointer data)
{
  YejiDraft *self = data;

  self->validation = 0;
  yeji_draft_validate (self);
  return G_SOURCE_REMOVE;
}

/**
 * yeji_draft_touch:
 * @why: static; as for yeji_store_save(), unless a step of its own goes on
 *
 * Says that the record was changed: it is checked within moments, and saved.
 */
void
yeji_draft_touch (YejiDraft  *self,
                  const char *why)
{
  if (self->validation == 0)
    self->validation = g_idle_add_full (VALIDATE_PRIORITY, validate_on_time, self, NULL);
  self->n_edits++;
  if (self->detached)
    return;
  if (yeji_entry_get_revision (self->entry) != NULL)
    yeji_colleagues_say_typed (self->store, yeji_draft_get_uuid (self));
  yeji_draft_keeper_touch (self->keeper, self->scope != NULL ? self->scope_why : why);
}

/* Before a value is changed: typing in one field is saved apart from typing in another. */
static void
begin_value (YejiDraft          *self,
             YejiRow            *row,
             const YejiFieldDef *field)
{
  g_autofree char *key = NULL;

  if (self->scope == NULL)
    key = g_strdup_printf ("%s\n%s\n%s", field->table->id, yeji_row_get_id (row), field->id);
  yeji_draft_keeper_begin (self->keeper, self->scope != NULL ? self->scope : key);
}

/* A reason that was given is saved as a value is. */
static void
on_notes_changed (YejiRecord *record,
                  YejiDraft  *self)
{
  yeji_draft_touch (self, "typed");
}

/* The check follows one record object; another one is checked from the beginning. */
static void
follow_record (YejiDraft  *self,
               YejiRecord *record)
{
  if (self->record != NULL)
    g_signal_handlers_disconnect_by_func (self->record, on_notes_changed, self);
  g_set_object (&self->record, record);
  g_clear_object (&self->check);
  self->check = yeji_live_check_new (self->validator, record);
  yeji_live_check_set_declared (self->check, yeji_store_get_declared (self->store));
  g_signal_connect_object (record, "notes-changed", G_CALLBACK (on_notes_changed), self, 0);
}

static void
set_record (YejiDraft  *self,
            YejiRecord *record)
{
  follow_record (self, record);
  self->n_edits++;
  yeji_draft_keeper_set_record (self->keeper, record);
  g_list_store_remove_all (self->points);
  update_points (self);
  g_signal_emit (self, signals[REPLACED], 0);
}

/* Rows that come and go are told of once a table, however many there are. */
static void
tell_change (YejiDraft        *self,
             const YejiChange *change,
             GHashTable       *told)
{
  YejiDictionary *dictionary = yeji_record_get_dictionary (self->record);
  const YejiTableDef *table = yeji_dictionary_find_table (dictionary, change->table);
  const YejiFieldDef *field = NULL;
  YejiRow *row = NULL;

  if (table == NULL)
    return;
  if (*change->field == '\0')
    {
      if (g_hash_table_add (told, (gpointer) table))
        g_signal_emit (self, signals[ROWS_CHANGED], 0, table);
      return;
    }
  field = yeji_table_def_find_field (table, change->field);
  row = yeji_record_find_row (self->record, table, change->row, NULL);
  if (field != NULL && row != NULL)
    g_signal_emit (self, signals[VALUE_CHANGED], 0, row, field);
}

static void
on_before_save (YejiDraftKeeper *keeper,
                YejiDraft       *self)
{
  if (self->validation != 0)
    yeji_draft_validate (self);
}

/* A document that came, or a day that passed, changes the problems without an edit; the list shall
 * know. */
static void
save_counts (YejiDraft *self)
{
  if (self->facts != NULL && !self->detached
      && yeji_draft_keeper_get_state (self->keeper) == YEJI_KEEPER_SAVED
      && !yeji_facts_equal (self->facts, yeji_entry_get_facts (self->entry)))
    yeji_draft_note_facts (self->store, self->record, self->facts);
}

/* What came is put into the record on screen, so that whoever types there goes on typing. */
static void
take_record (YejiDraft  *self,
             YejiRecord *record)
{
  g_autoptr (GPtrArray) changes = NULL;

  yeji_record_carry_seen (record, self->record);
  if (yeji_record_equal (record, self->record))
    return;
  if (yeji_record_get_dictionary (record) == yeji_record_get_dictionary (self->record))
    {
      changes = yeji_record_diff (self->record, record);
      yeji_draft_follow (self, changes);
      g_list_store_remove_all (self->points);
      update_points (self);
    }
  if (!yeji_record_equal (record, self->record))
    set_record (self, record);
}

static void
on_refreshed (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  YejiDraft *self = YEJI_DRAFT (source);
  g_autofree Asked *asked = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiDraftNews) news = yeji_draft_news_finish (result, &error);

  if (news == NULL)
    {
      g_debug ("no news of a draft: %s", error->message);
      return;
    }
  if (asked->number < self->answered)
    return;
  self->answered = asked->number;
  g_set_object (&self->entry, news->entry);
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
  self->attachments = g_ptr_array_ref (news->attachments);
  /* What is typed and not saved yet wins; it is asked again once that is saved. */
  if (news->record != NULL
      && yeji_draft_keeper_get_state (self->keeper) == YEJI_KEEPER_SAVED)
    {
      if (self->n_edits == asked->n_edits)
        take_record (self, news->record);
      else                     /* read before what was saved meanwhile */
        yeji_draft_refresh (self);
    }
  yeji_draft_take_submission (self, g_steal_pointer (&news->submission));
  yeji_draft_validate (self);
  save_counts (self);
  g_signal_emit (self, signals[ENTRY_CHANGED], 0);
}

static void
on_store_changed (YejiStore  *store,
                  const char *uuid,
                  YejiDraft  *self)
{
  if (uuid == NULL || g_str_equal (uuid, yeji_draft_get_uuid (self)))
    yeji_draft_refresh (self);
}

static void
yeji_draft_dispose (GObject *object)
{
  YejiDraft *self = YEJI_DRAFT (object);

  if (self->store != NULL && self->record != NULL)
    yeji_colleagues_say_left (self->store, yeji_draft_get_uuid (self));
  g_clear_handle_id (&self->validation, g_source_remove);
  g_clear_object (&self->keeper);
  g_clear_object (&self->issues);
  g_clear_object (&self->points);
  G_OBJECT_CLASS (yeji_draft_parent_class)->dispose (object);
}

static void
yeji_draft_finalize (GObject *object)
{
  YejiDraft *self = YEJI_DRAFT (object);

  g_clear_object (&self->entry);
  g_free (self->scope);
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_clear_pointer (&self->facts, yeji_facts_free);
  g_clear_pointer (&self->submission, yeji_submission_free);
  g_clear_object (&self->check);
  g_clear_object (&self->record);
  g_clear_object (&self->validator);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (yeji_draft_parent_class)->finalize (object);
}

static void
yeji_draft_class_init (YejiDraftClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = yeji_draft_dispose;
  object_class->finalize = yeji_draft_finalize;

  signals[VALUE_CHANGED] = g_signal_new ("value-changed", YEJI_TYPE_DRAFT, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 2, YEJI_TYPE_ROW,
                                         G_TYPE_POINTER);
  signals[ROWS_CHANGED] = g_signal_new ("rows-changed", YEJI_TYPE_DRAFT, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[ISSUES_CHANGED] = g_signal_new ("issues-changed", YEJI_TYPE_DRAFT, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ENTRY_CHANGED] = g_signal_new ("entry-changed", YEJI_TYPE_DRAFT, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[INSISTED] = g_signal_new ("insisted", YEJI_TYPE_DRAFT, G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TAKEN] = g_signal_new ("taken", YEJI_TYPE_DRAFT, G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
  signals[REPLACED] = g_signal_new ("replaced", YEJI_TYPE_DRAFT, G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
yeji_draft_init (YejiDraft *self)
{
  self->issues = g_list_store_new (YEJI_TYPE_ISSUE);
  self->points = g_list_store_new (YEJI_TYPE_ISSUE);
}

/**
 * yeji_draft_new:
 * @validator: (nullable): %NULL makes one in the user's language
 * @attachments: (element-type YejiAttachment)
 *
 * Returns: (transfer full): a draft of what was read already
 */
YejiDraft *
yeji_draft_new (YejiStore     *store,
                YejiValidator *validator,
                YejiRecord    *record,
                YejiEntry     *entry,
                GPtrArray     *attachments)
{
  YejiDraft *self = g_object_new (YEJI_TYPE_DRAFT, NULL);

  self->store = g_object_ref (store);
  self->validator = validator != NULL
                      ? g_object_ref (validator)
                      : yeji_validator_new (yeji_record_get_dictionary (record),
                                            yeji_language_get_current ());
  follow_record (self, record);
  self->entry = g_object_ref (entry);
  self->insists = yeji_entry_get_revision (entry) != NULL;   /* the province has seen it */
  self->attachments = g_ptr_array_ref (attachments);
  self->keeper = yeji_draft_keeper_new (store, record);
  g_signal_connect_object (self->keeper, "before-save", G_CALLBACK (on_before_save), self, 0);
  g_signal_connect_object (store, "changed", G_CALLBACK (on_store_changed), self, 0);
  update_points (self);
  yeji_draft_validate (self);
  save_counts (self);
  yeji_declared_watch (self);
  return self;
}

/**
 * yeji_draft_new_detached:
 * @record: a copy of its own
 *
 * Makes a draft of something that a record might be: it can be changed and is checked, is never
 * saved by itself, and does not follow the store.
 *
 * Returns: (transfer full): the draft
 */
YejiDraft *
yeji_draft_new_detached (YejiStore     *store,
                         YejiValidator *validator,
                         YejiRecord    *record,
                         YejiEntry     *entry,
                         GPtrArray     *attachments)
{
  YejiDraft *self = yeji_draft_new (store, validator, record, entry, attachments);

  self->detached = TRUE;
  g_signal_handlers_disconnect_by_func (store, on_store_changed, self);
  yeji_draft_validate (self);
  return self;
}

/**
 * yeji_draft_get_store:
 *
 * Returns: (transfer none): where it is kept
 */
YejiStore *
yeji_draft_get_store (YejiDraft *self)
{
  return self->store;
}

YejiValidator *
yeji_draft_get_validator (YejiDraft *self)
{
  return self->validator;
}

/**
 * yeji_draft_get_dictionary:
 *
 * Returns: (transfer none): the record's dictionary
 */
YejiDictionary *
yeji_draft_get_dictionary (YejiDraft *self)
{
  return yeji_record_get_dictionary (self->record);
}

/**
 * yeji_draft_get_record:
 *
 * Returns: (transfer none): the record as it is on screen; another object after "replaced"
 */
YejiRecord *
yeji_draft_get_record (YejiDraft *self)
{
  return self->record;
}

/**
 * yeji_draft_get_entry:
 *
 * Returns: (transfer none): what the store and the province say of it; another object after
 *   "entry-changed"
 */
YejiEntry *
yeji_draft_get_entry (YejiDraft *self)
{
  return self->entry;
}

/**
 * yeji_draft_get_keeper:
 *
 * Returns: (transfer none): what saves it
 */
YejiDraftKeeper *
yeji_draft_get_keeper (YejiDraft *self)
{
  return self->keeper;
}

/**
 * yeji_draft_get_attachments:
 *
 * Returns: (transfer none) (element-type YejiAttachment): its documents; others after
 *   "entry-changed"
 */
GPtrArray *
yeji_draft_get_attachments (YejiDraft *self)
{
  return self->attachments;
}

/**
 * yeji_draft_get_issues:
 *
 * Returns: (transfer none): the problems, #YejiIssue, the gravest first
 */
GListModel *
yeji_draft_get_issues (YejiDraft *self)
{
  return G_LIST_MODEL (self->issues);
}

/**
 * yeji_draft_get_submission:
 *
 * Returns: (nullable) (transfer none): what the reviewer's points speak of; %NULL without points
 */
const YejiSubmission *
yeji_draft_get_submission (YejiDraft *self)
{
  return self->submission;
}

/**
 * yeji_draft_take_submission:
 * @submission: (nullable) (transfer full): what the reviewer's points speak of
 *
 * Says what the record was like when it was returned.
 */
void
yeji_draft_take_submission (YejiDraft      *self,
                            YejiSubmission *submission)
{
  g_return_if_fail (YEJI_IS_DRAFT (self));

  g_clear_pointer (&self->submission, yeji_submission_free);
  self->submission = submission;
  update_points (self);
}

/**
 * yeji_draft_get_points:
 *
 * Returns: (transfer none): the reviewer's points, #YejiIssue
 */
GListModel *
yeji_draft_get_points (YejiDraft *self)
{
  return G_LIST_MODEL (self->points);
}

/**
 * yeji_draft_get_uuid:
 *
 * Returns: the record's uuid
 */
const char *
yeji_draft_get_uuid (YejiDraft *self)
{
  return yeji_record_get_uuid (self->record);
}

/**
 * yeji_draft_get_title:
 *
 * Returns: (nullable): what names the record, %NULL while nothing does
 */
const char *
yeji_draft_get_title (YejiDraft *self)
{
  const char *title = yeji_row_get_title (yeji_record_get_project (self->record));

  return title != NULL && *title != '\0' ? title : NULL;
}

/**
 * yeji_draft_is_editable:
 *
 * Returns: whether its state allows to change it
 */
gboolean
yeji_draft_is_editable (YejiDraft *self)
{
  return self->detached || yeji_entry_is_editable (self->entry);
}

/**
 * yeji_draft_begin:
 * @why: static; as for yeji_store_save()
 * @key: (nullable): the same goes on with the step before; %NULL is none
 *
 * Makes one step of all that is edited until yeji_draft_end().
 */
void
yeji_draft_begin (YejiDraft  *self,
                  const char *why,
                  const char *key)
{
  g_return_if_fail (YEJI_IS_DRAFT (self));
  g_return_if_fail (self->scope == NULL);

  self->scope = key != NULL ? g_strdup (key)
                            : g_strdup_printf ("%s %" G_GUINT64_FORMAT, why, ++self->n_scopes);
  self->scope_why = why;
}

/**
 * yeji_draft_end:
 *
 * Ends what yeji_draft_begin() began.
 */
void
yeji_draft_end (YejiDraft *self)
{
  g_return_if_fail (YEJI_IS_DRAFT (self));

  g_clear_pointer (&self->scope, g_free);
}

/**
 * yeji_draft_begin_step:
 *
 * Says that something comes that is a step by itself. What is edited before and after is saved
 * apart from it.
 */
void
yeji_draft_begin_step (YejiDraft *self)
{
  g_autofree char *key = NULL;

  g_return_if_fail (YEJI_IS_DRAFT (self));

  if (self->scope == NULL)
    key = g_strdup_printf ("%" G_GUINT64_FORMAT, ++self->n_scopes);
  yeji_draft_keeper_begin (self->keeper, self->scope != NULL ? self->scope : key);
}

/**
 * yeji_draft_get_n_edits:
 *
 * Returns: a number that is another whenever the record is another
 */
guint64
yeji_draft_get_n_edits (YejiDraft *self)
{
  return self->n_edits;
}

/**
 * yeji_draft_follow:
 * @changes: (element-type YejiChange): what was changed in the store, an undo
 *
 * Does the same on the screen. It is saved already.
 */
void
yeji_draft_follow (YejiDraft *self,
                   GPtrArray *changes)
{
  g_autoptr (GHashTable) told = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) applied = NULL;

  g_return_if_fail (YEJI_IS_DRAFT (self));

  g_signal_handlers_block_by_func (self->record, on_notes_changed, self);
  applied = yeji_record_apply (self->record, changes, FALSE);
  g_signal_handlers_unblock_by_func (self->record, on_notes_changed, self);
  self->n_edits++;
  for (guint i = 0; i < applied->len; i++)
    tell_change (self, g_ptr_array_index (applied, i), told);
  yeji_draft_validate (self);
  g_signal_emit (self, signals[ENTRY_CHANGED], 0);
}

/**
 * yeji_draft_set_value:
 *
 * Sets a value as typed. Problems follow within moments, the disk within a second.
 */
void
yeji_draft_set_value (YejiDraft          *self,
                      YejiRow            *row,
                      const YejiFieldDef *field,
                      const char         *value)
{
  g_return_if_fail (YEJI_IS_DRAFT (self));

  if (g_str_equal (yeji_row_get (row, field), value))
    return;
  begin_value (self, row, field);
  yeji_record_set (self->record, row, field, value);
  yeji_draft_touch (self, "typed");
  g_signal_emit (self, signals[VALUE_CHANGED], 0, row, field);
}

/**
 * yeji_draft_set_role:
 * @role: a role's id
 *
 * Says as what the enterprise declares the record.
 */
void
yeji_draft_set_role (YejiDraft  *self,
                     const char *role)
{
  if (g_strcmp0 (yeji_record_get_role (self->record), role) == 0)
    return;
  yeji_draft_begin_step (self);
  yeji_record_set_role (self->record, role);
  yeji_draft_touch (self, "typed");
  g_signal_emit (self, signals[ENTRY_CHANGED], 0);
}

/**
 * yeji_draft_replace:
 * @source: a record of a file
 *
 * Takes all values of another record. The draft stays itself: its uuid, its documents and its
 * history, in which this is one step.
 *
 * Returns: %TRUE when it was done
 */
gboolean
yeji_draft_replace (YejiDraft   *self,
                    YejiRecord  *source,
                    GError     **error)
{
  g_autoptr (JsonNode) node = yeji_record_to_json (source);
  g_autoptr (YejiRecord) record = NULL;

  json_object_set_string_member (json_node_get_object (node), "uuid", yeji_draft_get_uuid (self));
  record = yeji_record_new_from_json (yeji_draft_get_dictionary (self), node, error);
  if (record == NULL)
    return FALSE;
  yeji_draft_begin_step (self);
  set_record (self, record);
  yeji_draft_touch (self, "imported");
  yeji_draft_validate (self);
  g_signal_emit (self, signals[ENTRY_CHANGED], 0);
  return TRUE;
}

/**
 * yeji_draft_insist:
 *
 * Points out every empty field that must be filled. Until then those are calm that nobody has been
 * in, since a new record misses everything.
 */
void
yeji_draft_insist (YejiDraft *self)
{
  g_return_if_fail (YEJI_IS_DRAFT (self));

  if (self->insists)
    return;
  self->insists = TRUE;
  g_signal_emit (self, signals[INSISTED], 0);
}

/**
 * yeji_draft_insists:
 *
 * Returns: whether every empty field that must be filled is pointed out
 */
gboolean
yeji_draft_insists (YejiDraft *self)
{
  return self->insists;
}

/**
 * yeji_draft_validate:
 *
 * Brings the problems up to date now. A record that cannot be edited has none: nobody could do
 * anything about them.
 */
void
yeji_draft_validate (YejiDraft *self)
{
  g_autofree char *today = yeji_clock_today ();
  g_auto (GStrv) slots = yeji_draft_get_filled_slots (self);
  g_autoptr (GPtrArray) issues = NULL;

  g_clear_handle_id (&self->validation, g_source_remove);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  self->problems = yeji_draft_is_editable (self)
                     ? yeji_live_check_run (self->check, today, (const char * const *) slots)
                     : g_ptr_array_new ();
  g_clear_pointer (&self->facts, yeji_facts_free);
  if (yeji_draft_is_editable (self))
    self->facts = yeji_facts_new_for (self->validator, self->record, self->problems,
                                      (const char * const *) slots);
  yeji_draft_keeper_set_facts (self->keeper, self->facts);
  issues = yeji_issues_new_for_problems (self->record, self->problems);
  if (yeji_issues_update (self->issues, issues))
    g_signal_emit (self, signals[ISSUES_CHANGED], 0);
}

/**
 * yeji_draft_get_facts:
 *
 * Returns: (transfer none) (nullable): what the last check found in all; %NULL when the record
 *   cannot be edited
 */
const YejiFacts *
yeji_draft_get_facts (YejiDraft *self)
{
  return self->facts;
}

/**
 * yeji_draft_get_problems:
 *
 * Returns: (transfer none) (element-type YejiProblem): what the last check found, in form order;
 *   others after each check
 */
GPtrArray *
yeji_draft_get_problems (YejiDraft *self)
{
  return self->problems;
}

/**
 * yeji_draft_get_normaliser:
 *
 * Returns: (transfer none): what offers to write a value right
 */
YejiNormaliser *
yeji_draft_get_normaliser (YejiDraft *self)
{
  static const char key[] = "yeji-normaliser";
  YejiNormaliser *normaliser = g_object_get_data (G_OBJECT (self->validator), key);

  /* Drafts that share a validator share this too: it indexes every name of every code list. */
  if (normaliser == NULL)
    {
      normaliser = yeji_normaliser_new (yeji_draft_get_dictionary (self));
      g_object_set_data_full (G_OBJECT (self->validator), key, normaliser, g_object_unref);
    }
  return normaliser;
}

/**
 * yeji_draft_refresh:
 *
 * Asks the store for news: state, documents, and the record when somebody else changed it.
 */
void
yeji_draft_refresh (YejiDraft *self)
{
  Asked *asked = g_new (Asked, 1);

  asked->number = ++self->n_asked;
  asked->n_edits = self->n_edits;
  yeji_draft_news_ask (self, self->store, yeji_draft_get_uuid (self),
                       !yeji_record_is_seen (self->record), on_refreshed, asked);
}
