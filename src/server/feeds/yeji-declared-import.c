// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-declared"

#include "config.h"

#include "yeji-declared-import.h"

#include <string.h>

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "yeji-declared-stage.h"
#include "yeji-number-filter.h"

/* Above the heads there may be a title and a date. */
#define MAX_HEAD_ROW 20
#define MAX_COLUMNS 500
#define MAX_TOLD 1000
/* Bytes: what is longer is no number; a name is cut. */
#define MAX_NUMBER 300
#define MAX_TEXT 3000

#define NO_COLUMN G_MAXUINT

/* Where in the sheet what stands. */
typedef struct
{
  GArray *numbers;             /* (element-type guint), the best first */
  guint at[N_YEJI_DECLARED_COLUMNS];
} Heads;

/* A row as it goes into the table. */
typedef struct
{
  YejiDeclaredProject project; /* what it points at is below */
  char *key;
  GPtrArray *keys;             /* of all numbers, @key first */
  char *numbers;               /* as they are written, separated */
  char *texts[N_YEJI_DECLARED_COLUMNS];
} Row;

/* Words of a fault; `%s` is the value. */
static const char * const fault_texts[N_YEJI_DECLARED_FAULTS] = {
  [YEJI_DECLARED_FAULT_NO_NUMBER] = N_("there is no number"),
  [YEJI_DECLARED_FAULT_SHORT] = N_("“%s” is too short for a number"),
  [YEJI_DECLARED_FAULT_LONG] = N_("the number is too long: %s"),
  [YEJI_DECLARED_FAULT_ROUNDED]
    = N_("“%s” is a number cell that has lost its last digits; make the column text and fill it anew"),
  [YEJI_DECLARED_FAULT_NO_NAME] = N_("there is no name of the project (%s)"),
  [YEJI_DECLARED_FAULT_STATE] = N_("the state “%s” is not known; add it to declared.json"),
};

static void
free_bad_row (gpointer data)
{
  YejiDeclaredBadRow *bad = data;

  g_free (bad->value);
  g_free (bad);
}

YejiDeclaredReport *
yeji_declared_report_new (void)
{
  YejiDeclaredReport *self = g_new0 (YejiDeclaredReport, 1);

  self->bad = g_ptr_array_new_with_free_func (free_bad_row);
  return self;
}

void
yeji_declared_report_free (YejiDeclaredReport *self)
{
  g_ptr_array_unref (self->bad);
  g_free (self->sheet);
  g_free (self);
}

/**
 * yeji_declared_fault_to_text:
 *
 * Returns: (transfer none): a sentence in the user's language, with %s for the value
 */
const char *
yeji_declared_fault_to_text (YejiDeclaredFault fault)
{
  return _(fault_texts[fault]);
}

static void
heads_clear (Heads *heads)
{
  g_clear_pointer (&heads->numbers, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Heads, heads_clear)

static void
row_clear (Row *row)
{
  g_clear_pointer (&row->key, g_free);
  g_clear_pointer (&row->keys, g_ptr_array_unref);
  g_clear_pointer (&row->numbers, g_free);
  for (guint i = 0; i < N_YEJI_DECLARED_COLUMNS; i++)
    g_clear_pointer (&row->texts[i], g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Row, row_clear)

/* Letters and digits alone: “* 项目编号（必填）” is not “项目编号”, but “项目 编号：” is. */
static char *
fold_head (const char *text)
{
  g_autofree char *plain = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
  GString *folded = g_string_new (NULL);

  for (const char *at = plain; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_isalnum (g_utf8_get_char (at)))
      g_string_append_unichar (folded, g_unichar_tolower (g_utf8_get_char (at)));
  return g_string_free (folded, FALSE);
}

static guint
find_column (YejiSheetReader *reader,
             const char      *name)
{
  g_autofree char *wanted = fold_head (name);
  guint n = MIN (yeji_sheet_reader_get_n_cells (reader), MAX_COLUMNS);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *head = fold_head (yeji_sheet_reader_get_text (reader, i));

      if (*head != '\0' && g_str_equal (head, wanted))
        return i;
    }
  return NO_COLUMN;
}

static gboolean
read_heads (const YejiDeclaredSystem *system,
            YejiSheetReader          *reader,
            Heads                    *heads)
{
  g_clear_pointer (&heads->numbers, g_array_unref);
  heads->numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < N_YEJI_DECLARED_COLUMNS; i++)
    {
      heads->at[i] = NO_COLUMN;
      for (guint j = 0; system->columns[i][j] != NULL; j++)
        {
          guint column = find_column (reader, system->columns[i][j]);

          if (column != NO_COLUMN && heads->at[i] == NO_COLUMN)
            heads->at[i] = column;
          if (column != NO_COLUMN && i == YEJI_DECLARED_COLUMN_NUMBERS)
            g_array_append_val (heads->numbers, column);
        }
    }
  return heads->numbers->len > 0 && heads->at[YEJI_DECLARED_COLUMN_NAME] != NO_COLUMN;
}

