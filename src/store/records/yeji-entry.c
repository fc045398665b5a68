// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-entry"

#include "config.h"

#include "yeji-bin-private.h"
#include "yeji-petition.h"
#include "yeji-store-private.h"

/**
 * YejiEntry:
 *
 * What a list shows of a record, as it was when it was read.
 */
struct _YejiEntry
{
  GObject parent_instance;

  char *uuid;
  char *name;
  char *number;
  char *role;
  char *server_state;
  char *grade;
  char *office;
  char *reviewer;
  YejiNational *national;      /* (nullable) */
  char *revision;
  char *message;
  char *changed_at;
  char *removed_at;            /* (nullable) */
  gboolean checked;
  YejiFacts facts;
  guint n_conflicts;           /* that are not decided */
  guint n_documents;
  guint n_received;
  guint n_bin_days;            /* on which the profile was open since it is in the bin */
  gboolean edited_since;
  gboolean removed;
  gboolean queued;
  GPtrArray *points;           /* (element-type YejiPoint) */
};

/* The wire's word for each state that the province decides. */
static const struct
{
  const char *word;
  YejiState state;
  gboolean editable;
} server_states[] = {
  { "submitted",            YEJI_STATE_SUBMITTED,            FALSE },
  { "in_review",            YEJI_STATE_IN_REVIEW,            FALSE },
  { "returned",             YEJI_STATE_RETURNED,             TRUE },
  { "approved",             YEJI_STATE_APPROVED,             FALSE },
  { "incomplete",           YEJI_STATE_INCOMPLETE,           TRUE },
  { "correction_requested", YEJI_STATE_CORRECTION_REQUESTED, FALSE },
  { "withdrawn",            YEJI_STATE_WITHDRAWN,            TRUE },
  { "removed",              YEJI_STATE_REMOVED_THERE,        TRUE },
  { "revoked",              YEJI_STATE_REVOKED,              FALSE },
};

/* A word of a newer province: the record is in its hands in some way. */
#define UNKNOWN_STATE YEJI_STATE_IN_REVIEW

static const char *const state_texts[N_YEJI_STATES] = {
  [YEJI_STATE_DRAFT] = "draft",
  [YEJI_STATE_READY] = "ready",
  [YEJI_STATE_QUEUED] = "queued",
  [YEJI_STATE_SUBMITTED] = "submitted",
  [YEJI_STATE_IN_REVIEW] = "in_review",
  [YEJI_STATE_RETURNED] = "returned",
  [YEJI_STATE_APPROVED] = "approved",
  [YEJI_STATE_INCOMPLETE] = "incomplete",
  [YEJI_STATE_CORRECTION_REQUESTED] = "correction_requested",
  [YEJI_STATE_WITHDRAWN] = "withdrawn",
  [YEJI_STATE_REMOVED] = "removed",
  [YEJI_STATE_REMOVED_THERE] = "removed_there",
  [YEJI_STATE_REVOKED] = "revoked",
};

/* f is the same record, read from an index: in its row the body stands before these columns. */
#define ENTRY_SELECT \
  "SELECT r.uuid, r.name, r.number, r.role, r.server_state, r.grade, r.office, r.reviewer," \
  " r.revision, coalesce (r.refusal, r.message), r.changed_at, coalesce (r.n_errors, -1)," \
  " r.n_warnings, r.base_digest IS NOT NULL AND r.base_digest <> r.digest," \
  " r.removed_at, EXISTS (SELECT 1 FROM outbox o WHERE o.uuid = r.uuid)," \
  " (SELECT count (*) FROM attachment a WHERE a.record = r.uuid AND a.removed_at IS NULL)," \
  " (SELECT count (*) FROM attachment a WHERE a.record = r.uuid AND a.removed_at IS NULL" \
  "  AND a.received_at IS NOT NULL)," \
  " CASE WHEN r.removed_at IS NOT NULL THEN " YEJI_BIN_N_DAYS ("r.bin_since") " END," \
  " coalesce (f.completeness, -1), coalesce (f.outcome, -1), coalesce (f.n_slots, -1)," \
  " coalesce (f.n_filled_slots, -1)," \
  " (SELECT count (*) FROM conflict c WHERE c.record = r.uuid AND c.settled = 0)," \
  " r.national" \
  " FROM record r CROSS JOIN record f INDEXED BY record_by_change" \
  " ON f.changed_at = r.changed_at AND f.uuid = r.uuid "

