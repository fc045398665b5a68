// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-submissions"

#include "config.h"

#include "yeji-announced.h"

#include <string.h>

#include "yeji-inspection.h"
#include "yeji-json.h"

/* More than any dictionary allows for a record. */
#define MAX_ANNOUNCED 2000
/* Bytes of one allocation, for the texts of some documents. */
#define TEXTS 1024
/* Of the list that yeji_announced_list() makes. */
#define SIZE_COLUMN 4

typedef struct
{
  const char *slot;
  const char *sha256;
  const char *filename;        /* (nullable) */
} Item;

struct _YejiAnnounced
{
  GArray *items;               /* (element-type Item) */
  GStringChunk *texts;         /* what they say */
};

static gboolean
is_sha256 (const char *text)
{
  return text != NULL && strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

/**
 * yeji_announced_read:
 *
 * Reads `files` of a submission: `slot` and `sha256` of each, and maybe its `filename`.
 *
 * Returns: (transfer full) (nullable): the list, %NULL when it is malformed
 */
YejiAnnounced *
yeji_announced_read (YejiServerContext *context,
                     YejiRequest       *request)
{
  JsonArray *array = yeji_request_get_array (request, "files");
  g_autoptr (YejiAnnounced) self = g_new0 (YejiAnnounced, 1);

  self->items = g_array_new (FALSE, FALSE, sizeof (Item));
  self->texts = g_string_chunk_new (TEXTS);
  if (array == NULL || json_array_get_length (array) > MAX_ANNOUNCED)
    return NULL;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = yeji_json_node_object (json_array_get_element (array, i));
      Item item = { NULL };

      if (object != NULL)
        {
          item.slot = yeji_json_get_string (object, "slot");
          item.sha256 = yeji_json_get_string (object, "sha256");
          item.filename = yeji_json_get_string (object, "filename");
        }
      if (item.slot == NULL || !is_sha256 (item.sha256)
          || yeji_dictionary_find_slot (context->dictionary, item.slot) == NULL)
        return NULL;
      item.slot = g_string_chunk_insert (self->texts, item.slot);
      item.sha256 = g_string_chunk_insert (self->texts, item.sha256);
      if (item.filename != NULL)
        item.filename = g_string_chunk_insert (self->texts, item.filename);
      g_array_append_val (self->items, item);
    }
  return g_steal_pointer (&self);
}

/**
 * yeji_announced_list_slots:
 *
 * Returns: (transfer full): the slots that have a document when all have come
 */
GStrv
yeji_announced_list_slots (YejiAnnounced *self)
{
  g_autoptr (GStrvBuilder) slots = g_strv_builder_new ();

  for (guint i = 0; i < self->items->len; i++)
    g_strv_builder_add (slots, g_array_index (self->items, Item, i).slot);
  return g_strv_builder_end (slots);
}

static const char *
find_rule (YejiServerContext *context)
{
  GPtrArray *rules = yeji_dictionary_get_rules (context->dictionary);

  for (guint i = 0; i < rules->len; i++)
    {
      const YejiRule *rule = g_ptr_array_index (rules, i);

      if (rule->kind == YEJI_RULE_ROLE_DOCUMENTS)
        return rule->id;
    }
  return "";
}

static void
add_missing (YejiServerContext *context,
             YejiRequest       *request,
             const Item        *item,
             GPtrArray         *missing)
{
  g_autofree char *pointer = g_strconcat ("/files/", item->sha256, NULL);
  const char *message = request->language == YEJI_LANGUAGE_EN
                          ? "This document was announced and has not arrived: send it."
                          : "这份材料已列入提交清单，但尚未上传完成，请先上传。";

  g_ptr_array_add (missing,
                   yeji_problem_new (find_rule (context), YEJI_SEVERITY_ERROR, pointer, message));
}

static void
add_wrong (YejiServerContext *context,
           YejiRequest       *request,
           const Item        *item,
           const char        *filename,
           const char        *verdict,
           GPtrArray         *wrong)
{
  g_autofree char *pointer = g_strconcat ("/documents/", item->slot, NULL);
  g_autofree char *message = yeji_inspection_describe (verdict, filename, request->language);

  g_ptr_array_add (wrong,
                   yeji_problem_new (find_rule (context), YEJI_SEVERITY_ERROR, pointer, message));
}

/* Whether it is there (1) or not (0), -1: failed; and what is known against it. */
static int
look (YejiSql     *sql,
      const char  *record,
      const Item  *item,
      char       **filename,
      char       **verdict,
      GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT filename, verdict FROM file"
                         " LEFT JOIN content USING (sha256, filetype)"
                         " WHERE record = ?1 AND sha256 = ?2 AND slot = ?3 AND complete = 1"
                         " ORDER BY verdict IN ('good', 'unknown') DESC LIMIT 1",
                         "sss", record, item->sha256, item->slot);
  if (rows == NULL)
    return -1;
  if (yeji_rows_next (rows, &local_error))
    {
      *filename = yeji_rows_dup_text (rows, 0);
      *verdict = yeji_rows_dup_text (rows, 1);
      return 1;
    }
  if (local_error == NULL)
    return 0;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return -1;
}