/* One line, without blanks at its ends, that ends between two characters. */
static char *
clean (const char *text)
{
  char *line = g_utf8_make_valid (text, -1);

  for (char *at = line; *at != '\0'; at++)
    if ((guchar) *at < ' ' || *at == 0x7f)
      *at = ' ';
  if (strlen (line) > MAX_TEXT)
    *g_utf8_find_prev_char (line, line + MAX_TEXT) = '\0';
  return g_strstrip (line);
}

/* YYYY-MM-DD of a day in digits with marks between, or without; "" for anything else. */
static char *
read_day (const char *text)
{
  guint parts[3] = { 0 }, n = 0, n_digits = 0;
  gboolean plain = strspn (text, "0123456789") >= 8;

  for (const char *at = text; *at != '\0' && n < 3; at = g_utf8_next_char (at))
    {
      if (g_ascii_isdigit (*at))
        {
          parts[n] = parts[n] * 10 + (guint) (*at - '0');
          n_digits++;
        }
      if (plain ? n_digits == 4 || n_digits == 6 || n_digits == 8
                : !g_ascii_isdigit (*at) || at[1] == '\0')
        n++;
      if (n_digits > 8)
        return g_strdup ("");
    }
  if (n == 3 && parts[0] >= 1900 && parts[0] < 3000
      && g_date_valid_dmy ((GDateDay) MIN (parts[2], 99), (GDateMonth) MIN (parts[1], 99),
                           (GDateYear) parts[0]))
    return g_strdup_printf ("%04u-%02u-%02u", parts[0], parts[1], parts[2]);
  return g_strdup ("");
}

static gboolean
complain (YejiDeclaredReport *report,
          YejiSheetReader    *reader,
          YejiDeclaredFault   fault,
          const char         *value)
{
  YejiDeclaredBadRow *bad;

  if (report->n_bad++ >= MAX_TOLD)
    return FALSE;
  bad = g_new (YejiDeclaredBadRow, 1);
  bad->fault = fault;
  bad->row = yeji_sheet_reader_get_row (reader);
  bad->value = g_utf8_substring (value, 0, MIN (g_utf8_strlen (value, -1), 60));
  g_ptr_array_add (report->bad, bad);
  return FALSE;
}

