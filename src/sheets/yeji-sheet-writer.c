// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sheets"

#include "config.h"

#include "yeji-sheet-writer-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include <glib/gstdio.h>

#include "yeji-platform.h"

/* A folder of a writer, and what in it is locked as long as it lives: what is not was left by one
 * that was killed. */
#define SCRATCH_PREFIX ".yeji-"
#define SCRATCH_LOCK "lock"

typedef struct
{
  char *name;                  /* as it is in the file */
  guint n_rows;
  guint height;                /* of the row that is added next, 0: usual */
  GArray *marks;               /* (element-type YejiCellMark): of the row that is added next */
} Sheet;

struct _YejiSheetWriter
{
  const YejiSheetWriterClass *class;
  gpointer data;
  char *path;
  char *scratch;               /* a directory that nobody else can read */
  YejiLock *lock;              /* (nullable): where files cannot be locked */
  YejiSheetWriterKind kind;
  GPtrArray *sheets;           /* (element-type Sheet) */
};

static const YejiSheetWriterClass * const classes[] = {
  [YEJI_SHEET_WRITER_XLSX] = &yeji_sheet_writer_xlsx,
  [YEJI_SHEET_WRITER_CSV] = &yeji_sheet_writer_csv,
  [YEJI_SHEET_WRITER_ZIP] = &yeji_sheet_writer_zip,
};

G_DEFINE_QUARK (yeji-sheet-writer-error-quark, yeji_sheet_writer_error)

/* Sets an error; returns %FALSE, so that it can be returned. */
gboolean
yeji_sheet_writer_fail (GError               **error,
                        YejiSheetWriterError   code,
                        const char            *format,
                        ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, YEJI_SHEET_WRITER_ERROR, (int) code, text);
  return FALSE;
}

static void
clear_mark (gpointer data)
{
  g_free (((YejiCellMark *) data)->comment);
}

static void
free_sheet (gpointer data)
{
  Sheet *self = data;

  g_free (self->name);
  g_array_unref (self->marks);
  g_free (self);
}

/* --- where a file is while it is written --- */

static char *
make_in (const char *folder)
{
  g_autofree char *scratch = g_build_filename (folder, SCRATCH_PREFIX "XXXXXX", NULL);

  return g_mkdtemp_full (scratch, 0700) != NULL ? g_steal_pointer (&scratch) : NULL;
}

/* Beside the file, so that it only has to be renamed; where that may not be (a sandbox lets a
 * program write the one file that was chosen), among what the user's programs keep. Personal
 * numbers are in it: nobody else looks into it. */
static char *
make_scratch (const char  *path,
              GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  char *scratch = make_in (folder);
  int beside = errno;

  if (scratch == NULL && beside != ENOSPC && beside != ENOENT)
    {
      g_mkdir_with_parents (g_get_user_cache_dir (), 0700);
      scratch = make_in (g_get_user_cache_dir ());
    }
  if (scratch == NULL)
    yeji_sheet_writer_fail (error, YEJI_SHEET_WRITER_ERROR_WRITE, "%s", g_strerror (beside));
  return scratch;
}

static void
remove_scratch (const char *scratch)
{
  g_autoptr (GDir) folder = g_dir_open (scratch, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (scratch, name, NULL);

      g_unlink (path);
    }
  g_clear_pointer (&folder, g_dir_close);
  g_rmdir (scratch);
}

/* It has its name only when it is held: in between it looks like nobody's. */
static YejiLock *
lock_scratch (const char *scratch)
{
  g_autofree char *name = g_build_filename (scratch, SCRATCH_LOCK, NULL);
  g_autofree char *made = g_strconcat (name, "-new", NULL);
  YejiLock *lock = yeji_platform_lock (made, NULL, NULL);

  if (lock != NULL && g_rename (made, name) != 0)
    g_debug ("%s has no lock: %s", scratch, g_strerror (errno));
  return lock;
}

