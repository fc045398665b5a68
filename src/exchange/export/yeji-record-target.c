// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-exchange"

#include "config.h"

#include "yeji-record-target.h"

#include "yeji-record-sheets.h"
#include "yeji-record-writer.h"

/* One of the two is there. */
struct _YejiRecordTarget
{
  YejiRecordWriter *json;
  YejiRecordSheets *sheets;
};

static YejiRecordTarget *
make (YejiRecordWriter *json,
      YejiRecordSheets *sheets)
{
  YejiRecordTarget *self;

  if (json == NULL && sheets == NULL)
    return NULL;
  self = g_new (YejiRecordTarget, 1);
  self->json = json;
  self->sheets = sheets;
  return self;
}

/**
 * yeji_record_target_new_json:
 *
 * Begins a file of record files, as yeji_record_writer_open() does.
 *
 * Returns: (transfer full) (nullable): end it by yeji_record_target_close()
 */
YejiRecordTarget *
yeji_record_target_new_json (GFile   *file,
                             GError **error)
{
  return make (yeji_record_writer_open (file, error), NULL);
}

/**
 * yeji_record_target_new_sheets:
 *
 * Begins a file of tables, as yeji_record_sheets_new() does.
 *
 * Returns: (transfer full) (nullable): end it by yeji_record_target_close()
 */
YejiRecordTarget *
yeji_record_target_new_sheets (YejiDictionary       *dictionary,
                               const char           *path,
                               YejiSheetWriterKind   kind,
                               const YejiTableDef   *table,
                               YejiLanguage          language,
                               GError              **error)
{
  return make (NULL, yeji_record_sheets_new (dictionary, path, kind, table, language, error));
}

/**
 * yeji_record_target_add:
 *
 * Adds a record; may be called from a thread.
 *
 * Returns: whether it was added, with an error of #YejiExchangeError where not
 */
gboolean
yeji_record_target_add (YejiRecordTarget  *self,
                        YejiRecord        *record,
                        GError           **error)
{
  return self->json != NULL ? yeji_record_writer_add (self->json, record, error)
                            : yeji_record_sheets_add (self->sheets, record, error);
}

/**
 * yeji_record_target_close:
 * @self: (transfer full)
 * @keep: %FALSE leaves things as they were before it was opened
 *
 * Returns: whether there is a file now; %TRUE where none is to be kept
 */
gboolean
yeji_record_target_close (YejiRecordTarget  *self,
                          gboolean           keep,
                          GError           **error)
{
  YejiRecordWriter *json = self->json;
  YejiRecordSheets *sheets = self->sheets;

  g_free (self);
  return json != NULL ? yeji_record_writer_close (json, keep, error)
                      : yeji_record_sheets_close (sheets, keep, error);
}
