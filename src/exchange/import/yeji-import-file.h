// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-import-layout.h"
#include "yeji-record.h"

G_BEGIN_DECLS

/**
 * YejiImportTrouble:
 * @YEJI_IMPORT_FITS: nothing is wrong
 * @YEJI_IMPORT_CODE: the code list has no such name or code
 * @YEJI_IMPORT_DATE: no date
 * @YEJI_IMPORT_NUMBER: no number, or one that the field cannot hold
 * @YEJI_IMPORT_LENGTH: longer than the field
 * @YEJI_IMPORT_SEVERAL: it can be read in several ways
 * @YEJI_IMPORT_FORMAT: not of the form that the field wants
 * @YEJI_IMPORT_ROUNDED: a number of which the last digits were lost when the file was saved
 * @YEJI_IMPORT_FAILED: a formula that went wrong
 * @YEJI_IMPORT_STALE: a formula of which the file does not say what it gave
 * @YEJI_IMPORT_ROLE: there is no such role
 * @YEJI_IMPORT_OWNER: it does not say which project the row belongs to, or several are called so
 * @YEJI_IMPORT_ROWS: more rows than a record may have
 * @YEJI_IMPORT_DIFFERS: the rows of one project say different things of it
 *
 * Why a cell cannot be taken.
 */
typedef enum
{
  YEJI_IMPORT_FITS,
  YEJI_IMPORT_CODE,
  YEJI_IMPORT_DATE,
  YEJI_IMPORT_NUMBER,
  YEJI_IMPORT_LENGTH,
  YEJI_IMPORT_SEVERAL,
  YEJI_IMPORT_FORMAT,
  YEJI_IMPORT_ROUNDED,
  YEJI_IMPORT_FAILED,
  YEJI_IMPORT_STALE,
  YEJI_IMPORT_ROLE,
  YEJI_IMPORT_OWNER,
  YEJI_IMPORT_ROWS,
  YEJI_IMPORT_DIFFERS,
  N_YEJI_IMPORT_TROUBLES
} YejiImportTrouble;

/* A cell of the file. */
typedef struct
{
  guint sheet;                 /* of the layout */
  guint row;                   /* of the sheet's data, from 0 */
  guint column;
} YejiImportPlace;

/* What is there. The texts are the file's, good until it changes. */
typedef struct
{
  const char *text;            /* as the file has it, or as it was mended */
  const char *value;           /* what would be put into the record */
  const YejiFieldDef *field;   /* (nullable) */
  YejiImportTrouble trouble;
} YejiImportCell;

/* @total is 0 where nobody knows. Called on the thread that works. */
typedef void (*YejiImportProgress) (guint64  done,
                                    guint64  total,
                                    gpointer data);

/**
 * YejiImportFile:
 *
 * The rows of a file, in memory, with what each cell would become. Reading takes long; it may be
 * done on any thread, and the object then given to another.
 */
#define YEJI_TYPE_IMPORT_FILE (yeji_import_file_get_type ())

const char             *yeji_import_trouble_get_id    (YejiImportTrouble        trouble);

G_DECLARE_FINAL_TYPE (YejiImportFile, yeji_import_file, YEJI, IMPORT_FILE, GObject)

YejiImportFile         *yeji_import_file_read         (const char              *path,
                                                       const YejiImportLayout  *layout,
                                                       YejiDictionary          *dictionary,
                                                       YejiNormaliser          *normaliser,
                                                       YejiImportProgress       progress,
                                                       gpointer                 progress_data,
                                                       GCancellable            *cancellable,
                                                       GError                 **error);
YejiImportFile         *yeji_import_file_read_sheets  (YejiSheets              *sheets,
                                                       const YejiImportLayout  *layout,
                                                       YejiDictionary          *dictionary,
                                                       YejiNormaliser          *normaliser,
                                                       YejiImportProgress       progress,
                                                       gpointer                 progress_data,
                                                       GCancellable            *cancellable,
                                                       GError                 **error);
YejiDictionary         *yeji_import_file_get_dictionary (YejiImportFile         *self);
const YejiImportLayout *yeji_import_file_get_layout   (YejiImportFile          *self);
void                    yeji_import_file_set_role     (YejiImportFile          *self,
                                                       const char              *role);
guint                   yeji_import_file_get_n_rows   (YejiImportFile          *self,
                                                       guint                    sheet);
guint                   yeji_import_file_get_row_number (YejiImportFile         *self,
                                                       guint                    sheet,
                                                       guint                    row);
void                    yeji_import_file_get_cell     (YejiImportFile          *self,
                                                       const YejiImportPlace   *place,
                                                       YejiImportCell          *cell);
char                   *yeji_import_file_explain      (YejiImportFile          *self,
                                                       const YejiImportPlace   *place);
char                   *yeji_import_file_name_cell    (YejiImportFile          *self,
                                                       const YejiImportPlace   *place);
guint                   yeji_import_file_get_n_bad    (YejiImportFile          *self);
void                    yeji_import_file_get_bad      (YejiImportFile          *self,
                                                       guint                    index,
                                                       YejiImportPlace         *place);
void                    yeji_import_file_set_text     (YejiImportFile          *self,
                                                       const YejiImportPlace   *place,
                                                       const char              *text);
void                    yeji_import_file_set_texts    (YejiImportFile          *self,
                                                       const YejiImportPlace   *places,
                                                       const char * const      *texts,
                                                       guint                    n);
guint                   yeji_import_file_get_generation (YejiImportFile        *self);
void                    yeji_import_file_refuse       (YejiImportFile          *self,
                                                       guint                    record);
guint                   yeji_import_file_get_n_records (YejiImportFile         *self);
guint                   yeji_import_file_get_record_of (YejiImportFile         *self,
                                                       guint                    sheet,
                                                       guint                    row);
guint                   yeji_import_file_get_n_bad_of (YejiImportFile          *self,
                                                       guint                    record);
const char             *yeji_import_file_get_uuid     (YejiImportFile          *self,
                                                       guint                    record);
const char             *yeji_import_file_get_number   (YejiImportFile          *self,
                                                       guint                    record);
const char             *yeji_import_file_get_name     (YejiImportFile          *self,
                                                       guint                    record);
const char             *yeji_import_file_get_key      (YejiImportFile          *self,
                                                       guint                    record);
void                    yeji_import_file_list_rows    (YejiImportFile          *self,
                                                       guint                    record,
                                                       GArray                  *rows);
gboolean                yeji_import_file_has_column   (YejiImportFile          *self,
                                                       const YejiFieldDef      *field);
gboolean                yeji_import_file_has_project  (YejiImportFile          *self,
                                                       guint                    record);
YejiRecord             *yeji_import_file_make_record  (YejiImportFile          *self,
                                                       guint                    record,
                                                       const char              *uuid,
                                                       YejiRecord              *onto,
                                                       gboolean                 clear);

G_END_DECLS