G_DEFINE_FINAL_TYPE (YejiEntry, yeji_entry, G_TYPE_OBJECT)

static void
yeji_entry_finalize (GObject *object)
{
  YejiEntry *self = YEJI_ENTRY (object);

  g_free (self->uuid);
  g_free (self->name);
  g_free (self->number);
  g_free (self->role);
  g_free (self->server_state);
  g_free (self->grade);
  g_free (self->office);
  g_free (self->reviewer);
  yeji_national_free (self->national);
  g_free (self->revision);
  g_free (self->message);
  g_free (self->changed_at);
  g_free (self->removed_at);
  g_ptr_array_unref (self->points);
  G_OBJECT_CLASS (yeji_entry_parent_class)->finalize (object);
}

static void
yeji_entry_class_init (YejiEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_entry_finalize;
}

static void
yeji_entry_init (YejiEntry *self)
{
  self->points = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_point_free);
}

static YejiEntry *
new_from_rows (YejiRows *rows)
{
  YejiEntry *self = g_object_new (YEJI_TYPE_ENTRY, NULL);

  self->uuid = yeji_rows_dup_text (rows, 0);
  self->name = yeji_rows_dup_text (rows, 1);
  self->number = yeji_rows_dup_text (rows, 2);
  self->role = yeji_rows_dup_text (rows, 3);
  self->server_state = yeji_rows_dup_text (rows, 4);
  self->grade = yeji_rows_dup_text (rows, 5);
  self->office = yeji_rows_dup_text (rows, 6);
  self->reviewer = yeji_rows_dup_text (rows, 7);
  self->revision = yeji_rows_dup_text (rows, 8);
  self->message = yeji_rows_dup_text (rows, 9);
  self->changed_at = yeji_rows_dup_text (rows, 10);
  self->checked = yeji_rows_int (rows, 11) >= 0;
  self->facts.n_errors = (guint) MAX (yeji_rows_int (rows, 11), 0);
  self->facts.n_warnings = (guint) yeji_rows_int (rows, 12);
  self->edited_since = yeji_rows_int (rows, 13) != 0;
  self->removed_at = yeji_rows_dup_text (rows, 14);
  self->removed = self->removed_at != NULL;
  self->queued = yeji_rows_int (rows, 15) != 0;
  self->n_documents = (guint) yeji_rows_int (rows, 16);
  self->n_received = (guint) yeji_rows_int (rows, 17);
  self->n_bin_days = (guint) yeji_rows_int (rows, 18);
  self->facts.completeness = (int) CLAMP (yeji_rows_int (rows, 19), -1, 100);
  self->facts.outcome = (int) CLAMP (yeji_rows_int (rows, 20), -1, YEJI_FACTS_BEST_OUTCOME);
  self->facts.n_slots = (int) CLAMP (yeji_rows_int (rows, 21), -1, G_MAXINT);
  self->facts.n_filled_slots = (int) CLAMP (yeji_rows_int (rows, 22), -1, G_MAXINT);
  self->n_conflicts = (guint) yeji_rows_int (rows, 23);
  self->national = yeji_national_parse (yeji_rows_text (rows, 24));
  return self;
}

/* Where the province says nothing, or "draft", the clerk's own facts decide: FALSE. */
static gboolean
find_server_state (const char *word,
                   YejiState  *state,
                   gboolean   *editable)
{
  if (word == NULL || g_str_equal (word, "draft"))
    return FALSE;
  *state = UNKNOWN_STATE;
  *editable = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (server_states); i++)
    if (g_str_equal (server_states[i].word, word))
      {
        *state = server_states[i].state;
        *editable = server_states[i].editable;
      }
  return TRUE;
}

