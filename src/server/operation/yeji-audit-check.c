// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-audit"

#include "config.h"

#include "yeji-audit-check.h"

#include <string.h>

#define HASH_LENGTH 64

static gboolean
take_error (GError **error,
            GError  *reason)
{
  if (reason == NULL)
    return TRUE;
  g_propagate_error (error, reason);
  return FALSE;
}

/* SQLite's own count: what was written and is gone is counted still. */
static gboolean
read_last (YejiSql  *sql,
           gint64   *last,
           GError  **error)
{
  GError *reason = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT seq FROM sqlite_sequence"
                                              " WHERE name = 'audit'", "");

  if (rows == NULL)
    return FALSE;
  *last = yeji_rows_next (rows, &reason) ? yeji_rows_int (rows, 0) : 0;
  return take_error (error, reason);
}

/* Lines of earlier versions have no hash; the chain goes through them all the same. */
static gboolean
follow_old_lines (YejiSql        *sql,
                  YejiAuditHead  *head,
                  GError        **error)
{
  g_auto (YejiAuditReport) report = { 0 };

  if (!yeji_audit_check (sql, NULL, NULL, NULL, &report, error))
    return FALSE;
  head->hash = g_steal_pointer (&report.head.hash);
  return TRUE;
}

/**
 * yeji_audit_find_head:
 * @head: (out caller-allocates): to be cleared
 *
 * Finds the end of the log.
 */
gboolean
yeji_audit_find_head (YejiSql        *sql,
                      YejiAuditHead  *head,
                      GError        **error)
{
  GError *reason = NULL;
  g_autoptr (YejiRows) rows = NULL;
  gboolean found;

  if (!read_last (sql, &head->last, error))
    return FALSE;
  rows = yeji_sql_query (sql, error, "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1", "");
  if (rows == NULL)
    return FALSE;
  found = yeji_rows_next (rows, &reason);
  if (!take_error (error, reason))
    return FALSE;
  head->seq = found ? yeji_rows_int (rows, 0) : 0;
  head->last = MAX (head->last, head->seq);
  if (found && yeji_rows_is_null (rows, 1))
    {
      g_clear_pointer (&rows, yeji_rows_free);
      return follow_old_lines (sql, head, error);
    }
  head->hash = found ? yeji_rows_dup_text (rows, 1) : g_strdup ("");
  return TRUE;
}

static void
note (YejiAuditReport *report,
      YejiAuditFault   fault,
      gint64           seq)
{
  if (report->fault != YEJI_AUDIT_RIGHT)
    return;
  report->fault = fault;
  report->seq = seq;
}

/* Takes one line into the chain. */
static void
follow (YejiAuditReport     *report,
        const YejiAuditHead *noted,
        const YejiAuditLine *line,
        const char          *hash,
        gboolean            *hashed)
{
  char *own = yeji_audit_hash (line, report->head.hash);

  if (line->seq != report->head.seq + 1)
    note (report, YEJI_AUDIT_MISSING, report->head.seq + 1);
  if (hash != NULL ? !g_str_equal (hash, own) : *hashed)
    note (report, YEJI_AUDIT_CHANGED, line->seq);
  if (noted != NULL && noted->seq == line->seq && !g_str_equal (noted->hash, own))
    note (report, YEJI_AUDIT_NOT_NOTED, line->seq);
  *hashed = *hashed || hash != NULL;
  report->head.seq = line->seq;
  g_free (report->head.hash);
  report->head.hash = own;
}

/**
 * yeji_audit_check:
 * @noted: (nullable): a head that was noted earlier
 * @func: (nullable) (scope call): told of each line; %FALSE ends the check
 * @report: (out caller-allocates): to be cleared
 *
 * Goes through the whole log and says what is wrong first. Who can write the database and knows the
 * method can make a new chain, but none that ends in a head that was noted elsewhere.
 */
gboolean
yeji_audit_check (YejiSql              *sql,
                  const YejiAuditHead  *noted,
                  YejiAuditFunc         func,
                  gpointer              data,
                  YejiAuditReport      *report,
                  GError              **error)
{
  g_autoptr (YejiRows) rows = NULL;
  GError *reason = NULL;
  gboolean hashed = FALSE;
  YejiAuditLine line;

  report->head.hash = g_strdup ("");
  if (!read_last (sql, &report->head.last, error))
    return FALSE;
  rows = yeji_sql_query (sql, error, "SELECT " YEJI_AUDIT_COLUMNS " FROM audit ORDER BY seq", "");
  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &reason))
    {
      const char *hash = yeji_audit_read_line (rows, &line) ? yeji_rows_text (rows, 6) : NULL;
      g_autofree char *previous = g_strdup (report->head.hash);

      follow (report, noted, &line, hash, &hashed);
      if (func != NULL && !func (&line, previous, report->head.hash, data))
        break;
    }
  if (!take_error (error, reason))
    return FALSE;
  if (report->head.seq < report->head.last
      || (noted != NULL && report->head.seq < noted->seq))
    note (report, YEJI_AUDIT_CUT, report->head.seq + 1);
  return TRUE;
}

/**
 * yeji_audit_head_parse:
 * @head: (out caller-allocates): to be cleared
 * @text: `SEQ:HASH`
 *
 * Returns: whether @text is a head
 */
gboolean
yeji_audit_head_parse (YejiAuditHead *head,
                       const char    *text)
{
  const char *colon = strchr (text, ':');
  g_autofree char *number = colon != NULL ? g_strndup (text, (gsize) (colon - text)) : NULL;
  guint64 seq;

  if (number == NULL || !g_ascii_string_to_unsigned (number, 10, 1, G_MAXINT64, &seq, NULL)
      || strlen (colon + 1) != HASH_LENGTH
      || strspn (colon + 1, "0123456789abcdef") != HASH_LENGTH)
    return FALSE;
  head->seq = (gint64) seq;
  head->hash = g_strdup (colon + 1);
  return TRUE;
}

/**
 * yeji_audit_head_clear:
 *
 * Frees what is in @head.
 */
void
yeji_audit_head_clear (YejiAuditHead *head)
{
  g_clear_pointer (&head->hash, g_free);
}

/**
 * yeji_audit_report_clear:
 *
 * Frees what is in @report.
 */
void
yeji_audit_report_clear (YejiAuditReport *report)
{
  yeji_audit_head_clear (&report->head);
}
