// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-server"

#include "config.h"

#include "yeji-server-audit.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "yeji-audit-check.h"
#include "yeji-server-cli.h"
#include "yeji-server-schema.h"

/* One call, on the database's thread. */
typedef struct
{
  const YejiAuditHead *noted;  /* (nullable) */
  gboolean exports;
  YejiAuditReport report;
} Call;

static const struct
{
  YejiAuditFault fault;
  const char *words;           /* takes the number of the line */
} faults[] = {
  { YEJI_AUDIT_CHANGED, N_("Line %s of the audit log was changed, or moved") },
  { YEJI_AUDIT_MISSING, N_("Line %s of the audit log is missing") },
  { YEJI_AUDIT_CUT, N_("The audit log was cut off: line %s and those behind it are missing") },
  { YEJI_AUDIT_NOT_NOTED, N_("Line %s of the audit log is not the one that was noted") },
};

static int
fail (GError *error,
      int     status)
{
  g_printerr ("yeji-server: %s\n", error->message);
  return status;
}

/* The canonical line is that of which the hash is; its last bracket makes room for it. */
static gboolean
print_line (const YejiAuditLine *line,
            const char          *previous,
            const char          *hash,
            gpointer             data)
{
  g_autofree char *text = yeji_audit_print (line, previous);

  g_print ("%s\t%s\n", hash, text);
  return TRUE;
}

static gboolean
run_check (YejiSql   *sql,
           gpointer   data,
           GError   **error)
{
  Call *call = data;

  return yeji_audit_check (sql, call->noted, call->exports ? print_line : NULL, NULL,
                           &call->report, error);
}

static int
tell (const YejiAuditReport *report)
{
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    if (faults[i].fault == report->fault)
      {
        g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, report->seq);

        g_printerr ("yeji-server: ");
        g_printerr (_(faults[i].words), number);
        g_printerr ("\n");
        return YEJI_SERVER_EXIT_FAILED;
      }
  return YEJI_SERVER_EXIT_OK;
}

static int
check (const char          *data_dir,
       const YejiAuditHead *noted,
       gboolean             exports)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiDb) db = yeji_server_schema_open (data_dir, &error);
  Call call = { noted, exports };
  gboolean done;
  int status;

  if (db == NULL)
    return fail (error, YEJI_SERVER_EXIT_FAILED);
  done = yeji_db_run (db, run_check, &call, &error);
  yeji_db_close (db);
  if (!done)
    {
      yeji_audit_report_clear (&call.report);
      return fail (error, YEJI_SERVER_EXIT_FAILED);
    }
  status = tell (&call.report);
  /* Not translated: it is noted, and given back. */
  if (!exports && status == YEJI_SERVER_EXIT_OK && call.report.head.seq > 0)
    g_print ("%" G_GINT64_FORMAT ":%s\n", call.report.head.seq, call.report.head.hash);
  yeji_audit_report_clear (&call.report);
  return status;
}

/**
 * yeji_server_audit:
 *
 * `audit [--verify [SEQ:HASH] | --head | --export]`: checks the audit log and prints its head, to
 * be noted elsewhere and given to a later check; or prints the whole log, each line with its hash
 * before it. The exit status says whether the log is whole.
 *
 * Returns: the exit status
 */
int
yeji_server_audit (const char *data_dir,
                   GStrv       arguments)
{
  gboolean verifies = FALSE, heads = FALSE, exports = FALSE;
  const GOptionEntry entries[] = {
    { "verify", 0, 0, G_OPTION_ARG_NONE, &verifies, NULL, NULL },
    { "head", 0, 0, G_OPTION_ARG_NONE, &heads, NULL, NULL },
    { "export", 0, 0, G_OPTION_ARG_NONE, &exports, NULL, NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_auto (GStrv) rest = g_strdupv (arguments);
  g_auto (YejiAuditHead) noted = { 0 };
  g_autoptr (GError) error = NULL;
  guint n_rest;

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse_strv (context, &rest, &error))
    return fail (error, YEJI_SERVER_EXIT_USAGE);
  n_rest = g_strv_length (rest);
  if (verifies + heads + exports > 1 || n_rest > 2 || (n_rest == 2 && (heads || exports)))
    {
      g_printerr ("yeji-server: %s\n", _("One of --verify, --head and --export is needed"));
      return YEJI_SERVER_EXIT_USAGE;
    }
  if (n_rest == 2 && !yeji_audit_head_parse (&noted, rest[1]))
    {
      g_printerr (_("yeji-server: %s is not what --head printed\n"), rest[1]);
      return YEJI_SERVER_EXIT_USAGE;
    }
  return check (data_dir, n_rest == 2 ? &noted : NULL, exports);
}
