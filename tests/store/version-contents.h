// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* What a profile says, once by plain SQL from the database of an earlier version, once by the
 * store: the same lines. */

#pragma once

#include "version-fixture.h"
#include "yeji-json.h"
#include "yeji-store-index.h"
#include "yeji-store-vault.h"

G_BEGIN_DECLS

/* How far the search index is tells nothing of what the profile holds. */
#define VERSION_KEPT " WHERE name <> '" YEJI_SEARCH_SETTING "'"

/* How a setting begins that is sealed as a whole. */
#define VERSION_SEALED "yeji-sealed:"

/* A query of version 1 or 2 and how the store tells the same. */
typedef struct
{
  const char *what;
  guint since;                 /* the first version that has it */
  const char *query;
  void (*tell) (YejiStore *store, GPtrArray *lines);
} VersionAspect;

static inline const char *
version_text (const char *text)
{
  return text != NULL ? text : VERSION_NULL;
}

G_GNUC_PRINTF (2, 3)
static inline void
version_add (GPtrArray  *lines,
             const char *format,
             ...)
{
  va_list values;

  va_start (values, format);
  g_ptr_array_add (lines, g_strdup_vprintf (format, values));
  va_end (values);
}

static inline GPtrArray *
version_list_entries (YejiStore *store)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *entries = yeji_store_list (store, &error);

  g_assert_no_error (error);
  return entries;
}

static inline void
version_tell_entries (YejiStore *store,
                      GPtrArray *lines)
{
  g_autoptr (GPtrArray) entries = version_list_entries (store);

  for (guint i = 0; i < entries->len; i++)
    {
      YejiEntry *entry = g_ptr_array_index (entries, i);
      g_autofree char *found = g_strdup_printf ("%u | %u", yeji_entry_get_n_errors (entry),
                                                yeji_entry_get_n_warnings (entry));

      version_add (lines,
                   "%s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %d | %u | %u",
                   yeji_entry_get_uuid (entry), yeji_entry_get_name (entry),
                   yeji_entry_get_number (entry), yeji_entry_get_role (entry),
                   yeji_state_to_text (yeji_entry_get_state (entry)),
                   version_text (yeji_entry_get_grade (entry)),
                   version_text (yeji_entry_get_office (entry)),
                   version_text (yeji_entry_get_reviewer (entry)),
                   version_text (yeji_entry_get_revision (entry)),
                   version_text (yeji_entry_get_message (entry)),
                   yeji_entry_get_changed_at (entry),
                   yeji_entry_is_checked (entry) ? found : "not checked",
                   yeji_entry_get_edited_since (entry), yeji_entry_get_n_documents (entry),
                   yeji_entry_get_n_received (entry));
    }
}

