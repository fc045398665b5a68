// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-ledger"

#include "config.h"

#include "yeji-ledger.h"

/* So that the first in a row does not wait for a whole crowd. */
#define MAX_ENTRIES 64

typedef struct
{
  YejiDbFunc func;
  gpointer data;
  YejiLedgerDone done;
  GError *error;               /* (nullable) */
} Entry;

struct _YejiLedger
{
  YejiDb *db;

  GMutex mutex;                /* guards what follows */
  GQueue waiting;              /* (element-type Entry) */
  gboolean asked;              /* the database is about to take what waits */
};

/* The entries of one commit. */
typedef struct
{
  YejiLedger *ledger;
  GPtrArray *entries;          /* (nullable) (element-type Entry): before they are taken */
} Page;

static void
free_entry (gpointer data)
{
  Entry *entry = data;

  g_clear_error (&entry->error);
  g_free (entry);
}

static void
free_page (gpointer data)
{
  Page *page = data;

  g_clear_pointer (&page->entries, g_ptr_array_unref);
  g_free (page);
}

/* An entry that fails takes back what it wrote, and nothing of the others. */
static gboolean
run_entry (YejiSql  *sql,
           Entry    *entry,
           GError  **error)
{
  if (!yeji_sql_exec (sql, error, "SAVEPOINT entry", ""))
    return FALSE;
  if (!entry->func (sql, entry->data, &entry->error))
    {
      g_assert (entry->error != NULL);
      if (!yeji_sql_exec (sql, error, "ROLLBACK TO entry", ""))
        return FALSE;
    }
  return yeji_sql_exec (sql, error, "RELEASE entry", "");
}

static void ask (YejiLedger *self);

/* What waits when the database comes to it, and not when it was asked: the more has come meanwhile,
 * the more shares a commit. */
static void
take_entries (Page *page)
{
  YejiLedger *self = page->ledger;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  page->entries = g_ptr_array_new_with_free_func (free_entry);
  while (page->entries->len < MAX_ENTRIES && !g_queue_is_empty (&self->waiting))
    g_ptr_array_add (page->entries, g_queue_pop_head (&self->waiting));
  self->asked = FALSE;
  ask (self);
}

static gboolean
run_page (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Page *page = data;

  take_entries (page);
  /* Alone, the transaction is all it needs. */
  if (page->entries->len == 1)
    {
      Entry *entry = g_ptr_array_index (page->entries, 0);

      return entry->func (sql, entry->data, error);
    }
  for (guint i = 0; i < page->entries->len; i++)
    if (!run_entry (sql, g_ptr_array_index (page->entries, i), error))
      return FALSE;
  return TRUE;
}

static void
on_committed (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  Page *page = data;
  g_autoptr (GError) error = NULL;

  yeji_db_run_finish (YEJI_DB (source), result, &error);
  if (page->entries == NULL)   /* no transaction was begun */
    take_entries (page);
  for (guint i = 0; i < page->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (page->entries, i);

      entry->done (entry->data, error != NULL ? error : entry->error);
    }
  free_page (page);
}

/* With the mutex. */
static void
ask (YejiLedger *self)
{
  Page *page;

  if (self->asked || g_queue_is_empty (&self->waiting))
    return;
  self->asked = TRUE;
  page = g_new0 (Page, 1);
  page->ledger = self;
  yeji_db_run_async (self->db, run_page, page, NULL, NULL, on_committed, page);
}

/**
 * yeji_ledger_new:
 *
 * Returns: (transfer full): a ledger, to be freed when all that was given was done
 */
YejiLedger *
yeji_ledger_new (YejiDb *db)
{
  YejiLedger *self = g_new0 (YejiLedger, 1);

  self->db = g_object_ref (db);
  g_mutex_init (&self->mutex);
  g_queue_init (&self->waiting);
  return self;
}

/**
 * yeji_ledger_run:
 * @func: as of yeji_db_run(); it may share its transaction with others
 *
 * Has @func run at once, or together with all that comes while another commit is on its way. May be
 * called on any thread that has no main context of its own.
 */
void
yeji_ledger_run (YejiLedger     *self,
                 YejiDbFunc      func,
                 gpointer        data,
                 YejiLedgerDone  done)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->func = func;
  entry->data = data;
  entry->done = done;
  g_mutex_lock (&self->mutex);
  g_queue_push_tail (&self->waiting, entry);
  ask (self);
  g_mutex_unlock (&self->mutex);
}

/**
 * yeji_ledger_free:
 * @self: (transfer full)
 *
 * Frees the ledger.
 */
void
yeji_ledger_free (YejiLedger *self)
{
  g_assert (!self->asked && g_queue_is_empty (&self->waiting));
  g_mutex_clear (&self->mutex);
  g_object_unref (self->db);
  g_free (self);
}
