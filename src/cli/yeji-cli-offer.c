// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-offer.h"

#include "yeji-backup.h"
#include "yeji-cli-output.h"
#include "yeji-qualification.h"
#include "yeji-store-glance.h"

#include <string.h>

/* Nobody looks through more. */
#define MOST 500

/**
 * yeji_cli_offer_word:
 * @description: (nullable): what it means
 *
 * Offers a word if it begins as what is there so far.
 */
void
yeji_cli_offer_word (YejiCliOffer *self,
                     const char   *word,
                     const char   *description)
{
  g_autofree char *line = NULL;

  if (!g_str_has_prefix (word, self->word))
    return;
  g_string_append (self->text, word);
  if (description != NULL && *description != '\0')
    {
      line = yeji_cli_dup_line (description);
      g_string_append_printf (self->text, "\t%s", line);
    }
  g_string_append_c (self->text, '\n');
}

static void
offer_text (YejiCliOffer   *self,
            const char     *word,
            const YejiText *description)
{
  yeji_cli_offer_word (self, word, yeji_text_get (description, yeji_language_get_current ()));
}

static void
offer_words (YejiCliOffer *self,
             const char   *words)
{
  g_auto (GStrv) all = g_strsplit (words != NULL ? words : "", " ", -1);

  for (guint i = 0; all[i] != NULL; i++)
    if (*all[i] != '\0')
      yeji_cli_offer_word (self, all[i], NULL);
}

static void
offer_files (YejiCliOffer *self,
             const char   *words)
{
  g_string_append_printf (self->text, ":file%s%s\n", words != NULL ? " " : "",
                          words != NULL ? words : "");
}

static void
offer_folders (YejiCliOffer *self,
               const char   *words)
{
  g_string_append (self->text, ":dir\n");
}

static void
offer_glance (YejiCliOffer *self,
              YejiGlance    what)
{
  g_autoptr (GPtrArray) things = yeji_store_glance (self->profile, what, self->word, MOST, NULL);

  for (guint i = 0; things != NULL && i < things->len; i++)
    {
      const YejiGlanced *thing = g_ptr_array_index (things, i);

      yeji_cli_offer_word (self, thing->id, thing->name);
    }
}

static void
offer_records (YejiCliOffer *self,
               const char   *words)
{
  offer_glance (self, YEJI_GLANCE_RECORDS);
}

static void
offer_bin (YejiCliOffer *self,
           const char   *words)
{
  offer_glance (self, YEJI_GLANCE_BIN);
}

static void
offer_tray (YejiCliOffer *self,
            const char   *words)
{
  offer_glance (self, YEJI_GLANCE_TRAY);
}

static void
offer_transfers (YejiCliOffer *self,
                 const char   *words)
{
  offer_glance (self, YEJI_GLANCE_TRANSFERS);
}

static void
offer_lists (YejiCliOffer *self,
             const char   *words)
{
  offer_glance (self, YEJI_GLANCE_LISTS);
}

static void
offer_slots (YejiCliOffer *self,
             const char   *words)
{
  GPtrArray *slots = yeji_dictionary_get_slots (self->dictionary);

  for (guint i = 0; i < slots->len; i++)
    {
      const YejiSlot *slot = g_ptr_array_index (slots, i);

      offer_text (self, slot->id, &slot->label);
    }
}

static void
offer_roles (YejiCliOffer *self,
             const char   *words)
{
  GPtrArray *roles = yeji_dictionary_get_roles (self->dictionary);

  for (guint i = 0; i < roles->len; i++)
    {
      const YejiRole *role = g_ptr_array_index (roles, i);

      offer_text (self, role->id, &role->label);
    }
}

static void
offer_claims (YejiCliOffer *self,
              const char   *words)
{
  const YejiQualifications *all = yeji_dictionary_get_qualifications (self->dictionary);

  for (guint i = 0; i < all->kinds->len; i++)
    {
      const YejiQualification *kind = g_ptr_array_index (all->kinds, i);

      offer_text (self, kind->id, &kind->label);
    }
}