static inline int
version_compare_uuids (gconstpointer a,
                       gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* In the order of the uuids, which no change of the list's order touches. */
static inline GPtrArray *
version_list_uuids (YejiStore *store)
{
  g_autoptr (GPtrArray) entries = version_list_entries (store);
  GPtrArray *uuids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (uuids, g_strdup (yeji_entry_get_uuid (g_ptr_array_index (entries, i))));
  g_ptr_array_sort (uuids, version_compare_uuids);
  return uuids;
}

static inline void
version_tell_points (YejiStore *store,
                     GPtrArray *lines)
{
  g_autoptr (GPtrArray) uuids = version_list_uuids (store);

  for (guint i = 0; i < uuids->len; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (YejiEntry) entry = NULL;
      GPtrArray *points;

      entry = yeji_store_get_entry (store, g_ptr_array_index (uuids, i), &error);
      g_assert_no_error (error);
      points = yeji_entry_get_points (entry);
      for (guint j = 0; j < points->len; j++)
        {
          const YejiPoint *point = g_ptr_array_index (points, j);

          version_add (lines, "%s | %s | %s", yeji_entry_get_uuid (entry), point->pointer,
                       point->comment);
        }
    }
}

static inline void
version_tell_bodies (YejiStore *store,
                     GPtrArray *lines)
{
  g_autoptr (GPtrArray) uuids = version_list_uuids (store);

  for (guint i = 0; i < uuids->len; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (YejiRecord) record = NULL;
      g_autofree char *text = NULL;

      record = yeji_store_load_as_is (store, g_ptr_array_index (uuids, i), &error);
      g_assert_no_error (error);
      text = yeji_record_to_text (record);
      version_add (lines, "%s | %s", (const char *) g_ptr_array_index (uuids, i), text);
    }
}

static inline void
version_tell_history (YejiStore *store,
                      GPtrArray *lines)
{
  g_autoptr (GPtrArray) uuids = version_list_uuids (store);

  for (guint i = 0; i < uuids->len; i++)
    {
      const char *uuid = g_ptr_array_index (uuids, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) history = yeji_store_get_history (store, uuid, &error);

      g_assert_no_error (error);
      for (guint j = 0; j < history->len; j++)
        {
          const YejiHistoryLine *line = g_ptr_array_index (history, j);

          version_add (lines, "%s | %" G_GINT64_FORMAT " | %s | %s | %s | %s | %s | %s | %s | %s",
                       uuid, line->step, line->change->table, line->change->row,
                       line->change->field, version_text (line->change->before),
                       version_text (line->change->after), line->at, line->who, line->why);
        }
    }
}

static inline void
version_add_attachment (GPtrArray      *lines,
                        YejiAttachment *attachment,
                        const char     *of)
{
  version_add (lines, "%s%s | %s | %s | %s | %s | %s | %" G_GINT64_FORMAT " | %s | %d", of,
               yeji_attachment_get_id (attachment), yeji_attachment_get_record (attachment),
               yeji_attachment_get_slot (attachment), yeji_attachment_get_sha256 (attachment),
               yeji_attachment_get_filename (attachment),
               yeji_attachment_get_media_type (attachment), yeji_attachment_get_size (attachment),
               version_text (yeji_attachment_get_upload_url (attachment)),
               yeji_attachment_is_received (attachment));
}

static inline void
version_tell_documents (YejiStore *store,
                        GPtrArray *lines)
{
  g_autoptr (GPtrArray) uuids = version_list_uuids (store);

  for (guint i = 0; i < uuids->len; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) all = NULL;

      all = yeji_store_get_attachments (store, g_ptr_array_index (uuids, i), &error);
      g_assert_no_error (error);
      for (guint j = 0; j < all->len; j++)
        version_add_attachment (lines, g_ptr_array_index (all, j), "");
    }
}

/* Every content that an attachment names, detached ones too: read and summed anew. */
static inline void
version_tell_contents (YejiStore *store,
                       GPtrArray *lines)
{
  g_autofree char *path = g_build_filename (yeji_store_get_directory (store), "yeji.sqlite", NULL);
  g_autoptr (GPtrArray) sums = version_read (path, "SELECT DISTINCT sha256 FROM attachment"
                                                   " ORDER BY sha256");

  for (guint i = 0; i < sums->len; i++)
    {
      g_autoptr (GFile) file = yeji_store_get_file (store, g_ptr_array_index (sums, i));
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) content = g_file_load_bytes (file, NULL, NULL, &error);

      g_assert_no_error (error);
      g_ptr_array_add (lines, g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content));
    }
}

static inline GPtrArray *
version_list_outbox (YejiStore *store)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *items = yeji_store_get_outbox (store, &error);

  g_assert_no_error (error);
  return items;
}

static inline void
version_tell_outbox (YejiStore *store,
                     GPtrArray *lines)
{
  g_autoptr (GPtrArray) items = version_list_outbox (store);

  for (guint i = 0; i < items->len; i++)
    {
      const YejiOutboxItem *item = g_ptr_array_index (items, i);

      version_add (lines, "%" G_GINT64_FORMAT " | %s | %s | %s | %s | %s | %s | %u"
                   " | %" G_GINT64_FORMAT " | %s", item->seq, item->uuid, item->body, item->files,
                   item->key, version_text (item->base_revision), item->queued_at, item->attempts,
                   item->next_attempt, version_text (item->message));
    }
}

static inline void
version_tell_submitted (YejiStore *store,
                        GPtrArray *lines)
{
  g_autoptr (GPtrArray) items = version_list_outbox (store);

  for (guint i = 0; i < items->len; i++)
    {
      const YejiOutboxItem *item = g_ptr_array_index (items, i);
      g_autofree char *of = g_strdup_printf ("%" G_GINT64_FORMAT " | ", item->seq);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) all = yeji_store_get_submitted_files (store, item->seq, &error);

      g_assert_no_error (error);
      for (guint j = 0; j < all->len; j++)
        version_add_attachment (lines, g_ptr_array_index (all, j), of);
    }
}

