// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* The input is a record file. A NUL ends it: what comes behind it chooses edits. */

#define G_LOG_DOMAIN "fuzz-record"

#include "config.h"

#include "fuzz.h"
#include "yeji-grade.h"
#include "yeji-json.h"
#include "yeji-record-file.h"
#include "yeji-record-reader.h"

#include <string.h>

#define MAX_EDITS 6

/* A stream that gives so many bytes at a time. */
#define DRIP_TYPE (drip_get_type ())
G_DECLARE_FINAL_TYPE (Drip, drip, FUZZ, DRIP, GInputStream)

struct _Drip
{
  GInputStream parent_instance;

  const char *text;
  gsize length;
  gsize at;
  gsize step;
};

static YejiDictionary *dictionary;
static YejiValidator *validator;

G_DEFINE_FINAL_TYPE (Drip, drip, G_TYPE_INPUT_STREAM)

static gssize
drip_read (GInputStream  *stream,
           void          *buffer,
           gsize          count,
           GCancellable  *cancellable,
           GError       **error)
{
  Drip *self = FUZZ_DRIP (stream);
  gsize n = MIN (MIN (count, self->step), self->length - self->at);

  if (n > 0)
    memcpy (buffer, self->text + self->at, n);
  self->at += n;
  return (gssize) n;
}

static void
drip_class_init (DripClass *klass)
{
  G_INPUT_STREAM_CLASS (klass)->read_fn = drip_read;
}

static void
drip_init (Drip *self)
{
}

/* One that the reader gave out. */
typedef struct
{
  char *place;
  char *text;
  gboolean sound;              /* JSON, by the other reader */
} Found;

static void
free_found (gpointer data)
{
  Found *found = data;

  g_free (found->place);
  g_free (found->text);
  g_free (found);
}

/* What the reader gives of the text, up to what is damaged; an error comes last, as its place. */
static GPtrArray *
read_stream (const char *text,
             gsize       length,
             gsize       step)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (free_found);
  g_autoptr (Drip) drip = g_object_new (DRIP_TYPE, NULL);
  g_autoptr (YejiRecordReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  const char *record;
  gsize size;
  gboolean more;

  drip->text = text;
  drip->length = length;
  drip->step = step;
  reader = yeji_record_reader_new (G_INPUT_STREAM (drip));
  do
    {
      Found *found = g_new0 (Found, 1);

      more = yeji_record_reader_next (reader, &record, &size, &error);
      if (more)
        {
          g_autoptr (JsonNode) node = yeji_json_parse (record, (gssize) size, NULL);

          g_assert (size > 0); /* or there would be no end */
          found->place = g_strdup (yeji_record_reader_get_place (reader));
          found->text = g_strndup (record, size);
          found->sound = node != NULL;
        }
      else
        {
          if (error != NULL)
            fuzz_check_error (error);
          found->place = g_strdup (error != NULL ? error->message : "");
        }
      g_ptr_array_add (all, found);
      more = more && found->sound;
    }
  while (more);
  return all;
}

/* However the bytes arrive, the same is found up to the damage; behind it nothing counts. */
static void
check_stream (const char *text,
              gsize       length,
              gsize       step)
{
  g_autoptr (GPtrArray) whole = read_stream (text, length, MAX (length, 1));
  g_autoptr (GPtrArray) drops = read_stream (text, length, step);
  g_autoptr (JsonNode) node = yeji_json_parse (text, (gssize) length, NULL);
  guint n = node != NULL && JSON_NODE_HOLDS_ARRAY (node)
            ? json_array_get_length (json_node_get_array (node)) : 1;

  for (guint i = 0; i < MIN (whole->len, drops->len); i++)
    {
      const Found *a = g_ptr_array_index (whole, i), *b = g_ptr_array_index (drops, i);

      if ((a->text != NULL && !a->sound) || (b->text != NULL && !b->sound))
        break;
      if (!g_str_equal (a->place, b->place) || g_strcmp0 (a->text, b->text) != 0)
        g_error ("at once %s“%s”, in drops %s“%s”", a->place, a->text, b->place, b->text);
    }

  /* of what is JSON nothing is lost and nothing added */
  if (node != NULL)
    {
      const Found *last = g_ptr_array_index (whole, whole->len - 1);

      g_assert (whole->len == n + 1 && drops->len == n + 1);
      g_assert (last->text == NULL && *last->place == '\0');
    }
}

