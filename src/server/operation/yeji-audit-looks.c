// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-audit"

#include "config.h"

#include "yeji-audit-looks.h"

#include "yeji-audit.h"

#define HOUR (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
/* Of a day of all reviewers; behind that it is forgotten who has looked. */
#define MOST 20000

struct _YejiAuditLooks
{
  GHashTable *looks;           /* who, record and document */
  gint64 hour;                 /* since when they are remembered, monotonic */
};

/**
 * yeji_audit_looks_new:
 *
 * Returns: (transfer full): nobody has looked yet
 */
YejiAuditLooks *
yeji_audit_looks_new (void)
{
  YejiAuditLooks *self = g_new0 (YejiAuditLooks, 1);

  self->looks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->hour = g_get_monotonic_time ();
  return self;
}

/**
 * yeji_audit_looks_note:
 * @who: an account that the document does not belong to
 * @uuid: the record
 *
 * Writes that somebody read a document: once an hour, however many pieces and pictures of it are
 * asked for.
 */
gboolean
yeji_audit_looks_note (YejiAuditLooks  *self,
                       YejiSql         *sql,
                       const char      *who,
                       const char      *uuid,
                       const char      *sha256,
                       GError         **error)
{
  g_autofree char *look = g_strjoin (" ", who, uuid, sha256, NULL);
  gint64 now = g_get_monotonic_time ();

  if (now - self->hour > HOUR || g_hash_table_size (self->looks) >= MOST)
    {
      g_hash_table_remove_all (self->looks);
      self->hour = now;
    }
  if (g_hash_table_contains (self->looks, look))
    return TRUE;
  if (!yeji_audit_write (sql, who, "document.read", uuid, sha256, error))
    return FALSE;
  g_hash_table_add (self->looks, g_steal_pointer (&look));
  return TRUE;
}

/**
 * yeji_audit_looks_free:
 * @self: (transfer full)
 *
 * Frees it.
 */
void
yeji_audit_looks_free (YejiAuditLooks *self)
{
  g_hash_table_unref (self->looks);
  g_free (self);
}