static gboolean
is_left (const char *scratch)
{
  g_autofree char *name = g_build_filename (scratch, SCRATCH_LOCK, NULL);
  g_autoptr (YejiLock) lock = NULL;

  if (g_file_test (scratch, G_FILE_TEST_IS_SYMLINK)
      || !g_file_test (name, G_FILE_TEST_IS_REGULAR)
      || g_file_test (name, G_FILE_TEST_IS_SYMLINK))
    return FALSE;
  lock = yeji_platform_lock (name, NULL, NULL);
  return lock != NULL;
}

/* Takes away what writers that were killed have left in a folder. */
static void
sweep (const char *folder)
{
  g_autoptr (GDir) there = g_dir_open (folder, 0, NULL);
  const char *name;

  while (there != NULL && (name = g_dir_read_name (there)) != NULL)
    {
      g_autofree char *path = NULL;

      if (!g_str_has_prefix (name, SCRATCH_PREFIX)
          || strlen (name) != strlen (SCRATCH_PREFIX "XXXXXX"))
        continue;
      path = g_build_filename (folder, name, NULL);
      if (is_left (path))
        remove_scratch (path);
    }
}

static gboolean
sync_file (const char  *path,
           GError     **error)
{
  int fd = g_open (path, O_RDWR, 0);
  gboolean synced = fd >= 0 && yeji_platform_sync_file (fd, error);

  if (fd < 0)
    yeji_sheet_writer_fail (error, YEJI_SHEET_WRITER_ERROR_WRITE, "%s", g_strerror (errno));
  else
    g_close (fd, NULL);
  return synced;
}

static gboolean
put_into_place (const char  *made,
                const char  *path,
                GError     **error)
{
  g_autoptr (GFile) from = g_file_new_for_path (made);
  g_autoptr (GFile) to = g_file_new_for_path (path);
  g_autoptr (GError) failure = NULL;

  g_chmod (made, 0600);   /* of what is in it nobody knows who may read it */
  if (sync_file (made, &failure)
      && g_file_move (from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &failure))
    return TRUE;
  return yeji_sheet_writer_fail (error, YEJI_SHEET_WRITER_ERROR_WRITE, "%s", failure->message);
}

/* --- names --- */

