// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-declared.h"

#include "yeji-declared-fetch.h"
#include "yeji-store-declared.h"

struct _YejiCliDeclared
{
  GMutex lock;
  char *profile;
  gboolean loaded;             /* of the store */
  gboolean peeked;             /* into the folder of a profile that is not open */
  YejiDeclared *peek;          /* (nullable) */
  YejiProvince *province;      /* (nullable): who is asked about numbers */
  GError *error;               /* (nullable): why it is asked no more */
};

YejiCliDeclared *
yeji_cli_declared_new (const char *profile)
{
  YejiCliDeclared *self = g_new0 (YejiCliDeclared, 1);

  g_mutex_init (&self->lock);
  self->profile = g_strdup (profile);
  return self;
}

void
yeji_cli_declared_free (YejiCliDeclared *self)
{
  g_mutex_clear (&self->lock);
  g_clear_object (&self->peek);
  g_clear_object (&self->province);
  g_clear_error (&self->error);
  g_free (self->profile);
  g_free (self);
}

/**
 * yeji_cli_declared_get:
 * @store: (nullable): the profile, %NULL: it is not open, and need not be there
 *
 * Returns: (transfer none) (nullable): what is known, to be handed to the rules
 */
YejiDeclared *
yeji_cli_declared_get (YejiCliDeclared *self,
                       YejiStore       *store)
{
  g_autoptr (GError) error = NULL;
  YejiDeclared *declared;

  g_mutex_lock (&self->lock);
  if (store != NULL)
    {
      if (!self->loaded && !yeji_store_load_declared (store, &error))
        g_message ("%s", error->message);
      self->loaded = TRUE;
      declared = yeji_store_get_declared (store);
    }
  else
    {
      if (!self->peeked)
        self->peek = yeji_declared_new_for_directory (self->profile);
      self->peeked = TRUE;
      declared = self->peek;
    }
  g_mutex_unlock (&self->lock);
  return declared;
}

/**
 * yeji_cli_declared_ask_online:
 *
 * Lets yeji_cli_declared_confirm() ask the province. Fails as yeji_province_new() does.
 */
gboolean
yeji_cli_declared_ask_online (YejiCliDeclared  *self,
                              YejiStore        *store,
                              GError          **error)
{
  yeji_cli_declared_get (self, store);
  self->province = yeji_province_new (store, error);
  return self->province != NULL;
}

/**
 * yeji_cli_declared_confirm:
 *
 * Asks the province about the numbers of @record that the filter holds, if it may. After the first
 * failure nobody is asked any more.
 *
 * Returns: whether something was learnt
 */
gboolean
yeji_cli_declared_confirm (YejiCliDeclared *self,
                           YejiStore       *store,
                           YejiRecord      *record)
{
  g_autoptr (GPtrArray) numbers = NULL;
  gboolean learnt;

  if (self->province == NULL)
    return FALSE;
  numbers = yeji_declared_list_probable (store, record);
  g_mutex_lock (&self->lock);
  learnt = numbers->len > 0 && self->error == NULL
           && yeji_declared_confirm (store, self->province, numbers, NULL, &self->error);
  g_mutex_unlock (&self->lock);
  return learnt;
}

/**
 * yeji_cli_declared_get_error:
 *
 * Returns: (transfer none) (nullable): why the province could not be asked
 */
const GError *
yeji_cli_declared_get_error (YejiCliDeclared *self)
{
  return self->error;
}