static gboolean
read_points (YejiRows    *rows,
             GHashTable  *entries,
             GError     **error)
{
  g_autoptr (GError) local_error = NULL;

  while (yeji_rows_next (rows, &local_error))
    {
      YejiEntry *entry = g_hash_table_lookup (entries, yeji_rows_text (rows, 0));

      if (entry != NULL)
        g_ptr_array_add (entry->points, yeji_point_new (yeji_rows_text (rows, 1),
                                                        yeji_rows_text (rows, 2)));
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Takes what two queries yield: entries, and the points of all of them. */
static GPtrArray *
read_entries (YejiRows  *rows,
              YejiRows  *points,
              GError   **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) by_uuid = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) local_error = NULL;

  if (rows == NULL || points == NULL)
    return NULL;
  while (yeji_rows_next (rows, &local_error))
    {
      YejiEntry *entry = new_from_rows (rows);

      g_ptr_array_add (entries, entry);
      g_hash_table_insert (by_uuid, entry->uuid, entry);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (!read_points (points, by_uuid, error))
    return NULL;
  return g_steal_pointer (&entries);
}

/**
 * yeji_entry_make_state_sql: (skip)
 * @with_outbox: %FALSE for what the state would be if nothing waited to be sent
 *
 * Makes the expression that is for a row of record, called r, what yeji_entry_get_state() is for an
 * entry; a test compares the two. It reads removed_at, server_state and n_errors, and uuid for the
 * outbox.
 *
 * Returns: (transfer full): an expression whose value is a #YejiState
 */
char *
yeji_entry_make_state_sql (gboolean with_outbox)
{
  GString *sql = g_string_new (NULL);

  g_string_append_printf (sql,
                          "CASE WHEN r.removed_at IS NOT NULL THEN %d"
                          " WHEN %s THEN %d"
                          " WHEN coalesce (r.server_state, 'draft') = 'draft'"
                          " THEN iif (r.n_errors = 0, %d, %d)",
                          YEJI_STATE_REMOVED,
                          with_outbox ? "EXISTS (SELECT 1 FROM outbox o WHERE o.uuid = r.uuid)"
                                      : "FALSE",
                          YEJI_STATE_QUEUED, YEJI_STATE_READY, YEJI_STATE_DRAFT);
  for (guint i = 0; i < G_N_ELEMENTS (server_states); i++)
    g_string_append_printf (sql, " WHEN r.server_state = '%s' THEN %d", server_states[i].word,
                            server_states[i].state);
  g_string_append_printf (sql, " ELSE %d END", UNKNOWN_STATE);
  return g_string_free (sql, FALSE);
}

/**
 * yeji_entry_read_all: (skip)
 *
 * Returns: (transfer full) (nullable): all entries, the one that was changed last first
 */
GPtrArray *
yeji_entry_read_all (YejiSql  *sql,
                     GError  **error)
{
  g_autoptr (YejiRows) points = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         ENTRY_SELECT "ORDER BY r.changed_at DESC, r.rowid DESC", "");
  if (rows != NULL)
    points = yeji_sql_query (sql, error,
                             "SELECT record, pointer, comment FROM point ORDER BY rowid", "");
  return read_entries (rows, points, error);
}

/**
 * yeji_entry_read: (skip)
 *
 * Returns: (transfer full) (nullable): the entry, or %NULL with %YEJI_STORE_ERROR_NOT_FOUND
 */
YejiEntry *
yeji_entry_read (YejiSql     *sql,
                 const char  *uuid,
                 GError     **error)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (YejiRows) points = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error, ENTRY_SELECT "WHERE r.uuid = ?1", "s", uuid);
  if (rows != NULL)
    points = yeji_sql_query (sql, error,
                             "SELECT record, pointer, comment FROM point WHERE record = ?1"
                             " ORDER BY rowid", "s", uuid);
  entries = read_entries (rows, points, error);
  if (entries == NULL)
    return NULL;
  if (entries->len == 0)
    {
      g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND, "no record %s", uuid);
      return NULL;
    }
  return g_ptr_array_steal_index (entries, 0);
}

/**
 * yeji_entry_require_editable: (skip)
 *
 * Returns: %FALSE with %YEJI_STORE_ERROR_STATE when the clerk may not change the record
 */
gboolean
yeji_entry_require_editable (YejiSql     *sql,
                             const char  *uuid,
                             GError     **error)
{
  g_autoptr (YejiEntry) entry = yeji_entry_read (sql, uuid, error);

  if (entry == NULL)
    return FALSE;
  if (yeji_entry_is_editable (entry))
    return TRUE;
  g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE, "the record is %s, and fixed",
               yeji_state_to_text (yeji_entry_get_state (entry)));
  return FALSE;
}

const char *
yeji_entry_get_uuid (YejiEntry *self)
{
  return self->uuid;
}

/**
 * yeji_entry_get_name:
 *
 * Returns: (not nullable): what names the project, "" when nothing does yet
 */
