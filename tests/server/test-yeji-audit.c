// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-audit-check.h"
#include "yeji-audit-looks.h"

#include <gio/gio.h>

#include "yeji-canonical.h"
#include "yeji-server-schema.h"
#include "yeji-test.h"

typedef struct
{
  char *dir;
  YejiDb *db;
} Log;

/* Lines of an earlier version, and behind them those of this one. */
#define N_OLD 3
#define N_LINES 8

static const YejiAuditLine odd_lines[] = {
  { 1, "2026-01-02T03:04:05.678Z", "qiye", "record.submitted", "6f1c2d3e", NULL },
  { 2, "2026-01-02T03:04:05.678Z", "", "session.refused", NULL, "" },
  { 3, "now", "张三\"\\", "a/b", NULL, "一\n二\t三\r\b\f\x01\x1f\x7f 😀 </>" },
};

static gboolean
add_lines (YejiSql   *sql,
           gpointer   data,
           GError   **error)
{
  for (guint i = 0; i < N_OLD; i++)
    if (!yeji_sql_exec (sql, error, "INSERT INTO audit (at, who, what, uuid, detail)"
                        " VALUES ('2026-01-01', 'old', 'record.created', NULL, ?1)", "i",
                        (gint64) i))
      return FALSE;
  for (guint i = N_OLD; i < N_LINES; i++)
    if (!yeji_audit_write (sql, "qiye", "record.changed", i % 2 == 0 ? "uuid" : NULL,
                           i == N_LINES - 1 ? NULL : "说明", error))
      return FALSE;
  return TRUE;
}

