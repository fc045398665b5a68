// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-salvage"

#include "config.h"

#include "yeji-salvage.h"

#include "yeji-notice.h"

static void
free_name (gpointer data)
{
  YejiSalvagedName *name = data;

  g_free (name->uuid);
  g_free (name->name);
  g_free (name);
}

/**
 * yeji_salvage_report_new:
 *
 * Returns: (transfer full): an empty report
 */
YejiSalvageReport *
yeji_salvage_report_new (void)
{
  YejiSalvageReport *self = g_new0 (YejiSalvageReport, 1);

  self->from_backup = g_ptr_array_new_with_free_func (free_name);
  self->from_province = g_ptr_array_new_with_free_func (free_name);
  self->lost = g_ptr_array_new_with_free_func (free_name);
  return self;
}

/**
 * yeji_salvage_report_free:
 * @self: (nullable) (transfer full)
 */
void
yeji_salvage_report_free (YejiSalvageReport *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->from_backup);
  g_ptr_array_unref (self->from_province);
  g_ptr_array_unref (self->lost);
  g_free (self->backup);
  g_free (self->reason);
  g_free (self->folder);
  g_free (self);
}

static void
set_names (JsonObject *object,
           const char *member,
           const char *count,
           GPtrArray  *names)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < names->len && i < YEJI_NOTICE_MAX_NAMES; i++)
    {
      const YejiSalvagedName *name = g_ptr_array_index (names, i);
      JsonObject *entry = json_object_new ();

      json_object_set_string_member (entry, "uuid", name->uuid);
      json_object_set_string_member (entry, "name", name->name);
      json_array_add_object_element (array, entry);
    }
  json_object_set_int_member (object, count, names->len);
  json_object_set_array_member (object, member, array);
}

/**
 * yeji_salvage_report_to_json:
 *
 * Makes the details of a notice: {reason, folder, backup, records, from_file, n_from_backup,
 * from_backup: [{uuid, name}], n_from_province, from_province, n_lost, lost, lost_lines,
 * lost_documents, lost_others, uncertain}. Lists end after YEJI_NOTICE_MAX_NAMES.
 *
 * Returns: (transfer full): the report
 */
JsonObject *
yeji_salvage_report_to_json (YejiSalvageReport *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "reason", self->reason);
  json_object_set_string_member (object, "folder", self->folder);
  json_object_set_string_member (object, "backup", self->backup);
  json_object_set_int_member (object, "records", self->n_records);
  json_object_set_int_member (object, "from_file", self->n_from_file);
  set_names (object, "from_backup", "n_from_backup", self->from_backup);
  set_names (object, "from_province", "n_from_province", self->from_province);
  set_names (object, "lost", "n_lost", self->lost);
  json_object_set_int_member (object, "lost_lines", self->n_lost_lines);
  json_object_set_int_member (object, "lost_documents", self->n_lost_documents);
  json_object_set_int_member (object, "lost_others", self->n_lost_others);
  json_object_set_boolean_member (object, "uncertain", self->uncertain);
  return object;
}
