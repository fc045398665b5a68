// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define YEJI_RECOVERY_CODE_ERROR (yeji_recovery_code_error_quark ())

/**
 * YejiRecoveryCodeError:
 * @YEJI_RECOVERY_CODE_ERROR_LENGTH: it has too few or too many characters
 * @YEJI_RECOVERY_CODE_ERROR_CHARACTER: it holds a character that no code has
 * @YEJI_RECOVERY_CODE_ERROR_TYPO: a character is another than it was
 */
typedef enum
{
  YEJI_RECOVERY_CODE_ERROR_LENGTH,
  YEJI_RECOVERY_CODE_ERROR_CHARACTER,
  YEJI_RECOVERY_CODE_ERROR_TYPO,
} YejiRecoveryCodeError;

GQuark  yeji_recovery_code_error_quark (void);
char   *yeji_recovery_code_new         (void);
char   *yeji_recovery_code_read        (const char  *typed,
                                        GError     **error);

G_END_DECLS
