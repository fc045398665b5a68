// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-output.h"
#include "yeji-cli-session.h"
#include "yeji-cli.h"

#include <glib/gi18n-lib.h>

static gboolean
find_row (YejiRecord *record,
          const char *pointer,
          YejiPlace  *place)
{
  if (yeji_record_resolve (record, pointer, place, NULL) && place->row != NULL
      && place->field == NULL && place->table->index != 0)
    return TRUE;
  yeji_cli_complain (_("“%s” names no row of the record"), pointer);
  return FALSE;
}

static gboolean
move_row (YejiRecord      *record,
          const YejiPlace *place,
          const char      *text)
{
  g_autoptr (YejiRow) row = g_object_ref (place->row);
  guint64 position;

  if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT, &position, NULL))
    {
      yeji_cli_complain (_("“%s” is no position; the first one is 1"), text);
      return FALSE;
    }
  yeji_record_remove_row (record, row);
  yeji_record_insert_row (record,
                          (guint) MIN (position - 1, yeji_record_get_n_rows (record, place->table)),
                          row);
  return TRUE;
}

/* Its like stands right behind it. */
static void
copy_row (YejiRecord      *record,
          const YejiPlace *place)
{
  g_autoptr (YejiRow) copy = yeji_row_copy (place->row, NULL);
  guint index = 0;

  yeji_record_find_row (record, place->table, yeji_row_get_id (place->row), &index);
  yeji_record_insert_row (record, index + 1, copy);
}

/* row remove, row copy, row move */
YejiExit
yeji_cli_row (YejiCliSession  *session,
              guint            n_args,
              char           **args)
{
  g_autoptr (YejiRecord) record = yeji_cli_session_load (session, args[1]);
  YejiPlace place;

  if (record == NULL)
    return YEJI_EXIT_FAILED;
  if (!find_row (record, args[2], &place))
    return YEJI_EXIT_USAGE;
  if (g_str_equal (args[0], "remove"))
    yeji_record_remove_row (record, place.row);
  else if (g_str_equal (args[0], "copy"))
    copy_row (record, &place);
  else if (!move_row (record, &place, args[3]))
    return YEJI_EXIT_USAGE;
  return yeji_cli_session_save (session, record, "typed") ? YEJI_EXIT_OK : YEJI_EXIT_FAILED;
}
