// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-audit"

#include "config.h"

#include "yeji-audit.h"

#include "yeji-clock.h"

/**
 * yeji_audit_write:
 * @who: an account's name, or what acted by itself
 * @what: a code such as `record.approved`
 * @uuid: (nullable): the record
 * @detail: (nullable)
 *
 * Adds a line to the audit log, in the transaction of what it tells of. The log cannot be changed:
 * the schema's triggers refuse it.
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

  return yeji_sql_exec (sql, error,
                        "INSERT INTO audit (at, who, what, uuid, detail)"
                        " VALUES (?1, ?2, ?3, ?4, ?5)",
                        "sssss", now, who, what, uuid, detail);
}
