// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-audit"

#include "config.h"

#include "yeji-audit.h"

#include "yeji-audit-check.h"
#include "yeji-clock.h"
#include "yeji-digest.h"

/* As RFC 8785 wants it, so that anybody's program can take the sum. */
static void
append_text (GString    *json,
             const char *text)
{
  static const char * const short_forms[0x20] = {
    ['\b'] = "\\b", ['\t'] = "\\t", ['\n'] = "\\n", ['\f'] = "\\f", ['\r'] = "\\r",
  };

  if (text == NULL)
    {
      g_string_append (json, "null");
      return;
    }
  g_string_append_c (json, '"');
  for (const char *at = text; *at != '\0'; at++)
    {
      guchar c = (guchar) *at;

      if (c == '"' || c == '\\')
        g_string_append_printf (json, "\\%c", c);
      else if (c >= 0x20)
        g_string_append_c (json, *at);
      else if (short_forms[c] != NULL)
        g_string_append (json, short_forms[c]);
      else
        g_string_append_printf (json, "\\u%04x", c);
    }
  g_string_append_c (json, '"');
}

/**
 * yeji_audit_print:
 * @previous: the hash of the line before, "" for the first one
 *
 * Returns: (transfer full): the line as canonical JSON (RFC 8785), of which the hash is the SHA-256
 */
char *
yeji_audit_print (const YejiAuditLine *line,
                  const char          *previous)
{
  const struct
  {
    const char *member;
    const char *value;
  } texts[] = {
    { "{\"at\":", line->at },
    { ",\"detail\":", line->detail },
    { ",\"previous\":", previous },
  };
  GString *json = g_string_sized_new (256);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_string_append (json, texts[i].member);
      append_text (json, texts[i].value);
    }
  g_string_append_printf (json, ",\"seq\":%" G_GINT64_FORMAT ",\"uuid\":", line->seq);
  append_text (json, line->uuid);
  g_string_append (json, ",\"what\":");
  append_text (json, line->what);
  g_string_append (json, ",\"who\":");
  append_text (json, line->who);
  g_string_append_c (json, '}');
  return g_string_free (json, FALSE);
}

/**
 * yeji_audit_hash:
 * @previous: the hash of the line before, "" for the first one
 *
 * Returns: (transfer full): 64 hexadecimal digits
 */
char *
yeji_audit_hash (const YejiAuditLine *line,
                 const char          *previous)
{
  g_autofree char *text = yeji_audit_print (line, previous);

  return yeji_digest_sum_text (text);
}

/**
 * yeji_audit_read_line:
 * @rows: standing on a row of %YEJI_AUDIT_COLUMNS
 * @line: (out caller-allocates): its texts live until the next step
 *
 * Returns: whether the line has a hash of its own: those of earlier versions have none
 */
gboolean
yeji_audit_read_line (YejiRows      *rows,
                      YejiAuditLine *line)
{
  line->seq = yeji_rows_int (rows, 0);
  line->at = yeji_rows_text (rows, 1);
  line->who = yeji_rows_text (rows, 2);
  line->what = yeji_rows_text (rows, 3);
  line->uuid = yeji_rows_is_null (rows, 4) ? NULL : yeji_rows_text (rows, 4);
  line->detail = yeji_rows_is_null (rows, 5) ? NULL : yeji_rows_text (rows, 5);
  return !yeji_rows_is_null (rows, 6);
}

/**
 * yeji_audit_write:
 * @who: an account's name, or what acted by itself
 * @what: a code such as `record.approved`
 * @uuid: (nullable): the record
 * @detail: (nullable)
 *
 * Adds a line to the audit log, in the transaction of what it tells of. The log cannot be changed:
 * the schema's triggers refuse it, and each line has a hash of itself and of the line before, by
 * which yeji_audit_check() finds what was changed without them.
 */
gboolean
yeji_audit_write (YejiSql     *sql,
                  const char  *who,
                  const char  *what,
                  const char  *uuid,
                  const char  *detail,
                  GError     **error)
{
  g_autofree char *now = yeji_clock_now ();
  g_autofree char *hash = NULL;
  g_auto (YejiAuditHead) head = { 0 };
  YejiAuditLine line = { 0, now, who, what, uuid, detail };

  if (!yeji_audit_find_head (sql, &head, error))
    return FALSE;
  /* Behind the last one that there ever was, so that a gap stays where the end was cut off. */
  line.seq = head.last + 1;
  hash = yeji_audit_hash (&line, head.hash);
  return yeji_sql_exec (sql, error,
                        "INSERT INTO audit (seq, at, who, what, uuid, detail, hash)"
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                        "issssss", line.seq, now, who, what, uuid, detail, hash);
}
