// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-json.h"

G_BEGIN_DECLS

/* What json_node and record alike take: deeper is no data but an attack. */
#define YEJI_JSON_MAX_DEPTH 32

/* Characters of one string. */
#define YEJI_JSON_MAX_STRING (1u << 20)

/**
 * YejiJsonToken:
 * @YEJI_JSON_FAILED: the text is not JSON; yeji_json_reader_set_error() says why
 * @YEJI_JSON_END: the end of the text, behind one value
 * @YEJI_JSON_NAME: a member's name; its value follows
 */
typedef enum
{
  YEJI_JSON_FAILED,
  YEJI_JSON_END,
  YEJI_JSON_OBJECT,
  YEJI_JSON_OBJECT_END,
  YEJI_JSON_ARRAY,
  YEJI_JSON_ARRAY_END,
  YEJI_JSON_NAME,
  YEJI_JSON_STRING,
  YEJI_JSON_NUMBER,
  YEJI_JSON_TRUE,
  YEJI_JSON_FALSE,
  YEJI_JSON_NULL,
} YejiJsonToken;

/**
 * YejiJsonReader:
 * @string: of a name or string what it says, of a number how it is written; not terminated, good
 *     until the next token
 * @length: of @string in bytes
 *
 * Reads a text token by token. Lives on the stack; begin with yeji_json_reader_init(), end with
 * yeji_json_reader_clear(). Nothing but @string and @length is anybody else's business.
 */
typedef struct
{
  const char *string;
  gsize length;

  /*< private >*/
  const char *text;
  const char *at;
  const char *end;
  GString *decoded;            /* (nullable): a string with escapes, without them */
  const char *reason;          /* (nullable): why it failed, at @at */
  YejiJsonError code;
  guint state;
  guint depth;
  guint64 objects;             /* bit n: what is open at depth n is an object */
  guint budget;                /* what may still be made nodes of */
} YejiJsonReader;

void          yeji_json_reader_init      (YejiJsonReader  *self,
                                          const char      *text,
                                          gsize            length);
void          yeji_json_reader_limit_nodes (YejiJsonReader *self,
                                          guint            budget);
void          yeji_json_reader_clear     (YejiJsonReader  *self);
YejiJsonToken yeji_json_reader_next      (YejiJsonReader  *self);
gboolean      yeji_json_reader_match_name (YejiJsonReader *self,
                                          const char      *name);
gboolean      yeji_json_reader_skip      (YejiJsonReader  *self,
                                          YejiJsonToken    token);
gboolean      yeji_json_reader_is_plain  (const YejiJsonReader *self);
void          yeji_json_reader_refuse    (YejiJsonReader  *self,
                                          const char      *reason);
JsonNode     *yeji_json_reader_read_node (YejiJsonReader  *self,
                                          YejiJsonToken    token);
void          yeji_json_reader_set_error (YejiJsonReader  *self,
                                          GError         **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (YejiJsonReader, yeji_json_reader_clear)

G_END_DECLS
