// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-profile"

#include "config.h"

#include "yeji-profile.h"

#include <string.h>

#include "yeji-platform.h"
#include "yeji-query.h"
#include "yeji-search.h"
#include "yeji-sql-private.h"
#include "yeji-store-private.h"

#define DAY_LENGTH (sizeof "2026-11-22" - 1)

/* The states in which the clerk may change a record. */
#define EDITABLE \
  (YEJI_STATE_BIT (YEJI_STATE_DRAFT) | YEJI_STATE_BIT (YEJI_STATE_READY) \
   | YEJI_STATE_BIT (YEJI_STATE_RETURNED) | YEJI_STATE_BIT (YEJI_STATE_INCOMPLETE) \
   | YEJI_STATE_BIT (YEJI_STATE_WITHDRAWN) | YEJI_STATE_BIT (YEJI_STATE_REMOVED_THERE))

/**
 * YejiProfile:
 *
 * What a list of enterprises shows of a profile. It is read by a connection of its own that writes
 * nothing, so that a profile can be looked at while another program has it open, while its key is
 * not at hand, and whatever version made it.
 */
struct _YejiProfile
{
  GObject parent_instance;

  char *directory;
  char *name;                  /* (nullable): none was given and no account has one */
  char *folder;                /* the directory's own name */
  char *due;                   /* (nullable) */
  char *code;                  /* (nullable): the unified social credit code */
  char *holder;                /* (nullable) */
  gboolean elsewhere;
  guint counts[N_YEJI_STATES];
  guint n_problems;
  GError *error;               /* (nullable) */
};

G_DEFINE_FINAL_TYPE (YejiProfile, yeji_profile, G_TYPE_OBJECT)

static void
yeji_profile_finalize (GObject *object)
{
  YejiProfile *self = YEJI_PROFILE (object);

  g_free (self->directory);
  g_free (self->name);
  g_free (self->folder);
  g_free (self->due);
  g_free (self->code);
  g_free (self->holder);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (yeji_profile_parent_class)->finalize (object);
}

static void
yeji_profile_class_init (YejiProfileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_profile_finalize;
}

static void
yeji_profile_init (YejiProfile *self)
{
}

/* %FALSE with @error set when it cannot be read; *value is NULL where it was never set. */
static gboolean
read_setting (YejiSql     *sql,
              const char  *name,
              char       **value,
              GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT value FROM setting WHERE name = ?1",
                                              "s", name);

  if (rows == NULL)
    return FALSE;
  if (yeji_rows_next (rows, &local_error))
    *value = yeji_rows_dup_text (rows, 0);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Somebody else's database may hold anything: it is for one line on the screen. */
static char *
make_name (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *cut = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1),
                                                          YEJI_PROFILE_MAX_NAME));

  for (char *c = cut; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      *c = ' ';
  g_strstrip (cut);
  return *cut != '\0' ? g_steal_pointer (&cut) : NULL;
}

static gboolean
read_names (YejiProfile  *self,
            YejiSql      *sql,
            GError      **error)
{
  static const char *const settings[] = { YEJI_PROFILE_SETTING_NAME,
                                        YEJI_PROFILE_SETTING_ACCOUNT };

  for (guint i = 0; i < G_N_ELEMENTS (settings) && self->name == NULL; i++)
    {
      g_autofree char *value = NULL;

      if (!read_setting (sql, settings[i], &value, error))
        return FALSE;
      if (value != NULL)
        self->name = make_name (value);
    }
  return TRUE;
}

static gboolean
read_due (YejiProfile  *self,
          YejiSql      *sql,
          GError      **error)
{
  g_autofree char *value = NULL;

  if (!read_setting (sql, YEJI_PROFILE_SETTING_DUE, &value, error))
    return FALSE;
  if (value != NULL && yeji_profile_is_day (value))
    self->due = g_steal_pointer (&value);
  return TRUE;
}