/* Whether the record has a document at all, 1 or 0, -1: failed. One look for many that most often
 * find nothing: at a deadline records come first and their documents after. */
static int
has_files (YejiSql     *sql,
           const char  *record,
           GError     **error)
{
  return yeji_sql_has_row (sql, error, "SELECT 1 FROM file WHERE record = ?1 LIMIT 1", "s", record);
}

/**
 * yeji_announced_check:
 * @may_follow: whether those that have not arrived count as if they had
 * @missing: (element-type YejiProblem): gets what has not arrived, unless it may follow
 * @wrong: (element-type YejiProblem): gets what has arrived and is damaged or something else
 *
 * Returns: (transfer full) (nullable): the slots that have a document, or %NULL with @error
 */
GStrv
yeji_announced_check (YejiAnnounced      *self,
                      YejiServerContext  *context,
                      YejiSql            *sql,
                      YejiRequest        *request,
                      gboolean            may_follow,
                      GPtrArray          *missing,
                      GPtrArray          *wrong,
                      GError            **error)
{
  g_autoptr (GStrvBuilder) slots = g_strv_builder_new ();
  const int any = has_files (sql, request->target, error);

  if (any < 0)
    return NULL;
  for (guint i = 0; i < self->items->len; i++)
    {
      const Item *item = &g_array_index (self->items, Item, i);
      g_autofree char *filename = NULL;
      g_autofree char *verdict = NULL;
      int arrived = any > 0 ? look (sql, request->target, item, &filename, &verdict, error) : 0;

      if (arrived < 0)
        return NULL;
      if (arrived > 0 && !yeji_inspection_is_good (verdict))
        add_wrong (context, request, item, filename, verdict, wrong);
      else if (arrived > 0 || may_follow)
        g_strv_builder_add (slots, item->slot);
      else
        add_missing (context, request, item, missing);
    }
  return g_strv_builder_end (slots);
}

#define INSERT "INSERT OR IGNORE INTO announced (record, slot, sha256, filename) VALUES"
/* As many as INSERT_MANY takes: a record has some, and each statement has a price of its own. */
#define MANY 4
#define INSERT_MANY \
  INSERT " (?1, ?2, ?3, ?4), (?1, ?5, ?6, ?7), (?1, ?8, ?9, ?10), (?1, ?11, ?12, ?13)"

static const char *
get_filename (const Item *item)
{
  return item->filename != NULL ? item->filename : "";
}

static gboolean
insert_items (YejiAnnounced  *self,
              YejiSql        *sql,
              const char     *record,
              GError        **error)
{
  guint i = 0;

  for (; i + MANY <= self->items->len; i += MANY)
    {
      const Item *items = &g_array_index (self->items, Item, i);

      if (!yeji_sql_exec (sql, error, INSERT_MANY, "sssssssssssss", record,
                          items[0].slot, items[0].sha256, get_filename (&items[0]),
                          items[1].slot, items[1].sha256, get_filename (&items[1]),
                          items[2].slot, items[2].sha256, get_filename (&items[2]),
                          items[3].slot, items[3].sha256, get_filename (&items[3])))
        return FALSE;
    }
  for (; i < self->items->len; i++)
    {
      const Item *item = &g_array_index (self->items, Item, i);

      if (!yeji_sql_exec (sql, error, INSERT " (?1, ?2, ?3, ?4)", "ssss", record, item->slot,
                          item->sha256, get_filename (item)))
        return FALSE;
    }
  return TRUE;
}

/**
 * yeji_announced_write:
 *
 * Makes the list that of the record's last submission, and marks what is there as belonging to it.
 */
gboolean
yeji_announced_write (YejiAnnounced  *self,
                      YejiSql        *sql,
                      const char     *record,
                      GError        **error)
{
  const int before = yeji_sql_has_row (sql, error,
                                       "SELECT 1 FROM announced WHERE record = ?1 LIMIT 1", "s",
                                       record);
  const int any = before >= 0 ? has_files (sql, record, error) : -1;

  if (any < 0
      || (before > 0 && !yeji_sql_exec (sql, error, "DELETE FROM announced WHERE record = ?1", "s",
                                        record))
      || !insert_items (self, sql, record, error))
    return FALSE;
  if (any == 0)
    return TRUE;
  return yeji_sql_exec (sql, error,
                        "UPDATE file SET submitted = complete = 1 AND EXISTS"
                        "  (SELECT 1 FROM announced WHERE announced.record = file.record"
                        "    AND announced.slot = file.slot AND announced.sha256 = file.sha256)"
                        " WHERE record = ?1",
                        "s", record);
}

/**
 * yeji_announced_count:
 *
 * Counts the documents of a record's last submission.
 */