/* The first number that is one names the project; the others find it too. */
static gboolean
read_numbers (const Heads        *heads,
              YejiSheetReader    *reader,
              YejiDeclaredReport *report,
              Row                *row)
{
  g_autoptr (GString) numbers = g_string_new (NULL);
  g_autofree char *odd = NULL;

  row->keys = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < heads->numbers->len; i++)
    {
      guint column = g_array_index (heads->numbers, guint, i);
      g_autofree char *number = clean (yeji_sheet_reader_get_text (reader, column));
      g_autofree char *key = NULL;

      if (*number == '\0')
        continue;
      if ((yeji_sheet_reader_get_flags (reader, column) & YEJI_CELL_ROUNDED) != 0)
        return complain (report, reader, YEJI_DECLARED_FAULT_ROUNDED, number);
      if (strlen (number) > MAX_NUMBER)
        return complain (report, reader, YEJI_DECLARED_FAULT_LONG, number);
      key = yeji_number_fold (number);
      if (key == NULL && odd == NULL)
        odd = g_strdup (number);
      if (key == NULL || g_ptr_array_find_with_equal_func (row->keys, key, g_str_equal, NULL))
        continue;
      g_string_append_printf (numbers, "%s%s", numbers->len > 0 ? YEJI_DECLARED_SEPARATOR : "", number);
      if (row->key == NULL)
        {
          row->key = g_strdup (key);
          row->texts[YEJI_DECLARED_COLUMN_NUMBERS] = g_strdup (number);
        }
      g_ptr_array_add (row->keys, g_steal_pointer (&key));
    }
  row->numbers = g_string_free (g_steal_pointer (&numbers), FALSE);
  if (row->key != NULL)
    return TRUE;
  return complain (report, reader,
                   odd != NULL ? YEJI_DECLARED_FAULT_SHORT : YEJI_DECLARED_FAULT_NO_NUMBER,
                   odd != NULL ? odd : "");
}

static gboolean
read_row (const YejiDeclaredImport *self,
          const Heads              *heads,
          YejiSheetReader          *reader,
          YejiDeclaredReport       *report,
          Row                      *row)
{
  char **texts = row->texts;
  g_autofree char *area = NULL;
  g_autofree char *day = NULL;
  const char *state;

  if (!read_numbers (heads, reader, report, row))
    return FALSE;
  for (guint i = YEJI_DECLARED_COLUMN_NAME; i < N_YEJI_DECLARED_COLUMNS; i++)
    texts[i] = clean (heads->at[i] != NO_COLUMN
                        ? yeji_sheet_reader_get_text (reader, heads->at[i]) : "");
  state = *texts[YEJI_DECLARED_COLUMN_STATE] == '\0'
            ? YEJI_DECLARED_ONGOING
            : g_hash_table_lookup (self->system->states, texts[YEJI_DECLARED_COLUMN_STATE]);
  if (state == NULL)
    return complain (report, reader, YEJI_DECLARED_FAULT_STATE,
                     texts[YEJI_DECLARED_COLUMN_STATE]);
  if (*texts[YEJI_DECLARED_COLUMN_NAME] == '\0' && !g_str_equal (state, YEJI_DECLARED_REMOVED))
    return complain (report, reader, YEJI_DECLARED_FAULT_NO_NAME,
                     texts[YEJI_DECLARED_COLUMN_NUMBERS]);
  area = yeji_declared_systems_read_area (self->systems, texts[YEJI_DECLARED_COLUMN_AREA]);
  day = read_day (texts[YEJI_DECLARED_COLUMN_AT]);
  g_free (texts[YEJI_DECLARED_COLUMN_AREA]);
  texts[YEJI_DECLARED_COLUMN_AREA] = g_steal_pointer (&area);
  g_free (texts[YEJI_DECLARED_COLUMN_AT]);
  texts[YEJI_DECLARED_COLUMN_AT] = g_steal_pointer (&day);
  row->project = (YejiDeclaredProject) {
    .system = self->system->id,
    .number = texts[YEJI_DECLARED_COLUMN_NUMBERS],
    .name = texts[YEJI_DECLARED_COLUMN_NAME],
    .area = texts[YEJI_DECLARED_COLUMN_AREA],
    .enterprise = texts[YEJI_DECLARED_COLUMN_ENTERPRISE],
    .state = state,
    .at = texts[YEJI_DECLARED_COLUMN_AT],
  };
  return TRUE;
}

static gboolean
stage_row (YejiSql             *sql,
           const Row           *row,
           YejiDeclaredReport  *report,
           GError             **error)
{
  YejiDeclaredStaged staged = {
    .key = row->key, .numbers = row->numbers, .project = row->project,
  };
  gboolean repeated;

  if (!yeji_declared_stage_put (sql, &staged, &repeated, error))
    return FALSE;
  if (repeated)
    report->repeated++;
  return TRUE;
}

