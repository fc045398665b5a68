// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Prints how long a keystroke waits until it is in the database: somebody types on and on, and
 * after each commit the record is read back to see which keystroke is in it. */

#define G_LOG_DOMAIN "bench-keystroke"

#include "config.h"

#include <stdlib.h>

#include "yeji-application.h"
#include "yeji-draft.h"
#include "yeji-record-file.h"
#include "yeji-test.h"

#define N_STROKES 200
#define STROKE_MS 90
/* Every so many keystrokes somebody thinks for a second and a half. */
#define PAUSE_EVERY 25
#define PAUSE_MS 1500

typedef struct
{
  YejiStore *store;
  YejiDraft *draft;
  YejiRow *row;
  const YejiFieldDef *field;
  gint64 typed_at[N_STROKES];
  guint n_typed;
  guint n_saved;
  GArray *waits;               /* (element-type gint64): in microseconds */
} Typing;

static int
compare_times (gconstpointer first,
               gconstpointer second)
{
  gint64 a = *(const gint64 *) first;
  gint64 b = *(const gint64 *) second;

  return (a > b) - (a < b);
}

static gboolean
type (gpointer data)
{
  Typing *typing = data;
  g_autofree char *text = NULL;

  typing->typed_at[typing->n_typed++] = g_get_monotonic_time ();
  text = g_strdup_printf ("%u", typing->n_typed);
  yeji_draft_set_value (typing->draft, typing->row, typing->field, text);
  if (typing->n_typed < N_STROKES)
    g_timeout_add (typing->n_typed % PAUSE_EVERY == 0 ? PAUSE_MS : STROKE_MS, type, typing);
  return G_SOURCE_REMOVE;
}

static void
on_store_changed (Typing *typing)
{
  g_autoptr (YejiRecord) stored = yeji_store_load (typing->store, yeji_draft_get_uuid (typing->draft),
                                                   NULL);
  gint64 now = g_get_monotonic_time ();
  guint n = (guint) atoi (yeji_row_get (yeji_record_get_project (stored), typing->field));

  for (; typing->n_saved < MIN (n, typing->n_typed); typing->n_saved++)
    {
      gint64 wait = now - typing->typed_at[typing->n_saved];

      g_array_append_val (typing->waits, wait);
    }
}

static gboolean
is_done (gpointer data)
{
  return ((Typing *) data)->n_saved == N_STROKES;
}

/* The first field of the project that takes any text. */
static const YejiFieldDef *
find_text (YejiRow *row)
{
  GPtrArray *fields = yeji_row_get_table (row)->fields;

  for (guint i = 0; i < fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (fields, i);

      if (field->kind == YEJI_FIELD_TEXT && !field->by_platform && !field->assigned
          && field->format == NULL)
        return field;
    }
  g_error ("no text field");
}

static YejiDraft *
open_draft (YejiStore      *store,
            YejiDictionary *dictionary,
            const char     *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = yeji_record_file_read (dictionary, path, &error);
  YejiRecord *record;
  g_autoptr (YejiEntry) entry = NULL;
  g_autoptr (GPtrArray) attachments = g_ptr_array_new_with_free_func (g_object_unref);

  g_assert_no_error (error);
  record = g_ptr_array_index (records, 0);
  yeji_store_save (store, record, NULL, "imported", &error);
  g_assert_no_error (error);
  entry = yeji_store_get_entry (store, yeji_record_get_uuid (record), &error);
  g_assert_no_error (error);
  return yeji_draft_new (store, NULL, record, entry, attachments);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *directory = yeji_test_dir_new ();
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiStore) store = NULL;
  g_autoptr (YejiDraft) draft = NULL;
  Typing typing = { NULL };

  if (argc != 2)
    g_error ("usage: bench-keystroke RECORD.json");
  store = yeji_store_open (directory, dictionary, &error);
  g_assert_no_error (error);
  draft = open_draft (store, yeji_store_get_dictionary (store), argv[1]);
  typing.store = store;
  typing.draft = draft;
  typing.row = yeji_record_get_project (yeji_draft_get_record (draft));
  typing.field = find_text (typing.row);
  typing.waits = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_signal_connect_swapped (store, "changed", G_CALLBACK (on_store_changed), &typing);
  g_timeout_add (STROKE_MS, type, &typing);
  yeji_test_wait_until (is_done, &typing, 120000);

  g_array_sort (typing.waits, compare_times);
  g_print ("keystroke to disk: p50 %.0f ms, p99 %.0f ms, max %.0f ms (%u keystrokes)\n",
           (double) g_array_index (typing.waits, gint64, N_STROKES / 2) / 1000,
           (double) g_array_index (typing.waits, gint64, N_STROKES * 99 / 100) / 1000,
           (double) g_array_index (typing.waits, gint64, N_STROKES - 1) / 1000, N_STROKES);
  g_signal_handlers_disconnect_by_data (store, &typing);
  g_clear_object (&draft);
  g_array_unref (typing.waits);
  yeji_store_close (store);
  yeji_test_dir_remove (directory);
  return 0;
}