static gboolean
check_version (YejiSql  *sql,
               GError  **error)
{
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error, "PRAGMA user_version", "");
  gint64 version;

  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  version = yeji_rows_int (rows, 0);
  if (version > 0 && version <= yeji_store_n_migrations)
    return TRUE;
  g_set_error (error, YEJI_DB_ERROR,
               version > 0 ? YEJI_DB_ERROR_NEWER : YEJI_DB_ERROR_DAMAGED,
               "the database has version %" G_GINT64_FORMAT, version);
  return FALSE;
}

/* All versions have what this reads. */
static gboolean
count_states (YejiProfile  *self,
              YejiSql      *sql,
              GError      **error)
{
  g_autofree char *state = yeji_entry_make_state_sql (TRUE);
  g_autofree char *stored = yeji_entry_make_state_sql (FALSE);
  g_autofree char *statement = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  statement = g_strdup_printf ("SELECT %s AS state, %s AS stored, coalesce (r.n_errors > 0, 0)"
                               " AS bad, count (*) FROM record r GROUP BY state, stored, bad",
                               state, stored);
  rows = yeji_sql_query (sql, error, statement, "");
  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &local_error))
    {
      guint before = YEJI_STATE_BIT (yeji_rows_int (rows, 1));
      guint n = (guint) yeji_rows_int (rows, 3);

      self->counts[yeji_rows_int (rows, 0)] += n;
      /* A queued record may be changed if it could be before. */
      if ((EDITABLE & before) != 0 && yeji_rows_int (rows, 2) != 0)
        self->n_problems += n;
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
read_database (YejiProfile  *self,
               const char   *path,
               GError      **error)
{
  g_autoptr (YejiSql) sql = yeji_sql_open_read_only (path, error);

  /* A newer version may have moved the rest, but hardly the names. */
  return sql != NULL
         && yeji_sql_exec (sql, error, "BEGIN", "")
         && read_names (self, sql, error)
         && read_due (self, sql, error)
         && read_setting (sql, YEJI_PROFILE_SETTING_CODE, &self->code, error)
         && check_version (sql, error)
         && count_states (self, sql, error)
         && yeji_sql_exec (sql, error, "COMMIT", "");
}

static gboolean
lies_elsewhere (const char *directory)
{
  g_autofree char *data_dir = yeji_platform_get_data_dir ();
  g_autofree char *parent = g_path_get_dirname (directory);

  return !g_str_equal (parent, data_dir);
}

/**
 * yeji_profile_read:
 * @directory: a profile's directory, absolute; it may have gone
 *
 * Looks into a profile. Blocks. What cannot be read is told by yeji_profile_get_error(), and the
 * rest is there all the same.
 *
 * Returns: (transfer full): what was seen
 */
YejiProfile *
yeji_profile_read (const char *directory)
{
  YejiProfile *self = g_object_new (YEJI_TYPE_PROFILE, NULL);
  g_autofree char *lock = g_build_filename (directory, "lock", NULL);
  g_autofree char *path = g_build_filename (directory, "yeji.sqlite", NULL);
  g_autofree char *last = g_path_get_basename (directory);

  self->directory = g_strdup (directory);
  self->folder = g_filename_display_name (last);
  self->elsewhere = lies_elsewhere (directory);
  self->holder = yeji_platform_find_lock_holder (lock);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    read_database (self, path, &self->error);
  else
    g_set_error (&self->error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND,
                 "%s is not there", path);
  return self;
}

const char *
yeji_profile_get_directory (YejiProfile *self)
{
  return self->directory;
}

/**
 * yeji_profile_get_name:
 *
 * Returns: (not nullable): what the clerk calls the enterprise, else what its account is called,
 * else the folder's name
 */
const char *
yeji_profile_get_name (YejiProfile *self)
{
  return self->name != NULL ? self->name : self->folder;
}

/**
 * yeji_profile_is_named:
 *
 * Returns: whether the name is one, and not the folder's
 */
gboolean
yeji_profile_is_named (YejiProfile *self)
{
  return self->name != NULL;
}

/**
 * yeji_profile_is_elsewhere:
 *
 * Returns: whether the folder lies outside of the user's own profiles, and so is only remembered
 */
gboolean
yeji_profile_is_elsewhere (YejiProfile *self)
{
  return self->elsewhere;
}

/**
 * yeji_profile_get_code:
 *
 * Returns: (nullable): its unified social credit code as it was typed
 */
const char *
yeji_profile_get_code (YejiProfile *self)
{
  return self->code;
}

/**
 * yeji_profile_get_due:
 *
 * Returns: (nullable): the day by which the enterprise's records must be in, `YYYY-MM-DD`
 */
const char *
yeji_profile_get_due (YejiProfile *self)
{
  return self->due;
}

static void
read_day (const char *text,
          GDate      *date)
{
  g_date_clear (date, 1);
  g_date_set_dmy (date, (GDateDay) atoi (text + 8), (GDateMonth) atoi (text + 5),
                  (GDateYear) atoi (text));
}

/**
 * yeji_profile_get_days_left:
 * @today: as yeji_clock_today() says it
 * @days: (out): from today to the day when it is due; below 0 it is overdue
 *
 * Returns: %FALSE when there is no such day
 */
gboolean
yeji_profile_get_days_left (YejiProfile *self,
                            const char  *today,
                            int         *days)
{
  GDate from, to;

  g_return_val_if_fail (yeji_profile_is_day (today), FALSE);

  if (self->due == NULL)
    return FALSE;
  read_day (today, &from);
  read_day (self->due, &to);
  *days = g_date_days_between (&from, &to);
  return TRUE;
}

/**
 * yeji_profile_get_holder:
 *
 * Returns: (nullable): program and number of the process that had it open; %NULL when none had
 */
const char *
yeji_profile_get_holder (YejiProfile *self)
{
  return self->holder;
}

/**
 * yeji_profile_get_error:
 *
 * Returns: (nullable): why not all of it could be read: an error of #YejiDbError, or
 * %YEJI_STORE_ERROR_NOT_FOUND when there is no database
 */
const GError *
yeji_profile_get_error (YejiProfile *self)
{
  return self->error;
}

/**
 * yeji_profile_get_count:
 *
 * Returns: how many records are in a state
 */
guint
yeji_profile_get_count (YejiProfile *self,
                        YejiState    state)
{
  g_return_val_if_fail (state < N_YEJI_STATES, 0);

  return self->counts[state];
}

/**
 * yeji_profile_get_n_problems:
 *
 * Returns: how many records in the clerk's hands have errors
 */
guint
yeji_profile_get_n_problems (YejiProfile *self)
{
  return self->n_problems;
}

/* A Chinese one by its pinyin, whatever the locale of the computer. */
static int
compare_names (const char *a,
               const char *b)
{
  g_autofree char *first = yeji_search_make_sort_name (a);
  g_autofree char *second = yeji_search_make_sort_name (b);

  return strcmp (first, second);
}

/**
 * yeji_profile_compare:
 *
 * Orders by the day when it is due, those without one last, then by name.
 */
int
yeji_profile_compare (YejiProfile *self,
                      YejiProfile *other)
{
  int order;

  if ((self->due == NULL) != (other->due == NULL))
    return self->due == NULL ? 1 : -1;
  order = g_strcmp0 (self->due, other->due);
  if (order == 0)
    order = compare_names (yeji_profile_get_name (self), yeji_profile_get_name (other));
  return order != 0 ? order : g_strcmp0 (self->directory, other->directory);
}

/**
 * yeji_profile_is_day:
 *
 * Returns: whether @text is a day that there is, `YYYY-MM-DD`
 */
gboolean
yeji_profile_is_day (const char *text)
{
  if (strlen (text) != DAY_LENGTH)
    return FALSE;
  for (guint i = 0; i < DAY_LENGTH; i++)
    if (i == 4 || i == 7 ? text[i] != '-' : !g_ascii_isdigit (text[i]))
      return FALSE;
  return g_date_valid_dmy ((GDateDay) CLAMP (atoi (text + 8), 0, 255),
                           (GDateMonth) atoi (text + 5), (GDateYear) atoi (text));
}
