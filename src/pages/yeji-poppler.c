// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-poppler"

#include "config.h"

#include "yeji-poppler.h"

#include <gmodule.h>

#include "yeji-page-source.h"

typedef struct
{
  YejiPoppler functions;
  char *failure;               /* (nullable): why it cannot be used */
} Library;

typedef struct
{
  const char *name;
  gsize offset;                /* in YejiPoppler */
} Symbol;

#define SYMBOL(function) { "poppler_" #function, G_STRUCT_OFFSET (YejiPoppler, function) },

static const Symbol symbols[] = { YEJI_POPPLER_FUNCTIONS (SYMBOL) };

/* It stays: types that it has registered cannot be taken back. */
static gpointer
load (gpointer data)
{
  Library *self = g_new0 (Library, 1);
  GModule *module = g_module_open (YEJI_POPPLER_LIBRARY, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);

  if (module == NULL)
    {
      self->failure = g_strdup (g_module_error ());
      return self;
    }
  g_module_make_resident (module);
  for (guint i = 0; i < G_N_ELEMENTS (symbols) && self->failure == NULL; i++)
    if (!g_module_symbol (module, symbols[i].name,
                          G_STRUCT_MEMBER_P (&self->functions, symbols[i].offset)))
      self->failure = g_strdup (g_module_error ());
  return self;
}

/**
 * yeji_poppler_get:
 *
 * Loads poppler with the first document that wants it: it brings a dozen libraries, which cost each
 * start more than the window's whole content does. Thread-safe.
 *
 * Returns: (transfer none) (nullable): its functions, or %NULL with %YEJI_PAGE_ERROR_FOREIGN where
 *   it is not installed
 */
const YejiPoppler *
yeji_poppler_get (GError **error)
{
  static GOnce once = G_ONCE_INIT;
  Library *library = g_once (&once, load, NULL);

  if (library->failure == NULL)
    return &library->functions;
  g_set_error_literal (error, YEJI_PAGE_ERROR, YEJI_PAGE_ERROR_FOREIGN, library->failure);
  return NULL;
}
