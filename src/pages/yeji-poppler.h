// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <poppler.h>

G_BEGIN_DECLS

/* What is used of poppler. */
#define YEJI_POPPLER_FUNCTIONS(X) \
  X (document_new_from_gfile) \
  X (document_get_n_pages) \
  X (document_get_page) \
  X (error_quark) \
  X (page_free_image_mapping) \
  X (page_get_image) \
  X (page_get_image_mapping) \
  X (page_get_size) \
  X (page_render)

#define YEJI_POPPLER_DECLARE(function) __typeof__ (poppler_##function) *function;

/* Functions of poppler, without that part of their names. */
typedef struct
{
  YEJI_POPPLER_FUNCTIONS (YEJI_POPPLER_DECLARE)
} YejiPoppler;

#undef YEJI_POPPLER_DECLARE

const YejiPoppler *yeji_poppler_get (GError **error);

G_END_DECLS