const char *
yeji_entry_get_name (YejiEntry *self)
{
  return self->name;
}

/**
 * yeji_entry_get_number:
 *
 * Returns: (not nullable): the number that the platform assigns, "" when there is none yet
 */
const char *
yeji_entry_get_number (YejiEntry *self)
{
  return self->number;
}

const char *
yeji_entry_get_role (YejiEntry *self)
{
  return self->role;
}

/**
 * yeji_entry_get_state:
 *
 * Derives the state from what is known: bin, outbox, the province's last word, problems.
 */
YejiState
yeji_entry_get_state (YejiEntry *self)
{
  YejiState state;
  gboolean editable;

  if (self->removed)
    return YEJI_STATE_REMOVED;
  if (self->queued)
    return YEJI_STATE_QUEUED;
  if (find_server_state (self->server_state, &state, &editable))
    return state;
  return self->checked && self->facts.n_errors == 0 ? YEJI_STATE_READY : YEJI_STATE_DRAFT;
}

const char *
yeji_entry_get_grade (YejiEntry *self)
{
  return self->grade;
}

const char *
yeji_entry_get_office (YejiEntry *self)
{
  return self->office;
}

const char *
yeji_entry_get_reviewer (YejiEntry *self)
{
  return self->reviewer;
}

/**
 * yeji_entry_get_national:
 *
 * Returns: (nullable) (transfer none): how it stands with the national platform; %NULL while that
 *   was told nothing of it
 */
const YejiNational *
yeji_entry_get_national (YejiEntry *self)
{
  return self->national;
}

/**
 * yeji_entry_get_revision:
 *
 * Returns: (nullable): the province's revision, %NULL while it does not know the record
 */
const char *
yeji_entry_get_revision (YejiEntry *self)
{
  return self->revision;
}

/**
 * yeji_entry_get_message:
 *
 * Returns: (nullable): why the last submission was refused, else the reviewer's message
 */
const char *
yeji_entry_get_message (YejiEntry *self)
{
  return self->message;
}

/**
 * yeji_entry_get_points:
 *
 * Returns: (transfer none) (element-type YejiPoint): the reviewer's points, and those of a refused
 * submission
 */
GPtrArray *
yeji_entry_get_points (YejiEntry *self)
{
  return self->points;
}

/**
 * yeji_entry_is_checked:
 *
 * Returns: whether it is known what a check finds; not so after a move to another dictionary
 */
gboolean
yeji_entry_is_checked (YejiEntry *self)
{
  return self->checked;
}

/**
 * yeji_entry_get_facts:
 *
 * Returns: (not nullable): what the last check found; the getters below say what it is when nothing
 * is known
 */
const YejiFacts *
yeji_entry_get_facts (YejiEntry *self)
{
  return &self->facts;
}

/**
 * yeji_entry_get_n_errors:
 *
 * Returns: how many errors the last check found, 0 if there was none
 */
guint
yeji_entry_get_n_errors (YejiEntry *self)
{
  return self->facts.n_errors;
}

guint
yeji_entry_get_n_warnings (YejiEntry *self)
{
  return self->facts.n_warnings;
}

/**
 * yeji_entry_get_completeness:
 *
 * Returns: how much of what the standard asks for is there, in percent, -1 while it is unknown
 */
int
yeji_entry_get_completeness (YejiEntry *self)
{
  return self->facts.completeness;
}

/**
 * yeji_entry_get_outcome:
 *
 * Returns: a YejiOutcome, what would become of the record by the last check: 0 refused, 1 D, 2 the
 * national platform; -1 while it is unknown
 */
int
yeji_entry_get_outcome (YejiEntry *self)
{
  return self->facts.outcome;
}

/**
 * yeji_entry_get_n_slots:
 *
 * Returns: how many document slots the record must fill, 0 while it is unknown
 */
guint
yeji_entry_get_n_slots (YejiEntry *self)
{
  return (guint) MAX (self->facts.n_slots, 0);
}

/**
 * yeji_entry_get_n_filled_slots:
 *
 * Returns: how many of the slots that the record must fill have a document
 */
guint
yeji_entry_get_n_filled_slots (YejiEntry *self)
{
  return (guint) MAX (self->facts.n_filled_slots, 0);
}