static gboolean
is_taken (YejiSheetWriter *self,
          const char      *name)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);

  for (guint i = 0; i < self->sheets->len; i++)
    {
      const Sheet *other = g_ptr_array_index (self->sheets, i);
      g_autofree char *taken = g_utf8_casefold (other->name, -1);

      if (g_str_equal (folded, taken))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_sign (gunichar c)
{
  return g_unichar_iscntrl (c) || (c < 0x80 && strchr ("[]:*?/\\'", (int) c) != NULL);
}

/* What Excel takes for the name of a sheet: up to 31 characters (UTF-16) without some signs, no
 * apostrophe at its ends, each only once. What is cut is made unlike the others by a number. */
static char *
make_name (YejiSheetWriter *self,
           const char      *wanted)
{
  g_autoptr (GString) name = g_string_new (NULL);
  guint n = 0;

  for (const char *p = wanted; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      n += c > 0xffff ? 2 : 1;
      if (n > YEJI_SHEET_MAX_NAME)
        break;
      g_string_append_unichar (name, is_sign (c) ? '_' : c);
    }
  if (name->len == 0)
    g_string_append (name, "_");
  for (guint i = 2; is_taken (self, name->str); i++)
    {
      g_autofree char *number = g_strdup_printf ("~%u", i);
      glong keep = (glong) (YEJI_SHEET_MAX_NAME - strlen (number));
      char *tail = strrchr (name->str, '~');

      if (tail != NULL && i > 2)
        g_string_truncate (name, (gsize) (tail - name->str));
      while (g_utf8_strlen (name->str, -1) > keep)
        g_string_truncate (name, (gsize) (g_utf8_prev_char (name->str + name->len) - name->str));
      g_string_append (name, number);
    }
  return g_string_free (g_steal_pointer (&name), FALSE);
}

/**
 * yeji_sheet_writer_new:
 * @path: where the file will be
 *
 * Begins to write tables. Rows of all sheets may be added in any order; memory does not grow with
 * them, what is written lies in a directory beside @path that nobody else can read, and the file is
 * there, or is replaced, only by yeji_sheet_writer_close(). What a writer left there that was killed
 * is taken away. Blocks.
 *
 * Returns: (transfer full): %NULL with an error of #YejiSheetWriterError; its text is what the
 *   system says
 */
YejiSheetWriter *
yeji_sheet_writer_new (const char           *path,
                       YejiSheetWriterKind   kind,
                       GError              **error)
{
  g_autofree char *scratch = NULL;
  g_autofree char *folder = NULL;
  YejiLock *lock;
  gpointer data;
  YejiSheetWriter *self;

  g_return_val_if_fail (path != NULL && kind < G_N_ELEMENTS (classes), NULL);

  scratch = make_scratch (path, error);
  if (scratch == NULL)
    return NULL;
  lock = lock_scratch (scratch);
  folder = g_path_get_dirname (scratch);
  sweep (folder);
  data = classes[kind]->open (scratch, error);
  if (data == NULL)
    {
      g_clear_pointer (&lock, yeji_platform_unlock);
      remove_scratch (scratch);
      return NULL;
    }
  self = g_new0 (YejiSheetWriter, 1);
  self->class = classes[kind];
  self->kind = kind;
  self->data = data;
  self->path = g_strdup (path);
  self->scratch = g_steal_pointer (&scratch);
  self->lock = lock;
  self->sheets = g_ptr_array_new_with_free_func (free_sheet);
  return self;
}

/**
 * yeji_sheet_writer_begin_sheet:
 * @name: cut and changed to what a sheet can be called
 *
 * Returns: the sheet, by which it is named from now on; they are in the file in this order
 */
guint
yeji_sheet_writer_begin_sheet (YejiSheetWriter *self,
                               const char      *name,
                               YejiSheetFlags   flags)
{
  Sheet *sheet;

  g_return_val_if_fail (self->kind != YEJI_SHEET_WRITER_CSV || self->sheets->len == 0, 0);

  sheet = g_new0 (Sheet, 1);
  sheet->name = make_name (self, name);
  sheet->marks = g_array_new (FALSE, FALSE, sizeof (YejiCellMark));
  g_array_set_clear_func (sheet->marks, clear_mark);
  g_ptr_array_add (self->sheets, sheet);
  self->class->begin_sheet (self->data, sheet->name, flags);
  return self->sheets->len - 1;
}

/**
 * yeji_sheet_writer_get_name:
 *
 * Returns: (transfer none): what the sheet is called in the file
 */
const char *
yeji_sheet_writer_get_name (YejiSheetWriter *self,
                            guint            sheet)
{
  g_return_val_if_fail (sheet < self->sheets->len, NULL);
  return ((const Sheet *) g_ptr_array_index (self->sheets, sheet))->name;
}

/**
 * yeji_sheet_writer_set_column:
 * @width: Latin characters that it shows; a Chinese one takes two
 *
 * Says how a column looks, its empty cells too: they take texts. Before the first row of the sheet.
 */
void
yeji_sheet_writer_set_column (YejiSheetWriter *self,
                              guint            sheet,
                              guint            column,
                              guint            width,
                              gboolean         hidden)
{
  g_return_if_fail (sheet < self->sheets->len);

  if (self->class->set_column != NULL)
    self->class->set_column (self->data, sheet, column, width, hidden);
}

/**
 * yeji_sheet_writer_freeze:
 *
 * Keeps the first rows and columns in sight when the sheet is scrolled.
 */
void
yeji_sheet_writer_freeze (YejiSheetWriter *self,
                          guint            sheet,
                          guint            n_rows,
                          guint            n_columns)
{
  g_return_if_fail (sheet < self->sheets->len);

  if (self->class->freeze != NULL)
    self->class->freeze (self->data, sheet, n_rows, n_columns);
}

/**
 * yeji_sheet_writer_add_check:
 * @first_row: from 0
 * @last_row: inclusive
 *
 * Says what the cells of a column offer, say and ask.
 */
void
yeji_sheet_writer_add_check (YejiSheetWriter      *self,
                             guint                 sheet,
                             guint                 column,
                             guint                 first_row,
                             guint                 last_row,
                             const YejiSheetCheck *check)
{
  g_return_if_fail (sheet < self->sheets->len);

  if (self->class->add_check != NULL)
    self->class->add_check (self->data, sheet, column, first_row, last_row, check);
}

/**
 * yeji_sheet_writer_add_reminder:
 * @formula: of the cell in @first_row
 *
 * Tints the cells of a column for which a formula holds: those that are still to be filled.
 */
void
yeji_sheet_writer_add_reminder (YejiSheetWriter *self,
                                guint            sheet,
                                guint            column,
                                guint            first_row,
                                guint            last_row,
                                const char      *formula)
{
  g_return_if_fail (sheet < self->sheets->len);

  if (self->class->add_reminder != NULL)
    self->class->add_reminder (self->data, sheet, column, first_row, last_row, formula);
}

/**
 * yeji_sheet_writer_mark_cell:
 * @comment: (nullable): a note on the cell
 *
 * Says that a cell of the row that is added next is not as the others of that row.
 */
void
yeji_sheet_writer_mark_cell (YejiSheetWriter *self,
                             guint            sheet,
                             guint            column,
                             YejiCellStyle    style,
                             const char      *comment)
{
  YejiCellMark mark = { column, style, g_strdup (comment) };

  g_return_if_fail (sheet < self->sheets->len && style < N_YEJI_CELL_STYLES);
  g_array_append_val (((Sheet *) g_ptr_array_index (self->sheets, sheet))->marks, mark);
}

/**
 * yeji_sheet_writer_set_height:
 * @height: points
 *
 * Says how high the row is that is added next.
 */
void
yeji_sheet_writer_set_height (YejiSheetWriter *self,
                              guint            sheet,
                              guint            height)
{
  g_return_if_fail (sheet < self->sheets->len);
  ((Sheet *) g_ptr_array_index (self->sheets, sheet))->height = height;
}

/**
 * yeji_sheet_writer_can_hold:
 *
 * Returns: whether a cell can hold the text
 */
gboolean
yeji_sheet_writer_can_hold (YejiSheetWriter *self,
                            const char      *text)
{
  return self->class->can_hold == NULL || self->class->can_hold (self->data, text);
}

/**
 * yeji_sheet_writer_add_row:
 * @texts: (array length=n): %NULL for an empty cell
 * @style: of all cells that were not marked
 *
 * Adds the next row of a sheet. All values are texts, whatever they look like: 18 digits stay 18
 * digits, and nothing becomes a formula.
 *
 * Returns: %FALSE with an error of #YejiSheetWriterError: a text or table that a sheet cannot hold
 *   is never cut. Close without keeping then
 */
gboolean
yeji_sheet_writer_add_row (YejiSheetWriter     *self,
                           guint                sheet,
                           const char * const  *texts,
                           guint                n,
                           YejiCellStyle        style,
                           GError             **error)
{
  Sheet *of;
  YejiSheetRow row = { sheet, 0, texts, n, style };
  gboolean added;

  g_return_val_if_fail (sheet < self->sheets->len && style < N_YEJI_CELL_STYLES, FALSE);

  of = g_ptr_array_index (self->sheets, sheet);
  row.row = of->n_rows++;
  row.height = of->height;
  row.marks = of->marks;
  added = self->class->add_row (self->data, &row, error);
  of->height = 0;
  g_array_set_size (of->marks, 0);
  return added;
}

/**
 * yeji_sheet_writer_close:
 * @self: (transfer full)
 * @keep: %FALSE leaves things as they were before it was begun
 *
 * Puts the file together and into its place, on disk. With an error there is nothing new, and what
 * was there before is still there.
 *
 * Returns: whether there is a file now; %TRUE where none is to be kept
 */
gboolean
yeji_sheet_writer_close (YejiSheetWriter  *self,
                         gboolean          keep,
                         GError          **error)
{
  g_autofree char *made = self->class->close (self->data, keep, error);
  gboolean done = !keep || (made != NULL && put_into_place (made, self->path, error));

  g_clear_pointer (&self->lock, yeji_platform_unlock);
  remove_scratch (self->scratch);
  g_ptr_array_unref (self->sheets);
  g_free (self->scratch);
  g_free (self->path);
  g_free (self);
  return done;
}
