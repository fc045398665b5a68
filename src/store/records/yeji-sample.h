// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define YEJI_SAMPLE_ERROR (yeji_sample_error_quark ())

/**
 * YejiSampleError:
 * @YEJI_SAMPLE_ERROR_SUBMIT: a sample record was to be submitted
 * @YEJI_SAMPLE_ERROR_COPY: a copy of one was, with something in it that is still invented
 */
typedef enum
{
  YEJI_SAMPLE_ERROR_SUBMIT,
  YEJI_SAMPLE_ERROR_COPY,
} YejiSampleError;

GQuark   yeji_sample_error_quark (void);
gboolean yeji_sample_is          (const char *uuid);
gboolean yeji_sample_is_invented (const char *body);

G_END_DECLS