/**
 * yeji_entry_get_n_conflicts:
 *
 * Returns: in how many places the clerk and the province both changed it and nobody decided, see
 *   yeji_store_get_conflicts()
 */
guint
yeji_entry_get_n_conflicts (YejiEntry *self)
{
  return self->n_conflicts;
}

guint
yeji_entry_get_n_documents (YejiEntry *self)
{
  return self->n_documents;
}

/**
 * yeji_entry_get_n_received:
 *
 * Returns: how many of the documents the province has
 */
guint
yeji_entry_get_n_received (YejiEntry *self)
{
  return self->n_received;
}

/**
 * yeji_entry_get_removed_at:
 *
 * Returns: (nullable): when it was moved to the bin, RFC 3339; %NULL when it is not there
 */
const char *
yeji_entry_get_removed_at (YejiEntry *self)
{
  return self->removed_at;
}

/**
 * yeji_entry_get_days_left:
 *
 * Returns: for how many days the bin still keeps it, as yeji_bin_count_days_left() says; 0 when it
 * is not there
 */
guint
yeji_entry_get_days_left (YejiEntry *self)
{
  return self->removed_at != NULL
    ? yeji_bin_count_days_left (self->removed_at, self->n_bin_days) : 0;
}

const char *
yeji_entry_get_changed_at (YejiEntry *self)
{
  return self->changed_at;
}

/**
 * yeji_entry_get_edited_since:
 *
 * Returns: whether the record here says something else than the one that the province has
 */
gboolean
yeji_entry_get_edited_since (YejiEntry *self)
{
  return self->edited_since;
}

/**
 * yeji_entry_is_editable:
 *
 * Returns: whether the clerk may change the record. A queued one may be changed: what was submitted
 * stays as it was.
 */
gboolean
yeji_entry_is_editable (YejiEntry *self)
{
  return !self->removed && yeji_entry_is_in_hand (self);
}

/**
 * yeji_entry_is_in_hand: (skip)
 *
 * Returns: whether the record is the clerk's and not the province's just now, be it in the bin
 */
gboolean
yeji_entry_is_in_hand (YejiEntry *self)
{
  YejiState state;
  gboolean editable;

  return !find_server_state (self->server_state, &state, &editable) || editable;
}

/**
 * yeji_state_to_text:
 *
 * Returns: the state's word, a code that is never translated
 */
const char *
yeji_state_to_text (YejiState state)
{
  g_return_val_if_fail (state < N_YEJI_STATES, NULL);
  return state_texts[state];
}

YejiAnswer *
yeji_answer_new (void)
{
  YejiAnswer *self = g_new0 (YejiAnswer, 1);

  self->points = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_point_free);
  return self;
}

void
yeji_answer_free (YejiAnswer *self)
{
  if (self == NULL)
    return;
  g_free (self->uuid);
  g_free (self->revision);
  g_free (self->state);
  g_free (self->grade);
  g_free (self->office);
  g_free (self->reviewer);
  g_free (self->message);
  g_free (self->at);
  g_free (self->files_at);
  g_free (self->national);
  g_clear_pointer (&self->points, g_ptr_array_unref);
  g_free (self->record);
  g_free (self->content);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_free (self->receipt);
  g_clear_pointer (&self->petition, yeji_petition_free);
  g_free (self);
}

YejiProvinceFile *
yeji_province_file_new (const char *slot,
                        const char *sha256,
                        const char *filename,
                        const char *media_type,
                        gint64      size)
{
  YejiProvinceFile *self = g_new (YejiProvinceFile, 1);

  self->slot = g_strdup (slot);
  self->sha256 = g_strdup (sha256);
  self->filename = g_strdup (filename);
  self->media_type = g_strdup (media_type);
  self->size = size;
  return self;
}

void
yeji_province_file_free (YejiProvinceFile *self)
{
  g_free (self->slot);
  g_free (self->sha256);
  g_free (self->filename);
  g_free (self->media_type);
  g_free (self);
}

YejiPoint *
yeji_point_new (const char *pointer,
                const char *comment)
{
  YejiPoint *self = g_new (YejiPoint, 1);

  self->pointer = g_strdup (pointer);
  self->comment = g_strdup (comment);
  return self;
}

void
yeji_point_free (YejiPoint *self)
{
  if (self == NULL)
    return;
  g_free (self->pointer);
  g_free (self->comment);
  g_free (self);
}