/* A text that is a record by itself is the only one of its file. */
static void
check_alone (const char *text,
             gsize       length)
{
  g_autoptr (Drip) drip = g_object_new (DRIP_TYPE, NULL);
  g_autoptr (YejiRecordReader) reader = NULL;
  g_autoptr (YejiRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  const char *found;
  gsize size;

  drip->text = text;
  drip->length = length;
  drip->step = length;
  reader = yeji_record_reader_new (G_INPUT_STREAM (drip));
  g_assert (yeji_record_reader_next (reader, &found, &size, &error));
  g_assert (*yeji_record_reader_get_place (reader) == '\0');
  record = yeji_record_file_parse (dictionary, found, size, "", &error);
  if (record == NULL)
    fuzz_check_error (error);
  g_assert (!yeji_record_reader_next (reader, &found, &size, NULL));
}

static const char * const values[] = {
  "", "无", "0", "-1", "9000.00", "1e5", "壹", "2016-03-30", "2016-02-30", "2999-01-01", "1900-01-01",
  "001", "301", "01", "220000", "220104", "2201041603300001", "2201041603300001-SX-001",
  "91350100M000100Y43", "220102198501010019", "示例\t", "示例（虚构）",
};

static gpointer
pick (FuzzBytes *bytes,
      GPtrArray *things)
{
  return g_ptr_array_index (things, fuzz_take (bytes, things->len));
}

static YejiRow *
pick_row (FuzzBytes          *bytes,
          YejiRecord         *record,
          const YejiTableDef *table)
{
  guint n = yeji_record_get_n_rows (record, table);

  return n > 0 ? yeji_record_get_row (record, table, fuzz_take (bytes, n)) : NULL;
}

static void
edit_value (FuzzBytes  *bytes,
            YejiRecord *record)
{
  const YejiTableDef *table = pick (bytes, yeji_dictionary_get_tables (dictionary));
  const YejiFieldDef *field = pick (bytes, table->fields);
  YejiRow *row = pick_row (bytes, record, table);
  guint at = fuzz_take (bytes, G_N_ELEMENTS (values) + 1);
  g_autofree char *text = at == G_N_ELEMENTS (values) ? fuzz_take_text (bytes, 64) : NULL;

  if (row != NULL)
    yeji_record_set (record, row, field, text != NULL ? text : values[at]);
}

static void
edit_rows (FuzzBytes  *bytes,
           YejiRecord *record)
{
  const YejiTableDef *table = pick (bytes, yeji_dictionary_get_tables (dictionary));
  g_autoptr (YejiRow) row = NULL;
  g_autoptr (YejiRow) copy = NULL;
  guint how = fuzz_take (bytes, 3);

  if (table->index == 0)
    return;
  g_set_object (&row, pick_row (bytes, record, table));
  if (row == NULL || how == 0)
    yeji_record_append_row (record, table);
  else if (how == 1)
    yeji_record_remove_row (record, row);
  else
    {
      copy = yeji_row_copy (row, NULL);
      yeji_record_insert_row (record, fuzz_take (bytes, 4), copy);
    }
}

static void
edit (FuzzBytes  *bytes,
      YejiRecord *record,
      GPtrArray  *problems)
{
  guint how = fuzz_take (bytes, 8);
  g_autofree char *reason = NULL;

  if (how < 4)
    edit_value (bytes, record);
  else if (how < 6)
    edit_rows (bytes, record);
  else if (how == 6)
    yeji_record_set_role (record, ((const YejiRole *) pick (
                                     bytes, yeji_dictionary_get_roles (dictionary)))->id);
  else if (problems->len > 0)
    {
      YejiProblem *problem = pick (bytes, problems);

      reason = fuzz_take_text (bytes, 16);
      yeji_validator_keep (record, problem, reason);
    }
}

/* What is written is read as the same. */
static void
check_text (YejiRecord *record)
{
  g_autofree char *text = yeji_record_to_text (record);
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiRecord) again = yeji_record_new_from_text (dictionary, text, -1, &error);

  if (again == NULL)
    g_error ("a record is not read again: %s: %s", error->message, text);
  if (!yeji_record_equal (record, again))
    g_error ("a record is read as another: %s", text);
}

static void
check_record (FuzzBytes  *bytes,
              YejiRecord *record)
{
  static const char * const few[] = { "contract", NULL };
  static const char * const more[] = { "contract", "change_proof", NULL };
  static const char * const * const slots[] = { NULL, few, more };
  g_autoptr (YejiLiveCheck) live = yeji_live_check_new (validator, record);
  g_autoptr (GPtrArray) problems = fuzz_check_record (validator, live, record, NULL);

  check_text (record);
  if (bytes->size == 0)
    return;
  for (guint i = 0; i < MAX_EDITS && bytes->size > 0; i++)
    {
      edit (bytes, record, problems);
      g_clear_pointer (&problems, g_ptr_array_unref);
      problems = fuzz_check_record (validator, live, record, slots[fuzz_take (bytes, 3)]);
    }
  check_text (record);
}

int
LLVMFuzzerInitialize (int    *argc,
                      char ***argv)
{
  fuzz_begin ();
  dictionary = fuzz_load_built_in ();
  validator = yeji_validator_new (dictionary, YEJI_LANGUAGE_ZH);
  return 0;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  const guint8 *nul = size > 0 ? memchr (data, 0, size) : NULL;
  gsize length = nul != NULL ? (gsize) (nul - data) : size;
  FuzzBytes bytes = { nul, size - length };
  const char *text = size > 0 ? (const char *) data : "";
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiRecord) record = yeji_record_new_from_text (dictionary, text, (gssize) length,
                                                             &error);

  if (record == NULL)
    {
      fuzz_check_error (error);
      g_assert (error->domain == YEJI_RECORD_ERROR);
    }
  if (bytes.size > 0)
    {
      bytes.at++;              /* the NUL; with it, the text is none */
      bytes.size--;
      g_assert (yeji_record_new_from_text (dictionary, text, (gssize) length + 1, NULL) == NULL);
    }
  check_stream (text, length, 1 + fuzz_take (&bytes, 256));
  if (record != NULL)
    {
      check_alone (text, length);
      check_record (&bytes, record);
    }
  return 0;
}
