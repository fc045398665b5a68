// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-publication"

#include "config.h"

#include "yeji-publication.h"

static gboolean
take_serial (YejiSql     *sql,
             const char  *prefix,
             gint64      *serial,
             GError     **error)
{
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "INSERT INTO serial (prefix, last) VALUES (?1, 1)"
                         " ON CONFLICT (prefix) DO UPDATE SET last = last + 1 RETURNING last",
                         "s", prefix);
  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  *serial = yeji_rows_int (rows, 0);
  return TRUE;
}

/* 1 taken, 0 free, -1 failed */
static int
is_taken (YejiSql     *sql,
          const char  *number,
          GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT 1 FROM publication WHERE number = ?1", "s",
                                              number);

  if (rows == NULL)
    return -1;
  if (yeji_rows_next (rows, &local_error))
    return 1;
  if (local_error == NULL)
    return 0;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return -1;
}

/**
 * yeji_publication_give_number:
 *
 * Takes the next number of today in @area that no published project has.
 *
 * Returns: (transfer full) (nullable): the number
 */
char *
yeji_publication_give_number (YejiServerContext  *context,
                              YejiSql            *sql,
                              const char         *area,
                              GError            **error)
{
  g_autofree char *prefix = yeji_mapping_make_prefix (context->mapping, area);
  int taken = 1;

  while (taken > 0)
    {
      g_autofree char *number = NULL;
      gint64 serial;

      if (!take_serial (sql, prefix, &serial, error))
        return NULL;
      number = yeji_mapping_make_number (context->mapping, prefix, serial);
      if (number == NULL)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                       "no project number is left for %s today", area);
          return NULL;
        }
      taken = is_taken (sql, number, error);
      if (taken == 0)
        return g_steal_pointer (&number);
    }
  return NULL;
}

/**
 * yeji_publication_write:
 * @approved: the record with grade, office and reviewer
 *
 * Puts an approved record on the public page. The page has its own copy, so that a record that is
 * being corrected stays as it was published.
 */
gboolean
yeji_publication_write (YejiServerContext  *context,
                        YejiSql            *sql,
                        YejiCase           *approved,
                        YejiRecord         *record,
                        GError            **error)
{
  return yeji_sql_exec (sql, error,
                        "INSERT INTO publication (uuid, number, name, area, enterprise, grade,"
                        "  office, reviewer, approved_at, body)"
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
                        " ON CONFLICT (uuid) DO UPDATE SET number = excluded.number,"
                        "  name = excluded.name, area = excluded.area, grade = excluded.grade,"
                        "  office = excluded.office, reviewer = excluded.reviewer,"
                        "  approved_at = excluded.approved_at, body = excluded.body",
                        "ssssssssss", approved->uuid,
                        yeji_mapping_get_number (context->mapping, record),
                        yeji_mapping_get_title (context->mapping, record), approved->area,
                        approved->enterprise_name, approved->grade, approved->office,
                        approved->reviewer, approved->approved_at, approved->body);
}
