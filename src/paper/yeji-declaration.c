// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-paper"

#include "config.h"

#include "yeji-declaration.h"

#include "yeji-canonical.h"
#include "yeji-findings.h"
#include "yeji-json.h"
#include "yeji-mask.h"
#include "yeji-profile.h"
#include "yeji-transfer-store.h"

/* States in which the province has a record in its hands, or has decided on it. What stands there
 * is what was submitted, unless it was edited since. */
static const gboolean is_submitted[N_YEJI_STATES] = {
  [YEJI_STATE_SUBMITTED] = TRUE,
  [YEJI_STATE_IN_REVIEW] = TRUE,
  [YEJI_STATE_APPROVED] = TRUE,
  [YEJI_STATE_INCOMPLETE] = TRUE,
  [YEJI_STATE_CORRECTION_REQUESTED] = TRUE,
  [YEJI_STATE_REVOKED] = TRUE,
};

static void
free_file (gpointer data)
{
  YejiDeclarationFile *file = data;

  g_free (file->slot);
  g_free (file->filename);
  g_free (file->sha256);
  g_free (file);
}

static char *
print_now (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return g_date_time_format_iso8601 (now);
}

/**
 * yeji_declaration_new:
 *
 * Makes the declaration of a record of which nothing else is known: a draft.
 *
 * Returns: (transfer full): the declaration
 */
YejiDeclaration *
yeji_declaration_new (YejiRecord *record)
{
  YejiDeclaration *self = g_new0 (YejiDeclaration, 1);
  g_autoptr (JsonNode) node = yeji_record_to_json (record);

  self->record = g_object_ref (record);
  self->state = YEJI_STATE_DRAFT;
  self->draft = TRUE;
  self->sum = yeji_canonical_sha256 (node, NULL);
  self->printed_at = print_now ();
  self->files = g_ptr_array_new_with_free_func (free_file);
  return self;
}

/**
 * yeji_declaration_add_file:
 * @n_pages: 0: not known
 *
 * Adds a document behind the others.
 */
void
yeji_declaration_add_file (YejiDeclaration *self,
                           const char      *slot,
                           const char      *filename,
                           guint            n_pages,
                           gint64           size,
                           const char      *sha256)
{
  YejiDeclarationFile *file = g_new0 (YejiDeclarationFile, 1);

  file->slot = g_strdup (slot);
  file->filename = g_utf8_make_valid (filename, -1);
  file->n_pages = n_pages;
  file->size = size;
  file->sha256 = g_strdup (sha256);
  g_ptr_array_add (self->files, file);
}

static gboolean
load_files (YejiDeclaration  *self,
            YejiStore        *store,
            const char       *uuid,
            GError          **error)
{
  g_autoptr (GPtrArray) attachments = yeji_store_get_attachments (store, uuid, error);

  if (attachments == NULL)
    return FALSE;
  for (guint i = 0; i < attachments->len; i++)
    {
      YejiAttachment *attachment = g_ptr_array_index (attachments, i);
      const char *text = yeji_attachment_get_findings (attachment);
      g_autoptr (YejiFindings) findings = text != NULL ? yeji_findings_from_json (text, NULL)
                                                       : NULL;

      yeji_declaration_add_file (self, yeji_attachment_get_slot (attachment),
                                 yeji_attachment_get_filename (attachment),
                                 findings != NULL ? findings->n_pages : 0,
                                 yeji_attachment_get_size (attachment),
                                 yeji_attachment_get_sha256 (attachment));
    }
  return TRUE;
}

/* A signed receipt tells the sum of the content; one that is not signed the sum of the bytes, which
 * is another where they are written otherwise. */
static gboolean
load_receipt (YejiDeclaration  *self,
              YejiStore        *store,
              const char       *uuid,
              GError          **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiReceipt) receipt = yeji_store_get_receipt (store, uuid, &local_error);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;

  if (receipt == NULL)
    {
      if (g_error_matches (local_error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  node = receipt->text != NULL ? yeji_json_parse (receipt->text, -1, NULL) : NULL;
  object = node != NULL ? yeji_json_node_object (node) : NULL;
  self->submitted_at = g_strdup (receipt->submitted_at);
  self->revision = g_strdup (receipt->revision);
  self->submitted_sum = g_strdup (object != NULL
                                    ? yeji_json_get_string (object, "record_sha256") : NULL);
  if (self->submitted_sum == NULL)
    self->submitted_sum = g_strdup (receipt->sum);
  return TRUE;
}

static char *
dup_filled (const char *text)
{
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

/**
 * yeji_declaration_load:
 *
 * Reads all that stands on the paper of a record. Blocks.
 *
 * Returns: (transfer full) (nullable): the declaration; %NULL with %YEJI_STORE_ERROR_NOT_FOUND or
 *   an error of the database
 */
YejiDeclaration *
yeji_declaration_load (YejiStore   *store,
                       const char  *uuid,
                       GError     **error)
{
  g_autoptr (YejiEntry) entry = yeji_store_get_entry (store, uuid, error);
  g_autoptr (YejiRecord) record = entry != NULL ? yeji_store_load_as_is (store, uuid, error) : NULL;
  g_autoptr (YejiDeclaration) self = NULL;

  if (record == NULL)
    return NULL;
  self = yeji_declaration_new (record);
  self->state = yeji_entry_get_state (entry);
  self->draft = !is_submitted[self->state] || yeji_entry_get_edited_since (entry);
  self->enterprise = yeji_store_get_setting (store, YEJI_PROFILE_SETTING_COMPANY, NULL);
  if (self->enterprise == NULL)
    self->enterprise = yeji_store_get_setting (store, YEJI_PROFILE_SETTING_NAME, NULL);
  self->code = yeji_store_get_setting (store, YEJI_PROFILE_SETTING_CODE, NULL);
  self->grade = dup_filled (yeji_entry_get_grade (entry));
  self->office = dup_filled (yeji_entry_get_office (entry));
  if (!load_files (self, store, uuid, error) || !load_receipt (self, store, uuid, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * yeji_declaration_get_name:
 *
 * Returns: (transfer full): what the record is called; "" where nothing names it
 */
char *
yeji_declaration_get_name (const YejiDeclaration *self)
{
  const YejiTableDef *root = yeji_dictionary_get_root (yeji_record_get_dictionary (self->record));
  YejiRow *project = yeji_record_get_project (self->record);

  for (guint i = 0; i < root->row_title->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (root->row_title, i);
      const char *value = yeji_row_get (project, field);

      if (*value != '\0')
        return yeji_field_mask_value (field, value);
    }
  return g_strdup ("");
}

void
yeji_declaration_free (YejiDeclaration *self)
{
  g_object_unref (self->record);
  g_free (self->enterprise);
  g_free (self->code);
  g_free (self->sum);
  g_free (self->submitted_at);
  g_free (self->submitted_sum);
  g_free (self->revision);
  g_free (self->grade);
  g_free (self->office);
  g_free (self->printed_at);
  g_ptr_array_unref (self->files);
  g_free (self);
}