static gboolean
is_empty (YejiSheetReader *reader)
{
  for (guint i = 0; i < MIN (yeji_sheet_reader_get_n_cells (reader), MAX_COLUMNS); i++)
    if (*yeji_sheet_reader_get_text (reader, i) != '\0')
      return FALSE;
  return TRUE;
}

/* FALSE without an error: this sheet has no heads that the system knows. */
static gboolean
find_heads (const YejiDeclaredImport *self,
            YejiSheetReader          *reader,
            Heads                    *heads,
            GError                  **error)
{
  while (yeji_sheet_reader_next (reader, error))
    {
      if (read_heads (self->system, reader, heads))
        return TRUE;
      if (yeji_sheet_reader_get_row (reader) >= MAX_HEAD_ROW)
        return FALSE;
    }
  return FALSE;
}

static gboolean
take_sheet (const YejiDeclaredImport *self,
            YejiSql                  *sql,
            YejiSheetReader          *reader,
            const Heads              *heads,
            YejiDeclaredReport       *report,
            GError                  **error)
{
  GError *local_error = NULL;

  while (yeji_sheet_reader_next (reader, &local_error))
    {
      g_auto (Row) row = { { 0 } };

      if (is_empty (reader))
        continue;
      report->rows++;
      /* After the first fault nothing will be taken: what else is wrong is told all the same. */
      if (read_row (self, heads, reader, report, &row) && report->n_bad == 0
          && !stage_row (sql, &row, report, error))
        return FALSE;
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, local_error);
  return FALSE;
}

/* A shown sheet that has the heads. */
static YejiSheetReader *
open_sheet (const YejiDeclaredImport *self,
            Heads                    *heads,
            YejiDeclaredReport       *report,
            GError                  **error)
{
  for (guint i = 0; i < yeji_sheets_get_n (self->sheets); i++)
    {
      g_autoptr (YejiSheetReader) reader = NULL;
      GError *local_error = NULL;

      if (yeji_sheets_is_hidden (self->sheets, i))
        continue;
      reader = yeji_sheets_read (self->sheets, i, error);
      if (reader == NULL)
        return NULL;
      if (find_heads (self, reader, heads, &local_error))
        {
          report->sheet = g_strdup (yeji_sheets_get_name (self->sheets, i));
          return g_steal_pointer (&reader);
        }
      if (local_error != NULL)
        {
          g_propagate_error (error, local_error);
          return NULL;
        }
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               _("no sheet has the heads of %s: a number such as “%s”, and “%s”"),
               yeji_text_get (&self->system->label, yeji_language_get_current ()),
               self->system->columns[YEJI_DECLARED_COLUMN_NUMBERS][0],
               self->system->columns[YEJI_DECLARED_COLUMN_NAME][0]);
  return NULL;
}

/* One reading of the list, into the stage. */
typedef struct
{
  const YejiDeclaredImport *import;
  YejiDeclaredReport *report;
} Reading;

static gboolean
run_read (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Reading *reading = data;
  g_auto (Heads) heads = { NULL };
  g_autoptr (YejiSheetReader) reader = open_sheet (reading->import, &heads, reading->report,
                                                   error);

  return reader != NULL
         && take_sheet (reading->import, sql, reader, &heads, reading->report, error);
}

/**
 * yeji_declared_import_read:
 * @stage: of yeji_declared_stage_open()
 *
 * Reads the list of a system into @stage; nobody waits for it. Rows that cannot be taken are told in
 * @report, and then nothing is to be taken.
 */
gboolean
yeji_declared_import_read (const YejiDeclaredImport  *self,
                           YejiDb                    *stage,
                           YejiDeclaredReport        *report,
                           GError                   **error)
{
  Reading reading = { self, report };

  return yeji_db_run (stage, run_read, &reading, error);
}