static void
set_up (Log           *self,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  self->dir = yeji_test_dir_new ();
  self->db = yeji_server_schema_open (self->dir, &error);
  g_assert_no_error (error);
  yeji_db_run (self->db, add_lines, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (Log           *self,
           gconstpointer  data)
{
  yeji_db_close (self->db);
  g_assert_finalize_object (self->db);
  yeji_test_dir_remove (self->dir);
  g_free (self->dir);
}

static gboolean
find_head (YejiSql   *sql,
           gpointer   data,
           GError   **error)
{
  return yeji_audit_find_head (sql, data, error);
}

static void
test_is_right (Log           *self,
               gconstpointer  data)
{
  g_auto (YejiAuditHead) head = { 0 };
  g_autoptr (GError) error = NULL;

  yeji_db_run (self->db, find_head, &head, &error);
  g_assert_no_error (error);
  g_assert_cmpint (head.seq, ==, N_LINES);
  g_assert_cmpint (head.last, ==, N_LINES);
  g_assert_cmpuint (strlen (head.hash), ==, 64);
}

/* What somebody does who can write the file. */
static const struct
{
  const char *statements;      /* separated by ; */
  gboolean with_head;          /* the head from before is known */
  YejiAuditFault fault;
  gint64 seq;
} cases[] = {
  { "", FALSE, YEJI_AUDIT_RIGHT, 0 },
  { "", TRUE, YEJI_AUDIT_RIGHT, 0 },
  { "UPDATE audit SET who = 'shi' WHERE seq = 5", FALSE, YEJI_AUDIT_CHANGED, 5 },
  { "UPDATE audit SET what = 'x' WHERE seq = 8", FALSE, YEJI_AUDIT_CHANGED, 8 },
  { "UPDATE audit SET at = '2025' WHERE seq = 5", FALSE, YEJI_AUDIT_CHANGED, 5 },
  { "UPDATE audit SET detail = NULL WHERE seq = 5", FALSE, YEJI_AUDIT_CHANGED, 5 },
  { "UPDATE audit SET detail = '' WHERE seq = 8", FALSE, YEJI_AUDIT_CHANGED, 8 },
  { "UPDATE audit SET uuid = 'other' WHERE seq = 5", FALSE, YEJI_AUDIT_CHANGED, 5 },
  { "UPDATE audit SET hash = upper (hash) WHERE seq = 5", FALSE, YEJI_AUDIT_CHANGED, 5 },
  { "UPDATE audit SET hash = NULL WHERE seq = 5", FALSE, YEJI_AUDIT_CHANGED, 5 },
  { "UPDATE audit SET hash = '' WHERE seq = 5", FALSE, YEJI_AUDIT_CHANGED, 5 },
  /* of the old ones: the first line with a hash speaks for them */
  { "UPDATE audit SET who = 'shi' WHERE seq = 2", FALSE, YEJI_AUDIT_CHANGED, 4 },
  { "DELETE FROM audit WHERE seq = 1", FALSE, YEJI_AUDIT_MISSING, 1 },
  { "DELETE FROM audit WHERE seq = 3", FALSE, YEJI_AUDIT_MISSING, 3 },
  { "DELETE FROM audit WHERE seq = 6", FALSE, YEJI_AUDIT_MISSING, 6 },
  { "DELETE FROM audit WHERE seq < 5", FALSE, YEJI_AUDIT_MISSING, 1 },
  { "DELETE FROM audit WHERE seq = 6; UPDATE audit SET seq = seq - 1 WHERE seq > 6;"
    "UPDATE sqlite_sequence SET seq = seq - 1 WHERE name = 'audit'", FALSE,
    YEJI_AUDIT_CHANGED, 6 },
  { "UPDATE audit SET seq = 100 WHERE seq = 5; UPDATE audit SET seq = 5 WHERE seq = 6;"
    "UPDATE audit SET seq = 6 WHERE seq = 100", FALSE, YEJI_AUDIT_CHANGED, 5 },
  { "INSERT INTO audit (seq, at, who, what) VALUES (9, 'now', 'shi', 'x')", FALSE,
    YEJI_AUDIT_CHANGED, 9 },
  { "INSERT INTO audit (seq, at, who, what) VALUES (0, 'now', 'shi', 'x')", FALSE,
    YEJI_AUDIT_MISSING, 1 },
  { "DELETE FROM audit WHERE seq > 6", FALSE, YEJI_AUDIT_CUT, 7 },
  { "DELETE FROM audit", FALSE, YEJI_AUDIT_CUT, 1 },
  /* who knows of that count, too, is found by what was noted elsewhere */
  { "DELETE FROM audit WHERE seq > 6;"
    "UPDATE sqlite_sequence SET seq = 6 WHERE name = 'audit'", FALSE, YEJI_AUDIT_RIGHT, 0 },
  { "DELETE FROM audit WHERE seq > 6;"
    "UPDATE sqlite_sequence SET seq = 6 WHERE name = 'audit'", TRUE, YEJI_AUDIT_CUT, 7 },
  { "DELETE FROM audit; DELETE FROM sqlite_sequence WHERE name = 'audit'", TRUE,
    YEJI_AUDIT_CUT, 1 },
  { "UPDATE audit SET hash = NULL, who = 'shi'", FALSE, YEJI_AUDIT_RIGHT, 0 },
  { "UPDATE audit SET hash = NULL, who = 'shi'", TRUE, YEJI_AUDIT_NOT_NOTED, 8 },
};

static gboolean
run_case (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  guint i = GPOINTER_TO_UINT (data);
  g_auto (GStrv) statements = g_strsplit (cases[i].statements, ";", -1);
  g_auto (YejiAuditHead) noted = { 0 };
  g_auto (YejiAuditReport) report = { 0 };

  g_assert_true (yeji_audit_find_head (sql, &noted, error));
  g_assert_true (yeji_sql_exec (sql, error, "DROP TRIGGER audit_is_not_changed", ""));
  g_assert_true (yeji_sql_exec (sql, error, "DROP TRIGGER audit_is_not_shortened", ""));
  for (guint j = 0; statements[j] != NULL; j++)
    if (*g_strstrip (statements[j]) != '\0')
      {
        yeji_sql_exec (sql, error, statements[j], "");
        g_assert_no_error (*error);
      }
  g_assert_true (yeji_audit_check (sql, cases[i].with_head ? &noted : NULL, NULL, NULL, &report,
                                   error));
  g_test_message ("case %u: %s", i, cases[i].statements);
  g_assert_cmpint (report.fault, ==, cases[i].fault);
  g_assert_cmpint (report.seq, ==, cases[i].seq);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "all of it is taken back");
  return FALSE;
}

static void
test_finds_what_was_changed (Log           *self,
                             gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      yeji_db_run (self->db, run_case, GUINT_TO_POINTER (i), &error);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

/* The lines behind a gap do not close it. */
static gboolean
write_behind_gap (YejiSql   *sql,
                  gpointer   data,
                  GError   **error)
{
  g_auto (YejiAuditReport) report = { 0 };

  g_assert_true (yeji_sql_exec (sql, error, "DROP TRIGGER audit_is_not_shortened", ""));
  g_assert_true (yeji_sql_exec (sql, error, "DELETE FROM audit WHERE seq > 6", ""));
  g_assert_true (yeji_audit_write (sql, "qiye", "record.changed", NULL, NULL, error));
  g_assert_true (yeji_audit_check (sql, NULL, NULL, NULL, &report, error));
  g_assert_cmpint (report.fault, ==, YEJI_AUDIT_MISSING);
  g_assert_cmpint (report.seq, ==, 7);
  return TRUE;
}

static void
test_keeps_the_gap (Log           *self,
                    gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  yeji_db_run (self->db, write_behind_gap, NULL, &error);
  g_assert_no_error (error);
}

static void
test_lines_are_canonical (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (odd_lines); i++)
    {
      g_autofree char *text = yeji_audit_print (&odd_lines[i], "abc");
      g_autofree char *hash = yeji_audit_hash (&odd_lines[i], "abc");
      g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = json_from_string (text, &error);
      g_autofree char *canonical = NULL;

      g_assert_no_error (error);
      canonical = yeji_canonical_json (node, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (text, ==, canonical);
      g_assert_cmpstr (hash, ==, sum);
      g_assert_cmpstr (json_object_get_string_member_with_default (json_node_get_object (node),
                                                                   "detail", NULL),
                       ==, odd_lines[i].detail);
    }
}

static void
test_reads_heads (void)
{
#define SUM "24fbc5d673e06bd3c3859c1c60cdce14f9e8172d08a497af57b225a0bad40ac9"
  static const struct
  {
    const char *text;
    gint64 seq;                /* 0: none */
  } heads[] = {
    { "17:" SUM, 17 }, { "0:" SUM, 0 }, { ":" SUM, 0 }, { "17", 0 }, { "17:", 0 }, { "", 0 },
    { "-1:" SUM, 0 }, { "17:" SUM "0", 0 }, { "x:" SUM, 0 }, { "99999999999999999999:" SUM, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_auto (YejiAuditHead) head = { 0 };

      g_assert_true (yeji_audit_head_parse (&head, heads[i].text) == (heads[i].seq != 0));
      g_assert_cmpint (head.seq, ==, heads[i].seq);
    }
}

typedef struct
{
  YejiAuditLooks *looks;
  const char *who, *uuid, *sha256;
} Look;

static gboolean
run_look (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  const Look *look = data;

  return yeji_audit_looks_note (look->looks, sql, look->who, look->uuid, look->sha256, error);
}

/* Once an hour for each, however often. */
static void
test_looks (Log           *self,
            gconstpointer  data)
{
  static const char * const looks[][3] = {
    { "shi", "a", "1" }, { "shi", "a", "1" }, { "shi", "a", "2" }, { "xian", "a", "1" },
    { "shi", "b", "1" }, { "xian", "a", "1" },
  };
  g_autoptr (YejiAuditLooks) all = yeji_audit_looks_new ();
  g_auto (YejiAuditHead) head = { 0 };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      Look look = { all, looks[i][0], looks[i][1], looks[i][2] };

      yeji_db_run (self->db, run_look, &look, &error);
      g_assert_no_error (error);
    }
  yeji_db_run (self->db, find_head, &head, &error);
  g_assert_cmpint (head.seq, ==, N_LINES + 4);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Log, NULL, set_up, func, tear_down)
  ADD ("/server/audit/goes-through-lines-of-earlier-versions", test_is_right);
  ADD ("/server/audit/finds-what-was-changed-removed-and-moved", test_finds_what_was_changed);
  ADD ("/server/audit/what-was-cut-off-stays-missing", test_keeps_the_gap);
  ADD ("/server/audit/who-looks-again-and-again-is-one-line", test_looks);
  g_test_add_func ("/server/audit/lines-are-canonical", test_lines_are_canonical);
  g_test_add_func ("/server/audit/reads-heads", test_reads_heads);
  return g_test_run ();
}
