// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-findings.h"

G_BEGIN_DECLS

char *yeji_findings_to_words   (const YejiFindings *findings,
                                const YejiLimits   *limits,
                                YejiSeverity       *worst);
char *yeji_findings_to_details (const YejiFindings *findings);

G_END_DECLS
