// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The other process. One thread at a time, but yeji_examiner_child_kill() comes from any. */
typedef struct _YejiExaminerChild YejiExaminerChild;

char              *yeji_examiner_child_find  (void);
YejiExaminerChild *yeji_examiner_child_start (GError            **error);
gboolean           yeji_examiner_child_is_alive (YejiExaminerChild *self);
guint              yeji_examiner_child_get_n_asked (YejiExaminerChild *self);
char              *yeji_examiner_child_ask   (YejiExaminerChild  *self,
                                              const char         *line,
                                              GError            **error);
void               yeji_examiner_child_kill  (YejiExaminerChild  *self);
YejiExaminerChild *yeji_examiner_child_ref   (YejiExaminerChild  *self);
void               yeji_examiner_child_unref (YejiExaminerChild  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiExaminerChild, yeji_examiner_child_unref)

G_END_DECLS
