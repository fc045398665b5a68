// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-declaration.h"
#include "yeji-paper-pdf.h"

G_BEGIN_DECLS

typedef void (*YejiDeclarationProgress) (guint    n_done,
                                         guint    n_all,
                                         gpointer user_data);

/* A record on sheets of A4, as a form; several ones behind each other. @full: personal numbers are
 * open; else they are masked. */
YejiPaper *yeji_declaration_paper_new  (YejiDeclaration          *declaration,
                                        gboolean                  full);
YejiPaper *yeji_declarations_paper_new (GPtrArray                *declarations,
                                        gboolean                  full);
gboolean   yeji_declaration_add_to_pdf (YejiDeclaration          *declaration,
                                        gboolean                  full,
                                        YejiPaperPdf             *pdf,
                                        GError                  **error);
gboolean   yeji_declarations_to_pdf    (GPtrArray                *declarations,
                                        gboolean                  full,
                                        GFile                    *file,
                                        YejiDeclarationProgress   progress,
                                        gpointer                  user_data,
                                        GCancellable             *cancellable,
                                        GError                  **error);

G_END_DECLS
