// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-record.h"

G_BEGIN_DECLS

#define YEJI_EXCHANGE_ERROR (yeji_exchange_error_quark ())

/**
 * YejiExchangeError:
 * @YEJI_EXCHANGE_ERROR_READ: the file cannot be read
 * @YEJI_EXCHANGE_ERROR_WRITE: the file cannot be written
 * @YEJI_EXCHANGE_ERROR_FORMAT: the file is not what it should be; the message names the place
 * @YEJI_EXCHANGE_ERROR_TOO_LARGE: the file is larger than the program takes
 */
typedef enum
{
  YEJI_EXCHANGE_ERROR_READ,
  YEJI_EXCHANGE_ERROR_WRITE,
  YEJI_EXCHANGE_ERROR_FORMAT,
  YEJI_EXCHANGE_ERROR_TOO_LARGE,
} YejiExchangeError;

/**
 * YejiRecordParser:
 * @place: where the text is, with what an error begins
 *
 * Returns: (transfer full): a record, or %NULL with an error of #YejiExchangeError
 */
typedef YejiRecord *(*YejiRecordParser) (gpointer     data,
                                         const char  *text,
                                         gsize        length,
                                         const char  *place,
                                         GError     **error);

GQuark        yeji_exchange_error_quark (void);
GInputStream *yeji_record_file_open     (const char      *path,
                                         GError         **error);
YejiRecord   *yeji_record_file_parse    (YejiDictionary  *dictionary,
                                         const char      *text,
                                         gsize            length,
                                         const char      *place,
                                         GError         **error);
GPtrArray    *yeji_record_file_read_by  (YejiRecordParser parser,
                                         gpointer         data,
                                         const char      *path,
                                         GError         **error);
GPtrArray    *yeji_record_file_read     (YejiDictionary  *dictionary,
                                         const char      *path,
                                         GError         **error);

G_END_DECLS