/* Those that have a label; fields go by their own name as well. */
static void
offer_kinds (YejiCliOffer *self,
             const char   *words)
{
  GPtrArray *lists = yeji_dictionary_get_code_lists (self->dictionary);
  GPtrArray *formats = yeji_dictionary_get_formats (self->dictionary);

  offer_words (self, "text long_text number date id_card phone");
  for (guint i = 0; i < lists->len; i++)
    yeji_cli_offer_word (self, ((const YejiCodeList *) g_ptr_array_index (lists, i))->id, NULL);
  for (guint i = 0; i < formats->len; i++)
    yeji_cli_offer_word (self, ((const YejiFormat *) g_ptr_array_index (formats, i))->id, NULL);
}

static void
offer_tables (YejiCliOffer *self,
              const char   *words)
{
  GPtrArray *tables = yeji_dictionary_get_tables (self->dictionary);

  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      offer_text (self, table->id, &table->label);
    }
}

static void
offer_backups (YejiCliOffer *self,
               const char   *words)
{
  g_autoptr (GPtrArray) backups = yeji_backup_list (self->profile, NULL);

  for (guint i = 0; backups != NULL && i < backups->len; i++)
    yeji_cli_offer_word (self, ((const YejiBackup *) g_ptr_array_index (backups, i))->name, NULL);
}

/* The rows of a table in two steps: first the row, - being a new one, then the field. */
static void
offer_fields (YejiCliOffer       *self,
              const YejiTableDef *table)
{
  g_auto (GStrv) parts = g_strsplit (self->word, "/", 4);
  gboolean root = table->index == 0;
  gboolean has_row = !root && g_strv_length (parts) == 4 && g_str_equal (parts[1], table->member);
  g_autofree char *place = NULL;

  if (root)
    place = g_strdup_printf ("/%s/", table->member);
  else if (has_row)
    place = g_strdup_printf ("/%s/%s/", table->member, parts[2]);
  else
    {
      place = g_strdup_printf ("/%s/-/", table->member);
      offer_text (self, place, &table->label);
      g_free (place);
      place = g_strdup_printf ("/%s/0/", table->member);
      offer_text (self, place, &table->label);
      return;
    }
  for (guint i = 0; i < table->fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (table->fields, i);
      g_autofree char *pointer = g_strconcat (place, field->id, NULL);

      if (!field->by_platform)
        offer_text (self, pointer, &field->label);
    }
}

static void
offer_pointers (YejiCliOffer *self,
                const char   *words)
{
  GPtrArray *tables = yeji_dictionary_get_tables (self->dictionary);

  yeji_cli_offer_word (self, "/role", NULL);
  for (guint i = 0; i < tables->len; i++)
    offer_fields (self, g_ptr_array_index (tables, i));
}

static const struct
{
  YejiArgKind kind;
  void (*offer) (YejiCliOffer *self, const char *words);
} offers[] = {
  { YEJI_ARG_TEXT, offer_words },
  { YEJI_ARG_WORD, offer_words },
  { YEJI_ARG_UUID, offer_records },
  { YEJI_ARG_BINNED, offer_bin },
  { YEJI_ARG_SLOT, offer_slots },
  { YEJI_ARG_ROLE, offer_roles },
  { YEJI_ARG_CLAIM, offer_claims },
  { YEJI_ARG_KIND, offer_kinds },
  { YEJI_ARG_TABLE, offer_tables },
  { YEJI_ARG_POINTER, offer_pointers },
  { YEJI_ARG_BACKUP, offer_backups },
  { YEJI_ARG_WAITING, offer_tray },
  { YEJI_ARG_TRANSFER, offer_transfers },
  { YEJI_ARG_LIST, offer_lists },
  { YEJI_ARG_FILE, offer_files },
  { YEJI_ARG_DIR, offer_folders },
};

/**
 * yeji_cli_offer_kind:
 * @kind: one or several
 * @words: (nullable): as of an argument
 *
 * Offers what may stand where @kind is wanted.
 */
void
yeji_cli_offer_kind (YejiCliOffer *self,
                     YejiArgKind   kind,
                     const char   *words)
{
  for (guint i = 0; i < G_N_ELEMENTS (offers); i++)
    if ((kind & offers[i].kind) != 0)
      offers[i].offer (self, words);
}