static inline void
version_tell_moves (YejiStore *store,
                    GPtrArray *lines)
{
  g_autoptr (GPtrArray) uuids = version_list_uuids (store);

  for (guint i = 0; i < uuids->len; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) reports = NULL;

      reports = yeji_store_list_move_reports (store, g_ptr_array_index (uuids, i), &error);
      g_assert_no_error (error);
      for (guint j = reports->len; j > 0; j--)
        {
          const YejiMoveReport *report = g_ptr_array_index (reports, j - 1);
          g_autoptr (YejiRecord) before = yeji_store_load_before_move (store, report->seq, &error);
          g_autoptr (JsonNode) node = yeji_move_notes_to_json (report->notes);
          g_autofree char *notes = yeji_json_print (node, FALSE);
          g_autofree char *text = NULL;

          g_assert_no_error (error);
          text = yeji_record_to_text (before);
          version_add (lines, "%" G_GINT64_FORMAT " | %s | %s | %s | %s | %s | %s", report->seq,
                       report->uuid, report->from, report->to, report->at, notes, text);
        }
    }
}

#define VERSION_ATTACHMENT \
  "a.id, a.record, a.slot, a.sha256, a.filename, a.media_type, a.size, a.upload_url," \
  " a.received_at IS NOT NULL"

#define VERSION_NEWEST "o.seq = (SELECT max (n.seq) FROM outbox n WHERE n.uuid = o.uuid)"

static const VersionAspect version_aspects[] = {
  { "the list", 1,
    "SELECT uuid, name, number, role,"
    " CASE WHEN removed_at IS NOT NULL THEN 'removed'"
    "  WHEN EXISTS (SELECT 1 FROM outbox o WHERE o.uuid = r.uuid) THEN 'queued'"
    "  WHEN server_state IS NOT NULL THEN server_state"
    "  WHEN n_errors = 0 THEN 'ready' ELSE 'draft' END,"
    " grade, office, reviewer, revision, coalesce (refusal, message), changed_at,"
    " CASE WHEN n_errors IS NULL THEN 'not checked' ELSE n_errors || ' | ' || n_warnings END,"
    " base_digest IS NOT NULL AND base_digest <> digest,"
    " (SELECT count (*) FROM attachment a WHERE a.record = r.uuid AND a.removed_at IS NULL),"
    " (SELECT count (*) FROM attachment a WHERE a.record = r.uuid AND a.removed_at IS NULL"
    "  AND a.received_at IS NOT NULL)"
    " FROM record r ORDER BY changed_at DESC, rowid DESC", version_tell_entries },
  { "what the province said", 1,
    "SELECT record, pointer, comment FROM point ORDER BY record, rowid", version_tell_points },
  { "the records", 1, "SELECT uuid, body FROM record ORDER BY uuid", version_tell_bodies },
  { "the history", 1,
    "SELECT record, step, \"table\", \"row\", field, before, after, at, who, why FROM history"
    " ORDER BY record, step, rowid", version_tell_history },
  { "the documents", 1,
    "SELECT " VERSION_ATTACHMENT " FROM attachment a WHERE removed_at IS NULL"
    " ORDER BY record, slot, position", version_tell_documents },
  { "their contents", 1,
    "SELECT DISTINCT sha256 FROM attachment ORDER BY sha256", version_tell_contents },
  { "the outbox", 1,
    "SELECT seq, uuid, body, files, key, base_revision, queued_at, attempts, next_attempt, message"
    " FROM outbox o WHERE " VERSION_NEWEST " ORDER BY seq", version_tell_outbox },
  { "the documents that were submitted", 1,
    "SELECT o.seq, " VERSION_ATTACHMENT " FROM outbox o JOIN json_each (o.files) f"
    " JOIN attachment a ON a.record = o.uuid AND a.slot = f.value ->> 'slot'"
    "  AND a.sha256 = f.value ->> 'sha256' WHERE " VERSION_NEWEST
    " AND a.rowid = (SELECT max (b.rowid) FROM attachment b WHERE b.record = a.record"
    "  AND b.slot = a.slot AND b.sha256 = a.sha256) ORDER BY o.seq, f.key",
    version_tell_submitted },
  { "the moves to another dictionary", 2,
    "SELECT seq, record, from_version, to_version, at, notes, body_before"
    " FROM move ORDER BY record, seq", version_tell_moves },
};