gboolean
yeji_announced_count (YejiSql             *sql,
                      const char          *record,
                      YejiAnnouncedCount  *count,
                      GError             **error)
{
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT count (*), coalesce (sum (EXISTS (SELECT 1 FROM file"
                         "   WHERE file.record = announced.record AND file.slot = announced.slot"
                         "    AND file.sha256 = announced.sha256 AND complete = 1)), 0)"
                         " FROM announced WHERE record = ?1",
                         "s", record);
  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  count->announced = yeji_rows_int (rows, 0);
  count->received = yeji_rows_int (rows, 1);
  return TRUE;
}

/**
 * yeji_announced_expects:
 *
 * Returns: 1 when the document is one of the record's last submission, 0 when not, -1 with @error
 */
int
yeji_announced_expects (YejiSql     *sql,
                        const char  *record,
                        const char  *slot,
                        const char  *sha256,
                        GError     **error)
{
  return yeji_sql_has_row (sql, error,
                           "SELECT 1 FROM announced"
                           " WHERE record = ?1 AND slot = ?2 AND sha256 = ?3",
                           "sss", record, slot, sha256);
}

/* In the order of the columns: texts, and the size at the end. */
static const char * const members[] = { "slot", "sha256", "filename", "received_at" };

#define LIST \
  "SELECT slot, sha256, announced.filename," \
  "  (SELECT min (received_at) FROM file WHERE file.record = announced.record" \
  "    AND file.slot = announced.slot AND file.sha256 = announced.sha256 AND complete = 1)," \
  "  (SELECT min (length) FROM file WHERE file.record = announced.record" \
  "    AND file.slot = announced.slot AND file.sha256 = announced.sha256 AND complete = 1)" \
  " FROM announced WHERE record = ?1 ORDER BY slot, announced.filename, sha256"

static void
print_document (GString  *text,
                YejiRows *rows)
{
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *value = yeji_rows_text (rows, (int) i);

      g_string_append_printf (text, "%c\"%s\":", i > 0 ? ',' : '{', members[i]);
      if (value != NULL)
        yeji_json_print_string (text, value);
      else
        g_string_append (text, "null");
    }
  if (yeji_rows_is_null (rows, SIZE_COLUMN))
    g_string_append (text, ",\"size\":null}");
  else
    g_string_append_printf (text, ",\"size\":%" G_GINT64_FORMAT "}",
                            yeji_rows_int (rows, SIZE_COLUMN));
}

/**
 * yeji_announced_print:
 *
 * Returns: (transfer full) (nullable): the documents of a record's last submission, the JSON of an
 *   array of `{"slot", "sha256", "filename", "received_at", "size"}`, time and size null while it
 *   has not arrived
 */
char *
yeji_announced_print (YejiSql     *sql,
                      const char  *record,
                      GError     **error)
{
  g_autoptr (GString) text = g_string_new ("[");
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error, LIST, "s", record);

  if (rows == NULL)
    return NULL;
  while (yeji_rows_next (rows, &local_error))
    {
      if (text->len > 1)
        g_string_append_c (text, ',');
      print_document (text, rows);
    }
  if (local_error == NULL)
    return g_string_free (g_string_append_c (g_steal_pointer (&text), ']'), FALSE);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/**
 * yeji_announced_list:
 *
 * Returns: (transfer full) (nullable): as yeji_announced_print()
 */
JsonArray *
yeji_announced_list (YejiSql     *sql,
                     const char  *record,
                     GError     **error)
{
  g_autofree char *text = yeji_announced_print (sql, record, error);
  g_autoptr (JsonNode) node = text != NULL ? yeji_json_parse (text, -1, error) : NULL;

  return node != NULL ? json_array_ref (json_node_get_array (node)) : NULL;
}

/**
 * yeji_announced_list_expected:
 *
 * Returns: (transfer full) (nullable): the documents of a record's last submission that have not
 *   arrived, an array of `{"slot", "sha256", "filename"}`
 */
JsonArray *
yeji_announced_list_expected (YejiSql     *sql,
                              const char  *record,
                              GError     **error)
{
  g_autoptr (JsonArray) all = yeji_announced_list (sql, record, error);
  g_autoptr (JsonArray) expected = json_array_new ();

  if (all == NULL)
    return NULL;
  for (guint i = 0; i < json_array_get_length (all); i++)
    {
      JsonObject *object = json_array_get_object_element (all, i);

      if (!json_object_get_null_member (object, "received_at"))
        continue;
      json_object_remove_member (object, "received_at");
      json_object_remove_member (object, "size");
      json_array_add_object_element (expected, json_object_ref (object));
    }
  return g_steal_pointer (&expected);
}

/**
 * yeji_announced_free:
 * @self: (transfer full)
 *
 * Frees the list.
 */
void
yeji_announced_free (YejiAnnounced *self)
{
  g_clear_pointer (&self->items, g_array_unref);
  g_clear_pointer (&self->texts, g_string_chunk_free);
  g_free (self);
}