/* What is no clerk's word, and stays where it is. */
static const struct
{
  const char *what;
  guint since;
  const char *query;
} version_columns[] = {
  { "columns of record", 1,
    "SELECT uuid, role, name, number, dictionary, generation, n_errors, n_warnings, created_at,"
    " changed_at, removed_at, revision, server_state, grade, office, reviewer, message,"
    " answered_at, refusal, base_digest IS NULL, base_digest IS digest, base_body IS NULL"
    " FROM record ORDER BY rowid" },
  { "columns of point", 1, "SELECT record, source, pointer, comment FROM point ORDER BY rowid" },
  { "columns of history", 1,
    "SELECT record, step, \"table\", \"row\", field, before IS NULL, after IS NULL, at, who, why"
    " FROM history ORDER BY rowid" },
  { "columns of attachment", 1,
    "SELECT id, record, slot, sha256, filename, media_type, size, position, added_at, removed_at,"
    " upload_url, received_at FROM attachment ORDER BY rowid" },
  { "columns of outbox", 1,
    "SELECT seq, uuid, files, key, base_revision, queued_at, attempts, next_attempt, message"
    " FROM outbox ORDER BY seq" },
  { "columns of dictionary", 2,
    "SELECT version, sha256, origin, fetched_at, length (bundle), hex (substr (bundle, 1, 100))"
    " FROM dictionary ORDER BY version" },
  { "columns of move", 2,
    "SELECT seq, record, from_version, to_version, at, json_array_length (notes) FROM move"
    " ORDER BY seq" },
  { "where the numbers go on", 1,
    "SELECT name, seq FROM sqlite_sequence WHERE name IN ('outbox', 'move') ORDER BY name" },
};

/* All that a profile of an earlier version says: one array of lines for each aspect, for each group
 * of columns, and its settings. */
typedef struct
{
  guint version;
  GPtrArray *aspects[G_N_ELEMENTS (version_aspects)];
  GPtrArray *columns[G_N_ELEMENTS (version_columns)];
  GPtrArray *names;
  GPtrArray *values;
} VersionContents;

static inline void
version_contents_read_columns (VersionContents *self,
                               const char      *path,
                               guint            version)
{
  self->version = version;
  for (gsize i = 0; i < G_N_ELEMENTS (version_columns); i++)
    if (version_columns[i].since <= version)
      self->columns[i] = version_read (path, version_columns[i].query);
}

static inline void
version_contents_read (VersionContents *self,
                       const char      *path,
                       guint            version)
{
  version_contents_read_columns (self, path, version);
  for (gsize i = 0; i < G_N_ELEMENTS (version_aspects); i++)
    if (version_aspects[i].since <= version)
      self->aspects[i] = version_read (path, version_aspects[i].query);
  self->names = version_read (path, "SELECT name FROM setting" VERSION_KEPT " ORDER BY name");
  self->values = version_read (path, "SELECT value FROM setting" VERSION_KEPT " ORDER BY name");
}

static inline void
version_contents_clear (VersionContents *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (version_aspects); i++)
    g_clear_pointer (&self->aspects[i], g_ptr_array_unref);
  for (gsize i = 0; i < G_N_ELEMENTS (version_columns); i++)
    g_clear_pointer (&self->columns[i], g_ptr_array_unref);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_pointer (&self->values, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VersionContents, version_contents_clear)

static inline void
version_assert_settings (VersionContents *self,
                         YejiStore       *store)
{
  for (guint i = 0; i < self->names->len; i++)
    {
      const char *name = g_ptr_array_index (self->names, i);
      g_autoptr (GError) error = NULL;
      g_autofree char *value = yeji_store_get_setting (store, name, &error);

      g_assert_no_error (error);
      if (value != NULL && g_str_has_prefix (value, VERSION_SEALED))
        {
          g_free (value);
          value = yeji_store_get_sealed_setting (store, name, &error);
          g_assert_no_error (error);
        }
      if (g_strcmp0 (value, g_ptr_array_index (self->values, i)) != 0)
        g_error ("setting %s: is %s, must be %s", name, value,
                 (const char *) g_ptr_array_index (self->values, i));
    }
}

static inline void
version_contents_assert_columns (VersionContents *self,
                                 const char      *path)
{
  for (gsize i = 0; i < G_N_ELEMENTS (version_columns); i++)
    if (self->columns[i] != NULL)
      {
        g_autoptr (GPtrArray) seen = version_read (path, version_columns[i].query);

        version_assert_same (version_columns[i].what, seen, self->columns[i]);
      }
}

static inline void
version_contents_assert (VersionContents *self,
                         YejiStore       *store)
{
  g_autofree char *path = g_build_filename (yeji_store_get_directory (store), "yeji.sqlite", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (version_aspects); i++)
    if (self->aspects[i] != NULL)
      {
        g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func (g_free);

        version_aspects[i].tell (store, seen);
        version_assert_same (version_aspects[i].what, seen, self->aspects[i]);
      }
  version_assert_settings (self, store);
  version_contents_assert_columns (self, path);
}

G_END_DECLS
